"""Commands in the thread: anchored rules on short replies, so that "back in 5" is no "back"."""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from functools import lru_cache

from core.reading.outcome import Intent
from core.reading.rule import Rule
from core.reading.vocabulary import KNOWN

MOST_WORDS = 14

_POLITE_BEFORE = Rule(
    r"^(?:(?:hey|hi|ok|okay|so|well|hm+|and|but|then|please|pls|um|uh|sorry|wait|oops|ah|oh|hold on|no|honestly|tbh|really|would|rather|bot|§|can|could|would|will|you|i|we|want|to|like|just|let|us|me|,|\.)\s+){0,7}"
)
_POLITE_AFTER = Rule(
    r"(?:\s+(?:please|thanks|thank you|pls|though|again|now|then|for me|bot|§|lol|here|exactly|!|\.|\?|,)){1,8}$"
)

_RULES: tuple[tuple[Intent, str], ...] = (
    ("why_question",
     r"why (?:do|would|are|did|does|should) (?:you|we|i|it|that|this)(?: even| really)? (?:need|needed|ask|asking|want|care|matter|have to)\b.{0,60}"
     r"|why (?:is|are) (?:that|this|it|these|those)(?: even)? (?:important|relevant|needed|necessary|a question|asked)|why (?:this|that) question|why ask.{0,30}"
     r"|what (?:is )?(?:that|this|it) (?:needed )?for|what do you need (?:that|this|it) for|how is (?:that|this) relevant"),
    ("explain",
     r"how (?:did|do|does|have|are) (?:you|it|we|they)(?: \w+)? (?:get|got|come up with|end up with|calculate|compute|computing|calculating|come|came|work out|arrive|arrived|reach|derive|estimate|know)\b.{0,60}"
     r"|where (?:does|do|did|is|are) .{0,40}\bfrom|(?:show|give|see|tell)(?: me| us)?(?: the| your| all the)? (?:math|maths|calculation|calculations|working|workings|formula|formulas|breakdown|details|detail|arithmetic)\b.{0,30}"
     r"|explain(?! why)\b.{0,60}|how (?:is|are|was|were) .{0,40} (?:calculated|computed|derived|estimated|worked out|determined|priced)"
     r"|walk (?:me|us )?\s?through\b.{0,60}|break (?:it|that|this|the \w+|them) down|break down (?:the |this |that |your )?(?:\w+ )?(?:costs?|prices?|numbers?|figures?|estimate|ledger|bill|total|math)(?: \w+){0,4}|(?:cost )?breakdown"
     r"|what is (?:behind|in|included in) (?:the|that|this|your|those|these) (?:\w+ )?(?:number|cost|price|estimate|figure|total|amount|bill)s?|(?:show|tell)(?: me| us)? how (?:the |that |this |it |you ).{0,40}(?:computed|calculated|derived|priced|comes? about|worked out|works|got|get)(?: \w+){0,2}|what goes into (?:the|that|this|your) .{0,30}|(?:the )?math|what (?:does|did) (?:the|that) (?:cost|number|price|estimate) (?:include|consist of)"),
    ("why",
     r"why|why not|what is behind (?:that|this|the|your) (?:verdict|advice|recommendation|answer|result|conclusion|call|choice|decision|suggestion)|(?:what|which) (?:reasons?|grounds) (?:do|did) you have.{0,20}|how did you (?:decide|conclude|choose|pick)\b.{0,40}|(?:tell me |explain |say )why\b.{0,60}|why(?: not| is| are| do| did| does| would| should| the| that| this| fine| prompt| tune| keep| collect| self| hybrid| measure| you)\b.{0,60}|y|how come\b.{0,60}|but why"
     r"|what (?:is|was|are)(?: the| your)? (?:reason|reasons|reasoning|rationale|logic)\b.{0,40}|what (?:made|makes|led) you\b.{0,50}|on what (?:basis|grounds)|(?:the |your )?(?:reasoning|rationale|reasons)|justify.{0,30}|based on what|what for"),
    ("restart",
     r"(?:start|begin|starting)(?: all)?(?: it)? (?:over|again|afresh|anew|fresh|from scratch|from the (?:start|beginning|top))(?: from scratch| from the (?:start|beginning))?"
     r"|restart(?: it| this| everything| from scratch)?|reset(?: it| this| everything| all)?|from scratch|(?:clear|forget|wipe|discard)(?: it)? (?:everything|all|all answers|my answers)|redo (?:everything|it all|all)|(?:scrap|drop|delete|erase|throw away) (?:everything|it all|all of it|all(?: answers)?)(?: ,?(?: and)? (?:start over|start again|new start|fresh start|begin again))?|(?:new|fresh|clean) (?:start|slate)"),
    ("back",
     r"(?:go |step |take us |take me |move )?back(?: up)?(?: one| a| one step| a step| 1)?(?: question| step)?(?: to the (?:previous|last|prior) (?:question|one|step))?|(?:the |to the )?(?:previous|prior|last|prev)(?: question| one| step)?"
     r"|undo(?: that| it| this| last| the last(?: one| answer)?)?|go to (?:the )?(?:previous|last) (?:question|one)|revert(?: that| it)?|one (?:step )?back|zurück"),
    ("skip",
     r"skip(?: (?:this|that|it|one|question|the|rest|for|now|all|remaining|questions|over)){0,5}|next(?: (?:one|question|step))?|pass(?: on (?:this|that)(?: one)?)?|(?:let us )?move on|(?:i will |i would )?(?:rather )?skip"
     r"|n / a|na|not applicable|ignore (?:this|that|it)(?: one)?|leave (?:it|this|that)(?: one)?(?: out| open| blank)?|let us not|do not ask(?: me)?(?: (?:that|this))?|drop (?:it|this|that)(?: one| question)?|(?:come|get) back to (?:this|that|it) later|ask me later|later|no comment|no answer"),
    ("unsure",
     r"(?:i am |we are |am |are |im )?(?:not|un)(?: (?:really|entirely|totally|completely|too|very|so|100 %|quite|yet))* ?(?:sure|certain|clear)(?: (?:about|of) (?:that|this|it|that one|this one))?(?: yet| tbh| at the moment| right now)?"
     r"|not a clue|(?:i |we )?(?:have )?no clue.{0,12}|(?:i have |have |i |we )?no idea(?: (?:yet|tbh|sorry|at all|honestly))*|idk(?: (?:yet|tbh|sorry|man|honestly|really))*|idk"
     r"|(?:tbh |honestly |sorry )?(?:i |we )?(?:really |just |honestly )?(?:do|did|would) not (?:really |actually |exactly )?(?:know|remember|recall)(?: (?:yet|that|this|it|tbh|for sure|exactly|sorry|either|offhand|the number|right))*"
     r"|(?:i |we )?(?:would |will |do |need |i |we )*(?:have|need|got|must|should)? ?(?:to )?(?:check|ask|look|find out|confirm|verify|look it up)(?: with(?: \w+){1,3})?(?: (?:with|that|this|it|up|into|first|on|and|get|back|out|for|about|the|my|our|a|team|manager|legal|boss|lead|someone|somebody|people|finance|product|security|data|colleagues?|folks|you|internally|numbers|logs|dashboard|later|to)){0,9}"
     r"|(?:i |we )?(?:really |honestly )?(?:can|could) not (?:really )?(?:tell you|answer (?:that|this)|say for sure|even guess)(?: (?:yet|now|offhand))?|(?:i |we )?(?:have not|do not have) (?:the (?:faintest|foggiest|slightest)|a clue)(?: idea)?|your guess is as good as mine|search me|(?:it is |that is )?anyone s guess|(?:it is |that is )?anybody s guess|(?:hard|tough|difficult|impossible) to (?:say|tell|know|estimate)(?: (?:yet|now|really))?|(?:can not|could not) (?:say|tell|know)(?: (?:yet|now|for sure|right))*|unclear(?: (?:yet|still|so far))*|unknown|tbd|to be (?:determined|decided|defined)"
     r"|(?:we have )?(?:never|not|did not|have not)(?: yet)? (?:measured|checked|counted|tracked|tested it|measure|check|count|track)(?: (?:it|that|this|yet|so far|them))*|who knows|beats me|maybe|perhaps|possibly|could be|might be|\? \? \?|good question|not known(?: yet)?"
     r"|no clue|not that i know|keine ahnung|ni idea|je ne sais pas"),
    ("help",
     r"help(?: me| us| out)?|\?(?: \?){0,3}|what (?:does|do|did) (?:that|this|it|you|the \w+)(?: even| question)? (?:mean|mean by (?:that|this))|what do you mean.{0,40}|(?:i |we )?(?:do |did )?not (?:understand|follow|get it|get the question|get that|get this)(?: (?:the|this|that) question)?"
     r"|how does (?:this|that|it) work|how do i (?:use|answer|reply).{0,40}|what (?:can|should) (?:i|you|we) (?:do|say|type|ask|answer|reply)|what are (?:my|the) (?:options|choices|commands)|huh|confused|(?:i am )?(?:lost|confused|stuck)|commands|usage|options"
     r"|(?:what|which) (?:is|are|counts as) (?:a|an|meant|the meaning).{0,50}|(?:an )?example|give (?:me )?an example|clarify|rephrase(?: that)?|come again|hilfe|ayuda|(?:i )?need help"),
    ("summary",
     r"(?:a |the |show |give |me |us |my |our )*(?:summary|recap|overview|status|progress)(?: (?:so far|of (?:this|it|my answers|our answers|answers)))?|summari[sz]e(?: (?:it|this|that|everything|so far|my answers))*|recap(?: it| this)?"
     r"|what (?:have|did|has) (?:i|we|been|everyone)(?: \w+)?(?: (?:answered|said|told you|given|entered|say|answer|tell you))?(?: (?:so far|already|until|yet|up to))*"
     r"|(?:show|list|see|give|display)(?: me| us)?(?: all)?(?: of)?(?: the| my| our)? (?:answers|answers so far|inputs|status|progress)(?: so far)?|what is the (?:status|progress|state).{0,20}|where (?:are|were|do) (?:we|i)(?: stand| at| now| up to)?(?: so far)?|what do (?:you|we) (?:have|know)(?: so far)?|my answers|so far|tl ; ?dr(?: (?:of|for) .{0,30})?|(?:list|show|repeat|read back|give me) (?:back )?(?:everything|all|all that|what|all of what) (?:we|i) (?:have )?(?:told|said|answered|gave|given|entered|typed)(?: (?:you|so far|to you|until now))*|in short"),
)  # fmt: skip


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[Intent, Rule], ...]:
    return tuple((intent, Rule(pattern)) for intent, pattern in _RULES)


