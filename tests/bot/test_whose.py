"""Whose a payload is: who is served, under whose id things are kept, and what everybody else is told."""

from __future__ import annotations

import json
import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from slack_bolt import BoltRequest

from bot.app import build_app
from bot.cannot_start import CannotStart
from bot.decision_log.scope import Scope
from bot.slack.blocks import text
from bot.slack.installation import Place, Tenant, tenant_of
from bot.slack.listeners import incoming
from bot.slack.listeners.whose import is_ours
from bot.views import ids, usage
from tests.support.deliveries import ANA, BEN, CHANNEL, TEAM, button, buttons_of, carried_by
from tests.support.from_afar import (
    ORG,
    PARTNER,
    PARTNERS_ORG,
    PIA,
    SISTER,
    STRANGER,
    STRANGERS_ORG,
    At,
    Sent,
    click,
    click_at_home,
    click_to_start,
    command,
    event,
    form,
    home_opened,
    mention,
    message_shortcut,
    shortcut,
    start_form,
)
from tests.support.office import Ear, Office, office_with
from tests.support.sandbox_client import SandboxClient

Json = dict[str, Any]

ALONE, MEMBER, WIDE = "a workspace", "a workspace of an organisation", "an organisation"
"""What the app is installed in."""

INSTALLED: dict[str, Json] = {
    ALONE: {"enterprise_id": "", "is_enterprise_install": False},
    MEMBER: {"enterprise_id": ORG, "is_enterprise_install": False},
    WIDE: {"enterprise_id": ORG, "is_enterprise_install": True},
}

US = At(TEAM)
US_IN_ORG = At(TEAM, ORG)
OUR_SISTER = At(SISTER, ORG)
OUR_ORG = At(None, ORG)
THEM = At(PARTNER)
THEM_IN_ORG = At(PARTNER, PARTNERS_ORG)
ELSEWHERE = At(STRANGER)
ELSEWHERE_IN_ORG = At(STRANGER, STRANGERS_ORG)

FOR_US = (US.authorization(),)
FOR_US_IN_ORG = (US_IN_ORG.authorization(),)
FOR_OUR_ORG = (US_IN_ORG.authorization(org_wide=True),)
FOR_OUR_ORG_ALONE = (OUR_ORG.authorization(org_wide=True),)
FOR_ELSEWHERE = (ELSEWHERE.authorization(),)
FOR_ELSEWHERE_IN_ORG = (ELSEWHERE_IN_ORG.authorization(org_wide=True),)
FOR_OUR_SISTER = (OUR_SISTER.authorization(),)


class Offices:
    """The app for each kind of installation, built when first asked for. Nothing is sent in the background."""

    def __init__(self, sandbox: SandboxClient, ear: Ear, place: Path) -> None:
        self._sandbox, self._ear, self._place = sandbox, ear, place
        self._built: dict[str, Office] = {}

    def __getitem__(self, kind: str) -> Office:
        if kind not in self._built:
            with installed_in(kind, self._sandbox):
                database = f"sqlite:///{self._place / f'{len(self._built)}.db'}"
                self._built[kind] = office_with(self._sandbox, self._ear, database)
        return self._built[kind]

    def close(self) -> None:
        for office in self._built.values():
            office.application.close()


@contextmanager
def installed_in(kind: str, sandbox: SandboxClient) -> Iterator[None]:
    """While an app is built: what Slack says of its token."""
    sandbox.settings(**INSTALLED[kind])
    try:
        yield
    finally:
        sandbox.settings(**INSTALLED[ALONE])


@pytest.fixture(scope="module")
def offices(slack: SandboxClient, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Offices]:
    with listening() as ear:
        built = Offices(slack, ear, tmp_path_factory.mktemp("whose"))
        yield built
        built.close()


@contextmanager
def listening() -> Iterator[Ear]:
    ear = Ear()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(ear.server.serve_forever)
        yield ear
        ear.server.shutdown()


def rows(office: Office) -> Counter[tuple[str, str]]:
    """How many rows each workspace has in each table."""
    found: Counter[tuple[str, str]] = Counter()
    with office.application._engine.connect() as connection:
        for table in ("consultations", "answers", "seen", "posts"):
            query = (
                f"SELECT workspace_id, count(*) FROM {table} WHERE workspace_id <> '-' GROUP BY workspace_id"
            )
            found.update({(table, row[0]): row[1] for row in connection.exec_driver_sql(query)})
    return found


