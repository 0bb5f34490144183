"""What a workspace has set in place of our defaults, and how its admins change that."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from bot.conversation.conversation import Conversation
from bot.conversation.replies import Act, NotASetting, Nothing, Refused, Reply, WorkspaceSettings
from bot.decision_log.said import house_from
from bot.decision_log.scope import Scope
from core.answers import CaseError
from core.house import KEYS, check_house
from core.policy import Policy


def settings_of(conversation: Conversation, workspace: str) -> WorkspaceSettings:
    """What a workspace has set in place of our defaults, and who may change that."""
    scope = Scope.of_workspace(workspace)
    with conversation.log.reading(workspace) as tx:
        return WorkspaceSettings(tx.settings(scope), tx.last_set(scope, KEYS), conversation.admins(workspace))


def policy_of(conversation: Conversation, workspace: str, now: datetime.datetime) -> Policy:
    """The thresholds in force in a workspace."""
    with conversation.log.reading(workspace) as tx:
        return house_from(tx.settings(Scope.of_workspace(workspace))).policy_on(now.date())


def change_settings(conversation: Conversation, act: Act, values: Mapping[str, Any], *, seen: int) -> Reply:
    """Set the workspace's settings of these keys; ``None`` takes one back to our default.

    ``seen`` is the number of the newest setting that the person saw: of two who change the same at once the
    second is told. What is as asked already is not recorded again. Undecided consultations are drawn anew.
    """
    if act.user not in conversation.admins(act.workspace):
        return Refused("not_admin")
    scope = Scope.of_workspace(act.workspace)
    with conversation.log.writing(act.workspace) as tx:
        tx.hold_settings(scope)
        present = {setting.key: setting.value for setting in tx.settings(scope)}
        changed = {key: value for key, value in values.items() if present.get(key) != value}
        if tx.last_set(scope, tuple(changed)) > seen:
            return Refused("set_meanwhile", next(iter(changed)))
        after = {key: value for key, value in {**present, **changed}.items() if value is not None}
        try:
            check_house({key: after[key] for key in after if key in KEYS}, on=act.now.date())
        except CaseError as wrong:
            return NotASetting(wrong.key, wrong.expected)
        # Only now: a form that was refused is mended and sent again under the same key.
        if changed and tx.first_sight(act.workspace, act.key, act.now):
            tx.add_settings(scope, changed, act.user, act.now)
            tx.touch_undecided(scope, act.now)
    conversation.wake()
    return Nothing()
