"""Tables that are summaries: with a row for a suite, a task, a category or a model, and none for a case.

Where they say how many were right, and of how many, the sums are counted; a share of a known number counts where only
one whole number has it. Nothing else is.
"""
# ruff: noqa: SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from core.evidence.columns import (
    GRADES,
    GROUPS,
    KEYS,
    LABELS,
    METRICS,
    MODELS,
    PREDICTIONS,
    SUITES,
    Column,
    first_named,
    measures,
)
from core.evidence.counting import MOST_COMPARED, TOO_MANY
from core.evidence.found import MOST_ROWS, CannotRead, Doubt, Found, Unreadable, Use, choices, noted, short
from core.evidence.summaries import NO_CASES, read_summary, whole_of
from core.evidence.totals import Cases, is_total, totals_told
from core.evidence.verdicts import number_of

RIGHT = "correct numcorrect ncorrect passed pass numpassed npassed passes right successes success hits resolved".split()
WRONG = "failed fail numfailed nfailed failures failure incorrect numincorrect wrong numwrong misses".split()
ERRORED = "errors error errored numerrors".split()
SKIPPED = "skipped skip numskipped ignored".split()
TOTAL = """total n count num samples numsamples nsamples cases numcases ncases examples numexamples questions
    numquestions items instances size support tests numtests evaluated""".split()
SHARE = "acc accuracy passrate successrate rate share exactmatch em percent pct".split()
SHARES = frozenset("acc accuracy passrate successrate winrate rate percent pct".split())
"""Names that a number of one case does not have."""
OF_SUITES = frozenset("suite testsuite dataset benchmark subject".split())
"""What no case is."""
OF_CASES = frozenset(("task",))
"""What a case is called too."""
TEXTS = frozenset("text prompt message content".split())
SHARE_ONLY = (
    "It is a summary: a row for each {of}, and `{share}` of `{total}` leaves open how many were right. "
    "Give me the file with a row for each case."
)
A_SUM = (
    "It is a summary, and its first or last row is the sum of all others. Call that row “Total” if it is one, "
    "or type the numbers: 43 of 50."
)
OVER = " / "
"""Between two columns of counts: so many right of so many."""
Row = Mapping[str, Any]
Rows = Callable[[], Iterator[Row]]


def read_suites(rows: Rows, columns: Mapping[str, Column], use: Use) -> Found | None:
    """What a summary says; ``None`` where the table is none."""
    counts = _counts(columns)
    if use.column is not None:
        return _summed(rows, columns, counts, use) if counts and use.column == _told(counts) else None
    if counts:
        return _asked(columns, counts, use) if _is_of_cases(columns) else _summed(rows, columns, counts, use)
    return Unreadable(NO_CASES) if _is_summary(columns) else None


def _counts(columns: Mapping[str, Column]) -> dict[str, str] | None:
    """The columns that count: those of right answers, wrong ones, errors, all; ``None`` where they do not tell."""
    known = {
        of: name
        for of, names in (("right", RIGHT), ("wrong", WRONG), ("errors", ERRORED), ("skipped", SKIPPED),
                          ("total", TOTAL))
        for name in [first_named((c for c in columns.values() if _counts_cases(c)), names)]
        if name is not None
    }  # fmt: skip
    share = first_named((c for c in columns.values() if 2 * c.numbers >= c.filled > 0), SHARE)
    if not ({"right", "wrong", "total"} & known.keys()):
        return None
    if len({"right", "wrong", "total"} & known.keys()) < 2:
        if "total" not in known or share is None or share in known.values():
            return None
        known["share"] = share
    deciding = [columns[known[of]].highest for of in ("right", "wrong", "total") if of in known]
    return known if max(deciding) > 1 else None


def _counts_cases(column: Column) -> bool:
    """Whether there is nothing but whole numbers in a column, as far as they were kept."""
    told = [number_of(value) for value in column.values]
    return column.numbers == column.filled > 0 and all(
        n is None or (n >= 0 and n == n.to_integral()) for n in told
    )


def _told(counts: Mapping[str, str]) -> str:
    first = next(counts[of] for of in ("right", "share", "wrong") if of in counts)
    return f"{first}{OVER}{counts.get('total') or counts['wrong']}"


def _is_of_cases(columns: Mapping[str, Column]) -> bool:
    known = list(columns.values())
    return any(first_named(known, names) is not None for names in (KEYS, LABELS, PREDICTIONS, TEXTS))


def _asked(columns: Mapping[str, Column], counts: Mapping[str, str], use: Use) -> Doubt | None:
    """Whether to count parts of cases or whole ones, where each case has several."""
    if "right" not in counts or columns[counts["right"]].highest <= 1:
        return None
    right, total = counts["right"], counts.get("total")
    has = f"`{right}` of `{total}`" if total else f"`{right}` and `{counts['wrong']}`"
    asks = f"Each row has {has}. What shall I count?"
    said = [("Every one of them, summed up", _told(counts))]
    if total:
        said.append(("Rows in which all are right", f"{right} = {total}"))
    return Doubt(asks, "column", choices(use, "column", *said))


