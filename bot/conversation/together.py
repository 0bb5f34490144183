"""Several facts that one question tells: "25 examples in it, 91 of 100 right, we need 95, what now?". Pure, never stored."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bot.conversation.in_place import labels_in
from bot.conversation.named import CHECKED
from bot.conversation.standing import PRICING, Standing
from bot.conversation.supposing import NOT_TO_TRAIN, in_digits, numbers_in, plain_words
from bot.conversation.told_otherwise import told_otherwise
from core.facts import ANSWERS_ONLY
from core.tree import Verdict

THREE_LOTS = 3
"""So many numbers of examples, of which one comes to the others, are all added."""
_SMALL_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
_SMALL = re.compile(
    r"\b(two|three|four|five|six|seven|eight|nine)\b(?= (?:\w+ )?examples?\b| \w+(?: \w+){0,3}? \d+ each\b)"
)

Facts = Iterator[tuple[str, Any]]

_N = r"(?<![\d.,$€£-])\d[\d.,]*(?: (?=\d{3}\b)\d{3})*k?\b"
_SHARE = r"\d{2}(?:[.,]\d)?(?: ?%| ?per ?cent)?(?![\d.,]*(?: ?(?:k|x|million|thousand))\b)(?! (?:of|out of|\w* ?(?:examples?|calls?|cases?|messages?|mails?|texts?|days?|weeks?|months?|years?|people|hours?|points?|reviewed|checked|more|others?))\b)"
_OF = re.compile(
    rf"\b(?P<right>{_N}) (?:were |was |are )?(?:right |correct |ok |good )?(?:of|out of|/) (?:the |our |all )?(?P<all>{_N})(?! ?%)"
)
_AGREE = re.compile(
    r"\b(?:agree\w*|disagree\w*|differ\w*|the same (?:mark|grade|label|code|answer|score)|consensus)\b"
)
_TARGET = re.compile(
    rf"\b(?:need(?:s|ed)?|want(?:s|ed)?|target(?:s)?|aim|goal|must (?:be|reach)|have to (?:be|reach)|requires?|demands?|asks? for)(?: (?!not\b)\w+){{0,3}}? (?P<n>{_SHARE})"
    rf"|\b(?P<n2>{_SHARE}) (?:is what (?:we|they|i)|(?:is |was |as )?(?:the |our |a )?(?:target|goal|needed|required|wanted))\b"
)
_KEPT = re.compile(r"\b(?:target|goal|aim)(?: \w+){0,2}? (?:stays?|remains?|unchanged|the same)\b")
_NOW = re.compile(
    rf"\b(?:stays?|still|stuck|gets?|got|goes|at|to|scores?|scored|scoring|fell|falls?|drops?|dropped|only|reach(?:es|ed)?|hits?|(?:nearer|closer) to|real(?:ly)? is|quality (?:is|of|was|were)|turns? out(?: at)?)(?: (?:at|to|only|just|about|around|nearer|closer|be)){{0,2}} (?P<n>{_SHARE})(?![\d.,]*\d|k\b)"
)
_OF_QUALITY = re.compile(
    r"\b(?:prompt|quality|scor\w+|accura\w+|right|correct|good|measur\w+|test\w*|counted|target)\b|%|per ?cent"
)
_IN_PROMPT = re.compile(
    rf"\b(?P<n>{_N})(?: (?:good|worked|nice|clear|more|new|solid|proper|decent|real))* examples?\b(?: \w+){{0,3}}? (?:in|inside|into) (?:the |our |my |a )?(?:prompt|it|there)\b|\b(?:put|add|added|included?|wrote)(?: \w+){{0,3}}? (?P<n2>{_N})(?: \w+){{0,2}} examples?\b|\b(?P<n3>{_N})(?: \w+){{0,2}} examples?\b"
)
_MORE = re.compile(
    rf"\b(?P<n>{_N})(?: (?!and\b|if\b)\w+){{0,3}}? (?:more|extra|additional|further|on top)\b|\b(?:another|plus|further|extra|more|additional)(?: (?:the|about|some|maybe))? (?P<n2>{_N})|\b(?:their|his|her|its|these|those|the) (?:other |next )?(?P<n3>{_N})\b(?= (?:too|as well|also|on top|from|of theirs))|\b(?:gives?|gets?|sends?|brings?|adds?|mark(?:s|ed)? up|label|check|do|does|contribute\w*)(?: (?:us|me|you|up|in|about|maybe|their))* (?P<n4>{_N})\b"
)
_HAVE = re.compile(
    rf"\b(?:have|had|has|got|at|weve|ive|are|with|we)(?: (?:about|around|some|now|already|only|just))* (?P<n>{_N})(?! ?%)(?! (?:of|out of|more|extra|additional|further|weeks?|months?|days?|years?|points?|calls|messages|mails)\b)|\b(?P<n2>{_N})(?: (?:checked|reviewed|labelled|labeled)(?: ones)?)? now\b"
)
_REVIEWED = re.compile(r"\b(?:checked|reviewed|labell?ed|annotated)\b")
_DONE = re.compile(
    r"(?:(?:ok|okay|so|well|right|good|update|now|we|i|weve|ive|have) )*(?:did (?:it|that|this)|done|tested|counted|measured|tried)\b"
)
_EACH = re.compile(
    r"\b(?P<n>\d{1,3})(?: \w+)? ?(?:x|times|with) (?P<each>\d{1,4})\b|\b(?P<n2>\d{1,3}) \w+(?: \w+){0,3}? (?P<each2>\d{1,4})(?: \w+)? each\b"
)
_PLUS = re.compile(
    rf"\b(?P<a>{_N})(?: \w+){{0,4}}? (?:plus|and|\+) (?:the |another |had |have )?(?P<b>{_N})\b"
)
_BARE = re.compile(
    rf"^(?:(?:and|so|ok|but|what|if|suppose|say|would|is|are|with|we|had|have|imagine|how|about|then|now|do|there|were) )*(?P<n>{_N})(?: (?:do|be|enough|then|ones|of them|suffice|ok|too))*\??$"
)
_GROWS = re.compile(
    rf"\bfrom (?:about |around )?{_N} to (?:maybe |about |around |perhaps |some )*(?P<to>{_N}) (?:\w+ )?(?:calls|messages|mails|emails|requests|texts|letters|tickets|documents|orders|claims)\b(?! (?:a|per) (?:day|week|year))"
)
_ALLOWED = re.compile(
    r"\b(?:dpo|legal|lawyers?|counsel|compliance|privacy|officer|vendor|provider|works council|board|ethics \w+)\b.*\b(?:signs?|signed|sign off|approv\w+|accept\w*|says? yes|said yes|agrees?|lets? us|allows?|ok(?:ay)?s?|fine with|comes? round|go ahead|offers?|confirm\w*)\b"
    r"|\b(?:it|data|they|everything|letters|records|files) (?:may|can|could|is allowed to|are allowed to) (?:\w+ )?(?:leave|go out|be sent)\b(?! it)|\blets? us send\b|\b(?:eu region|zero retention|no[ -]?retention|processing agreement|baa)\b"
)
_WHOSE_PROMISE = re.compile(
    r"\b(?:vendor|provider|api|cloud|send|leave|go out|contract|paper|offers?|server)\b"
)
_REFUSED = re.compile(
    r"\b(?:dpo|legal|lawyers?|counsel|compliance|privacy|regulator|someone in legal|board)\b.*\b(?:says? no|said no|refus\w+|forbid\w*|forbade|blocks?|vetoe?s?|rejects?)\b|\b(?:data|letters|records|files|nothing|it|they)\b(?: \w+){0,2} (?:must not|may not|mustnt|cannot|cant|not allowed to|no longer) (?:\w+ )?(?:leave|go out|be sent)\b|\b(?:has|have|must) to stay (?:in|inside|here)\b"
)
_SAME = re.compile(
    r"\b(?:instructions?|brief|briefing|wishes|rules?)\b(?: \w+){0,4} (?:always |stays? |stayed |were |are |is |remain\w* )*(?:the same|stable|fixed|unchanged|identical)\b"
)
_EACH_OWN = re.compile(
    r"\b(?:instructions?|brief|wishes|rules?)\b(?: \w+){0,3} (?:chang\w*|differ\w*|var(?:y|ies))\b(?: \w+){0,3} (?:each|every|per|with|from)\b"
)
_MISSES = (
    ("behaviour", r"\b(?:has|had|have|knows?|knew)(?: all)? (?:the |its |all )?(?:facts|knowledge|everything)\b.*\b(?:still|wrong|tone|anyway)\b"),
    ("facts", r"\b(?:lacks?|lacked|missing|misses|missed|without|no) (?:the |only |some )?(?:facts|knowledge|information)\b|\bmisses (?:were|are|is) (?:\w+ )?(?:missing )?facts\b"),
    ("labels", r"\bmisses\b(?: \w+){0,5} (?:labels?|format|codes|jargon)\b"),
    ("disagreement", r"\b(?:our |the )?(?:people|raters?|reviewers?|experts?|colleagues|staff|they) (?:disagree|do not agree|dont agree)\b"),
)  # fmt: skip
_NO_WAIT = re.compile(
    r"\b(?:cannot|cant|couldnt|not|nobody|no one|no longer|wont|never)\b(?: \w+){0,3} wait\b|\b(?:the )?same[ -]day\b|\bwithin (?:a|one|two) days?\b"
)
_WAIT = re.compile(
    r"\b(?:can|could|would|able to|gave us|give us|have|allowed|may)\b(?: \w+){0,3}? (?:wait\b|(?:the |those |these )?(?:two|three|four|2|3|4)(?: to (?:four|4))? weeks)"
)


def told_together(standing: Standing, text: str) -> dict[str, Any]:
    """What a question tells of the answers, by their keys in a case; a value that is the present one is left out.

    Counts are summed where it adds some to others: "we have 80, they bring 300". Whether it supposes anything, or only
    names a figure, is for whoever asks.
    """
    plain = _SMALL.sub(lambda one: str(_SMALL_NUMBERS[one[1]]), in_digits(plain_words(text)))
    found: dict[str, Any] = {}
    for read in (told_otherwise, _right_of, _target, _now, _prompt, _labelled, _calls, _data, _choices):
        for key, value in read(standing, plain):
            found.setdefault(key, value)
    return found


def tells_result(text: str) -> bool:
    """Whether a text tells what came of something: "did that, 91 of 100 right"."""
    plain = in_digits(plain_words(text))
    return _DONE.match(plain) is not None or (_OF.search(plain) is not None and _AGREE.search(plain) is None)


def _one(said: str | None) -> Decimal | None:
    numbers = numbers_in((said or "").replace("%", "").replace("percent", "").strip())
    return numbers[0] if numbers else None


def _named(found: re.Match[str]) -> Decimal | None:
    return next((_one(said) for name, said in found.groupdict().items() if said and name[0] == "n"), None)


def _right_of(standing: Standing, plain: str) -> Facts:
    found = _OF.search(plain)
    is_of_people = standing.told.verdict == Verdict.REDEFINE_TASK and not re.search(
        r"\b(?:right|correct)\b", plain
    )
    if found is None or is_of_people or _AGREE.search(plain):
        return
    right, every = _one(found["right"]), _one(found["all"])
    if right is not None and every is not None and every >= 10 and right <= every:
        yield "eval_correct", int(right)
        yield "eval_total", int(every)


def _target(standing: Standing, plain: str) -> Facts:
    if _KEPT.search(plain):
        return
    found = _TARGET.search(_OF.sub(" ", plain))
    number = _named(found) if found else None
    if number is not None and 50 <= number <= 100:
        yield "quality_target", float(number / 100)


def _now(standing: Standing, plain: str) -> Facts:
    """The quality, where it is told as a share: what is told for the target is none."""
    if _OF.search(plain) or not (_OF_QUALITY.search(plain) or standing.told.verdict == Verdict.PROMPT_FIRST):
        return
    rest = _TARGET.sub(" ", plain)
    for found in _NOW.finditer(rest):
        number = _named(found)
        is_aim = "target" in rest[max(0, found.start() - 20) : found.end()]
        if number is not None and 20 <= number <= 100 and not is_aim:
            yield "quality_now", float(number / 100)
            return


def _prompt(standing: Standing, plain: str) -> Facts:
    if standing.told.verdict != Verdict.PROMPT_FIRST and not re.search(r"\bprompt\b", plain):
        return
    found = _IN_PROMPT.search(plain)
    number = _named(found) if found else None
    if number is not None and not _REVIEWED.search(plain):
        yield "prompt_examples", int(number)


def _labelled(standing: Standing, plain: str) -> Facts:
    """How many reviewed examples there would be: those told of now, and those that come to them."""
    collects = standing.told.verdict == Verdict.COLLECT_EXAMPLES
    named = re.search(rf"\b{CHECKED}\b", plain) or labels_in(plain)
    of_other = re.search(
        r"\b(?:calls?|messages|mails|requests|prompt|volume|traffic)\b|%|\bper ?cent\b", plain
    )
    is_prompt = standing.told.verdict == Verdict.PROMPT_FIRST and not _REVIEWED.search(plain)
    if of_other or is_prompt or _OF.search(plain) or not (collects or named):
        return
    if (each := _EACH.search(plain)) is not None and (named or collects):
        many = (_one(each["n"] or each["n2"]), _one(each["each"] or each["each2"]))
        if many[0] is not None and many[1] is not None:
            yield "labelled_examples", int(many[0] * many[1])
            return
    more, have = _MORE.search(plain), _HAVE.search(plain)
    plus = _PLUS.search(plain) if collects else None
    extra = _named(more) if more else None
    base = _named(have) if have and not (more and have.start() == more.start()) else None
    present = standing.advice.answers.number("labelled_examples")
    if (
        extra is not None
        and base == extra
        and have is not None
        and more is not None
        and have.end() >= more.end() - 6
    ):
        base = None
    if (
        plus is not None
        and have is not None
        and more is None
        and (first := _one(plus["a"]))
        and (second := _one(plus["b"]))
    ):
        yield "labelled_examples", int(first + second)
    elif extra is not None and extra >= 5:
        told = (
            base if base is not None and base != extra else (Decimal(str(present)) if present else Decimal(0))
        )
        yield "labelled_examples", int(told + extra)
    elif plus is not None and (first := _one(plus["a"])) and (second := _one(plus["b"])):
        yield "labelled_examples", int(first + second)
    elif (bare := _BARE.match(plain)) is not None and (number := _named(bare)):
        yield "labelled_examples", int(number)
    elif base is not None:
        yield "labelled_examples", int(base)


def _calls(standing: Standing, plain: str) -> Facts:
    """The calls a month that it grows to: "from 6,000 to maybe 90,000 messages"."""
    found = _GROWS.search(plain)
    number = _one(found["to"]) if found else None
    if number is not None:
        yield PRICING, int(number)


def _data(standing: Standing, plain: str) -> Facts:
    """Whether the data may leave: a promise not to train on it is a yes to answers alone."""
    is_allowed, is_for_answers = _ALLOWED.search(plain), NOT_TO_TRAIN.search(plain)
    if is_allowed and is_for_answers:
        yield "data_may_leave", ANSWERS_ONLY
    elif _REFUSED.search(plain):
        yield "data_may_leave", False
    elif is_allowed:
        yield "data_may_leave", True
    elif is_for_answers and _WHOSE_PROMISE.search(plain):
        yield "data_may_leave", ANSWERS_ONLY


def _choices(standing: Standing, plain: str) -> Facts:
    if _SAME.search(plain):
        yield "per_request_instructions", False
    elif _EACH_OWN.search(plain):
        yield "per_request_instructions", True
    for kind, words in _MISSES:
        if re.search(words, plain):
            yield "misses", kind
    if _NO_WAIT.search(plain):
        yield "can_wait", False
    elif _WAIT.search(plain):
        yield "can_wait", True
