"""Files of results as tools write them: what is right stands beside them, in ``expected.json``."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evidence.found import Doubt, Evidence, Found, Unreadable, Use
from core.evidence.reader import read_evidence
from core.evidence.verdicts import Mark, mark_of

VECTORS = Path(__file__).parents[1] / "vectors"
FOLDERS = tuple(
    VECTORS / name for name in ("evaluation_files", "public_evaluation_files", "tool_evaluation_files")
)
FILES = [
    pytest.param(folder / name, expected, id=name)
    for folder in FOLDERS
    for name, expected in json.loads((folder / "expected.json").read_text(encoding="utf-8")).items()
]


def reached(content: bytes, use: Use) -> Iterator[tuple[Use, Found]]:
    """What a file says, and what it says after each answer to each question that it leaves open."""
    found = read_evidence(content, use)
    yield use, found
    if isinstance(found, Doubt):
        for choice in found.choices:
            yield from reached(content, choice.use)


def is_as(found: Found, wanted: str, expected: dict[str, Any]) -> bool:
    match wanted:
        case "right":
            return isinstance(found, Evidence) and [found.correct, found.total] == expected["right"]
        case "asks":
            return isinstance(found, Doubt)
        case "refused":
            return isinstance(found, Unreadable)
        case _:
            return isinstance(found, Evidence) and f"{found.correct} of {found.total}" == wanted


@pytest.mark.parametrize(("path", "expected"), FILES)
def test_a_file_says_what_is_right(path: Path, expected: dict[str, Any]) -> None:
    content = path.read_bytes()
    found = read_evidence(content)
    first = next(kind for kind in ("refused", "asks", "right") if kind in expected)
    wanted = [first, expected.get("or", "")]
    assert any(is_as(found, one, expected) for one in wanted if one), found
    for tokens in ("prompt_tokens", "output_tokens"):
        if tokens in expected:
            assert getattr(found, tokens) == expected[tokens]
    every = [one for _, one in reached(content, Use())]
    counts = [[one.correct, one.total] for one in every if isinstance(one, Evidence)]
    never = expected.get("never", [])
    assert all(pair not in counts for pair in (never if never and isinstance(never[0], list) else [never]))
    assert isinstance(found, Unreadable) or all(pair in counts for pair in expected.get("reaches", []))
    offered = [choice.says for one in every if isinstance(one, Doubt) for choice in one.choices]
    assert not [says for says in offered for name in expected.get("never_offers", []) if name in says]
    if expected.get("never_any"):
        assert all(isinstance(one, Unreadable) for one in every)
    if isinstance(found, Evidence) and expected.get("never_unasked"):
        assert [found.correct, found.total] != expected["never_unasked"]


def says(folder: str, name: str) -> str:
    found = read_evidence((VECTORS / folder / name).read_bytes())
    match found:
        case Evidence():
            return found.read
        case Doubt():
            return found.asks
    return found.because


@pytest.mark.parametrize(
    ("folder", "name", "said"),
    [
        ("evaluation_files", "openai_first_page.json", "one page of the run, not the whole run"),
        ("evaluation_files", "mlflow_table.json", "`answer_correctness/v1/score` has scores up to 5; 6 of 10 rows"),
        ("evaluation_files", "ragas_summary.csv", "a summary: there are no cases in it"),
        ("evaluation_files", "no_grades.jsonl", "`response` is never the same as `ground_truth`"),
        ("evaluation_files", "inspect_header_only.json", "no samples in it"),
        ("evaluation_files", "summary_only.json", "summary, without rows"),
        ("public_evaluation_files", "reviewed.xlsx", "1 without a verdict left out"),
        ("public_evaluation_files", "junit.xml", "XML"),
        *(("tool_evaluation_files", name, "It is a summary") for name in (
            "swebench_report.json", "opencompass_summary.csv", "mteb_task.json", "bigbench_scores.json",
            "helm_leaderboard.csv", "braintrust_summary.json")),
        ("tool_evaluation_files", "lighteval_results.json", "It is the summary of a run"),
    ],
)  # fmt: skip
def test_what_a_file_is_and_is_not_is_said(folder: str, name: str, said: str) -> None:
    assert said in says(folder, name)


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("judge_and_exact_match.jsonl", ["exact_match", "llm_score"]),
        ("two_booleans.csv", ["cat_result", "resp_result"]),
        ("lm_eval_results.json", ["acc", "acc_norm"]),
        ("lm_eval_samples_two_filters.jsonl", ["strict-match", "flexible-extract"]),
        ("openai_run_object.json", ["Misses: 43 of 50", "Leave them out: 43 of 48"]),
        (
            "promptfoo_three_models.csv",
            [
                f"[{model}] chat_prompt"
                for model in ("openai:gpt-5-mini", "openai:gpt-6-luna", "replicate:llama-70b")
            ],
        ),
    ],
)
def test_where_several_could_be_meant_each_is_offered(name: str, offered: list[str]) -> None:
    found = read_evidence((VECTORS / "evaluation_files" / name).read_bytes())
    assert isinstance(found, Doubt)
    assert [choice.says for choice in found.choices] == offered


def test_what_was_offered_counts_as_it_said() -> None:
    counts = {
        name: sorted(
            (one.correct, one.total)
            for _, one in reached((VECTORS / "evaluation_files" / name).read_bytes(), Use())
            if isinstance(one, Evidence)
        )
        for name in ("promptfoo_three_models.csv", "openai_run_object.json", "lm_eval_samples_two_filters.jsonl",
                     "lm_eval_results.json")
    }  # fmt: skip
    assert counts == {
        "promptfoo_three_models.csv": [(5, 8), (6, 8), (7, 8)],
        "openai_run_object.json": [(43, 48), (43, 50)],
        "lm_eval_samples_two_filters.jsonl": [(1, 4), (3, 4)],
        "lm_eval_results.json": [(2_903, 10_042), (3_127, 10_042)],
    }


def test_a_share_that_fits_several_numbers_gives_none() -> None:
    results = {"results": {"t": {"acc,none": 0.86}}, "n-samples": {"t": {"effective": 10_042}}, "n-shot": {}}
    found = read_evidence(json.dumps(results).encode())
    assert isinstance(found, Unreadable)
    assert "--log_samples" in found.because


# No count but of verdicts

VERDICTS = st.booleans() | st.sampled_from(["yes", "no", "PASS", "FAIL", 1, 0, 1.0, 0.0, "C", "I"])
OTHERS = (
    st.none()
    | st.integers(2, 50)
    | st.floats(0.01, 0.99)
    | st.text(max_size=6)
    | st.sampled_from(["success", "error"])
)
KEYS = st.sampled_from(
    ["status", "correct", "passed", "score", "exact_match", "higher_is_better", "success", "results", "data", "samples",
     "eval", "model", "scores", "stats", "label", "prediction", "metric", "filter", "doc_id", "metricsData", "object",
     "testRunData", "testCases", "columns", "id", "epoch", "value", "n-samples", "effective", "acc", "acc,none",
     "outcome", "failed", "wrong", "incorrect", "refused", "has_error", "suite", "total", "n", "Total"]
)  # fmt: skip
DOCUMENTS = st.dictionaries(
    KEYS,
    st.recursive(
        VERDICTS | OTHERS,
        lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5),
        max_leaves=25,
    ),
    max_size=6,
)


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for one in value.values():
            yield from leaves(one)
    elif isinstance(value, list):
        for one in value:
            yield from leaves(one)
    else:
        yield value


def compares(found: Evidence) -> bool:
    """Whether it was counted where two columns are the same."""
    return " = " in found.read


def is_summary(found: Evidence) -> bool:
    """Whether it was counted by whoever wrote the file."""
    return "without rows" in found.read or "summed up" in found.read


@given(DOCUMENTS | st.lists(DOCUMENTS, max_size=6))
def test_no_count_is_higher_than_the_verdicts_that_are_there(document: Any) -> None:
    said = list(leaves(document))
    found = read_evidence(json.dumps(document).encode())
    if isinstance(found, Evidence) and not compares(found) and not is_summary(found):
        marks = Counter(
            Mark.RIGHT if one == "C" else Mark.WRONG if one == "I" else mark_of(one) for one in said
        )
        right, wrong = marks[Mark.RIGHT], marks[Mark.WRONG]
        if "in which no is right" in found.read:
            right, wrong = wrong, right
        assert found.correct <= right
        assert found.total - found.correct <= wrong


@given(DOCUMENTS)
def test_a_summary_says_no_number_that_is_not_in_it(document: dict[str, Any]) -> None:
    found = read_evidence(json.dumps(document).encode())
    if isinstance(found, Evidence) and "without rows" in found.read and "lm-evaluation" not in found.read:
        there = set(leaves(document))
        assert found.correct in there
        assert there & {found.total, found.total - found.correct}


@given(
    st.lists(st.sampled_from(["success", "error", "completed", "failed"]), min_size=1, max_size=12),
    st.sampled_from(["status", "Status", "run_status", "state"]),
)
def test_how_a_run_ended_is_never_counted_unasked(states: list[str], name: str) -> None:
    found = read_evidence(
        json.dumps([{name: state, "text": f"t{n}"} for n, state in enumerate(states)]).encode()
    )
    assert not isinstance(found, Evidence)


@given(st.lists(st.booleans(), min_size=1, max_size=30), st.sampled_from(["success", "error", "done"]))
def test_a_verdict_counts_beside_how_the_run_ended(marks: list[bool], state: str) -> None:
    rows = [{"status": state, "correct": mark, "latency": 1.5, "tokens": 7} for mark in marks]
    found = read_evidence(
        json.dumps({"status": state, "higher_is_better": {"t": True}, "results": rows}).encode()
    )
    assert isinstance(found, Evidence)
    assert (found.correct, found.total) == (sum(marks), len(marks))


def test_every_file_has_what_is_right_beside_it() -> None:
    for folder in FOLDERS:
        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
        assert {path.name for path in folder.iterdir()} == {*expected, "expected.json"}
