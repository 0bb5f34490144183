"""Buttons on messages and on App Home."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from slack_bolt import App

from bot.conversation.conversation import Conversation
from bot.conversation.copies import is_copy
from bot.conversation.opened import moved_to
from bot.conversation.replies import Act, Done, Refused, Reply
from bot.conversation.standing import Standing
from bot.conversation.what_if import defaults_of
from bot.conversation.workspace_settings import change_settings, policy_of, settings_of
from bot.slack.listeners import incoming, log, outcomes, taking
from bot.slack.listeners.desk import Desk, only_for_you
from bot.slack.listeners.home import refresh_home
from bot.slack.listeners.incoming import Click
from bot.views import forms, house, ids, pages, usage
from bot.views.assumptions import assumptions_form
from bot.views.document import Form
from bot.views.press import Press, read_press
from core.policy import policy_on
from core.questions import BY_NAME, LATENCY, Question

QUESTIONS: Mapping[str, Question] = {**BY_NAME, LATENCY.name: LATENCY}

ON_PAGES = (
    log.ON_PAGES
    | outcomes.ON_PAGES
    | {ids.HOME_START, ids.SETTINGS, ids.SETTING_DEFAULT, ids.COSTS_OF, ids.CHANGE_WHICH, ids.PICK}
)
"""What is pressed on App Home and on pages, which are in no channel."""

Pressed = Callable[[Desk, Click, Press, tuple[str, ...]], Reply | None]


def register(app: App, desk: Desk) -> None:
    """Listen for every button by its name."""
    for name, pressed in PRESSED.items():
        _listen(app, desk, name, pressed)


def _listen(app: App, desk: Desk, name: str, pressed: Pressed) -> None:
    @app.action(ids.pattern(name))
    def action(ack: Any, body: dict[str, Any], workspace: str) -> None:
        click = incoming.click(body, workspace, desk.clock())
        if not click.act.channel and name not in ON_PAGES:
            ack()  # a button of a message, but without the message: there is nowhere to look
            return
        _, about = ids.read_action_id(click.action_id)
        if not _is_whole(name, about):
            ack()
            return
        reply = pressed(desk, click, read_press(click.value), about)
        if reply is not None:
            desk.answer_click(click, reply)
        ack()


def _is_whole(name: str, about: tuple[str, ...]) -> bool:
    """Whether an action's id says all that its name needs: each that a view of ours made does."""
    first = about[0] if about else ""
    match name:
        case ids.ANSWER:
            return first in QUESTIONS and len(about) > 1
        case ids.PICKED | ids.NOT_SURE | ids.FORM | ids.CHANGE | ids.TAKE_BACK:
            return first in QUESTIONS
        case ids.EVIDENCE:
            return re.fullmatch(r"-1|[0-9]{1,9}", first) is not None
        case _ if name in log.ON_ONE or name in outcomes.ON_ONE:
            return re.fullmatch(r"[0-9]{1,9}", first) is not None
        case ids.POST_EXPORT | ids.SHOW_EXPORT:
            return len(about) < 2 or re.fullmatch(r"[0-9]{1,9}", about[1]) is not None
        case ids.SETTINGS | ids.SETTING_DEFAULT:
            return bool(first)
        case _:
            return True


