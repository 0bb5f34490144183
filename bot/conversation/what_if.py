"""What-ifs: a difference is worked out and shown, and the answers stay as they are until somebody adopts it. Pure."""

from __future__ import annotations

import re
from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.conversation.copies import is_copy
from bot.conversation.posts import Assumed, Post, Values, WhatIf, WhatIfAdopted, WhatIfOffered, posts_of
from bot.conversation.replies import Act
from bot.conversation.standing import Standing, replaced_by, standing_of
from bot.decision_log.records import TAKEN_BACK, Consultation
from bot.decision_log.said import ASSUMED
from core import inputs
from core.answers import Answer, AssumptionValue, Between, CaseError
from core.case import check_assumption, read_answer, write_answer
from core.difference import difference

FACTOR = re.compile(r"x\d+(\.\d+)?")
"""How a reading says "three times as much"."""


class NotKnown(Exception):
    """A factor on something of which nobody knows how much it is. ``args[0]`` is a sentence."""


def what_if(
    standing: Standing, values: Values, echo: str, because: str | None, now: datetime
) -> WhatIf | WhatIfOffered:
    """The note that shows what these values would change. ``because``: why their reading is doubtful, if it is.

    Raises :class:`core.answers.CaseError` for a value that cannot be, and :class:`NotKnown`.
    """
    consultation = standing.consultation
    about: dict[str, Any] = {"echo": echo, "values": values, "because": because}
    about["version"] = consultation.version
    if all(is_present(standing, key, value) for key, value in values.items()):
        return WhatIf(**about, says=(), same=True)
    extra = {**replaced_by(consultation, values), **values}
    after = standing_of(consultation, now, extra=extra)
    found = difference(standing.advice, after.advice)
    about["says"] = tuple((sentence.about, sentence.says) for sentence in found.sentences())
    return WhatIf(**about) if consultation.status == "decided" else WhatIfOffered(**about)


def is_present(standing: Standing, key: str, value: Any) -> bool:
    """Whether a value is what is answered or assumed now. One that cannot be is not."""
    try:
        return present(standing, key) == _read(key, value)
    except CaseError:
        return False


def present(standing: Standing, key: str) -> Answer | AssumptionValue | None:
    """What is answered to a key, or assumed for it: the team's own value, else the default."""
    if not key.startswith(ASSUMED):
        return standing.advice.answers.of(key)
    assumed = standing.advice.ledger.assumptions.get(key.removeprefix(ASSUMED))
    return None if assumed is None else assumed.value


def _read(key: str, value: Any) -> Answer | AssumptionValue:
    if key.startswith(ASSUMED):
        return check_assumption(key.removeprefix(ASSUMED), value)
    return read_answer(key, value)


def scaled(standing: Standing, key: str, factor: str) -> Any:
    """The present value of a number times a factor such as "x2", in JSON form. Raises :class:`NotKnown`."""
    value, times = present(standing, key), Decimal(factor.removeprefix("x"))
    if isinstance(value, Between):
        low, high = (None if end is None else _times(end, times) for end in (value.low, value.high))
        return write_answer(Between(low, high))
    if not isinstance(value, Decimal):
        name = inputs.name(key.removeprefix(ASSUMED))
        raise NotKnown(
            f"I do not know {name} yet, so I cannot take {factor.removeprefix('x')} times as much."
        )
    return write_answer(_times(value, times))


def _times(number: Decimal, factor: Decimal) -> Decimal:
    product = number * factor
    return product.to_integral_value() if product >= 100 else product


def is_stated(standing: Standing, key: str, value: Any) -> bool:
    """Whether the team's own value of an assumption is this one already; for one taken back, whether it has none."""
    own = standing.advice.answers.assumptions.get(key.removeprefix(ASSUMED))
    if value == TAKEN_BACK:
        return own is None
    return own is not None and own == _read(key, value)


def assumed_anew(standing: Standing, values: Values, by: str, now: datetime) -> Assumed:
    """The note on assumptions that are set or taken back: name, value before and after, in words.

    Raises :class:`core.answers.CaseError` for a model, base or provider without a price.
    """
    after = standing_of(standing.consultation, now, extra=values)
    found = []
    for key, value in values.items():
        name = key.removeprefix(ASSUMED)
        was, will_be = (inputs.shown(name, present(each, key)) for each in (standing, after))
        found.append((inputs.name(name), was, will_be, "default" if value == TAKEN_BACK else ""))
    return Assumed(by, tuple(found))


def defaults_of(standing: Standing, now: datetime) -> dict[str, tuple[AssumptionValue | None, str]]:
    """By key: what would be assumed if the team had said nothing of it, all else as it is; and where that is from."""
    used = standing.advice.ledger.assumptions
    defaults = {key: (one.value, one.source) for key, one in used.items()}
    for key in standing.advice.answers.assumptions:
        without = standing_of(standing.consultation, now, extra={ASSUMED + key: TAKEN_BACK})
        try:
            one = without.advice.ledger.assumptions[key]
        except CaseError:  # the team's own prices are all that is known of a model of theirs
            defaults[key] = (None, "")
        else:
            defaults[key] = (one.value, one.source)
    return defaults


def changes(standing: Standing, values: Values) -> list[list[str]]:
    """What becomes of assumptions: name, present value and new one, in words."""
    found = []
    for key, value in values.items():
        name = key.removeprefix(ASSUMED)
        new = _read(key, value)
        before, after = (inputs.shown(name, v) for v in (present(standing, key), new))
        found.append([inputs.name(name), before, after])
    return found


def offered(
    consultation: Consultation, act: Act, values: Values
) -> tuple[Post, WhatIfOffered | WhatIfAdopted] | None:
    """The what-if in the message pressed, or the one of which that is a copy; adopted or not."""
    is_second = is_copy(consultation, act)
    for post in posts_of(consultation):
        if isinstance(about := post.about, WhatIfOffered | WhatIfAdopted) and (
            about.values == values if is_second else post.ts == act.on
        ):
            return post, about
    return None
