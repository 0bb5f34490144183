"""Files dropped in a thread: which of them are read, and what their note is about at each step. Pure.

A note of this kind is ``unread`` (the outbox is to fetch and read the file), ``doubtful`` (somebody has to say how),
``read``, ``refused``, or ``unused`` (somebody said not to). Of the file it keeps its id and name, and what was found:
counts, means, and the names of columns and models that a question offers. Never what stands in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.conversation.replies import DroppedFile
from bot.conversation.standing import ASSUMED
from bot.decision_log.records import TAKEN_BACK, Consultation, Post
from core.answers import CaseError
from core.case import check_assumption
from core.evidence.found import Doubt, Evidence, Found, Use, short, use_from_json

NOTE = "evidence"
READABLE = ("csv", "tsv", "tab", "json", "jsonl", "ndjson")
"""Endings of files that are read unasked. Pictures and whatever else people drop in a thread are left alone."""

KEPT = ("note", "file", "name", "by", "step")
"""What a note keeps through all its steps."""

About = Mapping[str, Any]


def is_readable(file: DroppedFile) -> bool:
    """Whether a file looks like results, by its name or by what Slack takes it for."""
    return file.name.rpartition(".")[2].casefold() in READABLE or file.kind in READABLE


def note_on(files: Sequence[DroppedFile], by: str) -> dict[str, Any]:
    """The note on the files of one message: on the one to be read, or that they are several."""
    if len(files) > 1:
        return {"note": "one_file"}
    return {
        "note": NOTE,
        "state": "unread",
        "file": files[0].id,
        "name": short(files[0].name),
        "size": files[0].size,
        "by": by,
        "step": 0,
        "use": {},
    }


def is_unread(post: Post) -> bool:
    """Whether the file of this note is still to be read."""
    return post.about.get("note") == NOTE and post.about["state"] == "unread"


def use_of(about: About) -> Use:
    """How the file of a note is to be read."""
    return use_from_json(about.get("use") or {})


def after_reading(about: About, found: Found, consultation: Consultation) -> tuple[About, Mapping[str, Any]]:
    """What the note is about once its file was read, and the answers that come of it.

    Tokens are taken as assumptions only where nobody has stated any.
    """
    kept = {key: about[key] for key in KEPT}
    if isinstance(found, Doubt):
        said = [{"says": choice.says, "use": choice.use.to_json()} for choice in found.choices]
        step = about["step"] + 1
        return kept | {"state": "doubtful", "asks": found.asks, "choices": said, "step": step}, {}
    if not isinstance(found, Evidence):
        return kept | {"state": "refused", "because": found.because}, {}
    tokens, stated = _tokens(found, consultation)
    values = {"eval_correct": found.correct, "eval_total": found.total, **tokens}
    shown = {
        "state": "read",
        "correct": found.correct,
        "total": found.total,
        "prompt_tokens": found.prompt_tokens,
        "output_tokens": found.output_tokens,
        "model": found.model,
        "read": found.read,
        "taken": sorted(key.removeprefix(ASSUMED) for key in tokens),
        "stated": stated,
    }
    return kept | shown, values


def after_choosing(about: About, step: int, choice: int, by: str) -> About | None:
    """What the note is about once somebody chose; ``None`` when that is no longer, or never was, a choice.

    choice: the place of what was chosen, -1 for using none of it.
    """
    if about.get("state") != "doubtful" or about["step"] != step or not -1 <= choice < len(about["choices"]):
        return None
    kept = {key: about[key] for key in KEPT}
    if choice == -1:
        return kept | {"state": "unused", "settled_by": by}
    return kept | {"state": "unread", "use": about["choices"][choice]["use"]}


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
