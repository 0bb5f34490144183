"""What somebody calls in question who has read the advice: what the money is for, the level, two turns of one number, a step. Pure.

What is found here is looked for first: each asks for something that stands in this thread, and names it.
"""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from decimal import Decimal

from bot.conversation.asked import PLAINLY_TALK
from bot.conversation.by_kind import Question, figures_in, is_talk
from bot.conversation.of_a_turn import turn_named
from bot.conversation.of_the_chart import of_the_chart
from bot.conversation.of_this_thread import costs_named, options_of, scenario_of, volumes_named
from bot.conversation.of_two_options import months_over
from bot.conversation.replies import TypedText
from bot.conversation.standing import PRICING, Standing
from bot.conversation.supposing import IF, in_digits, opens_supposing, plain_words
from core.reading.cleaning import LONGEST
from core.tree import TUNING, Verdict

_SPENDS = re.compile(
    r"\b(?:sign\w*|pay|paying|spend\w*|give|buy|invest\w*|put|hand over|shell out|put down|go from|goes from|going from|per month|a month|every month|each month|monthly|bill|invoice|dollars|gone)\b"
)
_GROUNDS = re.compile(
    r"\bwhy (?:\w+ ){0,3}?(?:would|should|do|must|does) (?:i|we|anyone|anybody|one|he|she|they)\b|\b(?:on )?what (?:grounds?|basis|reason)\b|\bfor what reason\b|\b(?:and )?for (?:that|this|it) (?:we|i)\b|\bgood (?:advice|idea|deal)\b|\b(?:a|one|any|the) (?:good )?reason to (?:sign|pay|spend|buy|agree)\b|\b(?:justif\w+|(?:one|any) reason|should (?:i|we) sign|(?:i|we) should sign|mad|crazy|insane|absurd|nuts|tell (?:my|our|the) (?:boss|controller|board|director|management))\b|\bwhat (?:\w+ )?(?:am i|are we) (?:\w+ )?(?:paying|signing|spending)\b"
)
_OF_SIGNING_STILL = re.compile(r"\b(?:rely|trust|sure|certain|confidence|cheaper model|luna)\b")
_LEVEL = re.compile(r"\b(?:high|low|medium) confidence\b|\bconfidence\b(?: \w+){0,3} (?:high|low|medium)\b")
_CHANCE = re.compile(r"\b(?:chance|probability|odds|likelihood)\b|\d ?(?:%|per ?cent)")
_DOUBTS = re.compile(
    r"\b(?:why|how (?:can|is|come)|whats? (?:is )?(?:wrong|the problem|the matter|behind|not to like)|but|still|yet|same (?:message|time|advice))\b"
)
_WHY_SO = re.compile(
    r"\b(?:why|how come)\b(?: \w+){0,6} (?:confidence|confident)\b|\bconfidence\b(?: \w+){0,3} (?:about|in what|of what)\b|\bsurer\b|\bconfidence\b.*\bwhat (?:can|could|should|would|do) (?:we|i)\b"
)
_START = re.compile(
    r"\b(?:can|may|could|should|shall|do|are) (?:we|i|you)\b(?: \w+){0,3} (?:start|begin|go ahead|proceed|get going)\b|\bstart or (?:not|wait|can)\b"
)
_RELIES = re.compile(
    r"\b(?:rely|relied|trust|count|depend|bank|build)\b(?: \w+){0,2} on\b|\btrust (?:it|this|that)\b"
)
_WORSE = re.compile(r"\b(?:worse|lower|less|falls?|drops?|bad|down|below|under)\b")
_BETTER = re.compile(r"\b(?:better|higher|more|rises?|improves?|good|up|above|over)\b")
_SAME = re.compile(r"\b(?:also|too|both|same|again|either|as well|twice|either way|anyway)\b")
_STANDS_FOR_QUALITY = re.compile(r"\b(?:quality|score|right|accura\w+|result|hit rate|keep prompting)\b|%")
_PICTURE = re.compile(r"\b(?:chart|graph|picture|plot|diagram|drawing|graphic)\b")
_FAR = re.compile(r"\bhow (?:far|close|near|much)\b|\bwhere\b(?: \w+){0,4}? (?:we|us|our|i)\b")
_TIMES_PAID = re.compile(r"\b(?:years?|months?)\b")
_WORKED_OUT = re.compile(
    r"\b(?:where|how|what)\b.*\b(?:come|comes|came|from|get|gets|got|calculat\w*|work(?:ed)? out|arriv\w*|comput\w*)\b|\b(?:show|explain)\b.*\b(?:sum|calculation|maths?|arithmetic)\b|^\d+(?:\.\d+)? (?:years?|months?) ?[?]*$"
)
_WEAKEST = re.compile(
    r"\b(?:which|what)\b(?: \w+){0,4} (?:numbers?|figures?|answers?|inputs?|assumptions?)\b.*\b(?:embarr?as\w*|weak\w*|attack\w*|bite\w*|shak\w+|challenge\w*|fall (?:over|apart)|trip|sink|blow up|torn|tear\w*|question(?:ed)?|wobbl\w*|hurt|doubtful)\b"
)
_TO_FIND_OUT = re.compile(
    r"\b(?:which|what) (?:facts?|things?|information|answers?|numbers?)\b(?: \w+){0,5} (?:find|find out|gather|look up|bring|get|missing|need)\b"
)
_STEP = re.compile(
    r"\b(?:step|third|second|first|point \d|number \d)\b|\b(?:do|does|work|go about|how)\b.*\b(?:two people|split\w*|label\w*)\b"
)
_CONCRETELY = re.compile(
    r"\b(?:concrete\w*|exactly|practical\w*|in practice|in detail|how (?:does|do|would|should|can|is) (?:it|that|this|we|you|i|one)|what (?:is|are) there to|looks? like|what do(?:es)? (?:the|they|we|both)\b(?: \w+){0,3} do|how many|what must we|how to)\b"
)
_TWO_PEOPLE = re.compile(
    r"\b(?:two|both) (?:people|persons|colleagues|of us|teachers|labell?ers|reviewers|experts)\b|\bboth of them\b|\bthe two (?:have|do|should|must|of)\b"
)
_LABELS = re.compile(r"\b(?:step|thing|part|label\w*|mark\w*|cases|work|done|first|read|compare)\b")
_LARGEST = re.compile(
    r"\b(?:largest|biggest|main|most (?:common|frequent))\b(?: \w+){0,3} (?:miss(?:es)?|mistakes?|errors?)\b"
)
_SPLITS = re.compile(r"\bto split\b|\bsplit\w*\b(?: \w+){0,2} (?:task|it|step|work|in|into)\b")
_THEN_TRAIN = re.compile(
    r"\b(?P<n>\d[\d,]*) (?:more|extra|further|additional)\b(?! (?:minutes?|hours?|days?|weeks?)\b).*(?:\b(?:then|and|until|before|till)\b.*\b(?:train|tune|tuning|training)\b|\band (?:thats|that is|this is) (?:it|all|enough)\b)"
)
_LEAVE = re.compile(
    r"\b(?:leave|keep|stay|stick)\b(?: \w+){0,3} (?:as (?:it )?is|as they are|like (?:this|that)|with (?:it|this|that)|it there|at that)\b|\bbe done with (?:it|this)\b"
)
_NEARLY = re.compile(r"\b(?:nearly|almost|close|good enough|fine|near)\b")
_ONE_VOICE = re.compile(
    r"\b(?:one|single|only one|same) (?:\w+ )?(?:opinion|person|voice|teacher|expert|judge|reviewer|marker|view|editor|authority|hand)s?\b|\bjust (?:one|his|hers|mine|her)\b"
)
_WE_AGREE = re.compile(
    r"\b(?:i|we) (?:\w+ )?(?:know|knows|agree|am sure|are sure)\b.*\b(?:right|correct|answer|good|it)\b|\bnobody disagrees\b|\bwe all agree\b"
)
_GAP = re.compile(
    r"\b(?:short|below|under|behind|off|gap|need\w*|want\w*|missing|away|target|must|has to|not \d+)\b"
)
_STAYS = re.compile(
    r"\b(?:stay\w*|keep|carry on|as we are|with what we have|go on|stick|not train\w*|arent we|no (?:own )?(?:training|tuning|model)|leave|same)\b"
)
_NO_ARGUMENT = re.compile(
    r"\b(?:quality|per ?cent|points|score)\b.*\b(?:no|not|never|nothing)\b.*\b(?:argument|reason|count|matter|weigh|interest)\w*|\b(?:quality|score)\b.*\b(?:no|not a) (?:argument|reason)\b|\b(?:ignor\w*|overlook\w*|forget|forgot)\b.*\b(?:quality|per ?cent|points|target|score)\b"
)
_ENOUGH = re.compile(
    r"\b(?:is|isnt|would|wont|wouldnt|could|does|doesnt|will)\b.*\b(?:enough|suffic\w*|do the job|do it|do as well)\b"
)
_COSTS = re.compile(
    r"\b(?:cost\w*|price\w*|pay|how much|all in|spend|dollars|money|wins?|stack\w*|compare\w*)\b"
)
_OWN = re.compile(
    r"\b(?:own|our) (?:\w+ )?(?:servers?|hardware|machines?|gpus?|data ?cent(?:er|re))\b|\bhost\w*(?: \w+){0,2} (?:ourselves|themselves|yourself|myself|on our own|in ?-?house)\b|\bself ?-?host\w*"
)
_RENTED = re.compile(
    r"\b(?:amazon|aws|bedrock|nova|the hosted|hosted (?:one|variant|version|option)|providers?|cloud)\b"
)
_GETS = re.compile(r"\bwhat (?:do|would|will|does|are)(?: \w+){0,2} (?:get|gain|buy|bring)\w*\b|\bwhy\b")
_OPEN = re.compile(r"\bopen (?:\w+ )?(?:one|model)\b|\buntrained (?:one|model)\b")
_TUNED = re.compile(r"\b(?:tuned|trained|fine ?-?tuned|tuning|training)\b")
_WHY_NOT = re.compile(
    r"\bwhy\b.*\b(?:not|cant|cannot|dont|wont|isnt|couldnt|no)\b|\bwhat about\b|\bhow about\b|\bwhy (?:no|not)\b"
)
_SMALL_MODEL = re.compile(r"\b(?:cheaper (?:model|one)|luna|mini|haiku|flash)\b")


