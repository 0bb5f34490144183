"""Whose a payload is: the installation decides, not whoever acted nor whoever made the channel.

In a channel that is shared with another company the outer ids of an event, and the person's own, may be that company's.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.slack.installation import AtHand, Known, Named, Place, Tenant
from bot.slack.listeners.incoming import Kind, Origin


def whose(origin: Origin, installed: AtHand) -> Known | None:
    """The installation that something is for; ``None``: none of ours.

    Raises what :meth:`AtHand.candidates` does.
    """
    candidates = installed.candidates(named(origin))
    return next((one for one in candidates if is_ours(origin, one.tenant)), None)


def named(origin: Origin) -> Named:
    """What a payload names that may tell whose it is.

    A message's author and a thread's are believed before any id: where a channel is shared by two that have the app,
    the ids may be those of the other.
    """
    return Named(
        tuple(dict.fromkeys(id_ for id_ in _ids(origin) if id_)),
        bot=origin.posted_by or origin.opened_by,
        bot_user=origin.under,
    )


def _ids(origin: Origin) -> Iterator[str]:
    if origin.opened_in:
        yield origin.opened_in
    for place in (*origin.authorizations, origin.place):
        yield from (place.enterprise, place.team) if origin.org_wide else (place.team, place.enterprise)


def is_ours(origin: Origin, tenant: Tenant) -> bool:
    """Whether what came from there is for this installation."""
    if origin.app and tenant.app and origin.app != tenant.app:
        return False
    if tenant.bot_user and origin.under == tenant.bot_user:
        return True
    match origin.kind:
        case Kind.EVENT if origin.authorizations:
            return any(tenant.covers(place) for place in origin.authorizations)
        case Kind.EVENT | Kind.COMMAND | Kind.SHORTCUT:
            return tenant.covers(origin.place)
        case Kind.FORM | Kind.CLICK:
            return not origin.opened_in or _opened_it(origin, tenant)
        case Kind.GREETING:
            return True


def _opened_it(origin: Origin, tenant: Tenant) -> bool:
    """Whether a form is ours. Without one, a click is on a message of ours: nobody else's carry our buttons.

    It is known by the bot that opened it; the workspace that it names may be another in which the app is installed too,
    and an organisation does not say which workspaces are its own.
    """
    if tenant.bot and origin.opened_by == tenant.bot:
        return True
    return tenant.covers(Place(origin.opened_in, origin.place.enterprise))


def foreign_id(origin: Origin, tenant: Tenant | None) -> str:
    """What to call the place of a payload that is not ours: its app, workspace or organisation."""
    if tenant is not None and origin.app and tenant.app and origin.app != tenant.app:
        return origin.app
    [place, *_] = (*origin.authorizations, origin.place)
    return origin.opened_in or place.team or place.enterprise
