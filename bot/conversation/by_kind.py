"""What a question about an advice asks where no pattern is sure: told by the trained weights, if they are sure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.conversation.named import CHECKED, compared, months_in, options_in, thing_in, topic_in
from bot.conversation.on_record import sought_in
from bot.conversation.posts import AboutAdvice
from bot.conversation.standing import ORDER
from bot.conversation.supposing import in_digits, numbers_in, plain_words
from core.reading.asks.weights import NONE, likelihoods


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about, and the verdict, option, question, figure or objection that it is of, "" for none.

    For "which" the two likeliest kinds: "why flips". "matter" is what weighs, or, where an answer is named, that.
    """

    asked: AboutAdvice
    of: str = ""


BY_KIND: Mapping[str, Question] = {
    "cheaper": Question("compare", "cheaper"),
    "hosting": Question("compare", "self_hosted"),
    "examples": Question("question", "labelled_examples"),
    "suppose": Question("suppose"),
    "correction": Question("correction"),
    **{
        kind: Question(kind)
        for kind in (
            "why", "flips", "against", "confidence", "chart", "similar", "elsewhere", "short", "weighed", "unknowns",
            "steps", "payback", "parts", "prices", "upkeep", "monthly", "retrieval", "disagreement", "data", "risk",
            "both", "extremes", "quality", "matter", "counted", "skipped", "off", "waiting", "split", "fair_try",
            "measuring",
        )
    },
}  # fmt: skip
"""What each kind of the weights leads to."""
MOST_THINGS = 2
LEAST = 20
"""What is smaller is no figure of an advice: "two weeks", "18 examples"."""
TOO_MANY = Decimal(10) ** 15
"""What is no figure of anything here; a longer one cannot even be divided."""
_TO_TUNE = re.compile(
    r"\b(?:say|advise\w*|recommend\w*|yes to|told us to|get us to|for|before|sense)\b.*\b(?:fine ?-?tun\w*|train\w*|tun(?:e|ing))\b|\b(?:train\w*|tuning)\b.*\b(?:make sense|makes sense|be right|when)\b|\b(?:thresholds?|conditions?)\b"
)
"""That somebody asks what would lead to tuning."""
_NUMBERED = re.compile(r"\b(?:question|answer|number|no) (\d{1,2})\b")
_DOUBTS_IT = re.compile(
    r"\b(?:wrong|overkill|exaggerat\w*|nonsense|too (?:much|big)|cannon|over the top|mountain|dont (?:buy|agree|believe)|do not (?:buy|agree)|who(?:s| is) right|(?:is|was) (?:he|she|my \w+) (?:right|wrong)|style guide|overrate|convinced|disagree with (?:you|this))\b"
)
_LARGE = {
    "million": 10**6,
    "mio": 10**6,
    "m": 10**6,
    "thousand": 10**3,
    "lakh": 10**5,
    "crore": 10**7,
    "billion": 10**9,
}
UNCLEAR = 0.5
"""From which probability of being talk on a text is left alone, even one that was said to the app."""
MOST_TALK: Mapping[tuple[bool, bool], float] = {
    (True, True): 0.4, (True, False): 0.3, (False, True): 0.4, (False, False): 0.15,
}  # fmt: skip
"""Up to which probability of being talk a text is answered, by whether it names the advice, and whether it asks."""
LIKELIEST, LIKELY = 0.28, 0.45
"""From which share of all kinds on the likeliest is told of what asks, and of what only may."""
DETAILED = ("short", "similar", "payback", "measuring", "disagreement", "waiting", "flips", "chart")
"""Kinds of which a text may name more: how short, which option, how many cases, how often, how long, which verdict."""
LEAST_CALLS = 1000
"""No smaller figure is taken for calls a month that a chart or a turn is asked about at."""
NO_TALK = 0.15
"""A question that is less likely talk than this is of some kind: the likeliest is told from as small a share on."""
PERHAPS_TALK: Mapping[bool, float] = {True: 0.8, False: 0.75}
PLAINLY: Mapping[bool, float] = {True: 0.5, False: 0.65}
"""Up to which probability of being talk a question is answered that is of one kind far before all others, and from
which share of all kinds it is, by whether it names the advice."""
IN_DOUBT = 0.3
"""Below this share of the likeliest kind, whoever speaks to the app is asked which of two is meant."""
OUTWEIGHS, UNSEEN_OUTWEIGHS = 0.3, 0.6
"""By how much of the share the weights must be surer of another kind; the share that it must have where they do not
know what was found."""
PLAINLY_OTHER = 0.9
"""The same for what only patterns know, which are narrow."""
ALIKE: Mapping[str, tuple[str, ...]] = {
    "compare": ("cheaper", "hosting", "monthly", "extremes"), "enough": ("examples",),
    "question": ("matter", "examples", "skipped", "disagreement", "data"),
}  # fmt: skip
"""Kinds of the weights that lead to what patterns tell apart further."""
READ_ELSEWHERE = ("suppose", "correction")
"""Kinds of which the values are read before they are anything."""
_OBJECTIONS = (
    ("prompt", r"\b(?:longer|better|bigger|improve\w*|more|another|different|good|polish\w*|rewrit\w+|extend\w*|tweak\w*) (?:the |our |my |a )?(?:\w+ )?prompts?\b|\bprompt\w* (?:better|more|harder|longer|differently)\b|\b(?:work|put|write|put more) (?:\w+ ){0,3}prompts?\b|\bexamples? (?:already )?work\b|\bprompt (?:already |now )?(?:works|does|gets|is (?:fine|good|ok))\b"),
    ("retrieval", r"\b(?:retrieval|rag|look(?:ing)? (?:it|them|things|this) up|facts?|documents|handbook|database)\b"),
    ("disagreement", r"\b(?:disagree\w*|(?:not|dont|doesnt|cannot|cant) (?:\w+ )?(?:agree|rate)|differ(?:s|ently)? (?:on|about)|rate differently)\b"),
    ("budget", r"\b(?:budget|money (?:is|for|to)|have the (?:money|gpus?)|funding|can afford)\b"),
    ("quality", r"\b(?:only|just|barely|merely|gets?|scores?|reach\w*|at|is)\b(?: \w+){0,2} \d[\d.,]* ?(?:%|per ?cent)|\d ?(?:%|per ?cent)|\b(?:\w+ (?:of|out of|in) ten)\b|\b(?:nearly|almost|not good enough|good enough|close enough|works? (?:fine|alright|well|ok)|(?:only|keeps?) (?:misses|fails|failing)|not (?:that|so) bad|right most|falls short|too (?:bad|many (?:errors|mistakes)))\b"),
    ("examples", rf"\b{CHECKED}\b|\b(?:data|reports|records|thousands?|hundreds?)\b|\b(?:have|got) (?:only |just )?(?:\w+ ){{0,2}}\d[\d.,]*k?\b"),
)  # fmt: skip


