"""The chart in the thread: the picture, or Slack's own chart where pictures are refused, or a line that it is void."""

from __future__ import annotations

from bot.conversation import posts
from bot.conversation.standing import Standing
from bot.views.document import Chart, Document, Parts, Picture, Small
from core.costs.curves import Curves, Series
from core.wording import OPTION_NAMES, count, counted, money

SHORT_NAMES = {**OPTION_NAMES, "self_hosted": "Tuned, self-hosted"}
"""The options in at most 20 characters."""

TOO_DEAR = 4
"""How many times the other months a line may cost before it is left out of a chart whose scale is even."""


def chart(standing: Standing, about: posts.Chart, found: Curves | None, *, again: bool = False) -> Document:
    """What the message of the chart shows.

    found: its figures, ``None`` where it no longer stands here. again: whether it is only because it was asked for
    once more.
    """
    return Document(_parts(standing, about, found, again=again), "chart", standing.consultation.version)


def _parts(standing: Standing, about: posts.Chart, found: Curves | None, *, again: bool) -> Parts:
    if found is None and again:
        return (Small("This chart was asked for again: it is further down in this thread."),)
    if found is None:
        where = " The new one is below." if standing.has_chart else ""
        return (Small(f"An answer changed, so this chart no longer stands.{where}"),)
    if about.way == "picture" and about.file is not None:
        return (Picture(about.file, found.in_words),)
    if about.way == "native":
        return (native(found), Small(_beyond(found)))
    return (
        Small(f"{found.title}. The chart cannot be drawn here; the table of the advice has its figures."),
    )


def native(curves: Curves) -> Chart:
    """Slack's own chart, whose scales are even: the months up to twice the calls that matter."""
    shown = [curves.volumes.index(calls) for calls in curves.even]
    dear = too_dear(curves)
    return Chart(
        title=curves.title,
        name="Dollars a month by calls a month",
        points=tuple(map(count, curves.even)),
        lines={
            SHORT_NAMES[one.option]: tuple(float(round(one.months[place], 2)) for place in shown)
            for one in curves.series
            if one not in dear
        },
        x_label="Calls a month",
        y_label="Dollars a month",
        words=curves.in_words,
    )


def too_dear(curves: Curves) -> tuple[Series, ...]:
    """The lines that would press all others flat on an even scale, and cross none of them."""
    shown = [curves.volumes.index(calls) for calls in curves.even]
    crossing = {one.option for one in curves.crossings if curves.even[0] <= one.calls <= curves.even[-1]}
    kept = [one for one in curves.series if one.is_baseline or one.option in crossing]
    most = TOO_DEAR * max(one.months[place] for one in kept for place in shown)
    return tuple(one for one in curves.series if min(one.months[place] for place in shown) > most)


def _beyond(curves: Curves) -> str:
    last = curves.volumes.index(curves.even[-1])
    dear = [f"{one.label}, {money(one.months[last])}" for one in too_dear(curves)]
    return (
        f"Beyond this chart: {'; '.join(dear)} a month at {counted(curves.even[-1], 'calls')}."
        if dear
        else ""
    )
