"""The forms (modals), and the reading of what people put into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.standing import Standing
from core.questions import Question

View = dict[str, Any]
State = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""``view.state.values`` of Slack: block id, then action id, then the element's state."""


@dataclass(frozen=True)
class Filled:
    """What a form says: case values in their JSON form, ``None`` for "not sure"; what was left empty is absent."""

    values: Mapping[str, Any]


@dataclass(frozen=True)
class Mistakes:
    """What Slack shows beside the fields: a sentence by block id."""

    errors: Mapping[str, str]


@dataclass(frozen=True)
class Started:
    """What the start form says. channel: as picked; ``None`` when the form had no picker."""

    task: str
    channel: str | None
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Override:
    """What the form "we decided otherwise" says."""

    verdict: str
    why: str


def start_form(*, channel: str | None, task: str = "", metadata: str = "") -> View:
    """The task and all questions, all optional but the task; a channel picker when ``channel`` is None."""
    raise NotImplementedError


def question_form(question: Question, standing: Standing, metadata: str) -> View:
    """One question's form, with its present answer filled in where there is one."""
    raise NotImplementedError


def override_form(metadata: str, recommended: str) -> View:
    """Which verdict was decided instead, and why."""
    raise NotImplementedError


def read_form(state: State, questions: Sequence[Question]) -> Filled | Mistakes:
    """The answers in a form. Numbers may be typed as 80k, 85%, 43."""
    raise NotImplementedError


def read_start_form(state: State) -> Started | Mistakes:
    """The start form, read as a whole."""
    raise NotImplementedError


def read_override_form(state: State) -> Override | Mistakes:
    """The form "we decided otherwise"."""
    raise NotImplementedError


def refused(block_id: str, sentence: str) -> dict[str, Any]:
    """The ack that leaves a form open with one sentence beside a field."""
    return {"response_action": "errors", "errors": {block_id: sentence}}
