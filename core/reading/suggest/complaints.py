"""A "no" that goes on to tell what went wrong: "no, it mixes up the names"."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Collection

from core.reading.reply import Reply

_OPENS_WITH_NO = frozenset("no nope nah never".split())


def is_a_complaint(reply: Reply, ruled: tuple[str, ...] | None, cues: Collection[str], *, firm: bool) -> bool:
    """Whether a plain "no" opens a reply that goes on to tell what went wrong, and says nothing good."""
    first = reply.tokens[0].text if reply.tokens else ""
    praised = _PRAISE & {token.text for token in reply.tokens}
    return (
        not firm
        and first in _OPENS_WITH_NO
        and reply.lead is False
        and ruled == ("false",)
        and "true" not in cues
        and not praised
        and "?" not in reply.line
    )


_PRAISE = frozenset(
    "good fine well great ok okay enough same difference problem problems issue worry worries yes but complaint complaints better cheaper works passes reaches equal match matches actually though".split()
)
"""Words beside which a "no" may be a good sign: "no, no difference"."""
