"""Whether the instructions change from request to request."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.topics.phrase import compiled

_NAMES = {
    "RULES": r"instructions?|prompts?|rules|task|brief|briefs|briefing|guidelines|template|script|rubric|criteria|checklist|requirements|guidance|directions|orders|what it (has to|should|must) do|conditions|settings|preferences|style sheet|style guide|wishes|playbook|protocol|policy|policies|procedure",
    "INPUT": r"input|inputs|text|texts|letters?|documents?|data|content|question|questions|file|files|message|messages|emails?|case|cases|patient|image|images|report|facts|numbers|names?|details|subject|ticket|tickets|claim|claims|form|customer s text|attachment",
    "WHO": r"clients?|customers?|tenants?|users?|hospitals?|wards?|schools?|teachers?|publishers?|publications?|partners?|brokers?|lawyers?|authors?|agents?|accounts?|branch(es)?|countries|country|projects?|orders?|jobs?|museums?|insurers?|editors?|clinics?|offices?|dossiers?|tenders?|campaigns?|assignments?|requests?|calls?|cases?|cit(y|ies)|buyers?|sites?|departments?|teams?|shops?|regions?|courts?|suppliers?|brands?|class(es)?|firms?|publications|journals?|studios?|everyone|everybody|person|one",
    "SAME": r"(the |exactly the |always the |all the |precisely the )?(same|identical|alike|unchanged|fixed|constant|static|frozen|standard|uniform|hard ?- ?coded|hardcoded|hard ?- ?wired|baked in|set in stone|stable|one)",
    "VARY": r"change|changes|changing|vary|varies|differ|differs|differ|different|varying|switch|switches|shift|shifts",
}  # fmt: skip

_NEUTRAL = """
INPUT (VARY|is different|are different|is new)
(different|new|other) INPUT
"""
_TWO = """
no two …
never … (same|twice)
not … (same|fixed|constant|static|identical|stable)
(one|a|own|another|different|new) (\\w+ )?RULES (per|for each|for every|with each|with every) WHO
not only … INPUT (VARY)?
RULES … (VARY) …
"""
_SAME = """
(only|just|nothing but|merely) … INPUT (VARY|is new|are new|is different|are different)?
only the … (VARY|is new|is different)
(different|new|other) INPUT …
(nothing|none) … (VARY|configurable|customis*|customiz*)
(nothing) (but|except|other than) …
(not|never|no|nobody|hardly|rarely) … (VARY|touch*|depend|adapt*|edit*|rewrit*|alter*|configur*|customi*|write instructions|add … rules|personali*)
RULES … (not|never|stay*|remain*) (VARY|depend)?
(no|without) … (variation|exceptions?|individual|special|custom|per - customer|own)
(always|every time|exactly|stay*|stays|remain*|kept|keep) … SAME
SAME … (for (all|every*|each)|every (time|WHO)|each time|RULES|as always|throughout|day in)
(one|single|a single|only one|just one|a standard|one standard|a fixed) (fixed |standard |frozen |common |system |big |long |shared |and the same ){0,2}(RULES|set)
(handled|treated|processed|treatment|worked) … (alike|same|way)
(all|every|each) … (same|alike|identical|share|shares)
(all) WHO … (share|same|get the same|one)
(wrote|written|set) (it |them )?(up )?once …
SAME
"""

_VARY = """
(each|every|per) WHO … (own|another|different|brings?|sends?|sets?|gives?|comes with|wants|has (its|his|her|their)|writes?|adds?|supplies|provides|specif*|chooses?|gets (a |its )?(different|own|separate)|other)
(per|by) (WHO) …
(own|different|separate|individual|special|new|other|custom|tailored|bespoke|personal*) … (RULES|set of|for each|per|every|each|with each)
RULES … (come|comes|arrive|arrives|sent|ride|travel|delivered|part of|included|depend*|VARY|own|with (each|every|the (request|file|order|document|job|case)))
(VARY) … (by|per|with|from|each|every|for|between|according|depending|across|all the time|constantly|too|as well)
(depends?|depending|up to|driven by|based on|according to) … (WHO|who asks|who|language|type)
(dynamic*|configurable|personali*|customi*|tailored|individual|bespoke|assembled|put together|built|composed|generated|on the fly) …
(users?|customers?|clients?|people|agents?|operators?|everyone|teachers?|editors?|lawyers?|doctors?|authors?|they) … (write|writes|type|types|tell|tells|add|adds|set|sets|decide|decides|choose|specify|bring|give|gives|configure|phrase|define)
(not|never|no two) … (same|fixed|constant|static|twice|alike|identical)
not only … (INPUT|VARY) …
(both|also|too) VARY …
(VARY)
(spelled|spelt|written|told|stated) … (anew|each time|every time|afresh)
(different|new) … (every|each) (time|WHO)
one RULES per WHO …
(we) (tell|ask) it … different*
"""
_SPEAKS_FOR_CHANGE = """
up to (the |our |each )?(WHO|caller|sender|person|reader|writer) …
(types?|typed|hands?|gives?|sends?|tells?|enters?|attaches|adds?|dictates|supplies|picks|selects) (in |us |it |along )?(what|which|how|its|his|her|their|a|the|own) …
(on the fly|from the … (settings|profile|request|order|config*)|case by case|as requested|on request|ad hoc|bespoke|made to order|to order|custom - made|a la carte|depending)
they all … (own|different)
(each|every) … (own|different|another|separate|new|particular|wants|expects|demands|requires|insists)
(separate|new|fresh|another|particular) (briefing|brief|rubric|instructions?|rules?|wishes|prompt|set)
no two …
"""
_SPEAKS_FOR_SAME = """
(word for word|stays? put|untouched|master prompt|national|nationwide|universal|uniform|standardi[sz]ed|one - size - fits - all|boilerplate|copy - paste|verbatim|carved in stone|house rules|invariable|invariant|never varies|constant|permanent)
(applied|applies|apply|used|goes) … (to|for|with) (every|all|each|any) …
(the|one|a) (ministry|law|regulator|authority|standard|head office) …
(the|exactly the|very) same …
(whatever|no matter|regardless of|whoever) … (comes|who|which|what|is|it)
(nobody|no one) … (touch*|chang*|alter*|edit*)
(every|all|each) … (alike|identical*|equally|the same|uniformly)
"""
WEAK = ((False, compiled(_SPEAKS_FOR_SAME, _NAMES)), (True, compiled(_SPEAKS_FOR_CHANGE, _NAMES)))
PATTERNS = (
    (True, compiled(_TWO, _NAMES)),
    (False, compiled(_SAME, _NAMES)),
    (None, compiled(_NEUTRAL, _NAMES)),
    (True, compiled(_VARY, _NAMES)),
)