def kind_of(text: str, *, named: bool, asks: bool, to_the_app: bool, task: str = "") -> Question | None:
    """The kind of question a text is; ``None`` where it asks nothing, or nobody can tell.

    named: whether it names the advice or was said to the app. asks: whether it has the form of a question. With each
    less certainty is enough. to_the_app: whether somebody waits for an answer, so that in doubt the two likeliest kinds
    are named. task: what the advice is about, in whose words it may be asked.
    """
    likely = likelihoods(text, task)
    best, second = sorted((kind for kind in likely if kind != NONE), key=lambda kind: -likely[kind])[:2]
    talk = likely[NONE]
    share = likely[best] / max(1 - talk, 1e-9)
    in_doubt = to_the_app and share < IN_DOUBT and talk < UNCLEAR
    least = LIKELY if not asks else NO_TALK if talk < NO_TALK else LIKELIEST
    is_told = talk < MOST_TALK[named, asks] and share >= least
    is_plain = asks and talk < PERHAPS_TALK[named] and share >= PLAINLY[named]
    if (is_told or is_plain) and not in_doubt:
        found = _of(text, BY_KIND[best])
        is_of_nothing = found == Question("counted") and not named and not to_the_app
        return None if is_of_nothing else found
    if to_the_app and talk < UNCLEAR:
        return Question("which", f"{best} {second}")
    return None


def outweighs(text: str, found: Question, task: str = "") -> Question | None:
    """The kind that the weights take a text for, where they are much surer of it than of what a pattern found in it."""
    likely = likelihoods(text, task)
    rest = max(1 - likely[NONE], 1e-9)
    best = max((kind for kind in likely if kind != NONE), key=lambda kind: likely[kind])
    same = [likely[kind] / rest for kind in likely if kind != NONE and _is_kind(kind, found)]
    if BY_KIND[best].asked in READ_ELSEWHERE or _is_kind(best, found):
        return None
    limit = max(same) + OUTWEIGHS if same else UNSEEN_OUTWEIGHS
    is_of_data = found == Question("question", "data_may_leave")
    if is_of_data or found.asked in (
        "removed",
        "first_year",
        "stuck",
        "options",
        "extremes",
        "retrieval",
        "risk",
    ):
        limit = PLAINLY_OTHER
    return _of(text, BY_KIND[best]) if likely[best] / rest >= limit else None


