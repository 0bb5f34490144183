"""Which of the models that a reply names is meant."""

from __future__ import annotations

from core.reading.models import Mention
from core.reading.reply import Reply

WHICH_VERSION = "Which version of that model is it?"


def fill_model(reply: Reply) -> None:
    """Fill the model; ask where several are named, or one without its version."""
    _set_rejected_models_aside(reply)
    named = [mention for mention in reply.mentions if mention.name]
    names = list(dict.fromkeys(mention.name for mention in named))
    if reply.question == "cheaper_model_enough" and reply.mode == "answer":
        return
    if len(names) == 2 and (chosen := _chosen_of_two(reply, named)):
        reply.put("model", chosen)
        if reply.mode == "answer":
            reply.doubt("two models are named")
        return
    if len(names) > 1:
        reply.ask = "I see two models; which one is it?"
        reply.values.pop("model", None)
        return
    if names:
        reply.put("model", names[0])
        if named[0].typo:
            reply.doubt("the model's name is spelled differently")
        before = reply.tokens[named[0].start - 1].text if named[0].start else ""
        if before in ("not", "no", "except", "without"):
            reply.ask = "Which model is it, then?"
            reply.values.pop("model", None)
    elif reply.mentions:
        reply.ask = WHICH_VERSION
        reply.family = reply.mentions[0].family if len(reply.mentions) == 1 else ""


def _set_rejected_models_aside(reply: Reply) -> None:
    """Of "haiku 4.5, not sonnet" the second says what it is not."""
    for mention in reply.mentions[1:]:
        at = mention.start - 1
        if reply.tokens[at].text == "not" and (
            reply.mentions[0].end == at or reply.tokens[at - 1].text in (",", "and", "(")
        ):
            reply.explain(at, mention.end)
            reply.mentions.remove(mention)
            return


def _chosen_of_two(reply: Reply, named: list[Mention]) -> str | None:
    """Of "X instead of Y" X, of "from X to Y" Y."""
    between = [token.text for token in reply.tokens[named[0].end : named[1].start]]
    reply.explain(named[0].end, named[1].start)
    if between in (["instead", "of"], ["not"], ["rather", "than"], [",", "not"]):
        return named[0].name
    return named[1].name if between in (["to"], ["→"]) else None
