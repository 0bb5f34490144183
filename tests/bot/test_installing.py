"""The app is installed in any number of workspaces, each by itself, and taken away again, in any order."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.app import build_app
from bot.decision_log.departures import departed_by
from bot.decision_log.installations import InstallationRecord, InstallationStore
from bot.decision_log.keys import Keys, new_key
from bot.logs import LIBRARIES, SAID_BY_US, Redacting
from bot.slack.installations import Installations
from tests.support.deliveries import ANA
from tests.support.installed import Browser, Hall, Shown, hall, now, settings_for, state_in

FIRST, SECOND, THIRD = "TSANDBOX", "TSANDBOX2", "TSANDBOX3"
NOTHING = "Nothing was installed"


class Clock:
    """The time, which a test may put forward."""

    def __init__(self) -> None:
        self.passed = timedelta(0)

    def __call__(self) -> datetime:
        return now() + self.passed


@pytest.fixture(scope="module")
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def slack(clock: Clock, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    with hall(f"sqlite:///{tmp_path_factory.mktemp('hall') / 'log.db'}", clock=clock) as there:
        yield there


@pytest.fixture
def town(slack: Hall, clock: Clock) -> Hall:
    """Installed nowhere, with nothing said anywhere."""
    clock.passed = timedelta(0)
    for number in (1, 2, 3):
        slack.workspace(number).forget()
        slack.application.installed.taken_away(slack.workspace(number).state("team")["team"]["id"], now())
    with slack.application.record.writing() as tx:
        tx._connection.exec_driver_sql("DELETE FROM installations")
    slack.application.installed.look_again()  # type: ignore[union-attr]
    return slack


def consulted(town: Hall, number: int, task: str) -> str:
    """Somebody starts a consultation with the command, and its card stands in their channel."""
    there = town.workspace(number)
    end = "" if number == 1 else str(number)
    there.command(f"UANA{end}", f"CMLPLAT{end}", f"/tune-or-prompt {task}")
    return str(there.wait_for_text(f"CMLPLAT{end}", task)["bot_id"])


def workspaces_of(town: Hall, task: str) -> list[str]:
    with town.application.record.reading() as tx:
        found = tx._connection.exec_driver_sql(
            "SELECT workspace_id FROM consultations WHERE task LIKE ?", (f"%{task}%",)
        )
        return list(found.scalars())


def test_each_workspace_has_its_own_tokens_and_its_own_log(town: Hall) -> None:
    assert town.install(FIRST).heading == "Installed in Acme Sandbox"
    assert town.install(SECOND).heading == "Installed in Acme Sandbox 2"
    assert town.living() == [FIRST, SECOND]
    assert consulted(town, 1, "sort tickets of one") == "BTUNE"
    assert consulted(town, 2, "sort tickets of two") == "BTUNE2"
    assert workspaces_of(town, "sort tickets of one") == [FIRST]
    assert workspaces_of(town, "sort tickets of two") == [SECOND]


def test_where_it_is_not_installed_people_are_told_and_nothing_is_kept(town: Hall) -> None:
    town.install(FIRST)
    third = town.workspace(3)
    third.command("UANA3", "CMLPLAT3", "/tune-or-prompt sort tickets of three")
    third.wait_for_text("CMLPLAT3", "is not installed in this workspace")
    assert workspaces_of(town, "sort tickets of three") == []


def test_installing_again_takes_the_new_token_and_keeps_the_log(town: Hall) -> None:
    town.install(SECOND)
    consulted(town, 2, "translate menus")
    assert town.install(SECOND).status == 200
    assert town.living() == [SECOND]
    consulted(town, 2, "translate wine lists")
    assert workspaces_of(town, "translate") == [SECOND, SECOND]


def test_the_refusal_of_a_token_of_before_takes_nothing_of_the_new_one(town: Hall) -> None:
    town.install(SECOND)
    installed = town.application.installed
    with installed.working_for(SECOND):
        assert town.install(SECOND).status == 200
        assert not installed.refused(SECOND, "token_revoked")
    assert town.living() == [SECOND]
    with installed.working_for(SECOND):
        assert installed.refused(SECOND, "token_revoked")
    assert town.living() == []


@pytest.mark.parametrize(
    "told",
    [
        ["app_uninstalled", "tokens_revoked"],
        ["tokens_revoked", "app_uninstalled"],
        ["app_uninstalled"],
        ["tokens_revoked"],
    ],
)
def test_tokens_are_gone_as_soon_as_the_app_is_taken_away(town: Hall, told: list[str], clock: Clock) -> None:
    town.install(FIRST)
    town.install(SECOND)
    clock.passed = timedelta(seconds=5)
    town.workspace(2).post("uninstall", told=told)
    assert town.living() == [FIRST]
    assert departed(town) == [SECOND]
    assert consulted(town, 1, "label photos") == "BTUNE"
    town.install(SECOND)
    assert departed(town) == []
    assert town.living() == [FIRST, SECOND]
    consulted(town, 2, "label films")


def departed(town: Hall) -> list[str]:
    """Whose records are deleted in a while."""
    with town.application.record.reading() as tx:
        return [one for one in departed_by(tx, now() + timedelta(days=1)) if one == SECOND]


def test_what_slack_tells_late_does_not_take_away_what_was_installed_anew(town: Hall, clock: Clock) -> None:
    clock.passed = timedelta(minutes=10)
    town.install(SECOND)
    clock.passed = timedelta(minutes=10)
    town.workspace(2).post("uninstall", told=["app_uninstalled"])  # ten minutes ago, by the time of the app
    assert town.living() == [SECOND]


def test_when_slack_does_not_tell_its_refusal_does(town: Hall) -> None:
    town.install(SECOND)
    consulted(town, 2, "route calls")
    town.workspace(2).post("uninstall", told=[])
    town.workspace(2).command("UANA2", "CMLPLAT2", "/tune-or-prompt route letters")
    town.workspace(2).wait_for(lambda _: town.living() == [])


@pytest.mark.parametrize(
    ("address", "is_secure"), [("https://advice.example.com", True), ("http://localhost:3000", False)]
)
def test_over_https_the_cookie_goes_no_other_way(
    town: Hall, tmp_path: Path, address: str, is_secure: bool
) -> None:
    application = build_app(
        settings_for(town.sandbox, address, f"sqlite:///{tmp_path / 'log.db'}", (new_key(),))
    )
    assert application.installing is not None
    [cookie] = application.installing.answer("/slack/install", "", "").headers["set-cookie"]
    application.close()
    assert ("Secure" in cookie.split("; ")) == is_secure
    assert {"HttpOnly", "SameSite=Lax", "Path=/slack"} <= set(cookie.split("; "))


def refused(page: Shown) -> bool:
    return page.status == 400 and page.heading == NOTHING


def test_a_forged_state_installs_nothing(town: Hall) -> None:
    browser = Browser()
    back = town.agreed(browser, FIRST)
    state = state_in(back)
    for forged in ("x", state[:-4] + "AAAA", state[::-1], "", "é" * 9, state.replace("g", "h", 1)):
        code = back.partition("code=")[2]
        page = browser.open(f"{town.address}/slack/oauth_redirect?code={code}&state={forged.encode().hex()}")
        assert refused(page)
        assert refused(
            Browser(dict(browser.cookies)).open(f"{town.address}/slack/oauth_redirect?code={code}")
        )
    assert town.living() == []
    assert town.sandbox.calls("oauth.v2.access") == []


def test_a_state_is_good_once(town: Hall) -> None:
    browser = Browser()
    back = town.agreed(browser, FIRST)
    kept = dict(browser.cookies)
    assert browser.open(back).status == 200
    assert refused(Browser(kept).open(back))
    assert len(town.sandbox.calls("oauth.v2.access")) == 1


def test_a_state_is_good_for_ten_minutes(town: Hall, clock: Clock) -> None:
    browser = Browser()
    back = town.agreed(browser, FIRST)
    clock.passed = timedelta(minutes=11)
    assert refused(browser.open(back))
    assert town.living() == []


def test_a_state_is_good_in_its_own_browser(town: Hall) -> None:
    """Somebody who is led to the end of another's installation installs nothing."""
    back = town.agreed(Browser(), FIRST)
    other = Browser()
    town.asked(other)
    assert refused(other.open(back))
    assert refused(Browser().open(back))
    assert town.living() == []


