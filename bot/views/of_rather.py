"""What is to be said of what somebody would rather have than what is advised: a cheaper model, no training, a provider."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Mapping

from bot.conversation.figures_shown import scenario_of
from bot.conversation.standing import Standing
from bot.views.costs import a_month, label, once
from core.tree import TUNING, Verdict

IS_OUT: Mapping[str, tuple[str, ...]] = {"rented": ("hosted", "prompt"), "cheaper": ("cheaper_model",)}
"""The options that are meant by what somebody would rather have, where it is not called as they are."""


def is_a_matter_of_cost(standing: Standing) -> bool:
    """Whether the path went through what the figures say."""
    return any(one.question == "calls_per_month" for one in standing.told.reasons)


def instead(standing: Standing, which: str) -> str:
    """What is to be said first of the option that somebody would rather have; "" where the reason says it."""
    scenario = scenario_of(standing)
    tunes = standing.told.verdict in TUNING
    if standing.told.verdict == Verdict.SELF_HOST and which in ("hosted", "self_hosted"):
        return _prompted_first(standing)
    out = [one for one in standing.advice.removed if one.option in IS_OUT.get(which, (which,))]
    gone = {one.option for one in standing.advice.removed}
    may_be_tuned = which == "hosted" and "self_hosted" not in gone
    if out and not may_be_tuned:
        ever = ", whatever it costs" if "data" in out[0].because else ""
        return f"Because {out[0].because[:1].lower()}{out[0].because[1:].rstrip('.')}{ever}."
    if which == "cheaper":
        return _cheaper(standing)
    if which == "prompt" and tunes:
        now, tuned = scenario.baseline, scenario.best_tuned
        aim, at = standing.advice.answers.number("quality_target"), standing.given_to("quality")
        if (
            now is not None
            and tuned is not None
            and aim is not None
            and at is not None
            and not is_a_matter_of_cost(standing)
        ):
            tried = standing.given_to("prompt_examples")
            had = f" even with {tried.words}" if tried else ""
            return f"Because today's prompt falls short{had}: quality {at.words}. {_beside_tuned(standing)}"
    if which == "self_hosted":
        return _on_own_servers(standing)
    if which == "hosted" and standing.told.verdict == Verdict.HYBRID:
        return "Because the instructions change with each request: what changes cannot be trained, so only the rest is."
    return "Training is what is advised here." if which == "hosted" and tunes else ""


def _on_own_servers(standing: Standing) -> str:
    """What the option on their own servers costs beside what is advised."""
    scenario = scenario_of(standing)
    own, other = scenario.option("self_hosted"), scenario.baseline
    tuned = scenario.best_tuned
    if standing.told.verdict in TUNING and tuned is not None and tuned.name != "self_hosted":
        other = tuned
    if own is None or other is None or own.month is None or other.month is None or own.name == other.name:
        return ""
    if own.month <= other.month:
        return ""
    return f"Because your own servers cost more at this volume: “{label(own)}” {a_month(own)} a month, after {once(own)} up front, against {a_month(other)} for “{label(other)}”."


def _prompted_first(standing: Standing) -> str:
    """Why the open model is prompted before it is trained."""
    scenario = scenario_of(standing)
    prompted, tuned = scenario.option("self_hosted_prompted"), scenario.option("self_hosted")
    if prompted is None or tuned is None:
        return ""
    return (
        f"Because the same open model, only prompted, costs less ({a_month(prompted)} a month and {once(prompted)} up front, against {a_month(tuned)} and "
        f"{once(tuned)} tuned), and shows first whether it is good enough without training."
    )


def _beside_tuned(standing: Standing) -> str:
    """What today's prompt costs beside a tuned model, and when it stays all the same."""
    scenario = scenario_of(standing)
    now, tuned = scenario.baseline, scenario.best_tuned
    if now is None or tuned is None or now.month is None or tuned.month is None:
        return "It stays if that quality will do."
    both = f"({a_month(now)} a month against {a_month(tuned)} tuned)"
    return (
        f"It is cheaper {both}, and stays if that quality will do."
        if now.month < tuned.month
        else f"It is dearer as well {both}."
    )


def _cheaper(standing: Standing) -> str:
    scenario = scenario_of(standing)
    cheaper, now = scenario.option("cheaper_model"), scenario.baseline
    if cheaper is None or now is None:
        return ""
    beside = f"“{label(cheaper)}” costs {a_month(cheaper)} a month against {a_month(now)} for “{label(now)}”"
    enough = standing.advice.answers.of("cheaper_model_enough")
    if enough is False:
        return f"Because you answered that the cheaper model does not reach the target. {beside}: if it does reach it after all, change that answer."
    if enough is True:
        return f"It is: you answered that the cheaper model reaches the target. {beside}."
    return f"Because nobody has said yet whether it reaches the target. {beside}, so it is worth an afternoon: run the same prompt on it, on the same cases."
