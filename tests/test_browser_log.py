"""The log as two people use it in a browser, on a desktop and on a phone: found, shown, shared, withdrawn, superseded.

What they see at each stage is kept in test-artifacts/.
"""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect, sync_playwright

from tests.support.deliveries import ANA, BEN, CHANNEL, TEAM
from tests.support.sandboxed import running_sandbox
from tests.support.settled import SETTLED
from tests.support.two_people import CHROMIUM, PHONE, Bot, Person, chromium, looking, without_settings, words

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="These tests look at the page with Chromium, and there is none here."
    ),
]
JOURNEY = pytest.mark.long("minutes of a browser, a sandbox and a bot")

TASKS = (
    "classify support tickets by product", "draft answers to refund requests", "tag invoices with cost centres",
    "summarise sales calls", "route parcels by address", "extract dates from contracts",
    "rank search results for the shop", "translate the handbook", "detect toxic comments",
    "cluster feedback from the survey", "match job offers and people",
)  # fmt: skip
VERDICTS = ("fine_tune", "keep_prompting", "prompt_first", "keep_prompting", "hybrid", "add_retrieval")


def earlier_decisions(now: datetime.datetime) -> dict[str, Any]:
    """Eleven decisions of half a year, as a team wrote them down."""
    decisions = []
    for n, task in enumerate(TASKS, 1):
        at = (now - datetime.timedelta(days=200 - 16 * n)).replace(microsecond=0)
        chosen = VERDICTS[n % len(VERDICTS)]
        overridden = n % 5 == 0
        given = [
            {"key": key, "value": value, "author": ANA, "how": "typed", "at": at}
            for key, value in SETTLED.items()
        ]
        outcome = {
            "by": BEN,
            "at": now,
            "shipped": True,
            "eval_correct": 480,
            "eval_total": 500,
            "bill_per_month": 940,
        }
        decisions.append(
            {
                "number": n,
                "channel": CHANNEL,
                "task": task,
                "recommended": "keep_prompting" if overridden else chosen,
                "chosen": chosen,
                "status": "overridden" if overridden else "accepted",
                "by": BEN if n % 2 else ANA,
                "at": at,
                "why": "The contract asks for a model of our own." if overridden else None,
                "answers": given if n in (1, 10) else [],
                "outcomes": [outcome] if n in (1, 4) else [],
            }
        )
    return {"version": 1, "workspace": TEAM, "decisions": decisions}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = chromium(playwright)
        yield opened
        opened.close()


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    """A workspace whose channel has eleven decisions already."""
    told = json.dumps(earlier_decisions(datetime.datetime.now(datetime.UTC)), default=_moment)
    (tmp_path / "log.json").write_text(told, encoding="utf-8")
    command = [sys.executable, "-m", "bot", "log", "import", "log.json"]
    subprocess.run(command, cwd=tmp_path, env=without_settings(), check=True, stdout=subprocess.DEVNULL)
    with running_sandbox(page=True) as sandbox:
        started = Bot(sandbox, tmp_path)
        started.start()
        try:
            yield started
        finally:
            started.stop()


