"""What leaves the log as a text: no formula in a table, and no heading, fence or front matter that a person wrote."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.decision_log import Link, Log, Outcome, Scope
from bot.decision_log.adr import adr, file_name
from bot.decision_log.csv_text import cell, csv_text
from bot.decision_log.export import every_record, written_log
from bot.decision_log.records import Recorded
from tests.support.decided import decide
from tests.support.examples import examples

HEADINGS = (
    *("Context and Problem Statement", "Decision Drivers", "Considered Options", "Decision Outcome"),
    *("Consequences", "Confirmation", "Pros and Cons of the Options", "More Information"),
)
NASTY = (
    "# a heading", "---\nstatus: x\n---", "```\ncode", "~~~", "<!-- gone", "<script>", "* a point",
    "1. first", "2) second",
    "a\r\n# b", 'say "yes"', "===\n", "> quoted", "[a](b)", "| a | b |", "`tick", "    indented",
    "+ plus", "a\u2028# b", "&lt;b&gt;", "![x](y)", "$x$", "\\# slash",
)  # fmt: skip


def check(text: str) -> list[str]:
    """The option titles of a record, after seeing that it is one: MADR 4.0.0, template/adr-template.md."""
    _, front, body = text.split("---\n", 2)
    told = yaml.safe_load(front)
    assert set(told) <= {"status", "date", "decision-makers", "consulted"}
    tokens = MarkdownIt("commonmark").parse(body)
    allowed = {"heading", "paragraph", "bullet_list", "list_item"}
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} <= allowed | {
        "inline"
    }
    titles = [
        (tokens[at].tag, tokens[at + 1].content)
        for at in range(len(tokens))
        if tokens[at].type == "heading_open"
    ]
    assert [tag for tag, _ in titles].count("h1") == 1
    assert titles[0][0] == "h1"
    known = [title for tag, title in titles[1:] if title in HEADINGS]
    assert known == [title for title in HEADINGS if title in known]
    assert {"Context and Problem Statement", "Considered Options", "Decision Outcome"} <= set(known)
    under = [title for tag, title in titles if tag == "h3" and title not in HEADINGS]
    options = body.split("## Considered Options\n\n")[1].split("\n\n")[0].split("\n")
    named = [option.removeprefix("* ") for option in options]
    assert set(under) <= set(named)
    chosen = body.split('Chosen option: "')[1].split('", because ')[0]
    assert chosen in named
    return named


def records(log: Log, scope: Scope) -> list[Recorded]:
    with log.reading("T1") as tx:
        return every_record(tx, scope)


def test_what_people_write_opens_nothing(log: Log, team: Scope, now: datetime) -> None:
    for text in NASTY:
        made = decide(log, team, now, task=text, why=text)
        with log.writing("T1") as tx:
            tx.add_link(team, made.place, Link("https://example.com/<x>", text, "U1", now))
            tx.withdraw(team, made.number, "U1", text, now)
    found = records(log, team)
    assert {one.decision.task for one in found} == set(NASTY)
    for recorded in found:
        check(adr(recorded))
        assert file_name(recorded.decision).startswith(f"{recorded.decision.number:04}-")


@examples(20, 200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=40).filter(str.strip))
def test_nothing_at_all_opens_anything(log: Log, team: Scope, now: datetime, text: str) -> None:
    made = decide(log, team, now, task=text, why=text)
    with log.reading("T1") as tx:
        found = tx.decision(team, made.number)
    assert found is not None
    check(adr(found))


def test_a_record_says_what_superseded_it_and_how_it_turned_out(log: Log, team: Scope, now: datetime) -> None:
    advice = {
        "verdict": "hybrid",
        "reasons": [{"question": "q", "answer": "a", "says": "It pays.", "source": "us"}],
    }
    made = decide(
        log, team, now, chosen="hybrid", task="Classify Support-Tickets!", advice=advice, why="It pays."
    )
    with log.writing("T1") as tx:
        tx.add_outcome(
            team, made.place, Outcome("U1", now + timedelta(days=90), True, 47, 50, 900, 60, again=True)
        )
    decide(log, team, now, reopened_from=1)
    old, new = records(log, team)
    told = adr(old)
    assert 'status: "superseded by ADR-0002"' in told
    assert f"date: {now + timedelta(days=90):%Y-%m-%d}" in told
    assert "* It pays. (us)" in told
    assert "47 of 50 right" in told
    assert "* Supersedes ADR-0001" in adr(new)
    assert file_name(old.decision) == "0001-classify-support-tickets.md"
    check(told)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"), ("\t=1", "'\t=1"), ("\n=1", "'\n=1"), ("\r", "'\r"), ("＝1", "'＝1"), (" =1", "' =1"),
        ("-5 apples", "'-5 apples"), ("@a", "'@a"), ("+1", "'+1"), ("\0=1", "'=1"), ("a=1", "a=1"),
        ("|", "|"), ('"', '"'), (-5, "-5"), (900.5, "900.5"), (True, "yes"), (None, ""),
    ],
)  # fmt: skip
def test_a_cell_is_no_formula_and_a_number_stays_one(value: str | float | None, expected: str) -> None:
    assert cell(value) == expected


def test_a_table_is_read_again_as_it_was(log: Log, team: Scope, now: datetime) -> None:
    decide(log, team, now, task='=1+1 "quoted",\r\n工单', why="because")
    with log.writing("T1") as tx:
        tx.add_outcome(team, records(log, team)[0].decision.place, Outcome("U1", now, True, 1, 2, 900.5, 7))
    text = csv_text(records(log, team))
    assert text.startswith('\ufeff"number","channel"')
    assert text.count("\r\n") == 3
    [row] = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert row["task"] == '\'=1+1 "quoted",\r\n工单'
    assert (row["number"], row["bill_per_month"], row["shipped"], row["outcome"]) == (
        "1",
        "900.5",
        "yes",
        "missed",
    )


def test_a_table_says_what_the_export_says_and_no_cell_is_a_formula(
    log: Log, team: Scope, now: datetime
) -> None:
    texts = [*NASTY, "=cmd()", "@SUM(A1)", "-1", "+1", "\t=1", "＝1", "'quoted", 'a,"b"\r\n;c']
    for text in texts:
        made = decide(log, team, now, task=text, why=text)
        with log.writing("T1") as tx:
            tx.add_outcome(team, made.place, Outcome("U1", now, True, 1, 2, 900.5, 7, again=False))
            tx.add_link(team, made.place, Link("https://example.com/=1", text, "U1", now))
            tx.withdraw(team, made.number, "U2", text, now)
    found = records(log, team)
    decisions = written_log("T1", found)["decisions"]
    rows = list(csv.DictReader(io.StringIO(csv_text(found).removeprefix("\ufeff"), newline="")))
    assert sorted(told["task"] for told in decisions) == sorted(texts)
    for told, row in zip(decisions, rows, strict=True):
        assert not any(value.lstrip()[:1] in set("=+-@＝＋－＠") and value.strip() for value in row.values())
        gone, outcome = told["withdrawn"], told["outcomes"][-1]
        expected = told | outcome | {f"withdrawn_{key}": value for key, value in gone.items()}
        expected |= {
            "links": "https://example.com/=1",
            "outcome": "missed",
            "by": told["by"],
            "at": told["at"],
        }
        assert {key: _read(value) for key, value in row.items()} == {key: _said(expected[key]) for key in row}


def _read(value: str) -> str:
    """A cell without the apostrophe that keeps it from being a formula."""
    return value[1:] if value.startswith("'") and cell(value[1:]) == value else value


def _said(value: str | float | bool | None) -> str:
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: ""}[value]
    return str(value)


AGAINST = "It takes $12,021 before the tuned model answers once."


@pytest.mark.parametrize(
    ("chosen", "why", "because"),
    [
        ("fine_tune", None, "it was advised."),
        ("fine_tune", "We have the labels.", "we have the labels."),
        ("fine_tune", "GPUs are free until March", "GPUs are free until March."),
        (
            "keep_prompting",
            "No GPU until March",
            "(against the advice, which was Fine-tune) no GPU until March.",
        ),
    ],
)
def test_what_speaks_against_the_advice_stands_where_the_advice_does(
    log: Log, team: Scope, now: datetime, chosen: str, why: str | None, because: str
) -> None:
    advice = {"verdict": "fine_tune", "reasons": [], "against": [AGAINST]}
    decide(log, team, now, chosen=chosen, recommended="fine_tune", advice=advice, why=why)
    told = adr(records(log, team)[0])
    check(told)
    point = r"* Bad, because it takes \$12,021 before the tuned model answers once."
    assert f", because {because}\n" in told
    assert told.count(point) == 1
    if chosen == "fine_tune":
        assert "### Consequences\n\n" + point in told
    else:
        assert "### Consequences" not in told
        assert point in told.split("\n### Fine-tune\n")[1]


@pytest.mark.parametrize(
    ("recommended", "because"),
    [("", "the team decided so"), ("keep_prompting", "it was advised")],
)
def test_a_record_says_that_the_advice_was_not_kept(
    log: Log, team: Scope, now: datetime, recommended: str, because: str
) -> None:
    decide(log, team, now, recommended=recommended)
    told = adr(records(log, team)[0])
    check(told)
    assert f", because {because}. The advice behind it was not kept.\n" in told
