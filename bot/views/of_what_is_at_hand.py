"""Answers to what is at hand in a thread: a gap that is no reason, a volume to come, the cheaper model first, a condition."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from bot.conversation.of_this_thread import scenario_of
from bot.conversation.standing import PRICING, Standing, replaced_by, standing_of
from bot.views import flips, of_answers
from bot.views.because import in_short
from bot.views.confidence import EVERY, confidence_line
from bot.views.costs import a_month, a_year, figures, label, model_of, once
from bot.views.document import Bullets, Part, Strong, Text, Words
from bot.views.phrases import QUESTIONS, headline, short
from bot.views.sureness import based, turns
from core import inputs
from core.tree import TUNING
from core.wording import count, counted, money, months, percent

Parts = tuple[Part | None, ...]

LONG = 24
"""Months: what takes longer is told in years."""


def at_hand(standing: Standing, of: str) -> Parts:
    """The answer. of: what is asked, then a figure that belongs to it."""
    aspect, _, rest = of.partition(" ")
    return _ASPECTS[aspect](standing, rest)


def _after(standing: Standing, extra: Mapping[str, Any]) -> Standing:
    """Where it would stand with other answers, on the day of the advice."""
    day = datetime.combine(standing.advice.on, time(), UTC)
    return standing_of(standing.consultation, day, extra=extra)


def _leads_to(there: Standing) -> str:
    """The verdict there, or the question that would decide then."""
    if there.advice.verdict is not None and there.asking is None:
        return f"the advice is “{headline(there.advice.verdict)}”"
    asks = str(there.asking)
    return f"I would ask next {flips.open_then(asks) if asks in QUESTIONS else short(asks).lower()}"


def _gap(standing: Standing, asked: str) -> Parts:
    answers, quality = standing.advice.answers, standing.advice.quality
    aim, given = answers.number("quality_target"), standing.given_to("reasons")
    if quality is None or quality.point is None or aim is None or given is None:
        return (Text(figures(in_short(standing))),)
    reasons = answers.of("reasons")
    named = sorted(reasons) if isinstance(reasons, frozenset) else []
    there = _after(standing, {"reasons": [*named, "quality"]})
    because = Text(
        (
            Strong("Because better quality is not among your reasons to tune: "),
            f"you answered “{given.words}”, so the gap from {percent(quality.point)} to {percent(aim)} does not count for training.",
        )
    )
    counts = Text(
        (
            Strong("If quality is a reason too: "),
            f"{_leads_to(there)}. Change your answer on the reasons to tune then. How much training closes nobody knows before a first run.",
        )
    )
    now = Text(
        (Strong("To do now for the gap: "), "try a stronger model with the same prompt, on the same cases.")
    )
    if asked == "counts":
        return (counts, Text(f"Until then it is left out: you answered “{given.words}”."), now)
    return (because, Text(figures(in_short(standing))), counts, now)


def _volume(standing: Standing, at: str) -> Parts:
    there = _after(standing, {PRICING: int(at)})
    scenario = scenario_of(there)
    base, tuned = scenario.baseline, scenario.best_tuned
    stays = there.advice.verdict == standing.advice.verdict
    verdict = headline(there.advice.verdict)
    lead = f"At {count(int(at))} calls a month {'nothing changes' if stays else 'the advice changes'}: it {'stays' if stays else 'is'} “{verdict}”. "
    if base is None or tuned is None or base.month is None or tuned.month is None:
        return (Text(Strong(lead)),)
    less = base.month - tuned.month
    said = f"A month costs {a_month(tuned)} tuned against {a_month(base)}"
    if less > 0:
        back = (tuned.up_front or Decimal(0)) / less
        said += f", {money(less)} less, so the {once(tuned)} up front would be back after {months(back) if back < LONG else f'{back / 12:.0f} years'}."
    else:
        said += f", {money(-less)} more, so the {once(tuned)} up front never comes back."
    calls = next((one for one in standing.told.inputs if one.key == PRICING), None)
    turn = flips.turned(calls) if calls is not None and calls.changes else ""
    return (Text((Strong(lead), said)), Text(f"Calls a month at which it turns: {turn}" if turn else ""))


def _saves_nothing(standing: Standing, _: str) -> Parts:
    scenario = scenario_of(standing)
    base, tuned = scenario.baseline, scenario.best_tuned
    if (
        base is None
        or tuned is None
        or base.month is None
        or tuned.month is None
        or tuned.month <= base.month
    ):
        return (Text(figures(in_short(standing))),)
    own = counted(scenario.calls or Decimal(0), "calls a month")
    quality, aim = standing.advice.quality, standing.advice.answers.number("quality_target")
    left = (
        f"What can be a reason is better quality: {percent(quality.point)} now, {percent(aim)} wanted."
        if quality is not None
        and quality.point is not None
        and aim is not None
        and quality.point < float(aim)
        else ""
    )
    return (
        Text(
            (
                Strong(f"Yes, at {own} cost is no reason to tune: "),
                f"{a_month(tuned)} a month tuned, after {once(tuned)} up front, against {a_month(base)} for “{label(base)}”.",
            )
        ),
        Text(left),
        Text((Strong(f"{headline(standing.told.verdict)}. "), figures(in_short(standing)))),
    )


def _first(standing: Standing, _: str) -> Parts:
    scenario = scenario_of(standing)
    cheaper, tuned, base = scenario.option("cheaper_model"), scenario.best_tuned, scenario.baseline
    if cheaper is None or tuned is None:
        return (Text(figures(in_short(standing))),)
    aim = standing.advice.answers.number("quality_target")
    target = f"the target of {percent(aim)}" if aim is not None else "the target"
    enough = standing.advice.answers.of("cheaper_model_enough")
    lead = (
        f"{label(tuned)}, since you answered that {model_of(cheaper)} misses {target}. "
        if enough is False
        else f"First {model_of(cheaper)}; a tuned model only if it misses {target}. "
    )
    rows: list[Words] = [
        (
            Strong(f"{label(one)}: "),
            f"{a_month(one)} a month, {once(one)} up front, {a_year(one)} in the first year.",
        )
        for one in (cheaper, tuned)
    ]
    now = f"“{label(base)}” costs {a_month(base)} a month today." if base is not None else ""
    return (
        Text(
            (
                Strong(lead),
                "Nobody has measured it yet: run the same prompt on the same cases, an afternoon's work."
                if enough is not False
                else "",
            )
        ),
        Bullets(tuple(rows)),
        Text(now),
    )


def _cheaper_enough(standing: Standing, _: str) -> Parts:
    aim, cheaper = (
        standing.advice.answers.number("quality_target"),
        scenario_of(standing).option("cheaper_model"),
    )
    if aim is None or cheaper is None:
        return (Text(figures(in_short(standing))),)
    values = {"quality_now": float(aim), "cheaper_model_enough": True}
    there = _after(standing, {**replaced_by(standing.consultation, values), **values})
    then = (
        f"then {_leads_to(there)}"
        if there.advice.verdict not in TUNING
        else "then nothing has to be trained for quality"
    )
    return (
        Text(
            (
                Strong(f"{percent(aim)} right or more, with today's prompt, on the same cases: "),
                f"{then}, with {model_of(cheaper)} at {a_month(cheaper)} a month.",
            )
        ),
        Text(
            f"With less than {percent(aim)} it stays “{headline(standing.told.verdict)}”. Nobody has measured it yet; it is an afternoon's work."
        ),
    )


def _cheaper_got(standing: Standing, score: str) -> Parts:
    aim, cheaper = (
        standing.advice.answers.number("quality_target"),
        scenario_of(standing).option("cheaper_model"),
    )
    if aim is None or cheaper is None:
        return (Text(figures(in_short(standing))),)
    share = Decimal(score) / 100
    if share >= aim:
        return _cheaper_enough(standing, "")
    return (
        Text(
            (
                Strong(f"Then it stays “{headline(standing.told.verdict)}”: "),
                f"{percent(share)} is less than the target of {percent(aim)}, so {model_of(cheaper)} misses it.",
            )
        ),
        Text(
            f"If {percent(share)} will do after all, lower the target: nothing has to be trained then, and {model_of(cheaper)} costs {a_month(cheaper)} a month."
        ),
    )


def _unsure(standing: Standing, _: str) -> Parts:
    found, scenario = standing.told, scenario_of(standing)
    cheaper, tuned = scenario.option("cheaper_model"), scenario.best_tuned
    if found.verdict not in TUNING or tuned is None:
        return based(standing, "")
    aim = standing.advice.answers.number("quality_target")
    reach = (
        f"whether a tuned {model_of(tuned)} reaches {percent(aim)}"
        if aim is not None
        else "how good a tuned model gets"
    )
    untried = not isinstance(standing.advice.answers.of("cheaper_model_enough"), bool)
    also = (
        f", nor whether {model_of(cheaper)} would be enough with today's prompt, at {a_month(cheaper)} a month and nothing up front"
        if cheaper is not None and untried
        else ""
    )
    return (
        Text((Strong("Not about the saving, about the quality: "), f"nobody has measured {reach}{also}.")),
        Text(confidence_line(found, EVERY)),
        turns(standing),
    )


def _chance(standing: Standing, _: str) -> Parts:
    tuned = scenario_of(standing).best_tuned
    level = standing.told.confidence
    chance = tuned.probability_pays_back if tuned is not None else None
    if tuned is None or chance is None:
        return based(standing, "")
    return (
        Text(
            (
                Strong("Both, they are about two things: "),
                f"“{level}” is how sure the verdict “{headline(standing.told.verdict)}” is; {percent(chance)} is the chance that the {once(tuned)} up front is paid back by what it saves.",
            )
        ),
        Text(figures(in_short(standing))),
        turns(standing),
    )


def _reasons(standing: Standing, _: str) -> Parts:
    given = standing.given_to("reasons")
    quality, aim = standing.given_to("quality"), standing.advice.answers.number("quality_target")
    words = given.words if given is not None else "none"
    beside = (
        f" Here: quality {quality.words}."
        if quality is not None and aim is not None and "quality" in words.lower()
        else ""
    )
    return (
        Text((Strong(f"{words}: "), f"that is your own answer on the reasons to tune.{beside}")),
        Text((Strong(f"{headline(standing.told.verdict)}. "), figures(in_short(standing)))),
    )


def _provider(standing: Standing, _: str) -> Parts:
    there = _after(standing, {"data_may_leave": True})
    base = scenario_of(standing).baseline
    price = (
        f" Your own servers cost {a_month(base)} a month, whatever the number of calls."
        if base is not None
        else ""
    )
    return (
        Text(
            (
                Strong("Because you answered that the data may not leave: "),
                f"a provider would see it, so no provider's model can be used, at any price.{price}",
            )
        ),
        Text(
            f"An account of your own at a provider still runs on the provider's machines. Whether that counts as leaving is for whoever answers for your data; if it is allowed, change that answer: then {_leads_to(there)}."
        ),
    )


def _settled(standing: Standing, many: str) -> Parts:
    enough = standing.advice.policy.enough_examples
    number = int(many) if many else int(enough)
    there = _after(standing, {"prompt_examples": number})
    if number < enough:
        return (
            Text(
                (
                    Strong(f"No, {number} are too few: "),
                    f"a fair try has at least {count(enough)} examples in the prompt.",
                )
            ),
        )
    possible = len(there.advice.possible)
    has = (
        f"With {number} examples the prompt has had its fair try"
        if many
        else f"At least {number} in the prompt, for a fair try"
    )
    lead = f"{has}, but that does not decide it yet: "
    return (
        Text((Strong(lead), f"{_leads_to(there)}.")),
        Text(
            f"Count how many answers of a fixed set come out right, such as 100 cases. If the target is reached, nothing is trained; if not, I ask what the misses look like, and what is to be gained. {possible} verdicts are possible then."
            if there.advice.verdict is None
            else ""
        ),
    )


def _turning(standing: Standing, at: str) -> Parts:
    figure = Decimal(at)
    for one in standing.told.inputs:
        for turn in (one.below, one.above):
            if (
                one.is_number
                and turn is not None
                and turn.number
                and abs(turn.number - figure) <= turn.number / 100
            ):
                now = "assumed by me" if one.is_assumed else "now"
                return (
                    Text(
                        (
                            Strong(
                                f"It is where the advice turns, not what you pay: {inputs.name(one.key)}. "
                            ),
                            f"{inputs.shown(one.key, one.present)} is {now}; {flips.turned(one)}",
                        )
                    ),
                    Text(
                        "Every price up to it was tried with all else as it is. Your own price goes under “Assumptions”."
                    ),
                )
    return (Text(of_answers.what_it_rests_on(standing)), turns(standing))


def _own_servers(standing: Standing, _: str) -> Parts:
    scenario = scenario_of(standing)
    own = scenario.option("self_hosted")
    out = next((one for one in standing.advice.removed if one.option == "hosted"), None)
    why = f"{out.because[:1].lower()}{out.because[1:].rstrip('.')}" if out is not None else ""
    left = (
        f"What is left for training is “{label(own)}”: {a_month(own)} a month, after {once(own)} up front."
        if own is not None and own.month is not None
        else ""
    )
    return (
        Text((Strong("A provider is ruled out, and not by its price: "), f"{why}. {left}")),
        Text(
            (
                Strong("The difference: "),
                "at a provider your examples go to its machines, which train and run the model; on your own servers you do both, nothing leaves, and you pay for the servers whatever the number of calls.",
            )
        ),
        Text((Strong(f"{headline(standing.told.verdict)}. "), figures(in_short(standing)))),
    )


_ASPECTS: Mapping[str, Callable[[Standing, str], Parts]] = {
    "gap": _gap,
    "volume": _volume,
    "saves_nothing": _saves_nothing,
    "first": _first,
    "cheaper_enough": _cheaper_enough,
    "cheaper_got": _cheaper_got,
    "unsure": _unsure,
    "chance": _chance,
    "reasons": _reasons,
    "provider": _provider,
    "settled": _settled,
    "own_servers": _own_servers,
    "turning": _turning,
}
