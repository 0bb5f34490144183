"""Files of results, of every kind that people export, and what is no such file."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evidence.found import (
    MOST_BYTES,
    Doubt,
    Evidence,
    Found,
    Unreadable,
    Use,
    WayToCount,
    use_from_json,
)
from core.evidence.reader import read_evidence
from core.evidence.verdicts import Mark, mark_of, number_of
from core.evidence.wording import in_words


def read(content: str | bytes, **use: Any) -> Found:
    return read_evidence(content.encode() if isinstance(content, str) else content, Use(**use))


def counted(content: str | bytes, **use: Any) -> tuple[int, int]:
    found = read(content, **use)
    assert isinstance(found, Evidence), found
    return found.correct, found.total


def doubt(content: str | bytes, **use: Any) -> Doubt:
    found = read(content, **use)
    assert isinstance(found, Doubt), found
    return found


def refusal(content: str | bytes, **use: Any) -> str:
    found = read(content, **use)
    assert isinstance(found, Unreadable), found
    return found.because


def choice(asked: Doubt, says: str) -> Use:
    return next(one.use for one in asked.choices if one.says == says)


def jsonl(*rows: Any) -> str:
    return "\n".join(json.dumps(row) for row in rows)


TABLES = {
    "commas": "id,correct\n1,yes\n2,no\n3,yes\n",
    "semicolons": "id;correct\n1;ja\n2;nein\n3;ja\n",
    "tabs": "id\tcorrect\n1\t1\n2\t0\n3\t1\n",
    "bars": "id|correct\n1|TRUE\n2|FALSE\n3|TRUE\n",
    "Excel's line": "sep=;\nid;correct\n1;1\n2;0\n3;1\n",
    "a byte order mark": "\ufeffcorrect,id\n1,1\n0,2\n1,3\n",
    "Windows line ends": "id,correct\r\n1,yes\r\n2,no\r\n3,yes\r\n",
    "old Mac line ends": "id,correct\r1,yes\r2,no\r3,yes\r",
    "quoted line ends": 'answer,correct\n"a\nb, c",yes\n"say ""no""",no\nx,yes\n',
    "empty lines": "id,correct\n\n1,yes\n,\n2,no\n\n3,yes\n\n",
    "a single column": "correct\n1\n0\n1\n",
    "a single column without a name": "1\n0\n1\n",
    "verdicts that are the column's name too": "correct\nincorrect\ncorrect\n",
    "names in capitals": "Id,Is Correct?\n1,Y\n2,N\n3,Y\n",
    "passes and fails": "case,result\n1,PASS\n2,FAIL\n3,Pass\n",
    "check marks": "case,verdict\n1,✓\n2,✗\n3,✅\n",
    "numbers as text": "case,correct\n1,1.0\n2,0.0\n3,1.0\n",
    "a score of 0 and 1": "case,score\n1,1\n2,0\n3,1\n",
    "a verdict beside a score": "case,score,passed\n1,0.9,true\n2,0.2,false\n3,0.8,true\n",
    "labels and predictions": "text,label,prediction\na,billing, Billing\nb,other,billing\nc,other,other\n",
    "a verdict that is missing": "id,correct\n1,yes\n2,no\n3,yes\n4,\n5,n/a\n",
    "promptfoo's older CSV": (
        'question,[openai:gpt-5] Answer it\nx,"[PASS] (1.00) yes, that"\ny,[FAIL] (0.00) no\nz,[PASS] (1.00) b\n'
    ),
    "promptfoo's newer CSV": (
        "question,[openai:gpt-5] Answer it,Status,Score\nx,a,PASS,1.00\ny,b,FAIL,0.00\nz,c,PASS,1.00\n"
    ),
    "an error column beside": "id,correct,error\n1,yes,false\n2,no,\n3,yes,\n4,,false\n",
    "a score of a name of its own": jsonl(*({"scores": {"Factuality": n}} for n in (1, 0, 1.0))),
    "JSONL": jsonl({"correct": True}, {"correct": False}, {"correct": True}),
    "JSONL of Windows": jsonl({"pass": 1}, {"pass": 0}, {"pass": 1}).replace("\n", "\r\n"),
    "JSONL with the verdict deeper": jsonl(
        *({"grading": {"passed": p}, "n": 5} for p in (True, False, True))
    ),
    "a JSON array": json.dumps([{"success": "yes"}, {"success": "no"}, {"success": "yes"}], indent=2),
    "a JSON array of verdicts": "[true, false, true]",
    "a JSON document with rows": json.dumps({"model": "x", "data": [{"ok": p} for p in (True, False, True)]}),
    "JSON rows of labels": json.dumps(
        [{"label": "a", "prediction": p, "nested": [1, {"a": []}]} for p in "aba"]
    ),
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_two_of_three_are_read_as_two_of_three(table: str) -> None:
    assert counted(table) == (2, 3)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"]
)
def test_the_encoding_does_not_matter(encoding: str) -> None:
    assert counted("straße;correct\nMünchen;ja\nKöln;nein\n".encode(encoding)) == (1, 2)


