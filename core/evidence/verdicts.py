"""What a cell says: right, wrong, neither, or nothing; and the number in it."""
# ruff: noqa: SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any


class Mark(Enum):
    """The verdict on one case."""

    RIGHT = "right"
    WRONG = "wrong"
    UNCLEAR = "neither"
    BLANK = "nothing"


YES = frozenset(
    """1 y yes true t ok pass passed correct right good success succeeded successful accepted hit match matched ✓ ✔ ✅
    factual faithful grounded ja wahr richtig korrekt bestanden oui vrai juste réussi sí si verdadero
    correcto sim verdadeiro correto vero giusto corretto
    tak prawda да верно правильно evet doğru 是 对 對 正确 正確 はい 正解 예 맞음""".split()
)
NO = frozenset(
    """0 n no false f fail failed incorrect wrong bad failure unsuccessful rejected miss mismatch
    hallucinated hallucination unfaithful ungrounded ✗ ✘ ❌ 👎
    nein falsch nicht-bestanden non faux échoué falso incorrecto não nao incorreto errado sbagliato scorretto nie fałsz
    нет неверно неправильно hayır yanlış 否 错 錯 错误 不正确 いいえ 不正解 아니오 틀림""".split()
)
LONGEST_WORD = 24
"""Characters: no word that says yes or no, and no number, is longer."""

BLANK = frozenset({"", "-", "–", "na", "n/a", "nan", "null", "none", "nil", "?", "tbd", "todo"})

_MARKED = re.compile(r"\[(PASS|FAIL|ERROR)\]")
_NUMBER = re.compile(r"[+-]?(\d{1,15}([.,]\d{0,15})?|[.,]\d{1,15})([eE][+-]?\d{1,3})?\s*%?")


def mark_of(cell: Any, pass_mark: Decimal | None = None) -> Mark:
    """The verdict in a cell. With a pass mark a number is right from there on; without one 1 is, and 0 is wrong."""
    if cell is None:
        return Mark.BLANK
    if isinstance(cell, bool):
        return Mark.RIGHT if cell else Mark.WRONG
    if isinstance(cell, str):
        word = cell[: LONGEST_WORD + 1].strip().casefold() if len(cell) <= 4 * LONGEST_WORD else "long"
        if word in BLANK:
            return Mark.BLANK
        if pass_mark is None or word not in ("0", "1"):
            said = _word(word, cell)
            if said is not None:
                return said
    elif not isinstance(cell, int | float):
        return Mark.UNCLEAR
    return _by_number(cell, pass_mark)


def _word(word: str, cell: str) -> Mark | None:
    if word in YES:
        return Mark.RIGHT
    if word in NO or word.replace(" ", "-") in NO:
        return Mark.WRONG
    marked = _MARKED.match(cell)
    if marked:
        return {"PASS": Mark.RIGHT, "FAIL": Mark.WRONG, "ERROR": Mark.UNCLEAR}[marked[1]]
    return None


def _by_number(cell: Any, pass_mark: Decimal | None) -> Mark:
    number = number_of(cell)
    if number is None:
        return Mark.UNCLEAR
    if pass_mark is not None:
        return Mark.RIGHT if number >= pass_mark else Mark.WRONG
    return {0: Mark.WRONG, 1: Mark.RIGHT}.get(number, Mark.UNCLEAR)  # type: ignore[call-overload, no-any-return]


def number_of(cell: Any) -> Decimal | None:
    """The number in a cell, as typed: 0.85, "0,85", "85%"; ``None`` when there is none, or none that is finite."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int):
        return Decimal(cell) if abs(cell) < 10**15 else None
    if isinstance(cell, float):
        return Decimal(repr(cell)) if math.isfinite(cell) else None
    if not isinstance(cell, str) or len(cell) > LONGEST_WORD:
        return None
    text = cell.strip()
    if not _NUMBER.fullmatch(text):
        return None
    try:
        number = Decimal(text.rstrip("% ").replace(",", "."))
    except InvalidOperation:
        return None
    return number / 100 if text.endswith("%") else number
