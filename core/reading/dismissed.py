"""Reasons that are named only to say that they are none: "the bill is peanuts", "speed least of all".

Only what is wanted counts, so these parts are taken out of a reply before its reasons are read. What is only set back, and
may or may not count, is doubted.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Sequence

from core.reading.lexer import Token, line_of
from core.reading.rule import Rule

_NAME = (
    r"(?:(?:the|our|its|my|any|their) )?(?:quality|accuracy|correctness|precision|content|facts|answers?|output|costs?|pric(?:e|es|ing)|bills?|invoices?|money|budget|spend|spending|expenses?|fees?"
    r"|latency|speed|turnaround(?: times?)?|pace|response times?|wait|waiting|time|formats?|formatting|layout|structure|json|schema|tone|voice|style|wording|phrasing)"
)
_ASPECT = (
    rf"{_NAME}(?:(?: , {_NAME})* ?,? (?:and|or|nor|&|\+) {_NAME})?"
    r"(?: (?:side|part|bit|front|question|aspect|thing|end|angle|point|department|wise)s?)?(?: of (?:it|things))?"
)
_DEGREE = r"(?:(?:really|just|honestly|basically|mostly|practically|nearly|almost|largely|quite|all|perfectly|already|pretty|only|mere|absolutely|totally|very|more than|a|an|the) ){0,3}"
_NOTHING = (
    r"(?:peanuts|pennies|pocket (?:change|money)|small change|chicken feed|nothing(?: to speak of| much| at all)?|negligible|trivial|irrelevant|immaterial|unimportant|whatever"
    r"|neither here nor there|no (?:object|issue|problem|concern|matter|worry|factor|bother|reason|priority|trouble)|solved(?: problem| issue)?|sorted(?: out)?|settled"
    r"|fine|ok|okay|good|correct|accurate|excellent|grand|great|perfect|acceptable|bearable|tolerable|spot on|right|there|covered|under control|taken care of|(?:good|fast|quick|cheap|low|high) enough"
    r"|not (?:(?:really|so|that|even|a|an|the|our|my|any|what) )*(?:factor|issue|problem|concern|worry|object|point|question|reason|priority|matters?|bottleneck|important|relevant|interesting|about))"
)
_WHERE = r"(?: (?:already|here|for us|to us|to me|for me|as it is|as is|enough|anyway|now|today|at the moment|either|though|for (?:a|the|our|such|these|so|this) \w+(?: \w+)?))*"
_WE = r"(?:we|i|they|nobody|no one|my \w+|our \w+|the \w+)"
_TO_THE_END = r"[^,.;:!?()]*"
_DISMISSED = Rule(
    r"(?<![^ ])(?<!that )(?<!if )(?<!until )(?<!sure )(?<!when )(?<!that the )(?<!that our )(?<!if the )(?<!until the )(?<!sure the )(?<!when the )"
    r"(?:(?:and|but|,|;|-|as|while|whereas|since|because) ){0,2}(?:"
    rf"{_ASPECT} (?:is|are|was) {_DEGREE}{_NOTHING}{_WHERE}"
    rf"|{_ASPECT} (?:is|are|was) (?:not (?:a|the) (?:subject|topic|theme|question|discussion)|a rounding error|a (?:drop|joke)(?: in the \w+)?)"
    rf"|(?:{_ASPECT}|it|one \w+|each \w+) (?:is|are|was|costs?) (?:(?:like|only|just|about|maybe|around|barely) )*(?:(?:\$ ?|€ ?|£ ?)?(?:\d{{1,2}}|two|three|four|five|six|seven|eight|nine|ten|twelve|a few|a couple(?: of)?)(?: ?[$€£]| (?:bucks|dollars|euros?|quid|pounds|cents|pence))(?: (?:a|per) (?:day|week|month|year))?|less than (?:a|one|my|our) \w+)"
    rf"|(?:quality|accuracy|tone|format|latency|price|voice) {_DEGREE}(?:there|sorted|solved|covered|settled|fine)(?= ?(?:[.;]|$))"
    rf"|{_ASPECT} is not (?:necessary|needed|required|essential)"
    rf"|{_ASPECT} (?:does|do) not (?:\w+ )?(?:matter|count|bother us|worry us|hurt|interest us){_WHERE}"
    rf"|{_ASPECT} (?:(?:is|are|comes?|is the) )?(?:least|last) of all{_WHERE}|(?:and )?(?:least|last) of all (?:for |on |about )?{_ASPECT}"
    rf"|{_ASPECT} (?:comes?|is) (?:dead |very )?last{_WHERE}"
    rf"|(?:we|i) (?:are|am) {_DEGREE}(?:grand|fine|good|ok|okay|happy|set|sorted|covered|comfortable|golden|relaxed|content|satisfied|all right|alright) (?:on|with|for|about|as to|as for|as far as|in terms of|regarding) (?:{_ASPECT}|how \w+ (?:it|this|that) (?:is|works|goes|runs)){_WHERE}"
    rf"|{_ASPECT} (?:we|i) (?:can|could|will) (?!not\b)(?:\w+ )?(?:sort|solve|fix|handle|deal with|cover|manage|do|take care|live with|get (?:elsewhere|from|by|for free)){_TO_THE_END}"
    rf"|{_ASPECT} (?:we|i) (?:get|have|got|do|handle|solve|solved|fixed|sorted) (?:out )?(?:for free|from|elsewhere|ourselves|by ourselves|already|covered|under control|sorted|with a){_TO_THE_END}"
    rf"|{_WE} (?:(?:do|does|would|could|can|will) not )?(?:\w+ )?(?:care|cares|mind|minds|bother|worry|fuss|fussed|complain\w*|complaining)(?: less| much| too much)?(?: about| over)? (?:{_ASPECT}(?: (?:a|an|for a|some|two|a few) \w+)?|(?:what|how) {_TO_THE_END})(?<! more){_WHERE}"
    r"|(?<!too )(?<!so )(?<!very )(?<!is )(?<!are )(?<!was )(?<!rather )(?<!quite )(?<!and )(?<!got )(?<!how )dear(?= [,.;!]|$)|(?<=, )(?:love|mate|darling|my friend)"
    rf"|(?:never mind|forget(?: about)?|regardless of|no matter|leaving aside|not (?:bothered|fussed|worried) (?:about|by)|no complaints? (?:about|with|on)|nothing wrong with|no (?:issues?|problems?|trouble) with|(?:can|could) live with) {_ASPECT}"
    r"|(?:(?:we|i) (?:are|am) |there is |nobody is )?(?:in )?no (?:hurry|rush)(?: at all| whatsoever| here)?|(?:we|i) (?:are|am) not in (?:a|any) (?:hurry|rush)(?: at all)?"
    rf"|{_WE} (?:am|are|is) (?:{_DEGREE}not (?:\w+ )?)?(?:concerned|worried|bothered|fussed|interested|unhappy|complaining) (?:about|by|in|with|over) (?:{_ASPECT}(?: (?:or|and|nor) (?:what|how) {_TO_THE_END})?|(?:what|how) {_TO_THE_END}){_WHERE}"
    rf"|(?:(?:and |also )?{_WE} (?:also )?(?:heard|says?|said|thinks?|thought|believes?|mentioned|hopes?|told us) [^.;]*?|{_ASPECT} (?:would|may|might) (?:also )?be [^.;,]*?)[ ,]+(?:but|and|though|yet) (?:that |it |this )?(?:is|was) (?:not|hardly) (?:really )?(?:why|the reason|the point|our reason|my reason|the aim|the goal|what|it)(?![^ ]){_TO_THE_END}"
    rf"|(?:(?:my|our|the) )?\w+(?: \w+)? (?:says?|said|thinks?|believes?|talks about|goes on about) (?:that )?(?:it is )?(?:about |for |all about )?{_ASPECT}(?= (?:but|;|,|-|[.]) (?:but )?(?:i|we|it|for me|for us) (?:(?:am|are|is) in no|only|just|really only|want only|(?:am|are) not|(?:do|does) not care))"
    rf"|(?:at |with )?(?:(?:an? |the )?(?:equal|same|comparable|unchanged|identical)) {_ASPECT}"
    r"|(?:keep|keeping|hold|holding|maintain|maintaining|without (?:losing|hurting|sacrificing|giving up|harming|touching|(?:a |any )?loss (?:of|in))|not at the (?:expense|cost) of) (?:the |our |any )?(?:quality|accuracy|correctness|precision)"
    rf"|{_ASPECT} (?:we|i) (?:do|does|would|could|did) not (?:really |much )?(?:care|mind|worry)(?: (?:about|so much|at all|much))*"
    rf"|(?:it is )?not (?:(?:about|for|so much) )?{_ASPECT}(?= [,.;]|$)|(?:we|i) (?:have|have got|got) (?:the |enough |plenty of |a )?(?:budget|money|time|patience)(?: for (?:it|that|this))?"
    rf"|(?:it is )?neither {_ASPECT} nor {_ASPECT}"
    r"|(?<!not )(?<!more )(?<!too )(?<!be )(?<!get )(?<!so )(?:(?:it|that|this|they|the \w+) (?:is|are|was) )?(?:good|fine|ok|okay|great|cheap|quick|fast|accurate|correct|decent)(?:(?: ,| and)+ (?:good|fine|ok|okay|great|cheap|quick|fast|accurate|correct|decent))*(?= ?,? (?:but|yet|only|just|though|although) )"
    r"|(?<!not )(?<!it )(?:cheap|fast|quick) enough (?:already|as it is|for us)"
    r"|(?:(?:is |be |would be |are )?(?:even|all the|so much the)(?: -)? better(?:(?: -)? if)?|better (?:still|yet))"
    r"|nothing (?:else|more)(?: (?:on|of|in) (?:that|the|your|this) list)?(?: (?:matters|counts|is needed|is important))?(?: (?:to|for) (?:us|me))?"
    rf"|{_ASPECT} [,?:]? ?(?:no|nah|nope|not really|not so much|never)(?= [.,;!]|$)"
    r")(?: (?:since|because|as) (?:the |our |my |it |we |they |i )[^,.;:!?()]*)?(?= [,.;:!?()&]| and | but | so | because | since | as | - |$)"
    r"|(?: ,)? (?:only|mainly|mostly|chiefly)(?= (?:[.;]|$))|(?<![^ ])right now(?![^ ])|(?<![^ ])(?:he|she|they|somebody|someone|the \w+) (?:saw|heard|read) (?:of |about )?(?:it|this|that) [^.;,]*"
    r"|(?<![^ ])nothing (?:else |more |other )?(?:matters |counts )?(?:than|but)(?= \w)"
)
_CARES = Rule(
    r"(?<![^ ])(?:care|cares|mind|minds|bother|worry|worried|concerned|interested|unhappy|fuss|complain)"
)
_DENIES = Rule(r"(?<![^ ])(?:not|nobody|no one|none of us|never|hardly)(?![^ ])")
_SET_BACK = Rule(
    r"(?<![^ ])(?:peanuts|pennies|pocket (?:change|money)|small change|negligible|trivial|whatever|least|last|secondary|matters? less|(?:comes?|is) second|less (?:important|of (?:a|an))|lesser"
    r"|nah|grand|no (?:issue|problem|concern|object|factor|worry)|live with|fine|solved|sorted|not (?:the|a|an|our|my) (?:\w+ )?(?:issue|problem|factor|concern|reason|point|priority)|for free)(?![^ ])"
)
_BUDGET_OF_TIME = frozenset(
    ("ms", "s", "sec", "second", "seconds", "msec", "millisecond", "milliseconds", "minute", "minutes", "latency", "time", "response")
)  # fmt: skip


_SAID_OF_IT = Rule(
    rf"(?<![^ ])(?<!that )(?<!sure )(?<!until )(?:{_ASPECT}) (?:is|are|was|were) {_DEGREE}(?!not )(?P<how>[a-z]+)(?= ?(?:[,.;:!?]|and |but |so |$))"
)
_A_REASON = frozenset(
    """
    reason goal point aim one ones key main first most important everything crucial vital priority essential critical decisive driver bottleneck problem issue pain trouble why what it that this all
    high higher highest slow slower long longer expensive dear dearer steep painful killing killer hurting bad worse awful terrible horrible wrong off inconsistent unacceptable low lower poor insane ridiculous brutal crazy
    huge big bigger heavy rising growing climbing exploding enormous massive outrageous unbearable ugly messy sloppy stiff wooden random erratic variable unreliable lacking wanted needed required better faster cheaper
    stricter consistent strict uniform exact right correct too ours king up
    """.split()
)
"""What a reason is said to be where it is one: too high, the point, what counts. Of other words nobody knows."""


def left_open(line: str) -> str:
    """What is said of a reason where it is not known whether it makes it one, such as "the money is trifling"; else ""."""
    return next((said[0] for said in _SAID_OF_IT.finditer(line) if said["how"] not in _A_REASON), "")


def wanted_only(tokens: list[Token]) -> list[Token]:
    """The tokens without the parts that put a reason aside, and with a budget of time as the limit that it is."""
    line = line_of(tokens)
    spans = [match.span() for match in _DISMISSED.finditer(line) if _puts_aside(match[0])]
    kept = [
        Token("money", token.glued, False, token.written) if _stands_for_money(tokens, at) else token
        for at, token in enumerate(tokens)
        if not any(start <= token.start and token.end <= end for start, end in spans)
    ]
    return [_limit(kept, at) for at in range(len(kept))]


def _stands_for_money(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sign is no price: "latency and $$"."""
    around = tokens[max(0, at - 1) : at + 2]
    return {*tokens[at].text} <= {*"$€£"} and not any(token.number for token in around)


def _puts_aside(part: str) -> bool:
    """Whether a part that speaks of caring denies it: "I do not mind the wait", not "we worry about the bill"."""
    return _CARES.search(part) is None or _DENIES.search(part) is not None


def _limit(tokens: Sequence[Token], at: int) -> Token:
    token = tokens[at]
    if token.text != "budget":
        return token
    before = tokens[at - 1].text if at else ""
    after = tokens[at + 3].text if at + 3 < len(tokens) and tokens[at + 1].text in ("is", "of") else ""
    return (
        Token("limit", token.glued, False, token.written)
        if before in _BUDGET_OF_TIME or after in _BUDGET_OF_TIME
        else token
    )


def sets_back(line: str) -> bool:
    """Whether something is left in a line that may say of a reason that it counts less, or not at all."""
    return _SET_BACK.search(line) is not None