def challenged(standing: Standing, message: TypedText) -> Question | None:
    """What is called in question of this very advice; ``None`` for talk, a supposition, and anything else."""
    text, to_the_app = message.text, message.mentioned or message.act.direct
    plain = in_digits(plain_words(text))
    if len(text) > LONGEST or (opens_supposing(text) and not _ONE_VOICE.search(plain)):
        return None
    found = _of_options(standing, text, plain) or _of_the_doubt(standing, text, plain)
    if found is None or to_the_app or found.of.startswith("then"):
        return found
    return None if is_talk(text, PLAINLY_TALK, standing.consultation.task) else found


def _of_options(standing: Standing, text: str, plain: str) -> Question | None:
    """Two options in the words of people outside the trade, and one that is ruled out."""
    names = {one.name for one in options_of(standing)}
    is_gone = "prompt_cached" in names and any(one.option == "hosted" for one in standing.advice.removed)
    if is_gone and _RENTED.search(plain) and _WHY_NOT.search(plain):
        return Question("removed", "data_may_leave")
    base, small = scenario_of(standing).baseline, _SMALL_MODEL.search(plain)
    if base is not None and "cheaper_model" in names and small and _ENOUGH.search(plain):
        is_plain = not (IF.search(plain) or _TUNED.search(plain) or "nova" in plain)
        return _held(("cheaper_model", base.name), "quality") if is_plain else None
    if not _COSTS.search(plain) or IF.search(plain):
        return None
    over = months_over(plain)
    term = ("over", str(over)) if over > 0 else ()
    if (
        {"self_hosted", "self_hosted_prompted"} <= names
        and _OPEN.search(plain)
        and _TUNED.search(plain)
        and not _GETS.search(plain)
    ):
        return _held(("self_hosted", "self_hosted_prompted"), "extra")
    if {"self_hosted", "hosted"} <= names and _OWN.search(plain) and _RENTED.search(plain):
        return _held(("hosted", "self_hosted"), *term)
    best = scenario_of(standing).best_tuned
    is_tuned = best is not None and (_TUNED.search(plain) or re.search(r"\b(?:fine ?-?tun\w+|nova)\b", plain))
    if best is None or not is_tuned or "cheaper_model" not in names or not _SMALL_MODEL.search(plain):
        return None
    if term:
        return _held(("cheaper_model", best.name), *term)
    is_rather = _WHY_NOT.search(plain) and standing.told.verdict in TUNING
    return _held(("cheaper_model", best.name), "rather") if is_rather else None


