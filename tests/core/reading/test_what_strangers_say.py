"""Replies of people who had never seen the app, by class: unknown, reasons, verdicts, counts."""

from __future__ import annotations

import pytest

from core.reading import read


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("can_wait", "no idea, the captain must say yes or no to that"),
        ("can_wait", "yes or no is not mine to say"),
        ("can_wait", "I would have to check with the head chef if we can live with that"),
        ("data_may_leave", "our works council must decide that, never me"),
        ("data_may_leave", "I don't know whether it may leave, yes it might"),
        ("per_request_instructions", "I joined in May and nobody knows how it was set up"),
        ("cheaper_model_enough", "not my call whether the small one is good enough"),
        ("misses", "no clue, the previous guy looked at the labels"),
        ("reasons", "I could not tell you, the board only said it should be tuned, maybe cost"),
        ("prompt_examples", "before my time, nobody knows how many examples"),
        ("labelled_examples", "no idea, the previous one kept them"),
        ("quality", "not the foggiest"),
    ],
)
def test_who_cannot_answer_is_not_sure_whatever_stands_beside_it(question, text):
    reading = read(text, question)
    assert (reading.intent, dict(reading.values)) == ("unsure", {})


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("data_may_leave", "I don't know the details, but yes, it may leave", True),
        ("calls_per_month", "I don't know exactly, about 300 a month", 300),
        ("misses", "it does not know our labels", "labels"),
        ("misses", "people disagree, nobody knows who is right", "disagreement"),
    ],
)
def test_an_answer_after_what_is_not_known_is_kept(question, text, value):
    assert read(text, question).values.get(question) == value


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("the monthly invoice is what hurts", ["cost"]),
        ("customers are queueing at the counter while it thinks", ["latency"]),
        ("it must fit the boxes on the tax form", ["format"]),
        ("I want it to talk like my father did", ["voice"]),
        ("nobody here cares what it costs, it must be right", ["quality"]),
        ("fewer wrong codes, and the tone must be ours", ["quality", "voice"]),
        ("all of them except the format thing", ["quality", "cost", "latency", "voice"]),
        ("none of these, my nephew told me to ask", []),
    ],
)
def test_a_reason_is_read_from_its_effect(text, reasons):
    reading = read(text, "reasons")
    assert (dict(reading.values), reading.doubtful) == ({"reasons": reasons}, False)


@pytest.mark.parametrize(
    "text",
    [
        "to get the names right, and not paying for a second clerk",
        "accuracy, and nobody should have to hang about for it",
        "cheaper, and the recipes should read as if my grandmother told them",
        "correct codes, plus it must go into the boxes on the form",
    ],
)
def test_a_second_reason_is_never_passed_over_in_silence(text):
    reading = read(text, "reasons")
    assert reading.doubtful or not reading.values or len(reading.values["reasons"]) == 2


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("cheaper_model_enough", "it reached the bar on the easy half, so I am afraid it does not", False),
        ("cheaper_model_enough", "it stumbled on the easy half at first, all in all yes", True),
        ("can_wait", "we could wait for some of it, the season starts in May, so sadly we cannot", False),
        ("data_may_leave", "we have a contract and most of it is public, so I would say no", False),
        ("per_request_instructions", "every shop has its own menu, what we ask of it stays, so no", False),
    ],
)
def test_the_verdict_at_the_end_beats_what_stands_before(question, text, value):
    reading = read(text, question)
    assert (dict(reading.values), reading.doubtful) == ({question: value}, False)


@pytest.mark.parametrize(
    ("text", "misses"),
    [
        ("it makes up its own terms instead of our in-house ones", "labels"),
        ("our suppliers have their own article codes and it has no clue about them", "labels"),
        ("it invents side effects", "facts"),
        ("it makes up answers that aren't in the manual", "facts"),
    ],
)
def test_what_is_invented_decides_what_is_missing(text, misses):
    assert dict(read(text, "misses").values) == {"misses": misses}


