"""The decision log as people see it: a page of it, and one decision whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conversation.standing import PRICING, belongs, given_in, given_to
from bot.decision_log.records import TAKEN_BACK, Consultation, Decision, Place
from bot.decision_log.said import answers_of
from bot.views import ids, mrkdwn
from bot.views.advice import against, left_out, reasons, sources_spoken, sureness
from bot.views.blocks import Element, actions, button, context, divider, header, message, section, words
from bot.views.costs import cost_table, figures, finding, oldest_price
from bot.views.message import Block, Message
from bot.views.mrkdwn import bold, channel, date, escape, link, mention, thread_link
from bot.views.phrases import STATUS, answer_spoken, headline, short, volume
from bot.views.press import Press
from core.told import Told

PAGE = 10
PAGES_BACK = 50
"""How many pages Newer can go back; from further on it leads to the newest page."""


@dataclass(frozen=True)
class _Whose:
    """How a list calls itself, by whose decisions it holds."""

    title: str
    empty: str
    foot: str

    @property
    def unfiltered(self) -> str:
        return f"I cannot search the log yet: these are all of the {self.title[:1].lower()}{self.title[1:]}."


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


def log_list(
    decisions: Sequence[Decision],
    *,
    has_older: bool,
    before: Place | None = None,
    way: tuple[Place | None, ...] = (),
    about: str = "",
    own: bool = False,
) -> Message:
    """One page, newest first. ``before``: the cursor of this page; ``way``: the cursors of the pages before it.

    Older's press carries the next page's ``before`` and ``way``, Newer's those of the page it came from.
    ``about``: what was looked for; the list cannot be narrowed down yet, and says so.
    ``own``: these are a person's decisions, from whatever channels.
    """
    whose = OF_PERSON if own else OF_CHANNEL
    if not decisions and before is None:
        return _empty(own)
    lines = [f"{whose.title}, newest first."]
    blocks: list[Block] = [header(whose.title)]
    if about:
        lines.append(f"{whose.unfiltered} You asked for: {escape(about, 200)}")
        blocks.append(context(whose.unfiltered))
    if not decisions:
        blocks.append(section("There are no older decisions."))
    for decision in decisions[:PAGE]:
        lines.append(_row_spoken(decision, own))
        blocks += _row(decision, own)
    turning = _turning(decisions, has_older, before, way)
    if turning:
        blocks.append(actions(*turning))
    blocks.append(context(whose.foot))
    return message(lines, blocks)


def _empty(own: bool) -> Message:
    said = (OF_PERSON if own else OF_CHANNEL).empty
    begin = ids.HOME_START if own else ids.START_EMPTY
    start = button("Start the first one", begin, Press(), primary=True)
    return message([said], [section(said), actions(start)])


def _row(decision: Decision, own: bool) -> list[Block]:
    show = button(f"Show #{decision.number}", _show_id(decision, own))
    facts = [
        f"{bold(headline(decision.chosen))}, {_status(decision)}",
        f"{mention(decision.by)}, {date(decision.at)}{f' in {channel(decision.channel)}' if own else ''}",
        *_thread(decision),
    ]
    return [
        section(words(f"#{decision.number} {decision.task}", 600), accessory=show),
        context(" · ".join(facts)),
    ]


def _show_id(decision: Decision, own: bool) -> str:
    """A number is a channel's own: elsewhere its button says whose it is."""
    return ids.action_id(ids.SHOW, str(decision.number), *((decision.channel,) if own else ()))


def _row_spoken(decision: Decision, own: bool) -> str:
    where = f" in {channel(decision.channel)}" if own else ""
    return (
        f"#{decision.number}: {escape(decision.task, 160)}. {headline(decision.chosen)}, {_status(decision)}. "
        f"Decided by {mention(decision.by)} on {mrkdwn.day(decision.at)}{where}."
    )


def _status(decision: Decision) -> str:
    if decision.status == "superseded" and decision.superseded_by is not None:
        return f"superseded by #{decision.superseded_by}"
    return STATUS.get(decision.status, decision.status)


def _thread(decision: Decision) -> list[str]:
    """The way to its thread, if it has one."""
    if decision.root_ts is None:
        return []
    return [link(thread_link(decision.channel, decision.root_ts), "open the thread")]


def _turning(
    decisions: Sequence[Decision], has_older: bool, before: Place | None, way: tuple[Place | None, ...]
) -> list[Element]:
    buttons = []
    if before is not None:
        newer = Press(before=way[-1] if way else None, way=way[:-1][-PAGES_BACK:])
        buttons.append(button("Newer", ids.action_id(ids.LOG_PAGE, ids.NEWER), newer))
    if has_older and decisions:
        passed = (*way, before)[-PAGES_BACK:]
        older = Press(before=decisions[:PAGE][-1].place, way=passed)
        buttons.append(button("Older", ids.action_id(ids.LOG_PAGE, ids.OLDER), older))
    return buttons


