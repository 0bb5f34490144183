"""Rows that are no cases: the totals and means that people and tools put at the top or the end of a table."""
# ruff: noqa: SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from core.evidence.columns import KEYS, LABELS, PREDICTIONS, is_one_of, plain
from core.evidence.found import Evidence, Found, noted
from core.evidence.verdicts import BLANK, Mark, mark_of, number_of
from core.nouns import with_nouns

SAYS_TOTAL = frozenset(
    """total totals accuracy rate percentage count min max minimum maximum
    subtotal subtotals overall sum average averages avg mean median aggregate aggregated summary all
    stdev stddev std gesamt insgesamt gesamtergebnis summe zwischensumme durchschnitt mittelwert mittel schnitt moyenne
    somme ensemble totaux promedio suma media totales totale totali somma média soma totais razem łącznie średnia
    итого всего среднее сумма toplam ortalama celkem součet průměr totaal gemiddelde som yhteensä keskiarvo summa
    genomsnitt medel gjennomsnitt gennemsnit összesen átlag всього σύνολο 合计 总计 總計 合計 总分 平均 平均值 小计
    小計 総計 총계 합계 평균 المجموع الإجمالي कुल σ ø""".split()
)
AROUND = frozenset(
    """grand general général generale score pass success error hit f1 macro micro weighted cases rows tests correct
    passed right the of""".split()
)
"""Words that a total may have beside it: "grand total", "weighted avg"."""
SUBTOTAL = frozenset("subtotal subtotals zwischensumme 小计 小計".split())
"""What is a total in the middle of a table too."""
SIGNS = frozenset("∑⌀")
LONGEST = 40
NAMED_WITHIN = 4
"""In one of so many columns a total has its name."""
_WORD = re.compile(r"[^\W\d_]+")
Row = Mapping[str, Any]


def says_total(text: str) -> bool:
    """Whether a cell names a total or a mean: "Total", "TOTAL (n = 50):", "Durchschnitt"."""
    if len(text) > LONGEST:
        return False
    text = text.strip()
    words = [word.casefold() for word in _WORD.findall(text.partition("(")[0])]
    if not words:
        return bool(text) and text[0] in SIGNS
    told = [word in SAYS_TOTAL for word in words]
    return any(told) and all(is_told or word in AROUND for is_told, word in zip(told, words, strict=True))


def is_total(row: Row) -> bool:
    """Whether a row is a total by its name, which is the first text in it and no case's."""
    first = itertools.islice(row.items(), NAMED_WITHIN)
    named = next(((name, cell) for name, cell in first if _is_text(cell)), None)
    if named is None or not says_total(named[1]):
        return False
    if is_one_of(named[0], LABELS) or is_one_of(named[0], PREDICTIONS):
        return False
    rest = [(name, cell) for name, cell in row.items() if name != named[0]]
    return not any(_has_key(name, cell) or _is_told(cell) for name, cell in rest)


def _is_subtotal(row: Row) -> bool:
    named = next((cell for cell in row.values() if _is_text(cell)), "")
    return is_total(row) and plain(named) in SUBTOTAL


def _is_text(cell: Any) -> bool:
    return isinstance(cell, str) and not cell[:1].isdigit() and cell.strip().casefold() not in BLANK


def _is_told(cell: Any) -> bool:
    """Whether a cell tells of a case: it is a text, and no number, share ("2/3") or verdict."""
    return _is_text(cell) and mark_of(cell) is Mark.UNCLEAR


def _has_key(name: str, cell: Any) -> bool:
    return is_one_of(name, KEYS) and not _is_blank(cell)


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


@dataclass(slots=True)
class Cases:
    """The rows of a table without those that are totals; they can be gone through several times.

    A total stands before the first case or after the last one. It is told by its name; or by having none, and nothing
    but numbers, where every case has one.
    """

    rows: Callable[[], Iterator[Row]]
    left_out: int = 0
    """How many totals there were, once the rows were gone through."""

    def __call__(self) -> Iterator[Row]:
        """The cases, in their order."""
        left_out, began, all_named, label = 0, False, True, ""
        held: list[Row] = []
        for row in self.rows():
            label = label if began else _label(row)
            is_named = not _is_blank(row.get(label))
            if is_total(row) or (all_named and not is_named and _is_of_numbers(row)):
                held.append(row)
                continue
            if began or not (is_named or all(map(is_total, held))):
                between = [one for one in held if not _is_subtotal(one)]
                left_out += len(held) - len(between)
                held = between
                yield from held
            else:
                left_out, held = len(held), []
            all_named = all_named and is_named and not held
            held, began = [], True
            yield row
        if not began:
            yield from held  # with nothing else in the table they are what it is of
            return
        self.left_out = left_out + len(held)


def _label(row: Row) -> str:
    """The column that names a case: its key, or else the first."""
    return next((name for name in row if is_one_of(name, KEYS)), next(iter(row), ""))


def _is_of_numbers(row: Row) -> bool:
    filled = [(name, cell) for name, cell in row.items() if not _is_blank(cell)]
    return bool(filled) and all(
        not (isinstance(cell, bool) or number_of(cell) is None or _has_key(name, cell))
        for name, cell in filled
    )


def noted_totals(found: Found, cases: Cases) -> Found:
    """The same, and how many rows were left out as totals."""
    if not cases.left_out or not isinstance(found, Evidence):
        return found
    return noted(found, totals_told(cases.left_out))


def totals_told(left_out: int) -> str:
    """How many rows were left out as totals, as a sentence."""
    return f"{with_nouns(f'{left_out:,}', 'rows')} of totals left out."
