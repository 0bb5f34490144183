"""What-ifs in the thread: the difference is shown, the log stays as it is, and somebody may adopt it."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tests.support.deliveries import ANA, BEN, button
from tests.support.office import Office, Talk
from tests.support.settled import advice_of, labels, last, settled_talk


@pytest.fixture
def talk(office: Office) -> Talk:
    """A consultation in which cost is the only reason, at 250k calls a month: the verdict is to keep prompting."""
    return settled_talk(office)


def adopt(talk: Talk, note: dict[str, Any], user: str = BEN) -> Any:
    return talk.office.slack.click(note, button(note, "Adopt"), user=user)


def note_of(talk: Talk, note: dict[str, Any]) -> dict[str, Any]:
    talk.office.quiet()
    return next(m for m in talk.messages() if m["ts"] == note["ts"])


def test_a_what_if_shows_the_difference_and_leaves_the_log_as_it_was(talk: Talk) -> None:
    before = talk.consultation.answers
    talk.say("what if 2M calls?")
    said = last(talk)["text"]
    assert "What if: 2M calls a month" in said
    assert "“Keep prompting” → “Fine-tune”" in said
    assert "Prompt, cached: $556 → $3,044 a month" in said
    assert "Flips back with calls a month at 1.28M or less" in said
    assert "Nothing was changed." in said
    assert labels(last(talk)) == ["Adopt"]
    assert talk.consultation.answers == before


def test_adopting_it_makes_it_the_presser_s_answer_once(talk: Talk) -> None:
    talk.say("what if 2M calls?")
    note = last(talk)
    assert adopt(talk, note)[0] == 200
    talk.office.slack.again()
    adopted = note_of(talk, note)
    assert labels(adopted) == []
    assert f"Adopted by <@{BEN}>" in adopted["text"]
    given = [r for r in talk.consultation.answers if r.key == "calls_per_month"]
    assert [(r.value, r.author, r.how) for r in given][1:] == [(2_000_000, BEN, "button")]


def test_of_two_people_who_adopt_it_at_once_one_does_and_the_other_is_told(talk: Talk) -> None:
    talk.say("what if labour was $150 an hour?")
    note = last(talk)
    people = [threading.Thread(target=adopt, args=(talk, note, user)) for user in (ANA, BEN)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert talk.answers("assumptions.engineer_per_hour") == [150]
    assert any("adopted this a moment before you" in told["text"] for told in talk.office.ear.told)


def test_it_is_still_adopted_when_other_answers_changed_since(talk: Talk) -> None:
    talk.say("what if the prompt was 5,000 tokens?")
    note = last(talk)
    talk.say("change calls a month to 300k")
    talk.office.quiet()
    adopt(talk, note)
    assert talk.answers("assumptions.prompt_tokens") == [5000]
    assert talk.answers("calls_per_month") == [250_000, 300_000]


def test_what_it_says_stays_as_it_was_when_answers_change(talk: Talk) -> None:
    talk.say("what if 2M calls?")
    note = last(talk)
    talk.say("change calls a month to 300k")
    assert note_of(talk, note)["text"] == note["text"]


def test_after_the_decision_it_shows_the_difference_without_the_button(talk: Talk) -> None:
    talk.say("what if 3M calls?")
    early = last(talk)
    advice = advice_of(talk)
    talk.office.slack.click(advice, button(advice, "Accept"))
    talk.say("what if 2M calls?")
    late = last(talk)
    assert "→ “Fine-tune”" in late["text"]
    assert "this is decided" in late["text"]
    assert labels(late) == labels(note_of(talk, early)) == []
    before = talk.consultation.answers
    adopt(talk, early)
    assert talk.consultation.answers == before
    assert any("Decision #" in told["text"] for told in talk.office.ear.told)


def test_it_works_while_questions_are_open(office: Office) -> None:
    talk = office.start("a what-if on the way")
    talk.say("what if the data may not leave?")
    said = last(talk)["text"]
    assert "Not settled → “Keep it in-house" in said
    assert talk.consultation.answers == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what if we had 400 labels and could wait?", "What if: 400 reviewed examples; yes, we can wait"),
        ("what if we used Claude Haiku?", "anthropic:claude-haiku-5-5; that is the newest Claude Haiku"),
        ("what if we doubled the volume", "What if: 500k calls a month"),
        ("what if labour was $150 an hour", "The price of an hour of engineering: $100 → $150"),
        ("what if salaries were $174k a year", "The price of an hour of engineering: $100 → $83.40"),
        ("what if half of it can be batched", "The share of calls in batches: 0% → 50%"),
        ("what if the prompt was 5,000 tokens and we had 2M calls", "2M calls a month"),
        ("what if 250k calls a month", "nothing would change"),
        ("what if 2M calls a month and we had 400 labels", "“Keep prompting” → “Fine-tune”"),
        ("what if 45 of 50 were right", "What if: 45 of 50 → 90%"),
    ],
)
def test_a_what_if_says_what_it_understood(talk: Talk, text: str, said: str) -> None:
    talk.say(text)
    assert said in last(talk)["text"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("what if we used claude", "Did you mean anthropic:claude-"),
        ("what if an engineer was 60 euros an hour", "I reckon in US dollars"),
        ("what if we used gpt-99", "a model whose price I know"),
        ("what if the target was doubled", ""),
    ],
)
def test_one_that_cannot_be_read_asks_back_with_an_example(talk: Talk, text: str, said: str) -> None:
    talk.say(text)
    asked = last(talk)["text"]
    assert said in asked
    assert "For instance: “what if 2M calls a month?”" in asked


def test_a_factor_on_what_nobody_knows_is_refused_kindly(office: Office) -> None:
    talk = office.start("doubling nothing")
    talk.say("what if we doubled the volume?")
    assert "I do not know calls a month yet" in last(talk)["text"]


@pytest.mark.parametrize("text", ["what if pigs fly", "claude says hi", "retraining monthly is a chore"])
def test_small_talk_that_begins_like_one_is_left_alone(talk: Talk, text: str) -> None:
    before = talk.messages()
    talk.say(text)
    talk.office.quiet()
    assert talk.messages() == before


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("change the prompt to 5000 tokens", "prompt_tokens", 5000),
        ("engineers cost us $150 an hour", "engineer_per_hour", 150),
        ("change labour to $150 an hour", "engineer_per_hour", 150),
        ("change the horizon to 18 months", "horizon_months", 18),
    ],
)
def test_assumptions_are_changed_by_typed_text(talk: Talk, text: str, key: str, value: int) -> None:
    talk.say(text)
    assert "→" in last(talk)["text"]
    assert talk.answers(f"assumptions.{key}") == [value]


def test_a_family_named_as_an_answer_is_confirmed_first(talk: Talk) -> None:
    talk.say("we use claude haiku")
    note = last(talk)
    assert "Did I get this right?" in note["text"]
    assert talk.answers("assumptions.model") == []
    talk.office.slack.click(note, button(note, "Right"))
    assert talk.answers("assumptions.model") == ["anthropic:claude-haiku-5-5"]
