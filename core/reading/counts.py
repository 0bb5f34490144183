"""Numbers of things: of examples in the prompt, of reviewed ones, and of whatever else has `things` in its row."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.facts import THINGS
from core.reading.amounts import (
    is_a_time,
    is_of_the_task,
    note_doubts,
    strange_noun,
    unused,
    value_of,
    whole,
    word_at,
)
from core.reading.products import fill_product, set_factors_aside
from core.reading.quantity import Quantity
from core.reading.reply import Reply
from core.reading.several import (
    REVIEWED,
    is_of_the_reviewed,
    settle_several,
    speaks_of_review,
    words_around,
)
from core.reading.things import NO_THINGS
from core.reading.units import (
    LABELLED,
    MILLISECONDS,
)

_PUT_IN = frozenset(
    "include includes included put prompt contains with show shows gave give paste pasted added add use used".split()
)
"""Words that say that labelled examples are in the prompt."""


_EXAMPLES = ("prompt_examples", "labelled_examples")


def fill_counts(reply: Reply) -> None:
    """Fill the numbers of whatever is counted one by one: examples in the prompt, reviewed ones."""
    if reply.question in _EXAMPLES:
        _free_from_going_over(reply)
        set_factors_aside(reply)
        _part_prompt_from_reviewed(reply)
        _set_people_aside(reply)
        _take_those_as_examples(reply)
        _take_parts_of_texts(reply)
        _set_other_things_aside(reply)
        _add_good_and_bad(reply)
        if fill_product(reply):
            return
    for question in THINGS:
        candidates = _asked_for(reply, question) if reply.question == question else _unasked(reply, question)
        if len(candidates) > 1:
            reply.ask = "I see more than one number; which one is it?"
            continue
        for quantity in candidates:
            _put_count(reply, quantity, question)


def _part_prompt_from_reviewed(reply: Reply) -> None:
    """Of "350 labelled, 12 of them in the prompt" give each number to its own question."""
    free = unused(reply, "count", "bare")
    in_prompt = [q for q in free if _words_with(reply, q) & _OF_PROMPTS]
    reviewed = [q for q in free if q not in in_prompt and _words_with(reply, q) & LABELLED]
    if reply.mode != "answer" or len(free) != 2 or len(in_prompt) != 1 or len(reviewed) != 1:
        return
    for quantity, noun in ((in_prompt[0], "examples"), (reviewed[0], "labelled")):
        quantity.kind, quantity.noun = "count", noun
    if reply.question == "labelled_examples":
        _put_count(reply, in_prompt[0], "prompt_examples")
    else:
        _put_count(reply, reviewed[0], "labelled_examples")


_OF_PROMPTS = frozenset("prompt few-shot fewshot shot shots".split())


def _words_with(reply: Reply, quantity: Quantity) -> set[str]:
    """The words of a number's clause, its noun among them."""
    own = {word_at(reply, at) for at in range(quantity.start, quantity.end)}
    return own | words_around(reply, quantity)


_GOING = frozenset("gone went been looked read ran checked".split())


def _free_from_going_over(reply: Reply) -> None:
    """Of "we have gone over 240 of them" the "over" says what people did, and bounds nothing."""
    for quantity in reply.quantities if reply.question == "labelled_examples" else ():
        if word_at(reply, quantity.start) == "over" and word_at(reply, quantity.start - 1) in _GOING:
            quantity.bound, quantity.strict = "", False


def _take_those_as_examples(reply: Reply) -> None:
    """Take what is said to be there "as examples", whatever it is: "9 calls as examples", "6 past incidents as examples"."""
    if reply.question != "prompt_examples":
        return
    said = [
        q
        for q in unused(reply, "other", "count", "calls", "bare")
        if not q.period and _is_as_example(reply, q)
    ]
    if len(said) == 1:
        said[0].kind, said[0].noun = "count", "examples"


