"""What stays refused is tried ever more rarely, and never less than now and then."""

from __future__ import annotations

from bot.slack.lanes import Lanes
from bot.slack.outbox import LEASE
from tests.support.deliveries import button
from tests.support.office import Office


def test_a_token_that_stays_refused_is_tried_ever_more_rarely_and_every_quarter_of_an_hour() -> None:
    now, waited = [0.0], list[float | None]()
    lanes = Lanes(clock=lambda: now[0])
    while len(waited) < 9:
        lanes.stop("T1", "token_revoked")
        waited.append(lanes.next_change())
        now[0] += waited[-1] or 0.0
    assert waited == [15, 30, 60, 120, 240, 480, 900, 900, 900]
    assert lanes.stopped() == {"T1": "token_revoked"}
    now[0] += 100
    assert lanes.stopped() == {}, "nothing waits for it, or it would have been tried again"
    assert lanes.go_on("T1")
    lanes.stop("T1", "token_revoked")
    assert lanes.next_change() == 15


def test_what_stays_refused_is_tried_ever_more_rarely_and_every_hour(office: Office) -> None:
    talk = office.start("weigh rare tries")
    asked = talk.question()
    outbox = office.application.outbox
    outbox.stop()
    office.sandbox.fail("chat.postMessage", error="is_archived", times=1_000)
    office.slack.click(asked, button(asked, "Yes"))
    waited: list[float] = []
    while len(waited) < 9:
        due_at = outbox.record.next_due()
        assert due_at is not None
        [row] = outbox.record.claim(max(due_at, outbox.clock()), LEASE, 1)
        outbox.send(row)
        again = outbox.record.next_due()
        assert again is not None
        waited.append((again - outbox.clock()).total_seconds())
    usual = [60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]
    assert all(
        0.9 * least < seconds <= min(3600, 1.2 * least) for least, seconds in zip(usual, waited, strict=True)
    )
