"""What the command answers besides the log: help, usage, and what went wrong and what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from bot.views import ids
from bot.views.buttons import NONE
from bot.views.document import (
    Button,
    Buttons,
    Channel,
    Document,
    Said,
    Small,
    Text,
    Typed,
    Words,
    joined,
    sentence,
)
from bot.views.phrases import thread
from bot.views.press import Press

APP = "Tune or Prompt"

ABOUT = (
    f"{APP} works out with your team whether to fine-tune a model or to write a good prompt. It asks only what can "
    "still change the answer, compares the costs, and keeps the decision where the channel can find it."
)

WAYS = (
    (f"{ids.COMMAND} classify support tickets", "starts with that task in the channel where you type it"),
    (ids.COMMAND, "opens a form with all questions at once"),
    (f"{ids.COMMAND} log", "lists the decisions of the channel"),
    (
        f"{ids.COMMAND} log tickets verdict:fine-tune since:2026-06",
        "finds some of them, by words and filters",
    ),
    (f"{ids.COMMAND} show 42", "shows one decision whole"),
    (f"{ids.COMMAND} stats", "counts them by verdict, status and outcome"),
    (f"{ids.COMMAND} export csv", "writes them out; md and json do too"),
    (f"{ids.COMMAND} help", "shows this"),
)
ASK = (
    f"The log can be asked in plain words too: “@{APP} what did we decide about tickets?”, "
    "“which fine-tunes paid off?”, “overridden since June”."
)
IN_THREADS = (
    f"In a thread, mention @{APP} with the task, or choose “Decide in this thread” from a message's menu. "
    "What is posted can be seen by everyone in the channel; the log and this help only by you."
)
ALONE = "To think alone first, start in your direct message with me: only you see it."


def help_message() -> Document:
    """What the app does and how to ask it."""
    return Document((Text(ABOUT), Text(ways()), Small(ASK), Small(IN_THREADS), Small(ALONE)))


def ways() -> Words:
    """The ways to use the command, a line each."""
    return joined("\n", ((Typed(typed), f" {does}") for typed, does in WAYS))


def usage(word: str) -> Document:
    """A word that is no subcommand: the ways to use the command, and a button that starts with it as the task."""
    start = Button("Start with this task", ids.START_TASK, Press(task=word[:300]), primary=True)
    said = ("“", Said(word, 120), "” is not one of my commands. Is it the task?")
    return Document((Text(said), Buttons((start,)), Text(ways())))


NONE_HERE = sentence(
    "There is no consultation of mine here to say that to. To start one, mention me with what the model should do, "
    f"such as: @{APP} classify support tickets. If that was the task, write ",
    *(Typed("task:"), " before it."),
)
"""For a word to a consultation, an answer or small talk where there is none."""

WHAT_TO_WRITE = sentence(
    "Hello. Tell me in a few words what the model should do, such as: classify support tickets. I ask what matters, "
    "and only you see it. “help” shows what else you can write."
)
"""For small talk in a direct message."""


def go_on(root: tuple[str, str], task: str) -> Document:
    """Small talk in a direct message while something is open there."""
    there = thread(*root, "go on in its thread")
    return sentence("Hello. “", Said(task, 200), "” is open: ", there, ", or write another task.")


def taken_there(root: tuple[str, str], task: str) -> Document:
    """An answer that was written beside its thread."""
    return sentence("I took that for “", Said(task, 200), "”. ", thread(*root, "Go on in its thread"), ".")


HEARS_NOTHING_HERE = sentence(
    "I cannot hear what is typed here: that takes the optional permission im:history, which whoever runs me can add. "
    "Until then type ",
    *(Typed(f"{ids.COMMAND} classify support tickets"), " here, and answer by button. Only you see it."),
)
"""Under the app's Messages, once, where what is typed there does not reach it."""

ONLY_PEOPLE = sentence(
    f"I answer people, not workflows or other apps. Mention @{APP} with the task yourself, or type ",
    *(Typed(ids.COMMAND), " with it in the channel."),
)
"""For a workflow or another app that mentions us."""


WHICH_ONE = sentence(
    *("Which one? Type ", Typed(f"{ids.COMMAND} show 42"), " with the number of a decision. "),
    *(Typed(f"{ids.COMMAND} log"), " lists them."),
)
""" "show" without a number, or with something that is none."""


INVITED: Words = ("I'm not in this channel. Type ", Typed(f"/invite @{APP}"))
INVITE: Words = (INVITED, ", then run the command again.")
NO_POSTS = "Only some people may post in this channel, and I may not. Whoever looks after it can let me."
NOT_ADMITTED = "Your organisation has not let me in here. One of its admins can."
CANNOT_POST: Mapping[str, Words] = {
    "not_in_channel": INVITE,
    "channel_not_found": INVITE,
    "is_archived": "This channel is archived, so nobody can post in it.",
    "restricted_action": NO_POSTS,
    "restricted_action_read_only_channel": NO_POSTS,
    "no_permission": NO_POSTS,
    "not_allowed": NO_POSTS,
    "access_denied": NO_POSTS,
    "restricted_action_thread_only_channel": (
        f"This channel takes new messages only in threads. Mention @{APP} with the task in one."
    ),
    "restricted_action_non_threadable_channel": "This channel has no threads, and I ask in one.",
    "cannot_reply_to_message": "This message cannot be replied to, and I ask in a thread.",
    "restricted_action_thread_locked": "This thread is locked.",
    "thread_not_found": "This thread is not there any more.",
    "team_access_not_granted": NOT_ADMITTED,
    "ekm_access_denied": "Your organisation keeps the key to this channel's messages, and has closed it.",
    "messages_tab_disabled": "I take no direct messages here.",
    "message_limit_exceeded": "This workspace has reached its limit of messages.",
    "external_channel_migrating": "Slack is moving this channel just now.",
}
"""Why the app cannot post in a channel, by Slack's word for it."""


