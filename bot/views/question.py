"""A question in the thread, and what its message turns into once it is answered."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.standing import PRICING, Standing
from bot.views import ids
from bot.views.buttons import NONE, NOT_SURE, change
from bot.views.document import Button, Buttons, Choice, Document, Option, Small, Strong, Text
from bot.views.phrases import QUESTIONS, answer_line, headline, listed, short
from bot.views.press import Press
from bot.views.understood import in_their_words, is_below
from core.questions import Question


def question(standing: Standing, name: str, *, hears_threads: bool = True) -> Document:
    """The question with its usual answers as buttons, and how to type another one."""
    asked = QUESTIONS[name].under(standing.advice.policy)
    press = Press(standing.consultation.id, name, standing.seq_of(name))
    parts = (
        Text(asked.also, title=asked.asks),
        Small(_why(standing, asked)),
        *usual_answers(asked, press),
        Small(_typed(standing, asked, hears_threads=hears_threads)),
    )
    return Document(parts, "question", standing.consultation.version)


def _typed(standing: Standing, asked: Question, *, hears_threads: bool) -> str:
    """How to answer in words, where that is possible: nobody can be mentioned in a direct message."""
    if standing.consultation.is_alone and not hears_threads:
        return ""
    how = "type it here" if hears_threads else "mention me with it"
    return f"Or {how}, for instance: {asked.example}"


def usual_answers(asked: Question, press: Press) -> tuple[Buttons | None, ...]:
    """All usual answers of a question: ticks where several may hold, then the buttons."""
    ticks = tuple(Option(choice.label, choice.id) for choice in asked.choices)
    return (
        Buttons((Choice("any", ticks, action=ids.action_id(ids.PICK, asked.name)),))
        if asked.several
        else None,
        Buttons(_buttons(asked, press), _usual(asked)),
    )


def _why(standing: Standing, asked: Question) -> str:
    if asked.name == PRICING and standing.advice.verdict is not None:
        return f"The verdict stands: {headline(standing.advice.verdict)}. This only prices the options."
    return asked.why


def _buttons(asked: Question, press: Press) -> tuple[Button, ...]:
    name = asked.name
    picked = (
        Button("That is all", ids.action_id(ids.PICKED, name), press, primary=True),
        Button(NONE, ids.action_id(ids.PICKED, name, ids.NONE), press),
    )
    usual = (
        Button(one.label, ids.action_id(ids.ANSWER, name, one.id), replace(press, values=one.values))
        for one in asked.choices
    )
    label = "Enter a number…" if asked.choices else "Enter figures…"
    enter = Button(label, ids.action_id(ids.FORM, name), press, primary=not asked.choices)
    return (
        *(picked if asked.several else usual),
        *((enter,) if asked.numbers else ()),
        Button(NOT_SURE, ids.action_id(ids.NOT_SURE, name), press),
        Button("Skip the rest", ids.SKIP_REST, press, spoken="Skip this and all questions after it"),
    )


def _usual(asked: Question) -> str:
    labels = [f"“{choice.label}”" for choice in asked.choices]
    many = "Tick any of these" if asked.several else "The usual answers"
    return f"{many}: {listed(labels, 'or')}." if labels else ""


def answered(standing: Standing, name: str, post: int = 0) -> Document:
    """The same message once it needs no answer: the answer and a Change button, or that it is no longer needed.

    ``post``: its number. An answer that came in other words is shown with them: 250k a day → 7.6M calls a month. One
    that was said again further down stands there.
    """
    given = standing.given_to(name)
    if given is None:
        part: Text | Small = Small((Strong(f"{short(name)}:"), f" {_unanswered(standing, name)}"))
    elif is_below(standing, name, post):
        part = Small((Strong(f"{short(name)}:"), " said anew below."))
    else:
        is_open = standing.consultation.status not in ("decided", "moved", "void")
        line = answer_line(replace(given, words=in_their_words(standing, given)))
        part = Text(line, button=change(standing, name) if is_open else None)
    return Document((part,), "question", standing.consultation.version)


def _unanswered(standing: Standing, name: str) -> str:
    if standing.consultation.status == "set_aside" and standing.asking == name:
        return "not answered yet. This consultation is set aside."
    if standing.consultation.status == "moved" and standing.asking == name:
        return "asked in the channel now."
    if standing.asking == name:
        return "asked again below."
    if standing.is_advised or name in standing.advice.left_out:
        return "no longer needed: it cannot change this."
    return "not asked at the moment; something else comes first."
