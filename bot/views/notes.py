"""Short notes in the thread. Texts given in are people's own words unless said otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from bot.conversation import posts
from bot.conversation.standing import PRICING, GivenAnswer, Standing
from bot.decision_log.records import Decision
from bot.views import ids
from bot.views.buttons import CHANGE, NOT_NOW, NOT_SURE, change
from bot.views.confidence import confidence_line
from bot.views.costs import assumptions_line, crossing, driver_line, finding, label
from bot.views.document import (
    Bullets,
    Button,
    Buttons,
    Day,
    Document,
    Part,
    Person,
    Rule,
    Said,
    Small,
    Strong,
    Text,
    Words,
    joined,
    sentence,
)
from bot.views.lines import Sources, at, groups, that_matter, totals
from bot.views.phrases import (
    QUESTIONS,
    answer_line,
    decision_line,
    headline,
    listed,
    progress,
    quoted,
    reason_line,
    sentence_case,
    short,
    thread,
    volume,
)
from bot.views.press import Press
from bot.views.understood import part_of
from core.questions import question_of

FIXED = "Nothing in it can be changed any more. Start a new one to take the question up again."
MOST_CARRIED = 1_500
"""Characters of a button's value; values that do not fit are only needed where a message came twice."""


def echo(standing: Standing, about: posts.Echo) -> Document:
    """What was understood of typed text besides what was asked ("250k a day → 7.6M calls a month"), to be changed."""
    known = [name for name in about.besides if name in QUESTIONS]
    lines = [understood for name in known if (understood := part_of(about, name))]
    assumed = [key for key in about.values if question_of(key) is None]
    is_whole = about.asked not in about.questions or not lines or bool(assumed)
    said = f"Understood: {about.echo if is_whole else '; '.join(lines)}"
    several = len(known) > 1
    labels = (f"{CHANGE}: {short(name).lower()}" if several else CHANGE for name in known)
    buttons = tuple(change(standing, name, label) for name, label in zip(known, labels, strict=True))
    still = [OPEN_PARTS[key] for key in about.open]
    left = f"Still open: {listed(still)}. “{NOT_SURE}” is an answer too." if still else ""
    return _note(standing, Text(Said(said, 1_500)), Small(left), Buttons(buttons))


OPEN_PARTS: Mapping[str, str] = {
    "quality_now": "how good it is now",
    "quality_target": "how good it must be",
    "latency_now_ms": "how long a call takes now",
    "latency_ms": "how long it may take",
}
"""A question of two parts, of which one was answered."""


def doubtful(standing: Standing, about: posts.Doubtful) -> Document:
    """What was understood, to be confirmed: Right stores its values, Change (or No) leaves them.

    Change opens the form of its first question; without one there is No in its place.
    """
    question = about.questions[0] if about.questions else ""
    press = _press(standing, about.values, question)
    other, hint = (CHANGE, "enter it") if question else ("No", "leave it")
    return _note(
        standing,
        Text("Did I get this right? Nothing is stored yet."),
        Text(Said(about.echo or "I am not sure what this means.", 1_200)),
        Small(_helped(about.pointed)) if about.pointed is not None else None,
        Buttons(
            (
                Button("Right", ids.RIGHT, press, primary=True, spoken="Right: store this"),
                Button(other, ids.WRONG, press, spoken=f"{other}: this is not what I meant"),
            )
        ),
        Small(f"If not, press {other} to {hint}, or say it in another way."),
    )


def _press(standing: Standing, values: Mapping[str, Any], question: str = "") -> Press:
    """What a button carries, without the values where they are too long."""
    press = Press(standing.consultation.id, question, values=values)
    return press if len(str(press)) <= MOST_CARRIED else Press(standing.consultation.id, question)


def _helped(pointed: Sequence[str]) -> Words:
    if not pointed:
        return "A language model took it for this."
    said = f"A language model pointed me to these words: {listed([f'“{words}”' for words in pointed])}."
    return Said(said, 1_500)


def confirmed(standing: Standing, about: posts.Confirmed) -> Document:
    """A doubtful note after Right. The answer to what was asked stands in its question's message."""
    if about.questions and about.questions == (about.asked,):
        return _note(standing, Small(("Right, said ", Person(about.settled_by), ".")))
    return _settled(standing, ("Understood, and confirmed by ", Person(about.settled_by), ":"), about.echo)


def outdated(standing: Standing, about: posts.Outdated) -> Document:
    """A doubtful note whose text reads otherwise since."""
    return _note(standing, Small((Person(about.by), " edited this reply, so it is read as it stands now.")))


def denied(standing: Standing, understood: str, by: str) -> Document:
    """A doubtful note after No."""
    return _settled(standing, ("Not stored; ", Person(by), " said that it is not right:"), understood)


def _settled(standing: Standing, said: Words, understood: str) -> Document:
    return _note(standing, Small(said), Text(Said(understood or "(nothing)", 1_200)))


