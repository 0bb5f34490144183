"""What several messages say alike: a verdict, an answer and its author, a decision, how far it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from bot.conversation.standing import PRICING, GivenAnswer, Standing
from bot.decision_log.records import Decision, is_direct
from bot.views.document import Channel, Day, Link, Person, Said, Strong, Words, joined
from core import wording
from core.advice import Reason
from core.answers import Answers, Between
from core.questions import BY_NAME, LATENCY, Question
from core.tree import Verdict
from core.wording import HEADLINES, count, counted

QUESTIONS: Mapping[str, Question] = {**BY_NAME, LATENCY.name: LATENCY}

STATUS: Mapping[str, str] = {
    "recommended": "recommended",
    "accepted": "accepted",
    "overridden": "decided otherwise",
    "withdrawn": "withdrawn",
    "superseded": "superseded",
}

OUTCOME: Mapping[str, str] = {
    "met": "target met",
    "missed": "target missed",
    "cannot_tell": "cannot be told",
}
"""How a decision turned out."""
NOT_IN_USE = "reached, not said to be in use"
"""Of what counts as missed, that which only nobody said to be in use."""

NOT_KEPT = "The advice behind it was not kept."
"""Of a decision that was made elsewhere and read in."""

_SOURCE = re.compile(
    r"(?P<title>.*?)\s*\((?P<address>https?://[^\s()<>|,]+)(?P<also>[^)]*)\)(?P<rest>.*)\Z", re.DOTALL
)
_BARE = re.compile(r"(?P<title>.*?)https?://(?P<address>[^\s()<>|,]+)(?P<rest>.*)\Z", re.DOTALL)


def headline(verdict: str | None) -> str:
    """A verdict in words; a verdict that this version does not know is shown as it is stored."""
    return HEADLINES[Verdict(verdict)] if verdict in set(Verdict) else str(verdict or "No verdict yet")


def quoted(verdict: str | None) -> str:
    """A verdict amid a sentence: “Keep prompting”."""
    return f"“{headline(verdict)}”"


def sentence_case(text: str) -> str:
    """The same, beginning as a sentence does."""
    return text[:1].upper() + text[1:]


def short(question: str) -> str:
    """A question's short name: "Calls a month"."""
    return QUESTIONS[question].short if question in QUESTIONS else question.replace("_", " ")


listed = wording.listed


def answer_line(given: GivenAnswer) -> Words:
    """**Calls a month:** 7.6M, answered by @Ana. What came with an example is marked so, since nobody said it."""
    how: Words = "part of the example"
    if given.how != "example":
        how = ("from a file of" if given.how == "file" else "answered by", " ", Person(given.author))
    return (Strong(f"{short(given.question)}:"), " ", Said(given.words, 200), ", ", how)


def progress(standing: Standing) -> str:
    """3 answered, at most 2 to go. 2 questions left out: they cannot change this."""
    left = [name for name in standing.advice.left_out if name != standing.asking]
    said = f"{len(standing.given)} answered"
    if standing.asking == PRICING and standing.advice.next_question is None:
        said += ", 1 to go, which only prices the options"
    elif standing.asking is not None:
        to_go = max(1, standing.advice.at_most_to_go)
        said += f", at most {to_go} to go" if to_go > 1 else ", 1 to go"
    if left:
        cannot = "it cannot change this" if len(left) == 1 else "they cannot change this"
        return f"{said}. {counted(len(left), 'questions')} left out: {cannot}."
    return f"{said}."


def decision_line(decision: Decision) -> Words:
    """Decision #42: accepted by @Ana on 23 Nov 2026."""
    by, when, verdict = Person(decision.by), Day(decision.at), headline(decision.chosen)
    said: Mapping[str, Words] = {
        "accepted": ("accepted by ", by, " on ", when, "."),
        "overridden": (by, " decided otherwise on ", when, ": ", Strong(verdict), "."),
        "withdrawn": f"withdrawn. It was: {verdict}.",
        "superseded": f"{status(decision)}. It was: {verdict}.",
    }
    other = (f"{verdict}, by ", by, " on ", when, ".")
    return (f"Decision #{decision.number}: ", said.get(decision.status, other))


def status(decision: Decision) -> str:
    """What became of a decision: "superseded by #43"."""
    if decision.superseded_by is not None and decision.status == "superseded":
        return f"superseded by #{decision.superseded_by}"
    return STATUS.get(decision.status, decision.status)


def outcome(decision: Decision) -> Words:
    """How it turned out, or when that can be known; "" where nobody asks any more."""
    if decision.outcome is not None:
        became = NOT_IN_USE if decision.is_reached else OUTCOME.get(decision.outcome, decision.outcome)
        return f"outcome: {became}"
    if decision.due_at is None or decision.status in ("withdrawn", "superseded"):
        return ""
    return ("outcome due ", Day(decision.due_at))


def volume(answers: Answers) -> str | None:
    """The calls per month that the figures are for, in words; ``None`` when nobody knows them."""
    answer, middle = answers.of(PRICING), answers.number(PRICING)
    if middle is None:
        return None
    return f"about {count(middle)}" if isinstance(answer, Between) else count(middle)


def reason_line(reason: Reason, *, brief: bool = False) -> Words:
    """**Calls a month:** 80k (threshold: pays back within 12 months). What it means. The source, as a link.

    ``brief``: without the threshold, and without the source, which :func:`sources` has.
    """
    limit = f" (threshold: {reason.threshold})" if reason.threshold and not brief else ""
    end = "" if brief else (" ", source(reason.source))
    name = Strong(f"{short(reason.question)}:")
    return (name, " ", Said(reason.answer, 200), f"{limit}. {reason.says}", end)


def sources(reasons: Iterable[Reason]) -> Words:
    """The sources of some reasons, each once."""
    named = dict.fromkeys(reason.source for reason in reasons if reason.source)
    return ("Sources: ", joined("; ", map(source, named))) if named else ""


def source(reference: str) -> Words:
    """A source of ours, "title (address); another", as links."""
    return joined("; ", map(_linked, reference.split("; ")))


def _linked(part: str) -> Words:
    found = _SOURCE.match(part)
    if found:
        return (Link(found["title"], found["address"]), found["also"] + found["rest"])
    found = _BARE.match(part)
    if found:
        return (Link(found["title"] + found["address"], f"https://{found['address']}"), found["rest"])
    return part


LONGEST_LINK, SHOWN_OF_LINK = 350, 80
"""Characters of an address that leads somewhere, and how many of them are shown: five stand in one block."""
_OF_ADDRESSES = "!#$%&'()*+,-./:;=?@[]_~"
"""What stands in an address as it is: nothing that ends a link of Slack's."""


def place(channel: str) -> Words:
    """What a channel is called; a direct message has no name, and is only ever shown to its person."""
    return "your direct message with me" if is_direct(channel) else Channel(channel)


def thread(channel: str, ts: str, label: str) -> Link:
    """The way to a message; slack.com leads on to the right workspace."""
    return Link(label, f"https://slack.com/archives/{channel}/p{ts.replace('.', '')}")


def address(typed: str) -> Words:
    """An address that somebody gave: a link where it leads to the web, as it is in ASCII; else their words."""
    plain = quote(typed, safe=_OF_ADDRESSES, errors="replace")
    if not re.match(r"https?://[^/?#@]+(?:[/?#]|$)", plain, re.IGNORECASE) or len(plain) > LONGEST_LINK:
        return Said(typed, 300)
    return Link(plain if len(plain) <= SHOWN_OF_LINK else f"{plain[: SHOWN_OF_LINK - 1]}…", plain)
