"""What was said, as core has it: the answers of a consultation and the settings of its workspace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from bot.decision_log.records import TAKEN_BACK, Consultation, Setting
from core.answers import Answers, Given, Missing
from core.case import check_assumption, read_answer
from core.house import KEYS, House, house_of

ASSUMED = "assumptions."
"""How the key of a stated assumption begins in the log."""


def answers_of(consultation: Consultation, extra: Mapping[str, Any] | None = None) -> Answers:
    """The answers that count: the newest of each key. ``extra`` is added for looking ahead."""
    newest = {record.key: record.value for record in consultation.answers} | dict(extra or {})
    given: dict[str, Given | Missing] = {}
    assumed: dict[str, Any] = {}
    for key, value in newest.items():
        if value == TAKEN_BACK:
            continue
        if key.startswith(ASSUMED):
            assumed[key.removeprefix(ASSUMED)] = check_assumption(key.removeprefix(ASSUMED), value)
        else:
            given[key] = read_answer(key, value)
    house = house_in(consultation).assumptions
    return Answers(consultation.task, MappingProxyType(given), MappingProxyType(assumed), house)


def house_in(consultation: Consultation) -> House:
    """What the workspace has set."""
    return house_from(consultation.house)


def house_from(settings: Iterable[Setting]) -> House:
    """A workspace's settings as core has them. One that a newer program no longer knows is passed over."""
    return house_of({setting.key: setting.value for setting in settings if setting.key in KEYS})
