"""Answers out of the advice to what somebody is about to do or has just seen: waiting, both, stuck, an option that is gone."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from bot.conversation.standing import Standing
from bot.views import flips, of_answers
from bot.views.because import in_short
from bot.views.costs import a_month, a_year, figures, label, line_words, once, ruled_out
from bot.views.document import Bullets, Part, Said, Strong, Text, Words
from bot.views.of_advice_money import scenario_of
from bot.views.of_advice_plainly import for_the_boss, nearly, other_score
from bot.views.phrases import headline
from bot.views.plan import steps
from core.costs.lines import ON_SERVERS
from core.told.ledger import Line, Option
from core.tree import TUNING, Verdict
from core.wording import count, counted, money

Parts = tuple[Part | None, ...]

MONTHS = 12
"""For how long doing nothing is reckoned where nobody says."""
A_CENT = Decimal("0.01")
LINES_TOLD = 3
STEPS_TOLD = 2
PLAINLY: Mapping[str, str] = {
    "prompt": "Go on as today, with the same model and the same instructions",
    "prompt_cached": "Go on as today; what is the same in all instructions is billed at a discount",
    "cheaper_model": "Give the same instructions to a smaller, cheaper model",
    "hosted": "Train a small model on your own examples, and let a provider run it",
    "self_hosted": "Train an open model, and run it on servers of your own",
    "self_hosted_prompted": "Give the instructions to an open model on servers of your own",
}
"""Each option in words for people outside the trade."""


def removed(standing: Standing, question: str = "") -> Parts:
    """Which options are out and for which reason, which are left with their costs, and what would bring others back.

    question: the answer that somebody suspects; "" for none.
    """
    out = standing.advice.removed
    gone = {one.option for one in out}
    left = [one for one in scenario_of(standing).options if one.name not in gone]
    rows = tuple(
        (Strong(f"{label(one)}: "), f"{a_month(one)} a month, {once(one)} up front.") for one in left
    )
    turns = [
        one for one in standing.told.inputs if question and of_answers.is_of(one, question) and one.changes
    ]
    why = tuple(part for line in ruled_out(out, sources=False) for part in (line, " "))
    stays = (
        "What is left trains no provider's model: it only sends data to be answered, or keeps it on your own servers."
        if _of_training(standing)
        else ""
    )
    return (
        Text((Strong(f"{_for_answers_only(standing) or _whether(standing, question)} "), *why[:-1])),
        Bullets(rows, Strong("What is left")) if rows else None,
        Text(stays),
        Text((Strong(f"{headline(standing.told.verdict)}."), " ", figures(in_short(standing))))
        if not out
        else None,
        Bullets(tuple(map(flips.line, turns)), Strong("What would change it")) if turns else None,
    )


def _for_answers_only(standing: Standing) -> str:
    """That the data may leave, but not to train on, where that is why something is out."""
    given = standing.given_to("data_may_leave")
    if given is None or not _of_training(standing):
        return ""
    return f"It is your answer on the data ({given.words}): training at a provider is out, prompting is not."


def _of_training(standing: Standing) -> bool:
    """Whether what is out is out because the data may be answered, and train nothing."""
    return any("train" in one.because.lower() for one in standing.advice.removed)


def _whether(standing: Standing, question: str) -> str:
    """Whether it is the suspected answer that took options away."""
    out = standing.advice.removed
    if not out:
        return "No answer took an option away here: all that can be priced are compared, and the verdict is between them."
    of_data = [one for one in out if "data may not" in one.because.lower() or "train" in one.because.lower()]
    if question == "data_may_leave":
        if standing.advice.answers.of("data_may_leave") is True:
            return "No, not that: you said that the data may leave."
        alone = "that answer alone" if len(of_data) == len(out) else "for most of them that answer alone"
        return f"Yes, {alone}: no cost and no quality was weighed before it." if of_data else "No, not that."
    return "These answers took options away, before any cost was looked at."


def waiting(standing: Standing, of: str = "") -> Parts:
    """What so many months without a change cost, beside what is advised, and the quality that stays meanwhile.

    of: the months, "until 1" for those until January, "" for a year.
    """
    number = _months(standing, of)
    scenario = scenario_of(standing)
    now, span = scenario.baseline, counted(Decimal(number), "months")
    stays = nearly(standing).removeprefix("Nearly there is not there: ").capitalize()
    first = steps(standing, standing.told.ledger)[:STEPS_TOLD]
    if now is None or now.month is None:
        return (Text("What you pay today is not known, so there is no sum for waiting."), Text(stays))
    other = scenario.best_tuned
    rows: tuple[Words, ...] = (_over(replace(now, up_front=None), number, "As today"),)
    if (
        other is not None
        and other.month is not None
        and other.up_front is not None
        and other.name != now.name
    ):
        rows = (*rows, _over(other, number, "Tuned"))
    return (
        Text(_nothing_breaks(standing)),
        Text(
            (
                Strong(f"{span} without a change: {money(now.month * number)}. "),
                _costs_more(standing, now, other, number),
            )
        ),
        Bullets(rows),
        Text(f"The quality stays where it is. {stays}".strip()),
        Bullets(first, (Strong(f"{headline(standing.told.verdict)}."), " What waits meanwhile:")),
    )


def _months(standing: Standing, of: str) -> int:
    """For how many months nothing is done."""
    until = of.removeprefix("until ")
    if until != of:
        return (int(until) - standing.advice.on.month) % 12 or 12
    return int(of) if of else MONTHS


def _nothing_breaks(standing: Standing) -> str:
    """Whether anything gets worse while nothing is done."""
    if standing.told.verdict == Verdict.KEEP_PROMPTING:
        return "Nothing bad: going on as today is nearly what is advised. Look again when the volume or the target changes."
    return "Nothing breaks meanwhile, and nothing gets worse by itself; what is wrong today stays wrong. Keeping corrected cases, and turning the cache on, can start now."


def _over(option: Option, number: int, title: str) -> Words:
    month, first = option.month or Decimal(0), option.up_front or Decimal(0)
    up_front = f"{money(first)} up front and " if first else ""
    return (
        Strong(f"{title}, {label(option)}: "),
        f"{up_front}{number} x {money(month)} = {money(first + number * month)}.",
    )


def _costs_more(standing: Standing, now: Option, other: Option | None, number: int) -> str:
    if other is None or other.month is None or other.up_front is None or now.month is None:
        return "There is no tuned model here to hold it against."
    less = now.month * number - (other.up_front + other.month * number)
    tunes = standing.told.verdict in TUNING
    if less > 0:
        return f"That is {money(less)} more than a tuned model costs in that time, what is up front included."
    lost = (
        "and after that each month costs more"
        if tunes and now.month > other.month
        else "so nothing is lost in money"
    )
    return f"That is {money(-less)} less than a tuned model costs in that time, what is up front included, {lost}."


def both(standing: Standing) -> Parts:
    """One after the other; then what to gather meanwhile, what the later start costs, and when to look again."""
    least = standing.advice.policy.enough_labels
    have = standing.given_to("labelled_examples")
    known = f" (you have {have.words})" if have else ""
    gather: list[Words] = [
        f"Keep each input with the answer that was right in the end, the corrected misses above all: a first run takes {count(least)}{known}.",
        "Put a fixed set of cases aside now: it tells later whether training was worth it.",
    ]
    if later := _each_month(standing):
        gather.append(later)
    turns = of_answers.leading_to_tuning(standing.told.inputs)
    return (
        *of_answers.both(standing),
        Bullets(tuple(gather), Strong("Meanwhile")),
        Bullets(turns, Strong("Look again at training when one of these holds"))
        if turns and standing.told.verdict not in TUNING
        else None,
    )


def _each_month(standing: Standing) -> str:
    scenario = scenario_of(standing)
    now, tuned = scenario.baseline, scenario.best_tuned
    if now is None or tuned is None or now.month is None or tuned.month is None or now.month == tuned.month:
        return ""
    less = now.month - tuned.month
    said = f"costs {money(less)} more" if less > 0 else f"costs {money(-less)} less"
    return f"Each month on the prompt {said} than one on a tuned model, and its {once(tuned)} is spent later."


def first_year(standing: Standing) -> Parts:
    """What a call saves, and which lines stand against that: once, and each month."""
    scenario = scenario_of(standing)
    now, tuned = scenario.baseline, scenario.best_tuned
    if (
        now is None
        or tuned is None
        or now.first_year is None
        or tuned.first_year is None
        or not scenario.calls
    ):
        return (Text("There are no figures for both here."),)
    saved = now.for_calls - tuned.for_calls
    dearer = tuned.first_year - now.first_year
    verb = "dearer" if dearer > 0 else "cheaper"
    beside = _beside(tuned) - _beside(now)
    spent = f"{once(tuned)} once, with the prompt {once(now)}" if now.up_front else f"{once(tuned)} once"
    return (
        Text(
            f"A call costs {_a_call(tuned, scenario.calls)} tuned and {_a_call(now, scenario.calls)} with the prompt. At "
            f"{counted(scenario.calls, 'calls a month')} that is {money(abs(saved))} a month {'less' if saved >= 0 else 'more'}. Against it stands what does not go by the call:"
        ),
        Bullets(_largest(tuned, "up front"), Strong(f"Once: {once(tuned)}")),
        Bullets(
            _largest(tuned, "month"),
            Strong(
                f"Each month, beside the calls: {money(_beside(tuned))}, with the prompt {money(_beside(now))}"
            ),
        ),
        Text(
            f"In the first year: {spent}, 12 x {money(abs(beside))} {'more' if beside >= 0 else 'less'} beside the calls, 12 x {money(abs(saved))} "
            f"{'less' if saved >= 0 else 'more'} for them. That makes it {money(abs(dearer))} {verb}: {a_year(tuned)} against {a_year(now)}."
        ),
        Text(of_answers.where_it_crosses(standing)),
    )


def _a_call(option: Option, calls: Decimal) -> str:
    """What a call costs; of own servers its share of them."""
    each = option.for_calls / calls
    said = f"${each:.3f}" if A_CENT <= each < 1 else money(each)
    return f"{said}{' (its share of the servers)' if option.name in ON_SERVERS else ''}"


def _beside(option: Option) -> Decimal:
    return option.beside_calls or Decimal(0)


def _largest(option: Option, per: str) -> tuple[Words, ...]:
    found: Iterable[Line] = (
        line for line in option.lines if line.per == per and not line.follows_calls and line.amount
    )
    ordered = sorted(found, key=lambda line: -line.amount)[:LINES_TOLD]
    return tuple(Said(line_words(line, per=False), 300) for line in ordered)


def options(standing: Standing) -> Parts:
    """Every option in words for people outside the trade, each with what it costs, and which is advised."""
    scenario = scenario_of(standing)
    out = {one.option for one in standing.advice.removed}
    names = {one.name for one in scenario.options}
    shown = [
        one
        for one in scenario.options
        if one.month is not None and not (one.name == "prompt" and "prompt_cached" in names)
    ]
    rows = tuple(_plainly(one, is_out=one.name in out) for one in shown)
    return (
        Bullets(rows, Strong("The choices, and what each costs")),
        Text(of_answers.about_cheaper(standing)) if "cheaper_model" in names else None,
        *for_the_boss(standing),
    )


def _plainly(option: Option, *, is_out: bool) -> Words:
    first = f"{once(option)} once, then " if option.up_front else ""
    not_here = " It is no choice here as things stand." if is_out else ""
    return (
        Strong(f"{PLAINLY.get(option.name, label(option))}: "),
        f"{first}{a_month(option)} a month.{not_here}",
    )


def stuck(standing: Standing, figure: str = "") -> Parts:
    """What is left to do where the quality does not rise any more, in its order, and what would lead to tuning.

    figure: the quality that is named, in percent; "" for none.
    """
    verdict = standing.told.verdict
    turns = of_answers.leading_to_tuning(standing.told.inputs) if verdict not in TUNING else ()
    plan = steps(standing, standing.told.ledger)
    return (
        Text(f"{other_score(standing, figure)}{nearly(standing)}"),
        Bullets(
            plan,
            (Strong(f"{headline(verdict)}."), " What is left to do about it, in this order:"),
            numbered=True,
        ),
        Text(figures(in_short(standing))),
        Bullets(turns, Strong("What would lead to tuning")) if turns else None,
    )