def heard(office: Office, answer: tuple[int, str]) -> tuple[str, str]:
    """What the person was told, and where: in the answer, beside a field, or through the response_url."""
    status, body = answer
    assert status == 200
    said = json.loads(body) if body else {}
    told = [message["text"] for message in office.ear.told]
    office.ear.told.clear()
    if "errors" in said:
        [(field, sentence)] = said["errors"].items()
        return f"beside {field}", sentence
    if "text" in said:
        return "in the answer", said["text"]
    return ("by response_url", told[-1]) if told else ("", "")


# Served: what is stored, under whose id


STARTED = {"consultations": 1, "seen": 1, "posts": 1}
ANSWERED = {**STARTED, "answers": 1}
NOTHING: dict[str, int] = {}


@dataclass(frozen=True)
class Served:
    """A payload that is ours: how it is called, where the app is, the payload, what is kept and under whose id."""

    called: str
    where: str
    sent: Callable[[str], Sent]
    stored: dict[str, int]
    under: str = TEAM


def mentioned(
    outer: At, authorizations: tuple[Json, ...] | None, *, user: str = ANA, home: str = TEAM
) -> Callable[[str], Sent]:
    return lambda task: event(outer, mention(task, user=user, home=home), authorizations)


SERVED = [
    # The slash command
    Served("a command", ALONE, lambda t: command(US, t), STARTED),
    Served("a command that names the organisation", MEMBER, lambda t: command(US_IN_ORG, t), STARTED),
    Served("a command from any workspace of it", WIDE, lambda t: command(OUR_SISTER, t), STARTED, ORG),
    # Shortcuts
    Served("a message shortcut", ALONE, lambda t: message_shortcut(US, t), STARTED),
    Served(
        "a message shortcut in the organisation", MEMBER, lambda t: message_shortcut(US_IN_ORG, t), STARTED
    ),
    Served("a message shortcut without a team", WIDE, lambda t: message_shortcut(OUR_ORG, t), STARTED, ORG),
    # Events
    Served("a mention", ALONE, mentioned(US, FOR_US), STARTED),
    Served("a mention in a channel of the partner's", ALONE, mentioned(THEM, FOR_US), STARTED),
    Served(
        "the partner's mention in their channel",
        ALONE,
        mentioned(THEM_IN_ORG, FOR_US, user=PIA, home=PARTNER),
        STARTED,
    ),
    Served(
        "the partner's mention in our channel", ALONE, mentioned(US, FOR_US, user=PIA, home=PARTNER), STARTED
    ),
    Served("a mention for us among others", ALONE, mentioned(THEM, (*FOR_ELSEWHERE, *FOR_US)), STARTED),
    Served("a mention without authorizations", ALONE, mentioned(US, None), STARTED),
    Served("a mention with none of them", ALONE, mentioned(US, ()), STARTED),
    Served("a mention in a channel of the sister's", MEMBER, mentioned(OUR_SISTER, FOR_US_IN_ORG), STARTED),
    Served("a mention anywhere in it", WIDE, mentioned(OUR_SISTER, FOR_OUR_ORG), STARTED, ORG),
    Served("a mention for one workspace of it", WIDE, mentioned(OUR_SISTER, FOR_OUR_SISTER), STARTED, ORG),
    Served("a mention that names it alone", WIDE, mentioned(US_IN_ORG, FOR_OUR_ORG_ALONE), STARTED, ORG),
    Served(
        "the partner's mention in their channel with it",
        WIDE,
        mentioned(THEM_IN_ORG, FOR_OUR_ORG, user=PIA, home=PARTNER),
        STARTED,
        ORG,
    ),
    Served("a mention without authorizations in it", WIDE, mentioned(OUR_SISTER, None), STARTED, ORG),
    # Clicks on messages of ours, whoever presses
    Served("a click", ALONE, lambda t: click_to_start(US, t), STARTED),
    Served("the partner's click", ALONE, lambda t: click_to_start(THEM, t, user=PIA), STARTED),
    Served(
        "the click of a partner who has an organisation",
        MEMBER,
        lambda t: click_to_start(THEM_IN_ORG, t, user=PIA),
        STARTED,
    ),
    Served("a click from the sister", MEMBER, lambda t: click_to_start(OUR_SISTER, t, user=BEN), STARTED),
    Served("a click without a team", WIDE, lambda t: click_to_start(OUR_ORG, t), STARTED, ORG),
    Served(
        "the partner's click with it", WIDE, lambda t: click_to_start(THEM_IN_ORG, t, user=PIA), STARTED, ORG
    ),
    # Forms
    Served("a form", ALONE, lambda t: start_form(US, TEAM, t), ANSWERED),
    Served("the partner's form", ALONE, lambda t: start_form(THEM, TEAM, t, user=PIA), ANSWERED),
    Served("a form from the sister", MEMBER, lambda t: start_form(OUR_SISTER, TEAM, t), ANSWERED),
    Served("a form that does not say", ALONE, lambda t: start_form(US, None, t), ANSWERED),
    Served("a form that names it", WIDE, lambda t: start_form(THEM_IN_ORG, ORG, t), ANSWERED, ORG),
    Served(
        "a form that names a workspace of it",
        WIDE,
        lambda t: start_form(OUR_SISTER, SISTER, t),
        ANSWERED,
        ORG,
    ),
    Served(
        "the partner's form that our bot opened",
        WIDE,
        lambda t: start_form(THEM_IN_ORG, SISTER, t, bot="BTUNE", user=PIA),
        ANSWERED,
        ORG,
    ),
]