def _held(names: tuple[str, ...], *wanted: str) -> Question:
    return Question("compare", " ".join((*names, "@", *wanted)))


def _of_the_doubt(standing: Standing, text: str, plain: str) -> Question | None:
    """The side that is called in question."""
    if _WEAKEST.search(plain):
        return Question("confidence", "distance")
    if standing.told.verdict == Verdict.MEASURE_FIRST and _TO_FIND_OUT.search(plain):
        return Question("reason")
    if (chart := _on_the_chart(standing, text, plain)) is not None:
        return chart
    if (found := _of_the_level(standing, text, plain) or _of_money(standing, text, plain)) is not None:
        return found
    if side := _of_quality(standing, text, plain) or _of_a_step(standing, plain):
        return Question("challenge", side)
    return None


def _on_the_chart(standing: Standing, text: str, plain: str) -> Question | None:
    """How far it is to where the lines meet, or a crossing held against the own volume."""
    own = standing.advice.answers.number(PRICING)
    small = re.findall(r"(?<![\d.,])\d+(?![\d.,k])\b", plain)
    said = {Decimal(one) for one in (*figures_in(text), *small)}
    crossings = volumes_named(standing, text)
    is_here = own is not None and own in said
    if is_here and crossings and len(said - {own}) <= 2 and re.search(r"\bcheaper\b", plain):
        return Question("challenge", "crossing")
    is_place = _PICTURE.search(plain) and _FAR.search(plain) and re.search(r"\bcheaper\b", plain)
    return of_the_chart(standing, text, plain) if is_place else None


