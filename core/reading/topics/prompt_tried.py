"""Whether a thorough prompt was tried, where no number is said."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.topics.phrase import compiled

_NOT_TRIED = """
(not|never|no|hardly|barely|nobody|nothing|without|none) … (tried|try|done|did|had|got|thorough*|yet|examples?|samples?|shots?|round|time|seriously|fancy|properly|much|really|given|good|effort|written|spent|put|there|serious|like that|detailed|happened|far)
(zero|no) - shot
zero shot
(only|just|merely) … (basic|simple|short|quick|sentence|line|lines|instructions?|zero|describe*|paste*|ask*|told|tell|prompt|tried|started|typed|type|words|default|liner|draft|first|superficial*|at the|summari[sz]e|a few (lines|words))
(basic|bare|minimal|rough|naive|simple|quick|rudimentary|primitive|default|off the shelf|out of the box|standard|untuned|vanilla|sketchy|superficial*|half - hearted) … (prompt|bones|version|draft|box|instruction*)?
(basic|bare bones|minimal|out of the box|superficially|rudimentary|one - liner|liner)
(first|early) (draft|version|attempt|stage*)
(just|only just) (started|begun|starting)
(very|still at the|at the very) (beginning|start)
(skipped|skip) …
(copied|took|taken) … (from|internet|blog|web)
(played|play|playing|toyed) … (around|with) …
(straight|directly) (to|into) (training|fine - tuning|tuning) …
(meant|intended|wanted|planned|plan|going) to …
instructions only
and that is (all|it)
(in chatgpt|in the chat|chat window|by hand|on the fly) …
(once or twice|a couple of times|a few times)
"""

_TRIED = """
(plenty|lots|loads|many|dozens|a lot|tons|heaps|a whole (series|page|list|set)|a large (set|number)|more|several … each|one … (per|for each|for every)|all kinds|numerous|a bunch) … (examples?|samples?|cases|shots?|letters|answers)
(examples?|samples?) … (every|each|all) …
(very |really |quite )?(thorough*|elaborate|exhaustive|extensive|polished|extensively|carefully|detailed|sophisticated|comprehensive|well - crafted) …
(iterat*|polish*|refin*|tuned|tweak*|honed|rewritten|rewrote) … (for|over|many|months|weeks|times|it|prompt)
(tried|done|did) … (everything|all (of )?(that|this|it)|that|it all|thoroughly)
(everything|all) (on|of|in) (that|the|this|it|place|above) …
(full of|with|loads of) … examples
(been there|ticked|worked on it) …
(schema|validation|instructions) … (examples?|validation|schema|checks)
"""
_AS_FAR_AS_CAN_BE = """
(hardly|could not|can not|not) … more (thorough*|detailed|elaborate|extensive|complete)
"""
_SPEAKS_AGAINST_IT = """
(nothing|somebody|someone|a colleague) … (elaborate|typed|wrote|scribbled|special|much|fancy|sophisticated) …
(two|three|one|a couple of|a few) (sentences|lines|words) …
(just|simply|only|merely) … (ask*|open*|paste*|type*|chat*|describe*|say*|tell*)
(not) … (earnest|serious*|properly|really|depth|detail)
(open|opened|use|used) … (chat|chatgpt|playground) …
(quickly|hastily|lazily|crude|amateur*|improvised|scribbled|thrown together|five minutes|ten minutes|an afternoon|one - off) …
"""
_SPEAKS_FOR_IT = """
(weeks|months|quarter|half a year|a year|ages|hours) … (on it|on that|prompt|tuning|polish*|iterat*|refin*|working)
(schema|validation|worked (samples?|examples?|cases?)|output format|instructions) …
(consultant|agency|expert|specialist|engineer|professional*) … (wrote|built|polished|tuned|crafted|made|worked)
(lots|plenty|many|dozens|loads|tons|heaps|scores) of …
(painstaking*|meticulous*|exhaustive*|carefully|thoroughly|properly|at length|in depth|by the book) …
"""
WEAK = ((False, compiled(_SPEAKS_AGAINST_IT)), (True, compiled(_SPEAKS_FOR_IT)))
PATTERNS = ((True, compiled(_AS_FAR_AS_CAN_BE)), (False, compiled(_NOT_TRIED)), (True, compiled(_TRIED)))
