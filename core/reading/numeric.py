"""Quantities into the answers that they carry the unit of."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from core.reading.cues import LATENCY_CUES, NOW, QUALITY_CUES, TARGET, TOKEN_CUES, WEAK_QUALITY_CUES, sides_of
from core.reading.quantities import Quantity
from core.reading.reply import Reply, json_number
from core.reading.units import (
    A_MONTH,
    ADVERBS,
    ENTITIES,
    IN_OFFICE_HOURS,
    MILLISECONDS,
    ON_WEEKDAYS,
    PERIODS,
)
from core.reading.vocabulary import KNOWN

QUALITY_QUESTIONS = frozenset(("quality", "quality_now", "quality_target"))
LATENCY_QUESTIONS = frozenset(("latency", "latency_ms", "latency_now_ms"))
FLIPS = frozenset(
    "error errors wrong fail fails failing failed failure failures miss misses missed mistake mistakes incorrect incorrectly bad".split()
)
NO_SHARE = frozenset(
    "bleu rouge perplexity kappa auc auroc mcc elo nps stars star rating likert wer cer meteor bertscore csat loss mae rmse gpa".split()
)
VOLUME = frozenset("volume traffic load calls requests queries throughput usage".split())


def fill_numbers(reply: Reply) -> None:
    """Fill every answer whose unit a quantity of the reply carries."""
    for quantity in reply.quantities:
        _refuse_impossible(reply, quantity)
    if reply.invalid:
        return
    _set_rejected_aside(reply)
    _fill_money(reply)
    _fill_tokens(reply)
    _fill_quality(reply)
    _fill_latency(reply)
    _fill_counts(reply)
    _fill_calls(reply)


def _refuse_impossible(reply: Reply, quantity: Quantity) -> None:
    notes = quantity.notes
    if "negative" in notes and quantity.kind != "relative":
        reply.invalid = "A number below zero cannot be right here."
    elif "broken" in notes and (quantity.low == 0 or quantity.high > 10**15):
        reply.invalid = "I cannot read that number."
    elif "impossible" in notes and (reply.asked in QUALITY_QUESTIONS or reply.asked is None):
        reply.invalid = "There cannot be more right answers than cases, and there must be at least one case."
    elif quantity.kind == "share" and quantity.high > 1 and (reply.question in QUALITY_QUESTIONS):
        reply.invalid = "A share can be 100% at most."


def _free(reply: Reply, *kinds: str) -> list[Quantity]:
    return [q for q in reply.quantities if q.kind in kinds and not reply.is_used(q)]


def _text(reply: Reply, at: int) -> str:
    return reply.tokens[at].text if 0 <= at < len(reply.tokens) else ""


_OTHER_THINGS = frozenset(
    "models model projects products apps systems services providers vendors environments labels categories".split()
)


def _strange_noun(reply: Reply, quantity: Quantity) -> bool:
    """Whether a bare number is followed by a noun that we do not know, and so counts something else."""
    word = _text(reply, quantity.end)
    return (word.isalpha() and word not in KNOWN) or word in ENTITIES or word in _OTHER_THINGS


def _is_a_time(reply: Reply, quantity: Quantity) -> bool:
    """ "See you at 10": a small bare number after "at" is a time of day, not a count."""
    return (
        quantity.kind == "bare"
        and not quantity.scaled
        and quantity.high <= 24
        and _text(reply, quantity.start - 1) in ("at", "till", "until", "@", "by")
    )


def _note(reply: Reply, quantity: Quantity) -> None:
    """The doubts that a quantity carries with it."""
    notes = quantity.notes
    if "negated" in notes:
        reply.doubt("there is a 'not' before the number")
    if "vague" in notes:
        reply.doubt("the number is a rough one")
    if "ambiguous" in notes:
        reply.doubt("the separator in the number can be read in two ways")
    if "falling" in notes or "contradiction" in notes:
        reply.doubt("the range can be read in two ways")
    if "per entity" in notes or "entities" in notes:
        reply.doubt("the number is for each of several")
    if "broken" in notes:
        reply.doubt("the number can be read in two ways")


def _set_rejected_aside(reply: Reply) -> None:
    """Of "50k not 500k" and "not 2 but 12" the negated number says what was wrong, not what is right."""
    free = reply.quantities
    for n, quantity in enumerate(free):
        at = quantity.start - 1
        while at >= 0 and _text(reply, at) in ("a", "about", "the", "is", "just", "like"):
            at -= 1
        instead = at >= 1 and (_text(reply, at - 1), _text(reply, at)) in (
            ("instead", "of"),
            ("rather", "than"),
        )
        if n and instead and _alike(free[n - 1], quantity):
            reply.use(quantity)
            reply.explain(at - 1, quantity.end)
            continue
        if "negated" not in quantity.notes or at < 0:
            continue
        before = free[n - 1] if n else None
        after = free[n + 1] if n + 1 < len(free) else None
        if before is not None and _gap_is_plain(reply, before.end, at) and _alike(before, quantity):
            reply.use(quantity)
            reply.explain(at, quantity.end)
        elif (
            after is not None
            and "but" in (words := [_text(reply, i) for i in range(quantity.end, after.start)])
            and len(words) <= 3
            and _alike(after, quantity)
        ):
            reply.use(quantity)
            reply.explain(at, after.start)


def _gap_is_plain(reply: Reply, start: int, end: int) -> bool:
    return end - start <= 3 and all(
        _text(reply, i) in (",", "and", ".", "-", "examples", "calls") for i in range(start, end)
    )


def _alike(one: Quantity, other: Quantity) -> bool:
    return one.kind == other.kind or "bare" in (one.kind, other.kind)


# ---- values out of quantities ----------------------------------------------------------------------------------------


def _ranged(quantity: Quantity, of: Callable[[Decimal], int | float], whole: bool = False) -> Any:
    """A single value, or ``[low, high]``; a bound leaves the other end open (or at 0)."""
    low, high = quantity.low, quantity.high
    step = 1 if whole and quantity.strict else 0
    if low != high:
        low, high = min(low, high), max(low, high)
        return [of(low), of(high)]
    if quantity.bound == "low":
        return [of(low + step), None]
    if quantity.bound == "high":
        return [0, of(max(high - step, Decimal(0)))]
    return of(low)


def _point(quantity: Quantity, of: Callable[[Decimal], int | float]) -> Any:
    """A limit: "under 300 ms" and "at least 95%" are the numbers themselves."""
    if quantity.low != quantity.high:
        return [of(min(quantity.low, quantity.high)), of(max(quantity.low, quantity.high))]
    return of(quantity.low)


def _whole(value: Decimal) -> int | float:
    return json_number(value)


# ---- quality ---------------------------------------------------------------------------------------------------------


def _fill_quality(reply: Reply) -> None:
    asked = reply.question in QUALITY_QUESTIONS
    if reply.question == "cheaper_model_enough" and reply.mode == "answer":
        for quantity in _free(reply, "share"):
            reply.use(quantity)
        return
    candidates = [
        q
        for q in reply.quantities
        if not reply.is_used(q) and (q.kind == "share" or (asked and q.kind == "bare"))
    ]
    if not candidates:
        if asked and _free(reply, "relative", "factor"):
            reply.ask = "That is relative; please tell me the share itself, such as 85%."
        return
    words = reply.words()
    if words & NO_SHARE:
        reply.ask = "That score is no share of right answers; which percentage is right?"
        return
    candidates = _split_from_to(reply, _without_strays(reply, candidates))
    candidates = [q for q in candidates if _as_share(reply, q, candidates)]
    if reply.invalid or not candidates:
        return
    if (
        reply.question is None
        and reply.mode == "answer"
        and len(candidates) == 1
        and not words & (set(QUALITY_CUES) | set(WEAK_QUALITY_CUES))
    ):
        return
    weak = WEAK_QUALITY_CUES if reply.question != "quality_target" else {}
    all_sides, all_sure, claimed = sides_of(reply.tokens, reply.quantities, QUALITY_CUES, weak)
    place = {id(q): n for n, q in enumerate(reply.quantities)}
    sides = [all_sides[place[id(q)]] if id(q) in place else q.noun for q in candidates]
    sure = [all_sure[place[id(q)]] if id(q) in place else True for q in candidates]
    if reply.question is None and reply.mode != "answer" and sides == [""]:
        sides = [NOW]
        reply.doubt("it is not said whether that is now or the target")
    _settle_sides(reply, candidates, sides, sure)
    for quantity, side in zip(candidates, sides, strict=True):
        if side:
            _put_quality(reply, quantity, side, alone=len(candidates) == 1)
    if any(sides):
        for at in claimed:
            reply.explain(at, at + 1)


def _without_strays(reply: Reply, candidates: list[Quantity]) -> list[Quantity]:
    """Beside a percentage a bare number is another one only if the words next to it say so: "on our set of 50"."""
    if not any(q.kind == "share" for q in candidates):
        return candidates
    return [
        q
        for q in candidates
        if q.kind == "share"
        or any(
            _text(reply, q.start - n) in QUALITY_CUES or _text(reply, q.end + n - 1) in QUALITY_CUES
            for n in (1, 2, 3)
        )
        or _text(reply, _before_hedges(reply, q)) in (*WEAK_QUALITY_CUES, ",", "→", "with")
    ]


def _before_hedges(reply: Reply, quantity: Quantity) -> int:
    at = quantity.start - 1
    while at > 0 and _text(reply, at) in ("about", "around", "like", "maybe", "just", "only", "of"):
        at -= 1
    return at


def _split_from_to(reply: Reply, candidates: list[Quantity]) -> list[Quantity]:
    """ "From 76 to 90" is the quality now and the one needed, when both were asked for."""
    split: list[Quantity] = []
    for quantity in candidates:
        if "from_to" not in quantity.notes:
            split.append(quantity)
            continue
        reply.use(quantity)
        for value, side in ((quantity.low, NOW), (quantity.high, TARGET)):
            part = Quantity(quantity.kind, value, value, quantity.start, quantity.end, noun=side)
            split.append(part)
        if reply.question != "quality":
            reply.doubt("from one number to another can be a range or a change")
    return split


def _as_share(reply: Reply, quantity: Quantity, candidates: Sequence[Quantity]) -> bool:
    """Turns a bare number into a share in place; ``False`` when it is none."""
    if quantity.kind == "share":
        return True
    value = max(quantity.low, quantity.high)
    if quantity.scaled or _strange_noun(reply, quantity) or (quantity.in_words and value < 1):
        return False
    if "ambiguous" in quantity.notes:  # 99.125: a dot in a share is a decimal one
        quantity.times(Decimal("0.001"))
        quantity.notes.discard("ambiguous")
        value = max(quantity.low, quantity.high)
    total = next((q.k_of_n[1] for q in candidates if q.k_of_n is not None and q.kind == "share"), None)
    if (
        total is not None
        and value > 1
        and value == value.to_integral_value()
        and (value > 100 or total <= 100)
        and value <= total
    ):
        quantity.times(1 / Decimal(total))
    elif value > 100:
        if not quantity.scaled:
            reply.invalid = "A share can be 100% at most."
        return False
    elif value > 1:
        quantity.times(Decimal("0.01"))
        if value < 10 and reply.question != "cheaper_model_enough":
            reply.doubt("it is not clear whether the number is a percentage")
    elif value == 1 or (value == 0 and quantity.low == 0):
        reply.doubt("it is not clear whether the number is a percentage")
    quantity.kind = "share"
    return True


def _settle_sides(reply: Reply, candidates: list[Quantity], sides: list[str], sure: list[bool]) -> None:
    asked = reply.question
    if asked == "quality_now":
        sides[:] = [
            TARGET if side == TARGET and (certain or len(sides) > 1) else NOW
            for side, certain in zip(sides, sure, strict=True)
        ]
    elif asked == "quality_target":
        sides[:] = [
            NOW if side == NOW and certain else TARGET for side, certain in zip(sides, sure, strict=True)
        ]
    elif len(sides) == 2 and (asked == "quality" or any(sides)):
        if not any(sides):
            sides[:] = [NOW, TARGET]
            reply.doubt("it is not said which of the two is the target")
        elif "" in sides:
            other = sides[1] if not sides[0] else sides[0]
            sides[sides.index("")] = NOW if other == TARGET else TARGET
    elif asked == "quality" and len(sides) == 1 and not sides[0]:
        sides[0] = NOW
        if candidates[0].k_of_n is None:
            reply.doubt("it is not said whether that is now or the target")
    if len(sides) == 2 and sides[0] == sides[1] and not sure[0] and asked == "quality":
        sides[:] = [NOW, TARGET] if sure[1] is False else sides
        reply.doubt("it is not said which of the two is the target")
    for side in (NOW, TARGET):
        if sides.count(side) > 1:
            reply.doubt("there are two numbers for one question")
            reply.ask = "I see two numbers for the same thing; which one is it?"
            sides[:] = ["" if s == side else s for s in sides]


def _put_quality(reply: Reply, quantity: Quantity, side: str, *, alone: bool) -> None:
    flipped = _flipped(reply, quantity, alone)
    if flipped:
        quantity.low, quantity.high = 1 - quantity.high, 1 - quantity.low
        quantity.bound = {"low": "high", "high": "low", "": ""}[quantity.bound]  # type: ignore[assignment]
    if quantity.high > 1 or quantity.low < 0:
        reply.invalid = "A share can be 100% at most."
        return
    _note(reply, quantity)
    if "rating" in quantity.notes:
        reply.doubt("that may be a rating, not a share of right answers")
    if side == TARGET and quantity.bound == "high":
        reply.doubt("a target is usually a lower limit")
    key = "quality_now" if side == NOW else "quality_target"
    of: Callable[[Decimal], int | float] = lambda v: json_number(v, 4 if quantity.k_of_n else 6)  # noqa: E731
    reply.put(key, _point(quantity, of) if side == TARGET else _ranged(quantity, of))
    reply.use(quantity)
    if quantity.k_of_n is not None:
        k, n = quantity.k_of_n
        if k == n == 50:
            reply.doubt("fifty-fifty may mean half")
        if key == "quality_now" and "proportion" not in quantity.notes and not quantity.bound:
            reply.evaluation = (n - k if flipped else k, n)
            reply.given_as[key] = f"{reply.evaluation[0]} of {n}"


def _flipped(reply: Reply, quantity: Quantity, alone: bool) -> bool:
    """Whether the words around say that the share is of wrong answers; explains them. Doubtful when denied."""
    near = range(max(0, quantity.start - 6), min(len(reply.tokens), quantity.end + 4))
    if not alone:
        near = range(max(0, quantity.start - 3), min(len(reply.tokens), quantity.end + 2))
    at = [i for i in near if _text(reply, i) in FLIPS and i >= reply.body]
    if not at and quantity.bound == "high":  # "the error rate is 12%, it must be under 5%"
        at = [
            i
            for i in range(reply.body, quantity.start)
            if _text(reply, i) in FLIPS and _text(reply, i + 1) == "rate"
        ]
    if not at:
        return False
    if any(_text(reply, i) in ("not", "no", "never", "without") for i in range(at[0] - 3, at[0])) or any(
        _text(reply, i) in ("right", "correct", "accuracy", "pass", "correctly") for i in near
    ):
        reply.doubt("right and wrong are both mentioned")
    for i in at:
        reply.explain(i, i + 1)
    return True


# ---- tokens, money, latency ------------------------------------------------------------------------------------------


def _fill_tokens(reply: Reply) -> None:
    asked = reply.question == "tokens"
    candidates = [
        q for q in reply.quantities
        if not reply.is_used(q) and (q.kind == "tokens" or (q.kind == "bare" and (asked or _beside_way(reply, q))))
    ]  # fmt: skip
    if not candidates:
        return
    if any(
        q.kind == "tokens"
        and (_text(reply, q.end) in ("per", "/", "a", "each") or _text(reply, q.end) in ADVERBS)
        for q in candidates
    ):
        reply.ask = "Those are tokens over time; I need calls a month, or the tokens of one call."
        return
    unit = asked or any(q.kind == "tokens" for q in candidates)
    sides, _, claimed = sides_of(reply.tokens, reply.quantities, TOKEN_CUES)
    by_id = {id(q): side for q, side in zip(reply.quantities, sides, strict=True)}
    pair = {by_id[id(q)] for q in candidates} >= {"in", "out"}
    if not unit and not pair:
        return
    named = [q.side or by_id[id(q)] for q in candidates]
    if (
        reply.question == "tokens"
        and len(candidates) == 2
        and not any(named)
        and _slash_between(reply, candidates)
    ):
        named = ["in", "out"]
    elif len(candidates) == 2 and sorted(named) in (["", "in"], ["", "out"]):
        named[named.index("")] = "out" if "in" in named else "in"
    if "total" in reply.words() or len(candidates) > 2:
        reply.ask = "How many tokens go in, and how many come out?"
        return
    if not any(named):
        if len(candidates) == 2:
            reply.ask = "Which of the two is the input, and which the output?"
            return
        named = ["in"]
        reply.doubt("it is not said whether the tokens go in or come out")
    for quantity, side in zip(candidates, named, strict=True):
        if not side:
            continue
        _note(reply, quantity)
        if _strange_noun(reply, quantity) and quantity.kind == "bare":
            reply.ask = "I can only count tokens; how many are they?"
            continue
        reply.put("prompt_tokens" if side == "in" else "output_tokens", _tokens_value(quantity))
        reply.use(quantity)
    for at in claimed:
        reply.explain(at, at + 1)


def _tokens_value(quantity: Quantity) -> Any:
    return _ranged(quantity, _whole)


def _beside_way(reply: Reply, quantity: Quantity) -> bool:
    return _text(reply, quantity.end) in ("in", "out", "output", "input") or _text(
        reply, quantity.start - 1
    ) in ("in", "out", "output", "input", "prompt")


def _slash_between(reply: Reply, pair: Sequence[Quantity]) -> bool:
    between = [_text(reply, i) for i in range(pair[0].end, pair[1].start)]
    return between in (["/"], ["→"], ["-"], ["and"], [","], ["+"])


def _fill_money(reply: Reply) -> None:
    candidates = _free(reply, "money")
    if len(candidates) > 1:
        reply.ask = "I see two amounts of money; which one is it?"
        return
    for quantity in candidates:
        _note(reply, quantity)
        if "currency" in quantity.notes or not quantity.currency:
            reply.ask = "Which currency is that?"
            return
        amount = _ranged(quantity, json_number) if not quantity.bound else _point(quantity, json_number)
        if isinstance(amount, list):
            reply.doubt("the amount is a range")
        if quantity.bound:
            reply.doubt("the amount is a limit, not a price")
        period = quantity.period or _loose_period(reply, quantity) or None
        if period is None:
            reply.doubt("it is not said per what")
        reply.put("money", [amount, quantity.currency, period])
        reply.use(quantity)
    if reply.question == "money" and not candidates and _free(reply, "bare", "calls"):
        reply.ask = "Which currency is that, and per what?"


def _fill_latency(reply: Reply) -> None:  # noqa: PLR0912
    asked = reply.question in LATENCY_QUESTIONS
    candidates = [q for q in _free(reply, "duration") if q.noun != "every"]
    if not asked:
        candidates = [q for q in candidates if max(q.low, q.high) < 1000 * 600 and _is_latency(reply, q)]
    elif not candidates:
        candidates = [
            q
            for q in _free(reply, "bare")
            if not _strange_noun(reply, q) and not (q.scaled and q.suffix == "m")
        ]
        for quantity in candidates:
            if quantity.high < 20:
                quantity.times(Decimal(1000))
                reply.doubt("it is not said whether that is seconds or milliseconds")
    if asked and any(max(q.low, q.high) > 1000 * 3600 for q in candidates):
        reply.ask = "How many milliseconds may one call take?"
        return
    if not candidates:
        return
    sides, _, claimed = sides_of(reply.tokens, reply.quantities, LATENCY_CUES)
    by_id = {id(q): side for q, side in zip(reply.quantities, sides, strict=True)}
    named = [by_id[id(q)] for q in candidates]
    if reply.question == "latency" and len(named) == 2 and len(set(named)) == 1:
        named = [NOW, TARGET]
        reply.doubt("it is not said which of the two is the limit")
    elif reply.question == "latency" and len(named) == 1 and not named[0] and not candidates[0].bound:
        reply.doubt("it is not said whether that is now or the limit")
        named = [NOW]
    elif len(named) == 2 and "" in named and any(named):
        named[named.index("")] = NOW if TARGET in named else TARGET
    for quantity, side in zip(candidates, named, strict=True):
        key = (
            "latency_now_ms"
            if (reply.question == "latency_now_ms" and side != TARGET)
            or (side == NOW and reply.question in ("latency", None))
            else "latency_ms"
        )
        if reply.question == "latency_ms" and side == NOW and len(named) > 1:
            key = "latency_now_ms"
        _note(reply, quantity)
        if key == "latency_ms" and quantity.bound == "low":
            reply.doubt("a limit on latency is usually an upper one")
        reply.put(
            key, _point(quantity, json_number) if key == "latency_ms" else _ranged(quantity, json_number)
        )
        reply.use(quantity)
    for at in claimed:
        reply.explain(at, at + 1)


def _is_latency(reply: Reply, quantity: Quantity) -> bool:
    words = reply.words()
    named = words & {"latency", "p95", "p99", "p50", "p90", "response", "slow", "fast"}
    unit = any(MILLISECONDS.get(_text(reply, i)) == 1 for i in range(quantity.start, quantity.end))
    return bool(named) or unit


# ---- counts ----------------------------------------------------------------------------------------------------------


def _fill_counts(reply: Reply) -> None:
    for question, nouns in (
        ("prompt_examples", ("examples",)),
        ("labelled_examples", ("examples", "labelled", "handled")),
    ):
        asked = reply.question == question
        if asked:
            candidates = [q for q in _free(reply, "count") if q.noun in nouns] or [
                q
                for q in _free(reply, "bare")
                if not _strange_noun(reply, q)
                and not _is_duration_like(reply, q)
                and not _is_a_time(reply, q)
            ]
        elif question == "prompt_examples":
            candidates = (
                [q for q in _free(reply, "count") if q.noun == "examples"]
                if reply.question != "labelled_examples"
                else []
            )
        else:
            candidates = [q for q in _free(reply, "count") if q.noun == "labelled"]
        candidates = _merge_equal(candidates)
        if len(candidates) > 1:
            reply.ask = "I see more than one number; which one is it?"
            continue
        for quantity in candidates:
            _put_count(reply, quantity, question)


def _merge_equal(candidates: list[Quantity]) -> list[Quantity]:
    return candidates[:1] if len({(q.low, q.high) for q in candidates}) == 1 else candidates


def _is_duration_like(reply: Reply, quantity: Quantity) -> bool:
    return _text(reply, quantity.end) in MILLISECONDS or "product" in quantity.notes


def _put_count(reply: Reply, quantity: Quantity, question: str) -> None:
    if quantity.low != quantity.low.to_integral_value() or quantity.high != quantity.high.to_integral_value():
        reply.ask = "That should be a whole number."
        return
    _note(reply, quantity)
    if question == "prompt_examples" and quantity.high > 500:
        reply.doubt("that is a lot of examples for one prompt")
    value = _ranged(quantity, _whole, whole=True)
    reply.put(question, value)
    reply.use(quantity)


# ---- calls -----------------------------------------------------------------------------------------------------------


def _fill_calls(reply: Reply) -> None:
    asked = reply.question == "calls_per_month"
    if _product(reply) or (asked and _figures(reply)):
        return
    candidates = [q for q in _free(reply, "calls") if q.noun or reply.question != "money"]
    counts = [q for q in _free(reply, "count") if q.noun == "calls" or (q.noun == "handled" and asked)]
    bare = [
        q
        for q in _free(reply, "bare")
        if (asked and not _strange_noun(reply, q) and not _is_a_time(reply, q)) or _after_volume(reply, q)
    ]
    candidates += counts if not candidates or len(counts) == 0 else [q for q in counts if q.noun == "calls"]
    if not candidates:
        candidates = bare
    elif any(
        _text(reply, i) in ("avg", "average", "sustained", "mean", "typical")
        for i in range(len(reply.tokens))
    ):
        candidates = _averaged(reply, candidates, bare)
    elif bare and asked:
        candidates += bare
    if not candidates and asked:
        candidates = [q for q in _free(reply, "duration") if q.noun == "every"]
    if not candidates:
        if (
            asked
            and not reply.values
            and (_free(reply, "relative", "factor", "share") or reply.words() & _RELATIVE)
        ):
            reply.ask = "That is relative; how many calls a month is it?"
        return
    if len(candidates) > 1:
        reply.ask = "I see more than one number; how many calls a month is it in all?"
        return
    _put_calls(reply, candidates[0])


_RELATIVE = frozenset("double twice triple half halve tenfold more less fewer same".split())


def _figures(reply: Reply) -> bool:
    """ "Six figures", "tens of thousands": an order of magnitude, not a number."""
    words = reply.words()
    if words & {"figures", "figure", "digits"} or (
        words & {"hundreds", "thousands", "millions", "billions", "dozens", "tens"}
        and not any(q.scaled for q in reply.quantities)
    ):
        reply.ask = "Roughly how many calls a month is that, as a number?"
        return True
    return False


def _after_volume(reply: Reply, quantity: Quantity) -> bool:
    at = quantity.start - 1
    while at >= 0 and _text(reply, at) in ("is", "of", ":", "=", "about", "was", "at", "around", "to", "-"):
        at -= 1
    return _text(reply, at) in VOLUME and not _strange_noun(reply, quantity)


def _averaged(reply: Reply, candidates: list[Quantity], bare: list[Quantity]) -> list[Quantity]:
    """Of "100 qps peak, 30 avg" the average counts; it borrows the other's unit when it has none."""
    chosen = [
        q
        for q in (*candidates, *bare)
        if any(
            _text(reply, i) in ("avg", "average", "sustained", "mean", "typical")
            for i in (q.end, q.end + 1, q.start - 1, q.start - 2)
        )
    ]
    if len(chosen) != 1:
        return candidates
    if chosen[0].kind == "bare":
        chosen[0].kind, chosen[0].period = "calls", candidates[0].period
    for quantity in candidates:
        if quantity is not chosen[0]:
            reply.use(quantity)
    reply.explain_words(("peak", "avg", "average", "sustained", "mean", "typical"))
    return chosen


