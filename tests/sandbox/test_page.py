"""The page in a real browser: it draws everything, does what one does on it, and keeps what one was typing."""

from __future__ import annotations

import json
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.sandbox import APP_TOKEN, BOT_TOKEN
from bot.sandbox.workspace import InstalledApp
from tests.support.bolt_app import close

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="These tests look at the page with Chromium, and there is none here."
    ),
]
BROWSER = pytest.mark.long("a browser for each thing that the page can do")
SERVE = "from bot.sandbox.server import Sandbox; Sandbox(port={port}).run()"
ONE_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SPITE = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script> <b>x</b> & "q"'


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def served(*command: str, port: int) -> Iterator[str]:
    """Run a server in its own process until the tests are done with it."""
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT)
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(address, timeout=20).read()
                break
            except OSError:
                assert process.poll() is None, "the server stopped"
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    port = free_port()
    yield from served("-m", "tests.support.gallery", str(port), port=port)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[str]:
    port = free_port()
    yield from served("-c", SERVE.format(port=port), port=port)


@pytest.fixture
def alone() -> Iterator[str]:
    """A sandbox of one's own to which no app ever connects."""
    port = free_port()
    yield from served("-c", SERVE.format(port=port), port=port)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab in which nothing may go wrong: no failed request, no error, nothing from another server."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("requestfailed", lambda request: troubles.append(f"failed: {request.url}"))
    page.on("request", lambda request: None if "127.0.0.1" in request.url else troubles.append(request.url))
    page.on("response", lambda answer: troubles.append(answer.url) if answer.status >= 400 else None)
    yield page
    found = [*troubles]  # leaving ends what is still loading, which is no trouble
    page.goto("about:blank")
    page.close()
    assert [one for one in found if "example.com" not in one and not one.startswith("data:")] == []


OFFERED = {shortcut.type: shortcut.callback_id for shortcut in InstalledApp().shortcuts}

# A small app of the tests' own, so that they speak about the page and not about a product.


def words(text: str) -> dict[str, str]:
    return {"type": "plain_text", "text": text}


def option(text: str) -> dict[str, Any]:
    return {"text": words(text), "value": text}


SURE = {
    "title": words("Really?"),
    "text": words("It goes."),
    "confirm": words("Yes, withdraw"),
    "deny": words("No"),
}
CARD = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Pick one*"}},
    {
        "type": "actions",
        "block_id": "pick",
        "elements": [
            {"type": "button", "action_id": "form", "text": words("Open the form")},
            {
                "type": "button",
                "action_id": "gone",
                "style": "danger",
                "text": words("Withdraw"),
                "confirm": SURE,
            },
            {"type": "static_select", "action_id": "choice", "options": [option("red"), option("blue")]},
            {"type": "overflow", "action_id": "more", "options": [option("explain"), option("export")]},
        ],
    },
]


def form(title: str, *, step: int = 1) -> dict[str, Any]:
    number = {"type": "number_input", "action_id": "v", "is_decimal_allowed": False}
    sides = {"type": "radio_buttons", "action_id": "v", "options": [option("left"), option("right")]}
    rename = {"type": "button", "action_id": "rename", "text": words("Rename")}
    return {
        "type": "modal",
        "callback_id": f"step{step}",
        "title": words(title),
        "submit": words("Send"),
        "close": words("Cancel"),
        "blocks": [
            {"type": "input", "block_id": "calls", "label": words("Calls"), "element": number},
            {"type": "input", "block_id": "side", "optional": True, "label": words("Side"), "element": sides},
            {"type": "actions", "block_id": "extra", "elements": [rename]},
        ],
    }


