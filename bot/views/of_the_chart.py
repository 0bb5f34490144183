"""Answers to questions about the chart: where we are on it, what is not drawn, what the ranges and two volumes mean."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import groupby

from bot.conversation.of_this_thread import NEAR, options_of, scenario_of
from bot.conversation.standing import PRICING, Standing
from bot.views.because import in_short
from bot.views.costs import a_month, a_month_or_so, figures, label, once
from bot.views.document import Bullets, Part, Small, Strong, Text, Words
from bot.views.of_a_search import of_a_search, with_or_without
from bot.views.of_answers import about_cheaper
from bot.views.of_ranges import OPTIONS, bear_on, crossings, overlap, ranges, turning
from bot.views.phrases import headline, listed
from core.costs.curves import Crossing
from core.costs.lines import ON_SERVERS
from core.told.ledger import Option
from core.tree import Verdict
from core.wording import OPTION_NAMES, count, counted, from_calls, money, months

Parts = tuple[Part | None, ...]
FAR = 3
"""So many times more or fewer calls are far off."""
TUNED = ("hosted", "self_hosted")
NO_CHART = (
    "There is no chart here: it takes at least two options with a price. “compare” shows what there is."
)


def on_chart(standing: Standing, of: str) -> Parts:
    """The answer. of: which aspect, then what is named with it."""
    aspect, _, rest = of.partition(" ")
    named = tuple(rest.split(" ")) if rest else ()
    if not standing.has_chart:
        return (Text(NO_CHART),)
    return _ASPECTS.get(aspect, _read)(standing, named)


def _own(standing: Standing) -> Decimal | None:
    return standing.advice.answers.number(PRICING)


def _where(standing: Standing, named: tuple[str, ...]) -> Parts:
    """On which side of the crossings the team is, and how far off; first where they meet, if that is asked."""
    calls, base = _own(standing), scenario_of(standing).baseline
    met = [one for one in crossings(standing) if one.kind != "pays back"]
    if calls is None or base is None or not met:
        return _read(standing, ())
    first = min(met, key=lambda one: one.calls)
    is_left = calls < first.calls
    times = first.calls / calls if is_left else calls / first.calls
    far = "far" if times >= FAR else "just"
    side = f"{far} to the {'left' if is_left else 'right'} of the crossing"
    both = f"“{OPTION_NAMES[first.option]}” and “{OPTION_NAMES[base.name]}”"
    meet = f"{both} cost the same at {counted(first.calls_in_words, 'calls a month')}"
    apart = f"{_times(times)} as many as you have" if is_left else f"and you have {_times(times)} as many"
    here = counted(calls, "calls a month")
    lead: Words = (
        (Strong(f"{meet}, {money(first.month)} each: "), f"{apart}. At {here} you are {side}.")
        if "meet" in named
        else (Strong(f"{side[:1].upper()}{side[1:]}: "), f"you are at {here}. {meet}, {apart}.")
    )
    rows = tuple(_crossing(standing, one) for one in crossings(standing))
    return (Text(lead), Text(_at_own(standing)), Bullets(rows, Strong("Where the lines meet")))


def _times(times: Decimal) -> str:
    return f"{times.quantize(Decimal(1) if times >= FAR else Decimal('0.1'))} times"


def _crossing(standing: Standing, one: Crossing) -> Words:
    base = scenario_of(standing).baseline
    other = f"“{OPTION_NAMES[base.name]}”" if base is not None else "the prompt"
    said = {
        "same cost": f"costs the same as {other}, {money(one.month)} a month; nothing up front is paid back yet.",
        "cheaper from": f"from here on stays cheaper a month than {other}.",
        "pays back": f"from here on pays back what it takes up front, within {months(one.months)}.",
    }[one.kind]
    return (Strong(f"{one.calls_in_words}: "), f"“{OPTION_NAMES[one.option]}” {said}")


def _at_own(standing: Standing) -> str:
    calls = _own(standing)
    shown = [f"{OPTION_NAMES[one.name]} {a_month(one)}" for one in options_of(standing)]
    return f"At {counted(calls, 'calls a month')}: {', '.join(shown)}." if calls is not None else ""


def _drawn(standing: Standing, named: tuple[str, ...]) -> Parts:
    """Why only these options are drawn; where one is named, that first."""
    out = [one for one in standing.advice.removed if one.option != "prompt"]
    shown = options_of(standing)
    there = listed([f"“{OPTION_NAMES[one.name]}”, {a_month(one)} a month" for one in shown])
    if not out:
        return (
            Text(
                (
                    Strong("Nothing is missing: "),
                    f"all {len(shown)} options that are open to you are drawn: {there}.",
                )
            ),
        )
    tuned = any(one in TUNED for one in named)
    first = [one for one in out if one.option in named or (tuned and one.option in TUNED)] or out
    reasons = {
        because: [one.option for one in group] for because, group in groupby(first, lambda one: one.because)
    }
    said = " ".join(
        f"{listed([f'“{OPTION_NAMES[one]}”' for one in gone])}: {because[:1].lower()}{because[1:].rstrip('.')}."
        for because, gone in reasons.items()
    )
    calls = _own(standing)
    volume = f" at {counted(calls, 'calls a month')}" if calls is not None else ""
    count_of = "one option is" if len(shown) == 1 else f"{len(shown)} options are"
    return (
        Text((Strong(f"Only {count_of} drawn, since the others are ruled out. "), said)),
        Text(f"Drawn{volume}: {there}."),
        Text(_turn_of(standing)),
    )


def _turn_of(standing: Standing) -> str:
    """What of the two drawn crosses, or what brings the others back."""
    met = [one for one in crossings(standing) if one.kind != "pays back"]
    if met and len(options_of(standing)) == OPTIONS:
        one = met[0]
        return f"“{OPTION_NAMES[one.option]}” is the cheaper of the two only from {counted(one.calls_in_words, 'calls a month')} on."
    turns = {
        turn.verdict for one in standing.told.inputs for turn in (one.above, *one.others) if turn is not None
    }
    if standing.told.verdict == Verdict.COLLECT_EXAMPLES and str(Verdict.FINE_TUNE) in turns:
        least = count(standing.advice.policy.enough_labels)
        return f"With {least} reviewed examples or more they come back, and with them their lines."
    return ""


def _against(standing: Standing, _: tuple[str, ...]) -> Parts:
    """What the chart shows beside what the advice rests on."""
    scenario = scenario_of(standing)
    base, tuned = scenario.baseline, scenario.best_tuned
    if base is None or tuned is None or base.month is None or tuned.month is None:
        return _read(standing, ())
    cheaper, other = (base, tuned) if base.month <= tuned.month else (tuned, base)
    tunes = standing.told.verdict in (Verdict.FINE_TUNE, Verdict.HYBRID)
    agrees = tunes == (cheaper is tuned)
    lead = (
        "The chart compares the cost of the options, and no more."
        if agrees
        else "The chart shows the cost alone, and there you read it right."
    )
    return (
        Text(
            (
                Strong(f"{lead} "),
                f"“{OPTION_NAMES[cheaper.name]}” costs {a_month(cheaper)} a month, “{OPTION_NAMES[other.name]}” {a_month(other)}.",
            )
        ),
        Text(
            (
                Strong(f"The advice, “{headline(standing.told.verdict)}”, rests on this: "),
                figures(in_short(standing)),
            )
        ),
        Text(turning(standing)),
    )


def _volumes(standing: Standing, named: tuple[str, ...]) -> Parts:
    """What each of these volumes is; where several are named, which is the one from which it is worth it."""
    asked = [Decimal(one) for one in named]
    rows = [
        one for figure in asked for one in crossings(standing) if abs(one.calls - figure) <= NEAR * one.calls
    ]
    rows = list(dict.fromkeys(rows))
    if not rows:
        return _where(standing, ())
    back = next((one for one in rows if one.kind == "pays back"), None)
    option = scenario_of(standing).option(back.option) if back is not None else None
    lead = (
        f"{back.calls_in_words} is where it is worth it: from there on the {once(option)} up front is paid back within {months(back.months)}."
        if back is not None and option is not None
        else ""
    )
    calls = _own(standing)
    said = tuple(_crossing(standing, one) for one in sorted(rows, key=lambda one: one.calls))
    return (
        Text(Strong(lead)) if lead else None,
        Bullets(said, Strong("What each is")) if len(said) > 1 else None if lead else Text(said[0]),
        Text(_beside_own(calls, rows[-1].calls)),
    )


def _beside_own(calls: Decimal | None, there: Decimal) -> str:
    if calls is None:
        return ""
    more = there > calls
    times = _times(there / calls if more else calls / there)
    return (
        f"Now you are at {counted(calls, 'calls a month')}: {there_is(there)} is {times} as many."
        if more
        else f"Now you are at {counted(calls, 'calls a month')}, {times} as many."
    )


def there_is(calls: Decimal) -> str:
    """A volume as every text says it."""
    return from_calls(calls)


def _option(standing: Standing, named: tuple[str, ...]) -> Parts:
    """What the option is whose month stands in the chart, beside today's, and why it is not what is talked about."""
    scenario = scenario_of(standing)
    option, base = scenario.option(named[0] if named else ""), scenario.baseline
    if option is None:
        return _read(standing, ())
    what = {
        "cheaper_model": "the same prompt on a smaller model of the provider, with nothing trained",
        "prompt_cached": "your prompt as it is, with the provider's cache on",
        "prompt": "your prompt as it is",
        "hosted": "a small model that a provider tunes and runs for you",
        "self_hosted": "an open model that you tune and run on servers of your own",
        "self_hosted_prompted": "an open model on servers of your own, only prompted",
    }.get(option.name, "one of the options")
    less = (base.month or Decimal(0)) - (option.month or Decimal(0)) if base is not None else Decimal(0)
    beside = (
        f" That is {money(abs(less))} a month {'less' if less > 0 else 'more'} than “{label(base)}”."
        if base is not None and base.name != option.name and less
        else ""
    )
    why = about_cheaper(standing) if option.name == "cheaper_model" else ""
    return (
        Text((Strong(f"It is “{label(option)}”: "), f"{what}, {a_month_or_so(option)} a month.{beside}")),
        Text(why),
        Text(("The advice is ", Strong(headline(standing.told.verdict)), ": ", figures(in_short(standing)))),
    )


