"""Dropped files whose names do not say that they are results; and that small files wait for no large one."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import psutil
import pytest

from bot.conversation.posts import FileToRead
from bot.slack.evidence import SMALL, is_small
from core.evidence.found import Use
from tests.support.deliveries import BEN, CHANNEL
from tests.support.office import Office, Talk

ROWS = [{"id": n, "correct": n <= 43} for n in range(1, 51)]
TABLE = "id,correct\n" + "".join(f"{row['id']},{'yes' if row['correct'] else 'no'}\n" for row in ROWS)
LINES = "".join(f"{json.dumps(row)}\n" for row in ROWS)


def drop(talk: Talk, content: bytes, name: str, kind: str) -> dict[str, Any]:
    """Drop a file that Slack takes for ``kind``, and return the message with it."""
    message = talk.office.sandbox.drop(BEN, CHANNEL, name, content, talk.root)
    message["files"][0]["filetype"] = kind
    talk.office.slack.event(message | {"type": "message", "channel": CHANNEL, "channel_type": "channel"})
    return message


def notes(talk: Talk) -> list[str]:
    """What the app says about files in the thread, once everything has been shown."""
    talk.office.quiet()
    return [m["text"] for m in talk.messages() if m.get("bot_id") and "outcomes" in m["text"]]


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("outcomes.txt", "text", TABLE),
        ("outcomes.txt", "text", json.dumps(ROWS)),
        ("outcomes.log", "text", LINES),
        ("outcomes.out", "binary", TABLE.replace(",", "\t")),
        ("outcomes", "binary", LINES),
        ("outcomes", "", TABLE),
        ("outcomes", "text", json.dumps({"results": ROWS})),
    ],
)
def test_a_text_that_is_a_table_or_json_is_read(office: Office, name: str, kind: str, content: str) -> None:
    talk = office.start(f"tag texts, {kind or 0}{name[8:]} with {len(content)}")
    drop(talk, content.encode(), name, kind)
    assert any("43 of 50 right" in text for text in notes(talk))
    assert talk.answers("eval_correct") == [43]


@pytest.mark.parametrize(
    ("name", "kind"), [("outcomes.txt", "text"), ("outcomes.log", "text"), ("outcomes", "binary")]
)
def test_of_any_other_text_it_is_said_what_can_be_read(office: Office, name: str, kind: str) -> None:
    talk = office.start(f"tag prose, {kind}{name[8:]}")
    drop(talk, b"We tried it on Monday, and it was fine.\nMostly: some were odd.\n", name, kind)
    (text,) = notes(talk)
    assert "It is text without a table in it. Give me the results as CSV, JSON, JSONL or Excel." in text
    assert talk.consultation.answers == ()


@pytest.mark.parametrize(
    ("name", "kind"), [("outcomes", "png"), ("outcomes.docx", "docx"), ("outcomes.py", "python")]
)
def test_what_is_something_else_is_left_alone(office: Office, name: str, kind: str) -> None:
    talk = office.start(f"tag beside a {kind}")
    drop(talk, b"print(1)\n", name, kind)
    assert notes(talk) == []
    assert [post for post in talk.consultation.posts if post.what == "note"] == []


KINDS = "http://schemas.openxmlformats.org/package/2006/content-types"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows: int, columns: int) -> bytes:
    """A workbook with one sheet, as small a file as it can be."""
    names = "".join(
        f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("correct", *range(columns - 1))
    )
    cells = f"<row><c><v>1</v></c>{'<c><v>0.25</v></c>' * (columns - 1)}</row>"
    part = '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.{}"/>'
    link = '<Relationships xmlns="{}"><Relationship Id="r1" Type="{}" Target="{}"/></Relationships>'
    sheet = '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        types = f'<Types xmlns="{KINDS}">{part.format("spreadsheetml.sheet.main+xml")}</Types>'
        made.writestr("[Content_Types].xml", types)
        made.writestr("_rels/.rels", link.format(LINKS, f"{OFFICE}/officeDocument", "xl/workbook.xml"))
        made.writestr(
            "xl/_rels/workbook.xml.rels", link.format(LINKS, f"{OFFICE}/worksheet", "worksheets/a.xml")
        )
        made.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{sheet}')
        table = f"<sheetData><row>{names}</row>{cells * (rows - 1)}</sheetData>"
        made.writestr("xl/worksheets/a.xml", f'<worksheet xmlns="{MAIN}">{table}</worksheet>')
    return packed.getvalue()


def readers() -> list[psutil.Process]:
    """The processes that read files now."""
    return [
        child
        for child in psutil.Process().children()
        if any("bot.slack.apart" in word for word in child.cmdline())
    ]


def test_small_files_wait_for_no_slow_workbook(office: Office) -> None:
    slow, quick = office.start("tag with a slow workbook"), office.start("tag with a small table")
    drop(slow, workbook(2_000, 20), "outcomes.xlsx", "xlsx")
    (reading,) = office.eventually(readers, "a process that reads the workbook")
    reading.suspend()
    drop(quick, TABLE.encode(), "outcomes.csv", "csv")
    office.eventually(lambda: quick.answers("eval_correct"), "reading the small one")
    assert not slow.answers("eval_total")
    reading.resume()
    office.eventually(lambda: slow.answers("eval_total") == [1_999], "reading the workbook")


def test_a_workbook_with_too_many_cells_is_told_so(office: Office) -> None:
    content = workbook(80_000, 20)
    assert len(content) < 2**20
    talk = office.start("tag with a huge workbook")
    drop(talk, content, "outcomes.xlsx", "xlsx")
    (text,) = notes(talk)
    assert "It has more than 1,500,000 cells" in text
    assert "20 MB" not in text


@pytest.mark.parametrize(
    ("name", "size", "small"),
    [
        ("a.csv", 1, True),
        ("a.csv", SMALL + 1, False),
        ("a.xlsx", 1, False),
        ("a.eval", 1, False),
        ("a", None, True),
    ],
)
def test_what_is_small_is_told_before_it_is_fetched(name: str, size: int | None, small: bool) -> None:
    assert is_small(FileToRead(file="F1", name=name, size=size, by=BEN, step=0, use=Use())) is small
