"""What a question asks of what is at hand in its thread: a gap, a volume to come, the cheaper model first, a condition. Pure.

It is looked for before all else that a thread may be asked, so each of these takes at least two signs together.
"""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from bot.conversation.asked import PLAINLY_TALK, is_question, opens_asking
from bot.conversation.by_kind import LEAST_CALLS, Question, figures_in, is_talk
from bot.conversation.of_a_turn import turning_numbers
from bot.conversation.of_this_thread import costs_named, options_named, scenario_of, volumes_named
from bot.conversation.replies import TypedText
from bot.conversation.standing import PRICING, Standing
from bot.conversation.supposing import opens_supposing, plain_words
from bot.conversation.together import told_together
from core.reading.cleaning import LONGEST
from core.tree import TUNING, Verdict

_WHY = re.compile(r"\b(?:why|how come|what for|reason)\b")
_SHORT_OF = re.compile(
    r"\b(?:points?|per ?cent)\b(?: \w+){0,3} (?:short|below|under|off|missing|away|behind|too (?:low|few))\b|\bshort of\b|\b(?:below|under|miss(?:es|ed|ing)?|not (?:at|reach\w*)) (?:the |our )?(?:target|goal|mark)\b|\bfalls? short\b|\bnot good enough\b"
)
_QUALITY_COUNTS = re.compile(
    r"\bquality\b(?: \w+){0,4} (?:matter\w*|counts?|counted|reason|important)\b|\b(?:reason|matter|care\w*)\b(?: \w+){0,3} quality\b"
)
_AND_STILL = re.compile(
    r"\b(?:sense|still|yet|surely|telling|tell|keep|stay|carry on|go on|going|no (?:training|tuning|reason)|not (?:train|tune))\b"
)
_TO_COME = re.compile(
    r"\b(?:brings?|season\w*|soon|grow\w*|next (?:year|month|spring|summer|autumn|winter|quarter)|going to|expect\w*|plan\w*|(?:get|be|come|go|goes|rise|rises|climb\w*)(?: us| up)? (?:to|over|past|above|beyond)|peaks?|easily)\b"
)
_THEN = re.compile(
    r"\b(?:what (?:happens|then|would|will|does|about)|and then|then what|is it then|will it|does (?:that|it) (?:change|tip|turn))\b"
)
_NO_REASON = re.compile(
    r"\b(?:costs?|money|price|savings?)\b(?: \w+){0,4} (?:not|no|never|isnt|out)\b|\b(?:not|no|isnt|never) (?:\w+ ){0,2}(?:about |for |a matter of )?(?:the )?(?:costs?|money|price|savings?)\b"
)
_CATCH = re.compile(
    r"\b(?:catch|too good to be true|drawback|downside)\b|\bwhy (?:are|do|did|have|is|dont|arent|havent|isnt)\b(?: \w+){0,3} (?:not|on that|using|use|take|taking)\b|\bwhy (?:dont|arent|havent|not)\b|\bwhy (?:\w+ ){0,4}?(?:ignore|nobody|refuse|avoid|pass on)\b"
)
_HAS_TO = re.compile(r"\b(?:has to|have to|needs? to|must)\b")
_MAY_DO = re.compile(
    r"\b(?:can|cant|could|couldnt|would|wouldnt|should|shall|wont|will) (?:we |i |it )?(?:\w+ ){0,3}(?:do|enough|start|try|manage|handle|suffice|use|first)\b"
)
_NO_GOOD = re.compile(r"\b(?:no|any|not|too) (?:\w+ )?(?:good|bad|weak|stupid|dumb)\b")
_FIRST_OF_TWO = re.compile(
    r"\b(?:which (?:one )?(?:first|should|do|would|of)|(?:then|so)(?: \w+)? we (?:tune|train)|why (?:then )?(?:tune|train|do we (?:tune|train))|or)\b"
)
BARE = 6
"""Words: so few that name two options ask which of them."""
_ASIDE = re.compile(r"\b(?:or|vs|versus|against)\b")
_LEVEL = re.compile(
    r"\b(?:says?|said|its|it is|is|be|then|yet|but|only|confidence|write|wrote|marked|called|still|why)(?: \w+){0,3} (?:low|medium)\b|\b(?:low|medium) (?:confidence|certainty)\b"
)
_UNSURE_OF = re.compile(
    r"\b(?:un ?-?sure|uncertain|not (?:so |very |quite )?(?:sure|certain)|in doubt|doubts?|shaky|what (?:is|s) (?:missing|it afraid of)|what worries|afraid|whats wrong|what is wrong|(?:dont|do not|cant|cannot) (?:get|understand|follow|see))\b"
)
_WAIT = re.compile(
    r"\b(?:should|shall|must|do|better) (?:i|we)\b(?: \w+){0,3} (?:wait|hold|pause|stop|postpone)\b"
)
_WHY_LOW = re.compile(r"(?:(?:so|but|and|ok|then) )*(?:why|how come) (?:\w+ ){0,4}(?:low|medium)\??$")
_NOT_LEVEL = re.compile(r"\b(?:low|medium|lower|high) (?:price|cost|volume|quality|target|score|number)s?\b")
_TWO_SURE = re.compile(r"\b(?:which|both|contradict\w*|believe|how can|at odds|the same time|fit together)\b")
_CHANCE = re.compile(r"\b(?:chance|probab\w+|odds|likelihood)\b|\d ?%|\bper ?cent\b")
_SURE = re.compile(r"\b(?:confidence|confident|sure|certain)\b")
_REASONS = re.compile(r"\breasons? (?:left )?(?:to|for) (?:tune|train\w*|tuning|fine ?-?tun\w*)\b")
_WHICH = re.compile(r"\b(?:which|what|whats|where|find|name|meant?)\b")
_OF_A_PROVIDER = re.compile(
    r"\b(?:big|large|well ?-?known|major|outside|commercial|public)(?: \w+)? (?:compan(?:y|ies)|vendors?|providers?|players?|names?|firms?)\b|\b(?:microsoft|mistral|open ?ai|(?:chat ?)?gpt|azure|aws|amazon|google|gemini|claude|anthropic|copilot|providers? model|like every(?:one|body))\b"
)
_WHY_NOT = re.compile(
    r"\b(?:why|could|can|should|may|would|are) (?:we|i|they|you) (?:\w+ )?(?:not|never)\b|\b(?:cant|couldnt|cannot|shouldnt|why not|not simply|not just)\b|\bwhy (?:dont|arent|no|is it not|isnt|wouldnt)\b|\bwhat (?:stops|keeps|speaks against)\b|\bno way\b|\b(?:any|a) way to\b|\ballowed\b"
)
_US = re.compile(
    r"\b(?:its|it is|is it|really|that|because of|down to|fault of|blame|problem is|with) (?:\w+ )?(?:us|ours?|we|the (?:people|teachers|staff|task|humans|team|raters|graders|experts))\b|\b(?:our|my) (?:own )?(?:fault|people|teachers|staff|side|doing)\b|\b(?:us|we) (?:or|and not|not)\b"
)
_MACHINE = re.compile(
    r"\b(?:computers?|machines?|the (?:model|ai|prompt|tool|software|bot|program|thing)|ai|robot|technology)\b"
)
_DOUBTED = re.compile(
    r"\b(?:sure|certain|know|knows|tell|says|maybe|perhaps|could it be|prove\w*|really|just|or|rather)\b"
)
_RESULT = re.compile(
    r"\b(?:what|which|how (?:good|well|high|much|many))\b(?: \w+){0,3} (?:result|score|quality|outcome|number|figure|rate|right|have to|must|would|does|need)\b"
)
_DROP = re.compile(
    r"\b(?:drop|forget|give up|abandon|stop|spare us|save us|skip|not (?:tune|train)|no(?: more)? (?:tuning|training)|instead|enough|change your mind|stay with|keep)\b"
)
_TO_DO = re.compile(
    r"\bwhat (?:must|do|should|can|shall|would) (?:we|i|you|they|our)(?: \w+){0,3} (?:have to |need to |must )?do\b.*\b(?:before|until|so that|to get|for you)\b"
)
_SETTLED = re.compile(
    r"\b(?:is that (?:it|all|enough)|that it|are we (?:done|through|finished)|is it (?:done|over|enough)|then (?:what|tune|train)|more conditions|(?:any|some)thing else|another (?:hurdle|condition|question)|next (?:hurdle|condition)|until we can|before (?:we|i) (?:can|may))\b"
)
_HOW_MANY = re.compile(r"\bhow many\b(?: \w+){0,2} examples?\b")
_WORSE = re.compile(r"\b(?:worse|lower|less|fewer|down|drops?|below)\b")
_BETTER = re.compile(r"\b(?:better|higher|more|up|rises?|above)\b")
_BOTH_SAY = re.compile(r"\b(?:both|also|same|either way|twice|contradict\w*|in (?:any|each|either) case)\b")
_FROM = re.compile(
    r"\bwhere\b.*\bfrom\b|\bfrom where\b|\b(?:what|whats|why)\b(?: \w+){0,2} \$?\d|\bwhat (?:is|does|are)\b|\bexplain\b"
)
_PRICE_SAID = re.compile(r"\$\s?(\d+\.\d+)|\b(\d+\.\d+) (?:dollars|usd)\b")
_COSTS_MORE = re.compile(
    r"\b(?:defend|justify|explain (?:it|this|that) to|sell (?:it|this)|tell (?:my|our|the) (?:boss|board|committee|finance))\b|\bthat is the advice\b|\bgood advice\b|\bwhat do we get\b|\bwhat (?:is|s) (?:it|that) for\b|\bin it for (?:us|me)\b|\bwhat\b(?: \w+){0,4} pay(?:ing)?\b(?: \w+){0,6} for\b|\breasons? (?:to|for|why) (?:\w+ ){0,3}?(?:pay|sign|spend|approve|accept|order)\w*|\bwhy (?:\w+ ){0,4}?(?:pay|sign|spend|approve|accept)\b"
)
_OF_ELSE = re.compile(r"\bwhat is (?:this|that|it)\b|\b(?:decided|last (?:time|year)|logged|the log)\b")
_BEFORE_NOW = re.compile(r"\b(?:decided|discharge|last (?:time|year)|logged|the log)\b")


