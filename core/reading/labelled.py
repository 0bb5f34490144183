"""That there are no reviewed examples, said in words."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.leads import lead_of
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.several import is_of_the_reviewed
from core.reading.vocabulary import CONTRAST

_UNLABELLED = frozenset(["unlabelled", "unlabeled", "unreviewed", "unchecked", "unannotated", "raw"])
_COULD_BE = Rule(
    r"(?:could|can|would|will|might|plan to|going to) (?:\w+ ){0,2}(?:label|collect|review|annotate|get|have|make|check|produce)(?! more)\b"
)
_NOBODY_REVIEWED = Rule(
    r"(?<![^ ])(?:reviewed|checked|labelled|annotated|verified|approved|corrected|graded|signed off)(?: \w+){0,2} ?[?,:-]? (?:none|zero|not one|nothing|not a single one|no)(?: [.]|$)"
    r"|(?<![^ ])(?:nobody|no one|none of us)(?: has| have| had)?(?: ever| yet)? (?:reviewed|checked|labelled|annotated|verified|looked at|corrected|graded|gone through|went through) (?:any|a single|even one)(?= |$)"
    r"|(?<![^ ])(?:we|i|they) (?:never|have not|did not) (?:ever )?(?:collect|keep|kept|save|record|store|made|make|label|review|check)\w* (?:any|a single one|one|them)(?= |$)"
)
_PLAINLY_NONE = Rule(
    r"(?:^|[,.:;!?-] )(?:(?:well|honestly|sadly|so|unfortunately|strictly|speaking|there|are|is|we|i|have|got|am|afraid|absolutely|simply|basically|just|frankly) ){0,5}"
    r"(?:none|zero|nil|nada|nothing|not (?:even )?(?:a single )?one|not any|zilch)"
    r"(?: (?:at all|whatsoever|whatever|yet|so far|to speak of|of (?:that|the|this) (?:kind|sort)|like (?:that|this)|i am afraid|i fear|sorry|sadly|really|here|that i know of))*(?= [,.;:!-]|$)"
    r"|(?<![^ ])(?:we|i|they) (?:have |had |did )?(?:not|never) (?:yet )?(?:got (?:a single one|any|one|anything)|(?:label|review|check|annotate|collect|keep|kept|save|record|grade|correct|verif)\w* (?:anything|any of|one of))(?![^ ])"
    r"|(?<![^ ])(?:nobody|no one|none of us)(?: here)?(?: has| have| had)?(?: ever| really| yet)? (?:reviewed|checked|labelled|annotated|verified|corrected|graded|looked at|looked through|gone over|gone through|went over|went through|proofread) (?:them|it|these|those)(?![^ ])"
    r"|(?<![^ ])(?:was|were|are|been) (?:never|not) (?:ever |yet )?(?:reviewed|checked|labelled|annotated|verified|corrected|graded|looked at)(?: by (?:anybody|anyone|a person|a human|us))?(?= [,.;]|$)"
    r"|(?<![^ ])(?:i|we) (?:do|would) not (?:think|believe) (?:there (?:are|is)|we have|i have) any(?![^ ])"
    r"|(?<![^ ])there (?:is|are) (?:not any|not a single|nothing (?:yet|so far|like|of))(?![^ ])"
)
"""A clause that says that there are none and nothing else; what stands beside it says why, or what there is instead."""
_UNLESS = CONTRAST - {"but"} | {"unless", "apart", "besides"}
_DENIALS = frozenset("nobody never not none no".split())
_A_SENTENCE = 14
_NONE = ("none", "nothing", "zero", "nope", "no")
_HAVE_NONE = (
    "we do not have any",
    "we have none",
    "we have not",
    "we have no ",
    "do not have any",
    "have not any",
    "we do not have",
    "there are none",
)
_NOTHING_BUT_NONE = frozenset(
    "none nothing zero nope no not yet so far at all any we do have really sadly unfortunately "
    "examples labelled reviewed data are there labels sorry".split()
)
"""Words of somebody who has none and says nothing else."""


def fill_none_labelled(reply: Reply) -> None:
    """Fill 0 where the words say that there are none; ask where they say that nobody reviewed them."""
    only = reply.quantities[0] if len(reply.quantities) == 1 else None
    if reply.words() & _UNLABELLED and only and only.high > 0 and not is_of_the_reviewed(reply, only):
        reply.values.pop("labelled_examples", None)
        reply.ask = "How many of them were reviewed by a person?"
        return
    if _COULD_BE.search(reply.line) and "labelled_examples" in reply.values:
        reply.doubt("that may be how many there could be")
    words = [token.text for token in reply.tokens if token.text not in (".", ",", "!")]
    if "labelled_examples" in reply.values:
        _beside_a_number(reply)
    elif _NOBODY_REVIEWED.search(reply.line) and not reply.mentions and _only_ages(reply):
        reply.put("labelled_examples", 0)
        reply.explain(0, len(reply.tokens))
    elif _PLAINLY_NONE.search(reply.line) and not reply.mentions and not _counted(reply):
        reply.put("labelled_examples", 0)
        if set(words) & _UNLESS or ("but" in words and not _DENIALS & {*words[words.index("but") :]}):
            reply.doubt("it is not said that there are none at all")
        reply.explain(0, len(reply.tokens))
    elif _says_none(words) and not _counted(reply):
        reply.put("labelled_examples", 0)
        if not set(words) <= _NOTHING_BUT_NONE and (len(words) > _A_SENTENCE or set(words) & CONTRAST):
            reply.doubt("it is not said that there are none at all")
        reply.explain_words(("none", "nothing", "zero", "nope", "no", "not", "yet", "any"))
    elif words and lead_of(reply)[0] is True:
        reply.ask = "How many reviewed examples are there?"


def _only_ages(reply: Reply) -> bool:
    """Whether all numbers say how old something is, so that none of them counts examples."""
    return all(quantity.kind == "duration" for quantity in reply.quantities)


def _beside_a_number(reply: Reply) -> None:
    answer, start, end = lead_of(reply)
    if answer is not None:
        reply.explain(start, end)
    if answer is False and reply.values["labelled_examples"] != 0:
        reply.doubt("the no and the number contradict each other")


def _says_none(words: list[str]) -> bool:
    begins = bool(words) and (
        words[0] in _NONE or words[:2] in (["not", "yet"], ["not", "any"], ["not", "one"])
    )
    begins = begins and words[1:2] not in (["idea"], ["clue"], ["notion"], ["one"])
    begins = begins or words[:3] in (["not", "even", "one"], ["not", "a", "single"])
    return begins or " ".join(words).startswith(_HAVE_NONE)


def _counted(reply: Reply) -> list[Quantity]:
    return [q for q in reply.quantities if not reply.is_used(q)]