@pytest.mark.parametrize("case", SERVED, ids=lambda case: f"{case.called}, installed in {case.where}")
def test_what_is_ours_is_kept_under_the_id_of_the_installation(offices: Offices, case: Served) -> None:
    office = offices[case.where]
    before = rows(office)
    assert heard(office, case.sent(f"sort {case.called} well").to(office.slack)) == ("", "")
    assert rows(office) - before == {(table, case.under): many for table, many in case.stored.items()}


@pytest.mark.parametrize(
    ("where", "outer", "authorizations"),
    [
        pytest.param(ALONE, US, FOR_US, id="at home"),
        pytest.param(ALONE, THEM, FOR_US, id="from a partner's workspace"),
        pytest.param(MEMBER, OUR_SISTER, FOR_US_IN_ORG, id="from the sister workspace"),
        pytest.param(WIDE, OUR_SISTER, FOR_OUR_ORG, id="anywhere in the organisation"),
    ],
)
def test_app_home_is_drawn_whatever_the_outer_team_of_the_event(
    offices: Offices, where: str, outer: At, authorizations: tuple[Json, ...]
) -> None:
    office = offices[where]
    drawn = len(office.sandbox.calls("views.publish"))
    assert heard(office, event(outer, home_opened(BEN), authorizations).to(office.slack)) == ("", "")
    assert len(office.sandbox.calls("views.publish")) == drawn + 1


@pytest.mark.parametrize(
    ("where", "sent"),
    [
        pytest.param(ALONE, shortcut(US), id="global shortcut"),
        pytest.param(MEMBER, shortcut(US_IN_ORG), id="global shortcut in a workspace of an organisation"),
        pytest.param(WIDE, shortcut(OUR_ORG), id="global shortcut without a team"),
        pytest.param(ALONE, click_at_home(US, TEAM), id="Home"),
        pytest.param(MEMBER, click_at_home(OUR_SISTER, TEAM), id="Home, from the sister"),
        pytest.param(WIDE, click_at_home(OUR_ORG, ORG), id="Home, of the organisation"),
        pytest.param(WIDE, click_at_home(OUR_SISTER, SISTER), id="Home, which names a workspace of it"),
    ],
)
def test_what_only_opens_a_form_opens_it(offices: Offices, where: str, sent: Sent) -> None:
    office = offices[where]
    opened, before = len(office.sandbox.calls("views.open")), rows(office)
    assert sent.to(office.slack)[0] == 200
    assert len(office.sandbox.calls("views.open")) == opened + 1
    assert rows(office) == before


# Turned away: nothing is stored, and the person is told


@dataclass(frozen=True)
class Foreign:
    """A payload that is not ours, and where its person is told so; "" where nobody can be."""

    called: str
    where: str
    sent: Sent
    told: str


IN_ANSWER, BY_URL, AT_FIELD, NOWHERE = "in the answer", "by response_url", f"beside {ids.TASK}", ""

