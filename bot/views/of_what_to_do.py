"""Answers out of the advice on how something is done: the split, a fair try of a prompt, measuring, agreeing, the first step."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from decimal import Decimal

from bot.conversation.each_answer import each_answer
from bot.conversation.standing import Standing
from bot.views import flips, of_answers
from bot.views.document import Bullets, Part, Said, Small, Strong, Text, Words
from bot.views.evaluation import FIRST_CASES, cost_of_cases
from bot.views.of_advice_plainly import nearly
from bot.views.phrases import headline, reason_line, short
from bot.views.plan import steps
from core.evaluation import at_rate
from core.tree import Verdict
from core.wording import count, percent

Parts = tuple[Part | None, ...]

TASK_TOLD = 160
GOES_ON = "Keep prompting"
"""How a step begins that is none: what is done anyway."""
WHO: dict[Verdict, str] = {
    Verdict.PROMPT_FIRST: "Whoever knows best what a right answer looks like writes it, with somebody who can run the prompt.",
    Verdict.MEASURE_FIRST: "It takes one person who knows what a right answer is; nobody has to program anything.",
    Verdict.REDEFINE_TASK: "It takes the two people who differ most, and one who may settle it. Nobody has to program anything.",
    Verdict.COLLECT_EXAMPLES: "The people who know what is right review; others can do it if an expert looks at the doubtful ones.",
    Verdict.KEEP_PROMPTING: "Whoever looks after the prompt today can do all of it; nothing has to be ordered.",
    Verdict.ADD_RETRIEVAL: "It takes an engineer for the search, and somebody who keeps the documents current.",
    Verdict.FINE_TUNE: "It takes an engineer for the runs, and whoever knows what is right for the examples.",
    Verdict.HYBRID: "It takes an engineer for the runs, and whoever knows what is right for the examples.",
    Verdict.SELF_HOST: "It takes somebody who runs servers, and somebody who is called when they stop.",
}
"""Who does the next steps."""


def first_steps(standing: Standing) -> Parts:
    """What to do first, who does it, and what follows in its order."""
    every = steps(standing, standing.told.ledger)
    goes_on = len(every) > 1 and isinstance(every[0], str) and every[0].startswith(GOES_ON)
    plan = every[1:] if goes_on else every
    verdict = standing.advice.verdict or standing.advice.leaning
    return (
        Text((Strong("First: "), plan[0])),
        Text(f"{WHO[Verdict(verdict)]}{_missing(standing)}" if verdict else ""),
        Bullets(plan[1:], Strong("Then, in this order"), numbered=True) if plan[1:] else None,
        Text((Strong(f"{headline(verdict)}."), " ", every[0])) if goes_on else None,
    )


def _missing(standing: Standing) -> str:
    """How many examples are missing, and which to take."""
    have = standing.advice.answers.number("labelled_examples")
    least = standing.advice.policy.enough_labels
    if standing.told.verdict != Verdict.COLLECT_EXAMPLES or have is None:
        return ""
    return (
        f" {count(least - Decimal(str(have)))} more are needed to reach {count(least)}: real cases, the rare kinds and the "
        "corrected misses among them. Put every fifth aside, to measure on."
    )


def split(standing: Standing) -> Parts:
    """What is trained and what stays in the prompt, why it is not the other way round, and who decides."""
    policy = standing.advice.policy
    weeks = f"{policy.iteration_weeks_low:f} to {policy.iteration_weeks_high:f} weeks"
    given = standing.given_to("per_request_instructions")
    if standing.told.verdict != Verdict.HYBRID:
        return (
            Text(
                f"Nothing is split here: the advice is “{headline(standing.told.verdict)}”. A part stays in the prompt where "
                "the instructions change with each request; what is always the same can be trained."
            ),
            *_turns(standing, "per_request_instructions"),
        )
    return (
        Text(
            "Trained is what every answer has in common; in the prompt stays whatever comes with the single request."
        ),
        Bullets(
            (
                (
                    Strong("Trained, the stable part: "),
                    "the format, your labels, the voice: how an answer is built and how it sounds.",
                ),
                (
                    Strong("In the prompt, the rest: "),
                    "the instructions of this request, and facts such as names, prices, rules and dates.",
                ),
            ),
            (Strong("Here: "), "“", Said(standing.consultation.task, TASK_TOLD), "”"),
        ),
        Text(
            f"It rests on your answer that the instructions change with each request ({given.words if given else 'not answered'}). The other way round "
            f"fails: a round of training takes {weeks}, so what changes sooner is out of date before it runs."
        ),
        Text(
            "I know only your answers, so you draw the line: whoever answers for what is right decides. What has stayed the "
            "same for some months may be trained; in doubt, leave it in the prompt."
        ),
    )


def _turns(standing: Standing, question: str) -> Parts:
    turns = [
        flips.line(one) for one in standing.told.inputs if of_answers.is_of(one, question) and one.changes
    ]
    return (Bullets(tuple(turns), Strong("What would change it")),) if turns else ()


def fair_try(standing: Standing) -> Parts:
    """What a thorough prompt has, what was answered, and what its result would lead to."""
    least = count(standing.advice.policy.enough_examples)
    given = standing.given_to("prompt_examples")
    had = f"You answered: {given.words}. " if given else ""
    counts = (
        "It counts as tried here."
        if standing.told.verdict != Verdict.PROMPT_FIRST
        else (
            "Using a short prompt for long is not it: what counts is what stands in it, and its score on fixed cases."
        )
    )
    return (
        Text(
            f"A fair try has at least {least} worked examples in the prompt, and clear rules. {had}{counts}"
        ),
        Bullets(
            (
                "The task in plain words: what comes in, what must come out, and in which form.",
                "The rules that you would tell a new colleague: what counts as what, what to do in doubt, what never to do.",
                f"{least} or more cases with their right answers: the ones that went wrong so far, the rare kinds, and a plain one.",
                "A check of each output: only the labels and fields that are allowed.",
            ),
            Strong("What belongs in it"),
        ),
        Text("Measure it before and after on the same cases, put aside for that." + _aim(standing)),
        *_turns(standing, "prompt_examples"),
    )


def _aim(standing: Standing) -> str:
    target = standing.advice.answers.number("quality_target")
    if target is None:
        return ""
    return (
        f" If it reaches {percent(target)}, you are done; if it does not, you know what training has to beat."
    )


def measuring(standing: Standing, cases: str = "") -> Parts:
    """How the quality is measured: which cases, what is written down, how far so many can be trusted.

    cases: how many somebody wants to take, digits; "" for none.
    """
    number = int(cases) if cases and 5 <= int(Decimal(cases)) <= 100_000 else FIRST_CASES
    width = round(100 * (at_rate(0.5, number).high - 0.5))
    enough = (
        "That is enough to begin with" if number >= FIRST_CASES else "That is few, and shows only large gaps"
    )
    own = f"{enough}. " if cases else ""
    return (
        Text(
            f"Take {count(number)} real cases by chance, and count how many today's prompt gets right. {own}{count(number)} "
            f"pin it to within {width} points: {cost_of_cases(number, standing.told.ledger)}."
        ),
        Bullets(
            (
                "The input, as it really came in: not only easy ones, and none that stands in the prompt.",
                "The right answer, decided by somebody who knows, before looking at what the model says.",
                "What today's prompt answers, and whether that is right: yes or no, nothing in between.",
                "For each wrong one, why: a fact was missing; it had the facts and got it wrong; it does not know your labels; people disagree.",
            ),
            Strong("What to write down for each case"),
        ),
        Text(
            "Agree on the target before you count. Then tell me, such as “43 of 50 were right, the target is 90%”, and which kind of miss is the most common."
        ),
        *_turns(standing, "quality"),
    )


def agreement(standing: Standing, of: str = "") -> Parts:
    """How much agreement is enough, and what to do about the rest. of: "41/60" or "80", "" for no figure."""
    target = standing.advice.answers.number("quality_target")
    right, _, every = of.partition("/")
    rate = float(Decimal(right) / Decimal(every)) if every else float(Decimal(right)) / 100 if right else None
    aim = percent(target) if target is not None else "the target"
    if rate is None:
        first = f"At least as often as you want the model to be right, so {aim}: no model can score above what people agree on."
    else:
        said = f"{right} of {every} is {percent(rate)}. " if every else ""
        fits = target is None or rate >= float(target)
        first = (
            f"{said}That is enough for a target of {aim}: disagreement would be no obstacle then."
            if fits
            else f"{said}That is not enough: no model can score above it, and the target is {aim}."
        )
    return (
        Text(first),
        Text("" if right else of_answers.WHY_MISSES["disagreement"]),
        Bullets(
            (
                "Write a rule for the cases on which they differ, or leave that kind out.",
                "Let both label the same cases again, each alone: the rule has worked when they agree as often as the target.",
                "Measure today's prompt against the labels that they agree on. Only then is it known whether anything is left to train.",
            ),
            Strong("In between, before any training"),
            numbered=True,
        ),
        _if_settled(standing),
    )


def _if_settled(standing: Standing) -> Part | None:
    """What the other kinds of misses would lead to."""
    rows: tuple[Words, ...] = tuple(
        (Strong(f"{words}: "), f"{headline(str(advice.verdict))}.")
        for words, advice in each_answer(standing, "misses")
        if advice.verdict is not None and str(advice.verdict) != standing.told.verdict
    )
    return Bullets(rows, Strong("If the misses are then of another kind")) if rows else None


def doubted(standing: Standing) -> Parts:
    """What whoever thinks the advice wrong would be right about, and on what it rests as answered."""
    turns = flips.turns(standing.told)
    if not turns:
        first = "As answered, no single other answer makes it wrong."
    else:
        first = "It can be wrong: it follows from your answers, and is another where one of them is off."
    path = tuple(reason_line(one, brief=True) for one in standing.told.reasons[-3:])
    return (
        Text(first),
        Bullets(turns, Strong("The objection would be right in these cases")) if turns else None,
        Text(nearly(standing)),
        Bullets(path, (Strong(f"{headline(standing.told.verdict)}."), " As answered, it rests on these:"))
        if path
        else None,
        Small(
            f"Whoever doubts one of them can say the other value: “what if …” shows what comes of it. {_test(standing)}".strip()
        ),
    )


def _test(standing: Standing) -> str:
    if standing.told.verdict in (Verdict.FINE_TUNE, Verdict.HYBRID):
        return "The cheapest test: a longer prompt with a style guide and examples, a day's work, measured on the same cases."
    return ""


def conditions(standing: Standing) -> Bullets:
    """What has to hold together for tuning, with what is answered to each."""
    policy, answers = standing.advice.policy, standing.advice.answers
    weeks = f"{policy.iteration_weeks_low:f} to {policy.iteration_weeks_high:f} weeks"
    target = answers.number("quality_target")
    wanted = (
        ("prompt_examples", f"at least {count(policy.enough_examples)} examples in the prompt, and measured"),
        (
            "quality",
            f"below the target{f' of {percent(target)}' if target is not None else ''}, unless cost or latency is the reason",
        ),
        (
            "misses",
            "it does not know your labels, or has the facts and gets it wrong: no missing facts, no disagreement",
        ),
        ("can_wait", f"yes, {weeks} for each change"),
        ("labelled_examples", f"{count(policy.enough_labels)} or more"),
    )
    rows: tuple[Words, ...] = tuple(
        (Strong(f"{short(name)}: "), f"{what}. {_now(standing, name)}") for name, what in wanted
    )
    return Bullets(rows, Strong("What has to hold together for tuning, and where you are"))


def _now(standing: Standing, name: str) -> str:
    given = standing.given_to(name)
    return f"You: {given.words}." if given else "Not asked here."
