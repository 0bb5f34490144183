"""Questions of six strangers in twenty-four threads, frozen before they were first asked, each judged by two others.

The first sixty (X, Y, Z) were answered to the point 37 and 37 times, as the two judges found, 12 and 13 times in part.
Then their classes were mended, and of the second sixty (U, V, W), in other threads, 36 and 38 were, 15 and 14 in part,
and 2 met silence. Fifty-four of sixty are wanted. ``judged`` is what each judge said of the first answer; nobody judged
again since.
"""

from __future__ import annotations

import datetime
import json
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.conversation.replies import Act
from tests.support.asked import answer
from tests.support.deliveries import ANA, CHANNEL, TEAM, button
from tests.support.office import Office, Talk
from tests.support.settled import advice_of

KEPT = json.loads(
    (Path(__file__).parents[1] / "vectors" / "questions_in_threads.json").read_text(encoding="utf-8")
)
TO_THE_POINT = "to the point"


def begun(office: Office, task: str, values: Mapping[str, Any]) -> Talk:
    """The thread of a consultation in which all this was answered, with its advice."""
    act = Act(TEAM, CHANNEL, ANA, f"started {uuid.uuid4()}", datetime.datetime.now(datetime.UTC))
    office.application.outbox.conversation.start(act, task, values=values)
    card = office.eventually(lambda: office.card(task), "the card")
    talk = Talk(office, card["ts"])
    office.quiet()
    return talk


def with_its_log(office: Office, case: Mapping[str, Any]) -> Talk:
    """The same in a channel that took its earlier decisions."""
    for earlier in KEPT["logs"][case["log"]]:
        advised = advice_of(begun(office, earlier["task"], earlier["answers"]))
        assert office.slack.click(advised, button(advised, "Accept"))[0] == 200
    office.quiet()
    return begun(office, case["task"], case["answers"])


@pytest.mark.long("ten dozen questions, each typed in a thread of its own kind")
@pytest.mark.parametrize("case", KEPT["cases"])
def test_what_was_to_the_point_is_answered_and_no_question_changes_anything(
    office: Office, case: str
) -> None:
    talk = with_its_log(office, KEPT["cases"][case])
    before = talk.consultation.answers, talk.consultation.version, talk.consultation.status
    silent = [
        asked["id"]
        for asked in KEPT["questions"]
        if asked["case"] == case and not answer(talk, asked["text"]) and TO_THE_POINT in asked["judged"]
    ]
    assert silent == []
    now = talk.consultation
    assert (now.answers, now.version, now.status) == before


def test_the_figures_told_are_those_that_were_judged() -> None:
    judged = [[one["judged"][judge] for one in KEPT["questions"]] for judge in (0, 1)]
    counted = [of[half].count(TO_THE_POINT) for half in (slice(60), slice(60, 120)) for of in judged]
    assert counted == [37, 37, 36, 38]
