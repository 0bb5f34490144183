"""Where people say that one call is made for each thing: "one call per letter", "one apiece", "one call = one line".

It multiplies by nothing, and its "one" is no number of calls.
"""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.rule import Rule

_PERIOD = r"(?:(?:a|per|every|each) )?(?:\w+ )?(?:second|minute|hour|day|night|shift|weekday|workday|week|fortnight|month|quarter|year|term)s?\b"
_JOINED = r"(?:^|[,;.:()-]+ |\b(?:and|so|which|that|it|with|meaning|making|always|just|is|means|ie) )+(?:it(?:'| i)s |that(?:'| i)s |there(?:'| i)s |this is |always |just |only |makes |means |gives )*"
_CALL = r"(?:call|request|query|prompt|run|time|piece|go|answer|reply|one|draft|notice|summary)"
_ONE_EACH = Rule(
    rf"{_JOINED}(?:"
    rf"(?:one|1|a single) (?:\w+ ){{0,2}}(?:each|apiece|per head|a ?piece)(?! {_PERIOD})"
    rf"|(?:one|1|a single|a) {_CALL} (?:per|for each|for every|for one|for an?|for|each|to each|to a|a) (?!{_PERIOD})(?:of (?:them|these|those)|\w+(?: \w+)?)"
    rf"|(?:one|1|a single) {_CALL} (?:for|to) (?:each|every one)(?: of them)?(?= ?[,.;)!]|$)"
    rf"|(?:one|1) {_CALL}s? (?:=|is|equals|means|stands for) (?:one|1) \w+"
    rf"|each(?: (?:of (?:them|these|those)|one))? (?:is |being |needs |takes |makes |gets |would be |will be |counts (?:as|for) |= )?(?:one|1|a|a single|its own) {_CALL}(?: of its own)?"
    rf"|(?:each|every)(?: (?!{_PERIOD})\w+){{1,4}}? (?:is|gets|goes|would|will|runs|needs)(?: (?!not\b|never\b|{_PERIOD})[a-z]+){{0,4}}? (?:once|one time)(?: (?:through|over|in|by|with) (?:it|the \w+|here))?"
    rf"|(?:each|every one)(?: one| of them)? (?:is|gets|goes|would go|will go)(?: [a-z]+)?(?: (?:once|one time)(?: through (?:it|the \w+))?| (?:summari[sz]ed|checked|classified|read|coded|sorted|answered))"
    rf"|(?:one|1|each|every|an?|the) \w+ (?:=|is|equals|means|makes|needs|takes|gets|is always) (?:one|1|a single|its own) {_CALL}"
    rf"|once (?:each|(?:per|for each) (?!{_PERIOD})\w+))(?= ?[,.;)!]|$)"
)
_NUMBER = Rule(
    r"\d|\b(?:hundreds?|thousands?|millions?|dozens?|lakhs?|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|\w+teen|two|three|four|five|six|seven|eight|nine|eleven|twelve)\b"
)


_OFTEN = Rule(
    r"\b(once|twice|thrice)(?= (?:a|per|each|every) (?:\w+ )?(?:hour|day|night|shift|week|fortnight|month|quarter|year)\b)"
)
_TIMES = {"once": "1 times", "twice": "2 times", "thrice": "3 times"}


def how_often(text: str) -> str:
    """The text without "one call for each", and with "twice a week" as the number that it is."""
    text = _OTHER_MONTH.sub("per 2 months", _EVERY_OTHER.sub("per fortnight", without_one_each(text)))
    text = _SPRINT.sub("per fortnight", text)
    if "divide" in text and "year" in text:
        text = _BY_TWELVE.sub(" ", text)
    text = _CALLED.sub(r"\2 calls for each \1", text)
    return _OFTEN.sub(lambda found: _TIMES[found[1]], text) if "ice " in text or "once " in text else text


