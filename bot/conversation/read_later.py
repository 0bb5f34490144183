"""What was read after its note was written: a file that had to be fetched, a reply that a model was asked about."""

from __future__ import annotations

import datetime

from bot.conversation import dropped, posts, results, second_reading
from bot.conversation.opened import about_of, records_of
from bot.conversation.posts import About, to_json
from bot.conversation.standing import standing_of
from bot.decision_log.log import Log
from bot.decision_log.records import Consultation
from bot.decision_log.scope import Scope
from core.evidence.found import Evidence, Found, Use


def evidence_read(
    log: Log,
    workspace: str,
    consultation: str,
    post: int,
    use: Use,
    found: Found,
    now: datetime.datetime,
    beside: results.Beside | None = None,
) -> None:
    """The file of a note was read in the way ``use``: answer with what it says, or note why not, once.

    For the outbox, which fetches files. Whoever dropped the file is the author of the answers, or of the outcome
    that it says. ``beside``: what it and an earlier one say of the same cases.
    """
    scope = Scope.of_workspace(workspace)
    with log.writing(workspace) as tx:
        current = tx.consultation(scope, consultation)
        note = about_of(current, post)
        if current is None or not isinstance(note, posts.FileToRead) or note.use != use:
            return  # another sender was quicker, or somebody chose anew
        read, values = dropped.after_reading(note, found, current)
        is_over = current.status in ("decided", "moved") and not note.of_outcome
        about: About = _over(current) if is_over else read
        if note.of_outcome and isinstance(found, Evidence) and (made := current.decision) is not None:
            about = results.in_question(current, made, note, found) or results.from_file(
                tx, made, note, found, beside, now
            )
        tx.change_post(scope, consultation, post, about=to_json(about))
        if values and current.status not in ("decided", "moved"):
            records = records_of(current, values, "file")
            tx.add_answers(scope, consultation, records, note.by, now)
            tx.advance(scope, consultation, from_version=current.version, now=now, status="open")
        tx.touch(workspace, consultation, now)


def read_again(
    log: Log,
    workspace: str,
    consultation: str,
    post: int,
    pointed: second_reading.Pointed | None,
    now: datetime.datetime,
) -> None:
    """A model was asked about the reply of a note: show what came of it to be confirmed, or ask back, once.

    For the outbox, which asks. ``pointed``: what the model said; ``None`` when it gave no answer.
    """
    scope = Scope.of_workspace(workspace)
    while True:
        with log.reading(workspace) as tx:
            found = tx.consultation(scope, consultation)
        note = about_of(found, post)
        if found is None or not isinstance(note, posts.PutOff):
            return  # another sender was quicker
        # Worked out before the transaction, as in a reply.
        about = second_reading.after_asking(standing_of(found, now), note, pointed, now)
        with log.writing(workspace) as writing:
            current = writing.consultation(scope, consultation)
            if current is None or current.version != found.version or about_of(current, post) != note:
                continue
            kept = to_json(about or posts.Idle())
            writing.change_post(scope, consultation, post, about=kept, closed=about is None)
            writing.touch(workspace, consultation, now)
            return


def _over(consultation: Consultation) -> posts.DecidedMeanwhile | posts.GoesOnThere:
    """What is said of a file that was read too late."""
    return posts.GoesOnThere() if consultation.status == "moved" else posts.DecidedMeanwhile()
