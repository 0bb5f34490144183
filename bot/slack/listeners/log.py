"""What is pressed and sent about decisions: pages, one decision, sharing, writing out, re-opening, withdrawing.

What can be seen follows from where somebody pressed; a button only says which page or which decision.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast, get_args

from bot.conversation.filters import BadFilter
from bot.conversation.grammar import Format
from bot.conversation.inquiry import Page
from bot.conversation.reopening import reopen, withdraw
from bot.conversation.replies import Act, Done, Fallen, Reply, TakenUp
from bot.conversation.sharing import share
from bot.conversation.written_out import WrittenOut, written_out
from bot.decision_log.records import Decision, Place
from bot.decision_log.said import answers_of
from bot.slack.blocks import without_chart, without_table
from bot.slack.listeners.answers import log_page, show_decision
from bot.slack.listeners.desk import Desk, beside, only_for_you
from bot.slack.listeners.home import refresh_home, show_home
from bot.slack.listeners.incoming import Click, Submission
from bot.slack.refusals import SlackRefuses
from bot.slack.web_api import CannotUpload, Gone
from bot.views import ids, log_forms, pages, record, usage, written
from bot.views import log as log_views
from bot.views.document import Document, Form, Person, sentence
from bot.views.forms import Mistakes
from bot.views.phrases import place
from bot.views.press import Press
from core.told import Told

log = logging.getLogger(__name__)

About = tuple[str, ...]
Answer = dict[str, Any] | None


def _page(desk: Desk, click: Click, press: Press, about: About) -> None:
    shown = log_page(desk, click.act, press)
    desk.slack.respond(click.response_url, shown, replace_original=not click.act.on)


def _show(desk: Desk, click: Click, press: Press, about: About) -> None:
    say(desk, click, show_decision(desk, click.act, int(about[0]), *about[1:2]))


def _share_log(desk: Desk, click: Click, press: Press, about: About) -> None:
    found = desk.inquiry.page(click.act, press.query, press.before)
    if isinstance(found, Page) and found.decisions and not found.of_person:
        # What it says, so that it can be shared anew once that has changed.
        what = repr([found.query, *((one.place, one.status, one.outcome) for one in found.decisions)])
        _post(desk, click, click.act.channel, what, log_views.shared_list(found, click.act.user))


def _share(desk: Desk, click: Click, press: Press, about: About) -> None:
    decision = found_by(desk, click, about)
    if decision is not None:
        what = repr([decision.place, decision.status, decision.outcome])
        _post(desk, click, decision.channel, what, record.shared(decision, click.act.user))


def _post(desk: Desk, click: Click, channel: str, what: str, shared: Document) -> None:
    """Post what somebody shares, and say so, or where it stands already, or why not."""
    try:
        there = share(desk.conversation, click.act, channel, what, lambda: desk.slack.post(channel, shared))
    except (SlackRefuses, Gone) as refused:
        say(desk, click, usage.cannot_share(str(refused)))
    else:
        say(desk, click, record.is_shared(there))


def _reopen(desk: Desk, click: Click, press: Press, about: About) -> None:
    decision = found_by(desk, click, about)
    if decision is None:
        return
    reply = reopen(desk.conversation, click.act, decision.place, unreachable=click.response_url)
    say(desk, click, _of_decision(decision, reply))


def _of_decision(decision: Decision, reply: Reply) -> Document | None:
    """What one person is told of a change that they asked for."""
    match reply:
        case Done():
            return sentence(
                f"I took #{decision.number} up again with its answers. The card comes in ",
                *(place(decision.channel), "; what is decided there supersedes it."),
            )
        case Fallen(decision=fallen):
            return log_forms.fallen(fallen)
        case TakenUp(consultation=there):
            return log_forms.taken_up(decision.number, there)
        case _:
            return only_for_you(reply)


def _withdraw(desk: Desk, click: Click, press: Press, about: About) -> None:
    decision = found_by(desk, click, about)
    if decision is None:
        return
    open_form(desk, click, log_forms.withdraw_form(decision, carried(click.act, decision.place)))


def _today(desk: Desk, click: Click, press: Press, about: About) -> None:
    decision = found_by(desk, click, about)
    today = decision and desk.inquiry.today(click.act, decision.place)
    if today:
        say(desk, click, record.with_todays_prices(today, own=desk.is_elsewhere(click.act)))


def _costs_then(desk: Desk, click: Click, press: Press, about: About) -> None:
    decision = found_by(desk, click, about)
    page = decision and _costs_page(desk, click.act, decision.place)
    if page:
        open_form(desk, click, page)


def costs_of(desk: Desk, click: Click, where: Mapping[str, Any]) -> None:
    """Another option was chosen on that page, by the one for whom it was opened."""
    act = replace(click.act, channel=where["channel"], direct=bool(where["direct"]))
    page = _costs_page(desk, act, Place(*where["p"]), click.value) if where["u"] == act.user else None
    if page is not None:
        desk.slack.update_view(click.view, page)


def _costs_page(desk: Desk, act: Act, place: Place, chosen: str = "") -> Form | None:
    found = desk.inquiry.record(act, place)
    if found is None or found.advice is None:
        return None
    kept, answers = Told.from_json(found.advice), answers_of(found.consultation)
    return pages.costs_then(kept, answers, found.decision.at.date(), carried(act, place), chosen)


def carried(act: Act, place: Place) -> str:
    """What a form about a decision carries: where it was opened, for whom, and on which decision."""
    return json.dumps({"channel": act.channel, "direct": act.direct, "u": act.user, "p": list(place)})


def _export_one(desk: Desk, click: Click, press: Press, about: About) -> None:
    decision = found_by(desk, click, about)
    if decision is not None:
        takes_files = desk.takes_files() and bool(click.act.channel)
        own = desk.is_elsewhere(click.act)
        say(desk, click, written.offer_one(decision, own=own, takes_files=takes_files))


def _show_export(desk: Desk, click: Click, press: Press, about: About) -> None:
    out = _written_out(desk, click, press, about, written.MOST_AS_TEXT)
    if out is not None:
        open_form(desk, click, written.page(out))


def _post_export(desk: Desk, click: Click, press: Press, about: About) -> None:
    """A file is uploaded aside: that takes longer than Slack waits for an answer."""
    desk.later(lambda: _upload(desk, click, press, about), click.response_url)


def _upload(desk: Desk, click: Click, press: Press, about: About) -> None:
    out = _written_out(desk, click, press, about)
    if out is None:
        return
    said = sentence(written.comment(out, Person(click.act.user)))
    try:
        desk.slack.share_file(click.act.channel, out.name, out.content, said)
    except CannotUpload as why:
        desk.tell(click.response_url, written.not_posted(str(why)))
    else:
        desk.slack.respond(click.response_url, written.POSTED, replace_original=not click.act.on)


def _written_out(
    desk: Desk, click: Click, press: Press, about: About, most: int | None = None
) -> WrittenOut | None:
    """The file that a button means; ``None`` when there is nothing to write out here, of which the person is told."""
    if not about or about[0] not in get_args(Format):
        return None
    if len(about) > 1:
        decision = found_by(desk, click, about[1:])
        found = decision and desk.inquiry.record(click.act, decision.place)
        return written_out(click.act.workspace, [found], "md") if found else None
    asked = desk.inquiry.records(click.act, press.query, most)
    if isinstance(asked, BadFilter):
        say(desk, click, sentence(asked.sentence))
        return None
    if not asked:
        say(desk, click, sentence(log_views.nothing_here(desk.is_elsewhere(click.act), press.query)))
        return None
    return written_out(click.act.workspace, asked, cast("Format", about[0]))


def _home_page(desk: Desk, click: Click, press: Press, about: About) -> None:
    show_home(desk, click.act.workspace, click.act.user, press.query, press.before, press.way)


def _home_search(desk: Desk, click: Click, press: Press, about: About) -> None:
    desk.slack.open_view(click.trigger_id, log_forms.search_form(press.query))


def found_by(desk: Desk, click: Click, about: About) -> Decision | None:
    """The decision that a button names, if it can be seen from where it was pressed; else the person is told."""
    number, channel = int(about[0]), about[1] if len(about) > 1 else ""
    found = desk.inquiry.numbered(click.act, number, channel)
    if len(found) == 1:
        return found[0]
    say(desk, click, log_views.not_found(number, own=desk.is_elsewhere(click.act)))
    return None


def say(desk: Desk, click: Click, told: Document | None) -> None:
    """Tell the person who pressed: beside the message, or on a page where they pressed on one."""
    if told is None:
        return
    if click.response_url:
        desk.tell(click.response_url, told)
        return
    plain = without_table(without_chart(told))
    open_form(desk, click, Form("The decision log", plain.parts))


def open_form(desk: Desk, click: Click, form: Form) -> None:
    """Open a form, or show it in place of the page on which somebody pressed."""
    if click.on_page:
        desk.slack.update_view(click.view, form)
    else:
        desk.slack.open_view(click.trigger_id, form)


def withdrawn(desk: Desk, sent: Submission, about: Mapping[str, Any]) -> Answer:
    """The form that takes a decision back was sent, by the one for whom it was opened."""
    read = log_forms.read_withdraw_form(sent.state)
    if isinstance(read, Mistakes):
        return {"response_action": "errors", "errors": dict(read.errors)}
    if about["u"] != sent.user:
        return beside(ids.WHY, usage.CANNOT_SEE)
    act = sent.act_in(about["channel"], direct=bool(about["direct"]))
    reply = withdraw(desk.conversation, act, Place(*about["p"]), read)
    told = log_forms.fallen(reply.decision) if isinstance(reply, Fallen) else only_for_you(reply)
    if told is not None:
        return beside(ids.WHY, told)
    if not act.channel:
        refresh_home(desk, sent.workspace, sent.user)
    return None


def searched(desk: Desk, sent: Submission, about: Mapping[str, Any]) -> Answer:
    """Words and filters for the decisions on App Home."""
    query = " ".join(str(sent.state.get(ids.QUERY) or "").split())
    found = desk.inquiry.page(Act(sent.workspace, "", sent.user, sent.key, sent.now), query)
    if isinstance(found, BadFilter):
        return beside(ids.QUERY, sentence(found.sentence))
    show_home(desk, sent.workspace, sent.user, query)
    return None


Pressed = Callable[[Desk, Click, Press, About], None]
PRESSED: Mapping[str, Pressed] = {
    ids.LOG_PAGE: _page,
    ids.SHARE_LOG: _share_log,
    ids.SHOW: _show,
    ids.REOPEN: _reopen,
    ids.WITHDRAW: _withdraw,
    ids.TODAY: _today,
    ids.COSTS_THEN: _costs_then,
    ids.SHARE: _share,
    ids.EXPORT_ONE: _export_one,
    ids.POST_EXPORT: _post_export,
    ids.SHOW_EXPORT: _show_export,
    ids.HOME_PAGE: _home_page,
    ids.HOME_SEARCH: _home_search,
}
ON_ONE: Sequence[str] = (
    *(ids.SHOW, ids.REOPEN, ids.WITHDRAW, ids.TODAY, ids.COSTS_THEN, ids.SHARE, ids.EXPORT_ONE),
)
"""Those that name a decision."""
ON_PAGES = frozenset((*ON_ONE, ids.SHOW_EXPORT, ids.HOME_PAGE, ids.HOME_SEARCH))
"""Those that can be pressed on App Home and its pages."""