def _of_the_level(standing: Standing, text: str, plain: str) -> Question | None:
    """Why the confidence is what it is beside something that speaks for another, or what may be done on it."""
    if not _LEVEL.search(plain) or re.search(r"\b(?:advi[sc]\w+|recommend\w*|never)\b", plain):
        return None
    up_front = [one for one, kind in costs_named(standing, text) if kind == "up_front"]
    if _RELIES.search(plain) and up_front:
        return Question("confidence", "sign")
    if _START.search(plain):
        return Question("challenge", "start")
    if _CHANCE.search(plain) and _DOUBTS.search(plain) and _chance_named(standing, plain):
        return Question("challenge", "chance")
    is_paid = re.search(r"\b(?:pays?|paid|money|comes?)\b(?: \w+){0,2} (?:back|off)\b", plain)
    if is_paid and _DOUBTS.search(plain):
        return Question("challenge", "level")
    if not _WHY_SO.search(plain) or standing.told.confidence == "high":
        return None
    is_tuning = standing.told.verdict in TUNING
    return Question("challenge", "level") if is_tuning else Question("confidence", "raise")


def _chance_named(standing: Standing, plain: str) -> bool:
    """Whether a text names the chance that tuning pays back."""
    best = scenario_of(standing).best_tuned
    if best is None or best.probability_pays_back is None:
        return False
    said = [Decimal(one) for one in re.findall(r"\b\d+(?:\.\d+)?\b", plain)]
    return any(abs(one - Decimal(str(100 * best.probability_pays_back))) < 1 for one in said)


