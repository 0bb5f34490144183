"""What people tell beside a number that changes nothing of it: who asked for it, when there is more, what becomes of the rest."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Mapping

from core.reading.reply import Reply
from core.reading.rule import Rule

_TO_THE_END = r"[^\d.;]*$"
_BESIDE: Mapping[str, tuple[Rule, ...]] = {
    "calls_per_month": (
        Rule(
            r"(?:(?<=last week )|(?<=last year )|(?<=last quarter ))(?:it was|there were|we had|we did|that was|i had)(?= )"
        ),
        Rule(
            r"^(?:it |that |this )?(?:all )?depends(?: a bit| a little| a lot| very much)? on (?:the |our )?\w+(?: of \w+)? ?(?:, but|,|but|;|:|-)"
        ),
        Rule(
            r"(?:, |and |but )?(?:sometimes |often |usually |occasionally |then )?(?:a (?:few|bit|little|lot) |some |many |perhaps |maybe |even )?(?:more|less|fewer|busier|quieter|none|nothing|unless)"
            r" (?:when|if|in|on|during|at|around|over|before|after|we get|it|there is)\b" + _TO_THE_END
        ),
        Rule(
            r", (?:(?:near enough|nearly|almost|about|maybe|perhaps|up to) )?(?:double|twice|triple|half)(?: that| as many| as much)? (?:in|around|before|after|during|over|at)\b"
            + _TO_THE_END
        ),
        Rule(
            r", (?:before|after|in|at|around|over|during) (?:\w+ ){1,3}(?:a (?:bit|few|little|lot) )?(?:more|less|fewer)(?= ?[.!]?$)"
        ),
        Rule(r"(?<=[,;.] )(?:it |that |this )?(?:all )?depends (?:on|of|how|upon)\b" + _TO_THE_END),
        Rule(
            r"(?:that is |it is )?(?:already )?after (?:the |our )?(?:\w+ )?(?:cache|caching|dedup\w*|filters?|filtering|duplicates)(?= ?[,.]|$)"
        ),
        Rule(
            r"(?:if (?:you|we|i) )?averag(?:e|ed|ing) (?:it |that |them |this )?(?:out )?over (?:the|a)(?: whole)? year(?= |$)"
        ),
        Rule(
            r", (?:mostly|mainly|most of (?:it|them)|especially) (?:just |right )?(?:before|after|around|in|during|at)\b"
            + _TO_THE_END
        ),
        Rule(r"and (?:climbing|rising|growing|counting|going up)(?: (?:slowly|fast|steadily))?(?= ?[,.!]?$)"),
        Rule(r"(?:, )near enough(?= )|, (?:but )?not more(?= ?[,.;]|$)"),
        Rule(
            r"when (?:the |our |all |all the )?(?!pilot|trial|test|project|app|model|it|this|that)\w+ (?:is|are) (?:in|here|open|there|running|full|complete|heated)(?= ?[,.]?$)"
        ),
    ),
    "quality": (
        Rule(
            r"(?:that )?(?:i|we|they|you) (?:do not|hardly|barely|never|rarely)(?: ever)?(?: have to| need to)? (?:touch|change|correct|fix|edit|rewrite|redo)(?: (?:it|them|anything))?(?= |$)"
        ),
        Rule(r"(?<= )or (?:else|(?:\w+ ){1,4}(?:will|would|do|does|can) not)\b" + _TO_THE_END),
        Rule(r", (?:and )?the rest (?:i|we|they|he|she|goes|is|are|gets)\b" + _TO_THE_END),
        Rule(
            r"(?:how|what|where)(?: \w+){1,5} (?:nobody|no one|we never|we have not|has not been|has never been)(?: has| have| ever)? (?:been )?(?:measured|counted|checked|known|tested)(?: yet)?"
        ),
        Rule(
            r"(?<= )(?:the |my |our |\w+ )?(?:boss|client|director|customer|manager|they|he|she|we|nobody)(?: \w+)? (?:never|not)(?: ever| yet)? (?:say|says|said|told us|tell|decided|set|fixed|agreed)(?: \w+){0,2} (?:what|how|which)\b"
            + _TO_THE_END
        ),
        Rule(
            r"(?:the )?(?:current|present|real|actual|today s)(?: (?:score|rate|quality|figure|number|one))? (?:nobody|no one|we never|we have not|has not been|has never been|is not|was never)(?: has| ever)? (?:measured|counted|checked|known)(?: yet)?"
        ),
    ),
    "prompt_examples": (
        Rule(r"(?:half|quarter of) a page|(?:a|one|two|three) pages?(?: and a half)?(?= |$)"),
        Rule(
            r"(?:and |but )?no (?:output |real |proper )?(?:schema|validation|validator|json|structure|format|checks?|rules|layout|tools?)(?= ?[,.;]|$)"
        ),
    ),
    "labelled_examples": (
        Rule(
            r"(?:, |and |but |that )?(?:we|i|they) (?:never|hardly ever|do not|did not) (?:kept?|keep|stored?|saved?|collect(?:ed)?|record(?:ed)?)(?: (?:them|it|any|those|the \w+))?(?= ?[,.]|$)"
        ),
        Rule(r"^(?:fewer|less|more|not as many) (?:than|as) (?:i|we) (?:would|should) like :"),
        Rule(r", (?:and |but )?the (?:rest|others) " + _TO_THE_END.replace(".;", ".;,")),
        Rule(r"there (?:should|must|ought to|might|may|could) be(?= )"),
        Rule(r", (?:those|these) are the ones (?:i|we) (?:would )?(?:trust|use|mean)\b" + _TO_THE_END),
    ),
}


def explain_told_beside(reply: Reply) -> None:
    """Mark as understood what is told beside the number that was asked for."""
    if reply.mode != "answer" or not any(reply.is_used(quantity) for quantity in reply.quantities):
        return
    for rule in _BESIDE.get(reply.asked or "", ()):
        for found in rule.finditer(reply.line):
            reply.explain_characters(found.start(), found.end())
