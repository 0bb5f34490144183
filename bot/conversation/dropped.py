"""Files dropped in a thread: which of them are read, and what their note is about at each step. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.conversation import posts
from bot.conversation.posts import Values
from bot.conversation.replies import DroppedFile
from bot.decision_log.records import TAKEN_BACK, Consultation
from bot.decision_log.said import ASSUMED
from core.answers import CaseError
from core.case import check_assumption
from core.evidence.found import Doubt, Evidence, Found, Use, short

READABLE = frozenset(
    """csv tsv tab txt text log out dat json jsonl ndjson eval xlsx xlsm xlsb xls ods parquet arrow feather yaml yml xml
    html htm zip gz tgz zst""".split()  # noqa: SIM905 - read, and mended, more easily on one line
)
"""Endings of files that people export results as: they are read, or it is said why not. Pictures, documents and
whatever else people drop in a thread are left alone."""

UNTOLD = frozenset(("", "auto", "binary"))
"""What Slack says of a file that it does not know; "text" is one of :data:`READABLE`."""


def ending(name: str) -> str:
    """What a file's name ends in: "csv"; "" where it has no ending."""
    return name.rpartition(".")[2].casefold() if "." in name else ""


def is_readable(file: DroppedFile) -> bool:
    """Whether a file looks like results, by its name or by what Slack takes it for; or may be: Slack says neither.

    Of a file in a channel that is shared with another company Slack tells nothing but its id.
    """
    ends = ending(file.name)
    return ends in READABLE or file.kind in READABLE or (not ends and file.kind in UNTOLD)


def note_on(
    files: Sequence[DroppedFile], by: str, *, of_outcome: bool = False
) -> posts.OneFile | posts.FileToRead:
    """The note on the files of one message: on the one to be read, or that they are several.

    of_outcome: it says how a decision turned out.
    """
    if len(files) > 1:
        return posts.OneFile()
    [file] = files
    return posts.FileToRead(
        file=file.id,
        name=short(file.name or "the file"),
        size=file.size,
        by=by,
        step=0,
        use=Use(),
        of_outcome=of_outcome,
    )


def after_reading(
    note: posts.FileToRead, found: Found, consultation: Consultation
) -> tuple[posts.FileInDoubt | posts.FileRead | posts.FileRefused, Values]:
    """What the note is about once its file was read, and the answers that come of it.

    Tokens are taken as assumptions only where nobody has stated any.
    """
    kept = note.kept
    if isinstance(found, Doubt):
        ways = tuple(posts.Way(choice.says, choice.use) for choice in found.choices)
        return posts.FileInDoubt(**kept | {"step": note.step + 1}, asks=found.asks, choices=ways), {}
    if not isinstance(found, Evidence):
        return posts.FileRefused(**kept, because=found.because), {}
    tokens, stated = _tokens(found, consultation)
    values = {"eval_correct": found.correct, "eval_total": found.total, **tokens}
    read = posts.FileRead(
        **kept,
        correct=found.correct,
        total=found.total,
        prompt_tokens=found.prompt_tokens,
        output_tokens=found.output_tokens,
        model=found.model,
        read=found.read,
        taken=tuple(sorted(key.removeprefix(ASSUMED) for key in tokens)),
        stated=tuple(stated),
        use=note.use,
    )
    return read, values


def after_choosing(
    about: posts.About, step: int, choice: int, by: str
) -> posts.FileToRead | posts.FileUnused | None:
    """What the note is about once somebody chose; ``None`` when that is no longer, or never was, a choice.

    choice: the place of what was chosen, -1 for using none of it.
    """
    if (
        not isinstance(about, posts.FileInDoubt)
        or about.step != step
        or not -1 <= choice < len(about.choices)
    ):
        return None
    if choice == -1:
        return posts.FileUnused(**about.kept, settled_by=by)
    is_sure = about.is_sure or about.of_what
    return posts.FileToRead(**about.kept | {"is_sure": is_sure}, use=about.choices[choice].use)


def _tokens(found: Evidence, consultation: Consultation) -> tuple[dict[str, Any], list[str]]:
    """The tokens to assume from now on, and those of which the team has stated its own."""
    newest = {record.key: record.value for record in consultation.answers}
    taken: dict[str, Any] = {}
    stated: list[str] = []
    for key, number in (("prompt_tokens", found.prompt_tokens), ("output_tokens", found.output_tokens)):
        if number is None:
            continue
        if newest.get(ASSUMED + key, TAKEN_BACK) != TAKEN_BACK:
            stated.append(key)
        elif _is_possible(key, number):
            taken[ASSUMED + key] = number
    return taken, stated


def _is_possible(key: str, number: int) -> bool:
    try:
        check_assumption(key, number)
    except CaseError:
        return False
    return True
