"""The forms (modals), and the reading of what people put into them.

Numbers are text fields, so that 80k, 85% and 1.8 s can be typed as people say them.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bot.conversation.standing import Standing
from bot.views import ids
from bot.views.blocks import (
    Element,
    channel_picker,
    checkboxes,
    context,
    divider,
    field,
    form,
    option,
    radio,
    section,
    select,
    text_input,
    words,
)
from bot.views.message import Block
from bot.views.mrkdwn import bold, escape, spoken
from bot.views.phrases import headline
from bot.views.press import NOTHING
from bot.views.typed import TypedWrong, read_number
from core.answers import NOT_SURE, Answers, CaseError
from core.case import plain, read_case, write_answer
from core.policy import Policy, policy_on
from core.questions import QUESTIONS, Question, question_of
from core.tree import Verdict

View = dict[str, Any]
State = Mapping[str, Mapping[str, Mapping[str, Any]]]
"""``view.state.values`` of Slack: block id, then action id, then the element's state."""

TASK_LENGTH = 300
WHY_LENGTH = 1_000
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
) -> View:
    """The task and all questions, all optional but the task; a channel picker when ``channel`` is None."""
    asked = text_input(
        ids.VALUE,
        most=TASK_LENGTH,
        value=task[:TASK_LENGTH],
        placeholder="For instance: classify support tickets",
    )
    blocks = [field(ids.TASK, "What should the model do?", asked, optional=False)]
    if channel is None:
        hint = "A card and its thread are posted there, where everyone in the channel can answer."
        blocks.append(
            field(ids.CHANNEL, "In which channel?", channel_picker(ids.VALUE), hint=hint, optional=False)
        )
    blocks += [
        divider(),
        context("Everything below can be left empty. What still matters is then asked in the thread."),
    ]
    for question in (question.under(policy) for question in QUESTIONS):
        if not question.choices:
            blocks.append(section(f"{bold(question.asks)}\n{question.also}".strip()))
        blocks += _fields(question, _start_choice(question), label=question.asks)
    return form(ids.START_FORM, "Tune or Prompt", "Start", blocks, _carrying(policy, metadata))


def _start_choice(question: Question) -> Element:
    if question.several:
        return checkboxes(ids.VALUE, _options(question))
    if not question.choices:
        return checkboxes(ids.VALUE, [_not_sure()])
    return select(ids.VALUE, _options(question), "Leave it open")


def _options(question: Question) -> list[Element]:
    return [*(option(choice.label, choice.id) for choice in question.choices), _not_sure()]


def _not_sure() -> Element:
    return option("Not sure", NOT_SURE_ID)


def _fields(
    question: Question, choice: Element, start: Mapping[str, str] | None = None, *, label: str
) -> list[Block]:
    """A question's fields: its usual answers under ``label``, then its numbers."""
    label, hint = (label, question.also) if question.choices else ("If nobody knows", "")
    choosing = field(ids.choice_block(question.name), label, choice, hint=hint)
    numbers = [
        field(
            ids.number_block(number.key),
            f"Or enter a number: {number.label.lower()}" if question.choices else number.label,
            text_input(ids.VALUE, most=60, value=(start or {}).get(number.key, "")),
            hint=number.hint,
        )
        for number in question.numbers
    ]
    return [*numbers, choosing] if not question.choices else [choosing, *numbers]


def question_form(question: Question, standing: Standing, metadata: Mapping[str, Any]) -> View:
    """One question's form, with its present answer filled in where there is one."""
    answers, policy = standing.advice.answers, standing.advice.policy
    question = question.under(policy)
    chosen = _chosen(question, answers)
    if question.several or not question.choices:
        options = _options(question) if question.several else [_not_sure()]
        element = checkboxes(ids.VALUE, options, chosen)
    else:
        element = radio(ids.VALUE, _options(question), chosen[0] if chosen else None)
    also = "" if question.choices else question.also
    blocks = [section(f"{bold(question.asks)}\n{question.why} {also}".strip())]
    given = standing.given_to(question.name)
    if given is not None:
        blocks.append(context(f"The answer now: {escape(given.words, 300)}"))
    if question.several:
        blocks.append(context("Tick none if there is no reason."))
    start = {number.key: _as_typed(answers.number(number.key), number.unit) for number in question.numbers}
    if chosen:
        start = {}
    label = "Choose any" if question.several else "Choose one"
    blocks += _fields(question, element, start, label=label)
    return form(ids.QUESTION_FORM, question.short, "Save", blocks, _carrying(policy, metadata))


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


def override_form(metadata: str, recommended: str) -> View:
    """Which verdict was decided instead, and why."""
    options = [option(_cut(headline(verdict)), str(verdict)) for verdict in Verdict if verdict != recommended]
    blocks = [
        section(words(f"Advised was: {headline(recommended)}.")),
        field(ids.VERDICT, "What did you decide?", select(ids.VALUE, options, "Choose one"), optional=False),
        field(
            ids.WHY,
            "Why?",
            text_input(ids.VALUE, multiline=True, most=WHY_LENGTH),
            hint="Whoever finds this decision later will want to know.",
            optional=False,
        ),
    ]
    return form(ids.OVERRIDE_FORM, "We decided otherwise", "Record", blocks, metadata)


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
        return Mistakes({_first_block(questions[0]): "Please answer, or choose “Not sure”."})
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
        text = _typed(state, ids.number_block(number.key))
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
    element = state.get(block, {}).get(ids.VALUE, {})
    one = element.get("selected_option")
    several = element.get("selected_options") or ([one] if one else [])
    return tuple(str(option["value"]) for option in several)


def _typed(state: State, block: str) -> str:
    return str(state.get(block, {}).get(ids.VALUE, {}).get("value") or "").strip()


def read_start_form(state: State, policy: Policy) -> Started | Mistakes:
    """The start form, read as a whole. ``policy``: from which it was made."""
    values, errors = _read(state, [question.under(policy) for question in QUESTIONS])
    task = " ".join(_typed(state, ids.TASK).split())
    channel = state.get(ids.CHANNEL, {}).get(ids.VALUE, {}).get("selected_conversation")
    if not task:
        errors[ids.TASK] = "Please say in a few words what the model should do."
    if ids.CHANNEL in state and not channel:
        errors[ids.CHANNEL] = "Please choose the channel."
    return Mistakes(errors) if errors else Started(task, str(channel) if channel else None, values)


def read_override_form(state: State) -> Override | Mistakes:
    """The form "we decided otherwise"."""
    picked, why = _picked(state, ids.VERDICT), _typed(state, ids.WHY)
    errors = {}
    if not picked or picked[0] not in set(Verdict):
        errors[ids.VERDICT] = "Please choose what you decided."
    if not why:
        errors[ids.WHY] = "Please say why; a sentence is enough."
    return Mistakes(errors) if errors else Override(picked[0], why)


def refused(block_id: str, sentence: str) -> dict[str, Any]:
    """The ack that leaves a form open with one sentence beside a field, where Slack draws no markup."""
    return {"response_action": "errors", "errors": {block_id: spoken(sentence)}}