def _summed(rows: Rows, columns: Mapping[str, Column], counts: Mapping[str, str], use: Use) -> Found:
    compared = _compared(columns)
    # Cases have texts, and may be called anything; suites have none, and one that is called "Total" is one.
    there = list(itertools.islice(rows(), MOST_ROWS + 1))
    if len(there) > MOST_ROWS:
        raise CannotRead(TOO_MANY)
    suites = [row for row in Cases(lambda: iter(there))() if not is_total(row)]
    groups = [short(str(row.get(compared))) if compared else "" for row in suites]
    named = list(dict.fromkeys(groups)) if compared else []
    if use.provider is None and len(named) > MOST_COMPARED:
        return Unreadable(f"It compares more than {MOST_COMPARED}. Give me the rows of the one that counts.")
    if use.provider is None and len(named) > 1:
        asks = f"It compares {len(named)}. Which one do you use?"
        return Doubt(asks, "provider", choices(use, "provider", *((name, name) for name in named)))
    if use.provider is not None and use.provider not in named:
        return Unreadable(f"It has nothing of {short(use.provider)}.")
    kept = [row for row, group in zip(suites, groups, strict=True) if use.provider in (None, group)]
    hundred = "share" in counts and columns[counts["share"]].highest > 1
    told = [_numbers(row, counts, hundred=hundred) for row in kept]
    if None in told or not told:
        return Unreadable(_unsaid(counts, columns))
    numbers = [one for one in told if one is not None]
    if _is_sum(numbers):
        return Unreadable(A_SUM)
    found = read_summary(
        _sum(numbers), use, f"A summary with a row for each {_of(columns)}, summed up{_derived(counts)}"
    )
    left_out = len(there) - len(suites)
    return noted(found, totals_told(left_out)) if left_out else found


def _compared(columns: Mapping[str, Column]) -> str | None:
    """The column that says which of several models or prompts a row is of."""
    return first_named(columns.values(), [name for name in GROUPS if name not in METRICS])


def _numbers(row: Row, counts: Mapping[str, str], *, hundred: bool) -> dict[str, int] | None:
    """How many of a row were right, wrong, errors, in all; ``None`` where that is not said.

    hundred: whether shares are of a hundred.
    """
    found = {of: _whole(row.get(name)) for of, name in counts.items() if of != "share"}
    errors, skipped = found.get("errors") or 0, found.get("skipped") or 0
    right, wrong, total = found.get("right"), found.get("wrong"), found.get("total")
    if "share" in counts and total is not None:
        share = number_of(row.get(counts["share"]))
        right = whole_of(share / 100 if hundred else share, total) if share is not None else None
    if total is not None:
        total -= skipped
        right = total - wrong - errors if right is None and wrong is not None else right
        wrong = total - right - errors if wrong is None and right is not None else wrong
    if right is None or wrong is None or min(right, wrong) < 0:
        return None
    every = right + wrong + errors if total is None else total
    return {"passed": right, "failed": wrong, "errors": errors, "total": every}


def _whole(cell: Any) -> int | None:
    number = number_of(cell)
    return int(number) if number is not None and number >= 0 and number == number.to_integral() else None


def _is_sum(told: Sequence[Mapping[str, int]]) -> bool:
    """Whether the first or the last is the sum of all others: perhaps a total by a name not known here."""
    ends = ((told[-1], told[:-1]), (told[0], told[1:]))
    return any(len(rest) > 1 and _sum(rest) == dict(total) for total, rest in ends)


def _sum(told: Sequence[Mapping[str, int]]) -> dict[str, int]:
    return {key: sum(one[key] for one in told) for key in ("passed", "failed", "errors", "total")}


def _derived(counts: Mapping[str, str]) -> str:
    """How the right answers were told where no column counts them."""
    if "share" in counts:
        return f"; `{counts['share']}` of `{counts['total']}` are right"
    return "" if "right" in counts else f"; `{counts['total']}` less `{counts['wrong']}` are right"


def _unsaid(counts: Mapping[str, str], columns: Mapping[str, Column]) -> str:
    if "share" in counts:
        return SHARE_ONLY.format(of=_of(columns), share=counts["share"], total=counts["total"])
    return NO_CASES


def _of(columns: Mapping[str, Column]) -> str:
    """What a row is of, in a word."""
    if _is_of_cases(columns):
        return "case"
    named = next((wanted for wanted in SUITES if first_named(columns.values(), [wanted])), "")
    return named or ("model" if first_named(columns.values(), MODELS) else "suite")


def _is_summary(columns: Mapping[str, Column]) -> bool:
    """Whether there is a row for each suite, metric or model, with numbers of it, and none for a case."""
    if _is_of_cases(columns):
        return False
    known = list(columns.values())
    by = [c for c in known if c.is_named((*SUITES, *METRICS, *MODELS)) and c.is_distinct and c.filled > 1]
    if not by:
        return False
    scores = [c for c in known if (c.is_score or c.is_named(GRADES)) and not measures(c.name)]
    if any(c.is_named(OF_SUITES) for c in by) and any(c.says_yes_and_no for c in known if c not in by):
        return True
    if any(
        c.is_named((*OF_SUITES, *METRICS, *MODELS)) or not (c.is_many or c.is_named(OF_CASES)) for c in by
    ):
        return bool(scores)
    return any(c.is_named(SHARES) for c in scores)
