"""Which of two sides a quantity is on: now or needed, in or out. The words around it say so."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.reading.lexer import Token
from core.reading.numbers import number_at
from core.reading.quantity import Quantity

NOW, TARGET = "now", "target"
QUALITY_CUES: Mapping[str, str] = {
    **dict.fromkeys("now today currently current presently present baseline atm rn".split(), NOW),
    **dict.fromkeys(
        "target goal need needs needed want wants wanted aim aiming bar must should required require requires requirement threshold "
        "objective contract sla spec kpi launch promised agreed desired happy acceptable accept accepts asking hope hoping expected expecting satisfied delighted stoked chuffed thrilled minimum ought wish wishes demands demand ship ships shipping live release regulator asks ask would allowed tolerate tolerated tolerable expect expects insists insist suffice suffices do dream dreams unless line".split(),
        TARGET,
    ),
}
WEAK_QUALITY_CUES: Mapping[str, str] = dict.fromkeys(
    "at get gets getting got sits accuracy accurate acc f1 pass passes passing score scores scored measured right correct reaches stands "
    "sitting quality error errors wrong fails fail hovering precision recall have".split(),
    NOW,
)
LATENCY_CUES: Mapping[str, str] = {
    **dict.fromkeys("now today currently current takes take taking took present measured rn atm".split(), NOW),
    **dict.fromkeys("target goal need needs needed want wants must should limit budget sla slo max maximum under below within may fine ok required allowed acceptable".split(), TARGET),
}  # fmt: skip
TOKEN_CUES: Mapping[str, str] = {
    **dict.fromkeys(
        "in input inputs prompt prompts context incoming system instructions send sends sent feed feeds pass sending".split(),
        "in",
    ),
    **dict.fromkeys(
        "out output outputs completion completions max receive receives received receiving back return returns produce produces writes emits response responses generated answer answers reply replies generation".split(),
        "out",
    ),
}
AFTER_IT = frozenset(
    "now today currently present rn atm in out back input output prompt completion response context".split()
)
"""Cues that belong to the number before them, even when another number follows."""
BREAKS = frozenset(", . ; : and but / | ( )".split())


def sides_of(
    tokens: Sequence[Token],
    quantities: Sequence[Quantity],
    strong: Mapping[str, str],
    weak: Mapping[str, str] | None = None,
) -> tuple[list[str], list[bool], set[int]]:
    """The side of each quantity ("" when nothing says), whether its cue is a strong one, and the tokens that said so."""
    tokens = _with_duties(tokens, several=len(quantities) > 1)
    claimed: set[int] = set()
    sides: list[str] = []
    sure: list[bool] = []
    for n, quantity in enumerate(quantities):
        before = quantities[n - 1].end if n else 0
        after = quantities[n + 1].start if n + 1 < len(quantities) else len(tokens)
        at, strength = _cue(tokens, quantity, (before, after, n + 1 < len(quantities)), strong, claimed)
        if at is None and weak:
            at, _ = _cue(tokens, quantity, (before, after, n + 1 < len(quantities)), weak, claimed)
            strength = False
        if at is None:
            sides.append("")
            sure.append(False)
            continue
        claimed.add(at)
        word = tokens[at].text
        sides.append(strong.get(word) or (weak or {}).get(word, ""))
        sure.append(strength)
    return sides, sure, claimed


def _with_duties(tokens: Sequence[Token], *, several: bool) -> list[Token]:
    """The tokens with the "to" of "has to be" as the "must" that it means."""
    return [
        Token("must", token.glued, False)
        if token.text == "if" and several and _is_wished(tokens, at)
        else Token("acceptable", token.glued, False)
        if token.text in _SUFFICES and (several or token.text == "enough") and _says_of_a_number(tokens, at)
        else Token("must", token.glued, False)
        if token.text == "once"
        and at + 1 < len(tokens)
        and tokens[at + 1].text in ("it", "we", "they", "that")
        else Token("must", token.glued, False)
        if token.text == "to" and at and tokens[at - 1].text in ("has", "have", "ought", "supposed")
        else Token("target", token.glued, False)
        if token.text == "mark" and at and tokens[at - 1].text in ("pass", "passing", "the")
        else Token("gets", token.glued, False)
        if token.text in ("needs", "need", "needed")
        and _IS_MENDED & {t.text for t in tokens[at + 1 : at + 4]}
        else Token("as", token.glued, False)
        if token.text in ("should", "must", "want", "need") and _ends_a_clause(tokens, at)
        else Token("say", token.glued, False)
        if token.text == "would" and at + 1 < len(tokens) and tokens[at + 1].text in _SUPPOSES
        else Token("measured", token.glued, False)
        if token.text == "happy" and at and tokens[at - 1].text in ("were", "was", "are")
        else token
        for at, token in enumerate(tokens)
    ]


_IS_MENDED = frozenset(
    "rework reworking correction corrections correcting fixing fixes editing edits rewrite rewriting touching repair redoing mending changing retyping".split()
)
"""Of "every fifth answer needs rework" nothing is wished for."""


def _ends_a_clause(tokens: Sequence[Token], at: int) -> bool:
    """Whether nothing follows a "should" that it asks for: "they land where they should"."""
    before = {token.text for token in tokens[max(0, at - 3) : at]}
    return bool(before & {"where", "as", "what", "how"}) and (
        at + 1 == len(tokens) or tokens[at + 1].text in BREAKS
    )


def _is_wished(tokens: Sequence[Token], at: int) -> bool:
    """Whether an "if" wishes for a number: "if it was 97 percent", "if we got to 97"."""
    after = {token.text for token in tokens[at + 1 : at + 5]}
    return bool(
        after & {"was", "were", "could", "got", "came", "reached", "hit", "went", "arrives", "had"}
    ) and any(
        token.number or number_at(tokens, i) is not None for i, token in enumerate(tokens[at : at + 9], at)
    )


_SUPPOSES = frozenset("say guess think reckon estimate put call imagine".split())
"""Of "I would say 85%" the "would" wishes for nothing."""
_SUFFICES = frozenset("enough ok okay fine plenty".split())


def _says_of_a_number(tokens: Sequence[Token], at: int) -> bool:
    """Whether "is enough" stands right behind a number, which then is the one needed: "95 is enough"."""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    at -= tokens[at - 1].text in ("good", "already")
    if at < 2 or tokens[at - 1].text not in ("is", "be", "are") or after in AFTER_IT:
        return False
    at -= 2
    while at > 0 and tokens[at].text in ("would", "will", "%", "percent", "already", "also"):
        at -= 1
    return tokens[at].number


def _cue(
    tokens: Sequence[Token],
    quantity: Quantity,
    region: tuple[int, int, bool],
    cues: Mapping[str, str],
    claimed: set[int],
) -> tuple[int | None, bool]:
    before, after, another = region
    following = quantity.end
    back = _named_before(tokens, quantity, before)
    if back >= before and tokens[back].text in cues and back not in claimed:
        return back, True
    if (
        following < after
        and tokens[following].text in cues
        and tokens[following].text in AFTER_IT
        and following not in claimed
    ):
        return following, True
    for at in range(quantity.start - 1, before - 1, -1):
        if at not in claimed and tokens[at].text in cues:
            return at, True
        if tokens[at].text in (".", ";"):
            break
    for at in range(quantity.start, quantity.end):
        if tokens[at].text in cues and tokens[at].text not in (
            "in",
            "max",
            "maximum",
            "minimum",
            "under",
            "below",
            "within",
        ):
            return at, True
    for at in range(following, after):
        word = tokens[at].text
        if word in BREAKS and another:
            break
        if word in (".", ";"):
            break
        if (
            word in cues
            and at not in claimed
            and (not another or word in AFTER_IT or _broken(tokens, at, after))
        ):
            return at, True
    return None, False


def _named_before(tokens: Sequence[Token], quantity: Quantity, before: int) -> int:
    """The word right before a number, such as the name of "input_tokens = 900"."""
    back = quantity.start - 1
    while back > before and tokens[back].text in (":", "=", "is", "about"):
        back -= 1
    named = back > before and tokens[back + 1].text in (":", "=")
    return back - 1 if named and tokens[back].text in ("tokens", "tok", "token") else back


def _broken(tokens: Sequence[Token], at: int, after: int) -> bool:
    return any(tokens[i].text in BREAKS for i in range(at + 1, after))
