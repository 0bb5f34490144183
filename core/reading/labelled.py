"""That there are no reviewed examples, said in words."""

from __future__ import annotations

from core.reading.leads import lead_of
from core.reading.quantity import Quantity
from core.reading.reply import Reply

_UNLABELLED = frozenset(["unlabelled", "unlabeled", "unreviewed", "unchecked", "unannotated", "raw"])


def fill_none_labelled(reply: Reply) -> None:
    """Fill 0 where the words say that there are none; ask where they say that nobody reviewed them."""
    if reply.words() & _UNLABELLED and len(reply.quantities) == 1:
        reply.values.pop("labelled_examples", None)
        reply.ask = "How many of them were reviewed by a person?"
        return
    words = [token.text for token in reply.tokens if token.text not in (".", ",", "!")]
    if "labelled_examples" in reply.values:
        answer, start, end = lead_of(reply)
        if answer is not None:
            reply.explain(start, end)
        if answer is False and reply.values["labelled_examples"] != 0:
            reply.doubt("the no and the number contradict each other")
        return
    none = words and (
        words[0] in ("none", "nothing", "zero", "nope", "no") or words[:2] in (["not", "yet"], ["not", "any"])
    )
    have_none = " ".join(words).startswith(
        (
            "we do not have any",
            "we have none",
            "we have not",
            "we have no ",
            "do not have any",
            "have not any",
            "we do not have",
            "there are none",
        )
    )
    if (none or have_none) and not _counted(reply):
        plain = all(
            w
            in (
                "none",
                "nothing",
                "zero",
                "nope",
                "no",
                "not",
                "yet",
                "so",
                "far",
                "at",
                "all",
                "any",
                "we",
                "do",
                "have",
                "really",
                "sadly",
                "unfortunately",
                "examples",
                "labelled",
                "reviewed",
                "data",
                "are",
                "there",
                "labels",
                "sorry",
            )
            for w in words
        )
        reply.put("labelled_examples", 0)
        if not plain:
            reply.doubt("it is not said that there are none at all")
        reply.explain_words(("none", "nothing", "zero", "nope", "no", "not", "yet"))
    elif words and lead_of(reply)[0] is True:
        reply.ask = "How many reviewed examples are there?"


def _counted(reply: Reply) -> list[Quantity]:
    return [q for q in reply.quantities if not reply.is_used(q)]
