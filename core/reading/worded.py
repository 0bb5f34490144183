"""Answers given in words: yes and no, and what was said about the topic."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.quantities import Quantity
from core.reading.reply import Reply
from core.reading.statements import ANYWHERE, YES_NO_TOPICS, Said, choices_said, said_about
from core.reading.units import MILLISECONDS
from core.reading.vocabulary import NO, YES

_LEAD_FILLER = frozenset(
    "well so hmm hm um oh ah , . i think we guess honestly tbh ok okay hey hi and but probably yes no § ! to : → = -".split()
) - {"yes", "no"}
_YES_PHRASES = tuple(tuple(p.split()) for p in (
    "of course", "i think so", "think so", "i believe so", "i guess so", "very much so", "very much", "for sure", "sounds good", "no problem", "not a problem", "no worries", "no issue", "a bit", "a little", "we do", "we can", "we have", "we did",
    "it does", "it is", "they do", "it can", "i do", "we are", "we could", "it did", "they can", "all good", "ok", "okay", "fine", "good", "right", "it matters", "by all means", "without a doubt", "no doubt",
    "why not", "tick", "done",
))  # fmt: skip
_NO_PHRASES = tuple(tuple(p.split()) for p in (
    "not really", "not at all", "not yet", "no way", "not so far", "not now", "not currently", "not necessarily", "not quite", "of course not", "not possible", "absolutely not",
    "definitely not", "certainly not", "i do not think so", "do not think so", "we do not", "we can not", "we have not", "we did not", "it does not", "it is not", "they do not", "it can not", "can not", "i am afraid not", "afraid not", "probably not",
    "not ok", "not okay", "not fine", "not a chance", "no chance", "not in the slightest", "sadly not", "unfortunately not", "hardly", "not for us", "we are not", "it did not", "not good", "not true", "hell no", "it may not", "it must not", "they can not", "we could not", "sadly no", "unfortunately no", "not that i know of",
))  # fmt: skip
_ONLY_WHOLE = frozenset(tuple(p.split()) for p in (
    "we do", "we can", "we have", "we did", "it does", "it is", "they do", "it can", "i do", "we are", "we could", "it did", "they can", "we do not", "we can not", "we have not", "we did not",
    "it does not", "it is not", "they do not", "it can not", "can not", "we are not", "it did not", "it may not", "it must not", "they can not", "we could not", "do not think so",
))  # fmt: skip
"""Answers when nothing follows; else the beginning of a sentence."""
_PHRASES = sorted(
    [(p, False) for p in _NO_PHRASES] + [(p, True) for p in _YES_PHRASES], key=lambda x: -len(x[0])
)
_STOPS = frozenset((",", ".", "!", ";", ")", "(", "-", "§"))
_WEAK_YES = frozenset("ok okay fine good right k tick done".split())


def fill_words(reply: Reply) -> None:
    """Fill what was said in words, for the question asked and for those that may be answered anywhere."""
    topic = reply.question
    if topic in YES_NO_TOPICS:
        _fill_yes_no(reply, topic)
    elif topic == "prompt_examples":
        _fill_prompt_tried(reply)
    elif topic == "labelled_examples":
        _fill_none_labelled(reply)
    elif topic == "misses":
        _fill_misses(reply)
    elif topic == "reasons":
        _fill_reasons(reply)
    if topic in ("misses", "reasons", "cheaper_model_enough", "per_request_instructions"):
        return
    for other in ANYWHERE:
        if other != topic:
            _fill_unasked(reply, other)


def lead_of(reply: Reply) -> tuple[bool | None, int, int]:
    """The yes or no that opens the reply, or closes it, and where it stands."""
    words = [token.text for token in reply.tokens]
    at = reply.body
    while at < len(words) and words[at] in _LEAD_FILLER and not _phrase_at(words, at):
        at += 1
    answer, end = _yes_or_no(words, at)
    if answer is not None and not _is_mere_politeness(reply, words, at, end):
        return answer, at, end
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
        ):
            answer, stop = _yes_or_no(words, start)
            if answer is not None and stop == end:
                return answer, start, end
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


def _phrase_at(words: list[str], at: int) -> bool:
    return any(_phrase_end(words, at, phrase) for phrase, _ in _PHRASES)


def _phrase_end(words: list[str], at: int, phrase: tuple[str, ...]) -> int:
    """Where this phrase ends if it stands at ``at``, else 0."""
    end = at + len(phrase)
    if tuple(words[at:end]) != phrase:
        return 0
    return end if phrase not in _ONLY_WHOLE or end == len(words) or words[end] in _STOPS else 0


def _yes_or_no(words: list[str], at: int) -> tuple[bool | None, int]:
    for phrase, value in _PHRASES:
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


def _fill_yes_no(reply: Reply, topic: str) -> None:
    if topic == "cheaper_model_enough" and _untested(reply):
        return
    said = _in_body(reply, said_about(topic, reply.line, asked=True))
    answer, start, end = lead_of(reply)
    if answer is not None:
        inside = (reply.tokens[start].start, reply.tokens[end - 1].end)
        said = [s for s in said if s.end <= inside[0] or s.start >= inside[1]]
    if topic == "can_wait":
        said += _waits(reply)
    for one in said:
        reply.explain_characters(one.start, one.end)
        if one.doubtful:
            reply.doubt("it is denied twice")
    meant = {one.value for one in said}
    if answer is not None:
        reply.explain(start, end)
        if _is_weak(reply, start, end) and meant == {not answer}:
            answer = None
    if len(meant) > 1:
        agreeing = answer is not None and answer in meant
        if not agreeing:
            reply.ask = "I read both a yes and a no in that; which one is it?"
            return
        reply.doubt("there is both a yes and a no in it")
        reply.put(topic, answer)
    elif meant:
        value = meant.pop()
        if answer is not None and answer != value:
            reply.doubt("the yes or no and the rest point in different directions")
        reply.put(topic, value)
    elif answer is not None:
        reply.put(topic, answer)
        reply.lead_only, reply.lead_end = True, reply.tokens[end - 1].end


def _in_body(reply: Reply, said: list[Said]) -> list[Said]:
    """Without the words that only announce a change: "change can wait to ..."."""
    start = reply.tokens[reply.body].start if reply.body < len(reply.tokens) else len(reply.line)
    return [one for one in said if one.start >= start]


def _is_weak(reply: Reply, start: int, end: int) -> bool:
    return end - start == 1 and reply.tokens[start].text in _WEAK_YES


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


def _waits(reply: Reply) -> list[Said]:
    """Durations as an answer to whether two to four weeks are fine."""
    found: list[Said] = []
    two, four = MILLISECONDS["week"] * 2, MILLISECONDS["week"] * 4
    for quantity in reply.quantities:
        if quantity.kind != "duration" or reply.is_used(quantity):
            continue
        start = reply.tokens[quantity.start].start
        end = reply.tokens[quantity.end - 1].end
        if quantity.noun == "every" or (
            quantity.start and reply.tokens[quantity.start - 1].text in ("every", "each")
        ):
            continue
        if (
            max(quantity.low, quantity.high) < MILLISECONDS["h"]
        ):  # "back in 5 minutes" says nothing about weeks
            continue
        reply.use(quantity)
        low, high = min(quantity.low, quantity.high), max(quantity.low, quantity.high)
        if "negated" in quantity.notes:
            reply.doubt("there is a 'not' before the number")
        if quantity.bound == "high" and low >= two:
            if high < four:
                reply.doubt("that is part of the two to four weeks")
            found.append(Said(True, start, end))
        elif quantity.bound == "high" or high < two:
            found.append(Said(False, start, end))
        elif low >= two:
            found.append(Said(True, start, end))
        else:
            reply.doubt("that is part of the two to four weeks")
            found.append(Said(high >= four, start, end))
    negatives = any(
        s.value is False and not _overlaps(s, found) for s in said_about("can_wait", reply.line, asked=True)
    )
    if found and negatives:  # "we cannot wait 3 weeks": the duration is what is denied
        return [s for s in found if s.value is False]
    return found


def _overlaps(said: Said, others: list[Said]) -> bool:
    return any(said.start < other.end and other.start < said.end for other in others)


_NOT_TRIED = tuple(tuple(p.split()) for p in (
    "not yet", "have not", "has not", "did not", "never", "not really", "not done", "not tried", "not so far", "not at all", "not even", "not thorough", "not properly", "do not", "not a thorough", "not got", "not",
))  # fmt: skip
_ONLY_SIMPLE = frozenset("basic simple short naive quick minimal".split())


def _fill_prompt_tried(reply: Reply) -> None:  # noqa: PLR0912
    words = [token.text for token in reply.tokens]
    answer, start, end = lead_of(reply)
    if answer is not None:
        reply.explain(start, end)
    denied = _denied(reply, words)
    none_at = _no_examples(words)
    if "prompt_examples" in reply.values:
        value = reply.values["prompt_examples"]
        at_least = value if isinstance(value, int | float) else value[0] or 0
        if none_at is not None and value != 0:
            reply.doubt("a number and 'no examples' contradict each other")
        if answer is False and at_least >= 5:
            reply.doubt("the no and the number contradict each other")
        elif denied is not None and answer is not False and at_least >= 5:
            reply.doubt("the 'not' and the number contradict each other")
        return
    if none_at is not None:
        reply.explain(*none_at)
        reply.put("prompt_examples", 0)
    elif denied is not None:
        reply.explain(*denied)
        if answer is True and not _is_weak(reply, start, end):
            reply.doubt("there is both a yes and a no in it")
        reply.put("prompt_examples", [0, 4])
    elif answer is False or (answer is None and _just_a_prompt(words)):
        reply.put("prompt_examples", [0, 4])
    elif words in (
        ["none"],
        ["none", "yet"],
        ["none", "so", "far"],
        ["nothing"],
        ["nothing", "yet"],
        ["zero"],
        ["none", "really"],
    ):
        reply.explain(0, len(words))
        reply.put("prompt_examples", 0)
    elif (
        answer is True
        and {"few", "some", "couple", "several"} & set(words)
        and not {"shot", "shots"} & set(words)
    ):
        reply.ask = "Roughly how many examples are in the prompt?"
    elif answer is True:
        reply.put("prompt_examples", [5, None])
        if _just_a_prompt(words):
            reply.doubt("a simple prompt may not be a thorough one")
    elif {"tried", "did", "iterated", "wrote"} & set(words) and {
        "prompt",
        "examples",
        "that",
        "it",
        "few",
        "thorough",
    } & set(words):
        reply.put("prompt_examples", [5, None])
        reply.doubt("it is not said how many examples")


def _denied(reply: Reply, words: list[str]) -> tuple[int, int] | None:
    for at in range(reply.body, len(words)):
        if words[at] in ("not", "have", "has", "did", "never", "do"):
            for phrase in _NOT_TRIED:
                if tuple(words[at : at + len(phrase)]) == phrase and not _rejects_a_number(
                    reply, at, at + len(phrase)
                ):
                    return at, at + len(phrase)
    return None


def _rejects_a_number(reply: Reply, start: int, end: int) -> bool:
    return any(start <= q.start - 1 < end + 1 or (q.start <= start < q.end) for q in reply.quantities)


def _no_examples(words: list[str]) -> tuple[int, int] | None:
    for at, word in enumerate(words):
        if word in ("no", "without", "zero", "0") and at + 1 < len(words):
            for end in range(at + 1, min(at + 4, len(words))):
                if words[end] in (
                    "examples",
                    "example",
                    "shot",
                    "shots",
                    "fewshot",
                    "demos",
                    "demonstrations",
                ):
                    return at, end + 1
                if words[end] not in ("few", "-", "any", "shot", "real", "such", "in", "context", "actual"):
                    break
    return None


def _just_a_prompt(words: list[str]) -> bool:
    return bool({"just", "only"} & set(words) or _ONLY_SIMPLE & set(words)) and bool(
        {"prompt", "instruction", "instructions"} & set(words)
    )


def _fill_none_labelled(reply: Reply) -> None:
    words = [token.text for token in reply.tokens if token.text not in (".", ",", "!")]
    if "labelled_examples" in reply.values:
        answer, start, end = lead_of(reply)
        if answer is not None:
            reply.explain(start, end)
        if answer is False and reply.values["labelled_examples"] != 0:
            reply.doubt("the no and the number contradict each other")
        return
    none = words and (
        words[0] in ("none", "nothing", "zero", "nope", "no") or words[:2] in (["not", "yet"], ["not", "any"])
    )
    have_none = " ".join(words).startswith(
        (
            "we do not have any",
            "we have none",
            "we have not",
            "we have no ",
            "do not have any",
            "have not any",
            "we do not have",
            "there are none",
        )
    )
    if (none or have_none) and not _counted(reply):
        plain = all(
            w
            in (
                "none",
                "nothing",
                "zero",
                "nope",
                "no",
                "not",
                "yet",
                "so",
                "far",
                "at",
                "all",
                "any",
                "we",
                "do",
                "have",
                "really",
                "sadly",
                "unfortunately",
                "examples",
                "labelled",
                "reviewed",
                "data",
                "are",
                "there",
                "labels",
                "sorry",
            )
            for w in words
        )
        reply.put("labelled_examples", 0)
        if not plain:
            reply.doubt("it is not said that there are none at all")
        reply.explain_words(("none", "nothing", "zero", "nope", "no", "not", "yet"))
    elif words and lead_of(reply)[0] is True:
        reply.ask = "How many reviewed examples are there?"


def _counted(reply: Reply) -> list[Quantity]:
    return [q for q in reply.quantities if not reply.is_used(q)]


def _fill_misses(reply: Reply) -> None:
    said = _in_body(reply, choices_said("misses", reply.line))
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
        reply.ask = "I read more than one kind of miss in that; which is the most common?"
        return
    if named:
        reply.put("misses", named[0])
    elif denied:
        reply.ask = "What do the misses look like, then?"


def _behaviour_holds_facts(line: str) -> bool:
    return " but " in f" {line} "


def _fill_reasons(reply: Reply) -> None:
    said = _in_body(reply, choices_said("reasons", reply.line))
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
        reply.explain_words(("everything", "all", "but", "except"))
    named = [n for n in named if n not in denied]
    if any(
        f" {p} " in line
        for p in (
            "over",
            "rather than",
            "instead of",
            "instead",
            "other than",
            "versus",
            "before",
            "not worried about",
            "do not care about",
        )
    ):
        reply.doubt("one reason is set against another")
    if not said and (
        words in (["all"], ["everything"], ["all", "five"])
        or any(
            f" {p} " in line
            for p in (
                "all of them",
                "all of it",
                "all of the above",
                "all of those",
                "all five",
                "all the above",
                "everything",
            )
        )
    ):
        named = [*_ALL_REASONS]
        reply.explain_words(("all", "everything", "of", "the", "above", "them", "five", "those"))
    if named:
        reply.put("reasons", [n for n in _ALL_REASONS if n in named])
    elif (
        words
        and (words[0] in ("none", "nothing") or words[:2] in (["no", "reason"], ["no", "reasons"]))
        and len(words) <= 5
    ):
        reply.put("reasons", [])
        reply.explain(0, 2)
    elif denied:
        reply.ask = "What would fine-tuning be for, then?"


_ALL_REASONS = ("quality", "cost", "latency", "format", "voice")


def _everything_but(line: str) -> bool:
    return " everything but " in line or " all but " in line or " everything except " in line


def _fill_unasked(reply: Reply, topic: str) -> None:
    said = said_about(topic, reply.line, asked=False)
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
    reply.put(topic, values.pop())
