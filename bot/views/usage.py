"""What the command answers besides the log: help, usage, and what went wrong and what to do next."""

from __future__ import annotations

from collections.abc import Mapping

from bot.views import ids
from bot.views.blocks import actions, button, context, message, section
from bot.views.message import Message
from bot.views.mrkdwn import escape, link, thread_link
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
    (f"{ids.COMMAND} show 42", "shows one decision whole"),
    (f"{ids.COMMAND} help", "shows this"),
)
IN_THREADS = (
    f"In a thread, mention @{APP} with the task, or choose “Decide in this thread” from a message's menu. "
    "What is posted can be seen by everyone in the channel; the log and this help only by you."
)


def help_message() -> Message:
    """What the app does and how to ask it."""
    return message(
        [ABOUT, *(f"{typed}: {does}." for typed, does in WAYS), IN_THREADS],
        [section(ABOUT), section(_ways()), context(IN_THREADS)],
    )


def _ways() -> str:
    return "\n".join(f"`{typed}` {does}" for typed, does in WAYS)


def usage(word: str) -> Message:
    """A word that is no subcommand: the ways to use the command, and a button that starts with it as the task."""
    said = f"“{escape(word, 120)}” is not one of my commands. Is it the task?"
    start = button("Start with this task", ids.START_TASK, Press(task=word[:300]), primary=True)
    return message(
        [said, *(f"{typed}: {does}." for typed, does in WAYS)],
        [section(said), actions(start), section(_ways())],
    )


def none_here() -> Message:
    """A word about a consultation, in a thread that has none."""
    return _sentence(
        "There is no consultation of mine in this thread. To start one here, mention me with what the model should do."
    )


def only_people() -> Message:
    """For a workflow or another app that mentions us."""
    return _sentence(
        f"I answer people, not workflows or other apps. Mention @{APP} with the task yourself, or type "
        f"`{ids.COMMAND}` with it in the channel."
    )


def not_yet(name: str) -> Message:
    """A subcommand that is planned."""
    return _sentence(
        f"I cannot do “{escape(name, 60)}” yet. `{ids.COMMAND} log` lists the decisions of this channel, and "
        f"`{ids.COMMAND} show` with a number shows one of them."
    )


def show_usage() -> Message:
    """ "show" without a number, or with something that is none."""
    return _sentence(
        f"Which one? Type `{ids.COMMAND} show 42` with the number of a decision. `{ids.COMMAND} log` lists them."
    )


INVITE = f"I'm not in this channel. Type `/invite @{APP}`, then run the command again."
NO_POSTS = "Only some people may post in this channel, and I may not. Whoever looks after it can let me."
NOT_ADMITTED = "Your organisation has not let me in here. One of its admins can."
CANNOT_POST: Mapping[str, str] = {
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


def cannot_post(word: str, task: str = "") -> Message:
    """The card could not be posted in this channel, so nothing was started."""
    why = CANNOT_POST.get(word, f"Slack does not let me post here ({escape(word, 80)}). Try another channel.")
    return _sentence(f"{why} Nothing was started.{_again(task)}")


def not_taken_yet(word: str, kind: str, task: str = "") -> Message:
    """The card could not be posted yet, and is kept."""
    why = (
        f"Slack does not accept me just now ({escape(word, 80)}): whoever runs me has to look at it."
        if kind == "token"
        else f"Slack does not take my message ({escape(word, 80)})."
    )
    return _sentence(f"{why} What you asked is kept, and comes as soon as it does.{_again(task)}")


def _again(task: str) -> str:
    return f" Your task was: {escape(task, 1_000)}" if task else ""


def could_not_save() -> Message:
    """The database could not be written; nothing is half stored."""
    return _sentence(
        "I could not save that, so nothing has changed. Please press or send it again in a moment."
    )


def not_installed() -> Message:
    """A command, click or form from a place that the app is not installed in."""
    return _sentence(f"{APP} is not installed in this workspace. Ask whoever runs it to add it here.")


def not_yet_reached() -> Message:
    """The app has just started, and Slack has not said yet where it is installed."""
    return _sentence(
        "I have just started and cannot reach Slack yet. Nothing was changed; please try again in a moment."
    )


def too_late() -> Message:
    """A form that Slack would not open any more."""
    return _sentence("Slack was too slow to open the form. Nothing was changed; please press again.")


def nothing_ticked() -> Message:
    """ "That is all" with nothing ticked."""
    return _sentence("Nothing is ticked. Tick what applies first, or press “None of these”.")


def in_thread() -> Message:
    """The command came from a place where it cannot start a thread."""
    return _sentence(
        f"A command cannot start inside a thread. Mention @{APP} here with the task, or choose “Decide in this thread” "
        "from the menu of a message."
    )


def cannot_see() -> Message:
    """A button or link of a consultation that is not this channel's, or is gone."""
    return _sentence(
        "I cannot find that in this channel. It may belong to another one, or never have been started."
    )


def out_of_date() -> Message:
    """A click on a message that shows what is no longer so."""
    return _sentence(
        "That message is out of date. The card at the top of the thread shows where things stand now."
    )


def already_here() -> Message:
    """The thread has a consultation already."""
    return _sentence(
        "This thread has a consultation already. Reply in it, or start a new one in the channel."
    )


def old_copy(root: tuple[str, str] | None) -> Message:
    """The task was said under a card that was sent twice. ``root``: channel and ts of the one that counts, if known."""
    if root is None:
        where = "Please go on under the newer one, further down in this channel."
    else:
        where = f"Please go on under {link(thread_link(*root), 'the newer one')}."
    return _sentence(f"This card is an old copy of one that I sent twice, so I started nothing here. {where}")


def what_is_the_task() -> Message:
    """A mention, or a shortcut on a message, without any words."""
    return _sentence(f"What is the task? Say it in a few words, such as: @{APP} classify support tickets")


def failed(reference: str) -> Message:
    """Something broke; ``reference`` finds it in the log of the app."""
    return _sentence(
        "Something went wrong on my side, and I am sorry. Please try again. If it happens again, tell whoever runs "
        f"this app: error {escape(reference, 60)}."
    )


def _sentence(said: str) -> Message:
    """A message of one sentence; where there are no blocks Slack draws the text itself."""
    return message([said.replace("`", "")], [section(said)])
