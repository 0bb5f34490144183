"""What a question about the advice leads to where it was not put in one of the reader's short forms. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bot.conversation import posts
from bot.conversation.asked import About, is_ours, is_question, opens_asking, what_is_asked
from bot.conversation.at_hand import at_hand
from bot.conversation.by_kind import BY_KIND, READ_ELSEWHERE, figures_in, is_talk
from bot.conversation.by_kind import Question as AboutIt
from bot.conversation.by_situation import asks_when_there
from bot.conversation.changed import asks_what_then, changed, doubted_in, named_with, tells_ours
from bot.conversation.named import topic_in
from bot.conversation.of_a_challenge import challenged
from bot.conversation.replies import TypedText
from bot.conversation.standing import PRICING, Standing
from bot.conversation.supposed_default import supposed_default
from bot.conversation.supposing import (
    IF,
    Supposed,
    correction,
    corrects,
    has_factor,
    opens_supposing,
    plain_words,
    supposes,
)
from bot.conversation.to_the_point import pointed
from bot.conversation.todo import ToDo
from bot.conversation.together import tells_result, told_together
from bot.conversation.told_here import goes_first, told_here
from bot.conversation.trying import as_supposed, read_as_supposed, times_present, tried, with_payback
from bot.conversation.what_if import NotKnown, is_present
from core.answers import CaseError
from core.questions import question_of
from core.reading.cleaning import LONGEST
from core.reading.outcome import Reading

WIDE = ("flips", "why", "explain", "why_question")
TELLS_NOTHING = ("waiting", "short", "against", "split", "fair_try", "measuring")
"""Kinds beside which no fact is tried, whatever stands there."""
TOLD_BESIDE = ("suppose", "correction", "steps", "risk", "which", "both")
"""Kinds for which the weights take a question that only follows what is told."""
SHORT_FORMS = (
    "why",
    "why_question",
    "explain",
    "flips",
    "similar",
    "chart",
    "confidence",
    "compare",
    "against",
)
LEAST_NAMED = 100
"""Dollars: a smaller figure is said of many things."""
RATHER_TALK = 0.25
"""From which probability of being talk on a text is left alone in which nothing was read."""
LIKELY_TALK = 0.75
"""The same for what has the form of a question about an advice."""
SHORT = 3
"""Words: what is no longer is a command of the reader's, whatever else it looks like."""
OPEN_TO_IF = ("suppose", "correction", "flips", "why", "which", "data", "off")
"""Kinds that a supposition may be taken for."""
NARROW = (
    "payback", "extremes", "weighed", "unknowns", "steps", "retrieval", "risk", "both", "quality", "parts", "prices",
    "upkeep", "monthly", "elsewhere", "disagreement", "data", "correction", "short", "question", "counted", "skipped",
    "off", "enough", "against", "confidence", "removed", "waiting", "first_year", "options", "stuck",
)  # fmt: skip
"""Subjects that are told apart from those of the reader, which takes "when does it ..." for what would change it."""

_MISSES_NAMED = re.compile(
    r"\b(?:miss(?:es|ing)?|facts?|knowledge|labels?|formats?|codes?|jargon|(?:dis)?agree\w*|reasons?|costs?|quality|voice|latency|speed)\b"
)
_ASKS_BACK = re.compile(
    r"\?|\b(?:for what|what for|what exactly|where from|how come)\b"
    r"|\b(?:of|for|by|from|with|in|to) (?:what|which|whom)\W*$"
    r"|\b(?:does|do) (?:it|that|this) (?:matter|change|make)|\bany difference\b"
)


