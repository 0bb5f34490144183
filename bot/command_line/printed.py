"""Documents in a terminal: headings stand out, figures stand in tables, and addresses can be opened."""

from __future__ import annotations

from collections.abc import Iterator

from rich import table as rich
from rich.console import Console
from rich.text import Text as Styled

from bot.command_line.terminal import visible
from bot.views import document as doc
from bot.views.document import Bullets, Document, Words, bare

NARROWEST = 100
"""Columns that a table gets where there is no terminal to ask."""


def print_document(document: Document) -> None:
    """Print a document. What came from outside can do nothing to the terminal."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=max(NARROWEST, console.width))
    for part in document.parts:
        if part is None or not doc.says_something(part):
            continue
        if isinstance(part, doc.Table):
            console.print()
            console.print(_table(part))
            continue
        for line in _lines(part):
            console.print(line, soft_wrap=True)  # left to the terminal, so that a link stays whole


def _lines(part: doc.Part) -> Iterator[Styled]:
    match part:
        case doc.Heading(words):
            yield _styled(words, "bold")
        case doc.Text(words, title):
            for line in bare(doc.joined("\n", (title, words))).split("\n"):
                yield _styled(line)
        case Bullets(items, lead):
            yield from (_styled(""), _styled(bare(lead), "bold"))
            for item in items:
                yield from _item(item)
        case _:
            lines = (line for said in doc.aloud((part,)) for line in bare(said).split("\n"))
            yield from map(_styled, lines)


def _item(item: Words | Bullets) -> Iterator[Styled]:
    """A point; what stands on its further lines, such as its source, is dimmed."""
    if isinstance(item, Bullets):
        yield from _lines(item)
        return
    first, *rest = bare(item).split("\n")
    yield _styled(f"  {first}")
    yield from (_styled(f"    {line}", "dim") for line in rest if line)


def _styled(line: str, style: str = "") -> Styled:
    return Styled(visible(line), style=style)


def _table(part: doc.Table) -> rich.Table:
    table = rich.Table()
    for place, column in enumerate(part.columns):
        table.add_column(_styled(column), justify="left" if place < part.worded else "right")
    for row in part.rows:
        table.add_row(*map(_styled, row))
    return table
