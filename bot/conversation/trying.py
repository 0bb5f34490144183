"""Facts that a question tells, tried: what they would change, and where the verdict turns. Nothing is stored."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.conversation import posts
from bot.conversation.changed import named_with
from bot.conversation.standing import PRICING, Standing, standing_of
from bot.conversation.supposing import Supposed
from bot.conversation.todo import ToDo, check, sentence
from bot.conversation.what_if import FACTOR, NotKnown, scaled, what_if
from core import inputs
from core.answers import CaseError
from core.questions import BY_NAME, question_of
from core.reading.echo import say_value
from core.reading.reader import read
from core.told.flips import Flip
from core.tree import Verdict
from core.wording import HEADLINES, counted, from_calls, money, months, percent

_OPENS = re.compile(
    r"^.*?\b(?:what if|suppos(?:e|ing)|assum(?:e|ing)|imagine|pretend|hypothetically|let(?: us|'?s) say|in case|if)\b",
    re.IGNORECASE | re.DOTALL,
)


def tried(standing: Standing, values: Mapping[str, Any], now: datetime) -> ToDo | None:
    """What these values would change; ``None`` where there are none that a case can hold."""
    kept = {key: value for key, value in values.items() if question_of(key)}
    if not kept:
        return None
    try:
        kept = times_present(standing, kept)
        check(kept)
        shown = what_if(standing, kept, _in_words(kept), None, now)
    except CaseError as wrong:
        return ToDo(posts.WhatIfUnread(sentence(wrong)))
    except NotKnown as unknown:
        return ToDo(posts.WhatIfUnread(str(unknown)))
    turns = _where_it_turns(standing, next(iter(kept))) if len(kept) == 1 and shown.says else []
    return ToDo(replace(shown, says=(*shown.says, *_from_the_target(standing, kept), *turns)))


def _in_words(values: Mapping[str, Any]) -> str:
    """What is tried, for people: right answers beside all of them, as a share too."""
    said = [
        say_value(key, value) for key, value in values.items() if key not in ("eval_correct", "eval_total")
    ]
    if {"eval_correct", "eval_total"} <= values.keys():
        right, every = values["eval_correct"], values["eval_total"]
        said.insert(0, f"{right} of {every} → {percent(right / every)}")
    return "; ".join(said)


def times_present(standing: Standing, values: Mapping[str, Any]) -> dict[str, Any]:
    """The same with each factor such as "x2" as what comes of it. Raises :class:`NotKnown`."""
    is_factor = {key: isinstance(value, str) and FACTOR.fullmatch(value) for key, value in values.items()}
    return {key: scaled(standing, key, value) if is_factor[key] else value for key, value in values.items()}


def _from_the_target(standing: Standing, values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """How far another quality is from the target, or the quality from another target."""
    advice = standing.advice
    now = values.get("quality_now", advice.quality and advice.quality.point)
    if {"eval_correct", "eval_total"} <= values.keys():
        now = values["eval_correct"] / values["eval_total"]
    target = values.get("quality_target", advice.answers.number("quality_target"))
    if (
        not {"quality_now", "quality_target", "eval_correct"} & values.keys()
        or isinstance(now, list)
        or isinstance(target, list)
    ):
        return []
    if now is None or target is None:
        return []
    points = round(100 * (float(target) - float(now)))
    said = f"That is {points} points below the target" if points > 0 else "That reaches the target"
    return [("quality", f"{said} of {percent(target)}.")]


def read_as_supposed(standing: Standing, text: str, now: datetime) -> ToDo | None:
    """A supposition that the reader can read once it begins as one."""
    said = _OPENS.sub("", text)
    reading = read(f"what if {said}", None, standing.consultation.task)
    if reading.intent != "whatif":
        return None
    return tried(standing, named_with(said, reading.values), now)


def as_supposed(standing: Standing, one: Supposed, now: datetime) -> ToDo:
    """What a supposition would change."""
    try:
        value = one.value if one.times is None else scaled(standing, one.key, f"x{one.times}")
        values = {one.key: value}
        check(values)
        shown = what_if(standing, values, say_value(one.key, value), None, now)
        return ToDo(replace(shown, says=(*shown.says, *_where_it_turns(standing, one.key))))
    except CaseError as wrong:
        return ToDo(posts.WhatIfUnread(sentence(wrong)))
    except NotKnown as unknown:
        return ToDo(posts.WhatIfUnread(str(unknown)))


def _where_it_turns(standing: Standing, key: str) -> list[tuple[str, str]]:
    """At which number the verdict is another: a supposition about one asks for that as well."""
    found = next((one for one in standing.told.inputs if one.key == key and one.is_number), None)
    if found is None or standing.told.verdict is None:
        return []
    turns = [(found.below, False), (found.above, True)]
    said = [
        f"{inputs.at(key, turn.number, up=up)}: {_then(turn)}."
        for turn, up in turns
        if turn is not None and (turn.verdict is not None or turn.asks)
    ]
    return [("flip", one) for one in said] or [
        ("flip", f"No number of {inputs.name(key)} changes the verdict.")
    ]


def _then(turn: Flip) -> str:
    """What it is then: a verdict, or the question that decides."""
    if turn.verdict is not None:
        return HEADLINES[Verdict(turn.verdict)]
    asked = BY_NAME.get(turn.asks or "")
    return "another question decides" if asked is None else f"I would ask “{asked.asks}”"


_PAYS = re.compile(
    r"\b(?:pays? (?:off|back|for itself)|paid (?:off|back)|payback|break ?-? ?even|"
    r"worth (?:it|the money)|cheaper|save\w*|saving)\b",
    re.IGNORECASE,
)


def with_payback(standing: Standing, todo: ToDo, text: str, now: datetime) -> ToDo:
    """The same with whether it pays then, where a text that supposes something asks for that as well."""
    note = todo.note
    if not isinstance(note, posts.WhatIf | posts.WhatIfOffered) or not note.says or not _PAYS.search(text):
        return todo
    after = standing_of(standing.consultation, now, extra=dict(note.values))
    scenario = after.told.ledger.scenarios(after.advice.answers.number(PRICING))[-1]
    tuned, base = scenario.best_tuned, scenario.baseline
    if tuned is None or base is None or tuned.month is None or base.month is None or tuned.up_front is None:
        return todo
    when = (
        f"is paid back in {months(tuned.payback_months)}"
        if tuned.payback_months is not None
        else "is never paid back at this volume"
    )
    start = tuned.crossover_within_horizon_calls
    there = (
        f"; it would be from {counted(from_calls(start), 'calls a month')} on"
        if start and tuned.payback_months is None
        else ""
    )
    said = (
        f"In money: {money(tuned.month)} a month tuned against {money(base.month)} for the prompt; the "
        f"{money(tuned.up_front)} up front {when}{there}."
    )
    return replace(todo, note=replace(note, says=(*note.says, ("cost", said))))