def test_what_is_left_out_is_said() -> None:
    found = read(TABLES["a verdict that is missing"])
    assert isinstance(found, Evidence)
    assert found.read == "Column `correct`, 3 rows; 2 without a verdict left out."


def test_evidence_has_its_interval_and_words() -> None:
    found = Evidence(43, 50, 1912, 140, None, "")
    assert (round(found.interval.low, 2), round(found.interval.high, 2)) == (0.74, 0.93)
    assert (
        in_words(found) == "43 of 50 right, 86% [74%, 93%]; about 1,910 prompt and 140 output tokens a call"
    )
    assert in_words(Evidence(43, 50, None, None, None, "")) == "43 of 50 right, 86% [74%, 93%]"


@pytest.mark.parametrize(
    "names",
    ["prompt_tokens,completion_tokens", "input_tokens,output_tokens", "Tokens In,Tokens Out"],
)
def test_mean_tokens_are_read_from_a_table(names: str) -> None:
    found = read(f"correct,{names}\nyes,100,10\nno,200,\nyes,x,20\n")
    assert isinstance(found, Evidence)
    assert (found.prompt_tokens, found.output_tokens) == (150, 15)


def test_tokens_and_the_model_are_read_from_nested_rows() -> None:
    row = {"model": "gpt-5-mini", "correct": True, "usage": {"prompt_tokens": 10, "completion_tokens": 4}}
    found = read(jsonl(row, row))
    assert isinstance(found, Evidence)
    assert (found.prompt_tokens, found.output_tokens, found.model) == (10, 4, "openai:gpt-5-mini")


def test_a_model_without_a_price_is_not_named() -> None:
    found = read("model,correct\nour-own,1\nour-own,0\n")
    assert isinstance(found, Evidence)
    assert found.model is None


def promptfoo(*rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"results": {"version": 3, "results": list(rows), "stats": {"successes": 1}, **more}, "config": {}}


def result(success: bool, provider: Any = "openai:chat:gpt-5-mini", **more: Any) -> dict[str, Any]:
    graded = {"pass": success, "score": float(success), "tokensUsed": {"prompt": 9000, "completion": 9000}}
    usage = {"total": 108, "prompt": 100, "completion": 8}
    row = {"provider": {"id": provider}, "promptIdx": 0, "success": success, "gradingResult": graded}
    return (
        row | {"failureReason": 0 if success else 1, "response": {"output": "x", "tokenUsage": usage}} | more
    )


PROMPTFOO = {
    "its JSON": json.dumps(promptfoo(result(True), result(False))),
    "its JSON, indented": json.dumps(promptfoo(result(True), result(False)), indent=2),
    "its summary alone": json.dumps(promptfoo(result(True), result(False))["results"]),
    "its JSONL": jsonl(result(True), result(False)),
    "its older JSON": json.dumps(
        {"results": {"version": 2, "results": [
            {"provider": {"id": "openai:gpt-5-mini"}, "prompt": {"raw": "a", "display": "p"}, "vars": {},
             "success": success, "tokenUsage": {"prompt": 100, "completion": 8}} for success in (True, False)]}}
    ),
}  # fmt: skip


