"""A decision as an architecture decision record, MADR 4.0.0: the exact headings, in their order.

What people wrote can open no heading, list, fence, comment or front matter: it is one line, and whatever could begin
something in Markdown has a backslash before it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.decision_log.derived import standing_outcome
from bot.decision_log.records import Decision, Outcome, Recorded
from core.told import Told
from core.told.ledger import Option
from core.tree import Verdict
from core.wording import HEADLINES, OPTION_NAMES, money
from core.words import words

LONGEST_NAME = 60
"""Characters of a file's name after its number."""

BEGINNINGS = frozenset((
    "A", "After", "All", "An", "And", "Any", "As", "At", "Before", "Both", "But", "Each", "Every", "Few", "For", "From",
    "If", "In", "It", "It's", "It’s", "Its", "Many", "Most", "Nearest", "No", "Nobody", "Nothing", "On", "One", "Only",
    "Our", "Servers", "Since", "So", "Some", "That", "The", "Their", "There", "These", "They", "This", "Those", "To",
    "Too", "Until", "We", "We're", "We’re", "When", "With", "Without", "You", "Your",
))  # fmt: skip
"""Words that begin a sentence with a capital, and have none within one."""

_STATUS = {
    "recommended": "proposed",
    "accepted": "accepted",
    "overridden": "accepted",
    "withdrawn": "deprecated",
}
_MEANS_SOMETHING = re.compile(r"([\\`*_{}\[\]<>#|~&$])")
_AT_THE_START = re.compile(r"^(\d*)([-+=:.)!])")


def file_name(decision: Decision) -> str:
    """0042-classify-support-tickets.md"""
    title = "-".join(word for word in words(decision.task) if word.isascii())[:LONGEST_NAME].strip("-")
    return f"{decision.number:04d}-{title or 'decision'}.md"


def adr(recorded: Recorded) -> str:
    """The whole record."""
    told = Told.from_json(recorded.advice) if recorded.advice is not None else None
    return "\n".join([*_front_matter(recorded), *_body(recorded, told)]) + "\n"


def plain(text: str) -> str:
    """What somebody wrote as one line of Markdown that is nothing but text."""
    line = " ".join(text.split())
    line = "".join(char for char in line if char.isprintable())
    return _AT_THE_START.sub(r"\1\\\2", _MEANS_SOMETHING.sub(r"\\\1", line))


def verdict(key: str) -> str:
    """A verdict in words."""
    return HEADLINES[Verdict(key)] if key in set(Verdict) else plain(key)


def _front_matter(recorded: Recorded) -> Iterator[str]:
    decision = recorded.decision
    status = _STATUS.get(decision.status, "accepted")
    if decision.superseded_by is not None:
        status = f"superseded by ADR-{decision.superseded_by:04d}"
    last = max(
        [decision.at, *(outcome.at for outcome in recorded.outcomes), *(link.at for link in recorded.links)]
    )
    consulted = sorted({answer.author for answer in recorded.consultation.answers} - {decision.by})
    yield "---"
    yield f"status: {json.dumps(status)}"
    yield f"date: {last:%Y-%m-%d}"
    yield f"decision-makers: {json.dumps(decision.by)}"
    if consulted:
        yield f"consulted: {json.dumps(', '.join(consulted))}"
    yield "---"
    yield ""


def _body(recorded: Recorded, told: Told | None) -> Iterator[str]:
    decision = recorded.decision
    yield f"# {plain(decision.task)}"
    yield from ("", "## Context and Problem Statement", "")
    yield f"Should a model be fine-tuned for this, or a good prompt be written? The task: {plain(decision.task)}"
    reasons = [f"{plain(one.says)} ({plain(one.source)})" for one in told.reasons] if told else []
    yield from _listed("## Decision Drivers", reasons)
    options = _options(recorded, told)
    yield from _listed("## Considered Options", [title for title, _ in options])
    yield from ("", "## Decision Outcome", "")
    yield f'Chosen option: "{verdict(decision.chosen)}", because {_why(recorded)}'
    yield from _listed("### Consequences", _consequences(decision, told))
    yield from _listed("### Confirmation", list(_confirmation(recorded)))
    yield from _pros_and_cons(options)
    yield from _listed("## More Information", list(_more(recorded, told)))