def _product(reply: Reply) -> bool:
    """500 users × 20 calls each per day: computed, and always shown to be confirmed."""
    for one, other in zip(reply.quantities, reply.quantities[1:], strict=False):
        between = {_text(reply, i) for i in range(one.end, other.start)}
        if not between & {"×", "x", "*", "times"} or reply.is_used(one) or reply.is_used(other):
            continue
        if (
            len(reply.quantities) == 2
            and one.kind in ("other", "count", "bare")
            and other.kind in ("calls", "count", "bare")
            and reply.question in ("calls_per_month", None)
        ):
            period = other.period or "month"
            value = one.low * other.low * A_MONTH[period]
            reply.put(
                "calls_per_month", _calls_number(value), f"{short(one.low)} × {short(other.low)} a {period}"
            )
            reply.doubt("it is a product")
            reply.use(one)
            reply.use(other)
            reply.explain(one.end, other.start)
            return True
        reply.ask = "How many calls a month is that in all?"
        return True
    return False


def _loose_period(reply: Reply, quantity: Quantity) -> str:
    """A period that stands elsewhere in the reply: "monthly volume is 80k"."""
    found: list[tuple[str, int, int]] = []
    for i, token in enumerate(reply.tokens):
        if quantity.start <= i < quantity.end or reply.explained[i]:
            continue
        if token.text in ADVERBS:
            found.append((ADVERBS[token.text], i, i + 1))
        elif token.text in PERIODS and _text(reply, i - 1) in ("per", "a", "each", "every", "/", "in"):
            found.append((PERIODS[token.text], i - 1, i + 1))
    if len(found) != 1:
        if found:
            reply.doubt("two periods are mentioned")
        return ""
    period, start, end = found[0]
    reply.explain(start, end)
    return period