FOREIGN = [
    # Workspaces without the app
    Foreign("command elsewhere", ALONE, command(ELSEWHERE, "sort mail"), IN_ANSWER),
    Foreign("command elsewhere", MEMBER, command(ELSEWHERE, "sort mail"), IN_ANSWER),
    Foreign("command elsewhere", WIDE, command(ELSEWHERE, "sort mail"), IN_ANSWER),
    Foreign("command without a team", ALONE, command(At(None), "sort mail"), IN_ANSWER),
    Foreign("command of the partner", ALONE, command(THEM, "sort mail", user=PIA), IN_ANSWER),
    Foreign("command of the sister", MEMBER, command(OUR_SISTER, "sort mail"), IN_ANSWER),
    Foreign("command for the log", MEMBER, command(OUR_SISTER, "log"), IN_ANSWER),
    Foreign("message shortcut elsewhere", ALONE, message_shortcut(ELSEWHERE, "sort mail"), BY_URL),
    Foreign("message shortcut of the sister", MEMBER, message_shortcut(OUR_SISTER, "sort mail"), BY_URL),
    Foreign("global shortcut of the sister", MEMBER, shortcut(OUR_SISTER), NOWHERE),
    Foreign("event elsewhere", ALONE, event(ELSEWHERE, mention("sort mail"), FOR_ELSEWHERE), NOWHERE),
    Foreign("event elsewhere", WIDE, event(ELSEWHERE, mention("sort mail"), FOR_ELSEWHERE), NOWHERE),
    Foreign(
        "event for others in our channel", ALONE, event(US, mention("sort mail"), FOR_ELSEWHERE), NOWHERE
    ),
    Foreign(
        "event for the sister in our channel",
        MEMBER,
        event(US_IN_ORG, mention("sort mail"), FOR_OUR_SISTER),
        NOWHERE,
    ),
    Foreign(
        "event for an installation in the whole organisation",
        MEMBER,
        event(US_IN_ORG, mention("sort mail"), FOR_OUR_ORG_ALONE),
        NOWHERE,
    ),
    Foreign("event without authorizations", ALONE, event(ELSEWHERE, mention("sort mail"), None), NOWHERE),
    Foreign("event that names nobody", ALONE, event(ELSEWHERE, mention("sort mail"), ()), NOWHERE),
    Foreign("Home opened elsewhere", ALONE, event(ELSEWHERE, home_opened(BEN), FOR_ELSEWHERE), NOWHERE),
    Foreign(
        "Home opened with the sister's", MEMBER, event(US_IN_ORG, home_opened(BEN), FOR_OUR_SISTER), NOWHERE
    ),
    Foreign("click at somebody's Home", ALONE, click_at_home(ELSEWHERE, STRANGER), NOWHERE),
    Foreign("form opened elsewhere", ALONE, start_form(ELSEWHERE, STRANGER, "sort mail"), AT_FIELD),
    Foreign(
        "form of another installation, sent by us", ALONE, start_form(US, PARTNER, "sort mail"), AT_FIELD
    ),
    Foreign(
        "form of the sister's installation", MEMBER, start_form(OUR_SISTER, SISTER, "sort mail"), AT_FIELD
    ),
    # Other organisations
    Foreign("command of an organisation", ALONE, command(ELSEWHERE_IN_ORG, "sort mail"), IN_ANSWER),
    Foreign("command of another organisation", MEMBER, command(ELSEWHERE_IN_ORG, "sort mail"), IN_ANSWER),
    Foreign("command of another organisation", WIDE, command(ELSEWHERE_IN_ORG, "sort mail"), IN_ANSWER),
    Foreign(
        "message shortcut of another organisation",
        WIDE,
        message_shortcut(At(None, STRANGERS_ORG), "sort mail"),
        BY_URL,
    ),
    Foreign(
        "event for another organisation",
        WIDE,
        event(US_IN_ORG, mention("sort mail"), FOR_ELSEWHERE_IN_ORG),
        NOWHERE,
    ),
    Foreign(
        "event for another organisation",
        MEMBER,
        event(ELSEWHERE_IN_ORG, mention("sort mail"), FOR_ELSEWHERE_IN_ORG),
        NOWHERE,
    ),
    Foreign(
        "form of another organisation", WIDE, start_form(ELSEWHERE_IN_ORG, STRANGER, "sort mail"), AT_FIELD
    ),
    Foreign(
        "form that another organisation's bot opened",
        WIDE,
        start_form(ELSEWHERE_IN_ORG, STRANGER, "sort mail", bot="BSTRANGE"),
        AT_FIELD,
    ),
    Foreign("click at another organisation's Home", WIDE, click_at_home(ELSEWHERE_IN_ORG, STRANGER), NOWHERE),
]


