"""Why it is advised, in a few lines that lead with the reason; why not something else; whether it is one thing alone."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.conversation.each_answer import answered_together
from bot.conversation.figures_shown import scenario_of
from bot.conversation.standing import Standing
from bot.views import flips, of_answers
from bot.views.because import because as because_of
from bot.views.because import in_full, in_short
from bot.views.costs import a_month, crossing, figures, once
from bot.views.document import Bullets, Part, Said, Small, Strong, Text, Words, joined
from bot.views.evaluation import cost_of_cases
from bot.views.of_rather import instead, is_a_matter_of_cost
from bot.views.phrases import headline, listed, quoted, short
from bot.views.plan import steps
from core import inputs
from core.told.flips import Input
from core.tree import TUNING, Verdict
from core.wording import count, percent

Parts = tuple[Part | None, ...]

TURNS_TOLD = 2
MOST_OPEN = 2
"""Answers that are not known, of which it is told what each would lead to."""
GOES_ON = ("Keep prompting",)
"""How a step begins that is none."""
NAMES: Mapping[str, str] = {
    "calls_per_month": "the costs at your volume",
    "cheaper_model_enough": "that the cheaper model is enough",
    "can_wait": "that you cannot wait weeks for each change",
    "reasons": "that no reason to tune is left",
    "facts": "that it lacks facts",
    "disagreement": "that people disagree about what is right",
    "labelled_examples": "the number of reviewed examples",
    "prompt_examples": "that the prompt has had no fair try",
    "data_may_leave": "where the data may go",
    "quality": "the quality",
    "per_request_instructions": "that the instructions change with each request",
    "open": "what is not known yet",
}
"""What decides, amid a sentence."""


def decides(standing: Standing) -> str:
    """What decides: a question of the tree, a kind of misses, or "open" where something is not known yet."""
    verdict, misses = standing.told.verdict, standing.advice.answers.of("misses")
    known = {
        Verdict.PROMPT_FIRST: "prompt_examples",
        Verdict.MEASURE_FIRST: "open",
        Verdict.COLLECT_EXAMPLES: "labelled_examples",
        Verdict.ADD_RETRIEVAL: "facts",
        Verdict.SELF_HOST: "data_may_leave",
        Verdict.HYBRID: "per_request_instructions",
    }
    if verdict is None:
        return "open"
    if verdict in known:
        return known[Verdict(verdict)]
    if verdict == Verdict.REDEFINE_TASK:
        return "disagreement" if misses == "disagreement" else "quality"
    if verdict == Verdict.FINE_TUNE:
        return "calls_per_month" if is_a_matter_of_cost(standing) else "quality"
    return standing.told.reasons[-1].question if standing.told.reasons else "quality"


def reason(standing: Standing) -> str:
    """Why the verdict is this one, with this thread's figures; what decides comes first."""
    what = decides(standing)
    said = in_short(standing)
    if what == "calls_per_month" and standing.told.verdict == Verdict.KEEP_PROMPTING:
        return f"{_met(standing)}{_dearer(standing)}{said}"
    if what == "can_wait":
        return f"{said} {_not_good_enough(standing)}".strip()
    if what == "prompt_examples":
        return f"{said} Nothing else costs as little to try, and until then nobody knows whether anything is left for training to mend."
    if what == "open":
        return _open(standing)
    if what == "disagreement":
        return f"You answered that the misses are cases on which people disagree. {of_answers.WHY_MISSES['disagreement']}"
    if what == "labelled_examples":
        return (
            f"{said} With fewer there is too little to learn from, and nothing to put aside and measure on."
        )
    if what == "data_may_leave":
        return (
            "You answered that the data may not leave. "
            + said.removeprefix("The data may not leave, so no")
            .replace(" provider's", "No provider's", 1)
            .strip()
        )
    if standing.told.verdict == Verdict.FINE_TUNE:
        return f"{said}{_before_tuning(standing)}"
    if what == "per_request_instructions":
        return f"{said} The instructions change with each request, so only what stays the same is trained.{_before_tuning(standing)}"
    return said


def _before_tuning(standing: Standing) -> str:
    """What has to be known before anybody tunes, which the short reason leaves out."""
    return f" {' '.join(in_full(standing).replace(because_of(standing), '').split())}".rstrip()


def _dearer(standing: Standing) -> str:
    scenario = scenario_of(standing)
    tuned, now = scenario.best_tuned, scenario.baseline
    if tuned is None or now is None or tuned.month is None or now.month is None or tuned.month <= now.month:
        return ""
    return "A tuned model would cost more, not less. "


