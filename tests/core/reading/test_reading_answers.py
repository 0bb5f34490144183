"""What replies of each class are read as. An ellipsis for the values means: none may be stored without asking."""

from __future__ import annotations

import pytest

from core.reading import read

DAY, WEEK = 30.4375, 30.4375 / 7
ALL = ["quality", "cost", "latency", "format", "voice"]


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("80k", 80_000),
        ("2.5M/day", 2_500_000 * DAY),
        ("1.2mm a month", 1_200_000),
        ("3 lakh per month", 300_000),
        ("two hundred and fifty thousand per month", 250_000),
        ("a couple of million", 2_000_000),
        ("a million and a half a month", 1_500_000),
        ("half a million", 500_000),
        ("1.200.000 im Monat", 1_200_000),
        ("1'200'000 a month", 1_200_000),
        ("12,00,000 per month", 1_200_000),
        ("250 000", 250_000),
        ("20000 par jour", 20_000 * DAY),
        ("500/Std", 500 * 24 * DAY),
        ("50k a quarter", 50_000 / 3),
        ("20k a fortnight", 20_000 * DAY / 14),
        ("one call every 10 seconds", 8_640 * DAY),
        ("2 calls every 5 minutes", 24 * 24 * DAY),
        ("60 calls/hour during business hours", 60 * 8 * 21.74),
        ("300 a day during business hours", 300 * 21.74),
        ("1k a day on weekdays", 21_740),
        ("600 an hour, 24/7", 600 * 24 * DAY),
        ("100 qps peak, 30 avg", 30 * 86_400 * DAY),
        ("monthly volume is 80k", 80_000),
        ("80k messages per month, thx @bob", 80_000),
        ("since 2024 about 30k a month", 30_000),
        ("50k, sorry, i mean 60k a month", 60_000),
        ("50k not 500k", 50_000),
        ("no more than 50k a week", [0, 50_000 * WEEK]),
        ("not more than 50k a week", [0, 50_000 * WEEK]),
        ("at least 50k a month", [50_000, None]),
        ("well over a million a month", [1_000_000, None]),
        ("under a million", [0, 1_000_000]),
        ("100k+ a month", [100_000, None]),
        ("5-10k per week", [5_000 * WEEK, 10_000 * WEEK]),
        ("80k or 90k a month", [80_000, 90_000]),
        ("between 1 and 2 million a month", [1_000_000, 2_000_000]),
        ("900k to 1.1M a month", [900_000, 1_100_000]),
    ],
)
def test_a_volume_is_read_as_calls_a_month(text, calls):
    reading = read(text, "calls_per_month")
    assert reading.intent == "answer"
    got = reading.values["calls_per_month"]
    if isinstance(calls, list):
        assert [low_or_high is None for low_or_high in got] == [end is None for end in calls]
        got, calls = [end or 0 for end in got], [end or 0 for end in calls]
    assert got == pytest.approx(calls, rel=1e-3)
    assert not reading.doubtful


@pytest.mark.parametrize(
    "text",
    [
        "12 stores x 400",
        "400 per store per day",
        "10k a day per user",
        "10k users",
        "every 5 seconds",
        "80k a month, 20% of it cached",
        "10% more than last month",
        "double that",
        "low six figures",
        "tens of thousands",
        "hundreds",
        "80k in march and 200k in april",
        "used to be 80k a month",
        "should reach 500k a month by the end of the year",
        "not 80k",
        "5k + 3k a month",
        "1, 2, 3",
        "1.200 a day",
        "10^6",
        "depends, 10k to 50k a month",
        "80k a month unless we launch",
        "20-30 rps at peak",
        "85%",
        "2 seconds",
        "12 gb",
        "43 of 50",
        "200k tokens a month",
        "yes",
        "5 dogs",
        "50",
        "is 80k a lot?",
        "dunno, 80k?",
    ],
)
def test_a_volume_in_doubt_is_asked_about(text):
    reading = read(text, "calls_per_month")
    assert "calls_per_month" not in reading.values or reading.doubtful
    assert reading.because


