"""The misses and the reasons that a reply names."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.statements import Said, choices_said


def in_body(reply: Reply, said: list[Said]) -> list[Said]:
    """Without the words that only announce a change: "change can wait to ..."."""
    start = reply.tokens[reply.body].start if reply.body < len(reply.tokens) else len(reply.line)
    return [one for one in said if one.start >= start]


def fill_misses(reply: Reply) -> None:
    """Fill what the misses look like, or ask when it is more than one thing."""
    said = in_body(reply, choices_said("misses", reply.line))
    for one in said:
        reply.explain_characters(one.start, one.end)
        if one.doubtful:
            reply.doubt("it is denied twice")
    denied = {one.value[0] for one in said if isinstance(one.value, tuple)}
    named = list(dict.fromkeys(one.value for one in said if isinstance(one.value, str)))
    if (
        "behaviour" in named
        and "facts" in named
        and "facts" not in denied
        and _behaviour_holds_facts(reply.line)
    ):
        named.remove("facts")
    named = [n for n in named if n not in denied]
    if len(named) > 1:
        reply.firm = bool(reply.words() & {"some", "also", "partly", "sometimes", "both", "plus"})
        reply.ask = "I read more than one kind of miss in that; which is the most common?"
        return
    if named:
        reply.put("misses", named[0])
    elif denied:
        reply.ask = "What do the misses look like, then?"


def _behaviour_holds_facts(line: str) -> bool:
    return " but " in f" {line} "


def fill_reasons(reply: Reply) -> None:
    """Fill what fine-tuning would be for."""
    said = in_body(reply, choices_said("reasons", reply.line))
    words = [token.text for token in reply.tokens]
    line = f" {reply.line} "
    for one in said:
        reply.explain_characters(one.start, one.end)
        if one.doubtful:
            reply.doubt("it is denied twice")
    denied = [one.value[0] for one in said if isinstance(one.value, tuple)]
    named = list(dict.fromkeys(one.value for one in said if isinstance(one.value, str)))
    if set(named) & set(denied):
        reply.doubt("one reason is both named and denied")
    if _everything_but(line):
        denied, named = [*denied, *named], [*_ALL_REASONS]
        reply.explain_words(("everything", "all", "but", "except", "thing", "one", "part", "stuff", "bit"))
    named = [n for n in named if n not in denied]
    if _has_any(line, _AGAINST_EACH_OTHER) or _ONE_BEFORE_ANOTHER.search(reply.line):
        reply.firm = True
        reply.doubt("one reason is set against another")
    if not said and (words in (["all"], ["everything"], ["all", "five"]) or _has_any(line, _ALL_OF_THEM)):
        named = [*_ALL_REASONS]
        reply.explain_words(("all", "everything", "of", "the", "above", "them", "five", "those"))
    if named:
        reply.put("reasons", [n for n in _ALL_REASONS if n in named])
    elif _no_reason(words):
        reply.put("reasons", [])
        reply.explain(0, len(words))
    elif denied:
        reply.ask = "What would fine-tuning be for, then?"


_NONE_OF_THEM = tuple(("none", "of", word) for word in ("them", "these", "those", "that", "it"))


_NONE_OF_THOSE = Rule(r"(?<=[,.;:] )none of (?:them|these|those|that|it)(?: really)?(?= [,.;]|$)")


def _no_reason(words: list[str]) -> bool:
    begins = words[:1] in (["none"], ["nothing"]) or words[:2] in (["no", "reason"], ["no", "reasons"])
    ends = next((at for at, word in enumerate(words) if word in (",", ".", ";", "-", "really")), len(words))
    return (
        (begins and ends <= 5)
        or _NONE_OF_THOSE.search(" ".join(words)) is not None
        or tuple(words[:3]) in _NONE_OF_THEM
    )


def _has_any(line: str, phrases: tuple[str, ...]) -> bool:
    return any(f" {phrase} " in line for phrase in phrases)


_ONE_BEFORE_ANOTHER = Rule(
    r"(?<![^ ])(?:over|rather than|instead of|versus|before|more than)(?: (?!and |but |, )[^ ]+){0,2}? (?:quality|accura\w+|correct\w*|precis\w+|cost\w*|pric\w+|money|bills?|budget|cheap\w*|saving\w*|spe+d\w*|latency|fast\w*|quick\w*|time|formats?|layout|structure|json|tone|voice|style|wording)(?![^ ])"
)
"""One reason that is put before another: "accuracy over speed"; not "no line over 38 characters"."""
_AGAINST_EACH_OTHER = (
    "other than",
    "not because",
    "would be nice",
    "nice to have",
    "not worried about",
    "do not care about",
)
_ALL_OF_THEM = (
    "all of them",
    "all of it",
    "all of the above",
    "all of those",
    "all five",
    "all the above",
    "everything",
)
_ALL_REASONS = ("quality", "cost", "latency", "format", "voice")


_EVERYTHING_BUT = Rule(
    r" (?:everything|all)(?: of (?:them|those|these|it|the above))? (?:but|except|apart from|bar|minus) (?:for )?(?:the )?"
)


def _everything_but(line: str) -> bool:
    return _EVERYTHING_BUT.search(line) is not None