def _answer(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    """What the button said is what is answered, whatever the thresholds have become since."""
    question = QUESTIONS[about[0]]
    said = {key: value for key, value in press.values.items() if key in question.keys}
    values = said or _by_default(question, about[1], click)
    if values is None:
        return Refused("not_advised")
    return desk.conversation.answer(
        click.act, press.consultation, question.name, values, seen=press.seq, how="button"
    )


def _by_default(question: Question, choice: str, click: Click) -> Mapping[str, Any] | None:
    """What a button meant before buttons carried their values: all of them were made from our own thresholds."""
    usual = question.under(policy_on(click.act.now.date())).choices
    return next((one.values for one in usual if one.id == choice), None)


def _picked(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    """Several choices at once: what is ticked beside the button."""
    question = QUESTIONS[about[0]]
    ticked = {
        value
        for action, values in click.ticked.items()
        if action.startswith(ids.PICK + ":")
        for value in values
    }
    key = question.keys[0]
    if not ticked and about[1:] != (ids.NONE,):
        standing = _standing(desk, click, press)
        if standing is not None and not is_copy(standing.consultation, click.act):
            desk.tell(click.response_url, usage.NOTHING_TICKED)
        return None
    ticked = set() if about[1:] == (ids.NONE,) else ticked
    values = [reason for c in question.choices if c.id in ticked for reason in c.values[key]]
    return desk.conversation.answer(
        click.act, press.consultation, question.name, {key: values}, seen=press.seq, how="button"
    )


def _open_question(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    standing = _standing(desk, click, press)
    if standing is not None:
        where = {"channel": click.act.channel, "c": press.consultation, "tell": click.response_url}
        desk.slack.open_view(click.trigger_id, _question_form(standing, about[0], where))
    return None


def _question_form(standing: Standing, name: str, where: Mapping[str, Any]) -> Form:
    """The form of one question. ``where``: which consultation of which channel, and where its person is told."""
    question = QUESTIONS[name]
    return forms.question_form(question, standing, {**where, "q": name, "s": standing.seq_of(name)})


def _change_any(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    standing = _standing(desk, click, press)
    if standing is not None:
        where = {"channel": click.act.channel, "c": press.consultation, "tell": click.response_url}
        desk.slack.open_view(click.trigger_id, pages.change_any(standing, json.dumps(where)))
    return None


def _change_which(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    """An answer was chosen on the page of those that can be changed: its form takes the page's place."""
    act, where = click.act, desk.slack.carried(click.metadata)
    if "p" in where:
        log.costs_of(desk, click, where)
        return None
    standing = desk.conversation.standing(act.workspace, where["channel"], where["c"], act.now)
    if standing is not None and click.value in QUESTIONS:
        desk.slack.update_view(click.view, _question_form(standing, click.value, where))
    return None


def _otherwise(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    standing = _standing(desk, click, press)
    if standing is None:
        return None
    metadata = {"channel": click.act.channel, "c": press.consultation, "tell": click.response_url}
    form = forms.override_form(json.dumps(metadata), str(standing.advice.verdict or standing.advice.leaning))
    desk.slack.open_view(click.trigger_id, form)
    return None


def _page(draw: Callable[[Standing, str], Form]) -> Pressed:
    """What opens a page about the advice. It is only read, so a decision that was made does not matter."""

    def pressed(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
        standing = _found(desk, click, press)
        if standing is not None:
            metadata = json.dumps({"channel": click.act.channel, "c": press.consultation})
            desk.slack.open_view(click.trigger_id, draw(standing, metadata))
        return None

    return pressed


def _costs_of(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    """Another option was chosen on the page of the costs."""
    act, where = click.act, desk.slack.carried(click.metadata)
    if "p" in where:
        log.costs_of(desk, click, where)
        return None
    standing = desk.conversation.standing(act.workspace, where["channel"], where["c"], act.now)
    if standing is not None:
        desk.slack.update_view(click.view, pages.costs(standing, json.dumps(where), click.value))
    return None


def _standing(desk: Desk, click: Click, press: Press) -> Standing | None:
    """The consultation behind a button, while it may still be changed; else the person is told."""
    standing = _found(desk, click, press)
    if standing is not None and standing.consultation.status == "decided":
        desk.tell(click.response_url, usage.OUT_OF_DATE)
        return None
    if standing is not None and (moved := moved_to(standing.consultation)) is not None:
        desk.tell(click.response_url, only_for_you(moved))
        return None
    return standing


def _found(desk: Desk, click: Click, press: Press) -> Standing | None:
    """The consultation behind a button; the person is told when it cannot be seen from here."""
    act = click.act
    standing = desk.conversation.standing(act.workspace, act.channel, press.consultation, act.now)
    if standing is None:
        desk.tell(click.response_url, usage.CANNOT_SEE)
    elif act.on and not any(post.ts == act.on for post in standing.consultation.posts):
        desk.conversation.recognise(act, press.consultation)
    return standing


def _about(does: Callable[[Conversation, Act, str], Reply]) -> Pressed:
    """What only needs to know which consultation it is about."""
    return lambda desk, click, press, about: does(desk.conversation, click.act, press.consultation)


def _evidence(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    """How a dropped file is to be read."""
    post, step = press.values.get("post"), press.values.get("step")
    if not isinstance(post, int) or not isinstance(step, int):
        return None
    return desk.conversation.choose_evidence(
        click.act, press.consultation, post, step=step, choice=int(about[0])
    )


def _right(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    return _confirm(desk, click, press, right=True)


def _wrong(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    reply = _confirm(desk, click, press, right=False)
    if isinstance(reply, Done) and press.question in QUESTIONS:
        _open_question(desk, click, press, (press.question,))
    return reply


def _confirm(desk: Desk, click: Click, press: Press, *, right: bool) -> Reply:
    return desk.conversation.confirm(click.act, press.consultation, right=right, values=press.values)


def _assumptions(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    standing = _standing(desk, click, press)
    if standing is None:
        return None
    metadata = {"channel": click.act.channel, "c": press.consultation}
    form = assumptions_form(standing, defaults_of(standing, click.act.now), metadata)
    desk.slack.open_view(click.trigger_id, form)
    return None


def _start_task(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    reply = desk.conversation.start(click.act, press.task, unreachable=click.response_url)
    desk.tell(click.response_url, only_for_you(reply))
    return None


def _start_empty(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    policy = policy_of(desk.conversation, click.act.workspace, click.act.now)
    metadata = {"channel": click.act.channel, "tell": click.response_url}
    form = forms.start_form(policy, channel=click.act.channel, metadata=metadata)
    desk.slack.open_view(click.trigger_id, form)
    return None


def _home_start(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    policy = policy_of(desk.conversation, click.act.workspace, click.act.now)
    desk.slack.open_view(click.trigger_id, forms.start_form(policy, channel=None))
    return None


def _settings(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    """Open the form of a group of settings, for admins alone."""
    settings, group = settings_of(desk.conversation, click.act.workspace), house.group_named(about[0])
    if click.act.user not in settings.admins:
        _say_on_home(desk, click, Refused("not_admin"))
    elif group is not None:
        day = desk.clock().date()
        desk.slack.open_view(click.trigger_id, house.settings_form(group, settings, day))
    return None


def _setting_default(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
    reply = change_settings(desk.conversation, click.act, {about[0]: None}, seen=press.seq)
    _say_on_home(desk, click, reply)
    refresh_home(desk, click.act.workspace, click.act.user)
    return None


def _say_on_home(desk: Desk, click: Click, reply: Reply) -> None:
    """Say why not, if so, on a page: App Home has no other place for it."""
    told = house.refusal(reply, settings_of(desk.conversation, click.act.workspace))
    if told is not None:
        desk.slack.open_view(click.trigger_id, told)


def _silent(pressed: log.Pressed) -> Pressed:
    """What tells all that there is to tell by itself."""

    def silent(desk: Desk, click: Click, press: Press, about: tuple[str, ...]) -> Reply | None:
        pressed(desk, click, press, about)
        return None

    return silent


PRESSED: Mapping[str, Pressed] = {
    ids.ANSWER: _answer,
    ids.PICK: lambda desk, click, press, about: None,  # it is the state of the message
    ids.PICKED: _picked,
    ids.NOT_SURE: lambda desk, click, press, about: desk.conversation.not_sure(
        click.act, press.consultation, about[0], seen=press.seq
    ),
    ids.TAKE_BACK: lambda desk, click, press, about: desk.conversation.take_back(
        click.act, press.consultation, about[0], seen=press.seq
    ),
    ids.SKIP_REST: _about(Conversation.skip_rest),
    ids.FORM: _open_question,
    ids.CHANGE: _open_question,
    ids.CHANGE_ANY: _change_any,
    ids.CHANGE_WHICH: _change_which,
    ids.REASONS: _page(pages.reasons),
    ids.ACCEPT: _about(Conversation.accept),
    ids.OTHERWISE: _otherwise,
    ids.NOT_NOW: _about(Conversation.set_aside),
    ids.RESUME: _about(Conversation.resume),
    ids.TAKE_ALONG: _silent(taking.open_form),
    ids.CASE_AGAINST: _page(pages.case_against),
    ids.WOULD_CHANGE: _page(pages.would_change),
    ids.COSTS: _page(pages.costs),
    ids.COSTS_OF: _costs_of,
    ids.EVIDENCE: _evidence,
    ids.RIGHT: _right,
    ids.WRONG: _wrong,
    ids.ASSUMPTIONS: _assumptions,
    ids.ADOPT: lambda desk, click, press, about: desk.conversation.adopt(
        click.act, press.consultation, press.values
    ),
    **{name: _silent(pressed) for name, pressed in {**log.PRESSED, **outcomes.PRESSED}.items()},
    ids.START_TASK: _start_task,
    ids.START_EMPTY: _start_empty,
    ids.HOME_START: _home_start,
    ids.SETTINGS: _settings,
    ids.SETTING_DEFAULT: _setting_default,
}
