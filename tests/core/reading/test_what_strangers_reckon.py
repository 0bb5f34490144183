"""Volumes and counts as people reckon them: for each, for all, by parts, in words; and what is never stored unseen."""

from __future__ import annotations

import pytest

from core.reading import read

DAY, WEEK = 30.4375, 30.4375 / 7


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("we take 300 orders a day, one call per order", 300 * DAY),
        ("last quarter we did 240 offers in total, one call each", 80),
        ("around 9,000 payments run through it each banking day", 9_000 * 21.74),
        ("between ten thousand and twelve thousand mails monthly", [10_000, 12_000]),
        ("half a million clips over two years, once each", 500_000 / 24),
        ("we look after 2,300 flats and get about 400 messages a month from the tenants", 400),
        ("all our 14 agents together take some 4,200 calls a week", 4_200 * WEEK),
        ("in a normal month 22,000 claims, in January rather 30,000", 22_000),
        ("70 questions a week, maybe 80", [70 * WEEK, 80 * WEEK]),
        ("I paint ten a day, two days a week", 20 * WEEK),
        ("40 a day, six days on seven", 40 * DAY * 6 / 7),
        ("30 lessons a week, 39 weeks per year", 97.5),
        ("150 a day, five days a week, 48 weeks a year", 3_000),
        ("some 150 every week day", 150 * 21.74),
        ("never under 200 a week, never over 350 a week", [200 * WEEK, 350 * WEEK]),
        ("2 thousand 4 hundred a month", 2_400),
        ("planes come every day, also on Sunday, around 70 mails per day", 70 * DAY),
        ("400 every other week", 200 * WEEK),
        ("900 essays in a school year", 75),
        ("150 mails daily, only on working days", 150 * 21.74),
        ("last week it was 210 letters, quite normal", 210 * WEEK),
        ("6k a day on weekdays, nobody asks anything on weekends", 6_000 * 21.74),
    ],
)
def test_a_volume_is_reckoned_from_what_is_told(text, calls):
    reading = read(text, "calls_per_month", "answer mails and questions")
    assert not reading.doubtful
    assert reading.values["calls_per_month"] == pytest.approx(calls, rel=0.002)


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("each episode has 600 lines, I do eight episodes a month", 4_800),
        ("12 reps by 40 emails each a day, Mon to Fri", 480 * 21.74),
        ("I have 4 groups of 26 and each pupil writes one essay per week", 104 * WEEK),
        ("12 stores, 400 calls each per day", 4_800 * DAY),
        ("about 3 per user per day, 2000 users", 6_000 * DAY),
        ("50 reps making 40 calls each a day", 2_000 * DAY),
        ("each of our 30 stores sends 500 a day", 15_000 * DAY),
        ("100 calls per agent per day, 25 agents", 2_500 * DAY),
        ("4 calls per ticket and 10k tickets a month", 40_000),
        ("per ward 25 discharges a day, we have six wards", 150 * DAY),
        ("three pools, every pool has 40 enquiries a week", 120 * WEEK),
        ("30 teams, two match reports a month each", 60),
        ("we are 8 bakeries, each one gets 40 orders a week", 320 * WEEK),
    ],
)
def test_what_is_plainly_told_of_each_is_multiplied(text, calls):
    reading = read(text, "calls_per_month")
    assert not reading.doubtful
    assert reading.values["calls_per_month"] == pytest.approx(calls, rel=0.005)


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("one translator does 5 patents a week and we have 12 translators", 60 * WEEK),
        ("twice a week each, 14 councils", 28 * WEEK),
        ("about 3 a minute per agent, we have 20 agents", 60 * 60 * 24 * DAY),
    ],
)
def test_a_product_that_is_not_plain_is_worked_out_and_shown(text, calls):
    reading = read(text, "calls_per_month")
    assert reading.doubtful
    assert reading.values["calls_per_month"] == pytest.approx(calls, rel=0.005)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("calls_per_month", "30 an hour at the busiest time"),
        ("calls_per_month", "80 a day on Saturdays"),
        ("calls_per_month", "100k a month but we will send only ten percent of them"),
        ("calls_per_month", "1500 users, 20 of them use it every day"),
        ("calls_per_month", "once a day, a batch of 500"),
        ("labelled_examples", "we need at least 500"),
        ("labelled_examples", "no clue, they are scattered over three inboxes"),
        ("prompt_examples", "we tried 4 models and 6 versions, the current one has a schema"),
        ("quality", "70% are not usable now, we need 90"),
        ("quality", "78 percent on a set of 400, and 95 is in the contract"),
        ("quality", "error rate of 15, target error rate 5"),
        ("quality", "we do not reach 80, and the goal is 90"),
        ("calls_per_month", "40k posts per month and every fourth one needs a check"),
        ("quality", "one mail in six goes astray, we could live with one in thirty"),
        ("quality", "three quarters land where they should. Nine tenths is what I was told to get"),
    ],
)
def test_what_would_be_stored_wrong_is_doubted(question, text):
    reading = read(text, question, "answer mails")
    right = {"quality_now": 0.833333, "quality_target": 0.966667}
    assert reading.doubtful or not reading.values or dict(reading.values) == pytest.approx(right, abs=0.001)


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("labelled_examples", "the team has reviewed 2,350 lines together with the decision", 2_350),
        ("labelled_examples", "340 of them, signed by the chemists last winter", 340),
        ("labelled_examples", "60 maybe 70 which my mother has checked", [60, 70]),
        ("labelled_examples", "got 400 old chats but only 50 of them I went through", 50),
        ("labelled_examples", "we never collected any", 0),
        ("labelled_examples", "three classes of 30, all graded twice, so 90", 90),
        ("labelled_examples", "my partner has gone over 150 of the deeds and initialled each", 150),
        ("labelled_examples", "our partners have looked over 90 summaries", 90),
        ("labelled_examples", "two interns annotated 430 clips in spring", 430),
        ("labelled_examples", "three vets reviewed 1,200 letters last year", 1_200),
        ("labelled_examples", "2,100 letters that were double-audited, the rest are raw", 2_100),
        ("labelled_examples", "about 90 I've been through myself", 90),
        ("labelled_examples", "five or six hundred, the accountant has confirmed them", [500, 600]),
        ("labelled_examples", "there is not any, nobody kept them", 0),
        ("labelled_examples", "none. We have many texts but nobody has checked them", 0),
        ("labelled_examples", "reviewed ones, strictly speaking, none at all", 0),
        ("labelled_examples", "we did not label anything yet", 0),
        ("labelled_examples", "they were never checked by anybody", 0),
        ("labelled_examples", "I don't think there are any", 0),
        ("labelled_examples", "I'm afraid we haven't got a single one", 0),
        ("prompt_examples", "we retrieve 8 examples per question", 8),
        ("prompt_examples", "went through 6 versions, the current one has 16 few-shots and a schema", 16),
        ("prompt_examples", "I tried with only 2 or 3 sentences of example", [2, 3]),
    ],
)
def test_examples_are_told_from_what_stands_beside_them(question, text, value):
    reading = read(text, question)
    assert (dict(reading.values), reading.doubtful) == ({question: value}, False)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("last year's two rounds, 180 and 220 forms, both signed off", 400),
        ("4 auditors did 120 forms each", 480),
        ("each ward gave 50, six wards", 300),
        ("each of the four doctors did 80", 320),
        ("60 last year and 45 this year, all marked", 105),
        ("we have 500 but only about a fifth has been checked", 100),
        ("I graded 28 essays a week for 10 weeks", 280),
    ],
)
def test_examples_that_must_be_reckoned_are_one_tap_away(text, number):
    reading = read(text, "labelled_examples")
    assert reading.doubtful or not reading.values
    assert {"labelled_examples": number} in [dict(one.values) for one in reading.suggestions]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("labelled_examples", "no clue how many, my colleague has them on her laptop"),
        ("calls_per_month", "it depends on the courts, I can't give any number"),
        ("calls_per_month", "no idea how many"),
        ("calls_per_month", "depends on the weather, I couldn't even ballpark it"),
        ("cheaper_model_enough", "it may or may not"),
    ],
)
def test_who_cannot_give_a_number_is_not_sure(question, text):
    assert read(text, question).intent == "unsure"


