"""Questions about what somebody is about to do, or has just seen: waiting, doing both, being stuck, an option that is gone. Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Callable

from bot.conversation.by_kind import Question, figures_in, objection_in
from bot.conversation.named import compared, months_in, options_in, topic_in
from bot.conversation.supposing import plain_words

_GONE = re.compile(
    r"\b(?:kill\w*|remov\w*|rul\w+ out|out of the question|exclud\w*|eliminat\w*|threw out|thrown out|throws? out|struck|knock\w* out|took (?:away|out)|taken (?:away|out)|off the table|disappear\w*|vanish\w*|missing|gone|not (?:listed|shown|there|among|in the (?:table|list)|an option|offered|available)|no longer (?:an option|there|possible)|disqualif\w*|drop(?:s|ped)?|fell? out|cross\w* out|isnt (?:listed|shown|there|an option|offered|in the (?:table|list))|arent (?:listed|shown|there|offered))\b"
)
_AN_OPTION = re.compile(
    r"\b(?:options?|choices?|rows?|variants?|alternatives?|ways?|apis?|hosted|providers?|cloud|openai|azure|vendors?)\b"
)
_NOTHING = re.compile(
    r"\bwhat (?:happens|if|would happen|then)\b(?: if)?(?: \w+)? (?:i|we|they) (?:just |simply )?(?:dont|do not|didnt)(?: do (?:it|this|that|any of it))?(?: ?[?]|$)|\b(?<!there )(?<!sitting )(?<!around )(?<!lying )(?<!about )(?<!idle )(?:do(?:es|ing|ne)? (?:absolutely |just |simply )?nothing|did nothing|change nothing|changing nothing|(?:leave|leaving|keep|keeping) (?:it|everything|things|all|all of it|the thing) (?:exactly |just )?(?:as|like|the way) (?:it is|they are|is|it stands|now|today|this)|(?:stay|carry|carrying|go|going|muddle|muddling|continue|continuing) (?:on |along |through )?(?:as|like) (?:we are|now|is|this|today|before|it is)|sit (?:still|on (?:it|this|our hands)|it out)|stand still|not (?:act|do anything)|dont (?:act|do anything)|inaction|standing still|(?:postpon\w+|put(?:ting)? (?:it|this|that) off|hold(?:ing)? off|delay\w*|shelv\w+|wait(?:ing)? with (?:it|this)|push(?:ing)? (?:it|this) back|sleep on it)\b.*\b(?:cost|lose|price|money|happens?|miss|quarter|year|months?|expensive))\b"
)
_BOTH = re.compile(
    r"\b(?:do|did|doing|does|done|try|tried|have|had|want|combin\w+) (?:both|the two)\b|\b(?:now|first|today|for now|meanwhile)\b.*\b(?:and|then|but)\b.*\b(?:train|tune|fine ?-?tune|training|tuning)\b.*\b(?:later|after\w*|next|once|when|in (?:spring|summer|autumn|winter|january|a year|half a year))\b"
    r"|\b(?:and|then|but) (?:train|tune|fine ?-?tune)(?: \w+){0,2} (?:later|after\w*|next (?:year|spring|summer|quarter))\b|\b(?:prompt\w*) (?:now|first|for now)\b.*\b(?:train\w*|tun\w+|fine ?-?tun\w+)\b"
)
_RANKED = re.compile(
    r"\b(?:strongest|heaviest|weightiest|most important|main|biggest|best|decisive|key) (?:\w+ )?(?:reasons?|grounds?|points?|factors?|arguments?|ones?)?(?: \w+){0,2}? ?first\b|\b(?:strongest|heaviest|most decisive|most important|biggest) (?:reasons?|grounds?|arguments?|factors?)\b.*\b(?:then|second|next|after that|and so on)\b|\b(?:in|by) (?:order of |the order of )?(?:weight|importance|strength|priority)\b|\brank\w*\b.*\b(?:reasons?|grounds?|answers?|factors?|arguments?)\b|\b(?:reasons?|grounds?|answers?|factors?)\b.*\b(?:rank\w*|in order|ordered|sorted)\b|\b(?:what|which) (?:\w+ )?(?:reason|ground|factor) (?:is|was|weighs?) (?:the )?(?:strongest|heaviest|most)\b"
)
_OPPOSED = re.compile(r"\b(?:against|counter\w*|opposite|speaks? for the other)\b")
_COMES_BACK = re.compile(
    r"\b(?:comes?|came|turns?|turned|ends?) (?:back|out|up)(?: (?:to be|with|as|a|an|being|is))* (?:no|yes|negative|positive)\b"
)
"""An answer that nobody knows yet, and then does."""
_A_CALL = re.compile(
    r"\b(?:each|every|a|per|one|single|the) (?:single )?(?:call|request|answer|message|query|ticket|document|note|letter|piece)s?\b(?: \w+){0,5} (?:cheap\w*|less|next to nothing|almost nothing|fraction\w*|pennies|cents?)\b|\b(?:cheap\w*|less|fraction\w*) (?:per|a|each|for each|by the) (?:call|request|answer|message|query|ticket)\b|\b(?:first year|year one|12 months|twelve months|up ?-?front|in total|overall|altogether)\b.*\b(?:dear\w*|more expensive|costs? more|higher|so much)\b.*\b(?:though|although|when|while|but|if|even)\b|\b(?:dear\w*|more expensive|costs? more|higher)\b.*\b(?:first year|year one)\b"
)
_WHY = re.compile(r"\b(?:why|how come|how can|how is|how does|explain|dont (?:get|understand)|what makes)\b")
_PLAINLY = re.compile(
    r"\b(?:(?<!would )(?<!id )(?<!we )(?<!i )like|as if|as though|as to|as you would)\b(?: \w+){0,2} (?:im|i am|i was|i were|were|was|a|an|to a|to an|for a|for an|my|the|someone|somebody|five|5|child\w*|person|people|to)\b|\b(?:plain|simple|normal|everyday|human|ordinary|lay\w*) (?:words|english|language|terms|speech)\b|\b(?:tell|explain (?:it |this |them |the \w+ )?to|say to) (?:a|an|my|the|our) \w+\b|\bno jargon\b|\bwithout (?:the )?(?:jargon|tech\w*|abbreviations?)\b|\bfor (?:dummies|beginners|a lay\w*|a person who|people who|someone who|somebody who|non-?tech\w*)\b|\bin words (?:a|my|the|that)\b"
)
_OF_ALL = re.compile(
    r"\b(?:options?|choices?|variants?|alternatives?|possibilit\w+|ways)\b|\b(?:what|how much) (?:does |do |would |will )?(?:each|every|all of them|they all|they each)\b|\beach (?:one|of them)?\b.*\bcosts?\b"
)
_COST = re.compile(r"\b(?:costs?|prices?|money|numbers?|figures?|bills?|sums?|pay)\b")
_STUCK = re.compile(
    r"\b(?:stuck|stall\w*|plateau\w*|stagnat\w*|ceiling|hit(?:s|ting)? (?:a|the) (?:wall|ceiling|limit)|(?:no|not any) (?:further|more) progress|(?:not|isnt|doesnt|does not|wont|never|hasnt|didnt|no longer|cannot|cant) (?:get(?:s|ting)?|got|gotten|mov\w*|improv\w*|go(?:es|ing)?|gone|climb\w*|budg\w*|push it)(?: it| any)?(?: past| above| over| beyond| better| further| up| higher)?|same (?:score|level|percentage|quality) (?:for|since)|flat (?:for|since)|nothing (?:helps|moves|works)|tried everything)\b"
)
_SCORED = re.compile(r"\b(?:prompt\w*|quality|score|accura\w+|per ?cent|target|right|results?|\d\d)\b|%")


_FORWARDED = re.compile(
    r"\b(?:in|into|max|maximum|at most|just|only)? ?(?:one|two|three|four|five|six|a few|a couple of|\d{1,2})(?: (?:or|to) (?:two|three|four|five|six|\d))? (?:\w+ ){0,2}?(?:sentences?|lines?)\b(?! (?:long|prompt))"
    r"|\b(?:(?:can|could|to|i|we|will|would|must|should) (?:forward|paste|present|read out)(?: (?:it|this|that|something))?|(?:forward|paste|present|read out) (?:it|this|that|something|(?:your|the) (?:advice|answer|result|verdict|summary)))(?: \w+){0,2} (?:to|into|in|at)\b(?! every)|\belevator pitch\b|\b(?:put|phrase|formulate|write|word|rewrite|explain|translate) (?:it|this|that|something)\b.*\b(?:for|to) (?:our|my|the|a|an|someone|somebody) "
    r"|\bwhats ?app\b(?! messages? (?:we|a day))|\bfor (?:the|our) (?:minutes|newsletter)\b|\bin the minutes\b"
)
A_LONG_MESSAGE = 40
"""Words."""
_SO_MANY_LINES = re.compile(
    r"\b(?:sa(?:y|id|ys)|told|wrote|is|are|was|were)(?: \w+){0,3} (?:one|two|three|\d) (?:\w+ ){0,2}?(?:sentences?|lines?)\b"
)
"""How long something is, said of it."""
_OPPOSED_TO_IT = re.compile(
    r"\bdevils? ?advocate\b|\b(?:strongest|best|worst|weakest|heaviest) (?:\w+ )?(?:arguments?|reasons?|points?|case)\b.*\b(?:against|not|regret|sorry|mistake|reasoning|advice)\b|\b(?:argue|argument) (?:the |for the )?(?:other side|against|opposite|contrary)\b|\bcounter ?-? ?arguments?\b|\bwill (?:we|i) regret\b|\bpersuade me of the opposite\b"
)
_SPLIT = re.compile(
    r"\bstable (?:part|bit|piece|half)\b|\b(?:which|what) (?:part|bit|half|piece|things?)\b.*\b(?:stable|trained|train|prompt|weights|baked)\b|\b(?:trained|training|baked in|weights)\b.*\b(?:and|or) what\b.*\b(?:prompt|written|typed|rest)\b"
)
_THOROUGH = re.compile(
    r"\b(?:missing|wrong|lacking|bad)\b(?: \w+){0,3} (?:from|in|with) (?:it|my|our|the)\b.*|\b(?:call|count(?:s)? as|qualif\w+ as|mean by|makes?|write|look like)\b(?: \w+){0,4} (?:good|thorough|proper|fair|real) (?:prompt|try|chance)\b|\b(?:good|thorough|proper|fair) (?:prompt|try|chance)\b.*\b(?:mean|look like|for you|exactly|is that|have to have)\b|\b(?:not|isnt|no) (?:a )?(?:\w+ )?(?:trying|a try|tried)\b.*\?"
)
_NOTED = re.compile(
    r"\bwhat\b(?: \w+){0,4} (?:write|note|put|jot)(?: it)? down\b|\bwhat (?:do|should|must) (?:i|we) note\b|\bhow (?:do|should|can|would) (?:i|we|you|one) (?:measure|test|count|score)\b|\brecipe\b.*\bmeasur\w+|\bmeasur\w+\b.*\brecipe\b"
)
_AGREEMENT = re.compile(
    r"\b(?:agree\w*|(?:the )?same (?:mark|grade|label|code|answer|score)|identical (?:marks|grades|labels|codes))\b.*\b(?:\d+|nine|eight|seven) (?:out )?(?:of|in) (?:the |every )?(?:\d+|ten)\b|\b\d+ (?:out )?of (?:the )?\d+ (?:identical|the same)\b|\bhow much agreement\b|\bwhich (?:percentage|rate|share) (?:of agreement )?would be (?:ok|okay|enough|fine)\b"
)
_PAID_BACK = re.compile(r"\b(?:pay ?-?back|pays? (?:it(?:self)? )?back|paid back|break ?-?even|money back)\b")
_OF_PAYBACK = re.compile(
    r"\b(?:incl|includ\w*|both|contradict\w*|never|true|month \d|(?:\d+|two|three|six|seven|eight|nine|ten|eleven) months?)\b"
)
_OF_WHICH = (
    ("first_year", re.compile(r"\b(?:first|1st) ?-? ?year|\byear one\b|\b12 ?-? ?months? (?:total|figure|sum|number)\b")),
    ("up_front", re.compile(r"\bup ?-? ?front\b|\btraining (?:line|figure|number|sum|cost|price|bill|row)\b|\b(?:one ?-? ?off|one ?-? ?time|initial|set ?-?up) (?:\w+ )?(?:cost|sum|line|figure|price|number|amount|bill|payment)s?\b")),
    ("month", re.compile(r"\bmonthly (?:line|figure|number|sum|cost|price|bill|total|amount|row)\b|\b(?:figure|number|sum|price|amount) (?:a|per|for a|for each|each) month\b|\bper ?-? ?month (?:figure|number|sum|price|amount|line)\b")),
)  # fmt: skip
_MADE_OF = re.compile(
    r"\b(?:built|made|put together|made up|composed|consists?|calculated|worked out|computed|added up|adds? up|assembled|derived)\b(?: \w+){0,3}(?: (?:from|of|out of|up|together|with|to))?|\bwhere(?:s|d)?\b.*\bfrom\b|\bfrom where\b|\bwhats? (?:\w+ ){0,2}in (?:it|there|that|this|the)\b|\bwhat (?:exactly |all |else )?(?:is|goes|went|sits|hides|are) (?:\w+ )?(?:in|into|inside|behind)\b|\b(?:break|split|itemi[sz]e|unpack)\w*\b|\bparts? of\b|\bpulled? .*\bout of\b|\b(?:does|do|did|is|are)\b.*\b(?:cover\w*|includ\w*|contain\w*)\b.*\bor\b|\bhow (?:do|did|have) you (?:get|got|come|arrive|reach|calculate\w*|work\w*)\b"
)
_OF_TRAINING = re.compile(
    r"\b(?:number|figure|sum|price|amount|cost)s? (?:for|of) (?:the )?(?:training|tuning|fine ?-?tun\w*|trained|tuned)\b"
)
_BEFORE_IT_RUNS = re.compile(
    r"\b(?:set (?:me|us|them) back|cost|pay|spend|put down|lay out|fork out|shell out|cough up)\b.*\bbefore (?:a|the|one|we|i|it|any\w*|our|my)\b.*\b(?:single|first|runs?|live|going|start\w*|begin\w*|use\w*|works?)\b"
)
_LACKED = re.compile(
    r"\b(?:number|figure|count|threshold|limit|minimum|amount|fifty|50)\b.*\b(?:lack\w*|short of|missing|need\w*|require\w*|want\w*|too few|ask(?:ing)? for|examples?)\b|\b(?:lack\w*|short of|need\w*|require\w*|missing)\b.*\b(?:number|figure|threshold|limit|minimum|fifty)\b"
)
_CAME_FROM = re.compile(
    r"\bwhere(?:s|d)?\b.*\b(?:from|get|got|take|took|find|found)\b|\bfrom where\b|\bwho (?:says|said|set|decided|made)\b|\bhow (?:do|did|have) you (?:get|got|come|arrive|reach)\b|\bout of (?:the air|thin air|a hat)\b|\bbased on what\b|\bsource\b"
)
_CARRIED_ON = re.compile(
    r"\b(?:let|leave) it (?:be|alone)\b|\b(?:go|goes|going|carry|carries|carrying|keep|keeps|keeping) on\b.*\bas (?:i|we|they|it|now|before|ever|always|usual|today)\b|\b(?:dont|do not|never|nobody) (?:touch|change|do) (?:anything|a thing|any of it)\b|\b(?:ignor\w+|skip\w*) (?:all )?(?:of )?(?:this|that|it|the lot|the advice)\b.*\b(?:carr\w+|go|goes|on)\b|\b(?:do|did|does) nothing\b"
)
_HARM = re.compile(
    r"\b(?:harm|hurts?|damage|lose|loss|losing|bad|worse|worst|wrong|cost\w*|price|happens?|then|what if|suppose|consequences?)\b"
)
_TO_MARK = re.compile(
    r"\bhow many\b.*\b(?:mark|check|control|score|grade|review|look at|go through|count|verify|test|judge|correct)\w*\b.*\b(?:before|until|till|so that|to)\b.*\b(?:trust|believe\w*|rely|figure|number|percentage|score|measure\w*)\b|\bhow (?:big|large)\b.*\b(?:sample|test set|set of cases)\b"
)
_MONEY_AGAIN = re.compile(
    r"\b(?:see|get|have|earn|recoup|recover)\b(?: \w+){0,3} (?:money|investment|outlay|cash|spend\w*|euros|dollars)(?: \w+){0,2} (?:again|back|in|home)\b|\b(?:see|get|have)\b(?: \w+){0,2} (?:again|back)(?: \w+){0,2} (?:money|investment|outlay|cash)\b|\b(?:money|investment|outlay|cash)\b(?: \w+){0,3} (?:back|again|recovered|recouped)\b|\b(?:recoup\w*|amorti[sz]\w+)\b"
)
_OTHER_SIDE = re.compile(
    r"\b(?:opposing|other sides?|adverse|the opponents?) (?:counsel|lawyer|attorney|advocate|barrister|solicitor)\b|\b(?:said|made|speaks?|argued) (?:for|in favou?r of) (?:ignoring|not (?:following|listening)|disregarding|overruling|doing the opposite)\b|\bcross ?-? ?examine\b|\b(?:argue|plead|speak) against (?:it|this|that|you|yourself|your)\b"
)
_BETTER_BY = re.compile(
    r"\bhow (?:much|many (?:points|per ?cent)) (?:\w+ ){0,2}(?:better|improve\w*|gain\w*|accurate|rise|go up|more (?:right|accurate|correct))\b|\b(?:percent\w*|points)\b.*\b(?:better|improve\w*|gain\w*)\b|\b(?:better|improve\w*|gain\w*)\b.*\b(?:in|a|what) per ?cent\w*\b"
)
_STILL_MISSING = re.compile(
    r"\bhow many\b.*\b(?:missing|lack\w*|short|to go|needed|left|more)\b.*\b(?:until|till|before|for you to|so that) (?:you|i|we|it)\b"
)
_TO_WRITE = re.compile(
    r"\bwhat (?:do|should|must|would|can) (?:i|we) (?:\w+ ){0,2}(?:put|write|type|fill|add) (?:in|into|to|in to) (?:it|there|the (?:thing|prompt))\b.*\b(?:before|so that|until|till|next)\b"
)
_OWN_HOURS = re.compile(
    r"\b(?:is|are|was|were)\b(?: \w+)? (?:my|our) (?:own )?(?:evenings?|weekends?|nights?|saturdays?|sundays?|hours|time)\b.*\b(?:in|part of) (?:it|there|the|that|this|your) ?(?:table|sum|costs?|figures?|calculation|price|total)?\b"
)
_DONE_BEFORE = re.compile(
    r"\b(?:did|didnt|have|havent|had|hadnt)\b(?: \w+)? (?:we|you|they|i|the team|somebody|someone|anyone|anybody)(?: \w+){0,2} (?:do|done|go|gone|have|had|been|look\w*|discuss\w*|debat\w+|talk\w*|decid\w+|settle\w*|tr(?:y|ied)|ask\w*)\b(?: \w+){0,8} (?:al+ready|before|once|earlier|last (?:year|month|time|spring|summer|autumn|fall|winter)|(?:back )?in (?:spring|summer|autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december)|(?:years?|months?|weeks?|while) ago)\b"
)
_HOW_IT_PAYS = re.compile(
    r"\bfrom where\b|\bwhere\b.*\bfrom\b|\b(?:made|work(?:s|ed|ing|ings)?|reproduc\w+|calculat\w+|comput\w+|formula|inputs?|divid\w+|add(?:s|ed)? up|derive\w*|arrive\w*|get to|got to|come from|comes from|deriv\w+)\b"
)
_TURNS_IT_OVER = re.compile(
    r"\bwhich (?:\w+ ){0,3}(?:one|answer|number|figure)\b.*\b(?:turns?|tips?|topples?|flips?|overturns?|upsets?|changes?|kills?|breaks?)\b(?: \w+){0,4} (?:over|thing|result|verdict|advice|it|all|everything)\b"
)
_OF_ONE_MIND = re.compile(
    r"\bhow (?:much|often|many|far)\b.*\b(?:(?:of (?:the )?)?same (?:opinion|mind|answer|label)|of one mind|agree\w*|unanimous)\b"
)
_TOWARDS = re.compile(
    r"\b(?:count|counts|counted|good) (?:towards?|toward|as|for|into)\b.*\b(?:number|examples?|minimum|threshold|total|reviewed|fifty|50)\b"
)
_AT_THIS_PACE = re.compile(
    r"\b(?:reviewed|checked|label\w*|annotat\w*|examples?)\b.*\b\d+ (?:more )?(?:\w+ )?(?:per|a|an|each|every) (?:day|week|month)\b.*\b(?:when|how long|how soon|until|till|(?:in|by) (?:which|what))\b"
)
_NEEDS_ARGUMENT = re.compile(
    r"\b(?:have not|havent|have no|need|lack\w*|missing|give me|want|look\w* for|without|find)(?: \w+){0,2} arguments?\b(?! for)"
)
_IN_SO_MANY_WORDS = (
    (_DONE_BEFORE, Question("similar")), (_TURNS_IT_OVER, Question("weighed")),
    (_OF_ONE_MIND, Question("disagreement")), (_TOWARDS, Question("question", "labelled_examples")),
    (_AT_THIS_PACE, Question("question", "labelled_examples")),
    (_TO_WRITE, Question("steps")), (_OWN_HOURS, Question("counted")),
    (_TO_MARK, Question("measuring")), (_STILL_MISSING, Question("enough")), (_OTHER_SIDE, Question("against")),
    (_BETTER_BY, Question("quality", "gain")), (_MONEY_AGAIN, Question("payback")),
)  # fmt: skip


def _made_of(plain: str) -> Question | None:
    """The one figure whose parts are asked for: what is up front, a month or in the first year; or the examples that lack."""
    if re.search(r"\bexamples?|\bcards?|\bcases?|\black|\bshort of\b", plain) and (
        _LACKED.search(plain) and _CAME_FROM.search(plain)
    ):
        return Question("enough", "source")
    if "$" in plain:
        return None
    which = next((name for name, words in _OF_WHICH if words.search(plain)), "")
    if not which and _OF_TRAINING.search(plain) and _CAME_FROM.search(plain):
        return Question("parts", "hosted")
    if not which and _BEFORE_IT_RUNS.search(plain) and not _NOTHING.search(plain):
        return Question("parts", " ".join(("up_front", *_of_one_option(plain))))
    return (
        Question("parts", " ".join((which, *_of_one_option(plain))))
        if which and _MADE_OF.search(plain)
        else None
    )


def _of_one_option(plain: str) -> tuple[str, ...]:
    """The option whose figure it is, where one is named that is not the one that tunes."""
    named = options_in(plain)
    return named if len(named) == 1 and named[0] != "hosted" else ()


def _of_this_or_that(plain: str) -> Question | None:
    """Two options that are held against each other, whoever wants to see it."""
    plain = re.sub(r"\b(?:tiny|wee) (?=model|one)", "small ", plain)
    both = compared(re.sub(r"\bprompt (?=(?:\w+ ){0,2}cache)", "", plain))
    is_side_by_side = re.search(
        r"\b(?:side by side|versus|vs|against each other|which (?:one )?wins)\b", plain
    )
    return Question("compare", " ".join(both)) if len(both) > 1 and is_side_by_side else None


def _to_be_defended(plain: str) -> Question | None:
    """What somebody needs who has to answer for it: how the payback is worked out, or an argument."""
    if _PAID_BACK.search(plain) and _HOW_IT_PAYS.search(plain):
        return Question("payback")
    if _NEEDS_ARGUMENT.search(plain) and not _OPPOSED.search(plain):
        return Question("why", objection_in(plain))
    return None


def _is_to_be_passed_on(plain: str) -> bool:
    """Whether a short text is wanted. In a long message "one line" may be said of anything, unless it is asked for."""
    if len(plain.split()) <= A_LONG_MESSAGE:
        return _FORWARDED.search(plain) is not None
    return _FORWARDED.search(_SO_MANY_LINES.sub(" ", plain)) is not None


def asks_when_there(text: str) -> bool:
    """Whether a text asks when so many examples are there, at so many a week: no calls a month, whatever it supposes."""
    return _AT_THIS_PACE.search(plain_words(text)) is not None


def plainly_named(plain: str) -> Question | None:
    """The question that a text asks in so many words, whatever else it says."""
    found = _to_be_defended(plain) or _of_this_or_that(plain) or _made_of(plain)
    found = found or next((asked for words, asked in _IN_SO_MANY_WORDS if words.search(plain)), None)
    if found is not None:
        return found
    if _CARRIED_ON.search(plain) and _HARM.search(plain) and not _FORWARDED.search(plain):
        return Question("waiting", months_in(plain))
    if len(rows := compared(plain)) > 1 and rows[0].startswith("row"):
        return Question("compare", " ".join(rows))
    if _is_to_be_passed_on(plain) and not re.search(
        r"\b(?:prompt|letters?|mails?|it|one) (?:is|are|has|of|its about|with)(?: \w+){0,3} lines?\b|\bwith one line\b|\babout two lines\b",
        plain,
    ):
        return Question("short")
    if _OPPOSED_TO_IT.search(plain):
        return Question("against")
    if _SPLIT.search(plain):
        return Question("split")
    if "prompt" in plain and _THOROUGH.search(plain):
        return Question("fair_try")
    if _NOTED.search(plain):
        return Question("measuring")
    if _AGREEMENT.search(plain):
        return Question("disagreement")
    if _PAID_BACK.search(plain) and _OF_PAYBACK.search(plain):
        return Question("payback")
    return None


def named_by_situation(text: str, plain: str) -> Question | None:
    """The question that a text asks by the situation it speaks of; ``None`` where it speaks of none known here."""
    return next((found for find in _FINDERS if (found := find(text, plain)) is not None), None)


def _gone(text: str, plain: str) -> Question | None:
    """Which answer took an option away."""
    if not _GONE.search(plain) or not (_AN_OPTION.search(plain) or len(options_in(plain)) > 0):
        return None
    topic = topic_in(plain)
    is_of_answer = topic in ("can_wait", "labelled_examples", "misses:disagreement")
    if is_of_answer and not _AN_OPTION.search(plain):
        return None
    return Question("removed", _kept_in(plain))


def _kept_in(plain: str) -> str:
    """The answer that is suspected: that the data stays, or how many examples there are."""
    if re.search(r"\b(?:data|send|sent|leave|outside|legal|privacy|gdpr|compliance|cloud)\b", plain):
        return "data_may_leave"
    return "labelled_examples" if topic_in(plain) == "labelled_examples" else ""


def _waiting(text: str, plain: str) -> Question | None:
    return Question("waiting", months_in(plain)) if _NOTHING.search(plain) else None


def _both(text: str, plain: str) -> Question | None:
    return Question("both") if _BOTH.search(plain) else None


def _ranked(text: str, plain: str) -> Question | None:
    return Question("weighed") if _RANKED.search(plain) and not _OPPOSED.search(plain) else None


def _comes_back(text: str, plain: str) -> Question | None:
    """What an answer that is not known yet leads to, whichever it is."""
    if not _COMES_BACK.search(plain):
        return None
    topic = topic_in(plain).partition(":")[0]
    return (
        Question("skipped", topic)
        if topic in ("data_may_leave", "can_wait", "cheaper_model_enough", "per_request_instructions")
        else None
    )


def _first_year(text: str, plain: str) -> Question | None:
    is_dear = re.search(r"\b(?:dear\w*|expensive|costs? more|more|higher|pays? back|year)\b", plain)
    return Question("first_year") if _A_CALL.search(plain) and _WHY.search(plain) and is_dear else None


def _options(text: str, plain: str) -> Question | None:
    """All options, in words for people outside the trade, each with its cost."""
    asks_all = _OF_ALL.search(plain) and (_COST.search(plain) or "difference" in plain)
    return Question("options") if _PLAINLY.search(plain) and (asks_all or _COST.search(plain)) else None


def _stuck(text: str, plain: str) -> Question | None:
    if not _STUCK.search(plain) or not _SCORED.search(plain):
        return None
    figures = figures_in(text)
    return Question("stuck", figures[0] if len(figures) == 1 else "")


_FINDERS: tuple[Callable[[str, str], Question | None], ...] = (
    _comes_back, _gone, _waiting, _both, _ranked, _first_year, _options, _stuck,
)  # fmt: skip