@pytest.mark.parametrize("case", FOREIGN, ids=lambda case: f"{case.called}, installed in {case.where}")
def test_what_is_not_ours_is_turned_away_and_stored_nowhere(offices: Offices, case: Foreign) -> None:
    office = offices[case.where]
    before = rows(office)
    calls = len(office.sandbox.state("calls")["calls"])
    sentence = text(usage.NOT_INSTALLED) if case.told else ""
    assert heard(office, case.sent.to(office.slack)) == (case.told, sentence)
    assert rows(office) == before
    assert len(office.sandbox.state("calls")["calls"]) == calls


@pytest.mark.parametrize(
    ("payload_names", "slack_names", "ours"),
    [("ATUNE", "ATUNE", True), ("AOTHER", "ATUNE", False), ("AOTHER", "", True), ("", "ATUNE", True)],
)
def test_a_payload_of_another_app_is_not_ours_where_both_are_known(
    payload_names: str, slack_names: str, ours: bool
) -> None:
    tenant = Tenant(Place(TEAM), app=slack_names)
    for sent in (
        command(US, "sort mail", app=payload_names),
        event(US, mention("sort mail"), FOR_US, app=payload_names),
        click_to_start(US, "sort mail", app=payload_names),
    ):
        assert is_ours(incoming.origin(sent.payload), tenant) is ours


@pytest.mark.parametrize(
    ("told", "kept_under"),
    [
        ({"team_id": "T1"}, "T1"),
        ({"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": False}, "T1"),
        ({"team_id": "T1", "enterprise_id": "E1"}, "T1"),
        ({"team_id": "T1", "enterprise_id": "E1", "is_enterprise_install": True}, "E1"),
        ({"team_id": "E1", "enterprise_id": "E1", "is_enterprise_install": True}, "E1"),
    ],
)
def test_auth_test_says_under_whose_id_things_are_kept(told: Json, kept_under: str) -> None:
    assert tenant_of(told).id == kept_under


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"type": ["event_callback"]},
        {"type": "event_callback", "authorizations": "all"},
        {"type": "event_callback", "authorizations": [None, 7, {"team_id": {"id": TEAM}}]},
        {"type": "shortcut", "team": [TEAM], "user": None, "enterprise": "E"},
        {"command": "/tune-or-prompt", "team_id": 7},
        {"type": "view_submission", "view": "V1"},
    ],
)
def test_a_payload_of_an_odd_shape_is_judged_without_an_error(payload: Json) -> None:
    assert is_ours(incoming.origin(payload), Tenant(Place(TEAM))) in (True, False)


def test_the_log_names_a_foreign_place_once_an_hour_and_says_nothing_of_the_words(
    offices: Offices, caplog: pytest.LogCaptureFixture
) -> None:
    office = offices[ALONE]
    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            command(At("TNEVERSEEN"), "our secret project").to(office.slack)
            event(ELSEWHERE, mention("our secret project"), (At("TNOTSEEN").authorization(),)).to(
                office.slack
            )
        command(At("T\nforged line"), "our secret project").to(office.slack)
    assert caplog.text.count("TNEVERSEEN") == 1
    assert caplog.text.count("TNOTSEEN") == 1
    assert "secret" not in caplog.text
    assert "forged" not in caplog.text
    office.ear.told.clear()


def test_an_uninstallation_elsewhere_is_not_taken_for_ours(
    offices: Offices, caplog: pytest.LogCaptureFixture
) -> None:
    office = offices[ALONE]
    gone = {"type": "app_uninstalled"}
    with caplog.at_level(logging.WARNING):
        assert event(ELSEWHERE, gone, None).to(office.slack) == (200, "")
    assert "taken away" not in caplog.text
    assert office.application.installation.tenant is not None


def test_over_socket_mode_it_is_the_same(offices: Offices) -> None:
    bolt = offices[ALONE].application.bolt
    foreign = command(ELSEWHERE, "sort mail").payload
    answer = bolt.dispatch(BoltRequest(mode="socket_mode", body=dict(foreign)))
    assert json.loads(answer.body)["text"] == text(usage.NOT_INSTALLED)
    ours = bolt.dispatch(BoltRequest(mode="socket_mode", body=dict(command(US, "help").payload)))
    assert "works out with your team" in json.loads(ours.body)["text"]


