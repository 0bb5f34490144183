"""Rules and classifier together: what is taken, what is doubted, and what is suggested in place of a dead end.

Alone the classifier answers where it is sure of a whole sentence (:mod:`core.reading.suggest.alone`), and else suggests.
It takes a doubt away where the rules name the same option, and raises one where it is sure of another.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from core.reading.cleaning import BLANK
from core.reading.coverage import sounds_like_talk
from core.reading.echo import say_value
from core.reading.outcome import Reading, Suggestion
from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.suggest.alone import SURE_OF_FEW, sure_alone
from core.reading.suggest.clauses import REASONS, each_clause_agrees, passed_over_in
from core.reading.suggest.complaints import is_a_complaint
from core.reading.suggest.cues import (
    YES_NO,
    closing,
    compared,
    denies,
    named,
    says_not_known,
    verdict,
)
from core.reading.suggest.features import words_of
from core.reading.suggest.weights import NONE, NOTHING, UNSURE, Head, heads, probabilities

QUESTIONS = frozenset(
    (
        "can_wait",
        "cheaper_model_enough",
        "data_may_leave",
        "misses",
        "per_request_instructions",
        "prompt_examples",
        "reasons",
    )
)
"""The questions that can be answered in words alone."""

_QUALIFIED = frozenset(
    "allegedly quasi semi pseudo supposedly yesterday originally formerly hypothetically theoretically almost waited".split()
)
"""Words beside which what is said is not quite so, or not now."""
_ELSEWHERE = frozenset(
    "brb afk back meeting lunch standup coffee beer tonight weekend vacation holiday game birthday party pizza meet".split()
)
_EXCEPTS = frozenset("not no never only except but".split())
_MADE_UP = frozenset("invent invents invented inventing make makes made making exist exists".split())
"""Of what is made up it depends on the thing whether facts or our own names are missing."""
FEW_WORDS = 4
"""A plain yes or no of so few words needs nobody's agreement."""
OTHERWISE = 0.75
"""How likely another option must be for a plain reading to be doubted."""
SURE_OF_A_LEAD = 0.94
"""The same where nothing but a yes or no beside unknown words was read."""
A_SENTENCE = 5
SURE_OF_A_CLAUSE = 0.7
"""How likely the option that whole clauses name must be for single words that name another not to count."""
SURE_AGAINST_A_WORD = 0.85
"""The same where it is a yes or a no."""
SURE_OF_CLAUSES = 0.6
"""How likely each reason that was read must be in the whole reply, where it agrees clause by clause."""
MAY_BE_NONE = 0.2
"""How likely "no reason" must be to be suggested beside a reason that is likely."""
MOST_SUGGESTED = 3
NOT_SAID = 0.6
"""How likely it must be that a reply says nothing about the question, for small talk to stay small talk."""
KNOWN = 0.9
"""How likely an answer must be for words that mostly say that somebody else knows to say nothing of it."""
NOT_KNOWN = 0.3
"""How likely "not sure" must be, where the words say so too."""
DO_YOU_MEAN = "I am not sure that I understood."
_AS_VALUE: Mapping[str, Any] = {"true": True, "false": False}
_AS_EXAMPLES: Mapping[str, Any] = {"true": [5, None], "false": [0, 4]}


def settled(reading: Reading, question: str, reply: Reply) -> Reading:
    """The reading of a reply that can be answered in words, after the classifier was heard. reply: what the rules made of it."""
    if question == "reasons" and reading.doubtful and question in reading.values:
        reading = replace(reading, values=MappingProxyType({question: reading.values[question]}))
    after = _settled(reading, question, reply)
    if (after.values and not after.doubtful) or after.intent not in ("answer", "clarify", "chatter"):
        return after
    words = words_of(reply.line)
    likely = probabilities(question, words)
    sure = sure_alone(question, reply, words, likely)
    if (question in YES_NO and len(reading.values) > 1) or _rules_say_otherwise(
        reading, question, reply.line, sure
    ):
        return after
    if not sure or _may_be_talk(reading, question, reply, max(likely.values())):
        return after
    return Reading("unsure") if sure == (UNSURE,) else _taken(after, question, *sure)


def _rules_say_otherwise(reading: Reading, question: str, line: str, sure: Sequence[str]) -> bool:
    """Whether the rules read a reason that the classifier passes over, or another option than it is sure of."""
    ruled = option_of(question, reading.values[question]) if question in reading.values else ()
    if question == "reasons":
        ruled = (*ruled, *named(question, line).options)
    return bool(sure) and not {*ruled} <= {*sure}


