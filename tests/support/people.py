"""People who were never shown the app, each with a task and the first reply they typed to each of its questions.

``vectors/conversations.jsonl`` holds thirty of them, by two hands: the reply as typed, and what is meant by it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.conversation import posts
from bot.conversation.replies import Act
from bot.conversation.standing import Standing, belongs, standing_of
from bot.conversation.understanding import not_sure
from bot.decision_log.records import Consultation
from bot.views.press import read_press
from tests.support.consulted import NOW, consultation
from tests.support.deliveries import ANA, CHANNEL, TEAM, buttons_of, unique
from tests.support.office import Office, Talk

VECTORS = Path(__file__).parents[1] / "vectors" / "conversations.jsonl"


@dataclass(frozen=True)
class Said:
    """A reply: what was typed, and what may be meant by it; nothing, if they do not know."""

    text: str
    means: tuple[Mapping[str, Any], ...]

    def is_meant(self, values: Mapping[str, Any]) -> bool:
        """Whether these values are what was meant."""
        wanted = self.means or ({},)
        return any(_alike(values, one) for one in wanted)


@dataclass(frozen=True)
class Stranger:
    """Somebody with a task, and their reply to each question."""

    person: str
    task: str
    replies: Mapping[str, Said]


@dataclass
class Course:
    """How a conversation went: the verdict, and the questions that took a tap, were repeated, or stored wrong."""

    verdict: str | None = None
    tapped: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def strangers() -> list[Stranger]:
    """All thirty."""
    found = []
    for line in VECTORS.read_text(encoding="utf-8").splitlines():
        kept = json.loads(line)
        replies = {
            name: Said(one["text"], (one["expected"], *one.get("alt", ())) if one["expected"] else ())
            for name, one in kept["replies"].items()
        }
        found.append(Stranger(kept["person"], kept["task"], replies))
    return found


def by_buttons(who: Stranger) -> str | None:
    """The verdict when the same is said with buttons and forms alone."""
    values: dict[str, Any] = {}
    while (asking := _asking(who, values)) is not None:
        values |= _meant(who, asking, consultation(values, task=who.task))
    return str(standing_of(consultation(values, task=who.task), NOW).advice.verdict)


def typed(office: Office, who: Stranger) -> Course:
    """The whole conversation: each question is answered by typing, with at most one tap where the app is in doubt."""
    talk, course = office.start(f"{who.task} {unique('')}"), Course()
    while (asking := _standing(talk).asking) is not None:
        _answer(talk, who, asking, course)
        assert _standing(talk).asking != asking, (who.person, asking)
    course.verdict = str(_standing(talk).advice.verdict)
    return course


def _rest_is_not_known(talk: Talk, who: Stranger, asking: str, course: Course) -> None:
    """Of a question that has two parts one was answered: the other is "not sure", with one tap."""
    if _standing(talk).asking == asking:
        course.tapped.append(asking)
        _press_right(talk, who, asking)


def _answer(talk: Talk, who: Stranger, asking: str, course: Course) -> None:
    reply = who.replies.get(asking)
    if reply is None:  # latency, of which these people were not asked
        _press_right(talk, who, asking)
        return
    before = len(talk.consultation.posts)
    talk.say(reply.text, ts=f"{time.time():.6f}")
    talk.office.quiet()
    is_told = reply.means and reply.is_meant(_given(talk, asking))
    if is_told:
        _rest_is_not_known(talk, who, asking, course)
    elif _standing(talk).asking == asking and not _tap(talk, reply, asking, before, course):
        course.repeated.append(asking)
        _press_right(talk, who, asking)
    elif not reply.is_meant(_given(talk, asking)):
        course.wrong.append(asking)


def _tap(talk: Talk, reply: Said, asking: str, before: int, course: Course) -> bool:
    """Press what is meant, if the app offers it under the reply."""
    offered = [post for post in posts.posts_of(talk.consultation) if post.id > before and post.ts]
    shown = {m["ts"]: m for m in talk.messages()}
    for post in offered:
        for button in buttons_of(shown.get(post.ts or "", {})):
            values = read_press(button.get("value")).values
            is_sure = button["action_id"] == "right" or button["action_id"].startswith(f"answer:{asking}")
            is_unsure = not reply.means and button["action_id"].startswith("not_sure")
            if (is_sure and values and reply.means and reply.is_meant(values)) or is_unsure:
                talk.office.slack.click(shown[post.ts or ""], button)
                talk.office.quiet()
                course.tapped.append(asking)
                return _standing(talk).asking != asking
    return False


def _press_right(talk: Talk, who: Stranger, asking: str) -> None:
    """What is meant, by a button or a form."""
    conversation, found = talk.office.application.outbox.conversation, talk.consultation
    act = Act(TEAM, CHANNEL, ANA, unique("press"), talk.office.application.outbox.clock())
    values = _meant(who, asking, found)
    conversation.answer(act, found.id, asking, values, seen=_standing(talk).seq_of(asking), how="form")
    talk.office.quiet()


def _meant(who: Stranger, asking: str, found: Consultation) -> dict[str, Any]:
    reply = who.replies.get(asking)
    """Of a question that has two parts, what was not said is not known."""
    given = dict(reply.means[0]) if reply is not None and reply.means else {}
    known = {one.key for one in found.answers} >= set(given)
    return not_sure(found, asking) if known else given


def _asking(who: Stranger, values: Mapping[str, Any]) -> str | None:
    return standing_of(consultation(values, task=who.task), NOW).asking


def _standing(talk: Talk) -> Standing:
    return standing_of(talk.consultation, talk.office.application.outbox.clock())


def _given(talk: Talk, asking: str) -> dict[str, Any]:
    """What is stored of a question: nothing, where it is not known."""
    newest = {one.key: one.value for one in talk.consultation.answers}
    return {
        k: v for k, v in newest.items() if belongs(k, asking) and v is not None and v != {"taken_back": True}
    }


def _alike(values: Mapping[str, Any], meant: Mapping[str, Any]) -> bool:
    return set(values) == set(meant) and all(_same(values[key], meant[key]) for key in meant)


def _same(one: Any, other: Any) -> bool:
    """Numbers that differ by less than a hundredth are the same to whoever said them; so are sets in another order."""
    if isinstance(one, bool) or isinstance(other, bool) or one is None or other is None:
        return one is other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return abs(one - other) <= 0.01 * max(abs(one), abs(other))
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        if all(isinstance(part, str) for part in (*one, *other)):
            return sorted(one) == sorted(other)
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)
