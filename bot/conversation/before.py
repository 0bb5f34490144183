"""Questions that name an earlier decision, or ask for one: which it was, whether it came out the same, where they part."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.conversation import posts
from bot.conversation.asked import is_question
from bot.conversation.by_kind import is_talk
from bot.conversation.inquiry import seen_from
from bot.conversation.on_record import LOOKED_AT, as_it_stands, found_by, sought_in
from bot.conversation.replies import TypedText
from bot.conversation.standing import Standing, standing_of
from bot.conversation.supposing import opens_supposing, plain_words
from bot.conversation.todo import ToDo
from bot.decision_log.reading import Reading
from bot.decision_log.records import Consultation, Decision
from bot.decision_log.wanted import ANY
from core.advice import Reason
from core.reading.cleaning import LONGEST
from core.told import Told
from core.tree import Verdict
from core.words import content, stems, words

MOST_NAMED, MOST_LISTED = 2, 3
"""Decisions that are shown whole, and in a line each."""
SHORTEST = 5
"""Letters of a word that names a decision by itself."""
SURELY_TALK, RATHER_TALK, LIKELY_TALK = 0.95, 0.6, 0.5
"""From which probability of being talk on a text is left alone: of those that name a decision and hold it against
something, of others that name one, and of those that name none."""
UNSETTLED = re.compile(r"^(?:Not settled\. Leaning this way|Not certain, but .*? As it looks): ")
"""How a reason begins that only looks so."""
_THINGS = "draft write sort summarise answer tag pull flag translate route give turn customer incoming reply message text document question case request people team call label check review first year month train tune prompt model cost number example data"
_COMMON = frozenset(stems(_THINGS.split()))
"""What tasks of all kinds are said with: none of these names one."""
_HELD_AGAINST = re.compile(
    r"\b(?:same|alike|similar\w*|different\w*|differ\w*|difference|consistent\w*|in line|contradict\w*|compar\w+|as with|like (?:with |for |in )?the|again|also|too|as well|unlike|whereas|other way)\b|\b(?:and|but|while) (?:we|ours|not (?:we|us|ours))(?: \w+){0,2}? ?(?:dont|do not|not|cant|cannot|arent|isnt|us)\b"
)
_THEN = re.compile(
    r"\b(?:(?:did|didnt|have|havent|had|hadnt|has|was|wasnt|were|werent|got|went|gone|said|told|decided|came|received|given|advised|recommended|ended)\b|that time|back then|last time|earlier|already|before|before that)"
)
_ON_RECORD = re.compile(
    r"^(?!(?:\w+ )?why\b).*\b(?:did|didnt|have|havent|had|hadnt|has|was|were|is there|are there)\b(?: \w+){0,3}? (?:we|anyone|anybody|somebody|someone|the team|(?:any |an |some )?(?:other|another) (?:\w+ )?(?:groups?|teams?|departments?|units?|case|cases|people)|a case|there|anything|something|any(?: \w+)? (?:case|decision|group|team))\b.*\b(?:before|earlier|already|previously|in (?:this|the|our) (?:channel|log)|decided|so far|in the past|last (?:year|month|time))\b(?! (?:anyone|anybody|any|we|you|they|i|it)\b)"
    r"|\b(?:anything|something|a case|any case|a decision|any decision|precedents?|decisions?)\b.*\b(?:like this|similar|comparable|before|earlier|in (?:this|the|our) (?:channel|log))\b"
    r"|\b(?:was|were|is|are) there (?:any |some |other |another |an? )*(?:\w+ )?(?:someone|anyone|anybody|cases?|decisions?|teams?|groups?|departments?|people|somebody|someone|project|projects)\b|\bare we the (?:first|only)\b|\b(?:anyone|anybody|someone|somebody|who|nobody|no one) else\b|\b(?:any |an |some )?(?:other|another) (?:\w+ )?(?:groups?|teams?|departments?|units?|cases?|people|tasks?|projects?|jobs?)\b.*\b(?:too|also|as well|get|got|told|advised|decided|had|have|before|ever)\b|\b(?:has|have|did|had) (?:this channel|(?:this|the|our) team|we|you|the channel|anyone|anybody|somebody|someone)(?: \w+){0,2}? (?:ever|already)\b"
    r"|\b(?:nobody|no one|anyone|anybody|somebody|someone|who)\b.*\bbefore (?:us|me|this)\b|\bhas (?:this|that|it|something like (?:this|it)) (?:ever |already )?been\b|\bours the (?:only|first)\b|\b(?:the|our|your) log\b|\b(?:nobody|no one|anyone|anybody)\b(?: \w+){0,6} (?:ever|in (?:this|the|our) (?:channel|log))\b|\bthe only (?:ones?|case)\b"
    r"|\b(?:in|from) (?:this|our|the) (?:channel|log)\b.*\b(?:decided|decision|before|earlier)\b|\bprecedents?\b"
)
_VERDICTS: tuple[tuple[Verdict, str], ...] = (
    (Verdict.COLLECT_EXAMPLES, r"\bexamples (?:first|before)\b"),
    (Verdict.MEASURE_FIRST, r"\bmeasur\w+\b"),
    (Verdict.REDEFINE_TASK, r"\bre ?-?examin\w+\b|\btask (?:itself )?(?:is|was) the problem\b|\bdisagree\w*\b"),
    (Verdict.COLLECT_EXAMPLES, r"\b(?:collect|gather|more) (?:\w+ )?examples\b|\bexamples\b(?: \w+){0,4} (?:collected|gathered)\b|\btoo few examples\b"),
    (Verdict.ADD_RETRIEVAL, r"\bretrieval\b|\brag\b|\blook\w* (?:it |things |them |facts )?up\b"),
    (Verdict.SELF_HOST, r"\bin ?-?house\b|\b(?:own|our) (?:servers?|machines?|gpus?)\b|\bself ?-?host\w*"),
    (Verdict.PROMPT_FIRST, r"\bprompt(?:ing)? first\b|\b(?:better|fair|longer) prompt\b"),
    (Verdict.KEEP_PROMPTING, r"\b(?:keep|stay\w*|stick\w*|stuck)\b(?: \w+){0,3} prompt\w*\b"),
    (Verdict.FINE_TUNE, r"\bfine ?-?tun\w*|\btun(?:e|ed|ing)\b|\btrain(?:ed|ing)?\b"),
)  # fmt: skip
"""How an outcome is called; the narrower stand before the wider."""
_NOT_SO = re.compile(
    r"\b(?:not|never|rather than|instead of|without|no|against|too fast for|used in)(?: \w+)? (?:fine ?-?tun\w*|tun\w+|train\w*)"
)
_RATHER = re.compile(r"\bor (?:do|are|did|have|is|was|were|always)\b")
"""Before this stands what is asked for, after it what else it may be."""
_FIRST = re.compile(r"\b(?:examples|prompt|prompting|measure) first\b")
"""Verdicts by their names, which are no words to look for."""
_CALLED = re.compile(
    r"\b(?:case|cases|project|projects|thing|thread|team|people|folks|guys|lot|story|decision)\b"
)
_OF_THE_LOG = re.compile(r"\b(?:log|this channel|decisions?|precedents?|verdicts?|recommendations?)\b")
_OF_THE_OUTCOME = re.compile(
    r"\b(?:this|that|the same|same|such an?|such) (?:answer|verdict|outcome|advice|result|recommendation)\b|\b(?:answer|verdict|outcome|result|advice) (?:was|is|were)\b(?! (?:then|made))"
)


_NAMES_A_SUBJECT = re.compile(r"\b(?:about|on|regarding|concerning) ((?:[\w-]+ ?){1,3})", re.IGNORECASE)
"""Where a question says what a decision was about."""
_ASKS_SAME = re.compile(r"\b(?:same|consistent|alike|in line)\b")
_ASKS_HOW = re.compile(r"\b(?:whats|what is|how|why)\b.*\bdifferen\w*|\bdifference\b")


@dataclass(frozen=True, slots=True)
class Earlier:
    """The decisions that can be seen from a thread, the newest first, without its own."""

    tx: Reading
    standing: Standing
    every: Sequence[Decision]

    def named_in(self, text: str) -> list[Decision]:
        """Those of whose task the text names something that this thread's task does not, or that it numbers."""
        numbers = {int(number) for number in re.findall(r"#(\d{1,6})\b", text)}
        if numbered := [one for one in self.every if one.number in numbers]:
            return numbered[:MOST_NAMED]
        plain = plain_words(text)
        own = set(stems(content(words(self.standing.consultation.task))))
        said = {
            stem: word for word, stem in zip(content(words(plain)), stems(content(words(plain))), strict=True)
        }
        met = []
        for one in self.every:
            its = set(stems(content(words(one.task)))) - own - _COMMON
            shared = its & said.keys()
            if len(shared) > 1 or any(len(said[stem]) >= SHORTEST for stem in shared):
                met.append((len(shared), one))
        most = max((count for count, _ in met), default=0)
        return [one for count, one in met if count == most][:MOST_NAMED]

    def about(self, text: str) -> list[Decision]:
        """Those on what the text says a decision was about, although this thread's task is about that too."""
        said = set(stems(content(words(" ".join(_NAMES_A_SUBJECT.findall(text)))))) - _COMMON
        met = [one for one in self.every if said & set(stems(content(words(one.task))))]
        return met[:MOST_NAMED]

    def beside(self, message: TypedText, made: Decision) -> posts.AlikeThen:
        """A decision, with the answer at which its way and this thread's part, or on which both rest."""
        found = self.tx.decision(seen_from(message.act), made.number, made.channel)
        shown = replace(as_it_stands(made), by=made.by, why=made.why or "")
        if found is None or made.chosen != made.recommended:
            return shown
        then = standing_of(found.consultation, made.at)
        if then.told.verdict != made.recommended:
            return shown
        return replace(shown, parts=_parting(then.told.reasons, self.standing.told))