def _may_be_talk(reading: Reading, question: str, reply: Reply, sure: float) -> bool:
    """Whether what seems to be an answer may be said to somebody else, or be one that only the rules may give."""
    if question == "prompt_examples":
        is_none = reading.values.get(question) == 0
        return (
            reading.intent == "chatter" or is_none or bool(reply.quantities) or denies(question, reply.line)
        )
    if question == "reasons" and reply.firm:
        return True
    return reading.intent == "chatter" and (reply.lead is not None or sure < SURE_OF_FEW)


def _settled(reading: Reading, question: str, reply: Reply) -> Reading:
    line, firm, lead_only = reply.line, reply.firm, reply.lead_only
    ruled = option_of(question, reading.values.get(question)) if question in reading.values else None
    words = words_of(line)
    if ruled == () or (reading.values and (ruled is None or len(reading.values) > 1)):
        return reading
    if lead_only and not reading.doubtful and len(words) <= FEW_WORDS:
        return reading
    likely = probabilities(question, words)
    found = named(question, line)
    cues, weak = found.options, found.weak
    if question == "prompt_examples":
        firm = firm or denies(question, line) or _counts_something(reply)
    firm = firm or _takes_back(question, line) or not _QUALIFIED.isdisjoint(words)
    if (
        not cues
        and (ruled is None or (lead_only and closing(line) == ruled[0]))
        and reading.intent != "chatter"
    ):
        cues = () if heads()[question].several else tuple(filter(None, [closing(line)]))
    if heads()[question].several:
        return _several(reading, likely, ruled, (cues, line), firm=firm)
    if question in YES_NO and question != "prompt_examples" and (end := verdict(question, line)):
        return _taken(reading, question, end)
    if question == "cheaper_model_enough" and is_a_complaint(reply, ruled, cues, firm=firm):
        return _taken(reading, question, "false")
    if reply.torn:
        firm = firm or not _is_untied(likely, cues, reply.lead, weak=weak)
    return _single(
        reading, question, likely, (ruled[0] if ruled else None, (cues, weak), line, lead_only), firm=firm
    )


def _may_answer(line: str, likely: Mapping[str, float], best: str) -> bool:
    """Whether what looks like small talk is a sentence that most likely answers."""
    words = line.split()
    return (
        len(words) >= A_SENTENCE
        and words[0] != BLANK
        and best not in (UNSURE, NOTHING)
        and likely[best] >= 0.5
    )


def _is_talk(line: str, likely: Mapping[str, float], best: str) -> bool:
    """Whether it is said to somebody else. best: what the classifier alone reads; "" where rules read something."""
    return (
        likely[NOTHING] >= NOT_SAID
        or (bool(best) and not _may_answer(line, likely, best))
        or not _ELSEWHERE.isdisjoint(line.split())
        or sounds_like_talk(line)
    )


def _counts_something(reply: Reply) -> bool:
    """Whether a number was left over that may be how many examples there are."""
    return any(
        quantity.kind in ("bare", "count", "calls", "other") and not reply.is_used(quantity)
        for quantity in reply.quantities
    )


def _takes_back(question: str, line: str) -> bool:
    """Whether a "but" opens something of which nothing is understood, or that takes a part of the answer out."""
    before, but, after = f" {line}".partition(" but ")
    if not but:
        return False
    if not named(question, after).options and closing(after) is None:
        return True
    return bool(named(question, before).options or closing(before)) and not (_EXCEPTS - {"but"}).isdisjoint(
        after.split()
    )


def _is_lead_against(ruled: str | None, passes: bool | None) -> bool:
    """Whether no score stands beside the one that is needed, or a yes or no says otherwise."""
    return passes is None or (ruled is not None and ruled != str(passes).lower())


def _is_untied(likely: Mapping[str, float], cues: Sequence[str], lead: bool | None, *, weak: bool) -> bool:
    """Whether whole clauses say one thing only, and no yes or no says another, where single phrases point both ways."""
    said = {*cues, *([str(lead).lower()] if lead is not None else [])}
    return len(said) == 1 and bool(cues) and not weak and likely[cues[0]] >= SURE_OF_A_LEAD


