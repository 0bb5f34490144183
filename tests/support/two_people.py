"""The sandbox's page in a real browser, as somebody uses it, and the processes behind it: for tests and pictures."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from playwright.sync_api import Browser, Locator, Page, Playwright, expect

from bot.sandbox import APP_TOKEN, BOT_TOKEN
from bot.sandbox.tokens import OWNER
from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxed import running_sandbox

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "test-artifacts"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--force-color-profile=srgb"]
SIZE = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 15_000
"""How long the page is given to show what somebody did."""


def chromium(playwright: Playwright) -> Browser:
    """The browser of this machine, without a window."""
    expect.set_options(timeout=PATIENCE_MS)
    return playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


def words(text: str) -> re.Pattern[str]:
    """These words, whatever marks keep somebody's own words apart from ours, and lines from one another."""
    return re.compile("[\u2068\u2069]*".join(r"\s*" if c == " " else re.escape(c) for c in text))


@dataclass
class Person:
    """Somebody who looks at the workspace in a browser of their own."""

    page: Page
    name: str
    pictures: Path

    @property
    def channel(self) -> Locator:
        """The messages of the channel they look at."""
        return self.page.get_by_test_id("messages")

    @property
    def thread(self) -> Locator:
        """The thread they have open."""
        return self.page.get_by_test_id("thread-messages")

    @property
    def asked(self) -> Locator:
        """The open question of the thread."""
        skip = self.page.locator("[data-action-id=skip_rest]")
        return self.thread.get_by_test_id("message").filter(has=skip).last

    @property
    def form(self) -> Locator:
        """The form in front of them."""
        return self.page.get_by_test_id("modal")

    def go_to(self, channel: str) -> None:
        self.page.get_by_test_id(f"channel-{channel}").click()
        expect(self.page.get_by_test_id("channel-name")).to_contain_text(channel)

    def type(self, text: str) -> None:
        """Type something in the channel and send it."""
        self._send("composer", text)

    def reply(self, text: str) -> None:
        """Type something in the open thread and send it."""
        self._send("thread-composer", text)

    def _send(self, where: str, text: str) -> None:
        box = self.page.get_by_test_id(where)
        box.fill(text)
        box.press("Enter")
        expect(box).to_have_value("")

    def card(self, task: str) -> Locator:
        """The newest message of the channel that has replies and is about this."""
        return self.channel.get_by_test_id("message").filter(has_text=task).last

    def open_thread(self, task: str) -> None:
        self.card(task).get_by_test_id("replies").click()
        expect(self.thread).to_contain_text(words(task))

    def sees_question(self, question: str) -> None:
        expect(self.asked).to_contain_text(words(question))

    def answer(self, question: str, label: str) -> None:
        """Press a button of the question, once it is the one that is asked."""
        self.sees_question(question)
        self.press(self.asked, label)

    def press(self, where: Locator, label: str) -> None:
        where.locator("button", has_text=label).first.click()

    def change(self, task: str, question: str) -> None:
        """Open the form of a question with its Change button on the card, or once advised by choosing it from all."""
        chosen = self.card(task).locator("button", has_text="Change an answer")
        if chosen.count():
            chosen.first.click()
            menu = self.form.locator("select").first
            named = menu.locator("option", has_text=f"{question}:").first.text_content()
            menu.select_option(label=str(named).strip())
            expect(self.form).to_contain_text(words("The answer now"))
            return
        line = self.card(task).locator("[data-block-id]").filter(has_text=f"{question}:")
        self.press(line, "Change")
        expect(self.form).to_be_visible()

    def fill(self, label: str, text: str) -> None:
        self.form.get_by_label(label).fill(text)

    def submit(self) -> None:
        self.form.get_by_test_id("modal-submit").click()

    def is_told(self, said: str) -> Locator:
        """Something that only this person sees."""
        note = self.page.get_by_test_id("ephemeral").filter(has_text=words(said)).last
        expect(note).to_be_visible()
        return note

    def picture(self, name: str) -> None:
        """Keep what they see as test-artifacts/<name>.png."""
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.page.mouse.move(0, 0)
        self.page.wait_for_timeout(250)  # for what fades in
        self.page.screenshot(path=self.pictures / f"{name}.png", animations="disabled")


@contextmanager
def looking(
    browser: Browser,
    address: str,
    name: str,
    channel: str = "ml-platform",
    size: Mapping[str, int] = MappingProxyType(SIZE),
) -> Iterator[Person]:
    """A person with a browser context of their own."""
    context = browser.new_context(viewport=dict(size), locale="en-US")  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{address}/?as={name}&in={channel}")
    expect(page.get_by_test_id("composer")).to_be_visible()
    try:
        yield Person(page, name, PICTURES)
    finally:
        context.close()


@dataclass
class Bot:
    """The bot over Socket Mode, as a process of its own that can be killed."""

    sandbox: SandboxClient
    place: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it is connected."""
        surroundings = without_settings() | {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": self.sandbox.api_url,
            "ADMIN_USERS": OWNER,
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], cwd=self.place, env=surroundings, stdout=subprocess.DEVNULL
        )
        self.sandbox.wait_for_app()

    def kill(self) -> None:
        """As a power cut would: it gets no time for anything."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop(self) -> None:
        if self.process is not None:
            end(self.process)
            self.process = None


@contextmanager
def workspace_with_bot(place: Path, *flags: str) -> Iterator[Bot]:
    """The sandbox with its page in one process, and the bot in another."""
    with running_sandbox(page=True, flags=flags) as sandbox:
        bot = Bot(sandbox, place)
        bot.start()
        try:
            yield bot
        finally:
            bot.stop()


def without_settings() -> dict[str, str]:
    """This process's environment without any setting of the app, importing it from here."""
    known = ("SLACK_", "DATABASE_", "SANDBOX_", "ADMIN_", "LOG_LEVEL", "PORT", "THREADS")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(known)}
    return kept | {"PYTHONPATH": str(ROOT)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def page_answers(address: str, within: float) -> bool:
    """Whether the page is served within so many seconds."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=within) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    return False


def end(process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM, within: float = 10) -> int:
    """Ask a process to stop; its exit code. One that does not stop in time is killed, and that raises."""
    process.send_signal(how)
    try:
        return process.wait(within)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise
