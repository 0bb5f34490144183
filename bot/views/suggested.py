"""What a reply may mean, as buttons right under it; from the second miss on, every answer that there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.conversation.posts import Suggested
from bot.conversation.standing import Standing
from bot.views import ids
from bot.views.document import Button, Buttons, Document, Part, Person, Small, Text
from bot.views.phrases import QUESTIONS, listed, sentence_case, short
from bot.views.press import Press
from bot.views.question import usual_answers
from core.questions import Question
from core.reading.echo import say_values

SHORTEST_LABEL = 3
"""Characters up to which the label of a usual answer says too little by itself: Yes, No."""


def suggested(standing: Standing, about: Suggested) -> Document:
    """The note while its question is open, and one line once it is answered."""
    if not _is_open(standing, about):
        settled = Small(f"No longer open; see the answer to: {short(about.question)}.")
        return Document((settled,), "note", standing.consultation.version)
    asked = QUESTIONS[about.question].under(standing.advice.policy)
    press = Press(standing.consultation.id, asked.name, about.answered_by)
    parts: tuple[Part | None, ...] = (
        Text((Person(about.by), f", {_lead(about)}"), title=asked.asks),
        *((_meant(asked, press, about),) if about.offered else usual_answers(asked, press)),
        Small(f"Or say it in another way, for instance: {asked.example}"),
    )
    return Document(parts, "note", standing.consultation.version)


def _is_open(standing: Standing, about: Suggested) -> bool:
    is_same = standing.seq_of(about.question) == about.answered_by
    return is_same and standing.asking == about.question and standing.consultation.status == "open"


def _lead(about: Suggested) -> str:
    """What leads to the buttons; no two in a row say the same."""
    if about.offered:
        return "do you mean one of these?" if len(about.offered) > 1 else "do you mean this?"
    if about.miss == 1:
        return "I am not sure what that says about this."
    if about.miss % 2 == 0:
        return "these are all the answers."
    return "please pick the one that comes closest."


def _meant(asked: Question, press: Press, about: Suggested) -> Buttons:
    labels = [_label(asked, values) for values in about.meant]
    every = Button("All answers…", ids.action_id(ids.FORM, asked.name), press)
    return Buttons(
        (
            *(
                Button(
                    label,
                    ids.action_id(ids.ANSWER, asked.name, f"meant{number}"),
                    replace(press, values=values),
                )
                for number, (label, values) in enumerate(zip(labels, about.meant, strict=True), 1)
            ),
            every,
        ),
        f"It may be {listed([f'“{label}”' for label in labels], 'or')}.",
    )


def _label(asked: Question, values: Mapping[str, Any]) -> str:
    usual = next((one.label for one in asked.choices if dict(one.values) == dict(values)), "")
    if len(usual) > SHORTEST_LABEL and not asked.several:
        return usual
    return sentence_case(say_values(values))
