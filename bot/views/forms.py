"""The forms (modals), and the reading of what people put into them.

Numbers are text fields, so that 80k, 85% and 1.8 s can be typed as people say them.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from bot.conversation.standing import Standing
from bot.views import ids
from bot.views.buttons import NOT_SURE as UNSURE
from bot.views.buttons import OTHERWISE
from bot.views.document import (
    ChannelPicker,
    Choice,
    Entry,
    Field,
    Form,
    Option,
    Part,
    Rule,
    Said,
    Small,
    Text,
)
from bot.views.phrases import headline
from bot.views.press import NOTHING
from bot.views.typed import TypedWrong, read_number
from core.answers import NOT_SURE, Answers, CaseError
from core.case import plain, read_case, write_answer
from core.policy import Policy, policy_on
from core.questions import QUESTIONS, Question, question_of
from core.tree import Verdict

State = Mapping[str, str | tuple[str, ...]]
"""What stands in each field of a form, by its id: a text, or the values that are chosen."""

TASK_LENGTH = 300
WHY_LENGTH = 1_000
NUMBER_LENGTH = 60
NOT_SURE_ID = "not_sure"
EVALUATION = ("eval_correct", "eval_total")


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


DIVIDING = ("enough_examples", "low_volume", "high_volume", "enough_labels")
"""The thresholds that the usual answers are made from."""


def _carrying(policy: Policy, metadata: Mapping[str, Any]) -> str:
    """Metadata with the thresholds that a form was made from, so that what is chosen means what its label said."""
    own = {key: plain(getattr(policy, key)) for key in DIVIDING if key in policy.overridden}
    return json.dumps({**metadata, "on": policy.on.isoformat(), **({"own": own} if own else {})})


def policy_of(metadata: Mapping[str, Any], today: datetime.date) -> Policy:
    """The policy from which a form that is sent was made, as far as its usual answers rest on it."""
    own = {key: Decimal(str(value)) for key, value in metadata.get("own", {}).items()}
    on = metadata.get("on")
    return policy_on(datetime.date.fromisoformat(on) if on else today, own)


def start_form(
    policy: Policy, *, channel: str | None, task: str = "", metadata: Mapping[str, Any] = NOTHING
) -> Form:
    """The task and all questions, all optional but the task; a channel picker when ``channel`` is None."""
    asked = Entry(TASK_LENGTH, task, "For instance: classify support tickets")
    hint = "A card and its thread are posted there, where everyone in the channel can answer."
    picker = Field(ids.CHANNEL, "In which channel?", ChannelPicker(), hint, optional=False)
    parts: list[Part | None] = [
        Field(ids.TASK, "What should the model do?", asked, optional=False),
        picker if channel is None else None,
        Rule(),
        Small("Everything below can be left empty. What still matters is then asked in the thread."),
    ]
    for question in (question.under(policy) for question in QUESTIONS):
        parts.append(None if question.choices else Text(question.also, title=question.asks))
        parts += _fields(question, _start_choice(question), label=question.asks)
    return Form("Tune or Prompt", tuple(parts), ids.START_FORM, "Start", _carrying(policy, metadata))


def _start_choice(question: Question) -> Choice:
    how: Literal["any", "menu"] = "any" if question.several or not question.choices else "menu"
    return Choice(how, _options(question), placeholder="Leave it open")


def _options(question: Question) -> tuple[Option, ...]:
    return (*(Option(choice.label, choice.id) for choice in question.choices), Option(UNSURE, NOT_SURE_ID))


def _fields(
    question: Question, choice: Choice, start: Mapping[str, str] = NOTHING, *, label: str
) -> tuple[Field, ...]:
    """A question's fields: its usual answers under ``label``, then its numbers."""
    label, hint = (label, question.also) if question.choices else ("If nobody knows", "")
    choosing = Field(ids.choice_block(question.name), label, choice, hint)
    numbers = tuple(
        Field(
            ids.number_block(number.key),
            f"Or enter a number: {number.label.lower()}" if question.choices else number.label,
            Entry(NUMBER_LENGTH, start.get(number.key, "")),
            number.hint,
        )
        for number in question.numbers
    )
    return (*numbers, choosing) if not question.choices else (choosing, *numbers)


