"""Whether a reply answers, asks what would be if, or changes an earlier answer; and which answer it names."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from core.reading.lexer import Token
from core.reading.numbers import number_at
from core.reading.reply import Reply
from core.reading.rule import Rule

_WHATIF = Rule(
    r"^(?:(?:and|so|ok|okay|then|but|hmm|well|now|,|also|hey|§|\.\.\.) ){0,4}"
    r"(?:what if|what is if|wenn|was wäre|et si|e se|y si|what about|how about|what happens|what changes|what would|what does it look like|what then|suppose|supposing|imagine|assume|assuming|hypothetically|let us (?:say|assume|suppose|pretend)|say we|say it|say the|if |"
    r"(?:would|does|will|do) (?:it|that|this|the \w+|anything|things)(?: \w+){0,2} (?:change|look|matter|differ|flip|hold|be different)|how would|how does (?:it|that|this) (?:look|change)|would you still|try (?:it )?with|pretend|in case)"
)
_AND_AT = Rule(r"^(?:and|or|also|then|ok and|so) (?:at|with|for|on|if|when) ")
_CHANGE = Rule(
    r"^(?:(?:can|could|would|will|you|we|i|please|pls|ok|okay|hey|so|let|us|to|want|like|need|have|no|§|,) ){0,6}"
    r"(?:change|changing|update|set|switch|edit|correct(?! (?:about|in|for|most|around|at|roughly|now|only|nearly|maybe|is|are|,|\d))|adjust|modify|replace|fix|bump|lower|raise|put(?! (?:a|an|my|our|some|in|his|her)(?![^ ])| (?:it|that|this|the \w+|them) (?:at|around|about|somewhere|near|between))|amend)(?: |$)"
)
_SOFT_CHANGE = Rule(
    r"^(?:(?:oh|ah|hmm|ok|no|um|uh|well|hey|my bad|,|\.|!|\.\.\.|§) ){0,4}"
    r"(?:actually|sorry|correction|oops|whoops|i meant|meant|i mean|we meant|scratch that|i was wrong|we were wrong|my mistake|my bad|mistake|typo|hold on|hang on|wait|typo|strike that|nope wrong|make (?:that|it|this)|apologies|i misspoke(?: earlier)?|i mistyped(?: (?:that|it))?|i misread(?: (?:that|it))?|to correct myself|rather|on second thought)(?= |$)"
)
_SELF_CORRECTION = Rule(
    r" (?:,|\.|;|-|\.\.\.|\() (?:(?:no|oh|oops|ah|uh|err|hmm|sorry|wait|well|,) ){0,3}(?:sorry|oops|wait|correction|actually|make that|scratch that|i mean|i meant|meant)(?= )"
    r"| (?:sorry |oops |no |wait ){0,2}(?:i mean|i meant|no wait|wait no|scratch that|make that|no sorry|sorry no)(?= )"
)

_SUBJECTS: tuple[tuple[str, str], ...] = (
    ("reasons", r"(?:a|the|our|only|main|another) reasons?"),
    ("quality_target", r"(?:quality |accuracy )?(?:target|goal|bar|threshold|objective)"),
    ("latency_ms", r"latency|response times?|latency limit"),
    ("labelled_examples", r"(?:labelled|reviewed|annotated|training|curated) (?:examples?|data|samples?)"),
    ("prompt_examples", r"(?:prompt |few (?:- )?shot )?(?:examples?|shots?)|few (?:- )?shots?|few - shot"),
    (
        "tokens",
        r"(?:input|output|prompt|completion|response)(?: (?:length|size|tokens?))?|tokens|context length"
        r"|(?:prompts|outputs|answers|responses|completions)(?= (?:were|are|be|got|get|became|become|grew|grow)(?: |$))",
    ),
    (
        "calls_per_month",
        r"volume|traffic|load|usage|calls(?: per month| a month)?|requests|queries|throughput|monthly calls",
    ),
    ("quality_now", r"accuracy|quality(?: now)?|current quality|f1|score|error rate"),
    ("model", r"model"),
    ("money", r"gpus?|budget|price|cost|hosting"),
    ("data_may_leave", r"data|sensitivity|privacy"),
    ("can_wait", r"can wait|wait|waiting|iteration time|patience|iterations?"),
    ("reasons", r"reasons?"),
    ("misses", r"miss(?:es)?|errors|mistakes"),
    ("voice", r"voice|tone|style"),
    ("format", r"format"),
    ("per_request_instructions", r"instructions"),
    ("cheaper_model_enough", r"cheaper model"),
)


@lru_cache(maxsize=1)
def _subjects() -> tuple[tuple[str, Rule], ...]:
    return tuple((name, Rule(rf"(?<![^ ])(?:{pattern})(?![^ ])")) for name, pattern in _SUBJECTS)


def mode_of(line: str, asked: str | None, question_mark: bool, has_number: bool) -> tuple[str, int, bool]:
    """The mode, how many characters announce it, and whether it is only a soft sign ("sorry, ...")."""
    match = _WHATIF.match(line)
    tells = (
        asked is not None and not question_mark and " if " not in line and " what changes " in f" {match[0]} "
        if match
        else False
    )
    if match and not tells and not (_only_if(match[0]) and asked is not None and not question_mark):
        return "whatif", match.end(), False
    if " what if " in line or line.endswith(("then what", "then what ?", ", what then ?")):
        return "whatif", 0, False
    if (match := _AND_AT.match(line)) and (question_mark or asked is None):
        return "whatif", match.end(), False
    if (match := _CHANGE.match(line)) and (
        has_number or any(f" {to} " in line for to in ("to", "→", "into", "=", ":", "as", "with"))
    ):
        return "change", match.end(), False
    if match := _SOFT_CHANGE.match(line):
        word = match[0].split()[-1]
        rest = line[match.end() :].lstrip()
        if word == "wait" and not rest.startswith(
            (",", ".", "no", "-", "our", "it", "the", "!", "actually", "sorry", "...")
        ):
            return "answer", 0, False
        return "change", match.end(), True
    if asked is None and question_mark and has_number:
        return "whatif", 0, False
    return "answer", 0, False


def _only_if(announced: str) -> bool:
    """Whether it is a mere "if", which may as well open a condition: "if needed"."""
    return (
        announced.rstrip().endswith("if") and announced.strip().count(" ") <= 1 and "what if" not in announced
    )


def without_retracted(line: str, tokens: Sequence[Token]) -> int:
    """The token from which on the person means it: after "..., sorry, I mean"; 0 when nothing was taken back."""
    last = None
    for match in _SELF_CORRECTION.finditer(line):
        last = match
    if last is None or last.start() < 3:
        return 0
    at = next((i for i, token in enumerate(tokens) if token.start > last.end() - 1), len(tokens))
    while at < len(tokens) and tokens[at].text in (",", ".", "-", ":", "..."):
        at += 1
    has_number = any(number_at(tokens, i) is not None for i in range(at, len(tokens)))
    return at if has_number else 0


def subject_of(line: str, start: int, *, first: bool) -> tuple[str, int, int] | None:
    """The answer that a what-if or a change names, and where its name stands. ``first``: the one named first."""
    found: list[tuple[str, int, int]] = []
    for name, pattern in _subjects():
        if match := pattern.search(line, start):
            found.append((name, match.start(), match.end()))
            if not first:
                break
    return min(found, key=lambda subject: subject[1], default=None)


# ---- relative what-ifs -----------------------------------------------------------------------------------------------

_FACTORS: dict[str, int | Decimal] = {
    "double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "twice": 2, "triple": 3, "triples": 3, "tripled": 3, "thrice": 3,
    "quadruple": 4, "quadruples": 4, "quadrupled": 4, "halve": Decimal("0.5"), "halves": Decimal("0.5"), "halved": Decimal("0.5"), "half": Decimal("0.5"),
    "tenfold": 10, "twofold": 2, "threefold": 3,
}  # fmt: skip
_UP = frozenset(
    "up more grow grows grew growing increase increases increased rise rises rose higher extra additional plus bigger + jumps larger".split()
)
_DOWN = frozenset(
    "down less fewer drop drops dropped decrease decreases decreased fall falls fell lower shrink shrinks smaller reduced cut minus - by".split()
) - {"by", "-"}
_OUT = frozenset("output outputs response responses completion completions answer answers".split())
_SCALABLE = ("calls_per_month", "prompt_tokens", "output_tokens", "latency_ms")


def fill_relative(reply: Reply) -> bool:
    """ "If traffic doubles", "10x more", "20% less": a factor on what the reply names."""
    words = [token.text for token in reply.tokens]
    factor, doubtful = _factor_in(reply, words)
    if factor is None:
        return False
    if _PRICES & set(words):
        return _scale_a_price(reply, factor, words)
    key = reply.question if reply.question in _SCALABLE else None
    if reply.question == "tokens":
        key = "output_tokens" if _OUT & set(words) else "prompt_tokens"
    if key is None and reply.question is None:
        key, doubtful = "calls_per_month", True
    if key is None:
        reply.ask = "I can scale calls, tokens and latency; which number do you mean?"
        return True
    reply.put(key, f"x{format(factor.normalize(), 'f')}")
    reply.explain_words(("many", "much", "long", "big", "large", "size", "length"))
    if doubtful:
        reply.doubt("it is not said of what")
    return True


_PRICES = frozenset(("price", "prices", "priced", "cost", "costs"))
_WAYS_IN = frozenset(("input", "inputs", "prompt", "prompts", "reading"))


def _scale_a_price(reply: Reply, factor: Decimal, words: list[str]) -> bool:
    """ "The price of output halves": a factor on what a token costs, and not on how many there are."""
    key = "price_out" if _OUT & set(words) else "price_in" if _WAYS_IN & set(words) else ""
    if not key:
        reply.ask = "Which price do you mean, that of input or that of output tokens?"
        return True
    reply.assumed[key] = f"x{format(factor.normalize(), 'f')}"
    reply.explain_words((*_PRICES, *_OUT, *_WAYS_IN, "token", "tokens"))
    return True


def _factor_in(reply: Reply, words: list[str]) -> tuple[Decimal | None, bool]:
    for at, word in enumerate(words):
        if word in _FACTORS and not (word == "half" and words[at + 1 : at + 2] in (["a"], ["of"])):
            reply.explain(at, at + 1)
            doubtful = word in ("twice", "half", "double") and reply.question is None
            return Decimal(_FACTORS[word]), doubtful
        if word[0] == "x" and word[1:].replace(".", "", 1).isdigit():
            reply.explain(at, at + 1)
            return Decimal(word[1:]), False
    for quantity in reply.quantities:
        if (
            quantity.kind == "factor"
            and quantity.low == quantity.high
            and quantity.low > 0
            and "ambiguous" not in quantity.notes
        ):
            reply.use(quantity)
            return quantity.low, False
        if (
            quantity.kind in ("share", "relative")
            and reply.question in (*_SCALABLE, "tokens")
            and quantity.k_of_n is None
        ):
            near = set(words[max(0, quantity.start - 4) : quantity.end + 2])
            if (
                (near & _UP and near & _DOWN)
                or quantity.low != quantity.high
                or "to" in words[max(0, quantity.start - 2) : quantity.start]
            ):
                continue
            if near & (_UP | _DOWN):
                reply.use(quantity)
                reply.explain_words(_UP | _DOWN)
                return (1 + quantity.low if near & _UP else 1 - quantity.low), False
    return None, False
