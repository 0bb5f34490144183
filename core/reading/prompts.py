"""Whether a thorough prompt was tried, said in words."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.leads import is_weak, lead_of
from core.reading.reply import Reply
from core.reading.wavering import wavers

_NOT_TRIED = tuple(tuple(p.split()) for p in (
    "not yet", "have not", "has not", "did not", "never", "not really", "not done", "not tried", "not so far", "not at all", "not even", "not thorough", "not properly", "do not", "not a thorough", "not got", "not",
))  # fmt: skip


_ONLY_SIMPLE = frozenset("basic simple short naive quick minimal".split())


_SOME = frozenset("few some couple several".split())
_TRIED = frozenset("tried did iterated wrote".split())
_WHAT_WAS_TRIED = frozenset("prompt examples that it few thorough".split())
_TOO_FEW, _ENOUGH = [0, 4], [5, None]
"""How many examples there are in the prompt of somebody who tried no thorough one, and of somebody who did."""
_NONE = ("none", "nothing", "zero", "nada", "zilch")
_AFTER_NONE = frozenset(
    "yet so far really whatsoever at all lol tbh sorry honestly sadly unfortunately , . ! we have there are currently now today".split()
)


def fill_prompt_tried(reply: Reply) -> None:
    """Fill whether a thorough prompt was tried, where it is said without a number."""
    words = [token.text for token in reply.tokens]
    answer, start, end = lead_of(reply)
    for quantity in reply.quantities:  # "we spent 2 months on it"
        if quantity.kind == "duration" and not reply.is_used(quantity):
            reply.use(quantity)
    if answer is not None:
        reply.explain(start, end)
    denied, none_at = _denied(reply, words), _no_examples(words)
    if reply.mode == "answer" and not reply.values and none_at is None and (why_not := wavers(reply, None)):
        reply.ask, reply.firm = why_not, True
        return
    if "prompt_examples" in reply.values:
        of_it = denied is not None and _in_its_clause(reply, denied[0])
        _beside_a_number(reply, answer, is_denied=of_it, says_none=none_at is not None)
    elif none_at is not None:
        reply.explain(*none_at)
        reply.put("prompt_examples", 0)
    elif denied is not None:
        reply.explain(*denied)
        if answer is True and not is_weak(reply, start, end):
            reply.firm = True
            reply.doubt("there is both a yes and a no in it")
        reply.put("prompt_examples", [*_TOO_FEW])
    else:
        _by_yes_or_no(reply, words, answer)


def _in_its_clause(reply: Reply, at: int) -> bool:
    """Whether no full stop lies between a denial and the number that was read."""
    for quantity in reply.quantities:
        if reply.is_used(quantity):
            between = range(min(at, quantity.end), max(at, quantity.start))
            return all(reply.tokens[i].text not in (".", ";", "!") for i in between)
    return True


def _beside_a_number(reply: Reply, answer: bool | None, *, is_denied: bool, says_none: bool) -> None:
    value = reply.values["prompt_examples"]
    at_least = value if isinstance(value, int | float) else value[0] or 0
    if says_none and value != 0:
        reply.doubt("a number and 'no examples' contradict each other")
    if answer is False and at_least >= 5:
        reply.doubt("the no and the number contradict each other")
    elif is_denied and answer is not False and at_least >= 5:
        reply.doubt("the 'not' and the number contradict each other")


def _by_yes_or_no(reply: Reply, words: list[str], answer: bool | None) -> None:
    said = set(words)
    bare = [w for w in words if w not in _AFTER_NONE]
    if answer is False or (answer is None and _just_a_prompt(words)):
        reply.put("prompt_examples", [*_TOO_FEW])
        reply.lead_only = answer is False
    elif len(bare) == 1 and bare[0] in _NONE:
        reply.explain(0, len(words))
        reply.put("prompt_examples", 0)
    elif answer is True and _some_examples(words) and not {"shot", "shots"} & said:
        reply.ask, reply.firm = "Roughly how many examples are in the prompt?", True
    elif answer is True:
        reply.put("prompt_examples", [*_ENOUGH])
        reply.lead_only = True
        if _just_a_prompt(words):
            reply.doubt("a simple prompt may not be a thorough one")
    elif _TRIED & said and _WHAT_WAS_TRIED & said:
        reply.put("prompt_examples", [*_ENOUGH])
        reply.doubt("it is not said how many examples")


def _some_examples(words: list[str]) -> bool:
    """Whether "a few" or the like is said of the examples, or of nothing: not the "several" of several months."""
    nouns = [at for at, word in enumerate(words) if word in _EXAMPLE_NOUNS]
    near = {word for at in nouns for word in words[max(0, at - 3) : at]} if nouns else set(words)
    return bool(_SOME & near)


def _denied(reply: Reply, words: list[str]) -> tuple[int, int] | None:
    for at in range(reply.body, len(words)):
        if words[at] in ("not", "have", "has", "did", "never", "do") and not reply.explained[at]:
            for phrase in _NOT_TRIED:
                if tuple(words[at : at + len(phrase)]) == phrase and not _rejects_a_number(
                    reply, at, at + len(phrase)
                ):
                    return at, at + len(phrase)
    return None


def _rejects_a_number(reply: Reply, start: int, end: int) -> bool:
    return any(start <= q.start - 1 < end + 1 or (q.start <= start < q.end) for q in reply.quantities)


_EXAMPLE_NOUNS = frozenset("examples example shot shots fewshot demos demonstrations".split())
_SPECIMENS = frozenset("specimen specimens sample samples model".split())
_BEFORE_EXAMPLES = frozenset("few - any one a single shot real such in context actual good worked".split())


def _no_examples(words: list[str]) -> tuple[int, int] | None:
    """Where "no examples", "without any few-shot examples" or "not a single example" stands."""
    for at, word in enumerate(words):
        if (
            word in _EXAMPLE_NOUNS
            and words[at + 1 : at + 3]
            and {*words[at + 1 : at + 3]} & {"none", "zero", "0"}
        ):
            return at, at + 3
        none = word in ("no", "without", "zero", "0") or (
            word == "not" and words[at + 1 : at + 2] in (["any"], ["one"])
        )
        single = word in ("not", "never", "without") and "single" in words[at + 1 : at + 4]
        if not none and not single:
            continue
        for end in range(
            at + 1 + single * words[at:].index("single") if single else at + 1, min(at + 7, len(words))
        ):
            if words[end] in _EXAMPLE_NOUNS | (_SPECIMENS if single else set()) and not (
                words[end] == "shot" and words[end + 1 : end + 2] == ["examples"]
            ):
                return at, end + 1
            if words[end] not in _BEFORE_EXAMPLES:
                break
    return None


def _just_a_prompt(words: list[str]) -> bool:
    return bool({"just", "only"} & set(words) or _ONLY_SIMPLE & set(words)) and bool(
        {"prompt", "instruction", "instructions", "liner", "sentence", "paragraph", "line"} & set(words)
    )
