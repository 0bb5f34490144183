"""Shares of right answers: the quality now, and the one needed."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from decimal import Decimal

from core.reading.amounts import (
    QUALITY_QUESTIONS,
    limit_of,
    note_doubts,
    strange_noun,
    unused,
    value_of,
    word_at,
)
from core.reading.cues import NOW, QUALITY_CUES, TARGET, WEAK_QUALITY_CUES, sides_of
from core.reading.k_and_n import RIGHT, join_k_and_n
from core.reading.quantity import Quantity
from core.reading.reply import Reply, json_number
from core.reading.rule import Rule
from core.reading.sides import says_what_is_needed, settle_sides
from core.reading.units import ENTITIES

FLIPS = frozenset(
    "changed corrected edited astray lost rewrite rewrites redo redone rework reworked discard discarded unusable useless rubbish bounced misclassified misfiled misrouted misread miscoded missorted wrongly reject rejects rejected bin bins binned differ differs differed disagree disagrees disagreed complained complains fix fixes mistake faulty throw throws threw thrown scrap scrapped "
    "error errors wrong fail fails failing failed failure failures miss misses missed mistake mistakes incorrect incorrectly bad".split()
)


NO_SHARE = frozenset(
    "bleu rouge perplexity kappa auc auroc mcc elo nps stars star rating likert wer cer meteor bertscore csat loss mae rmse gpa".split()
)


_PLAINLY_TARGET = frozenset(
    "target goal need needs must required require requires bar objective threshold minimum contract sla".split()
)


def fill_quality(reply: Reply) -> None:
    """Fill the quality now, the target, or both."""
    if reply.question == "cheaper_model_enough" and reply.mode == "answer":
        for quantity in unused(reply, "share"):
            reply.use(quantity)
        return
    if reply.question in QUALITY_QUESTIONS:
        join_k_and_n(reply)
    if reply.question in QUALITY_QUESTIONS and reply.mode == "answer" and _WAS_TUNED.search(reply.line):
        reply.ask = "Is that of the prompt, or of a model that was tuned already?"
        return
    candidates = _candidates(reply)
    words = reply.words()
    if not candidates or reply.invalid:
        return
    if reply.question is None and reply.mode == "answer" and len(candidates) == 1 and not words & _ANY_CUE:
        return
    sides, sure, claimed = _sides(reply, candidates)
    if reply.question is None and reply.mode != "answer" and sides == [""]:
        sides = [NOW]
        reply.doubt("it is not said whether that is now or the target")
    settle_sides(reply, candidates, sides, sure)
    for quantity, side in zip(candidates, sides, strict=True):
        if side:
            _put_quality(reply, quantity, side, alone=len(candidates) == 1)
    if reply.asked == "quality_now" and sides == [TARGET] and not words & _PLAINLY_TARGET:
        reply.doubt("that may be what it should be, not what it is")
    for at in claimed if any(sides) else ():
        reply.explain(at, at + 1)


_WAS_TUNED = Rule(
    r"(?<![^ ])(?<!not )(?<!never )(?<!un )(?<!well )(?<!if )(?:(?:(?:fine - |fine )tuned|finetuned)(?! (?:prompt|instructions|by hand))|(?:we|i|they|he|she) trained (?:it|one|a model|the model)|(?:the|our|a) tuned (?:one|model|version)|after (?:the |our |some )?(?:fine - |fine )?(?:tuning|finetuning))(?![^ ])"
)
"""What a model does that was tuned already says nothing about the prompt."""


_ANY_CUE = frozenset((*QUALITY_CUES, *WEAK_QUALITY_CUES))


def _candidates(reply: Reply) -> list[Quantity]:
    """The quantities that may be shares of right answers, bare numbers made shares."""
    asked = reply.question in QUALITY_QUESTIONS
    _set_the_same_share_aside(reply)
    candidates = unused(reply, "share", "bare") if asked else unused(reply, "share")
    if not candidates and asked and unused(reply, "relative", "factor"):
        reply.ask = "That is relative; please tell me the share itself, such as 85%."
    if candidates and (reply.words() & NO_SHARE or any("rating" in q.notes for q in candidates)):
        reply.ask = "That score is no share of right answers; which percentage is right?"
        return []
    _set_what_was_aside(reply)
    candidates = unused(reply, "share", "bare") if asked else unused(reply, "share")
    candidates = _split_from_to(reply, _without_strays(reply, candidates))
    return [q for q in candidates if _as_share(reply, q, candidates)]


def _set_what_was_aside(reply: Reply) -> None:
    """Of "errors are down to 12% from 30%" the 30% is how it was."""
    for now, before in itertools.pairwise(unused(reply, "share", "bare")):
        moved = {word_at(reply, now.start - n) for n in (1, 2)} & {"to", "down", "up"}
        if "from" in before.notes and moved and not reply.words() & _PLAINLY_TARGET:
            reply.use(before)
            reply.explain(now.end, before.start)


_WITH_WHAT_PEOPLE_REACH = 3
_NEAR = 4


def _repeats_it(reply: Reply, one: Quantity, other: Quantity) -> bool:
    """Whether a share is said again as what follows from it: "people agree in 92%, so 92"."""
    worth = [q.high if q.kind == "share" else q.high / 100 for q in (one, other)]
    return worth[0] == worth[1] and "so" in {word_at(reply, at) for at in range(one.end, other.start)}


def _set_the_same_share_aside(reply: Reply) -> None:
    """Of "43 of 50 (86%)" the percentage only repeats what was counted."""
    shares = unused(reply, "share", "bare")
    if len(shares) == _WITH_WHAT_PEOPLE_REACH and _repeats_it(reply, *shares[1:]):
        reply.use(shares[1])  # "it agrees in 74%, people agree in 92%, so 92 is the bar"
        reply.explain(shares[1].start - _NEAR, shares[1].end)
    shares = unused(reply, "share")
    for one, other in itertools.pairwise(shares):
        counted, repeated = (one, other) if one.k_of_n is not None else (other, one)
        between = {word_at(reply, at) for at in range(one.end, other.start)}
        if any(QUALITY_CUES.get(word) == TARGET for word in between) and NOW not in {
            QUALITY_CUES.get(word) for word in between
        }:
            continue
        if counted.k_of_n and repeated.k_of_n is None and abs(counted.low - repeated.low) < Decimal("0.006"):
            reply.use(repeated)
            reply.explain(one.end, other.start)


def _sides(reply: Reply, candidates: list[Quantity]) -> tuple[list[str], list[bool], set[int]]:
    weak = WEAK_QUALITY_CUES if reply.question != "quality_target" else {}
    all_sides, all_sure, claimed = sides_of(reply.tokens, reply.quantities, QUALITY_CUES, weak)
    place = {id(q): n for n, q in enumerate(reply.quantities)}
    sides = [all_sides[place[id(q)]] if id(q) in place else q.noun for q in candidates]
    return sides, [all_sure[place[id(q)]] if id(q) in place else True for q in candidates], claimed


def _without_strays(reply: Reply, candidates: list[Quantity]) -> list[Quantity]:
    """Beside a percentage a bare number is another one only if the words next to it say so: "on our set of 50"."""
    if not any(q.kind == "share" for q in candidates):
        return candidates
    shares = [q for q in candidates if q.kind == "share"]
    strays = [q for q in candidates if q.kind != "share" and not strange_noun(reply, q)]
    if (
        reply.question == "quality"
        and len(shares) == len(strays) == 1
        and says_what_is_needed(reply, strays[0])
    ):
        return [q for q in candidates if q in (shares[0], strays[0])]
    return [
        q
        for q in candidates
        if q.kind == "share"
        or any(
            word_at(reply, q.start - n) in QUALITY_CUES or word_at(reply, q.end + n - 1) in QUALITY_CUES
            for n in (1, 2, 3)
        )
        or word_at(reply, _before_hedges(reply, q)) in (*WEAK_QUALITY_CUES, ",", "→", "with")
    ]


def _before_hedges(reply: Reply, quantity: Quantity) -> int:
    at = quantity.start - 1
    while at > 0 and word_at(reply, at) in ("about", "around", "like", "maybe", "just", "only", "of"):
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
    if quantity.scaled or strange_noun(reply, quantity) or (quantity.in_words and value < 1):
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
        and value < total
    ):
        quantity.times(1 / Decimal(total))
    elif value > 100:
        if not quantity.scaled:
            reply.invalid = "A share can be 100% at most."
        return False
    elif value > 1:
        quantity.times(Decimal("0.01"))
        if value <= 10 and reply.question != "cheaper_model_enough" and not _is_down_to(reply, quantity):
            reply.doubt("it is not clear whether the number is a percentage")
    elif value == 1 or (value == 0 and quantity.low == 0):
        reply.doubt("it is not clear whether the number is a percentage")
    quantity.kind = "share"
    return True


def _put_quality(reply: Reply, quantity: Quantity, side: str, *, alone: bool) -> None:
    if quantity.k_of_n == (50, 50) and "of" not in reply.line.split():
        quantity.low = quantity.high = Decimal("0.5")
        quantity.k_of_n = None
        reply.doubt("fifty-fifty may mean half")
    flipped = _flipped(reply, quantity, alone) or _is_left_wrong(reply, quantity, side)
    if flipped:
        quantity.low, quantity.high = 1 - quantity.high, 1 - quantity.low
        quantity.bound = {"low": "high", "high": "low", "": ""}[quantity.bound]  # type: ignore[assignment]
    if quantity.bound and {word_at(reply, quantity.start), word_at(reply, quantity.start - 1)} & _CLOSE:
        quantity.bound, quantity.strict = "", False  # "just under 80%"
    if quantity.high > 1 or quantity.low < 0:
        reply.invalid = "A share can be 100% at most."
        return
    note_doubts(reply, quantity)
    if side == NOW and reply.words() & _OTHERS and not reply.words() & _ALIKE:
        reply.doubt("that may be what people reach, not the model")
    if word_at(reply, quantity.end) == "of" and {word_at(reply, quantity.end + n) for n in (1, 2)} & ENTITIES:
        reply.doubt("that may be a share of people, not of right answers")
    if side == NOW and not flipped and _may_be_the_wrong_ones(reply, quantity):
        reply.doubt("that may be how many were wrong")
    if side == NOW and alone and reply.asked == "quality" and _is_all(reply):
        reply.doubt("that may be what is needed as well")
    few = side == TARGET and quantity.high < Decimal("0.3") and reply.asked == "quality"
    if few and "target" not in reply.words():
        reply.doubt("that may be how many may be wrong")
    if side == TARGET and quantity.bound == "high" and not _is_a_floor(reply, quantity):
        reply.doubt("a target is usually a lower limit")
    key = "quality_now" if side == NOW else "quality_target"
    of: Callable[[Decimal], int | float] = lambda v: json_number(v, 4 if quantity.k_of_n else 6)  # noqa: E731
    reply.put(key, limit_of(quantity, of) if side == TARGET else value_of(quantity, of))
    reply.use(quantity)
    if quantity.k_of_n is not None:
        k, n = quantity.k_of_n
        if key == "quality_now" and "proportion" not in quantity.notes and not quantity.bound:
            reply.evaluation = (n - k if flipped else k, n)
            reply.given_as[key] = f"{reply.evaluation[0]} of {n}"


def _is_left_wrong(reply: Reply, quantity: Quantity, side: str) -> bool:
    """Whether a goal is how many may still be wrong, as nothing but wrong ones is spoken of: "one in five comes back, one in fifty would do"."""
    words = reply.words()
    return (
        side == TARGET
        and reply.asked == "quality"
        and quantity.high <= _STILL_WRONG
        and quantity.kind == "share"
        and bool(words & FLIPS)
        and not words & (_RIGHT | RIGHT - _PLEASED | _FOUND | _PLAINLY_TARGET - _WISHED)
    )


_STILL_WRONG = Decimal("0.1")
_PLEASED = frozenset("happy content satisfied like as good fine ok okay accept acceptable".split())
_WISHED = frozenset("need needs must require requires required".split())


def _may_be_the_wrong_ones(reply: Reply, quantity: Quantity) -> bool:
    """Whether somebody did something to fewer than half, and nothing says that these were right: "of 60 I touched 13"."""
    counted = quantity.k_of_n is not None and "proportion" not in quantity.notes
    acted = reply.words() & _PEOPLE and quantity.high < Decimal("0.5")
    return counted and bool(acted) and not reply.words() & (_RIGHT | RIGHT | _FOUND)


def _is_all(reply: Reply) -> bool:
    """Whether what there is may be what is needed too, or nothing else is said of what is needed."""
    return bool(_SUFFICES & reply.words()) or _ALL_ASKED.search(reply.line) is not None


_ALL_ASKED = Rule(
    r"(?<![^ ])all (?:that )?(?:i|we|they|anybody|anyone) (?:have )?(?:ever )?(?:ask|asked|need|needed|want|wanted|expect|expected)(?![^ ])"
)
_SUFFICES = frozenset(("enough", "suffices", "sufficient", "plenty"))
_CLOSE = frozenset("just slightly barely marginally shade touch whisker hair tad".split())
_PEOPLE = frozenset("i we they he she you had people editors staff colleagues".split())
_FLOOR = Rule(
    r"(?<![^ ])(?:not|never|nobody|no one|no|nothing|anything|everything|useless|worthless|dangerous|unacceptable|unusable|forget it|means|if|unless|stays?|remains?|by hand|reject\w*|refuse\w*)(?![^ ])"
)


def _is_a_floor(reply: Reply, quantity: Quantity) -> bool:
    """Whether "below 95" is said of what will not do: "below 95 the curators will not touch it"."""
    return quantity.high >= Decimal("0.5") and _FLOOR.search(reply.line) is not None


_ALIKE = frozenset(
    "same agreement agree agrees agreed match matches matched identical accept accepts like".split()
)
"""Of "the same as a human scorer in 72%" the people are the measure."""
_OTHERS = frozenset(
    "staff human humans annotators experts clerks competitor competitors vendor industry".split()
)
_RIGHT = frozenset(
    "right correct correctly accuracy accurate pass passes passing quality f1 good success".split()
)


_FOUND = frozenset(
    "catch catches caught finds found spot spots spotted detect detects detected recognises recognised identified".split()
)


def _is_found(reply: Reply, quantity: Quantity) -> bool:
    """Whether a count is of what is caught, which is a success though bad things are caught: "31 of 40 bad ones"."""
    before = range(max(0, quantity.start - 4), quantity.start)
    near = [*before, *range(quantity.start, _end_of_clause(reply, quantity.end))]
    if quantity.noun in FLIPS or not any(word_at(reply, at) in _FOUND for at in near):
        return False
    if reply.words() & {"answers", "replies", "outputs", "results"}:
        return False  # somebody caught what it got wrong
    if "found" in {word_at(reply, at) for at in before} and reply.words() & {"we", "i"}:
        return False  # "we found 6 of 40 wrong" says what people found in its answers
    if any(word_at(reply, at) in ("not", "never", "without") for at in near):
        return False
    reply.explain(quantity.end, _end_of_clause(reply, quantity.end))
    reply.explain_words(_FOUND)
    return True


def _end_of_clause(reply: Reply, at: int) -> int:
    """Where the words end that may say what a share is of: at a sign, at "and", before the next number."""
    end = at
    while end < min(len(reply.tokens), at + 6) and not reply.tokens[end].number:
        if word_at(reply, end) in (",", ".", ";", "and", "but", "because", "(", "we", "target"):
            break
        end += 1
    return max(end, min(len(reply.tokens), at + 2))


def _is_down_to(reply: Reply, quantity: Quantity) -> bool:
    """Whether a number is what errors must come down to."""
    before = [word_at(reply, quantity.start - n) for n in (2, 1)]
    return before == ["down", "to"] and bool(reply.words() & FLIPS)


def _flipped(reply: Reply, quantity: Quantity, alone: bool) -> bool:
    """Whether the words around say that the share is of wrong answers; explains them. Doubtful when denied."""
    if quantity.k_of_n is not None and _is_found(reply, quantity):
        return False
    near = range(max(0, quantity.start - 6), min(len(reply.tokens), quantity.end + 4))
    if not alone:
        near = range(max(0, quantity.start - 3), _end_of_clause(reply, quantity.end))
    at = [i for i in near if word_at(reply, i) in FLIPS and i >= reply.body]
    if not at and not alone and quantity.high < Decimal("0.5") and not reply.words() & _RIGHT:
        at = [
            i for i in range(reply.body, quantity.start) if word_at(reply, i) in FLIPS
        ]  # "error rate 5%, 1% wanted"
    if not at and quantity.bound == "high":  # "the error rate is 12%, it must be under 5%"
        at = [
            i
            for i in range(reply.body, quantity.start)
            if word_at(reply, i) in FLIPS and word_at(reply, i + 1) == "rate"
        ]
    if not at and _is_down_to(reply, quantity):
        reply.explain(quantity.start - 2, quantity.start)
        return True
    if not at or any(word_at(reply, i) == "without" for i in range(at[0] - 3, at[0])):
        return False
    if any(word_at(reply, i) in ("not", "no", "never", "without") for i in range(at[0] - 3, at[0])) or any(
        word_at(reply, i) in ("right", "correct", "accuracy", "pass", "correctly") for i in near
    ):
        reply.doubt("right and wrong are both mentioned")
    for i in at:
        reply.explain(i, i + 1)
    return True
