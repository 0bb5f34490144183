"""How a next step is done: two people who label the same cases, a task that is split, and what follows so many examples."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from bot.conversation.standing import Standing
from bot.views.document import Bullets, Part, Said, Strong, Text
from bot.views.evaluation import cost_of_cases
from core.evaluation import at_rate
from core.wording import count, percent

Parts = tuple[Part | None, ...]

CASES = 50
"""So many cases labelled twice show where two people differ."""
TASK_TOLD = 120


def alone(standing: Standing, _: str) -> Parts:
    """How two people label the same cases, and what to do with where they differ."""
    return (
        Text(
            (
                Strong(
                    f"Give both the same {CASES} cases, and let each write down what is right, without seeing the other's. "
                ),
                "The task: “",
                Said(standing.consultation.task, TASK_TOLD),
                "”.",
            )
        ),
        Bullets(
            (
                f"Take {CASES} real cases, the difficult ones among them, without the model's answers.",
                f"Each answers all {CASES} alone: {cost_of_cases(2 * CASES, standing.told.ledger)} for both.",
                "Lay the answers side by side, and count in how many they agree: that share is the most any model can reach.",
                "Talk over each case in which they differ, decide it, and write the rule down in a sentence. The rules go into the prompt.",
            ),
            Strong("In this order"),
            numbered=True,
        ),
        Text("Then measure again, on what is agreed."),
    )


def split(standing: Standing, _: str) -> Parts:
    """What is split in a task whose result is short, and when not to."""
    quality = standing.advice.quality
    wrong = (
        f"the {100 - 100 * quality.point:.0f} of 100 answers that are wrong"
        if quality is not None and quality.point is not None
        else "the misses"
    )
    return (
        Text(
            (
                Strong("The work is split, not its result: "),
                "even one sentence takes finding what matters, wording it, and checking it. Each of these gets a prompt of its own.",
            )
        ),
        Bullets(
            (
                "Pick: which facts of the input have to be in it.",
                "Write: only from those facts, in your style.",
                "Check: against your rules, such as length, tone and facts; what fails is written again.",
            ),
            (Strong("For “"), Said(standing.consultation.task, TASK_TOLD), Strong("”, for example")),
            numbered=True,
        ),
        Text(
            f"Look at {wrong}: if nearly all go wrong in one of these, that one is worth a prompt of its own. If they do not, leave this step out; it comes last for that reason."
        ),
    )


def largest(standing: Standing, _: str) -> Parts:
    """How the largest class of misses is found."""
    quality = standing.advice.quality
    every = (
        f" About {count(round(CASES / (1 - quality.point)))} cases hold so many."
        if quality is not None and quality.point is not None and quality.point < 1
        else ""
    )
    return (
        Text(
            (
                Strong(
                    f"Take {CASES} wrong answers, note on each in a few words what is wrong, and count the notes. "
                ),
                f"The note that stands there most often is the largest class.{every}",
            )
        ),
        Bullets(
            (
                "Note what is wrong, not why: “wrong tone”, “left out the date”, “made up a name”.",
                "Put notes that mean the same together; three to six kinds are usual.",
                "Mend the first: a rule in the prompt, and two examples of just that case.",
                "Measure again on the same cases, then take the next kind.",
            ),
            Strong("In this order"),
            numbered=True,
        ),
    )


def then(standing: Standing, more: str) -> Parts:
    """Whether so many more examples are enough for a first run, and what comes before it."""
    have, policy = standing.advice.answers.number("labelled_examples"), standing.advice.policy
    every = int(have or 0) + int(more)
    target = standing.advice.answers.number("quality_target")
    aim = percent(target) if target is not None else "the target"
    return (
        Text(
            (
                Strong(
                    f"Yes: {more} more make {count(every)}, and {count(policy.enough_labels)} are enough for a first run. "
                ),
                f"Whether that reaches {aim} only the run shows; with so few it may take more.",
            )
        ),
        Text(
            "Reviewed ones count: somebody who knows has said what is right. Take the rare kinds and corrected misses, and put every fifth aside to measure on."
        ),
        Text("When you have them, change the answer here; the verdict follows."),
    )


def settles_from(standing: Standing) -> tuple[str, str] | None:
    """What the number of further cases is worked out from, and what fewer would leave open; ``None`` for none."""
    correct, total = (standing.advice.answers.number(key) for key in ("eval_correct", "eval_total"))
    target, more = standing.advice.answers.number("quality_target"), standing.advice.more_needed
    if correct is None or not total or target is None or not more:
        return None
    rate, every = float(correct / total), int(total) + more
    now, half, enough = (at_rate(rate, int(total) + n) for n in (0, more // 2, more))
    aim = float(target)
    if enough.low <= aim <= enough.high or not now.low <= aim <= now.high:
        return None
    side = "ends just below" if enough.high < aim else "begins just above"
    ends = [f"{100 * one.low:.0f}% to {100 * one.high:.0f}%" for one in (now, half)]
    return (
        f"{more:,} more is worked out from the share right so far: if that stays {percent(correct / total)}, {every:,} in all are the fewest whose range {side} {percent(target)}. ",
        f"With {count(total)} the true rate may be {ends[0]}, with half of the {more:,} more {ends[1]}: {percent(target)} lies inside, so fewer leave it open.",
    )
