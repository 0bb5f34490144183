from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from bot.conversation.inquiry import Page
from bot.decision_log.records import Place
from bot.sandbox import checks
from bot.slack.blocks import Message, message, text, without_table
from bot.slack.checks import check, check_view, texts
from bot.views import ids, notes, press
from bot.views.advice import advice
from bot.views.card import card
from bot.views.document import Document
from bot.views.log import log_list
from bot.views.phrases import QUESTIONS
from bot.views.question import question
from core.wording import HEADLINES, money
from tests.support.consulted import A_FEW, CASES, EVERY, NASTY, OPEN, decision, standing
from tests.support.drawn import Cases, messages, views
from tests.support.examples import examples

PLAIN = "classify support tickets"
OURS = re.compile(r"<@U[A-Z0-9]*>|<#CSUPPORT>|<!date\^\d+\^\{\w+\}\|[\w ]+>|<https://[^|<>\s]+\|[^<>|]+>")
"""The only markup in angle brackets that we write."""


WHERE = pytest.mark.parametrize(
    "cases",
    [A_FEW, pytest.param(EVERY, marks=pytest.mark.long("what is nasty is so in every consultation"))],
    ids=["a few", "every"],
)


@WHERE
@pytest.mark.parametrize("text", NASTY)
def test_every_message_fits_whatever_people_write(text: str, cases: Cases) -> None:
    for name, sent in messages(text, cases):
        check(sent.text, sent.blocks)
        assert sent.text.strip(), name


@WHERE
@pytest.mark.parametrize("text", NASTY)
def test_every_form_and_home_page_fits_whatever_people_write(text: str, cases: Cases) -> None:
    for _, view in views(text, cases):
        check_view(view)


def test_slack_would_take_every_message_and_view() -> None:
    for name, sent in messages(NASTY[4]):
        assert checks.block_problems(list(sent.blocks), "message") == [], name
    for name, view in views(NASTY[4]):
        assert checks.view_problems(view) == [], name


def elements(blocks: Any) -> Iterator[dict[str, Any]]:
    if isinstance(blocks, dict):
        if "action_id" in blocks:
            yield blocks
        for inner in blocks.values():
            yield from elements(inner)
    elif isinstance(blocks, list | tuple):
        for inner in blocks:
            yield from elements(inner)


@examples(5, 30, suppress_health_check=[HealthCheck.too_slow])
@given(st.text("<>!@#|&channelUANhtps:/.* _`\n", max_size=300) | st.text(max_size=300))
def test_nothing_that_people_write_pings_or_links(text: str) -> None:
    for name, sent in messages(text, A_FEW):
        if "card" in name and "fine_tune" not in name:
            continue
        for drawn in (sent.text, *texts(sent.blocks)):
            left = OURS.sub("", drawn)
            assert "<" not in left, name
            assert ">" not in left, name


@pytest.mark.parametrize(
    "text", ["<!channel>", "<!here|x>", "<@UEVE>", "<https://evil.example|bank>", "<#C1|x>"]
)
def test_markup_in_a_task_is_shown_as_typed(text: str) -> None:
    for name, sent in messages(text, A_FEW):
        for drawn in (sent.text, *texts(sent.blocks)):
            assert text not in drawn, name


def test_every_text_is_calm_and_without_emoji() -> None:
    for name, sent in [
        *messages(PLAIN),
        *((n, Message("-", tuple(v["blocks"]))) for n, v in views(PLAIN)),
    ]:
        for drawn in (sent.text, *texts(sent.blocks)):
            said = OURS.sub("it", drawn)
            assert "!" not in said, (name, drawn)
            assert not re.search(r":[a-z_]+:", said), (name, drawn)
            assert not any(unicodedata.category(char) == "So" for char in said), (name, drawn)
            assert not re.search(r"\bNone\b(?! yet| of these)|\bTrue\b|\bFalse\b|Decimal", said), (
                name,
                drawn,
            )
            assert "  " not in said, (name, drawn)
            assert not re.search(r"\.\.|,\.| \.|;\.", said), (name, drawn)


def test_every_text_has_blocks_that_say_no_emoji_is_to_be_drawn() -> None:
    for _, sent in messages(PLAIN):
        for element in _text_objects(sent.blocks):
            assert element.get("emoji") is False or element.get("verbatim") is True


