"""The words of a text: one function for what is kept, what is asked and what is compared, so that they always agree."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from Stemmer import Stemmer

LONGEST_WORD = 60
"""Characters; what is longer is cut, since a database's words end somewhere."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_IS_CJK = re.compile(f"[{_CJK}]")
_LETTER_AND_WORD = re.compile(r"(?<![^\W_])([^\W\d_])[-\u2010\u2011]([^\W\d_]{2,})")
"""e-mail, t-shirt: one word, however it is written."""

SAYS_NOTHING = frozenset(
    """a about all also an and any are as at be been being between both but by can could did do does each every for from
    get had has have how i if in into is it its may me more most must my no not of off on once one only or other our out
    over own per same shall she should so some such than that the their them then there these they this those through to
    too under until up upon us very via was we were what when where which while who whom whose why will with within
    without would you your
    als am auch auf aus bei das dem den der des die ein eine einem einen einer eines fur im ist mit nach oder sich sind
    und uns unsere von vor wie wir zu zum zur
    au aux avec ce ces dans de du elle en est et il la le les leur mais nos notre nous ou par pas pour que qui sa se ses
    son sont sur un une
    con cual de del el ella en es esta este la las los mas nos nuestra nuestro o para pero por que se sin son su sus un
    una y""".split()  # noqa: SIM905 - read, and mended, more easily on a few lines
)
"""Words that every sentence has, in English, German, French and Spanish, without marks: two texts that share no others
have nothing in common."""
OTHERS = 100
"""Texts of all kinds that are assumed beside those that a query is compared with."""
SATURATION, LENGTH_WEIGHT = 1.2, 0.75
"""BM25's k1 and b: how soon a repetition counts no more, and how much a long text is held against it."""


def words(text: str) -> list[str]:
    """The words of a text in their order: letters and digits without marks and case, at most 60 characters each.

    ``Résumé``, ``resume`` and ``RESUME`` are one word, ``straße`` is ``strasse``, ``GPT-4.1`` is ``gpt``, ``4``, ``1``.
    Chinese and Japanese, which leave no spaces, are read in overlapping pairs of characters.
    """
    plain = _LETTER_AND_WORD.sub(r"\1\2", _plain(text))
    return [word for run in _RUN.findall(plain) for word in _of_a_run(run)]


def _plain(text: str) -> str:
    return _without_marks(_without_marks(text).casefold())


def _without_marks(text: str) -> str:
    split = unicodedata.normalize("NFKD", text)
    return "".join(char for char in split if not unicodedata.category(char).startswith("M"))


def _of_a_run(run: str) -> list[str]:
    if _IS_CJK.match(run) and len(run) > 1:
        return [run[place : place + 2] for place in range(len(run) - 1)]
    return [run[:LONGEST_WORD]]


def content(of: Iterable[str]) -> list[str]:
    """Those of the words that say what a text is about."""
    return [word for word in of if word not in SAYS_NOTHING]


def stems(of: Iterable[str]) -> list[str]:
    """English words without their endings: ``classify`` and ``classified`` are one, a word of another language stays.

    To compare texts, not to look for words: the beginning of a word need not be that of its stem.
    """
    # A new one each time: one that two threads use at once mixes their words up.
    found: list[str] = Stemmer("english").stemWords(list(of))
    return found


@dataclass(frozen=True)
class Texts:
    """Texts, as their words, that a query is weighed against: BM25 (Robertson & Zaragoza 2009)."""

    each: Sequence[Sequence[str]]
    others: int = 0
    """So many more texts that have none of the words: where there are few, one that two of them share is not common."""

    _found_in: dict[str, int] = field(default_factory=dict, compare=False)
    """In how many texts a word stands, of those that were asked for: most never are."""

    @cached_property
    def _usual_length(self) -> float:
        return sum(map(len, self.each)) / len(self.each) if self.each else 0.0

    def weight(self, word: str) -> float:
        """How much a word tells: much when it is rare in these texts. Above 0."""
        here = self._found_in.get(word)
        if here is None:
            here = self._found_in[word] = sum(word in text for text in self.each)
        return math.log(1 + (len(self.each) + self.others - here + 0.5) / (here + 0.5))

    def scores(self, query: Iterable[str], prefix: str = "") -> list[float]:
        """How well each text matches the words of a query: 0 (not at all) or more, comparable within these texts.

        ``prefix``: whatever begins so counts as one more word.
        """
        told = {word: self.weight(word) * times for word, times in sorted(Counter(query).items())}
        found = [self._score(text, told) for text in self.each]
        if not prefix:
            return found
        begins = [sum(word.startswith(prefix) for word in text) for text in self.each]
        known = sum(1 for count in begins if count)
        rare = math.log(1 + (len(self.each) + self.others - known + 0.5) / (known + 0.5))
        more = (rare * self._saturated(n, len(text)) for n, text in zip(begins, self.each, strict=True))
        return [score + added for score, added in zip(found, more, strict=True)]

    def _score(self, text: Sequence[str], told: Mapping[str, float]) -> float:
        """One that has none of the words, as most have, is soon passed over."""
        if told.keys().isdisjoint(text):
            return 0.0
        return sum(
            tells * self._saturated(text.count(word), len(text))
            for word, tells in told.items()
            if word in text
        )

    def likeness(self, query: Sequence[str]) -> list[float]:
        """The same from 0 to 1, where 1 is what a query has with itself, counted as one more of the texts."""
        *scores, itself = Texts((*self.each, query), OTHERS).scores(set(query))
        return [min(1.0, score / itself) if itself else 0.0 for score in scores]

    def _saturated(self, count: int, length: int) -> float:
        if not count:
            return 0.0
        usual = self._usual_length or 1.0
        long = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * length / usual)
        return count * (SATURATION + 1) / (count + long)
