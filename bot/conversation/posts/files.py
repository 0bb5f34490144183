"""What became of a dropped file of results."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator

from core.evidence.found import Evidence, Use, use_from_json

KeptUse = Annotated[Use, PlainValidator(use_from_json), PlainSerializer(Use.to_json)]


@dataclass(frozen=True, slots=True)
class OneFile:
    """Several files of results came at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A dropped file: Slack's id of it, its name, and who dropped it. step: how often it was asked how to read it.

    Of the file it keeps what was found: counts, means, and the names of columns and models that a question offers.
    Never what stands in it.
    """

    file: str
    name: str
    by: str
    step: int
    of_outcome: bool = False
    """Whether it says how the decision turned out, rather than how good the prompt is."""
    is_sure: bool = False
    """Whether somebody said that it is of what was decided."""

    @property
    def kept(self) -> dict[str, Any]:
        """What a note keeps through all its steps."""
        names = ("file", "name", "by", "step", "of_outcome", "is_sure")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileToRead(File):
    """It is to be fetched and read in this way. size: in bytes, until somebody had to say how to read it."""

    use: KeptUse
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reading a file: what it says, and how to read it then."""

    says: str
    use: KeptUse


@dataclass(frozen=True, slots=True, kw_only=True)
class FileInDoubt(File):
    """Somebody has to say how to read it, or, of what was decided or not: ``of_what``, what it is of."""

    asks: str
    choices: tuple[Way, ...]
    of_what: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead(File):
    """What it says, as in :class:`~core.evidence.found.Evidence`.

    taken: the tokens that are assumed from now on. stated: those of which the team has stated its own.
    """

    correct: int
    total: int
    prompt_tokens: int | None
    output_tokens: int | None
    model: str | None
    read: str
    taken: tuple[str, ...]
    stated: tuple[str, ...]
    use: KeptUse = field(default_factory=Use)
    """How it was read, so that it can be read again beside a later one."""

    @property
    def found(self) -> Evidence:
        """The evaluation."""
        return Evidence(
            self.correct, self.total, self.prompt_tokens, self.output_tokens, self.model, self.read
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRefused(File):
    """It says nothing that can be used, and why."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileUnused(File):
    """Somebody said not to use it."""

    settled_by: str