def _pair_drawn(standing: Standing, drawn: tuple[Option, ...]) -> Parts:
    """The two options that are drawn: what each is, and where one becomes the cheaper."""
    less, more = sorted(drawn, key=lambda one: one.month or Decimal(0))
    apart = (more.month or Decimal(0)) - (less.month or Decimal(0))
    calls = _own(standing)
    at = f" at {counted(calls, 'calls a month')}" if calls is not None else ""
    return (
        Text(
            (
                Strong(f"{a_month(less)} and {a_month(more)} a month{at}: "),
                f"the lower line is “{label(less)}”, the upper “{label(more)}”, {money(apart)} more.",
            )
        ),
        Text(_turn_of(standing)),
        Text("The other options are ruled out, so they have no line." if standing.advice.removed else ""),
    )


def _read(standing: Standing, _: tuple[str, ...]) -> Parts:
    """What the chart shows, in three lines."""
    found, drawn = standing.curves, options_of(standing)
    if len(drawn) == OPTIONS:
        return _pair_drawn(standing, drawn)
    rows = tuple(_crossing(standing, one) for one in crossings(standing))
    return (
        Text((Strong(f"{found.title}. "), "It shows what each option costs a month as the calls grow."))
        if found is not None
        else None,
        Text(_at_own(standing)),
        Bullets(rows, Strong("Where the lines meet")) if rows else None,
        Small("“chart” shows it once more."),
    )