def at_hand(standing: Standing, message: TypedText) -> Question | None:
    """What is asked of what is at hand; ``None`` where it is talk, or anything else."""
    text = message.text
    if len(text) > LONGEST:
        return None
    plain = plain_words(text)
    if (which := _bare(standing, text, plain)) is not None:
        return which
    if not (is_question(text) or opens_asking(text)):
        return None
    every = (_both_ends, _cheaper_got) if opens_supposing(text) else _FINDERS
    found = next((one for find in every if (one := find(standing, text, plain)) is not None), None)
    to_the_app = message.mentioned or message.act.direct
    if found is not None and not to_the_app and is_talk(text, PLAINLY_TALK, standing.consultation.task):
        return None
    return found


def _of(aspect: str, *rest: str) -> Question:
    return Question("at_hand", " ".join((aspect, *rest)))


def _pair(standing: Standing, text: str, plain: str) -> tuple[str, ...]:
    """The cheaper model and a tuned one, where a text names these two and no other."""
    names = options_named(standing, text, plain)
    is_pair = len(names) == 2 and "cheaper_model" in names and any(one in TUNED for one in names)
    return names if is_pair else ()


TUNED = ("hosted", "self_hosted")


def _bare(standing: Standing, text: str, plain: str) -> Question | None:
    """Two options by their names and nothing else: which of them."""
    if len(plain.split()) > BARE or not _ASIDE.search(plain) or re.search(r"\d{2}", plain):
        return None
    names = options_named(standing, text, plain)
    if len(names) != 2 or re.search(r"\b(?:cost|costs|price|cheaper|dearer|if)\b", plain):
        return None
    if _pair(standing, text, plain) and standing.told.verdict in TUNING:
        return _of("first")
    is_asked = is_question(text) or _pair(standing, text, plain)
    return Question("compare", " ".join((*names, "@"))) if is_asked else None