_ONCE_IN = Rule(r"\bonce in (?:every )?(?=\d|a hundred|ten|twenty|thirty|forty|fifty)")
_ONE_EVERY = Rule(
    r"\b(?:one|1) ((?:(?:is |was )?(?:\w+ ){1,2})?)(?:in |for |out of )?every (?=\d+\b|ten\b|twelve\b|twenty\b|thirty\b|forty\b|fifty\b)"
)
_BY_TWELVE = Rule(
    r"(?:,? (?:so|and)(?: (?:that|you|we|i|can|have to))*)? divided? (?:it |that )?(?:by|with|through|over) (?:12|twelve)\b"
)
_OTHER_MONTH = Rule(r"\bevery (?:other|second) months?\b")
_SPRINT = Rule(
    r"\b(?:in |per |each |every )(?:one |a |each |every )?(?:(?:sprint|cycle|period|round|turn) of (?:two|2) weeks|(?:two|2)[ -]weeks? (?:sprint|cycle|period|round|turn))\b"
)
_CALLED = Rule(
    r"\bfor (?:each|every|one) (\w+) (?:it|the model|the thing|this) (?:is|gets|will be) (?:called|asked|run|used) (\d+|two|three|four|five|six) times\b"
)
_EVERY_OTHER = Rule(r"\bevery (?:other|second|two|2) weeks?\b")


_A_SHARE = r"(?= (?:(?:about|around|roughly|some|maximum|at most|only|up to) )*(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|half|every)\b))"
_ALTERS = r"(?:alter|amend|change|edit|correct|fix|rewrite|redo|touch up|retype|rephrase|mend|repair|strike out|cross out|throw out)"
_SENT_BACK = Rule(
    rf"\b(?:(?:must|have to|has to|had to|need to|needs to) {_ALTERS}|(?:alter|amend|change|return|grumble about|complain about|moan about|query|queries)(?:s|ed|d)?{_A_SHARE}"
    r"|(?:grumble|complain|moan)(?:s|ed)? (?:about|at|over)|(?:sen[dt]s?|kick(?:s|ed)?|push(?:es|ed)?|h[ae]nd(?:s|ed)?) back"
    r"|(?:puts?|takes?|took) (?:her|his|their|my|our|a|the) (?:red |blue )?(?:pen|pencil) (?:through|to))(?![\w-])"
)
"""What people do to answers that were wrong, whatever they call it."""
_AS_SAID = (
    (Rule(r"\b(?:spot|bang) on\b"), "right"),
    (Rule(r"\boutta\b"), "out of"),
    (Rule(r"\bas (?:it|things) stands?\b"), "now"),
    (Rule(r"\b(?:would|'d) have to say\b"), " would say"),
    (
        Rule(r"\b(?:would|'d) (?:like(?: to see)?|love(?: to see)?|wish|prefer|settle for|put up with)\b"),
        " want",
    ),
    (Rule(r"\bis what [\w' ]{1,30}? (?:(?:is |are )?after|wants?|asks? for)\b"), "is the target"),
    (Rule(r"\ball (?:that )?(?:i|we|they) (?:ever |have ever )?(?:need|want)(?:ed)?\b"), "all we asked"),
    (_SENT_BACK, "rejects"),
)


def once_in(text: str) -> str:
    """The text with "once in 20" and "one wrong every 20" as the 1 in 20 that it is, and what is sent back as rejected."""
    for said, meant in _AS_SAID:
        text = said.sub(meant, text)
    text = _ONCE_IN.sub("1 in ", text) if "once in" in text else text
    return _ONE_EVERY.sub(lambda found: f"1 {found[1] or ''}in ", text) if " every " in text else text


def without_one_each(text: str) -> str:
    """The text without such a phrase, where another number is left that tells how many."""
    if not ("one " in text or "once" in text or "1 " in text or "single" in text):
        return text
    rest = _ONE_EACH.sub(" ", text)
    return rest if rest != text and _NUMBER.search(rest) else text
