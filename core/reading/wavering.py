"""A yes or no that is none: on a condition, of two minds, denied twice, or not meant."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from functools import lru_cache

from core.reading.reply import Reply
from core.reading.rule import Rule

EYEROLL = "eyeroll"
"""What an emoji of rolling eyes becomes: what it goes with is not meant."""

_BOTH = r"(?:yes|no) (?:for|to|with|on|at|in) .{2,40} (?:no|yes) (?:for|to|with|on|at|in|after)|yes and no|no and yes|yes or no|yes / no|sort of yes,? sort of no|yes ?,? but no|no ?,? but yes|half and half|(?:ok|okay|fine|good|works?|doable)(?: ,| but| and)* (?:not )?(?:\d+|two|three|four|five|six)(?: weeks?| months?)?(?: is| are)? (?:no|not|too)|partly yes|in part"
_SOME = r"(?:some|most|part|parts|half|bits|many|much|a lot|a few|a bit|a fraction|(?:a )?(?:small|large|big) part) of (?:it|them|that|this|these|those|the|our)|some (?:\w+ )?(?:is|are|can|may)|in part|partly|partially|(?<!this )(?<!that )(?<!the )(?<!any )(?<!every )(?<!each )(?<!what )(?<!same )(?:kind|sort) of|it varies|mixed|the \w+ (?:part|parts|ones|half|bits|fields)|mostly the same|largely the same|usually the same"
_SOMEWHERE = r"(?:stay|stays|remain|remains|kept?|keep|processed|hosted|stored|leave|sent|only)(?: it| only| data)? (?:in|inside|within|to) (?:the )?(?:eu|europe\w*|eea|uk|us|usa|germany|france|switzerland|india|canada|region|country|continent)|(?:eu|europe|uk|us|eea|germany|switzerland|india|canada) only"
_OURS = r"(?:our |their |my )?own(?: \w+)?|on (?:- )?prem\w*|internal|in (?:- )?house|vpc|premises"
_DENIED_TWICE = r"(?:nobody|no one|nothing)(?: \w+){1,3} (?:said|says|told|claims?|claimed|wrote|forbids?|stops?)(?: \w+){0,4} not|(?:can|could|do|does|will|would|is|may) not not|not that (?:it|we|they|the \w+) (?:is|are|can|do|does|may|could)(?: \w+)? not|(?:it )?is not that (?:it|we|they|the \w+)(?: \w+)? (?:can|could|do|does|is|are|may|will) not"
_CONDITION = r"only (?:if|when|after|once|with|where)|(?:if|when|once|after|unless|until|provided|assuming|as long as|so long as) (?:that )?(?:we|it|they|the|legal|you|everything|all|names|anonymi[sz]ed|redacted|masked|scrubbed|approved|signed|there)|(?<!nobody )(?<!nothing )(?<!not )depends (?:on|if|whether)|that depends|it depends"
_TWO_VOICES = Rule(
    r"(?:^| )(?!(?:we|they|it|i|that|this|you|which|what|data|and|so|but|,) )(?P<who>\w+) (?:can|could|does|do|is|are|may|will|would)(?P<no> not)?(?= [,.;!)]|$)"
)


_ABOUT_ANOTHER = Rule(
    r"(?:^| )(?:the|a|our) (?P<what>[a-z]+) (?:is|are)(?: all| already)? (?:public|published|open|synthetic|anonymous|harmless)(?= |$)"
)
_THE_DATA = frozenset(
    [
        "data",
        "text",
        "texts",
        "document",
        "documents",
        "content",
        "contents",
        "material",
        "materials",
        "record",
        "records",
        "information",
        "file",
        "files",
        "letter",
        "letters",
        "email",
        "emails",
        "mails",
        "message",
        "messages",
        "ticket",
        "tickets",
        "input",
        "inputs",
        "dataset",
        "images",
        "pictures",
        "reports",
        "forms",
        "cases",
        "source",
        "sources",
        "stuff",
        "corpus",
        "transcripts",
    ]
)
_TWO_SUBJECTS = Rule(
    r"(?:^| )(?!(?:we|they|it|i|that|this|you) )\w+ (?:can|may|is|are|does|do|could)(?P<one> not)? (?:, )?(?:but|and|while|whereas|,) "
    r"(?:the |our )?(?:\w+ )?\w+ (?:can|may|is|are|does|do|could)(?P<other> not)?(?= |$)"
)


def wavers(reply: Reply, value: bool | None) -> str | None:
    """What to ask back when the yes or no (``value``: as far as it was read) cannot be taken as one; else ``None``."""
    line = reply.line
    if _is_not_meant(line):
        return "I cannot tell whether that is meant; is it a yes or a no?"
    if reply.question != "can_wait" and not line.startswith("no ") and _pattern(_SOME).search(line):
        return (
            "That is so for a part; is it a yes or a no for what you would send?"
            if reply.question == "data_may_leave"
            else "That is so for a part; on the whole, is it a yes or a no?"
        )
    if (
        reply.question == "data_may_leave"
        and _pattern(_SOMEWHERE).search(line)
        and not _pattern(_OURS).search(line)
    ):
        return "May it be sent to an API that somebody else runs there?"
    if _pattern(_BOTH).search(line):
        return "I read both a yes and a no in that; which one is it?"
    if _pattern(_DENIED_TWICE).search(line):
        return "That is denied twice; is it a yes or a no?"
    depends_on_whom = reply.question == "per_request_instructions" and "depends on" in line
    if value is not False and not depends_on_whom and _pattern(_CONDITION).search(line):
        return "That has a condition; as things are today, is it a yes or a no?"
    about = _ABOUT_ANOTHER.search(line) if reply.question == "data_may_leave" else None
    if about is not None and about["what"] not in _THE_DATA | reply.nouns:
        return "That may be about something else; may the data itself be sent?"
    two = _TWO_SUBJECTS.search(line)
    if two is not None and (two["one"] is None) != (two["other"] is None):
        return "I read both a yes and a no in that; which one is it?"
    voice = _TWO_VOICES.search(line)
    if voice is not None and value is not None and (voice["no"] is None) != value:
        return "I read both a yes and a no in that; which one is it?"
    return None


def _is_not_meant(line: str) -> bool:
    return (
        "ignore previous" in line
        or "ignore all" in line
        or EYEROLL in line
        or line.endswith((" / s", " lol sure", "pigs fly", "when hell freezes over"))
    )


def is_of_two_minds(line: str) -> bool:
    """Whether a line says both yes and no, denies a denial, or is not meant at all."""
    return (
        _is_not_meant(line)
        or _pattern(_BOTH).search(line) is not None
        or _pattern(_DENIED_TWICE).search(line) is not None
    )


@lru_cache(maxsize=8)
def _pattern(phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^ ])(?:{phrases})(?![^ ])")
