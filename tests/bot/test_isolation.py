"""Nobody waits for somebody else's trouble."""

from __future__ import annotations

import gc
import time
from concurrent.futures import ThreadPoolExecutor

from bot.serving import keep_what_is_loaded
from bot.slack.web_api import SECONDS_AT_ONCE
from tests.support.deliveries import CHANNEL
from tests.support.office import Office

THREADS = 16
"""As many as the server has unless it is told otherwise."""


def test_forty_forms_that_slack_does_not_open_keep_the_log_from_nobody(office: Office) -> None:
    office.sandbox.fail("views.open", delay=4.0, times=1_000)
    with ThreadPoolExecutor(THREADS) as server:
        forms = [server.submit(office.slack.command, "", response_url=office.ear.url) for _ in range(40)]
        begun = time.monotonic()
        status, said = server.submit(office.slack.command, "log").result()
        waited = time.monotonic() - begun
        answers = [form.result() for form in forms]
    office.sandbox.mend()
    assert status == 200
    assert "no decisions yet" in said
    assert waited < SECONDS_AT_ONCE, "it waits for no call that hangs"
    assert {status for status, _ in answers} == {200}
    assert len(office.ear.told) == 40, "whoever got no form is told so"


def test_a_channel_in_which_slack_takes_its_time_delays_no_other(office: Office) -> None:
    office.sandbox.fail("chat.postMessage", delay=3.0, times=8)
    for number in range(8):
        office.slack.command(f"weigh slowness {number}")
    office.eventually(lambda: office.sandbox.calls("chat.postMessage"), "the first of them")
    office.sandbox.mend()
    begun = time.monotonic()
    office.slack.command("weigh elsewhere", channel_id="CSUPPORT")
    office.eventually(
        lambda: [m for m in office.sandbox.messages("CSUPPORT") if "weigh elsewhere" in m["text"]], "its card"
    )
    assert time.monotonic() - begun < 1.0
    assert not [m for m in office.sandbox.messages(CHANNEL) if "slowness 7" in m["text"]]


def test_a_collection_which_holds_up_every_thread_looks_through_nothing_that_was_loaded_before() -> None:
    before = len(gc.get_objects())
    try:
        keep_what_is_loaded()
        assert len(gc.get_objects()) < before / 100
    finally:
        gc.unfreeze()
