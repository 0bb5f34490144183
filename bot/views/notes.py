"""Short notes in the thread. Texts given in are people's own words unless said otherwise, and are escaped here."""

from __future__ import annotations

from collections.abc import Sequence

from bot.conversation.posts import Doubtful, WhatIf, WhatIfAdopted, WhatIfs
from bot.conversation.standing import PRICING, GivenAnswer, Standing
from bot.decision_log.records import Decision
from bot.views import ids, mrkdwn
from bot.views.blocks import Element, actions, button, context, divider, message, section, words
from bot.views.confidence import confidence_line
from bot.views.costs import assumptions_line, driver_line, finding, label
from bot.views.flips import stays
from bot.views.lines import Sources, at, groups, listing, that_matter, totals
from bot.views.message import Block, Message
from bot.views.mrkdwn import bold, escape, link, mention, thread_link
from bot.views.phrases import (
    QUESTIONS,
    answer_line,
    answer_spoken,
    change,
    decision_line,
    decision_spoken,
    headline,
    listed,
    progress,
    quoted,
    reason_line,
    reason_spoken,
    sentence_case,
    short,
    volume,
)
from bot.views.press import Press

FIXED = "Nothing in it can be changed any more. Start a new one to take the question up again."
MOST_CARRIED = 1_500
"""Characters of a button's value; values that do not fit are only needed where a message came twice."""
EXPLAINED = 9_500
"""Characters of all lines of an explained ledger: what Slack takes in one message, less the rest of it."""


def echo(standing: Standing, understood: Sequence[str], questions: Sequence[str]) -> Message:
    """What was understood of typed text, a line each ("250k a day → 7.6M calls a month"), with a Change button each."""
    said = "\n".join(f"Understood: {line}" for line in understood)
    blocks = [section(words(said, 1_500))]
    buttons = _change_buttons(standing, questions)
    if buttons:
        blocks.append(actions(*buttons))
    return _note(standing, [escape(said, 1_500)], blocks)


def _change_buttons(standing: Standing, questions: Sequence[str]) -> list[Element]:
    several = len(questions) > 1
    return [
        change(standing, name, f"Change: {short(name).lower()}" if several else "Change")
        for name in questions
        if name in QUESTIONS
    ]


def doubtful(standing: Standing, about: Doubtful) -> Message:
    """What was understood, to be confirmed: Right stores its values, Change (or No) leaves them.

    Change opens the form of its first question; without one there is No in its place.
    """
    asked = "Did I get this right? Nothing is stored yet."
    question = about.questions[0] if about.questions else None
    press = Press(standing.consultation.id, question or "", values=about.values)
    if len(str(press)) > MOST_CARRIED:
        press = Press(standing.consultation.id, question or "")
    other, hint = ("Change", "enter it") if question else ("No", "leave it")
    blocks = [
        section(asked),
        section(words(about.echo or "I am not sure what this means.", 1_200)),
        actions(
            button("Right", ids.RIGHT, press, primary=True, spoken="Right: store this"),
            button(other, ids.WRONG, press, spoken=f"{other}: this is not what I meant"),
        ),
        context(f"If not, press {other} to {hint}, or say it in another way."),
    ]
    lines = [asked, escape(about.echo, 1_200)]
    if about.pointed is not None:
        helped = escape(_helped(about.pointed), 1_500)
        blocks.insert(2, context(helped))
        lines.append(helped)
    return _note(standing, lines, blocks)


def _helped(pointed: Sequence[str]) -> str:
    if not pointed:
        return "A language model took it for this."
    return f"A language model pointed me to these words: {listed([f'“{words}”' for words in pointed])}."


def confirmed(standing: Standing, understood: str, by: str) -> Message:
    """A doubtful note after Right."""
    said = f"Understood, and confirmed by {mention(by)}:"
    return _settled(standing, said, understood)


def denied(standing: Standing, understood: str, by: str) -> Message:
    """A doubtful note after No."""
    return _settled(standing, f"Not stored; {mention(by)} said that it is not right:", understood)


