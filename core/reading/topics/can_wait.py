"""Whether two to four weeks for each iteration are fine."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.topics.phrase import compiled

_NAMES = {
    "LONG": r"weeks?|months?|fortnight|quarters?|semesters?|half a year|years?",
    "SOON": r"days?|hours?|minutes?|afternoon|morning|night|tomorrow|tonight|today|this week|monday|tuesday|wednesday|thursday|friday",
    "FINE": r"fine|ok|okay|no problem|not a problem|nothing|acceptable|doable|perfect|alright|all right|good|great|manageable|tolerable|plenty|bearable|enough",
    "CHANGES": r"change|changes|changed|changing|move|moves|shift|shifts|vary|varies|revise|revised|update|updates|updated|amended|adjust|adjusted|adapt|tweak|rewrite|rewritten|renewed|printed|reissued",
    "OFTEN": r"daily|weekly|monthly|hourly|constantly|often|frequently|continuously|all the time|a lot|overnight|quickly|fast|every (few |couple of |other |single |second )?(day|week|month|hour|morning|monday|friday|sprint|fortnight|§)s?|(each|every) (day|week|month|morning|fortnight)|from (day|week|month) to (day|week|month)|by the (day|hour|week)",
    "SELDOM": r"(once|twice|one time|two times) (a|per|each|every) (year|decade|season)|every (few |couple of |two |three |five |ten |\d+ |other )?(years?|decades?|january|spring|summer|autumn|winter|fall|semester|season|term|§)|yearly|annually|each year|quarterly|every quarter|(about |only )?(once|twice) a (year|quarter)",
}  # fmt: skip

_CAN = """
not … (urgent|pressing|critical|time - critical|time critical)
not … (too|that|so|very) (long|slow|urgent|late)
nothing … (urgent|pressing)
(no|not) … (time )?(pressure|urgency|hurry|rush)
(no|not in (a|any|such a)|without) (rush|hurry|deadline|pressure|urgency|time pressure)
no need … (fast*|quick*|daily|hurry|rush)
not (need|require|depend) … (fast*|quick*|daily|weekly|same day|sooner|speed|changes|immediately)
(nobody|no one|nobody here) … (minds?|waits|cares?|needs|notices?|would notice|would mind|in a hurry|expects)
not (mind|care|bother|hurt|kill|matter|notice)*
(can|could|will|would|able to|happy to|glad to|willing to|prepared to|content to) … wait
(can|could|would|should|we will|we would|easily) … (live with|cope|manage|survive|absorb|accept|afford|tolerate|plan for|accommodate)
waiting … FINE
(is|are|be|sounds?|seems?|that|it|this|LONG) … FINE
(works?|suits?|fits?) … (us|me|well|fine|our)
(patient|patience|perfectly acceptable|good enough|slowly|not an issue|not the (problem|issue)|leisurely|relaxed|no drama|no big deal|not a big deal|take (our|your|the) time|plenty of time|have (the |enough |some )?time|got (the |enough )?time|all the time)
(rarely|seldom|hardly|barely|never|not|scarcely) … CHANGES
CHANGES … SELDOM
(nothing|not much|little|no (\\w+ )?(\\w+ )?) … CHANGES
(stable|frozen|settled|set in stone|carved in stone|static|slow - moving|steady|fixed for (years|months|long|decades|a|the|at least)|fixed until)
(same|unchanged|stayed|in force|untouched) … (years?|decades?|since|ages|long)
(release*|ship*|plan*|deploy*|publish*|meet*|work*|think*|cycle*|planning|board|committee|sprints?|approval*|process*) … (SELDOM|quarters?|LONG|semesters)
(takes?|took|lasts?|takes us) … (LONG|even longer|longer)
(longer|slower) … (than that|anyway|already)
(faster|quicker|sooner|better) than … (now|today|what we have|usual|our)
(archive|archival|research|long - term|back catalogue|historical|side project|hobby)
(right|good|correct|accurate|careful|thorough*) … (than|over|before) … (fast|quick|speed|soon)
(better|rather) (slow|late) …
(can|could|will|may|might) wait
(anyway|either way)
(same|right) … (next year|for years|years)
(agreed|agrees) … (that|it|this)
LONG (or so )?(is|are|would be|will be|sounds?) … FINE
months? … (bother|hurt|matter|nothing)
"""

_NOT_URGENT = """
(nobody|no one) … (is waiting|waits for|waiting for|needs|minds|cares)
not (want|need|like) to rush
(not|nothing|never) … (urgent|pressing)
"""
_CANNOT = """
(can|could|will|would|do|does|is|are|shall) not … (wait|live|afford|work|accept*|survive|acceptable|possible|an option|ok|okay|fine|have (the |that much |enough )?time|tolerate|hold|last)
(no|any) … (patience|time|way|chance|slack)
(nobody|no one|none of us) … (would|will|can|could|wants to|has|going to) … (wait*|patience|accept*)
never … (accept*|wait|work|agree*|tolerate*)
(not|nothing|never) … same …
(rather not|not for us|not want (that|to wait)|not like (that|to wait)|not in this business|not with … (move|change)*)
(hours|minutes|days) , not (weeks|months)
some can not
(think|measured?|count|work) in (hours|minutes|days)
(in a hurry|under pressure|time is short|short of time|pressed for time|time is running out)
SOON (max|maximum|at most|tops|or less|at the most|at the latest|is the limit)
(a|one) week (max|maximum|at most|tops|or less|is the limit|is already)
every (few|couple of|\\d+|two|three|four|five|six|ten|other|§) days
(chang*|updat*|revis*) … (\\d+|two|three|four|five|several|many|multiple) times … (last|this|a|per|each) (week|month)
(several|many|multiple|three|four|five|ten|\\d+) times (a|per|each) (day|week|month)
(go mad|kill us|lose customers|riot|revolt|lynch)
too (long|slow|late|often|fast|much|quick*|volatile)
(urgent|asap|eternity|forever|pressing|emergenc*|time - critical)
(same|within|inside|in under|at most|max|maximum|less than|by|by the end of|out in|in) (the |a |an |one |two |three |few |\\d+ ){0,2}SOON
(change|changed|fix|fixed|correct|corrected|react|out) … (that|the same|the very same) SOON
(same) - (day|hour)
(at once|immediately|immediate|right away|straight away|on the spot|overnight|instant*|real - time|realtime|promptly|next day|hot ?fix*)
SOON … (not|instead of|rather than) … LONG
CHANGES … OFTEN
(new|different|fresh|another) … OFTEN
(ship|deploy|release|publish|iterate|correct|adapt|change|tweak|update|push|patch|fix|go live)* … OFTEN
(always|constantly|forever|keeps?|permanently) … (chang*|moving|shift*|adjust*|updat*)
(deadline|launch*|go live|goes live|due|election|kick - ?off|live) … (next|SOON|in (a|one|two|three|ten|\\d+) (days?|weeks?)|soon)
(gives?|have|has|got|get) … (us |only )?(SOON|\\d+ (h|hours?|days?))
every (day|hour|minute) (counts|matters)
(out of the question|disaster|unacceptable|intolerable|unworkable|deal ?breaker|non - starter|no go|no - go|show ?stopper|would kill|kills? (us|it|the)|ruin*|catastroph*|unthinkable)
(customers|clients|patients|people|users|callers|guests|market|competition|regulator|court) … (waiting|complain*|not wait|leave)
(wrong|outdated|obsolete|stale|old|different) … (next|after|by) (a |one |the )?(week|month|day|then)
(need*|must|have to|has to|want|require*) … (faster|quicker|sooner|quickly|SOON|react|same day|speed)
(breaking news|newsroom|daily newspaper|live event)
"""
_WAITED = """
waited …
"""
_SPEAKS_FOR_WAITING = """
(comfortable|reasonable|workable|feasible|slack|leeway|relaxed|annual|annually|yearly|bureaucra*|generous|luxurious|digestible|unproblematic|harmless|alright|calm|calmly)
(each|every|in) (spring|summer|autumn|fall|winter|january|september|christmas)
(every other|every second|every third|every few) (year|season|quarter|edition)
every (two|three|four|five|ten|few|couple of) (years|seasons|months|quarters)
(years|months|seasons|semesters|quarters) (ahead|in advance|long|old|apart)
(planned|plan|planning|scheduled) … (ahead|in advance)
(last|hardly|barely|scarcely|seldom) (touched|changed|edited|revised|altered|updated)
(not|nobody|no) … (trouble|hurt|upset|breath* down|complain*|suffer*|disturb*|worry|stress|drama|matter*|issue)
(decades?|ages|for years|since §|timeless|evergreen|permanent|long - lived|traditional)
(government office|public authority|city hall|court|ministry|university|museum|library|archive|bureau)
(can|could|would) … (be patient|plan for|schedule|build in|budget for|hold on|bide)
(sure thing|go ahead|take it slow|at our leisure|in due course|unhurried)
"""
_SPEAKS_AGAINST_WAITING = """
(hourly|daily|overnight|instantly|volatile|turbulent|fast - moving|fast - paced|ever - changing|hectic|perishable|time - sensitive|short - lived|fresh|seasonal|outbreak|crisis|emergency|emergencies|incident|breaking)
every (second|other|third|few|single) (day|week|monday|tuesday|wednesday|thursday|friday|saturday|sunday|morning|evening|month|shift)
(most|many|all) (mornings|days|weeks|evenings|afternoons)
(on|each|every) (mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|shift|night)
(have|has) my head …
(laughed|yelled|shouted) at
(keep|keeps|kept) up
(behind|out of date|outdated|obsolete|stale|yesterday s|expired|over by then|be over|useless by|no longer)
not in a position to …
not … (sit on|hang around|hold (off|back)|sit around|stomach|bear|stand|justify|sell|explain|cope|manage)
(luxury|eternal|unthinkable|nightmare|suicide|painful|hopeless|unrealistic|ridiculous|insane|absurd|impractical|intolerable)
(reinvent*|reprice*|re - price*|rewrit*|churn*|pivot*|overhaul*|react*|respond*) … (OFTEN|within|quick*|fast|every)?
(lose|losing|lost) … (customers|business|money|patients|trust|time|sales|readers)
"""
WEAK = (
    (False, compiled(_SPEAKS_AGAINST_WAITING, _NAMES)),
    (True, compiled(_SPEAKS_FOR_WAITING, _NAMES)),
)
PATTERNS = (
    (None, compiled(_WAITED)),
    (True, compiled(_NOT_URGENT, _NAMES)),
    (False, compiled(_CANNOT, _NAMES)),
    (True, compiled(_CAN, _NAMES)),
)