@pytest.mark.parametrize("content", PROMPTFOO.values(), ids=PROMPTFOO.keys())
def test_promptfoo_results_are_read(content: str) -> None:
    found = read(content)
    assert isinstance(found, Evidence)
    assert (found.correct, found.total, found.prompt_tokens, found.output_tokens) == (1, 2, 100, 8)
    assert found.model == "openai:gpt-5-mini"
    assert found.read == "Promptfoo results, 2 rows."


def test_the_tokens_are_those_of_the_call_itself() -> None:
    """Those of the row hold what grading took too."""
    rows = [result(True, tokenUsage={"prompt": 9100, "completion": 9008}) for _ in range(2)]
    found = read(json.dumps(promptfoo(*rows)))
    assert isinstance(found, Evidence)
    assert (found.prompt_tokens, found.output_tokens) == (100, 8)


def test_of_several_providers_one_has_to_be_chosen() -> None:
    content = json.dumps(promptfoo(result(True, "a"), result(False, "b"), result(True, "b")))
    asked = doubt(content)
    assert (asked.about, [one.says for one in asked.choices]) == ("provider", ["a", "b"])
    assert counted(content, provider="b") == (1, 2)
    assert refusal(content, provider="c") == "It has nothing of c. It has: a, b."


def test_the_tokens_are_those_of_the_provider_that_was_chosen() -> None:
    wordy = {"output": "x", "tokenUsage": {"prompt": 4000, "completion": 700}}
    found = read(json.dumps(promptfoo(result(True, "a", response=wordy), result(True, "b"))), provider="b")
    assert isinstance(found, Evidence)
    assert (found.prompt_tokens, found.output_tokens) == (100, 8)


def test_of_several_prompts_one_has_to_be_chosen_by_its_number() -> None:
    content = json.dumps(promptfoo(result(True, promptIdx=4), result(False, promptIdx=7)))
    assert [one.says for one in doubt(content).choices] == [
        "openai:chat:gpt-5-mini, prompt 1",
        "openai:chat:gpt-5-mini, prompt 2",
    ]
    assert counted(content, provider="openai:chat:gpt-5-mini, prompt 2") == (0, 1)


def test_calls_that_ended_in_an_error_are_asked_about() -> None:
    errored = result(False, failureReason=2, error="429", gradingResult=None)
    content = json.dumps(promptfoo(result(True), result(False), errored))
    asked = doubt(content)
    assert asked.asks == "1 row says neither right nor wrong, or ended in an error. What are they?"
    assert counted(content, unclear="miss") == (1, 3)
    assert counted(content, unclear="out") == (1, 2)


def test_statistics_alone_will_do() -> None:
    content = json.dumps({"results": {"version": 3, "stats": {"successes": 43, "failures": 7, "errors": 2}}})
    assert [one.says for one in doubt(content).choices] == ["Misses: 43 of 52", "Leave them out: 43 of 50"]
    found = read(content, unclear="out")
    assert isinstance(found, Evidence)
    assert (found.correct, found.total) == (43, 50)
    assert found.read == "Promptfoo statistics, without rows; 2 that ended in an error left out."
    assert counted(content, unclear="miss") == (43, 52)


def log_event(kind: str, sample: str, **data: Any) -> dict[str, Any]:
    return {"run_id": "r", "event_id": 1, "sample_id": sample, "type": kind, "data": data}


SPEC = {"spec": {"completion_fns": ["gpt-5-mini"], "eval_name": "x", "run_config": {}}}
REPORT = {"final_report": {"accuracy": 0.5}}