def test_slack_may_make_sure_of_our_address(offices: Offices) -> None:
    for kind in INSTALLED:
        greets(offices[kind])


def greets(office: Office) -> None:
    challenge = json.dumps({"type": "url_verification", "token": "t", "challenge": "echo me"}).encode()
    status, body = office.slack.deliver(challenge, "application/json")
    assert (status, json.loads(body)) == (200, {"challenge": "echo me"})
    assert office.slack.form({"ssl_check": "1", "token": "t"})[0] == 200


# A partner takes part like anybody


@pytest.mark.parametrize(
    ("where", "under", "authorization"),
    [(ALONE, TEAM, US.authorization()), (WIDE, ORG, US_IN_ORG.authorization(org_wide=True))],
)
def test_a_partner_and_one_of_us_hold_one_consultation_together(
    sandbox: SandboxClient, ear: Ear, tmp_path: Path, where: str, under: str, authorization: Json
) -> None:
    with installed_in(where, sandbox):
        office = office_with(sandbox, ear, f"sqlite:///{tmp_path / 'log.db'}")
    office.application.outbox.start()
    try:
        joint_consultation(office, where, under, authorization)
    finally:
        office.application.outbox.stop()
        office.application.close()


def joint_consultation(office: Office, where: str, under: str, authorization: Json) -> None:
    at_home = US_IN_ORG if where == WIDE else US
    task = f"sort returned goods of {where}"
    assert command(at_home, task).to(office.slack) == (200, "")
    card = office.eventually(lambda: office.card(task), "the card")
    root = card["ts"]

    def asked() -> Json:
        office.quiet()
        thread = office.sandbox.messages(CHANNEL, root)
        [question] = [m for m in thread if any(b["action_id"].startswith("not_sure") for b in buttons_of(m))]
        return question

    def says(text: str, user: str, home: str, outer: At) -> None:
        office.quiet()
        said = mention(text, user=user, home=home, thread=root) | {"type": "message", "text": text}
        assert event(outer, said, [authorization]).to(office.slack) == (200, "")

    question = asked()
    press = click(THEM_IN_ORG, button(question, "Yes"), question["ts"], thread=root, user=PIA)
    assert press.to(office.slack) == (200, "")
    asked()
    says("a dozen examples", PIA, PARTNER, THEM_IN_ORG)
    asked()
    says("43 of 50, we need 95%", ANA, TEAM, THEM_IN_ORG)
    asked()
    message, change = next(
        (one, pressed)
        for one in office.sandbox.messages(CHANNEL, root)
        for pressed in buttons_of(one)
        if pressed["action_id"].startswith((ids.CHANGE, ids.FORM))
    )
    click(THEM_IN_ORG, change, message["ts"], thread=root, user=PIA).to(office.slack)
    view = office.sandbox.calls("views.open")[-1]["args"]["view"]
    view = json.loads(view) if isinstance(view, str) else view
    about = carried_by(view)
    picks = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    first, element = next((block, e) for block, e in picks.items() if e.get("options"))
    option = element["options"][0]
    chosen = {"selected_option": option, "selected_options": [option]}
    values = {block: {ids.VALUE: chosen if block == first else {}} for block in picks}
    installed, bot = (SISTER, "BTUNE") if where == WIDE else (TEAM, None)
    sent = form(THEM_IN_ORG, installed, ids.QUESTION_FORM, about, values, bot=bot, user=PIA)
    assert sent.to(office.slack) == (200, "")
    office.quiet()

    with office.application.record.reading() as tx:
        [consultation] = tx.open_consultations(Scope.of_person(under, PIA), limit=10)
        assert tx.in_thread(Scope.of_channel(under, CHANNEL), root) == consultation
    given = {(answer.key, answer.author, answer.how) for answer in consultation.answers}
    assert {("data_may_leave", PIA, "button"), ("prompt_examples", PIA, "typed")} <= given
    assert ("eval_correct", ANA, "typed") in given
    assert (PIA, "form") in {(author, how) for _, author, how in given}
    assert {workspace for _, workspace in rows(office)} == {under}


def test_a_click_from_anywhere_finds_nothing_of_another_channel(office: Office) -> None:
    talk = office.start("grade anvils")
    asked = talk.question()
    pressed = click(ELSEWHERE, button(asked, "Yes"), asked["ts"], thread=talk.root, user=PIA)
    elsewhere = dict(pressed.payload) | {"channel": {"id": "CSUPPORT"}}
    assert Sent(elsewhere).to(office.slack) == (200, "")
    assert talk.answers("data_may_leave") == []
    assert "cannot find" in office.ear.told[-1]["text"]


