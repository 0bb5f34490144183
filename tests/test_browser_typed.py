"""Two people type a whole consultation as people do: a suggestion is taken, something is corrected, a reply is edited,
another is deleted, and two questions are asked about the advice.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect, sync_playwright

from tests.support.two_people import CHROMIUM, Bot, Person, chromium, looking, words, workspace_with_bot

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="These tests look at the page with Chromium, and there is none here."
    ),
    pytest.mark.long("minutes of a browser, a sandbox and a bot"),
]
TASK = "sort the customer letters"
DOUBTED = "somehow it is never quite the cup of tea that we ordered"


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


def said(person: Person, text: str) -> Locator:
    """The newest message of the thread that says this."""
    return person.thread.get_by_test_id("message").filter(has_text=words(text)).last


def edit(person: Person, old: str, new: str) -> None:
    message = said(person, old)
    message.scroll_into_view_if_needed()
    message.hover()
    message.get_by_test_id("edit-message").click()
    area = person.page.get_by_test_id("edit-text")
    area.fill(new)
    area.press("Enter")
    expect(said(person, new)).to_contain_text("(edited)")


def delete(person: Person, text: str) -> None:
    message = said(person, text)
    message.scroll_into_view_if_needed()
    message.hover()
    message.get_by_test_id("delete-message").click()
    person.page.get_by_test_id("confirm").get_by_text("Delete", exact=True).click()


def test_two_people_type_a_consultation_from_the_first_question_to_the_decision(
    browser: Browser, bot: Bot
) -> None:
    address = bot.sandbox.address
    with looking(browser, address, "ana") as ana, looking(browser, address, "ben") as ben:
        ana.type(f"/tune-or-prompt {TASK}")
        ana.open_thread(TASK)
        ben.open_thread(TASK)
        _answered_by_typing(ana, ben)
        _corrected(ana, ben)
        _asked_about(ana, ben)
        ana.press(said(ana, "Next steps"), "Accept")
        expect(ana.channel).to_contain_text(words("Decided: "))
        ben.picture("typed-4-decided")


def _answered_by_typing(ana: Person, ben: Person) -> None:
    ana.sees_question("May this data be sent")
    ana.reply("yes, legal signed it off for our own Azure tenant")
    ben.sees_question("Have you tried a thorough prompt")
    ben.reply("yes, with 12 examples")
    ana.sees_question("How good is it now")
    ana.reply("43 of 50, we need 95%")
    ben.sees_question("What do the misses look like")
    ben.reply(DOUBTED)
    offered = said(ben, "do you mean")
    expect(offered).to_be_visible()
    ben.picture("typed-1-suggested")
    offered.locator("button", has_text="It does not know our labels or format").click()
    ana.sees_question("What would fine-tuning be for")
    ana.reply("better quality, nothing else")
    ben.sees_question("Can you live with")
    ben.reply("Sure, nobody is in a hurry for these letters")
    ana.sees_question("How many reviewed")
    ana.reply("about 400 reviewed letters")
    ben.sees_question("Do the instructions change")
    ben.reply("no, always the same instructions")
    ana.sees_question("How many calls a month")
    ana.reply("80k a month")
    expect(said(ana, "Next steps")).to_contain_text("Fine-tune")
    expect(ana.thread).not_to_contain_text("Understood: 80k")
    ana.picture("typed-2-advised")


def _corrected(ana: Person, ben: Person) -> None:
    ben.reply("change the reviewed examples to 600")
    expect(said(ben, "Understood: 600 reviewed examples")).to_be_visible()
    edit(ana, "80k a month", "800k a month")
    expect(said(ben, "edited a reply. Calls a month: 80,000 → 800k")).to_be_visible()
    edit(ben, "yes, with 12 examples", "yes, with 12 examples.")
    delete(ben, "no, always the same instructions")
    gone = said(ana, "was deleted. The answer stays")
    expect(gone).to_contain_text("No, always the same")
    expect(gone.locator("button", has_text="Take it back")).to_be_visible()
    ana.picture("typed-3-corrected")
    expect(ben.thread).not_to_contain_text(words("edited a reply. Thorough prompt"))


def _asked_about(ana: Person, ben: Person) -> None:
    ben.reply("ok, but why fine-tune and not just a longer prompt?")
    expect(said(ben, "The prompt had its fair try (12 examples)")).to_contain_text(
        "It rests on these answers"
    )
    ana.reply("when does it pay for itself?")
    expect(said(ana, "They cost the same at")).to_be_visible()
