"""Each of the four kinds of refusal: what people see, that all else goes on, that nothing spins, that it heals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.deliveries import ANA, BEN, BOT, CHANNEL, button
from tests.support.office import Office, Talk
from tests.support.passing import Passing, passing

OTHER = "CSUPPORT"
SENDING = ("chat.postMessage", "chat.update", "chat.postEphemeral")
HERE = f"'channel': '{CHANNEL}'"
NOTE = "Still possible"
"""In the answer to "why"."""


@dataclass(frozen=True)
class Kind:
    """A refusal, of what holds ``about``.

    sees: what whoever pressed or typed is told; "": the thread itself says it. calls: how many calls may be made in the
    first minute, and in the ten after it. stops: whether the whole workspace waits.
    """

    how: dict[str, Any]
    about: str
    sees: str
    calls: tuple[int, int]
    stops: bool = False


KINDS = {
    "channel": Kind(
        {"error": "restricted_action_read_only_channel"},
        HERE,
        "Only some people may post in this channel, and I may not. Whoever looks after it can let me. "
        "What you said is kept, and I go on in the thread as soon as I can.",
        (2, 8),
    ),
    "message": Kind(
        {"error": "invalid_blocks"},
        NOTE,
        "Slack does not take my answer in this thread (invalid_blocks). "
        "What you said is kept, and I go on in the thread as soon as I can.",
        (6, 12),  # each try is made of three: as it is, without its table, as text
    ),
    "token": Kind(
        {"error": "token_revoked"},
        "",
        "Slack does not accept me just now (token_revoked): whoever runs me has to look at it. "
        "What you said is kept, and I go on in the thread as soon as I can.",
        (4, 6),
        stops=True,
    ),
    "moment": Kind({"status": 500}, HERE, "", (8, 8)),
}
each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())


@pytest.fixture
def talk(office: Office) -> Talk:
    found = office.start("weigh refusals")
    office.quiet()
    return found


@pytest.fixture
def time(talk: Talk) -> Iterator[Passing]:
    with passing(talk.office) as found:
        yield found


def refuse(office: Office, kind: Kind) -> None:
    for method in SENDING:
        office.sandbox.fail(method, about=kind.about, times=100_000, **kind.how)


def refused(office: Office) -> int:
    return len([call for method in SENDING for call in office.sandbox.calls(method) if not call["ok"]])


def bare(text: str) -> str:
    """Without the marks that nobody sees around what is quoted."""
    return text.replace("\u2068", "").replace("\u2069", "")


def press_yes(talk: Talk) -> None:
    asked = talk.open_questions()[-1]
    assert talk.office.slack.click(asked, button(asked, "Yes"))[0] == 200


def said_and_pressed(talk: Talk, kind: Kind) -> None:
    if kind.about == NOTE:
        assert talk.office.slack.say("why do you ask?", talk.root)[0] == 200
    press_yes(talk)


@each_kind
def test_who_pressed_is_told_once_why_the_thread_shows_nothing(
    kind: Kind, office: Office, talk: Talk, time: Passing
) -> None:
    refuse(office, kind)
    said_and_pressed(talk, kind)
    time.seconds(600)
    assert [bare(one["text"]) for one in office.ear.told] == ([kind.sees] if kind.sees else [])


@each_kind
def test_what_was_said_is_kept_and_the_thread_goes_on(
    kind: Kind, office: Office, talk: Talk, time: Passing
) -> None:
    refuse(office, kind)
    said_and_pressed(talk, kind)
    time.seconds(60)
    assert office.slack.say("12 examples in the prompt", talk.root)[0] == 200
    time.seconds(1)
    assert (talk.answers("data_may_leave"), talk.answers("prompt_examples")) == ([True], [12])
    assert talk.consultation.status == "open"
    next_question = talk.open_questions()[-1]["text"]
    assert ("How good is it now" in next_question) == (kind.about == NOTE)


@each_kind
def test_other_channels_go_on(kind: Kind, office: Office, talk: Talk, time: Passing) -> None:
    refuse(office, kind)
    said_and_pressed(talk, kind)
    time.seconds(1)
    assert office.slack.command("weigh elsewhere", channel_id=OTHER) == (200, "")
    assert office.slack.command("log", channel_id=OTHER)[0] == 200
    time.seconds(3)
    there = [m for m in office.sandbox.messages(OTHER) if "weigh elsewhere" in m["text"]]
    assert bool(there) != kind.stops
    office.sandbox.mend()
    time.seconds(60)
    assert [m for m in office.sandbox.messages(OTHER) if "weigh elsewhere" in m["text"]]


@each_kind
def test_nothing_spins(kind: Kind, office: Office, talk: Talk, time: Passing) -> None:
    refuse(office, kind)
    said_and_pressed(talk, kind)
    time.seconds(60)
    first = refused(office)
    time.seconds(600)
    most, most_later = kind.calls
    assert 0 < first <= most
    assert 0 < refused(office) - first <= most_later


@each_kind
def test_it_heals_by_itself(kind: Kind, office: Office, talk: Talk, time: Passing) -> None:
    refuse(office, kind)
    said_and_pressed(talk, kind)
    time.seconds(600)
    office.sandbox.mend()
    time.seconds(600)
    assert len(talk.open_questions()) == 1
    assert "prompt" in talk.open_questions()[0]["text"]
    assert len([m for m in talk.messages() if NOTE in m["text"]]) == (kind.about == NOTE)
    assert office.settled()
    assert office.application.outbox.refused() == {}


# Where we may not post, but are spoken to


def in_private(office: Office, person: str = ANA) -> list[str]:
    """What somebody finds in their direct message with the app."""
    [direct] = [one["id"] for one in office.sandbox.state("channels")["channels"] if one["person"] == person]
    return [bare(one["text"]) for one in office.sandbox.messages(direct) if one["bot_id"]]


def test_who_typed_in_a_channel_that_turned_read_only_is_told_in_private_and_once(
    office: Office, talk: Talk, time: Passing
) -> None:
    refuse(office, KINDS["channel"])
    assert office.slack.say("yes", talk.root)[0] == 200
    time.seconds(600)
    [told] = in_private(office)
    assert told.startswith(f"About <#{CHANNEL}>, where I may not post:")
    assert told.endswith(KINDS["channel"].sees)
    assert office.slack.say("12 examples in the prompt", talk.root)[0] == 200
    time.seconds(1)
    assert len(in_private(office)) == 2, "each word has an answer"
    assert talk.answers("prompt_examples") == [12]


@pytest.mark.parametrize(
    ("words", "answer"), [("help", "works out with your team"), ("weigh melons", "Nothing was started")]
)
def test_who_mentions_us_in_a_channel_that_is_read_only_is_told_in_private(
    office: Office, time: Passing, words: str, answer: str
) -> None:
    refuse(office, KINDS["channel"])
    mentioned = {"type": "app_mention", "user": ANA, "text": f"<@{BOT}> {words}", "ts": "1795878000.000100"}
    assert office.slack.event(mentioned | {"channel": CHANNEL, "channel_type": "channel"})[0] == 200
    time.seconds(2)
    [told] = in_private(office)
    assert answer in told


def test_who_cannot_be_told_just_now_keeps_nobody_from_being_told(
    office: Office, talk: Talk, time: Passing
) -> None:
    refuse(office, KINDS["channel"])
    office.ear.answer = (503, "")
    press_yes(talk)
    assert office.slack.say("12 examples in the prompt", talk.root, user=BEN)[0] == 200
    time.seconds(1)
    assert len(office.ear.told) == 1, "Ana is told first, and in vain"
    [told] = in_private(office, BEN)
    assert told.endswith(KINDS["channel"].sees)
    office.ear.answer = (200, "ok")
    time.seconds(600)
    assert len(office.ear.told) == 2, "and once more"


def test_once_slack_is_back_what_waited_elsewhere_comes_at_once(office: Office, time: Passing) -> None:
    """Each had waited for longer than the one before it when the first of them found Slack there again."""
    office.sandbox.fail("chat.postMessage", status=500, times=100_000)
    assert office.slack.command("weigh anchors")[0] == 200
    time.seconds(200)
    assert office.slack.command("weigh boats", channel_id=OTHER)[0] == 200
    time.seconds(1)
    office.sandbox.mend()
    time.seconds(5)
    assert office.sandbox.wait_for_text(OTHER, "weigh boats", timeout=1)
    assert office.sandbox.wait_for_text(CHANNEL, "weigh anchors", timeout=1)
