"""What messages looked like is known until they say something else, or too many others came since."""

from __future__ import annotations

from bot.slack.drawn import KEPT, Drawn, Key, Looks
from bot.views.document import Document, Text, sentence

KEY: Key = ("T1", "abc", 1)


def test_a_message_that_says_the_same_looks_the_same() -> None:
    looks, said = Looks(), Drawn.of(Document((Text("a"),), "question:1", 3))
    assert looks.known(KEY, said.document) is None
    looks.keep(KEY, said)
    later = Document((Text("a"),), "question:1", 4)
    assert looks.known(KEY, later) == said.looks == Drawn.of(later).looks
    assert looks.known(KEY, sentence("b")) is None
    assert looks.known(("T2", "abc", 1), said.document) is None


def test_only_the_latest_are_kept() -> None:
    looks, said = Looks(), Drawn.of(sentence("a"))
    for number in range(KEPT + 1):
        looks.keep(("T1", "abc", number), said)
    assert looks.known(("T1", "abc", 0), said.document) is None
    assert looks.known(("T1", "abc", 1), said.document) == said.looks