def test_a_log_of_openai_evals_is_read() -> None:
    usage = {"prompt_tokens": 50, "completion_tokens": 6}
    content = jsonl(
        SPEC,
        log_event("sampling", "a.1", prompt=[{"role": "user", "content": "q"}], sampled=["x"], usage=usage),
        log_event("match", "a.1", correct=True, expected="x", picked="x"),
        log_event("match", "a.2", correct=False, expected="x", picked=None),
        REPORT,
    )
    assert read(content) == Evidence(1, 2, 50, 6, "openai:gpt-5-mini", "OpenAI evals log, 2 rows.")


def test_a_graded_log_is_read_by_its_metrics() -> None:
    content = jsonl(
        SPEC, *(log_event("metrics", f"{n}", choice="YES", score=score) for n, score in enumerate((1.0, 0.0)))
    )
    assert counted(content) == (1, 2)


def test_a_log_with_nothing_but_its_report_is_refused() -> None:
    assert "whole log" in refusal(jsonl(SPEC, REPORT))


def item(*passed: bool, **more: Any) -> dict[str, Any]:
    sample = {"model": "gpt-5-mini-2025-08-07", "usage": {"prompt_tokens": 30, "completion_tokens": 2}}
    graders = [{"name": f"g{n}", "passed": one, "score": float(one)} for n, one in enumerate(passed)]
    return {
        "object": "eval.run.output_item",
        "results": graders,
        "sample": sample,
        "status": "completed",
    } | more


def test_output_items_are_right_when_they_pass_every_grader() -> None:
    content = jsonl(item(True, datasource_item_id=1), item(True, False, datasource_item_id=2))
    found = read(content)
    assert isinstance(found, Evidence)
    assert (found.correct, found.total, found.prompt_tokens, found.output_tokens) == (1, 2, 30, 2)


def test_output_items_are_read_as_the_api_lists_them() -> None:
    listed = {
        "object": "list",
        "data": [item(True, status="pass"), item(True, status="fail")],
        "has_more": False,
    }
    assert counted(json.dumps(listed)) == (1, 2)


def test_a_score_needs_a_pass_mark() -> None:
    content = "id;score\n1;0,5\n2;0,9\n3;85%\n"
    asked = doubt(content)
    assert asked.about == "pass_mark"
    assert counted(content, pass_mark=Decimal("0.85")) == (2, 3)
    assert read_evidence(content.encode(), choice(asked, "0.9 or more")).correct == 1  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("highest", "offered"), [("5", "4 or more"), ("9", "7 or more"), ("97", "80 or more")]
)
def test_pass_marks_are_offered_on_the_scale_of_the_scores(highest: str, offered: str) -> None:
    asked = doubt(f"id,rating\na,2\nb,{highest}\nc,3\n")
    assert offered in [one.says for one in asked.choices]


def test_scores_without_a_scale_are_refused() -> None:
    assert "go beyond 100" in refusal("id,score\na,2\nb,4711\n")


def test_two_columns_that_could_be_the_verdict_are_asked_about() -> None:
    content = "id,correct,passed\n1,yes,no\n2,yes,yes\n"
    asked = doubt(content)
    assert [one.says for one in asked.choices] == ["correct", "passed"]
    assert read_evidence(content.encode(), choice(asked, "passed")).correct == 1  # type: ignore[union-attr]
    assert counted(content, column="CORRECT") == (2, 2)


def test_promptfoo_tables_of_several_providers_are_asked_about() -> None:
    header = "question,[alpha] Answer,Status,Score,[beta] Answer,Status,Score\n"
    content = header + "x,a,PASS,1.00,b,FAIL,0.00\ny,a,PASS,1.00,b,PASS,1.00\n"
    asked = doubt(content)
    assert [one.says for one in asked.choices] == ["Status (alpha)", "Status (beta)"]
    assert counted(content, column="Status (beta)") == (1, 2)


def test_a_provider_that_no_row_names_is_refused() -> None:
    assert refusal("correct\n1\n0\n", provider="x") == "It has nothing of x. It names none."