def _gap(standing: Standing, text: str, plain: str) -> Question | None:
    """Why what is missing to the target is no reason, where quality is none of the reasons to tune."""
    answers = standing.advice.answers
    reasons, aim, quality = answers.of("reasons"), answers.number("quality_target"), standing.advice.quality
    if standing.told.verdict != Verdict.KEEP_PROMPTING or not isinstance(reasons, frozenset):
        return None
    if aim is None or quality is None or quality.point is None or quality.point >= float(aim):
        return None
    if "quality" not in reasons and _QUALITY_COUNTS.search(plain):
        return _of("gap", "counts")
    said = {Decimal(one) for one in re.findall(r"\b\d+(?:\.\d+)?\b", plain)}
    is_named = {round(Decimal(str(quality.point)) * 100), round(aim * 100)} <= said
    is_doubted = _WHY.search(plain) or (is_named and _AND_STILL.search(plain))
    if not (is_doubted and (is_named or _SHORT_OF.search(plain))):
        return None
    return Question("reason") if "quality" in reasons else _of("gap")


def _to_come(standing: Standing, text: str, plain: str) -> Question | None:
    """What happens at a volume to come, beside one at which lines cross."""
    own = standing.advice.answers.number(PRICING)
    crossed = volumes_named(standing, text)
    if own is None or not crossed:
        return None
    if _NO_REASON.search(plain) and min(crossed) > own and re.search(r"\b(?:mean|so|then|is|does)\b", plain):
        return _of("saves_nothing")
    costs = {Decimal(one) for one in re.findall(r"\$(\d+)", text.replace(",", ""))}
    others = [
        one
        for one in map(Decimal, figures_in(text))
        if one >= LEAST_CALLS and one not in costs and one not in crossed and abs(one - own) > own / 50
    ]
    is_asked = len(others) == 1 and _TO_COME.search(plain) and _THEN.search(plain)
    return _of("volume", f"{others[0]:f}") if is_asked else None


