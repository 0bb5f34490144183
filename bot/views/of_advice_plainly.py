"""Answers out of an advice in plain words: to an objection, for somebody's boss, and where two things may be meant."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from bot.conversation.standing import Standing
from bot.views import flips, of_answers, of_reasons
from bot.views.because import in_full
from bot.views.document import Bullets, Part, Small, Strong, Text, Words
from bot.views.of_advice_money import scenario_of
from bot.views.phrases import headline, reason_line
from bot.views.plan import steps
from core import inputs
from core.told.flips import Input
from core.tree import TUNING, Verdict
from core.wording import count, counted, money, percent

Parts = tuple[Part | None, ...]

DECIDED_BY = 3
STEPS_TOLD = 3
WORDS: Mapping[str, str] = {
    "why": "why the verdict is this one (“why”)",
    "flips": "what would change it (“what would it take?”)",
    "against": "what speaks against it (“the case against”)",
    "confidence": "how sure it is (“how sure are you?”)",
    "cheaper": "a cheaper model (“compare a cheaper model”)",
    "hosting": "running it yourselves (“compare self-hosting”)",
    "chart": "the picture of the costs (“show the chart”)",
    "similar": "earlier decisions (“what did we decide before?”)",
    "elsewhere": "what other teams were told (“why did another team get another verdict?”)",
    "short": "a short version (“say it in two sentences”)",
    "weighed": "which answer mattered most (“which answer weighed most?”)",
    "unknowns": "what is not known (“what did we answer with not sure?”)",
    "steps": "what to do now (“what should we do first?”)",
    "payback": "when it pays back (“when does it pay back?”)",
    "parts": "what a cost is made of (“explain the cost”)",
    "prices": "the prices of tokens (“where are the token prices from?”)",
    "upkeep": "keeping it up to date (“what does retraining cost?”)",
    "monthly": "what is saved a month (“how much cheaper is it per month?”)",
    "retrieval": "looking facts up instead (“would retrieval do it?”)",
    "disagreement": "people who disagree (“why does disagreement matter?”)",
    "examples": "how many examples it takes (“how many examples do we need?”)",
    "data": "where the data may go (“which options may our data use?”)",
    "risk": "what can go wrong (“what if you are wrong?”)",
    "both": "doing both (“can we do both?”)",
    "suppose": "what another answer would change (“what if 2M calls a month?”)",
    "correction": "correcting an answer (“change the target to 90%”)",
    "extremes": "the cheapest option (“which option is the cheapest?”)",
    "quality": "how good the measurement is (“is our quality figure reliable?”)",
    "matter": "why an answer matters (“why does the volume matter?”)",
    "counted": "whether something is in the costs (“did you count our own hours?”)",
    "skipped": "what a skipped question would have changed (“would the skipped question have changed it?”)",
    "off": "how far a figure may be off (“what if our quality figure is only a guess?”)",
}
"""Each kind of question, and words that ask it."""
FORBIDDEN = ("token", "cache", "output", "prompt_examples")
"""What a person who has never seen a model does not know."""


def which(standing: Standing, kinds: str) -> Parts:
    """It may be one of two: both are named with the words that ask for them."""
    one, other = (WORDS[kind] for kind in kinds.split())
    return (
        Text(
            f"I am not sure what you are asking. Is it {one}, or {other}? Say the words in “”, and I answer that."
        ),
    )


def of_question(standing: Standing, name: str) -> Parts:
    """What one answer has to do with the verdict; "misses facts": asked of one kind of misses, which may not be theirs."""
    question, _, kind = name.partition(" ")
    found = of_answers.of_question(standing, question)
    if not kind or standing.advice.answers.of("misses") == kind:
        return found
    return (Text(of_answers.WHY_MISSES[kind]), *found)


def why_though(standing: Standing, of: str) -> Parts:
    """Why this verdict, and first of all what becomes of the objection that was named with the question.

    of: the objection, and a figure that was named with it.
    """
    objection, _, figure = of.partition(" ")
    closes = None
    if objection == "quality" and standing.told.verdict not in TUNING:
        plan = steps(standing, standing.told.ledger)[:STEPS_TOLD]
        closes = Bullets(plan, Strong("What to do about it first"))
    said, reason = Text(_to(standing, objection, figure)), of_reasons.because(standing)
    if objection == "budget":
        return (*reason[:1], said, *reason[1:])
    return (said, *reason, closes)


def _to(standing: Standing, objection: str, figure: str) -> str:
    tunes = standing.told.verdict in TUNING
    match objection:
        case "prompt":
            return _prompting(standing)
        case "budget":
            return (
                "A budget makes it possible, but it is not a reason for it: what decides is what training would mend, and "
                "what it would save."
            )
        case "examples":
            return f"{_so_many(standing, figure)}{_examples(standing, tunes=tunes)}"
        case "disagreement" | "retrieval":
            return of_answers.WHY_MISSES["facts" if objection == "retrieval" else "disagreement"]
        case _:
            return f"{other_score(standing, figure)}{nearly(standing)}"


def _prompting(standing: Standing) -> str:
    """Whether more work on the prompt would do."""
    tried = standing.given_to("prompt_examples")
    had = f" ({tried.words})" if tried else ""
    misses = standing.given_to("misses")
    if standing.told.verdict in TUNING:
        mends = f" Its misses: {misses.words}." if misses else ""
        at = " A longer prompt costs a day to try: measure it on the same cases, and come back if it reaches the target."
        return f"The prompt had its fair try{had}. {nearly(standing)}{mends}{at}".strip()
    if standing.told.verdict in (Verdict.PROMPT_FIRST, Verdict.KEEP_PROMPTING):
        return "That is the advice: a better prompt, and no training."
    return f"A better prompt does no harm, and is changed the same day{had}. {nearly(standing)}".strip()


def _so_many(standing: Standing, figure: str) -> str:
    least = standing.advice.policy.enough_labels
    have = standing.advice.answers.number("labelled_examples")
    if not figure or Decimal(figure) == have:
        return ""
    fits = (
        "enough for a first run"
        if Decimal(figure) >= least
        else f"too few for a first run, which takes {count(least)}"
    )
    told = (
        f" You answered {count(have)}, not {count(Decimal(figure))}: change that answer if it is wrong."
        if have is not None
        else ""
    )
    return f"{count(Decimal(figure))} are {fits}.{told} "


def other_score(standing: Standing, figure: str) -> str:
    """That the score which is named is not the one that was answered."""
    quality = standing.advice.quality
    if not figure or quality is None or quality.point is None or Decimal(figure) > 100:
        return ""
    if abs(float(figure) - 100 * float(quality.point)) < 1:
        return ""
    return f"Your answer here is {percent(quality.point)}, not {figure}%: “what if it was {figure}% right?” shows what that changes. "


def _examples(standing: Standing, *, tunes: bool) -> str:
    """What examples have to do with it."""
    enough = count(standing.advice.policy.enough_labels)
    given = standing.given_to("labelled_examples")
    have = f"you have {given.words}" if given else "they were not asked for, since they could not change this"
    if tunes:
        return f"A first run takes {enough} reviewed examples, not thousands; {have}. Their number is no obstacle here."
    if standing.told.verdict == Verdict.COLLECT_EXAMPLES:
        return f"A first run takes {enough} reviewed examples; {have}. That is what holds it back."
    return (
        f"Many examples make training possible, but are no reason for it: {enough} are enough for a first run, and more do "
        f"not change this verdict ({have}). They are of use all the same: measure on some of them, and put the most telling "
        "ones into the prompt. Other answers decide:"
    )


def nearly(standing: Standing) -> str:
    """How far the quality is from the target, in answers of a hundred; "" where one of them is not known."""
    quality, target = standing.advice.quality, standing.advice.answers.number("quality_target")
    if quality is None or quality.point is None or target is None:
        return ""
    now, aim = percent(quality.point), percent(target)
    if quality.point >= float(target):
        return f"It is good enough: it scores {now}, and you asked for {aim}."
    wrong, may = (count(round(100 * (1 - float(part)))) for part in (quality.point, target))
    return f"Nearly there is not there: of 100 answers {wrong} are wrong, and you asked for {may} at most ({now} against {aim})."


def for_the_boss(standing: Standing, how: str = "") -> Parts:
    """The verdict, what to do first, the money and what would change it, in plain sentences that can be forwarded.

    how: "plain" for no figures and nothing but the verdict and what comes first; "waiting 3" for what three months
    without a change cost as well.
    """
    asked, _, months = how.partition(" ")
    said = [_verdict(standing, plain=asked == "plain"), _first(standing)]
    if asked == "waiting":
        said.append(_unchanged(standing, int(months or 3)))
    elif asked != "plain":
        is_of_money = standing.told.verdict in (*TUNING, Verdict.KEEP_PROMPTING)
        said.append(_in_money(standing) if is_of_money else "")
        said.append(_otherwise(standing))
    return (Text(" ".join(filter(None, said))),)


def _unchanged(standing: Standing, number: int) -> str:
    now = scenario_of(standing).baseline
    if now is None or now.month is None:
        return "What it costs to do nothing is not known, since today's costs are not."
    return (
        f"Doing nothing for {counted(number, 'months')} costs what it costs today, {money(now.month * number)}, and the "
        "answers get no better."
    )


FIRST: Mapping[Verdict, str] = {
    Verdict.FINE_TUNE: "First we put together the examples to train on, and keep some of them aside as a test",
    Verdict.HYBRID: "First we put together the examples to train on, and keep some of them aside as a test",
    Verdict.SELF_HOST: "First we agree on who runs the machines and who is called when they stop",
    Verdict.ADD_RETRIEVAL: "First we collect the documents that hold the facts, and make them searchable",
    Verdict.REDEFINE_TASK: "First two of us mark the same cases, each alone, and we write down a rule where we differ. Only "
    "then can anybody judge the program, or teach it by examples",
    Verdict.COLLECT_EXAMPLES: "From now on we keep each case with the answer that was right in the end",
    Verdict.PROMPT_FIRST: "That takes about a week; then we count on the same cases whether it is good enough",
    Verdict.MEASURE_FIRST: "We take some real cases, note the right answers, and count how many it gets right",
    Verdict.KEEP_PROMPTING: "There is nothing to order or to build; we look again when there is much more to do",
}
"""What is done first, in words that anybody can read."""


def _first(standing: Standing) -> str:
    verdict = standing.told.verdict or standing.advice.leaning
    return f"{FIRST[Verdict(verdict)]}." if verdict else ""


def _verdict(standing: Standing, *, plain: bool = False) -> str:
    found = standing.told.verdict
    if found is None:
        return f"Nothing is settled yet; as things look, it will be: {headline(standing.advice.leaning).lower()}."
    because = "" if plain else _score(standing)
    said = {
        Verdict.FINE_TUNE: "We should train a small model of our own for this",
        Verdict.HYBRID: "We should train a small model for the part that stays the same, and keep written instructions "
        "for the rest",
        Verdict.SELF_HOST: "Our data may not leave, so we should run a free model on our own machines first",
        Verdict.ADD_RETRIEVAL: "We should let the program look up the facts that it lacks, and train nothing, since training "
        "teaches it how to answer and not what is true today",
        Verdict.REDEFINE_TASK: "We should first agree among ourselves what a right answer is: as long as our own people "
        "differ, a program can only copy the disagreement, and nobody can say whether it is right",
        Verdict.COLLECT_EXAMPLES: "We should first collect checked examples, since there are too few to train on",
        Verdict.PROMPT_FIRST: "We should first write better instructions, which nobody has tried properly yet",
        Verdict.MEASURE_FIRST: "We should first measure how good it is today, since nobody knows yet",
    }.get(Verdict(found), "We should stay with the written instructions that we have, and train nothing")
    return f"{said}{because}."


def _score(standing: Standing) -> str:
    quality, target = standing.advice.quality, standing.advice.answers.number("quality_target")
    if quality is None or quality.point is None or target is None:
        return ""
    but = "and" if quality.point >= float(target) else "but"
    enough = "is enough" if but == "and" else "is needed"
    return f". Today {percent(quality.point)} of the answers are right, {but} {percent(target)} {enough}"


def _in_money(standing: Standing) -> str:
    scenario = scenario_of(standing)
    tuned, now = scenario.best_tuned, scenario.baseline
    if tuned is None or now is None or tuned.month is None or now.month is None or tuned.up_front is None:
        return ""
    less, once = now.month - tuned.month, money(tuned.up_front)
    if standing.told.verdict in TUNING:
        beside = f"{money(abs(less))} a month {'less' if less >= 0 else 'more'} than today"
        return f"It costs {once} once, and then {money(tuned.month)} a month, {beside}."
    more = f"save {money(less)}" if less > 0 else f"cost {money(-less)} more"
    return f"A trained model would {more} a month, after {once} to build it."


def _otherwise(standing: Standing) -> str:
    """What would change it, the first that can be said without words of the trade."""
    for one in (*flips.nearest(standing.told), *standing.told.inputs):
        if one.changes and not one.is_assumed and not any(word in one.key for word in FORBIDDEN):
            said = _turn(one)
            if said:
                return f"The advice changes {said}."
    return ""


def _turn(one: Input) -> str:
    if not one.is_number:
        turn = next((turn for turn in one.others if turn.verdict), None)
        return f"if {inputs.chosen(one.key, turn.to)}" if turn else ""
    sides = [(turn, turn is one.above) for turn in (one.above, one.below) if turn is not None]
    if not sides:
        return ""
    turn, up = min(sides, key=lambda side: abs((side[0].times or Decimal("Infinity")) - 1))
    at = inputs.at(one.key, turn.number, up=up)
    return (at[:1].lower() + at[1:]).replace(" calls", " requests")


def elsewhere(standing: Standing) -> Parts:
    """Another team's advice: it cannot be seen here; the answers that decided this one can be held against theirs."""
    rows: tuple[Words, ...] = tuple(
        reason_line(reason, brief=True) for reason in reversed(standing.told.reasons[-DECIDED_BY:])
    )
    return (
        Text(
            "What another team was advised cannot be seen from this thread: only decisions of this channel can. The same "
            "rules hold for everybody, so what differs is one of the answers. These decided here; hold them against theirs:"
        ),
        Bullets(rows, Strong(f"{headline(standing.told.verdict)}")),
        Small("“/tune-or-prompt log” shows the decisions that you can see."),
    )


def data(standing: Standing) -> Parts:
    """How it was counted whether the data may leave, and which options are left by it."""
    if standing.advice.answers.of("data_may_leave") is False:
        return (
            Text(
                "That was counted: nothing here goes to a provider. Prompting means prompting an open model on your own "
                "servers. A tenant of your own in a cloud, such as Azure, may count as inside by your rules: if it does, "
                "change that answer."
            ),
            Text(in_full(standing)),
        )
    return of_answers.of_question(standing, "data_may_leave")


def retrieval(standing: Standing) -> Parts:
    """Whether looking facts up would do it here, in a sentence, and the difference to training."""
    misses = standing.advice.answers.of("misses")
    if misses == "facts":
        first = (
            "What it lacks is facts, so looking them up mends the misses and training would not. Training changes how a model answers, not what it knows. It takes the "
            "documents in one place, a search over them, and somebody who keeps them up to date."
        )
    elif misses in ("behaviour", "labels"):
        first = "Not by itself: the facts are there, and it is how the model answers that goes wrong. Training can mend that."
    else:
        first = (
            "It helps where facts are missing, and only there: training adds no facts, looking them up does."
        )
    return (Text(first), *of_answers.retrieval(standing))