# Slack was away at the start


@pytest.fixture
def unknown(sandbox: SandboxClient, ear: Ear, tmp_path: Path) -> Iterator[Office]:
    """The app, to which Slack has not said yet where it is installed."""
    sandbox.fail("auth.test", error="internal_error", times=10_000)
    office = office_with(sandbox, ear, f"sqlite:///{tmp_path / 'log.db'}")
    try:
        yield office
    finally:
        sandbox.mend()
        office.application.close()


def test_until_slack_was_heard_events_are_to_come_again_and_people_are_asked_to_try_again(
    unknown: Office,
) -> None:
    for authorizations in (FOR_US, FOR_ELSEWHERE, None):
        assert event(US, mention("sort mail"), authorizations).to(unknown.slack) == (503, "")
    assert event(US, {"type": "app_uninstalled"}, None).to(unknown.slack) == (503, "")
    told = text(usage.NOT_YET_REACHED)
    assert "Nothing was changed" in told
    assert heard(unknown, command(US, "sort mail").to(unknown.slack)) == (IN_ANSWER, told)
    assert heard(unknown, click_to_start(US, "sort mail").to(unknown.slack)) == (BY_URL, told)
    assert heard(unknown, message_shortcut(US, "sort mail").to(unknown.slack)) == (BY_URL, told)
    assert heard(unknown, start_form(US, TEAM, "sort mail").to(unknown.slack)) == (AT_FIELD, told)
    assert heard(unknown, command(ELSEWHERE, "sort mail").to(unknown.slack)) == (IN_ANSWER, told)
    assert rows(unknown) == {}
    assert unknown.application.ready() == (False, "Slack has not said yet where the app is installed")
    greets(unknown)


def test_once_slack_answers_everything_goes_on_by_itself(unknown: Office) -> None:
    mail = event(US, mention("sort mail"), FOR_US)
    assert mail.to(unknown.slack)[0] == 503
    unknown.sandbox.mend()
    unknown.eventually(lambda: mail.to(unknown.slack)[0] == 200, "the event's success")
    assert rows(unknown)[("consultations", TEAM)] == 1
    assert unknown.application.ready() == (True, "ready")
    assert heard(unknown, command(ELSEWHERE, "sort mail").to(unknown.slack))[1] == text(usage.NOT_INSTALLED)


def test_many_requests_at_once_neither_wait_for_slack_nor_ask_it_each(unknown: Office) -> None:
    unknown.sandbox.mend()
    unknown.sandbox.fail("auth.test", error="internal_error", delay=3.0, times=10_000)
    asked = len(unknown.sandbox.calls("auth.test"))

    def timed(_: int) -> float:
        started = time.monotonic()
        assert event(US, mention("sort mail"), FOR_US).to(unknown.slack)[0] == 503
        return time.monotonic() - started

    until = time.monotonic() + 3.0
    with ThreadPoolExecutor(16) as pool:
        while time.monotonic() < until:
            assert max(pool.map(timed, range(32))) < 1.0
            time.sleep(0.1)
    assert len(unknown.sandbox.calls("auth.test")) - asked <= 2


def test_a_token_that_turns_out_to_be_refused_is_logged_once(
    unknown: Office, caplog: pytest.LogCaptureFixture
) -> None:
    unknown.sandbox.mend()
    unknown.sandbox.fail("auth.test", error="token_revoked", times=10_000)
    asked = len(unknown.sandbox.calls("auth.test"))
    unknown.eventually(lambda: len(unknown.sandbox.calls("auth.test")) >= asked + 2, "asking again")
    assert [
        r.levelname for r in caplog.records if "was refused by Slack (token_revoked)" in r.getMessage()
    ] == ["ERROR"]
    assert command(US, "sort mail").to(unknown.slack)[0] == 200


def test_with_a_refused_token_it_does_not_start(office: Office, tmp_path: Path) -> None:
    office.sandbox.fail("auth.test", error="invalid_auth", times=1)
    another = {"database_url": f"sqlite:///{tmp_path / 'another.db'}"}
    with pytest.raises(CannotStart, match="SLACK_BOT_TOKEN was refused"):
        build_app(office.application.settings.model_copy(update=another))
