"""What fine-tuning would be for."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.topics.phrase import compiled

_QUALITY = """
(quality|accura*|precision|precise|reliab*|dependab*|correctness|correctly|consistent answers|hit rate|recall|trust|trustworth*|safety|safe)
(get|gets|getting|got|be|is|are|has to be|must be|answers?) … (right|correct)
(right|correct) (answers?|more often|the first time|every time|codes?|ones)
right
(fewer|less|no more|stop making|reduce|reducing|avoid|cut|lower|make fewer|not so many|too many|so many) … (mistakes|errors|misses|wrong*|nonsense|hallucinat*|corrections?|complaints|false|rework|mix - ups|slips|failures|error rate|sent back)
(wrong) … (too|often|much|still)
(too often|often|still|so often|sometimes) … wrong
(better|improve*|higher|raise|raising|increase|increasing|best) … (quality|accuracy|answers?|results?|output*|decisions?|performance|score|rate|hit rate|model|job|diagnos*|it|than)
better
(reach*|hit|meet|get to|above|close) … (target|bar|gap|\\d+)
not good enough
(not|never|stop*) … (muddl*|mix*|confus*|invent*|mess*|botch*|get* … wrong) …
(more of them|them all|them|it|codes?|names?|doses?|numbers?|facts|details) … right
(wrong|bad) … (hurt*|cost us|come back|dangerous|get rejected|embarrass*)
correct (codes?|names?|answers?|figures|numbers?|doses?)
(correct|exact) … (more|also|above|first)
(more|be|always) correct
(catch*|miss fewer|understand*|recogni[sz]e) … (cases|fractures|more|better|our|what|subtle)
improvement
(misread*|mislabel*|misfil*|misrout*|misclassif*|misjudg*|sloppy|careless|correctness|exactness|rigou?r|rigorous*|thorough*|trustworthy)
(mark*|judge*|grade*|decide*|classif*|tag*|rate*|score*|sort*) … (as|like) (i|we|my|our|a) … (would|do|does|\\w+)
(stop|without|no more) … correcting
(for|all|many) … corrections
(leaves|left|leaving) out …
(standard|level) of …
"""
_FINE_ALREADY = """
(quality|accuracy|cost|costs|price|speed|latency|format|tone|voice|style|money|content|facts|answers|results|structure|budget|layout|it|they|that|everything) (is|are|was|were)( already| quite| perfectly| all)? (fine|ok|okay|good|there|right|great|acceptable|fast|correct|enough|no issue|no problem|under control|good enough|fast enough|cheap enough|settled|sorted)( enough| already| and right| as it is)?
(quality|accuracy|cost|costs|price|speed|latency|format|tone|voice|style|money|budget|time|it) (is|are|does|do) not (the |an |a |our |so |that |really )?(issue|problem|point|concern|matter|important|main|question|bottleneck|reason|about)
(quality|accuracy|cost|price|speed|latency|money) (not|no) (an )?issue
(regardless of|whatever|no matter|never mind|apart from|leaving aside) (the )?(cost|price|speed|latency|quality|money)
(without|not) (losing|hurting|giving up|sacrificing|dropping) (any |the |our )?(quality|accuracy|speed)
(at|with) (the )?same (quality|accuracy|speed|cost|price)
same (quality|accuracy|answers)
says the right …
(nobody|no one|not) … (fussed|bothered|worried|cares?|minds?|care|mind) … (what it costs|cost*|price|how (fast|long|slow|quick)|speed|money|the wait)
(cost*|price|speed|money) (i|we|nobody) … (not|never)? (mind|care|bother*|fussed)
"""
_COST = """
(cost*|price*|pricing|money|bill|bills|invoice*|expens*|cheap*|budget*|spend*|saving*|save|saves|economics|margin*|profit*|financ*|cfo|pays?|paying|fee|fees|afford*|roi|dollars|euros|cents|burn|burning|opex|dearer|pricey|costly|tripled|bankrupt*|expenditure|outgoings|subsid*|economy|economical|thrift*|savings|per token|tokens?|token)
(small|smaller) model … (instead|run)
(same) … for less
for less
(not|without|instead of|stop|rather than|nobody) (having to |have to |to |has to )?(pay|paying|spend|spending|buy|buying|hire|hiring|rent|renting) …
(eat*|ate) … (up|alive|budget|margin|into)
adds up
(too|so|very|rather|quite|is|was|got|getting|how|bloody) dear
(ruins|ruining|bleeds|bleeding|drains|draining|kills|killing) (us|me|the budget|our budget|the margin|our margin)
(triple*|double*|quadruple*|exploded) … (bill|invoice|cost*)
(what|how much) it costs
"""
_LATENCY = """
(latency|latencies|speed*|fast|faster|fastest|slow|slower|slowly|slows|quick|quicker|quickly|lag*|delay*|ttft|time to first|response times?|real - time|realtime|real time|instant*|snapp*|wait|waits|waiting|p50|p95|p99|sluggish|prompt replies|immediate*|responsive*|milliseconds?|seconds?|hang up|hangs up|rt|tempo|tat|rapid*|throughput|swift*|in no time|on the line)
(takes?|taking|took) … (long|ages|forever|seconds|minutes|time)
(keep up|keeps up) …
(come|comes|arrive*|get|gets|have|receive*) … (late|too late|sooner)
(stand*|hang*|sit*|queu*|idle|stuck) … (about|around|at the (counter|till|desk|door|bedside)|on the (phone|line)|in (line|the field|the rain)|in front of me|there|tapping|queue) …
(reply|replies|answer*|respond*) … (within|in under|under|in less than) … (second*|sec|minute*|ms)
turnaround
(not|without|nobody|no one) (having to |have to |has to |to |should )?(sit |stand |hang )?(about |around )?(wait|waits|waiting|queue|queueing) …
(wait|waits|waited) (for )?(it|an answer|the answer|that long|so long|minutes|seconds)
(minutes|seconds|ages|hours) (before|until) …
(on hold|while they|before they (leave|hang up)|at once|there and then|straight away|right away|by the time)
(people|customers?|clients?|patients?|callers?|guests?|drivers?|families) … (queue|waiting|wait)
"""
_FORMAT = """
(format*|json|schema*|xml|yaml|structure*|template*|layout*|fixed fields?|fields|form|forms|dsl|markup|notation|parse*|parseable|parser|machine - readable|machine readable|import*|csv|hl7|fhir|edi|edifact|syntax|query language|record layout|columns?|boilerplate|sections|headings|shape of the output|output shape|checkbox*|table layout|well - formed|file layout|codes in)
(go*|fit*|fill*|paste*|read|load*|land*|drop*) … (into|in|on) … (form*|system*|sheet*|database|spreadsheet|table|box|boxes|slots?|machine|software|columns?|cells?|register)
(exactly|always|must be|nothing but|only) … (the (symbol|code|number|word)|nothing else|(two|three|four|five|six|seven|eight|nine|ten|twelve|\\d+) (lines|fields|columns|boxes|rows|digits|parts))
(same|right|fixed|exact|this) (order|layout|shape|columns?|structure)
(one|a single|two|half a) page*
(uniform|uniformity|length|headings|free text)
in the (exact |right |same |fixed )?(order|layout|shape) …
and nothing else
(breaks?|chokes?|rejects?|refuse*|not (import*|accept*|read|load*)) … (import|upload|system|script|file|list|software|it)
"""
_VOICE = """
(voice|tone|tonality|style|styles|stylistic|brand*|persona*|wording|personality|character|voicing|register|accent|dialect|phrasing|house style|flavou?r)
(sound*|write*|writing|reads?|talk*|speak*|address*|express*) … (like|as if|the way|way|our|us|human|stiff*|warm*|robot|machine|friendl*|formal|americ*|natural*)
(not|never) like (a |an )?(machine|robot|ai|computer|chatbot|lawyer|textbook|brochure|manual|american) …
(dignity|warmer|warmth|friendlier|softer|stiffness|elegan*|humou?r*|wit|posh|chatty|pompous|clinical|wooden|salesy|cheesy|corporate|brochure*|leaflet*|advert*) …
(gentle|kind|polite|dignified|respectful|plain - spoken|tactful|folksy|cheerful) …
(in|with) (my|our|his|her|the \\w+ s?) (own )?(words|manner|hand)
(the way|how) (we|our|she|he|they) … (write*|talk*|speak*|sound*|say*|address*|phrase*)
(our|house) way of …
(human|friendl*|warm*|stiff|personal|cold|robotic|natural)
(like|as) (us|one of us|our … (founder|editor|director|team|chief|ceo|letters))
"""
PATTERNS = (
    (None, compiled(_FINE_ALREADY)),
    ("voice", compiled(_VOICE)),
    ("format", compiled(_FORMAT)),
    ("latency", compiled(_LATENCY)),
    ("cost", compiled(_COST)),
    ("quality", compiled(_QUALITY)),
)
