"""What the command answers besides the log: help, usage, and what went wrong and what to do next."""

from __future__ import annotations

from bot.views.message import Message


def help_message() -> Message:
    """What the app does and how to ask it."""
    raise NotImplementedError


def usage(word: str) -> Message:
    """A word that is no subcommand: the ways to use the command, and a button that starts with it as the task."""
    raise NotImplementedError


def show_usage() -> Message:
    """"show" without a number, or with something that is none."""
    raise NotImplementedError


def not_in_channel() -> Message:
    """The card could not be posted."""
    raise NotImplementedError


def could_not_save() -> Message:
    """The database could not be written; nothing is half stored."""
    raise NotImplementedError


def in_thread() -> Message:
    """The command came from a place where it cannot start a thread."""
    raise NotImplementedError


def cannot_see() -> Message:
    """A button or link of a consultation that is not this channel's, or is gone."""
    raise NotImplementedError


def out_of_date() -> Message:
    """A click on a message that shows what is no longer so."""
    raise NotImplementedError


def already_here() -> Message:
    """The thread has a consultation already."""
    raise NotImplementedError


def what_is_the_task() -> Message:
    """A mention, or a shortcut on a message, without any words."""
    raise NotImplementedError


def started(channel: str) -> Message:
    """For who started from elsewhere: where the card is."""
    raise NotImplementedError


def failed(reference: str) -> Message:
    """Something broke; ``reference`` finds it in the log of the app."""
    raise NotImplementedError
