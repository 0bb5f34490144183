"""What a word of the advice means, in plain words and with this thread's figures."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.conversation.figures_shown import figures_shown, scenario_of
from bot.conversation.standing import Standing
from bot.views import of_figures, of_what_to_do, words_of_costs
from bot.views.because import in_short
from bot.views.costs import a_month, figures, model_of, once
from bot.views.document import Part, Said, Strong, Text, Words
from bot.views.of_reasons import because, decides
from bot.views.phrases import headline, listed, quoted, short
from bot.views.plan import steps
from bot.views.words_of_costs import said
from bot.views.words_plainly import PLAIN
from core.told.ledger import Option
from core.tree import Verdict
from core.wording import count, counted, percent

Parts = tuple[Part | None, ...]

TASK_TOLD = 160


def of_word(standing: Standing, word: str) -> Parts:
    """What a word means here; "model hosted": what the model of an option is."""
    name, _, option = word.partition(" ")
    if name == "model":
        return _model(standing, option)
    if name in PLAIN:
        lead, rest = PLAIN[name]
        return said(
            lead,
            rest.format(
                weeks=_weeks(standing),
                target=_target(standing),
                least=count(standing.advice.policy.enough_labels),
                months=counted(standing.advice.policy.horizon_months, "months"),
            ),
        )
    return _TELL[name](standing)


def _model(standing: Standing, name: str) -> Parts:
    scenario = scenario_of(standing)
    option, now = scenario.option(name), scenario.baseline
    if option is None:
        return (Text("That model is in no option here."),)
    what = {
        "hosted": "the small model that would be trained on your examples and run by its provider",
        "self_hosted": "the open model that would be trained, and run on your own servers",
        "self_hosted_prompted": "the open model that would be run on your own servers with today's instructions",
        "cheaper_model": "a smaller, cheaper model that would be given the same prompt",
    }.get(option.name, "the model that you use today")
    beside = f", against {a_month(now)} today" if now is not None and now.name != option.name else ""
    return said(
        f"{model_of(option)} is {what}.",
        f"It costs {a_month(option)} a month and {once(option)} up front{beside}.",
        _advice_here(standing),
    )


def _weeks(standing: Standing) -> str:
    policy = standing.advice.policy
    return f"{policy.iteration_weeks_low:f} to {policy.iteration_weeks_high:f} weeks"


def _target(standing: Standing) -> str:
    target = standing.advice.answers.number("quality_target")
    return percent(target) if target is not None else "the target"


def _task(standing: Standing) -> Words:
    return ("“", Said(standing.consultation.task, TASK_TOLD), "”")


def _advice_here(standing: Standing) -> str:
    return f"{headline(standing.told.verdict or standing.advice.leaning)}. {in_short(standing)}"


def _alone(standing: Standing) -> Parts:
    return (
        Text(
            (
                Strong(
                    "Two people each say what the right result is for the same cases, without seeing what the other says. "
                ),
                "“Label” means just that: to write down, for one case of ",
                _task(standing),
                ", what would be right.",
            )
        ),
        Text(
            "It is done for a set of cases and not for all of them: 50 are enough to see where the two differ."
        ),
        Text(
            "Where they differ, they write down what is right. That text goes into the prompt, and the score is measured again on what they agree on."
        ),
    )


def _parts(standing: Standing) -> Parts:
    return (
        Text(
            (
                Strong("The agreement is between the people who judge the results: "),
                "two of them look at the same cases, each alone, and should come to the same answer about as often as the target, ",
                f"{_target(standing)}.",
            )
        ),
        Text(
            (
                "To split or narrow the task: leave out, or treat apart, the kinds of cases in ",
                _task(standing),
                " on which they differ, until on the rest they agree.",
            )
        ),
        Text("Then what is right is written down, goes into the prompt, and the score is measured again."),
    )


def _lean(standing: Standing) -> Parts:
    advice = standing.advice
    if len(advice.possible) < 2:
        return (Text(f"Nothing leans here: the verdict is settled. {_advice_here(standing)}"),)
    named = listed([short(name).lower() for name in advice.deciding])
    how = (
        "It is what comes out if the measured rate is taken as exact."
        if "quality" in advice.deciding and advice.answers.number("eval_total")
        else "It is what comes out while nothing more is known: prompting is what you have, and needs nothing built."
    )
    first = [
        step
        for step in steps(standing, standing.told.ledger)
        if not (isinstance(step, str) and step.startswith("Keep prompting"))
    ]
    return (
        Text(
            (
                Strong(f"There is no verdict yet, only a leaning to {quoted(advice.leaning)}. "),
                f"{how} It may still become any of {listed(map(quoted, advice.possible))}.",
            )
        ),
        Text(f"What is not known, and decides: {named}."),
        Text((Strong("For now: "), "keep prompting. ", first[0])) if first else None,
    )


def _open(standing: Standing) -> Parts:
    return because(standing) if decides(standing) == "open" else _lean(standing)


def _retrieval(standing: Standing) -> Parts:
    facts = standing.advice.answers.of("misses") == "facts"
    here = (
        in_short(standing)
        if facts
        else "Your misses are not for want of facts, so it is not what is advised here."
    )
    return (
        Text(
            (
                Strong(
                    "Looking it up: for each question your documents are searched, and the passages that are found are put into the prompt. "
                ),
                "The model then reads the facts, and need not know them. Nothing is trained, and a new document counts at once.",
            )
        ),
        Text(
            (
                "Like a colleague who looks into the file before answering, and does not answer by heart. Here: ",
                _task(standing),
                ".",
            )
        ),
        Text(figures(here)),
    )


def _context(standing: Standing) -> Parts:
    return said(
        "The context is what the model is given to read with each call; the weights are what it has learned in training.",
        "What stands in the context can be changed the same day; what is in the weights takes a new training.",
        in_short(standing),
    )


def _reviewed(standing: Standing) -> Parts:
    given, least = standing.given_to("labelled_examples"), standing.advice.policy.enough_labels
    have = f"You answered: {given.words}. " if given else "How many you have was not asked here. "
    return said(
        "A real case with its right answer, which somebody who knows has checked.",
        f"It is what a model is trained on, and what it is measured with. {have}From {count(least)} on, a first run makes sense.",
    )


def _fair(standing: Standing) -> Parts:
    return of_what_to_do.fair_try(standing)


def _round(standing: Standing) -> Parts:
    wait = standing.given_to("can_wait")
    told = f"You answered whether you can wait that long: {wait.words}." if wait else ""
    return said(
        f"One round is what a change to a tuned model takes: new examples, a training run and a new check, {_weeks(standing)} in all.",
        f"A prompt is changed the same day. {told}",
    )


def _misses(standing: Standing) -> Parts:
    quality, given = standing.advice.quality, standing.given_to("misses")
    wrong = (
        f"Of 100 answers {count(round(100 * (1 - quality.point)))} are wrong today. "
        if quality is not None and quality.point is not None
        else ""
    )
    kind = f"You answered what they look like: {given.words}." if given else ""
    return said("The answers that are wrong.", f"{wrong}{kind}", in_short(standing))


def _aside(standing: Standing) -> Parts:
    return said(
        "Cases with their right answers that are kept apart and never shown to the model beforehand.",
        "The same ones are used before and after a change, so that the two scores can be held against each other.",
    )


def _tuned(standing: Standing) -> Parts:
    tuned: Option | None = scenario_of(standing).best_tuned
    here = (
        f"Here: {model_of(tuned)}, {once(tuned)} up front and {a_month(tuned)} a month."
        if tuned is not None
        else "It is no option here as things stand."
    )
    return said(
        "A smaller model that is trained on your own reviewed examples, so that it answers your way without long instructions.",
        f"It learns how to answer, not what is true. {here}",
        f"The advice: {_advice_here(standing)}",
    )


def _label(standing: Standing) -> Parts:
    if standing.told.verdict == Verdict.REDEFINE_TASK:
        return _alone(standing)
    return said(
        "The right answer that somebody writes to a case, such as a category or a field.",
        "Labels of your own are those that no model can know from elsewhere.",
    )


def _per_request(standing: Standing) -> Parts:
    given = standing.given_to("per_request_instructions")
    return said(
        "Whether what the model is told to do differs from one call to the next, for instance from customer to customer.",
        f"You answered: {given.words}. What changes with each call stays in the prompt."
        if given
        else "It was not asked here.",
    )


def _prompt(standing: Standing) -> Parts:
    now = scenario_of(standing).baseline
    cost = f"Today's costs {a_month(now)} a month." if now is not None else ""
    return said(
        "The written instructions, with examples, that are sent to the model with each call.",
        f"They can be changed the same day. {cost}",
    )


def _calls(standing: Standing) -> Parts:
    given = standing.given_to("calls_per_month")
    told = f"You answered {given.words} a month." if given else ""
    return (
        Text((Strong("One call is one request to the model: one case of "), _task(standing), f". {told}")),
    )


def _schema(standing: Standing) -> Parts:
    return said(
        "A fixed form that every answer must have: which fields there are, and what may stand in each.",
        "Whoever knows what is done with the answers says what the fields are; whoever runs the prompt puts them in.",
    )


def _rate(standing: Standing) -> Parts:
    figure = next((one for one in figures_shown(standing) if one.what == "range"), None)
    if figure is None:
        return said(
            "How often it is right over all cases, and not only over those that were counted.",
            "Here no cases were counted: the quality is a figure that you gave.",
        )
    return of_figures.of_figures(standing, f"{figure.number:f}")


def _smaller(standing: Standing) -> Parts:
    tuned = scenario_of(standing).best_tuned
    model = model_of(tuned) if tuned is not None else ""
    now = standing.given_to("quality")
    known = f" Today's prompt: {now.words}." if now else ""
    return said(
        f"It may not reach the target of {_target(standing)} after the training.",
        f"{model or 'The model that is trained'} is much smaller than the one you use today, and how good it gets nobody can say before a first run.{known} So measure it on cases put aside, and switch only if it beats today's prompt.",
    )


def _dataset(standing: Standing) -> Parts:
    given = standing.given_to("labelled_examples")
    have = f" You have {given.words}." if given else ""
    return said(
        "The reviewed examples to train on, each a real case with its right answer, in one file.",
        f"A part of them, such as every fifth, is put aside and never trained on: it shows afterwards whether the training was worth it.{have}",
    )


def _prompt_examples(standing: Standing) -> Parts:
    given, least = standing.given_to("prompt_examples"), standing.advice.policy.enough_examples
    have = f" You answered: {given.words}." if given else ""
    return (
        Text(
            (
                Strong("One whole case with its right answer, written into the prompt: "),
                "what came in, and what should come out. Here: one case of ",
                _task(standing),
                ".",
            )
        ),
        Text(
            f"The model sees how it is done right, and does the next one alike. From {count(least)} on it counts as a fair try.{have}"
        ),
    )


_TELL: Mapping[str, Callable[[Standing], Parts]] = {
    "prompt_examples": _prompt_examples,
    "until": words_of_costs.until,
    "on_call": words_of_costs.on_call,
    "priced": words_of_costs.priced,
    "dataset": _dataset,
    "alone": _alone, "parts": _parts, "lean": _lean, "open": _open, "defaults": words_of_costs.defaults, "pays": words_of_costs.pays, "cache": words_of_costs.cache,
    "up_front": words_of_costs.up_front, "brackets": words_of_costs.brackets, "retrieval": _retrieval, "context": _context, "reviewed": _reviewed,
    "fair": _fair, "replica": words_of_costs.replica, "open_model": words_of_costs.open_model, "baseline": words_of_costs.baseline, "round": _round,
    "misses": _misses, "aside": _aside, "batch": words_of_costs.batch, "cheaper": words_of_costs.cheaper, "tuned": _tuned, "label": _label,
    "schema": _schema,
    "rate": _rate,
    "smaller": _smaller,
    "fixed": words_of_costs.fixed,
    "per_request": _per_request, "prompt": _prompt, "tokens": words_of_costs.tokens, "calls": _calls,
}  # fmt: skip