def _is_kind(kind: str, found: Question) -> bool:
    """Whether a kind of the weights is what was found, as far as the weights tell it apart."""
    if found.asked in ("compare", "enough", "question"):
        return kind in ALIKE[found.asked]
    return BY_KIND[kind].asked == found.asked


def detailed(text: str, found: Question) -> Question:
    """The same with what the text names of it, where a pattern told no more than the kind."""
    return _of(text, found) if found.asked in DETAILED and not found.of else found


def _of(text: str, question: Question) -> Question:
    """The same with what a text names of it: a figure, an objection, an option, an answer or a thing."""
    plain = plain_words(text)
    match question.asked:
        case "why":
            return why_in(text)
        case "parts" | "compare" | "monthly" if both := compared(plain):
            return Question("compare", " ".join(both))
        case "parts":
            return parts_in(text)
        case "question" if question.of == "labelled_examples":
            return Question("enough", _many_in(text))
        case "matter":
            return matter_in(plain)
        case asked if asked in DETAILED:
            return Question(question.asked, _details(question.asked, text, plain))
        case "counted":
            return Question("counted", named_thing(plain))
        case "off" if not topic_in(plain):
            return Question("confidence")
        case "skipped" | "off":
            return Question(question.asked, topic_in(plain).partition(":")[0])
        case _:
            return question


def _details(asked: AboutAdvice, text: str, plain: str) -> str:
    """What a question of one of these kinds is of."""
    match asked:
        case "short":
            return _how_short(plain)
        case "similar":
            return sought_in(text)
        case "payback":
            return _of_payback(plain)
        case "measuring":
            return next((n for n in figures_in(text) if "%" not in text), "")
        case "disagreement":
            return agreed_in(plain)
        case "waiting":
            return months_in(plain)
        case "chart":
            return next((n for n in figures_in(text) if Decimal(n) >= LEAST_CALLS), "")
        case _:
            volumes = [n for n in figures_in(text) if Decimal(n) >= LEAST_CALLS]
            if volumes and re.search(
                r"\b(?:calls?|volume|messages?|mails?|texts?|requests?|mo|month)\b", plain
            ):
                return " ".join(volumes)
            return "fine_tune" if _TO_TUNE.search(plain) else ""


def _how_short(plain: str) -> str:
    """Whether a short version is to be without figures, or to say what doing nothing costs."""
    if re.search(r"\b(?:do|doing) nothing\b|\bleave it\b", plain):
        return f"waiting {months_in(plain)}".strip() if months_in(plain).isdigit() else "waiting"
    plainly = r"\bno (?:percent\w*|numbers?|figures?|computer|technical|tech)\b|\bwithout (?:any )?(?:percent\w*|numbers?|figures?)\b"
    return "plain" if re.search(plainly, plain) else ""


def _of_payback(plain: str) -> str:
    if re.search(
        r"\b(?:(?<!\d )label\w*|clean\w*|annotat\w*|training bill|working days|my time|our time|pay people)\b",
        plain,
    ):
        return "labelling"
    said = ["self_hosted"] if "self_hosted" in options_in(plain) else []
    if re.search(r"\bnever\b(?! (?:told|said|gave|asked|heard|knew|mentioned))", plain):
        said.append("never")
    if said:
        return " ".join(said)
    months = re.search(
        r"(?<![\d.,])\b(?:month|after|in) (\d{1,2})\b(?![.,]\d| (?:days?|weeks?|years?))|(?<![\d.,])\b(\d{1,2}) months?\b",
        in_digits(plain),
    )
    return (months[1] or months[2]) if months else ""


def agreed_in(plain: str) -> str:
    """How often people agree: "41/60", "80" for a share, "" where nobody says."""
    said = re.sub(r"\bnine\b", "9", re.sub(r"\beight\b", "8", in_digits(plain)))
    of = re.search(r"\b(\d{1,4}) (?:out )?(?:of|in) (?:the |every )?(\d{1,4})\b", said)
    if of and 0 < int(of[1]) <= int(of[2]):
        return f"{of[1]}/{of[2]}"
    share = re.search(r"\b(\d{2})(?: ?%| per ?cent)", said)
    return share[1] if share else ""


_FEW = {"two": "2", "three": "3", "four": "4", "six": "6"}