@pytest.mark.parametrize(
    "text",
    [
        "it sends things to teams that do not exist here",
        "we have our own filing symbols and it invents ones that do not exist",
        "it has never seen our in-house grades, so it makes up its own",
    ],
)
def test_invented_names_of_ours_are_never_stored_as_facts(text):
    reading = read(text, "misses")
    assert reading.doubtful or reading.values.get("misses") in (None, "labels")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("my girls must correct 12 of 80", {"eval": (68, 80)}),
        ("the board sends back one in six, they would put up with one in forty", {"now": 0.8333, "target": 0.975}),
        ("he put a blue pencil through one in eight. One in fifty would be a blessing", {"now": 0.875, "target": 0.98}),
        ("our editor amends one in five, one in fifty is what she's after", {"now": 0.8, "target": 0.98}),
        ("went through 40, 31 were bang on. I'd be happy with nine in ten", {"eval": (31, 40), "target": 0.9}),
        ("25 good ones outta 30, gotta be 95%", {"eval": (25, 30), "target": 0.95}),
        ("I'd have to say eighty percent as things stand, I'd love to see ninety-five", {"now": 0.8, "target": 0.95}),
        ("1,868 correct out of 2,000, the board is asking 93%", {"eval": (1868, 2000), "target": 0.93}),
    ],
)  # fmt: skip
def test_errors_and_wishes_in_own_words_are_shares_of_right_answers(text, values):
    reading = read(text, "quality")
    target = {"quality_target": values["target"]} if "target" in values else {}
    assert reading.evaluation == values.get("eval")
    assert not reading.doubtful
    found = dict(reading.values)
    assert found.pop("quality_now") == (
        values.get("now") or pytest.approx(values["eval"][0] / values["eval"][1], abs=1e-3)
    )
    assert found == target


@pytest.mark.parametrize(
    ("text", "now", "target"),
    [
        ("about seven in ten, but here it has to be 99 out of a hundred", 0.7, 0.99),
        ("it is right nine times in ten, that is all we ever wanted of it", 0.9, 0.9),
        ("I went through fifty by hand, it managed thirty-eight. I'd want 95%", None, 0.95),
    ],
)
def test_which_share_is_which_is_asked_where_it_is_left_open(text, now, target):
    reading = read(text, "quality")
    assert reading.doubtful or dict(reading.values) == {"quality_now": now, "quality_target": target}
    right = {"quality_now": now} if now else {"eval_correct": 38, "eval_total": 50}
    offered = [dict(way.values) for way in reading.suggestions]
    assert {**right, "quality_target": target} in [*offered, dict(reading.values)]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("invoice and response time, accuracy's mostly there", ["cost", "latency"]),
        ("The accuracy, only. The bill is not a topic, one letter costs less than a stamp.", ["quality"]),
        ("Lower cost and better accuracy. Speed is not needed.", ["quality", "cost"]),
        ("none of those. the mayor read about it in a magazine", []),
    ],
)
def test_a_reason_named_only_to_be_put_aside_is_none(text, reasons):
    reading = read(text, "reasons")
    assert (dict(reading.values), reading.doubtful) == ({"reasons": reasons}, False)


@pytest.mark.parametrize(
    "text",
    [
        "three things: a lower bill, and fewer wrong answers",
        "two reasons: the cost",
        "four goals: quality, cost, latency",
    ],
)
def test_another_number_of_reasons_than_was_told_is_asked_about(text):
    reading = read(text, "reasons")
    assert reading.doubtful or not reading.values


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("misses", "nobody has sorted them, it's on the next sprint board"),
        ("cheaper_model_enough", "we never pointed it at a small one so dunno"),
        ("data_may_leave", "legal is at it, for now I cannot confirm either yes or no"),
        ("prompt_examples", "a contractor wrote it and left, I really couldn't tell you what went into it"),
        ("prompt_examples", "she has made this before me, I know not what she tried"),
        ("labelled_examples", "hard to say, they lie in three rooms and nobody ever counted"),
        ("calls_per_month", "impossible to say, in May I stop counting"),
    ],
)
def test_not_known_in_idioms_and_in_foreign_english(question, text):
    reading = read(text, question)
    assert (reading.intent, dict(reading.values)) == ("unsure", {})


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("data_may_leave", "yeh crack on", True),
        ("data_may_leave", "be my guest", True),
        ("data_may_leave", "haha yeah it's tea, we print it on the tin", True),
        ("prompt_examples", "two pages of rules and a checker, but I never put a single example in", 0),
        ("prompt_examples", "a careful prompt, without a single sample in it", 0),
        ("prompt_examples", "yes, with forty lines of examples from two novels", 40),
        ("labelled_examples", "everything since 1998 is in one file, nine thousand lines, reviewed", 9000),
        ("calls_per_month", "600 bags a day, for each bag it is called 2 times", 36525),
        ("calls_per_month", "in one sprint of two weeks we have 180 stories", 391),
        ("data_may_leave", "who is in the union is sensitive data by law, so it stays in our house", False),
    ],
)
def test_consent_in_idioms_and_what_is_counted(question, text, value):
    reading = read(text, question)
    assert (reading.values.get(question), reading.doubtful) == (value, False)


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("we do not have four weeks to spare", False),
        ("I ain't got 3 weeks to lose", False),
        ("we have four weeks to spare", True),
    ],
)
def test_time_that_is_not_there_is_no_time_to_wait(text, may):
    assert read(text, "can_wait").values == {"can_wait": may}
