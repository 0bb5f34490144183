"""Real decisions, put as cases: what turned out right must be possible, and the verdict where the facts settle it.

Only what a study states of the time before the decision is answered; what it does not say was not asked.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from core.advice import Advice, advise
from core.case import read_case
from core.costs.estimate import estimate
from core.policy import policy_on

DAY = datetime.date(2026, 11, 23)
STUDIES: dict[str, dict[str, Any]] = {
    study["id"]: study
    for study in json.loads(Path("tests/vectors/case_studies.json").read_text(encoding="utf-8"))
}

AS_STATED: dict[str, dict[str, Any]] = {
    "checkr": {
        "data_may_leave": True,  # prior: GPT-4
        "prompt_examples": [5, None],  # tried_prompt: true, which is our "yes"
        "quality_now": [0.80, 0.82],  # GPT-4 on the hard records, which are the task
        "misses": "labels",  # 230 categories of their own; retrieval was tried
        "reasons": ["quality", "latency"],  # high_error_cost; a low-latency SLA
        "calls_per_month": 30_000,  # 2% of 1.5M; the target and the number of usable ("noisy") labels are not stated
    },
    "airtrain-ecom": {
        "quality_now": 0.47,  # prior_quality
        "misses": "labels",  # proprietary_taxonomy; "very high" is no number of calls
    },
    "linkedin-eon": {
        "data_may_leave": True,  # prior: GPT-4
        "reasons": ["cost", "latency"],  # what they say of it; members are not calls
    },
    "insurance-claims": {
        "quality_now": 0.83,  # rag_quality, the better of the two
        "quality_target": [0.94, None],  # "~94%+"
        "reasons": ["quality", "latency"],  # $105,000 of review a month; 8-12 s
        "latency_now_ms": [8000, 12_000],
        "calls_per_month": 15_000,  # PHI is sensitive, which does not say that it may not leave under a contract
    },
    "techsaas-docs": {
        "quality_now": 0.91,  # prior_quality
        "labelled_examples": 3000,  # examples
        "latency_now_ms": 890,  # $4,200 a month does not say for how many calls
    },
    "sk-telecom": {
        "data_may_leave": True,  # prior: GPT-4; a language and a domain are no answers
    },
    "openmedlm": {},  # that the model is open is all that is stated
    "aws-nova-sql": {
        "data_may_leave": True,  # tuned and called on Bedrock
        "misses": "labels",  # proprietary_format: a dialect of their own
        "reasons": ["format"],  # the same
        "calls_per_month": 22_000,
        "labelled_examples": 2000,  # examples
        "assumptions": {"base": "amazon.nova-micro", "storage_per_month": 1.95, "minimum_training_fee": 8},
    },
    "six-projects": {
        "prompt_examples": 0,  # tried_few_shot: 0 of 6
    },
    "gekhman": {
        "misses": "facts",  # knowledge: true
    },
    "haiku-moderation": {
        "data_may_leave": True,  # Claude 3 Haiku, called at a provider
        "quality_now": 0.815,  # prior_quality
    },
}

RIGHT = {
    "fine-tune": {"fine_tune", "hybrid"},
    "prompt": {"keep_prompting", "prompt_first"},
    "prompt/RAG": {"keep_prompting", "prompt_first", "add_retrieval"},
    "rag": {"add_retrieval"},
}

OUT_OF_SCOPE = {
    "ebay-ellama": "continued pre-training on a trillion tokens: neither a prompt nor fine-tuning for one task",
    "openai-winddown": "no decision about a task, but a base that retires: the ledger's gates know it",
}

DISAGREEMENTS: dict[str, str] = {}
"""Studies whose stated facts settle a verdict other than the one that turned out right, and why. There is none."""

LEFT_OPEN = {
    "checkr": "can_wait",  # with labels of their own and a latency to meet no target changes anything
    "airtrain-ecom": "data_may_leave",
    "linkedin-eon": "prompt_examples",
    "insurance-claims": "data_may_leave",
    "techsaas-docs": "data_may_leave",
    "sk-telecom": "prompt_examples",
    "openmedlm": "data_may_leave",
    "aws-nova-sql": "prompt_examples",
    "six-projects": "data_may_leave",
    "gekhman": "data_may_leave",
    "haiku-moderation": "prompt_examples",
}

BEYOND_THE_STATED: dict[str, tuple[dict[str, Any], str]] = {
    "checkr": (
        {"quality_target": 0.9, "can_wait": True, "labelled_examples": [500, None]}
        | {"per_request_instructions": False},
        "fine_tune",
    ),
    "airtrain-ecom": (
        {"data_may_leave": True, "prompt_examples": [5, None], "quality_target": 0.94}
        | {"reasons": ["quality", "cost"], "can_wait": True, "labelled_examples": [500, None]}
        | {"per_request_instructions": False},
        "fine_tune",
    ),
    "linkedin-eon": (
        {"prompt_examples": [5, None], "quality_now": 0.9, "quality_target": 0.9, "can_wait": True}
        | {"labelled_examples": [500, None], "per_request_instructions": False},
        "fine_tune",
    ),
    "insurance-claims": (
        {"data_may_leave": True, "prompt_examples": [5, None], "quality_target": 0.94}
        | {"misses": "behaviour", "can_wait": True, "labelled_examples": [500, None]}
        | {"per_request_instructions": False},
        "fine_tune",
    ),
    "techsaas-docs": (
        {"data_may_leave": True, "prompt_examples": [5, None], "quality_target": 0.94}
        | {"misses": "behaviour", "reasons": ["quality", "latency", "cost"], "can_wait": True}
        | {"per_request_instructions": False},
        "fine_tune",
    ),
    "sk-telecom": (
        {"prompt_examples": [5, None], "quality_now": 0.75, "quality_target": 0.85, "misses": "behaviour"}
        | {"reasons": ["quality"], "can_wait": True, "labelled_examples": [500, None]}
        | {"per_request_instructions": False},
        "fine_tune",
    ),
    "openmedlm": (
        {"data_may_leave": True, "prompt_examples": [0, 4]},
        "prompt_first",
    ),
    "aws-nova-sql": (
        {"prompt_examples": [5, None], "quality_now": 0.6, "quality_target": 0.9, "can_wait": True}
        | {"per_request_instructions": False},
        "fine_tune",
    ),
    "six-projects": ({"data_may_leave": True}, "prompt_first"),
    "gekhman": (
        {"data_may_leave": True, "prompt_examples": [5, None], "quality_now": 0.5, "quality_target": 0.9},
        "add_retrieval",
    ),
    "haiku-moderation": (
        {"prompt_examples": [5, None], "quality_target": 0.95, "misses": "behaviour"}
        | {"reasons": ["quality"], "can_wait": True, "labelled_examples": [500, None]}
        | {"per_request_instructions": False},
        "fine_tune",
    ),
}
"""What the outcome of a study tells or lets one suppose, and the verdict with it: none of what is stated, such as few
calls or a low quality, stands in the way of what turned out right."""


def advice_on(case: dict[str, Any]) -> Advice:
    return advise(read_case(case), on=DAY)


def right(name: str) -> set[str]:
    return RIGHT[STUDIES[name]["right_answer_in_hindsight"]]


def test_every_study_is_put_as_a_case_or_has_a_reason_why_not() -> None:
    assert AS_STATED.keys() | OUT_OF_SCOPE.keys() == STUDIES.keys()
    assert not AS_STATED.keys() & OUT_OF_SCOPE.keys()


@pytest.mark.parametrize("name", AS_STATED)
def test_what_turned_out_right_is_not_excluded(name: str) -> None:
    assert right(name) & set(advice_on(AS_STATED[name]).possible)


def test_no_study_states_enough_to_settle_a_verdict_so_none_disagrees() -> None:
    """Each is asked the first thing that it leaves open and that could change the verdict."""
    advised = {name: advice_on(case) for name, case in AS_STATED.items()}
    assert {name: advice.next_question for name, advice in advised.items()} == LEFT_OPEN
    settled = {name: advice.verdict for name, advice in advised.items() if advice.verdict is not None}
    assert {name for name, verdict in settled.items() if verdict not in right(name)} == DISAGREEMENTS.keys()


@pytest.mark.parametrize("name", AS_STATED)
def test_with_what_its_outcome_lets_one_suppose_the_verdict_is_the_right_one(name: str) -> None:
    told, verdict = BEYOND_THE_STATED[name]
    assert verdict in right(name)
    assert advice_on(AS_STATED[name] | told).verdict == verdict


def test_a_base_that_retires_is_named_with_its_day_and_gone_after_the_last_day_of_new_jobs() -> None:
    facts = STUDIES["openai-winddown"]["facts"]
    case = read_case({"calls_per_month": 1_000_000, "assumptions": {"provider": "openai"}})
    policy = policy_on(DAY)
    now = estimate(case, on=DAY, policy=policy).option("hosted")
    assert now is not None
    assert str(now.retires_on) == facts["shutdown"]
    last = datetime.date.fromisoformat(facts["new_jobs_stop"])
    later = estimate(case, on=last + datetime.timedelta(1), policy=policy)
    assert later.option("hosted") is None
    assert any(removed.option == "hosted" for removed in later.removed)
