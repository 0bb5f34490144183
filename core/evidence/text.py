"""Bytes to text, whatever wrote them; and what is no text at all."""

from __future__ import annotations

import codecs

from core.evidence.found import MOST_BYTES, CannotRead

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ARCHIVE = b"PK\x03\x04"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_NO_TEXT = (
    (b"\x1f\x8b", "It is compressed. Unpack it and give me what is in it."),
    (b"PAR1", "It is a Parquet file. Save the table as CSV and give me that."),
    (b"ARROW1", "It is an Arrow file. Save the table as CSV and give me that."),
    (b"%PDF", "It is a PDF. Give me the results as CSV or JSON."),
)
NO_TEXT = "It is not text. Give me the results as CSV, JSON or JSONL."
WEB_PAGE = "It is a web page. Give me the results as CSV, JSON or JSONL."
XML = "It is XML. Give me the results as CSV, JSON or JSONL."
EMPTY = "It is empty."
TOO_LARGE = (
    f"It is larger than {MOST_BYTES // 2**20} MB, which is the most I read. "
    "A random sample of a few thousand rows says as much."
)
SAMPLE = 4096


def text_of(content: bytes) -> str:
    """The text. Raises :class:`CannotRead` with a sentence."""
    for beginning, sentence in _NO_TEXT:
        if content.startswith(beginning):
            raise CannotRead(sentence)
    text = _decoded(content)
    if "\0" in text:
        raise CannotRead(NO_TEXT)
    start = text[:SAMPLE].lstrip()
    if not start and not text.strip():
        raise CannotRead(EMPTY)
    if sum(c < " " and c not in "\t\r\n\f\v" for c in start) > len(start) / 50:
        raise CannotRead(NO_TEXT)
    if start[:15].lower().startswith(("<!doctype html", "<html")):
        raise CannotRead(WEB_PAGE)
    if start.startswith(("<?xml", "<testsuite")):
        raise CannotRead(XML)
    return text


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    unmarked = _utf_16(content[:SAMPLE])
    if unmarked:
        return content.decode(unmarked, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # What Excel writes in the West. Words for right and wrong are the same in it, whatever the rest is.
        return content.decode("cp1252", "replace")


def _utf_16(sample: bytes) -> str | None:
    """The byte order of UTF-16 without its mark: every other byte of Latin text is 0 there."""
    if len(sample) < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd == 0 else None
