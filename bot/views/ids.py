"""Every name by which Slack and the app know the same thing: commands, shortcuts, events, actions, forms.

A test holds these against manifest.yml and against the listeners, both ways. An action id is a name and, after colons,
what it is about: ``answer:prompt_examples:few``. It is unique within its message.
"""

from __future__ import annotations

import re

COMMAND = "/tune-or-prompt"
COMMANDS = (COMMAND,)

START_DECISION = "start_decision"
DECIDE_IN_THREAD = "decide_in_thread"
GLOBAL_SHORTCUTS = (START_DECISION,)
MESSAGE_SHORTCUTS = (DECIDE_IN_THREAD,)

APP_HOME_OPENED = "app_home_opened"
APP_MENTION = "app_mention"
APP_UNINSTALLED = "app_uninstalled"
TOKENS_REVOKED = "tokens_revoked"
MESSAGE_CHANNELS = "message.channels"
MESSAGE_GROUPS = "message.groups"
MESSAGE_IM = "message.im"
CHANNEL_ID_CHANGED = "channel_id_changed"
EVENTS = (
    APP_HOME_OPENED,
    APP_MENTION,
    APP_UNINSTALLED,
    CHANNEL_ID_CHANGED,
    MESSAGE_CHANNELS,
    MESSAGE_GROUPS,
    MESSAGE_IM,
    TOKENS_REVOKED,
)
"""As the manifest names them; all three message events reach listeners as ``message``."""

START_FORM = "start_form"
QUESTION_FORM = "question_form"
OVERRIDE_FORM = "override_form"
ASSUMPTIONS_FORM = "assumptions_form"
SETTINGS_FORM = "settings_form"
WITHDRAW_FORM = "withdraw_form"
SEARCH_FORM = "search_form"
OUTCOME_FORM = "outcome_form"
ASK_LATER_FORM = "ask_later_form"
LINK_FORM = "link_form"
TAKE_FORM = "take_form"
FORMS = (
    START_FORM, QUESTION_FORM, OVERRIDE_FORM, SETTINGS_FORM, ASSUMPTIONS_FORM, WITHDRAW_FORM, SEARCH_FORM,
    OUTCOME_FORM, ASK_LATER_FORM, LINK_FORM, TAKE_FORM,
)  # fmt: skip
"""Callback ids of the forms."""

HOME = "home"

# Actions. In brackets: what follows the name.
ANSWER = "answer"
"""[question, choice id] A usual answer was pressed."""
FORM = "form"
"""[question] Open the form of a question."""
NOT_SURE = "not_sure"
TAKE_BACK = "take_back"
"""[question] The answer is "not sure"."""
PICK = "pick"
"""[question] A tick in a list from which several may be picked: nothing to do until ``PICKED``."""
PICKED = "picked"
"""[question] That is all: take what is ticked. The ticks are in the state of the message, see ``PICK``.

[question, ``NONE``] None of them applies.
"""
NONE = "none"
CHANGE = "change"
"""[question] Change an answer."""
CHANGE_ANY = "change_any"
"""Open the page on which the answer to change is chosen."""
CHANGE_WHICH = "change_which"
"""On that page: turn to the form of the question that was chosen."""
REASONS = "reasons"
"""Open the page with the path to the verdict, its thresholds and sources."""
SKIP_REST = "skip_rest"
ACCEPT = "accept"
OTHERWISE = "otherwise"
"""Open the form "we decided otherwise"."""
NOT_NOW = "not_now"
RESUME = "resume"
"""Take up a consultation that was set aside."""
TAKE_ALONG = "take_along"
"""Open the form that takes what was thought alone to a channel."""
CASE_AGAINST = "case_against"
"""Open the page with every point against the verdict."""
WOULD_CHANGE = "would_change"
"""Open the page with everything that would change the verdict."""
COSTS = "costs"
"""Open the page on which one option's costs add up, line by line."""
COSTS_OF = "costs_of"
"""On that page: turn to another option."""
EVIDENCE = "evidence"
"""[place] How a dropped file is to be read; place -1: not at all."""
RIGHT = "right"
"""What was understood is right: store the values that the button carries."""
WRONG = "wrong"
"""What was understood is not right."""
ASSUMPTIONS = "assumptions"
"""Open the form of everything that the costs assume."""
ADOPT = "adopt"
"""Take the values of a what-if as answers."""
LOG_PAGE = "log_page"
"""[older | newer | every] Another page of the log, in place; ``EVERY``: the first, whatever was looked for."""
SHARE_LOG = "share_log"
"""Post what was found in the channel."""
# In the next ones: [number], or elsewhere than in its channel [number, channel].
SHOW = "show"
"""Show one decision of the log."""
REOPEN = "reopen"
"""Take a decision up again in a new consultation."""
WITHDRAW = "withdraw"
"""Open the form that takes a decision back."""
TODAY = "today"
"""Work a decision out again with today's prices."""
SHARE = "share"
"""Post a short card of a decision in its channel."""
COSTS_THEN = "costs_then"
"""Open the page on which the costs add up that a decision was made on."""
EXPORT_ONE = "export_one"
"""Ask how one decision is to be written out."""
OUTCOME = "outcome"
"""Open the form that says how a decision turned out."""
CANNOT_TELL = "cannot_tell"
"""Record that nobody can tell yet."""
TAKE_OUTCOME_BACK = "take_outcome_back"
"""What was recorded of how it turned out counts no more."""
ASK_LATER = "ask_later"
"""Open the form that says when to ask how it turned out."""
NEVER_ASK = "never_ask"
"""Do not ask how it turned out."""
LINK = "link"
"""Open the form for a link to what came of it."""
USE_FACTOR = "use_factor"
"""[key of an assumption] Reckon with the factor that guesses of hours ran by; the button carries the hours."""
POST_EXPORT = "post_export"
"""[format] Post a file of what the button's query finds; [md, number, channel]: of one decision."""
SHOW_EXPORT = "show_export"
"""The same as a text that only one person sees."""
HOME_PAGE = "home_page"
"""[older | newer | every] Another page of the decisions on App Home."""
HOME_SEARCH = "home_search"
"""Open the form that searches them."""
START_TASK = "start_task"
"""Start with the task that the button carries."""
START_EMPTY = "start_empty"
"""Open the start form for this channel."""
HOME_START = "home_start"
"""Open the start form with a channel picker."""
SETTINGS = "settings"
"""[group] Open the form of a group of the workspace's settings."""
SETTING_DEFAULT = "setting_default"
"""[key] Take one of the workspace's settings back to the default."""