def small_app(address: str) -> tuple[App, SocketModeHandler]:
    client = WebClient(token=BOT_TOKEN, base_url=f"{address}/api/")
    app = App(client=client, signing_secret=None, raise_error_for_unhandled_request=False)

    @app.command("/tune-or-prompt")
    def command(ack: Any, command: dict[str, Any], client: WebClient) -> None:
        ack()
        card = client.chat_postMessage(channel=command["channel_id"], text="Pick one", blocks=CARD)
        client.chat_postMessage(
            channel=command["channel_id"], thread_ts=card["ts"], text=f"For {command['text']}"
        )
        client.chat_postEphemeral(
            channel=command["channel_id"], user=command["user_id"], text="Just between us"
        )

    @app.action("form")
    def opened(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form("First"))

    @app.action("rename")
    def renamed(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_update(view_id=body["view"]["id"], view=form("Renamed"))

    @app.view("step1")
    def sent(ack: Any, view: dict[str, Any], body: dict[str, Any], client: WebClient) -> None:
        calls = view["state"]["values"]["calls"]["v"]["value"]
        if calls == "13":
            return ack(response_action="errors", errors={"calls": "Not that number."})
        if calls == "2":
            return ack(response_action="push", view=form("Second", step=2))
        ack()
        side = (view["state"]["values"]["side"]["v"]["selected_option"] or {}).get("value")
        client.chat_postMessage(channel="CMLPLAT", text=f"Sent {calls} {side} by <@{body['user']['id']}>")
        return None

    @app.view("step2")
    def second(ack: Any) -> None:
        ack(response_action="clear")

    @app.action("gone")
    def withdrawn(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.chat_update(
            channel=body["channel"]["id"], ts=body["message"]["ts"], text="Withdrawn", blocks=[]
        )

    @app.action("choice")
    def chosen(ack: Any, action: dict[str, Any], say: Any) -> None:
        ack()
        say(f"Chose {action['selected_option']['value']}")

    @app.action("more")
    def more(ack: Any, action: dict[str, Any], say: Any) -> None:
        ack()
        say(f"More: {action['selected_option']['value']}")

    @app.shortcut(OFFERED["message"])
    def shortcut(ack: Any, shortcut: dict[str, Any], client: WebClient) -> None:
        ack()
        channel, ts = shortcut["channel"]["id"], shortcut["message"]["ts"]
        client.chat_postMessage(channel=channel, thread_ts=ts, text="Deciding here")

    @app.shortcut(OFFERED["global"])
    def start(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form("From anywhere"))

    @app.event("app_home_opened")
    def home(event: dict[str, Any], client: WebClient) -> None:
        words = {"type": "mrkdwn", "text": f"Welcome <@{event['user']}>"}
        client.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": [{"type": "section", "text": words}]}
        )

    @app.event("app_mention")
    def mentioned(event: dict[str, Any], say: Any) -> None:
        say("You called", thread_ts=event.get("thread_ts") or event["ts"])

    return app, SocketModeHandler(app, APP_TOKEN)


@pytest.fixture(scope="module")
def connected(sandbox: str) -> Iterator[str]:
    """The sandbox with the small app connected to it."""
    _, handler = small_app(sandbox)
    handler.connect()
    yield sandbox
    close(handler.client)


def tell(address: str, verb: str, **body: Any) -> Any:
    request = urllib.request.Request(
        f"{address}/sandbox/{verb}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    return json.loads(urllib.request.urlopen(request, timeout=10).read())


def type_in(page: Page, text: str, where: str = "composer") -> None:
    page.get_by_test_id(where).fill(text)
    page.get_by_test_id(where).press("Enter")


def last(page: Page, text: str) -> Any:
    return page.get_by_test_id("messages").get_by_test_id("message").filter(has_text=text).last


def start(page: Page, address: str, task: str, person: str = "ana") -> Any:
    """Run the command; returns the card."""
    page.goto(f"{address}/?as={person}&in=ml-platform")
    expect(page.get_by_test_id("composer")).to_be_visible()
    before = page.get_by_test_id("messages").get_by_text("Pick one").count()
    type_in(page, f"/tune-or-prompt {task}")
    expect(page.get_by_test_id("messages").get_by_text("Pick one")).to_have_count(before + 1)
    return last(page, "Pick one")


def test_every_block_is_drawn_and_an_unknown_one_is_said(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/?as=chen&in=support-eng")
    expect(page.get_by_test_id("message").first).to_be_visible()
    for hook in ("table", "data-table", "chart", "container", "image", "file"):
        assert page.get_by_test_id(hook).count() > 0, hook
    expect(page.get_by_text("a block of type “hologram”")).to_be_visible()
    expect(page.get_by_text("this block of type “table”")).to_be_visible()
    assert page.locator(".blocks script, .blocks [onerror]").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0


@BROWSER
def test_a_long_table_pages_sorts_and_filters(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/?as=chen&in=support-eng")
    table = page.get_by_test_id("data-table")
    expect(table.locator("tbody tr")).to_have_count(4)
    table.get_by_role("button", name="Next").click()
    expect(table.locator("tbody tr").first).to_contain_text("#5")
    table.get_by_role("button", name="Calls a month").click()
    table.get_by_role("button", name="Calls a month").click()
    expect(table.locator("tbody tr").first).to_contain_text("#11")
    table.get_by_role("searchbox").fill("fine-tune")
    expect(table.locator("tbody tr")).to_have_count(3)


@BROWSER
def test_a_modal_holds_every_kind_of_input(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/?as=ben")
    modal = page.get_by_test_id("modal")
    expect(modal.get_by_label("Task")).to_be_focused()
    for label in ("Calls a month", "Kind", "Channel", "Owner", "Review on", "Note"):
        expect(modal.get_by_label(label)).to_be_attached()
    expect(modal.get_by_role("radio")).to_have_count(2)
    modal.locator("details.multi summary").click()
    modal.locator("details.multi .option").last.click()
    expect(modal.locator(".chip")).to_have_count(2)


@BROWSER
def test_only_the_person_it_is_for_sees_an_ephemeral_message(gallery: str, page: Page) -> None:
    page.goto(f"{gallery}/?as=ana")
    expect(page.get_by_test_id("ephemeral")).to_contain_text("Only visible to you")
    page.get_by_test_id("person-chen").click()
    expect(page.get_by_test_id("person-chen")).to_have_attribute("aria-checked", "true")
    expect(page.get_by_test_id("ephemeral")).to_have_count(0)
    expect(page).to_have_url(re.compile("as=chen"))


@BROWSER
def test_without_an_app_the_page_says_so_and_what_to_try(alone: str, page: Page) -> None:
    page.goto(f"{alone}/?in=support-eng")
    expect(page.get_by_test_id("not-connected")).to_be_visible()
    expect(page.get_by_test_id("try")).to_be_visible()
    page.get_by_test_id("try").click()
    expect(page.get_by_test_id("composer")).to_have_value("/tune-or-prompt classify support tickets")


@BROWSER
def test_what_is_typed_is_said_as_it_was_typed(sandbox: str, page: Page) -> None:
    page.goto(f"{sandbox}/?as=ben&in=general")
    type_in(page, SPITE)
    message = last(page, "onerror")
    expect(message).to_contain_text(SPITE)
    expect(message).to_contain_text("Ben")
    assert page.evaluate("window.hurt") is None


@BROWSER
def test_one_edits_and_deletes_what_one_typed_oneself(sandbox: str, page: Page) -> None:
    page.goto(f"{sandbox}/?as=ben&in=general")
    type_in(page, "80k calls, I thnik")
    message = last(page, "thnik")
    message.hover()
    message.get_by_test_id("edit-message").click()
    area = page.get_by_test_id("edit-text")
    expect(area).to_have_value("80k calls, I thnik")
    area.fill("80k calls, I think")
    area.press("Enter")
    message = last(page, "I think")
    expect(message).to_contain_text("(edited)")
    message.hover()
    message.get_by_test_id("delete-message").click()
    page.get_by_test_id("confirm").get_by_text("Delete", exact=True).click()
    expect(page.get_by_text("I think")).to_have_count(0)
    page.goto(f"{sandbox}/?as=ana&in=general")
    type_in(page, "Good morning")
    page.goto(f"{sandbox}/?as=ben&in=general")
    expect(last(page, "Good morning").get_by_test_id("edit-message")).to_have_count(0)


@BROWSER
def test_typing_survives_what_others_do(sandbox: str, page: Page) -> None:
    page.goto(f"{sandbox}/?as=ana&in=general")
    composer = page.get_by_test_id("composer")
    composer.press_sequentially("half a sen")
    tell(sandbox, "say", user="UCHEN", channel="CGENERAL", text="meanwhile")
    expect(last(page, "meanwhile")).to_be_visible()
    expect(composer).to_have_value("half a sen")
    expect(composer).to_be_focused()
    page.get_by_test_id("channel-support-eng").click()
    expect(page.get_by_test_id("channel-name")).to_contain_text("support-eng")
    expect(composer).to_have_value("")
    page.get_by_test_id("channel-general").click()
    expect(composer).to_have_value("half a sen")


@BROWSER
def test_a_file_is_attached_taken_away_and_sent(sandbox: str, page: Page) -> None:
    page.goto(f"{sandbox}/?as=ana&in=support-eng")
    picker, attached = page.locator("[data-attach]"), page.get_by_test_id("attached")
    picker.set_input_files({"name": "wrong.csv", "mimeType": "text/csv", "buffer": b"a\n1\n"})
    attached.get_by_label("Remove wrong.csv").click()
    picker.set_input_files({"name": SPITE, "mimeType": "text/csv", "buffer": b"correct\n1\n"})
    expect(attached.locator("[data-file]:not([data-file=''])")).to_have_count(1)
    page.locator(".send").click()
    expect(attached.locator(".clip")).to_have_count(0)
    card = page.get_by_test_id("messages").get_by_test_id("file").last
    expect(card).to_contain_text(SPITE)
    assert page.evaluate("window.hurt") is None
    with urllib.request.urlopen(f"{sandbox}/sandbox/state?only=messages") as answer:
        message = json.load(answer)["messages"][-1]
    assert (message["subtype"], message["user"], message["text"]) == ("file_share", "UANA", "")


@BROWSER
def test_an_empty_file_is_refused_and_holds_up_nothing(sandbox: str, page: Page) -> None:
    page.goto(f"{sandbox}/?as=ana&in=general")
    picker, attached = page.locator("[data-attach]"), page.get_by_test_id("attached")
    picker.set_input_files({"name": "empty.csv", "mimeType": "text/csv", "buffer": b""})
    expect(attached).to_contain_text("empty.csv is empty, and is not sent.")
    type_in(page, "a text beside an empty file")
    expect(last(page, "a text beside an empty file")).to_be_visible()
    expect(attached.locator(".clip")).to_have_count(0)


@BROWSER
def test_a_picture_is_sent_like_any_other_file(sandbox: str, page: Page) -> None:
    page.goto(f"{sandbox}/?as=ana&in=general")
    picture = b64decode(ONE_PIXEL)
    page.locator("[data-attach]").set_input_files(
        {"name": "dot.png", "mimeType": "image/png", "buffer": picture}
    )
    expect(page.get_by_test_id("attached").locator("[data-file]:not([data-file=''])")).to_have_count(1)
    type_in(page, "see the picture")
    expect(last(page, "see the picture").get_by_test_id("image")).to_be_visible()
    page.wait_for_function("[...document.images].every((image) => image.complete)")


@BROWSER
def test_a_file_that_cannot_be_read_holds_up_nothing(sandbox: str, page: Page) -> None:
    """As a folder is, when it is dropped."""
    page.goto(f"{sandbox}/?as=ana&in=general")
    expect(page.get_by_test_id("composer")).to_be_visible()
    page.evaluate("void (window.fetch = () => Promise.reject(new TypeError('Failed to fetch')))")
    page.locator("[data-attach]").set_input_files({"name": "f", "mimeType": "text/csv", "buffer": b"1"})
    expect(page.get_by_test_id("attached")).to_contain_text("f could not be read, and is not sent.")
    type_in(page, "a text beside a folder")
    expect(last(page, "a text beside a folder")).to_be_visible()


@BROWSER
def test_a_file_is_dropped_on_a_pane(sandbox: str, page: Page) -> None:
    page.goto(f"{sandbox}/?as=ben&in=support-eng")
    expect(page.get_by_test_id("composer")).to_be_visible()
    with page.expect_response("**/page/uploads*") as uploaded:
        page.evaluate(
            """() => {
                const carried = new DataTransfer();
                carried.items.add(new File(["correct"], "dropped.csv"));
                const at = document.querySelector("[data-testid=messages]");
                at.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
            }"""
        )
    uploaded.value.finished()
    expect(page.get_by_test_id("attached")).to_contain_text("dropped.csv")


@BROWSER
def test_two_tabs_show_the_same_and_unread_channels_are_marked(
    sandbox: str, browser: Browser, page: Page
) -> None:
    page.goto(f"{sandbox}/?as=ana&in=ml-platform")
    expect(page.get_by_test_id("composer")).to_be_visible()
    other = browser.new_page()
    other.goto(f"{sandbox}/?as=chen&in=general")
    expect(other.get_by_test_id("composer")).to_be_visible()
    type_in(other, "hello from the other tab")
    expect(page.locator("[data-testid=channel-general].unread")).to_be_visible()
    page.get_by_test_id("channel-general").click()
    expect(last(page, "hello from the other tab")).to_be_visible()
    expect(page.locator("[data-testid=channel-general].unread")).to_have_count(0)
    other.close()


@BROWSER
def test_a_scrolled_channel_stays_where_it_is_when_something_new_comes(sandbox: str, page: Page) -> None:
    for number in range(30):
        tell(sandbox, "say", user="UBEN", channel="CGENERAL", text=f"line {number}")
    page.goto(f"{sandbox}/?as=ana&in=general")
    expect(last(page, "line 29")).to_be_in_viewport()
    page.get_by_test_id("messages").evaluate("box => box.scrollTop = 40")
    tell(sandbox, "say", user="UBEN", channel="CGENERAL", text="one more line")
    expect(last(page, "one more line")).to_be_attached()
    assert page.get_by_test_id("messages").evaluate("box => box.scrollTop") == 40


def test_a_command_brings_a_card_a_thread_and_a_private_note(connected: str, page: Page) -> None:
    card = start(page, connected, "sort the mail")
    expect(page.get_by_test_id("ephemeral").last).to_contain_text("Just between us")
    expect(card.get_by_test_id("replies")).to_contain_text("1 reply")
    expect(card.get_by_test_id("new-replies")).to_contain_text("1 new")
    card.get_by_test_id("replies").click()
    thread = page.get_by_test_id("thread")
    expect(thread).to_contain_text("For sort the mail")
    type_in(page, "in the thread", "thread-composer")
    expect(thread.get_by_text("in the thread", exact=True)).to_be_visible()
    expect(card.get_by_test_id("replies")).to_contain_text("2 replies")
    expect(card.get_by_test_id("new-replies")).to_have_count(0)


@BROWSER
def test_a_command_is_suggested_while_it_is_typed(connected: str, page: Page) -> None:
    page.goto(f"{connected}/?in=ml-platform")
    composer = page.get_by_test_id("composer")
    composer.press_sequentially("/tu")
    expect(page.get_by_test_id("hints")).to_contain_text("/tune-or-prompt")
    composer.press("Enter")
    expect(composer).to_have_value("/tune-or-prompt ")
    composer.fill("")
    composer.press_sequentially("@tu")
    composer.press("Tab")
    expect(composer).to_have_value("@Tune or Prompt ")
    composer.press_sequentially("are you there")
    composer.press("Enter")
    message = last(page, "are you there")
    expect(message.locator(".mention")).to_have_text("@Tune or Prompt")
    expect(message.get_by_test_id("replies")).to_be_visible()


def test_a_form_is_filled_corrected_renamed_and_sent(connected: str, page: Page) -> None:
    start(page, connected, "a form").get_by_text("Open the form").click()
    modal = page.get_by_test_id("modal")
    modal.get_by_label("Calls").fill("a lot")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_test_id("field-error")).to_contain_text("number")
    for _ in range(2):
        modal.get_by_label("Calls").fill("13")
        modal.get_by_label("Calls").press("Enter")
        expect(modal.get_by_test_id("field-error")).to_have_text("Not that number.")
    modal.get_by_label("right").check()
    modal.get_by_label("Calls").fill("80")
    modal.get_by_text("Rename").click()
    expect(modal.get_by_role("heading")).to_have_text("Renamed")
    expect(modal.get_by_label("Calls")).to_have_value("80")
    expect(modal.get_by_label("right")).to_be_checked()
    modal.get_by_test_id("modal-submit").click()
    expect(modal).to_have_count(0)
    expect(last(page, "Sent 80 right by @Ana")).to_be_visible()


@BROWSER
def test_a_form_on_a_form_goes_back_and_both_can_be_cleared(connected: str, page: Page) -> None:
    start(page, connected, "two forms").get_by_text("Open the form").click()
    modal = page.get_by_test_id("modal")
    modal.get_by_label("Calls").fill("2")
    modal.get_by_test_id("modal-submit").click()
    expect(modal.get_by_role("heading")).to_have_text("Second")
    modal.get_by_label("Back").click()
    expect(modal.get_by_role("heading")).to_have_text("First")
    page.keyboard.press("Escape")
    expect(modal).to_have_count(0)


@BROWSER
def test_a_button_that_asks_first_does_nothing_until_one_agrees(connected: str, page: Page) -> None:
    card = start(page, connected, "withdraw")
    card.get_by_text("Withdraw").click()
    page.get_by_test_id("confirm").get_by_text("No").click()
    expect(card).to_contain_text("Pick one")
    ts = card.get_attribute("data-ts")
    card.get_by_text("Withdraw").click()
    page.get_by_test_id("confirm").get_by_text("Yes, withdraw").click()
    expect(page.get_by_test_id("messages").locator(f"article[data-ts='{ts}']")).to_contain_text("Withdrawn")


@BROWSER
def test_a_choice_and_a_menu_reach_the_app(connected: str, page: Page) -> None:
    card = start(page, connected, "choices")
    card.locator("[data-action-id=choice]").select_option("blue")
    expect(last(page, "Chose blue")).to_be_visible()
    card.locator("[data-action-id=more] summary").click()
    card.get_by_role("menuitem", name="explain").click()
    expect(last(page, "More: explain")).to_be_visible()


@BROWSER
def test_shortcuts_are_in_the_menus(connected: str, page: Page) -> None:
    page.goto(f"{connected}/?as=chen&in=ml-platform")
    type_in(page, "shall we decide this")
    message = last(page, "shall we decide this")
    message.hover()
    message.get_by_test_id("message-menu").click()
    message.get_by_text("Decide in this thread").click()
    message.get_by_test_id("replies").click()
    expect(page.get_by_test_id("thread")).to_contain_text("Deciding here")
    page.get_by_test_id("shortcuts").click()
    page.get_by_role("menuitem", name="Start a model decision").click()
    expect(page.get_by_test_id("modal").get_by_role("heading")).to_have_text("From anywhere")
    page.get_by_test_id("modal-close").click()


@BROWSER
def test_the_home_is_opened_for_whom_one_is(connected: str, page: Page) -> None:
    page.goto(f"{connected}/?as=ben")
    page.get_by_test_id("open-home").click()
    expect(page.get_by_test_id("home")).to_contain_text("Welcome @Ben")
    page.get_by_test_id("person-chen").click()
    expect(page.get_by_test_id("home")).to_contain_text("Welcome @Chen")


@BROWSER
def test_a_scheduled_message_comes_when_time_passes(connected: str, page: Page) -> None:
    page.goto(f"{connected}/?as=ana&in=support-eng")
    expect(page.get_by_test_id("composer")).to_be_visible()
    client = WebClient(token=BOT_TOKEN, base_url=f"{connected}/api/")
    client.chat_scheduleMessage(
        channel="CSUPPORT", post_at=int(time.time()) + 20 * 86400, text="How did it go?"
    )
    page.get_by_test_id("let-time-pass").click()
    expect(page.get_by_test_id("scheduled")).to_contain_text("#support-eng")
    page.get_by_role("menuitem", name="30 days").click()
    expect(last(page, "How did it go?")).to_be_visible()


@BROWSER
def test_a_link_to_a_message_opens_its_thread(connected: str, page: Page) -> None:
    client = WebClient(token=BOT_TOKEN, base_url=f"{connected}/api/")
    root = client.chat_postMessage(channel="CMLPLAT", text="The root")
    reply = client.chat_postMessage(channel="CMLPLAT", text="The reply", thread_ts=root["ts"])
    link = f"https://slack.com/archives/CMLPLAT/p{reply['ts'].replace('.', '')}"
    client.chat_postMessage(channel="CSUPPORT", text=f"See <{link}|that message>")
    page.goto(f"{connected}/?in=support-eng")
    last(page, "that message").get_by_text("that message").click()
    expect(page.get_by_test_id("channel-name")).to_contain_text("ml-platform")
    expect(page.get_by_test_id("thread")).to_contain_text("The root")
    page.goto(client.chat_getPermalink(channel="CMLPLAT", message_ts=root["ts"])["permalink"])
    expect(page.get_by_test_id("thread")).to_contain_text("The reply")


@BROWSER
def test_a_command_that_nobody_answers_is_said_to_have_failed(alone: str, page: Page) -> None:
    page.goto(f"{alone}/?as=ben&in=ml-platform")
    type_in(page, "/tune-or-prompt anything")
    expect(page.get_by_test_id("ephemeral")).to_contain_text("failed")


@BROWSER
def test_at_a_narrow_width_the_thread_takes_the_place_of_the_channel(gallery: str, page: Page) -> None:
    page.set_viewport_size({"width": 760, "height": 700})
    page.goto(f"{gallery}/?as=ana")
    page.get_by_test_id("replies").click()
    expect(page.get_by_test_id("thread-composer")).to_be_visible()
    expect(page.get_by_test_id("composer")).to_be_hidden()
    page.get_by_test_id("close-thread").click()
    expect(page.get_by_test_id("composer")).to_be_visible()
