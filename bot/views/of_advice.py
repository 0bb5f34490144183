"""Answers out of the advice to questions about it: what would flip it, what speaks against it, how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation import posts
from bot.conversation.standing import PRICING, Standing
from bot.views import flips, of_answers
from bot.views import of_advice_money as in_money
from bot.views import of_advice_plainly as plainly
from bot.views.because import in_short
from bot.views.confidence import EVERY, confidence_line
from bot.views.costs import assumptions_line, crossing, figures, label, ruled_out
from bot.views.document import Bullets, Document, Part, Said, Small, Strong, Text, Words
from bot.views.lines import at, totals
from bot.views.phrases import headline, listed, quoted, short, thread, volume
from bot.views.plan import steps
from core.told.ledger import Option, Scenario
from core.tree import TUNING
from core.wording import money

OPEN = "Nothing is settled yet: the open questions decide. "
CHEAPER = "cheaper"
"""How the reader calls a cheaper model, whichever it is."""


def of_advice(standing: Standing, about: posts.OfAdvice) -> Document:
    """The answer, from the advice as it stands."""
    match about.asked:
        case "flips":
            return _note(standing, *_flips(standing, about.of))
        case "against":
            return _note(standing, *_against(standing))
        case "confidence":
            return _note(standing, *_sureness(standing))
        case "compare":
            return _note(standing, *_compared(standing, about.of))
        case "chart":
            return _note(
                standing, Text(_where(standing, posts.Chart, "The chart is here: ", "There is no chart."))
            )
        case "similar":
            none = (
                "No earlier decision in this channel was found that is like this one. All that were made here are in "
                "the log: “/tune-or-prompt log” with any word finds them."
            )
            return _note(
                standing, Text(_where(standing, posts.Similar, "Decisions like this one are here: ", none))
            )
        case "verdict":
            return _note(standing, *_verdict(standing, about.of))
        case "question":
            return _note(standing, *of_answers.of_question(standing, about.of))
        case "parts":
            return _note(standing, *in_money.parts(standing, about.of))
        case "which":
            return _note(standing, *plainly.which(standing, about.of))
        case "why" if about.of:
            return _note(standing, *plainly.why_though(standing, about.of))
        case asked:
            return _note(standing, *ANSWERS[asked](standing))


ANSWERS: Mapping[str, Callable[[Standing], tuple[Part | None, ...]]] = {
    "why": of_answers.why,
    "short": plainly.for_the_boss,
    "weighed": of_answers.weighed,
    "unknowns": of_answers.unknowns,
    "steps": of_answers.what_to_do,
    "payback": of_answers.payback,
    "extremes": of_answers.extremes,
    "retrieval": plainly.retrieval,
    "disagreement": plainly.disagreement,
    "elsewhere": plainly.elsewhere,
    "data": plainly.data,
    "prices": in_money.prices,
    "upkeep": in_money.upkeep,
    "monthly": in_money.monthly,
    "risk": of_answers.risk,
    "both": of_answers.both,
    "quality": of_answers.of_quality,
}


def _open(standing: Standing) -> str:
    return f"{OPEN}As things look, it leans to {quoted(standing.advice.leaning)}."


def _sureness(standing: Standing) -> tuple[Part | None, ...]:
    """How sure the verdict is, what keeps it from being surer, and what would settle it."""
    named = [short(name).lower() for name in standing.told.deciding]
    settles = f"What would settle it: {listed(named)}." if named else ""
    turns = flips.turns(standing.told)
    return (
        Text(confidence_line(standing.told, EVERY) or _open(standing)),
        Text(settles or ("No answer was left open." if standing.told.verdict else "")),
        Bullets(turns, Strong("What would change it")) if turns else None,
    )


def _flips(standing: Standing, verdict: str) -> tuple[Part, ...]:
    """What would change the verdict; where one is named, only what leads to it."""
    found = standing.told
    if not found.inputs:
        return (Text(_open(standing)),)
    if verdict and verdict == found.verdict:
        return (Text(f"That is the advice already: {headline(verdict)}."),)
    if not verdict:
        turns = flips.turns(found)
        rest = flips.none_near(found) or "No answer alone changes it."
        return (Bullets(turns, Strong("What would change it")),) if turns else (Text(rest),)
    leading = tuple(
        flips.line(one)
        for one in found.inputs
        if any(turn is not None and turn.verdict == verdict for turn in (one.below, one.above, *one.others))
    )
    if not leading:
        return (
            Text(f"No single change leads to {quoted(verdict)}. It would take several answers to differ."),
        )
    return (Bullets(leading, Strong(f"What leads to {quoted(verdict)}, one change at a time")),)


def _against(standing: Standing) -> tuple[Part, ...]:
    points = standing.told.against
    if not points:
        return (Text("The numbers hold nothing against it." if standing.advice.verdict else _open(standing)),)
    stands = figures(f"It stands all the same. {in_short(standing)}") if standing.advice.verdict else ""
    return (Bullets(tuple(Said(point, 600) for point in points), Strong("The case against")), Text(stands))


def _compared(standing: Standing, named: str) -> tuple[Part | None, ...]:
    """An option beside the one that is advised: what each costs, or why it was taken away."""
    out = [one for one in standing.advice.removed if _is(one.option, named)]
    if out:
        return tuple(Text(line) for line in ruled_out(out))
    calls = standing.advice.answers.number(PRICING)
    scenario = standing.told.ledger.scenarios(calls)[-1]
    shown = [one for one in scenario.options if _is(one.name, named)]
    if not shown:
        return (
            Text("I have no figures for that here. “explain the cost” shows every option that I compare."),
        )
    advised = _advised(standing, scenario)
    names = {one.name for one in shown}
    beside = {
        one.name: one for one in (advised, scenario.baseline) if one is not None and one.name not in names
    }
    others = tuple(beside.values())
    rows = tuple(_row(one, scenario) for one in (*shown, *others))
    return (
        Bullets(rows, Strong("Side by side")),
        Text(" ".join(_difference(shown[0], other) for other in others)),
        Text(_besides(standing, named)),
        Small(assumptions_line(standing.told.ledger, standing.advice.on, volume(standing.advice.answers))),
    )


def _besides(standing: Standing, named: str) -> str:
    """What belongs to the figures of an option."""
    match named:
        case "cheaper":
            policy = standing.advice.policy
            weeks = f"{policy.iteration_weeks_low:f} to {policy.iteration_weeks_high:f} weeks"
            return (
                f"{of_answers.about_cheaper(standing)} That takes an afternoon. How good a tuned model gets nobody can "
                f"say before a first run, which takes {weeks}."
            )
        case "self_hosted":
            return "The GPU is priced by the hour, around the clock. If you own one, set its price under Assumptions."
        case _:
            return crossing(standing.told.ledger, standing.advice.answers.number(PRICING))


def _difference(one: Option, other: Option) -> str:
    """What one costs more or less a month than the other."""
    if one.month is None or other.month is None or one.month == other.month:
        return ""
    more = "more" if one.month > other.month else "less"
    return f"{label(one)} costs {money(abs(one.month - other.month))} a month {more} than {label(other)}."


def _advised(standing: Standing, scenario: Scenario) -> Option | None:
    """What the advice comes to: the best tuned option, or what is prompted today."""
    tuning = standing.advice.verdict in TUNING
    return scenario.best_tuned if tuning else scenario.baseline


def _is(option: str, named: str) -> bool:
    return option == named or (named == CHEAPER and CHEAPER in option)


def _row(option: Option, scenario: Scenario) -> Words:
    return (Strong(f"{label(option)}{at(scenario)}:"), f" {totals(option)}.")


def _where(standing: Standing, kind: type[posts.Chart | posts.Similar], here: str, none: str) -> Words:
    """The way to the newest message of this kind."""
    found = [post.ts for post in standing.posts if isinstance(post.about, kind) and post.ts]
    if not found:
        return none
    return (here, thread(standing.consultation.channel, found[-1], "go there"), ".")


def _verdict(standing: Standing, verdict: str) -> tuple[Part, ...]:
    """What a verdict says; with its steps where it is the present one."""
    if verdict == standing.told.verdict:
        plan = steps(standing, standing.told.ledger)
        return (Bullets(plan, (Strong(f"{headline(verdict)}."), " It means these steps:")),)
    possible = verdict in map(str, standing.advice.possible)
    where = "It is still possible here." if possible else "It is not the advice here as things stand."
    return (Text((Strong(f"{headline(verdict)}."), f" {where}")), *_flips(standing, verdict))


def _note(standing: Standing, *parts: Part | None) -> Document:
    return Document(parts, "note", standing.consultation.version)
