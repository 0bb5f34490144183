"""Links in a reply: they are read as nothing, and keep nothing from being read."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading import read
from core.reading.reader import IN_LINK

ANSWERS = [
    ("data_may_leave", "yes", {"data_may_leave": True}),
    ("data_may_leave", "no", {"data_may_leave": False}),
    ("data_may_leave", "no, it may not", {"data_may_leave": False}),
    ("calls_per_month", "80k a month", {"calls_per_month": 80_000}),
    ("calls_per_month", "at least 2M a month", {"calls_per_month": [2_000_000, None]}),
    ("prompt_examples", "yes, a dozen examples", {"prompt_examples": 12}),
    ("prompt_examples", "12 or more", {"prompt_examples": [12, None]}),
    ("quality", "43 of 50, we need 95%", {"quality_now": 0.86, "quality_target": 0.95}),
]
LINKS = [
    "https://x.example",
    "https://x.example/2024/500",
    "<https://x.example/2024/500>",
    "<https://x.example/2024/500|link>",
    "<https://x.example/a?b=12&c=80%25|our 500k report>",
    "<http://wiki.example/90|wiki.example/90>",
    "www.x.example/12",
    "<mailto:legal2@x.example|legal2@x.example>",
    "[the policy](https://x.example/77)",
]
PLACES = [
    "{answer} {link}",
    "{answer}, see {link}",
    "{answer}, see {link}.",
    "{answer} (see {link})",
    "{answer} ({link})",
    "{answer} - details here: {link}",
    "{answer}. More at {link}",
    "{answer}, source: {link}",
    "{answer}, cf. {link}",
    "{answer}, as described in our wiki: {link}",
    "{answer}, see also {link} and {link}",
    "{answer}\n{link}",
    "{answer}, according to {link}",
    "{link} {answer}",
    "see {link}: {answer}",
    "per {link}, {answer}",
]


@pytest.mark.parametrize(("question", "answer", "values"), ANSWERS, ids=[answer for _, answer, _ in ANSWERS])
def test_an_answer_with_a_link_is_read_as_without_it(
    question: str, answer: str, values: dict[str, object]
) -> None:
    missed = {}
    for place, link in itertools.product(PLACES, LINKS):
        reply = place.format(answer=answer, link=link)
        reading = read(reply, question)
        if (reading.intent, dict(reading.values), reading.doubtful) != ("answer", values, False):
            missed[reply] = (reading.intent, dict(reading.values), reading.because)
    assert missed == {}


@pytest.mark.parametrize(
    ("question", "reply", "values"),
    [
        ("calls_per_month", "80k https://x.example/2024/500 a month", {"calls_per_month": 80_000}),
        ("calls_per_month", "<https://x.example/2024/500|grafana> says 80k a month", {"calls_per_month": 80_000}),
        ("calls_per_month", "80k a month.https://x.example/3", {"calls_per_month": 80_000}),
        ("data_may_leave", "no, as <https://x.example|our policy> says", {"data_may_leave": False}),
        ("data_may_leave", "see <https://x.example|this> and <https://y.example|that>: no", {"data_may_leave": False}),
        ("data_may_leave", "yes, https://x.example/a_(b), and https://y.example/7!", {"data_may_leave": True}),
    ],
)  # fmt: skip
def test_a_link_in_the_middle_is_read_over(question: str, reply: str, values: dict[str, object]) -> None:
    reading = read(reply, question)
    assert (reading.intent, dict(reading.values), reading.doubtful) == ("answer", values, False)


@pytest.mark.parametrize("link", LINKS[:5])
def test_a_command_or_a_what_if_with_a_link_is_read_as_without_it(link: str) -> None:
    assert read(f"not sure, see {link}", "calls_per_month").intent == "unsure"
    assert read(f"help {link}", "calls_per_month").intent == "help"
    supposed = read(f"what if 2M calls a month? see {link}", "data_may_leave")
    assert (supposed.intent, dict(supposed.values)) == ("whatif", {"calls_per_month": 2_000_000})


@pytest.mark.parametrize("link", [link for link in LINKS if "500k" not in link])
@pytest.mark.parametrize("reply", ["{}", "see {}", "see {} and {}"])
def test_a_link_alone_answers_nothing(reply: str, link: str) -> None:
    for question in ("data_may_leave", "calls_per_month", "prompt_examples", None):
        assert not read(reply.format(link, link), question).values


@pytest.mark.parametrize(
    ("question", "reply", "values"),
    [
        ("calls_per_month", "<https://x.example/2024/500|80k a month>", {"calls_per_month": 80_000}),
        ("calls_per_month", "we see <https://x.example/2024/500|80k calls a month>", {"calls_per_month": 80_000}),
        ("data_may_leave", "<https://x.example|yes>", {"data_may_leave": True}),
    ],
)  # fmt: skip
def test_an_answer_in_the_words_of_a_link_is_asked_about(
    question: str, reply: str, values: dict[str, object]
) -> None:
    reading = read(reply, question)
    assert (dict(reading.values), reading.doubtful, reading.because) == (values, True, IN_LINK)


@pytest.mark.parametrize(
    "reply",
    ["12 or more, see https://x.example", "12 or more https://x.example", "12 or more: https://x.example"],
)
def test_words_that_belong_to_the_answer_are_not_taken_for_the_link_s(reply: str) -> None:
    assert read(reply, "prompt_examples").values == {"prompt_examples": [12, None]}


@given(st.from_regex(r"https?://[a-z]{1,9}\.example(/[a-zA-Z0-9%=&?_.-]{0,20}){0,3}", fullmatch=True))
def test_no_number_in_a_link_is_read(link: str) -> None:
    assert read(f"80k a month, see {link}", "calls_per_month").values == {"calls_per_month": 80_000}
    assert read(f"80k a month, see <{link}|500 of 700>", "calls_per_month").values == {
        "calls_per_month": 80_000
    }