def why(standing: Standing) -> Document:
    """The path so far: each answer and what it means, with sources."""
    reasons = [reason for reason in standing.advice.reasons if standing.given_to(reason.question)]
    verdict = standing.advice.verdict
    where = (
        f"The verdict is: {headline(verdict)}."
        if verdict is not None
        else f"Nothing is settled yet. As things look, it leans to {quoted(standing.advice.leaning)}."
    )
    if not reasons:
        return _note(standing, Text(f"{where} Nothing has been answered that it could rest on."))
    return _note(standing, Bullets(tuple(map(reason_line, reasons)), Strong(where)))


def why_question(standing: Standing) -> Document:
    """Why the present question is asked, and what it can change."""
    if standing.asking is None:
        return _note(
            standing, Text("Nothing is asked at the moment. Say “why” to hear what the advice rests on.")
        )
    asked = QUESTIONS[standing.asking]
    if standing.asking == PRICING and standing.advice.verdict is not None:
        only = " It only prices the options; the verdict stands without it."
        return _note(standing, Text((Strong(asked.asks), only)))
    open_still = [quoted(verdict) for verdict in standing.advice.possible]
    possible = f"Still possible: {listed(open_still, 'or')}." if len(open_still) > 1 else ""
    return _note(standing, Text(asked.why, title=asked.asks), Small(possible))


def explain(standing: Standing) -> Document:
    """The ledger line by line for the options that matter, with sources and ages of prices; the rest on a page."""
    ledger, on = standing.told.ledger, standing.advice.on
    calls, about = standing.advice.answers.number(PRICING), volume(standing.advice.answers)
    scenario = ledger.scenarios(calls)[-1]  # of two examples the larger: the page has both
    sources = Sources(on)
    options: list[Part] = []
    for option in that_matter(scenario):
        heading = Strong(f"{label(option)}{at(scenario)}: {totals(option)}")
        options += [Rule(), Bullets(groups(option, sources), heading)]
    every = Button("Every option, line by line", ids.COSTS, Press(standing.consultation.id))
    return _note(
        standing,
        Text(
            joined(" ", (finding(ledger, calls, about), crossing(ledger, calls))),
            title="How the costs add up",
        ),
        *options,
        Small(sources.shown(), last=True),
        Small(joined(" ", (assumptions_line(ledger, on, about), driver_line(ledger))), last=True),
        Buttons((every,)),
    )


def summary(standing: Standing) -> Document:
    """Where things stand, in a few lines."""
    return _note(
        standing,
        Text(Said(f"Task: {standing.consultation.task}", 1_500)),
        Small(progress(standing)),
        Bullets(tuple(map(answer_line, standing.given))),
        Text(_now(standing)),
    )


def _now(standing: Standing) -> Words:
    decision = standing.consultation.decision
    if decision is not None and standing.consultation.status == "decided":
        return decision_line(decision)
    advice, told = standing.advice, standing.told
    verdict = Strong(f"{headline(advice.verdict)}.")
    if standing.is_advised:
        found = finding(told.ledger, advice.answers.number(PRICING), volume(advice.answers))
        return joined("\n", (joined(" ", (verdict, found)), confidence_line(told)))
    assert standing.asking is not None
    asked = f"Asked now: {QUESTIONS[standing.asking].asks}"
    if advice.verdict is not None:
        return (verdict, f" {asked}")
    return f"{asked} As things look, it leans to {quoted(advice.leaning)}."


HELP = (
    "Answer by button or in your own words: “yes, a dozen examples”, “43 of 50, we need 95%”, “80k a month”.",
    "A file of evaluation results, dropped here (CSV, JSON, JSONL), is counted and not kept.",
    "“not sure” is an answer too: it keeps open what it has to.",
    "“why” shows what the advice rests on, “why do you ask” what a question is for.",
    "“change calls a month to 2M” corrects an answer, “back” takes the last one back.",
    "“what if 2M calls?” or “what if we used Claude Haiku?” shows what would change, and changes nothing.",
    "“explain the cost” shows every line of the figures, “summary” where things stand.",
    "“skip” leaves a question out, “stop” sets this aside, “start over” takes all answers back.",
)


def help() -> Document:
    """What can be said in the thread."""
    return Document((Bullets(HELP, Strong("What you can say here")),))


def not_understood(because: str, question: str | None) -> Document:
    """A reply that could not be read. ``because`` is the reader's sentence ("" for none); it may quote the reply."""
    said = because or "I could not read that as an answer."
    is_asked = question is not None and question in QUESTIONS
    hint = _asks_again(str(question)) if is_asked else "Say “help” to see what you can say here."
    return Document((Text(Said(said, 1_500)), Small(hint)))


def _asks_again(question: str) -> str:
    asked = QUESTIONS[question]
    return f"{asked.asks} For instance: {asked.example}. Or use the buttons."


def called(question: str) -> Document:
    """The app was called by name and told nothing more, while it waits for an answer."""
    said = f"I am waiting for an answer to this: {_asks_again(question)}"
    return Document((Text(said), Small("Say “help” to see what else you can say here.")))