def shown(
    decision: Decision, consultation: Consultation, advice: Told | None, *, own: bool = False
) -> Message:
    """One decision whole. ``advice``: what was kept when it was given. ``own``: seen from elsewhere."""
    lines: list[str] = []
    blocks: list[Block] = []
    for said, drawn in (
        _what(decision, own),
        _advised(decision, advice, consultation),
        _answered(consultation),
    ):
        lines += said
        blocks += drawn
    return message(lines, blocks)


Part = tuple[list[str], list[Block]]


def _what(decision: Decision, own: bool) -> Part:
    title = f"#{decision.number} {headline(decision.chosen)}"
    status = _status(decision)
    facts = [f"{status[:1].upper()}{status[1:]} by {mention(decision.by)} on {date(decision.at)}"]
    if decision.status in ("withdrawn", "superseded"):
        facts = [f"Decided by {mention(decision.by)} on {date(decision.at)}; {status}"]
    if decision.status == "overridden" or decision.recommended != decision.chosen:
        facts.append(f"advised was: {headline(decision.recommended)}")
    if decision.supersedes is not None:
        facts.append(f"supersedes #{decision.supersedes}")
    if own:
        facts.append(f"in {channel(decision.channel)}")
    facts += _thread(decision)
    blocks = [
        header(title),
        section(words(f"Task: {decision.task}", 1_500)),
        context(" · ".join(facts)),
    ]
    lines = [
        f"Decision {title}. Task: {escape(decision.task, 800)}",
        f"{_status(decision).capitalize()}. Decided by {mention(decision.by)} on {mrkdwn.day(decision.at)}"
        f"{f' in {channel(decision.channel)}' if own else ''}.",
    ]
    if decision.recommended != decision.chosen:
        lines.append(f"Advised was: {headline(decision.recommended)}.")
    for label, why in (
        ("Why", decision.why),
        ("Withdrawn because", decision.withdrawn and decision.withdrawn.why),
    ):
        if why:
            blocks.append(section(words(f"{label}: {why}", 1_500)))
            lines.append(f"{label}: {escape(why, 700)}")
    return lines, blocks


def _advised(decision: Decision, advice: Told | None, consultation: Consultation) -> Part:
    if advice is None:
        said = "The advice behind it was not kept."
        return [said], [context(said)]
    answers = answers_of(consultation)
    ledger = advice.ledger
    calls = answers.number(PRICING)
    found = finding(ledger, calls, volume(answers))
    costs = cost_table(ledger, calls)
    lines, blocks = sureness(advice, answers)
    if found:
        lines.append(found)
        blocks.append(section(figures(found)))
    if costs is not None:
        blocks.append(costs[0])
        lines += costs[1]
    oldest = oldest_price(ledger)
    if oldest:
        blocks.append(
            context(f"With the prices of the day it was advised; the oldest of them was as of {oldest[:7]}.")
        )
    for told, drawn in (reasons(advice, "The reasons then"), against(advice), left_out(advice)):
        lines += told
        blocks += drawn
    return [*lines, sources_spoken(advice)], blocks


def _answered(consultation: Consultation) -> Part:
    given = given_in(consultation)
    if not given:
        return [], []
    shown = "\n".join(f"• {_with_history(consultation, one.question)}" for one in given)
    return ["The answers:", *(answer_spoken(one) for one in given)], [
        divider(),
        section(f"{bold('The answers')}\n{shown}"),
    ]


def _with_history(consultation: Consultation, question: str) -> str:
    """An answer with what was answered before it, newest first."""
    said: list[str] = []
    at = None
    for record in consultation.answers:
        if not belongs(record.key, question) or record.value == TAKEN_BACK:
            continue
        until = tuple(answer for answer in consultation.answers if answer.seq <= record.seq)
        given = given_to(replace(consultation, answers=until), question)
        if given is not None:
            if at == given.at:
                said.pop()  # one answer may fill several keys
            at = given.at
            words_then = f"{escape(given.words, 120)} ({mention(given.author)})"
            if not said or said[-1] != words_then:
                said.append(words_then)
    newest, *earlier = reversed(said)
    before = f", before that {', '.join(earlier[:3])}" if earlier else ""
    return f"{bold(short(question) + ':')} {newest}{before}"


def which(decisions: Sequence[Decision]) -> Message:
    """Several channels have a decision of this number; to one of them the person meant to go."""
    said = (
        f"In {len(decisions)} channels there is a #{decisions[0].number} in which you took part. Which one?"
    )
    lines, blocks = [said], [section(said)]
    for decision in decisions[:PAGE]:
        lines.append(_row_spoken(decision, own=True))
        blocks += _row(decision, own=True)
    return message(lines, blocks)


def not_found(number: int, *, own: bool = False) -> Message:
    """No such decision in this channel; or, in a direct message, none in which the person took part."""
    if own:
        said = f"You took part in no decision #{number}. {ids.COMMAND} log lists those in which you did."
    else:
        said = f"This channel has no decision #{number}. {ids.COMMAND} log lists those it has."
    return message([said], [section(said)])
