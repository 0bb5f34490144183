"""What a fact is: one thing that a verdict or its costs rest on, and all that is true of it wherever it is used.

The facts themselves, a row each, stand in :mod:`core.facts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

Role = Literal["answer", "assumption", "threshold"]
"""Who says it: people who are asked, the ledger where nobody says it, or the policy."""

Kind = Literal[
    "yes or no", "choice", "choices", "model", "name", "size", "number", "whole number", "share", "money", "time"
]  # fmt: skip

CHOSEN = ("yes or no", "choice", "choices")
NAMED = ("model", "name", "size")
COUNTED = ("examples", "tokens", "tokens a call", "calls")
"""Units of which nobody names a part, though a mean of them may have one."""

LARGEST_ANSWER = Decimal(10) ** 15
"""No count, volume or duration above this is believed."""

LARGEST_ASSUMED = Decimal(10) ** 12
"""No quantity or price above this is believed."""

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """What an answer is a number of, as people name it: by this the number is read from a typed reply.

    words: the nouns that count such things, whatever was asked; where_asked: those that do only where these were asked
    for. noun: what the reader calls all of them. taken: such names of nouns, the best first, of which a number is taken
    for one of these where they were asked for; "thing" is any noun that it does not know. about: words that may stand
    in an answer and change nothing.
    """

    noun: str
    words: frozenset[str]
    where_asked: frozenset[str] = frozenset()
    taken: tuple[str, ...]
    about: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact; the row of its key.

    name: amid a sentence. phrase: a value of it amid a sentence; its name after the value where nothing else is said.
    unit: of a value. description: what it means, for forms; a threshold has these two in policy.toml.
    default: in words. fixed: the default itself, where it depends on nothing. in_forms: the default in words where a
    formula would not do. low, high: what a number may be, both included unless above_low says that it must exceed low;
    least_set: what a workspace must set at least, where that is more. single: no range can be given.
    choices: the values that can be chosen, each as the rest of a sentence that begins with "if".
    group, place: the form of the workspace's settings in which it stands, and where in it; alike ones in the order of
    the rows. holds_for: the names without which a workspace's own value says nothing: a price is the price of a model.
    catalogued: its default is a dated entry of the catalogues, "always" or only for a "named base".
    said_back: how a choice is repeated to whoever typed it; it reads back as itself.
    at_a_provider: it matters only where the data may be sent to one. exact: why it has no spread; "" where spreads.toml
    has one. said: how somebody says it in a reply; unsaid: why no reply is read for it. things: what it is a number of,
    where that is read by its nouns. idle: why nothing that is worked out changes with it.
    """

    key: str
    roles: tuple[Role, ...]
    kind: Kind
    name: str
    phrase: str = ""
    unit: str = ""
    description: str = ""
    default: str = ""
    fixed: Decimal | str | None = None
    in_forms: str = ""
    low: Decimal = Decimal(0)
    high: Decimal = LARGEST_ASSUMED
    above_low: bool = False
    least_set: Decimal | None = None
    single: bool = False
    choices: Mapping[bool | str, str] = field(default_factory=lambda: MappingProxyType({}))
    group: str = ""
    place: int = 0
    holds_for: tuple[str, ...] = ()
    catalogued: Literal["", "always", "named base"] = ""
    at_a_provider: bool = False
    exact: str = ""
    said: str = ""
    said_back: Mapping[bool | str, str] = field(default_factory=lambda: MappingProxyType({}))
    unsaid: str = ""
    things: Things | None = None
    idle: str = ""

    @property
    def is_chosen(self) -> bool:
        """Whether it is one of a few choices, or some of them."""
        return self.kind in CHOSEN

    @property
    def is_named(self) -> bool:
        """Whether it is a name, such as that of a model."""
        return self.kind in NAMED

    @property
    def is_number(self) -> bool:
        """Whether it is a number of any kind."""
        return not (self.is_chosen or self.is_named)

    @property
    def is_counted(self) -> bool:
        """Whether only whole values are named: of copies, GPUs, runs, examples and tokens, not of tokens a second."""
        return self.kind == "whole number" or self.unit in COUNTED

    def spans(self, number: Decimal) -> bool:
        """Whether a number lies within the bounds."""
        above = number > self.low if self.above_low else number >= self.low
        return above and number <= self.high

    def fits(self, number: Decimal) -> bool:
        """Whether it can be this number: within the bounds, and whole where it is counted one by one."""
        return self.spans(number) and (self.kind != "whole number" or number == number.to_integral_value())

    @property
    def expected(self) -> str:
        """What a value in a case must be, in words."""
        if "answer" in self.roles:
            return f"{self._expected_answer} (null when not sure)"
        if self.kind == "model":
            return "a model as provider:model, such as openai:gpt-6.1-terra"
        if self.kind == "size":
            return "a model size such as 8B"
        if self.kind == "name":
            return f"a name of at most {LONGEST_NAME} characters"
        what = {"whole number": "a whole number", "share": "a fraction", "money": "an amount in dollars"}
        start = f"{what.get(self.kind, 'a number')} {'over' if self.above_low else 'from'} {self.low:f}"
        return f"{start} to {self.high:f} ({self.unit})"

    @property
    def _expected_answer(self) -> str:
        match self.kind:
            case "yes or no":
                return "true or false"
            case "choice":
                return f"one of {', '.join(map(_as_json, self.choices))}"
            case "choices":
                return f"a list of any of {', '.join(map(str, self.choices))}"
            case "share":
                return "a fraction from 0 to 1"
            case _:
                return f"a {'whole ' if self.kind == 'whole number' else ''}number of 0 or more"

    @property
    def expected_set(self) -> str:
        """What a workspace's setting must be, as people enter it."""
        if self.kind == "share":
            return "a share over 0%, up to 100%" if self.above_low else "a share from 0% to 100%"
        if "threshold" in self.roles:
            whole = "whole " if self.kind == "whole number" else ""
            return f"a {whole}number from {self.least_set or self.low:,f} to {self.high:,f}"
        return "an amount in dollars, 0 or more" if self.kind == "money" else self.expected


def _as_json(choice: bool | str) -> str:
    return str(choice).lower() if isinstance(choice, bool) else choice