def question_form(question: Question, standing: Standing, metadata: Mapping[str, Any]) -> Form:
    """One question's form, with its present answer filled in where there is one."""
    answers, policy = standing.advice.answers, standing.advice.policy
    question = question.under(policy)
    chosen, options = _chosen(question, answers), _options(question)
    ticks = question.several or not question.choices
    choice = Choice("any" if ticks else "one", options, chosen)
    also = "" if question.choices else question.also
    given = standing.given_to(question.name)
    start = {number.key: _as_typed(answers.number(number.key), number.unit) for number in question.numbers}
    label = "Choose any" if question.several else "Choose one"
    parts = (
        Text(f"{question.why} {also}".strip(), title=question.asks),
        Small(("The answer now: ", Said(given.words, 300))) if given is not None else None,
        Small("Tick none if there is no reason.") if question.several else None,
        *_fields(question, choice, NOTHING if chosen else start, label=label),
    )
    return Form(question.short, parts, ids.QUESTION_FORM, "Save", _carrying(policy, metadata))


def _chosen(question: Question, answers: Answers) -> tuple[str, ...]:
    """The ids of the usual answers that the present answer is."""
    if all(answers.of(key) is NOT_SURE for key in question.keys if key not in EVALUATION):
        return (NOT_SURE_ID,)
    answer = write_answer(answers.of(question.keys[0]))
    if question.several:
        return tuple(
            c.id for c in question.choices if answer and set(c.values[question.keys[0]]) <= set(answer)
        )
    return tuple(
        c.id for c in question.choices if answer is not None and _same(c.values[question.keys[0]], answer)
    )


def _same(choice: Any, answer: Any) -> bool:
    return bool(choice == answer) and isinstance(choice, bool) == isinstance(answer, bool)


def _as_typed(number: Decimal | None, unit: str) -> str:
    if number is None:
        return ""
    shown = number * 100 if unit == "%" else number
    plain = f"{shown.normalize():f}"
    return f"{plain}%" if unit == "%" else plain


def override_form(carries: str, recommended: str) -> Form:
    """Which verdict was decided instead, and why."""
    verdicts = tuple(Option(_cut(headline(one)), str(one)) for one in Verdict if one != recommended)
    later = "Whoever finds this decision later will want to know."
    parts = (
        Text(Said(f"Advised was: {headline(recommended)}.")),
        Field(ids.VERDICT, "What did you decide?", Choice("menu", verdicts), optional=False),
        Field(ids.WHY, "Why?", Entry(WHY_LENGTH, several_lines=True), later, optional=False),
    )
    return Form(OTHERWISE, parts, ids.OVERRIDE_FORM, "Record", carries)


def _cut(text: str) -> str:
    """A headline within the length of an option: its first half says it."""
    return text if len(text) <= 75 else text.partition(":")[0]


def read_form(state: State, questions: Sequence[Question]) -> Filled | Mistakes:
    """The answers in a form. Numbers may be typed as 80k, 85%, 43. A form of one question must say something.

    ``questions``: under the policy that the form was made from, see :func:`policy_of`.
    """
    values, errors = _read(state, questions)
    if len(questions) == 1 and not values and not errors:
        if questions[0].several:
            return Filled({questions[0].keys[0]: []})
        return Mistakes({_first_block(questions[0]): f"Please answer, or choose “{UNSURE}”."})
    return Mistakes(errors) if errors else Filled(values)


def _read(state: State, questions: Sequence[Question]) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for question in questions:
        try:
            values |= _answer(state, question)
        except TypedWrong as wrong:
            errors |= wrong.errors
    return values, errors or _impossible(values)


