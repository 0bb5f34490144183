"""What the rules make of a whole sentence: the options that its clauses name, after negation and restriction are bound.

These readings are weak on purpose: they are broad, and count only together with the classifier.
"""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from core.reading.rule import Rule
from core.reading.topics import (
    can_wait,
    cheaper_model,
    data_leaving,
    instructions,
    misses,
    not_known,
    prompt_tried,
    reasons,
)
from core.reading.topics.phrase import cues_in

_Phrases = Mapping[str, Sequence[tuple[object, Rule]]]
_TOPICS: _Phrases = {
    "can_wait": can_wait.PATTERNS,
    "cheaper_model_enough": cheaper_model.PATTERNS,
    "data_may_leave": data_leaving.PATTERNS,
    "misses": misses.PATTERNS,
    "per_request_instructions": instructions.PATTERNS,
    "prompt_examples": prompt_tried.PATTERNS,
    "reasons": reasons.PATTERNS,
}
_WEAK: _Phrases = {
    "can_wait": can_wait.WEAK,
    "cheaper_model_enough": cheaper_model.WEAK,
    "data_may_leave": data_leaving.WEAK,
    "misses": misses.WEAK,
    "per_request_instructions": instructions.WEAK,
    "prompt_examples": prompt_tried.WEAK,
    "reasons": (),
}
"""What only speaks for an option, looked at where nothing says it."""
YES_NO = ("can_wait", "cheaper_model_enough", "data_may_leave", "per_request_instructions", "prompt_examples")


@dataclass(frozen=True, slots=True)
class Named:
    """The options that a line names, in words such as "true" or "labels". weak: it only speaks for them."""

    options: tuple[str, ...] = ()
    weak: bool = False


def named(question: str, line: str) -> Named:
    """The options that a line names, each once; where it names none, those that it speaks for."""
    strong = _named(question, line, _TOPICS)
    return Named(strong) if strong else Named(_named(question, line, _WEAK), weak=True)


def _named(question: str, line: str, phrases: _Phrases) -> tuple[str, ...]:
    if question not in YES_NO:
        return tuple(dict.fromkeys(_chosen(question, line, phrases)))
    found = _yes_or_no(question, line, phrases)
    if found and (end := closing(line)):
        found.append(end)
    return tuple(dict.fromkeys(found))


def denies(question: str, line: str) -> bool:
    """Whether a line denies something that would be an answer: "we did not skip that step"."""
    return any(cue.denied for cue in cues_in(line, _TOPICS[question]))


def sets_aside(question: str, line: str) -> bool:
    """Whether a line says of something only that it is not the point: "the cost does not matter"."""
    return any(cue.says is None for cue in cues_in(line, _TOPICS[question]))


def _chosen(question: str, line: str, phrases: _Phrases) -> list[str]:
    found = [cue for cue in cues_in(line, phrases[question]) if cue.says and not cue.denied]
    quarrels = [cue.start for cue in found if cue.says == "disagreement"]
    return [
        str(cue.says) for cue in found if cue.says != "labels" or not any(at < cue.start for at in quarrels)
    ]


def _yes_or_no(question: str, line: str, phrases: _Phrases) -> list[str]:
    found: list[str] = []
    for cue in cues_in(line, phrases[question]):
        if isinstance(cue.says, bool):
            if question == "prompt_examples" and cue.denied:
                continue
            found.append("true" if cue.says != cue.denied else "false")
        elif cue.says and not cue.denied:
            return [str(cue.says)]
    if question == "cheaper_model_enough" and (passes := compared(line)) is not None:
        found.insert(0, "true" if passes else "false")
    return found


_GOT_AND_NEEDED = Rule(
    r"(?:lands?|sits?|stands?|in|got|gets?|scored?|scores|reached|reaches|hits?|at|to|only|makes|made|achieves?d?|is|was|comes|had) (?:at |in at |around |near |only |about |just |around |a )?"
    r"(\d{1,3}(?:\.\d+)?)(?: %| percent)? .{0,24}?(?:needs?|target|required?|bar|goal|threshold|requires?|wants?|minimum|must)"
    r"[^\d]{0,16}(\d{1,3}(?:\.\d+)?)|"
    r"(\d{1,3}(?:\.\d+)?)(?: %| percent)? (?:where|when|against|vs|versus|instead of|and|but)[^\d]{0,12}(\d{1,3}(?:\.\d+)?)"
    r"(?: %| percent)? .{0,12}?(?:needs?|needed|required?|wanted|target|minimum)"
)
"""A score beside the one that is needed."""


