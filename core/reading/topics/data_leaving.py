"""Whether the data may be sent to an external API."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.reading.topics.phrase import compiled

_NAMES = {
    "WHO": r"legal|lawyers?|counsel|attorneys?|dpo|data protection( officer| office| people| team)?|privacy( officer| team| office| people| board)?|compliance|security( team| people| officer)?|ciso|infosec|works council|union|ethics( board| committee)?|irb|client|clients|customers?|regulator|board|ministry|management|insurer|hospital|bank|contract|contracts|agreement|policy|terms|law|rules|authority|auditors?|union|it department|head office|headquarters|parent company|partners?|university|boss|chief|director|court|supervisor|patients?|they",
    "YES": r"signed( it| that| this)? off|sign( it| that)? off|approv*|agree|agreed|agrees|clear|cleared|clears|okayed|ok d|allow*|permit*|bless*|accept*|consent*|confirm*|waved (it )?through|green ?- ?light*|greenlit|green light|go - ahead|go ahead|gave … (ok|okay|yes|permission|nod|blessing|consent|thumbs up)|given … (ok|okay|yes|permission|nod|consent|thumbs up)|(is|are|was|were) (ok|okay|fine|happy|good|comfortable|on board|relaxed|cool)|said (yes|ok|okay|fine|go|go ahead|sure|it is (fine|ok|okay|allowed))|says? (yes|ok|okay|fine|it is (fine|ok|okay|allowed)|we (can|may))|no (objections?|problem|concerns?|issue)|nothing against|not (mind|object)|authori[sz]*|licen[sc]e*|endors*|sanctioned",
    "NO": r"veto*|forb*|prohibit*|ban|bans|banned|block*|refus*|object|objected|objects|reject*|den(y|ies|ied)|disallow*|rule (it |this |that )?out|rules (it |this |that )?out|ruled (it |this |that )?out|shot (it|this|that) down|turned (it|this|that) down|against|said (no|absolutely not|never)|says? no|stopp*|oppos*|declin*|insist* on … (local|own|internal|house|site)",
    "HERE": r"here|inside|in house|in - house|on prem*|on - prem*|on site|on - site|local|locally|internal|internally|(our|my|their) (own )?(\\w+ )?(network|servers?|machines?|hardware|premises|building|walls|basement|data ?cent(er|re)s?|systems?|vpc|infrastructure|firewall|house|campus|computers?|site|intranet)|the (building|house|hospital|network|firm|company|premises|basement|bank|school|practice|office|ward|country|lab|ministry|court)|servers we control|house|with us|under our roof",
    "OUTSIDE": r"outside|out|external*|abroad|cloud|third part(y|ies)|vendors?|providers?|openai|anthropic|google|azure|aws|microsoft|bedrock|hosted|apis?|internet|anywhere|elsewhere|somebody else|anyone|anybody|others|outsiders|a (us|foreign|american) company",
}  # fmt: skip

_ANSWERS_ONLY = """
(not|no|never|without|nobody|forbid*|prohibit*|forbidden) … (train*|teach*|learn*|fine - tun*|tun*)
(train*|training|fine - tuning|tuning) … (not|no|forbidden|prohibited|isnt|excluded|never)
(answers?|inference|requests?|prompting|calls) only
(only|just) … (answer*|inference|requests?)
zero - retention only
"""

_MAY = """
(not|no|nothing|none|neither|nobody|without) … (sensitive|confidential|secret*|private|personal|classified|pii|phi|restricted|privileged|names|patient*|identif*|proprietary|forbidden|restrictions?|objections?|objected|objects|minds?|against|problem|issue|concerns?|rule against|law against|required|prohibit*|veto*|banned|opposed)
(not|no) … (have to|need to|need|has to|needs to) (stay|remain|be kept|keep*) …
not only … (may|can|leave) …
(scraped|press releases?|job ads|in the cloud (already|anyway)|in the open|test data|public|publicly|published|publish|synthetic|anonymi[sz]ed|anonymi[sz]e|anonymous|pseudonymi[sz]ed|redacted|scrubbed|masked|stripped|strip|de - identified|deidentified|dummy|made - up|fake|harmless|open data|open source|press releases?|job ads|marketing copy|brochures?|in the (shop|newspaper|library)|on (our|the) website|anyone can … (read|see|download|get)|anybody can … (read|see|download|get)|available to (all|everyone|anyone))
names (are |were )?(removed|stripped|taken out|deleted|blacked out) …
WHO … YES
(approved|cleared|okayed|blessed|allowed|permitted|signed off|agreed|confirmed|authori[sz]ed|green - lit) (by|with) …
(approved|cleared|permitted|allowed|authori[sz]ed|signed off)
(got|have|has|with|obtained|received) … (green light|go - ahead|go ahead|the ok|the okay|permission|consent|clearance|approval|blessing|nod)
(have|has|had|with|got|signed|under|covered by|there is) … (baa|dpa|dpia|data processing agreement|processing agreement|processor agreement|contract|agreement|zero retention)
already … (send*|sent|go|goes|going|use|uses|using|in|on|upload*|run*|do|doing|share*|process*) … OUTSIDE
(use|uses|using|send|sends|sending|run) … (already|anyway|today|for years)
already … (do|does|doing|use|using|leaves?|in the cloud)
(in|on|into) (our|the company s|my) own … (tenant|tenancy|account|cloud|subscription|azure|aws|gcp)
(may|can|could|allowed to|free to|permitted to|fine to|ok to|okay to|cleared to|safe to|able to) … (leave|go|sent|send|share|shared|use|used|processed|upload*|pass*)
(sending|using|sharing|external|cloud|OUTSIDE) … (is|are) (fine|ok|okay|allowed|no problem|permitted|good|acceptable|possible)
any … (provider|vendor|cloud|api) …
(go|goes|send it|send them|sent) … (wherever|anywhere|OUTSIDE)
consent …
nothing … (leave|leaves) … matter
"""

_NOTHING_AGAINST = """
(no|not any|without any|without) (pii|phi|personal (data|information|details)|sensitive (data|information)|private (data|information)|objections?|restrictions?|problem|problems|concerns?|issues?|limits?|personal data|names|patient data|rule against|law against|reason not to|rules against) …
(WHO|nobody|nothing|no one|we) … (no (objections?|problem|concerns?|issue|reservations)|nothing against)
(WHO|our|we) … not … (forbid*|prohibit*|object*|mind|rule (it )?out|veto*|oppose*|block*)
(on - prem*|on prem*|in house|in - house|local) … not (required|needed|necessary|a must)
not (have|need|has|required|necessary|like it has) … (to |be )?(stay|remain|be kept|keep|kept|run) …
nothing … (sensitive|confidential|secret|personal|private|classified)
(strip*|remov*|delet*|redact*|mask*|black* out|take out|taken out) … names …
names … (removed|stripped|taken out|deleted|blacked out|masked|redacted)
(public|published) … records?
(could|can) not be printed
not (see|know|think of) (why|any reason) …
nobody (cares|minds)
only (internal )?(jokes|recipes|weather|menus|adverts|ads|brochures|product)
"""
_MAY_NOT = """
not be uploaded …
(cost|lose) (me|us) (my|our) …
end of my career
end of (my|our) …
(not|never|no|nothing|none|nobody|cannot|no one) … (leave|leaves|leaving|go (out|outside|anywhere)|sent|send|share|shared|sharing|allowed|permitted|possible|approv*|allow|permit|let us|let|exit|hand*|give*|given|upload*|disclose*|OUTSIDE|signed off|sign (it |that )?off|cleared|agree|consent|accept|acceptable|an option|public|published|anonymi[sz]ed|anonymi[sz]e|synthetic|expose*|pass*|transfer*)
WHO … NO
WHO … (not|never|no) …
(stay*|stays|remain*|kept|keep|run|runs|processed|stored|process|hosted|keeps|held) … HERE
(only|strictly|exclusively|solely) … HERE
HERE only
(on - prem*|on prem*|onprem*|air - gapped|airgapped|air gapped|self - host*|offline|no internet|isolated network)
(secrecy|privilege|privileged|confidential*|secret|secrets|sensitive|classified|nda|sealed|restricted|proprietary|embargoed|unreleased|regulated|hipaa|phi|pii|itar|gdpr)
(patients?|medical|health|clinical|payroll|salary|salaries|tax|police|court|military|defen[cs]e|personnel|hr|bank|banking|financial|payment|criminal|children s|student|donor|customer|client|personal|witness|case|intelligence) (records?|data|files?|histor(y|ies)|details|documents?|notes|letters|information|images|reports)
(names|diagnos*|social security numbers|account numbers|addresses|minors|children|personal data|trade secrets?)
(forbidden|prohibited|illegal|banned|out of the question|unlawful|against (the|our) (law|rules|policy|contract)|a breach|get (me |us )?fired|fire me|kill me|sue us|jail|prison|no chance|no way|lose (my|our) (job|licen[cs]e))
(breach|violate*|violation|offen[cs]e) …
(would|could) … (sue|fire|kill|fined|sacked) …
(NO)
(own|in our) (servers|hardware|machines) …
"""
_SPEAKS_FOR_LEAVING = """
(nod|thumbs up|sign - off|signoff|waiver|clearance|cleared|consent*|permission|permitted|licen[cs]e|lawful|legit*|legal|compliant|certified|audited|vetted|whitelisted|approved|authori[sz]ed|covered|allowed|okay|ok)
(print|printed|publish*|post|posted|list|listed|show|shown|advertise|advertised|display*) … (anyway|already|website|online|newspaper|report|catalogue|brochure|public|everyone|everybody)
(no issue|no problem|no worry|no worries|no harm|not an issue|not a problem|no obstacle|nothing in the way|no reason) …
(agreed|agrees|agree) … (outside|external|cloud|it|that|this)
(everybody|everyone|anybody|anyone) … (see|read|look|get|find|download|visit)
(public record|public domain|public register|public knowledge|open access|creative commons|open licen[cs]e|by law|on the web|on the internet|online)
(running|run|ran|used|using|sent|sending) … (through|via|with|to) … (azure|aws|google|openai|cloud|deepl|microsoft|vendor|provider|service) …
blessing …
"""
_SPEAKS_AGAINST_LEAVING = """
(turned|shot|voted|struck) … down
put … foot down
(never|not|nobody|no) … (open|firewall|dare|risk|hand|trust|outside|allow*|let|leave*|go|share*|off|away)
(wouldn t|would not|must not|dare not|cannot) …
(juvenile|criminal|psychiatric|adoption|divorce|asylum|witness|donor|tax|bank|defence|military|police|hr|personnel|therapy|abuse|insolvency|merger|takeover|patent|undisclosed|unpublished) …
(locked|vault|safe|in the basement|behind … (firewall|doors|walls)|within (the|our) (firm|house|company|hospital|bank|network|walls)|remain within|stay within|under lock|on paper only)
(oath|duty of|bound by|obliged|obligation|sworn|sanction*|penalt*|fine|fined|liable|liability|punish*|prosecut*|sued|lawsuit|jail|licen[cs]e revoked|lose … licen[cs]e) …
(identifiable|identify|intimate|embarrassing|explosive|delicate|highly|strictly|critical infrastructure) …
(union|council|board|client|clients|parents|patients|owner|customer|dpo|regulator) … (against|refus*|object*|reject*|veto*|not|never|no|furious|forbid*|upset)
"""
WEAK = ((False, compiled(_SPEAKS_AGAINST_LEAVING, _NAMES)), (True, compiled(_SPEAKS_FOR_LEAVING, _NAMES)))
PATTERNS = (
    ("answers_only", compiled(_ANSWERS_ONLY, _NAMES)),
    (True, compiled(_NOTHING_AGAINST, _NAMES)),
    (False, compiled(_MAY_NOT, _NAMES)),
    (True, compiled(_MAY, _NAMES)),
)