def _cheaper(standing: Standing, text: str, plain: str) -> Question | None:
    """Why the cheaper model is not used, which of the two comes first, or which result of it is enough."""
    names = options_named(standing, text, plain)
    base = scenario_of(standing).baseline
    if base is None or "cheaper_model" not in names or _OF_ELSE.search(plain):
        return None
    untried = not isinstance(standing.advice.answers.of("cheaper_model_enough"), bool)
    if standing.told.verdict in TUNING and untried:
        if (
            _RESULT.search(plain)
            and (_DROP.search(plain) or _HAS_TO.search(plain))
            and not costs_named(standing, text)
        ):
            return _of("cheaper_enough")
        if _MAY_DO.search(plain) and not (costs_named(standing, text) or _CATCH.search(plain)):
            return _of("first")
        if _pair(standing, text, plain) and _FIRST_OF_TWO.search(plain) and "year" not in plain:
            return _of("first") if re.search(r"\b(?:tune|train|first)\b", plain) else None
    if names == ("cheaper_model",) and _NO_GOOD.search(plain) and not _CATCH.search(plain):
        return Question("compare", f"cheaper_model {base.name} @ quality") if base.name != names[0] else None
    if _CATCH.search(plain) and not any(one in TUNED for one in names) and base.name != "cheaper_model":
        both = names if base.name in names else (*names, base.name)
        return Question("compare", " ".join((*both, "@ why")))
    return None


_SCORE = re.compile(
    r"(?<![\d.,$])(\d{2}(?:\.\d+)?)\b(?![.,]?\d| ?(?:k|m|dollars|calls|weeks|days|examples|cases))"
)


def _cheaper_got(standing: Standing, text: str, plain: str) -> Question | None:
    """What becomes of it if the cheaper model gets so many right."""
    untried = not isinstance(standing.advice.answers.of("cheaper_model_enough"), bool)
    if standing.told.verdict not in TUNING or not untried or "target" in plain:
        return None
    said = _SCORE.findall(plain)
    is_of_it = options_named(standing, text, plain) == ("cheaper_model",) and len(said) == 1
    return _of("cheaper_got", said[0]) if is_of_it else None


