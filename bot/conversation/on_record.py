"""What was decided before on something that a question names: its words are looked for in the log of the channel."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.conversation import posts
from bot.conversation.inquiry import seen_from
from bot.conversation.replies import Act
from bot.conversation.todo import ToDo
from bot.decision_log.asking import Asking
from bot.decision_log.records import Consultation, Decision
from bot.decision_log.wanted import Sought, Wanted
from core.words import content, words

MOST, MOST_WORDS, LOOKED_AT = 3, 5, 50
"""Decisions that are shown, words that are looked for, and decisions that are looked at for each of them."""
_SAID_ANYWAY = frozenset(
    """decide decided decides deciding decision decisions settle settled conclude concluded conclusion chose choose
    chosen agree agreed advice advise advised verdict recommend recommended discuss discussed talk talked ask asked
    say said tell told know remember remind recall find found look looked show give come came happen happened go
    went turn turned end ended outcome result results thing things stuff topic matter case question issue project
    one ones something anything someone somebody anyone anybody everyone team channel group people here there before
    earlier already ever again once time times past last previous previously ago back long recently lately spring
    summer autumn fall winter year years month months week weeks day days january february march april june july
    august september october november december christmas easter monday tuesday wednesday thursday friday today
    yesterday same similar like kind sort done do did didnt dont cant couldnt wasnt please hey ok okay hi thanks
    just really actually still then now much many want need let lets see log entry record records history tune tuned
    tuning fine finetune train trained training prompt prompting model models regarding concerning over new old
    feeling bot impression discussion discussions debate conversation havent didnt wasnt hasnt hadnt isnt
    first second whole entire use used make made take taken get got reasoning reason reasons record
    recall recalls recalled recollect recollects recollection recollections memory vaguely faintly believe believes
    thinks thought swears insists mentions mentioned says tells exact exactly comparable put through
    ground grounds favour favor favoured favored landed wait daughter son wife husband mother father mum dad
    sister brother niece nephew aunt uncle partner boss colleague colleagues manager predecessor friend
    somewhere land written kept anywhere voted behind allready well down faint
    springs summers autumns winters two three four few couple
    """.split()  # noqa: SIM905  read, and mended, more easily on a few lines
)
"""Words of such a question that do not say what it is about."""
_NAMES_A_SUBJECT = re.compile(
    r"\b(?:about|for|on|regarding|concerning|with) ((?:[\w-]+ ?){1,4})", re.IGNORECASE
)
"""Where a long question names its subject: "about the objection letters"."""


def sought_in(text: str) -> str:
    """The words that say on what a decision is looked for; "" where none do, or so many that it is no such question."""
    plain = text.replace("'", "").replace("’", "")
    found = _telling(plain)
    if len(found) > MOST_WORDS:
        found = _telling(" ".join(_NAMES_A_SUBJECT.findall(plain)))
    return " ".join(found) if 0 < len(found) <= MOST_WORDS else ""


def _telling(text: str) -> list[str]:
    """The words that say what a question is about, each once."""
    found = (word for word in content(words(text)) if word not in _SAID_ANYWAY and not word.isdigit())
    return list(dict.fromkeys(found))


def looked_up(tx: Asking, act: Act, of: Consultation, todo: ToDo) -> ToDo:
    """The same; where it asks for decisions on something that it names, with those that are found."""
    note = todo.note
    if not isinstance(note, posts.OfAdvice) or note.asked != "similar" or not note.of:
        return todo
    met = found_by(tx, act, of, note.of.split(" "))
    found = tuple(replace(as_it_stands(one), by=one.by, why=one.why or "") for one in met)
    return replace(todo, note=posts.OnRecord(note.of, found))


def found_by(tx: Asking, act: Act, of: Consultation, sought: list[str]) -> list[Decision]:
    """Those in which most of the words stand, at least half of them; of as many words the newest first."""
    met: dict[tuple[str, int], tuple[int, Decision]] = {}
    for word in sought:
        wanted = Wanted(sought=Sought(prefix=_begins(word)))
        for one in tx.decisions(seen_from(act), None, LOOKED_AT, wanted):
            if one.consultation != of.id:
                count, _ = met.get((one.channel, one.number), (0, one))
                met[one.channel, one.number] = (count + 1, one)
    enough = (len(sought) + 1) // 2
    good = [(count, one) for count, one in met.values() if count >= enough]
    good.sort(key=lambda found: (found[0], found[1].at), reverse=True)
    return [one for _, one in good[:MOST]]


def _begins(word: str) -> str:
    """The beginning that one and many of a thing share."""
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def as_it_stands(made: Decision, because: tuple[str, ...] = ()) -> posts.AlikeThen:
    """A decision as it is shown. because: what is alike in it, in a few words each."""
    return posts.AlikeThen(
        made.number,
        made.channel,
        made.task,
        made.chosen,
        made.status,
        because,
        made.root_ts,
        made.outcome,
        made.is_reached,
        made.at.date().isoformat(),
    )
