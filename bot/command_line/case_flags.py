"""A case from flags: ``--prompt-examples 12 --calls-per-month 80k --can-wait yes --assume model=openai:gpt-5``."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from core.evidence.found import Use
from core.fact import Fact
from core.facts import ANSWERS, ASSUMPTIONS

_TIMES = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_NUMBER = re.compile(r"(\d[\d_,]*(?:\.\d+)?|\.\d+)([kmb%]?)", re.IGNORECASE)
_WORDS: Mapping[bool | str, str] = {True: "yes", False: "no"}
_UNSURE = ("unsure", "not-sure", "null")


def add_case_flags(parser: argparse.ArgumentParser) -> None:
    """One flag for each key of a case; what is not given was not asked."""
    answers = parser.add_argument_group(
        "answers",
        "yes, no, or unsure; a number such as 80k, 2.5M or 85%; a range such as 100k..1M, 5.. or ..4; or unsure.",
    )
    _add(answers, "task", str, "TEXT")
    for key, fact in ANSWERS.items():
        _add(answers, key, *_read_as(fact))
    answers.add_argument(
        "--assume",
        action="append",
        type=_assumption,
        metavar="KEY=VALUE",
        help="a cost assumption; may be repeated, such as --assume prompt_tokens=1500",
    )


def _read_as(fact: Fact) -> tuple[Callable[[str], Any], str]:
    """How the flag of an answer is read, and the shape that its help shows."""
    words = {_WORDS.get(choice, str(choice)): choice for choice in fact.choices}
    match fact.kind:
        case "yes or no" | "choice":
            return _one_of(words), "|".join(words)
        case "choices":
            return _some_of(words), f"none or any of {','.join(words)}"
        case _:
            return _number_or_range, "NUMBER"


def case_from_flags(arguments: argparse.Namespace) -> dict[str, Any]:
    """The case, in its JSON form, of the flags that were given."""
    case = {key: getattr(arguments, key) for key in ("task", *ANSWERS) if hasattr(arguments, key)}
    return case | ({"assumptions": dict(arguments.assume)} if arguments.assume else {})


def add_evals_flags(parser: argparse.ArgumentParser) -> None:
    """A file of evaluation results, and how to read it where it can be read in several ways."""
    evals = parser.add_argument_group(
        "evaluation results",
        "A CSV, JSON, JSONL or Excel file with a row for each case, or what promptfoo, OpenAI evals, Inspect, "
        "DeepEval, lm-evaluation-harness or MLflow wrote, at most 20 MB: how many answers were right, and the mean "
        "tokens of a call where no flag gives them.",
    )
    evals.add_argument("--evals", metavar="FILE", help="the file")
    evals.add_argument("--evals-sheet", metavar="NAME", help="the sheet of a workbook that counts")
    evals.add_argument("--evals-column", metavar="NAME", help="the column that says which answers were right")
    evals.add_argument("--evals-provider", metavar="NAME", help="the one that counts, of several compared")
    evals.add_argument(
        "--evals-pass-mark",
        type=_pass_mark,
        metavar="SCORE",
        help="the least score that is right, such as 0.7",
    )
    evals.add_argument(
        "--evals-repeats",
        choices=("first", "all"),
        help="count cases that come again the first time only, or always",
    )
    evals.add_argument(
        "--evals-unclear",
        choices=("miss", "out"),
        help="count rows without a clear verdict as misses, or leave them out",
    )


def use_from_flags(arguments: argparse.Namespace) -> Use:
    """How to read the file of results, as far as the flags say."""
    return Use(
        sheet=arguments.evals_sheet,
        column=arguments.evals_column,
        provider=arguments.evals_provider,
        pass_mark=arguments.evals_pass_mark,
        repeats=arguments.evals_repeats,
        unclear=arguments.evals_unclear,
    )


def _pass_mark(text: str) -> Decimal:
    found = _NUMBER.fullmatch(text.strip())
    if not found or found[2] not in ("", "%"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a score such as 0.7")
    return _number(text)


def _add(group: argparse._ArgumentGroup, key: str, read: Callable[[str], Any], shape: str) -> None:
    # SUPPRESS: a flag that is absent leaves no trace, since None already means "unsure".
    group.add_argument(
        f"--{key.replace('_', '-')}", dest=key, type=read, metavar=shape, default=argparse.SUPPRESS
    )


def _number_or_range(text: str) -> Any:
    if text.lower() in _UNSURE:
        return None
    if ".." not in text:
        return _number(text)
    low, _, high = text.partition("..")
    return [_number(end) if end else None for end in (low, high)]


def _number(text: str) -> Decimal:
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number such as 80k, 85% or 100k..1M, nor unsure")
    number = Decimal(re.sub("[_,]", "", found[1]))
    return number / 100 if found[2] == "%" else number * _TIMES[found[2].lower()]


def _one_of(words: Mapping[str, bool | str]) -> Callable[[str], bool | str | None]:
    def read(text: str) -> bool | str | None:
        word = text.lower()
        if word in _UNSURE:
            return None
        if word not in words:
            raise argparse.ArgumentTypeError(f"{text!r} is not one of {', '.join(words)}, nor unsure")
        return words[word]

    return read


def _some_of(words: Mapping[str, bool | str]) -> Callable[[str], list[bool | str | None] | None]:
    one = _one_of(words)

    def read(text: str) -> list[bool | str | None] | None:
        if text.lower() in _UNSURE:
            return None
        return [] if text == "none" else [one(word.strip()) for word in text.split(",")]

    return read


def _assumption(text: str) -> tuple[str, Decimal | str]:
    key, equals, value = (part.strip() for part in text.partition("="))
    if not (key and equals and value):
        raise argparse.ArgumentTypeError(f"{text!r} is not KEY=VALUE")
    key = key.replace("-", "_")
    # A key that is not known is for core to refuse, with the names of those that are.
    is_word = key not in ASSUMPTIONS or ASSUMPTIONS[key].is_named
    return key, value if is_word else _number(value)
