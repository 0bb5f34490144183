"""Words of an advice that stand among its costs: what each means, with this thread's figures."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from decimal import Decimal

from bot.conversation.figures_shown import scenario_of
from bot.conversation.standing import Standing
from bot.views import flips
from bot.views.because import in_short
from bot.views.costs import a_month, crossing, figures, label, line_words, model_of, once, own_figures
from bot.views.document import Bullets, Part, Said, Strong, Text, Words
from core.wording import count, counted, money, percent

Parts = tuple[Part | None, ...]

LINES_TOLD = 3
SHOWN = 4


def said(lead: str, rest: Words, *more: str) -> Parts:
    """What a word means, what follows here, and more, a paragraph each."""
    return (Text((Strong(f"{lead} "), rest)), *(Text(figures(one)) for one in more if one))


def defaults(standing: Standing) -> Parts:
    """What is assumed, by whom, and which of it could change the verdict."""
    used = standing.told.ledger.assumptions
    mine = [one for one in used.values() if one.default]
    own = own_figures(standing.told.ledger)
    moving = [
        one
        for one in standing.told.inputs
        if one.is_assumed and one.changes and one.key in used and used[one.key].default
    ]
    moving.sort(key=lambda one: one.distance)
    rows = tuple(flips.line(one) for one in moving[:SHOWN])
    return (
        Text(
            (
                Strong(
                    f"Nobody here gave them: {counted(len(mine), 'figures')} of the costs are defaults of mine. "
                ),
                "Prices are from the providers' published lists, each with its day; hours and numbers of tokens are usual ones. ",
                own or "You stated none of them.",
            )
        ),
        Bullets(rows, Strong("Those nearest to changing the verdict"))
        if rows
        else Text("No other value of one of them alone changes the verdict."),
        Text("All stand under “Assumptions”, where you can set your own."),
    )


def pays(standing: Standing) -> Parts:
    """What paid back means, and when it is."""
    scenario = scenario_of(standing)
    tuned, now = scenario.best_tuned, scenario.baseline
    if tuned is None or now is None or tuned.month is None or now.month is None or not tuned.up_front:
        return said(
            "What is spent once, up front, is paid back when the months have saved as much.",
            "Nothing here is spent up front for training.",
        )
    less = now.month - tuned.month
    here = (
        f"Here a month costs {money(-less)} more tuned ({a_month(tuned)} against {a_month(now)}), so the {once(tuned)} never comes back at this volume."
        if less <= 0
        else f"Here {once(tuned)} / {money(less)} saved a month is {counted(tuned.payback_months or Decimal(0), 'months')}."
    )
    return said(
        "What is spent once, up front, is paid back when the months have saved as much.",
        here,
        crossing(standing.told.ledger, scenario.calls),
    )


def cache(standing: Standing) -> Parts:
    """What the cache is, and what it is worth."""
    scenario = scenario_of(standing)
    plain, cached = scenario.option("prompt"), scenario.option("prompt_cached")
    costs = (
        f"Here that is {a_month(cached)} a month instead of {a_month(plain)}. "
        if plain is not None and cached is not None
        else "It is no option here. "
    )
    return said(
        "The provider remembers the part of the prompt that is the same in every call, and bills it at a discount.",
        f"{costs}It is turned on by putting that part first; no answer changes by it.",
    )


def up_front(standing: Standing) -> Parts:
    """What is spent once."""
    scenario = scenario_of(standing)
    option = scenario.best_tuned or scenario.baseline
    if option is None or not option.up_front:
        return said("What is spent once, before the first call.", "Nothing is spent up front here.")
    lines = sorted(
        (line for line in option.lines if line.per == "up front" and line.amount),
        key=lambda line: -line.amount,
    )
    made = "; ".join(line_words(line, per=False) for line in lines[:LINES_TOLD])
    return said(
        f"What is spent once, before the first call: here {once(option)} for “{label(option)}”.",
        Said(f"It is made of: {made}.", 500),
        in_short(standing),
    )


def brackets(standing: Standing) -> Parts:
    """The range of a cost."""
    option = scenario_of(standing).best_tuned or scenario_of(standing).baseline
    here = ""
    if option is not None and option.month_p10 is not None and option.month_p90 is not None:
        here = f"For “{label(option)}”: {a_month(option)} a month, {money(option.month_p10)} to {money(option.month_p90)}."
    return said(
        "The range in which the true cost lies in 8 of 10 cases.",
        f"Most figures behind the costs are not known exactly; each was varied as far as it may be off. {here}",
    )


def replica(standing: Standing) -> Parts:
    """What a replica is."""
    return said(
        "One machine that runs the model; failover is a second one that takes over when the first stops.",
        "One replica is priced here where your volume needs no more: when it stops, nothing answers.",
    )


def open_model(standing: Standing) -> Parts:
    """What an open model is, and what it costs here."""
    scenario = scenario_of(standing)
    prompted, tuned = scenario.option("self_hosted_prompted"), scenario.option("self_hosted")
    shown = [one for one in (prompted, tuned) if one is not None]
    cost = "; ".join(f"“{label(one)}” {a_month(one)} a month, {once(one)} up front" for one in shown)
    return said(
        "A model whose files anybody may download and run on machines of their own, so that no data leaves.",
        f"8B is its size, H100 the graphics card it runs on. Here: {cost}."
        if cost
        else "It is no option here.",
    )


def baseline(standing: Standing) -> Parts:
    """What the rest is held against."""
    now = scenario_of(standing).baseline
    here = f"Here: “{label(now)}”, {a_month(now)} a month." if now is not None else ""
    return said("What everything else is held against: what you would have without training.", here)


def batch(standing: Standing) -> Parts:
    """What a batch is."""
    return said(
        "Calls that can wait are sent together and answered within a day.",
        "Providers bill them at a discount. None is taken off here unless you say which share can wait.",
    )


def cheaper(standing: Standing) -> Parts:
    """What the cheaper model is."""
    scenario = scenario_of(standing)
    cheaper, now = scenario.option("cheaper_model"), scenario.baseline
    if cheaper is None or now is None:
        return said("A smaller model of a provider with the same prompt.", "It is no option here.")
    return said(
        f"A smaller model, {model_of(cheaper)}, with the same prompt as today and nothing trained.",
        f"Here {a_month(cheaper)} a month against {a_month(now)} today. It counts only if it reaches the target on the same cases.",
    )


def tokens(standing: Standing) -> Parts:
    """What tokens are."""
    used = standing.told.ledger
    tokens = [used.assumed(key).number for key in ("prompt_tokens", "output_tokens")]
    here = (
        f"{count(tokens[0] or 0)} for the prompt and {count(tokens[1] or 0)} for the answer are reckoned a call."
        if None not in tokens
        else ""
    )
    return said("The pieces of words by which providers bill: about three quarters of a word each.", here)


def fixed(standing: Standing) -> Parts:
    """Which part of a prompt is fixed."""
    share = standing.told.ledger.assumed("fixed_share").number
    here = f"{percent(share)} of it is assumed here." if share is not None else ""
    return said(
        "The part of the prompt that is the same in every call: the instructions and the examples.",
        f"What differs is the case itself, such as the letter. The provider's cache bills the fixed part at a discount. {here}",
    )


def until(standing: Standing) -> Parts:
    """For how long a model can be trained on."""
    left = standing.told.ledger.assumed("base_life_months").number
    tuned = scenario_of(standing).best_tuned
    named = model_of(tuned) if tuned is not None else "The model that is trained"
    so_long = (
        f"{counted(left, 'months')} are assumed here" if left is not None else "how long is not known here"
    )
    return said(
        "Providers take models out of use after some time; what was trained on one is lost with it.",
        f"{named}: {so_long}. Look it up at the provider before you begin, and plan to train anew after that.",
    )


def on_call(standing: Standing) -> Parts:
    """Who is on call."""
    hours = standing.told.ledger.assumed("on_call_hours").number
    return said(
        "Somebody who is reached when the machines stop, also at night and at weekends.",
        f"{counted(hours, 'hours a month')} are priced in here."
        if hours
        else "It is priced only where you run servers of your own.",
    )


def priced(standing: Standing) -> Parts:
    """What it means that examples are priced in."""
    wanted = standing.told.ledger.assumed("training_examples").number
    tuned = scenario_of(standing).best_tuned
    made = (
        next((line for line in tuned.lines if line.label.startswith("Examples to make")), None)
        if tuned is not None
        else None
    )
    cost = (
        f" What is paid for: {line_words(made, per=False).removeprefix('Examples to make: ')}; those that you have already cost nothing."
        if made is not None
        else ""
    )
    return said(
        "The costs are worked out for a training on so many examples.",
        f"An example is one real case with its right answer.{f' Here {count(wanted)} are trained on.' if wanted is not None else ''}{cost}",
    )