ACTIONS = (
    ANSWER, FORM, NOT_SURE, TAKE_BACK, PICK, PICKED, CHANGE, CHANGE_ANY, CHANGE_WHICH, REASONS,
    SKIP_REST, ACCEPT, OTHERWISE, NOT_NOW, RESUME, TAKE_ALONG,
    CASE_AGAINST, WOULD_CHANGE, COSTS, COSTS_OF, EVIDENCE, RIGHT, WRONG, ASSUMPTIONS, ADOPT, LOG_PAGE, SHARE_LOG,
    SHOW, REOPEN, WITHDRAW, TODAY, COSTS_THEN, SHARE, EXPORT_ONE, OUTCOME, CANNOT_TELL, TAKE_OUTCOME_BACK, ASK_LATER,
    NEVER_ASK, LINK, USE_FACTOR, POST_EXPORT, SHOW_EXPORT, HOME_PAGE, HOME_SEARCH, START_TASK,
    START_EMPTY, HOME_START, SETTINGS, SETTING_DEFAULT,
)  # fmt: skip
"""The names of all actions: the part of an action id before its first colon."""

OLDER = "older"
NEWER = "newer"
EVERY = "every"


def action_id(name: str, *about: str) -> str:
    """The action id of ``name`` about something: ``answer:prompt_examples:few``."""
    return ":".join((name, *about))


def read_action_id(action: str) -> tuple[str, tuple[str, ...]]:
    """The name and what it is about; the inverse of :func:`action_id`."""
    name, *about = action.split(":")
    return name, tuple(about)


def pattern(name: str) -> re.Pattern[str]:
    """What a listener for an action is registered with: every action id of this name."""
    return re.compile(rf"^{re.escape(name)}(:.*)?$")


# Block ids of forms: errors are reported under them.
TASK = "task"
CHANNEL = "channel"
VERDICT = "verdict"
WHY = "why"
QUERY = "query"
SHIPPED = "shipped"
CORRECT = "correct"
TOTAL = "total"
BILL = "bill"
HOURS = "hours"
AGAIN = "again"
WHEN = "when"
URL = "url"
NOTE = "note"
VALUE = "value"
"""The action id of every field in a form; the block id says which field it is."""


def choice_block(question: str) -> str:
    """The block of a question's usual answers in a form."""
    return f"choice:{question}"


def number_block(key: str) -> str:
    """The block of one number in a form."""
    return f"number:{key}"


def assumption_block(key: str) -> str:
    """The block of one of a consultation's assumptions in a form."""
    return f"assumption:{key}"


def setting_block(key: str) -> str:
    """The block of one of the workspace's settings in a form."""
    return f"setting:{key}"
