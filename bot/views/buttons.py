"""The buttons of several messages, and what stands on them; a sentence that names one takes its words from here."""

from __future__ import annotations

from bot.conversation.standing import Standing
from bot.views import ids
from bot.views.document import Button
from bot.views.phrases import headline, short
from bot.views.press import Press

NOT_SURE = "Not sure"
NOT_NOW = "Not now"
NONE = "None of these"
CHANGE = "Change"
TAKE_BACK = "Take it back"
CHANGE_ANY = "Change an answer"
REASONS = "Why"
OTHERWISE = "We decided otherwise"
CASE_AGAINST = "The case against"
WOULD_CHANGE = "What would change it"
COSTS = "Costs"
ASSUMPTIONS = "Assumptions"


def change(standing: Standing, question: str, label: str = CHANGE) -> Button:
    """The button that changes an answer."""
    press = Press(standing.consultation.id, question, standing.seq_of(question))
    name = short(question)
    spoken = f"Change {name[:1].lower()}{name[1:]}"
    return Button(label, ids.action_id(ids.CHANGE, question), press, spoken=spoken)


def take_back(standing: Standing, question: str, label: str = TAKE_BACK) -> Button:
    """The button that takes an answer back."""
    press = Press(standing.consultation.id, question, standing.seq_of(question))
    name = short(question)
    spoken = f"Take back {name[:1].lower()}{name[1:]}"
    return Button(label, ids.action_id(ids.TAKE_BACK, question), press, spoken=spoken)


def deciding(standing: Standing) -> tuple[Button, ...]:
    """Accept, We decided otherwise…, Not now."""
    press = Press(standing.consultation.id)
    accept = f"Accept: {headline(standing.advice.verdict)}"
    return (
        Button("Accept", ids.ACCEPT, press, primary=True, spoken=accept),
        Button(f"{OTHERWISE}…", ids.OTHERWISE, press),
        Button(NOT_NOW, ids.NOT_NOW, press, spoken=f"{NOT_NOW}: set this aside"),
    )


def change_any(standing: Standing) -> Button:
    """The button that opens the choice of an answer to change."""
    return Button(f"{CHANGE_ANY}…", ids.CHANGE_ANY, Press(standing.consultation.id))


def looking_into(standing: Standing, *, is_open: bool = True) -> tuple[Button, ...]:
    """What can be looked into, each on a page of its own; while it is open, the assumptions can be changed too."""
    press = Press(standing.consultation.id)
    return (
        Button(REASONS, ids.REASONS, press, spoken="Why this verdict"),
        Button(WOULD_CHANGE, ids.WOULD_CHANGE, press),
        Button(CASE_AGAINST, ids.CASE_AGAINST, press),
        Button(COSTS, ids.COSTS, press),
        *((Button(f"{ASSUMPTIONS}…", ids.ASSUMPTIONS, press),) if is_open else ()),
    )
