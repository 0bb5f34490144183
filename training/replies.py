"""The training set: replies by question and by what they mean, and the variants that are made of each.

``replies/<question>.txt`` holds a heading for each meaning and one reply a line. ``{doc}`` and the like stand for words of
any trade. ``strangers/<writer>.jsonl`` holds replies by people who had never seen the app. What is made of a reply stays
with it: a test of the classifier never sees a variant of what it was trained on.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from core.reading.cleaning import clean
from core.reading.lexer import line_of, tokens_of
from core.reading.suggest.features import TELLING, words_of
from core.reading.turned import as_asked

REPLIES = Path(__file__).parent / "replies"
STRANGERS = Path(__file__).parent / "strangers"
"""First replies to all questions by people who had never seen the app, labelled by themselves; a file a writer."""
REMARKS = Path(__file__).parent / "remarks.txt"
"""What people say in a thread that answers no question, one a line."""
VARIANTS = 3
"""How many variants of each reply are trained on, beside itself."""
PAIRS = 1500
"""How many replies are made of two reasons."""
SET_ASIDE = 900
"""How many replies are made of a reason and of another that is said not to count."""
SAME_TWICE = 150
"""How many replies are made of two lines of each meaning."""
STRANGE, STRANGE_OF_STRANGERS = 1, 3
"""How many copies of each reply with strange words are trained on: of the house's own, and of each by a stranger."""
SWAPPED = 0.3
"""The part of a reply's words that are strange in such a copy."""
ODD = ("unsure", "nothing", "none")
"""Meanings that are no option of the question."""
_AND = (", and ", ". also ", " and ", ", plus ", ". and ", " as well as ", ", but also ", ". then ", "; ")
_GOES_ON = (", ", ". ", " - ", " because ")

