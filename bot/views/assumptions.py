"""The form of everything that the costs assume: the team's own values in their fields, the defaults behind them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.conversation.standing import Standing
from bot.decision_log.records import TAKEN_BACK, AnswerRecord
from bot.decision_log.said import ASSUMED
from bot.views import buttons, ids
from bot.views.document import (
    Bullets,
    Day,
    Entry,
    Field,
    Form,
    Heading,
    Person,
    Said,
    Small,
    Strong,
    Words,
    bare,
)
from bot.views.forms import Filled, Mistakes, State, typed
from bot.views.house import LENGTH, as_typed, label, read_value
from bot.views.phrases import source as origin
from core.answers import AssumptionValue, CaseError
from core.facts import ASSUMPTIONS
from core.house import GROUPS, Described, described, in_words

Defaults = Mapping[str, tuple[AssumptionValue | None, str]]
"""By key: what would be assumed if the team had said nothing of it (``None``: unknown), and where that is from."""

HORIZON = "horizon_months"


@dataclass(frozen=True)
class Section:
    """Assumptions that stand together in the form."""

    title: str
    keys: tuple[str, ...]


_ORDER = {"model": 0, "prices": 1, "tuning": 2, "servers": 3, "work": 4}

SECTIONS = tuple(
    Section(
        "Work, labels and time" if group.id == "work" else group.title,
        (*((HORIZON,) if group.id == "work" else ()), *group.keys),
    )
    for group in sorted((g for g in GROUPS if g.id in _ORDER), key=lambda group: _ORDER[group.id])
)
"""Every assumption, once; the words are those of the workspace's settings."""

_MOST_OWN = 12


def applies(standing: Standing, key: str) -> bool:
    """Whether an assumption can matter in this consultation; what the team stated is shown in any case."""
    answers = standing.advice.answers
    stays = answers.of("data_may_leave") is False
    return key in answers.assumptions or not (stays and ASSUMPTIONS[key].at_a_provider)


def assumptions_form(standing: Standing, defaults: Defaults, carries: Mapping[str, Any]) -> Form:
    """Every assumption that applies, an empty field for a default; the team's own are listed first, with authors."""
    parts: list[Small | Bullets | Heading | Field] = [
        Small("What the costs rest on. An empty field is the default, which stands in grey."),
        _own(standing),
    ]
    for part in SECTIONS:
        keys = [key for key in part.keys if applies(standing, key)]
        parts += [Heading(part.title)] if keys else []
        parts += [_field(standing, key, defaults) for key in keys]
    return Form(buttons.ASSUMPTIONS, tuple(parts), ids.ASSUMPTIONS_FORM, "Save", json.dumps(dict(carries)))


def stated_by(standing: Standing) -> Mapping[str, AnswerRecord]:
    """The newest record of each assumption that the team stated."""
    newest = {r.key: r for r in standing.consultation.answers if r.key.startswith(ASSUMED)}
    return {key.removeprefix(ASSUMED): record for key, record in newest.items() if record.value != TAKEN_BACK}


def _own(standing: Standing) -> Bullets:
    lines: list[Words] = [
        (
            *(Said(_about(key).name, 150), ": ", Strong(Said(_value(standing, key), 150))),
            *(", said by ", Person(record.author), ", ", Day(record.at)),
        )
        for key, record in stated_by(standing).items()
    ]
    more = [f"And {len(lines) - _MOST_OWN} more."] if len(lines) > _MOST_OWN else []
    return Bullets((*lines[:_MOST_OWN], *more), Strong("Your team's own"))


def _value(standing: Standing, key: str) -> str:
    return in_words(key, standing.advice.answers.assumptions[key])


def _about(key: str) -> Described:
    return described(key, on=datetime.date.max)


def _field(standing: Standing, key: str, defaults: Defaults) -> Field:
    about = _about(key)
    own = standing.advice.answers.assumptions.get(key)
    default, _ = defaults.get(key, (None, ""))
    shown = Entry(
        LENGTH,
        "" if own is None else as_typed(about, own),
        "" if default is None else as_typed(about, default),
    )
    yours = " · yours" if own is not None else ""
    name = f"{label(about)}{yours}"
    return Field(ids.assumption_block(key), name, shown, _hint(standing, key, defaults))


def _hint(standing: Standing, key: str, defaults: Defaults) -> str:
    value, source = defaults.get(key, (None, ""))
    about = _about(key)
    said = "not known" if value is None else in_words(key, value)
    if key in standing.advice.answers.house:
        return f"{about.description}. Default: {said}, as set for this workspace."
    if source.startswith("Default: ") or not source:
        how = f" ({about.words})" if about.words and isinstance(value, Decimal) else ""
        return f"{about.description}. Default: {said}{how}."
    return f"{about.description}. Default: {said}. Source: {bare(origin(source), addresses=False)}."


def read_assumptions_form(state: State, shown: Mapping[str, str], day: datetime.date) -> Filled | Mistakes:
    """What was changed in the form, by the keys of the log: only fields that differ from what they showed.

    ``shown``: what stood in each field when the form was opened. A field that was emptied goes back to its default.
    """
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for key in ASSUMPTIONS:
        block = ids.assumption_block(key)
        text = typed(state, block)
        if text == shown.get(block, ""):
            continue
        try:
            values[ASSUMED + key] = read_value(text, described(key, on=day)) if text else TAKEN_BACK
        except CaseError as wrong:
            errors[block] = f"Please enter {wrong.expected}."
        except ValueError as wrong:
            errors[block] = str(wrong)
    return Mistakes(errors) if errors else Filled(values)