def _ever_better(standing: Standing, text: str, plain: str) -> Question | None:
    """When the tuned one is the better, where an open model is prompted first."""
    base, tuned = scenario_of(standing).baseline, scenario_of(standing).best_tuned
    if standing.told.verdict != Verdict.SELF_HOST or base is None or tuned is None or base.name == tuned.name:
        return None
    is_asked = re.search(r"\b(?:when|ever|at all|under what)\b.*\b(?:better|worth|choice|right one)\b", plain)
    is_named = any(one in TUNED for one in options_named(standing, text, plain))
    return Question("compare", f"{base.name} {tuned.name} @ better") if is_asked and is_named else None


def _unsure(standing: Standing, text: str, plain: str) -> Question | None:
    """What the confidence is unsure about; or which to believe, a level or the chance of paying back."""
    if not standing.told.confidence:
        return None
    if (
        _CHANCE.search(plain)
        and _SURE.search(plain)
        and _TWO_SURE.search(plain)
        and re.search(r"\b(?:pay\w*|chance)\b", plain)
    ):
        return _of("chance")
    is_level = _LEVEL.search(plain) and not _NOT_LEVEL.search(plain)
    if is_level and _WAIT.search(plain):
        return Question("confidence", "rely")
    is_tuned = standing.told.verdict in TUNING and _WHY_LOW.match(plain)
    return _of("unsure") if is_tuned or (is_level and _UNSURE_OF.search(plain)) else None


def _reasons(standing: Standing, text: str, plain: str) -> Question | None:
    """Which reason to tune is meant."""
    known = standing.given_to("reasons") is not None
    is_asked = _REASONS.search(plain) and _WHICH.search(plain) and len(plain.split()) <= LONG
    return _of("reasons") if known and is_asked else None


LONG = 30
"""Words: a longer text says more than it asks."""


def _provider(standing: Standing, text: str, plain: str) -> Question | None:
    """Why no provider's model is used, where the data may not leave."""
    in_house = standing.told.verdict == Verdict.SELF_HOST
    is_asked = _OF_A_PROVIDER.search(plain) and _WHY_NOT.search(plain)
    return _of("provider") if in_house and is_asked else None


_HOSTED = re.compile(
    r"\b(?:hosted|(?:at|by|with) (?:a|the|some|our) provider|providers?|aws|amazon|azure|google)\b"
)
_OWN = re.compile(r"\b(?:own|ourselves|in ?-?house|self ?-?host\w*)\b")


def _own_servers(standing: Standing, text: str, plain: str) -> Question | None:
    """Why it is tuned on their own servers, where a provider is ruled out for that."""
    tuned = scenario_of(standing).best_tuned
    is_so = standing.told.verdict in TUNING and tuned is not None and tuned.name == "self_hosted"
    is_out = any(one.option == "hosted" for one in standing.advice.removed)
    is_asked = _HOSTED.search(plain) and (_OWN.search(plain) or _WHY_NOT.search(plain))
    return _of("own_servers") if is_so and is_out and is_asked else None


_TWO_WAYS = re.compile(
    r"\b(?:two|both|2) (?:\w+ )?(?:routes|ways|options|paths|variants|choices|alternatives|roads)\b"
)
_COST = re.compile(r"\b(?:costs?|price|prices|pay|money|dollars|bill)\b")


def _two_ways(standing: Standing, text: str, plain: str) -> Question | None:
    """What the two ways cost, prompting and tuning, where nobody names them."""
    scenario = scenario_of(standing)
    base, tuned = scenario.baseline, scenario.best_tuned
    is_asked = _TWO_WAYS.search(plain) and _COST.search(plain) and not _WHY.search(plain)
    if base is None or tuned is None or not is_asked:
        return None
    return Question("compare", f"{base.name} {tuned.name} @")


