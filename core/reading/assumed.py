"""What a reply says of the ledger's assumptions: an hour of engineering, a GPU's price, the share of batched calls."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from core.facts import ASSUMPTIONS
from core.reading.quantity import Quantity
from core.reading.reply import Reply, json_number
from core.reading.units import ADVERBS, MILLISECONDS, OFFICE_HOURS, WORKING_DAYS_A_MONTH

PER_WHAT = "it is not said per what"

_WORKING_MONTH = OFFICE_HOURS * WORKING_DAYS_A_MONTH
_WORKED: dict[str, Decimal] = {
    "hour": Decimal(1), "day": Decimal(OFFICE_HOURS), "working day": Decimal(OFFICE_HOURS), "week": _WORKING_MONTH * 12 / 52,
    "month": _WORKING_MONTH, "year": 12 * _WORKING_MONTH,
}  # fmt: skip
"""Hours that somebody works in it."""
_BILLED_MONTH = Decimal(ASSUMPTIONS["hours_per_month"].fixed or 0)
_RUNNING: dict[str, Decimal] = {
    "hour": Decimal(1), "day": Decimal(24), "week": Decimal(168), "month": _BILLED_MONTH, "year": 12 * _BILLED_MONTH,
}  # fmt: skip
"""Hours that a server runs in it."""
_A_YEAR: dict[str, int] = {"day": 365, "week": 52, "fortnight": 26, "month": 12, "quarter": 4, "year": 1}

_NAMED: tuple[tuple[str, str], ...] = (
    ("engineer_per_hour",
     r"labou?r(?: costs?)?|engineers?|engineering(?: time| hours?)?|developers?|devs?|programmers?|contractors?|freelancers?|staff|salar(?:y|ies)|wages?|(?:hourly|day|labou?r) rate"),
    ("gpu_per_hour", r"gpus?|[hab][12]00s?|l4s?|l40s?|a10g?s?"),
    ("price_per_label", r"labels?|labelling|annotations?|annotating|annotators?|(?:labelled |reviewed )?examples?"),
)  # fmt: skip
_HOURS_OF = {"engineer_per_hour": _WORKED, "gpu_per_hour": _RUNNING}

_SHARES: tuple[tuple[str, str], ...] = (
    ("batch_share", r"batch(?:ed|es|ing)?|in batch(?:es)?|overnight"),
    ("cache_hit_rate", r"cache ?(?:hits?|hit rates?)|hit rates?|cache hit ?(?:rates?|share)?|(?:from|in) the cache|cached"),
    ("fixed_share", r"(?:fixed|static|constant) (?:part|share|prefix)|(?:always|stays?) the same"),
    ("retry_rate", r"retr(?:y|ies|ied)(?: rate)?|repeated"),
)  # fmt: skip
_WHOLE = {
    "all": Decimal(1),
    "everything": Decimal(1),
    "half": Decimal("0.5"),
    "nothing": Decimal(0),
    "none": Decimal(0),
}
_RETRAINING = (
    r"re (?:- )?train(?:s|ed|ing|ings)?|retrain(?:s|ed|ing|ings)?|train(?:ed)? (?:it )?(?:again|anew)"
)
_HORIZON = r"horizon|(?:pays?|paid) (?:itself )?(?:back|off)(?: within| in)?|payback(?: time)?"


def fill_shares(reply: Reply) -> None:
    """Shares and rates of the ledger; only where nothing else was asked, since a share is usually a quality."""
    if reply.mode == "answer" and reply.asked is not None:
        return
    for key, pattern in _SHARES:
        if _fill_share(reply, key, pattern):
            return
    _fill_retraining(reply)
    _fill_horizon(reply)


def fill_prices(reply: Reply) -> None:
    """What an amount of dollars is for. It stays among the values as it was said."""
    if "money" not in reply.values:
        return
    amount, currency, period = reply.values["money"]
    key = _priced(reply, period)
    if key is None:
        return
    if currency != "USD" or isinstance(amount, list):
        return
    if key not in _HOURS_OF:
        _not_doubted(reply, PER_WHAT)
        reply.assumed[key] = amount
    elif period is None:
        reply.assumed[key] = amount  # by the hour, as it is not said otherwise: that stays to be confirmed
    elif period in _HOURS_OF[key]:
        reply.assumed[key] = json_number(Decimal(str(amount)) / _HOURS_OF[key][period], 3)


def _priced(reply: Reply, period: str | None) -> str | None:
    """The assumption that an amount is for: by its own unit, else by what is named."""
    words = reply.words()
    if period is not None and period.startswith("1M_tokens"):
        if words & {"train", "training", "tune", "tuning"}:
            return "train_price"
        side = period.removeprefix("1M_tokens").lstrip("_")
        tuned = "tuned_" if words & {"tuned", "finetuned"} else ""
        reply.explain_words(("tuned", "finetuned"))
        return f"{tuned}price_{side}" if side else None
    for key, pattern in _NAMED:
        match = _compiled(pattern).search(reply.line)
        if match is None or (key == "price_per_label" and period not in (None, "call")):
            continue
        reply.explain_characters(match.start(), match.end())
        reply.explain_words(("each", "apiece", "per", "cost", "costs", "charge", "charges", "paid", "pay"))
        return key
    return None


def _not_doubted(reply: Reply, doubt: str) -> None:
    if doubt in reply.doubts:
        reply.doubts.remove(doubt)


def _fill_share(reply: Reply, key: str, pattern: str) -> bool:
    match = _compiled(pattern).search(reply.line)
    if match is None:
        return False
    shares = [q for q in reply.quantities if q.kind == "share" and q.k_of_n is None and q.low == q.high <= 1]
    if len(shares) == 1:
        reply.use(shares[0])
        share = shares[0].low
    else:
        whole = next(
            ((w, token.text) for token in reply.tokens if (w := _WHOLE.get(token.text)) is not None), None
        )
        if shares or whole is None or any(not reply.is_used(q) for q in reply.quantities if q.kind == "bare"):
            return False
        share = whole[0]
        reply.explain_words((whole[1],))
    reply.assumed[key] = json_number(share)
    reply.explain_characters(match.start(), match.end())
    reply.explain_words(("part", "prompt", "rate", "could", "can", "be", "were", "hit", "cache", "share"))
    return True


def _fill_retraining(reply: Reply) -> None:
    match = _compiled(_RETRAINING).search(reply.line)
    if match is None:
        return
    often = _often(reply)
    if often is None:
        return
    reply.assumed["retrains_per_year"] = json_number(often, 3)
    reply.explain_characters(match.start(), match.end())
    reply.explain_words(
        ("train", "trained", "training", "needed", "model", "times", "every", "once", "twice")
    )


def _often(reply: Reply) -> Decimal | None:
    """How many times a year: "monthly", "every 2 months", "4 times a year"."""
    for token in reply.tokens:
        if token.text in ADVERBS and ADVERBS[token.text] in _A_YEAR:
            reply.explain_words((token.text,))
            return Decimal(_A_YEAR[ADVERBS[token.text]])
    durations = [q for q in reply.quantities if q.kind == "duration" and q.low == q.high > 0]
    if len(durations) != 1:
        return None
    times = _times(reply, durations[0])
    reply.use(durations[0])
    a_year = Decimal(MILLISECONDS["year"]) / durations[0].low
    return a_year * times


def _times(reply: Reply, duration: Quantity) -> Decimal:
    """The 4 of "4 times a year"; 1 where only "every year" is said."""
    before = [
        q for q in reply.quantities if q.kind in ("bare", "factor") and q.end <= duration.start and q.low > 0
    ]
    for quantity in before[-1:]:
        reply.use(quantity)
        return quantity.low
    return Decimal(2 if "twice" in reply.words() else 1)


def _fill_horizon(reply: Reply) -> None:
    match = _compiled(_HORIZON).search(reply.line)
    durations = [q for q in reply.quantities if q.kind == "duration" and q.low == q.high > 0]
    if match is None or len(durations) != 1:
        return
    reply.use(durations[0])
    reply.assumed["horizon_months"] = json_number(durations[0].low / Decimal(MILLISECONDS["month"]), 3)
    reply.explain_characters(match.start(), match.end())
    reply.explain_words(("had", "pay", "back", "itself", "within", "tuning", "fine", "tune", "must"))


@lru_cache(maxsize=16)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^ ])(?:{pattern})(?![^ ])")
