"""Answers given in words: yes and no, and what was said about the topic."""
# ruff: noqa: E501  patterns are read, and mended, more easily on one line

from __future__ import annotations

from dataclasses import replace

from core.facts import THINGS
from core.reading.amounts import word_at
from core.reading.answers_only import fill_answers_only
from core.reading.choices import fill_misses, fill_reasons, in_body
from core.reading.labelled import fill_none_labelled
from core.reading.leads import is_weak, lead_of
from core.reading.prompts import fill_prompt_tried
from core.reading.reply import Reply
from core.reading.rule import Rule
from core.reading.statements import ANYWHERE, YES_NO_TOPICS, said_about
from core.reading.waiting import waits_said
from core.reading.wavering import wavers

_NUMBERED = (*THINGS, "calls_per_month", "can_wait", "data_may_leave")
"""Beside an answer to these a style guide or a format is a thing, and no answer of its own."""


def fill_words(reply: Reply) -> None:
    """Fill what was said in words, for the question asked and for those that may be answered anywhere."""
    topic = reply.question
    if topic in YES_NO_TOPICS:
        if topic != "data_may_leave" or not fill_answers_only(reply):
            _fill_yes_no(reply, topic)
    elif topic == "prompt_examples":
        fill_prompt_tried(reply)
    elif topic == "labelled_examples":
        fill_none_labelled(reply)
    elif topic == "misses":
        fill_misses(reply)
    elif topic == "reasons":
        fill_reasons(reply)
    if topic in ("misses", "reasons", "cheaper_model_enough", "per_request_instructions"):
        return
    for other in ANYWHERE:
        if other in ("voice", "format") and topic in _NUMBERED:
            continue
        if other != topic:
            _fill_unasked(reply, other)


def _fill_yes_no(reply: Reply, topic: str) -> None:
    if topic == "cheaper_model_enough" and _untested(reply):
        return
    answer, start, end = lead_of(reply)
    reply.lead = answer
    inside = (reply.tokens[start].start, reply.tokens[end - 1].end) if answer is not None else (0, 0)
    since = inside[1] if inside[0] < len(reply.line) // 2 else 0
    said = in_body(reply, said_about(topic, reply.line, asked=True, since=since))
    if answer is not None:
        said = [s for s in said if s.end <= inside[0] or s.start >= inside[1]]
    if topic == "can_wait":
        said += waits_said(reply) if said or answer is not None or len(reply.tokens) <= _SHORT else []
    for one in said:
        reply.explain_characters(one.start, one.end)
        if one.doubtful:
            reply.firm = True
            reply.doubt("it is denied twice")
    if answer is not None and said and _asks_itself(reply, start):
        answer = said[-1].value is answer  # "sensitive? no" says that it is not
        said = [replace(said[-1], value=answer)]
        reply.firm = True
        reply.doubt("it answers a question of its own")
    meant = {one.value for one in said}
    known = answer if answer is not None else next(iter(meant), None) if len(meant) == 1 else None
    if reply.mode == "answer" and (why_not := wavers(reply, known if isinstance(known, bool) else None)):
        reply.ask, reply.firm = why_not, True
        return
    if answer is not None:
        reply.explain(start, end)
        if is_weak(reply, start, end) and meant == {not answer}:
            answer = None
    if meant:
        _put_what_is_meant(reply, topic, answer, meant)
    elif answer is not None:
        reply.put(topic, answer)
        reply.lead_only, reply.lead_end = True, reply.tokens[end - 1].end
        if _goes_with_a_number(reply, end):
            reply.doubt("the yes or no may go with the number")


_SHORT = 8
"""Words up to which a duration alone says how long somebody can wait; in a longer sentence it may be anything."""


def _asks_itself(reply: Reply, start: int) -> bool:
    return start > 0 and reply.tokens[start - 1].text == "?"


def _put_what_is_meant(reply: Reply, topic: str, answer: bool | None, meant: set[object]) -> None:
    """Fill what the phrases say, in the light of a plain yes or no beside them."""
    if len(meant) > 1 and answer not in meant:
        reply.ask, reply.torn = "I read both a yes and a no in that; which one is it?", True
        return
    if len(meant) > 1:
        reply.torn = True
        reply.doubt("there is both a yes and a no in it")
        reply.put(topic, answer)
        return
    value = next(iter(meant))
    if answer is not None and answer != value:
        reply.torn = True
        reply.doubt("the yes or no and the rest point in different directions")
    reply.said_twice, reply.stated = answer == value, True
    reply.put(topic, value)


def _goes_with_a_number(reply: Reply, end: int) -> bool:
    """Whether the yes or no before token ``end`` may be part of another answer: "yes a dozen examples"."""
    number = next((q for q in reply.quantities if q.start >= end and reply.is_used(q)), None)
    if number is None:
        return False
    between = {word_at(reply, i) for i in range(end, number.start)}
    if "prompt_examples" in reply.values and number.noun == "examples":
        return not between & {".", ";", "and", "!", "also", "plus"}
    return not between & {",", ".", ";", "-", "and", "!", "...", "(", "§", "also", "but", "plus", ":"}


def _untested(reply: Reply) -> bool:
    line = f" {reply.line} "
    if any(
        f" {phrase} " in line
        for phrase in (
            "not tried",
            "not tested",
            "untested",
            "never tried",
            "not yet tried",
            "not try",
            "not test",
            "not checked",
            "never tested",
            "not looked",
        )
    ):
        reply.unsure = True
        return True
    return False


_OF_EXAMPLES = Rule(r"synthetic|anonym|public|masked|redacted|fake")
"""What examples can be, without a word on where the data may go."""


_OF_DATA = Rule(
    r"(?<![^ ])(?:data|cloud|leave|leaves|confidential|sensitive|gdpr|hipaa|personal|private|secret|pii|azure|openai|anthropic|aws|vendor|vendors|provider|providers|third part\w*|outside|external\w*|public|premises|server|servers|house)(?![^ ])"
)
"""Without one of these "ok to send" says how good something is, and not where the data may go."""


_OF_WAITING = Rule(
    r"(?<![^ ])(?:wait\w*|urgent|patien\w+|hurry|rush|iterat\w+|retrain\w*|(?:rules?|labels?|categor\w+|prices?|polic\w+|taxonomy|instructions?|guidelines?) changes?|weeks? (?:is|are|would|to)|release\w*|deploy\w*|ok|fine)(?![^ ])"
)
"""Without one of these "they come every day" says how many there are, and not whether anybody can wait."""


def _fill_unasked(reply: Reply, topic: str) -> None:
    said = said_about(topic, reply.line, asked=False)
    if reply.question in ("labelled_examples", "calls_per_month") and topic == "can_wait":
        said = [one for one in said if _OF_WAITING.search(reply.line)]
    if reply.question in ("quality", "calls_per_month") and topic == "data_may_leave":
        said = [one for one in said if _OF_DATA.search(reply.line)]
    if (
        reply.question in ("labelled_examples", "prompt_examples")
        and topic == "data_may_leave"
        and "data" not in reply.words()
    ):
        said = [one for one in said if not _OF_EXAMPLES.search(reply.line[one.start : one.end])]
    if not said or topic in reply.values:
        return
    values = {one.value for one in said}
    if len(values) > 1:
        reply.doubt("there is both a yes and a no in it")
        return
    for one in said:
        reply.explain_characters(one.start, one.end)
        if one.doubtful:
            reply.doubt("it is denied twice")
    value = values.pop()
    reply.put(topic, value)
    words = [token.text for token in reply.tokens]
    if words[-2:] == ["so", "yes" if value else "no"]:
        reply.explain(len(words) - 2, len(words))
