"""What somebody asks of the log, as typed: words to look for, and filters such as ``verdict:fine_tune``. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from bot.conversation import dates
from bot.decision_log.records import DecisionStatus
from bot.decision_log.wanted import Sought, Wanted
from core.tree import Verdict
from core.wording import HEADLINES, listed
from core.words import words

PREFIX_FROM = 3
"""The last word counts as the beginning of one from so many letters on."""

NEEDS_A_WORD = "I need a word to look for."

_PIECE = re.compile(
    r"(?P<filter>[A-Za-z_]+):(?!//)\s*(?:[\"“](?P<quoted>[^\"”]*)[\"”]?|(?P<value><[^>]*>|[^\s\"“]*))"
    r"|(?P<minus>-?)[\"“](?P<phrase>[^\"”]*)[\"”]?"
    r"|(?P<word>[^\s\"“]+)"
)


@dataclass(frozen=True, slots=True)
class BadFilter:
    """What is wrong with what was asked, in one sentence for who asked it."""

    sentence: str


class _Wrong(ValueError):
    """Says so in a sentence."""


def understand_filters(
    text: str, now: datetime.datetime, zone: datetime.tzinfo = datetime.UTC, me: str | None = None
) -> Wanted | BadFilter:
    """What is wanted of the log. Dates are days of the ``zone``; ``now`` is aware. ``me``: the id of who asks."""
    try:
        return _wanted(text, now, zone, me)
    except _Wrong as wrong:
        return BadFilter(str(wrong))


def sought(text: str) -> Sought | None:
    """The words to look for, without filters; ``None`` when there is nothing at all, empty when no word is usable."""
    return _sought(list(_PIECE.finditer(text)))


def _wanted(text: str, now: datetime.datetime, zone: datetime.tzinfo, me: str | None) -> Wanted:
    pieces = list(_PIECE.finditer(text))
    given: dict[str, str] = {}
    for piece in pieces:
        name = (piece["filter"] or "").lower()
        if not name:
            continue
        if name not in FILTERS:
            raise _Wrong(f"There is no filter {name}: I know {listed(FILTERS)}.")
        if name in given:
            raise _Wrong(
                f"The filter {name}: is there twice; give it once, with commas between several values."
            )
        given[name] = piece["quoted"] if piece["quoted"] is not None else piece["value"]
    found: dict[str, Any] = {}
    for name, value in given.items():
        found |= FILTERS[name](_Said(name, value.strip(), now, zone, me))
    found["sought"] = _sought([piece for piece in pieces if not piece["filter"]])
    wanted = Wanted(**found)
    _check(wanted)
    return wanted


def _check(wanted: Wanted) -> None:
    if wanted.sought is not None and wanted.sought.is_empty:
        raise _Wrong(NEEDS_A_WORD)
    if wanted.sort == "relevance" and wanted.sought is None:
        raise _Wrong("The order sort:relevance needs a word to look for.")
    if wanted.since and wanted.until and wanted.since >= wanted.until:
        raise _Wrong("The filter since: is later than until:, so nothing can lie between.")


def _sought(pieces: list[re.Match[str]]) -> Sought | None:
    phrases: list[tuple[str, ...]] = []
    without: list[tuple[str, ...]] = []
    prefix = ""
    for piece in pieces:
        said, minus, is_phrase = _said(piece)
        found = tuple(words(said))
        if not found:
            continue
        if minus:
            without.append(found)
        elif is_phrase:
            phrases.append(found)
        elif piece is pieces[-1] and len(found[-1]) >= PREFIX_FROM:
            phrases += [(word,) for word in found[:-1]]
            prefix = found[-1]
        else:
            phrases += [(word,) for word in found]
    return Sought(tuple(phrases), prefix, tuple(without)) if pieces else None


def _said(piece: re.Match[str]) -> tuple[str, bool, bool]:
    """The text of a piece, whether it must not be there, and whether it is a phrase."""
    if piece["phrase"] is not None:
        return piece["phrase"], bool(piece["minus"]), True
    whole = piece[0]
    return (whole[1:], True, False) if whole.startswith("-") else (whole, False, False)


@dataclass(frozen=True, slots=True)
class _Said:
    """One filter as it was typed."""

    name: str
    value: str
    now: datetime.datetime
    zone: datetime.tzinfo
    me: str | None = None

    def one(self, known: Mapping[str, tuple[str, ...]]) -> str:
        """The key of the value, by key or by label. Raises :class:`_Wrong`."""
        return self._key(self.value, known)

    def each(self, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """The keys of these values; a label may hold a comma itself. Raises :class:`_Wrong`."""
        whole = _known(self.value, known)
        return (whole,) if whole else tuple(self._key(value, known) for value in self.value.split(","))

    def _key(self, value: str, known: Mapping[str, tuple[str, ...]]) -> str:
        key = _known(value, known)
        if key is None:
            raise self.wrong(value, listed(known, "or"))
        return key

    def wrong(self, value: str, takes: str) -> _Wrong:
        said = f"{self.name}:{value.strip()[:60]}"
        return _Wrong(f"I do not know {said}; {self.name}: takes {takes}.")


def _known(value: str, known: Mapping[str, tuple[str, ...]]) -> str | None:
    said = words(value)
    return next((key for key, labels in known.items() if said and said in map(words, labels)), None)


def _labels(keys: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({key: (key, *labels) for key, labels in keys.items()})


_VERDICTS = _labels({str(one): (HEADLINES[one], HEADLINES[one].partition(":")[0]) for one in Verdict})
_STATUSES = _labels(
    {
        "accepted": (),
        "overridden": ("decided otherwise",),
        "withdrawn": (),
        "superseded": (),
        "decided": (),
    }
)
_OUTCOMES = _labels({"met": (), "missed": (), "cannot_tell": (), "none": ("not recorded",)})
_YES_OR_NO = _labels({"yes": ("true",), "no": ("false",)})
_SORTS = _labels({"newest": (), "relevance": (), "cost": ()})
_DECIDED: tuple[DecisionStatus, ...] = ("accepted", "overridden")


def _verdict(said: _Said) -> dict[str, Any]:
    return {"verdicts": said.each(_VERDICTS)}


def _status(said: _Said) -> dict[str, Any]:
    found = said.each(_STATUSES)
    return {"statuses": tuple(key for one in found for key in (_DECIDED if one == "decided" else (one,)))}


def _outcome(said: _Said) -> dict[str, Any]:
    return {"outcomes": said.each(_OUTCOMES)}


def _by(said: _Said) -> dict[str, Any]:
    people = []
    for one in said.value.split(","):
        if said.me is not None and one.strip().lower() in ("me", "@me"):
            people.append(said.me)
            continue
        person = re.fullmatch(r"<?@?([UW][A-Z0-9]+)(\|[^>]*)?>?", one.strip())
        if person is None:
            raise said.wrong(one, "a person who is mentioned, such as @ana, or their member ID")
        people.append(person[1])
    return {"by": tuple(people)}


def _since(said: _Said) -> dict[str, Any]:
    return {"since": _period(said)[0]}


def _until(said: _Said) -> dict[str, Any]:
    return {"until": _period(said)[1]}


def _period(said: _Said) -> tuple[datetime.datetime, datetime.datetime]:
    found = dates.period(said.value, said.now.astimezone(said.zone).date())
    if found is None:
        raise said.wrong(said.value, dates.TAKES)
    first, after = (datetime.datetime.combine(day, datetime.time(), said.zone) for day in found)
    return first.astimezone(datetime.UTC), after.astimezone(datetime.UTC)


def _due(said: _Said) -> dict[str, Any]:
    return {"due": said.one(_YES_OR_NO) == "yes", "now": said.now}


def _sort(said: _Said) -> dict[str, Any]:
    return {"sort": said.one(_SORTS)}


FILTERS: Mapping[str, Callable[[_Said], dict[str, Any]]] = MappingProxyType(
    {
        "verdict": _verdict,
        "status": _status,
        "by": _by,
        "since": _since,
        "until": _until,
        "outcome": _outcome,
        "due": _due,
        "sort": _sort,
    }
)
"""Every filter, by the name that people type."""
