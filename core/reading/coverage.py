"""The rule that catches most errors: every number and every word that carries meaning must be explained."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from functools import lru_cache

from core.facts import ANSWERS_ONLY
from core.reading.asides import explain_asides_to_values
from core.reading.cues import LATENCY_CUES, QUALITY_CUES, WEAK_QUALITY_CUES
from core.reading.everyday import EVERYDAY
from core.reading.introductions import LOADED, explain_introductions
from core.reading.languages import FILLERS
from core.reading.models import MODEL
from core.reading.not_now import doubt_what_is_not_so_now
from core.reading.other_clauses import NUMBERS, explain_other_clauses
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.several import speaks_of_review
from core.reading.told_beside import explain_told_beside
from core.reading.units import ENTITIES
from core.reading.vocabulary import CONTRAST, FILLER, HEDGES, NEGATORS, NO, ON_TOPIC, TOPICS, WORK, YES

_MODE_WORDS = frozenset(
    "what if about how would suppose let us say assume assuming imagine hypothetically and happens change changes changed update set switch edit make "
    "that correct correction actually sorry oops meant mean i wrong was were had happen look looks then instead only when could goes up down more put drops "
    "rises falls grow grows went turned turns became becomes becoming still move moved moves from per try different bump raise lower fix adjust wait hold on or "
    "drop to replace used use using".split()
)
_KEY_TOPIC = {
    "eval_correct": "quality", "prompt_tokens": "tokens", "output_tokens": "tokens", "latency_now_ms": "latency_ms",
}  # fmt: skip
_SIZES = frozenset(
    "many few lots hundreds thousands millions plenty enough loads tons several some dozens little good great bad poor low high fine not guess somewhat sort kinda ideal".split()
)
_GREETINGS = frozenset(
    "hi hey hello thanks please here lol haha ok okay so now today and it we you i me us this that is are in on".split()
)
_SMALL_TALK = frozenset(
    "congrats congratulations kudos bravo thread channel lunch coffee beer tomorrow tonight weekend meeting standup morning evening afternoon vacation holiday game call birthday party pizza later soon see".split()
)


def unexplained(reply: Reply, *, everyday: bool = True) -> tuple[list[str], list[str]]:
    """The words and the numbers that no rule accounts for. ``everyday``: not counting words that may stand anywhere."""
    allowed = _allowed(reply, everyday)
    words: list[str] = []
    numbers: list[str] = []
    for i, token in enumerate(reply.tokens):
        if reply.explained[i]:
            continue
        text = token.text
        if token.number or any(c.isdigit() for c in text) or text in ("^", "nan", "infinity"):
            if text not in allowed:
                numbers.append(text)
        elif text not in allowed:
            words.append(text)
    return words, numbers


def _allowed(reply: Reply, everyday: bool) -> frozenset[str]:
    topics = {_KEY_TOPIC.get(key, key) for key in reply.values}
    if reply.question:
        topics.add(reply.question)
    return _allowed_about(frozenset(topics), reply.mode == "answer", everyday)


@lru_cache(maxsize=256)
def _allowed_about(topics: frozenset[str], is_answer: bool, everyday: bool) -> frozenset[str]:
    allowed = FILLER | HEDGES | {MODEL} | FILLERS | WORK
    if everyday:
        allowed |= EVERYDAY
    for topic in topics:
        allowed |= TOPICS.get(topic, frozenset())
        if topic.startswith("quality"):
            allowed |= frozenset(QUALITY_CUES) | frozenset(WEAK_QUALITY_CUES)
        if topic.startswith("latency"):
            allowed |= frozenset(LATENCY_CUES)
    if not is_answer:
        allowed |= _MODE_WORDS
    return allowed - NEGATORS - (CONTRAST if is_answer else CONTRAST - _MODE_WORDS)


def check_coverage(reply: Reply) -> None:
    """Note what stays unexplained as doubts."""
    explain_asides_to_values(reply)
    explain_introductions(reply)
    explain_told_beside(reply)
    explain_other_clauses(reply)
    if _OPENS_UNSURE.match(reply.line) and reply.values:
        reply.doubt("you are not sure yourself")
    if "calls_per_month" in reply.values and _is_per_somebody(reply):
        reply.doubt("the number is for each of several")
    doubt_what_is_not_so_now(reply)
    words, numbers = unexplained(reply)
    if numbers and not (reply.asked == "cheaper_model_enough" and reply.stated):
        reply.doubt("there is a number that I cannot place")
    contrast = [w for w in words if w in CONTRAST]
    denials = [w for w in words if w in NEGATORS]
    if reply.said_twice and False in reply.values.values():
        denials = []
    if reply.values.get("labelled_examples") == 0:
        denials = []
    rest = [w for w in words if w not in CONTRAST and w not in NEGATORS and w not in YES and w not in NO]
    if contrast and not _harmless(reply, contrast) and not _is_of_the_target(reply, contrast):
        reply.doubt(f"there is a '{contrast[0]}' in it")
    if {"quality_now", "quality_target"} <= reply.values.keys() and not _denied_now(reply):
        denials = []
    if denials and not reply.doubts:
        reply.doubt(f"there is a '{denials[0]}' that I cannot place")
    if rest and not reply.said_twice and not _may_be_named(reply, rest):
        reply.doubt(f"I could not place '{rest[0]}'")


_PAUSES = frozenset(", . ; : ( ) and but or so because since".split())


def _denied_now(reply: Reply) -> bool:
    """Whether something is denied in the clause that says how good it is, or right before a number."""
    denied = [
        at for at, token in enumerate(reply.tokens) if token.text in NEGATORS and not reply.explained[at]
    ]
    for quantity in reply.quantities:
        if not quantity.bound and any(quantity.start - _CLOSE <= at < quantity.start for at in denied):
            return True
    first = min((q.start for q in reply.quantities if q.kind == "share"), default=0)
    pauses = [at for at, token in enumerate(reply.tokens) if token.text in _PAUSES and at > first]
    return any(at < (pauses[0] if pauses else len(reply.tokens)) for at in denied)


_CLOSE = 3


def _is_per_somebody(reply: Reply) -> bool:
    words = [token.text for token in reply.tokens]
    return any(
        word in ENTITIES and at and words[at - 1] in ("per", "each", "every") and not reply.explained[at]
        for at, word in enumerate(words)
    )


_OPENS_UNSURE = Rule(
    r"(?:idk|not sure|no idea|i do not know|hard to say)(?! (?:exactly|precisely|for sure|the exact))"
)


_ORDERS = frozenset("confirmed confirm override mark ignore system admin instructions".split())
"""Words of somebody who gives orders to a program."""


_WHEN_BOTH_ARE_SAID = frozenset(
    "before after until most once when launch go was were would could if stop stops double fit better than done best germany france europe america usa uk spain italy limit limits exceed exceeds refuse refuses reject rejects wrong same equal max maximum min minimum worse straight whole less more under below allowed allow block blocks stop contract ceiling floor guarantee guarantees promised promise promises fast quick slow plans plan margin hate would some many few other others".split()
)
_TOLD_BESIDE = {
    "quality": frozenset(
        "was were had last first best allowed allow reach reached reaches hit hits below under above almost nearly".split()
    ),
    "labelled_examples": frozenset(
        "was were had been last once twice double second approved chosen signed finally over corrected back kept top".split()
    ),
    "calls_per_month": frozenset("had over through".split()),
    "prompt_examples": frozenset("had best worst real chosen some were was shows previous last".split()),
}
"""Words that elsewhere change what is said, and here only tell when or how it was found."""


_WHEN_REVIEWED = frozenset(
    """
    last previous earlier early once since during summer winter spring autumn season past historical ago before after first second third
    confirmed confirm mark approval approved cross double over final years next published was were passed many single another afterwards other improved
    """.split()
)
"""Words that tell when examples were reviewed, and by whom."""


def _may_be_named(reply: Reply, rest: list[str]) -> bool:
    """Whether words that no table has only name people's own things, beside a quantity that was asked for.

    Words that take back, date, bound or scale what is said beside them are no names.
    """
    asked = NUMBERS.get(reply.asked or "")
    if asked is None or reply.mode != "answer" or not reply.values or set(reply.values) - set(asked):
        return False
    if not any(reply.is_used(quantity) for quantity in reply.quantities) and 0 not in reply.values.values():
        return False
    harmless = _TOLD_BESIDE.get(reply.asked or "", frozenset()) | reply.nouns
    if reply.asked == "calls_per_month" and _is_the_only_rate(reply):
        harmless |= _SEASONS
    if reply.asked == "labelled_examples" and speaks_of_review(reply):
        harmless |= _WHEN_REVIEWED
    if len(reply.values) > 1:
        harmless |= _WHEN_BOTH_ARE_SAID
    return not any((word in LOADED or word in _ORDERS) and word not in harmless for word in rest)


_SEASONS = frozenset(
    "season seasonal winter summer spring autumn plan planned planning projecting projected".split()
)
"""Words that tell when the only number that is told holds, which is all that somebody knows of it."""


def _is_the_only_rate(reply: Reply) -> bool:
    """Whether one number is told, with its period, or one range of two."""
    used = [q for q in reply.quantities if reply.is_used(q)]
    return (
        len(reply.quantities) == len(used)
        and all(q.period for q in used)
        and reply.words().isdisjoint(_IN_PART_OF_A_YEAR)
    )


_IN_PART_OF_A_YEAR = frozenset(
    "only alone double twice half otherwise rest closed nothing none no never not hardly zero few".split()
)


def _is_of_the_target(reply: Reply, contrast: list[str]) -> bool:
    """Whether all turning words go with the one of two shares that is wished for: "40% now, if it was 70 I'd be happy"."""
    return {"quality_now", "quality_target"} <= set(reply.values) and set(contrast) <= {
        "if",
        "but",
        "only",
        "unless",
        "until",
        "or",
        "whereas",
        "though",
        "although",
        "while",
    }


def _number_comes_after(reply: Reply) -> bool:
    """Whether all numbers stand behind the "but", so that what it opens is the answer: "it varies, but 10k is usual"."""
    at = max(i for i, token in enumerate(reply.tokens) if token.text == "but")
    return bool(reply.quantities) and all(quantity.start > at for quantity in reply.quantities)


def _harmless(reply: Reply, contrast: list[str]) -> bool:
    """ "Yes, but only 2 examples": what follows the contrast is what was read."""
    if reply.values.get("data_may_leave") == ANSWERS_ONLY and set(contrast) <= {"but", "except"}:
        return True
    if set(contrast) == {"or"} and any(
        f" {phrase}" in f" {reply.line} " for phrase in ("give or take", "or so ")
    ):
        return True
    if {"quality_now", "quality_target"} <= set(reply.values) and set(contrast) <= {"but", "vs", "versus"}:
        return True
    if reply.values.get("prompt_examples") == 0 and set(contrast) <= {"but", "or", "if"}:
        return True
    if set(contrast) != {"but"}:
        return False
    if reply.asked in NUMBERS and _number_comes_after(reply):
        return True
    value = reply.values.get("prompt_examples")
    return isinstance(value, int) or (
        value is not None
        and len(reply.values) == 1
        and reply.question == "prompt_examples"
        and value == [0, 4]
    )


_ELSEWHERE = Rule(
    r"(?<![^ ])(?:wrong (?:channel|thread|window|chat|tab|person|group)|(?:well|nicely) done|(?:good|great|nice|amazing|excellent) (?:job|work|stuff|one|catch)|happy birthday|see you|thank you all|(?:i am |we are )?out until|ooo|out of office)(?![^ ])"
)
"""What people say to each other."""


def sounds_like_talk(line: str) -> bool:
    """Whether a line holds a phrase that people say to each other, such as "see you" or "well done"."""
    return _ELSEWHERE.search(line) is not None


def is_small_talk(reply: Reply) -> bool:
    """Whether nothing in it has to do with the consultation, so that the app had better be silent."""
    _, numbers = unexplained(reply)
    if _ELSEWHERE.search(reply.line):
        return True
    texts = [token.text for token in reply.tokens if token.text.isalpha()]
    if {*texts} & {"morning", "evening", "afternoon", "night"} and {*texts} & {"good", "gm"}:
        return True
    if (
        reply.question
        and texts
        and (
            len(texts) <= 3
            and {*texts}
            & (YES | NO | (TOPICS.get(reply.question, frozenset()) - FILLER) | _SIZES) - _GREETINGS
        )
    ):
        return False
    topic = {t.text for t in reply.tokens} & (ON_TOPIC - WORK)
    counted = [q for q in reply.quantities if q.kind != "duration"]
    return (not numbers and not topic and not counted) or _is_appointment(reply, counted)


def _is_appointment(reply: Reply, counted: list[Quantity]) -> bool:
    """ "Back in 5 minutes", "see you at 10"."""
    texts = {token.text for token in reply.tokens}
    return (
        bool(texts & _SMALL_TALK | texts & {"back", "brb", "afk", "min", "mins"})
        and len(counted) <= 1
        and not texts & (ON_TOPIC - WORK - {"call"})
    )


_OF_THE_THING = Rule(
    r"^ ?[,.;-]* ?(?:it is |they are |that is |these are |they (?:appear|go|come|get|stand|hang)|it (?:appears|goes|comes|gets|stands|hangs))(?! ?(?:time|my|your|a party|a holiday|friday|monday|late|lunch))"
)
"""What goes on about the thing that was asked about, behind a yes or no: "yeah, it is coffee"."""


def only_a_lead(reply: Reply) -> bool:
    """Whether a yes or no opens talk about something else: "yes, let's have lunch"."""
    if reply.lead_only and _OF_THE_THING.search(reply.line[reply.lead_end :]):
        return False
    if reply.lead_only and (
        {t.text for i, t in enumerate(reply.tokens) if not reply.explained[i]} & _SMALL_TALK
        or _ELSEWHERE.search(reply.line)
    ):
        return True
    if reply.stated and not reply.lead_only:
        return False
    words, _ = unexplained(reply, everyday=False)
    if reply.line[reply.lead_end :].startswith((" ,", " .", " -", " ;", " (")):
        return False
    strange = [w for w in words if w not in CONTRAST and w not in NEGATORS and len(w) > 2]
    outlandish = [w for w in strange if w not in EVERYDAY]
    topical = {t.text for i, t in enumerate(reply.tokens)} & TOPICS.get(reply.question or "", frozenset())
    if topical - FILLER:
        return False
    return bool(outlandish) and len(strange) >= (2 if reply.lead_only else 4)