@pytest.mark.parametrize(
    ("text", "now", "target"),
    [
        ("I'd say about 85% come out right, the matron wants 97", 0.85, 0.97),
        ("they keep 40% of the lines, if it was 70 I would be happy", 0.4, 0.7),
        ("reps send 55% without edits, I'd be delighted with 75", 0.55, 0.75),
        ("the editors accept 90 percent, the goal was 88", 0.9, 0.88),
        ("currently I accept 4 in 5, would like to accept 19 in 20", 0.8, 0.95),
        ("it is right two times out of three, should be four out of five", 2 / 3, 0.8),
        ("I would keep a third of them. If I could keep two thirds I'd be delighted.", 1 / 3, 2 / 3),
        ("of the last 40 letters I liked 26. If 36 were fine I'd be thrilled.", 0.65, 0.9),
        ("I test 30 photo, 24 good. I want 95%", 0.8, 0.95),
        ("last test: 50 dishes, 44 correct, aim 49", 0.88, 0.98),
        ("I'd put it at 80%, and anything below 95 means that a nurse rereads it", 0.8, 0.95),
        ("70 percent now. Below 90 the curators will not touch it.", 0.7, 0.9),
        ("84 of a hundred; anything under 97 is dangerous", 0.84, 0.97),
        ("163 same decision out of 200, not going live with less than 90", 0.815, 0.9),
        ("74% agreement with our coders, they themselves agree 92%, so 92 is the bar", 0.74, 0.92),
        ("from 100 invoices 81 was ok, minimum is 95", 0.81, 0.95),
        ("from every five mails four is good, I want 95 percent", 0.8, 0.95),
        ("seven in ten are usable, whereas I need nine in ten", 0.7, 0.9),
        ("8 of 10 I can send without changing, I need 9 of 10", 0.8, 0.9),
        (
            "I went through fifty of them and thirty-nine were what I call acceptable. I want 95 per cent.",
            0.78,
            0.95,
        ),
        (
            "in my sample of 120 forms there were 18 with mistakes, the auditor tolerates 2 percent",
            0.85,
            0.98,
        ),
        ("we throw away every fifth letter, one in twenty would be okay", 0.8, 0.95),
        ("it fails 3 times in 20, once in 20 would be okay", 0.85, 0.95),
        ("it differs from my marks in 30 of 120 essays, 12 of 120 I could accept", 0.75, 0.9),
        (
            "we sampled 150: 129 without any mistake. Auditors accept nothing less than 98 percent.",
            0.86,
            0.98,
        ),
        ("65% are ok to send on, 90 would make me a happy man", 0.65, 0.9),
    ],
)
def test_what_is_wished_for_is_the_target(text, now, target):
    reading = read(text, "quality")
    assert not reading.doubtful
    assert dict(reading.values) == pytest.approx({"quality_now": now, "quality_target": target}, abs=0.001)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("60 a day in term time, 10 a day otherwise", 10 * DAY, 60 * DAY),
        ("In winter 5 thousand monthly, in summer it goes up to 12 thousand", 5_000, 12_000),
        ("on a quiet day 90 letters, on a busy one 160", 90 * DAY, 160 * DAY),
        ("in August 900, in January maybe 100", 100, 900),
    ],
)
def test_two_numbers_of_two_times_of_the_year_are_a_range(text, low, high):
    reading = read(text, "calls_per_month")
    assert not reading.doubtful
    assert reading.values["calls_per_month"] == pytest.approx([low, high], rel=0.005)


