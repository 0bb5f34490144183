"""A question in the thread, and what its message turns into once it is answered."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.standing import PRICING, Standing
from bot.views import ids
from bot.views.blocks import Element, actions, button, checkboxes, context, message, option, section
from bot.views.message import Block, Message
from bot.views.mrkdwn import bold
from bot.views.phrases import QUESTIONS, answer_line, answer_spoken, change, headline, listed, short
from bot.views.press import Press
from core.questions import Question


def question(standing: Standing, name: str, *, hears_threads: bool = True) -> Message:
    """The question with its usual answers as buttons, and how to type another one."""
    asked = QUESTIONS[name].under(standing.advice.policy)
    press = Press(standing.consultation.id, name, standing.seq_of(name))
    why = _why(standing, asked)
    typed = "type it here" if hears_threads else "mention me with it"
    hint = f"Or {typed}, for instance: {asked.example}"
    blocks: list[Block] = [section(f"{bold(asked.asks)}\n{asked.also}".strip()), context(why)]
    if asked.several:
        ticks = [option(choice.label, choice.id) for choice in asked.choices]
        blocks.append(actions(checkboxes(ids.action_id(ids.PICK, name), ticks)))
    blocks += [actions(*_buttons(asked, press)), context(hint)]
    lines = [asked.asks, asked.also, why, _usual(asked), f"{hint}."]
    return message(lines, blocks, what="question", version=standing.consultation.version)


def _why(standing: Standing, asked: Question) -> str:
    if asked.name == PRICING and standing.advice.verdict is not None:
        return f"The verdict stands: {headline(standing.advice.verdict)}. This only prices the options."
    return asked.why


def _buttons(asked: Question, press: Press) -> list[Element]:
    buttons = []
    if asked.several:
        buttons.append(button("That is all", ids.action_id(ids.PICKED, asked.name), press, primary=True))
        buttons.append(button("None of these", ids.action_id(ids.PICKED, asked.name, ids.NONE), press))
    else:
        buttons += [
            button(
                choice.label,
                ids.action_id(ids.ANSWER, asked.name, choice.id),
                replace(press, values=choice.values),
            )
            for choice in asked.choices
        ]
    if asked.numbers:
        label = "Enter a number…" if asked.choices else "Enter figures…"
        buttons.append(button(label, ids.action_id(ids.FORM, asked.name), press, primary=not asked.choices))
    buttons.append(button("Not sure", ids.action_id(ids.NOT_SURE, asked.name), press))
    buttons.append(
        button("Skip the rest", ids.SKIP_REST, press, spoken="Skip this and all questions after it")
    )
    return buttons


def _usual(asked: Question) -> str:
    labels = [f"“{choice.label}”" for choice in asked.choices]
    if not labels:
        return ""
    many = "Tick any of these" if asked.several else "The usual answers"
    return f"{many}: {listed(labels, 'or')}."


def answered(standing: Standing, name: str) -> Message:
    """The same message once it needs no answer: the answer and a Change button, or that it is no longer needed."""
    given = standing.given_to(name)
    version = standing.consultation.version
    if given is not None:
        open_still = standing.consultation.status not in ("decided", "void")
        line = section(answer_line(given), accessory=change(standing, name) if open_still else None)
        return message([answer_spoken(given)], [line], what="question", version=version)
    said = f"{bold(short(name) + ':')} {_unanswered(standing, name)}"
    return message([said.replace("*", "")], [context(said)], what="question", version=version)


def _unanswered(standing: Standing, name: str) -> str:
    if standing.consultation.status == "set_aside" and standing.asking == name:
        return "not answered yet. This consultation is set aside."
    if standing.asking == name:
        return "asked again below."
    if standing.is_advised or name in standing.advice.left_out:
        return "no longer needed: it cannot change this."
    return "not asked at the moment; something else comes first."