def named_thing(plain: str) -> str:
    """What somebody wants to know counted: "upkeep"; of two, both: "electricity+people"; how often: "changes week 3"."""
    asked = re.split(r"\b(?:count\w*|includ\w*|consider\w*|contain\w*|cover\w*)\b", plain)[-1]
    both = dict.fromkeys(thing for part in asked.split(" and ") if (thing := thing_in(part)))
    thing = "+".join(list(both)[:MOST_THINGS]) or thing_in(plain)
    often = re.search(
        r"\b(?:every|each) (\d+|two|three|four|six) (day|week|month)s\b|\b(day|dai|week|monday|month|quarter)",
        plain,
    )
    if often is None or thing_in(plain) != "changes":
        return thing
    if often[1]:
        return f"changes {often[2]} {_FEW.get(often[1], often[1])}"
    return f"changes {often[3]}"


def matter_in(plain: str) -> Question:
    """Why an answer matters: the one that is named, else which of them weighed most."""
    topic, _, kind = topic_in(plain).partition(":")
    if (numbered := _NUMBERED.search(plain)) is not None and 0 < int(numbered[1]) <= len(ORDER):
        topic, kind = ORDER[int(numbered[1]) - 1], ""
    if kind == "disagreement":
        return Question("disagreement")
    if topic and not re.search(r"\b(?:why|how come)\b", plain):
        return Question("skipped", topic)
    return Question("question", f"{topic} {kind}".strip()) if topic else Question("weighed")


def why_in(text: str) -> Question:
    """Why it is advised, with what is brought up against it and the figure that is named with that."""
    objection = objection_in(text)
    plain = plain_words(text)
    if objection == "disagreement" and re.search(r"\b(?:each other|one another|two|both)\b", plain):
        return Question("disagreement")
    if _DOUBTS_IT.search(plain) and objection not in ("budget", "retrieval"):
        agreed = agreed_in(plain) if "agree" in plain else ""
        return Question("disagreement", agreed) if agreed else Question("why", "doubt")
    figure = figure_in(text) if objection in ("examples", "quality") else ""
    return Question("why", f"{objection} {figure}".strip())


_NO_COST = re.compile(
    r"\d[\d.,]* ?(?:%|per ?cent)|\bwe(?: a|['’])?re at \d[\d.,]*k?\b|\bwe (?:have|do|make|get) (?:about )?\d[\d.,]*k?\b",
    re.IGNORECASE,
)
"""A share, and what somebody tells of themselves: no figure of the costs."""


def parts_in(text: str) -> Question:
    """What a figure is made of: the one that is named, or that of an option."""
    plain = plain_words(text)
    is_row = re.search(r"\b(?:row|line) (?:of |for )?(?:the )?\w+|\b\w+ (?:row|line)\b", plain)
    named = options_in(plain)
    figures = "" if is_row and named else " ".join(figures_in(_NO_COST.sub(" ", text)))
    return Question("parts", figures or (named[0] if named else ""))


def _many_in(text: str) -> str:
    figures = figures_in(text)
    return figures[0] if len(figures) == 1 else ""


def is_talk(text: str, sure: float = UNCLEAR, task: str = "") -> bool:
    """Whether a text is, at least as surely as this, talk between people and no question about an advice."""
    return likelihoods(text, task)[NONE] >= sure


def objection_in(text: str) -> str:
    """What a person who asks why brings up: "examples", "budget", "disagreement", "retrieval", "quality" or ""."""
    plain = plain_words(text)
    return next((name for name, words in _OBJECTIONS if re.search(words, plain)), "")


def figure_in(text: str) -> str:
    """The figure that a text asks about, as digits; "" where it names none, or several."""
    found = figures_in(text)
    return found[0] if len(found) == 1 else ""


def figures_in(text: str) -> list[str]:
    """The figures of a text that are no small counts, as digits, in their order: "121 million" as 121000000."""
    found = (number * times for number, times in _with_units(in_digits(plain_words(text))))
    return [f"{number.normalize():f}" for number in found if LEAST <= number < TOO_MANY]


def _with_units(plain: str) -> Iterator[tuple[Decimal, int]]:
    for part in re.finditer(
        r"\d[\d.,]*(?: (?=\d{3}\b)\d{3})*k?(?: ?(million|mio|m|thousand|lakh|crore|billion)\b)?", plain
    ):
        unit = _LARGE.get(part[1] or "", 1)
        for number in numbers_in(part[0].removesuffix(part[1] or "").strip()):
            yield number, unit