_SLOTS = {
    "doc": "letters claims tickets referrals invoices contracts essays recipes orders reports permits leases lab-results".split(),
    "who": "doctors lawyers clerks teachers adjusters editors brokers nurses annotators planners chemists".split(),
    "small": [
        "the small one",
        "the mini",
        "haiku",
        "the cheaper model",
        "the mini model",
        "flash",
        "the smaller model",
        "nano",
        "the cheap one",
        "the light version",
        "the small model",
        "the budget model",
        "the little one",
    ],
    "who2": "managers auditors judges trainers buyers partners reviewers surgeons agents foremen".split(),
}
_BEFORE = (
    "well, ", "hi, ", "hmm, ", "i think ", "honestly, ", "to be honest ", "from our side: ", "as far as i know ", "in our case ",
    "ok so ", "i would say ", "for the claims desk ", "we are a small hospital lab and ", "speaking for the tax team, ",
    "i asked around: ", "good question, ", "for this project ", "sorry for the late answer, ", "in our office ", "from what i see ",
    "in the last test ", "my colleague says ", "for our library ", "at the moment ", "basically ",
)  # fmt: skip
_AFTER = (
    ", thanks", ", i think", " lol", " as far as i know", " at the moment", ", at least in our office", " in our department", " here",
    ", that is all", " really", ", to be honest", " for this kind of text", ", says our team lead", " in our experience", ", sorry",
    ", hope that helps", " these days", ", if that makes sense", " in the warehouse",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Labelled:
    """One reply to train on.

    words: as the classifier sees them. means: the options, with a blank between. lines: the numbers of the lines that it
    was made of; writer: whose set they are from, "" for the house's own. made_up: whether it was put together or has strange
    words, so that nothing is measured with it.
    """

    words: tuple[str, ...]
    means: str
    lines: tuple[int, ...]
    writer: str = ""
    made_up: bool = False


def questions() -> list[str]:
    """The questions that have replies to train on, in order."""
    return sorted(path.stem for path in REPLIES.glob("*.txt"))


def labelled(question: str) -> list[Labelled]:
    """Every reply to a question, with its variants; the same at every call."""
    chance = random.Random(question)  # noqa: S311  a repeatable choice of variants, no secret
    found: list[Labelled] = []
    written = written_for(question)
    for number, (text, means) in enumerate(written):
        variants = dict.fromkeys([_filled(text, chance), *(_varied(text, chance) for _ in range(VARIANTS))])
        found += [Labelled(_words(variant, question), means, (number,)) for variant in variants]
    found += [*_joined(question, written, chance), *_by_strangers(question, len(written), chance)]
    return [*found, *_with_strange_words(found, chance)]


def _with_strange_words(replies: Sequence[Labelled], chance: random.Random) -> list[Labelled]:
    """Copies of replies in which some words say nothing, so that what is learnt does not hang on a single one.

    Any word does for it: words of like meaning, by the distance of word vectors, gained no more.
    """
    known = sorted({word for reply in replies for word in reply.words if word.isalpha() and len(word) > 2})
    found: list[Labelled] = []
    for reply in replies:
        copies = 0 if reply.made_up else STRANGE_OF_STRANGERS if reply.writer else STRANGE
        for _ in range(copies):
            words = tuple(
                chance.choice(known)
                if word.isalpha() and word not in TELLING and chance.random() < SWAPPED
                else word
                for word in reply.words
            )
            found.append(replace(reply, words=words, made_up=True))
    return found


def _joined(question: str, written: Sequence[tuple[str, str]], chance: random.Random) -> list[Labelled]:
    """Longer replies: two lines that mean the same in one, and two reasons in one."""
    by_meaning: dict[str, list[int]] = {}
    for number, (_, means) in enumerate(written):
        by_meaning.setdefault(means, []).append(number)
    kinds: list[tuple[str, str]] = []
    if any(" " in means for means in by_meaning):
        single = [means for means in by_meaning if " " not in means and means not in ODD]
        kinds += [(pair[0], pair[1]) for pair in (chance.sample(single, 2) for _ in range(PAIRS))]
    kinds += [(means, means) for means in by_meaning if " " not in means for _ in range(SAME_TWICE)]
    found = _beside_what_does_not_count(written, by_meaning, chance) if "cost" in by_meaning else []
    for one, other in kinds:
        first, second = chance.choice(by_meaning[one]), chance.choice(by_meaning[other])
        joint = chance.choice(_AND if one != other else _GOES_ON)
        text = _filled(written[first][0] + joint + written[second][0], chance)
        means = one if one == other else f"{one} {other}"
        found.append(Labelled(_words(text, question), means, (first, second), made_up=True))
    return found


_DOES_NOT_COUNT = (
    "{} does not matter", "{} is not the point", "{} is not the issue", "not {}", "it is not about {}", "we don't care about {}",
    "never mind {}", "{} is fine", "{} is ok as it is", "{} is good enough", "{} is secondary", "nobody asks about {}", "forget {}",
    "{} is no problem", "we can live with {}", "we're happy with {}", "{} comes last", "{} is less important", "{} is there already",
    "{} isn't a concern", "nobody complains about {}", "I'm not worried about {}", "whatever happens to {}", "leave {} aside",
    "{} I do not look at", "{} we have enough of already", "if {} got better too I would not complain, but that's not why",
    "{} would be a bonus, no more", "{} is a side effect", "there is no hurry about {}", "{} was never the question",
    "{} I leave to others", "nobody here counts {}", "we can afford {} as it is", "{} is taken care of", "{} is not on my list",
    "{} is somebody else's worry", "{} would be nice but that is not the reason", "{} does not enter into it", "skip {}",
    "{} is almost ok already", "{} is ok already", "{} is nearly there", "{} can stay as it is",
)  # fmt: skip
_REASON = {
    "quality": ("the quality", "quality", "accuracy", "the accuracy", "precision", "the results", "how good it is"),
    "cost": ("cost", "the cost", "the price", "money", "the money", "the bill", "what it costs", "the invoice", "costs"),
    "latency": ("speed", "the speed", "latency", "how fast it is", "the waiting time", "how long it takes", "response time"),
    "format": ("the format", "the layout", "format", "the json", "the structure", "how it is laid out", "the template"),
    "voice": ("the tone", "the style", "tone", "voice", "how it sounds", "the wording", "style"),
}  # fmt: skip


def _beside_what_does_not_count(
    written: Sequence[tuple[str, str]], by_meaning: Mapping[str, Sequence[int]], chance: random.Random
) -> list[Labelled]:
    """A reason, and before or behind it another that is set aside: "the price is fine, but it is wrong too often"."""
    found: list[Labelled] = []
    for _ in range(SET_ASIDE):
        meant, other = chance.sample(sorted(_REASON), 2)
        number = chance.choice(by_meaning[meant])
        aside = chance.choice(_DOES_NOT_COUNT).format(chance.choice(_REASON[other]))
        text = written[number][0]
        joined = f"{aside}{chance.choice((', ', ', but ', '. ', ', it is '))}{text}"
        if chance.random() < 1 / 2:
            joined = f"{text}{chance.choice((', ', '. ', ', and ', ' and '))}{aside}"
        found.append(Labelled(_words(_filled(joined, chance), "reasons"), meant, (number,), made_up=True))
    return found


def _by_strangers(question: str, first: int, chance: random.Random) -> list[Labelled]:
    """The replies of people who had never seen the app, with their variants; a number stands for no option."""
    found = [Labelled(_words(text, question), "nothing", (first + at,)) for at, text in enumerate(_remarks())]
    number = first + len(found)
    for path in sorted(STRANGERS.glob("*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            means = meaning(row) if row["question"] == question else None
            if means is None:
                continue
            for text in dict.fromkeys(
                [row["text"], *(_varied(row["text"], chance) for _ in range(VARIANTS))]
            ):
                found.append(Labelled(_words(text, question), means, (number,), path.stem))
            number += 1
    return found


def _remarks() -> list[str]:
    return REMARKS.read_text(encoding="utf-8").splitlines()


def meaning(row: Mapping[str, Any]) -> str | None:
    """What a labelled reply means, as the headings say it; ``None`` for a number."""
    if row["intent"] == "unsure":
        return "unsure"
    value = row["expected"].get(row["question"])
    if row["question"] == "reasons":
        return " ".join(value) or "none"
    if row["question"] == "prompt_examples":
        return {"[5, null]": "true", "[0, 4]": "false"}.get(json.dumps(value))
    return str(value).lower()


def written_for(question: str) -> list[tuple[str, str]]:
    """The lines as they were written, each with the heading that it stands under."""
    found: list[tuple[str, str]] = []
    means = ""
    for line in (REPLIES / f"{question}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            means = line.removeprefix("# ").strip()
        elif line.strip():
            found.append((line.strip(), means))
    return found


def _varied(text: str, chance: random.Random) -> str:
    text = _filled(text, chance)
    if chance.random() < 0.6:
        text = chance.choice(_BEFORE) + text
    if chance.random() < 0.6:
        text += chance.choice(_AFTER)
    return text


def _filled(text: str, chance: random.Random) -> str:
    return re.sub(r"\{(\w+)\}", lambda slot: chance.choice(_SLOTS.get(slot[1], (slot[0],))), text)


def _words(text: str, question: str) -> tuple[str, ...]:
    cleaned = clean(text)
    assert cleaned is not None, text
    return tuple(words_of(line_of(as_asked(tokens_of(cleaned.text), question))))
