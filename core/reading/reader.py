"""Typed text in, a reading out. The order of work is the order of the calls in :func:`read`.

Pure and deterministic. The rules know classes of replies, not sentences; whatever they do not explain is asked about.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from core.facts import THINGS
from core.reading.about_advice import asked_of_advice
from core.reading.amounts import is_of_the_task, word_at
from core.reading.asides import explain_asides
from core.reading.assumed import fill_prices, fill_shares
from core.reading.cleaning import BLANK, LONGEST, clean, with_labels
from core.reading.commands import command_in
from core.reading.coverage import check_coverage, is_small_talk, only_a_lead
from core.reading.echo import say
from core.reading.left_over import looked_over
from core.reading.lexer import Token, line_of, tokens_of
from core.reading.may_be import ASKED, with_what_it_may_be
from core.reading.model_named import fill_model
from core.reading.models import MODEL, Mention, models_in
from core.reading.modes import fill_relative, mode_of, subject_of, without_retracted
from core.reading.numeric import fill_numbers
from core.reading.one_each import how_often, once_in
from core.reading.outcome import Intent, Mode, Reading
from core.reading.quantities import quantities_of
from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.statements import YES_NO_TOPICS
from core.reading.suggest.cues import cannot_answer, says_not_known
from core.reading.suggest.features import words_of
from core.reading.suggest.second_look import looked_at_again
from core.reading.suggest.settling import A_SENTENCE, QUESTIONS, settled
from core.reading.suggest.weights import likely_not_known
from core.reading.things import nouns_of
from core.reading.turned import as_asked, doubted_where_turned
from core.reading.worded import fill_words

MOST_TOKENS = 400
"""Words, numbers and signs; the longest reply in plain words has about 330. Denser text is no reply."""
TOO_LONG = f"That is too long for me to read: please keep it under {LONGEST:,} characters."
IN_LINK = "I am not sure: I read that in the words of a link."
AFTER_A_QUESTION = "I am not sure: there is a question in it."
WHAT_FOR = "What would fine-tuning be for, then?"
NOT_KNOWN = 0.2
"""How likely "not known" must be where a number is asked for and there is none; of 50 that told something else one was above."""
_KEYS = {
    "quality": ("quality_now", "quality_target"),
    "tokens": ("prompt_tokens", "output_tokens"),
    "latency": ("latency_now_ms", "latency_ms"),
}
_IN_NUMBERS = {"calls_per_month": how_often, "quality": once_in}
_NO_NUMBER = frozenset(
    ("nan", "infinity", "inf", "- infinity", "- inf", "+ infinity", "null", "undefined", "none null")
)
ANSWERED_BY_NUMBER = frozenset(("calls_per_month", "quality", "latency", "latency_ms", *THINGS)) - {
    "prompt_examples"  # a yes or no answers it as well
}
_ASKING_WORDS = frozenset(("who", "what", "when", "where", "which", "whose", "how", "why"))
_ASKING = frozenset(
    "is are am do does did can could should would will has have who what when where which whose how why was were".split()
)


def read(text: str, question: str | None = None, task: str = "") -> Reading:
    """Read one reply to ``question`` (its name; ``None`` when nothing is being asked).

    Never raises, whatever the text; over 1,500 characters it is refused unread. The words of a link count only where the
    rest says nothing, and are doubtful. task: what the consultation is about; a number of what it names needs no other noun.
    """
    nouns = nouns_of(task)
    reading = _read_without_labels(text, question, nouns)
    if reading.intent not in ("chatter", "clarify") or reading.assumed or "|" not in text:
        return reading
    unfolded = with_labels(text)
    in_link = _read_without_labels(unfolded, question, nouns) if unfolded != text else reading
    return replace(in_link, doubtful=True, because=in_link.because or IN_LINK) if in_link.values else reading


def _read_without_labels(text: str, question: str | None, nouns: frozenset[str]) -> Reading:
    cleaned = clean(text)
    if cleaned is None:
        return Reading("invalid", echo=TOO_LONG, because=TOO_LONG)
    if not cleaned.text:
        if any(c.isprintable() and not c.isspace() for c in text):
            return Reading("chatter")
        return _invalid("There was nothing to read.")
    if cleaned.reordered and any(c.isdigit() for c in cleaned.text):
        return _invalid("Hidden characters in that text change the order of its digits.")
    tokens = tokens_of(_IN_NUMBERS.get(question or "", str)(cleaned.text))
    if len(tokens) > MOST_TOKENS:
        return Reading("chatter", because="That does not look like a reply.")
    said, tokens = len(tokens), as_asked(tokens, question)
    if said and question == "reasons" and not any(token.text.isalpha() for token in tokens):
        return Reading("clarify", because=WHAT_FOR)
    line = line_of(tokens)
    if line in _NO_NUMBER:
        return _invalid("That is not a number.")
    if (cleaned.question_mark or question is None) and (about := asked_of_advice(line)) is not None:
        return Reading(about[0], of=about[1])
    command = command_in(line, question)
    if command is not None:
        return Reading(command)
    return _read_reply(tokens, line, question, cleaned.question_mark, nouns)


def _read_reply(
    tokens: list[Token], line: str, asked: str | None, question_mark: bool, nouns: frozenset[str]
) -> Reading:
    has_number = any(token.number for token in tokens)
    said = mode_of(line, asked, question_mark, has_number)
    reading = _read_as(said, tokens, line, asked, question_mark, nouns)
    if said[0] != "change" or asked is None or reading.values or reading.intent not in ("clarify", "chatter"):
        return reading
    told = _read_as(("answer", 0, False), tokens, line, asked, question_mark, nouns)
    return told if told.values or told.suggestions or told.intent == "unsure" else reading


def _read_as(
    said: tuple[str, int, bool],
    tokens: list[Token],
    line: str,
    asked: str | None,
    question_mark: bool,
    nouns: frozenset[str],
) -> Reading:
    """The reading of a reply that answers, changes something or asks what would be if. said: as ``mode_of`` tells."""
    mode, announced, soft = said
    if mode == "answer" and _asks(tokens, question_mark):
        return _behind_a_question(tokens, asked, nouns) or _not_an_answer(tokens, line, asked)
    body = next((i for i, token in enumerate(tokens) if token.start >= announced), len(tokens))
    retracted = without_retracted(line, tokens) if mode == "answer" else 0
    question, body = _named(tokens, line, asked, mode, body, soft)
    mentions = models_in(tokens, question)
    tokens, mentions, body = _with_models_as_one(tokens, mentions, body, retracted)
    line = line_of(tokens)
    reply = Reply(tokens, line, question, asked, mode, [], mentions, question_mark, body=body, nouns=nouns)
    reply.quantities = [q for q in quantities_of(tokens, question) if q.end > body or mode == "whatif"]
    reply.explain(0, body)
    _fill(reply, soft)
    reading = replace(
        _settle(reply, soft),
        assumed=MappingProxyType(reply.assumed),
        family=reply.family,
        mode=_mode(reply, soft),
    )
    if mode == "answer" and asked and _is_not_known(reply, asked, bool(reading.values)):
        return Reading("unsure")
    if mode == "answer" and asked in QUESTIONS and reading.intent in ("answer", "clarify", "chatter"):
        reading = looked_at_again(settled(reading, asked, reply), asked, reply)
    if asked == "prompt_examples" and reading.doubtful and not reply.quantities and _NOT_SEEN.search(line):
        return Reading("unsure")
    if mode == "answer":
        reading = looked_over(reading, asked, reply)
    reading = doubted_where_turned(reading, asked, reply)
    return with_what_it_may_be(reading, asked, reply) if asked in ASKED else reading


def _is_not_known(reply: Reply, asked: str, is_read: bool) -> bool:
    """Whether somebody says that it is not known, or not theirs to say. is_read: whether something was read beside it."""
    line = reply.line
    if cannot_answer(asked, line) and not _counts(reply, asked):
        return True
    if asked in QUESTIONS:
        return bool(_ENDS_UNSURE.search(line)) and reply.lead is not True
    if is_read or asked not in ANSWERED_BY_NUMBER or reply.quantities:
        return False
    return says_not_known(line) or likely_not_known(words_of(line)) >= NOT_KNOWN


def _counts(reply: Reply, asked: str) -> bool:
    """Whether a number stands beside what is not known, so that it may be the answer after all."""
    told = [
        q
        for q in reply.quantities
        if ((q.noun != "thing" and q.kind != "other") or q.period or is_of_the_task(reply, q))
        and [word_at(reply, q.end), word_at(reply, q.end + 1)] != ["of", "us"]
    ]
    return bool(told) and (asked in ANSWERED_BY_NUMBER or asked == "prompt_examples")


def _mode(reply: Reply, soft: bool) -> Mode:
    return (
        "whatif" if reply.mode == "whatif" else "change" if reply.mode == "change" and not soft else "answer"
    )


def _asks(tokens: Sequence[Token], question_mark: bool) -> bool:
    """Whether it is a question to somebody, and so no answer."""
    first = next(
        (
            t.text
            for t in tokens
            if t.text not in ("and", "so", ",", "but", "hey", "hi", "ok", BLANK, "well", "hmm")
        ),
        "",
    )
    if question_mark or first not in _ASKING_WORDS:
        return question_mark and first in _ASKING
    at = next(i for i, token in enumerate(tokens) if token.text == first)
    after = [token.text for token in tokens[at + 1 : at + 3]]
    if first == "who" and (after[:1] == ["knows"] or any(t.text == "," for t in tokens[at + 2 :])):
        return False
    inverted = first != "how" or not _ASKING.isdisjoint(after) or after[:1] in (["about"], ["come"])
    return bool(after) and (after[0] in _ASKING or (first in ("why", "who", "whose", "how") and inverted))


def _behind_a_question(tokens: Sequence[Token], asked: str | None, nouns: frozenset[str]) -> Reading | None:
    """What is said behind a question that somebody asks first: "What is a schema? I have not tried any". Never unasked."""
    at = next((at for at, token in enumerate(tokens) if token.text == "?"), len(tokens))
    rest = list(tokens[at + 1 :])
    if asked is None or len(rest) < A_SENTENCE or any(token.text == "?" for token in rest):
        return None
    line = line_of(rest)
    reading = _read_as(("answer", 0, False), rest, line, asked, False, nouns)
    if reading.intent == "unsure":
        return reading
    return (
        replace(reading, doubtful=True, because=reading.because or AFTER_A_QUESTION)
        if reading.values
        else None
    )


def _not_an_answer(tokens: Sequence[Token], line: str, asked: str | None) -> Reading:
    reply = Reply(tokens, line, asked, asked, "answer", [], [])
    small = is_small_talk(reply) or (bool(tokens) and tokens[0].text == BLANK)
    return Reading(
        "chatter" if small else "clarify", because=None if small else "That reads like a question."
    )


def _named(
    tokens: Sequence[Token], line: str, asked: str | None, mode: str, body: int, soft: bool
) -> tuple[str | None, int]:
    """The question that a what-if or a change is about, and from which token on it answers."""
    if mode == "answer":
        return asked, 0
    start = tokens[body].start if body < len(tokens) else len(line)
    subject = subject_of(line, start, first=mode == "change" and not soft)
    if subject is None:
        return (asked if soft else None), body
    name, _, end = subject
    if mode == "change" and not soft:
        after = next(
            (
                i
                for i, t in enumerate(tokens)
                if t.start >= end and t.text in ("to", "→", "into", "=", ":", "as")
            ),
            None,
        )
        if after is not None:
            return name, after + 1
    return name, body


def _with_models_as_one(
    tokens: list[Token], mentions: list[Mention], body: int, retracted: int
) -> tuple[list[Token], list[Mention], int]:
    """The tokens with each named model as one word, and without what was taken back."""
    kept: list[Token] = []
    left: list[Mention] = []
    at, new_body = retracted, 0
    spans = {mention.start: mention for mention in mentions if mention.start >= retracted}
    while at < len(tokens):
        if at <= body:
            new_body = len(kept)
        mention = spans.get(at)
        if mention is not None:
            left.append(replace(mention, start=len(kept), end=len(kept) + 1))
            kept.append(Token(MODEL, False, False))
            at = mention.end
            continue
        kept.append(tokens[at])
        at += 1
    return kept, left, len(kept) if body >= len(tokens) else new_body


def _fill(reply: Reply, soft: bool) -> None:
    explain_asides(reply)
    fill_shares(reply)
    if reply.mode == "whatif" and fill_relative(reply) and reply.ask:
        return
    fill_numbers(reply)
    if reply.invalid:
        return
    fill_prices(reply)
    fill_words(reply)
    fill_model(reply)
    if reply.mode != "answer" and not reply.values:
        _fill_any_yes_no(reply)
        _guess_volume(reply)


def _fill_any_yes_no(reply: Reply) -> None:
    """In "would it change if data was sensitive?" the words themselves name the answer."""
    for topic in YES_NO_TOPICS[:2]:
        if not reply.values:
            before, reply.question = reply.question, topic
            fill_words(reply)
            reply.question = before if not reply.values else reply.question


def _guess_volume(reply: Reply) -> None:
    """A large bare number that corrects something is most likely the volume; it is shown to be confirmed."""
    free = [q for q in reply.quantities if q.kind == "bare" and not reply.is_used(q)]
    if reply.values or len(free) != 1 or not (free[0].scaled or free[0].low >= 10_000):
        return
    reply.question = "calls_per_month"
    fill_numbers(reply)
    reply.doubt("it is not said what the number counts")


def _settle(reply: Reply, soft: bool) -> Reading:
    if reply.invalid:
        return _invalid(reply.invalid)
    if reply.unsure:
        return Reading("unsure")
    if reply.ask and not reply.values and not reply.assumed:
        return Reading("clarify", because=reply.ask)
    if not reply.values:
        return _only_assumed(reply) if reply.assumed else _nothing_filled(reply)
    if (
        only_a_lead(reply)
        and all(isinstance(v, bool) or v in ([0, 4], [5, None]) for v in reply.values.values())
        and not reply.ask
    ):
        return Reading("chatter")
    if reply.ask:
        reply.doubt(reply.ask)
    check_coverage(reply)
    intent = _intent(reply, soft)
    because = _because(reply)
    return Reading(
        intent,
        MappingProxyType(dict(reply.values)),
        because is not None,
        say(reply.values, reply),
        because,
        reply.evaluation,
    )


def _only_assumed(reply: Reply) -> Reading:
    """Nothing of a case, but something of the ledger. ``because`` is ``None`` where there is no doubt about it."""
    check_coverage(reply)
    return Reading("clarify", because=reply.ask or _because(reply))


def _intent(reply: Reply, soft: bool) -> Intent:
    if reply.mode == "whatif":
        return "whatif"
    if reply.mode == "change":
        own = _KEYS.get(reply.asked or "", (reply.asked,))
        return "answer" if soft and all(key in own for key in reply.values) else "change"
    return "answer"


def _because(reply: Reply) -> str | None:
    if not reply.doubts:
        return None
    first = reply.doubts[0]
    return first if first.endswith(("?", ".")) else f"I am not sure: {first}."


_NOT_SEEN = Rule(
    r"(?<![^ ])(?:(?:do|does|did) not (?:really )?know|dunno|not (?:at all |so |quite |really )?(?:sure|certain)|no (?:idea|clue)|never (?:showed|shown|saw|seen|told))(?![^ ])"
)
"""Of a prompt that somebody else wrote and nobody showed it is not known what is in it."""
_ENDS_UNSURE = Rule(
    r"(?<![^ ])never (?:\w+ ){1,5}(?:, |. )?so (?:i am |we are )?not (?:really |quite |so |too )?sure(?: yet| about (?:it|that))?(?: [.])?$"
)
_OPENS_UNSURE = (
    "not sure",
    "no idea",
    "idk",
    "i do not know",
    "do not know",
    "no clue",
    "we do not know",
    "i am not sure",
    "unclear",
    "hard to say",
)


def _nothing_filled(reply: Reply) -> Reading:
    if reply.line.startswith(_OPENS_UNSURE) and not reply.quantities:
        return Reading("unsure")
    if is_small_talk(reply):
        return Reading("chatter")
    return Reading("clarify", because="I could not read an answer in that.")


def _invalid(because: str) -> Reading:
    return Reading("invalid", echo=because, because=because)
