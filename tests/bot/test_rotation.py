"""Tokens that expire: renewed once, however many replicas need them, and told once when they are lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.decision_log import Log, open_engine
from bot.decision_log.create import create
from bot.decision_log.failures import CouldNotSave
from bot.decision_log.installations import InstallationRecord, InstallationStore, Tokens
from bot.decision_log.keys import Keys, new_key
from bot.sandbox.tokens import CLIENT_ID, CLIENT_SECRET
from bot.slack.installations import Installations
from bot.slack.refusals import SlackRefuses
from bot.slack.rotation import Rotation
from bot.slack.web_api import Wait
from tests.support.installed import Hall, hall, now
from tests.support.postgres import Postgres
from tests.support.sandbox_client import SandboxClient
from tests.support.sandboxed import running_sandbox

TEAM = "TSANDBOX"
KEY = new_key()


class Clock:
    """The time, which a test may put forward."""

    def __init__(self) -> None:
        self.passed = timedelta(0)

    def __call__(self) -> datetime:
        return now() + self.passed


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    try:
        made = Postgres.made()
        made.start()
    except (ImportError, OSError) as error:
        pytest.skip(f"there can be no PostgreSQL here: {error}")
    yield made
    made.remove()


@pytest.fixture(scope="module")
def slack() -> Iterator[SandboxClient]:
    with running_sandbox(flags=["--rotate-tokens"]) as client:
        yield client


@pytest.fixture
def clock() -> Clock:
    return Clock()


def replica(url: str, slack: SandboxClient, clock: Clock, told: list[str]) -> Installations:
    """The installations of one process."""
    store = InstallationStore(Log(open_engine(url)), Keys([KEY]))
    client = WebClient(base_url=slack.api_url, retry_handlers=[])
    rotation = Rotation(
        store, client, CLIENT_ID, CLIENT_SECRET, clock, tell=lambda lost: told.append(lost.workspace)
    )
    return Installations(
        store, rotation, lambda token: WebClient(token, base_url=slack.api_url, retry_handlers=[]), clock
    )


def install(installed: Installations, slack: SandboxClient, clock: Clock) -> None:
    """Install it with tokens that the sandbox gave."""
    place = slack.post("agree", place=TEAM)
    told = WebClient(base_url=slack.api_url).oauth_v2_access(
        client_id=CLIENT_ID, client_secret=CLIENT_SECRET, code=place["code"], redirect_uri="http://127.0.0.1/"
    )
    life = timedelta(seconds=told["expires_in"])
    tokens = Tokens(told["access_token"], told["refresh_token"], clock() + life, clock() + life / 2)
    installed.install(
        InstallationRecord(
            TEAM, "", "ATUNE", "BTUNE", "UTUNE", frozenset({"chat:write"}), "UANA", clock(), tokens
        )
    )


@pytest.fixture
def replicas(
    server: Postgres, slack: SandboxClient, clock: Clock, told: list[str], request: pytest.FixtureRequest
) -> Iterator[tuple[Installations, Installations]]:
    slack.forget()
    url = server.create(f"rotation_{abs(hash(request.node.name))}")
    engine = open_engine(url)
    create(engine)
    engine.dispose()
    both = replica(url, slack, clock, told), replica(url, slack, clock, told)
    install(both[0], slack, clock)
    yield both
    for one in both:
        one.store._log.close()


@pytest.fixture
def told() -> list[str]:
    return []


def renewals(slack: SandboxClient) -> int:
    calls = slack.calls("oauth.v2.access")
    return sum(call["args"].get("grant_type") == "refresh_token" for call in calls)


def works(installed: Installations) -> bool:
    """Whether one can work for the workspace, with a token that Slack takes."""
    with installed.working_for(TEAM):
        return bool(installed.client_at_hand().auth_test()["ok"])


@pytest.mark.parametrize("hours", [7.0, 11.995, 13.0], ids=["at half its life", "at its end", "after it"])
def test_fifty_requests_to_two_replicas_renew_it_once(
    replicas: tuple[Installations, Installations], slack: SandboxClient, clock: Clock, hours: float
) -> None:
    clock.passed = timedelta(hours=hours)
    with ThreadPoolExecutor(25) as pool:
        found = list(pool.map(lambda number: works(replicas[number % 2]), range(50)))
    assert found == [True] * 50
    assert renewals(slack) == 1


def test_before_half_its_life_nothing_is_asked(
    replicas: tuple[Installations, Installations], slack: SandboxClient, clock: Clock
) -> None:
    clock.passed = timedelta(hours=5)
    assert works(replicas[0])
    assert renewals(slack) == 0


def test_killed_between_answer_and_write_it_is_told_once_and_asked_once(
    replicas: tuple[Installations, Installations], slack: SandboxClient, clock: Clock, told: list[str]
) -> None:
    """The answer with the new tokens never came to the database, and the old refresh token is dead."""
    record = replicas[0].store.find((TEAM,))[0]
    WebClient(base_url=slack.api_url).oauth_v2_access(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        grant_type="refresh_token",
        refresh_token=record.tokens.refresh,
    )
    clock.passed = timedelta(hours=7)
    for _ in range(5):
        assert works(replicas[0])
        assert works(replicas[1])
    assert told == [TEAM]
    assert renewals(slack) == 2
    clock.passed = timedelta(hours=13)
    for one in replicas:
        one.look_again()
        with pytest.raises(SlackRefuses, match="token_expired"):
            works(one)
    assert told == [TEAM]
    assert renewals(slack) == 2
    assert replicas[1].asides() == [f"has to be installed again: {TEAM}"]
    assert replicas[1].serves() == []
    install(replicas[1], slack, clock)
    assert works(replicas[1])
    assert replicas[1].asides() == []


def test_of_two_who_find_them_lost_the_first_is_to_tell(
    replicas: tuple[Installations, Installations], clock: Clock
) -> None:
    """Slack took longer than a lease, and another has asked meanwhile."""
    record = replicas[0].store.find((TEAM,))[0]
    assert [one.store.mark_lost(record) for one in replicas] == [True, False]
    assert replicas[1].store.troubled() == [TEAM]


@pytest.mark.parametrize(
    "how", [{"error": "internal_error"}, {"status": 500}, {"status": 429}, {"error": "ratelimited"}]
)
def test_a_trouble_that_passes_is_waited_out(
    replicas: tuple[Installations, Installations],
    slack: SandboxClient,
    clock: Clock,
    told: list[str],
    how: dict[str, object],
) -> None:
    slack.fail("oauth.v2.access", **how)
    clock.passed = timedelta(hours=7)
    assert works(replicas[0])
    slack.mend()
    slack.fail("oauth.v2.access", **how)
    clock.passed = timedelta(hours=13)
    with pytest.raises(Wait):
        works(replicas[0])
    slack.mend()
    assert works(replicas[0])
    assert told == []


def test_a_database_that_does_not_take_it_is_offered_it_again(
    replicas: tuple[Installations, Installations],
    slack: SandboxClient,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failing = iter([CouldNotSave("the disk is full"), CouldNotSave("the disk is full")])
    store, renew = replicas[0].store, replicas[0].store.renew

    def sometimes(*arguments: object) -> bool:
        failure = next(failing, None)
        if failure is not None:
            raise failure
        return renew(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "renew", sometimes)
    clock.passed = timedelta(hours=7)
    assert works(replicas[0])
    assert works(replicas[1])
    assert renewals(slack) == 1


def test_whoever_installed_it_is_told_in_slack_and_events_come_again(tmp_path: Path) -> None:
    """Through the whole app: 503 while nobody knows, then one message, and a sentence for everybody else."""
    clock = Clock()
    flags = ("--workspaces", "2", "--rotate-tokens")
    with ExitStack() as stack:
        town: Hall = stack.enter_context(hall(f"sqlite:///{tmp_path / 'log.db'}", flags=flags, clock=clock))
        town.install(TEAM)
        clock.passed = timedelta(hours=13)
        town.sandbox.fail("oauth.v2.access", status=500, times=3)
        town.sandbox.say("UANA", "CMLPLAT", "@Tune or Prompt sort tickets")
        first = next(iter(town.sandbox.state("deliveries")["deliveries"]))
        assert first["error"] == "http_status_503"
        town.sandbox.mend()
        town.sandbox.let_time_pass(61)
        assert town.sandbox.wait_for_text("CMLPLAT", "Task: sort tickets")
        town.sandbox.fail("oauth.v2.access", error="invalid_refresh_token", times=9)
        clock.passed = timedelta(hours=26)  # after that: whoever sends meanwhile would renew it
        told = "does not accept Tune or Prompt here any more"
        for number in range(5):  # whoever comes while a sender finds that out is asked to try again
            town.sandbox.command("UBEN", "CMLPLAT", f"/tune-or-prompt sort letters {number}")
            with suppress(TimeoutError):
                town.sandbox.wait_for_text("CMLPLAT", told, timeout=2)
                break
        assert town.sandbox.wait_for_text("CMLPLAT", told, timeout=1)
        town.sandbox.command("UBEN", "CMLPLAT", "/tune-or-prompt sort parcels")
        said = [
            call
            for call in town.sandbox.calls("chat.postMessage")
            if "install me once more" in call["args"]["text"]
        ]
        assert [call["args"]["channel"] for call in said] == ["UANA"]