@pytest.mark.parametrize(
    "text",
    [
        "80k in march and 100k in april",
        "depends on the season, 20k in winter, 90k in summer",
        "120 every weekday, 30 at the weekend",
        "1,000 in summer, 100,000 in winter",
        "200 a day in winter and 100 a week in summer",
        "900 in summer, 200 in winter, 50 in spring",
    ],
)
def test_two_numbers_that_may_be_something_else_are_asked_about(text):
    reading = read(text, "calls_per_month")
    assert reading.doubtful or not reading.values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("in May 1,200, in November maybe 200", [200, 1_200]),
        ("400 a month normally, after an election up to 6000 a month", [400, 6_000]),
        ("90 orders every weekday plus about 25 over the weekend", 90 * 21.74 + 25 * WEEK),
        ("a hundred or so a day by mail, plus maybe thirty by phone", 130 * DAY),
        ("400 from Lyon, 300 from Nantes and 200 from Lille each month", 900),
        ("roughly half of our 60,000 monthly posts would go through it", 30_000),
        ("10 to 12 bills per kitchen per week, 40 kitchens", [400 * WEEK, 480 * WEEK]),
        ("5 classes, 28 pupils in each, one essay a week", 140 * WEEK),
        ("10,000 a month come in but only the 4,000 in English would go through", 4_000),
        ("we get 10,000 a month, though just a quarter is in scope", 2_500),
        ("Tuesdays and Thursdays about 30 each", 60 * WEEK),
        ("June had 640, July 720", [640, 720]),
    ],
)
def test_what_several_numbers_come_to_is_one_tap_away(text, value):
    reading = read(text, "calls_per_month", "answer orders and mark essays")
    offered = [one.values["calls_per_month"] for one in reading.suggestions]
    assert reading.doubtful or not reading.values
    assert any(
        one == pytest.approx(value, rel=0.005)
        for one in offered
        if isinstance(one, list) == isinstance(value, list)
    )


def test_a_period_that_was_said_before_is_lent_to_what_it_is_now():
    reading = read("it used to be 200 a week, since the merger it is 600", "calls_per_month")
    assert reading.values["calls_per_month"] == pytest.approx(600 * WEEK, rel=0.005)


def test_a_doubtful_number_brings_what_else_it_may_be_and_nothing_that_is_not_in_the_text():
    reading = read("there are 36,000 papers and I have to finish them in one year", "calls_per_month")
    assert {"calls_per_month": 3_000} in [dict(one.values) for one in reading.suggestions]
    assert read("I have no number for that", "calls_per_month").suggestions == ()