def _parting(there: Sequence[Reason], here: Told) -> tuple[str, str, str]:
    """The question at which two ways part, with both answers; where they do not, the last one.

    Where here something is not known yet, they part at the first of that.
    """
    answers = {one.question: one.answer for one in here.reasons}
    for one, other in zip(there, here.reasons, strict=False):
        is_open = one.question in here.deciding
        if one.question != other.question or is_open or _means(one) != _means(other):
            return (one.question, one.answer, answers.get(one.question, ""))
    last = there[-1] if there else None
    return (last.question, last.answer, answers.get(last.question, "")) if last is not None else ("", "", "")


def _means(reason: Reason) -> str:
    """What follows from an answer, whether it is settled or only looks so."""
    return UNSETTLED.sub("", reason.says).lower()


def may_ask_of_before(consultation: Consultation, message: TypedText) -> bool:
    """Whether a text may ask of earlier decisions, as far as that is told without looking."""
    if len(message.text) > LONGEST or consultation.status == "moved":
        return False
    return not opens_supposing(message.text) and (is_question(message.text) or "?" in message.text)


def of_before(tx: Reading, standing: Standing, message: TypedText, todo: ToDo | None) -> ToDo | None:
    """What a question about earlier decisions leads to; ``None`` where it is none, or none was made."""
    if not standing.is_advised:
        return None
    plain = plain_words(message.text)
    is_asked = (
        "#" in message.text or _HELD_AGAINST.search(plain) or _THEN.search(plain) or _CALLED.search(plain)
    )
    is_of_log = _ON_RECORD.search(plain) is not None or _asks_similar(todo)
    own = standing.consultation.id
    every = [
        one for one in tx.decisions(seen_from(message.act), None, LOOKED_AT, ANY) if one.consultation != own
    ]
    if not every:
        return None
    earlier = Earlier(tx, standing, every)
    named = earlier.named_in(message.text)
    if not named and _OF_THE_OUTCOME.search(plain) and _THEN.search(plain):
        named = earlier.about(message.text)
    if not (is_asked or is_of_log or len(named) > 1):
        return None
    limit = SURELY_TALK if _HELD_AGAINST.search(plain) else RATHER_TALK
    if named and not is_talk(message.text, limit, " ".join(one.task for one in named)):
        asks: Literal["same", "beside"] = (
            "same" if _ASKS_SAME.search(plain) and not _ASKS_HOW.search(plain) else "beside"
        )
        found = tuple(earlier.beside(message, one) for one in named)
        return ToDo(posts.OnRecord("", found, asks=asks))
    if not is_of_log or _is_shown_already(standing, todo) or _is_found(tx, standing, message, todo, plain):
        return None
    limit = SURELY_TALK if _OF_THE_LOG.search(plain) else LIKELY_TALK
    is_addressed = message.mentioned or message.act.direct or _asks_similar(todo)
    if not is_addressed and is_talk(message.text, limit, standing.consultation.task):
        return None
    return ToDo(_listed(standing, message, plain, every))