def _us_or_machine(standing: Standing, text: str, plain: str) -> Question | None:
    """Whether it is the people, or the model, where it was answered that people disagree."""
    disagree = standing.advice.answers.of("misses") == "disagreement"
    is_asked = _US.search(plain) and _MACHINE.search(plain) and _DOUBTED.search(plain)
    return Question("confidence", "answer misses") if disagree and is_asked else None


_ENOUGH = re.compile(
    r"\b(?:not|isnt|nearly|almost|already) (?:\w+ )?(?:good|enough|fine|ok|okay|there)\b|\bso bad\b|\bgood enough\b"
)


def _is_enough(standing: Standing, text: str, plain: str) -> Question | None:
    """Whether the present quality is not good enough, named by its figure."""
    aim, quality = standing.advice.answers.number("quality_target"), standing.advice.quality
    if aim is None or quality is None or quality.point is None or quality.point >= float(aim):
        return None
    said = {Decimal(one) for one in re.findall(r"(?<![\d.,$])\d+(?:\.\d+)?\b", plain)}
    is_named = round(Decimal(str(quality.point)) * 100) in said
    return (
        Question("why", "quality")
        if is_named and _ENOUGH.search(plain) and len(plain.split()) <= LONG
        else None
    )


def _work(standing: Standing, text: str, plain: str) -> Question | None:
    """What they have to do before something."""
    return Question("steps") if _TO_DO.search(plain) and "nothing" not in plain else None


def _settled(standing: Standing, text: str, plain: str) -> Question | None:
    """Whether so many examples in the prompt settle it, where it has had no fair try."""
    if standing.told.verdict != Verdict.PROMPT_FIRST or not _SETTLED.search(plain):
        return None
    told = told_together(standing, text).get("prompt_examples")
    if isinstance(told, int):
        return _of("settled", str(told))
    return _of("settled") if _HOW_MANY.search(plain) else None


def _both_ends(standing: Standing, text: str, plain: str) -> Question | None:
    """How a worse and a better score can lead to the same advice."""
    is_asked = _WORSE.search(plain) and _BETTER.search(plain) and _BOTH_SAY.search(plain)
    if not is_asked:
        return None
    for one in standing.told.inputs:
        if one.key not in QUALITY or one.below is None or one.above is None:
            continue
        low, high = one.below.number, one.above.number
        if low and high and one.below.verdict is not None and one.below.verdict == one.above.verdict:
            return Question(
                "figure", " ".join(f"{(end * (100 if end < 1 else 1)).normalize():f}" for end in (low, high))
            )
    return None


QUALITY = ("quality_now", "eval_correct")


def _turning_price(standing: Standing, text: str, plain: str) -> Question | None:
    """What a small price of the advice is, at which the verdict turns."""
    said = {Decimal(one or other) for one, other in _PRICE_SAID.findall(text.lower())}
    met = [one for one in turning_numbers(standing) if any(abs(one - each) <= one / 100 for each in said)]
    return _of("turning", f"{min(said):f}") if met and _FROM.search(plain) else None


def _for_what(standing: Standing, text: str, plain: str) -> Question | None:
    """What one gets for a tuned model that costs more, or what to say for it."""
    scenario = scenario_of(standing)
    base, tuned = scenario.baseline, scenario.best_tuned
    if standing.told.verdict not in TUNING or base is None or tuned is None:
        return None
    is_dearer = (tuned.month or 0) > (base.month or 0)
    is_named = costs_named(standing, text) or re.search(
        r"\b(?:more|double|twice|dearer|thousand|a month)\b", plain
    )
    is_asked = _COSTS_MORE.search(plain) and not _BEFORE_NOW.search(plain)
    return (
        Question("compare", f"{base.name} {tuned.name} @ gain")
        if is_dearer and is_named and is_asked
        else None
    )


_FINDERS: tuple[Callable[[Standing, str, str], Question | None], ...] = (
    _gap, _to_come, _us_or_machine, _unsure, _cheaper, _reasons, _provider, _own_servers, _ever_better, _two_ways, _work, _settled, _both_ends, _turning_price, _for_what, _is_enough,
)  # fmt: skip
