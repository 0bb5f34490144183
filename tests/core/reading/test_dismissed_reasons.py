"""A reason that is named only to be put aside is none; one that is merely set back is asked about."""

from __future__ import annotations

import pytest

from core.reading import read


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("we just want it right more often, the bill is peanuts", ["quality"]),
        ("accuracy. money is pocket change here", ["quality"]),
        ("faster, the invoice is nothing to speak of", ["latency"]),
        ("cheaper. we are fine on quality", ["cost"]),
        ("the tone has to be ours, we're all set on accuracy", ["voice"]),
        ("better answers, cost least of all", ["quality"]),
        ("faster, and least of all the format", ["latency"]),
        ("it must be right. price comes last", ["quality"]),
        ("lower cost. the format side we can fix with a schema", ["cost"]),
        ("quicker. accuracy we can handle with a checker", ["latency"]),
        ("the style; the layout we do ourselves with a script", ["voice"]),
        ("fewer mistakes, I could not care less about the bill", ["quality"]),
        ("cost only, speed is no problem", ["cost"]),
        ("the money is there, what we lack is accuracy", ["quality"]),
        ("voice. speed and cost are whatever", ["voice"]),
        ("correctness; format we get for free from the parser", ["quality"]),
        ("speed? nah. quality", ["quality"]),
        ("latency, full stop. we have a 200ms budget", ["latency"]),
        ("speed: our budget is 2 seconds per page", ["latency"]),
        ("price and speed, accuracy is already fine", ["cost", "latency"]),
        ("fewer wrong tags. My boss heard it would be cheaper, but that isn't why we ask", ["quality"]),
        ("my brother says speed, but I am in no hurry at all, the answers should be better", ["quality"]),
        ("the answers should be right, dear. Nobody minds waiting a minute", ["quality"]),
        ("better tags, and I'm not concerned about the bill or how quickly it replies", ["quality"]),
        ("speed and $$", ["cost", "latency"]),
        ("not the costs, we have budget, it makes too many mistakes", ["quality"]),
        ("answers are correct, the price is the problem", ["cost"]),
        ("better answers. Speed and price we don't care, it runs at night", ["quality"]),
        ("getting more of them right, money is no object for a few mails", ["quality"]),
        ("frankly, none of those. The boss saw a demo", []),
        ("it's good and cheap but slow", ["latency"]),
        ("cheaper inference, equal accuracy", ["cost"]),
        ("keep the accuracy, halve the price", ["cost"]),
        ("€€€", ["cost"]),
    ],
)
def test_a_dismissed_reason_is_not_stored(text, reasons):
    reading = read(text, "reasons")
    assert (dict(reading.values), reading.doubtful) == ({"reasons": reasons}, False)


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("the cost is not peanuts", ["cost"]),
        ("I want that the answers are right.", ["quality"]),
        ("quality is good and must get better", ["quality"]),
        ("more right answers is first. Also speed, because people run away", ["quality", "latency"]),
        ("cost, also tone, since our readers notice", ["cost", "voice"]),
        ("the budget is what hurts", ["cost"]),
        ("it is too dear", ["cost"]),
        ("we are very worried about the bill", ["cost"]),
    ],
)
def test_a_reason_that_is_not_dismissed_still_counts(text, reasons):
    reading = read(text, "reasons")
    assert (dict(reading.values), reading.doubtful) == ({"reasons": reasons}, False)


@pytest.mark.parametrize(
    "text", ["accuracy matters, speed matters less", "cost is secondary but quality comes first"]
)
def test_a_reason_that_is_set_back_is_asked_about(text):
    reading = read(text, "reasons")
    assert reading.doubtful or not reading.values


@pytest.mark.parametrize("text", ["the cost is fine", "speed is no issue, and the tone is fine"])
def test_where_all_is_dismissed_what_it_is_for_is_asked(text):
    reading = read(text, "reasons")
    assert (reading.intent, dict(reading.values)) == ("clarify", {})


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("money. the quality is fine since we switched", ["cost"]),
        ("nothing but the price", ["cost"]),
        ("nothing else matters than quality", ["quality"]),
    ],
)
def test_what_stands_behind_a_dismissal_is_kept(text, reasons):
    reading = read(text, "reasons")
    assert (dict(reading.values), reading.doubtful) == ({"reasons": reasons}, False)
