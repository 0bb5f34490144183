"""What a question about how sure an advice is asks: what it stands on, whether to act on it, or how far it is from turning. Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from decimal import Decimal

from bot.conversation.by_kind import Question, figures_in
from bot.conversation.named import topic_in
from bot.conversation.of_this_thread import costs_named
from bot.conversation.standing import Standing
from bot.conversation.supposing import supposes
from core import inputs
from core.tree import Verdict

_SURE = re.compile(
    r"\b(?:sure|certain|certainty|confiden\w*|convinced|solid|solidly|reliable|reliably|rely|lean(?:ing)? on|count on|trust\w*|safe(?:ly)?|firm|robust|shaky|sound|guarantee\w*|promise\w*|bet|likely|likelihood|probab\w+|chances?|odds|quote you)\b"
)
_LEVEL = re.compile(r"\b(?:high|low|medium)\b")
_SIGN = re.compile(
    r"\b(?:sign(?:ing)?(?: \w+){0,3} off|sign off|(?:sign|approve|release|commit|spend|invest|pay|order|authori[sz]e|green ?-?light|put down|hand over)\b(?: \w+){0,4} (?:on|for|it|this|that|\d[\d.,]*k?|thousand|money|budget|dollars)|go ahead (?:on|with)|take (?:it|this) to the board|decide on (?:that|this) basis|act on)\b"
)
_MAY_I = re.compile(
    r"\b(?:should|can|could|may|supposed to|would you|do i|do we|expect\w*|want me to|asked to|am i|are we|is it|is there|anything|before i|if i|when i)\b"
)
_OF_MONEY = re.compile(r"\b(?:costs?|prices?|dollars|pay|per month|a month)\b")
_HOW_MANY = re.compile(r"\bhow (?:many|well|good)\b")
_I_SIGN = re.compile(r"\b(?:i|we)\b(?: \w+){0,2} (?:sign|approve|release|authori[sz]e)\b")
_NEEDED = re.compile(
    r"\bwhat\b(?: \w+){0,3} (?:do|would|will|are|is|did) you (?:\w+ )?(?:need|want|require|miss\w*|lack\w*|waiting for)\b(?!.*\b(?:high|higher|sure|surer|certain|confident|examples?|target|change|different|train\w*|tun\w*)\b)|\bto make up your mind\b|\bwhat would you need to know\b|\bunknowns?\b.*\b(?:important|matters?|first|most|more)\b|\b(?:important|first|most)\b.*\bunknowns?\b"
)
_MOST_ASSUMED = re.compile(
    r"\b(?:which|what)\b.*\b(?:assumptions?|defaults?|estimates?)\b.*\b(?:matter\w*|most|important|hurts?|critical|sensitive|weigh\w*|dangerous|tip\w*)\b|\brests? on defaults\b.*\b(?:which|what)\b"
)
_HOW_SURE_OF = re.compile(
    r"\bhow (?:sure|certain|reliable|exact|accurate|precise|firm|solid|good)\b|\b(?:exact|accurate|precise)\b|\bhow (?:far|much) (?:off|can|could|may|might)\b"
)
_LEANS = re.compile(
    r"\b(?:leans|leaning|lean(?:ed)? (?:to|towards?)|tendency|preliminary|provisional|just (?:decide|choose|pick)|(?:cant|cannot|why dont|wont) you (?:\w+ )?(?:decide|say|tell|choose|pick)|yes or no|(?:two|three|2|3) (?:possible )?verdicts|straight answer)\b"
)
_DISTANCE = re.compile(
    r"\b(?:which|what) (?:single |one )?(?:\w+ )?(?:answer|number|figure|input)\b.*\b(?:wrong|kills?|breaks?|topples?|sinks?|double ?-?check|verify|check first|check (?:most|again))\b|\b\d[.,]\d times\b|\btimes (?:away|off|larger|smaller|too)\b|\baway from (?:what|which|changing|turning|flipping)\b|\b(?:how (?:far|close|near|wide)|what (?:distance|margin))\b.*\b(?:away|off|from|turn\w*|tip\w*|flip\w*|chang\w*|edge|line|margin|distance)\b|\b(?:is there|any)\b(?: \w+){0,3} (?:one |single )?(?:number|figure|answer|input)\b.*\b(?:turns?|tips?|flips?|changes?|wrong|upside|over|round|collaps\w*|topples?)\b"
)
_OUTCOME = re.compile(
    r"\b(?:works?|working|will|going to|gets? (?:us|it|you|me)|getting|anywhere|helps?|reach\w*|succeeds?|hits?|brings?|improves?|makes? (?:a|any|it)|does (?:it|anything)|do the (?:job|trick)|good enough|better|closes?|ever|enough|get to|too weak|too small|fails?|fall short|falls short|handle|cope|keep up|good at)\b"
)
_MEANS = re.compile(
    r"\b(?:prompt\w*|week|training|tun\w+|trained|model|retrieval|search\w*|examples?|documents|open model|measur\w+|cases|luna|nova|cache|small (?:one|model))\b"
)
_RAISED = re.compile(
    r"\b(?:more|better|further|another|additional)\b(?: \w+){0,5} help\w*\b|\b(?:mak(?:e|es|ing)(?! (?:you|it|u) so\b)|get(?:ting)?|becom(?:e|es)|raise|bring|push|turn)\b(?: \w+){0,3} (?:high|higher|medium|sure|surer|certain|more (?:sure|certain|confident|confidence))\b|\b(?:need|want|missing|lack\w*|takes?|require\w*)\b(?: \w+){0,5} (?:for|to be|to become|until)(?: \w+){0,2} (?:high|higher|sure|certain|more confident)\b|\bwhy (?:is |isnt |its |is it |it is )*(?:not|only|just|merely|isnt)(?: \w+){0,2} (?:high|medium|higher|sure)\b|\bwhat (?:stops|keeps|holds|prevents)\b.*\b(?:high\w*|sure|certain)\b|\bnot high(?:er)?\b"
)
_LOWERED = re.compile(
    r"\b(?:less|not so) (?:sure|certain|confident)\b|\blower(?:s|ed)? (?:the |your |its )?confidence\b"
)
_RELY = re.compile(
    r"\b(?:(?:can|could|may|should|do|would) (?:i|we|one|you) (?:\w+ ){0,2}?(?:rely|trust|count on|depend on|quote)|(?:rely|depend) on (?:it|this|that|you)|(?:count|lean|bet) on (?:this|that|you)\b|trust (?:this|that|you)|quote you|your (?:own )?(?:money|reputation|name|job)|wait\b(?: \w+){0,5} (?:sure|surer|confident|certain)|would you (?:bet (?:your|money)|put (?:your|money)|do it|sign)|is (?:it|this|that) (?:reliable|safe|solid|trustworthy|dependable)|how (?:much |far )?can (?:i|we) (?:\w+ )?(?:rely|trust|count|depend|lean))\b"
)
_HOW_SURE = re.compile(r"\bhow (?:\w+ )?(?:sure|certain|confident|convinced|reliable)\b")
"""That it is asked how sure it is, whatever else stands there."""
_NO_IDEA = re.compile(
    r"\b(?:dont|do not|doesnt) (?:\w+ )?(?:know|mean much)|no (?:idea|clue)|clueless|guessing|worthless|coin\b"
)
_WHY_SO = re.compile(r"\b(?:why|how come|what makes|based on|on what)\b")
_STANDS_ON = re.compile(
    r"\b(?:based on|bases? (?:it|this|that)? ?on|stands? on|stand on what|rests? on|built on|from what|on what|where (?:does|do|did|is)|what makes|how come|because of what|why (?:so |is it |is that |is this |only |just )*(?:high|low|medium|sure|certain|confident)|what (?:is|s) behind|justif\w+|grounds|means? what|what does (?:it|that|this|high|low|medium)(?: \w+)? mean|good or bad|(?:is|are) (?:it|that|this|high|low|medium) (?:good|bad|ok|okay|enough|normal)|really|how)\b"
)
_UNMEASURED = re.compile(
    r"\b(?:nobody|no one|noone|never|nothing|not|without|only|just|merely|havent|hasnt|didnt)\b.*\b(?:measur\w*|guess\w*|test\w*|check\w*|count\w*|verif\w*|estimat\w*|gut|evaluat\w*|data)\b|\b(?:guess\w*|estimate\w*|gut feeling|thumb|thin air)\b"
)
_DO_YOU_KNOW = re.compile(
    r"\b(?:how (?:do|can|would|could) (?:you|we|i|anyone|one) (?:\w+ )?(?:know|be sure|tell|be certain)|how (?:sure|certain) (?:are|is) (?:you|we|it|that)|are (?:you|we) (?:really |so |that |quite |absolutely )?(?:sure|certain)|who (?:says|said|decided|claims)|what makes you (?:\w+ )?(?:think|sure|certain|believe|say)|where do you (?:take|get|have)|what if (?:it|that|this) is (?:wrong|not)|(?:is|was|turns out|proves?) (?:wrong|mistaken|not true|false|untrue)|wrong about|doubts?)\b"
)
_ASSUMED = re.compile(
    r"\b(?:assum\w*|default\w*|guess\w*|presume\w*|suppos(?:e|ed|ing)|made up|out of thin air|where (?:does|did|do|is)|who (?:says|said|checked|told|decided|measured)|(?:anyone|anybody|somebody|someone|nobody|you) (?:actually |really |ever )?(?:check|checked|measure|measured|verif\w+|ask|asked|count|counted)|hangs? on|depends? on|matters?|how (?:sure|important|sensitive|critical)|how much)\b"
)
_NAMED_DEFAULTS: tuple[tuple[str, str], ...] = (
    ("fixed_share", r"\b(?:always the same|fixed|the same (?:each|every) time|never changes|stays the same|of the prompt|prefix)\b"),
    ("cache_hit_rate", r"\b(?:hit rate|cache hits?|found in the cache)\b"),
    ("prompt_tokens", r"\b(?:prompt tokens?|tokens? (?:a|per) (?:call|prompt|request)|length of the prompt|prompt length|long (?:is )?(?:our|the) prompt)\b"),
    ("output_tokens", r"\b(?:output tokens?|tokens? (?:of|in the) (?:output|answer))\b"),
    ("engineer_per_hour", r"\b(?:engineer\w*|hourly rate|an hour)\b"),
    ("gpu_per_hour", r"\bgpus?\b"),
    ("base_life_months", r"\b(?:months?|life|lifetime)\b"),
    ("price_per_label", r"\b(?:label\w*|each|example|check\w*)\b"),
    ("labels_to_buy", r"\b(?:examples?|label\w*)\b"),
    ("training_examples", r"\b(?:examples?)\b"),
    ("tuning_hours", r"\bhours?\b"),
)  # fmt: skip
"""How people call a default beside its value."""
_LIKELY = re.compile(r"\b(?:likely|chances?|odds|probab\w+|possible)\b")
SHORT = 12
"""Words: a longer text that has "sure" and "why" in it asks for something else."""
_NOT_SURE = re.compile(
    r"\bwhat(?:s| is| are)?(?: \w+){0,3} (?:not (?:sure|certain|clear|settled|known|decided)|unsure|unclear|uncertain|open|undecided|missing (?:for|to) (?:a|the) (?:verdict|decision|answer))\b|\b(?:why|how) (?:is|are|can|isnt) (?:it|that|this|you|there)(?: \w+){0,3} (?:not (?:sure|certain|clear|settled|decided)|unsure|unclear|uncertain|open|undecided|between|depends?)\b|\b(?:it|that|this) (?:has |is )?(?:clearly |obviously |plainly )?(?:failed|passed|missed|below|above|under|over)\b.*\b(?:what|why|how|so)\b"
)


def of_how_sure(standing: Standing, text: str, plain: str) -> Question | None:
    """Which side of the confidence is asked about; ``None`` where it is something else, or only how sure it is."""
    found = _named(standing, text, plain) or _side(standing, text, plain)
    if found or _ON_A_SCALE.search(plain):
        return Question("confidence", found)
    return None


def _named(standing: Standing, text: str, plain: str) -> str:
    """The side that is asked about by something of the thread: a default, a distance, a sum, what it leans to, a count."""
    if (key := assumed_named(standing, text, plain)) and _ASSUMED.search(plain):
        return f"assumed {key}"
    if _DISTANCE.search(plain) and not (_OF_THE_CHART.search(plain) or _OF_PAYBACK.search(plain)):
        return "distance away" if "away" in plain else "distance"
    if _NEEDED.search(plain):
        return "needs"
    if _MOST_ASSUMED.search(plain):
        return "defaults"
    one_cost = {one.name for one, _ in costs_named(standing, text)}
    if len(one_cost) == 1 and _HOW_SURE_OF.search(plain):
        return f"range {one_cost.pop()}"
    is_told = (
        _I_SIGN.search(plain) or _SURE.search(plain) or _LEVEL.search(plain) or costs_named(standing, text)
    )
    if _SIGN.search(plain) and _MAY_I.search(plain) and is_told:
        return "sign"
    is_open = standing.told.verdict == Verdict.MEASURE_FIRST
    if is_open and _LEANS.search(plain) and not (_HOW_MANY.search(plain) or _OF_MONEY.search(plain)):
        return "leaning"
    return _of_the_quality(standing, text, plain)


def _side(standing: Standing, text: str, plain: str) -> str:
    """The side that is asked about in words: what would raise it, whether to rely on it, what it stands on."""
    is_sure = _SURE.search(plain) is not None
    is_first = _LEVEL_FIRST.match(plain) is not None and not _OF_A_FIGURE.search(plain)
    is_level = _LEVEL.search(plain) is not None and (is_sure or is_first)
    if _LOWERED.search(plain):
        return "distance"
    if _RAISED.search(plain) and (is_level or is_sure) and not _OF_A_FIGURE.search(plain):
        return "raise"
    if is_level and _NO_IDEA.search(plain):
        return "rely"
    if is_level and _UNMEASURED.search(plain):
        return "unmeasured"
    is_of_means = _MEANS.search(plain) is not None or _names_an_aim(standing, text)
    if is_sure and _OUTCOME.search(plain) and is_of_means and not _STANDS_ON_LEVEL.search(plain):
        return "outcome"
    topic = topic_in(plain).partition(":")[0]
    if _DO_YOU_KNOW.search(plain) and topic in ANSWERS and standing.given_to(topic) is not None:
        return f"answer {topic}"
    if _RELY.search(plain) and not _HOW_SURE.search(plain):
        return "rely"
    is_why = is_sure and _WHY_SO.search(plain) and len(plain.split()) <= SHORT
    return "based" if is_why or (is_level and _STANDS_ON.search(plain)) else ""


_ON_A_SCALE = re.compile(
    r"\bhow (?:sure|certain|confident)\b.*\b(?:scale|(?:out )?of (?:ten|10)|per ?cent)\b|\bscale\b.*\b(?:how )?(?:sure|certain|confident)\b"
)
ANSWERS = ("misses", "can_wait", "data_may_leave", "cheaper_model_enough", "per_request_instructions")
"""Questions whose answers somebody may doubt as such, not as figures."""
_LEVEL_FIRST = re.compile(r"(?:\w+ ){0,4}?(?:high|low|medium)\b")
_OF_THE_CHART = re.compile(r"\b(?:chart|graph|picture|drawing|graphic|cross\w*|left|right)\b")
_OF_PAYBACK = re.compile(r"\b(?:pays?|paid|cheaper|worth|break ?-? ?even)\b")
_OF_A_FIGURE = re.compile(
    r"\b(?:quality|score|accura\w+|target|prices?|costs?|volume|traffic|numbers?)\b(?: (?:is|are|so|too|that|very|was))* (?:high|low|medium|higher|lower)\b|\b(?:high|low|medium|higher|lower) (?:quality|score|target|prices?|costs?|volume|traffic|numbers?)\b"
)
_STANDS_ON_LEVEL = re.compile(
    r"\b(?:confidence (?:is|low|high|medium)|(?:low|high|medium) confidence|verdict|advice|recommendation)\b"
)


def _names_an_aim(standing: Standing, text: str) -> bool:
    """Whether a text names the target, or how many examples make a start."""
    policy, target = standing.advice.policy, standing.advice.answers.number("quality_target")
    said = {Decimal(one) for one in re.findall(r"\b\d+(?:\.\d+)?\b", text)}
    aims = {Decimal(policy.enough_labels), Decimal(policy.enough_examples)}
    return bool(said & (aims | ({target * 100} if target is not None else set())))


def assumed_named(standing: Standing, text: str, plain: str) -> str:
    """The figure that is assumed here and named in a text, by its value and its words, or by its whole name; "" for none."""
    used = standing.told.ledger.assumptions
    mine = {
        one.key: one
        for one in standing.told.inputs
        if one.is_assumed and one.key in used and used[one.key].default
    }
    said = {Decimal(one) for one in figures_in(text)} | {
        Decimal(one) for one in re.findall(r"\b\d+(?:\.\d+)?\b", plain)
    }
    for key, words in _NAMED_DEFAULTS:
        if key in mine and re.search(words, plain) and _is_said(mine[key].present, said):
            return key
    for key in mine:
        name = [word for word in inputs.name(key).split() if word not in ("the", "of", "a", "an", "in")]
        if len(name) > 1 and all(re.search(rf"\b{re.escape(word[:6])}", plain) for word in name):
            return key
    return ""


def _is_said(value: object, said: set[Decimal]) -> bool:
    return isinstance(value, Decimal) and bool(said & ({value, value * 100} if value < 1 else {value}))


def _of_the_quality(standing: Standing, text: str, plain: str) -> str:
    """Whether it is asked what is open although so many of so many were right, or how sure the quality is."""
    right, every = (standing.advice.answers.number(key) for key in ("eval_correct", "eval_total"))
    quality = standing.advice.quality
    said = {Decimal(one) for one in figures_in(text)}
    is_doubted = _NOT_SURE.search(plain) or (
        _SURE.search(plain) and re.search(r"\b(?:how|do|is|are|can)\b", plain)
    )
    if not is_doubted:
        return ""
    if right is not None and every:
        target = standing.advice.answers.number("quality_target")
        is_aim = target is not None and round(100 * Decimal(str(target))) in said and _LIKELY.search(plain)
        is_named = {right, every} <= said or round(100 * right / every) in said
        return "sample" if is_named or is_aim else ""
    is_named = (
        quality is not None and quality.point is not None and round(100 * Decimal(str(quality.point))) in said
    )
    return "unmeasured" if is_named and not supposes(text) else ""
