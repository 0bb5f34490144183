"""Slack beyond one workspace: another company with which channels are shared, and an organisation of workspaces.

Whoever is from elsewhere takes part in shared channels like anybody; what Slack sends of it names their workspace,
or the one that made the channel, in the places where ours would stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.sandbox.workspace import Channel, User, Workspace

PARTNER = "TGLOBEX"
ORGANISATION = "EACME"
SISTER = "TACMELABS"
"""Another workspace of our organisation."""


def share(workspace: Workspace) -> None:
    """Two channels are shared with another company: one that we made, and one that they made."""
    workspace.users["UPIA"] = User("UPIA", "pia", "Pia (Globex)", team_id=PARTNER, is_external=True)
    for channel in (
        Channel("CWITHGLOBEX", "with-globex", "Shared with Globex", bot_is_member=True, is_shared=True),
        Channel(
            "CGLOBEX",
            "globex-acme",
            "Globex made it and shares it with us",
            bot_is_member=True,
            is_shared=True,
            made_by=PARTNER,
        ),
    ):
        workspace.channels.setdefault(channel.id, channel)
    workspace.changed()


def join_organisation(workspace: Workspace) -> None:
    """The workspace is one of an organisation's, for the whole of which the app is installed."""
    workspace.settings.enterprise_id = ORGANISATION
    workspace.settings.is_enterprise_install = True
    workspace.users["USAM"] = User("USAM", "sam", "Sam (Acme Labs)", team_id=SISTER)
    everywhere = Channel(
        "CALLACME",
        "all-acme",
        "For every workspace of Acme",
        bot_is_member=True,
        is_shared=True,
        made_by=SISTER,
    )
    workspace.channels.setdefault(everywhere.id, everywhere)
    workspace.changed()


def join_one_organisation(workspaces: Sequence[Workspace]) -> None:
    """These workspaces are those of an organisation, and the app may be installed for all of it."""

    def join(workspace: Workspace) -> None:
        workspace.settings.enterprise_id = ORGANISATION

    for workspace in workspaces:
        workspace.begins_with.append(join)
        join(workspace)


def share_among(workspaces: Sequence[Workspace]) -> None:
    """One channel is in all of these workspaces, and everybody in it is known in each of them."""
    first = workspaces[0]
    abroad = [
        replace(
            user,
            name=home.own(f"{user.name}-"),
            real_name=f"{user.real_name} ({home.name})",
            is_external=True,
        )
        for home in workspaces
        for user in home.people
    ]

    def share_in(workspace: Workspace) -> None:
        shared = Channel(
            "CTOGETHER", "together", "Everybody's", bot_is_member=True, is_shared=True, made_by=first.team_id
        )
        workspace.channels.setdefault(shared.id, shared)
        for user in abroad:
            workspace.users.setdefault(user.id, replace(user))

    for workspace in workspaces:
        workspace.begins_with.append(share_in)
        share_in(workspace)
