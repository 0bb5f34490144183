"""The card: the root message of a consultation, edited in place."""

from __future__ import annotations

from bot.conversation.standing import PRICING, Standing
from bot.views import ids
from bot.views.buttons import change, deciding
from bot.views.confidence import confidence_line
from bot.views.costs import cost_table, driver_line, figures, finding
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
from bot.views.evaluation import evaluation_line
from bot.views.flips import stays
from bot.views.phrases import answer_line, decision_line, headline, listed, progress, quoted, short, volume
from bot.views.press import Press


def card(standing: Standing) -> Document:
    """The card as it stands: open, advised, decided, set aside or void."""
    status = standing.consultation.status
    if status == "void":
        return sentence("This consultation could not be shown here, so it was not started.")
    if status == "decided" and standing.consultation.decision is not None:
        top = _decided(standing)
    elif status == "set_aside":
        top = _set_aside(standing)
    else:
        top = _advised(standing) if standing.is_advised else _open(standing)
    return Document((*top, *_lines(standing), *_answers(standing)), "card", standing.consultation.version)


def _open(standing: Standing) -> Parts:
    stands: Words = ""
    if standing.asking == PRICING and standing.advice.verdict is not None:
        verdict = headline(standing.advice.verdict)
        stands = Strong(f"The verdict stands: {verdict}. One question is left, to price the options.")
    where = "The questions come in the thread. Anyone here can answer, by button or in words."
    return (
        Heading("Fine-tune a model, or write a good prompt?"),
        _task(standing),
        Text(stands),
        Small(_so_far(standing)),
        None if standing.given else Small(where),
    )


def _advised(standing: Standing) -> Parts:
    invitation = "Accept it, or record what you decided instead."
    return (
        Heading(headline(standing.advice.verdict)),
        _task(standing),
        *_figures(standing),
        Buttons(deciding(standing), invitation),
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
        *_figures(standing),
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


def _figures(standing: Standing) -> Parts:
    """How sure the verdict is and what it costs: what the card shows once nothing is left to ask."""
    answers, told = standing.advice.answers, standing.told
    calls = answers.number(PRICING)
    found = " ".join(filter(None, (*_undecided(standing), finding(told.ledger, calls, volume(answers)))))
    return (
        Text(joined(" ", (confidence_line(told), stays(told)))),
        Text(figures(found)),
        cost_table(told.ledger, calls),
        Small(joined(" ", (driver_line(told.ledger), _so_far(standing)))),
    )


def _undecided(standing: Standing) -> tuple[str, ...]:
    """What a verdict waits for that is to be measured first, and what the evaluation leaves open."""
    advice = standing.advice
    if advice.verdict != "measure_first":
        return ()
    return (
        f"What decides: {listed(short(name) for name in advice.deciding)}.",
        f"As things look, it leans to {quoted(advice.leaning)}.",
        evaluation_line(standing.told, advice.answers),
    )


def _answers(standing: Standing) -> tuple[Part, ...]:
    if not standing.given:
        return ()
    fixed = standing.consultation.status == "decided"
    return (
        Rule(),
        *(
            Text(answer_line(one), button=None if fixed else change(standing, one.question))
            for one in standing.given
        ),
    )


def _task(standing: Standing) -> Text:
    return Text(Said(f"Task: {standing.consultation.task}"))


def _so_far(standing: Standing) -> Words:
    return ("Asked by ", Person(standing.consultation.asker), f". {progress(standing)}")
