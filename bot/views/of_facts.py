"""Answers to questions about one fact: how far it may be off, whether it is enough, counted, or what it would have changed."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal

from bot.conversation import posts
from bot.conversation.each_answer import each_answer, left_open
from bot.conversation.named import WORD_OF
from bot.conversation.standing import PRICING, Standing
from bot.views import flips, of_answers
from bot.views.costs import label, line_words
from bot.views.document import Bullets, Part, Said, Small, Strong, Text, Words
from bot.views.evaluation import FIRST_CASES, cost_of_cases
from bot.views.lines import totals
from bot.views.of_advice_money import scenario_of
from bot.views.phrases import QUESTIONS, headline, listed, quoted, reason_line, short
from core import inputs
from core.advice import Advice
from core.evaluation import at_rate
from core.told.flips import Input
from core.told.ledger import Line, Scenario
from core.wording import count, counted

Parts = tuple[Part | None, ...]

DEFAULTS_TOLD = 4
LINES_TOLD = 4
SAID_BACK = 160
A_YEAR: Mapping[str, int] = {"dai": 365, "day": 365, "week": 52, "monday": 52, "month": 12, "quarter": 4}
"""How often a year something changes, by the word for it."""


def off(standing: Standing, question: str) -> Parts:
    """How far the answer to a question may be wrong before the verdict is another, and how to know better."""
    if question not in QUESTIONS:
        return unknowns(standing)
    given = standing.given_to(question)
    said = f"You answered: {given.words}. " if given else ""
    turns = [one for one in standing.told.inputs if of_answers.is_of(one, question)]
    moved = tuple(flips.line(one) for one in turns if one.changes)
    holds = (
        "It holds as long as the true figure stays on this side of these:"
        if moved
        else "No value of it alone changes the verdict, so it does no harm if it is off."
    )
    return (
        Text((Strong(f"{headline(standing.told.verdict)}."), f" {said}{holds}")),
        Bullets(moved, Strong("Where the verdict turns")) if moved else None,
        Text(_how_to_know(standing, question)),
        Small(
            "Say a better figure when you have one, for instance: "
            + EXAMPLES.get(question, EXAMPLES[PRICING])
        ),
    )


EXAMPLES: Mapping[str, str] = {
    PRICING: "“what if 3,000 calls a day?” shows what it changes; “change the calls to 3,000 a day” takes it over.",
    "quality": "“what if it was 80% right?” shows what it changes; “43 of 50 were right” takes it over.",
    "labelled_examples": "“what if we had 100 examples?” shows what it changes.",
}


def _how_to_know(standing: Standing, question: str) -> str:
    if question == "quality":
        width = round(100 * (at_rate(0.5, FIRST_CASES).high - 0.5))
        cost = cost_of_cases(FIRST_CASES, standing.told.ledger)
        return (
            f"A feeling is a start, not a measurement: review {FIRST_CASES} cases that you pick by chance. That pins it to "
            f"within {width} points, {cost}."
        )
    if question == PRICING:
        return "Holidays and quiet months only make it less. The part of a bill that is paid by the call follows the calls; what is paid by the hour or once does not."
    return ""


def enough(standing: Standing, figure: str = "") -> Parts:
    """Whether so many reviewed examples are enough, how many more it takes, and whether that is what decides.

    figure: digits, "" for the number that was answered.
    """
    least = standing.advice.policy.enough_labels
    given, have = standing.given_to("labelled_examples"), standing.advice.answers.number("labelled_examples")
    asked = Decimal(figure) if figure else None
    lines = []
    if asked is not None and asked != have:
        verb = "are enough" if asked >= least else "are too few"
        lines.append(
            f"{count(asked)} reviewed examples {verb}: a first run makes sense from {count(least)} on."
        )
    else:
        lines.append(f"A first run makes sense from {count(least)} reviewed examples on.")
    if have is not None and given is not None:
        more = f"{count(least - have)} more are needed" if have < least else "that is enough"
        lines.append(f"You answered {given.words}: {more}.")
    elif given is None:
        lines.append("How many you have was not asked: it could not change this.")
    moved = tuple(
        flips.line(one)
        for one in standing.told.inputs
        if of_answers.is_of(one, "labelled_examples") and one.changes
    )
    return (Text(" ".join(lines)), *_whether_it_decides(standing, moved))


def _whether_it_decides(standing: Standing, moved: tuple[Words, ...]) -> Parts:
    others = [one for one in standing.told.reasons if one.question != "labelled_examples"]
    if moved:
        rest = listed([short(one.question).lower() for one in others])
        return (
            Bullets(moved, Strong("What would change it")),
            Small(
                f"More of them are no harm, but no other answer follows from them. It rests on these as well: {rest}."
            )
            if others
            else None,
        )
    decided = tuple(reason_line(one, brief=True) for one in others[-1:])
    return (
        Bullets(
            decided,
            (Strong(f"{headline(standing.told.verdict)}."), " Their number does not decide here. This does:"),
        ),
    )


def skipped(standing: Standing, question: str = "") -> Parts:
    """What each answer to a question would lead to: the one that is named, else each that was left open."""
    named = (question,) if question else left_open(standing)
    if not named:
        left = [short(name).lower() for name in standing.advice.left_out]
        out = (
            f" These were not asked, since no answer to them could change it: {listed(left)}." if left else ""
        )
        return (Text(f"No question was left open here.{out}"),)
    return tuple(part for name in named for part in _each(standing, name))


def _each(standing: Standing, question: str) -> Parts:
    found = list(each_answer(standing, question))
    given = standing.given_to(question)
    said = f"You answered: {given.words}." if given else "It was not asked."
    if not found:
        return of_answers.of_question(standing, question)
    now = standing.told.verdict
    same = all(str(advice.verdict) == now for _, advice in found)
    title = (
        f"No answer to it would have changed the verdict: {headline(now)}."
        if same
        else "It would have made a difference:"
        if any(advice.verdict is not None and str(advice.verdict) != now for _, advice in found)
        else "Alone it would not have settled it:"
    )
    rows = tuple((Strong(f"{words}: "), _leads_to(advice)) for words, advice in found)
    beside = _beside(standing) if question == "cheaper_model_enough" else None
    return (
        Text((Strong(f"{short(question)}. "), f"{said} {title}")),
        None if same else Bullets(rows),
        beside,
    )


def _beside(standing: Standing) -> Bullets | None:
    """What the cheaper model costs beside what is used today."""
    scenario = scenario_of(standing)
    shown = [one for one in (scenario.option("cheaper_model"), scenario.baseline) if one is not None]
    rows: tuple[Words, ...] = tuple((Strong(f"{label(one)}: "), f"{totals(one)}.") for one in shown)
    return Bullets(rows, Strong("What they cost")) if len(rows) > 1 else None


def _leads_to(advice: Advice) -> str:
    if advice.verdict is not None:
        return f"{headline(str(advice.verdict))}."
    if advice.next_question is not None and advice.next_question in QUESTIONS:
        return f"then I would ask “{QUESTIONS[advice.next_question].asks}”"
    return f"still open between {listed(quoted(str(one)) for one in advice.possible)}."


def unknowns(standing: Standing) -> Parts:
    """Which answers are "not sure" and what each would change; then the defaults on which the costs rest."""
    return (*of_answers.unknowns(standing), *_defaults(standing))


def _defaults(standing: Standing) -> Parts:
    used = standing.told.ledger.assumptions
    mine = [
        one for one in standing.told.inputs if one.is_assumed and one.key in used and used[one.key].default
    ]
    moving = sorted((one for one in mine if one.changes), key=lambda one: one.distance)
    rows = tuple(flips.line(one) for one in moving[:DEFAULTS_TOLD])
    rest = len([one for one in used.values() if one.default]) - len(rows)
    if not rows:
        return (
            Text(
                f"The costs rest on {counted(rest, 'defaults')} that nobody of you stated; no value of one of them alone "
                "changes the verdict. They stand under “Assumptions”."
            )
            if rest > 0
            else None,
        )
    return (
        Bullets(rows, Strong("Assumed by me, since nobody stated it, and able to change the verdict")),
        Small(f"{counted(rest, 'more defaults')} stand under “Assumptions”, where you can set your own.")
        if rest > 0
        else None,
    )


_LINES: Mapping[str, str] = {
    "electricity": r"GPU",
    "upkeep": r"anew|Upkeep|On call",
    "changes": r"anew",
    "labelling": r"Examples to make",
    "people": r"Engineering|Upkeep|On call|Examples to make",
    "hardware": r"GPU|[Hh]osting",
    "cache": r"from the cache|batch",
    "retries": r"[Rr]epeat",
    "tokens": r"tokens",
    "training": r"^Training|for training|first tuned",
    "storage": r"Storage",
}
"""By what may be counted: the lines of the ledger in which it is."""
_HOW: Mapping[str, str] = {
    "electricity": "The GPUs are priced as rented ones, by the hour, around the clock, and electricity is in that price. There is no line of its own for it. If the machines are yours, set the price of a GPU hour under “Assumptions” to what an hour costs you, electricity included.",
    "hardware": "The GPUs are priced as rented ones, by the hour, around the clock. If you own them already, set the price of a GPU hour under “Assumptions” to what an hour costs you: power, space and wear.",
    "people": "Hours are priced with the price of an hour of engineering, which you can set under “Assumptions”.",
    "labelling": "Reviewed examples that you have are not priced again; those to be made are.",
    "cache": "Today's prompt is priced with its fixed part read from the cache. No batch discount is taken off unless you say which share can wait.",
    "retries": "Repeats of a call count as further calls; how many there are can be set under “Assumptions”.",
    "upkeep": "What it takes after the first run is counted each month.",
    "training": "Training is counted: the first one up front, training anew each month.",
}


def is_counted(standing: Standing, thing: str = "") -> Parts:
    """Whether something is in the costs: the lines that hold it, or that none does and what is counted instead.

    thing: one, or two of them: "electricity+people".
    """
    first, _, second = thing.partition("+")
    if second:
        return (*is_counted(standing, first)[:2], *is_counted(standing, second))
    thing, _, often = thing.partition(" ")
    if thing == "changes":
        return _changes(standing, often)
    scenario = scenario_of(standing)
    found = tuple(_lines_of(scenario, _LINES[thing])) if thing in _LINES else ()
    if not found:
        return _not_counted(scenario, thing)
    return (
        Text(_HOW.get(thing, f"Yes, {WORD_OF[thing]} is counted.")),
        Bullets(found, Strong("Where it stands in the costs")),
        Small("An option that is not named here has no such cost. “explain the cost” shows every line."),
    )


def _lines_of(scenario: Scenario, words: str) -> Iterator[Words]:
    """Each option with those of its lines that hold it; those that none of it is in are left out."""
    for option in scenario.options:
        met = [line for line in option.lines if re.search(words, line.label)]
        if met:
            yield (Strong(f"{label(option)}: "), Said("; ".join(map(_line, met[:LINES_TOLD])), 500))


def _line(line: Line) -> str:
    return line_words(line) if line.per == "month" else f"{line_words(line, per=False)} up front"


def _not_counted(scenario: Scenario, thing: str) -> Parts:
    labels = [line.label for option in scenario.options for line in option.lines]
    counted_here = [
        WORD_OF[one] for one, found in _LINES.items() if any(re.search(found, name) for name in labels)
    ]
    first = (
        f"No, there is no line for {WORD_OF[thing]} in the costs."
        if thing
        else "These are all the costs that are counted."
    )
    return (
        Text(f"{first} What is counted: {listed(dict.fromkeys(counted_here))}."),
        Text("Prices are in US dollars, before taxes." if thing in ("tax", "exchange") else ""),
        Small(
            "“explain the cost” shows every line. Your own prices and hours can be put in under “Assumptions”."
        ),
    )


def _changes(standing: Standing, often: str) -> Parts:
    """How often things change: how many retrainings are counted, and what the wait for each means."""
    policy = standing.advice.policy
    counted_now = standing.told.ledger.assumed("retrains_per_year").number
    a_year = A_YEAR.get(often)
    weeks = f"{policy.iteration_weeks_low:f} to {policy.iteration_weeks_high:f} weeks"
    now = f"Training anew {_times(counted_now)} a year is counted. " if counted_now else ""
    yours = ""
    if a_year and counted_now is not None and a_year > counted_now:
        yours = (
            f"Changes that often would be {a_year} a year, which is not counted: “what if we retrain {a_year} times a year?” "
            "shows the cost. "
        )
    fits = (
        f"Each round takes {weeks}, so what changes faster than that cannot go into the weights; it can go into the prompt "
        "of each request."
    )
    waits = standing.given_to("can_wait")
    said = f"You answered that you can wait {weeks}: {waits.words}." if waits else ""
    turns = tuple(
        flips.line(one) for one in standing.told.inputs if of_answers.is_of(one, "can_wait") and one.changes
    )
    return (
        Text(f"{now}{yours}{fits}"),
        Text(said),
        Bullets(turns, Strong("What would change it")) if turns else None,
    )


def _times(number: Decimal) -> str:
    return {1: "once", 2: "twice"}.get(int(number), f"{count(number)} times")


def origin(standing: Standing, figure: Decimal) -> Parts | None:
    """How a figure that is no cost came about: an answer, as it was read, or a default; ``None`` for none of these."""
    met = (one for one in standing.told.inputs if _near(one, figure))
    found = next(met, None)
    return None if found is None else _made(standing, found)


def _near(one: Input, figure: Decimal) -> bool:
    number = one.present if isinstance(one.present, Decimal) else None
    if number is None or not number:
        return False
    scaled = number * 100 if one.key.startswith("quality") else number
    return abs(scaled - figure) <= scaled / 50


def _made(standing: Standing, one: Input) -> Parts:
    used = standing.told.ledger.assumptions.get(one.key)
    value = inputs.shown(one.key, one.present)
    name = inputs.title(one.key)
    if one.is_assumed:
        whose = (
            "a default of mine, which nobody stated"
            if used is not None and used.default
            else "your own figure"
        )
        said: Words = (Strong(f"{name}: {value}. "), f"It is {whose}. You can set it under “Assumptions”.")
    else:
        said = (Strong(f"{name}: {value}. "), *_as_read(standing, one))
    return (
        Text(said),
        Text(flips.line(one)) if one.changes else Text("No other value of it alone changes the verdict."),
    )


def _as_read(standing: Standing, one: Input) -> tuple[Words, ...]:
    question = next((name for name, q in QUESTIONS.items() if one.key in q.keys), "")
    echoes = [
        post.about
        for post in standing.posts
        if isinstance(post.about, posts.Echo) and question in post.about.questions
    ]
    given = standing.given_to(question)
    how = (
        {"typed": "typed", "file": "read from a file", "example": "part of the example"}.get(
            given.how, "picked or entered"
        )
        if given
        else ""
    )
    read = ("It was read as: “", Said(echoes[-1].echo, SAID_BACK), "”. ") if echoes and how == "typed" else ()
    by_day = ""
    if one.key == PRICING and isinstance(one.present, Decimal):
        by_day = f"A month has 30.4375 days, so it is {_a_day(one.present)} a day. "
    return (
        f"It is an answer of yours ({how}), not worked out by me. " if how else "",
        *read,
        by_day,
        "If it is wrong, say the right figure with its period, such as “40k a day”.",
    )


def _a_day(calls: Decimal) -> str:
    return count((calls / Decimal("30.4375")).quantize(Decimal(1)))
