"""Taking what was thought alone to a channel: the button, its form, and where it goes on."""

from __future__ import annotations

from bot.conversation.posts import NotTaken, TakenThere
from bot.conversation.replies import Moved
from bot.conversation.standing import Standing, taken_to
from bot.views import ids
from bot.views.document import (
    Button,
    Channel,
    ChannelPicker,
    Document,
    Field,
    Form,
    Said,
    Small,
    Text,
    Words,
    sentence,
)
from bot.views.forms import State
from bot.views.phrases import thread
from bot.views.press import Press
from bot.views.usage import CANNOT_POST, INVITE, INVITED
from core.wording import counted

TAKE = "Take it to a channel"
ALONE = "Only you see this. Take it to a channel when you want others to answer, or to decide with you."
NO_CHANNEL = sentence("That is a direct message. Please choose a channel.")


def take(standing: Standing) -> tuple[Button, ...]:
    """The button, on what somebody thinks alone; none once it is on its way."""
    consultation = standing.consultation
    if not consultation.is_alone or taken_to(consultation) is not None:
        return ()
    return (Button(f"{TAKE}…", ids.TAKE_ALONG, Press(consultation.id)),)


def take_form(standing: Standing, carries: str) -> Form:
    """In which channel it is to go on, and what everyone there will see."""
    answers = f" and {counted(len(standing.given), 'answers')} of yours" if standing.given else ""
    seen = f"A card with the task{answers} is posted there, in your name. It does not link to this chat."
    picker = Field(ids.CHANNEL, "Which channel?", ChannelPicker(), "I have to be in it.", optional=False)
    task = Text(Said(f"Task: {standing.consultation.task}"))
    return Form(TAKE, (task, picker, Small(seen)), ids.TAKE_FORM, "Take it there", carries)


def read_take_form(state: State) -> str:
    """The channel that was chosen; "" for none."""
    return str(state.get(ids.CHANNEL) or "")


def goes_on(there: TakenThere | Moved) -> Words:
    """Where it goes on."""
    if there.root_ts is None:
        return ("This is on its way to ", Channel(there.channel), ".")
    way = thread(there.channel, there.root_ts, "open the thread")
    return ("This was taken to ", Channel(there.channel), " and goes on there: ", way, ".")


def moved(there: Moved) -> Document:
    """For whoever presses something of what was taken along."""
    return sentence(goes_on(there))


def taken_there(standing: Standing) -> Document:
    """The same in the direct message, when it is there and whenever somebody goes on here."""
    there = taken_to(standing.consultation)
    said = goes_on(there) if isinstance(there, TakenThere) else "This is on its way to a channel."
    return Document((Text(said),), "note", standing.consultation.version)


def not_taken(standing: Standing, about: NotTaken) -> Document:
    """Why the card could not be posted in the channel, and what to do."""
    unheard_of = ("Slack does not let me post there (", Said(about.word, 80), "). Try another channel.")
    found = CANNOT_POST.get(about.word, unheard_of)
    again = f" there, then press “{TAKE}…” once more."
    why: Words = (INVITED, again) if found is INVITE else found
    told = (
        "I could not take this to ",
        Channel(about.channel),
        ". ",
        why,
        " Nothing is lost: all of it is still here.",
    )
    return Document((Text(told),), "note", standing.consultation.version)