def of_the_advice(standing: Standing, message: TypedText, reading: Reading) -> ToDo | None:
    """What shows the answer to a question about the advice that was not put in one of the short forms."""
    if not standing.is_advised or len(message.text) > LONGEST:
        return None
    to_the_app = message.mentioned or message.act.direct
    if (doubted := challenged(standing, message)) is not None:
        return ToDo(posts.OfAdvice(doubted.asked, doubted.of))
    task = standing.consultation.task
    if (tried_one := supposed_default(standing, message.text, message.act.now)) is not None:
        return tried_one
    found = what_is_asked(message.text, to_the_app=to_the_app, task=task) or _of_a_figure(standing, message)
    here = _told_here(standing, message, reading, found)
    is_first = here is not None and goes_first(message.text, here)
    of_it = at_hand(standing, message)
    of_it = of_it or (here if is_first else pointed(standing, message, reading) or here)
    if of_it is not None:
        return ToDo(posts.OfAdvice(of_it.asked, of_it.of))
    if (shown := _told(standing, message, reading, found)) is not None:
        return with_payback(standing, shown, message.text, message.act.now)
    is_plain = isinstance(found, AboutIt) and found.asked not in READ_ELSEWHERE
    is_read_whatif = reading.intent == "whatif" or (reading.intent == "clarify" and reading.mode == "whatif")
    is_of_nothing = (
        reading.intent == "answer"
        and not reading.assumed
        and not any(question_of(key) for key in reading.values)
        and is_question(message.text)
    )
    is_meant = supposes(message.text) and not asks_when_there(message.text)
    is_no_whatif = (is_read_whatif and not is_meant) or is_of_nothing
    if not (
        _may_ask(reading)
        or (is_no_whatif and is_plain)
        or _is_narrower(found, reading)
        or _tells_while_asking(message, reading)
    ):
        return None
    match found:
        case AboutIt("suppose") if has_factor(message.text):
            return None
        case AboutIt("suppose"):
            return read_as_supposed(standing, message.text, message.act.now) or _unread_supposition(
                message, to_the_app=to_the_app
            )
        case AboutIt("correction"):
            values = reading.values if reading.intent in ("answer", "change") else None
            return tried(standing, values or correction(standing, message.text), message.act.now)
        case AboutIt(asked, of):
            return ToDo(posts.OfAdvice(asked, of))
        case Supposed() as one:
            return as_supposed(standing, one, message.act.now)
        case None:
            return _told_in_a_question(standing, message, reading)


def _told_here(
    standing: Standing, message: TypedText, reading: Reading, found: About | None
) -> AboutIt | None:
    """What is told by this thread's own figures and words; a command of the reader's is left to it."""
    is_command = reading.intent in SHORT_FORMS and len(message.text.split()) <= SHORT
    if is_command or (reading.intent == "explain" and reading.of):
        return None
    return told_here(standing, message, found, is_why=reading.intent == "why")


def _told(standing: Standing, message: TypedText, reading: Reading, found: object) -> ToDo | None:
    """What the facts that a question tells would change; ``None`` where it tells none, or asks for something else."""
    to_the_app = message.mentioned or message.act.direct
    text, task = message.text, standing.consultation.task
    is_if = supposes(text) or corrects(text)
    is_asked = is_question(text) or opens_asking(text) or is_if
    is_other = isinstance(found, AboutIt) and found.asked not in OPEN_TO_IF
    if isinstance(found, AboutIt) and found.asked in TELLS_NOTHING:
        return None
    is_other = is_other and not (opens_supposing(text) or asks_what_then(text) or corrects(text))
    if is_asked and (is_if or asks_what_then(text) or tells_result(text)) and not is_other:
        told = told_together(standing, text)
        news = {key: value for key, value in told.items() if not is_present(standing, key, value)}
        if (
            news
            and not _reads_it_all(reading, told)
            and (found is not None or is_ours(text, to_the_app=to_the_app, task=task, talk=LIKELY_TALK))
        ):
            return tried(standing, news, message.act.now)
    is_told = found == AboutIt("enough", getattr(found, "of", "")) and asks_what_then(text)
    is_fixed = _is_about_an_answer(found) and not (is_told or opens_supposing(text))
    sure = what_is_asked(text, to_the_app=to_the_app, task=task, by_words=True)
    may_carry = _may_carry(message, reading, found, sure) and not (is_fixed and sure is not None)
    is_told_ours = tells_ours(standing, text) and (is_question(text) or is_if)
    if is_told_ours or (may_carry and is_ours(text, to_the_app=to_the_app, task=task)):
        return _with_what_it_tells(standing, message, is_asked=found is not None)
    return None


def _reads_it_all(reading: Reading, told: Mapping[str, Any]) -> bool:
    """Whether the reader has read a plain what-if, with everything that the question tells."""
    read_too = {*reading.values, *(("eval_correct", "eval_total") if reading.evaluation is not None else ())}
    return reading.intent == "whatif" and reading.because is None and told.keys() <= read_too