def _answer(state: State, question: Question) -> dict[str, Any]:
    """One question's case values. Raises :class:`TypedWrong` with a sentence per field."""
    picked = _picked(state, ids.choice_block(question.name))
    numbers = _numbers(state, question)
    if numbers:
        return numbers | (_the_rest_unsure(question, numbers) if NOT_SURE_ID in picked else {})
    chosen = [choice for choice in question.choices if choice.id in picked]
    if question.several and chosen:
        key = question.keys[0]
        return {key: [value for choice in chosen for value in choice.values[key]]}
    if chosen:
        return dict(chosen[0].values)
    return _the_rest_unsure(question, {}) if NOT_SURE_ID in picked else {}


def _the_rest_unsure(question: Question, numbers: Mapping[str, Any]) -> dict[str, None]:
    """ "Not sure" for what was not given; an evaluation stands in for the quality now."""
    known = {*numbers, *(("quality_now",) if EVALUATION[0] in numbers else ())}
    return {key: None for key in question.keys if key not in known and key not in EVALUATION}


def _numbers(state: State, question: Question) -> dict[str, Any]:
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for number in question.numbers:
        text = typed(state, ids.number_block(number.key))
        if text:
            try:
                values[number.key] = read_number(text, number, question.name)
            except ValueError as wrong:
                errors[ids.number_block(number.key)] = str(wrong)
    errors = errors or _wrong_pair(values)
    if errors:
        raise TypedWrong(errors)
    if EVALUATION[0] in values:
        values.pop("quality_now", None)
    return values


def _wrong_pair(values: Mapping[str, Any]) -> dict[str, str]:
    correct, total = (values.get(key) for key in EVALUATION)
    if correct is None and total is None:
        return {}
    if correct is None:
        return {ids.number_block(EVALUATION[0]): "And how many of those cases were right?"}
    if total is None:
        return {ids.number_block(EVALUATION[1]): "Out of how many cases?"}
    if total == 0:
        return {ids.number_block(EVALUATION[1]): "An evaluation needs at least one case."}
    if correct > total:
        return {ids.number_block(EVALUATION[0]): f"That is more than the {total:,} cases."}
    return {}


def _impossible(values: Mapping[str, Any]) -> dict[str, str]:
    """What the case itself refuses, such as a number past belief."""
    try:
        read_case(values)
    except CaseError as wrong:
        question = question_of(wrong.key)
        block = ids.number_block(wrong.key) if question and question.numbers else ids.choice_block(wrong.key)
        return {block: f"Please enter {wrong.expected}."}
    return {}


def _first_block(question: Question) -> str:
    return ids.choice_block(question.name) if question.choices else ids.number_block(question.numbers[0].key)


def _picked(state: State, block: str) -> tuple[str, ...]:
    found = state.get(block, ())
    return found if isinstance(found, tuple) else ()


def typed(state: State, block: str) -> str:
    """What was typed into a field, or "" ."""
    found = state.get(block, "")
    return found.strip() if isinstance(found, str) else ""


def read_start_form(state: State, policy: Policy) -> Started | Mistakes:
    """The start form, read as a whole. ``policy``: from which it was made."""
    values, errors = _read(state, [question.under(policy) for question in QUESTIONS])
    task = " ".join(typed(state, ids.TASK).split())
    channel = typed(state, ids.CHANNEL)
    if not task:
        errors[ids.TASK] = "Please say in a few words what the model should do."
    if ids.CHANNEL in state and not channel:
        errors[ids.CHANNEL] = "Please choose the channel."
    return Mistakes(errors) if errors else Started(task, channel or None, values)


def read_override_form(state: State) -> Override | Mistakes:
    """The form "we decided otherwise"."""
    picked, why = _picked(state, ids.VERDICT), typed(state, ids.WHY)
    errors = {}
    if not picked or picked[0] not in set(Verdict):
        errors[ids.VERDICT] = "Please choose what you decided."
    if not why:
        errors[ids.WHY] = "Please say why; a sentence is enough."
    return Mistakes(errors) if errors else Override(picked[0], why)