def _is_as_example(reply: Reply, quantity: Quantity) -> bool:
    after = [word_at(reply, at) for at in range(quantity.end, quantity.end + 5)]
    return "as" in after and bool({"example", "examples", "samples"} & {*after[after.index("as") :]})


def _take_parts_of_texts(reply: Reply) -> None:
    """Take the only things counted for examples, though their noun may name a part of one: "2,350 reviewed lines"."""
    others = unused(reply, "other", "count", "bare")
    of_examples = [
        q for q in others if word_at(reply, q.end) == "of" and "exampl" in word_at(reply, q.end + 1)
    ]
    others = of_examples if len(of_examples) == 1 else others
    if len(others) != 1 or others[0].noun not in _PARTS:
        return
    after = {word_at(reply, at) for at in range(others[0].end, others[0].end + 3)}
    if reply.question == "labelled_examples" and (
        is_of_the_reviewed(reply, others[0]) or speaks_of_review(reply) or is_of_the_task(reply, others[0])
    ):
        others[0].kind, others[0].noun = "count", "labelled"
    elif reply.question == "prompt_examples" and not after.isdisjoint(("example", "examples")):
        others[0].kind, others[0].noun = "count", "examples"


_PARTS = frozenset(
    "line lines page pages sentence sentences paragraph paragraphs section sections row rows segment segments plans".split()
)


def _set_other_things_aside(reply: Reply) -> None:
    """The pages, rules and categories beside the examples."""
    for other in unused(reply, "other"):
        if other.noun in NO_THINGS and not _is_each(reply, other):
            reply.use(other)


_FEW_PEOPLE = 12


def _set_people_aside(reply: Reply) -> None:
    """Of "340 letters checked by two midwives" the two say who checked them."""
    for quantity in reply.quantities:
        if (
            quantity.high <= _FEW_PEOPLE
            and word_at(reply, quantity.start - 1) == "by"
            and not quantity.period
        ):
            reply.use(quantity)
        elif quantity.high <= _FEW_PEOPLE and _are_reviewers(reply, quantity):
            reply.use(quantity)
            reply.explain(quantity.start, quantity.end + _NEAR)


_NEAR = 3


def _are_reviewers(reply: Reply, quantity: Quantity) -> bool:
    """Whether a small number says how many people reviewed a larger one: "two postdocs annotated 275 entries"."""
    later = [q for q in reply.quantities if q.start >= quantity.end and q.low > quantity.high]
    if not later or reply.question != "labelled_examples" or quantity.period:
        return False
    between = [word_at(reply, at) for at in range(quantity.start + 1, later[0].start)]
    did = next((at for at, word in enumerate(between) if word in REVIEWED), 0)
    return (
        0 < did <= _NEAR
        and _NOT_PEOPLE.isdisjoint(between[: did + 1])
        and word_at(reply, later[0].end) not in ("each", "apiece")
        and word_at(reply, later[0].end - 1) not in ("each", "apiece")
    )


_NOT_PEOPLE = frozenset("of are were was is be been , . and got get not per out have has".split())
_GOOD = frozenset("good right correct positive fine proper accepted".split())
_BAD = frozenset("bad wrong incorrect negative poor faulty rejected".split())


def _add_good_and_bad(reply: Reply) -> None:
    """Make one number of "three good ones and four bad ones", which are seven examples."""
    free = unused(reply, "count", "bare")
    if len(free) != 2 or any(q.low != q.high or q.bound for q in free):
        return
    one, other = free
    first = {word_at(reply, at) for at in range(one.start, other.start)}
    second = {word_at(reply, at) for at in range(other.start, other.end + 3)}
    if not ((first & _GOOD and second & _BAD) or (first & _BAD and second & _GOOD)):
        return
    one.low = one.high = one.low + other.low
    one.noun = other.noun if other.noun in ("examples", "labelled") else one.noun or other.noun or "thing"
    one.kind = "count" if "count" in (one.kind, other.kind) else one.kind
    reply.use(other)
    reply.explain(one.start, other.end)
    reply.explain_words(_GOOD | _BAD | {"ones"})