def _settled(standing: Standing, said: str, understood: str) -> Message:
    blocks = [context(said), section(words(understood or "(nothing)", 1_200))]
    return _note(standing, [said, escape(understood, 1_200)], blocks)


def why(standing: Standing) -> Message:
    """The path so far: each answer and what it means, with sources."""
    reasons = [reason for reason in standing.advice.reasons if standing.given_to(reason.question)]
    verdict = standing.advice.verdict
    where = (
        f"The verdict is: {headline(verdict)}."
        if verdict is not None
        else f"Nothing is settled yet. As things look, it leans to {quoted(standing.advice.leaning)}."
    )
    if not reasons:
        said = f"{where} Nothing has been answered that it could rest on."
        return _note(standing, [said], [section(said)])
    shown = "\n".join(f"• {reason_line(reason)}" for reason in reasons)
    lines = [where, "Because:", *(reason_spoken(reason) for reason in reasons)]
    return _note(standing, lines, [section(f"{bold(where)}\n{shown}")])


def why_question(standing: Standing) -> Message:
    """Why the present question is asked, and what it can change."""
    if standing.asking is None:
        said = "Nothing is asked at the moment. Say “why” to hear what the advice rests on."
        return _note(standing, [said], [section(said)])
    asked = QUESTIONS[standing.asking]
    if standing.asking == PRICING and standing.advice.verdict is not None:
        said = f"{bold(asked.asks)} It only prices the options; the verdict stands without it."
        return _note(standing, [said.replace("*", "")], [section(said)])
    open_still = [quoted(verdict) for verdict in standing.advice.possible]
    possible = f"Still possible: {listed(open_still, 'or')}." if len(open_still) > 1 else ""
    blocks: list[Block] = [section(f"{bold(asked.asks)}\n{asked.why}")]
    if possible:
        blocks.append(context(possible))
    return _note(standing, [asked.asks, asked.why, possible], blocks)


def explain(standing: Standing) -> Message:
    """The ledger line by line for the options that matter, with sources and ages of prices; the rest on a page."""
    ledger = standing.told.ledger
    calls, about = standing.advice.answers.number(PRICING), volume(standing.advice.answers)
    found = finding(ledger, calls, about)
    lines: list[str] = [found]
    blocks: list[Block] = [section(f"{bold('How the costs add up')}\n{found}".strip())]
    sources = Sources(standing.advice.on)
    left = EXPLAINED
    for scenario in ledger.scenarios(calls)[-1:]:  # of two examples the larger: the page has both
        for option in that_matter(scenario):
            heading = f"{label(option)}{at(scenario)}: {totals(option)}"
            parts = groups(option, sources)
            lines += [f"{heading}.", *(f"{line}." for _, said in parts for line in said)]
            if left > 400:
                blocks.append(divider())
                shown = mrkdwn.cut(f"{bold(heading)}\n{listing(parts)}", max(400, min(2_900, left)))
                blocks.append(section(shown))
                left -= mrkdwn.size(shown)
    rests = assumptions_line(ledger, standing.advice.on, about)
    beneath = [mrkdwn.cut(sources.shown(), 1_900), f"{rests} {driver_line(ledger)}".strip()]
    blocks += [context(text) for text in beneath if text]
    press = Press(standing.consultation.id)
    blocks.append(actions(button("Every option, line by line", ids.COSTS, press)))
    return _note(standing, [*lines, *sources.spoken(), beneath[1]], blocks)


def summary(standing: Standing) -> Message:
    """Where things stand, in a few lines."""
    task = standing.consultation.task
    given = [answer_spoken(given) for given in standing.given]
    now = _now(standing)
    blocks: list[Block] = [section(words(f"Task: {task}", 1_500)), context(progress(standing))]
    if standing.given:
        blocks.append(section("\n".join(f"• {answer_line(given)}" for given in standing.given)))
    blocks.append(section(now))
    lines = [f"Task: {escape(task, 1_000)}", progress(standing), *given, now.replace("*", "")]
    return _note(standing, lines, blocks)