def _asks_similar(todo: ToDo | None) -> bool:
    note = todo.note if todo is not None else None
    return isinstance(note, posts.OfAdvice) and note.asked == "similar"


def _is_found(tx: Reading, standing: Standing, message: TypedText, todo: ToDo | None, plain: str) -> bool:
    """Whether there are decisions in which the words stand that are looked for."""
    note = todo.note if todo is not None else None
    if not isinstance(note, posts.OfAdvice) or note.asked != "similar" or not note.of:
        return False
    if _OF_THE_OUTCOME.search(plain) or _FIRST.search(plain):
        return False
    return bool(found_by(tx, message.act, standing.consultation, note.of.split(" ")))


def _is_shown_already(standing: Standing, todo: ToDo | None) -> bool:
    """Whether decisions like this one were found, which are told again."""
    note = todo.note if todo is not None else None
    is_open = isinstance(note, posts.OfAdvice) and note.asked == "similar" and not note.of
    return is_open and any(isinstance(post.about, posts.Similar) and post.ts for post in standing.posts)


def _listed(standing: Standing, message: TypedText, plain: str, every: Sequence[Decision]) -> posts.OnRecord:
    """Those of the same verdict where that is asked for, else the newest of all, in a line each."""
    others = tuple(as_it_stands(one) for one in every[:MOST_LISTED])
    others_too = r"\b(?:else|first ones?|only ones?|are we the|ours the)\b"
    meant = _NOT_SO.sub(" ", _RATHER.split(plain)[0])
    named = next((name for name, how in _VERDICTS if re.search(how, meant)), None)
    if named is not None or _OF_THE_OUTCOME.search(plain) or re.search(others_too, plain):
        verdict = str(named) if named is not None else standing.told.verdict or ""
        alike = tuple(as_it_stands(one) for one in every if one.chosen == verdict)[:MOST_LISTED]
        return posts.OnRecord(verdict, (), asks="verdict", others=alike or others, many=len(every))
    return posts.OnRecord(sought_in(message.text), (), asks="log", others=others, many=len(every))
