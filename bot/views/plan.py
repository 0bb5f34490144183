"""The next steps that come with each verdict, with the figures of the policy and of the ledger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from bot.conversation.standing import Standing
from bot.views.because import cheaper_untried
from bot.views.costs import once
from bot.views.document import Said, Words
from bot.views.evaluation import FIRST_CASES, cost_of_cases
from bot.views.phrases import short
from core.evaluation import at_rate
from core.prices.names import model_name
from core.questions import BY_NAME
from core.told.ledger import Ledger, Scenario
from core.tree import Verdict
from core.wording import count, counted, from_calls, months


def steps(standing: Standing, ledger: Ledger) -> tuple[Words, ...]:
    """What to do now, a sentence or two a step."""
    verdict = standing.advice.verdict or standing.advice.leaning
    return STEPS[verdict](standing, ledger)


def _prompt_first(standing: Standing, ledger: Ledger) -> tuple[Words, ...]:
    policy = standing.advice.policy
    weeks = policy.prompt_week
    return (
        f"Give it {counted(weeks, 'weeks')}{_priced(ledger)}: clear instructions, at least "
        f"{count(policy.enough_examples)} examples, a fixed format, a check of every output.",
        "Put a fixed set of cases aside, and measure before and after on the same set.",
        "Change the answers here when you have the result: how many were right, of how many.",
    )


def _priced(ledger: Ledger) -> str:
    """What a thorough prompt takes, which is what the table has up front."""
    baseline = ledger.scenarios()[0].baseline
    return f" (the {once(baseline)} up front)" if baseline is not None and baseline.up_front else ""


def _measure_first(standing: Standing, ledger: Ledger) -> tuple[Words, ...]:
    advice = standing.advice
    found = tuple(_find_out(name, standing, ledger) for name in advice.deciding)
    return (
        "Keep prompting for now.",
        *found,
        "Change the answer here when you know. The verdict follows at once.",
    )


def _find_out(question: str, standing: Standing, ledger: Ledger) -> Words:
    advice = standing.advice
    if question == "quality" and advice.answers.number("eval_total") is not None:
        return _more_cases(standing, ledger)
    if question == "quality":
        width = round(100 * (at_rate(0.5, FIRST_CASES).high - 0.5))
        return (
            f"Measure the quality on a fixed set of cases, and agree on a target. {FIRST_CASES} cases pin it to within "
            f"{width} points: {cost_of_cases(FIRST_CASES, ledger)}."
        )
    if question == "cheaper_model_enough":
        cheaper = ledger.assumed("cheaper_model").value
        model = Said(model_name(str(cheaper)), 120) if cheaper else "a cheaper model"
        return ("Run the same prompt on ", model, ", and measure it on the same cases: an afternoon's work.")
    return BY_NAME[question].find_out or f"Find out: {short(question)}."


def _more_cases(standing: Standing, ledger: Ledger) -> str:
    more = standing.advice.more_needed
    if more:
        cost = cost_of_cases(more, ledger)
        return f"Measure {more:,} more cases, picked as the first ones were: {cost}."
    return (
        "Measure the quality on more cases. At the same rate no number of them settles it, "
        "so look at the target as well: is it the right one?"
    )


def _redefine_task(standing: Standing, ledger: Ledger) -> tuple[Words, ...]:
    return (
        "Let two people label the same cases, each alone, and look at where they differ.",
        "Write down what is right in those cases. That text belongs in the prompt as well.",
        "Split the task into parts, or narrow it, until they agree. Then measure again.",
    )


def _collect_examples(standing: Standing, ledger: Ledger) -> tuple[Words, ...]:
    enough = count(standing.advice.policy.enough_labels)
    return (
        "Keep prompting in the meantime.",
        f"Log and review inputs and outputs. From {enough} on, a first run makes sense.",
        "Look hardest at the misses: a corrected miss teaches more than one more right answer.",
        "Come back when you have them, and change that one answer.",
    )


def _keep_prompting(standing: Standing, ledger: Ledger) -> tuple[Words, ...]:
    found = _at_the_target(standing, ledger) if _reaches_target(standing) else _below_the_target()
    again = _revisit(ledger.scenarios(standing.advice.answers.number("calls_per_month"))[0])
    return (*found, again) if again else found


def _reaches_target(standing: Standing) -> bool:
    quality, target = standing.advice.quality, standing.advice.answers.number("quality_target")
    return (
        quality is not None
        and quality.point is not None
        and target is not None
        and quality.point >= float(target)
    )


def _at_the_target(standing: Standing, ledger: Ledger) -> tuple[Words, ...]:
    options = {option.name for option in ledger.scenarios()[0].options}
    cheaper = str(ledger.assumed("cheaper_model").value or "")
    named: Words = (" (", Said(model_name(cheaper), 120), ")") if cheaper else ""
    first: tuple[Words, ...] = (("Try the same prompt on the cheaper model", named, ", on the same cases."),)
    if standing.advice.answers.of("cheaper_model_enough") is True:
        first = (("Move to the cheaper model", named, ", with the same prompt. It reaches the target."),)
    if standing.advice.answers.of("cheaper_model_enough") is False:
        first = ()
    cached = "Put the fixed part of the prompt first, so that the provider's cache serves it."
    return (
        *first,
        *((cached,) if "prompt_cached" in options else ()),
        "Send whatever can wait as a batch: providers bill it at a discount.",
    )


def _below_the_target() -> tuple[Words, ...]:
    return (
        "Try a stronger model with the same prompt, on the same cases.",
        "Find the largest class of misses, and fix that one first.",
        "Split the task into steps, each with its own prompt and its own check.",
    )


def _revisit(scenario: Scenario) -> str:
    tuned = scenario.best_tuned
    if (
        tuned is None
        or tuned.crossover_within_horizon_calls is None
        or (scenario.calls or Decimal(0)) >= tuned.crossover_within_horizon_calls
    ):
        return ""
    calls = from_calls(tuned.crossover_within_horizon_calls)
    return (
        f"Look at cost again when you reach {counted(calls, 'calls a month')}: from there tuning pays back."
    )


def _add_retrieval(standing: Standing, ledger: Ledger) -> tuple[Words, ...]:
    return (
        "Collect the documents that hold the missing facts, and make them searchable.",
        "For each request, search them and put what is found into the prompt.",
        "Measure again on the same cases.",
        "Where retrieval is in place, look at the missed cases: the fact is not there, or it is not found.",
    )


def _fine_tune(standing: Standing, ledger: Ledger) -> tuple[Words, ...]:
    return (*_cheaper_first(standing), *_data_set(standing, ledger), *_runs(standing, ledger))


def _hybrid(standing: Standing, ledger: Ledger) -> tuple[Words, ...]:
    return (
        *_cheaper_first(standing),
        "Train on what never changes (format, labels). Keep in the prompt what changes.",
        *_data_set(standing, ledger),
        *_runs(standing, ledger),
        "Train on examples that hold the instructions and facts of their request.",
    )


def _cheaper_first(standing: Standing) -> tuple[Words, ...]:
    """Where the cheaper model costs less than the tuned one and nobody has tried it: that comes before training."""
    model = cheaper_untried(standing)
    return (
        (
            (
                "Measure ",
                Said(model, 120),
                " with today's prompt first. Go on if it misses the target.",
            ),
        )
        if model
        else ()
    )


def _data_set(standing: Standing, ledger: Ledger) -> tuple[Words, ...]:
    wanted = ledger.assumed("training_examples").number
    size = f" ({count(wanted)} are in the costs)" if wanted is not None else ""
    return (f"Collect and check the examples{size}. Put a part aside to measure.",)


KIND = (
    "Choose the kind: supervised where answers are right or wrong, by preference where people can only rank them, by "
    "grader where a program can check them."
)
"""What matters less than whether a base can be tuned, and whether it beats the prompt."""


def _runs(standing: Standing, ledger: Ledger) -> tuple[Words, ...]:
    policy = standing.advice.policy
    base = ledger.assumed("base").value
    left, again = (ledger.assumed(key).number for key in ("base_life_months", "retrains_per_year"))
    chosen: Words = Said(model_name(str(base)), 120) if base else "the base"
    lasts = f" (assumed: {months(left)})" if left and base else ""
    priced = f" {count(again)} a year {'is' if again == 1 else 'are'} in the costs." if again else ""
    weeks = f"{count(policy.iteration_weeks_low)} to {count(policy.iteration_weeks_high)}"
    return (
        f"Train and measure: {weeks} weeks. Switch only if it reaches the target on those cases.",
        ("Find out how long ", chosen, f" can still be tuned{lasts}."),
        KIND,
        f"Put a date on retraining, and on leaving the base model.{priced}",
    )


def _self_host(standing: Standing, ledger: Ledger) -> tuple[Words, ...]:
    hours = ledger.assumed("on_call_hours").number
    priced = (
        f" {counted(hours, 'hours a month')} {'is' if hours == 1 else 'are'} in the costs." if hours else ""
    )
    return (
        f"Agree on who runs the GPUs and who is on call.{priced}",
        "Prompt an open model first, and measure it on a fixed set of cases. That is your baseline.",
        "Check that the servers carry your busiest hour, and what happens when one fails.",
        "Fine-tune that model only if the baseline falls short.",
    )


STEPS: Mapping[Verdict, Callable[[Standing, Ledger], tuple[Words, ...]]] = {
    Verdict.PROMPT_FIRST: _prompt_first,
    Verdict.MEASURE_FIRST: _measure_first,
    Verdict.REDEFINE_TASK: _redefine_task,
    Verdict.COLLECT_EXAMPLES: _collect_examples,
    Verdict.KEEP_PROMPTING: _keep_prompting,
    Verdict.ADD_RETRIEVAL: _add_retrieval,
    Verdict.FINE_TUNE: _fine_tune,
    Verdict.HYBRID: _hybrid,
    Verdict.SELF_HOST: _self_host,
}