def _single(
    reading: Reading,
    question: str,
    likely: Mapping[str, float],
    said: tuple[str | None, tuple[Sequence[str], bool], str, bool],
    *,
    firm: bool,
) -> Reading:
    ruled, (cues, weak), line, lead_only = said
    head = heads()[question]
    best = max(likely, key=lambda option: likely[option])
    if ruled is None and says_not_known(line) and likely[UNSURE] >= KNOWN:
        return Reading("unsure")
    known = best not in (UNSURE, NOTHING) and likely[best] >= KNOWN
    if (
        ruled is None
        and says_not_known(line)
        and (likely[UNSURE] >= NOT_KNOWN or not (cues or known))
        and not firm
    ):
        return Reading("unsure")
    if reading.intent == "chatter" and _is_talk(line, likely, "" if cues else best):
        return reading
    sure_from = SURE_OF_A_CLAUSE if question == "misses" else SURE_AGAINST_A_WORD
    if cues == (best,) and not weak and not lead_only and likely[best] >= sure_from:
        ruled = None  # whole clauses are read more surely than single words
    if (
        question == "cheaper_model_enough"
        and not firm
        and not _is_lead_against(ruled, passes := compared(line))
    ):
        return _taken(reading, question, str(passes).lower())
    if ruled is not None and not reading.doubtful:
        sure = best != ruled and best not in (UNSURE, NOTHING) and likely[best] >= OTHERWISE
        against = cues and ruled not in cues and (best != ruled or not _MADE_UP.isdisjoint(line.split()))
        return doubted(reading, question, likely, cues) if sure or against else reading
    few = lead_only and not cues and likely[best] < SURE_OF_A_LEAD
    if not firm and not few and _agreed(head, likely, best, (ruled, cues, weak)):
        return _taken(reading, question, best)
    return doubted(reading, question, likely, cues)


def _agreed(
    head: Head, likely: Mapping[str, float], best: str, said: tuple[str | None, Sequence[str], bool]
) -> bool:
    """Whether rules and classifier name the same option, surely enough."""
    ruled, cues, weak = said
    rules = {*cues, *([ruled] if ruled else [])}
    if best not in rules or best in (UNSURE, NOTHING):
        return False
    if len(rules) > 1:
        return likely[best] >= head.mixed
    return likely[best] >= (head.weak if weak and not ruled else head.agree)


def _several(
    reading: Reading,
    likely: Mapping[str, float],
    ruled: tuple[str, ...] | None,
    said: tuple[Sequence[str], str],
    *,
    firm: bool,
) -> Reading:
    """The same for the reasons, of which any number may be meant."""
    cues, line = said
    head = heads()["reasons"]
    own = [reason for reason in REASONS if reason in likely]
    meant = tuple(reason for reason in own if likely[reason] > 0.5)
    sure = min(max(likely[reason], 1 - likely[reason]) for reason in own)
    plain = min((likely[reason] for reason in meant), default=0) >= SURE_OF_CLAUSES
    rules = tuple(reason for reason in own if reason in cues)
    if reading.intent == "chatter" and not rules and (not meant or _is_talk(line, likely, meant[0])):
        return reading
    listed = len(ruled or ()) > 1 and not _EXCEPTS.isdisjoint(line.split())
    passed_over = passed_over_in(line, {*rules, *(ruled or ())})
    firm = firm or passed_over is not None or ("except" in line.split() and not listed)
    if (
        ruled is not None
        and not reading.doubtful
        and not firm
        and (not rules or set(rules) == set(ruled) or listed)
    ):
        return reading
    if passed_over:
        rules = tuple(reason for reason in own if reason in {*rules, *(ruled or ()), passed_over})
        rest = filter(None, dict.fromkeys((ruled or (), *_likeliest(likely, own))))
        ways = [rules, *sorted(rest, key=lambda way: -_together(way, likely, own))]
        return _asked(reading, "reasons", [(way, _together(way, likely, own)) for way in dict.fromkeys(ways)])
    if (
        not firm
        and meant
        and likely[NOTHING] < NOT_SAID
        and (meant == rules or (len(rules) > 1 and {*rules} < {*meant} and each_clause_agrees(line, rules)))
        and (reading.doubtful or set(ruled or ()) <= set(rules))
        and (sure >= head.agree or (plain and each_clause_agrees(line, rules)) or meant != rules)
    ):
        return _taken(reading, "reasons", *rules)
    if _NONE_OF.search(line):
        other = [(way, 0.0) for way in (rules, meant) if way]
        return _asked(reading, "reasons", [((NONE,), likely[NONE]), *other])
    return _which_reasons(reading, likely, rules, ruled or (), may_be_none=not rules and not ruled)


