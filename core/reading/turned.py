"""Answers that a later part turns: an exception, another time, another kind, or what was counted taken out again.

Of these it is not plain what holds, so that they are shown to be confirmed.
"""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from dataclasses import replace

from core.facts import THINGS
from core.reading.dismissed import left_open, sets_back, wanted_only
from core.reading.lexer import Token
from core.reading.outcome import Reading
from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.suggest.cues import named
from core.reading.suggest.settling import QUESTIONS, one_of

TURNED = "I am not sure: a part of that may say otherwise."

_YES_NO = frozenset(("can_wait", "cheaper_model_enough", "data_may_leave", "per_request_instructions"))
_EXCEPTS = Rule(
    r"(?<![^ ])(?:except|apart from|save for|other than|with the exception|(?:only|just) (?:not|(?:the|our) (?:big|bigger|biggest|large|largest|main|few|other|others|new|old|premium|top|rest)|one|two|some))(?![^ ])"
)
_AT_ANOTHER_TIME = Rule(
    r"(?<![^ ])(?:until|till) (?:last|this|the|\w+day|we|they|it|then|recently)(?![^ ])|(?<![^ ])(?:then|now|since|meanwhile|these days)(?: \w+){0,3} (?:not|no longer|no more|forbidden|banned|stopped|allowed|prohibited|withdrawn)(?![^ ])"
    r"|(?<![^ ])(?:not|no) (?:any ?more|any longer)(?![^ ])|(?<![^ ])(?:was|were|used to|could) .*(?<![^ ])(?:now|since then|today|nowadays)(?: \w+){0,4} not(?![^ ])"
)
_OF_ANOTHER_KIND = Rule(
    r"(?<![^ ])(?:for|with|on|in) (?:the |our )?(?P<one>\w+)(?: \w+){0,2} ?[,;.-] ?(?:but |and |while )?(?:for|with|on|in) (?:the |our )?(?!it\b|that\b)(?P<other>\w+)(?: \w+){0,4} (?:not|no|never)(?![^ ])"
    r"|(?<![^ ])(?:a|the|with|with a) (?:longer|shorter|bigger|different|new|better|other|more)(?: \w+){1,3} .*(?:the|with the) (?:same|old|short|current|present)(?: \w+){0,2} (?:does|did|will|can|could|would|is|it does|it did) not(?![^ ])"
    r"|(?<![^ ])with more \w+ .*(?:the same) .*not(?![^ ])"
)
_TAKEN_OUT = Rule(
    r"(?<![^ ])(?:(?:threw|thrown|took|taken|cut|kicked|pulled|left|stripped|chucked) (?:\w+ )?(?:out|away|off|back)|(?:threw|cut|kicked|pulled|stripped|deleted|removed|dropped|scrapped|binned|lost|erased|discarded|purged) (?:them|it|those|all|most|half|again)|(?:got|get|gotten) rid of|(?:got|were|was|been|are|have been) (?:deleted|removed|dropped|scrapped|binned|lost|erased|discarded|thrown|stripped|taken)|(?:deleted|removed|gone|dropped|lost|scrapped) (?:since|again|now|meanwhile|later|by now))(?![^ ])"
)
_HEARSAY = Rule(
    r"(?<![^ ])(?:(?:people|they|everybody|everyone|some) (?:say|claim|think|thought)|(?:i|we) (?:had )?(?:expected|thought|hoped|believed)) .* (?:but|and|yet|,) "
)
"""What others say, or what somebody thought before, with something after it that may say the reverse."""
_FAR_FROM = (
    ("far", "from"),
    ("a", "long", "way", "from"),
    ("long", "way", "off"),
    ("anything", "but"),
    ("nowhere", "near"),
    ("nothing", "like"),
    ("miles", "from"),
    ("miles", "away", "from"),
    ("light", "years", "from"),
    ("not", "nearly"),
)
_NO_DENIAL = frozenset(("it", "that", "home", "here", "us", "them", "the", "our", "a", "this"))


def doubted_where_turned(reading: Reading, question: str | None, reply: Reply) -> Reading:
    """The reading to be confirmed, where a part of the reply says that it holds elsewhere, at another time, or no more."""
    if question is None or reading.intent != "answer" or reading.doubtful or not reading.values:
        return reading
    value = reading.values.get(question)
    if question == "reasons" and len(value or ()) > 1 and (said := left_open(reply.line)):
        rest = [reason for reason in value or () if reason not in named(question, said).options]
        return replace(reading, doubtful=True, because=TURNED, suggestions=one_of(question, [value, rest]))
    set_back = question == "reasons" and len(value or ()) > 1 and sets_back(reply.line)
    hearsay = question in QUESTIONS and _HEARSAY.search(reply.line)
    if not (set_back or hearsay or _is_turned(question, reply.line, counted=bool(reply.quantities))):
        return reading
    both = one_of(question, [value, not value]) if isinstance(value, bool) else reading.suggestions
    return replace(reading, doubtful=True, because=TURNED, suggestions=both)


def _is_turned(question: str, line: str, *, counted: bool) -> bool:
    if question in THINGS:
        return counted and _TAKEN_OUT.search(line) is not None
    return question in _YES_NO and any(
        rule.search(line) for rule in (_EXCEPTS, _AT_ANOTHER_TIME, _OF_ANOTHER_KIND)
    )


def as_asked(tokens: list[Token], question: str | None) -> list[Token]:
    """The tokens as the rules and the classifier read them: reasons that are wanted only, and denials that are plain."""
    if question == "reasons":
        return wanted_only(tokens)
    return _with_plain_denials(tokens) if question in _YES_NO else tokens


def _with_plain_denials(tokens: list[Token]) -> list[Token]:
    """The tokens with a "not" for "far from", "nowhere near" and the like, where a word follows that they deny."""
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        said = next((words for words in _FAR_FROM if _stands(tokens, at, words)), None)
        if said is None:
            found.append(tokens[at])
            at += 1
            continue
        found.append(Token("not", False, False, tokens[at].written))
        at += len(said)
    return found


def _stands(tokens: list[Token], at: int, words: tuple[str, ...]) -> bool:
    after = at + len(words)
    return (
        after < len(tokens)
        and all(tokens[at + n].text == word for n, word in enumerate(words))
        and tokens[after].text.isalpha()
        and tokens[after].text not in _NO_DENIAL
    )
