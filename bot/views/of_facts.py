"""Answers to questions about one fact: how far it may be off, whether it is enough, counted, or what it would have changed."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.conversation import posts
from bot.conversation.each_answer import each_answer, left_open
from bot.conversation.standing import PRICING, Standing
from bot.views import flips, of_answers
from bot.views.costs import label
from bot.views.document import Bullets, Part, Said, Small, Strong, Text, Words
from bot.views.evaluation import FIRST_CASES, cost_of_cases
from bot.views.lines import totals
from bot.views.of_advice_money import scenario_of
from bot.views.phrases import QUESTIONS, headline, listed, quoted, reason_line, short, source
from core import inputs
from core.advice import Advice
from core.answers import Between
from core.evaluation import at_rate
from core.policy import thresholds
from core.told.flips import Input
from core.wording import OPTION_NAMES, count, counted

Parts = tuple[Part | None, ...]

DEFAULTS_TOLD = 4
SAID_BACK = 160


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


RIGHT_ONE: Mapping[str, str] = {
    "quality_now": ", such as “it is at 80% now”",
    "quality_target": ", such as “change the target to 90%”",
    "labelled_examples": ", such as “we have 300 reviewed examples”",
}
"""How another value of an answer is said."""


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

    figure: digits, "" for the number that was answered; "source" where it is asked who says how many it takes.
    """
    least = standing.advice.policy.enough_labels
    if figure == "source":
        return (Text(_who_says(standing)), *enough(standing))
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
        more = _more_needed(standing, least) if have < least else "that is enough"
        lines.append(f"You answered {given.words}: {more}.")
    elif given is None:
        lines.append("How many you have was not asked: it could not change this.")
    moved = tuple(
        flips.line(one)
        for one in standing.told.inputs
        if of_answers.is_of(one, "labelled_examples") and one.changes
    )
    return (Text(" ".join(lines)), *_whether_it_decides(standing, moved))


def _more_needed(standing: Standing, least: Decimal) -> str:
    """How many examples are missing, as a range where the answer was one."""
    given = standing.advice.answers.of("labelled_examples")
    low, high = (given.low, given.high) if isinstance(given, Between) else (given, given)
    most = least - (low if isinstance(low, Decimal) else 0)
    fewest = max(least - high, Decimal(0)) if isinstance(high, Decimal) else Decimal(0)
    said = count(most) if fewest == most else f"{count(fewest)} to {count(most)}"
    return f"{said} more are needed"


def _who_says(standing: Standing) -> Words:
    """Where the least number of reviewed examples is from."""
    least = count(standing.advice.policy.enough_labels)
    if "enough_labels" in standing.advice.policy.overridden:
        return f"The {least} are a rule of your own workspace: somebody set them under “Settings for this workspace”."
    return (
        f"The {least} are a threshold of this app, from ",
        source(thresholds()["enough_labels"].source),
        ".",
    )


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
        f"It does not matter here. No answer to it would have changed the verdict: {headline(now)}."
        if same
        else "It matters: another answer would have made a difference."
        if any(advice.verdict is not None and str(advice.verdict) != now for _, advice in found)
        else "Alone it would not have settled it:"
    )
    of_data = question == "data_may_leave"
    rows = tuple(
        (Strong(f"{words}: "), f"{_leads_to(advice)}{_left(advice) if of_data else ''}")
        for words, advice in found
    )
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


def _left(advice: Advice) -> str:
    """Which options there are then, where some are taken away."""
    gone = {one.option for one in advice.removed}
    shown = [one.option for one in advice.ledger.volumes[-1].options if one.option not in gone]
    return (
        f" Left then: {listed(f'“{OPTION_NAMES.get(one, one)}”' for one in shown)}." if gone and shown else ""
    )


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
        "If it is wrong, say the right figure with its period, such as “40k a day”."
        if one.key == PRICING
        else f"If it is wrong, say the right one{RIGHT_ONE.get(one.key, '')}.",
    )


def _a_day(calls: Decimal) -> str:
    return count((calls / Decimal("30.4375")).quantize(Decimal(1)))