@pytest.mark.parametrize(
    ("text", "question", "values"),
    [
        ("about 85%", "quality_now", {"quality_now": 0.85}),
        ("0,92", "quality_now", {"quality_now": 0.92}),
        ("three quarters", "quality_now", {"quality_now": 0.75}),
        ("wrong 12% of the time", "quality_now", {"quality_now": 0.88}),
        ("it fails about 1 in 10", "quality_now", {"quality_now": 0.9}),
        ("only 5% errors", "quality_now", {"quality_now": 0.95}),
        ("f1 0.7", "quality_now", {"quality_now": 0.7}),
        ("more than 80%", "quality_now", {"quality_now": [0.8, None]}),
        ("at most 80%", "quality_now", {"quality_now": [0, 0.8]}),
        ("at least 97%", "quality_target", {"quality_target": 0.97}),
        ("error rate below 2%", "quality_target", {"quality_target": 0.98}),
        ("43 of 50, we need 95%", "quality", {"quality_now": 0.86, "quality_target": 0.95}),
        ("need 95%, at 82", "quality", {"quality_now": 0.82, "quality_target": 0.95}),
        ("82 want 95", "quality", {"quality_now": 0.82, "quality_target": 0.95}),
        ("80 -> 95", "quality", {"quality_now": 0.8, "quality_target": 0.95}),
        ("from 76 to 90", "quality", {"quality_now": 0.76, "quality_target": 0.9}),
        ("error rate is 12%, must be under 5%", "quality", {"quality_now": 0.88, "quality_target": 0.95}),
    ],
)
def test_a_share_is_read_as_quality(text, question, values):
    reading = read(text, question)
    assert dict(reading.values) == {
        k: pytest.approx(v) if isinstance(v, float) else v for k, v in values.items()
    }
    assert not reading.doubtful


@pytest.mark.parametrize(
    "text",
    [
        "BLEU of 35",
        "4.2 out of 5",
        "9 points more",
        "not 80%",
        "5",
        "not wrong in 90%",
        "50/50",
        "10% better",
        "kappa 0.8",
    ],
)
def test_a_score_that_may_be_no_share_is_asked_about(text):
    reading = read(text, "quality_now")
    assert not reading.values or reading.doubtful


@pytest.mark.parametrize(
    ("text", "evaluation"),
    [
        ("43 of 50", (43, 50)),
        ("43 out of 50", (43, 50)),
        ("43/50", (43, 50)),
        ("43 of our 50 test cases", (43, 50)),
        ("7 of 50 wrong", (43, 50)),
        ("nine out of ten", None),
        ("3 in 4", None),
        ("86%", None),
    ],
)
def test_k_of_n_is_an_evaluation_and_a_figure_of_speech_is_none(text, evaluation):
    assert read(text, "quality_now").evaluation == evaluation


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", [5, None]),
        ("no", [0, 4]),
        ("not yet", [0, 4]),
        ("yes, a dozen examples", 12),
        ("yes but only 2 examples", 2),
        ("5-shot", 5),
        ("fewer than 5", [0, 4]),
        ("more than five", [6, None]),
        ("20+", [20, None]),
        ("eight or ten", [8, 10]),
        ("yes with few-shot", [5, None]),
        ("we did", [5, None]),
        ("no examples", 0),
        ("decent prompt but no examples", 0),
    ],
)
def test_a_prompt_with_so_many_examples(text, value):
    reading = read(text, "prompt_examples")
    assert reading.values == {"prompt_examples": value}
    assert not reading.doubtful


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("about 400", 400),
        ("none", 0),
        ("none yet", 0),
        ("2k labelled tickets", 2_000),
        ("fewer than 50", [0, 49]),
        ("50 to 500", [50, 500]),
        ("more than 500", [501, None]),
        ("1,200", 1_200),
    ],
)
def test_so_many_reviewed_examples(text, value):
    reading = read(text, "labelled_examples")
    assert reading.values == {"labelled_examples": value}
    assert not reading.doubtful


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        ("data_may_leave", "yes, we have a BAA", True),
        ("data_may_leave", "nothing sensitive, it's all public docs", True),
        ("data_may_leave", "no restrictions", True),
        ("data_may_leave", "it's fine to use a hosted api", True),
        ("data_may_leave", "it is sensitive", False),
        ("data_may_leave", "it isn't sensitive", True),
        ("data_may_leave", "PHI, can't leave our VPC", False),
        ("data_may_leave", "on-prem only", False),
        ("data_may_leave", "not allowed to send it out", False),
        ("can_wait", "yes, the categories are stable", True),
        ("can_wait", "a month is ok", True),
        ("can_wait", "no rush", True),
        ("can_wait", "2 days max", False),
        ("can_wait", "we can't wait 3 weeks", False),
        ("can_wait", "4 weeks is too long", False),
        ("can_wait", "the rules change weekly", False),
        ("can_wait", "the rules never change", True),
        ("can_wait", "it's urgent", False),
        ("cheaper_model_enough", "no, it drops to 70%", False),
        ("cheaper_model_enough", "mini works just as well", True),
        ("cheaper_model_enough", "not good enough", False),
        ("cheaper_model_enough", "it falls short", False),
        ("per_request_instructions", "always the same", False),
        ("per_request_instructions", "not the same", True),
        ("per_request_instructions", "each customer has their own", True),
        ("per_request_instructions", "they don't change", False),
        ("voice", "tone doesn't matter", False),
        ("voice", "it has to sound like our brand", True),
        ("format", "plain json", False),
        ("format", "our own DSL", True),
        ("misses", "lacks facts", "facts"),
        ("misses", "it makes stuff up", "facts"),
        ("misses", "knows them but says it wrong", "behaviour"),
        ("misses", "not facts, it ignores the instructions", "behaviour"),
        ("misses", "our own labels", "labels"),
        ("misses", "it does not know our taxonomy", "labels"),
        ("misses", "people disagree", "disagreement"),
        ("misses", "annotators don't agree", "disagreement"),
        ("reasons", "cost and latency", ["cost", "latency"]),
        ("reasons", "brand voice", ["voice"]),
        ("reasons", "quality", ["quality"]),
        ("reasons", "cost, not quality", ["cost"]),
        ("reasons", "everything but voice", ALL[:-1]),
        ("reasons", "all of the above", ALL),
        ("reasons", "none", []),
    ],
)
def test_an_answer_in_words(question, text, value):
    reading = read(text, question)
    assert reading.values == {question: value}
    assert not reading.doubtful


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("data_may_leave", "not that it isn't sensitive"),
        ("data_may_leave", "emails can but names cannot be sent"),
        ("data_may_leave", "only if anonymised"),
        ("data_may_leave", "yes but not the attachments"),
        ("data_may_leave", "yes, HIPAA"),
        ("can_wait", "no, it's stable"),
        ("can_wait", "2 weeks ok, 4 not"),
        ("can_wait", "yes but not for hotfixes"),
        ("prompt_examples", "no, 12 examples"),
        ("prompt_examples", "yes, a few examples"),
        ("labelled_examples", "we have 3000 records but nobody reviewed them"),
        ("misses", "mostly facts, some labels"),
        ("misses", "people don't disagree"),
        ("misses", "1"),
        ("reasons", "quality over cost"),
        ("reasons", "not cost"),
        ("reasons", "1, 2, 3"),
        ("model", "gpt-4o and haiku 4.5"),
        ("model", "from gpt-4o to gpt-4.1"),
        ("model", "claude"),
        ("model", "not gpt-4o"),
        ("tokens", "500 words"),
        ("tokens", "about 3k total"),
        ("latency_ms", "2"),
        ("money", "12"),
    ],
)
def test_what_can_be_read_in_two_ways_is_asked_about(question, text):
    reading = read(text, question)
    assert reading.doubtful or not reading.values
    assert reading.because