def _listed(heading: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        yield from ("", heading, "")
        yield from (f"* {item}" for item in items)


def _options(recorded: Recorded, told: Told | None) -> list[tuple[str, list[str]]]:
    """The verdict that was chosen, the one that was advised, and the ways of doing it that were priced.

    What speaks against the advice is said of what was advised, where something else was chosen.
    """
    decision = recorded.decision
    found: dict[str, list[str]] = {verdict(decision.chosen): []}
    if decision.recommended:
        advised = found.setdefault(verdict(decision.recommended), [])
        advised.append("Good, because it was advised")
        if _is_against_advice(decision):
            advised.extend(_against(told))
    if told is not None:
        for option in told.ledger.options:
            found.setdefault(OPTION_NAMES.get(option.name, plain(option.name)), []).extend(_costs(option))
    return list(found.items())


def _costs(option: Option) -> Iterator[str]:
    if option.month is not None:
        yield f"Neutral, because it costs about {_dollars(option.month)} a month"
    if option.up_front:
        yield f"Bad, because it costs {_dollars(option.up_front)} up front"


def _dollars(amount: Decimal) -> str:
    return plain(money(amount))


def _is_against_advice(decision: Decision) -> bool:
    return decision.recommended not in ("", decision.chosen)


def _why(recorded: Recorded) -> str:
    """Why, ended as a sentence; and that the advice was not kept, where it was not."""
    decision = recorded.decision
    against = _is_against_advice(decision)
    advised = f"(against the advice, which was {verdict(decision.recommended)}) " if against else ""
    if decision.why:
        reason = plain(_amid(decision.why))
    else:
        reason = "it was advised" if decision.recommended == decision.chosen else "the team decided so"
    not_kept = " The advice behind it was not kept." if recorded.advice is None else ""
    return f"{advised}{reason}{'' if reason.endswith('.') else '.'}{not_kept}"


def _consequences(decision: Decision, told: Told | None) -> list[str]:
    """What speaks against what was chosen; only what was advised was weighed."""
    return [] if _is_against_advice(decision) else list(_against(told))


def _against(told: Told | None) -> Iterator[str]:
    for point in told.against if told else ():
        yield f"Bad, because {plain(_amid(point))}"


def _amid(sentence: str) -> str:
    """A sentence as it stands after "because": a name such as GPT or "I" keeps its capital, a common word does not."""
    first = sentence.split(maxsplit=1)[0] if sentence.strip() else ""
    return sentence.replace(first, first.lower(), 1) if first in BEGINNINGS else sentence


def _confirmation(recorded: Recorded) -> Iterator[str]:
    decision = recorded.decision
    if decision.due_at is not None:
        yield f"To be looked at again from {decision.due_at:%Y-%m-%d} on."
    if decision.cost is not None:
        yield f"Expected: about {_dollars(Decimal(str(decision.cost)))} a month."
    newest = standing_outcome(recorded.outcomes)
    if newest is not None:
        yield f"Outcome on {newest.at:%Y-%m-%d}: {'; '.join(_turned_out(newest))}."


def _turned_out(outcome: Outcome) -> list[str]:
    yes_no = {True: "yes", False: "no", None: "not said"}
    said = ["cannot tell"] if outcome.cannot_tell else [f"shipped: {yes_no[outcome.shipped]}"]
    if outcome.eval_correct is not None:
        said.append(f"{outcome.eval_correct} of {outcome.eval_total} right")
    if outcome.bill_per_month is not None:
        said.append(f"{_dollars(Decimal(str(outcome.bill_per_month)))} a month")
    if outcome.hours is not None:
        said.append(f"{outcome.hours:g} hours")
    if outcome.again is not None:
        said.append(f"would do it again: {yes_no[outcome.again]}")
    return said


def _pros_and_cons(options: list[tuple[str, list[str]]]) -> Iterator[str]:
    argued = [(title, points) for title, points in options if points]
    if argued:
        yield from ("", "## Pros and Cons of the Options")
    for title, points in argued:
        yield from _listed(f"### {title}", points)


def _more(recorded: Recorded, told: Told | None) -> Iterator[str]:
    decision = recorded.decision
    if decision.root_ts is not None:
        yield f"Thread: channel {plain(decision.channel)}, message {plain(decision.root_ts)}"
    if told is not None and told.ledger.as_of:
        yield f"Prices as of {plain(told.ledger.as_of)}"
    if decision.supersedes is not None:
        yield f"Supersedes ADR-{decision.supersedes:04d}"
    if decision.withdrawn is not None:
        gone = decision.withdrawn
        yield f"Withdrawn by {plain(gone.by)} on {gone.at:%Y-%m-%d}: {plain(gone.why)}"
    for link in recorded.links:
        yield f"{plain(link.note or 'Link')}: <{_address(link.url)}>"


def _address(url: str) -> str:
    return "".join(char for char in url if char.isprintable()).replace("<", "%3C").replace(">", "%3E")
