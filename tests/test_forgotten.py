"""What was forgotten of a fact, a question or a verdict: each test fails with a sentence that names it and the file."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest

from bot.command_line.case_flags import add_case_flags
from bot.views import ids
from bot.views.document import Field, bare
from bot.views.forms import question_form
from bot.views.of_advice_plainly import FIRST
from bot.views.of_what_to_do import WHO
from bot.views.phrases import QUESTIONS as SHOWN_QUESTIONS
from bot.views.plan import STEPS
from core.advice import advise
from core.answers import Answers
from core.case import read_case
from core.costs.estimate import estimate
from core.costs.spreads import spreads
from core.fact import Fact
from core.facts import ANSWERS, ASSUMPTIONS, FACTS, THINGS, THRESHOLDS
from core.house import GROUPS
from core.known import facts_of
from core.policy import Policy, check_in, policy_on, thresholds
from core.questions import EVERY_QUESTION, QUESTIONS, Question, question_of
from core.reading import read
from core.reading.vocabulary import TOPICS
from core.told import told_ledger
from core.tree import Verdict
from core.walk import Walk
from core.wording import HEADLINES, answer_in_words
from tests.support.cases import TO_THE_END
from tests.support.consulted import standing

DAY = datetime.date(2026, 11, 23)
ROWS = "core/facts.py"

MANY = TO_THE_END | {"reasons": ["cost"], "quality_now": 0.9, "calls_per_month": 40_000_000}
"""So many calls that own servers step up, and that every option has its lines."""
WORTH = {"value_per_correct": 0.01, "cost_per_error": 0.02, "batch_share": 0.5, "min_replicas": 1}
LEDGERS: tuple[dict[str, Any], ...] = (
    MANY,
    MANY | {"quality_now": 0.8, "assumptions": WORTH},
    MANY | {"calls_per_month": 1000, "prompt_examples": 2, "assumptions": {"base": "gpt-4.1-mini"}},
    MANY | {"data_may_leave": False},
)
TREES: tuple[dict[str, Any], ...] = (
    TO_THE_END,
    TO_THE_END | {"quality_now": 0.3},
    TO_THE_END | {"reasons": ["latency"], "latency_now_ms": 900, "latency_ms": 800},
    TO_THE_END | {"eval_correct": 40, "eval_total": 50},
    MANY | {"calls_per_month": 3_000_000},
    MANY | {"calls_per_month": None},
)


def others(fact: Fact) -> Iterator[Any]:
    """Other values of a fact, in JSON form, that might make a difference."""
    names = {
        "model": "anthropic:claude-haiku-4-5",
        "cheaper_model": "openai:gpt-4o-mini",
        "model_size": "70B",
    }
    names |= {"gpu": "A100", "base": "gpt-4.1-nano", "provider": "openai"}
    if fact.is_chosen:
        yield from ([one] if fact.kind == "choices" else one for one in fact.choices)
    elif fact.is_named:
        assert fact.key in names, f"{fact.key}: this test needs a name that it may be"
        yield names[fact.key]
    else:
        numbers = (0, 0.05, 0.3, 0.99, 1, 3, 10, 20, 500, 950, 5_000, 30_000, 10**7, 10**9)
        yield from (n for n in numbers if fact.fits(Decimal(str(n))))


def ledger(case: Mapping[str, Any]) -> Any:
    """The lines of every option, and their sums."""
    answers = read_case(case)
    found = told_ledger(
        estimate(answers, on=DAY, policy=policy_on(DAY), calls=answers.number("calls_per_month"))
    ).to_json()
    kept = ("option", "lines", "unknown", "up_front", "month")
    return found["removed"], [[option[name] for name in kept] for option in found["options"]]


def verdicts(case: Mapping[str, Any], own: Mapping[str, Decimal] = MappingProxyType({})) -> Any:
    """What may be advised, and the volumes that the costs are shown for where nobody knows the calls."""
    answers, policy = read_case(case), policy_on(DAY, own)
    possible = Walk(answers, policy, DAY).possible(facts_of(answers))
    calls = answers.number("calls_per_month")
    shown = estimate(answers, on=DAY, policy=policy, calls=None).scenarios if calls is None else ()
    return possible, [scenario.calls for scenario in shown]


class Noted(dict[str, Any]):
    """Notes which keys were looked up."""

    looked_up: set[str]

    def get(self, key: str, default: Any = None) -> Any:
        self.looked_up.add(key)
        return super().get(key, default)

    def __contains__(self, key: object) -> bool:
        self.looked_up.add(str(key))
        return super().__contains__(key)


@pytest.mark.parametrize("case", LEDGERS)
def test_every_key_that_a_line_of_the_ledger_reads_is_a_fact(case: dict[str, Any]) -> None:
    answers = read_case(case)
    given, stated = Noted(answers.given), Noted(answers.assumptions)
    given.looked_up = stated.looked_up = set()
    noted = Answers(answers.task, given, stated)
    estimate(noted, on=DAY, policy=policy_on(DAY), calls=answers.number("calls_per_month"))
    unknown = given.looked_up - FACTS.keys()
    assert given.looked_up
    assert not unknown, f"the ledger reads {', '.join(sorted(unknown))}: give each a row in {ROWS}"


@pytest.mark.parametrize("key", ASSUMPTIONS)
def test_every_assumption_changes_a_line_or_says_why_not(key: str) -> None:
    fact = ASSUMPTIONS[key]
    changes = any(
        ledger(case | {"assumptions": {**case.get("assumptions", {}), key: value}}) != before
        for case in LEDGERS
        for before in [ledger(case)]
        for value in others(fact)
    )
    assert changes or fact.idle, f"{key} changes no line of the ledger: use it, or say why not (idle, {ROWS})"
    assert not (changes and fact.idle), f"{key} does change the ledger: take back its idle in {ROWS}"


@pytest.mark.parametrize("key", ANSWERS)
def test_every_answer_changes_a_verdict_or_says_why_not(key: str) -> None:
    changes = any(
        verdicts(case | {key: value}) != before
        for case in TREES
        for before in [verdicts(case)]
        for value in others(ANSWERS[key])
        if key not in ("eval_correct", "eval_total") or case.get("eval_total")
        if key != "eval_correct" or value <= case["eval_total"]
        if key != "eval_total" or value >= case["eval_correct"]
    )
    assert changes or ANSWERS[key].idle, (
        f"{key} changes no verdict: let core/walk.py follow it, or say why not"
    )


@pytest.mark.parametrize("key", THRESHOLDS)
def test_every_threshold_changes_an_advice_or_says_why_not(key: str) -> None:
    fact = THRESHOLDS[key]
    values = [Decimal(str(value)) for value in others(fact)]
    changes = any(
        verdicts(case, {key: value}) != before
        for case in TREES
        for before in [verdicts(case)]
        for value in values
    )
    assert changes or fact.idle, f"{key} changes no advice: use it, or say why not (idle, {ROWS})"
    assert not (changes and fact.idle), f"{key} does change an advice: take back its idle in {ROWS}"


def test_every_threshold_has_its_dated_values_and_its_row() -> None:
    missing = (Policy.model_fields.keys() - {"on", "overridden"}) ^ THRESHOLDS.keys()
    assert thresholds().keys() == THRESHOLDS.keys()
    assert not missing, (
        f"{', '.join(missing)}: a threshold has a row in {ROWS}, fields in core/policy.py and values"
    )


@pytest.mark.parametrize("key", [*THRESHOLDS, *ASSUMPTIONS])
def test_every_setting_and_every_assumption_stands_in_one_form(key: str) -> None:
    groups = [group.id for group in GROUPS if key in group.keys]
    assert groups == [FACTS[key].group], (
        f"{key} stands in no form: give it one of {[g.id for g in GROUPS]} in {ROWS}"
    )


@pytest.mark.parametrize("key", [key for key in (*ANSWERS, *ASSUMPTIONS) if FACTS[key].is_number])
def test_every_number_of_the_ledger_has_a_spread_or_says_why_not(key: str) -> None:
    spread = any(entry.key == key for entry in spreads().spread)
    assert spread or FACTS[key].exact, (
        f"{key}: core/costs/spreads.toml says how far it may be off, or {ROWS} why not"
    )
    assert not (spread and FACTS[key].exact), f"{key} has a spread: take back its exact in {ROWS}"


def test_every_spread_is_that_of_a_number() -> None:
    strange = {entry.key for entry in spreads().spread if entry.key not in FACTS}
    assert not strange, f"{', '.join(strange)}: there is no such number in {ROWS}"


@pytest.mark.parametrize("key", [*ANSWERS, *ASSUMPTIONS])
def test_every_fact_that_people_state_is_read_from_text_or_says_why_not(key: str) -> None:
    fact = FACTS[key]
    assert bool(fact.said) != bool(fact.unsaid), (
        f"{key}: its row in {ROWS} says how it is said or why it is not"
    )
    if fact.said:
        question = question_of(key)
        found = read(fact.said, question.name if question else None)
        filled = {
            *found.values,
            *found.assumed,
            *(("eval_correct", "eval_total") if found.evaluation else ()),
        }
        assert key in filled, (
            f"{key} is not read from “{fact.said}”: teach core/reading, or say why not (unsaid)"
        )


@pytest.mark.parametrize(
    ("key", "noun"), [(key, noun) for key, of in THINGS.items() for noun in sorted(of.words | of.where_asked)]
)
def test_every_noun_of_what_is_counted_is_read_with_its_number(key: str, noun: str) -> None:
    reading = read(f"7 {noun}", key)
    assert reading.values == {key: 7}, f"{key} is not read from “7 {noun}”: words and where_asked in {ROWS}"
    assert not reading.doubtful, f"{key} is doubted in “7 {noun}”: {reading.because}"


@pytest.mark.parametrize("key", THINGS)
def test_what_is_counted_is_said_back_by_its_name(key: str) -> None:
    assert read("40 to 60", key).echo.endswith((FACTS[key].name, FACTS[key].unit))


def test_every_answer_has_a_flag_and_no_other_has() -> None:
    parser = argparse.ArgumentParser()
    add_case_flags(parser)
    flags = vars(parser.parse_args([f"--{key.replace('_', '-')}=unsure" for key in ANSWERS])).keys() - {
        "assume"
    }
    assert flags == ANSWERS.keys(), (
        f"{', '.join(flags ^ ANSWERS.keys())}: flags are made of the answers in {ROWS}"
    )


@pytest.mark.parametrize("key", ANSWERS)
def test_every_answer_belongs_to_a_question_that_takes_it(key: str) -> None:
    question = question_of(key)
    assert question is not None, (
        f"no question fills {key}: name it among the keys of one in core/questions.py"
    )
    entered = {number.key for number in question.numbers}
    assert ANSWERS[key].is_chosen or key in entered, (
        f"{key} cannot be entered: give {question.name} a Number for it"
    )


@pytest.mark.parametrize(
    "key", [key for key, fact in ANSWERS.items() if fact.is_number and key != "eval_total"]
)
def test_every_answer_that_is_a_number_has_its_flips(key: str) -> None:
    case = TREES[3] if key == "eval_correct" else TREES[2]
    sides = [flip.side for flip in advise(read_case(case), on=DAY).flips if flip.input == key]
    assert sides == ["below", "above"], (
        f"{key} has no flips: say in core/flips.py where the verdict can turn along it"
    )


@pytest.mark.parametrize("question", EVERY_QUESTION, ids=lambda question: question.name)
def test_every_question_has_its_words_phrases_and_form(question: Question) -> None:
    name = question.name
    assert TOPICS.keys() & {name, *question.keys}, (
        f"{name}: nothing is known to be about it: ABOUT in core/reading/phrases.py, or the things of its row"
    )
    assert set(question.keys) <= ANSWERS.keys(), f"{name} fills keys that have no row in {ROWS}"
    found = read(question.example.partition(", or ")[0], name)
    assert found.intent == "answer", f"{name}: its own example is not read: “{question.example}”"
    assert answer_in_words(name, Answers()) in ("not asked", "now not asked, target not asked"), (
        f"{name}: core/wording.py"
    )
    assert name in SHOWN_QUESTIONS
    form = question_form(question, standing(TO_THE_END), {})
    fields = {part.id for part in form.parts if isinstance(part, Field)}
    wanted = {ids.choice_block(name), *(ids.number_block(number.key) for number in question.numbers)}
    assert fields == wanted, f"{name}: its form lacks {', '.join(wanted - fields)}"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_that_decides_says_how_to_find_it_out(question: Question) -> None:
    case = TREES[4] if question.name == "cheaper_model_enough" else TO_THE_END
    unsure = case | dict.fromkeys(question.keys[:1] if question.name != "quality" else ("quality_now",))
    stands = standing(unsure)
    steps = STEPS[Verdict.MEASURE_FIRST](stands, stands.told.ledger)
    assert not any(bare(step).startswith("Find out: ") for step in steps), (
        f"{question.name}: it needs a find_out in core/questions.py"
    )


@pytest.mark.parametrize("verdict", Verdict)
def test_every_verdict_has_a_headline_steps_and_a_day_to_look_back(verdict: Verdict) -> None:
    assert verdict in HEADLINES, f"{verdict} has no headline in core/wording.py"
    assert verdict in STEPS, f"{verdict} has no first steps in bot/views/plan.py"
    assert verdict in WHO, f"nobody is said to do the first steps of {verdict}: bot/views/of_what_to_do.py"
    assert verdict in FIRST, f"{verdict} has no first step in plain words: bot/views/of_advice_plainly.py"
    assert verdict in check_in().weeks, f"nobody knows when {verdict} has shown its worth: core/policy.toml"
