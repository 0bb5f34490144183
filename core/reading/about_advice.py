"""Questions about the advice: what would flip it, what speaks against it, how sure it is, how an option compares."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Mapping

from core.reading.outcome import Intent
from core.reading.rule import Rule

MOST_WORDS = 16
"""A longer text tells something, even where it asks as well."""


def _words(pattern: str) -> Rule:
    """The pattern where it stands as words of their own."""
    return Rule(rf"(?<![^ ])(?:{pattern})(?![^ ])")


OPTIONS: Mapping[str, Rule] = {
    "self_hosted": _words(r"self ?-? ?host\w*|hosting (?:it|one|an open model|a model)? ?ourselves|(?:our )?own (?:gpus?|servers?|hardware)|open (?:- )?(?:source |weights? )?models?|on - prem\w*|in - house"),
    "cheaper": _words(r"(?:cheaper|smaller|small|cheap) (?:models?|ones?)"),
    "hosted": _words(r"(?:hosted|provider s?) (?:fine - )?tun\w+|tuning at (?:a|the) provider|fine - ?tun\w+|fine ?tun\w+|tuning"),
    "prompt_cached": _words(r"(?:prompt )?cach\w+"),
    "prompt": _words(r"(?:just |only )?prompting|today s prompt|the (?:present|current|long) prompt"),
}  # fmt: skip
VERDICTS: Mapping[str, Rule] = {
    "prompt_first": _words(r"prompt(?:ing)? first"),
    "measure_first": _words(r"measur(?:e|ing) first"),
    "redefine_task": _words(r"re - ?examin\w+(?: the task)?|redefin\w+(?: the task)?"),
    "collect_examples": _words(r"collect\w*(?: examples)?(?: first)?"),
    "keep_prompting": _words(r"keep(?:ing)? prompting"),
    "add_retrieval": _words(r"(?:add(?:ing)? )?retrieval"),
    "hybrid": _words(r"hybrid|the stable part"),
    "self_host": _words(r"keep(?:ing)? it in - ?house|in - house|self ?-? ?host\w*"),
    "fine_tune": _words(r"fine ?-? ?tun\w+|tuning"),
}  # fmt: skip

_FLIPS = Rule(
    r"what (?:would|will|could|does) it take\b.*|(?:what|which) (?:would|could|can|will|might|has to|have to|must|needs? to)(?: \w+){0,3} (?:change|flip|turn|tip|switch|overturn|happen)(?: (?:it|that|this|the|your|a|to|for)(?: .*)?)?|what (?:flips|changes|tips|turns) (?:it|that|the|your)(?: .*)?"
    r"|when (?:would|should|does|will|do) (?:we|it|you|that|fine|tuning|self)\b.*|how (?:close|near|far) (?:is|are) (?:it|we|that|the)\b.*|under what (?:conditions|circumstances)\b.*"
)
_AGAINST = Rule(
    r".*\b(?:case|argument|arguments|reasons?|speaks?|argues?|anything|points?) (?:there )?against\b.*|what could go wrong\b.*|.*\b(?:downsides?|drawbacks?|disadvantages?|devil s advocate|cons|caveats?)\b.*|what are the risks\b.*"
)
_CONFIDENCE = Rule(
    r"(?:and )?how (?:sure|certain|confident|reliable|solid|trustworthy|firm|robust) (?:are you|is (?:that|this|it|the|your))\b.*|(?:are you (?:really )?sure)(?: (?:about )?(?:that|this|it))?|what is (?:your|the) confidence\b.*|can (?:we|i) (?:trust|rely on) (?:that|this|it|the|your)\b.*|how much (?:can|should) (?:we|i) trust\b.*"
)
_CHART = Rule(r".*\b(?:chart|graph|plot|curves?|diagram|picture)\b.*")
_CHART_OPENS = (
    "show",
    "see",
    "where",
    "draw",
    "send",
    "give",
    "can",
    "could",
    "chart",
    "graph",
    "the",
    "is",
    "do",
    "may",
    "let",
)
_SIMILAR = Rule(
    r"(?:what|which|how|when) (?:did|have|had|has) (?:we|our team|the team|you|others|anyone)\b.*\b(?:decide|decided|choose|chosen|chose|do|done)\b.*\b(?:before|last time|earlier|previously|in the past|already|so far)\b.*"
    r"|(?:show |any |are there |have we |were there |did we )+.*\b(?:similar|past|previous|earlier|like this)\b.*\b(?:decisions?|cases?|before)?.*|(?:similar|past|previous|earlier) decisions?|(?:have|did) we (?:ever )?(?:decide|decided|do|done|had|have) (?:something|anything|this|one) .*before"
)
_COMPARE = Rule(
    r"(?:and |but |ok |so ){0,2}(?:what about|how about|why not|compare(?: (?:it|that|this))?|how does|how would|how do|what of|is|and|versus|vs)(?: \w+){0,4}? (?P<what>.*)"
)
_EXPLAIN = Rule(
    r"(?:please )?(?:explain|what (?:does|do|is|s)|what do you mean by|define|tell me about)(?: me)?(?: the verdict)? (?P<what>.*?)(?: (?:mean|means|exactly|about|here|for us|verdict)){0,3}"
)


def asked_of_advice(line: str) -> tuple[Intent, str] | None:
    """What a question about the advice wants, and which verdict or option it names ("" for none); ``None`` for others."""
    plain = line.strip(" .!?,").replace('"', "").strip()
    if (
        not plain
        or plain.count(" ") >= MOST_WORDS
        or any(c.isdigit() for c in plain)
        or " if " in f" {plain} "
    ):
        return None
    if (found := _EXPLAIN.fullmatch(plain)) and (verdict := _exactly(VERDICTS, found["what"])):
        return "explain", verdict
    if plain.startswith("why not") and _named(OPTIONS, plain) == "hosted":
        return None
    if (found := _COMPARE.fullmatch(plain)) and (option := _named(OPTIONS, plain)):
        return (
            ("compare", option)
            if not plain.startswith(("is ", "and ", "how do ", "how would ")) or " compare" in plain
            else None
        )
    if _FLIPS.fullmatch(plain):
        return "flips", _named(VERDICTS, plain)
    if _AGAINST.fullmatch(plain):
        return "against", ""
    if _CONFIDENCE.fullmatch(plain):
        return "confidence", ""
    if _SIMILAR.fullmatch(plain):
        return "similar", ""
    if _CHART.fullmatch(plain) and plain.split(" ")[0] in _CHART_OPENS:
        return "chart", ""
    return None


def _named(rules: Mapping[str, Rule], line: str) -> str:
    return next((name for name, rule in rules.items() if rule.search(line)), "")


def _exactly(rules: Mapping[str, Rule], line: str) -> str:
    return next((name for name, rule in rules.items() if rule.fullmatch(line.strip(" '"))), "")