def test_answers_that_are_compared_with_free_text_are_asked_about() -> None:
    content = "expected,output\nParis,paris\nRome,It is Rome.\n"
    asked = doubt(content)
    assert asked.choices == (
        WayToCount("Right where output is the same as expected", Use(column="expected = output")),
    )
    assert counted(content, column="expected = output") == (1, 2)


def test_a_column_of_no_known_name_is_asked_about() -> None:
    assert [one.says for one in doubt("id,reviewer\na,yes\nb,no\n").choices] == ["reviewer"]


def test_a_column_that_is_not_there_is_named_with_those_that_are() -> None:
    assert refusal("id,correct\n1,1\n", column="ok") == "There is no column `ok`. There are: `id`, `correct`."


def test_cases_that_repeat_are_asked_about() -> None:
    content = "id,correct\n1,yes\n2,no\n1,no\n"
    assert doubt(content).asks == "1 row repeats a case that came before. How shall I count those?"
    assert counted(content, repeats="first") == (1, 2)
    assert counted(content, repeats="all") == (1, 3)


def test_models_compared_in_a_table_are_asked_about() -> None:
    rows = "".join(f"{n},{model},{n % 2}\n" for model in ("small", "large") for n in range(10))
    asked = doubt("id,model,correct\n" + rows)
    assert [one.says for one in asked.choices] == ["small", "large"]
    assert counted("id,model,correct\n" + rows, provider="large") == (5, 10)


NONE = "I found no column that says which answers were right. Name one `correct`, with yes/no or 1/0 in it."
REFUSED = {
    "nothing": (b"", "It is empty."),
    "blanks": (b" \n\t\n", "It is empty."),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "It is not text. Give me the results as CSV, JSON or JSONL."),
    "bytes": (bytes(range(256)) * 4, "It is not text. Give me the results as CSV, JSON or JSONL."),
    "a broken archive": (b"PK\x03\x04abc", "It is an archive without results that I know. "
                         "Give me what is in it, as CSV, JSON or JSONL."),
    "a broken old workbook": (b"\xd0\xcf\x11\xe0abc",
                              "It is a workbook that I cannot open. Save the table as CSV and give me that."),
    "something compressed": (b"\x1f\x8b\x08", "It is compressed. Unpack it and give me what is in it."),
    "a web page": (b"\n<!DOCTYPE html>", "It is a web page. Give me the results as CSV, JSON or JSONL."),
    "prose": (b"We tried it, and it was fine.\nMostly.",
              "It is text without a table in it. Give me the results as CSV, JSON, JSONL or Excel."),
    "a header alone": (b"id,correct\n", NONE),
    "formulas": (b"id,correct\n1,=A1\n2,=B2\n", NONE),
    "JSON that ends": (b'{"results": {"results": [{"success": tr',
                       "It is JSON that ends in the middle, or is not valid. Export the results once more."),
    "a bad line": (b'{"correct": true}\n{"correct": fal\n',
                   "Line 2 of it is not valid JSON. Mend that line, or leave it out."),
    "a worse line": (b'{"correct": true}\n{"correct": yes}\n',
                     "Line 2 of it is not valid JSON. Mend that line, or leave it out."),
    "JSON without rows": (b'{"accuracy": 0.86}',
                          "It is a summary: there are no cases in it. Give me the file with a row for each case."),
    "JSON of something else": (b'{"version": 3}',
                          "It is JSON, but has no list of results in it. Give me one object for each case, as JSONL."),
    "an empty array": (b"[]",
                       "It is JSON, but has no list of results in it. Give me one object for each case, as JSONL."),
    "a comma too many": (b"id,text,correct\n1,a, b,yes\n",
                         "Row 2 has 4 cells, but there are 3 columns. "
                         "Put texts that hold the separator in quotation marks, or leave them out."),
    "an open quotation mark": (b'id,correct\n1,"yes\n' + b"x" * 200_000,
                               "One of its cells is longer than 131,072 characters. Perhaps a quotation mark is not "
                               "closed; else leave the long texts out."),
}  # fmt: skip