def _which_reasons(
    reading: Reading, likely: Mapping[str, float], *read: tuple[str, ...], may_be_none: bool = False
) -> Reading:
    """Ask which reasons are meant, the likeliest first. read: what rules read, each a set of reasons or empty."""
    own = [reason for reason in REASONS if reason in likely]
    ways = dict.fromkeys(way for way in (*read, *_likeliest(likely, own)) if way)
    found = sorted(ways, key=lambda way: -_together(way, likely, own))
    if may_be_none and (likely[NONE] >= MAY_BE_NONE or max(likely[reason] for reason in own) < 1 / 2):
        found.insert(0 if likely[NONE] > 1 / 2 else 1, (NONE,))
    offered = [(way, _together(way, likely, own) if way != (NONE,) else likely[NONE]) for way in found]
    return _asked(reading, "reasons", offered)


_NONE_OF = Rule(
    r"(?<![^ ])(?:none of|not (?:really )?(?:one|any) of) (?:them|these|those|that|the above)(?![^ ])"
)


def _likeliest(likely: Mapping[str, float], own: Sequence[str]) -> list[tuple[str, ...]]:
    """The sets of reasons that are likeliest, the likeliest first."""
    every = [way for size in range(1, len(own) + 1) for way in itertools.combinations(own, size)]
    return sorted(every, key=lambda way: -_together(way, likely, own))[:MOST_SUGGESTED]


def _together(way: Sequence[str], likely: Mapping[str, float], own: Sequence[str]) -> float:
    """How likely just these reasons are."""
    chance = 1.0
    for reason in own:
        chance *= likely[reason] if reason in way else 1 - likely[reason]
    return chance


def doubted(reading: Reading, question: str, likely: Mapping[str, float], cues: Sequence[str]) -> Reading:
    """The reading with its likeliest options; what the rules name counts more than what they do not."""
    own = [option for option in likely if option not in (UNSURE, NOTHING)]
    ruled = option_of(question, reading.values[question]) if question in reading.values else ()
    weighed = {
        option: likely[option] * (2 if option in cues else 1) * (1.5 if option in ruled else 1)
        for option in own
    }
    order = sorted(own, key=lambda option: -weighed[option])
    return _asked(reading, question, [((option,), likely[option]) for option in order])


def _asked(reading: Reading, question: str, options: Sequence[tuple[tuple[str, ...], float]]) -> Reading:
    """The reading to be confirmed where its value is the likeliest, else none but the suggestions."""
    suggestions = tuple(
        Suggestion(MappingProxyType({question: (value := _value(question, option))}), say_value(question, value), chance)
        for option, chance in options[:MOST_SUGGESTED]
    )  # fmt: skip
    likeliest = suggestions[0].values if suggestions else {}
    because = reading.because or DO_YOU_MEAN
    if reading.values and dict(reading.values) == dict(likeliest):
        return replace(reading, doubtful=True, because=because, suggestions=suggestions)
    return Reading("clarify", because=because, suggestions=suggestions, mode=reading.mode)


def _taken(reading: Reading, question: str, *options: str) -> Reading:
    value = _value(question, options)
    values = MappingProxyType({question: value})
    return replace(
        reading, intent="answer", values=values, doubtful=False, because=None, echo=say_value(question, value)
    )


def one_of(question: str, values: Sequence[Any]) -> tuple[Suggestion, ...]:
    """Several values as suggestions, each as likely as the next."""
    kept = [value for at, value in enumerate(values) if value not in values[:at]][:MOST_SUGGESTED]
    return tuple(
        Suggestion(MappingProxyType({question: value}), say_value(question, value), 1 / len(kept))
        for value in kept
    )


def _value(question: str, options: Sequence[str]) -> Any:
    if question == "reasons":
        return [option for option in options if option != NONE]
    table = _AS_EXAMPLES if question == "prompt_examples" else _AS_VALUE
    return table.get(options[0], options[0])


def option_of(question: str, value: Any) -> tuple[str, ...]:
    """The options that a value stands for; none for a number or for "not sure"."""
    if question == "reasons":
        return tuple(value)
    if question == "prompt_examples":
        found = next((option for option, range_ in _AS_EXAMPLES.items() if range_ == value), None)
        return () if found is None else (found,)
    return (str(value).lower() if isinstance(value, bool) else value,)