def test_who_turns_it_down_in_slack_is_told_that_nothing_happened(town: Hall) -> None:
    browser = Browser()
    page = browser.open(town.asked(browser), {"place": ""})
    assert refused(page)
    assert "turned down in Slack" in page.text
    assert page.link == f"{town.address}/slack/install"


@pytest.mark.parametrize(
    "how", [{"error": "invalid_code"}, {"error": "internal_error"}, {"status": 500}, {"status": 429}]
)
@pytest.mark.parametrize("method", ["oauth.v2.access", "auth.test"])
def test_when_slack_fails_nothing_is_installed_and_one_may_try_again(
    town: Hall, method: str, how: dict[str, object]
) -> None:
    town.sandbox.fail(method, **how)
    assert refused(town.install(FIRST))
    assert town.living() == []
    town.sandbox.mend()
    assert town.install(FIRST).status == 200


def test_the_pages_hold_no_secret_and_stand_in_no_frame(town: Hall) -> None:
    browser = Browser()
    page = town.install(FIRST, browser)
    assert "xoxb" not in page.text
    assert browser.cookies == {"tune-or-prompt-install": ""}


def test_the_tables_hold_no_token(town: Hall) -> None:
    town.install(FIRST)
    with town.application.record.reading() as tx:
        rows = tx._connection.exec_driver_sql("SELECT * FROM installations").all()
    assert "xoxb" not in json.dumps([list(map(str, row)) for row in rows])