_ABOUT_US = frozenset(
    "prompt prompting tune tuning fine finetune finetuning train training verdict advice advise recommendation recommend recommending recommended suggest suggesting answer answers result decision hybrid host hosting collect measure keep cheaper cost costs price estimate number numbers figure figures question questions model models examples quality crossover ledger break even payback roi math calculation gap ratio threshold tree flip confidence range interval savings saving money gpu hosting retrieval it that this you your we".split()
)
_OPEN_ENDED = Rule(r"(?:why (?:is|are|was|did|does|do|the|this)|explain|how come) ")


def _is_about_us(line: str, intent: Intent) -> bool:
    """Whether a question with an open end is about the advice: "why is the printer slow" is not."""
    if intent not in ("why", "explain") or not _OPEN_ENDED.match(line):
        return True
    words = {word for word in line.split(" ") if word.isalpha()}
    return bool(words & _ABOUT_US) or len(words - KNOWN - {"explain"}) < 2


def command_in(line: str, question: str | None) -> Intent | None:
    """The command that this line is, if it is one and nothing else."""
    if line.count(" ") >= MOST_WORDS + 6 or len(line) > 120:
        return None
    plain = _POLITE_AFTER.sub("", line.strip(" .!,")).strip(" .!,")
    bare = _POLITE_BEFORE.sub("", plain, count=1)
    if question and plain == "y":
        return None
    for candidate in dict.fromkeys((plain, bare, line.strip())):
        if not candidate or candidate.count(" ") >= MOST_WORDS:
            continue
        for intent, pattern in _rules():
            if pattern.fullmatch(candidate) and _is_about_us(candidate, intent):
                return intent
    return None
