"""Data that may be sent to be answered, but not to train a provider's model."""

from __future__ import annotations

from core.facts import ANSWERS_ONLY
from core.reading.leads import lead_of
from core.reading.reply import Reply
from core.reading.rule import Rule

_TRAIN = r"(?:train|trains|training|tune|tuning|fine ?-? ?tun\w+|learn(?:ing)? from)"
_NOT_TO_TRAIN = Rule(
    rf"(?:not|never|no|nobody|without|nor|except|opt(?:ed|ing)? out of)(?: (?!need)\w+){{0,5}} {_TRAIN}\b"
    r"(?: (?:on|with|from|their|any|a|models?|it|them|this|that|our|data|your|provider|s|purposes?|own))*"
    r"(?!(?: \w+)? (?:need|requir|necessary|wanted))"
    r"|(?:inference|answers|answering)(?: only| and nothing else)|only(?: for| to)?(?: be)? (?:inference|answered)"
)


def fill_answers_only(reply: Reply) -> bool:
    """Fill that the data may be answered but not trained on, where a reply says so; whether it does."""
    found = _NOT_TO_TRAIN.search(reply.line)
    if found is None:
        return False
    answer, start, end = lead_of(reply)
    reply.explain_characters(found.start(), found.end())
    if answer is not None:
        reply.explain(start, end)
        reply.lead_end = reply.tokens[end - 1].end
    if answer is False:
        reply.doubt("the yes or no and the rest point in different directions")
    reply.said_twice, reply.stated = answer is True, True
    reply.put("data_may_leave", ANSWERS_ONLY)
    return True
