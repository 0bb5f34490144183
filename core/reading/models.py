"""Names of models as people write them: "4o mini", "sonnet 4.5", "llama 3.3 70B instruct".

A grammar, not a list: new versions appear monthly, and whether a model is known, and what it costs, is for the prices to
say. A family name with a slip in it ("sonet") is read, and marked to be confirmed.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.reading.lexer import Token
from core.reading.slips import one_slip
from core.reading.vocabulary import KNOWN

MODEL = "modelname"
"""Stands in the line where a model was named."""

FAMILIES = frozenset(
    "gpt chatgpt claude sonnet opus haiku gemini llama mistral mixtral ministral codestral qwen gemma phi deepseek nova grok titan "
    "falcon granite olmo kimi glm command jamba o1 o3 o4".split()
)
NEEDS_VERSION = frozenset("phi nova titan falcon granite olmo command glm opus kimi".split())
"""Names that are ordinary words as well."""
TIERS = ("sonnet", "opus", "haiku")
VARIANTS = frozenset(
    "mini nano micro turbo pro flash lite small medium large maverick scout coder vision oss codex ultra plus thinking nemo premier "
    "instant lightning r v".split()
)
NO_MATTER = frozenset("instruct chat latest preview it base model hosted exp experimental".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A model named in tokens ``start`` to ``end``.

    name: "" when only a family was named. family: its words without versions. typo: the name had a slip.
    """

    name: str
    start: int
    end: int
    typo: bool = False
    family: str = ""


def models_in(tokens: Sequence[Token], question: str | None) -> list[Mention]:
    """All models that are named, from left to right."""
    found: list[Mention] = []
    i = 0
    while i < len(tokens):
        mention = _mention_at(tokens, i, question)
        if mention is None:
            i += 1
            continue
        found.append(mention)
        i = mention.end
    return found


def _mention_at(tokens: Sequence[Token], i: int, question: str | None) -> Mention | None:
    word = tokens[i].text
    if tokens[i].number:
        if (family := _family_left_out(tokens, i)) is not None:
            return _read(tokens, i, family, "", i, False)
        if word == "4" and i + 1 < len(tokens) and tokens[i + 1].text == "o" and tokens[i + 1].glued:
            return _read(tokens, i, "gpt", "", i, False)
        return None
    family, version = _split(word)
    if word in ("o1", "o3", "o4"):
        return _read(tokens, i, word, "", i + 1, False)
    if family in FAMILIES:
        if (
            not version
            and family in NEEDS_VERSION
            and not (_has_version(tokens, i + 1) or _is_tier_of_claude(tokens, i))
        ):
            return None
        return _read(tokens, i, family, version, i + 1, False)
    near = (
        _nearest(family)
        if len(family) >= 3 and (version or _has_version(tokens, i + 1) or question == "model")
        else None
    )
    return _read(tokens, i, near, version, i + 1, True) if near else None


def _family_left_out(tokens: Sequence[Token], i: int) -> str | None:
    """ "4.1 mini", "2.5 flash": the version and the variant say which family it is."""
    at = i + 1 + (i + 1 < len(tokens) and tokens[i + 1].text == "-" and tokens[i + 1].glued)
    variant = tokens[at].text if at < len(tokens) else ""
    if variant in ("mini", "nano") and tokens[i].text in ("4.1", "5", "5.1", "5.2"):
        return "gpt"
    return "gemini" if variant in ("flash",) and tokens[i].text in ("1.5", "2.0", "2.5", "3", "3.0") else None


def _split(word: str) -> tuple[str, str]:
    letters = word.rstrip("0123456789.")
    if letters == word and not word[-1:].isdigit():  # "gpt4o", "llama3b"
        stem = word.rstrip("abcdefghijklmnopqrstuvwxyz")
        if stem and stem[-1].isdigit() and stem != word:
            letters = stem.rstrip("0123456789.")
            return letters, word[len(letters) :]
    return letters, word[len(letters) :]


def _has_version(tokens: Sequence[Token], i: int) -> bool:
    if i < len(tokens) and tokens[i].text == "-":
        i += 1
    return (
        i < len(tokens)
        and (tokens[i].number or tokens[i].text in ("r", "r1", "v3", "lite", "pro", "micro"))
        and not _counts(tokens, i)
    )


def _counts(tokens: Sequence[Token], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].text in (
        "%",
        "k",
        "percent",
        "calls",
        "examples",
        "tokens",
        "in",
        "ms",
        "rps",
    )


def _is_tier_of_claude(tokens: Sequence[Token], i: int) -> bool:
    before = [t.text for t in tokens[max(0, i - 4) : i]]
    return tokens[i].text in TIERS and "claude" in before


_SLIPS = tuple("gpt sonnet haiku gemini llama mistral mixtral claude qwen gemma deepseek".split())