def compared(line: str) -> bool | None:
    """Whether a score reaches the one that is needed, where a line names both."""
    match = _GOT_AND_NEEDED.search(line)
    if match is None:
        return None
    got, needed = (float(number) for number in match.groups() if number)
    return got >= needed


@lru_cache(maxsize=1)
def _closing() -> Rule:
    return Rule(
        r"(?:^|[,.;:!] |(?:so|hence|therefore|then|is|was|were|says?|said|told(?: us)?|be|a|an|answer|clear|side) )"
        r"(?:(?:a|an|that|clear|definite|firm|resounding|big|flat|hard|sadly|unfortunately|definitely|it is) ){0,2}"
        r"(?P<word>yes|no)(?: (?:from (?:our|my) side|for us|sorry|unfortunately|i am afraid|thanks))?(?= [,.!]|$)"
        r"|(?<= )(?P<last>yes|no)(?: \.)?$"
    )


def closing(line: str) -> str | None:
    """The yes or no with which a line ends or a clause of it: "the answer was no", "..., so yes"."""
    found = [match["word"] or match["last"] for match in _closing().finditer(line)]
    return None if not found or len(set(found)) > 1 else {"yes": "true", "no": "false"}[found[0]]


_SO = Rule(
    r"(?:^|[ ,.;:!-] ?)(?:so|hence|therefore|in short|all in all|in the end|bottom line)(?: ,| :)? "
    r"(?:(?:i am afraid|i fear|sadly|unfortunately|happily|luckily|clearly|then|i would say|i say|for us|for me|that is|it is|a|an|definitely|,) ){0,4}"
    r"(?:(?P<word>yes|no)|(?:it|that|this|they|we|the (?:small|cheap|cheaper|little|smaller) (?:one|model)) (?:really )?"
    r"(?:does|do|can|could|is|are|will|would|may|did)(?P<no> not)?(?: (?:wait|enough|reach it|go|leave|be sent|allowed|do it|fit|work|suit|suit us|an option|ok|okay|fine|permitted|possible|acceptable))?"
    r"|(?P<fine>no (?:issue|problem|objection|worry|worries)(?: at all)?(?: (?:in|with) (?:sending|that|it)(?: it)?)?|(?:it is|that is|this is|we are) (?:permitted|allowed|ok|okay|fine|acceptable)))"
    r"(?: (?:for us|then|i am afraid|sorry|sadly|unfortunately|thanks|really|yet))?(?: [.!])*$"
)


def verdict(question: str, line: str) -> str | None:
    """The yes or no in which a line ends as what follows from all before: "..., so I am afraid it does not"."""
    found = _SO.search(line)
    if found is None or (question == "per_request_instructions" and not found["word"]):
        return None  # of "so they do" it is not said whether they change or stay
    if found["fine"]:
        return "true"
    return (
        {"yes": "true", "no": "false"}[found["word"]]
        if found["word"]
        else ("false" if found["no"] else "true")
    )


def says_not_known(line: str) -> bool:
    """Whether a line says, or gives as a reason, that the person does not know."""
    return not_known.PATTERN.search(not_known.OF_THE_MODEL.sub(" ", line)) is not None


_GOES_ON = Rule(r"^ (?:exactly|precisely|about|why|what|how|where|when|which|anything|much)(?= |$)")


def cannot_answer(question: str, line: str) -> bool:
    """Whether the person says that it is not known or not theirs to say, and no "but" follows that turns it."""
    line = not_known.OF_THE_MODEL.sub(" ", line)
    found = not_known.DECIDED_ELSEWHERE.search(line) or not_known.MUST_SAY.search(line)
    if found is None or " but " in line[found.end() :]:
        return False
    if question == "misses" and "right" in line[found.start() :].split():
        return False  # that nobody can say who is right is an answer
    return not _GOES_ON.search(line[found.end() :])