def test_a_stolen_row_opens_nothing(town: Hall) -> None:
    """Ciphertext that is moved to another workspace's row is refused there."""
    town.install(FIRST)
    town.install(SECOND)
    with town.application.record.writing() as tx:
        tx._connection.exec_driver_sql(
            "UPDATE installations SET sealed = (SELECT sealed FROM installations WHERE workspace_id = 'TSANDBOX')"
        )
    town.application.installed.look_again()  # type: ignore[union-attr]
    town.workspace(2).command("UANA2", "CMLPLAT2", "/tune-or-prompt steal it")
    town.workspace(2).wait_for_text("CMLPLAT2", "is not installed in this workspace")
    assert workspaces_of(town, "steal it") == []
    assert consulted(town, 1, "mine") == "BTUNE"


def test_whoever_installed_it_is_an_admin(town: Hall) -> None:
    town.install(SECOND)
    town.workspace(2).open_home("UANA2")
    home = town.workspace(2).wait_for(lambda state: state["homes"].get("UANA2"), only=["homes"])
    town.workspace(2).open_home("UBEN2")
    other = town.workspace(2).wait_for(lambda state: state["homes"].get("UBEN2"), only=["homes"])
    assert "Settings" in json.dumps(home) or "settings" in json.dumps(home)
    assert len(json.dumps(home)) != len(json.dumps(other))


def test_it_works_for_one_workspace_while_another_is_in_trouble(town: Hall) -> None:
    town.install(FIRST)
    town.install(SECOND)
    town.workspace(1).post("uninstall", told=[])
    consulted(town, 2, "go on")
    ready, said = town.application.ready()
    assert ready, said


def test_in_a_shared_channel_both_are_asked_each_for_its_own(town: Hall) -> None:
    town.install(FIRST)
    town.install(SECOND)
    town.workspace(1).command(ANA, "CTOGETHER", "/tune-or-prompt ours to sort")
    town.workspace(2).command("UANA2", "CTOGETHER", "/tune-or-prompt theirs to sort")
    ours = town.workspace(1).wait_for_text("CTOGETHER", "ours to sort")
    theirs = town.workspace(2).wait_for_text("CTOGETHER", "theirs to sort")
    assert (ours["bot_id"], theirs["bot_id"]) == ("BTUNE", "BTUNE2")
    assert workspaces_of(town, "ours to sort") == [FIRST]
    assert workspaces_of(town, "theirs to sort") == [SECOND]


def test_keys_rotate_while_it_runs(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    with hall(f"sqlite:///{tmp_path / 'log.db'}", keys=[new, old], flags=["--workspaces", "2"]) as town:
        before = InstallationStore(town.application.record, Keys([old]))
        town.install(FIRST)
        record = before_rotation(town)
        before.install(record)
        town.application.installed.look_again()  # type: ignore[union-attr]
        assert consulted(town, 1, "under the old key") == "BTUNE"
        done = InstallationStore(town.application.record, Keys([new, old])).seal_anew()
        assert done == (1, [])
        town.application.installed.look_again()  # type: ignore[union-attr]
        assert consulted(town, 1, "under the new key") == "BTUNE"
        assert InstallationStore(town.application.record, Keys([new])).find((FIRST,)) != []
        assert before.find((FIRST,)) == []


def test_tokens_that_no_key_opens_are_named_where_somebody_looks(tmp_path: Path) -> None:
    new, lost = new_key(), new_key()
    told = f"none of TOKEN_KEYS opens the tokens of {FIRST}: add the key that they are under"
    with hall(f"sqlite:///{tmp_path / 'log.db'}", keys=[new], flags=["--workspaces", "2"]) as town:
        town.install(FIRST)
        InstallationStore(town.application.record, Keys([lost])).install(before_rotation(town))
        town.application.installed.look_again()  # type: ignore[union-attr]
        town.application.health._looked_at = None
        assert town.application.ready() == (False, told)
        town.install(SECOND)
        town.application.health._looked_at = None
        assert town.application.ready() == (True, f"ready\n{told}")
        assert town.application.installed.serves() == [SECOND]


def before_rotation(town: Hall) -> InstallationRecord:
    """The installation as it was when there was only the old key."""
    installed = town.application.installed
    assert isinstance(installed, Installations)
    return installed.store.find((FIRST,))[0]


def test_no_secret_is_logged_whatever_fails(town: Hall, caplog: pytest.LogCaptureFixture) -> None:
    """At DEBUG, as the app writes it."""
    written: list[str] = []
    handler = logging.Handler()
    secrets = town.application.settings.secrets
    formatter = Redacting(secrets)
    handler.emit = lambda record: written.append(formatter.format(record))  # type: ignore[method-assign]
    root = logging.getLogger()
    root.addHandler(handler)
    for name in (None, *LIBRARIES, *SAID_BY_US):
        caplog.set_level(logging.DEBUG, logger=name)
    try:
        for method in ("oauth.v2.access", "auth.test"):
            town.sandbox.fail(method, error="internal_error")
            town.install(FIRST)
            town.sandbox.mend()
        town.install(FIRST)
        town.sandbox.fail("chat.postMessage", status=500, times=2)
        consulted(town, 1, "sort notes")
        town.workspace(1).post("uninstall", told=["tokens_revoked"])
    finally:
        root.removeHandler(handler)
    everything = "\n".join(written)
    assert len(written) > 20
    assert not any(word in everything for word in ("xoxb-T", "xoxe", *secrets))
