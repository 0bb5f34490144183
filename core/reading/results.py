"""How a decision turned out, as people type it: "47 of 50, about $900 a month, took 60 hours, yes".

Each part between commas is read for itself and as a whole, so that "we shipped the website" says nothing of a model.
"""
# ruff: noqa: E501  patterns are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

HOURS_A_DAY, DAYS_A_WEEK = 8, 5
MOST = 1e12
"""No bill and no count of hours is larger; nor are evaluations of more cases."""


@dataclass(frozen=True, slots=True)
class Results:
    """What was said; ``None``: nothing of that. Dollars a month, hours, counts.

    wrong: what cannot be, in a sentence; then the rest is not to be taken. unread: parts that say nothing of it.
    """

    shipped: bool | None = None
    correct: int | None = None
    total: int | None = None
    bill: float | None = None
    hours: float | None = None
    again: bool | None = None
    cannot_tell: bool | None = None
    wrong: str = ""
    unread: tuple[str, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether anything was said of how it turned out."""
        said = (self.shipped, self.correct, self.bill, self.hours, self.again, self.cannot_tell)
        return bool(self.wrong) or any(one is not None for one in said)


_NUMBER = r"(?P<n>[-−]?\s*[$€£]?\s*[-−]?\d[\d,.]*)\s*(?P<scale>k|m|thousand|million)?"
_ABOUT = r"(?:about|around|roughly|approximately|some|~|ca\.?|at)?\s*"
_IT = r"(?:(?:we|it|this|that|the model|they)(?:['’]?(?:ve|s|re)| have| has| is| was| are)? )?(?:(?:been|already|just|now) )?"
_WHEN = r"(?: (?:yesterday|today|already|last \w+|this \w+|in \w+|\w+ ago|now))?"
_LIVE = r"(?:shipped|launched|released|deployed|rolled out|live|in production|in use|went live|gone live)"
_SHIP = r"(?:ship(?:ped)?|launch(?:ed)?|release(?:d)?|deploy(?:ed)?|roll(?:ed)? out|go live|use)"
_NOT = r"(?:not|never|did not|didn['’]?t|have not|haven['’]?t|was not|wasn['’]?t|is not|isn['’]?t|has not|hasn['’]?t)"

_YES, _NO = r"(?:yes|yep|yeah|y|sure|absolutely|definitely)", r"(?:no|nope|nah|n)"
_SHIPPED = rf"(?:{_YES} )?{_IT}{_LIVE}(?: (?:it|this|that))?{_WHEN}|shipped[: ]+{_YES}"
_NOT_SHIPPED = (
    rf"(?:{_NO} )?{_IT}{_NOT}(?: (?:yet|been))? {_SHIP}(?: (?:it|this|that|live))?(?: yet)?"
    rf"|{_IT}not {_LIVE}(?: yet)?|{_IT}(?:dropped|abandoned|cancelled|canceled|shelved)(?: (?:it|this|that))?|shipped[: ]+{_NO}"
)
_OF = (
    r"(?:(?:quality|evaluation|it got|we got|got|now|eval)[: ]+)?(?P<k>-?\d[\d,]*)\s*(?:of|out of|/)\s*(?P<of>-?\d[\d,]*)"
    r"(?: (?:cases|examples|answers))?(?: (?:right|correct|passed|are right|were right))?"
)
_PERIOD = r"(?:\s*(?:a|per|each|every|/)\s*(?P<period>month|mo|year|yr|week|day)|\s+(?P<adverb>monthly|yearly|weekly))"
_BILL = (
    rf"(?:(?:the |our |a )?(?:monthly )?(?:bill|cost|costs|spend|invoice)(?: (?:is|was|of|now|runs at))?[: ]+|{_IT}(?:costs?|costing|pay(?:ing)?|runs at) (?:us )?)?"
    rf"{_ABOUT}{_NUMBER}\s*(?P<unit>dollars|usd|eur|euros?|gbp|pounds?|bucks)?{_PERIOD}?"
)
_HOURS = (
    rf"{_IT}(?:(?:took|needed|cost|spent|was|work)[: ]+)?(?:us )?{_ABOUT}{_NUMBER}\s*(?P<unit>hours?|hrs?|h|days?|weeks?)"
    r"(?: (?:of (?:work|engineering)|all in|in all|in total|altogether))?"
)
_WOULD = (
    rf"(?:{_YES} )?(?:we|i)?['’ ]*(?:would|d|'d)? ?do (?:it|this|that)? ?again|(?:worth it|would again)"
    rf"|(?:do it )?again[: ]+{_YES}"
)
_WOULD_NOT = (
    rf"(?:{_NO} )?(?:(?:we|i) )?(?:would|will)? ?(?:not|never|wouldn['’]?t|won['’]?t) do (?:it|this|that) again"
    rf"|not worth it|never again|(?:do it )?again[: ]+{_NO}"
)
_CANNOT_TELL = (
    r"(?:we |i )?(?:can ?not|can['’]?t|could ?n[o'’]t) (?:really )?(?:tell|say)(?: yet| now)?"
    r"|(?:it['’]?s |it is |still |far )?too (?:early|soon)(?: to (?:tell|say|know))?"
    r"|(?:we |i )?(?:do not|don['’]?t) know yet|not (?:sure|clear|known) yet|no idea yet"
)


def read_results(text: str) -> Results:
    """What a text says of how a decision turned out; nothing where it says nothing of it. Raises nothing."""
    parts = [part for part in _parts(text) if part]
    found = Results()
    for place, part in enumerate(parts):
        read = _yes_or_no(part, place, len(parts)) or _part(part)
        found = _joined(found, read) if read else replace(found, unread=(*found.unread, part))
    if found.shipped is None and found.bill:
        found = replace(found, shipped=True)  # what costs so much a month is in use
    return found


def _parts(text: str) -> Iterator[str]:
    """The text cut at what separates statements; commas between digits separate nothing."""
    for part in re.split(r"[;\n]|,(?!\d{3}\b)|(?<=\D)\.(?=\s|$)|(?<=\d)\.(?=\s+\D|$)|\s(?:and|but)\s", text):
        yield " ".join(part.strip(" .!").split())


def _yes_or_no(part: str, place: int, parts: int) -> Results | None:
    """The first of several says whether it is in use, the last whether they would do it again."""
    is_yes = re.fullmatch(_YES, part, re.IGNORECASE) is not None
    if parts < 2 or not (is_yes or re.fullmatch(_NO, part, re.IGNORECASE)):
        return None
    return Results(shipped=is_yes) if place == 0 else Results(again=is_yes) if place == parts - 1 else None


def _part(part: str) -> Results | None:
    for pattern, read in _READ:
        found = re.fullmatch(pattern, part, re.IGNORECASE)
        if found:
            return read(found)
    return None


def _joined(one: Results, other: Results) -> Results:
    """Both; where they contradict each other neither."""
    joined = one
    for name in ("shipped", "correct", "total", "bill", "hours", "again", "cannot_tell"):
        old, new = getattr(one, name), getattr(other, name)
        if new is None:
            continue
        if old is not None and old != new:
            return replace(one, wrong="That says two things about one question. Please say each once.")
        joined = replace(joined, **{name: new})
    return replace(joined, wrong=one.wrong or other.wrong)


def _of(found: re.Match[str]) -> Results:
    correct, total = (int(found[name].replace(",", "")) for name in ("k", "of"))
    wrong = counts_are_wrong(correct, total)
    return Results(wrong=wrong) if wrong else Results(correct=correct, total=total)


def counts_are_wrong(correct: int, total: int) -> str:
    """What cannot be about so many right answers of so many cases, in a sentence; "" if nothing."""
    if total < 1 or total > MOST:
        return "An evaluation needs at least one case."
    if correct < 0:
        return "There cannot be fewer than 0 right answers."
    return f"{correct:,} of {total:,}: that is more than all of the cases." if correct > total else ""


def _bill(found: re.Match[str]) -> Results | None:
    shown, unit, period = found["n"], (found["unit"] or "").lower(), found["period"] or found["adverb"] or ""
    is_money = "$" in shown or "€" in shown or "£" in shown or bool(unit)
    if not (is_money or period):
        return None
    if "€" in shown or "£" in shown or unit[:3] in ("eur", "gbp", "pou"):
        return Results(wrong="I reckon in US dollars. Please say the bill in $.")
    amount = _amount(found)
    if amount is None or amount > MOST:
        return None
    if amount < 0:
        return Results(wrong="A bill cannot be negative.")
    times = {"y": 1 / 12, "w": 52 / 12, "d": 365 / 12}.get(period[:1].lower(), 1.0)
    return Results(bill=round(amount * times, 2))


def _hours(found: re.Match[str]) -> Results | None:
    amount = _amount(found)
    if amount is None or amount > MOST:
        return None
    if amount < 0:
        return Results(wrong="Hours of work cannot be negative.")
    unit = found["unit"].lower()
    times = HOURS_A_DAY if unit.startswith("d") else HOURS_A_DAY * DAYS_A_WEEK if unit.startswith("w") else 1
    return Results(hours=round(amount * times, 2))


def _amount(found: re.Match[str]) -> float | None:
    """The number, with the commas that group it; ``None`` for what is none."""
    plain = re.sub(r"[\s,$€£]", "", found["n"]).replace("−", "-")
    try:
        number = float(plain)
    except ValueError:
        return None
    return number * {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6}.get(
        (found["scale"] or "").lower(), 1.0
    )


_READ: tuple[tuple[str, Callable[[re.Match[str]], Results | None]], ...] = (
    (_CANNOT_TELL, lambda _: Results(cannot_tell=True)),
    (_NOT_SHIPPED, lambda _: Results(shipped=False)),
    (_SHIPPED, lambda _: Results(shipped=True)),
    (_WOULD_NOT, lambda _: Results(again=False)),
    (_WOULD, lambda _: Results(again=True)),
    (_OF, _of),
    (_HOURS, _hours),
    (_BILL, _bill),
)