def _of_a_figure(standing: Standing, message: TypedText) -> AboutIt | None:
    """A question that names a figure of the costs asks about that, whatever else it says."""
    scenario = standing.told.ledger.scenarios(standing.advice.answers.number(PRICING))[-1]
    known = {
        amount
        for option in scenario.options
        for amount in (option.month, option.up_front, *(line.amount for line in option.lines))
        if amount is not None and amount >= LEAST_NAMED
    }
    named = [
        one for one in figures_in(message.text) if any(abs(Decimal(one) - amount) < 1 for amount in known)
    ]
    if not named or not is_question(message.text):
        return None
    is_of_return = re.search(r"\b(?:come|comes|get|earn|be) (?:\w+ ){0,2}?back\b", plain_words(message.text))
    return AboutIt("payback") if is_of_return else AboutIt("parts", named[0])


def nearest(standing: Standing, message: TypedText) -> ToDo | None:
    """The answer that comes nearest to a question after an advice in which nothing was read; ``None`` for talk.

    What is short is a command that somebody did not end: it is told how it goes on.
    """
    is_asked = is_question(message.text) or IF.search(plain_words(message.text))
    if not standing.is_advised or not is_asked or len(message.text.split()) <= SHORT:
        return None
    found = what_is_asked(message.text, to_the_app=True, task=standing.consultation.task)
    if not isinstance(found, AboutIt) or found.asked in ("suppose", "correction"):
        return ToDo(posts.OfAdvice("flips"))
    if found.asked == "which":
        first = BY_KIND[found.of.split(" ")[0]]
        found = AboutIt("flips") if first.asked in ("suppose", "correction", "matter") else first
    return ToDo(posts.OfAdvice(found.asked, found.of))


def at_a_loss(standing: Standing, message: TypedText) -> ToDo | None:
    """What is said to whoever speaks to the app where nothing else is: once it is advised, what may be asked of it."""
    if (answer := nearest(standing, message)) is not None:
        return answer
    return ToDo(posts.HelpHere(None)) if standing.is_advised else None


def _is_about_an_answer(found: object) -> bool:
    """Whether it is plainly asked why an answer matters, or what is counted: what it tells beside that is no change."""
    return isinstance(found, AboutIt) and found.asked in (
        "question", "disagreement", "counted", "skipped", "enough", "unknowns", "compare", "weighed", "similar",
        "parts", "quality", "chart", "short", "prices", "monthly", "extremes", "elsewhere", "steps",
        "removed", "waiting", "first_year", "options", "stuck", "split", "fair_try", "measuring", "payback", "against",
    )  # fmt: skip


def _may_carry(message: TypedText, reading: Reading, found: object, sure: object) -> bool:
    """Whether a text may carry a changed fact with its question: it asks what becomes of something, or supposes it."""
    if reading.intent == "whatif" and reading.values and reading.because is None:
        return False
    if reading.intent == "change" and not reading.doubtful and not _ASKS_BACK.search(message.text.lower()):
        return False
    is_other = isinstance(found, AboutIt) and found.asked not in OPEN_TO_IF
    is_other = is_other and not opens_supposing(message.text)
    supposes = IF.search(plain_words(message.text)) and is_question(message.text) and not is_other
    is_loose = (
        sure is None and "?" in message.text and not re.search(r"\b(?:why|how come)\b", message.text.lower())
    )
    may_be_told = isinstance(found, AboutIt) and found.asked in TOLD_BESIDE
    return asks_what_then(message.text) or bool(supposes) or (is_loose and (found is None or may_be_told))


def _with_what_it_tells(standing: Standing, message: TypedText, *, is_asked: bool) -> ToDo | None:
    """What the fact that a question carries would change; where it only doubts one, how far that may be off.

    is_asked: whether something else is asked as well, which is answered where the fact is no news.
    """
    values = changed(standing, message.text)
    is_of_words = set(values) <= {"reasons", "misses"} and not _MISSES_NAMED.search(plain_words(message.text))
    if is_of_words or (set(values) == {"reasons"} and not supposes(message.text)):
        values = {}
    doubted = doubted_in(message.text)
    try:
        scaled_values = times_present(standing, values)
        is_news = any(not is_present(standing, key, value) for key, value in scaled_values.items())
    except (CaseError, NotKnown):
        is_news = True
    if values and (is_news or not (doubted or is_asked)):
        return tried(standing, values, message.act.now)
    return ToDo(posts.OfAdvice("off", doubted)) if doubted and is_question(message.text) else None


