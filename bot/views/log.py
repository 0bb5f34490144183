"""The decision log as people see it: a page of it, for one person or shared in the channel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.inquiry import PAGE, Page
from bot.decision_log.records import Decision, Place
from bot.views import ids
from bot.views.document import (
    Button,
    Buttons,
    Day,
    Document,
    Heading,
    Parts,
    Person,
    Said,
    Small,
    Strong,
    Text,
    Words,
    joined,
    sentence,
)
from bot.views.phrases import headline, outcome, place, status, thread
from bot.views.press import Press

PAGES_BACK = 20
"""How many pages Newer can go back; from further on it leads to the newest page."""


@dataclass(frozen=True)
class _Whose:
    """How a list calls itself, by whose decisions it holds."""

    title: str
    empty: str
    foot: str


OF_CHANNEL = _Whose(
    "Decisions of this channel",
    "This channel has no decisions yet. Each one made here gets a number, and stays findable with its reasons.",
    "Only you can see this list. It holds this channel's decisions and no others.",
)
OF_PERSON = _Whose(
    "Decisions you took part in",
    "You have not taken part in a decision yet. Those in which you ask, answer or decide are listed here.",
    "Only you can see this list. It holds the decisions in which you asked, answered or decided.",
)


def whose(of_person: bool) -> _Whose:
    return OF_PERSON if of_person else OF_CHANNEL


def log_list(page: Page, way: tuple[Place | None, ...] = ()) -> Document:
    """One page. ``way``: where the pages before it begin, the first of them ``None``.

    Older's press carries the next page's ``before`` and ``way``, Newer's those of the page it came from.
    """
    how = whose(page.of_person)
    if not page.decisions and page.before is None and not page.query:
        begin = ids.HOME_START if page.of_person else ids.START_EMPTY
        return Document((Text(how.empty), Buttons((Button("Start the first one", begin, primary=True),))))
    return Document(
        (
            Heading(how.title),
            looked_for(page),
            None if page.decisions else Text(nothing_found(page)),
            *(part for decision in page.decisions[:PAGE] for part in row(decision, page.of_person)),
            Buttons((*turning(page, way, ids.LOG_PAGE), *_sharing(page))),
            Small(how.foot),
        )
    )


def looked_for(page: Page) -> Small | None:
    """The words and filters of a page, and whose days are meant."""
    if not page.query:
        return None
    days = " Days are those of UTC." if page.has_dates else ""
    return Small(("Looked for: ", Said(page.query, 400), f".{days}"))


def nothing_found(page: Page) -> str:
    """Why a page is empty."""
    if page.before is not None:
        return "There are no older decisions."
    return "No decision here has all of that. Fewer words or filters find more."


def nothing_here(of_person: bool, query: str) -> str:
    """Why there is nothing to count or to write out."""
    return nothing_found(Page((), query)) if query else whose(of_person).empty


def row(decision: Decision, own: bool) -> Parts:
    """One decision in a list. ``own``: seen from elsewhere than its channel, which is then named."""
    show = Button(f"Show #{decision.number}", of(ids.SHOW, decision, own))
    return (Text(Said(f"#{decision.number} {decision.task}", 600), button=show), Small(facts(decision, own)))


def facts(decision: Decision, own: bool) -> Words:
    """Verdict, status, who and when, outcome, and the way to the thread."""
    where: Words = (" in ", place(decision.channel)) if own else ""
    told = (
        (Strong(headline(decision.chosen)), f", {status(decision)}"),
        (Person(decision.by), ", ", Day(decision.at), where),
        outcome(decision),
        to_thread(decision),
    )
    return joined(" · ", told)


def to_thread(decision: Decision) -> Words:
    """The way to its thread, if it has one."""
    return thread(decision.channel, decision.root_ts, "open the thread") if decision.root_ts else ""


def of(action: str, decision: Decision, own: bool) -> str:
    """The id of an action on a decision. A number is a channel's own: elsewhere its button says whose it is."""
    return ids.action_id(action, str(decision.number), *((decision.channel,) if own else ()))


def turning(page: Page, way: tuple[Place | None, ...], action: str) -> tuple[Button, ...]:
    """Newer and Older; and, where something was looked for and nothing is there, all of them."""
    if not page.decisions and page.before is None:
        return (Button("All decisions", ids.action_id(action, ids.EVERY)),)
    newer = Press(query=page.query, before=way[-1] if way else None, way=way[:-1][-PAGES_BACK:])
    older = Press(
        query=page.query,
        before=page.decisions[-1].place if page.decisions else None,
        way=(*way, page.before)[-PAGES_BACK:],
    )
    back = Button("Newer", ids.action_id(action, ids.NEWER), newer)
    on = Button("Older", ids.action_id(action, ids.OLDER), older)
    return (
        *((back,) if page.before is not None else ()),
        *((on,) if page.has_older and page.decisions else ()),
    )


def _sharing(page: Page) -> tuple[Button, ...]:
    """A channel's list can be shared there; a person's own is of several channels, and of no use to others."""
    if page.of_person or not page.decisions:
        return ()
    press = Press(query=page.query, before=page.before)
    return (Button("Share here", ids.SHARE_LOG, press, spoken="Share this list in the channel"),)


def shared_list(page: Page, by: str) -> Document:
    """What somebody found, for everyone in the channel. It is not turned: whoever wants more asks for it."""
    looked = (" looked for ", Said(page.query, 300)) if page.query else (" looked at the log",)
    more = f" There are older ones: {ids.COMMAND} log lists them." if page.has_older else ""
    return Document(
        (
            Heading(OF_CHANNEL.title),
            Small((Person(by), *looked, f" and shared this.{more}")),
            *(part for decision in page.decisions for part in row(decision, own=False)),
        )
    )


def which(decisions: Sequence[Decision]) -> Document:
    """Several channels have a decision of this number; to one of them the person meant to go."""
    number = decisions[0].number
    asks = f"In {len(decisions)} channels there is a #{number} in which you took part. Which one?"
    return Document(
        (Text(asks), *(part for decision in decisions[:PAGE] for part in row(decision, own=True)))
    )


def not_found(number: int, *, own: bool = False) -> Document:
    """No such decision in this channel; or, in a direct message, none in which the person took part."""
    if own:
        return sentence(
            f"You took part in no decision #{number}. {ids.COMMAND} log lists those in which you did."
        )
    return sentence(f"This channel has no decision #{number}. {ids.COMMAND} log lists those it has.")
