"""The card: the root message of a consultation, edited in place."""

from __future__ import annotations

from bot.conversation.standing import PRICING, Standing
from bot.views import ids
from bot.views.blocks import Element, actions, button, context, divider, header, message, section, words
from bot.views.confidence import confidence_line
from bot.views.costs import cost_table, driver_line, figures, finding
from bot.views.evaluation import evaluation_line
from bot.views.flips import stays
from bot.views.message import Block, Message
from bot.views.mrkdwn import bold, escape, mention
from bot.views.phrases import (
    answer_line,
    answer_spoken,
    change,
    decision_line,
    decision_spoken,
    headline,
    listed,
    progress,
    quoted,
    short,
    volume,
)
from bot.views.press import Press
from core.told import Told


def card(standing: Standing) -> Message:
    """The card as it stands: open, advised, decided, set aside or void."""
    status = standing.consultation.status
    if status == "void":
        return _void()
    lines, blocks = _top(standing)
    lines += [answer_spoken(given) for given in standing.given]
    blocks += _answers(standing)
    return message(lines, blocks, what="card", version=standing.consultation.version)


def _top(standing: Standing) -> tuple[list[str], list[Block]]:
    consultation = standing.consultation
    if consultation.status == "decided" and consultation.decision is not None:
        return _decided(standing)
    if consultation.status == "set_aside":
        return _set_aside(standing)
    return _advised(standing) if standing.is_advised else _open(standing)


def _open(standing: Standing) -> tuple[list[str], list[Block]]:
    said = progress(standing)
    lines = [f"Tune or prompt: {_task(standing)}", f"{_asked_by(standing)} {said}"]
    blocks = [header("Fine-tune a model, or write a good prompt?"), _task_block(standing)]
    if standing.asking == PRICING and standing.advice.verdict is not None:
        stands = f"The verdict stands: {headline(standing.advice.verdict)}. One question is left, to price the options."
        lines.insert(1, stands)
        blocks.append(section(bold(stands)))
    blocks.append(context(f"{_asked_by(standing)} {said}"))
    if not standing.given:
        blocks.append(
            context("The questions come in the thread. Anyone here can answer, by button or in words.")
        )
    return lines, blocks


def _advised(standing: Standing) -> tuple[list[str], list[Block]]:
    lines, blocks = _verdict(standing, headline(standing.advice.verdict))
    blocks.append(actions(*decision_buttons(standing)))
    lines.append("Accept it, or record what you decided instead.")
    return lines, blocks


def _decided(standing: Standing) -> tuple[list[str], list[Block]]:
    decision = standing.consultation.decision
    assert decision is not None
    became = {"withdrawn": "Withdrawn", "superseded": "Superseded"}.get(decision.status, "Decided")
    lines, blocks = _verdict(standing, f"{became}: {headline(decision.chosen)}")
    blocks.insert(2, section(decision_line(decision)))
    if decision.status == "overridden":
        blocks.insert(3, context(f"Advised was: {headline(decision.recommended)}."))
    if decision.why:
        blocks.insert(3, section(words(f"Why: {decision.why}", 1_200)))
    lines.insert(1, decision_spoken(decision))
    return lines, blocks


def _set_aside(standing: Standing) -> tuple[list[str], list[Block]]:
    said = f"Set aside for now. {progress(standing)}"
    press = Press(standing.consultation.id)
    blocks = [
        header("Set aside for now"),
        _task_block(standing),
        context(f"{_asked_by(standing)} {progress(standing)} Everything is kept."),
        actions(button("Take it up again", ids.RESUME, press, primary=True)),
    ]
    return [f"Tune or prompt: {_task(standing)}", f"{_asked_by(standing)} {said}"], blocks


def _verdict(standing: Standing, title: str) -> tuple[list[str], list[Block]]:
    """The verdict with its figures: what the card shows once nothing is left to ask."""
    answers = standing.advice.answers
    told = standing.told
    ledger = told.ledger
    figured = finding(ledger, answers.number(PRICING), volume(answers))
    found = " ".join(filter(None, (_undecided(standing), _measured(standing, told), figured)))
    sure = " ".join(filter(None, (confidence_line(told), stays(told))))
    under = f"{driver_line(ledger)} {_asked_by(standing)} {progress(standing)}".strip()
    lines = [f"{title}. Task: {_task(standing)}", sure.replace("*", ""), found, under]
    blocks = [header(title), _task_block(standing)]
    if sure:
        blocks.append(section(sure))
    if found:
        blocks.append(section(figures(found)))
    costs = cost_table(ledger, answers.number(PRICING))
    if costs is not None:
        blocks.append(costs[0])
        lines += costs[1]
    blocks.append(context(under))
    return lines, blocks


def _measured(standing: Standing, told: Told) -> str:
    """What the evaluation leaves open, where the verdict waits for more of it."""
    waits = standing.advice.verdict == "measure_first"
    return evaluation_line(told, standing.advice.answers) if waits else ""


def _undecided(standing: Standing) -> str:
    advice = standing.advice
    if advice.verdict != "measure_first":
        return ""
    return (
        f"What decides: {listed(short(name) for name in advice.deciding)}. "
        f"As things look, it leans to {quoted(advice.leaning)}."
    )


def decision_buttons(standing: Standing) -> list[Element]:
    """Accept, We decided otherwise…, Not now."""
    press = Press(standing.consultation.id)
    verdict = headline(standing.advice.verdict)
    return [
        button("Accept", ids.ACCEPT, press, primary=True, spoken=f"Accept: {verdict}"),
        button("We decided otherwise…", ids.OTHERWISE, press),
        button("Not now", ids.NOT_NOW, press, spoken="Not now: set this aside"),
    ]


def _answers(standing: Standing) -> list[Block]:
    if not standing.given:
        return []
    fixed = standing.consultation.status == "decided"
    return [divider()] + [
        section(answer_line(given), accessory=None if fixed else change(standing, given.question))
        for given in standing.given
    ]


def _task(standing: Standing) -> str:
    return escape(standing.consultation.task, 1_000)


def _task_block(standing: Standing) -> Block:
    return section(words(f"Task: {standing.consultation.task}", 2_000))


def _asked_by(standing: Standing) -> str:
    return f"Asked by {mention(standing.consultation.asker)}."


def _void() -> Message:
    said = "This consultation could not be shown here, so it was not started."
    return message([said], [section(said)])
