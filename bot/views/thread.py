"""What each message of a consultation shows: one drawing per kind of post, from the consultation as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.conversation.standing import Standing
from bot.decision_log.records import Post
from bot.views import evidence, notes
from bot.views.advice import advice, superseded_advice
from bot.views.card import card
from bot.views.chart import chart
from bot.views.message import Message
from bot.views.question import answered, question

About = Mapping[str, Any]


def _late(standing: Standing, about: About) -> Message:
    given = standing.given_to(about["question"])
    return notes.late(given) if given is not None else notes.not_understood("", standing.asking)


def _doubtful(standing: Standing, about: About) -> Message:
    match about["state"]:
        case "right":
            return notes.confirmed(standing, about["echo"], about["settled_by"])
        case "wrong":
            return notes.withdrawn(standing, about["echo"], about["settled_by"])
        case _:
            asked = about["questions"][0] if about["questions"] else None
            pointed = about.get("pointed")
            return notes.doubtful(standing, about["echo"], about["values"], asked, pointed)


NOTES: Mapping[str, Callable[[Standing, About], Message]] = {
    "echo": lambda standing, about: notes.echo(standing, [about["echo"]], about["questions"]),
    "doubtful": _doubtful,
    "why": lambda standing, about: notes.why(standing),
    "why_question": lambda standing, about: notes.why_question(standing),
    "explain": lambda standing, about: notes.explain(standing),
    "summary": lambda standing, about: notes.summary(standing),
    "help": lambda standing, about: notes.help(),
    "whatif": notes.whatif,
    "whatif_unread": lambda standing, about: notes.whatif_unread(about["because"]),
    "assumed": lambda standing, about: notes.assumed(standing, about["by"], about["changes"]),
    "started_over": lambda standing, about: notes.started_over(about["by"]),
    "taken_back": lambda standing, about: notes.taken_back(about["by"], about["question"]),
    "nothing_to_take_back": lambda standing, about: notes.nothing_to_take_back(),
    "not_understood": lambda standing, about: notes.not_understood(about["because"] or "", about["question"]),
    "called": lambda standing, about: notes.called(about["question"]),
    "task_cut": lambda standing, about: notes.task_cut(about["limit"]),
    "set_aside": lambda standing, about: notes.set_aside(about["by"]),
    "resumed": lambda standing, about: notes.resumed(standing),
    "nudge": lambda standing, about: notes.nudge(standing.consultation.asker, standing.asking),
    "late": _late,
    "one_file": lambda standing, about: evidence.one_file(),
    "already_decided": lambda standing, about: notes.already_decided(standing),
}
"""The notes by name. Each is written once and left alone, but for a doubtful reading, which gets its answer."""


def draw(standing: Standing, post: Post, *, hears_threads: bool = True) -> Message:
    """What one message of the thread shows now. ``hears_threads``: typed replies need no mention."""
    match post.what:
        case "card":
            return card(standing)
        case "question":
            return _question(standing, post, hears_threads)
        case "advice":
            stands = standing.is_advised and standing.is_latest(post)
            return advice(standing) if stands else superseded_advice(standing)
        case "chart":
            return chart(standing, post)
        case "copy":
            return notes.copy(standing)
        case "note" if post.about["note"] == "evidence":
            return evidence.evidence(standing, post)
        case "note":
            return NOTES[post.about["note"]](standing, post.about)


def _question(standing: Standing, post: Post, hears_threads: bool) -> Message:
    name = post.about["question"]
    open_now = standing.asking == name and standing.is_latest(post) and standing.consultation.status == "open"
    return question(standing, name, hears_threads=hears_threads) if open_now else answered(standing, name)
