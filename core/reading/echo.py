"""What was understood, in the normal form that people are shown. Each single form reads back as itself."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from core.facts import FACTS, THINGS
from core.nouns import with_nouns
from core.reading.forms import short
from core.reading.reply import Reply

_TOLD: Mapping[str, Mapping[bool | str, str]] = {
    **{key: fact.said_back for key, fact in FACTS.items() if fact.said_back},
    "voice": {True: "yes, the voice matters", False: "no, the voice does not matter"},
    "format": {True: "yes, a format of our own", False: "no, a standard format"},
}
"""How a choice is repeated; voice and format are asked for beside the tree."""
_MISSES = {
    "facts": "it lacks facts",
    "behaviour": "it has them but gets it wrong",
    "labels": "it does not know our labels",
    "disagreement": "people disagree",
}
_NOUNS = {
    **{key: FACTS[key].name for key in ("calls_per_month", *THINGS)},
    "prompt_tokens": "tokens in",
    "output_tokens": "tokens out",
}
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "INR": "₹"}


def say(values: Mapping[str, Any], reply: Reply | None = None) -> str:
    """All values in one line."""
    parts: list[str] = []
    for key, value in values.items():
        text = say_value(key, value)
        given = reply.given_as.get(key) if reply else None
        if given and key == "calls_per_month":
            hours = reply.given_as.get("hours") if reply else ""
            text = f"{given} → {text}" + (f" ({hours})" if hours else "")
        elif given:
            text = f"{given} → {text.removeprefix('now ')}"
        parts.append(text)
    return "; ".join(parts)


def say_values(values: Mapping[str, Any]) -> str:
    """Several values of one question in their normal form; right answers and cases as one."""
    parts = [
        say_value(key, value) for key, value in values.items() if key not in ("eval_correct", "eval_total")
    ]
    if "eval_total" in values:
        parts.insert(0, f"now {values['eval_correct']:,} of {values['eval_total']:,}")
    return "; ".join(parts)


def say_value(key: str, value: Any) -> str:
    """One value in its normal form."""
    if isinstance(value, bool) or (isinstance(value, str) and value in _TOLD.get(key, {})):
        return _TOLD[key][value]
    if isinstance(value, str) and value.startswith("x") and value[1:2].isdigit():
        return f"{key.replace('_', ' ')} × {value[1:]}"
    if key == "misses":
        return _MISSES[value]
    if key == "reasons":
        return ", ".join(value) if value else "no reason"
    if key == "money":
        return _money(*value)
    if key == "prompt_examples":
        return _prompt_examples(value)
    if key in ("quality_now", "quality_target"):
        return ("now " if key == "quality_now" else "target ") + _number(value, _percent)
    if key in ("latency_ms", "latency_now_ms"):
        return (
            "now " if key == "latency_now_ms" else "at most " if not isinstance(value, list) else ""
        ) + _number(value, _milliseconds)
    form = short if key == "calls_per_month" else _whole
    return with_nouns(_number(value, form), _NOUNS[key]) if key in _NOUNS else str(value)


def _prompt_examples(value: Any) -> str:
    if value == [5, None]:
        return "yes, with 5 or more examples"
    if value == [0, 4]:
        return "no, 0 to 4 examples"
    if value == 0:
        return "no examples"
    low = value[0] if isinstance(value, list) else value
    return f"{'yes, with ' if low is not None and low >= 5 else ''}{with_nouns(_number(value, _whole), 'examples')}"


def _number(value: Any, form: Any) -> str:
    if not isinstance(value, list):
        return str(form(value))
    low, high = value
    if low is None or (low == 0 and form is not _whole):
        return f"at most {form(high)}"
    if high is None:
        return f"at least {form(low)}"
    return f"{form(low)} to {form(high)}"


def _percent(value: float) -> str:
    return f"{_plain(Decimal(str(value)) * 100, 4)}%"


def _milliseconds(value: float) -> str:
    return f"{_plain(Decimal(str(value)) / 1000)} s" if value >= 1000 else f"{_plain(Decimal(str(value)))} ms"


def _whole(value: float) -> str:
    return f"{int(value):,}" if value == int(value) else _plain(Decimal(str(value)))


def _plain(value: Decimal, digits: int = 6) -> str:
    return format(Decimal(f"{value:.{digits}g}").normalize(), "f")


def _money(amount: Any, currency: str, period: str | None) -> str:
    def form(value: float) -> str:
        text = f"{value:,.2f}" if value != int(value) and value >= 0.1 else _whole(value)
        return f"{_SIGNS[currency]}{text}" if currency in _SIGNS else f"{text} {currency}"

    per = {
        None: "",
        "1M_tokens": " per 1M tokens",
        "1M_tokens_in": " per 1M input tokens",
        "1M_tokens_out": " per 1M output tokens",
    }
    return _number(amount, form) + per.get(period, f" per {period}")
