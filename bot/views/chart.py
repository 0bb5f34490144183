"""The chart in the thread: the picture, or Slack's own chart where pictures are refused, or a line that it is void."""

from __future__ import annotations

from bot.decision_log.records import Post
from bot.standing import Standing
from bot.views.blocks import context, image, line_chart, message, section
from bot.views.message import Message
from bot.views.mrkdwn import bold
from core.costs.curves import Curves
from core.wording import OPTION_NAMES, count

SHORT_NAMES = {**OPTION_NAMES, "self_hosted": "Tuned, self-hosted"}
"""The options in at most 20 characters."""


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
    """Slack's own chart, whose scales are even: the months up to twice the calls that matter."""
    shown = [curves.volumes.index(calls) for calls in curves.even]
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
