"""The chart in the thread: the picture, or Slack's own chart where pictures are refused, or a line that it is void."""

from __future__ import annotations

from bot.conversation.posts import Chart
from bot.conversation.standing import Standing
from bot.views.blocks import context, image, line_chart, message, section
from bot.views.message import Block, Message
from bot.views.mrkdwn import bold
from core.costs.curves import Curves, Series
from core.wording import OPTION_NAMES, count, counted, money

SHORT_NAMES = {**OPTION_NAMES, "self_hosted": "Tuned, self-hosted"}
"""The options in at most 20 characters."""

TOO_DEAR = 4
"""How many times the other months a line may cost before it is left out of a chart whose scale is even."""


def chart(standing: Standing, about: Chart, found: Curves | None) -> Message:
    """What the message of the chart shows; ``found``: its figures, ``None`` where it no longer stands."""
    version = standing.consultation.version
    if found is None:
        said = superseded(standing)
        return message([said], [context(said)], what="chart", version=version)
    text = found.in_words
    if about.way == "picture" and about.file is not None:
        return message([text], [image(about.file, text)], what="chart", version=version)
    if about.way == "native":
        return message([text], _native(found), what="chart", version=version)
    said = f"{found.title}. The chart cannot be drawn here; the table of the advice has its figures."
    return message([text], [context(said)], what="chart", version=version)


def superseded(standing: Standing) -> str:
    """What the message turns into when an answer has changed and questions are open again."""
    where = " The new one is below." if standing.has_chart else ""
    return f"An answer changed, so this chart no longer stands.{where}"


def native(curves: Curves) -> dict[str, object]:
    """Slack's own chart, whose scales are even: the months up to twice the calls that matter."""
    shown = [curves.volumes.index(calls) for calls in curves.even]
    return line_chart(
        "Dollars a month by calls a month",
        [count(calls) for calls in curves.even],
        {
            SHORT_NAMES[one.option]: [float(round(one.months[place], 2)) for place in shown]
            for one in curves.series
            if one not in too_dear(curves)
        },
        x_label="Calls a month",
        y_label="Dollars a month",
    )


def too_dear(curves: Curves) -> tuple[Series, ...]:
    """The lines that would press all others flat on an even scale, and cross none of them."""
    shown = [curves.volumes.index(calls) for calls in curves.even]
    crossing = {one.option for one in curves.crossings if curves.even[0] <= one.calls <= curves.even[-1]}
    kept = [one for one in curves.series if one.is_baseline or one.option in crossing]
    most = TOO_DEAR * max(one.months[place] for one in kept for place in shown)
    return tuple(one for one in curves.series if min(one.months[place] for place in shown) > most)


def _native(curves: Curves) -> list[Block]:
    dear = [
        f"{one.label}, {money(one.months[curves.volumes.index(curves.even[-1])])}" for one in too_dear(curves)
    ]
    beyond = f"Beyond this chart: {'; '.join(dear)} a month at {counted(curves.even[-1], 'calls')}."
    return [section(bold(curves.title)), native(curves), *([context(beyond)] if dear else [])]
