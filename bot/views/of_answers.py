"""Answers to questions about an advice that ask why, what weighed, what it costs to be wrong, and what to do first."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from bot.conversation.standing import PRICING, Standing
from bot.views import flips
from bot.views.because import in_full, in_short
from bot.views.costs import a_month, crossing, figures, label, once
from bot.views.document import Bullets, Part, Said, Small, Strong, Text, Words
from bot.views.evaluation import evaluation_line
from bot.views.phrases import QUESTIONS, headline, listed, quoted, reason_line, short
from core.policy import Policy
from core.questions import question_of
from core.told.flips import Input
from core.told.ledger import Option, Scenario
from core.tree import TUNING, Verdict
from core.wording import count, counted, money, percent

Parts = tuple[Part | None, ...]

MOST_WEIGHED = 4
WEIGH_IN_TUNING = ("quality", "misses")
"""What a verdict to tune stands on: that it falls short, and that training can mend how it does."""
NOT_SURE = "not sure"
WHY_MISSES: Mapping[str, str] = {
    "facts": "Training changes how a model answers, not what it knows: a fact that it was not given is missing after "
    "training too. Retrieval (RAG) looks the fact up and puts it into the prompt, where it can be kept current.",
    "behaviour": "It has what it needs and still gets it wrong. That is behaviour, which examples can train.",
    "labels": "It does not know your own labels or format. Those can be trained, or written into the prompt.",
    "disagreement": "Where two people give two answers, no model can be right for both, so its score cannot rise above "
    "how often they agree; and training on such labels teaches it the noise. Agree on written rules first, label the "
    "same cases again, and measure anew.",
}
WHY_QUESTION: Mapping[str, str] = {
    "data_may_leave": "Data that may not leave rules out every model at a provider, so it is asked before anything "
    "else. Your own tenant in a cloud, such as Azure, or a contract with the provider counts as yes: if you have one, "
    "change that answer.",
    "can_wait": "Each change to a tuned model means new data, a new run and a new check. If what is right changes only "
    "now and then, such as twice a year, you can live with that: the answer is yes then. What changes weekly is out of "
    "date before a round is done, unless each request carries the change.",
    "labelled_examples": "Examples are what is trained on, and what a tuned model is measured with.",
}


def why(standing: Standing) -> Parts:
    """The verdict in plain words, the answers that it rests on, and what would lead to tuning where it is not that."""
    found = standing.told
    path = tuple(reason_line(reason, brief=True) for reason in found.reasons)
    turns = leading_to_tuning(found.inputs) if found.verdict not in TUNING else flips.turns(found)
    title = "What would change it" if found.verdict in TUNING else "What would lead to tuning"
    none = f"{title}: no single answer." if path else ""
    return (
        Text((Strong(f"{headline(found.verdict)}."), " ", figures(in_full(standing)))),
        Bullets(path, Strong("It rests on these answers")) if path else None,
        Bullets(turns, Strong(title)) if turns else Small(none),
    )


def leading_to_tuning(inputs: Iterable[Input]) -> tuple[Words, ...]:
    """Each answer, and each number that is assumed, one value of which leads to tuning."""
    tuning = set(map(str, TUNING))
    found = [
        one
        for one in inputs
        if any(turn is not None and turn.verdict in tuning for turn in (one.below, one.above, *one.others))
    ]
    return tuple(flips.line(one) for one in found[: flips.TURNS_TOLD])


def weighed(standing: Standing) -> Parts:
    """The answers that weighed most, the one that decided first; and those that no value of would have mattered."""
    found = standing.told
    first = WEIGH_IN_TUNING if found.verdict in TUNING else ()
    last_first = tuple(reversed(found.reasons))
    ranked = sorted(last_first, key=lambda one: one.question not in first)
    most = [_weight(standing, one.question, reason_line(one, brief=True)) for one in ranked]
    none = listed(flips.unmoved_names(found, assumed=False))
    return (
        Bullets(tuple(most[:MOST_WEIGHED]), Strong("What weighed most, the heaviest first"), numbered=True),
        Small(f"No other value of these would have changed it: {none}." if none else ""),
    )


def _weight(standing: Standing, question: str, line: Words) -> Words:
    turns = [one for one in standing.told.inputs if is_of(one, question) and one.changes]
    if not turns:
        return line
    return (line, " ", flips.turned(turns[0]))


def unknowns(standing: Standing) -> Parts:
    """Which answers are "not sure", and what each would change."""
    open_still = [one for one in standing.given if NOT_SURE in one.words]
    if not open_still:
        return (Text("No question was answered with “not sure”."),)
    lines = [
        (
            Strong(f"{short(one.question)}: "),
            "its answer alone can change the verdict."
            if one.question in standing.told.deciding
            else "no answer to it alone changes the verdict.",
        )
        for one in open_still
    ]
    said = "“Not sure” is never replaced by a guess: the verdict has to hold for every answer that is still possible."
    leans = (
        f" With these known it is one of {listed(map(quoted, standing.advice.possible))}; as things look, it leans to "
        f"{quoted(standing.advice.leaning)}."
        if len(standing.advice.possible) > 1
        else " It holds here, so nothing is lost."
    )
    return (Bullets(tuple(lines), Strong("Not known")), Text(f"{said}{leans}"))


def what_it_rests_on(standing: Standing) -> str:
    """What was measured, what was only said, and how much is assumed."""
    answers, used = standing.advice.answers, standing.told.ledger.assumptions
    correct, total = (answers.number(key) for key in ("eval_correct", "eval_total"))
    quality = standing.given_to("quality")
    known = (
        f"Measured: the quality, {count(correct)} of {count(total)}."
        if correct is not None and total
        else "Nothing here was measured: the quality is a figure without the cases behind it. The cheapest check is to count 100 cases."
        if quality is not None and NOT_SURE not in quality.words
        else "The quality is not known: to count 100 cases is the cheapest check."
    )
    assumed = sum(1 for one in used.values() if one.default)
    return f"{known} The other answers are what you said; {counted(assumed, 'figures')} of the costs are defaults of mine."


def _saved(scenario: Scenario) -> str:
    tuned, baseline = scenario.best_tuned, scenario.baseline
    if tuned is None or baseline is None or tuned.month is None or baseline.month is None:
        return ""
    less = baseline.month - tuned.month
    if less > 0:
        return f"It takes {once(tuned)} up front and saves {money(less)} a month."
    return f"It takes {once(tuned)} up front and costs {money(-less)} a month more, so there is nothing to pay it back."


def where_it_crosses(standing: Standing) -> str:
    """At which volume tuning costs as much as the prompt, and from which on it pays back."""
    return crossing(standing.told.ledger, standing.advice.answers.number(PRICING))


def extremes(standing: Standing) -> Parts:
    """The cheapest and the dearest option a month, and why the cheapest is, or is not, what is advised."""
    scenario = _scenario(standing)
    known = sorted(
        (one for one in scenario.options if one.month is not None), key=lambda one: one.month or Decimal(0)
    )
    if len(known) < 2:
        return (Text("There are no two options to compare here."),)
    cheapest, dearest = known[0], known[-1]
    less = (known[1].month or Decimal(0)) - (cheapest.month or Decimal(0))
    by = f", {money(less)} a month less than the next, {label(known[1])}" if less > 0 else ""
    return (
        Bullets(
            (
                (
                    Strong("Cheapest: "),
                    f"{label(cheapest)}, {a_month(cheapest)} a month, {once(cheapest)} up front{by}.",
                ),
                (
                    Strong("Dearest: "),
                    f"{label(dearest)}, {a_month(dearest)} a month, {once(dearest)} up front.",
                ),
            )
        ),
        Text(_why_cheapest(standing, cheapest)),
    )


def _why_cheapest(standing: Standing, cheapest: Option) -> str:
    if cheapest.name == "cheaper_model":
        return _enough(standing)
    tunes = standing.told.verdict in TUNING
    if cheapest.name in ("hosted", "self_hosted"):
        return (
            "It is what is advised." if tunes else f"It takes {once(cheapest)} up front. {in_short(standing)}"
        )
    if cheapest.name == "self_hosted_prompted":
        return "It is what is advised first."
    return "What it saves, it falls short in quality." if tunes else "It is what you do today."


def _enough(standing: Standing) -> str:
    """What is known of the cheaper model."""
    enough = standing.advice.answers.of("cheaper_model_enough")
    if enough is False:
        return "You said that the cheaper model does not reach the target, so it is not advised."
    if enough is True:
        return "You said that the cheaper model reaches the target."
    return (
        "Whether the cheaper model reaches the target nobody has said yet: try it on the same cases first, an "
        "afternoon's work."
    )


def about_cheaper(standing: Standing) -> str:
    """Beside the figures of the cheaper model."""
    return _enough(standing)


def of_question(standing: Standing, name: str) -> Parts:
    """What one answer has to do with the verdict, why it matters, and which other answer would change it."""
    reason = next((one for one in standing.told.reasons if one.question == name), None)
    given = standing.given_to(name)
    said = (
        f"You answered: {given.words}."
        if given is not None
        else "It was not asked, since it could not change this."
    )
    line: Words = reason_line(reason, brief=True) if reason else (Strong(f"{short(name)}: "), Said(said, 200))
    turns = [one for one in standing.told.inputs if is_of(one, name)]
    moved = [flips.line(one) for one in turns if one.changes]
    still = "No other value of it alone changes the verdict." if reason is None or turns else ""
    asks = [turn.asks for one in turns for turn in (one.below, one.above, *one.others) if turn and turn.asks]
    then = f"Then I would ask “{QUESTIONS[asks[0]].asks}”" if asks and asks[0] in QUESTIONS else ""
    return (
        Text(line),
        Text(_why_it_matters(standing, name)),
        Bullets(tuple(moved), Strong("What would change it")) if moved else Text(still),
        Text(then),
        _what_else(standing, name),
    )


def _why_it_matters(standing: Standing, name: str) -> str:
    if name == "misses":
        answer = standing.advice.answers.of("misses")
        return WHY_MISSES.get(str(answer), QUESTIONS[name].why)
    if name == "labelled_examples":
        enough = count(standing.advice.policy.enough_labels)
        return f"{WHY_QUESTION[name]} From {enough} reviewed ones on, a first run makes sense."
    return WHY_QUESTION.get(name, QUESTIONS[name].why)


def _what_else(standing: Standing, name: str) -> Small | None:
    """Which other answers the verdict rests on."""
    others = [short(one.question).lower() for one in standing.told.reasons if one.question != name]
    return Small(f"It rests on these as well: {listed(others)}.") if others else None


def retrieval(standing: Standing) -> Parts:
    """Looking things up beside training: what each mends, what it costs, and how it is kept up."""
    scenario, policy = _scenario(standing), standing.advice.policy
    tuned = scenario.best_tuned
    costs = f" It takes {once(tuned)} up front and {a_month(tuned)} a month." if tuned is not None else ""
    said = standing.given_to("misses")
    here = f"Your misses: {said.words}. " if said is not None else ""
    fits = {
        str(Verdict.ADD_RETRIEVAL): "So retrieval comes first.",
        str(Verdict.FINE_TUNE): "That is what training can mend.",
    }
    return (
        Bullets(
            (
                (
                    Strong("Retrieval (looking it up): "),
                    "gives the model the facts of a request. A new document counts at once; it needs a search that is "
                    "kept up, and each call carries what was found. It is not priced here.",
                ),
                (
                    Strong("Fine-tuning: "),
                    "changes how it answers: labels, format, tone. It adds no facts, and each change takes "
                    f"{_weeks(policy)}.{costs}",
                ),
            ),
            Strong("The difference"),
        ),
        Text(f"{here}{fits.get(str(standing.told.verdict), '')}".strip()),
    )


def risk(standing: Standing) -> Parts:
    """What is lost if the advice turns out wrong, and what can be taken back; then what speaks against it."""
    scenario, policy = _scenario(standing), standing.advice.policy
    tuned = scenario.best_tuned
    if standing.told.verdict in TUNING and tuned is not None:
        lost = (
            f"At stake: the {once(tuned)} up front, and {_weeks(policy)} for each round. Today's prompt stays as it "
            "is, so you can go back to it the same day. Measured on cases put aside, it shows before you switch."
        )
    else:
        saved = _saved(scenario)
        lost = (
            "Nothing is spent up front and nothing is built that binds you: a prompt is changed in minutes. What you "
            f"may lose is time, and what tuning would bring. {saved}"
        )
    points = tuple(Said(point, 600) for point in standing.told.against)
    return (Text(lost), Bullets(points, Strong("The case against")) if points else None)


def both(standing: Standing) -> Parts:
    """One after the other: what to do with the prompt, what to measure, and at which result to go on."""
    target = standing.advice.answers.number("quality_target")
    aim = f"the target of {percent(target)}" if target is not None else "your target"
    policy = standing.advice.policy
    enough = count(policy.enough_labels)
    plan = (
        f"Better the prompt for {counted(policy.prompt_week, 'weeks')}: instructions, at least "
        f"{count(policy.enough_examples)} examples, a schema, a check of each output.",
        f"Measure it on a fixed set of cases. If it reaches {aim}, stay with it.",
        f"If it falls short, but reaches {percent(policy.closable_gap)} of it, and it lacks no facts, go on to "
        f"tuning with {enough} or more reviewed examples. The cases that you reviewed by then are the data set.",
        "Measure the tuned model on the same cases, and switch only if it is better.",
    )
    return (
        Bullets(plan, (Strong("Yes, one after the other."), " Nothing of the first is lost:"), numbered=True),
        Text((Strong("As things are: "), headline(standing.told.verdict), ". ", figures(in_short(standing)))),
    )


def of_quality(standing: Standing, of: str = "") -> Parts:
    """How far the measured quality can be believed, and whether the verdict holds anywhere in its range.

    of: "gain" where it is asked how much better it would become.
    """
    if of == "gain":
        return _gain(standing)
    said = evaluation_line(standing.told, standing.advice.answers, cost=True)
    none = (
        "The quality was given as a figure without the cases behind it, so it is taken as it is. Say how many of how "
        "many were right, such as 43 of 50, and I can say how sure it is."
    )
    turns = [flips.line(one) for one in standing.told.inputs if is_of(one, "quality") and one.changes]
    return (
        Text(said or none),
        Bullets(tuple(turns), Strong("Where the verdict turns")) if turns else None,
    )


def _gain(standing: Standing) -> Parts:
    """By how much quality can rise at the most, and how to find out by how much it does."""
    now, answers = standing.given_to("quality"), standing.advice.answers
    wants_facts = answers.of("misses") == "facts"
    most = "The most that can be gained is what is wrong today" + (f" ({now.words})" if now else "")
    bound = (
        "of that, only what is wrong for want of a fact: looking it up mends nothing else."
        if wants_facts
        else "of that, only what is not missing facts or disagreement: training mends neither."
    )
    tried = (
        "Give each the facts that it lacks, by hand in the prompt, and count how many come out right."
        if wants_facts
        else "Put a better prompt with examples to each, and count how many come out right: training has to beat that."
    )
    return (
        Text(
            (
                Strong("No percentage can be promised: nobody knows it before it is tried. "),
                f"{most}; {bound}",
            )
        ),
        Bullets(
            (
                "Take 50 cases by chance that are wrong today.",
                tried,
                "If 30 of the 50 do, three fifths of what is wrong today can go; the rest stays.",
            ),
            Strong("To get your figure, in an afternoon"),
            numbered=True,
        ),
    )


def _scenario(standing: Standing) -> Scenario:
    return standing.told.ledger.scenarios(standing.advice.answers.number(PRICING))[-1]


def _weeks(policy: Policy) -> str:
    return f"{policy.iteration_weeks_low:f} to {policy.iteration_weeks_high:f} weeks"


def is_of(one: Input, name: str) -> bool:
    """Whether what may change a verdict belongs to this question."""
    if one.is_assumed:
        return False
    asked = question_of(one.key)
    return asked is not None and asked.name == name
