"""The pages that open beside an advice: the case against it, what would change it, and how its costs add up."""

from __future__ import annotations

from typing import Any

from bot.standing import PRICING, Standing
from bot.views import ids
from bot.views.blocks import actions, option, page, section, select
from bot.views.costs import line_words, scenarios
from bot.views.mrkdwn import bold, escape
from bot.views.phrases import headline, short

View = dict[str, Any]


def case_against(standing: Standing, metadata: str) -> View:
    """Every point against the verdict."""
    points = [f"• {escape(point.says, 400)}" for point in standing.advice.against]
    return page(
        "The case against", [section("\n".join(points) or "The numbers hold nothing against it.")], metadata
    )


def would_change(standing: Standing, metadata: str) -> View:
    """Everything that would change the verdict."""
    found = [f for f in standing.advice.flips if f.to is not None]
    said = [f"• {short(f.input)}: {headline(f.verdict)}" for f in found]
    return page("What would change it", [section("\n".join(said) or "Nothing would.")], metadata)


def options(standing: Standing) -> list[str]:
    """The names of the options that have a page."""
    return [one.name for one in scenarios(standing.advice.ledger.to_json())[0].options]


def costs(standing: Standing, metadata: str, chosen: str = "") -> View:
    """One option's ledger, line by line; the others are a choice away."""
    ledger = standing.advice.ledger.to_json()
    options = scenarios(ledger, standing.advice.answers.number(PRICING))[0].options
    shown = next((one for one in options if one.name == chosen), options[0])
    picker = select(ids.COSTS_OF, [option(one.label, one.name) for one in options], "Option", shown.name)
    lines = [f"• {escape(line_words(line), 300)}" for line in shown.lines]
    return page(
        "How the costs add up", [actions(picker), section("\n".join([bold(shown.label), *lines]))], metadata
    )
