"""Somebody thinks alone in a direct message and takes it to a channel, as people see it; also on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.support.two_people import (
    CHROMIUM,
    PHONE,
    Bot,
    Person,
    chromium,
    looking,
    words,
    workspace_with_bot,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="These tests look at the page with Chromium, and there is none here."
    ),
    pytest.mark.long("minutes of a browser, a sandbox and a bot"),
]
TASK = "sort the complaints"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = chromium(playwright)
        yield opened
        opened.close()


@pytest.fixture
def bot(tmp_path: Path) -> Iterator[Bot]:
    with workspace_with_bot(tmp_path) as found:
        yield found


def open_messages(person: Person) -> None:
    person.page.get_by_test_id("open-home").click()
    person.page.get_by_role("tab", name="Messages").click()
    expect(person.page.get_by_test_id("composer")).to_be_visible()


def take_to(person: Person, channel: str) -> None:
    person.press(person.card(TASK), "Take it to a channel")
    person.form.get_by_label("Which channel?").select_option(label=f"#{channel}")
    person.picture("alone-form")
    person.submit()
    expect(person.form).to_be_hidden()


def test_ana_thinks_alone_and_takes_it_to_her_team(browser: Browser, bot: Bot) -> None:
    address = bot.sandbox.address
    with looking(browser, address, "ana") as ana, looking(browser, address, "ben") as ben:
        open_messages(ana)
        ana.type("hello")
        ana.is_told("Tell me in a few words what the model should do")
        ana.type(TASK)
        expect(ana.channel).to_contain_text("Only you see this")
        ana.picture("alone-1-begun")
        ana.open_thread(TASK)
        ana.sees_question("May this data be sent")
        ana.reply("yes, and we tried a dozen examples")
        ana.sees_question("How good is it now")
        ana.picture("alone-2-thread")
        expect(ben.channel).not_to_contain_text(TASK)
        take_to(ana, "general")
        expect(ana.thread).to_contain_text(words("I could not take this to #general"))
        expect(ana.thread).to_contain_text("Nothing is lost")
        ana.picture("alone-3-not-invited")
        take_to(ana, "ml-platform")
        expect(ana.channel).to_contain_text("Taken to a channel")
        expect(ana.thread).to_contain_text(words("This was taken to #ml-platform"))
        ana.picture("alone-4-taken")
        ben.open_thread(TASK)
        ben.sees_question("How good is it now")
        expect(ben.card(TASK)).to_contain_text("@Ana")
        ben.reply("43 of 50, we need 95%")
        ben.sees_question("What do the misses look like?")
        ben.picture("alone-5-goes-on-in-the-channel")
        ana.thread.get_by_role("link", name="open the thread").last.click()
        expect(ana.page.get_by_test_id("channel-name")).to_contain_text("ml-platform")
        expect(ana.thread).to_contain_text("What do the misses look like?")


def test_on_a_phone(browser: Browser, bot: Bot) -> None:
    with looking(browser, bot.sandbox.address, "ana", channel="messages", size=PHONE) as ana:
        ana.type(TASK)
        expect(ana.channel).to_contain_text("Only you see this")
        ana.picture("alone-phone-1-begun")
        take_to(ana, "general")
        ana.open_thread(TASK)
        expect(ana.thread).to_contain_text("Nothing is lost")
        ana.picture("alone-phone-2-thread")


def test_without_the_permission_it_says_so_once(browser: Browser, tmp_path: Path) -> None:
    with workspace_with_bot(tmp_path) as bot:
        bot.stop()
        bot.sandbox.scopes("commands", "chat:write", "app_mentions:read", "channels:history")
        bot.start()
        with looking(browser, bot.sandbox.address, "ana", size=PHONE) as ana:
            ana.page.goto(f"{bot.sandbox.address}/?as=ana&in=home")
            ana.page.get_by_role("tab", name="Messages").click()
            expect(ana.channel).to_contain_text("I cannot hear what is typed here")
            ana.picture("alone-phone-3-not-heard")
            ana.page.get_by_role("tab", name="Home").click()
            ana.page.get_by_role("tab", name="Messages").click()
            ana.type(f"/tune-or-prompt {TASK}")
            ana.open_thread(TASK)
            ana.answer("May this data be sent", "Yes")
            ana.sees_question("Have you tried")
            expect(ana.channel.get_by_text("I cannot hear what is typed here")).to_have_count(1)
