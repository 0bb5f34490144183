"""Numbers with what they count: shares, rates, durations, tokens, money, counts, or nothing (a bare number)."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from core.reading.lexer import Token
from core.reading.numbers import Number, number_at
from core.reading.units import (
    ADJECTIVES,
    ADVERBS,
    CALLS,
    CENTS,
    CURRENCIES,
    ENTITIES,
    EXAMPLES,
    FOREIGN,
    HANDLED,
    LABELLED,
    MILLISECONDS,
    PERIODS,
    RATES,
    RECORDS,
    TOKEN_WORDS,
    UNCLEAR_CURRENCIES,
    WAYS_IN,
    WAYS_OUT,
)

Kind = Literal[
    "bare", "share", "calls", "duration", "tokens", "money", "count", "factor", "relative", "other"
]
QUALITY = frozenset(("quality", "quality_now", "quality_target", "cheaper_model_enough"))
HEDGES_BEFORE = frozenset(
    "about around like maybe probably nearly almost ~ some say roughly = : is was of ca just only another exactly good".split()
)
SEPARATORS = frozenset(("-", "to", "or", "→", "bis", "through", "..."))


@dataclass(slots=True)
class Quantity:
    """A typed number, or a range, from token ``start`` up to ``end``.

    number_end: where its digits end. bound: which end a word such as "at least" leaves closed. strict: "more than" rather
    than "at least". noun: what is counted. period: per what. side: tokens in or out. notes: what makes it doubtful.
    """

    kind: Kind
    low: Decimal
    high: Decimal
    start: int
    end: int
    bound: Literal["", "low", "high"] = ""
    strict: bool = False
    noun: str = ""
    period: str = ""
    side: str = ""
    currency: str = ""
    scaled: bool = False
    suffix: str = ""
    k_of_n: tuple[int, int] | None = None
    in_words: bool = False
    notes: set[str] = field(default_factory=set)

    def times(self, factor: Decimal) -> None:
        """Make it ``factor`` times as much."""
        self.low, self.high = self.low * factor, self.high * factor


def quantities_of(tokens: Sequence[Token], question: str | None) -> list[Quantity]:
    """All quantities, from left to right, ranges made one."""
    found: list[Quantity] = []
    i = 0
    while i < len(tokens):
        quantity = _share_in_words(tokens, i, question) or _quantity_at(tokens, i, question)
        if quantity is None:
            i += 1
            continue
        _add(found, quantity, tokens)
        i = max(quantity.end, i + 1)
    for quantity in found:
        _apply_suffix_bound(quantity, tokens)
    return found


def _quantity_at(tokens: Sequence[Token], i: int, question: str | None) -> Quantity | None:
    article = _article_duration(tokens, i, question)
    if article is not None:
        return article
    number = number_at(tokens, i, grouped=question != "tokens")
    if number is None or (number.single and not _counts_something(tokens, number.end, question)):
        return None
    quantity = Quantity(
        "bare", number.low, number.high, i, number.end, scaled=number.scaled, suffix=number.suffix
    )
    quantity.in_words = not tokens[i].number
    _note_number(quantity, number)
    _skip_ish(quantity, tokens)
    _look_before(quantity, tokens)
    _range_of_numbers(quantity, tokens, question)
    _unit(quantity, tokens, question)
    return quantity


def _note_number(quantity: Quantity, number: Number) -> None:
    for note in ("vague", "ambiguous", "broken"):
        if getattr(number, note):
            quantity.notes.add(note)


def _counts_something(tokens: Sequence[Token], i: int, question: str | None) -> bool:
    """Whether the "one" before token ``i`` is a number: a unit or a proportion follows, or nothing at all."""
    if i >= len(tokens):
        return i == 1
    word = tokens[i].text
    return (
        word in MILLISECONDS or word in CALLS or word in EXAMPLES or word in TOKEN_WORDS or word in ("%", "percent", "-", "shot")
        or (word in ("in", "of", "out") and question in QUALITY) or word == "or" or (word in HANDLED and question == "calls_per_month")
    )  # fmt: skip


def _article_duration(tokens: Sequence[Token], i: int, question: str | None) -> Quantity | None:
    """A month, half a second: a duration without a number, where durations were asked for."""
    if question not in ("can_wait", "latency_ms", "latency_now_ms", "latency", None) or i + 1 >= len(tokens):
        return None
    half = tokens[i].text == "half"
    at = i + 1 if half else i
    if (
        at + 1 >= len(tokens)
        or tokens[at].text not in ("a", "an", "one")
        or tokens[at + 1].text not in MILLISECONDS
    ):
        return None
    if i and (
        tokens[i - 1].number
        or tokens[i - 1].text in CALLS
        or tokens[i - 1].text in ("once", "twice", "every")
    ):
        return None
    length = Decimal(MILLISECONDS[tokens[at + 1].text]) / (2 if half else 1)
    if [t.text for t in tokens[at + 2 : at + 5]] == ["and", "a", "half"]:
        quantity = Quantity("duration", length * Decimal("1.5"), length * Decimal("1.5"), i, at + 5)
    else:
        quantity = Quantity("duration", length, length, i, at + 2)
    _look_before(quantity, tokens)
    return quantity


_PARTS = {
    "half": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "tenth": 10,
    "tenths": 10,
}
_COUNTS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "nine": 9}


def _share_in_words(tokens: Sequence[Token], i: int, question: str | None) -> Quantity | None:
    """Half of them, two thirds: where a share was asked for."""
    if question not in QUALITY:
        return None
    count, at = _COUNTS.get(tokens[i].text, 0), i + 1
    if not count and tokens[i].text in ("half", "quarter"):
        count, at = 1, i
    if at < len(tokens) and tokens[at].text == "-":
        at += 1
    if not count or at >= len(tokens) or tokens[at].text not in _PARTS:
        return None
    if at + 1 < len(tokens) and (
        tokens[at + 1].text in ("million", "thousand", "dozen", "a", "second")
        or tokens[at + 1].text in PERIODS
    ):
        return None
    share = Decimal(count) / _PARTS[tokens[at].text]
    if share > 1:
        return None
    quantity = Quantity("share", share, share, i, at + 1, in_words=True)
    quantity.notes.add("proportion")
    _look_before(quantity, tokens)
    return quantity


def _skip_ish(quantity: Quantity, tokens: Sequence[Token]) -> None:
    end = quantity.end
    if (
        end < len(tokens)
        and tokens[end].text == "-"
        and end + 1 < len(tokens)
        and tokens[end + 1].text == "ish"
    ):
        quantity.end = end + 2
    elif end < len(tokens) and tokens[end].text == "ish":
        quantity.end = end + 1


# ---- what stands before a number -------------------------------------------------------------------------------------

_BOUNDS: tuple[tuple[tuple[str, ...], str, bool], ...] = tuple(
    (tuple(words.split()), bound, strict)
    for group, bound, strict in (
        ("at least|no less than|not less than|no fewer than|not fewer than|not under|not below|never under|never below|no lower than"
         "|not lower than|minimum|minimum of|min|min of|≥|upwards of|no worse than|not worse than", "low", False),
        ("at most|no more than|not more than|not over|not above|never over|never above|not exceed|never exceed|not exceeding|no longer than|not longer than"
         "|no higher than|not higher than|no greater than|not greater than|max|max of|maximum|maximum of|≤|up to|as much as|not beyond|no slower than"
         "|not slower than|never more than|not much more than|no over|no above|upto", "high", False),
        ("more than|greater than|higher than|better than|longer than|over|above|beyond|exceeding|north of|>|well over|slower than|upward of", "low", True),
        ("less than|fewer than|lower than|shorter than|faster than|quicker than|under|below|sub|sub -|within|<|south of|worse than|short of"
         "|never less than it", "high", True),
    )
    for words in group.split("|")
)  # fmt: skip
_MOVED = frozenset(
    "go goes going went gone rise rises raise raises raised move moves moved jump jumps bump bumped".split()
)
_BOUND_ENDS = frozenset(words[-1] for words, _, _ in _BOUNDS)


def _look_before(quantity: Quantity, tokens: Sequence[Token]) -> None:
    """Currency signs, bounds, minus signs and negations that stand before a number."""
    at = quantity.start
    at = _currency_before(quantity, tokens, at)
    at = _minus(quantity, tokens, at)
    at = _currency_before(quantity, tokens, at)
    back = at
    while back and tokens[back - 1].text in HEDGES_BEFORE:
        back -= 1
    for end in dict.fromkeys((at, back)):
        if end and tokens[end - 1].text in _BOUND_ENDS and (bound := _bound_before(tokens, end)) is not None:
            _, _, start = bound
            back = start
            moved = {tokens[i].text for i in range(max(0, start - 2), start)} & _MOVED
            if not (moved and tokens[end - 1].text == "to"):  # "goes up to 99%" is where it goes
                quantity.bound, quantity.strict, at = bound
            break
    if back and tokens[back - 1].text in ("not", "never", "without", "no"):
        quantity.notes.add("negated")
    if back and tokens[back - 1].text in ("from", "between", "zwischen"):
        quantity.notes.add(tokens[back - 1].text)
        at = back - 1
    if (back and tokens[back - 1].text in ("every", "each")) or (at and tokens[at - 1].text == "every"):
        quantity.notes.add("every")
    quantity.start = at


def _currency_before(quantity: Quantity, tokens: Sequence[Token], at: int) -> int:
    if at and tokens[at - 1].text in CURRENCIES and not quantity.currency:
        quantity.kind, quantity.currency, at = "money", CURRENCIES[tokens[at - 1].text], at - 1
        if (
            at
            and tokens[at - 1].text in ("us", "a", "c", "au", "ca")
            and tokens[at].glued
            and tokens[at].text == "$"
        ):
            quantity.currency = {"us": "USD", "a": "AUD", "au": "AUD"}.get(tokens[at - 1].text, "CAD")
            at -= 1
    elif at and tokens[at - 1].text in UNCLEAR_CURRENCIES:
        quantity.notes.add("currency")
        quantity.kind, at = "money", at - 1
    return at


def _minus(quantity: Quantity, tokens: Sequence[Token], at: int) -> int:
    if not at or tokens[at - 1].text not in ("-", "minus", "negative"):
        return at
    before = tokens[at - 2] if at >= 2 else None
    sign = tokens[at - 1].text != "-" or (
        tokens[at].glued and (before is None or not tokens[at - 1].glued) and not (before and before.number)
    )
    if not sign:
        return at
    quantity.notes.add("negative")
    return at - 1


def _bound_before(tokens: Sequence[Token], end: int) -> tuple[Literal["low", "high"], bool, int] | None:
    best: tuple[Literal["low", "high"], bool, int] | None = None
    for words, bound, strict in _BOUNDS:
        start = end - len(words)
        if (
            start >= 0
            and all(tokens[start + i].text == word for i, word in enumerate(words))
            and (best is None or start < best[2])
        ):
            best = ("low" if bound == "low" else "high", strict, start)
    return best


_AFTER_BOUNDS: tuple[tuple[tuple[str, ...], str], ...] = tuple(
    (tuple(words.split()), bound)
    for group, bound in (
        ("+|or more|or above|or higher|or up|or better|or over|and up|and above|and more|and over|minimum|at least|plus|at minimum|at a minimum", "low"),
        ("or less|or fewer|or below|or under|or lower|max|maximum|tops|at most|at max|or faster|and below|and under|top|at the most", "high"),
    )
    for words in group.split("|")
)  # fmt: skip


def _apply_suffix_bound(quantity: Quantity, tokens: Sequence[Token]) -> None:
    for words, bound in _AFTER_BOUNDS:
        end = quantity.end + len(words)
        if end <= len(tokens) and all(tokens[quantity.end + i].text == word for i, word in enumerate(words)):
            if (
                words in (("+",), ("plus",))
                and end < len(tokens)
                and (tokens[end].number or number_at(tokens, end))
            ):
                return
            if quantity.bound and quantity.bound != bound:
                quantity.notes.add("contradiction")
            quantity.bound, quantity.end = ("low" if bound == "low" else "high"), end
            return


# ---- ranges ----------------------------------------------------------------------------------------------------------


def _range_of_numbers(quantity: Quantity, tokens: Sequence[Token], question: str | None) -> None:
    """The second number of "5-10k" or "between 5 and 10", which lends the first its scale."""
    at = quantity.end
    if at + 1 >= len(tokens) or not _separates(quantity, tokens, at):
        return
    after = at + 1
    while after < len(tokens) - 1 and (
        tokens[after].text in HEDGES_BEFORE or tokens[after].text in CURRENCIES
    ):
        after += 1
    other = number_at(tokens, after, grouped=question != "tokens")
    if other is None or other.single or (tokens[at].text == "or" and other.high > 3 * quantity.low + 1):
        return
    if (
        other.scaled
        and not quantity.scaled
        and quantity.low != 0
        and quantity.low < other.low / _scale(other)
    ):
        quantity.times(_scale(other))
        quantity.notes.discard("ambiguous")
    _join(quantity, other.low, other.high, other.end, tokens[at].text)
    quantity.scaled, quantity.suffix = quantity.scaled or other.scaled, other.suffix
    _note_number(quantity, other)
    _skip_ish(quantity, tokens)


def _scale(number: Number) -> Decimal:
    from core.reading.numbers import SCALES  # noqa: PLC0415

    return Decimal(SCALES[number.suffix]) if number.suffix in SCALES else _worded_scale(number.low)


def _worded_scale(value: Decimal) -> Decimal:
    return next((Decimal(scale) for scale in (10**9, 10**6, 10**5, 1000, 100) if value >= scale), Decimal(1))


def _separates(quantity: Quantity, tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].text
    if word == "-" and not tokens[at].glued and tokens[at + 1].glued:
        return False  # a minus sign
    return (
        word in SEPARATORS
        or (word == "and" and bool({"between", "zwischen"} & quantity.notes))
        or (word == "und" and "zwischen" in quantity.notes)
    )


def _join(quantity: Quantity, low: Decimal, high: Decimal, end: int, separator: str) -> None:
    if separator == "→" or ("from" in quantity.notes and separator in ("to", "bis")):
        quantity.notes.add("from_to")
    if quantity.bound or quantity.low != quantity.high:
        quantity.notes.add("contradiction")
    if low < quantity.low:
        quantity.notes.add("falling")
    quantity.high, quantity.end = high, end


def _add(found: list[Quantity], quantity: Quantity, tokens: Sequence[Token]) -> None:
    """Append, or make one range of it and the one before: "70% to 75%", "500 ms to 1 s"."""
    last = found[-1] if found else None
    if (
        last is not None
        and last.kind == quantity.kind
        and last.low == last.high
        and not quantity.bound
        and last.kind not in ("bare", "factor")
    ):
        between = [t.text for t in tokens[last.end : quantity.start] if t.text not in HEDGES_BEFORE]
        joined = len(between) == 1 and (
            between[0] in SEPARATORS or (between[0] == "and" and "between" in last.notes)
        )
        same = (
            last.side == quantity.side
            and last.period == quantity.period
            and last.noun == quantity.noun
            and last.currency == quantity.currency
        )
        if joined and same and last.k_of_n is None:
            _join(last, quantity.low, quantity.high, quantity.end, between[0])
            last.notes |= quantity.notes
            return
    found.append(quantity)


# ---- what stands after a number --------------------------------------------------------------------------------------


def _unit(quantity: Quantity, tokens: Sequence[Token], question: str | None) -> None:
    at = quantity.end
    word = tokens[at].text if at < len(tokens) else ""
    if quantity.currency or word in CURRENCIES or word in CENTS or word in UNCLEAR_CURRENCIES:
        _money(quantity, tokens)
    elif word in ("%", "percent", "pct", "percentage", "prozent") or (
        word == "per" and _is(tokens, at + 1, "cent")
    ):
        _percent(quantity, tokens)
    elif (word in ("x", "×", "*", "times", "fold", "-") and _factor(quantity, tokens)) or _k_of_n(
        quantity, tokens, question
    ):
        return
    elif word in RATES:
        quantity.kind, quantity.period, quantity.end = "calls", RATES[word], at + 1
    elif word in MILLISECONDS and not (
        word in ("s", "h", "d")
        and not tokens[at].glued
        and question not in ("latency_ms", "latency_now_ms", "latency", "can_wait")
    ):
        _duration(quantity, tokens)
    else:
        _noun(quantity, tokens, question)


def _is(tokens: Sequence[Token], i: int, *words: str) -> bool:
    return i < len(tokens) and tokens[i].text in words


def _percent(quantity: Quantity, tokens: Sequence[Token]) -> None:
    at = quantity.end
    quantity.end = at + (2 if tokens[at].text == "per" else 1)
    quantity.kind = "share"
    quantity.times(Decimal("0.01"))
    if (
        _is(tokens, quantity.end, "points", "point", "pts")
        or tokens[at].text == "percentage"
        or _is(tokens, quantity.end, *_COMPARED)
    ):
        quantity.kind = "relative"
        quantity.end += 1


_COMPARED = frozenset(
    "better worse higher lower faster slower cheaper smaller larger bigger faster off".split()
)


def _factor(quantity: Quantity, tokens: Sequence[Token]) -> bool:
    """10x, 10 times, 3-fold; but "500 × 20" is a product."""
    at = quantity.end
    word = tokens[at].text
    if word == "-":
        if not _is(tokens, at + 1, "fold"):
            return False
        quantity.end = at + 2
    elif (
        at + 1 < len(tokens)
        and number_at(tokens, at + 1) is not None
        and tokens[at + 1].text not in ("a", "an", "couple", "few")
    ):
        quantity.notes.add("product")
        return False
    elif word == "times" and _per(tokens, at + 1) is not None:
        _noun(quantity, tokens, None)
        return True
    else:
        quantity.end = at + 1
    quantity.kind = "factor"
    if _is(
        tokens,
        quantity.end,
        "more",
        "that",
        "as",
        "the",
        "higher",
        "bigger",
        "larger",
        "less",
        "fewer",
        "faster",
    ):
        if _is(tokens, quantity.end, "less", "fewer"):
            quantity.notes.add("ambiguous")
        quantity.end += 1
        if _is(tokens, quantity.end, "much", "many"):
            quantity.end += 1
    return True


_BETWEEN_K_AND_N = frozenset(
    "correct right error errors mistake mistakes miss misses failure failures cases case wrong good passed pass passing incorrect failed ok fine examples tickets times".split()
)
_BEFORE_N = frozenset("our the all those my these a every total".split())


def _k_of_n(quantity: Quantity, tokens: Sequence[Token], question: str | None) -> bool:  # noqa: PLR0912
    """43 of 50, 43 right out of 50, 88/100, 3 in 4; where tokens were asked for, 2000/200 is two numbers."""
    at, said = quantity.end, ""
    if at < len(tokens) and tokens[at].text in _BETWEEN_K_AND_N:
        said, at = tokens[at].text, at + 1
    word = tokens[at].text if at < len(tokens) else ""
    if word == "of":
        at += 1
    elif word == "out" and _is(tokens, at + 1, "of"):
        at += 2
    elif (word == "/" and not said and question not in ("tokens", "calls_per_month")) or (
        word == "in" and question in QUALITY
    ):
        at += 1
    else:
        return False
    while at < len(tokens) - 1 and tokens[at].text in _BEFORE_N and not tokens[at].number and word != "in":
        if number_at(tokens, at) is not None and tokens[at].text == "a":
            break
        at += 1
    total = number_at(tokens, at) if at < len(tokens) else None
    if total is None or quantity.low != quantity.high or total.low != total.high or total.vague:
        return False
    if word == "in" and (_is(tokens, total.end, "out") or total.low < quantity.low):
        return False
    k, n = quantity.low, total.low
    quantity.end = total.end
    quantity.kind = "share"
    quantity.noun = said
    if k != k.to_integral_value() or n != n.to_integral_value() or total.broken or "broken" in quantity.notes:
        quantity.notes.add("rating")
    elif n == 0 or k > n or "negative" in quantity.notes:
        quantity.notes.add("impossible")
    else:
        quantity.k_of_n = (int(k), int(n))
        if word == "in" or quantity.in_words or (n <= 10 and word != "of"):
            quantity.notes.add("proportion")
    quantity.low = quantity.high = k / n if n else Decimal(0)
    return True


def _duration(quantity: Quantity, tokens: Sequence[Token]) -> None:
    at = quantity.end
    quantity.kind, quantity.end = "duration", at + 1
    length = MILLISECONDS[tokens[at].text]
    quantity.times(Decimal(length))
    if tokens[at].text == "s" and "ambiguous" in quantity.notes:  # 1.250 s: a dot in seconds is a decimal one
        quantity.times(Decimal("0.001"))
        quantity.notes.discard("ambiguous")
    if "every" in quantity.notes:
        quantity.noun = "every"


def _per(tokens: Sequence[Token], at: int) -> tuple[str, Decimal, int] | None:  # noqa: PLR0912
    """The period at token ``at`` ("per day", "/ 24h", "monthly"): its name, how many of it, and where it ends."""
    if at >= len(tokens):
        return None
    word = tokens[at].text
    if word in ADVERBS:
        return ADVERBS[word], Decimal(1), at + 1
    if word in ("per", "/", "each", "every", "pro", "par", "por", "al", "im", "am", "je", "p"):
        at += 1
    elif word in ("a", "an"):
        at += 1
        if (
            at < len(tokens)
            and tokens[at].text not in PERIODS
            and tokens[at].text not in ("business", "working", "calendar", "single")
        ):
            return None
    elif word in ("in", "over", "within", "during"):
        at += 1
        if not _is(tokens, at, "a", "an", "one", "the"):
            return None
        at += 1
    else:
        return None
    if _is(tokens, at, "the", "a", "one", "single", "calendar", "le", "la", "el", "every", "given"):
        at += 1
    many = Decimal(1)
    if at < len(tokens) and tokens[at].number:
        number = number_at(tokens, at)
        if number is None or number.broken or number.low <= 0:
            return None
        many, at = number.low, number.end
    if _is(tokens, at, "business", "working", "work") and _is(tokens, at + 1, "day", "days"):
        return "working day", many, at + 2
    if at < len(tokens) and tokens[at].text in PERIODS:
        return PERIODS[tokens[at].text], many, at + 1
    return None


def _noun(quantity: Quantity, tokens: Sequence[Token], question: str | None) -> None:
    """A noun with its adjectives, then a period: "20,000 API requests a day"."""
    at, kind, noun = quantity.end, "", ""
    adjectives: list[str] = []
    if _is(tokens, at, "-") and _is(tokens, at + 1, "shot"):
        quantity.kind, quantity.noun, quantity.end = "count", "examples", at + 2
        return
    for step in range(4):
        here = at + step
        word = tokens[here].text if here < len(tokens) else ""
        kind, noun = _class_of(word, adjectives, question)
        if kind:
            at = here + 1
            break
        if word not in ADJECTIVES or (
            word in ("prompt", "input", "output", "context", "response") and _ends_there(tokens, here + 1)
        ):
            break
        adjectives.append(word)
    if kind:
        quantity.kind, quantity.noun, quantity.end = kind, noun, at  # type: ignore[assignment]
        if kind == "tokens":
            sides = {("in" if a in WAYS_IN else "out") for a in adjectives if a in WAYS_IN or a in WAYS_OUT}
            quantity.side = sides.pop() if len(sides) == 1 else ""
            return
        if kind == "count" and LABELLED & {*adjectives}:
            quantity.noun = "labelled"
    _period(quantity, tokens, question)


def _ends_there(tokens: Sequence[Token], at: int) -> bool:
    return at >= len(tokens) or (tokens[at].text not in TOKEN_WORDS and tokens[at].text not in ADJECTIVES)


def _class_of(word: str, adjectives: Sequence[str], question: str | None) -> tuple[str, str]:
    if word in TOKEN_WORDS:
        return "tokens", "tokens"
    if word in EXAMPLES:
        return "count", "examples"
    if word in LABELLED and word in ("annotations", "labels", "datapoints"):
        return "count", "labelled"
    if question == "tokens" and (word in WAYS_IN or word in WAYS_OUT):
        return "", ""
    if word in RECORDS or word in HANDLED:
        return (
            "count",
            "labelled" if LABELLED & {*adjectives} or question == "labelled_examples" else "handled",
        )
    if word in CALLS and not (question == "tokens" and word in WAYS_OUT):
        return "count", "calls"
    if word in ENTITIES and word not in ADJECTIVES:
        return "other", "entities"
    return ("other", word) if word in FOREIGN else ("", "")


def _period(quantity: Quantity, tokens: Sequence[Token], question: str | None) -> None:
    at = quantity.end
    while _is(tokens, at, "each", "total", "on", "in", "average", "combined") and not _per(tokens, at):
        if tokens[at].text == "each":
            quantity.notes.add("per entity")
        at += 1
    if (
        _is(tokens, at, "per", "/", "by", "each", "every", "a")
        and at + 1 < len(tokens)
        and _per(tokens, at) is None
        and tokens[at].text != "a"
        and (tokens[at + 1].text in ENTITIES or (tokens[at].text == "per" and tokens[at + 1].text.isalpha()))
    ):
        quantity.notes.add("per entity")
        at += 2
    per = _per(tokens, at)
    if per is None:
        if "per entity" in quantity.notes and at > quantity.end:
            quantity.end = at
        return
    name, many, end = per
    if quantity.kind == "other" and quantity.noun != "entities":
        return
    if quantity.kind == "other":
        quantity.notes.add("entities")
    quantity.kind, quantity.period, quantity.end = "calls", name, end
    quantity.times(1 / many)
    if (
        _is(tokens, end, "per", "/", "each", "and")
        and at + 1 < len(tokens)
        and end + 1 < len(tokens)
        and tokens[end + 1].text in ENTITIES
    ):
        quantity.notes.add("per entity")
        quantity.end = end + 2
    elif _is(tokens, end, "each"):
        quantity.notes.add("per entity")
        quantity.end = end + 1


def _money(quantity: Quantity, tokens: Sequence[Token]) -> None:
    at = quantity.end
    word = tokens[at].text if at < len(tokens) else ""
    quantity.kind = "money"
    if not quantity.currency:
        if word in CENTS:
            quantity.currency = CENTS[word]
            quantity.times(Decimal("0.01"))
        elif word in UNCLEAR_CURRENCIES:
            quantity.notes.add("currency")
        else:
            quantity.currency = CURRENCIES[word]
            if word == "us" or _is(tokens, at + 1, "us"):
                at += 1
        at += 1
    elif word in CURRENCIES and CURRENCIES[word] == quantity.currency:
        at += 1
    quantity.end = at
    for skipped in range(2):
        if _price_of(quantity, tokens, at + skipped):
            return
        if not _is(tokens, at + skipped, "total", "budget", "each"):
            return


def _price_of(quantity: Quantity, tokens: Sequence[Token], at: int) -> bool:
    per = _per(tokens, at)
    if per is not None:
        name, many, quantity.end = per
        quantity.period = name
        quantity.times(1 / many)
        if _is(tokens, quantity.end, "per") and _is(tokens, quantity.end + 1, *ENTITIES):
            quantity.notes.add("per entity")
        return True
    if not _is(tokens, at, "per", "/", "a", "each", "for"):
        return False
    start = at + 1
    number = number_at(tokens, start) if start < len(tokens) else None
    many, start = (number.low, number.end) if number else (Decimal(1), start)
    word = tokens[start].text if start < len(tokens) else ""
    if number is None and word in ("mtok", "mtoks", "mtokens", "m"):
        many, start = Decimal(10) ** 6, start + 1
    side = ""
    for _ in range(2):
        if _is(tokens, start, *WAYS_IN, *WAYS_OUT):
            side, start = ("in" if tokens[start].text in WAYS_IN else "out"), start + 1
        elif _is(tokens, start, *TOKEN_WORDS):
            start += 1
    tokens_meant = start > at + 1 and (
        tokens[start - 1].text in TOKEN_WORDS or tokens[start - 1].text.startswith("mtok") or side
    )
    if tokens_meant and many > 0:
        quantity.times(Decimal(10) ** 6 / many)
        quantity.period, quantity.end = "1M_tokens" + (f"_{side}" if side else ""), start
        return True
    if word in CALLS:
        quantity.period, quantity.end = "call", start + 1
        if many > 0:
            quantity.times(1 / many)
        return True
    return False
