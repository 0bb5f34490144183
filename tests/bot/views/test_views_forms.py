from __future__ import annotations

from typing import Any

import pytest

from bot.slack.blocks import view as drawn
from bot.slack.listeners.desk import beside
from bot.views import forms, ids
from bot.views.document import Person, sentence
from bot.views.forms import Filled, Mistakes, Override, Started
from bot.views.phrases import QUESTIONS
from core.case import read_case
from core.policy import policy_on
from core.questions import Question
from tests.support.consulted import CASES, NOW, standing

OURS = policy_on(NOW.date())


def filled(**fields: Any) -> dict[str, Any]:
    """The state of a form: texts by block id with ``__`` for a colon, choices as a tuple of ids."""
    return {block.replace("__", ":"): value for block, value in fields.items()}


@pytest.mark.parametrize(
    ("question", "fields", "values"),
    [
        ("calls_per_month", {"number__calls_per_month": "80k"}, {"calls_per_month": 80_000}),
        ("calls_per_month", {"number__calls_per_month": "2.5M a month"}, {"calls_per_month": 2_500_000}),
        ("calls_per_month", {"choice__calls_per_month": ("high",)}, {"calls_per_month": [1_000_000, None]}),
        ("prompt_examples", {"number__prompt_examples": "about 12 examples"}, {"prompt_examples": 12}),
        ("quality", {"number__quality_now": "86%"}, {"quality_now": 0.86}),
        ("quality", {"number__quality_now": "86", "number__quality_target": "0.95"},
         {"quality_now": 0.86, "quality_target": 0.95}),
        ("quality", {"number__eval_correct": "43", "number__eval_total": "50", "number__quality_now": "80%"},
         {"eval_correct": 43, "eval_total": 50}),
        ("quality", {"number__quality_now": "90", "choice__quality": ("not_sure",)},
         {"quality_now": 0.9, "quality_target": None}),
        ("quality", {"choice__quality": ("not_sure",)}, {"quality_now": None, "quality_target": None}),
        ("latency", {"number__latency_now_ms": "1.8 s", "number__latency_ms": "800"},
         {"latency_now_ms": 1800, "latency_ms": 800}),
        ("misses", {"choice__misses": ("labels",)}, {"misses": "labels"}),
        ("reasons", {"choice__reasons": ("cost", "latency")}, {"reasons": ["cost", "latency"]}),
        ("reasons", {}, {"reasons": []}),
        ("can_wait", {"choice__can_wait": ("not_sure",)}, {"can_wait": None}),
    ],
)  # fmt: skip
def test_what_is_put_into_a_form_is_what_is_answered(question: str, fields: Any, values: Any) -> None:
    assert forms.read_form(filled(**fields), [QUESTIONS[question].under(OURS)]) == Filled(values)


@pytest.mark.parametrize(
    ("question", "fields", "block"),
    [
        ("calls_per_month", {"number__calls_per_month": "plenty"}, "number:calls_per_month"),
        ("calls_per_month", {"number__calls_per_month": "-5"}, "number:calls_per_month"),
        ("calls_per_month", {"number__calls_per_month": "1.200"}, "number:calls_per_month"),
        ("calls_per_month", {"number__calls_per_month": "9" * 40}, "number:calls_per_month"),
        ("calls_per_month", {}, "choice:calls_per_month"),
        ("prompt_examples", {"number__prompt_examples": "2.5"}, "number:prompt_examples"),
        ("quality", {"number__quality_now": "120%"}, "number:quality_now"),
        ("quality", {"number__quality_now": "1"}, "number:quality_now"),
        ("quality", {"number__eval_correct": "43"}, "number:eval_total"),
        ("quality", {"number__eval_total": "50"}, "number:eval_correct"),
        ("quality", {"number__eval_correct": "51", "number__eval_total": "50"}, "number:eval_correct"),
        ("quality", {"number__eval_correct": "0", "number__eval_total": "0"}, "number:eval_total"),
        ("quality", {}, "number:eval_correct"),
        ("can_wait", {}, "choice:can_wait"),
    ],
)
def test_what_cannot_be_gets_a_sentence_beside_its_field(question: str, fields: Any, block: str) -> None:
    read = forms.read_form(filled(**fields), [QUESTIONS[question].under(OURS)])
    assert isinstance(read, Mistakes)
    assert list(read.errors) == [block]
    assert read.errors[block].endswith((".", "?"))


def test_the_start_form_takes_a_task_alone() -> None:
    state = filled(task="  classify\n tickets ") | {ids.CHANNEL: "C1"}
    assert forms.read_start_form(state, OURS) == Started("classify tickets", "C1", {})


def test_the_start_form_wants_a_task_and_a_channel() -> None:
    state = filled(task=" ") | {ids.CHANNEL: ""}
    read = forms.read_start_form(state, OURS)
    assert isinstance(read, Mistakes)
    assert set(read.errors) == {ids.TASK, ids.CHANNEL}


def test_the_start_form_takes_answers_along() -> None:
    state = filled(task="classify tickets", choice__can_wait=("yes",), number__labelled_examples="400")
    values = {"can_wait": True, "labelled_examples": 400}
    assert forms.read_start_form(state, OURS) == Started("classify tickets", None, values)


def test_deciding_otherwise_needs_a_verdict_and_a_reason() -> None:
    assert isinstance(forms.read_override_form(filled(why="  ")), Mistakes)
    state = filled(why="the vendor offered it", verdict=("fine_tune",))
    assert forms.read_override_form(state) == Override("fine_tune", "the vendor offered it")


def test_deciding_otherwise_does_not_offer_what_was_advised() -> None:
    view = drawn(forms.override_form("{}", "keep_prompting"))
    offered = next(block for block in view["blocks"] if block.get("block_id") == ids.VERDICT)["element"][
        "options"
    ]
    assert "keep_prompting" not in [option["value"] for option in offered]
    assert len(offered) == 8


def as_opened(view: dict[str, Any]) -> dict[str, Any]:
    """The state of a form that is sent as it was opened."""
    state: dict[str, Any] = {}
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            chosen = [*element.get("initial_options", ()), *filter(None, [element.get("initial_option")])]
            is_text = element["type"] == "plain_text_input"
            state[block["block_id"]] = (
                element.get("initial_value", "") if is_text else tuple(one["value"] for one in chosen)
            )
    return state


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
@pytest.mark.parametrize("name", CASES)
def test_a_form_sent_as_it_was_opened_changes_nothing(name: str, question: Question) -> None:
    stands = standing(CASES[name])
    read = forms.read_form(
        as_opened(drawn(forms.question_form(question, stands, {}))), [question.under(OURS)]
    )
    if isinstance(read, Filled) and stands.given_to(question.name):
        again = read_case(read.values)
        for key in read.values:
            if key in CASES[name]:
                assert again.of(key) == stands.advice.answers.of(key)


def test_an_error_beside_a_field_holds_no_markup() -> None:
    errors = beside("task", sentence(Person("UANA"), " answered this."))["errors"]
    assert errors == {"task": "somebody answered this."}
