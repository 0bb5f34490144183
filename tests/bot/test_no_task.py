"""What is said to the app where it has no consultation, and is no task: it says so, and what to type instead."""

from __future__ import annotations

import pytest

from bot.conversation.grammar import is_no_task
from tests.support.deliveries import ANA, BOT, CHANNEL
from tests.support.office import Office

NO_TASKS = (
    "done", "thanks", "thank you", "Accept", "accept it", "yes", "yes, it may", "OK!", "👍", "...", "not sure",
    "80k a month", "43 of 50, we need 95%", "we need 95%", "start over", "never mind", "not now", "why", "summary",
    "explain the cost", "what if 2M calls?", "looks good to me", "that’s it",
)  # fmt: skip
TASKS = (
    "classify support tickets", "translate", "accept invoices automatically", "yes/no classifier", "label emails",
    "classify support tickets, 80k a month", "detect fraud with 95% accuracy", "help desk triage", "rank resumes",
)  # fmt: skip


def mention(office: Office, text: str, thread: str | None = None) -> None:
    at = office.sandbox.say(ANA, CHANNEL, f"<@{BOT}> {text}", thread)["ts"]
    event = {"type": "app_mention", "user": ANA, "text": f"<@{BOT}> {text}", "ts": at, "channel": CHANNEL}
    told = office.slack.event(event | ({"thread_ts": thread} if thread else {}))
    assert told[0] == 200
    office.quiet()


@pytest.mark.parametrize("text", NO_TASKS)
def test_a_word_an_answer_or_small_talk_is_no_task(text: str) -> None:
    assert is_no_task(text, is_reply=False)
    assert is_no_task(text, is_reply=True)


@pytest.mark.parametrize("text", TASKS)
def test_a_task_is_one_in_a_channel_and_in_a_thread(text: str) -> None:
    assert not is_no_task(text, is_reply=False)
    assert not is_no_task(text, is_reply=True)


@pytest.mark.parametrize("text", ["done", "yes", "accept", "43 of 50, we need 95%"])
@pytest.mark.parametrize("in_thread", [True, False])
def test_who_says_such_a_thing_is_told_what_to_type_instead(
    office: Office, text: str, in_thread: bool
) -> None:
    root = office.sandbox.say("UBEN", CHANNEL, "how shall we sort stars?")["ts"] if in_thread else None
    mention(office, text, root)
    [told] = [m for m in office.sandbox.messages(CHANNEL, root) if m["ephemeral_to"] == ANA]
    assert "no consultation of mine here" in told["text"]
    assert "task:" in told["text"]
    assert office.consultations() == []


def test_whoever_means_it_as_the_task_says_so(office: Office) -> None:
    mention(office, "task: done")
    assert [one.task for one in office.consultations()] == ["done"]