def _of_money(standing: Standing, text: str, plain: str) -> Question | None:
    """What is spent for, or how many years until it is paid back are worked out."""
    best = scenario_of(standing).best_tuned
    months = best.payback_months if best is not None else None
    if months is not None and _TIMES_PAID.search(plain) and _WORKED_OUT.search(plain):
        said = [Decimal(one) for one in re.findall(r"\b\d+(?:\.\d+)?\b", plain)]
        if any(abs(months - one * unit) <= unit / Decimal(2) for one in said for unit in (1, 12)):
            return Question("challenge", "paid")
    is_first = standing.told.verdict == Verdict.PROMPT_FIRST
    is_named = costs_named(standing, in_digits(text)) or len(_MONEY.findall(plain)) > 1
    is_sum = _SUM.search(in_digits(text.lower())) is not None and not _EXCLAIMS.search(plain)
    is_named = is_named or is_sum
    if (standing.told.verdict in TUNING or is_first) and is_named and _SPENDS.search(plain):
        return (
            Question("challenge", "grounds")
            if _GROUNDS.search(plain) and not _OF_SIGNING_STILL.search(plain)
            else None
        )
    return None


_MONEY = re.compile(r"\b\d[\d.,]*k?\b")
_EXCLAIMS = re.compile(r"\b(?:mad|crazy|insane|absurd|nuts)\b")
"""What is said of any sum: one of this thread has to be named."""
_SUM = re.compile(r"\$ ?\d|\b\d[\d.,]*(?:k\b|000\b| thousand)")


def _of_quality(standing: Standing, text: str, plain: str) -> str:
    """Two turns of one number that lead to one verdict, the gap where it decides nothing, a count that is too small."""
    found, answers = standing.told, standing.advice.answers
    sides = next((one for one in found.inputs if one.key in ("quality_now", "eval_correct")), None)
    if sides is not None and sides.below is not None and sides.above is not None:
        is_both = (
            not turn_named(standing, text)
            and _WORSE.search(plain)
            and _BETTER.search(plain)
            and _SAME.search(plain)
        )
        if is_both and sides.below.verdict == sides.above.verdict and _STANDS_FOR_QUALITY.search(plain):
            return "between"
    quality, target = standing.advice.quality, answers.number("quality_target")
    reasons = answers.of("reasons")
    is_of_cost = isinstance(reasons, frozenset) and "quality" not in reasons and found.verdict not in TUNING
    is_short = (
        quality is not None
        and quality.point is not None
        and target is not None
        and quality.point < float(target)
    )
    if is_of_cost and is_short and _GAP.search(plain) and _STAYS.search(plain) and "why" in plain.split():
        return "gap"
    if is_of_cost and is_short and _NO_ARGUMENT.search(plain):
        return "gap"
    is_open = found.verdict == Verdict.MEASURE_FIRST and "quality" in found.deciding
    if is_open and _LEAVE.search(plain) and _NEARLY.search(plain):
        return "leave"
    if found.verdict == Verdict.REDEFINE_TASK and answers.of("misses") == "disagreement":
        if _ONE_VOICE.search(plain) and re.search(r"\b(?:train|tune|learn|teach|use|take)\b", plain):
            return "voice"
        if _WE_AGREE.search(plain) and re.search(r"\b(?:disagree|people|why|what)\w*\b", plain):
            return "agree"
    return ""


def _of_a_step(standing: Standing, plain: str) -> str:
    """How a next step is done, and that so many more examples are enough."""
    verdict = standing.told.verdict
    is_how = _CONCRETELY.search(plain) and not re.search(r"\bmean(?:s|t|ing)?\b", plain)
    if is_how and _TWO_PEOPLE.search(plain) and _LABELS.search(plain) and verdict == Verdict.REDEFINE_TASK:
        return "alone"
    if (
        is_how
        and _STEP.search(plain)
        and _SPLITS.search(plain)
        and verdict in (Verdict.KEEP_PROMPTING, Verdict.REDEFINE_TASK)
    ):
        return "split"
    if is_how and _LARGEST.search(plain) and verdict == Verdict.KEEP_PROMPTING:
        return "largest"
    have, least = standing.advice.answers.number("labelled_examples"), standing.advice.policy.enough_labels
    met = _THEN_TRAIN.search(plain)
    if verdict == Verdict.COLLECT_EXAMPLES and have is not None and met is not None:
        return f"then {met['n'].replace(',', '')}" if int(met["n"].replace(",", "")) + have >= least else ""
    return ""
