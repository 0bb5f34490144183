"""Questions that are told by what stands in this thread: its figures and words, why it is advised, why nothing else."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.conversation.asked import About, is_ours, names_what_is_ours
from bot.conversation.by_kind import Question, is_talk
from bot.conversation.figures_shown import are_answers, cost_named, figures_asked
from bot.conversation.replies import TypedText
from bot.conversation.standing import Standing
from bot.conversation.supposing import plain_words
from bot.conversation.whys import asked_plainly, asked_whether, asked_which_of, rather_than, why_asked
from bot.conversation.words_used import SURE, model_asked, word_asked
from core.tree import Verdict

LIKELY_TALK, RATHER_TALK, HARDLY_KNOWN = 0.75, 0.6, 0.46
"""From which probability of being talk on nothing of it is read: of what is found to be something, and of what is not,
by whether it names what is ours."""
_MISSING = re.compile(
    r"\b(?:settle\w*|missing|lack\w*|need\w* from (?:us|me)"
    r"|(?:havent|have not|didnt|did not) (?:we )?(?:tell|told|say|said|answer\w*)"
    r"|not (?:told|answered))\b"
)
SMALL = 1_000
"""A smaller figure is said of many things."""
NOT_BESIDE_FIGURES = ("similar", "waiting", "short", "measuring", "confidence")
"""What a question is about although it names a figure."""
TOLD_BY_ITSELF = (
    "skipped", "similar", "enough", "compare", "removed", "disagreement", "off", "measuring", "retrieval", "payback",
    "monthly", "first_year", "extremes", "prices",
)  # fmt: skip
"""What a question is about although it asks whether something is so."""


def told_here(
    standing: Standing, message: TypedText, found: About | None, *, is_why: bool = False
) -> Question | None:
    """What a question asks of this thread; ``None`` where it asks none of these. found: what it is taken for else."""
    text, to_the_app = message.text, message.mentioned or message.act.direct
    other = found if isinstance(found, Question) else None
    is_none_out = other is not None and other.asked == "removed" and not standing.advice.removed
    is_of_answers = other is not None and other.asked == "parts" and are_answers(standing, text)
    if is_none_out or is_of_answers:
        other = None
    if (model := model_asked(standing, text)) is not None:
        return model
    if figures := _figures(standing, text, other, to_the_app=to_the_app):
        return Question("figure", " ".join(f"{one:f}" for one in figures))
    word = word_asked(text)
    if word is not None and not _leaves_open(other, word.of):
        word = None
    is_near = to_the_app or _is_near(text, standing.consultation.task, is_found=found is not None)
    if not is_near:
        return word if word is not None and word.of in SURE else why_asked(text, other) if is_why else None
    if is_open_still(standing, text, other):
        return Question("reason")
    plainly = _of_answers(text, other) or asked_plainly(text, other) or asked_which_of(text)
    if plainly is not None:
        return plainly
    whether = asked_whether(text) if other is None or other.asked not in TOLD_BY_ITSELF else None
    if whether is not None or word is not None:
        return whether or word
    if other is not None and other.asked in ("question", "enough") and _is_of_none_here(standing, other):
        of_prompt = Question("fair_try") if standing.told.verdict == Verdict.PROMPT_FIRST else None
        return why_asked(text, None) or of_prompt
    if is_of_disagreement(standing, text, other):
        return Question("reason")
    if (why := why_asked(text, other)) is not None:
        return why
    if is_none_out:
        return Question("reason", "hosted")
    is_plain = other is None or (other.asked in ("why", "weighed", "chart") and not other.of)
    return rather_than(text) if is_why and is_plain else None


_WHY = re.compile(r"\b(?:why|how come|what(?:s| is) wrong with)\b")
_FROM = re.compile(r"\bwhere\b.*\bfrom\b|\bfrom where\b|\bcomes? from\b")
_DRAWN = re.compile(r"\b(?:chart|graph\w*|plot|diagram|pictures?|drawing|drawn|curve)\b")
_ADVISED = re.compile(r"\b(?:recommend\w*|advi[sc]\w*|verdict)\b")
_SURE_OF = re.compile(r"\b(?:confidence|confident|sure|certain)\b")
_WHOSE = re.compile(r"\b(?:which ones?|whose|made (?:\w+ )?up|gave|give|given)\b")


def goes_first(text: str, asked: Question) -> bool:
    """Whether it is so plainly a why, or where a figure is from, that it goes before all that a thread may show."""
    plain = plain_words(text)
    is_why = _WHY.search(plain) is not None
    is_advised = _ADVISED.search(plain) is not None
    match asked.asked:
        case "figure":
            return is_why or _FROM.search(plain) is not None
        case "reason" if is_why and _SURE_OF.search(plain) is None:
            is_of_cost = asked.of.startswith("cheaper") and "wrong with" not in plain
            return is_advised or not (is_of_cost or _DRAWN.search(plain))
        case "word":
            return (asked.of == "defaults" and _WHOSE.search(plain) is not None) or (
                asked.of == "lean" and is_why
            )
    return False


def _figures(
    standing: Standing, text: str, found: Question | None, *, to_the_app: bool
) -> tuple[Decimal, ...]:
    """The figures that a text is about; small ones are said of many things."""
    figures = figures_asked(standing, text)
    if not figures and (found is None or found.asked in ("parts", "against")):
        costs = cost_named(standing, text)
        is_asked = found is not None and (found.asked == "parts" or len(costs) > 1)
        figures = costs if is_asked else ()
    if max(figures, default=SMALL) < SMALL and not to_the_app and is_talk(text, LIKELY_TALK):
        return ()
    return () if found is not None and found.asked in NOT_BESIDE_FIGURES else figures


def _of_answers(text: str, found: Question | None) -> Question | None:
    """Which of their answers it is that led to the advice."""
    named = re.search(r"\b(?:which|what)\b.*\b(?:my|our|the|these) answers?\b", plain_words(text))
    return Question("weighed") if named is not None and found == Question("why") else None


def is_of_disagreement(standing: Standing, text: str, found: Question | None) -> bool:
    """Whether it is asked why people have to agree, where that decides."""
    plain = plain_words(text)
    is_why = re.search(r"\b(?:why|how come)\b", plain) and not re.search(r"\bmatters?\b", plain)
    is_of_it = found is not None and found.asked == "disagreement" and not found.of
    return bool(is_why) and is_of_it and standing.told.verdict == Verdict.REDEFINE_TASK


def is_open_still(standing: Standing, text: str, found: Question | None) -> bool:
    """Whether it is asked what is missing where something is not known yet."""
    is_of_it = found is None or found.asked in ("unknowns", "confidence", "flips", "steps", "which")
    is_open = standing.told.verdict == Verdict.MEASURE_FIRST and is_of_it
    return is_open and _MISSING.search(plain_words(text)) is not None


def _is_near(text: str, task: str, *, is_found: bool) -> bool:
    """Whether a text may be about the advice; where nothing was found in it, it must be little like talk."""
    if is_found:
        return is_ours(text, to_the_app=False, task=task, talk=LIKELY_TALK)
    return not is_talk(
        text, RATHER_TALK if names_what_is_ours(plain_words(text), task) else HARDLY_KNOWN, task
    )


def _leaves_open(found: Question | None, word: str) -> bool:
    """Whether what a text is taken for else leaves a word of it to be explained."""
    if found is not None and found.asked == "split":
        return word in ("alone", "parts", "label")
    if found is not None and found.asked in ("short", "similar"):
        return word in SURE
    return found is None or found.asked not in ("removed", "compare", "chart")


def _is_of_none_here(standing: Standing, found: Question) -> bool:
    """Whether it is about an answer that was not asked for here, so that something else is meant by its words."""
    name = "labelled_examples" if found.asked == "enough" else found.of.partition(" ")[0]
    return name == "labelled_examples" and standing.given_to(name) is None
