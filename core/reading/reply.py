"""One reply while it is being read: its tokens, which of them are explained, and what it was found to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from core.reading.lexer import Token
from core.reading.models import Mention
from core.reading.quantity import Quantity


@dataclass(slots=True)
class Reply:
    """What is known of it so far.

    question: what was asked, or what the reply names. asked: what was really asked. mode: answer, whatif or change.
    explained: which tokens some rule accounts for. used: quantities that filled something. ask: what to ask back.
    assumed: what it says of the ledger's assumptions. family: a model that was named without its version.
    lead_only: the value rests on a mere yes or no, which ends at character lead_end of the line. stated: a phrase about
    the topic says it. said_twice: a yes or no and a phrase agree. lead: the plain yes or no in it. firm: a doubt that
    only the person can take away. torn: its phrases point both ways. nouns: what the task is about.
    body: the token from which on it says something.
    """

    tokens: Sequence[Token]
    line: str
    question: str | None
    asked: str | None
    mode: str
    quantities: list[Quantity]
    mentions: list[Mention]
    question_mark: bool = False
    explained: bytearray = field(default_factory=bytearray)
    used: set[int] = field(default_factory=set)
    values: dict[str, Any] = field(default_factory=dict)
    given_as: dict[str, str] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    ask: str | None = None
    invalid: str | None = None
    unsure: bool = False
    evaluation: tuple[int, int] | None = None
    assumed: dict[str, Any] = field(default_factory=dict)
    family: str = ""
    body: int = 0
    lead_only: bool = False
    lead_end: int = 0
    said_twice: bool = False
    stated: bool = False
    firm: bool = False
    torn: bool = False
    lead: bool | None = None
    nouns: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.explained = bytearray(len(self.tokens))

    def explain(self, start: int, end: int) -> None:
        """Mark tokens as understood."""
        for i in range(max(start, 0), min(end, len(self.tokens))):
            self.explained[i] = 1

    def explain_characters(self, start: int, end: int) -> None:
        """Mark the tokens between two places of the line as understood."""
        for i, token in enumerate(self.tokens):
            if token.start >= start and token.end <= end:
                self.explained[i] = 1

    def explain_words(self, words: Iterable[str]) -> None:
        """Mark all tokens that are one of these words as understood."""
        wanted = set(words)
        for i, token in enumerate(self.tokens):
            if token.text in wanted:
                self.explained[i] = 1

    def use(self, quantity: Quantity) -> None:
        """This quantity has filled something, or is understood to fill nothing."""
        self.used.add(id(quantity))
        self.explain(quantity.start, quantity.end)

    def is_used(self, quantity: Quantity) -> bool:
        """Whether it was used."""
        return id(quantity) in self.used

    def doubt(self, because: str) -> None:
        """Note one reason to ask whether the reading is right."""
        if because not in self.doubts:
            self.doubts.append(because)

    def put(self, key: str, value: Any, given_as: str = "") -> None:
        """Fill a value; a second, different one for the same key is a contradiction."""
        if key in self.values and self.values[key] != value:
            self.doubt("there are two answers to one question")
            return
        self.values[key] = value
        if given_as:
            self.given_as[key] = given_as

    def words(self) -> set[str]:
        """All words of the reply."""
        return {token.text for token in self.tokens}


def json_number(value: Decimal, digits: int = 6) -> int | float:
    """The number as JSON holds it: whole where it is whole, else to ``digits`` significant digits."""
    if value == value.to_integral_value():
        return int(value)
    rounded = Decimal(f"{value:.{digits}g}")
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)