def whatif(standing: Standing, about: posts.WhatIfs) -> Document:
    """What a what-if would change: it was worked out once, and is shown as it was."""
    top = (
        Text(Said(f"What if: {sentence_case(about.echo)}", 1_200)),
        Small(NOT_CERTAIN if about.because else ""),
        Small(_helped(about.pointed) if about.pointed else ""),
    )
    if isinstance(about, posts.WhatIf) and about.same:
        return _note(standing, *top, Text("That is what it is already, so nothing would change."))
    verdict, *rest = about.says
    points = tuple(Said(says, 600) for kind, says in rest if kind != "flip")
    lead = Strong(Said(verdict[1], 600))
    state = _adopted(standing, about)
    adopt = Button(
        "Adopt", ids.ADOPT, _press(standing, about.values), spoken="Adopt: take this as the answer"
    )
    return _note(
        standing,
        *top,
        Bullets(points, lead) if points else Text(lead),
        Small(joined("\n", (Said(says, 600) for kind, says in about.says if kind == "flip"))),
        Buttons((adopt,)) if state is None else None,
        Small("Nothing was changed." if state is None else state),
    )


NOT_CERTAIN = "I am not sure that I read this right. If not, say it in another way."


def _adopted(standing: Standing, about: posts.WhatIfs) -> Words | None:
    """What became of a what-if; ``None`` while it can be adopted."""
    if isinstance(about, posts.WhatIfAdopted):
        return ("Adopted by ", Person(about.adopted_by), ".")
    if isinstance(about, posts.WhatIf) or standing.consultation.status == "decided":
        return "Nothing was changed: this is decided."
    if standing.consultation.status == "moved":
        return "Nothing was changed: this goes on in a channel."
    return None


def whatif_unread(because: str | None) -> Document:
    """A what-if that could not be read. ``because`` may quote it."""
    examples = "For instance: “what if 2M calls a month?” or “what if the prompt was 5,000 tokens?”"
    return Document((Text(Said(because or "I could not read that what-if.", 1_500)), Small(examples)))


def already_adopted(by: str) -> Document:
    """For the second of two people who adopt a what-if."""
    return sentence(Person(by), " adopted this a moment before you.")


def assumed(standing: Standing, by: str, changes: Sequence[Sequence[str]]) -> Document:
    """Assumptions that were changed in the form: name, value before and after, and "default" for one taken back."""
    lines = tuple(map(_changed, changes))
    if len(lines) == 1:
        return _note(standing, Text((Person(by), " changed an assumption. ", lines[0], ".")))
    return _note(standing, Bullets(lines, (Person(by), f" changed {len(changes)} assumptions:")))


def _changed(change: Sequence[str]) -> Said:
    name, before, after, became = change
    back = ", the default" if became == "default" else ""
    return Said(f"{sentence_case(name)}: {before} → {after}{back}", 400)


def happened(standing: Standing, about: posts.Happened) -> Document:
    """What somebody did, or what the app did by itself."""
    match about:
        case posts.Assumed(by, changes):
            return assumed(standing, by, changes)
        case posts.StartedOver(by):
            return sentence(Person(by), " started over. All answers were taken back; the record keeps them.")
        case posts.TakenBack(by, asked):
            return sentence(Person(by), f" took back the answer to: {short(asked)}.")
        case posts.NothingToTakeBack():
            return sentence("There is no answer to take back yet.")
        case posts.TaskCut(limit):
            kept = f"I kept the first {limit} characters of the task."
            return sentence(f"{kept} The rest is not needed for the advice.")
        case posts.SetAside(by):
            kept = " set this aside for now. Everything is kept; any answer takes it up again."
            return sentence(Person(by), kept)
        case posts.Nudge():
            return nudge(standing.consultation.asker, standing.asking)
        case _:
            assert_never(about)


def nudge(user: str, question: str | None) -> Document:
    """The one reminder to the asker after a day of silence."""
    waits = f"the advice is here, and waits for a decision. “{NOT_NOW}” is fine."
    if question is not None and question in QUESTIONS:
        asked = QUESTIONS[question].asks
        waits = f"one question waits for an answer here: {asked} “{NOT_SURE}” is fine."
    return sentence(Person(user), f", {waits} I will not remind you again.")


def already_decided(standing: Standing) -> Document:
    """Somebody answers or decides what is decided already."""
    decision = standing.consultation.decision
    return is_decided(decision) if decision is not None else sentence(FIXED)


def is_decided(decision: Decision) -> Document:
    """The same for the one person who pressed something."""
    return sentence(decision_line(decision), f" {FIXED}")


def copy(standing: Standing) -> Document:
    """A message that came twice: the other one is kept up to date."""
    of, said = standing.consultation, "This message came twice. The other one counts"
    way: Words = (": ", thread(of.channel, of.root_ts, "go on there"), ".") if of.root_ts else "."
    return Document((Small((said, way)),))


def late(given: GivenAnswer) -> Document:
    """For the second of two who answer: what the answer is now, and how to change it."""
    when, said = Day(given.at, ago=True), Said(given.words, 200)
    return sentence(
        Person(given.author), " answered this ", when, ": ", said, f". Use {CHANGE} to correct it."
    )


def _note(standing: Standing, *parts: Part | None) -> Document:
    return Document(parts, "note", standing.consultation.version)
