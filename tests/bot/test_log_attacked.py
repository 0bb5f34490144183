"""Nothing of a decision reaches anybody who may not see it, whatever they ask, press or send, and from wherever.

Hypothesis plays four people in five channels, two of them private, in direct messages, where they think alone and
decide too, and on App Home, beside two other workspaces in the same database. Whatever was shown to anybody anywhere
(buttons, cursors, numbers, forms, links) is stolen, and tried from every other place. Each decision, and whatever
somebody thinks about alone, has a secret word that nobody ever types: it may only be seen where that may be.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from bot.app import utc_now
from bot.conversation.alone import take_along
from bot.conversation.catching_up import bring_up_to_date
from bot.conversation.replies import Act, Refused
from bot.decision_log import Decision, Outcome, Scope
from bot.slack.blocks import message
from bot.slack.listeners.log import ON_ONE
from bot.views import ids
from bot.views.thread import draw
from tests.support import decided
from tests.support.attacked import Made, Published, Stolen, Thought, Where, left_by
from tests.support.deliveries import BOT, TEAM, unique
from tests.support.office import Ear, Office, office_with
from tests.support.sandbox_client import SandboxClient
from tests.support.settled import SETTLED
from tests.support.statements import heard, names_no_workspace, on_workspaces

OTHERS = ("TOTHER", "TTHIRD")
"""Workspaces with the same channels and people, in which the app is not installed."""
CHANNELS, PEOPLE = ("CONE", "CTWO", "CTHREE", "GSECRET", "GHIDDEN"), ("UANA", "UBEN", "UCHEN", "UDORA")
_tries = count(1)

LIKE = "sort secret mail about broken garden gates"
"""What every decision is about, so that a new case with these words is like each of them."""

people = st.sampled_from(PEOPLE)
channels = st.sampled_from(CHANNELS)
numbers = st.integers(0, 6)
places = st.one_of(channels, st.sampled_from(("direct", "home", "page")))
"""Where somebody does something: in a channel, in their direct message, on App Home, or on a page that is open."""
questions = st.sampled_from(
    (
        "log", "stats", "export csv", "export md", "export json", "log sort:cost", "log sort:relevance secret",
        "log verdict:keep-prompting status:accepted", "log outcome:missed", "log due:yes", "log by:me",
        "stats outcome:met", "export csv outcome:none", "which decisions were accepted?",
        "what did we decide about secret?", "how many decisions?",
    )
)  # fmt: skip
on_thoughts = st.sampled_from((ids.TAKE_ALONG, ids.REASONS, ids.COSTS, ids.ACCEPT))
turns = st.sampled_from((ids.LOG_PAGE, ids.HOME_PAGE))
on_one = st.sampled_from(ON_ONE)


class Attack(RuleBasedStateMachine):
    """Everybody tries everything."""

    office: Office

    @initialize()
    def begin(self) -> None:
        """With ids of this try's own, since the database is shared by all of them."""
        self.mark = f"x{next(_tries)}"
        self.made: list[Made] = []
        self.thought: list[Thought] = []
        self.stolen = Stolen()
        self.heard = len(self.office.ear.told)
        self.office.sandbox.forget()
        self.called = 0
        self.decide("CONE", "UANA", True)
        self.decide("GSECRET", "UBEN", False)
        for workspace in OTHERS:
            self.decide_elsewhere("CONE", "UANA", workspace)

    # What there is to be seen

    @rule(by=people)
    def think_alone(self, by: str) -> None:
        secret = f"hush{self.mark}n9{len(self.thought):03}"
        conversation = self.office.application.outbox.conversation
        act = Act(TEAM, self.where(by, "direct").channel, self.id(by), unique("key"), utc_now(), direct=True)
        started = conversation.start(act, f"sort secret mail {secret}", values=SETTLED)
        self.thought.append(Thought(by, secret, getattr(started, "consultation", "")))

    @rule(user=people, place=places, at=numbers, action=on_thoughts)
    def press_on_what_somebody_thinks(self, user: str, place: str, at: int, action: str) -> None:
        if not self.thought:
            return
        one = self.thought[at % len(self.thought)]
        is_theirs = user == one.by and place == "direct"
        if is_theirs and action == ids.ACCEPT:
            return
        before = self._state(one)
        self._press(self.where(user, place), action, json.dumps({"c": one.consultation}), None)
        assert self._state(one) == before, "what somebody thinks alone changes from nowhere else"

    @rule(user=people, at=numbers, channel=channels)
    def take_along_what_somebody_thinks(self, user: str, at: int, channel: str) -> None:
        """From a channel, or from one's own direct message."""
        others = [one for one in self.thought if one.by != user]
        if not others:
            return
        one = others[at % len(others)]
        conversation = self.office.application.outbox.conversation
        for place in (channel, "direct"):
            act = Act(
                TEAM, self.where(user, place).channel, self.id(user), unique("key"), utc_now(), direct=place == "direct"
            )  # fmt: skip
            assert take_along(conversation, act, one.consultation, self.id(channel)) == Refused("not_here")

    @rule(channel=channels | st.just("direct"), by=people, is_recorded=st.booleans())
    def decide(self, channel: str, by: str, is_recorded: bool) -> None:
        self._decide(TEAM, channel, by, is_recorded=is_recorded)

    @rule(channel=channels, by=people, workspace=st.sampled_from(OTHERS))
    def decide_elsewhere(self, channel: str, by: str, workspace: str) -> None:
        """In another workspace, which has the same channels and people."""
        self._decide(workspace, channel, by, is_recorded=True)

    def _decide(self, workspace: str, channel: str, by: str, *, is_recorded: bool) -> None:
        at = len(self.made)
        word, secret = f"word{self.mark}n{at}", f"hush{self.mark}n{at}"
        log, scope = (
            self.office.application.record,
            Scope.of_channel(workspace, self.where(by, channel).channel),
        )
        made = decided.decide(
            log, scope, utc_now(), task=f"{LIKE} {word} {secret}", by=self.id(by), answers=SETTLED, why=secret
        )  # fmt: skip
        if is_recorded:
            with log.writing(workspace) as tx:
                tx.add_outcome(scope, made.place, Outcome(self.id(by), utc_now(), shipped=False))
        self.made.append(Made(made, by, word, secret))

    def id(self, name: str) -> str:
        return f"{name}{self.mark.upper()}"

    def where(self, user: str, place: str) -> Where:
        if place in ("home", "page"):
            return Where(user, "", place)
        channel = f"D0{self.id(user)}" if place == "direct" else self.id(place)
        return Where(user, channel, place)

    def visible(self, where: Where) -> list[Made]:
        ours = [one for one in self.made if one.decision.workspace == TEAM]
        if where.is_own:
            return [one for one in ours if one.by == where.user]
        return [one for one in ours if one.decision.channel == where.channel]

    # What people try

    @rule(user=people, place=places.filter(lambda one: one not in ("home", "page")), asked=questions)
    def ask(self, user: str, place: str, asked: str) -> None:
        self._ask(self.where(user, place), asked)

    @rule(user=people, place=channels | st.just("direct"), at=numbers)
    def ask_for_a_word_of_somewhere(self, user: str, place: str, at: int) -> None:
        word = self.made[at % len(self.made)].word
        for asked in (f"log {word}", f"stats {word}", f"export json {word}"):
            self._ask(self.where(user, place), asked)

    @rule(user=people, place=channels | st.just("direct"), number=numbers)
    def ask_for_a_number(self, user: str, place: str, number: int) -> None:
        where = self.where(user, place)
        self._ask(where, f"show {number}", number=number)
        if not [one for one in self.visible(where) if one.decision.number == number]:
            told, none = (self._told(where, f"show {n}").replace(f"#{n}", "#N") for n in (number, 999))
            assert told == none, "a number that is not here is not told from one that is nowhere"

    @rule(user=people, place=places, action=on_one, number=numbers, channel=st.none() | channels | people)
    def press_a_guess(self, user: str, place: str, action: str, number: int, channel: str | None) -> None:
        """``channel``: that of a decision, or whose direct message it is in."""
        guessed = self.where(channel, "direct").channel if channel in PEOPLE else self.id(channel or "")
        about = (str(number), *([guessed] if channel else ()))
        self._press(self.where(user, place), ids.action_id(action, *about), "{}", number)

    @rule(user=people, place=places, at=st.integers(0, 10_000))
    def press_what_was_stolen(self, user: str, place: str, at: int) -> None:
        if self.stolen.buttons:
            action, value = self.stolen.buttons[at % len(self.stolen.buttons)]
            number = next((int(part) for part in action.split(":") if part.isdigit()), None)
            self._press(self.where(user, place), action, value, number)

    @rule(
        user=people,
        place=places,
        channel=channels,
        number=numbers,
        turn=turns,
    )
    def turn_to_a_guessed_page(self, user: str, place: str, channel: str, number: int, turn: str) -> None:
        cursor = [self.id(channel), number]
        carried = json.dumps({"b": cursor, "w": [None, cursor], "f": "sort:cost" if number % 2 else ""})
        self._press(self.where(user, place), f"{turn}:older", carried, None)

    @rule(user=people, at=numbers, channel=channels, seal=st.booleans())
    def send_a_stolen_form(self, user: str, at: int, channel: str, seal: bool) -> None:
        """As it was; or with another channel in it, under the old seal."""
        if not self.stolen.forms:
            return
        form = dict(self.stolen.forms[at % len(self.stolen.forms)])
        owner = form.pop("owner")
        if not seal:
            found = re.sub(
                r'"(channel|u)": "[^"]*"', f'"channel": "{self.id(channel)}"', form["private_metadata"]
            )
            form["private_metadata"] = found
        before = self._statuses()
        answer, *new = self._submit(user, form)
        for one in new:
            if isinstance(one, Published):
                self._check(one.to, one.shown, self.visible(one.to))
        if user != owner or not seal:
            assert self._statuses() == before, "a form acts for the one for whom it was opened alone"
            told = [answer, *(one for one in new if not isinstance(one, Published))]
            self._check(Where(user, "", "form"), told, [])

    @rule(thief=people, at=numbers)
    def send_what_another_opened(self, thief: str, at: int) -> None:
        """Somebody who may withdraw a decision opens the form, another sends it. In a direct message is nobody else."""
        ours = [one for one in self.made if one.decision.workspace == TEAM and one.decision.channel[0] != "D"]
        if not ours:
            return
        one = ours[at % len(ours)]
        owner = next(person for person in PEOPLE if person != thief)
        where = Where(owner, one.decision.channel, "channel")
        self._press(where, f"{ids.WITHDRAW}:{one.decision.number}", "{}", one.decision.number)
        forms = [form for form in self.stolen.forms if form["owner"] == owner]
        before = self._statuses()
        if forms:
            self._submit(thief, {name: part for name, part in forms[-1].items() if name != "owner"})
        assert self._statuses() == before

    @rule(user=people, place=channels)
    def start_what_is_alike(self, user: str, place: str) -> None:
        """The thread of a new consultation shows decisions like it, of its channel alone."""
        where = self.where(user, place)
        conversation = self.office.application.outbox.conversation
        act = Act(TEAM, where.channel, self.id(user), unique("key"), utc_now())
        started = conversation.start(act, LIKE, values=SETTLED)
        standing = None
        for _ in range(4):
            standing = bring_up_to_date(
                conversation.log, TEAM, getattr(started, "consultation", ""), utc_now()
            )
        assert standing is not None
        shown = [message(found) for post in standing.posts if (found := draw(standing, post)) is not None]
        for one in shown:
            self._check(where, [one.text, list(one.blocks)], self.visible(where))
        if self.visible(where):
            assert "Alike:" in str(shown)

    @rule(user=people, channel=channels, asked=questions, workspace=st.sampled_from(OTHERS))
    def ask_from_another_workspace(self, user: str, channel: str, asked: str, workspace: str) -> None:
        where = Where(user, self.id(channel), "elsewhere")
        status, body = self.office.slack.command(
            asked,
            user=self.id(user),
            channel_id=where.channel,
            team=workspace,
            response_url=self.office.ear.url,
        )
        assert status == 200
        self._check(where, [body, *self._new()], [])
        assert "not installed in this workspace" in body

    @rule(user=people)
    def open_home(self, user: str) -> None:
        event = {
            "type": "app_home_opened",
            "user": self.id(user),
            "tab": "home",
            "channel": "D0",
            "event_ts": "1.1",
        }
        assert self.office.slack.event(event)[0] == 200
        self._look(self.where(user, "home"), None)

    # What they are told

    def _ask(self, where: Where, asked: str, number: int | None = None) -> None:
        status, body = self._asked(where, asked)
        assert status == 200
        self._look(where, body, number)

    def _told(self, where: Where, asked: str) -> str:
        return str(json.loads(self._asked(where, asked)[1])["text"])

    def _asked(self, where: Where, asked: str) -> tuple[int, str]:
        user = self.id(where.user)
        if asked.split(maxsplit=1)[0] in ("log", "stats", "export", "show"):
            return self.office.slack.command(
                asked, user=user, channel_id=where.channel, channel_name="a-channel"
            )
        kind = "im" if where.kind == "direct" else "channel"
        event = {"type": "app_mention", "user": user, "text": f"<@{BOT}> {asked}", "ts": f"{time.time():.6f}"}
        return self.office.slack.event(event | {"channel": where.channel, "channel_type": kind})

    def _press(self, where: Where, action: str, value: str, number: int | None) -> None:
        before = self._statuses(hidden_from=where)
        body: dict[str, Any] = {
            "type": "block_actions",
            "user": {"id": self.id(where.user), "team_id": TEAM},
            "team": {"id": TEAM},
            "trigger_id": unique("trigger."),
            "actions": [{"type": "button", "action_id": action, "value": value, "action_ts": unique("")}],
        }
        if where.kind in ("home", "page"):
            kind = "home" if where.kind == "home" else "modal"
            body |= {
                "container": {"type": "view", "view_id": "V0VIEW"},
                "view": {"id": "V0VIEW", "type": kind, "app_installed_team_id": TEAM},
            }
        else:
            container = {
                "type": "message",
                "message_ts": "1.2",
                "channel_id": where.channel,
                "is_ephemeral": True,
            }
            body |= {
                "channel": {"id": where.channel, "name": "a-channel"},
                "container": container,
                "response_url": self.office.ear.url,
            }
        heard = len(self.office.ear.told)
        status, answer = self.office.slack.interaction(body)
        assert status == 200
        if action.startswith(ids.POST_EXPORT) and where.channel:
            self.office.eventually(lambda: len(self.office.ear.told) > heard, "what became of the file")
        self._look(where, answer, number)
        assert self._statuses(hidden_from=where) == before, "nothing is done to what cannot be seen"

    def _submit(self, user: str, form: dict[str, Any]) -> list[Any]:
        state = {"why": {"value": {"value": "No more."}}, "query": {"value": {"value": "secret"}}}
        body = {
            "type": "view_submission",
            "team": {"id": TEAM},
            "user": {"id": self.id(user), "team_id": TEAM},
            "view": form | {"id": unique("V"), "hash": unique("h"), "state": {"values": state}},
        }
        status, answer = self.office.slack.interaction(body)
        assert status == 200
        return [answer, *self._new()]

    def _look(self, where: Where, body: str | None, number: int | None = None) -> None:
        told = [json.loads(body) if body else "", *self._new()]
        self._check(
            where, [one for one in told if not isinstance(one, Published)], self.visible(where), number
        )
        for one in told:
            if isinstance(one, Published):
                self._check(one.to, one.shown, self.visible(one.to), None)
        self.stolen.take([one.shown if isinstance(one, Published) else one for one in told])
        for one in told:
            if isinstance(one, dict) and one.get("callback_id") in ids.FORMS:
                self.stolen.forms.append(one | {"owner": where.user})

    def _check(self, where: Where, told: Any, mine: list[Made], number: int | None = None) -> None:
        """It holds the secrets and the numbers of what may be seen, and of nothing else."""
        said = json.dumps(told, ensure_ascii=False)
        secrets = set(re.findall(rf"hush{self.mark}n\d+", said))
        own = {one.secret for one in self.thought if where.is_own and one.by == where.user}
        assert secrets <= {one.secret for one in mine} | own, where
        shown = {int(n) for n in re.findall(r"#(\d+)", said)}
        seen = {one.decision.number for one in mine}
        seen |= {n for one in self._current(mine) for n in (one.supersedes, one.superseded_by) if n}
        assert shown - ({number} if number is not None else set()) - {42, 999} <= seen, where
        counts = {
            int(n) for n in re.findall(r"(\d+) decisions? (?:of this channel|in which|you took part)", said)
        }
        assert all(n <= len(mine) for n in counts), where

    def _current(self, mine: list[Made]) -> list[Decision]:
        with self.office.application.record.reading(TEAM) as tx:
            found = (tx.decision(Scope.of_workspace(TEAM), *reversed(one.decision.place)) for one in mine)
            return [one.decision for one in found if one is not None]

    def _state(self, one: Thought) -> tuple[str, int, int]:
        with self.office.application.record.reading(TEAM) as tx:
            found = tx.consultation(Scope.of_workspace(TEAM), one.consultation)
        assert found is not None
        return found.status, found.version, len(found.posts)

    def _statuses(self, hidden_from: Where | None = None) -> list[tuple[str, int]]:
        """What became of the decisions that cannot be seen from there, and how many consultations there are of each."""
        hidden = [one for one in self.made if hidden_from is None or one not in self.visible(hidden_from)]
        found = []
        for one in hidden:
            scope = Scope.of_channel(one.decision.workspace, one.decision.channel)
            with self.office.application.record.reading(scope.workspace) as tx:
                recorded = tx.decision(scope, one.decision.number)
                assert recorded is not None
                taken_up = tx.taking_up(scope, one.decision.number)
            found.append((recorded.decision.status, int(taken_up is not None)))
        return found

    def _new(self) -> list[Any]:
        """What left the app since this was asked last, but for what is shown to others than the one who acts."""
        told: list[Any] = list(self.office.ear.told[self.heard :])
        self.heard = len(self.office.ear.told)
        calls = self.office.sandbox.state("calls")["calls"]
        for call in calls[self.called :]:
            told += left_by(call, self._at, self._home_of, self.office.sandbox.address)
        self.called = len(calls)
        return told

    def _home_of(self, user: str) -> Where:
        return Where(next(one for one in PEOPLE if self.id(one) == user), "", "home")

    def _at(self, channel: str) -> Where:
        owner = next((one for one in PEOPLE if channel == f"D0{self.id(one)}"), None)
        return Where(owner, channel, "direct") if owner else Where("", channel, "channel")


@pytest.fixture(params=["sqlite", "postgresql"])
def quiet_office(
    request: pytest.FixtureRequest, sandbox: SandboxClient, ear: Ear, tmp_path: Path
) -> Iterator[Office]:
    """The app, on PostgreSQL as its own role. Its outbox sends nothing: what it would send is looked at without it."""
    on_server = request.param == "postgresql"
    url = request.getfixturevalue("apps_database") if on_server else f"sqlite:///{tmp_path / 'log.db'}"
    at_work = office_with(sandbox, ear, url)
    yield at_work
    at_work.application.close()


@pytest.mark.parametrize(
    "examples",
    [3, pytest.param(25, marks=pytest.mark.long("most finds are made in the first few"))],
    ids=["a few", "many"],
)
def test_nothing_of_a_decision_reaches_who_may_not_see_it(quiet_office: Office, examples: int) -> None:
    steps = settings(
        max_examples=examples, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
    )  # fmt: skip
    attack = type("AttackOnThis", (Attack,), {"office": quiet_office})
    with heard(quiet_office.application._engine) as said:
        run_state_machine_as_test(attack, settings=steps)
    assert len(on_workspaces(said)) > 500
    assert names_no_workspace(said) == []