def _unread_supposition(message: TypedText, *, to_the_app: bool) -> ToDo | None:
    """A supposition that nobody can read: its subject is answered, where it has one."""
    topic = topic_in(plain_words(message.text)).partition(":")[0]
    if topic:
        return ToDo(posts.OfAdvice("question", topic), unclear=True)
    is_asked = to_the_app or not is_talk(message.text)
    return ToDo(posts.OfAdvice("flips"), unclear=True) if is_asked else None


def _is_narrower(found: object, reading: Reading) -> bool:
    """Whether what is asked is told apart better than by the reader's short forms."""
    if isinstance(found, Supposed):
        return reading.intent in WIDE
    if reading.intent == "explain" and reading.of and found == AboutIt("steps"):
        return False  # the names of verdicts sound like steps: "what does measure first mean?"
    is_narrower = isinstance(found, AboutIt) and (
        found.asked in NARROW or (found.asked in ("why", "compare") and found.of)
    )
    return bool(is_narrower) and reading.intent in WIDE


def _tells_while_asking(message: TypedText, reading: Reading) -> bool:
    """Whether what was read for an answer stands in a question: it is never taken then, only tried."""
    if reading.intent not in ("answer", "change") or reading.doubtful:
        return False
    asks = _ASKS_BACK.search(message.text.lower()) is not None or asks_what_then(message.text)
    return asks or (reading.intent == "answer" and opens_asking(message.text))


def _told_in_a_question(standing: Standing, message: TypedText, reading: Reading) -> ToDo | None:
    is_bare = opens_supposing(message.text) and reading.intent in ("answer", "change")
    if not (_tells_while_asking(message, reading) or is_bare):
        return None
    told = named_with(message.text, reading.values)
    return tried(standing, told, message.act.now)


def as_far_as_named(standing: Standing, message: TypedText, reading: Reading) -> Reading:
    """A what-if without a yes or no to what its words do not name: "is this ok?" is no answer to any question."""
    if not standing.is_advised or reading.intent != "whatif" or reading.assumed or reading.family:
        return reading
    is_choice = bool(reading.values) and all(isinstance(value, bool) for value in reading.values.values())
    if not is_choice or named_with(message.text, reading.values):
        return reading
    return Reading("clarify", mode="whatif")


def doubted_in_a_question(standing: Standing, message: TypedText, reading: Reading) -> Reading:
    """A reading of what stands in a question once the advice stands: never sure enough to be taken."""
    is_told = standing.is_advised and _tells_while_asking(message, reading)
    return replace(reading, doubtful=True) if is_told else reading


def _may_ask(reading: Reading) -> bool:
    """Whether a text may be a question although the reader found none: it found nothing, or was in doubt."""
    match reading.intent:
        case "clarify" if reading.mode == "whatif" and (reading.assumed or reading.family):
            return False
        case "clarify" | "chatter" | "unsure" | "skip" | "compare" | "why_question":
            return True
        case "answer" | "change":
            return reading.doubtful
        case "whatif":
            return reading.because is not None
        case _:
            return False


def is_between_people(standing: Standing, message: TypedText, reading: Reading) -> bool:
    """Whether a text is meant for somebody else: a question in whose words an answer was found, though not for sure, or
    one that has the form of a question about the advice, and the words of talk.
    """
    is_unread = reading.intent == "clarify" and reading.mode == "whatif"
    task = standing.consultation.task
    may_be_talk = (reading.intent in SHORT_FORMS or is_unread) and not message.mentioned
    if standing.is_advised and may_be_talk and not (reading.values or reading.family or reading.assumed):
        is_short = len(message.text.split()) <= SHORT
        return not (
            is_short
            or message.act.direct
            or is_ours(
                message.text, to_the_app=False, task=task, talk=RATHER_TALK if is_unread else LIKELY_TALK
            )
        )
    is_doubt = reading.intent in ("answer", "change") and reading.doubtful
    return standing.is_advised and is_doubt and is_question(message.text)