def _put_calls(reply: Reply, quantity: Quantity) -> None:
    words = reply.words()
    if quantity.kind == "duration":
        if quantity.low != quantity.high or quantity.low <= 0:
            reply.ask = "How many calls a month is that?"
            return
        reply.doubt("it is said how often, not how many")
        every = Decimal(MILLISECONDS["month"]) / quantity.low
        reply.put("calls_per_month", _calls_number(every))
        reply.use(quantity)
        return
    if quantity.notes & {"per entity", "entities"}:
        reply.ask = "That is for each of several; how many calls a month is it in all?"
        return
    period = quantity.period or _loose_period(reply, quantity) or "month"
    weekdays = bool(words & {"weekdays", "weekday"}) and period != "working day"
    table, hours = A_MONTH, ""
    if "officehours" in words or ({"business", "hours"} <= words):
        table, hours = IN_OFFICE_HOURS, "8 h on 21.74 days"
        reply.explain_words(("officehours", "business", "hours", "during", "working"))
    elif weekdays:
        table, hours = ON_WEEKDAYS, "21.74 days"
        reply.explain_words(("weekdays", "weekday"))
    if (
        not quantity.period
        and not quantity.scaled
        and quantity.kind == "bare"
        and quantity.high < 100
        and not quantity.bound
    ):
        reply.doubt("that is very few calls for a month")
    given = f"{_number_text(quantity)} {_article(period)} {period}" if period != "month" else ""
    quantity.times(table[period])
    _note(reply, quantity)
    if "from_to" in quantity.notes:
        reply.doubt("from one number to another can be a range or a change")
    if (
        words & {"peak", "spike", "spikes", "burst", "bursts"}
        and not reply.explained[
            next(
                i
                for i, t in enumerate(reply.tokens)
                if t.text in ("peak", "spike", "spikes", "burst", "bursts")
            )
        ]
    ):
        reply.doubt("a peak is not an average")
    value = _ranged(quantity, _calls_number)
    reply.put("calls_per_month", value, given)
    if given:
        reply.given_as["hours"] = hours or (
            ""
            if period in ("year", "quarter")
            else "months of 30.4375 days"
            if period != "working day"
            else "21.74 days"
        )
    reply.use(quantity)
    reply.explain_words(("nonstop",))


def _article(period: str) -> str:
    return "an" if period[0] == "h" else "a"


def _calls_number(value: Decimal) -> int | float:
    return json_number(Decimal(round(value)) if value >= 100 else value, 4)


def _number_text(quantity: Quantity) -> str:
    if quantity.low != quantity.high:
        return f"{short(min(quantity.low, quantity.high))} to {short(max(quantity.low, quantity.high))}"
    before = {"low": "at least ", "high": "at most "}.get(quantity.bound, "")
    return before + short(quantity.low)


def short(value: Decimal | float | int) -> str:
    """A number as people say it: 250k, 7.6M; three digits at most."""
    number = Decimal(str(value))
    for scale, letter in ((Decimal(10**9), "B"), (Decimal(10**6), "M"), (Decimal(1000), "k")):
        if abs(number) >= scale * Decimal("0.9995"):
            return _three_digits(number / scale) + letter
    return _three_digits(number)


def _three_digits(number: Decimal) -> str:
    """Three digits when they are exact, else one place after the point: 1.25, 7.6, 365."""
    exact = Decimal(f"{number:.3g}")
    rounded = (
        exact if exact == number or abs(number) >= 100 else round(number, 1) if abs(number) >= 1 else exact
    )
    return format(rounded.normalize(), "f")