def _options(standing: Standing, named: tuple[str, ...]) -> Parts:
    """Which option each figure is of."""
    scenario = scenario_of(standing)
    shown = [one for name in named if (one := scenario.option(name)) is not None]
    if not shown:
        return _read(standing, ())
    said = "; ".join(f"{a_month(one)} a month is “{label(one)}”" for one in shown)
    return (
        Text(Strong(f"{said}.")),
        Text(_at_own(standing)),
        Text(turning(standing)),
    )


def _slope(standing: Standing, named: tuple[str, ...]) -> Parts:
    """Why a line rises as it does: what of a month is paid by the call, and what is not."""
    options = options_of(standing)
    first = [one for one in options if one.name in named] or list(options)
    rows: list[tuple[Option, Words]] = []
    for one in (*first, *(each for each in options if each not in first)):
        by_call = Decimal(0) if one.name in ON_SERVERS else one.for_calls
        said = (
            f"{money(by_call)} of its {a_month(one)} a month is paid by the call, so it rises with the calls."
            if by_call
            else f"none of its {a_month(one)} a month is paid by the call: the servers cost the same until the calls need one more."
        )
        rows.append((one, said))
    (led, leading), *rest = rows
    return (
        Text((Strong(f"“{label(led)}”: "), leading)),
        Bullets(
            tuple((Strong(f"{OPTION_NAMES[each.name]}: "), words) for each, words in rest),
            Strong("Beside it"),
        )
        if rest
        else None,
    )


def _axes(standing: Standing, _: tuple[str, ...]) -> Parts:
    """What is drawn along both axes."""
    calls = _own(standing)
    here = f" You are at {counted(calls, 'calls a month')}." if calls is not None else ""
    return (
        Text(
            (
                Strong("Across: calls a month. Up: dollars a month. "),
                f"Each line is an option; a line that lies lower costs less.{here}",
            )
        ),
        Text(_at_own(standing)),
    )


def _decides(standing: Standing, _: tuple[str, ...]) -> Parts:
    """Whether the chart bears on the verdict, and what it shows."""
    found = standing.curves
    return (
        Text(bear_on(standing)),
        Text(f"{found.title}." if found is not None else ""),
        Text(_at_own(standing)),
    )


_ASPECTS: Mapping[str, Callable[[Standing, tuple[str, ...]], Parts]] = {
    "where": _where,
    "drawn": _drawn,
    "ranges": ranges,
    "overlap": overlap,
    "against": _against,
    "volumes": _volumes,
    "option": _option,
    "search": with_or_without,
    "read": _read,
    "axes": _axes,
    "decides": _decides,
    "slope": _slope,
    "retrieval": of_a_search,
    "options": _options,
}
