"""Decisions written out for people to keep: a table (CSV), records to read (MADR 4), or all that is known (JSON)."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.grammar import Format
from bot.decision_log.adr import adr, file_name
from bot.decision_log.csv_text import csv_text
from bot.decision_log.export import written_log
from bot.decision_log.records import Recorded

_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
"""So that the same decisions make the same file."""


@dataclass(frozen=True, slots=True)
class WrittenOut:
    """A file's name and bytes, the same as a text to read, and how many decisions it holds."""

    name: str
    content: bytes
    text: str
    decisions: int


def written_out(workspace: str, records: Sequence[Recorded], format: Format) -> WrittenOut:
    """These decisions in one file. Several records to read are a file each, in a zip file."""
    match format:
        case "csv":
            text = csv_text(list(records))
            return WrittenOut("decisions.csv", text.encode(), text.removeprefix("\ufeff"), len(records))
        case "json":
            text = json.dumps(written_log(workspace, list(records)), ensure_ascii=False, indent=2) + "\n"
            return WrittenOut("decisions.json", text.encode(), text, len(records))
        case "md":
            return _to_read(records)


def _to_read(records: Sequence[Recorded]) -> WrittenOut:
    channels = {one.decision.channel for one in records}
    named = [(file_name(one.decision), one.decision.channel, adr(one)) for one in records]
    text = "\n".join(record for _, _, record in named)
    if len(named) == 1:
        return WrittenOut(named[0][0], text.encode(), text, 1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        for name, channel, record in named:
            place = f"{channel}/{name}" if len(channels) > 1 else name
            into.writestr(zipfile.ZipInfo(place, _FIRST_DAY_OF_ZIP), record)
    return WrittenOut("decisions.zip", packed.getvalue(), text, len(named))
