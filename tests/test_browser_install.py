"""Installing the app as somebody does it: in a browser, with a desktop's window and a phone's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.support.installed import Hall, hall
from tests.support.two_people import CHROMIUM, PICTURES, chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None, reason="These tests look at the page with Chromium, and there is none here."
    ),
    pytest.mark.long("a browser, to install the app in two workspaces"),
]
WINDOWS = {"desktop": (1200, 800), "phone": (360, 720)}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = chromium(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with hall(f"sqlite:///{tmp_path_factory.mktemp('install') / 'log.db'}") as there:
        yield there


@pytest.mark.parametrize("window", WINDOWS)
def test_somebody_installs_it_and_somebody_turns_it_down(browser: Browser, town: Hall, window: str) -> None:
    width, height = WINDOWS[window]
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    PICTURES.mkdir(exist_ok=True)
    page.goto(f"{town.address}/slack/install")
    expect(page.get_by_role("heading")).to_have_text("Add Tune or Prompt to Slack")
    page.screenshot(path=str(Path(PICTURES) / f"install-{window}-1.png"))
    page.get_by_role("link", name="Continue in Slack").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("heading")).to_have_text("Nothing was installed")
    page.screenshot(path=str(Path(PICTURES) / f"install-{window}-2.png"))
    page.get_by_role("link", name="Start again").click()
    page.get_by_role("link", name="Continue in Slack").click()
    page.get_by_role("button", name="Allow in Acme Sandbox 2").click()
    expect(page.get_by_role("heading")).to_have_text("Installed in Acme Sandbox 2")
    expect(page.get_by_role("link", name="Open Slack")).to_be_visible()
    page.screenshot(path=str(Path(PICTURES) / f"install-{window}-3.png"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.go_back()
    page.reload()
    assert town.living() == ["TSANDBOX2"]
    context.close()
