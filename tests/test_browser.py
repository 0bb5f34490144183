"""Whole consultations as people see them: the bot and the sandbox in processes of their own, and two browsers.

What they see at each stage is kept in test-artifacts/. `pytest tests/test_browser.py --long --readme-picture` takes
the picture in the README anew.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.support.two_people import (
    CHROMIUM,
    PICTURES,
    ROOT,
    Bot,
    Person,
    chromium,
    end,
    free_port,
    looking,
    page_answers,
    without_settings,
    words,
    workspace_with_bot,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="These tests look at the page with Chromium, and there is none here."
    ),
]
JOURNEY = pytest.mark.long("minutes of a browser, a sandbox and a bot")
STARTED_WITHIN = 10
"""Seconds from the one command to a page that answers."""
STOPPED_WITHIN = 5
README_PICTURE = ROOT / "docs" / "sandbox.png"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = chromium(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    """A workspace for the tests that do not mind what others do in it."""
    with workspace_with_bot(tmp_path_factory.mktemp("shared")) as bot:
        yield bot


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Bot]:
    """A workspace for one test alone."""
    with workspace_with_bot(tmp_path) as bot:
        yield bot


@pytest.fixture
def ana(browser: Browser, shared: Bot) -> Iterator[Person]:
    with looking(browser, shared.sandbox.address, "ana") as person:
        yield person


def start(ana: Person, task: str) -> None:
    """Type the command, and open the thread that it brings."""
    ana.type(f"/tune-or-prompt {task}")
    ana.open_thread(task)
    ana.sees_question("May this data be sent")


def leave_pages_as_they_are(bot: Bot) -> None:
    """For four seconds no message is edited, as when Slack asks to wait: what others did is not to be seen yet."""
    bot.sandbox.fail("chat.update", status=429, retry_after=4)


def until_advised(ana: Person, task: str) -> None:
    """From the first question to the advice, by buttons: keep prompting, since there is no reason to tune."""
    ana.answer("May this data be sent", "Yes")
    ana.answer("thorough prompt", "with 5 or more")
    ana.sees_question("How good is it now")
    ana.reply("490 of 500, we need 80%")
    ana.sees_question("What would fine-tuning be for")
    ana.press(ana.asked, "None of these")
    ana.answer("How many calls a month", "Not sure")
    expect(ana.card(task)).to_contain_text(words("Keep prompting"))


@JOURNEY
def test_two_people_decide_and_find_it_again(
    browser: Browser, own: Bot, request: pytest.FixtureRequest
) -> None:
    address, task = own.sandbox.address, "classify support tickets"
    with looking(browser, address, "ana") as ana, looking(browser, address, "ben") as ben:
        ana.picture("01-an-empty-channel")
        ana.type(f"/tune-or-prompt {task}")
        expect(ben.card(task)).to_contain_text(words("at most 10 to go"))
        ben.picture("02-the-card")
        ana.open_thread(task)
        ben.open_thread(task)
        ana.picture("03-the-first-question")

        ana.answer("May this data be sent", "Yes")
        expect(ben.thread).to_contain_text(words("Data may leave: Yes, answered by @Ana"))
        ben.sees_question("thorough prompt")
        ben.reply("yes, a dozen examples")
        expect(ben.thread).to_contain_text(words("Thorough prompt: 12 examples, answered by @Ben"))
        ana.picture("04-a-typed-answer")

        ben.sees_question("How good is it now")
        ben.press(ben.asked, "Enter figures…")
        ben.fill("Right answers in your evaluation", "a lot")
        ben.submit()
        expect(ben.form.get_by_test_id("field-error")).to_contain_text(words("number"))
        ben.picture("05-a-form-with-a-mistake")
        ben.fill("Right answers in your evaluation", "43")
        ben.fill("Cases in your evaluation", "50")
        ben.fill("Share that must be right", "95")
        ben.submit()
        expect(ben.form).to_have_count(0)
        expect(ana.card(task)).to_contain_text(words("43 of 50"))

        ana.answer("What do the misses look like", "It does not know our labels")
        ben.sees_question("What would fine-tuning be for")
        ben.press(ben.asked, "That is all")
        ben.is_told("Nothing is ticked")
        ben.asked.get_by_label("Better quality").check()
        ben.asked.get_by_label("Lower cost").check()
        ben.picture("06-several-reasons")
        ben.press(ben.asked, "That is all")
        ana.answer("two to four weeks", "Yes")
        ben.sees_question("reviewed input/output examples")
        ben.reply("about 400")
        ana.answer("instructions change", "No, always the same")
        ana.sees_question("How many calls a month")
        ana.picture("07-the-last-question")
        ana.reply("80k a month")

        advice = ana.thread.get_by_test_id("message").filter(has_text="Next steps")
        expect(advice).to_contain_text(words("At 80,000 calls a month"))
        ana.picture("08-the-advice")
        table = advice.get_by_test_id("table").last
        expect(table.get_by_role("columnheader")).to_contain_text(["Option", "A month", "Up front"])
        expect(table.get_by_role("cell", name="Fine-tune: Nova Micro on AWS")).to_be_visible()
        before = table.inner_text()

        ana.change(task, "Calls a month")
        expect(ana.form).to_contain_text(words("The answer now: 80,000"))
        ana.picture("09-changing-an-answer")
        ana.form.get_by_role("textbox").fill("2.5M")
        ana.submit()
        expect(ben.card(task)).to_contain_text(words("2.5M"))
        expect(advice.last).to_contain_text(words("At 2.5M calls a month"))
        expect(table).not_to_have_text(before)
        on_card_and_advice = ana.thread.get_by_role("button", name="Accept")
        expect(on_card_and_advice).to_have_count(2)
        ana.picture("10-a-changed-answer")

        stale = ben.thread.locator("[data-action-id=accept]").last
        expect(stale).to_be_visible()
        leave_pages_as_they_are(own)
        ana.press(ana.card(task), "Accept")
        ana.page.wait_for_timeout(500)  # hers comes first, also on a busy machine
        stale.click()
        ben.is_told("Decision #1: accepted by @Ana")
        ben.picture("11-a-click-that-came-too-late")
        expect(ana.card(task)).to_contain_text(words("Decided: Fine-tune"))
        expect(ana.page.get_by_test_id("ephemeral")).to_have_count(0)
        expect(ana.page.locator("[data-action-id=accept]")).to_have_count(0)
        ana.picture("12-decided")
        if request.config.getoption("--readme-picture"):
            shutil.copy(PICTURES / "12-decided.png", README_PICTURE)

        ben.type("/tune-or-prompt log")
        found = ben.is_told("Decisions of this channel")
        expect(found).to_contain_text(words("#1 classify support tickets"))
        ben.picture("13-the-log")
        ben.type("/tune-or-prompt show 1")
        shown = ben.is_told("#1 Fine-tune")
        expect(shown).to_contain_text(words("2.5M (@Ana), before that 80,000 (@Ana)"))
        expect(shown.get_by_test_id("table")).to_be_visible()
        ben.picture("14-one-decision")
        expect(ana.page.get_by_test_id("ephemeral")).to_have_count(0)


@JOURNEY
def test_a_bot_that_is_killed_goes_on_where_it_was(browser: Browser, own: Bot) -> None:
    task = "draft release notes"
    with (
        looking(browser, own.sandbox.address, "ana") as ana,
        looking(browser, own.sandbox.address, "ben") as ben,
    ):
        start(ana, task)
        ben.open_thread(task)
        ana.answer("May this data be sent", "Yes")
        ben.answer("thorough prompt", "with 5 or more")
        ana.sees_question("How good is it now")
        own.kill()
        expect(ana.page.get_by_test_id("not-connected")).to_be_visible()
        ben.reply("490 of 500, we need 80%")
        ana.picture("20-the-bot-is-gone")
        own.start()
        expect(ana.page.get_by_test_id("not-connected")).to_have_count(0)
        ana.sees_question("How good is it now")
        own.sandbox.let_time_pass(60)  # Slack sends what nobody took once more after a minute
        ana.sees_question("What would fine-tuning be for")
        expect(ana.card(task)).to_contain_text(words("Thorough prompt"))
        expect(ana.thread.locator("[data-action-id=skip_rest]")).to_have_count(1)
        ana.picture("21-the-bot-is-back")
        own.kill()
        own.start()
        ana.press(ana.asked, "None of these")
        ana.answer("How many calls a month", "Not sure")
        expect(ana.card(task)).to_contain_text(words("Keep prompting"))
        ana.press(ana.card(task), "Accept")
        expect(ben.card(task)).to_contain_text(words("Decided: Keep prompting"))
        ana.picture("22-decided-after-all")


@JOURNEY
def test_deciding_otherwise_takes_a_reason(ana: Person) -> None:
    task = "tag invoices"
    start(ana, task)
    until_advised(ana, task)
    ana.press(ana.card(task), "We decided otherwise…")
    expect(ana.form).to_contain_text(words("Advised was: Keep prompting"))
    ana.form.get_by_role("combobox").select_option(label="Fine-tune")
    ana.form.get_by_role("textbox").fill("   ")
    ana.submit()
    expect(ana.form.get_by_test_id("field-error")).to_be_visible()
    ana.picture("30-a-reason-is-required")
    ana.form.get_by_role("textbox").fill("The contract asks for a model of our own.")
    ana.submit()
    expect(ana.form).to_have_count(0)
    expect(ana.card(task)).to_contain_text(words("Decided: Fine-tune"))
    expect(ana.card(task)).to_contain_text(words("Why: The contract asks for a model of our own."))
    ana.picture("31-decided-otherwise")


@JOURNEY
def test_not_now_sets_it_aside_and_it_can_be_taken_up_again(ana: Person) -> None:
    task = "rank search results"
    start(ana, task)
    until_advised(ana, task)
    ana.press(ana.card(task), "Not now")
    expect(ana.card(task)).to_contain_text(words("Set aside for now"))
    ana.picture("32-set-aside")
    ana.press(ana.card(task), "Take it up again")
    expect(ana.card(task)).to_contain_text(words("Keep prompting"))
    ana.page.get_by_test_id("open-home").click()
    expect(ana.page.get_by_test_id("home")).to_contain_text(words(f"{task} Advised, not decided yet"))


@JOURNEY
def test_a_second_answer_to_the_same_question_is_told_what_the_answer_is(
    browser: Browser, shared: Bot, ana: Person
) -> None:
    task = "summarize calls"
    start(ana, task)
    with looking(browser, shared.sandbox.address, "ben") as ben:
        ben.open_thread(task)
        ben.sees_question("May this data be sent")
        no = ben.asked.locator("[data-action-id='answer:data_may_leave:no']")
        leave_pages_as_they_are(shared)
        ana.press(ana.asked, "Yes")
        no.click()
        ben.is_told("@Ana answered this")
        ben.picture("40-somebody-was-faster")
        expect(ana.card(task)).to_contain_text(words("Data may leave: Yes"))
        expect(ana.page.get_by_test_id("ephemeral")).to_have_count(0)


@JOURNEY
def test_home_starts_a_decision_and_lists_what_is_open(ana: Person) -> None:
    ana.page.get_by_test_id("open-home").click()
    home = ana.page.get_by_test_id("home")
    expect(home).to_contain_text(words("Your open consultations"))
    ana.press(home, "Start a decision")
    ana.fill("What should the model do?", "translate the handbook")
    ana.form.get_by_label("In which channel?").select_option(label="#support-eng")
    ana.form.get_by_label("May this data be sent").select_option(label="Yes")
    ana.picture("50-the-start-form")
    ana.submit()
    expect(ana.form).to_have_count(0)
    ana.go_to("support-eng")
    expect(ana.card("translate the handbook")).to_contain_text(words("1 answered"))
    ana.page.get_by_test_id("open-home").click()
    expect(home).to_contain_text(words("translate the handbook Open, since"))
    ana.picture("51-home")
    home.get_by_role("link", name="Open the thread").first.click()
    expect(ana.page.get_by_test_id("thread-messages")).to_be_visible()


@JOURNEY
def test_an_admin_changes_the_settings_and_others_see_them(browser: Browser, own: Bot) -> None:
    with (
        looking(browser, own.sandbox.address, "ana") as ana,
        looking(browser, own.sandbox.address, "ben") as ben,
    ):
        start(ana, "mark essays")
        ana.reply("no")
        ana.reply("1M a month")
        explained = ana.thread.get_by_test_id("message").filter(has_text="Next steps")
        expect(explained).to_contain_text(words("a month at 1M calls a month"))
        ana.page.get_by_test_id("open-home").click()
        home = ana.page.get_by_test_id("home")
        expect(home).to_contain_text(words("Nothing is set"))
        ana.picture("52-settings")
        ana.press(home, "Thresholds…")
        ana.fill("Low volume, below", "2M")
        ana.picture("53-settings-form")
        ana.submit()
        expect(ana.form.get_by_test_id("field-error")).to_contain_text(
            words("at most 1,000,000 calls a month")
        )
        ana.fill("Low volume, below", "80k")
        ana.submit()
        expect(ana.form).to_have_count(0)
        expect(home).to_contain_text(words("Low volume, below: 80,000 calls a month"))
        ana.press(home, "Work and labels…")
        ana.fill("An hour of engineering", "$150")
        ana.submit()
        expect(home).to_contain_text(words("$150 an hour"))
        ana.picture("54-settings-in-force")
        ben.page.get_by_test_id("open-home").click()
        theirs = ben.page.get_by_test_id("home")
        expect(theirs).to_contain_text(words("$150 an hour"))
        expect(theirs).to_contain_text(words("Who can change these: @Ana"))
        expect(theirs.locator("button", has_text="Back to the default")).to_have_count(0)
        ana.press(home, "Back to the default")
        expect(home.locator("button", has_text="Back to the default")).to_have_count(1)


@JOURNEY
def test_advice_is_argued_with_in_its_thread(ana: Person) -> None:
    task = "grade essays"
    start(ana, task)
    ana.answer("May this data be sent", "Yes")
    ana.answer("thorough prompt", "with 5 or more")
    ana.sees_question("How good is it now")
    ana.reply("40 of 50, we need 85%")
    ana.answer("What do the misses look like", "It does not know our labels")
    ana.sees_question("What would fine-tuning be for")
    ana.reply("better quality")
    ana.answer("two to four weeks", "Yes")
    ana.sees_question("reviewed input/output examples")
    ana.reply("about 600")
    ana.answer("instructions change", "No, always the same")
    ana.sees_question("How many calls a month")
    ana.reply("80k a month")
    advice = ana.thread.get_by_test_id("message").filter(has_text="Next steps")
    expect(advice).to_contain_text(words("Measure first"))
    expect(advice).to_contain_text(words("40 of 50 were right, 80%; the true rate may be 67% to 89%"))
    expect(advice).to_contain_text(words("Measure 146 more first"))
    expect(advice).to_contain_text(words("Confidence: "))

    picture = ana.thread.get_by_role("img", name=re.compile("calls a month"))
    expect(picture).to_be_visible()
    first = picture.get_attribute("src")
    assert picture.evaluate("image => image.naturalWidth") >= 1_000
    picture.scroll_into_view_if_needed()
    ana.picture("70-the-chart")

    ana.press(advice, "The case against")
    expect(ana.form).to_contain_text(words("4,000 wrong answers too many a month"))
    ana.picture("71-the-case-against")
    ana.page.keyboard.press("Escape")
    ana.press(advice, "What would change it")
    expect(ana.form).to_contain_text(words("48 or more: Keep prompting"))
    ana.picture("72-what-would-change-it")
    ana.page.keyboard.press("Escape")
    expect(ana.form).to_have_count(0)

    ana.reply("what if 2M calls?")
    difference = ana.thread.get_by_test_id("message").filter(has_text=words("What if: 2M calls a month"))
    expect(difference).to_contain_text(words("Nothing was changed"))
    expect(ana.card(task)).to_contain_text(words("Calls a month: 80,000"))
    ana.picture("73-what-if")
    ana.press(difference, "Adopt")
    expect(ana.card(task)).to_contain_text(words("Calls a month: 2M"))
    expect(difference.locator("button", has_text="Adopt")).to_have_count(0)
    expect(picture).not_to_have_attribute("src", str(first))
    ana.picture("74-adopted")

    ana.press(advice, "Assumptions…")
    ana.fill("Prompt tokens a call", "lots")
    ana.submit()
    expect(ana.form.get_by_test_id("field-error")).to_be_visible()
    ana.fill("Prompt tokens a call", "6,000")
    ana.picture("75-the-assumptions")
    ana.submit()
    expect(ana.form).to_have_count(0)
    expect(advice).to_contain_text(words("Stated by you: prompt tokens a call"))
    ana.picture("76-an-assumption-changed")


@JOURNEY
def test_people_are_understood_in_their_own_words_or_asked(ana: Person) -> None:
    task = "answer refund requests"
    start(ana, task)
    ana.reply("yep, legal signed off on it last week")
    ana.sees_question("thorough prompt")
    ana.reply("yes, a dozen exmaples")
    ana.sees_question("How good is it now")
    ana.reply("43 of 50, we need 95%")
    ana.sees_question("What do the misses look like")
    before = ana.thread.get_by_test_id("message").count()
    ana.reply("haha nice weather today")
    expect(ana.thread.get_by_test_id("message")).to_have_count(before + 1)
    ana.reply("it doesn't know our own labels")
    ana.sees_question("What would fine-tuning be for")
    ana.reply("better quality")
    ana.sees_question("two to four weeks")
    ana.picture("80-in-their-own-words")
    ana.reply("about 80k calls a month, 20 per user")
    doubt = ana.thread.get_by_test_id("message").filter(has=ana.page.locator("[data-action-id^=right]")).last
    expect(doubt).to_contain_text(words("80k calls a month"))
    expect(ana.card(task)).not_to_contain_text(words("Calls a month"))
    ana.picture("81-a-doubtful-reading")
    ana.press(doubt, "Right")
    expect(ana.card(task)).to_contain_text(words("Calls a month: 80,000"))
    ana.reply("sorry, 200k calls a month")
    expect(ana.card(task)).to_contain_text(words("Calls a month: 200k"))
    ana.picture("82-corrected")


@JOURNEY
def test_a_single_word_is_asked_about(ana: Person) -> None:
    ana.type("/tune-or-prompt moderation")
    told = ana.is_told("“moderation” is not one of my commands")
    ana.picture("60-a-single-word")
    ana.press(told, "Start with this task")
    expect(ana.card("moderation").get_by_test_id("replies")).to_be_visible()


@JOURNEY
def test_in_a_channel_without_the_app_one_is_told_to_invite_it(ana: Person) -> None:
    ana.go_to("general")
    ana.type("/tune-or-prompt classify support tickets")
    expect(ana.is_told("I'm not in this channel")).to_contain_text(words("/invite @Tune or Prompt"))
    ana.picture("61-a-channel-without-the-app")
    expect(ana.channel.get_by_test_id("message")).to_have_count(0)


@JOURNEY
def test_a_message_can_be_decided_on_in_its_thread(ana: Person) -> None:
    ana.go_to("support-eng")
    ana.type("Should we tune a small model for the triage queue?")
    message = ana.card("triage queue")
    message.hover()
    message.get_by_test_id("message-menu").click()
    ana.picture("62-the-shortcut")
    message.get_by_text("Decide in this thread").click()
    ana.open_thread("triage queue")
    ana.sees_question("May this data be sent")
    ana.picture("63-decide-in-this-thread")


@JOURNEY
def test_a_mention_starts_a_consultation_in_its_thread(ana: Person) -> None:
    ana.go_to("support-eng")
    ana.type("@Tune or Prompt extract dates from contracts")
    ana.open_thread("extract dates from contracts")
    ana.sees_question("May this data be sent")
    expect(ana.thread.get_by_test_id("message")).to_have_count(3)
    ana.picture("64-a-mention")


@JOURNEY
@pytest.mark.parametrize(
    ("flags", "who", "name", "channel"),
    [
        (["--shared"], "pia", "Pia (Globex)", "globex-acme"),
        (["--org", "--shared"], "sam", "Sam (Acme Labs)", "all-acme"),
    ],
)
def test_people_of_two_workspaces_hold_one_consultation_together(
    flags: list[str], who: str, name: str, channel: str, browser: Browser, tmp_path: Path
) -> None:
    task = "sort joint orders"
    with (
        workspace_with_bot(tmp_path, *flags) as bot,
        looking(browser, bot.sandbox.address, "ana", channel) as ana,
        looking(browser, bot.sandbox.address, who, channel) as other,
    ):
        other.type("/tune-or-prompt log")
        other.is_told("has no decisions yet" if who == "sam" else "is not a valid command")
        other.type(f"@Tune or Prompt {task}")
        ana.open_thread(task)
        other.open_thread(task)
        ana.answer("May this data be sent", "Yes")
        other.answer("thorough prompt", "with 5 or more")
        expect(ana.thread).to_contain_text(words(f"answered by @{name}"))
        ana.sees_question("How good is it now")
        other.reply("490 of 500, we need 80%")
        ana.sees_question("What would fine-tuning be for")
        ana.press(ana.asked, "None of these")
        other.answer("How many calls a month", "Enter a number")
        other.fill("Calls a month", "50000")
        other.submit()
        expect(ana.thread).to_contain_text(words("Keep prompting"))
        other.press(other.thread, "What would change it")
        expect(other.form).to_contain_text("What would change it")
        other.page.keyboard.press("Escape")
        other.press(other.thread, "Accept")
        expect(ana.thread).to_contain_text(words(f"accepted by @{name}"))
        ana.picture(f"66-{who}-in-{channel}")


@JOURNEY
def test_what_can_be_said_in_a_thread_is_answered_there(ana: Person) -> None:
    task = "route emails"
    start(ana, task)
    for said, answered in (
        ("why do you ask", "every hosted model is out"),
        ("help", "What you can say here"),
        ("yes, we have a BAA", "Have you tried a thorough prompt"),
        ("back", "took back the answer to: Data may leave"),
        ("summary", "Asked now: May this data be sent"),
    ):
        ana.reply(said)
        expect(ana.thread).to_contain_text(words(answered))
    ana.picture("65-said-in-a-thread")


@pytest.mark.parametrize("how", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=JOURNEY)])
def test_one_command_in_an_empty_directory_is_enough(
    browser: Browser, tmp_path: Path, how: signal.Signals
) -> None:
    address = f"http://127.0.0.1:{(port := free_port())}"
    command = [sys.executable, "-m", "bot", "--port", str(port)]
    with (tmp_path / "said").open("w") as said:
        process = subprocess.Popen(
            command, cwd=tmp_path, env=without_settings(), stdout=said, stderr=subprocess.STDOUT
        )
    try:
        assert page_answers(address, STARTED_WITHIN)
        task = "classify support tickets"
        with looking(browser, address, "ana") as ana:
            expect(ana.page.get_by_test_id("not-connected")).to_have_count(0)
            ana.page.get_by_test_id("try").click()
            ana.page.get_by_test_id("composer").press("Enter")
            ana.open_thread(task)
            until_advised(ana, task)
            ana.press(ana.card(task), "Accept")
            expect(ana.card(task)).to_contain_text(words("Decided: Keep prompting"))
            ana.type("/tune-or-prompt show 1")
            ana.is_told("#1 Keep prompting")
            assert end(process, how, STOPPED_WITHIN) == 0
    finally:
        process.kill()
        process.wait()
    told = (tmp_path / "said").read_text()
    assert told.splitlines() == [
        f"Tune or Prompt is running in a sandbox. Open {address} in your browser and type:",
        "  /tune-or-prompt classify support tickets",
        "Stop with Ctrl+C.",
    ]