BETWEEN_OTHERS = (
    "I cannot write in a direct message of others. Write to me directly, or start in a channel where I am."
)


def cannot_post(word: str, task: str = "", *, is_direct: bool = False) -> Document:
    """The card could not be posted in this channel, so nothing was started. ``is_direct``: in a direct message."""
    unheard_of = ("Slack does not let me post here (", Said(word, 80), "). Try another channel.")
    why = CANNOT_POST.get(word, unheard_of)
    if why is INVITE and is_direct:
        why = BETWEEN_OTHERS
    return sentence(why, " Nothing was started.", _again(task))


def cannot_share(word: str) -> Document:
    """What somebody wanted to share could not be posted in the channel."""
    unheard_of = ("Slack does not let me post there (", Said(word, 80), ").")
    return sentence(CANNOT_POST.get(word, unheard_of), " Nothing was shared.")


def not_taken_yet(word: str, kind: str, task: str = "") -> Document:
    """The card could not be posted yet, and is kept."""
    why: Words = ("Slack does not take my message (", Said(word, 80), ").")
    if kind == "token":
        why = ("Slack does not accept me just now (", Said(word, 80), "): whoever runs me has to look at it.")
    return sentence(why, " What you asked is kept, and comes as soon as it does.", _again(task))


def kept_here(word: str, kind: str) -> Document:
    """The thread takes nothing more just now; what somebody said in it is kept."""
    why = CANNOT_POST.get(word)
    if why is INVITE:
        return sentence(INVITED, ". What you said is kept, and I go on in the thread then.")
    if why is None and kind == "token":
        who = "whoever runs me has to look at it"
        why = ("Slack does not accept me just now (", Said(word, 80), f"): {who}.")
    elif why is None:
        why = ("Slack does not take my answer in this thread (", Said(word, 80), ").")
    return sentence(why, " What you said is kept, and I go on in the thread as soon as I can.")


def in_private(channel: str, told: Document) -> Document:
    """What would have been said to one person in a channel that lets us say nothing."""
    return Document((Small(("About ", Channel(channel), ", where I may not post:")), *told.parts))


def _again(task: str) -> Words:
    return (" Your task was: ", Said(task, 1_000)) if task else ""


COULD_NOT_SAVE = sentence(
    "I could not save that, so nothing has changed. Please press or send it again in a moment."
)
"""The database could not be written; nothing is half stored."""
NOT_INSTALLED = sentence(f"{APP} is not installed in this workspace. Ask whoever runs it to add it here.")
"""A command, click or form from a place that the app is not installed in."""
NOT_YET_REACHED = sentence(
    "I have just started and cannot reach Slack yet. Nothing was changed; please try again in a moment."
)
"""The app has just started, and Slack has not said yet where it is installed."""
INSTALL_AGAIN = sentence(
    f"Slack does not accept {APP} here any more. Nothing was changed; ask whoever installed it to install it once more."
)
"""The tokens of an installation are lost, and only its installer can get new ones."""
TOO_LATE = sentence("Slack was too slow to open the form. Nothing was changed; please press again.")
"""A form that Slack would not open any more."""
NOT_TOLD_IN_TIME = sentence(
    "Slack did not take my answer in time. Nothing is lost; please try again in a moment."
)
"""What is answered at once, by a Slack that is slow or away."""
STILL_AT_IT = sentence("I am at work on that already. Please give me a moment.")
"""The same thing came once more while it is being answered."""
NOTHING_TICKED = sentence(f"Nothing is ticked. Tick what applies first, or press “{NONE}”.")
""" "That is all" with nothing ticked."""
IN_THREAD = sentence(
    f"A command cannot start inside a thread. Mention @{APP} here with the task, or choose “Decide in this thread” "
    "from the menu of a message."
)
"""The command came from a place where it cannot start a thread."""
CANNOT_SEE = sentence(
    "I cannot find that in this channel. It may belong to another one, or never have been started."
)
"""A button or link of a consultation that is not this channel's, or is gone."""
OUT_OF_DATE = sentence(
    "That message is out of date. The card at the top of the thread shows where things stand now."
)
"""A click on a message that shows what is no longer so."""
ALREADY_HERE = sentence(
    "This thread has a consultation already. Reply in it, or start a new one in the channel."
)
"""The thread has a consultation already."""


def old_copy(root: tuple[str, str] | None) -> Document:
    """The task was said under a card that was sent twice. ``root``: channel and ts of the one that counts, if known."""
    newer: Words = (
        "the newer one, further down in this channel" if root is None else thread(*root, "the newer one")
    )
    return sentence(
        "This card is an old copy of one that I sent twice, so I started nothing here. Please go on under ",
        *(newer, "."),
    )


WHAT_IS_THE_TASK = sentence(
    f"What is the task? Say it in a few words, such as: @{APP} classify support tickets"
)
"""A mention, or a shortcut on a message, without any words."""


def failed(reference: str) -> Document:
    """Something broke; ``reference`` finds it in the log of the app."""
    return sentence(
        "Something went wrong on my side, and I am sorry. Please try again. If it happens again, tell whoever runs "
        f"this app: error {reference}."
    )
