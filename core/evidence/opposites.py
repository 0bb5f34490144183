"""Columns in which yes says that an answer was wrong, or may say so: "incorrect", "failed", "hallucination"."""
# ruff: noqa: SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from core.evidence.columns import VERDICTS, Column, denies, last_words, names_of
from core.evidence.verdicts import Mark

WRONG = frozenset(
    """wrong iswrong waswrong incorrect isincorrect notcorrect isnotcorrect notright falsch inkorrekt faux incorrecto
    errado sbagliato неверно 错误 不正确""".split()
)
"""Yes in it says that the answer was wrong, beyond doubt."""
BAD = frozenset(
    """failed fail fails failure failures isfailed hasfailed isfailure didfail mistake ismistake miss missed bug
    error errors haserror iserror haserrors errored exception invalid
    hallucination hallucinations hallucinated ishallucination ishallucinated hashallucination madeup
    toxic istoxic unsafe isunsafe harmful isharmful biased bias violation violated ungrounded""".split()
)
"""Yes in it is bad; whether no is all that makes an answer right, is for people to say."""
REFUSED = frozenset(
    """refused refusal isrefusal isrefused wasrefused blocked isblocked flagged isflagged filtered isfiltered rejected
    declined isrejected jailbroken jailbreak""".split()
)
"""Whether yes or no in it is right depends on what was asked."""
NOT = "not "
"""Before a column's name: no in it is right."""
PLAIN_WORDS = frozenset(("true", "false", "yes", "no", "y", "n", "t", "f", "0", "1", "0.0", "1.0", "ja", "nein", "oui",
                         "non", "si", "sí", "sim", "да", "нет", "是", "否", "はい", "いいえ"))  # fmt: skip
"""What such a column turns round. "pass" and "fail" say themselves what they mean, whatever its name is."""
_OF_IT = re.compile(r"[ _./-]?(score|rate|level|flag|detected|found|value|result)$", re.IGNORECASE)


def is_wrong(name: str) -> bool:
    """Whether yes in a column of this name says that the answer was wrong."""
    return not WRONG.isdisjoint(names_of(name)) or (denies(name) and _ends_in(name, VERDICTS))


def is_opposite(name: str) -> bool:
    """Whether yes in a column of this name says, or may say, that the answer was wrong."""
    return is_wrong(name) or (_ends_in(name, WRONG | BAD | REFUSED) and not denies(name))


def _ends_in(name: str, names: frozenset[str]) -> bool:
    """Whether a name ends in one of the names: "is_hallucination", "hallucination_score"."""
    stem = _OF_IT.sub("", name) or name
    return not names.isdisjoint((*names_of(stem), *last_words(stem)))


def turns_round(column: Column) -> bool:
    """Whether what stands in a column says yes or no, and its name turns it round."""
    words = {value.strip().casefold() for value in column.values}
    return is_opposite(column.name) and column.says_yes_and_no and words <= PLAIN_WORDS


def says_itself(column: Column) -> bool:
    """Whether a column says "pass" or "fail" in words, so that its name matters not."""
    return column.says_yes_and_no and not turns_round(column)


def ways(columns: Mapping[str, Column]) -> Iterator[tuple[str, str]]:
    """How each column that may say the opposite can be counted: what that says, and the column to ask for."""
    for column in columns.values():
        if not turns_round(column):
            continue
        yield f"Right where {column.name} says no", f"{NOT}{column.name}"
        if _ends_in(column.name, REFUSED):
            yield f"Right where {column.name} says yes", column.name


def turned(mark: Mark) -> Mark:
    """The opposite of a verdict."""
    return {Mark.RIGHT: Mark.WRONG, Mark.WRONG: Mark.RIGHT}.get(mark, mark)


def by_name(columns: Mapping[str, Column], wanted: str) -> str | None:
    """The column that somebody named, turned round where its name says that yes is bad; ``None``: there is none."""
    known = {name.casefold(): name for name in columns}
    named = known.get(wanted.casefold())
    if named is not None:
        is_bad = turns_round(columns[named]) and not _ends_in(named, REFUSED)
        return f"{NOT}{named}" if is_bad else named
    inner = known.get(wanted[len(NOT) :].casefold()) if wanted.casefold().startswith(NOT) else None
    return f"{NOT}{inner}" if inner is not None else None
