"""What a word of the advice means, in plain words and with this thread's figures."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from bot.conversation.figures_shown import figures_shown, scenario_of
from bot.conversation.standing import Standing
from bot.views import flips, of_figures, of_what_to_do
from bot.views.because import in_short
from bot.views.costs import a_month, crossing, figures, label, line_words, model_of, once, own_figures
from bot.views.document import Bullets, Part, Said, Strong, Text, Words
from bot.views.of_reasons import because, decides
from bot.views.phrases import headline, listed, quoted, short
from bot.views.plan import steps
from core.told.ledger import Option
from core.tree import Verdict
from core.wording import count, counted, money, percent

Parts = tuple[Part | None, ...]

TASK_TOLD = 160
LINES_TOLD = 3
SHOWN = 4


def of_word(standing: Standing, word: str) -> Parts:
    """What a word means here; "model hosted": what the model of an option is."""
    name, _, option = word.partition(" ")
    if name == "model":
        return _model(standing, option)
    if name in PLAIN:
        lead, rest = PLAIN[name]
        return _said(
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
    return _said(
        f"{model_of(option)} is {what}.",
        f"It costs {a_month(option)} a month and {once(option)} up front{beside}.",
        _advice_here(standing),
    )


def _said(lead: str, rest: Words, *more: str) -> Parts:
    return (Text((Strong(f"{lead} "), rest)), *(Text(figures(one)) for one in more if one))


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


def _defaults(standing: Standing) -> Parts:
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
        else Text("None of them alone changes the verdict."),
        Text("All stand under “Assumptions”, where you can set your own."),
    )


def _pays(standing: Standing) -> Parts:
    scenario = scenario_of(standing)
    tuned, now = scenario.best_tuned, scenario.baseline
    if tuned is None or now is None or tuned.month is None or now.month is None or not tuned.up_front:
        return _said(
            "What is spent once, up front, is paid back when the months have saved as much.",
            "Nothing here is spent up front for training.",
        )
    less = now.month - tuned.month
    here = (
        f"Here a month costs {money(-less)} more tuned ({a_month(tuned)} against {a_month(now)}), so the {once(tuned)} never comes back at this volume."
        if less <= 0
        else f"Here {once(tuned)} / {money(less)} saved a month is {counted(tuned.payback_months or Decimal(0), 'months')}."
    )
    return _said(
        "What is spent once, up front, is paid back when the months have saved as much.",
        here,
        crossing(standing.told.ledger, scenario.calls),
    )


def _cache(standing: Standing) -> Parts:
    scenario = scenario_of(standing)
    plain, cached = scenario.option("prompt"), scenario.option("prompt_cached")
    costs = (
        f"Here that is {a_month(cached)} a month instead of {a_month(plain)}. "
        if plain is not None and cached is not None
        else "It is no option here. "
    )
    return _said(
        "The provider remembers the part of the prompt that is the same in every call, and bills it at a discount.",
        f"{costs}It is turned on by putting that part first; no answer changes by it.",
    )


def _up_front(standing: Standing) -> Parts:
    scenario = scenario_of(standing)
    option = scenario.best_tuned or scenario.baseline
    if option is None or not option.up_front:
        return _said("What is spent once, before the first call.", "Nothing is spent up front here.")
    lines = sorted(
        (line for line in option.lines if line.per == "up front" and line.amount),
        key=lambda line: -line.amount,
    )
    made = "; ".join(line_words(line, per=False) for line in lines[:LINES_TOLD])
    return _said(
        f"What is spent once, before the first call: here {once(option)} for “{label(option)}”.",
        Said(f"It is made of: {made}.", 500),
        in_short(standing),
    )


def _brackets(standing: Standing) -> Parts:
    option = scenario_of(standing).best_tuned or scenario_of(standing).baseline
    here = ""
    if option is not None and option.month_p10 is not None and option.month_p90 is not None:
        here = f"For “{label(option)}”: {a_month(option)} a month, {money(option.month_p10)} to {money(option.month_p90)}."
    return _said(
        "The range in which the true cost lies in 8 of 10 cases.",
        f"Most figures behind the costs are not known exactly; each was varied as far as it may be off. {here}",
    )


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
    return _said(
        "The context is what the model is given to read with each call; the weights are what it has learned in training.",
        "What stands in the context can be changed the same day; what is in the weights takes a new training.",
        in_short(standing),
    )


def _reviewed(standing: Standing) -> Parts:
    given, least = standing.given_to("labelled_examples"), standing.advice.policy.enough_labels
    have = f"You answered: {given.words}. " if given else "How many you have was not asked here. "
    return _said(
        "A real case with its right answer, which somebody who knows has checked.",
        f"It is what a model is trained on, and what it is measured with. {have}From {count(least)} on, a first run makes sense.",
    )


def _fair(standing: Standing) -> Parts:
    return of_what_to_do.fair_try(standing)


def _replica(standing: Standing) -> Parts:
    return _said(
        "One machine that runs the model; failover is a second one that takes over when the first stops.",
        "One replica is priced here where your volume needs no more: when it stops, nothing answers.",
    )


def _open_model(standing: Standing) -> Parts:
    scenario = scenario_of(standing)
    prompted, tuned = scenario.option("self_hosted_prompted"), scenario.option("self_hosted")
    shown = [one for one in (prompted, tuned) if one is not None]
    cost = "; ".join(f"“{label(one)}” {a_month(one)} a month, {once(one)} up front" for one in shown)
    return _said(
        "A model whose files anybody may download and run on machines of their own, so that no data leaves.",
        f"8B is its size, H100 the graphics card it runs on. Here: {cost}."
        if cost
        else "It is no option here.",
    )


def _baseline(standing: Standing) -> Parts:
    now = scenario_of(standing).baseline
    here = f"Here: “{label(now)}”, {a_month(now)} a month." if now is not None else ""
    return _said("What everything else is held against: what you would have without training.", here)


def _round(standing: Standing) -> Parts:
    wait = standing.given_to("can_wait")
    said = f"You answered whether you can wait that long: {wait.words}." if wait else ""
    return _said(
        f"One round is what a change to a tuned model takes: new examples, a training run and a new check, {_weeks(standing)} in all.",
        f"A prompt is changed the same day. {said}",
    )


def _misses(standing: Standing) -> Parts:
    quality, given = standing.advice.quality, standing.given_to("misses")
    wrong = (
        f"Of 100 answers {count(round(100 * (1 - quality.point)))} are wrong today. "
        if quality is not None and quality.point is not None
        else ""
    )
    kind = f"You answered what they look like: {given.words}." if given else ""
    return _said("The answers that are wrong.", f"{wrong}{kind}", in_short(standing))


def _aside(standing: Standing) -> Parts:
    return _said(
        "Cases with their right answers that are kept apart and never shown to the model beforehand.",
        "The same ones are used before and after a change, so that the two scores can be held against each other.",
    )


def _batch(standing: Standing) -> Parts:
    return _said(
        "Calls that can wait are sent together and answered within a day.",
        "Providers bill them at a discount. None is taken off here unless you say which share can wait.",
    )


def _cheaper(standing: Standing) -> Parts:
    scenario = scenario_of(standing)
    cheaper, now = scenario.option("cheaper_model"), scenario.baseline
    if cheaper is None or now is None:
        return _said("A smaller model of a provider with the same prompt.", "It is no option here.")
    return _said(
        f"A smaller model, {model_of(cheaper)}, with the same prompt as today and nothing trained.",
        f"Here {a_month(cheaper)} a month against {a_month(now)} today. It counts only if it reaches the target on the same cases.",
    )


def _tuned(standing: Standing) -> Parts:
    tuned: Option | None = scenario_of(standing).best_tuned
    here = (
        f"Here: {model_of(tuned)}, {once(tuned)} up front and {a_month(tuned)} a month."
        if tuned is not None
        else "It is no option here as things stand."
    )
    return _said(
        "A smaller model that is trained on your own reviewed examples, so that it answers your way without long instructions.",
        f"It learns how to answer, not what is true. {here}",
        f"The advice: {_advice_here(standing)}",
    )


def _label(standing: Standing) -> Parts:
    if standing.told.verdict == Verdict.REDEFINE_TASK:
        return _alone(standing)
    return _said(
        "The right answer that somebody writes to a case, such as a category or a field.",
        "Labels of your own are those that no model can know from elsewhere.",
    )


def _per_request(standing: Standing) -> Parts:
    given = standing.given_to("per_request_instructions")
    return _said(
        "Whether what the model is told to do differs from one call to the next, for instance from customer to customer.",
        f"You answered: {given.words}. What changes with each call stays in the prompt."
        if given
        else "It was not asked here.",
    )


def _prompt(standing: Standing) -> Parts:
    now = scenario_of(standing).baseline
    cost = f"Today's costs {a_month(now)} a month." if now is not None else ""
    return _said(
        "The written instructions, with examples, that are sent to the model with each call.",
        f"They can be changed the same day. {cost}",
    )


def _tokens(standing: Standing) -> Parts:
    used = standing.told.ledger
    tokens = [used.assumed(key).number for key in ("prompt_tokens", "output_tokens")]
    here = (
        f"{count(tokens[0] or 0)} for the prompt and {count(tokens[1] or 0)} for the answer are reckoned a call."
        if None not in tokens
        else ""
    )
    return _said("The pieces of words by which providers bill: about three quarters of a word each.", here)


def _calls(standing: Standing) -> Parts:
    given = standing.given_to("calls_per_month")
    said = f"You answered {given.words} a month." if given else ""
    return (
        Text((Strong("One call is one request to the model: one case of "), _task(standing), f". {said}")),
    )


def _schema(standing: Standing) -> Parts:
    return _said(
        "A fixed form that every answer must have: which fields there are, and what may stand in each.",
        "Whoever knows what is done with the answers says what the fields are; whoever runs the prompt puts them in.",
    )


def _rate(standing: Standing) -> Parts:
    figure = next((one for one in figures_shown(standing) if one.what == "range"), None)
    if figure is None:
        return _said(
            "How often it is right over all cases, and not only over those that were counted.",
            "Here no cases were counted: the quality is a figure that you gave.",
        )
    return of_figures.of_figures(standing, f"{figure.number:f}")


def _smaller(standing: Standing) -> Parts:
    tuned = scenario_of(standing).best_tuned
    model = model_of(tuned) if tuned is not None else ""
    now = standing.given_to("quality")
    known = f" Today's prompt: {now.words}." if now else ""
    return _said(
        f"It may not reach the target of {_target(standing)} after the training.",
        f"{model or 'The model that is trained'} is much smaller than the one you use today, and how good it gets nobody can say before a first run.{known} So measure it on cases put aside, and switch only if it beats today's prompt.",
    )


def _fixed(standing: Standing) -> Parts:
    share = standing.told.ledger.assumed("fixed_share").number
    here = f"{percent(share)} of it is assumed here." if share is not None else ""
    return _said(
        "The part of the prompt that is the same in every call: the instructions and the examples.",
        f"What differs is the case itself, such as the letter. The provider's cache bills the fixed part at a discount. {here}",
    )


def _until(standing: Standing) -> Parts:
    left = standing.told.ledger.assumed("base_life_months").number
    tuned = scenario_of(standing).best_tuned
    named = model_of(tuned) if tuned is not None else "The model that is trained"
    so_long = (
        f"{counted(left, 'months')} are assumed here" if left is not None else "how long is not known here"
    )
    return _said(
        "Providers take models out of use after some time; what was trained on one is lost with it.",
        f"{named}: {so_long}. Look it up at the provider before you begin, and plan to train anew after that.",
    )


def _on_call(standing: Standing) -> Parts:
    hours = standing.told.ledger.assumed("on_call_hours").number
    return _said(
        "Somebody who is reached when the machines stop, also at night and at weekends.",
        f"{counted(hours, 'hours a month')} are priced in here."
        if hours
        else "It is priced only where you run servers of your own.",
    )


def _priced(standing: Standing) -> Parts:
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
    return _said(
        "The costs are worked out for a training on so many examples.",
        f"An example is one real case with its right answer.{f' Here {count(wanted)} are trained on.' if wanted is not None else ''}{cost}",
    )


def _dataset(standing: Standing) -> Parts:
    given = standing.given_to("labelled_examples")
    have = f" You have {given.words}." if given else ""
    return _said(
        "The reviewed examples to train on, each a real case with its right answer, in one file.",
        f"A part of them, such as every fifth, is put aside and never trained on: it shows afterwards whether the training was worth it.{have}",
    )


PLAIN: Mapping[str, tuple[str, str]] = {
    "away": (
        "Away from the value at which the advice would be another.",
        "“1.5 times away” means that a number would have to be 1.5 times as large, or as small, before anything changes. So a figure that is a little wrong does no harm.",
    ),
    "ask": (
        "The advice is not known for that value: one more question would be asked first.",
        "Nothing more is asked as long as your answer stays as it is. If you change it, the question comes by itself.",
    ),
    "picked": (
        "By chance from what really comes in, in the same way as the first cases were.",
        "Cases that are easier or harder than the usual ones would make the score look better or worse than it is.",
    ),
    "stronger": (
        "A larger model of the same or another provider, with the prompt as it is.",
        "It costs more a call, and shows within a day whether the prompt or the model is the limit.",
    ),
    "largest": (
        "The wrong answers sorted by why they are wrong; the kind with the most of them is the largest class.",
        "Look through 50 wrong ones, note the reason for each, and begin with the most common.",
    ),
    "steps": (
        "In place of one long prompt several short ones, one after the other, each with one thing to do.",
        "After each the result is checked, so that a mistake is found where it is made.",
    ),
    "log": (
        "Keep each case that comes in with what the model answered, and have somebody who knows say what is right.",
        "Each such case is a reviewed example; a first run takes {least}.",
    ),
    "corrected": (
        "A case that the model got wrong, with the right answer beside it.",
        "It shows the model what it does not do yet; one that it gets right anyway teaches it little.",
    ),
    "capacity": (
        "Whether the machines keep up when the most calls come at once.",
        "The price is for the average; if your busiest hour is far above it, another machine is needed.",
    ),
    "check": (
        "A test by a program of every answer before it is used: are all fields there, is the value one that is allowed.",
        "What does not pass is asked again, or goes to a person.",
    ),
    "current": (
        "When something changes, the document is replaced by the new one, and the next question is answered from that.",
        "Nobody has to do it every day, only when a document changes; nothing is trained.",
    ),
    "horizon": (
        "In time is within {months}: what is spent up front has to have come back by then.",
        "That is half of what the model can still be used for where this is shorter, since what is trained on it is lost with it.",
    ),
}
"""What is the same in every thread: what it means, and what follows."""


_TELL: Mapping[str, Callable[[Standing], Parts]] = {
    "until": _until,
    "on_call": _on_call,
    "priced": _priced,
    "dataset": _dataset,
    "alone": _alone, "parts": _parts, "lean": _lean, "open": _open, "defaults": _defaults, "pays": _pays, "cache": _cache,
    "up_front": _up_front, "brackets": _brackets, "retrieval": _retrieval, "context": _context, "reviewed": _reviewed,
    "fair": _fair, "replica": _replica, "open_model": _open_model, "baseline": _baseline, "round": _round,
    "misses": _misses, "aside": _aside, "batch": _batch, "cheaper": _cheaper, "tuned": _tuned, "label": _label,
    "schema": _schema,
    "rate": _rate,
    "smaller": _smaller,
    "fixed": _fixed,
    "per_request": _per_request, "prompt": _prompt, "tokens": _tokens, "calls": _calls,
}  # fmt: skip