def _not_good_enough(standing: Standing) -> str:
    quality, target = standing.advice.quality, standing.advice.answers.number("quality_target")
    if quality is None or quality.point is None or target is None or quality.point >= float(target):
        return ""
    return f"It is not that {percent(quality.point)} is good enough (the target is {percent(target)}): the gap is to be closed by prompting."


def _open(standing: Standing) -> str:
    """What is not known, and why that leaves more than one verdict."""
    advice = standing.advice
    named = [short(name).lower() for name in advice.deciding]
    correct, total = (advice.answers.number(key) for key in ("eval_correct", "eval_total"))
    target = advice.answers.number("quality_target")
    if (
        "quality" in advice.deciding
        and correct is not None
        and total
        and target is not None
        and advice.quality
    ):
        ends = f"{100 * advice.quality.low:.0f}% to {100 * advice.quality.high:.0f}%"
        more = advice.more_needed
        cost = (
            f" About {more:,} more would tell: {cost_of_cases(more, standing.told.ledger)}." if more else ""
        )
        return (
            f"{count(correct)} of {count(total)} are too few to tell. The true rate may be {ends}, and the target of {percent(target)} lies "
            f"between: it may be reached already.{cost}"
        )
    many = {1: "One answer is", 2: "Two answers are", 3: "Three answers are"}.get(
        len(named), f"{len(named)} answers are"
    )
    between = listed(map(quoted, advice.possible), "or")
    return f"{many} still open: {listed(named)}. Depending on that it is {between}; as things look, it leans to {quoted(advice.leaning)}."


def because(standing: Standing, rather: str = "") -> Parts:
    """The reason, what is to be said of what somebody would rather have, what would turn it, and what to do instead.

    rather: an option, "material" where they have something to learn from, both, or "".
    """
    which = rather.removesuffix("material").strip()
    beside = _material(standing) if "material" in rather else ""
    first = instead(standing, which)
    said = reason(standing)
    verdict = standing.told.verdict or standing.advice.leaning
    lead: Words = (
        (beside, " ", figures(said)) if beside else (Strong(f"{headline(verdict)}:"), " ", figures(said))
    )
    return (
        Text(figures(first)) if first else Text(lead),
        Text(figures(said)) if first else None,
        Text(_money_too(standing, which)),
        _each_open(standing),
        _turning(standing),
        _now(standing),
        _as_answered(standing) if not rather else None,
    )


def _as_answered(standing: Standing) -> Part:
    """The answers that it rests on, in a line."""
    rows = [(f"{short(one.question).lower()}: ", Said(one.answer, 120)) for one in standing.told.reasons]
    return Small(("It rests on these answers: ", joined("; ", rows), "."))


def _material(standing: Standing) -> str:
    """That examples are not what is missing; "" where they are."""
    of_examples = decides(standing) in ("labelled_examples", "prompt_examples")
    if of_examples or "labelled_examples" in standing.advice.deciding:
        return ""
    return f"Because examples to learn from are not what is missing; what decides is {NAMES.get(decides(standing), 'another answer')}."


def _money_too(standing: Standing, which: str) -> str:
    """What the costs say beside a reason that is another; "" where they are in it already."""
    scenario = scenario_of(standing)
    tuned, now = scenario.best_tuned, scenario.baseline
    what = decides(standing)
    if (
        tuned is None
        or now is None
        or tuned.month is None
        or now.month is None
        or now.name.startswith("self")
    ):
        return ""
    if standing.told.verdict in TUNING or what == "open":
        return ""
    if what == "calls_per_month":
        return crossing(standing.told.ledger, scenario.calls)
    if which in ("cheaper", "rented") or tuned.month <= now.month:
        return ""
    return f"In money too: a month costs {a_month(tuned)} tuned, after {once(tuned)} up front, against {a_month(now)} for today's prompt."


def _each_open(standing: Standing) -> Part | None:
    """Which answers to what is open lead to which verdict."""
    names = [name for name in standing.advice.deciding if name != "quality"][:MOST_OPEN]
    if decides(standing) != "open" or not names or len(standing.advice.deciding) > MOST_OPEN:
        return None
    met: dict[str, list[tuple[str, ...]]] = {}
    every: list[dict[str, None]] = [{} for _ in names]
    for labels, verdict in answered_together(standing, names):
        for at, one in enumerate(labels):
            every[at].setdefault(one)
        if verdict is not None and verdict != standing.told.verdict:
            met.setdefault(verdict, []).append(labels)
    rows = tuple(
        (Strong(f"{flips.brief(verdict)}: "), _if(names, every, labels)) for verdict, labels in met.items()
    )
    return Bullets(rows, Strong("What each would lead to")) if rows else None