@pytest.mark.parametrize(("content", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_says_nothing_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    assert refusal(content) == said


def test_more_than_20_mb_are_not_read() -> None:
    assert "larger than 20 MB" in refusal(b"x" * (MOST_BYTES + 1))


MB_20 = MOST_BYTES - 10
HOSTILE: dict[str, Callable[[int], bytes]] = {
    "brackets without end": lambda size: b"[" * size,
    "braces without end": lambda size: b'{"a":' * (size // 5),
    "a string without end": lambda size: b'["' + b'\\"' * (size // 2),
    "one huge line": lambda size: b'{"a": "' + b"x" * size,
    "one huge cell": lambda size: b'"' * size,
    "commas": lambda size: b"," * size,
    "line ends": lambda size: b"\r" * size,
    "small rows without end": lambda size: b"1\n" * (size // 2),
    "empty lists without end": lambda size: b'{"a":[' + b"[]," * (size // 3) + b"1]}",
    "one huge number": lambda size: b'[{"correct": ' + b"9" * (size // 200) + b"}]",
}


@pytest.mark.parametrize(
    ("size", "within"),
    [(MB_20 // 8, 3), pytest.param(MB_20, 3, marks=pytest.mark.long("files as large as may be"))],
    ids=["an eighth", "as large as may be"],
)
@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_meant_to_hurt_gets_a_sentence_within_seconds(
    made: Callable[[int], bytes], size: int, within: float
) -> None:
    content = made(size)
    gc.freeze()  # as in the process of its own in which a file is read, where there is little else to look through
    began = time.process_time()
    try:
        assert refusal(content)
    finally:
        gc.unfreeze()
    assert time.process_time() - began < within


def test_nesting_is_taken_as_deep_as_results_go() -> None:
    assert counted(jsonl({"correct": True, "x": [[[{"a": [1]}]]]}, {"correct": False})) == (1, 2)
    assert "deeper than any results" in refusal(
        '{"correct": true, "x": ' + "[" * 100_000 + "]" * 100_000 + "}"
    )


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        (True, Mark.RIGHT), (1, Mark.RIGHT), (1.0, Mark.RIGHT), (" YES ", Mark.RIGHT), ("oui", Mark.RIGHT),
        ("はい", Mark.RIGHT), ("[PASS] (1.00) long answer that goes on", Mark.RIGHT), ("1.0", Mark.RIGHT),
        (False, Mark.WRONG), (0, Mark.WRONG), ("0", Mark.WRONG), ("Incorrect", Mark.WRONG), ("нет", Mark.WRONG),
        (None, Mark.BLANK), ("", Mark.BLANK), ("N/A", Mark.BLANK), ("NaN", Mark.BLANK),
        ("maybe", Mark.UNCLEAR), (0.5, Mark.UNCLEAR), (float("nan"), Mark.UNCLEAR), ("=TRUE()", Mark.UNCLEAR),
        ([], Mark.UNCLEAR), ("[ERROR] timed out", Mark.UNCLEAR), (10**400, Mark.UNCLEAR),
    ],
)  # fmt: skip
def test_a_cell_says_right_wrong_neither_or_nothing(cell: Any, mark: Mark) -> None:
    assert mark_of(cell) is mark


@pytest.mark.parametrize(
    ("cell", "number"),
    [("0.85", "0.85"), ("0,85", "0.85"), ("85 %", "0.85"), (1e-3, "0.001"), ("1.234,5", None), ("١", "1")],
)
def test_a_number_is_read_as_it_was_typed(cell: Any, number: str | None) -> None:
    assert number_of(cell) == (None if number is None else Decimal(number))


USES = st.builds(
    Use,
    column=st.none() | st.text(max_size=8),
    provider=st.none() | st.text(max_size=8),
    pass_mark=st.none() | st.decimals(-10, 100, places=2),
    repeats=st.sampled_from([None, "all", "first"]),
    unclear=st.sampled_from([None, "miss", "out"]),
)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
    | st.sampled_from(["yes", "no", "0.5", "PASS", "[FAIL] x"])
)  # fmt: skip
NAMES = st.text(max_size=6) | st.sampled_from(
    ["correct", "score", "label", "prediction", "id", "model", "usage", "success", "gradingResult", "provider",
     "results", "data", "type", "spec", "sample_id", "final_report", "passed", "object", "prompt_tokens", "stats"]
)  # fmt: skip
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=20,
)
CELLS = st.lists(
    st.lists(NAMES | st.sampled_from(["yes", "no", "1", "0", "0,7", "é", '"', "\n"]), max_size=5), max_size=8
)


def check(content: bytes, use: Use) -> None:
    found = read_evidence(content, use)
    if isinstance(found, Evidence):
        assert 0 <= found.correct <= found.total
        assert found.total >= 1
        assert 0 <= found.interval.low <= found.interval.high <= 1
        assert in_words(found)
    elif isinstance(found, Doubt):
        assert found.choices
        for one in found.choices:
            assert use_from_json(one.use.to_json()) == one.use
            assert one.use.to_json()[found.about]
    else:
        assert found.because


@given(st.binary(max_size=300), USES)
def test_any_bytes_give_evidence_a_doubt_or_a_refusal(content: bytes, use: Use) -> None:
    check(content, use)


@given(st.lists(TREES, max_size=6), st.booleans(), USES)
def test_any_json_gives_evidence_a_doubt_or_a_refusal(rows: list[Any], in_lines: bool, use: Use) -> None:
    check((jsonl(*rows) if in_lines else json.dumps(rows)).encode(), use)


@given(st.dictionaries(NAMES, TREES, max_size=5), USES)
def test_any_document_gives_evidence_a_doubt_or_a_refusal(document: dict[str, Any], use: Use) -> None:
    check(json.dumps(document).encode(), use)


@given(CELLS, st.sampled_from(",;\t|"), USES)
def test_any_table_gives_evidence_a_doubt_or_a_refusal(
    rows: list[list[str]], delimiter: str, use: Use
) -> None:
    check("\n".join(delimiter.join(row) for row in rows).encode(), use)


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.sampled_from(",;\t|"))
def test_a_table_of_yes_and_no_is_counted_right_whatever_separates_it(
    marks: list[bool], delimiter: str
) -> None:
    rows = [f"{n}{delimiter}{'yes' if mark else 'no'}" for n, mark in enumerate(marks)]
    assert counted("\n".join([f"id{delimiter}correct", *rows])) == (sum(marks), len(marks))


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_the_same_cases_say_the_same_in_every_format(marks: list[bool]) -> None:
    formats = (
        "\n".join(["correct", *(str(int(m)) for m in marks)]),
        jsonl(*({"correct": m} for m in marks)),
        json.dumps([{"correct": m} for m in marks]),
        json.dumps(promptfoo(*(result(m) for m in marks))),
        jsonl(SPEC, *(log_event("match", f"s.{n}", correct=m) for n, m in enumerate(marks)), REPORT),
        jsonl(*(item(m, datasource_item_id=n) for n, m in enumerate(marks))),
    )
    assert {counted(content) for content in formats} == {(sum(marks), len(marks))}


@pytest.mark.parametrize("prediction", ["prediction", "pred", "predicted_label", "model_output", "response"])
def test_a_label_is_no_verdict_where_something_is_predicted(prediction: str) -> None:
    found = read(f"text,label,{prediction}\na,1,0\nb,1,0\nc,1,0\n")
    assert not isinstance(found, Evidence)


def test_a_label_that_is_a_number_is_no_verdict() -> None:
    doubt("text,label,score\na,1,0.2\nb,1,0.9\nc,0,0.3\n")


def test_a_name_that_says_the_opposite_beyond_doubt_is_turned_round() -> None:
    found = read("q,not_correct\na,true\nb,false\nc,false\n")
    assert isinstance(found, Evidence)
    assert (found.correct, found.total) == (2, 3)
    assert found.read == "Column `not_correct`, in which no is right, 3 rows."
