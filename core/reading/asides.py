"""Asides: phrases that go with an answer and do not change it, although their words would ("not 100% sure", "or else").

Each is explained as a whole, so that its words raise no doubt; the same words outside of it still do.
"""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from functools import lru_cache

from core.reading.reply import Reply

_ALWAYS = (
    r"(?:the |our )?(?:last|latest|most recent) (?:eval|evaluation|run|test|measurement|check|benchmark)|according to (?:the |our |my )?\w+(?: report| dashboard| logs?)?|(?:based|going|judging) (?:on|by) (?:the |our |my )?\w+(?: report| dashboard| logs?)?|not (?:really |totally |entirely |quite |very |completely |too |so )?(?:sure|certain)(?: (?:though|exactly|about (?:it|that)))?",
    r"not (?:so |too |that |very )?(?:many|much)(?: really)?|not a lot|not (?:more|less|fewer)(?: than that)?|a (?:bit|little) (?:more|less)(?: (?:in|around|before|after) (?:\\w+))?|(?:more|less|fewer|higher|lower|busier|quieter) in (?:\\w+|§)",
    r"last month (?:it was|we had|there were|we did|that was|we saw|we got)",
    r"do not quote me(?: on (?:that|it|this))?|off the top of my head|from memory|if i (?:remember|recall)(?: it)?(?: correctly| right)?|if (?:memory serves|you ask me|that helps|i am not mistaken|i (?:have|had) to guess|not mistaken)",
    r"give or take(?: a (?:bit|few|little))?|more or less|or so|or thereabouts|or something(?: like that)?|or whatever|and counting|and so on|and such|or similar|at a guess|best guess|a guess",
    r"(?:when|last time|since) (?:i|we) (?:last )?(?:checked|measured|looked|tested|asked|counted|ran it|tried)(?: (?:it|them|yesterday|today|(?:last|this) (?:week|month|morning)|recently))*",
    r"as of (?:now|today|this (?:week|month)|the (?:most recent|latest)(?: \w+){1,2})|(?:the )?most recent(?:ly)?|day and night|night and day|all day(?: long)?",
    r"nothing (?:else|more|fancy|special|new)|no (?:more|less|doubt|question|idea why|kidding|joke|surprise)|no more no less|and that is (?:it|all)|that is (?:it|all)|either way|one way or (?:another|the other)|why not",
    r"(?:can|could|may|be|being|is|are) (?:be )?used(?= (?:as|right|straight|without|directly|unchanged|,|[.]|$))|look(?:s|ing|ed)? after|take your time|no pressure|for what it is worth|to be (?:honest|fair|precise|exact|clear)|to the best of (?:my|our) knowledge|as far as (?:i|we) (?:know|can tell|understand)|all in all|all told|in other words|as (?:i|we) said|like (?:i|we) said|as (?:mentioned|said|agreed|discussed|usual|always)",
    r"let me (?:give you everything|see|think|be clear|put it this way)|hope (?:that|this|it) helps|does that help|if that makes sense|you know|i mean it|believe me|trust me|good question|to answer your question",
    r"or (?:else|(?:we|users?|customers?|people|they|support|the \w+|clients?|sales|legal|ops|everyone|folks|it)(?: \w+){0,3} (?:feels? \w+|bails?|leaves?|churn|lose|loses|melts?(?: down)?|complains?|screams?|dies?|quits?|walk|walks|yells?|revolts?|riots?|angry|mad|furious|nervous|fired|panics?|explodes?|hang(?:s)? up|give(?:s)? up|kill(?:s)? (?:us|me)|unhappy|timeouts?|times out))",
    r"(?:with|without) (?:any )?(?:edits?|editing|changes?|changing(?: (?:it|them|anything))?|correcting(?: (?:it|them|anything))?|fixing(?: (?:it|them|anything))?|repairs?|corrections?|touching(?: (?:it|them|anything))?|retouching|rework|a second look|hesitation|problems?|trouble|question)|as many as (?:i|we) can(?: \w+)?|",
    r"if anything|(?:i|we) (?:suppose|guess|reckon|imagine)(?= [.,!]|$)|weekends? (?:are|is) (?:if anything )?(?:busier|quieter|the same|no different|just the same)|though i have not checked|(?:ignoring|leaving out|leaving aside|not counting) the one - off \\w+",
    r"(?:came|come|comes|coming) (?:back|out)|sent from my \w+|more like|closer to|rather like|either(?= [.,!]|$)",
)
_WITH_RANGE = r"depends on (?:the |our |which )?\w+(?: of \w+)?|depending on (?:the |our |which )?\w+(?: \w+)?|it varies|varies|some days more|between the two"
_WITH_TARGET = r"anything (?:less|lower|below(?: that| it)?|under(?: that| it)?|worse) (?:is|would be|will be|and)(?: \w+){1,4}|no less|nothing less|nothing below(?: that| it)?"
_WITH_LOW = r"(?:and |or )?(?:probably|maybe|likely|possibly|perhaps|often|sometimes|even|usually|some days)? ?(?:more|higher|better)(?: (?:soon|some days|lately))?"
_WITH_HIGH = r"(?:and |or )?(?:probably|maybe|likely|possibly|perhaps|often|sometimes|even|usually|some days)? ?(?:less|fewer|lower)(?: some days| lately)?"
_WITH_YES = r"no (?:problem|worries|issue|issues|rush|hurry|objection|objections|concerns?|restrictions?|drama)(?: (?:at all|there|here|with (?:that|it|this)))?|not a (?:problem|big deal)|by all means"
_WITH_PART = r"(?:can not|could not|do not|not) (?:say|tell|know|sure|measured|checked)(?: yet)?(?: (?:where|what|how) (?:we|it)(?: \w+){1,2})?(?: yet)?|no (?:idea|clue)(?: (?:where|what|how) (?:we|it)(?: \w+){1,2})?(?: yet)?"


def explain_asides(reply: Reply) -> None:
    """Mark the words of the asides that go with anything, before the reply is read."""
    _explain(reply, _compiled("|".join(_ALWAYS)))


def explain_asides_to_values(reply: Reply) -> None:
    """Mark the words of the asides that go with what the reply was read as."""
    values = reply.values
    ranges = [value for value in values.values() if isinstance(value, list) and len(value) == 2]
    if ranges:
        _explain(reply, _compiled(_WITH_RANGE))
    if any(value[1] is None for value in ranges):
        _explain(reply, _compiled(_WITH_LOW))
    if any(value[0] == 0 for value in ranges):
        _explain(reply, _compiled(_WITH_HIGH))
    if "quality_target" in values:
        _explain(reply, _compiled(_WITH_TARGET))
    if True in values.values():
        _explain(reply, _compiled(_WITH_YES))
    if len({"quality_now", "quality_target"} & set(values)) == 1 and reply.question == "quality":
        _explain(reply, _compiled(_WITH_PART))


def _explain(reply: Reply, pattern: re.Pattern[str]) -> None:
    for match in pattern.finditer(reply.line):
        if any(c.isdigit() for c in match[0]):
            continue
        reply.explain_characters(match.start(), match.end())


@lru_cache(maxsize=16)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^ ])(?:{pattern})(?![^ ])")
