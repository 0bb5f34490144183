from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.page import mrkdwn as slack
from bot.sandbox.page.scene import Scene
from bot.slack import mrkdwn
from bot.slack.mrkdwn import unstyled, written
from bot.views.document import Channel, Day, Link, Person, Said, Strong, Typed, bare
from bot.views.phrases import source, thread
from tests.support.consulted import NASTY

MARKS = "*_~`<>&!@#|:\n \u2066\u2067\u2068\u2069\u202eab1"
ANYTHING = st.text(st.characters(), max_size=400) | st.text(MARKS, max_size=120)
SHOWING = (mrkdwn.escape, mrkdwn.plain)
SCENE = Scene(datetime(2026, 11, 23, tzinfo=UTC))
ISOLATES = "\u2066\u2067\u2068"


@given(ANYTHING)
def test_no_markup_of_a_persons_words_survives(text: str) -> None:
    for show in SHOWING:
        assert "<" not in show(text)
        assert ">" not in show(text)
        assert not re.search(r"&(?!amp;|lt;|gt;)", show(text))


@given(ANYTHING)
def test_slack_draws_a_persons_words_as_text_and_nothing_else(text: str) -> None:
    drawn = str(slack.mrkdwn(f"Task: {mrkdwn.escape(text)} and on", SCENE))
    assert set(re.findall(r"<(\w+)", drawn)) <= {"div"}


@given(ANYTHING)
def test_a_persons_words_are_shown_as_typed(text: str) -> None:
    shown = slack.decode(mrkdwn.plain(text)).replace("\u2068", "").replace("\u2069", "")
    for word in re.findall(r"[A-Za-z0-9*_~`<>&!@#|:]+", text):
        assert word in shown


@given(ANYTHING)
def test_a_persons_words_cannot_reorder_ours(text: str) -> None:
    for show in SHOWING:
        for line in show(text).split("\n"):
            depth = 0
            for place, char in enumerate(line):
                depth += (char in ISOLATES) - (char == "\u2069")
                assert depth >= (1 if place < len(line) - 1 else 0)
            assert depth == 0
            assert not any(unicodedata.bidirectional(char) == "B" for char in line)


@given(ANYTHING, st.integers(20, 200))
def test_a_persons_words_stay_within_the_length_given(text: str, most: int) -> None:
    for show in SHOWING:
        assert mrkdwn.size(show(text, most)) <= most + 9  # "(empty)" stands even where nothing fits


@pytest.mark.parametrize("text", NASTY)
def test_words_that_are_cut_end_with_an_ellipsis(text: str) -> None:
    whole, cut = mrkdwn.plain(text, 5_000), mrkdwn.plain(text, 40)
    assert cut == whole or mrkdwn.ELLIPSIS in cut


def test_a_link_of_ours_is_never_cut_in_half() -> None:
    text = "Some words first. " * 5 + "<https://example.com/a/long/address|a label>"
    for most in range(20, len(text)):
        cut = mrkdwn.cut(text, most)
        assert cut.count("<") == cut.count(">")
        assert mrkdwn.size(cut) <= most


def test_a_source_becomes_a_link_and_its_title_is_read_aloud() -> None:
    reference = "OpenAI, Model optimization (https://example.com/a); judgement where it gives no figure"
    assert written(source(reference)) == (
        "<https://example.com/a|OpenAI, Model optimization>; judgement where it gives no figure"
    )
    assert unstyled(source(reference)) == "OpenAI, Model optimization; judgement where it gives no figure"
    assert bare(source(reference)) == reference


def test_an_address_without_a_title_is_its_own() -> None:
    assert written(source("See https://example.com/a")) == "<https://example.com/a|See example.com/a>"
    assert bare(source("See https://example.com/a")) == "See https://example.com/a"


def test_a_mention_is_of_a_person_or_a_channel_only() -> None:
    assert written(Person("UANA")) == "<@UANA>"
    assert written(Channel("C1")) == "<#C1>"
    assert "<" not in written(Person("!channel"))
    assert "<" not in written(Channel("!here"))


MOMENT = datetime(2026, 11, 23, tzinfo=UTC)


def test_a_date_is_said_in_words_too() -> None:
    assert written(Day(MOMENT)).endswith("|23 Nov 2026>")
    assert unstyled(Day(MOMENT)) == bare(Day(MOMENT)) == "23 Nov 2026"


def test_a_thread_link_holds_the_time_without_its_dot() -> None:
    address = "https://slack.com/archives/C1/p1763899200000100"
    assert thread("C1", "1763899200.000100", "here") == Link("here", address)


def test_our_own_words_hold_no_markup_either() -> None:
    words = ("a < b & <!channel>", Strong("x > y"), Typed("a < b"), Link("<b>", "https://example.com"))
    assert written(words) == (
        "a &lt; b &amp; &lt;!channel&gt;*x &gt; y*`a &lt; b`<https://example.com|&lt;b&gt;>"
    )


def test_words_beside_a_field_hold_no_markup() -> None:
    said = (Person("UANA"), " answered this ", Day(MOMENT, ago=True), ": ", Said("a < b"), ".")
    assert bare(said) == "somebody answered this just now: a < b."


def test_the_text_of_a_message_marks_nothing_but_people_channels_and_ages() -> None:
    said = (Strong(("b ", Person("UANA"))), Typed(" c "), Channel("C1"), Day(MOMENT, ago=True))
    assert unstyled(said) == f"b <@UANA> c <#C1><!date^{int(MOMENT.timestamp())}^{{ago}}|just now>"
