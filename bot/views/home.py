"""The App Home: one's own page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bot.conversation.posts import Advised, Question, posts_of
from bot.conversation.replies import WorkspaceSettings
from bot.decision_log.records import Consultation, Decision
from bot.views import ids
from bot.views.blocks import actions, button, context, divider, header, section, words
from bot.views.house import settings_section
from bot.views.message import Block
from bot.views.mrkdwn import bold, channel, date, escape, link, thread_link
from bot.views.phrases import STATUS, headline
from bot.views.press import Press
from bot.views.usage import ABOUT, WAYS

MOST = 10


class HeldUp(NamedTuple):
    """Why a thread does not show the newest of its consultation: Slack's word, and whether it passes by itself."""

    word: str
    passes: bool


def home(
    user: str,
    consultations: Sequence[Consultation],
    decisions: Sequence[Decision],
    settings: WorkspaceSettings,
    day: datetime.date,
    held_up: Mapping[str, HeldUp] | None = None,
) -> dict[str, Any]:
    """Start, one's open consultations, decisions one took part in, the workspace's settings, and what the app does."""
    start = button("Start a decision", ids.HOME_START, Press(), primary=True)
    blocks: list[Block] = [
        header("Fine-tune a model, or write a good prompt?"),
        section(ABOUT),
        actions(start),
        context("You choose the channel. What is asked and answered there can be seen by everyone in it."),
        divider(),
        header("Your open consultations"),
        *(block for one in consultations[:MOST] for block in _consultation(one, (held_up or {}).get(one.id))),
    ]
    if not consultations:
        blocks.append(section("Nothing is open. What you start or answer appears here."))
    blocks += [divider(), header("Decisions you took part in")]
    blocks += [block for one in decisions[:MOST] for block in _decision(one)]
    if not decisions:
        blocks.append(section("None yet."))
    blocks += [divider(), *settings_section(settings, user, day)]
    blocks += [divider(), header("Help"), section("\n".join(f"`{typed}` {does}" for typed, does in WAYS))]
    blocks.append(context("In a thread, say “help” to me to see what can be said there."))
    # The ids stay the same, so that a press counts that comes while the page is drawn anew.
    named = [{**block, "block_id": f"{ids.HOME}:{place}"} for place, block in enumerate(blocks)]
    return {"type": "home", "callback_id": ids.HOME, "blocks": named}


def _consultation(one: Consultation, held_up: HeldUp | None) -> list[Block]:
    last = next((p.about for p in reversed(posts_of(one)) if isinstance(p.about, Question | Advised)), None)
    waiting = "Advised, not decided yet" if isinstance(last, Advised) else "Open"
    state = "Set aside" if one.status == "set_aside" else waiting
    where = (
        link(thread_link(one.channel, one.root_ts), "Open the thread") if one.root_ts else "Not posted yet"
    )
    waits = f" · {_waits(held_up)}" if held_up else ""
    return [section(words(one.task, 600)), context(f"{state}, since {date(one.created_at)} · {where}{waits}")]


def _waits(held_up: HeldUp) -> str:
    if held_up.passes:
        return "Slack is slow; the newest comes as soon as it can"
    return f"Slack does not take the newest of it ({escape(held_up.word, 80)}); I keep trying"


def _decision(one: Decision) -> list[Block]:
    status = STATUS.get(one.status, one.status)
    where = link(thread_link(one.channel, one.root_ts), "Open the thread") if one.root_ts else "no thread"
    return [
        section(words(f"#{one.number} {one.task}", 600)),
        context(
            f"{bold(headline(one.chosen))}, {status} · {channel(one.channel)} · {date(one.at)} · {where}"
        ),
    ]
