"""What is typed after `log`: words and filters, or one sentence about what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.filters import NEEDS_A_WORD, BadFilter, understand_filters
from bot.decision_log.wanted import Sought, Wanted
from core.tree import Verdict
from core.wording import HEADLINES

NOW = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


def day(year: int, month: int = 1, of_month: int = 1) -> datetime:
    return datetime(year, month, of_month, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", {}),
        ("tickets", {"sought": Sought(prefix="tickets")}),
        ("sort ma", {"sought": Sought((("sort",), ("ma",)))}),
        ("Sort -mail “all parcels”", {"sought": Sought((("sort",), ("all", "parcels")), "", (("mail",),))}),
        ('-"all parcels" mail', {"sought": Sought((), "mail", (("all", "parcels"),))}),
        ("see https://ex.com", {"sought": Sought((("see",), ("https",), ("ex",)), "com")}),
        ("verdict:fine_tune", {"verdicts": ("fine_tune",)}),
        ("verdict:Fine-tune", {"verdicts": ("fine_tune",)}),
        ('verdict:"Keep prompting"', {"verdicts": ("keep_prompting",)}),
        ("verdict:prompt-first,hybrid", {"verdicts": ("prompt_first", "hybrid")}),
        ("status:accepted", {"statuses": ("accepted",)}),
        ("status:decided", {"statuses": ("accepted", "overridden")}),
        ('status:"decided otherwise"', {"statuses": ("overridden",)}),
        ("by:<@U0ANA|ana>", {"by": ("U0ANA",)}),
        ("by:U1,@U2", {"by": ("U1", "U2")}),
        ("since:2026-06 until:2026-09", {"since": day(2026, 6), "until": day(2026, 10)}),
        ("since:2026 until:2026-06-15", {"since": day(2026), "until": day(2026, 6, 16)}),
        ("since:last-month", {"since": day(2026, 10)}),
        ("until:last-month", {"until": day(2026, 11)}),
        ("since:november until:november", {"since": day(2026, 11), "until": day(2026, 12)}),
        ("since:december", {"since": day(2025, 12)}),
        ("since:oct-2024", {"since": day(2024, 10)}),
        ("since:90d", {"since": day(2026, 8, 25)}),
        ("outcome:missed,none", {"outcomes": ("missed", "none")}),
        ('outcome:"cannot tell"', {"outcomes": ("cannot_tell",)}),
        ("due:yes", {"due": True, "now": NOW}),
        ("DUE:No", {"due": False, "now": NOW}),
        ("mail sort:relevance", {"sought": Sought(prefix="mail"), "sort": "relevance"}),
    ],
)
def test_what_is_typed(typed: str, expected: dict[str, Any]) -> None:
    assert understand_filters(typed, NOW) == Wanted(**expected)


@pytest.mark.parametrize("verdict", Verdict)
def test_a_verdict_is_known_by_its_key_and_by_the_words_that_people_see(verdict: Verdict) -> None:
    for typed in (verdict, f'"{HEADLINES[verdict]}"'):
        assert understand_filters(f"verdict:{typed}", NOW) == Wanted(verdicts=(str(verdict),))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("colour:red", "no filter colour: I know verdict, status, by, since, until, outcome, due and sort."),
        ("verdict:maybe", "I do not know verdict:maybe; verdict: takes prompt_first, "),
        ("verdict:", "I do not know verdict:; verdict: takes"),
        ("status:open", "takes accepted, overridden, withdrawn, superseded or decided."),
        ("since:yesteryear", "I do not know since:yesteryear; since: takes a year, month or day"),
        ("since:2026-13", "since:2026-13"),
        ("until:2026-02-30", "until:2026-02-30"),
        ("since:9999", "since:9999"),
        ("by:ana", "by: takes a person who is mentioned"),
        ("due:perhaps", "due: takes yes or no."),
        ("due:yes,no", "due: takes yes or no."),
        ("outcome:good", "outcome: takes met, missed, cannot_tell or none."),
        ("sort:best", "sort: takes newest, relevance or cost."),
        ("sort:relevance", "needs a word"),
        ("due:yes due:no", "due: is there twice"),
        ("since:2026-09 until:2026-06", "later"),
        ("-tickets", NEEDS_A_WORD),
        ("?! 🙂", NEEDS_A_WORD),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(typed: str, said: str) -> None:
    found = understand_filters(typed, NOW)
    assert isinstance(found, BadFilter)
    assert said in found.sentence
    assert found.sentence.endswith(".")


def test_days_are_those_of_the_asker() -> None:
    """Half past two in the night in UTC is still the day before in New York."""
    found = understand_filters("since:today", NOW, ZoneInfo("America/New_York"))
    assert found == Wanted(since=datetime(2026, 11, 22, 5, tzinfo=UTC))


@given(st.text(max_size=200))
def test_nothing_typed_raises(typed: str) -> None:
    assert isinstance(understand_filters(typed, NOW), Wanted | BadFilter)