def _now(standing: Standing) -> str:
    decision = standing.consultation.decision
    if decision is not None and standing.consultation.status == "decided":
        return decision_line(decision)
    advice = standing.advice
    if standing.is_advised:
        found = finding(standing.told.ledger, advice.answers.number(PRICING), volume(advice.answers))
        sure = f"{confidence_line(standing.told)} {stays(standing.told)}".strip()
        return "\n".join(filter(None, [f"{bold(headline(advice.verdict) + '.')} {found}".strip(), sure]))
    assert standing.asking is not None
    asked = f"Asked now: {QUESTIONS[standing.asking].asks}"
    if advice.verdict is not None:
        return f"{bold(headline(advice.verdict) + '.')} {asked}"
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


def help() -> Message:
    """What can be said in the thread."""
    title = "What you can say here"
    return message([f"{title}.", *HELP], [section("\n".join([bold(title), *(f"• {line}" for line in HELP)]))])


def started_over(by: str) -> Message:
    """All answers were taken back."""
    return _plain(f"{mention(by)} started over. All answers were taken back; the record keeps them.")


def taken_back(by: str, question: str) -> Message:
    """One answer was taken back."""
    return _plain(f"{mention(by)} took back the answer to: {short(question)}.")


def nothing_to_take_back() -> Message:
    """ "back" where nothing has been answered."""
    return _plain("There is no answer to take back yet.")


def not_understood(because: str, question: str | None) -> Message:
    """A reply that could not be read. ``because`` is the reader's sentence ("" for none); it may quote the reply."""
    said = because or "I could not read that as an answer."
    blocks = [section(words(said, 1_500))]
    lines = [escape(said, 1_500)]
    is_asked = question is not None and question in QUESTIONS
    hint = _asks_again(str(question)) if is_asked else "Say “help” to see what you can say here."
    return message([*lines, hint], [*blocks, context(hint)])


def _asks_again(question: str) -> str:
    asked = QUESTIONS[question]
    return f"{asked.asks} For instance: {asked.example}. Or use the buttons."


def called(question: str) -> Message:
    """The app was called by name and told nothing more, while it waits for an answer."""
    said = f"I am waiting for an answer to this: {_asks_again(question)}"
    more = "Say “help” to see what else you can say here."
    return message([said, more], [section(said), context(more)])


def whatif(standing: Standing, about: WhatIfs) -> Message:
    """What a what-if would change: it was worked out once, and is shown as it was."""
    said = sentence_case(about.echo)
    title = f"What if: {said}"
    blocks = [section(words(title, 1_200))]
    lines = [f"{escape(title, 1_200)}."]
    if about.because:
        blocks.append(context(NOT_CERTAIN))
        lines.append(NOT_CERTAIN)
    if about.pointed:
        helped = escape(_helped(about.pointed), 1_500)
        blocks.append(context(helped))
        lines.append(helped)
    if isinstance(about, WhatIf) and about.same:
        same = "That is what it is already, so nothing would change."
        return _note(standing, [*lines, same], [*blocks, section(same)])
    verdict, *rest = [escape(says, 600) for _, says in about.says]
    small = [escape(says, 600) for kind, says in about.says if kind == "flip"]
    large = [says for says in rest if says not in small]
    blocks.append(section("\n".join([bold(verdict), *(f"• {says}" for says in large)])))
    if small:
        blocks.append(context("\n".join(small)))
    state = _adopted(standing, about)
    if state is None:
        state = "Nothing was changed."
        press = Press(standing.consultation.id, values=about.values)
        if len(str(press)) > MOST_CARRIED:
            press = Press(standing.consultation.id)
        blocks.append(actions(button("Adopt", ids.ADOPT, press, spoken="Adopt: take this as the answer")))
    return _note(standing, [*lines, verdict, *rest, state], [*blocks, context(state)])


NOT_CERTAIN = "I am not sure that I read this right. If not, say it in another way."


