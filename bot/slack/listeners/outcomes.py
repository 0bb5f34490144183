"""What is pressed and sent about what came of a decision: how it turned out, when to ask, links, and the factor."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bot.conversation import outcomes
from bot.conversation.replies import Act, NotAnOutcome, Reply
from bot.conversation.workspace_settings import change_settings
from bot.decision_log.derived import standing_outcome
from bot.decision_log.records import Decision, Place
from bot.slack.listeners.desk import Desk, beside, only_for_you
from bot.slack.listeners.home import refresh_home
from bot.slack.listeners.incoming import Click, Submission
from bot.slack.listeners.log import carried, found_by, open_form, say
from bot.views import ids, outcome_forms, usage
from bot.views.document import Form, sentence
from bot.views.forms import Mistakes
from bot.views.press import Press
from core.reading.results import Results

About = tuple[str, ...]
Answer = dict[str, Any] | None


def _outcome(desk: Desk, click: Click, press: Press, about: About) -> None:
    decision = found_by(desk, click, about)
    if decision is None:
        return
    record = desk.inquiry.record(click.act, decision.place)
    known = None if record is None else standing_outcome(record.outcomes)
    open_form(desk, click, outcome_forms.outcome_form(decision, known, carried(click.act, decision.place)))


def _ask_later(desk: Desk, click: Click, press: Press, about: About) -> None:
    _open(desk, click, about, outcome_forms.ask_later_form)


def _link(desk: Desk, click: Click, press: Press, about: About) -> None:
    _open(desk, click, about, outcome_forms.link_form)


def _open(desk: Desk, click: Click, about: About, form: Callable[[Decision, str], Form]) -> None:
    decision = found_by(desk, click, about)
    if decision is not None:
        open_form(desk, click, form(decision, carried(click.act, decision.place)))


def _cannot_tell(desk: Desk, click: Click, press: Press, about: About) -> None:
    decision = found_by(desk, click, about)
    if decision is not None:
        said = Results(cannot_tell=True)
        _told(desk, click, outcomes.record(desk.conversation, click.act, decision.place, said))


def _take_back(desk: Desk, click: Click, press: Press, about: About) -> None:
    decision = found_by(desk, click, about)
    if decision is not None and decision.outcome is not None:
        _told(desk, click, outcomes.take_back(desk.conversation, click.act, decision.place))


def _never_ask(desk: Desk, click: Click, press: Press, about: About) -> None:
    decision = found_by(desk, click, about)
    if decision is not None:
        _told(desk, click, outcomes.ask_on(desk.conversation, click.act, decision.place, None))


def _told(desk: Desk, click: Click, reply: Reply) -> None:
    say(desk, click, only_for_you(reply))


def recorded(desk: Desk, sent: Submission, about: Mapping[str, Any]) -> Answer:
    """The form that says how a decision turned out."""
    read = outcome_forms.read_outcome_form(sent.state)
    if isinstance(read, Mistakes):
        return _mistaken(read.errors)
    return _sent(desk, sent, about, lambda act, place: outcomes.record(desk.conversation, act, place, read))


def put_off(desk: Desk, sent: Submission, about: Mapping[str, Any]) -> Answer:
    """The form that says when to ask."""
    read = outcome_forms.read_ask_later_form(sent.state, sent.now.date())
    if isinstance(read, Mistakes):
        return _mistaken(read.errors)
    return _sent(desk, sent, about, lambda act, place: outcomes.ask_on(desk.conversation, act, place, read))


def linked(desk: Desk, sent: Submission, about: Mapping[str, Any]) -> Answer:
    """The form with a link."""
    url, note = outcome_forms.read_link_form(sent.state)
    return _sent(
        desk, sent, about, lambda act, place: outcomes.link(desk.conversation, act, place, url, note)
    )


def _sent(
    desk: Desk, sent: Submission, about: Mapping[str, Any], do: Callable[[Act, Place], Reply]
) -> Answer:
    """Do what a form says, if it was sent by the one for whom it was opened; or say beside the field why not."""
    first = next(iter(sent.state), ids.SHIPPED)
    if about["u"] != sent.user:
        return beside(first, usage.CANNOT_SEE)
    reply = do(sent.act_in(about["channel"], direct=bool(about["direct"])), Place(*about["p"]))
    if isinstance(reply, NotAnOutcome):
        return _mistaken({outcome_forms.FIELDS[field]: said for field, said in reply.errors.items()})
    told = only_for_you(reply)
    if told is not None:
        return beside(first, told)
    if not about["channel"]:
        refresh_home(desk, sent.workspace, sent.user)
    return None


def _mistaken(errors: Mapping[str, str]) -> Answer:
    return {"response_action": "errors", "errors": dict(errors)}


def _use_factor(desk: Desk, click: Click, press: Press, about: About) -> None:
    """Assume so many hours from now on, in the whole workspace."""
    hours = press.values.get(about[0]) if about else None
    if not isinstance(hours, int | float) or isinstance(hours, bool):
        return
    reply = change_settings(desk.conversation, click.act, {about[0]: hours}, seen=press.seq)
    told = FACTOR_REFUSED.get(getattr(reply, "because", ""), FACTOR_TAKEN)
    say(desk, click, sentence(told))


FACTOR_TAKEN = (
    "From now on the costs of this workspace reckon with that. It is in the settings on my Home page."
)
FACTOR_REFUSED = {
    "not_admin": "The settings of this workspace are for its admins; they are listed on my Home page.",
    "set_meanwhile": "Somebody has changed that setting meanwhile, so I left it. Ask for stats again.",
}

Pressed = Callable[[Desk, Click, Press, About], None]
PRESSED: Mapping[str, Pressed] = {
    ids.OUTCOME: _outcome,
    ids.CANNOT_TELL: _cannot_tell,
    ids.TAKE_OUTCOME_BACK: _take_back,
    ids.ASK_LATER: _ask_later,
    ids.NEVER_ASK: _never_ask,
    ids.LINK: _link,
    ids.USE_FACTOR: _use_factor,
}
ON_ONE = (ids.OUTCOME, ids.CANNOT_TELL, ids.TAKE_OUTCOME_BACK, ids.ASK_LATER, ids.NEVER_ASK, ids.LINK)
"""Those that name a decision."""
ON_PAGES = frozenset((*ON_ONE, ids.USE_FACTOR))
"""Those that can be pressed on App Home and its pages."""