@pytest.mark.parametrize(
    ("text", "question", "values"),
    [
        (
            "not yet, and we do about 50k a month",
            "prompt_examples",
            {"prompt_examples": [0, 4], "calls_per_month": 50_000},
        ),
        (
            "200k/mo, 1.8k tokens in 60 out",
            "calls_per_month",
            {"calls_per_month": 200_000, "prompt_tokens": 1_800, "output_tokens": 60},
        ),
        (
            "yes 12 examples, on gpt-4o at 82%",
            "prompt_examples",
            {"prompt_examples": 12, "quality_now": 0.82, "model": "gpt-4o"},
        ),
        ("1.8 s now, under 800 ms", "latency", {"latency_now_ms": 1_800, "latency_ms": 800}),
        ("in: 900 out: 40", "tokens", {"prompt_tokens": 900, "output_tokens": 40}),
    ],
)
def test_several_answers_in_one_reply(text, question, values):
    reading = read(text, question)
    assert dict(reading.values) == values
    assert not reading.doubtful


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("gpt-4o mini", "gpt-4o-mini"),
        ("we're on 4o", "gpt-4o"),
        ("gpt4.1-mini", "gpt-4.1-mini"),
        ("gpt-4o-2024-08-06", "gpt-4o"),
        ("o3-mini", "o3-mini"),
        ("Sonnet 4.5", "claude-sonnet-4.5"),
        ("claude 3.5 sonnet", "claude-3.5-sonnet"),
        ("claude-3-5-haiku-latest", "claude-3.5-haiku"),
        ("gemini flash 2.5", "gemini-2.5-flash"),
        ("llama 3.3 70B instruct", "llama-3.3-70b"),
        ("mixtral 8x7b", "mixtral-8x7b"),
        ("gpt-oss-120b", "gpt-oss-120b"),
        ("deepseek v3", "deepseek-v3"),
        ("qwen3 8b", "qwen3-8b"),
        ("phi-4", "phi-4"),
    ],
)
def test_a_model_is_known_by_any_of_its_spellings(text, name):
    reading = read(text, "model")
    assert reading.values == {"model": name}
    assert not reading.doubtful


