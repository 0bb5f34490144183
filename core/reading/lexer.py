"""A cleaned reply cut into tokens, and joined again into one plain line that the rules read.

Contractions are opened ("can't" is "can not"), so that a negation is always a word of its own.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from core.reading.languages import CONTEXT, TRANSLATED
from core.reading.rule import Rule
from core.reading.slips import one_slip
from core.reading.vocabulary import CORRECTABLE, KNOWN

_TOKEN = Rule(
    r"\d+(?:[.,']\d+)*(?:e[+-]?\d{1,4}(?![a-z\d]))?"
    r"|[.,]\d+(?:[.,']\d+)*"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*(?:\d+(?:\.\d+)*[^\W\d_]{0,4})?"
    r"|[^\w\s]|_"
)

_SHORT_NOT = {
    "dont", "didnt", "isnt", "wasnt", "arent", "havent", "hasnt", "wont", "wouldnt", "couldnt", "shouldnt", "doesnt",
    "cant", "aint", "hadnt", "mustnt",
}  # fmt: skip
_SPELLED = {
    "won't": ("will", "not"), "wont": ("will", "not"), "can't": ("can", "not"), "cant": ("can", "not"), "cannot": ("can", "not"),
    "ain't": ("is", "not"), "aint": ("is", "not"), "dunno": ("idk",), "wanna": ("want", "to"), "gotta": ("must",),
    "w/": ("with",), "w/o": ("without",), "rly": ("really",), "tho": ("though",), "thru": ("through",), "wat": ("what",),
    "ur": ("your",), "pls": ("please",), "plz": ("please",), "b/c": ("because",), "cuz": ("because",), "thx": ("thanks",),
    "thousands": ("thousands",), "labeled": ("labelled",), "behavior": ("behaviour",), "lets": ("let", "us"), "whats": ("what", "is"), "thats": ("that", "is"), "hows": ("how", "is"),
    "itll": ("it", "will"), "nobodys": ("nobody", "is"), "theres": ("there", "is"), "ken": ("know",), "wee": ("small",), "youre": ("you", "are"), "theyre": ("they", "are"),
    "id": ("i", "would"), "gonna": ("going", "to"), "approx": ("about",), "approximately": ("about",), "roughly": ("about",), "circa": ("about",),
    "ca": ("about",), "~": ("about",), "currenty": ("currently",),
    "abt": ("about",), "wht": ("what",), "mont": ("month",), "mnth": ("month",), "monht": ("month",), "moth": ("month",), "mounth": ("month",),
    "wek": ("week",), "weke": ("week",), "dya": ("day",), "yera": ("year",), "u": ("you",), "millisecs": ("milliseconds",), "msecs": ("milliseconds",),
    "pcm": ("per", "month"), "pct": ("percent",), "acct": ("account",),
}  # fmt: skip


class Token:
    """One word, number or sign.

    glued: no space before it. written: as it was typed, before it was opened, corrected or translated. ``start`` and
    ``end`` are its place in the line.
    """

    __slots__ = ("end", "glued", "number", "start", "text", "written")

    def __init__(self, text: str, glued: bool, number: bool, written: str = "") -> None:
        self.text, self.glued, self.number, self.written = text, glued, number, written or text
        self.start = self.end = 0

    def __repr__(self) -> str:
        return f"{'+' if self.glued else ''}{self.text}"


def tokens_of(text: str) -> list[Token]:
    """The tokens of a cleaned reply."""
    text = text.replace("w/o ", "without ").replace("w/ ", "with ").replace("b/c ", "because ")
    tokens: list[Token] = []
    last = -1
    for match in _TOKEN.finditer(text):
        word, glued = match[0], match.start() == last
        last = match.end()
        if word[0].isdigit() or (len(word) > 1 and word[0] in ".,"):
            tokens.append(Token(word, glued, True))
            continue
        for i, part in enumerate(_opened(word)):
            tokens.append(Token(part, glued and i == 0, False, word))
    return tokens


def line_of(tokens: Sequence[Token]) -> str:
    """All tokens with one space between them; notes in each where it stands."""
    place = 0
    for token in tokens:
        token.start, token.end = place, place + len(token.text)
        place = token.end + 1
    return " ".join(token.text for token in tokens)


def speaks(tokens: Sequence[Token], words: frozenset[str]) -> bool:
    """Whether one of the words was typed, in whatever language."""
    return any(token.written in words for token in tokens)


def is_continental(tokens: Sequence[Token]) -> bool:
    """Whether the reply is, in part, in a language that groups digits with dots."""
    return any(token.written in CONTEXT or token.written in TRANSLATED for token in tokens)


def stands(tokens: Sequence[Token], i: int, *words: str) -> bool:
    """Whether token ``i`` is there, and is one of the words."""
    return i < len(tokens) and tokens[i].text in words


def _opened(word: str) -> tuple[str, ...]:
    if word in _SPELLED:
        return _SPELLED[word]
    if word in TRANSLATED:
        return (TRANSLATED[word],)
    if word in KNOWN or not word[0].isalpha():
        return (word,)
    if word.endswith("n't"):
        return (word[:-3], "not")
    if word.endswith(("nae", "nny")) and word[:-3] in _SCOTS:
        return (_SCOTS[word[:-3]], "not")
    if word in _SHORT_NOT:
        return (word[:-2], "not")
    if "'" in word:
        return _parted(word)
    return (_corrected(word),) if 5 <= len(word) <= 16 and word.isalpha() else (word,)


_SCOTS = {
    "do": "do", "does": "does", "did": "did", "is": "is", "was": "was", "can": "can", "could": "could", "would": "would", "has": "has",
    "have": "have", "ha": "have", "will": "will", "wil": "will", "din": "do", "di": "do", "ca": "can", "wo": "will", "wis": "was",
}  # fmt: skip
_ENDINGS = {"re": ("are",), "ve": ("have",), "ll": ("will",), "d": ("would",), "m": ("am",)}
_IS = frozenset(
    "it that what how where who there here this everything nothing all he she which why when".split()
)


def _parted(word: str) -> tuple[str, ...]:
    stem, _, ending = word.rpartition("'")
    if ending == "s":
        return ("let", "us") if stem == "let" else (stem, "is") if stem in _IS else (stem,)
    return (
        (stem, *_ENDINGS[ending]) if ending in _ENDINGS else tuple(part for part in word.split("'") if part)
    )


@lru_cache(maxsize=4_096)
def _corrected(word: str) -> str:
    """The word of ours that this is a slip of, else itself."""
    return next((known for known in CORRECTABLE.get(word[0], ()) if one_slip(word, known)), word)
