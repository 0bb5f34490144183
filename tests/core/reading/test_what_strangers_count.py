"""Numbers in the sentences of people who had never seen the app: opening days, pairs, compounds, sums, ratings."""

from __future__ import annotations

import pytest

from core.reading import read

DAY, WEEK = 30.4375, 30.4375 / 7


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("60 a day, Monday to Saturday", 60 * DAY * 6 / 7),
        ("30 letters per day, from Monday till Friday", 30 * 21.74),
        ("15 mails per day, closed on Mondays", 15 * DAY * 6 / 7),
        ("40 orders a day, shut on Saturdays and Sundays", 40 * 21.74),
        ("40 a day, five days a week", 40 * 21.74),
        ("40 a day, weekends included", 40 * DAY),
        ("300 a week, Mon-Sat", 300 * WEEK),
        ("8 per minute while open, eight hours a day", 8 * 60 * 8 * DAY),
        ("20 an hour, 10 hours a day, Monday to Friday", 20 * 10 * 21.74),
        ("a 9-to-5 shop, 40 calls a day", 40 * 21.74),
        ("2.350", 2_350),
        ("2 350 per month", 2_350),
        ("between 40.000 and 50.000 a month", [40_000, 50_000]),
        ("forty vacancies a month times sixty letters each, so 2400", 2_400),
        ("300 a week, more in december", 300 * WEEK),
    ],
)
def test_opening_days_and_hours_make_the_month(text, calls):
    reading = read(text, "calls_per_month")
    assert not reading.doubtful
    assert reading.values["calls_per_month"] == pytest.approx(calls, rel=0.002)


@pytest.mark.parametrize(
    "text", ["8 per minute while open", "2.350 calls a day", "20 an hour in opening hours"]
)
def test_a_volume_that_lacks_hours_or_has_two_readings_is_asked_about(text):
    assert read(text, "calls_per_month").doubtful


@pytest.mark.parametrize(
    ("text", "now", "target"),
    [
        ("1 in 4 is wrong, 1 in 20 would be ok", 0.75, 0.95),
        ("it fails one of each six, we need maximum one of each sixty", 5 / 6, 59 / 60),
        ("currently 12 percent come back wrong, I need that down to 3", 0.88, 0.97),
        ("7 from 10 are right, the boss wants 9 from 10", 0.7, 0.9),
        ("90 percent, and that is enough, the goal was 88", 0.9, 0.88),
        ("it is at 80% on the first six digits, and 85 is enough", 0.8, 0.85),
        ("91% of the time and 90 is what I promised the board", 0.91, 0.9),
        ("82 percent I hardly touch, the agency asks for 95", 0.82, 0.95),
    ],
)
def test_a_pair_of_shares_is_now_and_needed(text, now, target):
    reading = read(text, "quality")
    assert not reading.doubtful
    assert reading.values["quality_now"] == pytest.approx(now, abs=1e-3)
    assert reading.values["quality_target"] == pytest.approx(target, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "k_and_n"),
    [
        ("we catch 31 of 40 bad ones", (31, 40)),
        ("it spotted 18 out of 20 errors", (18, 20)),
        ("we found 6 of 40 wrong", (34, 40)),
        ("of 40 bad ones it catches 31", (31, 40)),
        ("they caught 20 of 100 wrong answers", (80, 100)),
        ("31 of 40 are bad", (9, 40)),
    ],
)
def test_what_is_caught_is_a_success(text, k_and_n):
    reading = read(text, "quality")
    assert reading.evaluation == k_and_n


@pytest.mark.parametrize(
    "text",
    [
        "4.4/5",
        "4.4 out of 5 stars",
        "customers rate it 4.4 out of 5",
        "we fine-tuned straight away and got 70%",
        "our fine-tuned model is at 70%, we need 90%",
        "after fine-tuning it got 81 of 100",
    ],
)
def test_a_rating_or_the_score_of_a_tuned_model_is_asked_back(text):
    reading = read(text, "quality")
    assert (reading.intent, dict(reading.values)) == ("clarify", {})


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("88% is fine now", 0.88),
        ("our people are trained, 80% right", 0.8),
        ("not fine-tuned, 80% right", 0.8),
    ],
)
def test_a_score_of_the_prompt_is_no_target_and_of_no_tuned_model(text, now):
    values = read(text, "quality").values
    assert values.get("quality_now") == now
    assert "quality_target" not in values


@pytest.mark.parametrize(
    ("question", "text", "number"),
    [
        ("labelled_examples", "reviewed by the four-eyes team, 300 so far", 300),
        ("labelled_examples", "450 invoices checked by two clerks", 450),
        ("labelled_examples", "zero, nobody ever reviewed any", 0),
        ("labelled_examples", "not even one", 0),
        ("prompt_examples", "our three-person team wrote a prompt with 9 examples", 9),
        ("prompt_examples", "3 good and 3 bad examples", 6),
        ("prompt_examples", "four each for ten codes, so 40 in all", 40),
    ],
)
def test_examples_are_counted_once_and_nothing_else_is(question, text, number):
    reading = read(text, question)
    assert (dict(reading.values), reading.doubtful) == ({question: number}, False)


def test_good_ones_and_bad_ones_are_counted_together():
    assert read("three good ones and four bad ones", "prompt_examples").values == {"prompt_examples": 7}


@pytest.mark.parametrize("text", ["our four-eyes team checked all of them", "a two-person job"])
def test_a_number_in_a_compound_counts_nothing(text):
    assert not read(text, "labelled_examples").values
