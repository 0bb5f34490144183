"""Answers out of the advice to questions about it: what would flip it, what speaks against it, how sure it is."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from decimal import Decimal

from bot.conversation import posts
from bot.conversation.standing import PRICING, Standing, standing_of
from bot.views import (
    flips,
    how_sure,
    of_a_challenge,
    of_a_turn,
    of_answers,
    of_facts,
    of_figures,
    of_payback,
    of_reasons,
    of_situations,
    of_the_chart,
    of_two_options,
    of_what_is_at_hand,
    of_what_is_counted,
    of_what_to_do,
    of_words,
)
from bot.views import of_advice_money as in_money
from bot.views import of_advice_plainly as plainly
from bot.views.because import in_short
from bot.views.confidence import EVERY, confidence_line
from bot.views.costs import assumptions_line, figures, label, row_named, ruled_out
from bot.views.document import Bullets, Document, Part, Said, Small, Strong, Text, Words
from bot.views.lines import at, that_matter, totals
from bot.views.phrases import headline, listed, quoted, short, thread, volume
from bot.views.plan import steps
from bot.views.similar import told_again
from core.told.ledger import Option, Scenario
from core.tree import TUNING, Verdict
from core.wording import count, money

CHART_AGAIN = (
    "Here is the chart once more, below. Whoever cannot open this thread can be sent the picture: download it, or "
    "share its message."
)
NO_CHART = (
    "There is no chart here: it takes at least two options with a price. “compare” shows what there is."
)
OPEN = "Nothing is settled yet: the open questions decide. "
COMBINED = (
    "Turn the cache on first: it is a matter of the prompt's order, done the same day, and changes no answer. The savings do "
    "not add up: the price of the cheaper model has the cache in it already."
)
TUNED = ("hosted", "self_hosted")
ASSUMED_TOLD = 2
"""Defaults that lead to a verdict: the nearest."""
CHEAPER = "cheaper"
"""How the reader calls a cheaper model, whichever it is."""


def of_advice(standing: Standing, about: posts.OfAdvice) -> Document:
    """The answer, from the advice as it stands."""
    if (to_the_point := _of_this_thread(standing, about)) is not None:
        return _note(standing, *to_the_point)
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
            again = Text(CHART_AGAIN if standing.has_chart else NO_CHART)
            return _note(standing, _at_calls(standing, about.of), again)
        case "similar":
            none = (
                "No earlier decision in this channel was found that is like this one. All that were made here are in "
                "the log: “/tune-or-prompt log” with any word finds them."
            )
            return _note(standing, *_similar(standing, none))
        case "verdict":
            return _note(standing, *_verdict(standing, about.of))
        case "why" if about.of == "doubt":
            return _note(standing, *of_what_to_do.doubted(standing))
        case "why" if about.of:
            return _note(standing, *plainly.why_though(standing, about.of))
        case asked if asked in OF_WHAT:
            return _note(standing, *OF_WHAT[asked](standing, about.of))
        case asked:
            return _note(standing, *ANSWERS[asked](standing))


def _of_this_thread(standing: Standing, about: posts.OfAdvice) -> tuple[Part | None, ...] | None:
    """The answer to what names a side of the confidence, or what is wanted of two options; ``None`` for anything else."""
    match about.asked:
        case "confidence" if about.of:
            return how_sure.how_sure(standing, about.of)
        case "compare" if of_two_options.MARK in about.of:
            return of_two_options.side_by_side(standing, about.of)
        case _:
            return None


def _parts(standing: Standing, of: str) -> tuple[Part | None, ...]:
    """What a figure is made of, or an option; a figure that is no cost is an answer or a default."""
    if (which := of.partition(" ")[0]) in in_money.OF_ONE:
        return in_money.parts_of_one(standing, which, of.partition(" ")[2])
    if not of or not of[0].isdigit():
        return in_money.parts(standing, option=of)
    figures = of.split(" ")
    for one in map(Decimal, figures):
        if in_money.is_a_cost(standing, one):
            return in_money.parts(standing, f"{one:f}")
        if (made := of_facts.origin(standing, one)) is not None:
            return made
        if one == standing.advice.policy.enough_labels:
            return plainly.of_question(standing, "labelled_examples")
        if one == standing.advice.policy.enough_examples:
            return of_what_to_do.fair_try(standing)
    return in_money.parts(standing, figures[0])


OF_WHAT: Mapping[str, Callable[[Standing, str], tuple[Part | None, ...]]] = {
    "question": plainly.of_question,
    "challenge": of_a_challenge.challenge,
    "parts": _parts,
    "which": plainly.which,
    "counted": of_what_is_counted.is_counted,
    "skipped": of_facts.skipped,
    "off": of_facts.off,
    "enough": of_facts.enough,
    "removed": of_situations.removed,
    "waiting": of_situations.waiting,
    "stuck": of_situations.stuck,
    "measuring": of_what_to_do.measuring,
    "disagreement": of_what_to_do.agreement,
    "payback": of_payback.payback,
    "quality": of_answers.of_quality,
    "short": plainly.for_the_boss,
    "reason": of_reasons.because,
    "holds": of_reasons.holds,
    "figure": of_figures.of_figures,
    "word": of_words.of_word,
    "on_chart": of_the_chart.on_chart,
    "turns": of_a_turn.turns,
    "at_hand": of_what_is_at_hand.at_hand,
}
"""What is asked of something that is named with it, or of nothing."""
ANSWERS: Mapping[str, Callable[[Standing], tuple[Part | None, ...]]] = {
    "why": of_reasons.because,
    "weighed": of_answers.weighed,
    "unknowns": of_facts.unknowns,
    "steps": of_what_to_do.first_steps,
    "split": of_what_to_do.split,
    "fair_try": of_what_to_do.fair_try,
    "extremes": of_answers.extremes,
    "retrieval": plainly.retrieval,
    "elsewhere": plainly.elsewhere,
    "data": plainly.data,
    "prices": in_money.prices,
    "upkeep": in_money.upkeep,
    "monthly": in_money.monthly,
    "risk": of_answers.risk,
    "both": of_situations.both,
    "first_year": of_situations.first_year,
    "options": of_situations.options,
}


def _at_calls(standing: Standing, calls: str) -> Part | None:
    """What each option costs at so many calls a month, digits: where the chart has that volume."""
    if not calls.isdigit() or not standing.has_chart:
        return None
    day = datetime.combine(standing.advice.on, time(), UTC)
    there = standing_of(standing.consultation, day, extra={PRICING: int(calls)})
    scenario = there.told.ledger.scenarios(Decimal(calls))[-1]
    gone = {one.option for one in there.advice.removed}
    rows = tuple(
        (Strong(f"{label(one)}: "), f"{money(one.month)} a month.")
        for one in that_matter(scenario)
        if one.month is not None and one.name not in gone
    )
    is_own = standing.advice.answers.number(PRICING) == int(calls)
    said = "your volume" if is_own else "which is not stored"
    return Bullets(rows, Strong(f"At {count(int(calls))} calls a month, {said}"))


def _open(standing: Standing) -> str:
    return f"{OPEN}As things look, it leans to {quoted(standing.advice.leaning)}."


def _sureness(standing: Standing) -> tuple[Part | None, ...]:
    """How sure the verdict is, what keeps it from being surer, and what would settle it."""
    named = [short(name).lower() for name in standing.told.deciding]
    measured = of_answers.what_it_rests_on(standing)
    settles = f"What would settle it: {listed(named)}." if named else ""
    turns = flips.turns(standing.told)
    return (
        Text(confidence_line(standing.told, EVERY) or _open(standing)),
        Text(measured),
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
    if verdict and verdict[0].isdigit():
        return (*_at_volumes(standing, verdict.split(" ")), *_flips(standing, ""))
    if not verdict:
        turns = flips.turns(found)
        rest = flips.none_near(found) or "No answer alone changes it."
        if last := found.reasons[-1:]:
            rest = f"{rest} It stands on your answer “{short(last[0].question)}: {last[0].answer}”: only another answer to that would change it."
        return (Bullets(turns, Strong("What would change it")),) if turns else (Text(rest),)
    lead_there = [
        one
        for one in found.inputs
        if any(turn is not None and turn.verdict == verdict for turn in (one.below, one.above, *one.others))
    ]
    assumed = sorted((one for one in lead_there if one.is_assumed), key=lambda one: one.distance)
    leading = tuple(
        flips.line(one)
        for one in (*(one for one in lead_there if not one.is_assumed), *assumed[:ASSUMED_TOLD])
    )
    first: Part = (
        Bullets(leading, Strong(f"What leads to {quoted(verdict)}, one change at a time"))
        if leading
        else Text(f"No single change leads to {quoted(verdict)}. It would take several answers to differ.")
    )
    return (first, of_what_to_do.conditions(standing)) if verdict == Verdict.FINE_TUNE else (first,)


def _at_volumes(standing: Standing, volumes: list[str]) -> tuple[Part, ...]:
    """The verdict at each of these calls a month."""
    calls = next((one for one in standing.told.inputs if one.key == PRICING), None)
    if calls is None or standing.told.verdict is None:
        return ()
    rows = []
    for one in sorted(map(Decimal, volumes)):
        turn = (
            calls.above
            if calls.above and calls.above.number is not None and one >= calls.above.number
            else None
        )
        turn = turn or (
            calls.below
            if calls.below and calls.below.number is not None and one <= calls.below.number
            else None
        )
        verdict = turn.verdict if turn is not None else standing.told.verdict
        rows.append(
            (
                Strong(f"{count(one)} calls a month: "),
                f"{headline(verdict) if verdict else 'another question decides'}.",
            )
        )
    return (Bullets(tuple(rows), Strong("At the volumes that you name")),)


def _against(standing: Standing) -> tuple[Part, ...]:
    points = standing.told.against
    if not points:
        return (Text("The numbers hold nothing against it." if standing.advice.verdict else _open(standing)),)
    stands = figures(f"It stands all the same. {in_short(standing)}") if standing.advice.verdict else ""
    return (Bullets(tuple(Said(point, 600) for point in points), Strong("The case against")), Text(stands))


def _compared(standing: Standing, named: str) -> tuple[Part | None, ...]:
    """Options side by side: exactly those that are named, or the one that is named beside what is advised."""
    names = named.split(" ")
    out = [one for one in standing.advice.removed if any(_is(one.option, name) for name in names)]
    gone = tuple(Text(line) for line in ruled_out(out))
    scenario = standing.told.ledger.scenarios(standing.advice.answers.number(PRICING))[-1]
    shown = {one.name: one for name in names for one in _options(scenario, name)}
    if out and len(shown) + len(out) >= len(names) and len(shown) < 2:
        return gone
    if not shown:
        return (
            *gone,
            Text("I have no figures for that here. “explain the cost” shows every option that I compare."),
        )
    if len(shown) == 1:
        others = (_advised(standing, scenario), scenario.baseline)
        shown |= {one.name: one for one in others if one is not None and one.name not in shown}
    first, *rest = shown.values()
    return (
        *gone,
        Text(" ".join(filter(None, (_difference(first, other) for other in rest)))),
        Bullets(tuple(_row(one, scenario) for one in shown.values()), Strong("Side by side")),
        *(Text(said) for said in _besides(standing, tuple(shown))),
        Small(assumptions_line(standing.told.ledger, standing.advice.on, volume(standing.advice.answers))),
    )


def _options(scenario: Scenario, named: str) -> list[Option]:
    """The options that a word means: "prompt" is what is prompted today."""
    if named.startswith("row"):
        return [one for one in (row_named(scenario, named),) if one is not None]
    if named == "prompt":
        return [scenario.baseline] if scenario.baseline is not None else []
    return [one for one in scenario.options if _is(one.name, named)]


def _besides(standing: Standing, names: tuple[str, ...]) -> tuple[str, ...]:
    """What belongs to the figures of these options: whether they are good enough, and how soon they run."""
    policy = standing.advice.policy
    weeks = f"{policy.iteration_weeks_low:f} to {policy.iteration_weeks_high:f} weeks"
    tuned = [name for name in names if name in TUNED]
    cheaper = any(CHEAPER in name for name in names)
    cached = cheaper and "prompt_cached" in names
    gpus = any(name.startswith("self_hosted") for name in names)
    soon = "A prompt is changed and runs the same day" if len(tuned) < len(names) else ""
    takes = f"a tuned model takes {weeks} to a first run, and again for each change" if tuned else ""
    said = "; ".join(filter(None, (soon, takes)))
    return (
        of_answers.about_cheaper(standing) if cheaper else "",
        COMBINED if cached else "",
        f"{said[:1].upper()}{said[1:]}. How good it gets nobody can say before that first run."
        if tuned
        else "",
        in_money.same_cost(standing, names),
        "The GPU is priced by the hour, around the clock. If you own one, set its price under Assumptions."
        if gpus
        else "",
    )


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


def _similar(standing: Standing, none: str) -> tuple[Part, ...]:
    """The decisions that were found like this one, each with its verdict and its day, and the way to them."""
    shown = [post for post in standing.posts if isinstance(post.about, posts.Similar) and post.ts]
    if not shown or not isinstance(found := shown[-1].about, posts.Similar):
        return (Text(none),)
    way = thread(standing.consultation.channel, str(shown[-1].ts), "Why they are alike")
    return (
        Bullets(tuple(map(told_again, found.found)), Strong("Decided here before, and like this one")),
        Small((way, ".")),
    )


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