def _nearest(word: str) -> str | None:
    if word in KNOWN or not word.isalpha():
        return None
    if len(word) == 3:
        return "gpt" if sorted(word) == ["g", "p", "t"] else None
    near = next((family for family in _SLIPS if len(family) > 3 and one_slip(word, family)), None)
    return near or (_farther(word) if len(word) >= 6 else None)


@lru_cache(maxsize=256)
def _farther(word: str) -> str | None:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extractOne(word, [f for f in _SLIPS if len(f) > 5], scorer=OSA.distance, score_cutoff=2)
    return found[0] if found and found[0][0] == word[0] else None


def _read(tokens: Sequence[Token], start: int, family: str, version: str, at: int, typo: bool) -> Mention:
    """Takes versions, sizes and variants after the family's name."""
    numbers: list[str] = [version] if version else []
    sizes: list[str] = []
    variants: list[str] = []
    tier = family if family in TIERS else ""
    end = at
    while at < len(tokens) and len(numbers) + len(variants) < 6:
        word = tokens[at].text
        if word in ("-", ":", "/", "."):
            if at + 1 >= len(tokens) or not (tokens[at].glued and tokens[at + 1].glued):
                break
            at += 1
            continue
        taken = _take(tokens, at, family, numbers, sizes, variants)
        if word in TIERS and not tier and family in ("claude",):
            tier, taken = word, 1
        elif not tier and family == "claude" and (near := _nearest(word)) in TIERS:
            tier, taken, typo = near or "", 1, True
        elif (
            word in NO_MATTER
            and (numbers or sizes)
            and not (word in ("it", "model", "base", "chat", "hosted") and not tokens[at].glued)
        ) or (word == "claude" and family in TIERS):
            taken = 1
        if not taken:
            break
        at += taken
        end = at
    words = " ".join(dict.fromkeys(word for word in (family, tier, *variants) if word))
    return Mention(_name(family, tier, numbers, sizes, variants), start, end, typo, words)


def _take(
    tokens: Sequence[Token], at: int, family: str, numbers: list[str], sizes: list[str], variants: list[str]
) -> int:
    word = tokens[at].text
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if tokens[at].number:
        if following is not None and following.glued and following.text == "b":
            sizes.append(word + "b")
            return 2
        if (
            following is not None
            and following.text == "×"
            and at + 3 < len(tokens)
            and tokens[at + 3].text == "b"
        ):
            sizes.append(f"{word}x{tokens[at + 2].text}b")
            return 4
        if (
            following is not None
            and following.glued
            and following.text == "o"
            and family in ("gpt", "chatgpt")
        ):
            numbers.append(word + "o")
            return 2
        if following is not None and (
            following.text in ("k", "%", "m", "ms")
            or (following.text in ("in", "calls", "tokens", "rps", "examples", "requests", "out", "percent"))
        ):
            return 0
        if len(word) > 4 or len(numbers) >= (3 if family in ("gpt", "claude") else 2):
            return 1 if len(word) >= 6 and word.isdigit() and tokens[at].glued else 0
        if len(numbers) == 1 and not (tokens[at].glued or tokens[at - 1].glued):
            return 0
        numbers.append(word)
        return 1
    if word in VARIANTS:
        variants.append(word)
        return 1
    if word[0] in "vr" and word[1:2].isdigit() and family in ("deepseek", "command"):
        numbers.append(word)
        return 1
    return 0


def _name(family: str, tier: str, numbers: list[str], sizes: list[str], variants: list[str]) -> str:
    version = (
        ".".join(numbers[:2])
        if len(numbers) > 1 and all(n.isdigit() and len(n) == 1 for n in numbers[:2])
        else "".join(numbers[:1])
    )
    rest = [*variants]
    if family in ("claude", *TIERS):
        if not tier or not version:
            return ""
        return f"claude-{version}-{tier}" if version[0] < "4" else f"claude-{tier}-{version}"
    if family in ("o1", "o3", "o4"):
        return "-".join([family, *rest])
    if family in ("gpt", "chatgpt"):
        if "oss" in rest:
            return "-".join(["gpt-oss", *sizes]) if sizes else ""
        return "-".join(["gpt", version, *rest]) if version else ""
    if family == "gemini":
        return "-".join(["gemini", version, *rest]) if version and rest else ""
    if family == "qwen":
        return "-".join([f"qwen{version}", *rest, *sizes]) if version or sizes else ""
    if family in ("mistral", "nova", "deepseek", "command"):
        return (
            "-".join(part for part in (family, *rest, version, *sizes) if part)
            if version or sizes or rest
            else ""
        )
    return "-".join(part for part in (family, version, *rest, *sizes) if part) if version or sizes else ""
