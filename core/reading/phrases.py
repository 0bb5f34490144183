"""The phrases that say yes or no to a topic, or name a miss or a reason. ``~`` stands for a space or a hyphen."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

_GAP = r"(?: (?!not\b|no\b|never\b|nothing\b|but\b)\w+){0,2}"


_LAZY = r"(?: (?!not\b|no\b|never\b|nothing\b|but\b)\w+){0,2}?"


YES_NO: dict[str, tuple[str, str]] = {
    "data_may_leave": (
        r"public(?:ly)?(?: available)?|synthetic|anonymi[sz]ed|anonymous|redacted|scrubbed|masked|pseudonymi[sz]ed|non~sensitive|open data|open~source|harmless|fake"
        r"|(?:ok|okay|fine|free|allowed|permitted|cleared|good|safe|happy|approved|able) (?:for us )?(?:to|with|for)(?: be)? (?:send|share|use|using|leave|go|sent|shared|sending|sharing|external|hosted|upload)\w*(?: a)?(?: hosted)?(?: apis?)?"
        r"|(?:can|may|could)(?: \w+)? (?:leave|be sent|be shared|go out|go to|send|share|be uploaded|be used|use (?:a |an |any )?(?:hosted|external|openai|cloud))|may leave|hosted apis? (?:is|are) (?:ok|okay|fine|good)"
        r"|(?:have|has|with|got|signed|under|there is)(?: (?!no\b|not\b|never\b)\w+)? (?:baa|dpa|dpia|contract|agreement|zero~retention)|baa|already (?:use|using|send|sending|on|goes|sent|put|upload|share)(?: \w+){0,5} (?:openai|azure|bedrock|anthropic|vertex|external|hosted|apis?)"
        r"|(?:legal|security|compliance|privacy|the dpo|dpo|our lawyers?) (?:has |have )?(?:approved|signed off|is ok|is fine|is happy|cleared|agreed|allows?|allowed|okayed|blessed)|(?:cleared|approved|okayed|blessed|allowed|signed off) (?:by|with) (?:our )?(?:legal|security|compliance|privacy|the dpo|dpo|lawyers?)|any (?:vendor|provider|cloud|api|hosted model) (?:is|would be) (?:ok|okay|fine|good|allowed)|signed off|own (?:cloud|azure|aws|gcp)?~?tenant|nothing(?: \w+)? (?:secret|sensitive|private|confidential|personal)",
        r"not (?:to |with |for )?(?:anybody|anyone|any \w+|somebody) outside (?:the|our|of)|(?:can|may|must|should|could|will|shall|does|do|is|are) not(?: ever)?(?: be)?(?: allowed to| permitted to| able to| supposed to)?(?: be)? (?:leave|leaving|sent|send|shared|share|disclosed?|disclose|released?|passed on|given to|handed|go|exit|exported|transmitted|uploaded|upload|used?)\b|not (?:allowed|permitted|able|supposed) to (?:be )?\w+|(?:never|not) (?:leave|leaves|send)"
        r"|(?:nothing|none|nobody|not (?:one|a single) \w+|no (?!reason|problem|objection|issue|matter|worr|doubt|one can say|restriction|rule|law|harm|risk|need)\w+)(?: (?!but\b|not\b|because\b|so\b|is\b|are\b|was\b|were\b|speaks?\b|and\b|(?<!in )(?<!on )(?<!about )it\b|they\b|against\b|if\b)\w+){1,9}? (?:may|can|must|should|shall|will|could|would be allowed to|is allowed to|are allowed to) (?:be )?(?:leave|go|sent|send|shared?|seen?|see|given|handed|passed|uploaded|disclosed|used|read)"
        r"|(?:nothing|none of it|no data|none)(?: \w+){0,2} (?:leaves?|goes?|go out|be sent|be shared)|(?:must|has to|have to|needs? to|should|got to) (?:stay|remain|be kept)|(?:stays?|remains?|kept|keep)(?: it| everything| data)? (?:in|inside|within|on|internal|local)(?:~house)?"
        r"|on~prem(?:ises|ise)?(?: only)?|onprem(?: only)?|self~host(?:ed|ing)?(?: only)?|air~gap(?:ped)?|airgapped|in~house only|internal only|own (?:servers?|infrastructure|hardware|data ?cent(?:er|re)s?|machines)"
        r"|phi\b|pii\b|pci\b|hipaa|itar|sensitive|confidential|private|regulated|classified|restrict\w*|top secret|secrets?|personal(?: data)?|patient (?:data|records?)|(?:medical|health) (?:data|records?)|(?:forbids?|prohibits?|disallows?|bans?|rules? out|excludes?) (?:\w+ ){0,2}(?:third~part(?:y|ies)|external|sending|sharing|processing|cloud|hosted|vendors?|providers?|it|that|this|anything)(?: \w+)?|(?:not|never) (?:allow|let|permit) (?:\w+ ){0,3}(?:third~part(?:y|ies)|external|sending|sharing|processing|cloud|hosted|vendors?|providers?)|forbidden|prohibited|illegal|not (?:ok|okay|possible|an option|fine)|under nda",
    ),
    "can_wait": (
        r"can (?:easily |definitely |certainly |totally )?(?:wait|live with)|could (?:wait|live with)|(?:ok|okay|fine|happy|willing) (?:to wait|with (?:that|it|this|waiting))|no (?:rush|hurry|problem|worries|issue|pressure)|not (?:in )?(?:a |an |any )?(?:rush|hurry|problem|issue|urgent)|not (?:really )?mind(?: (?:waiting|that|the wait|it))?|(?:take your|got|have|has|plenty of|all the) time|(?:not|never) (?:\w+ )?(?:moved|changed|budged|touched)(?: \w+){0,2} (?:in|for|since) (?:\w+ )?(?:\d+ |two |three |four |five |several |many )?(?:years?|months|ages)|frozen|set in stone|stable|static|settled"
        r"|(?:rarely|seldom|hardly|never|barely) (?:ever )?chang\w+|(?:chang\w+|updat\w+) (?:rarely|seldom|slowly|yearly|annually|once a year|twice a year|quarterly|every quarter|every (?:few|couple of|six|6) months)|(?:release|ship|deploy)\w* (?:quarterly|yearly|annually|every quarter|twice a year|once a quarter)|works for (?:us|me)"
        r"|(?:that |it |this |would )works?|acceptable|manageable|doable|patient|plenty of time|have time|long~term|(?:is|would be|be|sounds|that) (?:totally |perfectly |absolutely |completely )?(?:fine|ok|okay|good|great|alright)|fine|ok|okay",
        r"(?:does|do|would|will) not work|can not(?: really)? (?:wait|afford|live)(?: (?:that|so|this))?(?: long)?|could not wait|too (?:long|slow|late)|same~day|asap|urgent(?:ly)?|immediately|right away|overnight|instant(?:ly)?|(?:kills?|would kill|hurts?|would hurt|break|breaks|ruin|ruins|sink|sinks) (?:us|me|the (?:business|project|launch|deal))|deal~?breaker|non~starter|show~?stopper|(?:an )?eternity|forever|ages|unworkable|within (?:the |an |a |one )?(?:hours?|minutes?|day)|same (?:day|afternoon|morning)|(?:need|want|must|have)\w*(?: to)?(?: \w+){0,3} (?:today|tomorrow|this week|within (?:days|hours)|in (?:days|hours)|faster|quickly|quicker)"
        r"|(?:chang|shift|evolv|updat|rotat|mov)\w+(?: \w+)?(?: (?:every (?:few |couple of |other |single )?(?:days?|weeks?|hours?|months?)|daily|weekly|hourly|monthly|all the time|constantly|often|frequently|a lot|fast|quickly|too (?:fast|often|much)|each (?:day|week|month)|by the (?:day|week|hour)))"
        r"|(?:chang|shift|evolv|updat|rotat|mov)\w+(?: \w+)? (?:once|twice|(?:\d+|three|four|several|multiple|a few|many) times) (?:a|per|each|every) (?:day|week|month)|(?:always|constantly|frequently|often) (?:chang|shift|evolv)\w+|(?:ship|deploy|release|iterat|updat|push)\w*(?: \w+)? (?:daily|every day|hourly|several times a (?:day|week)|multiple times a (?:day|week)|continuously|constantly|weekly|every week)|continuous(?:ly)? (?:deploy|deliver|releas)\w*|hot~?fix\w*|by (?:monday|tuesday|wednesday|thursday|friday|tomorrow|tonight|next week|end of (?:the )?week)|deadline\w*|not (?:acceptable|ok|okay|possible|an option|fine|good|workable)",
    ),
    "cheaper_model_enough": (
        r"(?:good|close) enough|works?(?: (?:just )?(?:as well|fine|well|too|great))|(?:it |that |this )works?|reach(?:es|ed)?|hits?|gets? there|got there|on par|(?:just )?as good|equally good|same (?:quality|accuracy|results?|scores?|numbers?|outcomes?)|match(?:es|ed)?|sufficient|suffices|enough|fine|meets?|met|pass(?:es|ed)?|does the job|acceptable|usable|up to (?:it|par|scratch|the job|the task)|indistinguishable|equivalent|comparable|holds up|no (?:difference|drop|loss)",
        r"drop(?:s|ped)?|fall(?:s)? (?:short|apart|off)|fell short|too weak|(?:much |way |far )?worse|bad|fail(?:s|ed)?|terrible|nowhere near|struggl\w+|miss(?:es|ed)?|too low|insufficient|poor(?:ly)?|degrad\w+|loses?|lower|below|garbage|suffers|short of",
    ),
    "per_request_instructions": (
        r"chang\w*|var(?:y|ies|ied|iable)|differ(?:s|ent)?|dynamic(?:ally)?|(?:per|each|every) (?:request|customer|user|tenant|client|call|team|account)(?: has| have| gets)?|user~defined|configurable|personali[sz]ed|customi[sz](?:ed|able)|templated?|depend(?:s|ing)? on(?: the)? (?:request|customer|user|tenant|client)",
        r"(?:always |all |exactly )?the same|same (?:prompt|instructions?|system prompt|template)|always same|same|fixed|static|constant|identical|unchang\w+|one (?:prompt|template|system prompt|set)|hard~?coded|(?:rarely|seldom|hardly|never|barely) (?:ever )?(?:chang|var)\w+|stable",
    ),
    "voice": (
        r"(?:has|needs?|must|have|should|got) (?:to )?(?:sound|match|follow|read like|be written|speak|stay)|(?:brand(?:ed)?|house|exact|specific|particular|certain|strict|consistent|distinctive|distinct|very own|own|our) (?:exact )?(?:house )?(?:brand )?(?:voice|tone|style)|sounds? like|(?:should|must|has to|needs? to|to) (?:be|write|read|talk|feel|speak) (?:\w+ )?like (?:our|us|we|a|the)|picky|how (?:we|it|they) sounds?|(?:voice|tone|style|it|that)" + _GAP + r" (?:matters?|important|key|crucial|critical|essential)|matters?|important|crucial|critical|everything|essential|style~guide|persona|brand guidelines?|on~brand|voice of our own",
        r"neutral|plain|nobody (?:\w+ )?(?:reads?|cares?|sees?|notices?)|internal (?:use|only|tool)|(?:just|only) (?:a )?(?:labels?|json|classification|category|categories|numbers?)|(?:no|any|without) (?:particular |specific |special )?(?:styles?|tones?|voices?)(?: (?:needs?|requirements?|guide))?|not care|irrelevant|unimportant|anything goes|whatever",
    ),
    "format": (
        r"custom|proprietary|hl7|fhir|edifact|x12|cobol|fixed~width|(?:with )?(?:our |their )?own (?:extensions?|additions?|tweaks?|twists?|flavou?rs?|conventions?)|(?:our |their |your )?own (?:\w+ )?(?:dsl|formats?|schema|grammar|language|syntax|dialect|notation|markup|xml|json)|our own|in~house|inhouse|internal (?:\w+ )?(?:language|format|dsl|syntax|schema|notation)|dsl|dialect|grammar|nobody (?:outside )?(?:knows|else)|weird|unusual|exotic|non~standard|bespoke|special(?:i[sz]ed)?|home~?(?:grown|made)|format of our own|variant|unique",
        r"standard|plain|one of (?:the |our )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|a dozen) (?:\w+ )?(?:labels?|categories|classes|options|values)|free~text|freeform|free form|normal|regular|simple|common|off the shelf|natural language|prose",
    ),
}  # fmt: skip


ABOUT: dict[str, str] = {
    "data_may_leave": """
    data sensitive private confidential public open source internal external hosted api apis cloud vpc network premises prem premise
    onprem send sent sending leave leaves leaving out share shared sharing vendor vendors provider providers openai anthropic azure aws gcp google
    bedrock vertex pii phi hipaa gdpr baa dpa contract agreement nda soc2 soc iso legal compliance privacy security policy allowed
    permitted may must stay stays remain inside outside eu us europe servers server own tenant tenancy region restrictions restriction
    restricted regulated health medical patient patients bank banking financial personal customer customers names addresses emails
    documents docs text synthetic anonymized anonymised anonymous redacted scrubbed masked nothing everything anything issue issues
    problem problems fine third party parties approved signed off cleared concerns concern air gapped airgapped house
    in-house secret secrets classified government sov sovereign requirement requirements rules records tickets logs
    """,
    "can_wait": """
    monday tuesday wednesday thursday friday must wait waits waiting live with week weeks month months day days quarter quarterly monthly weekly daily release releases releasing ship ships
    shipping deploy deploys iterate iteration iterations cycle cycles change changes changing changed stable stays requirements
    categories category labels taxonomy rules things things fast slow slowly quick quickly rush hurry long anyway time timeline
    deadline roadmap plan planning schedule fine ok okay good works problem same rarely hardly seldom often never few max every
    two three four team acceptable manageable doable patience patient need needs hotfix stuff right
    """,
    "cheaper_model_enough": """
    cheaper cheap smaller small mini nano haiku flash lite model models prompt same reaches reach reached target hits hit works work worked
    drops drop dropped falls short quality accuracy enough good bad worse tested tried test close not there well just fine gets get quite
    performs perform performance similar equal equally comparable matches match
    """,
    "per_request_instructions": """
    instructions instruction prompt prompts request requests change changes changing vary varies varying same always fixed static stable
    constant different differ differs each every customer customers tenant tenants user users dynamic system template templates call calls
    identical one per rules never own custom configurable
    """,
    "voice": """
    tone style voice brand branded house sound sounds like write writing exact matter matters important importance everything crucial
    critical key legal wants guide guidelines persona formal our way neutral plain labels label json classification needs requirement
    requirements specific particular consistent here bit
    """,
    "format": """
    format formats output outputs json xml yaml csv schema dsl grammar dialect language query syntax custom proprietary own internal
    in-house house inhouse standard plain free text label labels category emits weird nobody outside knows special specific
    variant edi sql markdown simple regular normal common nothing string strings unusual strict structure structured
    """,
}
"""Words that belong to a topic of YES_NO, though they say neither: they leave no doubt about a reply."""


WEAK_NO = {
    "format": r"json|xml|yaml|csv|markdown|text|(?:a )?(?:category )?labels?|category|strings?|html|sql|yes / no",
    "voice": r"labels?|json|classification",
}


STRONG: dict[str, str] = {
    "data_may_leave": r"phi|pii|hipaa|sensitive|confidential|on (?:- )?prem|onprem|air|leave|leaves|synthetic|anonym|public|send|sent|data",
    "can_wait": r"can wait|can not wait|could wait|not wait|(?:ship|deploy|release)",
    "voice": r"voice|tone|style|brand|sound",
    "format": r"\bdsl|format|dialect|grammar|(?:outputs?|answers?|responses?) (?:is|are|in|must be|has to be) (?:\w+ )?(?:json|xml|yaml|csv)",
}
"""What a phrase must hold to answer a question that was not asked."""


MISSES = {
    "behaviour": r"(?:the )?(?:tone|style|wording|phrasing)(?! (?:is|guide))|has (?:everything|all(?: the)?(?: \w+)?|the \w+)(?: (?:that )?it needs?)?(?: ,| and| but)* (?:still|yet|then)(?: \w+){1,2} (?:wrong|badly|it wrong)|(?:has|have|had|knows?|got|gets?|finds?|sees?)(?: all)?(?: of)? (?:them|it|the (?:right )?(?:facts|information|info|answer|context|data|knowledge)|everything|what it needs)" + _LAZY + r" but" + _LAZY + r" (?:wrong|wrongly|badly|ignores?|incorrect\w*|poorly|differently|mess\w*)?|(?:says?|does|phrases|puts|gets|words|applies|expresses|uses) (?:it|them|things|that|stuff) (?:wrong|wrongly|badly|incorrectly)|not follow(?:ing)?(?: \w+){0,2}|ignor\w+(?: \w+){0,2} (?:instructions?|rules?|prompt|guidelines|format|tone)|wrong (?:tone|style|behaviou?r|reasoning|steps?)|bad reasoning|(?:the )?behaviou?rs?|misbehav\w+|reasoning|(?:tone|style|phrasing|wording) is(?: \w+)?|off~brand|inconsistent\w*|sloppy|careless|verbose|too (?:long|wordy|chatty|verbose)|rambl\w+|instructions",
    "labels": r"(?:not (?:really )?(?:know|understand|get|recogni[sz]e|follow|use|stick to|respect|match|grasp)|unaware of|unfamiliar with|confus\w+|mix\w*(?: up)?|misunderst\w+)" + _LAZY + r" (?:labels?|taxonomy|taxonomies|categories|classes|codes|formats?|schema|terminology|jargon|conventions|terms)(?: or (?:the |our )?(?:formats?|taxonomy|categories|labels?|schema))?|(?:our|own|custom|internal)(?: own)? (?:labels?|taxonomy|categories|classes|codes|format|schema|terminology|jargon|conventions)|labels?|taxonomy|categories|wrong (?:labels?|category|categories|class|classes|format|codes?)|terminology|jargon",
    "facts": r"(?:lack\w*|miss\w*|without|needs?|not (?:really )?(?:know|have)|no access to|unaware of|short of)" + _LAZY + r" (?:facts?|knowledge|info|information|context|products?|prices|pric\w+|polic\w+|docs|documents|documentation|data|catalogue|catalog|answers?)(?: (?:that )?(?:it|they) (?:was|were|is|are) not given)?|knowledge gaps?|(?:out~of~date|outdated|stale)(?: (?:info|information|facts|knowledge|data))?|hallucinat\w+|mak\w+ (?:things|stuff|facts|it) up|made up|invent\w*|facts?|not in (?:the|its) (?:prompt|context)|missing (?:facts|knowledge|context|info)|knowledge",
    "disagreement": r"(?:people|annotators|experts|reviewers|raters|humans|labell?ers|they|we|colleagues|everyone|team|staff|agents)" + _LAZY + r" (?:disagree\w*|not (?:even )?agree|argue|differ|can not agree)|disagree\w*|(?:no|not|never)(?: one| a)?(?: single| clear)? (?:right|correct) answers?|subjective|ambiguous|inter~annotator(?: agreement)?|debatable|not (?:even |always )?agree|nobody agrees|no consensus|matter of (?:taste|opinion)|unclear what is right|judge?ment calls?",
}  # fmt: skip


REASONS = {
    "quality": r"quality|accura\w+|better (?:answers?|results?|outputs?)|more correct|correctness|fewer (?:errors|mistakes)|better",
    "cost": r"costs?|cheap\w*|money|pric\w+|bills?|expens\w+|budget\w*|spend\w*|savings?",
    "latency": r"latency|speed\w*|fast\w*|slow\w*|quick\w*|response times?|latencies",
    "format": r"formats?|formatting|json|schemas?|structured?(?: outputs?)?|dsl",
    "voice": r"(?:brand )?(?:voice|tone|style)(?: or (?:voice|tone|style))?|branding|brand|persona",
}