def _unasked(reply: Reply, question: str) -> list[Quantity]:
    """The numbers that carry the noun of a question which was not asked."""
    if question == "prompt_examples" and reply.question == "labelled_examples":
        return []
    return _merge_equal(reply, [q for q in unused(reply, "count") if q.noun == THINGS[question].noun])


def _asked_for(reply: Reply, question: str) -> list[Quantity]:
    """The numbers that may be the one that was asked for."""
    candidates = _named_best(unused(reply, "count"), THINGS[question].taken) or [
        q
        for q in unused(reply, "bare")
        if not strange_noun(reply, q) and not _is_duration_like(reply, q) and not is_a_time(reply, q)
    ]
    if question == "labelled_examples":
        candidates = _only_the_reviewed(reply, candidates)
    elif question == "prompt_examples" and not candidates and reply.words() & _PUT_IN:
        candidates = [q for q in unused(reply, "count") if q.noun == "labelled"]
    candidates = _the_one_of_several(reply, _merge_equal(reply, candidates))
    if question == "labelled_examples" and candidates:
        _set_rates_aside(reply, candidates)
    return candidates


def _the_one_of_several(reply: Reply, candidates: list[Quantity]) -> list[Quantity]:
    if reply.mode != "answer" or (len(candidates) == 2 and _are_both_meant(reply, *candidates)):
        return candidates
    if len(candidates) > 1:
        kept, why = settle_several(reply, candidates)
        if why:
            reply.doubt(why)
        return kept
    others = [q for q in unused(reply, "bare", "count") if not any(q is one for one in candidates)]
    kept = settle_several(reply, [*candidates, *others])[0] if candidates and others else candidates
    return kept if len(kept) == 1 else candidates


def _are_both_meant(reply: Reply, one: Quantity, other: Quantity) -> bool:
    """Whether two numbers of different times count together: "60 last year and 45 this year, all marked"."""
    between = {word_at(reply, at) for at in range(one.end, other.start)}
    return bool(between & {"and", "plus"}) and bool(reply.words() & {"all", "both"})


def _named_best(free: list[Quantity], nouns: tuple[str, ...]) -> list[Quantity]:
    """Those that count what was asked for by its own name; where there are none, those that count anything else."""
    of_it = [q for q in free if q.noun == nouns[0]]
    return of_it or [q for q in free if q.noun in nouns]


def _only_the_reviewed(reply: Reply, candidates: list[Quantity]) -> list[Quantity]:
    """Of "100,000 tickets, but only 500 are checked by a person" the 500; it is shown to be confirmed."""
    free = unused(reply, "count", "bare")
    picked = [q for q in free if _is_picked(reply, q)]
    reviewed = (
        picked
        or [q for q in free if _is_reviewed(reply, q)]
        or [q for q in free if is_of_the_reviewed(reply, q)]
    )
    if len(free) != 2 or len(reviewed) != 1 or any(q.low < reviewed[0].high for q in free):
        return candidates
    for quantity in free:
        reply.use(quantity)
    reply.explain_words(("but", "only"))
    return reviewed


def _is_picked(reply: Reply, quantity: Quantity) -> bool:
    """Whether a number takes some out of what was counted before: "only 50 of them I went through"."""
    after = [word_at(reply, at) for at in range(quantity.end, quantity.end + 2)]
    before = {word_at(reply, at) for at in range(quantity.start - 3, quantity.start)}
    return after in (["of", "them"], ["of", "those"], ["of", "these"], ["of", "which"]) and bool(
        before & {"only", "just", "about", "but"}
    )


def _is_reviewed(reply: Reply, quantity: Quantity) -> bool:
    for at in range(quantity.start, min(quantity.end + 4, len(reply.tokens))):
        word = word_at(reply, at)
        if at >= quantity.end and (word in ("not", "never", "but", ",", ".", ";") or reply.tokens[at].number):
            return False
        if word in LABELLED:
            return True
    return False


