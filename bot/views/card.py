"""The card: the root message of a consultation, edited in place."""

from __future__ import annotations

from bot.conversation.posts import TakenThere
from bot.conversation.standing import PRICING, GivenAnswer, Standing, taken_to
from bot.views import ids
from bot.views.because import in_short
from bot.views.buttons import change, change_any, deciding
from bot.views.costs import figures
from bot.views.document import (
    Button,
    Buttons,
    Document,
    Heading,
    Part,
    Parts,
    Person,
    Rule,
    Said,
    Small,
    Strong,
    Text,
    Words,
    joined,
    sentence,
)
from bot.views.phrases import answer_line, decision_line, headline, progress, short
from bot.views.press import Press
from bot.views.taking import ALONE, goes_on, take

APART = " · "
ANSWERS_LENGTH = 150
"""Characters of the answers that the card shows once advised: two lines. The thread and the form have all of them."""


def card(standing: Standing) -> Document:
    """The card as it stands: open, advised, decided, set aside, taken to a channel, or void."""
    status = standing.consultation.status
    if status == "void":
        return sentence("This consultation could not be shown here, so it was not started.")
    if status == "decided" and standing.consultation.decision is not None:
        top = _decided(standing)
    elif status == "set_aside":
        top = _set_aside(standing)
    elif status == "moved":
        top = _moved(standing)
    else:
        top = _advised(standing) if standing.is_advised else _open(standing)
    return Document((*top, *_lines(standing), *_answers(standing)), "card", standing.consultation.version)


def _open(standing: Standing) -> Parts:
    stands: Words = ""
    if standing.asking == PRICING and standing.advice.verdict is not None:
        verdict = headline(standing.advice.verdict)
        stands = Strong(f"The verdict stands: {verdict}. One question is left, to price the options.")
    anyone = "Anyone here can answer, by button or in words."
    where = f"The questions come in the thread. {ALONE if standing.consultation.is_alone else anyone}"
    return (
        Heading("Fine-tune a model, or write a good prompt?"),
        _task(standing),
        Text(stands),
        Small(_so_far(standing)),
        None if standing.given else Small(where),
        Buttons(take(standing)),
    )


def _advised(standing: Standing) -> Parts:
    return (
        Heading(headline(standing.advice.verdict)),
        _task(standing),
        Text(figures(in_short(standing))),
        Buttons((*deciding(standing), change_any(standing), *take(standing))),
    )


def _decided(standing: Standing) -> Parts:
    decision = standing.consultation.decision
    assert decision is not None
    became = {"withdrawn": "Withdrawn", "superseded": "Superseded"}.get(decision.status, "Decided")
    advised = f"Advised was: {headline(decision.recommended)}."
    return (
        Heading(f"{became}: {headline(decision.chosen)}"),
        _task(standing),
        Text(decision_line(decision)),
        Text(Said(f"Why: {decision.why}", 1_200)) if decision.why else None,
        Small(advised) if decision.status == "overridden" else None,
        Text(figures(in_short(standing))),
    )


def _lines(standing: Standing) -> Parts:
    """Which decision it takes up again, or superseded; and which superseded it."""
    consultation, decision = standing.consultation, standing.consultation.decision
    said: list[tuple[str, int]] = []
    if decision is None and consultation.reopened_from is not None:
        said.append(
            ("Takes up a decision again; what is decided here supersedes it.", consultation.reopened_from)
        )
    if decision is not None and decision.supersedes is not None:
        said.append((f"Supersedes decision #{decision.supersedes}.", decision.supersedes))
    if decision is not None and decision.superseded_by is not None:
        said.append((f"Superseded by decision #{decision.superseded_by}.", decision.superseded_by))
    return tuple(
        Text(words, button=Button(f"Show #{number}", ids.action_id(ids.SHOW, str(number))))
        for words, number in said
    )


def _set_aside(standing: Standing) -> Parts:
    resume = Button("Take it up again", ids.RESUME, Press(standing.consultation.id), primary=True)
    return (
        Heading("Set aside for now"),
        _task(standing),
        Small((_so_far(standing), " Everything is kept.")),
        Buttons((resume,)),
    )


def _moved(standing: Standing) -> Parts:
    there = taken_to(standing.consultation)
    where = Text(goes_on(there)) if isinstance(there, TakenThere) else None
    return (Heading("Taken to a channel"), _task(standing), where)


def _answers(standing: Standing) -> tuple[Part, ...]:
    """The answers so far with a button each; once advised in a few lines, all in one part."""
    if not standing.given:
        return ()
    if standing.is_advised or standing.consultation.status in ("decided", "moved"):
        return (Small(_in_short(standing)),)
    return (
        Rule(),
        *(Text(answer_line(one), button=change(standing, one.question)) for one in standing.given),
    )


def _in_short(standing: Standing) -> Words:
    """Asked by @Ana; answered by @Ana and @Ben. Calls a month: 80k · Quality: ... and 2 more."""
    consultation = standing.consultation
    told: list[GivenAnswer] = []
    length = 0
    for one in sorted(
        standing.given, key=lambda given: given.question != PRICING
    ):  # it is what most figures hang on
        length += len(short(one.question)) + len(one.words) + len(APART)
        if length > ANSWERS_LENGTH and told:
            break
        told.append(one)
    more = len(standing.given) - len(told)
    rest = f"{APART}and {more} more, in the thread" if more else ""
    authors = list(dict.fromkeys(one.author for one in standing.given if one.how != "example"))
    others = authors if authors != [consultation.asker] else []
    who: Words = ("Asked by ", Person(consultation.asker), _by(others), ". ")
    return (who, joined(APART, [_folded(one) for one in told]), rest)


def _by(authors: list[str]) -> Words:
    """; answered by @Ana and @Ben"""
    if not authors:
        return ""
    first, last = joined(", ", [Person(one) for one in authors[:-1]]), Person(authors[-1])
    return ("; answered by ", *((first, " and ") if len(authors) > 1 else ()), last)


def _folded(given: GivenAnswer) -> Words:
    """Calls a month: 80k. What came with an example is marked so, since nobody said it."""
    example = " (part of the example)" if given.how == "example" else ""
    return (f"{short(given.question)}: ", Said(given.words, 200), example)


def _task(standing: Standing) -> Text:
    return Text(Said(f"Task: {standing.consultation.task}"))


def _so_far(standing: Standing) -> Words:
    return ("Asked by ", Person(standing.consultation.asker), f". {progress(standing)}")
