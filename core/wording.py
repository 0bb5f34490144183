"""Answers, numbers and money in words: one form for every place that shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from fractions import Fraction

from core.answers import NOT_ASKED, NOT_SURE, Answer, Answers, Between
from core.evaluation import Interval, wilson
from core.nouns import with_nouns
from core.questions import BY_NAME, LATENCY, PROMPT_EXAMPLES, Choice, Question
from core.tree import Verdict

HEADLINES: Mapping[Verdict, str] = {
    Verdict.PROMPT_FIRST: "Prompt first: it has not had a fair try",
    Verdict.MEASURE_FIRST: "Measure first",
    Verdict.REDEFINE_TASK: "Re-examine the task",
    Verdict.COLLECT_EXAMPLES: "Collect examples first",
    Verdict.KEEP_PROMPTING: "Keep prompting",
    Verdict.ADD_RETRIEVAL: "Add retrieval, not training",
    Verdict.FINE_TUNE: "Fine-tune",
    Verdict.HYBRID: "Fine-tune the stable part, prompt the rest",
    Verdict.SELF_HOST: "Keep it in-house: prompt an open model first, fine-tune it if that falls short",
}

OPTION_NAMES: Mapping[str, str] = {
    "prompt": "Prompt",
    "prompt_cached": "Prompt, cached",
    "cheaper_model": "Cheaper model",
    "hosted": "Fine-tune, hosted",
    "self_hosted": "Fine-tune, self-hosted",
    "self_hosted_prompted": "Open model, prompted",
}


def count(number: Decimal | int, rounding: str = ROUND_HALF_UP) -> str:
    """A count for people: 950, 12,500, 250k, 1.46M, 2.1B; three significant digits from 100,000 on.

    ``rounding`` is one of :mod:`decimal`'s, for where the words must not say more, or less, than the number.
    """
    value = Decimal(number)
    if _three(value, rounding) < 1000:
        return _plain(_three(value, rounding))
    if value.quantize(Decimal(1), rounding) < 100_000:
        return f"{value.quantize(Decimal(1), rounding):,f}"
    for size, letter in ((Decimal(10) ** 3, "k"), (Decimal(10) ** 6, "M"), (Decimal(10) ** 9, "B")):
        if _three(value / size, rounding) < 1000:
            return f"{_plain(_three(value / size, rounding))}{letter}"
    return f"{_three(value / Decimal(10) ** 9, rounding):,f}B"


def money(amount: Decimal) -> str:
    """Dollars for people: $0.47, $118, $12,300, $1.46M."""
    size = abs(amount)
    sign = "-" if amount < 0 else ""
    dollars, cents = size.quantize(Decimal(1), ROUND_HALF_UP), size.quantize(Decimal("0.01"), ROUND_HALF_UP)
    if dollars >= 1_000_000:
        return f"{sign}${count(size)}"
    if cents >= 100 or size == 0:
        return f"{sign}${dollars:,f}"
    if size >= Decimal("0.01"):
        return f"{sign}${cents:f}"
    return f"{sign}${_plain(_three(size))}"


def band(low: Decimal, high: Decimal) -> str:
    """Between which dollars something is likely to lie: $520 to $760."""
    return f"{_rough(low, ROUND_FLOOR)} to {_rough(high, ROUND_CEILING)}"


def _rough(amount: Decimal, rounding: str) -> str:
    """An end of a band to two digits, away from the middle: two thousand samples know no more."""
    if amount < 10:
        return money(amount)
    return money(amount.quantize(Decimal(1).scaleb(amount.adjusted() - 1), rounding))


def from_calls(calls: Decimal) -> str:
    """The calls a month at which two options cost the same, or from which something holds: 1.26M.

    Rounded up, so that it does hold at what is said; the same in every text, table and picture.
    """
    return count(calls.to_integral_value(ROUND_CEILING), ROUND_CEILING)


def percent(fraction: Decimal | Fraction | float) -> str:
    """A share for people: 86%, 99.5%; more decimals only where it would look like all or nothing: 99.96%."""
    share = Decimal(str(float(fraction))) * 100
    for places in ("0.1", "0.01", "0.001"):
        rounded = share.quantize(Decimal(places), ROUND_HALF_UP)
        if rounded not in (0, 100) or rounded == share:
            break
    return f"{_plain(rounded)}%"


def months(number: Decimal) -> str:
    """A duration in months for people: 3.2 months, 14 months, 1 month."""
    shown = number.quantize(Decimal("0.1") if number < 10 else Decimal(1), ROUND_HALF_UP)
    return counted(_plain(shown), "months")


def counted(number: Decimal | int | str, nouns: str) -> str:
    """A number with what it counts, given in the plural: 2 calls a month, 1 call a month, 1 GPU, at least 1 pass.

    ``number``: a text is a number in words already, such as "1.2M".
    """
    shown = number if isinstance(number, str) else f"{number:,}" if isinstance(number, int) else count(number)
    return with_nouns(shown, nouns)


def _three(value: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    """A number rounded to three significant digits."""
    if value == 0:
        return Decimal(0)
    return value.quantize(Decimal(1).scaleb(value.adjusted() - 2), rounding)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def answer_in_words(question: str, answers: Answers) -> str:
    """What was answered to a question: "43 of 50 (86%), target 95%", "80k", "not sure", "not asked"."""
    if question == "quality":
        return _quality(answers)
    if question == LATENCY.name:
        return _latency(answers)
    answer = answers.of(BY_NAME[question].keys[0])
    chosen = _choice_label(BY_NAME[question], answer)
    if question == PROMPT_EXAMPLES.name and isinstance(answer, Decimal | Between):
        return counted(_value(answer), "examples")
    return chosen or _value(answer)


def _choice_label(question: Question, answer: Answer) -> str | None:
    if isinstance(answer, bool | str):
        return next((c.label for c in question.choices if answer in c.values.values()), None)
    if isinstance(answer, frozenset):
        picked = [choice.label for choice in question.choices if _reasons(choice) <= answer]
        return ", ".join(picked) or "No reason"
    return None


def _reasons(choice: Choice) -> frozenset[str]:
    return frozenset(choice.values["reasons"])


def _milliseconds(number: Decimal) -> str:
    return f"{count(number)} ms"


_SAY: Mapping[str, Callable[[Decimal], str]] = {"count": count, "percent": percent, "ms": _milliseconds}


def _value(answer: Answer, form: str = "count") -> str:
    say = _SAY[form]
    match answer:
        case Between(low=None, high=high):
            assert high is not None
            return f"at most {say(high)}"
        case Between(low=low, high=None):
            assert low is not None
            return f"at least {say(low)}"
        case Between(low=low, high=high):
            assert low is not None
            assert high is not None
            return f"{say(low)} to {say(high)}"
        case Decimal():
            return say(answer)
        case _:
            return str(answer)


def _quality(answers: Answers) -> str:
    correct, total = answers.of("eval_correct"), answers.of("eval_total")
    now, target = answers.of("quality_now"), answers.of("quality_target")
    if isinstance(correct, Decimal) and isinstance(total, Decimal):
        today = f"{int(correct):,} of {int(total):,}, {interval(wilson(int(correct), int(total)))}"
    else:
        today = _value(NOT_SURE if now is NOT_ASKED and correct is NOT_SURE else now, "percent")
    if today == _value(target) and today in (str(NOT_ASKED), str(NOT_SURE)):
        return today
    return f"now {today}, target {_value(target, 'percent')}"


def interval(quality: Interval) -> str:
    """A quality with its 95% interval for people: 86% [74%, 93%]."""
    return f"{percent(quality.point)} [{_whole_percent(quality.low)}, {_whole_percent(quality.high)}]"


def _whole_percent(fraction: float) -> str:
    return f"{fraction * 100:.0f}%"


def _latency(answers: Answers) -> str:
    now, wanted = answers.of("latency_now_ms"), answers.of("latency_ms")
    if now is NOT_ASKED and wanted is NOT_ASKED:
        return str(NOT_ASKED)
    return f"now {_value(now, 'ms')}, wanted {_value(wanted, 'ms')}"


def listed(names: Iterable[str], last: str = "and") -> str:
    """Calls a month, Misses and Quality."""
    *first, final = list(names) or [""]
    return f"{', '.join(first)} {last} {final}" if first else final
