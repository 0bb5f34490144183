"""That somebody does not know, told as a reason: not tested, another team knows, still with legal."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.rule import Rule
from core.reading.topics.phrase import compiled

_WORDS = """
(not|never|nobody|no one|none of us|yet to be|still (to be|needs to be)|has yet to|have yet to|remains to be) … (tested|tried|test|try|measured|measure|checked|check|counted|count|looked|look|compared|compare|evaluated|analysed|analyzed|asked|ask|clarified|decided|discussed|verified|sorted|categori[sz]ed|assessed|scored|graded|rated|benchmarked|estimated|tracked|logged|seen (the|it|them)|gone through|determined|settled|designed|figured out|investigated|examined|run)
(no|without|not have|not got) … (idea|clue|measurements?|measuring|score|volumes?|stats|statistics|counts?|totals?|numbers|figures|breakdown|statistics|stats|evaluation|evals?|test set|experience|data on|decision|comparison|results?|insight|overview|visibility|records of)
(not|cannot|can not|could not) … (know|say|tell|sure|certain|aware|guess|judge|remember|recall|speak for)
(someone|somebody|another (team|group|department|office|person|colleague)|other team|the other team|our \\w+( team| department| office)?|a colleague|my (boss|colleague|manager)|the \\w+ (team|department|office|people|side|owner|developers?|analysts?)|(legal|finance|security|it|ops|engineering|product|sales|procurement|accounting|controlling|marketing|hr|compliance|the (vendor|agency|supplier|dpo|client|developers?|controller|analyst))) … (know|knows|would know|will know|decides?|handles?|does that|did that|did the|wrote|looks? into|looking into|testing|has those|has these|has the|have the|keeps?|would have|owns?|deals? with|in charge|to (say|decide|answer)|should know|could (say|tell))
(is|are|has|have) yet to (tell|say|decide|give|let|set|agree|name|fix) …
(have|need|has|would have|would need|ought|going|will|let me|must|should|could|i will|i would) … (to )?(ask|check|look (it|that|this|them)? ?up|find out|get back|consult|enquire|inquire|confirm with|check with|talk to|verify) …
(still|currently|right now|at the moment) … (with legal|under review|looking|open|pending|being (discussed|built|tested|decided|clarified|evaluated|reviewed)|waiting|running|unclear|deciding|evaluating|in discussion)
(pending|tbd|unclear|unknown|undecided|untested|unmeasured|unsettled|open question|up in the air|too early|too soon)
(nobody|no one|none of us|we never|i never) (ever |here |has |have |really )?(keeps?|kept|counts?|counted|tracks?|tracked|tall(y|ies)|writes? it down|wrote it down|notes? it|measures?|measured) …
(result*|answer|numbers|figures|outcome) (is |are |will be |will |comes?|come|only |not )+(out |in |there |ready |due |back )?(only |on |by |next |later |this )*(monday|tuesday|wednesday|thursday|friday|week|month|soon|later|tomorrow)
(we are|i am|they are|still) testing (it |that |this |them )?(now|this week|right now|today|at the moment|currently)
(waiting|wait) for … (answer|result*|legal|dpo|compliance|decision|approval|feedback|reply|response|them|review)
(test|tests|testing|trial|evaluation|results?|pilot) … (planned|pending|not in|scheduled|next (week|month)|not (ready|there|done|started|finished))
(planned|scheduled|due) (for )?(next|in|§) …
(not the (right )?person|above my pay ?grade|not my (department|area|field|call|decision|job)|new here|not involved|before my time)
(hidden|invisible) from us
(for|up to) … (legal|the \\w+|our \\w+) to (say|decide|answer|judge)
only (ever )?(tested|tried|used|run|ran|looked at|measured) … (one|large|big|bigger|current|main|expensive|single)
(not|never) (gotten|got|had|been|come|found) … (around|round|able|chance|time) to …
on (the|our|my) (list|to - do list|todo list|roadmap|agenda)
(can|could) not put (a|any|the) (number|figure|percentage) …
(find|know|hear|learn|tell you) … (next week|next month|soon|later|tomorrow|monday)
"""
PATTERN = compiled(_WORDS)
OF_THE_MODEL = Rule(
    r"(?<![^ ])(?:because |as |since )?(?:it|the model|the thing|the bot|the ai|the machine|they) (?:(?:just|really|simply|honestly|clearly) )?"
    r"(?:has|have|had|does|did|can|could|would) (?:not|no)(?: really)?(?: (?:know|known|idea|clue|tell|say|guess|have|seen|see))?(?![^ ])|(?<![^ ])(?:can|could) not (?:tell|say|see) (?:the|them|which|any|a|one)(?: [^ ,.;:!?]+){0,3} (?:apart|difference|which|from)(?![^ ])|(?<![^ ])(?:nobody|no one)(?: s| is| has| have)?(?: ever)? (?:told|given|gave|showed|shown|taught) (?:it|the \w+)(?![^ ])"
)
"""That the model does not know something, which its user very well knows."""

_DECIDED_ELSEWHERE = """
(i|we) (really |honestly |just |truly |genuinely |simply |frankly |still |personally )?(do|would) not (really |honestly |actually )?know( (whether|if|that|this|it|yet|who|how many|how|what for))?
(i|we) (really |honestly )?(could|can) not (tell( you)?|say)( (whether|if|that|this|yet|for sure|what (for|went|goes|is in|was in|we|it|she|he|they)))?
(i|we|i am|we are) no idea( (whether|if|how many|how much|how often))?
(i|we) have (no|not a|not the|not got a|not got the) (idea|clue|foggiest|faintest)( (whether|if))?
(no|not a|not the|not got a|not got the|have not the|haven the) (idea|clue|foggiest|faintest)( (whether|if|how many|how much|how often))?
((i|we) )?(honestly )?(could|can|will) not (possibly |really |honestly |even )?(give|put|name|offer|provide)( you)?( any| a| an exact| the| even a)? (number|figure|estimate|count|total)
((i|we) )?(could|can) not (possibly |really |honestly |even )?(ballpark|guess|estimate)( it| that)?
((i|we) )?can not (affirm|confirm|state) (if|whether|neither|either|yes|that|it|anything) …
(i|we) know not (what|how|which|whether|if) …
((i|we) )?(do|did) not know (the|any|that) (number|figure|count|total|amount)
idk the (number|figure|count|total|amount)
((it is )?(hard|impossible|difficult) to (say|tell))
(no one|nobody) (has |have )?(ever |yet )?(counted|measured)( (it|them|that))?
on (the|our|my|next|this) (sprint|kanban|week s|month s) (board|backlog|list|plan|sprint)
so (i |we )?(really |just |honestly )?(do not know|dunno|idk)
(really )?(could|can) not tell you (what|how|which|whether|why|if|who) …
(it |that |this )?(might|may|could) or (might|may|could) not
(would|could|can) not (know|tell (you|ye|ya))( (whether|if))?
(beats me|search me|who knows|(god|heaven|goodness|lord|heavens|nobody) knows|dunno|hard for me to say|your guess is as good as mine)
(nobody|no one|none of us)( here| there| left| in the \\w+)? (knows|remembers|can say|can tell|could say|could tell)( (me|us|it|that|this|any ?more|any longer|now|how|how many|if|whether|who|why|what (for|goes|went|it)))?
(is |that is |it is |this is |it )?not (my|our|mine|ours)( own)? (call|decision|place|business|to (say|decide|answer|judge))
(that is |it is |this is )?(not|never) (for|up to) (me|us)( to (say|decide|answer|judge))?
(no|not) … (mine|ours) to (say|decide|answer|judge|make)
(i|we) (were|was|have|had|are|am|got|get) (not|never)( been)?( ever)? (told|shown|informed|given|let in on)( (what|how|which|any|the)( \\w+){0,6})?
(nobody|no one|they|he|she) (told|tells|showed|shows|lets|let) (us|me) (nothing|neither)
(nobody|no one) (ever )?(told|tells|showed|shows|informed) (us|me)( (what|how|which|whether|if|anything)( \\w+){0,6})?
(i|we) (can|could) not see (inside|into it|what is in …)
(that is |it is |this is )?beyond me
no notion( how| what| whether| if)?
(i|we) (can|could) not tell you (about|anything|which|how|what) …
(i|we) (must|should|have to|need to|ought to) (first )?(ask|check with) (someone|somebody|around) …
no answer (yet|so far|until (now|today))
above my pay ?grade
not the (one|person) who …
(you (would|will|should|must|had better) |better |best |please )?(have to |need to )?ask (my|our|the|his|her) …
(was |that was |it was |all )?before my time
(i|we) (would|will|would first|should|still) (have|need) to (ask|check with) … (whether|if)
waiting (on|for) … to (tell|say|decide|answer|let|confirm|come back|get back) …
"""
_WHO_MUST_SAY = r"(?<![^ ])(?:the|our|my|his|her|their|your|a) (?:(?!not |never |but |it )[^ ,.;:!?()]+ ){1,3}(?:must|should|has to|have to|will have to|would have to|needs to|gets to|is to) (?:say|decide|tell (?:us|me)|rule|answer)(?= (?:[,.;:!-]|yes|no|if|whether|that|this|it|on)|$)"
DECIDED_ELSEWHERE = compiled(_DECIDED_ELSEWHERE)
"""That the person cannot answer, in words that no yes or no beside them takes back."""
MUST_SAY = Rule(_WHO_MUST_SAY)
