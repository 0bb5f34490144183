"""What the thread says of a message that was edited or deleted after it had given answers."""

from __future__ import annotations

from bot.conversation import posts
from bot.conversation.standing import Standing
from bot.views.buttons import CHANGE, TAKE_BACK, change, take_back
from bot.views.document import Button, Buttons, Document, Part, Person, Said, Small, Text, Words, joined
from bot.views.phrases import QUESTIONS, answer_line, short

NOTHING = "no answer"


def rewritten(standing: Standing, about: posts.Rewordings) -> Document:
    """The note, with buttons to correct or take back what it is about while that can be done."""
    match about:
        case posts.ReadAnew():
            parts = _anew(standing, about)
        case posts.UnreadNow():
            said = " edited a reply, and I cannot read it as an answer any more. "
            parts = _stays(standing, about, (Person(about.by), said))
        case posts.OvertakenSince():
            said = " edited a reply that counts no more: the answer was changed since. "
            parts = _stays(standing, about, (Person(about.by), said))
        case posts.Deleted():
            parts = _stays(standing, about, ("A reply of ", Person(about.by), " was deleted. "))
        case posts.TaskRewritten(gone=gone):
            what = "was deleted" if gone else "was edited"
            kept = f"The message with the task {what}. Here the task stays as it was written down: "
            end = "" if gone else " If it is another task now, start a new consultation."
            parts = (Small((kept, Said(standing.consultation.task, 300), ".", end)),)
    return Document(parts, "note", standing.consultation.version)


def _anew(standing: Standing, about: posts.ReadAnew) -> tuple[Part, ...]:
    lines: list[Words] = [
        (f"{_name(of)}: ", Said(before or NOTHING, 200), " → ", Said(after or NOTHING, 200))
        for of, before, after in about.changes
    ]
    said = (Person(about.by), " edited a reply. ")
    return (Text((*said, joined("\n", lines))), *_buttons(standing, about))


def _name(of: str) -> str:
    return short(of) if of in QUESTIONS else f"{of[:1].upper()}{of[1:]}"


def _stays(standing: Standing, about: posts.Rewordings, said: Words) -> tuple[Part, ...]:
    stand = [given for name in about.questions if (given := standing.given_to(name)) is not None]
    if not stand:
        return (Small((said, "The answer was taken back.")),)
    kept = "The answer stays:" if len(stand) == 1 else "The answers stay:"
    lines = joined("\n", [answer_line(given) for given in stand])
    return (Text((said, kept, "\n", lines)), *_buttons(standing, about))


def _buttons(standing: Standing, about: posts.Rewordings) -> tuple[Part, ...]:
    """Change and Take it back, for each question; none once it is over, or somebody else has answered."""
    if standing.consultation.status in ("decided", "moved", "void"):
        return ()
    mine = [name for name in about.questions if standing.given_to(name) is not None]
    several = len(mine) > 1
    buttons: list[Button] = []
    for name in mine:
        of = f": {short(name).lower()}" if several else ""
        buttons += [change(standing, name, f"{CHANGE}{of}"), take_back(standing, name, f"{TAKE_BACK}{of}")]
    return (Buttons(tuple(buttons)),) if buttons else ()
