"""Which word of an advice a question asks the meaning of. Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.conversation.by_kind import Question
from bot.conversation.figures_shown import scenario_of
from bot.conversation.standing import Standing
from bot.conversation.supposing import opens_supposing, plain_words
from core.prices.names import model_name

WORDS: Mapping[str, str] = {
    "alone": r"(?:two (?:people|persons|of us|colleagues)|each alone|label(?:s|led|ing)? the same|same cases|mark(?:s|ed|ing)? the same)",
    "parts": r"(?:split (?:the|a|it|our) ?(?:\w+ )?(?:in ?to|task)|parts until|until they agree|narrow (?:it|the task)|re ?-?examine(?: the task)?)",
    "lean": r"lean(?:s|ing)?",
    "open": r"(?:cannot|cant|could not) be told",
    "defaults": r"(?:defaults?|assumptions?)",
    "pays": r"(?:never (?:paid|pays?) back|pay ?-?back|paid back|pays? back)",
    "cache": r"(?:cache|caching|cached)(?: (?:prompt|on))?",
    "up_front": r"up ?-?front(?: (?:cost|sum|money))?",
    "brackets": r"(?:8 of 10(?: cases)?|brackets|bands?)",
    "retrieval": r"(?:retrieval|rag|look(?:ing|ed)? (?:it |them |things )?up)",
    "context": r"(?:the )?(?:context|weights)",
    "reviewed": r"(?:reviewed|checked|labell?ed) (?:examples?|ones)|reviewed|(?:first|worthwhile) run",
    "fair": r"(?:fair (?:try|chance)|thorough prompt)",
    "replica": r"(?:replicas?|fail ?-?over)",
    "open_model": r"(?:open (?:\w+ )?model|8b(?: model| on h100)?|self ?-?host\w*|in ?-?house)",
    "baseline": r"baseline",
    "away": r"times away",
    "ask": r"then i would ask",
    "picked": r"picked as the first ones(?: were)?",
    "stronger": r"stronger model",
    "largest": r"(?:largest )?class of (?:the )?misses",
    "steps": r"split the task into steps|own check",
    "dataset": r"data ?set",
    "until": r"can be tuned|be counted on|18 months|base model",
    "log": r"log and review(?: inputs and outputs)?",
    "corrected": r"corrected miss(?:es)?|look hardest(?: at the misses)?",
    "on_call": r"on call",
    "capacity": r"busiest hour|capacity",
    "check": r"checks? of (?:every|each) output|check every output",
    "current": r"kept? current|up to date",
    "priced": r"priced in|(?:are |is )?in the costs",
    "horizon": r"pays? back in time|back within|in time",
    "searchable": r"searchable|make them searchable",
    "schema": r"(?:output )?schemas?|fixed format",
    "rate": r"(?:the )?true rate",
    "smaller": r"(?:may )?fall short|much smaller",
    "fixed": r"(?:fixed (?:part|prompt)|prompt being fixed|fixed about)",
    "round": r"(?:rounds?|each change|2 to 4 weeks|cycles?)",
    "misses": r"(?:misses|gets? it wrong)",
    "aside": r"(?:fixed set(?: of cases)?|put (?:a part |some |them )?aside|same cases)",
    "batch": r"batch(?:es)?",
    "cheaper": r"(?:cheaper model|luna|mini)",
    "tuned": r"(?:fine ?-?tun(?:e|ed|ing)|tun(?:e|ed|ing)|train(?:ed|ing)(?: (?:a|the) model)?|nova micro)",
    "prompt_examples": r"examples? in (?:the|our|my|your|a) prompt",
    "label": r"labels?",
    "per_request": r"(?:instructions? per request|per request)",
    "prompt": r"(?:an? |the )?prompt(?:ing)?",
    "tokens": r"tokens?",
    "calls": r"(?:an? |the )?calls?(?: a month)?",
}
"""Each word, in the forms in which it stands there; the narrower stand before the wider."""
_MEANT = re.compile(
    r"\b(?:mean(?:s|t|ing)?|refers? to|definition|define|stands? for|involve\w*|entail\w*|looks? like|how (?:do|does|can|would) (?:i|we|one) (?:do|go about)|(?:do|would) you call|(?:word|term|expression|phrase)|what kind of|counts? as|never heard|heard of|jargon|in (?:plain|simple|normal|other|my) (?:words|english|language|terms)|in words|how (?:do|should) (?:i|we) (?:understand|imagine|picture|read)|translate)\b"
)
_QUOTED = re.compile(r"(?:(?<=\s)|^)[\"“”„'‘’]([^\"“”„'‘’]{3,80})[\"“”'‘’](?=\W|$)")
"""What somebody quotes of the advice."""
_OF_WHAT = re.compile(r"\b(?:by|of|for|from|to|with) (?:whom|what|which)\b")
"""The same of words that nobody else uses."""
_ASKS = re.compile(
    r"\?|\b(?:what|whats|explain|how|which|who|tell me|please|pls|dont (?:know|understand)|never heard)\b"
)
_OF_DEFAULTS = re.compile(
    r"\b(?:which ones?|who|whose|where|made|make|invent\w*|gave|give|given|took|from|rests?|rely|relies)\b"
)
_OF_LEANING = re.compile(r"\b(?:why|how|which|what|but|then|so)\b")
SURE = (
    "alone",
    "parts",
    "lean",
    "defaults",
    "cache",
    "up_front",
    "brackets",
    "retrieval",
    "context",
    "reviewed",
    "replica",
    "open_model",
    "schema",
    "searchable",
    "rate",
    "smaller",
    "fixed",
    "batch",
    "per_request",
    "away",
    "ask",
    "picked",
    "stronger",
    "largest",
    "steps",
    "dataset",
    "until",
    "log",
    "corrected",
    "capacity",
    "check",
    "current",
    "priced",
    "horizon",
)
"""Words that nobody uses who speaks of something else."""
NOT_HERE = re.compile(
    r"\b(?:what would it take|how (?:much|many|long|often|sure)|compare\w*|chart|graph|picture|cost|costs|price|expensive|cheap(?!er model)|when)\b"
)
"""What is asked of a word that is no meaning of it."""


def word_asked(text: str) -> Question | None:
    """The word of an advice whose meaning a text asks; ``None`` where it asks none."""
    plain = plain_words(text)
    if not _ASKS.search(f"{plain} {'?' if '?' in text else ''}"):
        return None
    if re.search(r"\bdefaults?\b", plain) and _OF_DEFAULTS.search(plain) and "?" in text:
        return Question("word", "defaults")
    if "?" in text and re.search(rf"\b{WORDS['brackets']}\b", plain):
        return Question("word", "brackets")
    if re.search(rf"\b{WORDS['lean']}\b", plain) and _OF_LEANING.search(plain):
        return Question("word", "lean")
    is_asked = not re.search(r"\b(?:why|how come)\b", plain) or re.search(
        r"\bwhat (?:is|are|does|do|did)\b|\bmean", plain
    )
    quoted = " ".join(plain_words(one) for one in _QUOTED.findall(text)) if is_asked else ""
    if (
        met := next((name for name, form in WORDS.items() if re.search(rf"\b(?:{form})\b", quoted)), "")
    ) != "":
        return Question("word", met)
    is_why = re.search(r"\b(?:why|how come)\b", plain) and not re.search(r"\bmean(?:s|t|ing)?\b", plain)
    if opens_supposing(text) or NOT_HERE.search(plain) or is_why:
        return None
    is_meant = _MEANT.search(plain) is not None
    of_what = _OF_WHAT.search(plain) is not None
    met = next(
        (
            name
            for name, form in WORDS.items()
            if _is_asked(plain, form, is_meant=is_meant or (of_what and name in SURE))
        ),
        "",
    )
    return Question("word", met) if met else None


def _is_asked(plain: str, form: str, *, is_meant: bool) -> bool:
    """Whether a word stands beside "mean", or alone after "what is", or before "is what"."""
    form = f"(?:{form})"
    if is_meant:
        return re.search(rf"\b{form}\b", plain) is not None
    leads = rf"\b(?:what(?:s| is| are)(?: exactly| actually| behind)?|what exactly (?:is|are)|explain(?: to me| me| us)?|who is) (?:an? |the |this |that |these |those |your |our |all this )?(?:(?:gpu|providers?|first|whole|so called) )?{form}\b(?: (?:please|pls|here|exactly|actually|then|thing|stuff|anyway|for us|again|now|all about))*(?: ?[?]|$| (?:in|it|you|they|that|which|and|for|to|on|with) (?:\S+ ?){{0,9}}$)"
    return (
        re.search(leads, plain) is not None
        or re.search(
            rf"\b{form}\b,? (?:is|are|means?) what\b|\b{form}\b ?[?]? what (?:is|are) (?:that|it|this|those)\b|^{form} ?[?]+$",
            plain,
        )
        is not None
    )


_OF_A_MODEL = r"\b(?:what(?:s| is| are)(?: exactly)?|who(?:s| is)|explain|tell me about|never heard of) (?:this |that |the |an? )?"
SHORTEST_NAME = 3


def model_asked(standing: Standing, text: str) -> Question | None:
    """The option whose model a text asks about by its name; ``None`` where it names none so."""
    plain = plain_words(text)
    for option in scenario_of(standing).options:
        name = plain_words(model_name(option.model)) if option.model else ""
        parts = [one for one in name.split() if len(one) > SHORTEST_NAME and one.isalpha()]
        forms = "|".join(map(re.escape, filter(None, (name, " ".join(parts), *parts[-1:]))))
        if forms and re.search(rf"{_OF_A_MODEL}(?:{forms})\b(?! (?:cost|price))", plain):
            return Question("word", f"model {option.name}")
    return None
