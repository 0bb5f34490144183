"""That somebody does not know, told as a reason: not tested, another team knows, still with legal."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.topics.phrase import compiled

_WORDS = """
(not|never|nobody|no one|none of us|yet to be|still (to be|needs to be)|has yet to|have yet to|remains to be) … (tested|tried|test|try|measured|measure|checked|check|counted|count|looked|look|compared|compare|evaluated|analysed|analyzed|asked|ask|clarified|decided|discussed|verified|sorted|categori[sz]ed|assessed|benchmarked|estimated|tracked|logged|seen (the|it|them)|gone through|determined|settled|designed|figured out|investigated|examined|run)
(no|without|not have|not got) … (idea|clue|numbers|figures|breakdown|statistics|stats|evaluation|evals?|test set|experience|data on|decision|comparison|results?|insight|overview|visibility|records of)
(not|cannot|can not|could not) … (know|say|tell|sure|certain|aware|guess|judge|remember|recall|speak for)
(someone|somebody|another (team|group|department|office|person|colleague)|other team|the other team|our \\w+( team| department| office)?|a colleague|my (boss|colleague|manager)|the \\w+ (team|department|office|people|side|owner|developers?|analysts?)|(legal|finance|security|it|ops|engineering|product|sales|procurement|accounting|controlling|marketing|hr|compliance|the (vendor|agency|supplier|dpo|client|developers?|controller|analyst))) … (know|knows|would know|will know|decides?|handles?|does that|did that|did the|wrote|looks? into|looking into|testing|has those|has these|has the|have the|keeps?|would have|owns?|deals? with|in charge|to (say|decide|answer)|should know|could (say|tell))
(have|need|has|would have|would need|ought|going|will|let me|must|should|could|i will|i would) … (to )?(ask|check|look (it|that|this|them)? ?up|find out|get back|consult|enquire|inquire|confirm with|check with|talk to|verify) …
(still|currently|right now|at the moment) … (with legal|under review|looking|open|pending|being (discussed|built|tested|decided|clarified|evaluated|reviewed)|waiting|running|unclear|deciding|evaluating|in discussion)
(pending|tbd|unclear|unknown|undecided|untested|unmeasured|unsettled|open question|up in the air|too early|too soon)
(waiting|wait) for … (answer|result*|legal|dpo|compliance|decision|approval|feedback|reply|response|them|review)
(test|tests|testing|trial|evaluation|results?|pilot) … (planned|pending|not in|scheduled|next (week|month)|not (ready|there|done|started|finished))
(planned|scheduled|due) (for )?(next|in|§) …
(not the (right )?person|above my pay ?grade|not my (department|area|field|call|decision|job)|new here|not involved|before my time)
(hidden|invisible) from us
(for|up to) … (legal|the \\w+|our \\w+) to (say|decide|answer|judge)
only (ever )?(tested|tried|used|run|ran|looked at|measured) … (one|large|big|bigger|current|main|expensive|single)
(not|never) (gotten|got|had|been|come|found) … (around|round|able|chance|time) to …
on (the|our|my) (list|to - do list|todo list|roadmap|agenda)
(find|know|hear|learn|tell you) … (next week|next month|soon|later|tomorrow|monday)
"""
PATTERN = compiled(_WORDS)