def _moment(at: datetime.datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def decide(person: Person, task: str) -> None:
    """From the command to a decision: keep prompting, since it is good enough."""
    person.type(f"/tune-or-prompt {task}")
    person.open_thread(task)
    person.answer("May this data be sent", "Yes")
    person.answer("thorough prompt", "with 5 or more")
    person.sees_question("How good is it now")
    person.reply("490 of 500, we need 80%")
    person.sees_question("What would fine-tuning be for")
    person.press(person.asked, "None of these")
    person.sees_question("How many calls a month")
    person.reply("250k a month")
    expect(person.card(task)).to_contain_text(words("Keep prompting"))
    person.press(person.card(task), "Accept")
    expect(person.card(task)).to_contain_text(words("Decided: Keep prompting"))


def newest(person: Person) -> Locator:
    """What this person was told last, for them alone."""
    return person.page.get_by_test_id("ephemeral").last


@JOURNEY
def test_two_people_ask_the_log(browser: Browser, bot: Bot) -> None:
    address, task = bot.sandbox.address, "classify support tickets by urgency"
    with looking(browser, address, "ana") as ana, looking(browser, address, "ben", size=PHONE) as ben:
        decide(ana, task)
        alike = ana.thread.get_by_test_id("message").filter(has_text="like this one")
        expect(alike).to_contain_text(words("#1 classify support tickets by product"))
        alike.scroll_into_view_if_needed()
        ana.picture("60-alike")

        ana.type("/tune-or-prompt log")
        found = ana.is_told("Decisions of this channel")
        expect(found).to_contain_text(words(f"#12 {task}"))
        ana.picture("61-the-log")
        ana.press(found, "Older")
        expect(newest(ana)).to_contain_text(words("#1 classify support tickets by product"))
        expect(ana.page.get_by_test_id("ephemeral")).to_have_count(1)
        ana.picture("62-an-older-page")
        ana.press(newest(ana), "Newer")
        expect(newest(ana)).to_contain_text(words(f"#12 {task}"))

        ben.type("/tune-or-prompt log tickets status:accepted sort:relevance")
        found = ben.is_told("Looked for: tickets status:accepted sort:relevance.")
        ben.picture("63-found-on-a-phone")
        ben.press(found, "Share here")
        shared = ana.channel.get_by_test_id("message").filter(has_text="shared this").last
        expect(shared).to_contain_text(words("@Ben looked for tickets"))
        ana.picture("64-shared")
        ben.type("/tune-or-prompt log colour:red")
        ben.is_told("There is no filter colour")

        ana.type("@Tune or Prompt which decisions were overridden?")
        ana.is_told("Looked for: status:overridden.")
        ana.picture("65-asked-in-words")

        ben.type("/tune-or-prompt show 12")
        shown = ben.is_told("#12 Keep prompting")
        shown.scroll_into_view_if_needed()
        ben.picture("66-one-decision-on-a-phone")
        ana.type("/tune-or-prompt show 12")
        shown = ana.is_told("#12 Keep prompting")
        ana.picture("67-one-decision")
        ana.press(shown, "With today's prices")
        ana.is_told("Today the same answers still lead to")
        ana.picture("68-with-todays-prices")
        ana.press(shown, "Share here")
        expect(ben.channel.get_by_test_id("message").filter(has_text="Shared by").last).to_contain_text(
            words("@Ana")
        )
        ana.press(shown, "Re-open")
        expect(ben.card(task)).to_contain_text(words("Takes up a decision again"))
        ben.picture("69-reopened-on-a-phone")
        ana.press(ana.card(task), "Accept")
        expect(ana.card(task)).to_contain_text(words("Supersedes decision #12."))
        ana.picture("70-supersedes")
        ana.type("/tune-or-prompt show 12")
        ana.is_told("superseded by #13")
        ana.picture("71-superseded")

        ana.type("/tune-or-prompt show 13")
        ana.press(ana.is_told("#13 Keep prompting"), "Withdraw…")
        ana.picture("72-withdraw")
        ana.fill("Why?", "The vendor stops this model in June.")
        ana.submit()
        expect(ana.form).to_have_count(0)
        expect(ana.card(task)).to_contain_text(words("Withdrawn: Keep prompting"))
        ana.picture("73-withdrawn")

        ana.type("/tune-or-prompt stats")
        counts = ana.is_told("13 decisions of this channel")
        expect(counts.get_by_test_id("chart")).to_be_visible()
        ana.picture("74-stats")
        ben.type("/tune-or-prompt stats")
        expect(ben.is_told("13 decisions of this channel").get_by_test_id("chart")).to_be_visible()
        ben.picture("75-stats-on-a-phone")

        ana.type("/tune-or-prompt export csv")
        ana.press(ana.is_told("Post it here?"), "Post it here")
        expect(ben.channel).to_contain_text("decisions.csv")
        ana.picture("76-exported")
        ana.type("/tune-or-prompt export md verdict:fine-tune")
        ana.press(ana.is_told("a record of each"), "Show me the text")
        expect(ana.form).to_contain_text("## Decision Outcome")
        ana.picture("77-as-text")


@JOURNEY
def test_home_has_the_decisions_of_a_person(browser: Browser, bot: Bot) -> None:
    with looking(browser, bot.sandbox.address, "ana") as ana:
        ana.page.get_by_test_id("open-home").click()
        home = ana.page.get_by_test_id("home")
        expect(home).to_contain_text(words("Decisions you took part in"))
        ana.picture("80-home")
        ana.press(home, "Search…")
        ana.fill("What are you looking for?", "colour:red")
        ana.submit()
        expect(ana.form.get_by_test_id("field-error")).to_contain_text("There is no filter colour")
        ana.picture("81-a-bad-filter")
        ana.fill("What are you looking for?", "tickets")
        ana.page.keyboard.press("Tab")  # the mistake goes, and the button moves
        ana.submit()
        expect(home).to_contain_text(words("Looked for: tickets."))
        ana.press(home, "Show #1")
        expect(ana.form).to_contain_text(words("classify support tickets by product"))
        ana.picture("82-a-decision-from-home")
        ana.form.get_by_test_id("modal-close").click()
        ana.page.get_by_role("tab", name="Messages").click()
        ana.type("which decisions were accepted?")
        ana.is_told("Looked for: status:accepted.")
        ana.picture("85-a-direct-message")
        ana.page.get_by_test_id("open-home").click()
        ana.press(home, "Show #10")
        expect(ana.form).to_contain_text(words("cluster feedback from the survey"))
    with looking(browser, bot.sandbox.address, "ana", size=PHONE) as ana:
        ana.picture("83-a-decision-on-a-phone")
        ana.form.get_by_role("button", name="Close").last.click()
        expect(ana.form).to_have_count(0)
        ana.page.get_by_role("button", name="Channels").click()
        ana.page.get_by_test_id("open-home").click()
        ana.page.get_by_test_id("home").get_by_text("Decisions you took part in").scroll_into_view_if_needed()
        ana.picture("84-home-on-a-phone")
