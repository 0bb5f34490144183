"""Questions to the log in plain words: "which fine-tunes paid off?" becomes ``verdict:fine_tune,hybrid outcome:met``.

Only what has the form of such a question is one: every word of it must be a filter, a word that such questions are
made of, or stand where its topic stands. Anything else is a task.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.conversation.filters import FILTERS

_TUNED = "fine_tune,hybrid"
_VERDICTS: Mapping[str, str] = {
    r"fine[- ]?tun(?:e|es|ed|ing|ings)(?: models?)?": _TUNED,
    r"hybrids?": "hybrid",
    r"(?:keep|kept|keeping|stay with|stayed with|stick with|stuck with) (?:on )?prompt(?:ing|s)?": "keep_prompting",
    r"prompt(?:ing)? first": "prompt_first",
    r"measure first|measuring first": "measure_first",
    r"collect(?:ing)? examples(?: first)?": "collect_examples",
    r"add(?:ed|ing)? retrieval": "add_retrieval",
    r"self[- ]?host(?:ed|ing)?|keep it in[- ]house": "self_host",
    r"re-?examin(?:e|ed|ing) the task|redefin(?:e|ed|ing) the task": "redefine_task",
}
_STATUSES: Mapping[str, str] = {
    r"overridden|overruled|decided otherwise|(?:decided |went )?against (?:the |your )?advice": "overridden",
    r"accepted": "accepted",
    r"withdrawn|withdrew|took back|taken back": "withdrawn",
    r"superseded|replaced": "superseded",
}
_NOT = r"(?:(?:did|does|do|have|has|was|were) ?(?:not|n[o']t)|didn[’']t|haven[’']t|hasn[’']t|never) "
_WELL = r"(?:pa(?:y|ys|id)(?: (?:itself|themselves))? (?:off|back)|work(?:ed)?(?: out)?|succeed(?:ed)?|go(?:ne)? well)"
_OUTCOMES: Mapping[str, str] = {
    rf"{_NOT}{_WELL}|failed|missed(?: (?:its|their|the) targets?)?|(?:went|turned out) (?:badly|wrong)": "missed",
    rf"{_WELL}|went well|turned out well|(?:met|reached) (?:its|their|the) targets?": "met",
    r"without (?:an )?outcomes?|no outcomes?(?: yet)?": "none",
}
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_DATE = (
    rf"(?:{_MONTHS})(?: \d{{4}})?|\d{{4}}(?:-\d{{1,2}}){{0,2}}|(?:last|this) (?:month|year)|yesterday|today"
)
_SINCE = re.compile(rf"\b(?:since|after|from)(?: the)? ({_DATE})\b", re.IGNORECASE)
_UNTIL = re.compile(rf"\b(?:until|till|up to)(?: the end of)? ({_DATE})\b", re.IGNORECASE)
_IN = re.compile(
    rf"\b(?:(?:in|during|on) ({_DATE})|((?:last|this) (?:month|year)|yesterday|today))\b", re.IGNORECASE
)
_PAST = re.compile(
    r"\b(?:in |over |within )?(?:the )?(?:last|past) (?:(\d{1,3}) )?(day|week|month)s?\b", re.IGNORECASE
)
_BY = re.compile(r"\b(?:by|did) (me|i|<@[UW]\w+>|@[UW][A-Z0-9]+)(?=\W|$)", re.IGNORECASE)
_HERE = re.compile(r"\b(?:in|from) (?:this|the|our) channel\b", re.IGNORECASE)
_DAYS = {"day": 1, "week": 7, "month": 30}

_NUMBERED = re.compile(
    r"(?:(?:show|open|see)(?: me| us)?(?: the)?(?: decision)?(?: number| no\.?)?"
    r"|what (?:is|was|about)(?: the)? decision(?: number| no\.?)?|decision(?: number| no\.?)?) #?(\d{1,9})",
    re.IGNORECASE,
)
_OF_ONE = re.compile(
    r"(?:what|which|who|when|why|how|did|does|do|is|was|were|has|have|should|can)\b[^#]*#(\d{1,9})\b[^#]*",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"(?:what|which)(?:[’']s)?(?: (?:is|are|outcomes?|decisions?|check-ins?|ones?|of|our|the|these|still|now))*"
    r" (?:due|overdue|waiting for (?:an? )?outcomes?)",
    re.IGNORECASE,
)
_DEAREST = re.compile(r"\b(?:the )?(?:most expensive|dearest|costliest)\b", re.IGNORECASE)
_PLAINLY_ASKS = re.compile(
    r"(?:what|which|who|when|why|how|did|have|has|were|was)\b.*\b(?:decided?|decisions?|chose|chosen|agreed?)\b.*",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"how many\b", re.IGNORECASE)
_HOW_IT_WENT = re.compile(
    r"how (?:did|has|have) (.{1,200}?) (?:turn(?:ed)? out|work(?:ed)? out|go|gone)", re.IGNORECASE
)
_ASKS = re.compile(
    r"(?:what|which|who|when|why|how many|did|have|has|were|was|any|show|list|find|our|all|the|past|previous"
    r"|earlier|recent)\b",
    re.IGNORECASE,
)
_ABOUT_DECISIONS = re.compile(
    r"\b(?:decide[ds]?|decisions?|chose|choose|chosen|agreed?|settled|outcomes?|log)\b", re.IGNORECASE
)
_TOPIC_BETWEEN = re.compile(r"\b(?:the|our) (.{1,80}?) decisions?\b", re.IGNORECASE)
_TOPIC = re.compile(r"\b(?:about|regarding|concerning|with regard to)\b", re.IGNORECASE)
_WEAK_TOPIC = frozenset(("on", "for", "to", "with"))
_SAID_ANYWAY = frozenset(
    (
        *(
            "what",
            "which",
            "who",
            "when",
            "why",
            "how",
            "many",
            "did",
            "do",
            "does",
            "we",
            "you",
            "i",
            "us",
            "me",
            "our",
        ),
        *(
            "the",
            "team",
            "channel",
            "here",
            "have",
            "has",
            "had",
            "was",
            "were",
            "are",
            "is",
            "be",
            "been",
            "that",
        ),
        *(
            "those",
            "these",
            "it",
            "them",
            "so",
            "far",
            "ever",
            "already",
            "yet",
            "all",
            "any",
            "anything",
            "something",
            "everything",
            "made",
            "make",
            "taken",
        ),
        *(
            "one",
            "ones",
            "past",
            "previous",
            "earlier",
            "recent",
            "recently",
            "show",
            "list",
            "find",
            "tell",
            "please",
        ),
        *(
            "decide",
            "decided",
            "decides",
            "decision",
            "decisions",
            "chose",
            "choose",
            "chosen",
            "agree",
            "agreed",
        ),
        *("settled", "log", "outcome", "outcomes", "a", "an", "of", "and", "there"),
    )
)
_NO_TOPIC = frozenset(
    (
        *(
            "a",
            "an",
            "the",
            "our",
            "of",
            "for",
            "in",
            "on",
            "and",
            "to",
            "do",
            "with",
            "this",
            "that",
            "these",
            "those",
        ),
        *("from", "at", "by", "is", "are", "my", "your", "their", "its", "it"),
    )
)


@dataclass(frozen=True, slots=True)
class LogQuestion:
    """A question to the log. ``query``: its words and filters, as they are typed after ``log``."""

    query: str
    counts: bool = False


@dataclass
class _Heard:
    """What is left of a question, and the filters that were heard in it."""

    left: str
    filters: dict[str, str] = field(default_factory=dict)

    def take(self, name: str, table: Mapping[str, str]) -> None:
        """Hear one value of a filter, with the "to" or "on" that leads to it."""
        for said, value in table.items():
            found = re.search(
                rf"(?:\b(?:to|on|for)(?: a)? )?(?<![\w-])(?:{said})(?![\w-])", self.left, re.IGNORECASE
            )
            if found and name not in self.filters:
                self.filters[name] = value
                self.drop(found)

    def take_dates(self) -> None:
        for name, said in (("since", _SINCE), ("until", _UNTIL)):
            if found := said.search(self.left):
                self.filters[name] = found[1].lower().replace(" ", "-")
                self.drop(found)
        if not {"since", "until"} & self.filters.keys() and (found := _IN.search(self.left)):
            when = (found[1] or found[2]).lower().replace(" ", "-")
            self.filters |= {"since": when, "until": when}
            self.drop(found)
        elif "since" not in self.filters and (found := _PAST.search(self.left)):
            self.filters["since"] = f"{int(found[1] or 1) * _DAYS[found[2].lower()]}d"
            self.drop(found)

    def take_person(self) -> None:
        if found := _BY.search(self.left):
            self.filters["by"] = "me" if found[1].lower() in ("me", "i") else found[1]
            self.drop(found)
        if found := _HERE.search(self.left):
            self.drop(found)

    def drop(self, found: re.Match[str]) -> None:
        self.left = " ".join(f"{self.left[: found.start()]} {self.left[found.end() :]}".split())


def numbered(text: str) -> int | None:
    """The number of the one decision that is asked for: "show me decision 42"."""
    said = _bare(text)
    found = _NUMBERED.fullmatch(said) or _OF_ONE.fullmatch(said)
    return int(found[1]) if found else None


def log_question(text: str) -> LogQuestion | None:
    """What is asked of the log; ``None`` for whatever has not the form of a question to it."""
    said = _bare(text)
    went = _HOW_IT_WENT.fullmatch(said)
    if went is not None:
        return _worded(_topic(went[1]), {})
    if _DUE.fullmatch(said):
        return _worded("", {"due": "yes"})
    heard = _Heard(said)
    if _ASKS.match(said) and (dearest := _DEAREST.search(said)):
        heard.filters["sort"] = "cost"
        heard.drop(dearest)
    heard.take_dates()
    heard.take_person()
    head, topic = _split(heard.left)
    heard.left = head
    for name, table in (("outcome", _OUTCOMES), ("status", _STATUSES), ("verdict", _VERDICTS)):
        heard.take(name, table)
    if not _ASKS.match(said) and not _begins_with_what_it_asks(said):
        return None
    if not _ABOUT_DECISIONS.search(said) and not heard.filters.keys() & {
        "outcome",
        "status",
        "verdict",
        "sort",
    }:
        return None
    between = _between(heard)
    weak = _weak_topic(heard.left)
    if weak is None and text.rstrip().endswith("?") and _PLAINLY_ASKS.fullmatch(said):
        weak = " ".join(w for w in heard.left.split() if w.strip(",.;:").lower() not in _SAID_ANYWAY)
    if weak is None:
        return None
    return _worded(_topic(f"{between} {weak} {topic}"), heard.filters, counts=bool(_HOW_MANY.match(said)))


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip("?.! ")


def _split(said: str) -> tuple[str, str]:
    """What stands before "about", and after it."""
    found = _TOPIC.search(said)
    return (said[: found.start()].strip(), said[found.end() :].strip()) if found else (said, "")


def _begins_with_what_it_asks(said: str) -> bool:
    """Overridden since June; decisions about tickets; fine-tunes that paid off."""
    statuses = "|".join(_STATUSES)
    plural = r"fine[- ]?tun(?:es|ings)|hybrids|decisions?|decided"
    return re.match(rf"(?:{statuses}|{plural})(?![\w-])", said, re.IGNORECASE) is not None


def _between(heard: _Heard) -> str:
    """The topic of "the tickets decision"."""
    found = _TOPIC_BETWEEN.search(heard.left)
    if found is None or set(found[1].lower().split()) & (_SAID_ANYWAY | _NO_TOPIC):
        return ""
    heard.drop(found)
    return found[1]


def _weak_topic(left: str) -> str | None:
    """What follows "for", "on" or "to"; ``None`` when something else stands there than such questions are made of."""
    said = left.split()
    for place, word in enumerate(said):
        plain = word.strip(",.;:").lower()
        if plain in _WEAK_TOPIC:
            return " ".join(said[place + 1 :])
        if plain not in _SAID_ANYWAY:
            return None
    return ""


def _topic(said: str) -> str:
    """The words to look for: without those that are in every sentence, and without what would be read as a filter."""
    known = "|".join(FILTERS)
    plain = re.sub(rf"\b(?!(?:{known}):)([A-Za-z_]+):", r"\1 ", said)
    return " ".join(word for word in plain.split() if word.strip(",.;").lower() not in _NO_TOPIC).strip(
        ",.; "
    )


def _worded(topic: str, filters: Mapping[str, str], *, counts: bool = False) -> LogQuestion:
    return LogQuestion(" ".join(filter(None, (topic, *(f"{k}:{v}" for k, v in filters.items())))), counts)
