"""The chart in the thread: a picture; where Slack takes none, its own chart; where it takes neither, nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.app import utc_now
from bot.conversation.posts import Chart, Post
from bot.decision_log.records import PostRecord
from bot.decision_log.scope import Scope
from bot.slack.outbox import Outbox
from tests.support.deliveries import TEAM, button
from tests.support.office import Office, Talk
from tests.support.sandbox_client import SandboxClient

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(autouse=True)
def as_it_was(sandbox: SandboxClient) -> Iterator[None]:
    """Whatever Slack was told to refuse, it takes again afterwards."""
    granted = sandbox.scopes()
    yield
    sandbox.scopes(*granted)
    sandbox.settings(refused_blocks=[], file_processing=0)
    sandbox.post("fail")


def without(sandbox: SandboxClient, *scopes: str) -> None:
    sandbox.scopes(*(scope for scope in sandbox.scopes() if scope not in scopes))


def advised(office: Office, task: str, volume: str = "Under 100,000") -> Talk:
    """A consultation that has its advice, and whatever comes after it."""
    talk = office.start(task)
    talk.press("Yes")
    talk.press("No")
    talk.until_advised(volume)
    return talk


def charts(talk: Talk) -> list[dict[str, Any]]:
    """The messages of the thread that hold a chart, of whichever kind."""
    kinds = ("image", "data_visualization")
    return [m for m in talk.messages() if any(block["type"] in kinds for block in m["blocks"] or ())]


def block(message: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(one for one in message["blocks"] if one["type"] == kind)


def post(talk: Talk) -> PostRecord:
    """The newest chart as the log has it."""
    return [p for p in talk.consultation.posts if p.what == "chart"][-1]


def uploads(office: Office) -> int:
    return len([call for call in office.sandbox.calls("files.completeUploadExternal") if call["ok"]])


def start_again(office: Office) -> None:
    """Another outbox on the same log, as after a restart, which looks at the consultation once more."""
    office.application.outbox.stop()
    old = office.application.outbox
    office.application.outbox = Outbox(old.record, old.conversation, old.slack, old.clock)
    office.application.outbox.start()


def touch(office: Office, talk: Talk) -> None:
    with office.application.record.writing(TEAM) as tx:
        tx.touch(TEAM, talk.consultation.id, utc_now())
    office.application.outbox.wake()
    office.quiet()


def test_the_picture_comes_after_the_advice_with_its_figures_in_words(office: Office) -> None:
    talk = advised(office, "draw apples")
    (chart,) = charts(talk)
    assert chart["ts"] == talk.messages()[-1]["ts"]
    shown = block(chart, "image")
    file = next(f for f in office.sandbox.state("files")["files"] if f["id"] == shown["slack_file"]["id"])
    assert file["mimetype"] == "image/png"
    assert file["size"] > 20_000
    assert chart["text"] == shown["alt_text"]
    assert "calls a month, prompting is cheaper." in chart["text"]
    assert "At 50,000 calls a month: Prompt" in chart["text"]
    assert chart["text"].count("$") >= 4


def test_without_files_write_slacks_own_chart_is_shown(office: Office) -> None:
    without(office.sandbox, "files:write")
    talk = advised(office, "draw bananas")
    (chart,) = charts(talk)
    drawn = block(chart, "data_visualization")["chart"]
    assert drawn["series"][0]["name"] == "Prompt, cached"
    assert 6 <= len(drawn["axis_config"]["categories"]) <= 20
    assert "Beyond this chart: Fine-tune, self-hosted" in block(chart, "context")["elements"][0]["text"]
    assert "prompting is cheaper" in block(chart, "section")["text"]["text"]
    assert "At 50,000 calls a month: Prompt" in chart["text"]
    assert post(talk).about["way"] == "native"


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
def test_an_upload_that_keeps_failing_leads_to_slacks_own_chart(
    office: Office, method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.charting.TRIES", 2)
    office.sandbox.fail(method, status=500, times=50)
    talk = advised(office, f"draw {method}")
    office.eventually(lambda: charts(talk), "a chart")
    assert block(charts(talk)[0], "data_visualization")


def test_an_upload_that_failed_once_is_tried_again(office: Office) -> None:
    office.sandbox.fail("upload", status=503, times=1)
    talk = advised(office, "draw cherries")
    assert block(charts(talk)[0], "image")


def test_where_every_chart_is_refused_the_table_stands_alone(office: Office) -> None:
    without(office.sandbox, "files:write")
    office.sandbox.settings(refused_blocks=["data_visualization"])
    talk = advised(office, "draw dates")
    assert charts(talk) == []
    last = talk.messages()[-1]
    assert any(one["type"] == "table" for one in last["blocks"])
    assert post(talk).closed
    assert office.settled()


def test_a_picture_that_slack_refuses_becomes_its_own_chart(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.slack.charting.TRIES", 2)
    office.sandbox.settings(refused_blocks=["image"])
    talk = advised(office, "draw elderberries")
    (chart,) = charts(talk)
    assert block(chart, "data_visualization")


def test_a_picture_that_is_still_processed_is_waited_for(office: Office) -> None:
    office.sandbox.settings(file_processing=1.5)
    before = uploads(office)
    talk = advised(office, "draw figs")
    (chart,) = charts(talk)
    assert block(chart, "image")
    assert uploads(office) - before == 1


def test_a_changed_answer_brings_a_new_picture_in_the_same_message(office: Office) -> None:
    talk = advised(office, "draw grapes")
    (old,) = charts(talk)
    talk.say("change calls per month to 3M")
    office.quiet()
    (new,) = charts(talk)
    assert new["ts"] == old["ts"]
    assert block(new, "image")["slack_file"] != block(old, "image")["slack_file"]
    assert "Above" in new["text"]


def test_a_picture_that_was_uploaded_before_is_used_again(office: Office) -> None:
    talk = advised(office, "draw hazelnuts")
    talk.say("change calls per month to 50k")
    office.quiet()
    talk.say("change calls per month to 3M")
    office.quiet()
    before = uploads(office)
    talk.say("change calls per month to 50k")
    office.quiet()
    assert uploads(office) == before
    assert "At 50,000 calls a month" in charts(talk)[0]["text"]


def test_when_questions_are_open_again_the_chart_says_that_it_is_void(office: Office) -> None:
    talk = advised(office, "draw kiwis")
    (old,) = charts(talk)
    talk.say("change prompt examples to 8")
    talk.question()
    assert charts(talk) == []
    now = next(m for m in talk.messages() if m["ts"] == old["ts"])
    assert "this chart no longer stands" in now["text"]
    talk.until_advised("Skip the rest")
    (new,) = charts(talk)
    assert new["ts"] > old["ts"]


def test_a_restart_uploads_and_posts_nothing_again(office: Office) -> None:
    talk = advised(office, "draw lemons")
    before = uploads(office), talk.messages()
    start_again(office)
    touch(office, talk)
    assert (uploads(office), talk.messages()) == before


def test_a_crash_between_upload_and_post_leaves_one_message_and_one_file(office: Office) -> None:
    talk = office.start("draw mangos")
    talk.press("Yes")
    asked = (talk.press("No"), talk.question())[1]
    outbox = office.application.outbox
    before = uploads(office)
    killed = _killed_before_the_chart_is_posted(outbox)
    office.slack.click(asked, button(asked, "Under 100,000"))
    office.eventually(lambda: killed, "the kill")
    assert uploads(office) - before == 1
    assert charts(talk) == []
    start_again(office)
    touch(office, talk)
    assert len(charts(talk)) == 1
    assert uploads(office) - before == 1


def _killed_before_the_chart_is_posted(outbox: Outbox) -> list[str]:
    """From now on this outbox dies, as if killed, when it has uploaded a picture and would post it."""
    killed: list[str] = []
    show_one = outbox.showing._show_one

    def dies(standing: Any, consultation: Any, found: Post, shown: Any) -> None:
        if isinstance(found.about, Chart):
            killed.append(found.nonce)
            outbox._sending.stop()
            raise SystemExit
        show_one(standing, consultation, found, shown)

    outbox.showing._show_one = dies  # type: ignore[method-assign]
    return killed


def test_a_crash_between_post_and_note_leaves_one_message(office: Office) -> None:
    talk = advised(office, "draw nectarines")
    before = uploads(office)
    with office.application.record.writing(TEAM) as tx:
        scope, id_ = Scope.of_workspace(TEAM), talk.consultation.id
        tx.change_post(scope, id_, post(talk).id, ts=None, shown=None)
    touch(office, talk)
    assert len(charts(talk)) == 1
    assert post(talk).ts == charts(talk)[0]["ts"]
    assert uploads(office) == before


def test_what_keeps_the_chart_waiting_keeps_nothing_else(office: Office) -> None:
    office.sandbox.fail("files.getUploadURLExternal", status=500, times=1)
    talk = office.start("draw oranges")
    talk.press("Yes")
    asked = (talk.press("No"), talk.question())[1]
    office.slack.click(asked, button(asked, "Under 100,000"))
    office.eventually(lambda: "Prompt first" in talk.messages()[0]["text"], "the advice on the card")
    assert charts(talk) == []
    office.quiet()
    assert len(charts(talk)) == 1