def _text_objects(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text"):
            yield part
        for inner in part.values():
            yield from _text_objects(inner)
    elif isinstance(part, list | tuple):
        for inner in part:
            yield from _text_objects(inner)


def test_every_button_is_one_that_is_listened_for() -> None:
    drawn = [
        *(sent.blocks for _, sent in messages(PLAIN)),
        *(view["blocks"] for _, view in views(PLAIN)),
    ]
    names = {ids.read_action_id(one["action_id"])[0] for blocks in drawn for one in elements(blocks)}
    assert names == {*ids.ACTIONS, ids.VALUE}


def test_every_answer_of_every_question_can_be_pressed() -> None:
    stands = standing({})
    for name, asked in QUESTIONS.items():
        usual = asked.under(stands.advice.policy).choices
        drawn = list(elements(message(question(stands, name)).blocks))
        pressed = {ids.read_action_id(one["action_id"]) for one in drawn}
        if asked.several:
            offered = next(one["options"] for one in drawn if one["type"] == "checkboxes")
            assert [option["value"] for option in offered] == [choice.id for choice in usual]
        else:
            assert {(ids.ANSWER, (name, choice.id)) for choice in usual} <= pressed
        assert (ids.NOT_SURE, (name,)) in pressed


def test_each_edit_of_a_message_has_new_block_ids() -> None:
    before = message(card(standing(CASES["fine_tune"])))
    ids_before = {block["block_id"] for block in before.blocks}
    assert len(ids_before) == len(before.blocks)
    assert all(":12:" in block_id for block_id in ids_before)


@pytest.mark.parametrize("name", CASES)
def test_the_advice_says_its_verdict_and_its_figures_in_plain_text(name: str) -> None:
    stands = standing(CASES[name])
    said = text(advice(stands))
    assert said.startswith(f"{HEADLINES[stands.advice.verdict]}.")
    for scenario in stands.told.ledger.scenarios():
        for option in scenario.options:
            for dollars in (option.month, option.up_front, option.first_year):
                assert dollars is not None
                assert money(dollars) in said
    assert "Next steps:" in said


@pytest.mark.parametrize("name", CASES)
def test_the_card_of_finished_advice_says_its_figures_too(name: str) -> None:
    stands = standing(CASES[name])
    said = text(card(stands))
    assert HEADLINES[stands.advice.verdict] in said
    assert "a month" in said


def test_the_table_can_be_written_out_where_slack_refuses_tables() -> None:
    for name in CASES:
        document = advice(standing(CASES[name]))
        before, after = message(document), message(without_table(document))
        assert sum(block["type"] == "table" for block in before.blocks) == 1
        assert not any(block["type"] == "table" for block in after.blocks)
        check(after.text, after.blocks)


def test_unknown_calls_are_shown_as_two_examples() -> None:
    said = text(advice(standing(CASES["add_retrieval"])))
    assert "At 100k calls a month, an example:" in said
    assert "At 1M calls a month, an example:" in said


def test_the_last_question_says_that_it_only_prices_the_options() -> None:
    stands = standing(OPEN["only the price is missing"])
    assert stands.asking == "calls_per_month"
    assert "The verdict stands" in text(question(stands, "calls_per_month"))
    assert "The verdict stands" in text(card(stands))


def test_a_decided_consultation_can_be_read_and_not_changed() -> None:
    for made in (decision(), decision(status="overridden", chosen="fine_tune", why="the vendor offered it")):
        stands = standing(CASES["keep_prompting"], status="decided", decision=made)
        for drawn in (message(card(stands)), message(advice(stands))):
            left = {ids.read_action_id(one["action_id"])[0] for one in elements(drawn.blocks)}
            assert left <= {ids.REASONS, ids.WOULD_CHANGE, ids.CASE_AGAINST, ids.COSTS}
            assert "#42" in drawn.text
    assert "the vendor offered it" in drawn.text


def test_a_button_carries_what_its_presser_saw() -> None:
    carried = press.Press(
        "c1",
        "quality",
        7,
        {"quality_now": 0.86, "misses": None},
        "a task",
        Place("C1", 12),
        (None, Place("C1", 30)),
    )
    assert press.read_press(str(carried)) == carried


@pytest.mark.parametrize(
    "value", [None, "", "no json", "[]", '{"c": 3, "s": "x", "v": [], "w": "?"}', "null", "1e999"]
)
def test_a_button_that_is_not_ours_carries_nothing(value: str | None) -> None:
    assert press.read_press(value) == press.Press()


def test_older_and_newer_lead_through_the_log_and_back() -> None:
    first = log_list(Page([decision(number=n) for n in range(40, 30, -1)], "mail", has_older=True))
    older = _turn(first, ids.OLDER)
    assert older == press.Press(query="mail", before=Place("CSUPPORT", 31), way=(None,))
    page = [decision(number=number) for number in range(30, 20, -1)]
    second = log_list(Page(page, "mail", Place("CSUPPORT", 31), has_older=True), older.way)
    assert _turn(second, ids.NEWER) == press.Press(query="mail")
    assert _turn(second, ids.OLDER) == press.Press(
        query="mail", before=Place("CSUPPORT", 21), way=(None, Place("CSUPPORT", 31))
    )


def _turn(page: Document, way: str) -> press.Press:
    wanted = ids.action_id(ids.LOG_PAGE, way)
    return press.read_press(
        next(one["value"] for one in elements(message(page).blocks) if one["action_id"] == wanted)
    )


def test_the_second_of_two_clickers_hears_who_was_first() -> None:
    given = standing({"data_may_leave": True}).given[0]
    said = text(notes.late(given))
    assert said.startswith("<@UANA> answered this ")
    assert "Yes" in said
