"""The chart in the thread: the picture, or Slack's own chart where pictures are refused, or a line that it is void."""

from __future__ import annotations

from decimal import Decimal

from bot.decision_log.records import Post
from bot.standing import Standing
from bot.views.blocks import context, image, line_chart, message, section
from bot.views.message import Message
from bot.views.mrkdwn import bold
from core.costs.curves import Curves
from core.wording import OPTION_NAMES, count

SHORT_NAMES = {**OPTION_NAMES, "self_hosted": "Tuned, self-hosted"}
"""The options in at most 20 characters."""

AROUND = Decimal("2.5")
"""How far beyond the volumes that matter Slack's own chart goes: its axes are linear, and would hide them."""
MOST_POINTS = 20


def chart(standing: Standing, post: Post) -> Message:
    """What the message of the chart shows. ``post.about``: the way it goes, and the file of the picture."""
    version = standing.consultation.version
    found = standing.curves if standing.is_latest(post) else None
    way = post.about.get("way")
    if found is None:
        said = superseded(standing)
        return message([said], [context(said)], what="chart", version=version)
    text = found.in_words
    if way == "picture":
        return message([text], [image(str(post.about["file"]), text)], what="chart", version=version)
    if way == "native":
        return message([text], [section(bold(found.title)), native(found)], what="chart", version=version)
    said = f"{found.title}. The chart cannot be drawn here; the table of the advice has its figures."
    return message([text], [context(said)], what="chart", version=version)


def superseded(standing: Standing) -> str:
    """What the message turns into when an answer has changed and questions are open again."""
    where = " The new one is below." if standing.is_advised else ""
    return f"An answer changed, so this chart no longer stands.{where}"


def native(curves: Curves) -> dict[str, object]:
    """Slack's own chart: the months at some round numbers of calls around the team's volume and the first crossover."""
    same = [one.calls for one in curves.crossings if one.kind != "pays back"]
    points = [*([curves.own] if curves.own else []), *sorted(same)[:1]] or [
        curves.volumes[0],
        curves.volumes[-1],
    ]
    low, high = min(points) / AROUND, max(points) * AROUND
    shown = [place for place, calls in enumerate(curves.volumes) if low <= calls <= high and _is_round(calls)]
    shown = shown[:: -(-len(shown) // MOST_POINTS) or 1]
    return line_chart(
        "Dollars a month by calls a month",
        [count(curves.volumes[place]) for place in shown],
        {
            SHORT_NAMES[one.option]: [float(round(one.months[place], 2)) for place in shown]
            for one in curves.series
        },
        x_label="Calls a month",
        y_label="Dollars a month",
    )


def _is_round(calls: Decimal) -> bool:
    """1, 2 or 5 with noughts."""
    return calls.normalize().as_tuple().digits in ((1,), (2,), (5,))
