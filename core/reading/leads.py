"""The yes or no that opens a reply, or closes it."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.reply import Reply
from core.reading.vocabulary import NO, YES

_LEAD_FILLER = frozenset(
    "hell heck lol haha well so hmm hm um oh ah , . i think we guess honestly tbh ok okay hey hi and but probably yes no § ! to : → = -".split()
) - {"yes", "no"}


_YES_PHRASES = tuple(tuple(p.split()) for p in (
    "of course", "i think so", "think so", "i believe so", "i guess so", "very much so", "very much", "for sure", "sounds good", "no problem", "not a problem", "no worries", "no issue", "a bit", "a little", "we do", "we can", "we have", "we did",
    "it does", "it is", "they do", "it can", "i do", "we are", "we could", "it did", "they can", "all good", "ok", "okay", "fine", "good", "right", "it matters", "by all means", "crack on", "go for it", "fire away", "feel free", "knock yourself out", "knock yourselves out", "be my guest", "go right ahead", "go ahead", "have at it", "help yourself", "full steam ahead", "with pleasure", "i can not see why not", "without a doubt", "no doubt",
    "why not", "tick", "done", "i do not see why not", "do not see why not", "can not see why not", "no reason not to", "no reason why not", "can not see a problem", "do not see a problem", "nothing prevents us", "nothing stops us", "nothing speaks against it", "i would say so", "that is fine", "that is ok", "that is okay", "it is fine", "this is fine", "that is good", "i was told yes", "yes please",
))  # fmt: skip


_NO_PHRASES = tuple(tuple(p.split()) for p in (
    "not really", "not at all", "not yet", "no way", "not so far", "not now", "not currently", "not necessarily", "not quite", "of course not", "not possible", "absolutely not",
    "definitely not", "certainly not", "i do not think so", "do not think so", "we do not", "we can not", "we have not", "we did not", "it does not", "it is not", "they do not", "it can not", "can not", "i am afraid not", "afraid not", "probably not",
    "not ok", "not okay", "not fine", "not a chance", "no chance", "not in the slightest", "sadly not", "unfortunately not", "hardly", "not for us", "we are not", "it did not", "not good", "not true", "hell no", "it may not", "it must not", "they can not", "we could not", "sadly no", "unfortunately no", "not that i know of", "rather not", "i would rather not", "ideally not", "preferably not", "better not", "i would prefer not", "i would say no", "i was told no", "that is not fine", "that is not ok", "that is not okay", "not ideal", "not ideally",
))  # fmt: skip


_ONLY_WHOLE = frozenset(tuple(p.split()) for p in (
    "we do", "we can", "we have", "we did", "it does", "it is", "they do", "it can", "i do", "we are", "we could", "it did", "they can", "we do not", "we can not", "we have not", "we did not",
    "it does not", "it is not", "they do not", "it can not", "can not", "we are not", "it did not", "it may not", "it must not", "they can not", "we could not", "do not think so", "hardly", "that is fine", "that is ok", "that is okay", "it is fine", "this is fine", "that is good", "that works", "that is not fine", "that is not ok", "that is not okay",
))  # fmt: skip
"""Answers when nothing follows; else the beginning of a sentence."""


_PHRASES = sorted(
    [(p, False) for p in _NO_PHRASES] + [(p, True) for p in _YES_PHRASES], key=lambda x: -len(x[0])
)


_BY_FIRST_WORD: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
for _phrase, _value in _PHRASES:
    _BY_FIRST_WORD.setdefault(_phrase[0], []).append((_phrase, _value))


_STOPS = frozenset((",", ".", "!", ";", ")", "(", "-", "§"))


_WEAK_YES = frozenset("ok okay fine good right k tick done".split())


def lead_of(reply: Reply) -> tuple[bool | None, int, int]:
    """The yes or no that opens the reply, or closes it, and where it stands."""
    words = [token.text for token in reply.tokens]
    at = reply.body
    while at < len(words) and words[at] in _LEAD_FILLER and not _phrase_at(words, at):
        at += 1
    answer, end = _yes_or_no(words, at)
    if answer is not None and not _is_mere_politeness(reply, words, at, end):
        return answer, at, _with_its_echo(words, answer, end)
    end = len(words)
    while end and words[end - 1] in (".", "!", ",", "§", ")", "lol", "though", "haha"):
        end -= 1
    for length in (4, 3, 2, 1):
        start = end - length
        if start > reply.body and words[start - 1] in (
            ",",
            ".",
            "so",
            ";",
            "-",
            "...",
            "(",
            "→",
            "to",
            ":",
            "!",
            "?",
        ):
            answer, stop = _yes_or_no(words, start)
            if answer is not None and stop == end:
                return answer, start, end
    for at in range(reply.body + 1, len(words) - 1):  # "81% and no, it may not leave"
        if words[at] in ("yes", "no") and words[at - 1] in _STOPS | {"and", "so"} and words[at + 1] in _STOPS:
            return words[at] == "yes", at, at + 1
    if (
        end
        and words[end - 1] in ("yes", "no")
        and words[end - 1 :]
        and end == len(words)
        and end > 1
        and words[end - 2] not in ("a", "of", "is")
    ):
        return None, 0, 0
    return None, 0, 0


def _is_mere_politeness(reply: Reply, words: list[str], at: int, end: int) -> bool:
    """ "Good morning", "right, let's see": a yes only where something could be fine, or when nothing follows."""
    weak = end - at == 1 and words[at] in _WEAK_YES
    return (
        weak
        and (
            reply.question not in ("can_wait", "data_may_leave", "cheaper_model_enough")
            or words[end : end + 1] in (["morning"], ["evening"], ["afternoon"], ["job"], ["bot"])
        )
        and len(words) > end
    )


def _with_its_echo(words: list[str], answer: bool, end: int) -> int:
    """Where "no, we cannot" ends, which says the same twice; else ``end``."""
    at = end + (words[end : end + 1] == [","])
    return next(
        (
            after
            for phrase, value in _phrases_from(words, at)
            if value == answer and (after := _phrase_end(words, at, phrase))
        ),
        end,
    )


def _phrase_at(words: list[str], at: int) -> bool:
    return any(_phrase_end(words, at, phrase) for phrase, _ in _phrases_from(words, at))


def _phrases_from(words: list[str], at: int) -> list[tuple[tuple[str, ...], bool]]:
    """The phrases that begin with the word at ``at``, the longest first."""
    return _BY_FIRST_WORD.get(words[at], []) if at < len(words) else []


def _phrase_end(words: list[str], at: int, phrase: tuple[str, ...]) -> int:
    """Where this phrase ends if it stands at ``at``, else 0."""
    end = at + len(phrase)
    if tuple(words[at:end]) != phrase:
        return 0
    return end if phrase not in _ONLY_WHOLE or end == len(words) or words[end] in _STOPS else 0


def _yes_or_no(words: list[str], at: int) -> tuple[bool | None, int]:
    for phrase, value in _phrases_from(words, at):
        if end := _phrase_end(words, at, phrase):
            return value, end
    if at >= len(words):
        return None, at
    word = words[at]
    if word in YES:
        end = at + 1
        if words[end : end + 1] == ["not"]:
            return False, end + 1
        while end < len(words) and words[end] in YES | {"of", "course"}:
            end += 1
        return True, end
    if word in NO and not (word == "no" and words[at + 1 : at + 2] and words[at + 1] not in _AFTER_NO):
        end = at + 1
        while end < len(words) and words[end] in NO:
            end += 1
        return False, end
    return None, at


_AFTER_NO = frozenset(
    ", . ; : ! - ( ... we i it they our the that this all not just only never sorry because unfortunately there nope can its lol no way everything thanks".split()
)


def is_weak(reply: Reply, start: int, end: int) -> bool:
    """Whether the yes is one that may be mere politeness: "ok", "right"."""
    return end - start == 1 and reply.tokens[start].text in _WEAK_YES