def _adopted(standing: Standing, about: WhatIfs) -> str | None:
    """What became of a what-if; ``None`` while it can be adopted."""
    if isinstance(about, WhatIfAdopted):
        return f"Adopted by {mention(about.adopted_by)}."
    if isinstance(about, WhatIf) or standing.consultation.status == "decided":
        return "Nothing was changed: this is decided."
    return None


def whatif_unread(because: str | None) -> Message:
    """A what-if that could not be read. ``because`` may quote it."""
    said = because or "I could not read that what-if."
    return message(
        [escape(said, 1_500), WHATIF_EXAMPLES], [section(words(said, 1_500)), context(WHATIF_EXAMPLES)]
    )


WHATIF_EXAMPLES = "For instance: “what if 2M calls a month?” or “what if the prompt was 5,000 tokens?”"


def already_adopted(by: str) -> Message:
    """For the second of two people who adopt a what-if."""
    return _plain(f"{mention(by)} adopted this a moment before you.")


def assumed(standing: Standing, by: str, changes: Sequence[Sequence[str]]) -> Message:
    """Assumptions that were changed in the form: name, value before and after, and "default" for one taken back."""
    if len(changes) == 1:
        said = f"{mention(by)} changed an assumption. {_changed(changes[0])}."
        return _note(standing, [said], [section(said)])
    title = f"{mention(by)} changed {len(changes)} assumptions:"
    lines = [_changed(one) for one in changes]
    return _note(standing, [title, *lines], [section("\n".join([title, *(f"• {line}" for line in lines)]))])


def _changed(change: Sequence[str]) -> str:
    name, before, after, became = change
    back = ", the default" if became == "default" else ""
    return escape(f"{sentence_case(name)}: {before} → {after}{back}", 400)


def task_cut(limit: int) -> Message:
    """The task was longer than the ``limit`` characters that are kept."""
    return _plain(f"I kept the first {limit} characters of the task. The rest is not needed for the advice.")


def set_aside(by: str) -> Message:
    """Somebody said stop, or pressed Not now."""
    return _plain(f"{mention(by)} set this aside for now. Everything is kept; any answer takes it up again.")


def nudge(user: str, question: str | None) -> Message:
    """The one reminder to the asker after a day of silence."""
    if question is not None and question in QUESTIONS:
        waits = f"one question waits for an answer here: {QUESTIONS[question].asks} “Not sure” is fine."
    else:
        waits = "the advice is here, and waits for a decision. “Not now” is fine."
    return _plain(f"{mention(user)}, {waits} I will not remind you again.")


def already_decided(standing: Standing) -> Message:
    """Somebody answers or decides what is decided already."""
    decision = standing.consultation.decision
    return is_decided(decision) if decision is not None else _plain(FIXED)


def is_decided(decision: Decision) -> Message:
    """The same for the one person who pressed something."""
    said = decision_spoken(decision)
    return message([f"{said} {FIXED}"], [section(f"{decision_line(decision)} {FIXED}")])


def copy(standing: Standing) -> Message:
    """A message that came twice: the other one is kept up to date."""
    said = "This message came twice. The other one counts"
    root = standing.consultation.root_ts
    way = f": {link(thread_link(standing.consultation.channel, root), 'go on there')}." if root else "."
    return message([f"{said}."], [context(said + way)])


def what_is_answered(given: GivenAnswer) -> str:
    """For the second of two clickers: what the answer is now, and how to change it."""
    ago = f"<!date^{int(given.at.timestamp())}^{{ago}}|just now>"
    return (
        f"{mention(given.author)} answered this {ago}: {escape(given.words, 200)}. Use Change to correct it."
    )


def late(given: GivenAnswer) -> Message:
    """A typed answer to a question that somebody answered a moment before."""
    return _plain(what_is_answered(given))


def _plain(said: str) -> Message:
    return message([said], [section(said)])


def _note(standing: Standing, lines: Sequence[str], blocks: Sequence[Block]) -> Message:
    return message(lines, blocks, what="note", version=standing.consultation.version)