def _is_each(reply: Reply, quantity: Quantity) -> bool:
    """Whether there is so much of something for each of these: "500 per category, 8 categories"."""
    return bool(reply.words() & {"per", "each", "every"})


def _set_rates_aside(reply: Reply, candidates: list[Quantity]) -> None:
    """Of "35 so far, the interns add ten a week" the ten say how many there will be; "10 years of letters" how old they are."""
    for other in unused(reply, "calls", "duration"):
        if other.noun != "calls" and not any(other is one for one in candidates):
            reply.use(other)


def _merge_equal(reply: Reply, candidates: list[Quantity]) -> list[Quantity]:
    if len({(q.low, q.high) for q in candidates}) != 1 or len(candidates) < 2:
        return candidates
    between = {word_at(reply, at) for at in range(candidates[0].end, candidates[-1].start)}
    return candidates if between & {"and", "plus", ","} else candidates[:1]


def _is_duration_like(reply: Reply, quantity: Quantity) -> bool:
    return word_at(reply, quantity.end) in MILLISECONDS or "product" in quantity.notes


_OF_EXAMPLES = frozenset("prompt example examples sample samples".split())
_TEXTS = frozenset(
    "ones letters notes transcripts essays texts dialogues answers replies sentences snippets clauses contracts recipes stories memos headlines captions translations protocols logs"
    " alerts incidents narratives descriptions listings entries decisions summaries plans photos scans".split()
)
"""What examples mostly are."""


def _may_be_examples(reply: Reply, quantity: Quantity) -> bool:
    """Whether things that are no examples by name are likely to be some: of the task, reviewed, or texts of some kind."""
    return (
        is_of_the_task(reply, quantity)
        or is_of_the_reviewed(reply, quantity)
        or word_at(reply, quantity.end - 1) in _TEXTS
        or bool(reply.words() & _OF_EXAMPLES)
    )


_OF_A_PROMPT = frozenset(
    "prompt schema json output validation validator instructions rules layout text system rubric".split()
)


def _is_listed(reply: Reply, question: str) -> bool:
    """Whether things are named with what a prompt consists of, or said to be reviewed."""
    return speaks_of_review(reply) or (
        question == "prompt_examples" and len(reply.words() & _OF_A_PROMPT) > 1
    )


_CALLS = frozenset("question request call prompt query message input ticket email time case item".split())


def _is_for_each_call(reply: Reply, quantity: Quantity) -> bool:
    """Whether "8 examples per question" says how many go along each time."""
    return word_at(reply, quantity.end - 1) in _CALLS | reply.nouns


def _put_count(reply: Reply, quantity: Quantity, question: str) -> None:
    if quantity.low != quantity.low.to_integral_value() or quantity.high != quantity.high.to_integral_value():
        reply.ask = "That should be a whole number."
        return
    if (
        question == "prompt_examples"
        and "vague" in quantity.notes
        and quantity.low < 5
        and reply.asked == question
    ):
        reply.ask = "Roughly how many examples are in the prompt?"
        return
    if question == "prompt_examples" and _is_for_each_call(reply, quantity):
        quantity.notes.discard("per entity")
    note_doubts(reply, quantity)
    if quantity.noun == "thing" and not _may_be_examples(reply, quantity) and not _is_listed(reply, question):
        reply.doubt("it is not said that they are examples")
    if question == "prompt_examples" and quantity.high > 500:
        reply.doubt("that is a lot of examples for one prompt")
    value = value_of(quantity, whole, whole=True)
    reply.put(question, value)
    reply.use(quantity)
    for other in unused(reply, "calls", "count", "bare"):  # "300, and 20 more every week"
        if other.low < quantity.low and {word_at(reply, other.end - n) for n in range(4)} & {"more", "new"}:
            reply.use(other)
            reply.explain_words(("more", "new", "label"))
