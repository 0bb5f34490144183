"""Rows that are no cases, and files that are no whole runs."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evidence import excel
from core.evidence.found import Evidence, Unreadable
from core.evidence.reader import read_evidence
from core.evidence.totals import says_total
from tests.support.result_files import counted, every, offered, said

# Totals

CASES = "1,yes\n2,no\n3,yes\n"
TOTALS = [
    "Total,1", "Total,2", "TOTAL:,0.67", "Average,67%", "Mean,0.667", "Overall,1", "Sum,2", "Grand total,1",
    "Total (n = 3),1", "Weighted avg,0.67", "Accuracy overall,1", "Gesamt,2", "Durchschnitt,1", "Summe,2", "Moyenne,1",
    "Promedio,1", "Totale,1", "Média,1", "Итого,1", "Toplam,1", "合计,1", "平均,1", "합계,1", "Σ,1", "Ø,1", ",2", ",1",
    "Total,2/3", "Accuracy,0.67", "Pass rate,67%", "Success rate:,1", "Count,3", "Total correct,2",
]  # fmt: skip


@pytest.mark.parametrize("total", TOTALS)
def test_a_row_of_totals_is_no_case_wherever_it_stands(total: str) -> None:
    for content in (f"id,correct\n{CASES}{total}\n", f"id,correct\n{total}\n{CASES}"):
        assert counted(content) == (2, 3)
        assert said(content) == "Column `correct`, 3 rows. 1 row of totals left out."


def test_totals_and_means_below_each_other_are_all_left_out() -> None:
    assert said(f"id,correct\n{CASES}Total,2\nAverage,0.67\n").endswith("3 rows. 2 rows of totals left out.")


def test_a_table_in_markdown_has_cases_and_totals_too() -> None:
    assert counted("| case | correct |\n|---|:-:|\n| a | yes |\n| b | no |\n| **Total** | 1/2 |\n") == (1, 2)
    assert counted("Fall;Ergebnis\n1;bestanden\n2;nicht bestanden\nGesamt;1 von 2\n") == (1, 2)


def test_a_subtotal_is_no_case_in_the_middle_either() -> None:
    assert counted("case,correct\na,1\nb,0\nSubtotal,1\nc,1\nSubtotal,1\nTotal,2\n") == (2, 3)


def test_a_total_in_rows_of_json_is_no_case() -> None:
    rows = [{"id": f"q{n}", "passed": n < 2} for n in range(3)]
    assert counted([*rows, {"id": "Total", "passed": 1}]) == (2, 3)


@pytest.mark.parametrize("total", [{"correct": 1, "total": 3}, {"accuracy": 0.67}, {"correct": 2}])
def test_a_line_of_totals_after_the_cases_is_none(total: dict[str, Any]) -> None:
    rows = [{"id": f"q{n}", "correct": n < 2} for n in range(3)]
    for cases in (rows, [{"correct": row["correct"], "id": row["id"]} for row in rows]):
        assert counted("".join(f"{json.dumps(row)}\n" for row in [*cases, total])) == (2, 3)


@pytest.mark.parametrize(
    "table",
    [
        "label,prediction\nsum,sum\ntotal,mean\nmean,mean\ntotal,total\n",
        "id,question,correct\n1,Total,yes\n2,x,yes\n3,y,no\n4,Overall,yes\n",
        "question,correct\na,yes\nTotal,no\nb,yes\nc,yes\n",
        "aspect,text,correct\nOverall,It was fine,yes\nRoom,Too small,no\nRoom,Nice,yes\nOverall,Good stay,yes\n",
        "question,correct\na,yes\nTotal recall,no\nb,yes\nWhat does it sum up to,yes\n",
    ],
    ids=["labels", "cases with a number", "in the middle", "cases with a text", "more than a total"],
)
def test_a_case_that_is_called_as_a_total_stays_one(table: str) -> None:
    assert counted(table) == (3, 4)


@given(st.text(max_size=12))
def test_a_digit_makes_no_total(name: str) -> None:
    assert not says_total(f"{name} 7x") or any(says_total(word) for word in name.split())


# Summaries

SUITES = [
    ("suite,correct,total\na,40,50\nb,9,10\n", (49, 60)),
    ("suite,correct,total\na,40,50\nb,9,10\nc,0,6\nTotal,49,66\n", (49, 66)),
    ("Gesamt,49,66\na,40,50\nb,9,10\nc,0,6\n".join(["suite,correct,total\n", ""]), (49, 66)),
    ("suite,correct,total\na,4,5\nb,3,5\nTotal,7,10\nc,1,2\nd,1,2\nTotal,2,4\n", (9, 14)),
    ("dataset,passed,failed\na,4,5\nb,9,0\n", (13, 18)),
    ("dataset,passed,failed,skipped,total\na,4,5,1,10\nb,9,0,0,9\n", (13, 18)),
    ("suite,failed,total\na,1,20\nb,2,30\n", (47, 50)),
    ("subject,acc,n\nlaw,0.86,50\nart,0.90,10\n", (52, 60)),
    ("subject,accuracy,n\nlaw,86.0,50\nart,90.0,10\n", (52, 60)),
    ("task;Num Correct;Samples\nx;3;4\ny;1;4\nz;2;4\n", (6, 12)),
    (
        json.dumps(
            {"results": [{"name": "a", "passed": 3, "total": 4}, {"name": "b", "passed": 1, "total": 3}]}
        ),
        (4, 7),
    ),
]


@pytest.mark.parametrize(("table", "right"), SUITES)
def test_a_table_of_suites_is_summed_up(table: str, right: tuple[int, int]) -> None:
    assert counted(table) == right
    assert said(table).startswith("A summary with a row for each")
    assert {(one.correct, one.total) for one in every(table) if isinstance(one, Evidence)} == {right}


@pytest.mark.parametrize(
    "table",
    [
        "subject,acc,n\nlaw,0.8,50\nart,0.90,10\n",
        "subject,acc\nlaw,0.81\nart,0.90\nmaths,1.0\n",
        "category,accuracy\n" + "".join(f"c{n},0.{n + 10}\n" for n in range(30)),
        "task,pass_rate\na,0.5\nb,1.0\n",
        "suite,passed\na,yes\nb,no\nc,yes\n",
        "benchmark,version,metric,mode,model-7b\ngsm8k,1d,accuracy,gen,71.2\nmmlu,-,accuracy,gen,63.7\n",
        "suite,correct,total\na,40,50\nb,90,10\n",
        "suite,correct,total\na,40,50\nb,9,10\nc,0,6\nallesamt,49,66\n",
        "Model,win rate,MMLU\na,0.9,0.7\nb,0.6,0.6\n",
    ],
)
def test_a_summary_that_does_not_say_how_many_gives_no_number(table: str) -> None:
    assert all(isinstance(one, Unreadable) for one in every(table))
    assert "summary" in said(table)


def test_a_summary_as_json_is_taken_by_its_own_counts() -> None:
    for document in (
        {"correct": 43, "total": 50},
        {"summary": {"num_correct": 43, "n": 50, "accuracy": 0.86}},
    ):
        assert counted(document) == (43, 50)
        assert said(document) == "A summary, without rows."
    assert "do not add up" in said({"passed": 43, "total": 5})
    assert "summary" in said({"accuracy": 0.86, "n": 50})


def test_a_leaderboard_gives_no_number() -> None:
    table = "model,score\n" + "".join(f"m{n},{40 + n}.5\n" for n in range(30))
    assert all(isinstance(one, Unreadable) for one in every(table))


def test_what_is_left_out_of_a_table_of_suites_is_said_once() -> None:
    table = "suite,correct,total\na,4,5\nb,3,5\nTotal,7,10\nc,1,2\nd,1,2\nTotal,2,4\nGrand total,9,14\n"
    assert said(table) == "A summary with a row for each suite, summed up. 3 rows of totals left out."


def test_errors_in_a_table_of_suites_are_asked_about() -> None:
    table = "dataset,passed,failed,errors\na,4,5,1\nb,9,0,0\n"
    assert offered(table) == ["Misses: 13 of 19", "Leave them out: 13 of 18"]


def test_of_several_models_in_a_table_of_suites_one_has_to_be_named() -> None:
    table = "model,suite,correct,total\nx,a,4,5\nx,b,3,5\ny,a,1,5\ny,b,2,5\n"
    assert offered(table) == ["x", "y"]
    assert counted(table, provider="y") == (3, 10)


def test_more_models_than_can_be_offered_are_not_summed_up() -> None:
    table = "model,correct,total\n" + "".join(f"m{n},{n},50\n" for n in range(30))
    assert said(table) == "It compares more than 20. Give me the rows of the one that counts."


def test_cases_of_several_parts_are_counted_by_parts_or_as_a_whole() -> None:
    table = "id,correct,total\n1,2,3\n2,3,3\n"
    assert offered(table) == ["Every one of them, summed up", "Rows in which all are right"]
    assert [(one.correct, one.total) for one in every(table) if isinstance(one, Evidence)] == [(5, 6), (1, 2)]


def test_counts_of_each_prompt_are_asked_about_and_get_no_pass_mark() -> None:
    table = "prompt,passed,failed\np1,10,2\np2,9,3\n"
    assert offered(table) == ["Every one of them, summed up"]
    assert [(one.correct, one.total) for one in every(table) if isinstance(one, Evidence)] == [(19, 24)]


def test_the_attempts_at_a_case_are_not_how_many_cases_there_are() -> None:
    assert counted("task_id,passed,attempts\nHumanEval/1,1,5\nHumanEval/2,0,5\n") == (1, 2)


def test_passed_and_failed_of_each_case_are_no_summary() -> None:
    assert counted("id,passed,failed\n1,1,0\n2,0,1\n3,1,0\n") == (2, 3)


# Pages

ROWS = [{"correct": True}, {"correct": False}]


@pytest.mark.parametrize(
    "more",
    [
        {"has_more": True}, {"hasMore": True}, {"next": "https://x"}, {"next_page": 2}, {"nextPageToken": "x"},
        {"next_cursor": "x"}, {"cursor": "x"}, {"page": 1, "total_pages": 3}, {"page": 3, "total_pages": 3},
        {"total": 50}, {"total_count": 3}, {"meta": {"total": 50}}, {"pagination": {"next_cursor": "x"}},
        {"links": {"next": "u"}}, {"pageInfo": {"hasNextPage": True, "endCursor": "c"}}, {"@odata.nextLink": "u"},
        {"offset": 2, "limit": 2},
    ],
)  # fmt: skip
def test_one_page_of_a_run_is_said_to_be_one(more: dict[str, Any]) -> None:
    assert counted({"results": ROWS, **more}) == (1, 2)
    assert said({"results": ROWS, **more}).endswith("This is one page of the run, not the whole run.")
    unclear = [{"score": 0.5}, {"score": 0.7}]
    assert "one page of the run" in said({"results": unclear, **more})


@pytest.mark.parametrize(
    "more",
    [
        {}, {"has_more": False}, {"next": None}, {"next": ""}, {"page": 1, "total_pages": 1}, {"total": 2},
        {"offset": 0}, {"links": {"next": None, "self": "u"}},
    ],
)  # fmt: skip
def test_a_whole_run_is_not_said_to_be_a_page(more: dict[str, Any]) -> None:
    assert said({"results": ROWS, **more}) == "Column `correct`, 2 rows."


def test_how_much_of_the_run_a_page_holds_is_said() -> None:
    assert "2 of 50 rows are in it." in said({"data": ROWS, "total": 50})


# Parts of a run


def inspect_log(status: str, *, results: dict[str, Any] | None = None, ids: int = 0) -> dict[str, Any]:
    samples = [{"id": n, "scores": {"match": {"value": "C" if n else "I"}}} for n in range(3)]
    dataset = {"sample_ids": list(range(ids))} if ids else {}
    about = {"model": "openai/x", "dataset": dataset, "config": {"epochs": 1}}
    return {"status": status, "eval": about, "samples": samples, **({"results": results} if results else {})}


@pytest.mark.parametrize(
    ("log", "told"),
    [
        (inspect_log("error"), "The run ended in an error. 3 samples are in it: a part of the run."),
        (inspect_log("cancelled", ids=10), "The run was cancelled. 3 of 10 samples are in it: a part of the run."),
        (inspect_log("started"), "The run had not ended. 3 samples are in it: a part of the run."),
        (inspect_log("success", results={"total_samples": 5}),
         "The log is not complete. 3 of 5 samples are in it: a part of the run."),
    ],
)  # fmt: skip
def test_what_is_there_of_a_run_that_did_not_go_through_is_said_to_be_a_part(
    log: dict[str, Any], told: str
) -> None:
    assert counted(log) == (2, 3)
    assert said(log).endswith(told)


def test_a_run_that_went_through_is_not_said_to_be_a_part() -> None:
    assert said(inspect_log("success", ids=3)) == "Inspect log, column `match`, 3 rows."


def archive(**files: Any) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        for name, content in files.items():
            made.writestr(name, content if isinstance(content, str) else json.dumps(content))
    return packed.getvalue()


def test_an_archive_without_its_last_file_is_a_part_of_a_run() -> None:
    log = inspect_log("started")
    files = {f"samples/{one['id']}_epoch_1.json": one for one in log.pop("samples")}
    found = read_evidence(archive(**{"_journal/start.json": log}, **files))
    assert isinstance(found, Evidence)
    assert found.read.endswith("The run had not ended. 3 samples are in it: a part of the run.")


# What is too large


def test_what_is_too_large_in_a_workbook_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    packed = archive(**{"xl/workbook.xml": "x" * 2_000})
    monkeypatch.setattr(excel, "MOST_UNPACKED", 1_000)
    found = read_evidence(packed)
    assert isinstance(found, Unreadable)
    assert found.because.startswith("Unpacked it is larger than 100 MB")
    assert "20 MB" not in found.because


# No count but of verdicts, also with totals, summaries and columns that say the opposite

NAMES = st.sampled_from(
    ["correct", "passed", "wrong", "incorrect", "failed", "refused", "hallucination", "has_error"]
)
TOTAL_ROWS = st.sampled_from(["Total", "Average", "Gesamt", "Overall", "合计", ""])


@given(
    st.lists(st.booleans(), min_size=2, max_size=30), NAMES, TOTAL_ROWS, st.booleans(),
    st.sampled_from(["1", "0", "0.5", "67%", "12"]),
)  # fmt: skip
def test_no_total_is_ever_counted_whatever_the_column_is_called(
    marks: list[bool], name: str, total: str, at_the_top: bool, cell: str
) -> None:
    rows = [f"q{n},{int(mark)}" for n, mark in enumerate(marks)]
    lines = [f"{total},{cell}", *rows] if at_the_top else [*rows, f"{total},{cell}"]
    right, wrong = sum(marks), len(marks) - sum(marks)
    for one in every("\n".join([f"id,{name}", *lines])):
        if isinstance(one, Evidence):
            assert (one.correct, one.total) in ((right, right + wrong), (wrong, right + wrong))
            assert (one.correct == right) or name not in ("correct", "passed")
            assert (one.correct == wrong) or name not in (
                "wrong",
                "incorrect",
                "failed",
                "hallucination",
                "has_error",
            )


COUNTS = st.tuples(st.integers(0, 40), st.integers(0, 40))


@given(
    st.lists(COUNTS, min_size=2, max_size=12),
    st.sampled_from(["suite", "dataset", "category", "task", "subject", "benchmark"]),
    st.sampled_from(["right and total", "right and wrong", "wrong and total"]),
    TOTAL_ROWS | st.just("zusammen"),
)
def test_a_table_of_suites_gives_the_sums_of_it_or_nothing(
    counts: list[tuple[int, int]], of: str, columns: str, total: str
) -> None:
    right, wrong = sum(one[0] for one in counts), sum(one[1] for one in counts)
    shown = {
        "right and total": ("correct,total", lambda r, w: f"{r},{r + w}"),
        "right and wrong": ("passed,failed", lambda r, w: f"{r},{w}"),
        "wrong and total": ("failed,total", lambda r, w: f"{w},{r + w}"),
    }
    names, cells = shown[columns]
    lines = [f"{of},{names}", *(f"s{n},{cells(*one)}" for n, one in enumerate(counts))]
    for table in ("\n".join(lines), "\n".join([*lines, f"{total},{cells(right, wrong)}"])):
        for one in every(table):
            if isinstance(one, Evidence) and "summed up" in one.read:
                assert (one.correct, one.total) == (right, right + wrong)
            elif isinstance(one, Evidence):
                assert max(max(pair) for pair in counts) <= 1 or columns != "right and total"