def test_a_model_with_a_slip_in_its_name_is_offered_as_a_question():
    reading = read("sonet 4.5", "model")
    assert reading.values == {"model": "claude-sonnet-4.5"}
    assert reading.doubtful


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("why?", "why"),
        ("why do you ask", "why_question"),
        ("how did you get the cost?", "explain"),
        ("go back", "back"),
        ("could you go back?", "back"),
        ("start over", "restart"),
        ("skip", "skip"),
        ("skip the rest", "skip"),
        ("not sure", "unsure"),
        ("idk", "unsure"),
        ("I'll check with Anna", "unsure"),
        ("help", "help"),
        ("what do you mean?", "help"),
        ("summary", "summary"),
        ("what have i answered so far", "summary"),
        ("back in 5 minutes", "chatter"),
        ("lol", "chatter"),
        ("yes let's grab lunch tomorrow", "chatter"),
        ("no worries, see you tomorrow", "chatter"),
        ("yeah that game was crazy", "chatter"),
        ("good morning everyone", "chatter"),
        ("ticket OPS-4521 tracks it", "chatter"),
        ("😀", "chatter"),
        ("120%", "invalid"),
        ("-500 per month", "invalid"),
        ("55 out of 50", "invalid"),
        ("0 out of 0", "invalid"),
        ("", "invalid"),
    ],
)
def test_commands_small_talk_and_the_impossible(text, intent):
    question = "quality_now" if intent == "invalid" else "can_wait"
    reading = read(text, question)
    assert reading.intent == intent
    assert not reading.values


@pytest.mark.parametrize("sign", list("\u202a\u202b\u202d\u202e\u2066\u2067\u2068"))
def test_digits_that_hidden_characters_reorder_are_refused(sign):
    """Shown as 05 a month, and meant as 50, or the other way round."""
    assert read(f"{sign}50 a month", "calls_per_month").intent == "invalid"
    assert read(f"{sign}yes", "can_wait").values == {"can_wait": True}


@pytest.mark.parametrize(
    ("text", "question", "intent", "values"),
    [
        ("what if volume doubles", None, "whatif", {"calls_per_month": "x2"}),
        ("what if traffic drops by 20%", None, "whatif", {"calls_per_month": "x0.8"}),
        ("what if the prompt was twice as long", None, "whatif", {"prompt_tokens": "x2"}),
        (
            "what if we had 2M calls a month and a 95% target",
            None,
            "whatif",
            {"calls_per_month": 2_000_000, "quality_target": 0.95},
        ),
        ("what if the data may not leave", None, "whatif", {"data_may_leave": False}),
        ("what if we use gpt-4.1 instead of gpt-4o", None, "whatif", {"model": "gpt-4.1"}),
        ("and at 500k/month?", None, "whatif", {"calls_per_month": 500_000}),
        ("change target to 97", None, "change", {"quality_target": 0.97}),
        ("change reasons to cost and latency", None, "change", {"reasons": ["cost", "latency"]}),
        ("change can wait to no", None, "change", {"can_wait": False}),
        ("sorry, 12 examples not 2", "quality", "change", {"prompt_examples": 12}),
        ("actually it's 300k a month", "quality_now", "change", {"calls_per_month": 300_000}),
        ("sorry, 200k", "calls_per_month", "answer", {"calls_per_month": 200_000}),
    ],
)
def test_what_ifs_and_changes(text, question, intent, values):
    reading = read(text, question)
    assert reading.intent == intent
    assert dict(reading.values) == values
    assert not reading.doubtful


@pytest.mark.parametrize(
    ("text", "question", "echo"),
    [
        ("250k a day", "calls_per_month", "250k a day → 7.6M calls a month (months of 30.4375 days)"),
        (
            "3 per second during business hours",
            "calls_per_month",
            "3 a second → 1.9M calls a month (8 h on 21.74 days)",
        ),
        ("80k", "calls_per_month", "80k calls a month"),
        ("43 of 50", "quality_now", "43 of 50 → 86%"),
        ("yes, a dozen examples", "prompt_examples", "yes, with 12 examples"),
        ("$3.5/hr", "money", "$3.50 per hour"),
    ],
)
def test_the_echo_says_what_was_understood_and_what_was_assumed(text, question, echo):
    assert read(text, question).echo == echo
