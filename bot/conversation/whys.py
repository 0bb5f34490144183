"""Why it is advised, why not something else, and whether it is only one thing that decides: told by how it is asked. Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re

from bot.conversation.by_kind import Question
from bot.conversation.named import CHECKED, compared, options_in
from bot.conversation.supposing import opens_supposing, plain_words

_NOT = r"(?:not|dont|doesnt|didnt|cant|cannot|isnt|arent|wont|wouldnt|shouldnt|couldnt|never|havent)"
_WHY = re.compile(
    r"\b(?:why|whyd|whys|how come|how so|what made|what makes you|(?:what|which)(?: is| was| are| were|s)?(?: exactly)? (?:the|your|its|that) (?:\w+ )?(?:reason|reasons|grounds?|logic|thinking|rationale|reasoning)|(?:on|for) (?:what|which) (?:grounds?|reasons?)|"
    r"how (?:did |do |have |come )?(?:we|you|they|it|this) (?:end|ended|come|came|arrive|get|got|land|landed|pick|picked|choose|chose)|what (?:drove|led|brought|pushed|convinced|persuaded|tipped|speaks for)|(?:for what|what for|to what end|whats the (?:point|use|good))\b|what is the (?:point|use|good)|(?:makes? no|doesnt make(?: any)?) sense|(?:im|i am|honestly|quite|rather|bit) (?:\w+ )?(?:puzzled|confused|lost|surprised|baffled)|"
    r"(?:dont|do not|cant|cannot|still not|didnt|not) (?:quite |really |fully )?(?:get|see|understand|follow|grasp) (?:it|this|that|why|how|what|the (?:logic|reason|point|advice)))\b"
)
_WHY_NOT = re.compile(
    rf"\bwhy (?:\S+ ){{0,5}}?{_NOT}\b|\bwhy {_NOT}\b|\b(?:cant|couldnt|shouldnt|wouldnt|wont|dont|isnt|arent) (?:it|we|i|they|you|one|(?:the|a|an|our) \w+|that|this|these|those)\b|\b(?:would|could|should|can|will) (?:\w+ ){{1,4}}?not\b|\b(?:can|could|should|would|may|is|are) (?:we|it|i|you|they|one|the model|that|this|those|these) not\b|\bstill (?:no|nothing|not)\b(?! (?:sure|clear|see|understand|get))|\bwhat(?:s| is| was| would be) (?:so )?(?:wrong|bad|the matter|the problem|stupid) (?:with|about|in) (?:that|this|the|our|my|training|tuning|it|just)?|"
    r"\bwhat(?:s| is)? (?:speaks against|the (?:problem|objection|harm|trouble) (?:with|to|in)|stops? (?:us|me|you)|keeps? us from|holds? us back|prevents? us)\b|\bhow (?:is|are|can) (?:that|this|it|these|those) (?:\w+ )?not\b|\bwhy (?:must|do|should|does|are|is) (?:we|i|everybody|it|us)(?: \w+){0,3} (?:wait|still|first|again|keep|stay|stuck)\b|\bwouldnt it be\b|\binstead of (?:just |simply )?(?:training|tuning|buying|renting)"
)
_TURNED = re.compile(
    r"\b(?:can|could|should|would) (?:it|we|you|they|i) not\b|\b(?:cant|couldnt|shouldnt|wouldnt|wont|isnt|arent) (?:it|we|you|they|that|this|(?:the|a|an|our) \w+)\b"
)
"""A question by the order of its words."""
_TO_DO = re.compile(
    r"\b(?:fine ?-?tun\w*|tun(?:e|ed|ing)|train\w*|learn(?:s|ing|ed)?|teach\w*|feed\w*|rent\w*|hosted|models?|provider\w*|options?|variants?|cheap\w*|small\w*|prompt\w*|stay\w*|stick|keep|recommend\w*|advi[sc]e\w*|suggest\w*|answer|chos?e\w*|pick\w*|api|cloud|chatgpt|open ?ai|azure|own (?:one|machines?|servers?)|self ?-?host\w*|go (?:straight|direct\w*|right|for|with)|do (?:that|it|this)|use (?:it|that|them|those|these)|wait\w*|pay|idea|tip|balance|matter|help\w*|solve\w*|fix\w*|enough|assum\w+|task|win\w*)\b"
)
_ADVISED = re.compile(
    r"\b(?:advi[sc]\w*|recommend\w*|verdict|result|answer(?! to)|outcomes?|suggest\w*|conclusion|you (?:say|said|tell|told|went|chose|picked|pick|want|send|insist)|(?:it|this|that) (?:say|says|said|tells|told|leans?|comes? out|came out|points?)|end(?:ed)? up|go(?:ne)? for|went for|sent back|told to|tear\w*|cannot be told|cant be told|undecided|no (?:clear )?answer|three (?:different )?(?:outcomes|results|verdicts)|homework|on the table|carry on|stay as|thing)\b"
)
_MATERIAL = re.compile(
    rf"\b(?:learn\w* (?:from|on|his|her|our|their|my|its)|train\w* (?:it |one |the model |that |this )?(?:on|with|from) (?:them|those|these|that|it|our|the|my|all)|feed\w*|show(?:ing)? it|give (?:it|the model)|(?:thousands?|hundreds?|years|archive\w*|pile|stack|folders?|boxes|drawers?|decades?) (?:of|full)|lying around|in (?:pdf|the archive|our files)|{CHECKED}|answered|marked)\b"
)
_MINE = re.compile(r"\b(?:of my|our|the|this) (?:own )?(?:one|own|model)\b")
_ONLY = re.compile(
    r"\b(?:is|are|was|so|its|thats|it)\b(?: \w+){0,4} (?:just|only|really|purely|mainly|all|simply|mostly|about|because|down to)\b|\b(?:comes?|boils?) down to\b|\ba (?:matter|question) of\b|\b(?:the|our) (?:only |main |real )?(?:reason|problem|issue|obstacle|point)\b"
)
_RIGHT = re.compile(
    r"\b(?:did|do|have) i (?:get|got|understand|understood|read)\b|\bam i (?:right|correct|wrong)\b|\b(?:is (?:that|this|it) (?:right|correct|true|so|it)|isnt it|or am i wrong|correct|right|true|yes or no) ?[?]"
)
_NOT_THIS = re.compile(
    r"\b(?:and |but |rather than |instead of )?(?:not|nothing to do with|isnt|never|rather than|instead of)(?: (?:about|because|for|of|the|our|a|any|with|on))* (\w+)"
)
THEMES: tuple[tuple[str, str], ...] = (
    ("disagreement", r"\b(?:disagree\w*|quarrel\w*|opinions?|argu(?:e|es|ing)|(?:people|teachers|colleagues|experts|we|us) (?:who )?(?:differ|dont agree|cannot agree)|agree(?:ment)?)\b"),
    ("data_may_leave", r"\b(?:data|privacy|legal|gdpr|confidential\w*|laws?|lawyers?|compliance|(?:leave|go|goes|going) (?:the (?:house|building|hospital)|out|outside))\b"),
    ("prompt_examples", r"\b(?:examples? in (?:the|our) prompt|prompt (?:is|was) (?:too )?(?:short|thin|bad|poor|empty)|homework|fair (?:try|chance)|thorough)\b"),
    ("labelled_examples", rf"\b{CHECKED}\b"),
    ("can_wait", r"\b(?:speed|time|wait\w*|weeks|slow\w*|fast\w*|quick\w*|turn ?-?around|patience|urgen\w+)\b"),
    ("calls_per_month", r"\b(?:money|cost\w*|price\w*|cheap\w*|expensive|dear\w*|budget|volume|calls|savings?|pay\w*|dollars?|bill)\b"),
    ("facts", r"\b(?:facts?|knowledge|information|look\w* (?:it |things |them )?up|documents?|retrieval)\b"),
    ("quality", r"\b(?:quality|accura\w+|target|good enough|score|errors?|mistakes|right often enough|per ?cent)\b"),
    ("open", r"\b(?:dont know|not known|unknown|measur\w*|missing answers?|too few cases|uncertain\w*)\b"),
    ("per_request_instructions", r"\b(?:instructions?|changes? (?:each|every|with))\b"),
)  # fmt: skip
"""What may decide, in the words for it: a question of the tree, "facts" and "disagreement" for two kinds of misses."""
LEFT_TO_OTHERS = (
    "similar", "waiting", "both", "short", "chart", "against", "stuck", "first_year", "options", "split", "fair_try",
    "measuring", "confidence", "flips", "elsewhere", "counted", "prices", "upkeep", "monthly", "skipped", "unknowns",
    "off", "extremes", "suppose", "correction",
)  # fmt: skip
"""What a why-not never is, where it was found by its words."""
_OPPOSED = re.compile(
    r"\b(?:cases?|arguments?|speaks?|reasons?|points?|say|said|objections?)\b(?: \w+){0,3} against\b|\bagainst (?:it|this|that|you|the advice)\b|\b(?:devil|counter)\w*"
)
_TAG = re.compile(r"\b(?:isnt|arent|wasnt|doesnt|dont|cant|wont) (?:it|that|this|they|we|you) ?[?]?$")
"""What only ends a sentence: "it is nearly there, isn't it"."""
_OF_ITS_ANSWER = re.compile(
    r"\b(?:matters?|important|relevant|ask(?:ed|ing)?|need to know|want to know|care|bother|problem|issue|obstacle|big (?:deal|thing)|play a role|role|count(?:s|ed)?|questions?|block\w*|kill\w*|stop\w*|rules? out)\b"
)
"""Why one answer matters."""
_OF_SURENESS = re.compile(
    r"\bhow (?:confident|sure|certain)\b|\b(?:why|how come)\b(?: \S+){0,6}? (?:confidence|confident|sure|certain)\b"
)
_HIGH = re.compile(r"\b(?:high|dear\w*|expensive|much|more|cost\w* so|pric\w+)\b")
_EXPLICIT = re.compile(r"\b(?:why|how come)\b")
_SUPPOSES = re.compile(
    r"^(?:\w+ ){0,2}?if\b|\b(?:suppos\w+|imagine|pretend|lets say|hypothetically|what happens)\b|\b(?:would|could|will|might)\b.*\bif (?:we|i|they|you|the|our|its?)\b"
)
_SUPPOSES_FIRST = re.compile(r"(?:\w+ ){0,2}?(?:if|suppos\w+|imagine|assuming|lets say|say)\b")
_SURELY = re.compile(
    r"\b(?:what (?:made|makes|convinced|persuaded|led|drove|brought) (?:you|us|it|me)\b(?! sure)|on what (?:logic|grounds?|basis)|(?:argument|reason)s? for (?:the |keep\w*|stay\w*|prompt\w*|this|it|that|train\w*|tun\w*|fine|own|a |an )|for what reason|what(?:s| is) (?:so |still )?(?:unclear|not clear|not sure|uncertain|in doubt|left open)|how (?:did |have )?(?:we|you|it) (?:end|ended) up)\b"
)
_WITHOUT = re.compile(r"\b(?:no|only|without|forbidden|missing|instead|rather|not)\b")
_PAYS = re.compile(
    r"\bwhy (?:would|should|must|do) (?:i|we|anybody|anyone)\b|\bwhy (?:spend|pay|bother|tear|change|touch|build|go to)\b"
)
LEFT_OF_WHY = (
    "similar",
    "short",
    "chart",
    "first_year",
    "confidence",
    "counted",
    "prices",
    "upkeep",
    "monthly",
    "skipped",
    "split",
    "extremes",
    "removed",
    "elsewhere",
    "both",
    "waiting",
)
"""What a plain why never is, where it was found by its words."""
ASKED_PLAINLY = (
    "why",
    "weighed",
    "which",
    "risk",
    "retrieval",
    "matter",
    "against",
    "measuring",
    "steps",
    "flips",
)
"""What the weights take a why for."""
WHICH = ("hosted", "self_hosted", "cheaper", "prompt")


def why_asked(text: str, found: Question | None) -> Question | None:
    """What a why, or a why-not, is about; ``None`` where a text asks none, or more plainly something else.

    found: what it is taken for otherwise. of: the option that somebody would rather have, and "material" where they
    have something to learn from: "hosted material"; what somebody brings up against it stays with :func:`why_in`.
    """
    plain = plain_words(text)
    explicit = _EXPLICIT.search(plain) is not None
    if _OF_SURENESS.search(plain):
        return None
    is_supposed = opens_supposing(text) or _SUPPOSES.search(plain) is not None
    if _SUPPOSES_FIRST.match(plain) or (is_supposed and not explicit):
        return None
    asked = _TAG.sub("", plain)
    is_not = _WHY_NOT.search(asked) is not None and (
        "?" in text or "why" in plain or _TURNED.search(plain) is not None
    )
    is_why = _WHY.search(plain) is not None
    if not (is_not or is_why):
        return None
    if _SURELY.search(plain) and (found is None or found.asked not in ("similar", "removed")):
        return Question("reason", "")
    if found is not None and _is_left(plain, found, is_not=is_not, explicit=explicit):
        return None
    if is_not and _TO_DO.search(plain) and not _is_of_one_answer(plain, found):
        return Question("reason", _rather(plain))
    if explicit and found is not None and _is_of_nothing_else(plain, found):
        return Question("reason", _rather(plain))
    if is_why and (found is None or found.asked in ASKED_PLAINLY or _is_of_the_advice(plain, found)):
        return (
            None
            if found == Question("matter")
            else Question(
                "reason", _rather(plain) if is_not or _PAYS.search(plain) or _WITHOUT.search(plain) else ""
            )
        )
    return None


def _is_left(plain: str, found: Question, *, is_not: bool, explicit: bool) -> bool:
    """Whether it was found to be about something that is told better by itself."""
    if re.search(r"\bmatters?\b", plain) and found.asked in (
        "retrieval",
        "question",
        "matter",
        "disagreement",
    ):
        return True
    if found.asked == "against":
        return _OPPOSED.search(plain) is not None
    if found.asked == "elsewhere" and explicit:
        return re.search(r"\b(?:teams?|departments?|groups?|units?)\b", plain) is not None
    if found.asked == "why" and found.of:
        return found.of.partition(" ")[0] in ("prompt", "retrieval", "budget") or not is_not
    if is_not and found.asked == "chart":
        return re.search(r"\b(?:recommend\w*|advi[sc]\w*|verdict)\b", plain) is None
    if is_not and found.asked == "both":
        return re.search(r"\b(?:both|first|then|later|parallel|meanwhile|same time)\b", plain) is not None
    if is_not and found.asked in ("suppose", "correction", "flips"):
        return False
    return found.asked in (LEFT_OF_WHY if explicit else LEFT_TO_OTHERS)


def _is_of_nothing_else(plain: str, found: Question) -> bool:
    """Whether a plain why that names an answer, or costs, asks for neither of them, but why it is advised."""
    match found.asked:
        case "question" | "enough" | "quality" | "off":
            return _OF_ITS_ANSWER.search(plain) is None
        case "parts":
            return not found.of and _HIGH.search(plain) is None
        case "elsewhere":
            return re.search(r"\b(?:teams?|departments?|groups?|units?)\b", plain) is None
    return False


def _is_of_one_answer(plain: str, found: Question | None) -> bool:
    """Whether it asks of examples, or of an option that is gone, which is told better by itself."""
    if found is None:
        return False
    if found.asked == "enough":
        return re.search(rf"\b{CHECKED}\b", plain) is not None
    return found.asked == "removed" or (found.asked == "compare" and len(compared(plain)) > 1)


def _is_of_the_advice(plain: str, found: Question) -> bool:
    return _ADVISED.search(plain) is not None and found.asked in (
        "payback", "compare", "parts", "enough", "question", "quality", "steps",
    )  # fmt: skip


def _rather(plain: str) -> str:
    """What somebody would rather have: the last option that is named, and whether there is something to learn from."""
    named = [one for one in options_in(plain) if one in WHICH]
    rents = re.search(
        r"\b(?:rent\w*|chat ?(?:gpt|program|tool|app)|claude|gemini|copilot|open ?ai|azure|api|cloud|provider|like every(?:one|body| other))\b",
        plain,
    )
    learns = re.search(r"\b(?:learns?|learning|teach\w*|feed\w*)\b", plain)
    small = re.search(r"\b(?:cheap(?:er|est)?|luna|mini|haiku|flash|smaller)\b", plain)
    stays = re.search(
        r"\bwhy (?:spend|pay|bother|tear|change|touch|build|go to|should|would)\b|\b(?:good enough|is fine|works (?:fine|well))\b",
        plain,
    )
    which = (
        "cheaper"
        if small
        else "rented"
        if rents
        else "hosted"
        if "hosted" in named or learns
        else named[0]
        if named
        else "prompt"
        if stays
        else ""
    )
    return f"{which}{' material' if _MATERIAL.search(plain) and which in ('', 'hosted') else ''}".strip()


def rather_than(text: str) -> Question:
    """Why it is advised, with what somebody would rather have."""
    plain = plain_words(text)
    return Question("reason", _rather(plain) if _WITHOUT.search(plain) or _WHY_NOT.search(plain) else "")


def asked_plainly(text: str, found: Question | None) -> Question | None:
    """A why in so many words, which no other reading of a text outweighs."""
    plain = plain_words(text)
    if opens_supposing(text) or (found is not None and found.asked in ("similar", "removed", "short")):
        return None
    return Question("reason", "") if _SURELY.search(plain) else None


_EITHER = re.compile(
    r"\bis it (?:about |for |just )?(?:the |our |your )?(\w+ ?\w*) or (?:about |for |just )?(?:the |our |your )?(\w+ ?\w*)\b"
)


def asked_which_of(text: str) -> Question | None:
    """Which of two things it is that decides: "is it the law or the cost?"."""
    met = _EITHER.search(plain_words(text))
    if met is None:
        return None
    themes = [next((name for name, words in THEMES if re.search(words, one)), "") for one in met.groups()]
    return Question("holds", " ".join(themes)) if all(themes) and themes[0] != themes[1] else None


def asked_whether(text: str) -> Question | None:
    """Whether it is only one thing that decides, which is named; ``None`` where a text asks no such thing."""
    plain = plain_words(text)
    if re.match(r"(?:how|what|which)\b", plain) and not _RIGHT.search(plain):
        return None
    last = plain_words(re.split(r"[?!.;]|,? so ", text.lower().rstrip("?!. "))[-1])
    if re.match(r"(?:\w+ ){0,2}(?:why|what|how|which|where|who|when|if)\b", last) or _SUPPOSES.search(plain):
        return None
    is_asked = (("?" in text and _ONLY.search(plain)) or _RIGHT.search(plain)) and not _EXPLICIT.search(plain)
    if not is_asked:
        return None
    points_back = re.match(r"(?:and |so )?(?:is|was) (?:that|this|it) (?:why|the )", last) is not None
    before = plain.removesuffix(last) if points_back else ""
    for part in (before, plain) if points_back else (last, plain):
        said = _NOT_THIS.sub(" ", part)
        theme = next((name for name, words in THEMES if re.search(words, said)), "")
        if theme and (points_back or _ONLY.search(part) or _RIGHT.search(plain)):
            return Question("holds", theme)
    return None