def _if(names: list[str], every: list[dict[str, None]], met: list[tuple[str, ...]]) -> str:
    """The answers that lead somewhere, without those that make no difference to it."""
    said = []
    for at, name in enumerate(names):
        its = dict.fromkeys(labels[at] for labels in met)
        if len(its) < len(every[at]):
            said.append(f"{short(name).lower()}: {listed((one.lower() for one in its), 'or')}")
    return f"{'; '.join(said)}."


def _turning(standing: Standing) -> Part | None:
    """What would turn it, of the answer that decides."""
    if standing.told.verdict in TUNING:
        turns = flips.turns(standing.told)[:TURNS_TOLD]
        return Text(("What would change it: ", joined(" ", turns))) if turns else None
    what = decides(standing)
    name = {"facts": "misses", "disagreement": "misses"}.get(what, what)
    if what in ("calls_per_month", "open"):
        return None
    rows = tuple(_turns(standing, name))[:TURNS_TOLD]
    return Text(("What would change it: ", *_joined(rows), ".")) if rows else None


def _joined(rows: tuple[Words, ...]) -> tuple[Words, ...]:
    return tuple(part for row in rows for part in (row, "; "))[:-1]


def _turns(standing: Standing, name: str) -> Iterator[Words]:
    for one in standing.told.inputs:
        if not of_answers.is_of(one, name):
            continue
        yield from _of_choice(one) if not one.is_number else _of_number(one)


def _of_choice(one: Input) -> Iterator[Words]:
    told: dict[str, list[str]] = {}
    for turn in one.others:
        if turn.verdict is not None:
            told.setdefault(turn.verdict, []).append(inputs.chosen(one.key, turn.to))
    for verdict, values in told.items():
        yield (f"if {values[0]}: ", Strong(flips.brief(verdict)))


def _of_number(one: Input) -> Iterator[Words]:
    if one.key == "prompt_examples" and one.above is None:
        return
    for turn, up in ((one.above, True), (one.below, False)):
        if turn is not None and turn.verdict is not None:
            at = inputs.at(one.key, turn.number, up=up)
            yield (f"{at[:1].lower()}{at[1:]}: ", Strong(flips.brief(turn.verdict)))


def _now(standing: Standing) -> Part | None:
    """What to do now, in its first step."""
    if standing.told.verdict in TUNING:
        return Text(
            (
                Strong("To be safe: "),
                "switch only if it beats today's prompt on the same cases; until then the prompt stays.",
            )
        )
    plan = [
        step
        for step in steps(standing, standing.told.ledger)
        if not (isinstance(step, str) and step.startswith(GOES_ON))
    ]
    return Text((Strong("To do now: "), plan[0])) if plan else None


def holds(standing: Standing, theme: str) -> Parts:
    """Whether it is that which decides: yes or no first, then the reason, and what the other says."""
    what = decides(standing)
    if " " in theme:
        lead = Strong(
            f"It is {NAMES.get(what, 'another answer')}{'' if _is_one_of(theme, what) else ', and neither of these'}. "
        )
        return (Text((lead, figures(reason(standing)))), Text(_other_money(standing)), _turning(standing))
    also = {"quality": ("quality", "reasons"), "calls_per_month": ("calls_per_month", "cheaper_model_enough")}
    is_so = what == theme or what in also.get(theme, ())
    said = reason(standing)
    if is_so:
        return (
            Text((Strong("Yes. "), figures(said))),
            Text(
                _other_money(standing)
                if what != "calls_per_month"
                else crossing(standing.told.ledger, scenario_of(standing).calls)
            ),
            _turning(standing),
        )
    named = NAMES.get(theme, short(theme).lower())
    return (
        Text(
            (
                Strong(f"No, it is not {named} that decides, but {NAMES.get(what, 'another answer')}. "),
                figures(said),
            )
        ),
        Text(_other_money(standing) if theme == "calls_per_month" else ""),
        _turning(standing),
    )


def _is_one_of(themes: str, what: str) -> bool:
    """Whether what decides is among those that are named."""
    return what in themes.split(" ")


def _met(standing: Standing) -> str:
    quality, target = standing.advice.quality, standing.advice.answers.number("quality_target")
    if quality is None or quality.point is None or target is None or quality.point < float(target):
        return "Cost is the only reason left to tune. "
    return f"Cost is the only reason left to tune: the quality is {percent(quality.point)}, the target {percent(target)}. "


def _other_money(standing: Standing) -> str:
    said = _money_too(standing, "")
    return (
        said.replace("In money too: a month", "Money points the same way, but is not the reason: a month")
        if said
        else ""
    )
