"""The words that may stand in an answer without changing what it says, in general and by topic.

A word that is in none of these sets, and in no rule, makes a reading doubtful: see :mod:`core.reading.coverage`.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from core.facts import THINGS
from core.reading.phrases import ABOUT

FILLER = frozenset(
    """
    a an the this that these those it its itself he she they them their theirs i im ive id we us our ours ourselves you your yours my me
    mine is are am be been being was were s t do does did done doing have has had having will would can could shall may might
    of to in on at for with from by as and so then there here which who whom whose what per
    about around like maybe perhaps probably prob possibly guess think umm uhm ummm hmmm believe reckon guessing estimate estimated estimates say says
    said saying hmm hm um uh er hell heck somewhat odd ah oh well so ok okay alright right kinda kind sort sorta quite pretty rather fairly really very much
    just only simply basically actually honestly frankly tbh imo imho afaik iirc fwiw btw literally essentially roughly give take or
    ish more less most least some any all each every both overall total altogether usually typically normally mostly generally often
    average avg mean approx approximately currently current present now today rn atm moment right already still yet far ongoing
    please thanks thank hi hey hello folks everyone team guys all lol haha sorry yes no not nope
    get gets getting got see seeing run runs running make makes making use uses using used go goes going come comes
    need needs needed want wants wanted would like know knows figure figures number numbers thing things stuff bit little lot
    typo typos mistyped our own side end case cases basis terms current somewhere anywhere something anything between up down out
    be sits sitting hovers hovering stands standing reach reaches reached reaching hit hits hitting
    too also plus additionally moreover again same however answer answers question
    because since due given when while where if max min maximum minimum tops
    { } | \\ § . , ; : ! ? ( ) " ' - / ~ = + * & ... [ ]
    """.split()
) - {
    "if",
    "however",
    "no",
    "not",
    "or",
    "was",
    "were",
    "rather",
    "more",
    "less",
    "most",
    "least",
    "had",
    "used",
    "when",
}

HEDGES = frozenset(
    "about around like maybe perhaps probably prob possibly guess think reckon somewhere ~ roughly say ish".split()
)

CONTRAST = frozenset(
    "but except although though however unless depends depending until till if otherwise apart besides whereas yet either or versus vs "
    "instead sometimes occasionally partially partly partial".split()
) - {"yet", "till", "though"}
"""Words that take something back."""

NEGATORS = frozenset(
    "not no never none nothing without neither nor nobody hardly cannot isnt nicht kein keine pas".split()
)

YES = frozenset(
    "yes y ya yeah yeh yea yep yup yess yessir yas ye sure absolutely definitely certainly correct indeed affirmative aye totally exactly "
    "si sí oui ja da claro sim yebo aye oo haan hai agreed true naturally".split()
)
NO = frozenset("no n nope nah nay noo nooo nein non negative não false nop naw nae nee nej never".split())

WORK = frozenset(
    """
    team teams company business product products project projects users user customer customers client clients app apps system systems
    pipeline service services model models prompt prompts prompting llm llms api apis data task tasks job jobs work works working
    calls call requests request queries query sprint quarter week month year people person folks side legal security compliance
    support tickets ticket emails email documents document docs messages message records record items item support
    production prod staging pilot live environment eval evals evaluation test tests tested testing tried try trying
    """.split()
)

TOPICS: dict[str, frozenset[str]] = {
    **{topic: frozenset(words.split()) for topic, words in ABOUT.items()},
    **{key: things.about for key, things in THINGS.items()},
    "quality": frozenset(
        """
    accuracy accurate acc f1 f score precision recall quality correct correctly right pass passes passing passed rate success successful
    wrong incorrect error errors fail fails failing failed failure failures miss misses missed mistakes mistake bad good
    eval evals evaluation evaluations test tests tested set holdout gold golden benchmark cases case examples samples tickets answers outputs
    target goal bar aim aiming objective threshold requirement required requires must should happy acceptable accept least minimum
    currently today now present baseline measured measure measuring score scores scored scoring get getting need needed want
    budget level hit prod production model prompt system it of them time times % percent pct
    """.split()
    ),
    "misses": frozenset(
        """
    names terms jargon misses miss mistakes mistake errors error half many wrong answers answer mostly mainly model facts knowledge information context missing
    lacks lack labels label taxonomy categories category format own people annotators disagree domain specific it outputs output
    """.split()
    ),
    "reasons": frozenset(
        """
    replies cost costs cheaper latency speed faster quality accuracy better format voice tone style brand reason reasons mainly mostly main
    primarily lower higher improve improving improved reduce reducing cut cutting save saving saves money bill price prices pricing response
    responses time times quicker slow slower expensive consistent consistency output outputs structured
    """.split()
    ),
    "calls_per_month": frozenset(
        """
    call calls request requests query queries message messages ticket tickets email emails document documents doc docs inference
    inferences completion completions invocation invocations hit hits transaction transactions conversation conversations chat
    chats item items record records prediction predictions classification classifications generation generations prompts api volume
    traffic load throughput usage peak avg average sustained steady mean growing monthly daily weekly hourly yearly annually
    nonstop officehours alldays sixdays weekdays weekday business hours hour working days during only on average month day in prod production
    processing process processed handle handles handling serving serve do doing
    volumes currently expect today rn llm model total about at around the clock im pro par al por le la am der
    """.split()
    ),
    "latency_ms": frozenset(
        """
    latency p50 p90 p95 p99 median percentile response responses time times takes take taking took slow fast under within below ms
    milliseconds seconds second sec fine ok enough budget limit limits sla slo users user end max must should call calls answer
    answers target currently today be sub acceptable required than realtime interactive reply
    """.split()
    ),
    "tokens": frozenset(
        """
    token tokens tok toks input output prompt prompts completion completions response responses in out context generated answer
    answers reply system tiny short long small large each call request average length system about roughly
    """.split()
    ),
    "model": frozenset(
        """
    model models using use used switch switched switching moved running run on azure openai anthropic bedrock vertex google aws api hosted instruct chat latest turbo preview
    full size version currently probably self-hosted via through ollama groq together fireworks gpus gpu h100 h100s h200 h200s a100 a100s b200 l4 l40 l40s t4 a10 a10g v100 nvidia own our with instead default
    """.split()
    ),
    "money": frozenset(
        """
    cost costs price priced budget spend spending pay paying rate gpu gpus demand on-demand spot reserved instance bill monthly hourly
    is hour month tokens token input output dollars budgeted charges charge hosting server h100 a100 l4 t4 l40s a10 per up engineer labour labor
    """.split()
    ),
}
for _same, _as in (
    ("quality_now", "quality"),
    ("quality_target", "quality"),
    ("latency_now_ms", "latency_ms"),
    ("latency", "latency_ms"),
):
    TOPICS[_same] = TOPICS[_as]

ON_TOPIC = (
    frozenset().union(*TOPICS.values())
    - FILLER
    - frozenset("house team good bad fine time long hand people patient spot".split())
)

_OTHERS = frozenset(
    """
    weather coffee lunch meeting standup monday tuesday wednesday thursday friday saturday sunday tomorrow yesterday tonight morning
    evening afternoon night count county counts mouth mouse house horse hours tickets taken token broken quantity equality reality
    second seconds minute minutes hour hours thousand thousands hundred hundreds million millions billion billions lakh lakhs crore
    dozen dozens double doubles triple triples twice halves percent percentage points point target targets before after another other
    others would should could might their there these those where which while whose every never always first third fourth fifth
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
    twenty thirty forty fifty sixty seventy eighty ninety eighth ninth tenth couple handful grand quarters thirds fifths
    sekunde seconde segundo minuto stunde heure jour giorno woche semaine semana settimana monat trimestre quartal année prozent
    milli millis millisecond milliseconds dollar dollars bucks euro euros pound pounds rupee rupees francs cents pence
    tausend millionen millones milioni environ zwischen night nightly fortnight workday workdays annum annual
    labels labelling format formats formatting formal normal outfit prompts average averages house tokenizer public publish dozen
    again start restart reset previous summary explain undo because daily weekly monthly yearly annually hourly quarterly nightly
    thought though through tough rough month months week weeks quick quiet quite level sample simple request require required
    """.split()
)
KNOWN = FILLER | CONTRAST | NEGATORS | YES | NO | WORK | frozenset().union(*TOPICS.values()) | _OTHERS

_NOUNS = """
examples example tokens requests request queries calls months month monthly seconds second minutes minute million millions billion thousand
hundred percent accuracy currently target latency volume sensitive labelled annotated quality weeks daily weekly yearly annually hours
around about roughly between output input prompt average probably maybe restart summary explain previous disagree labels format
thirty forty fifty sixty seventy eighty ninety twelve fifteen twenty dozen customers public restrictions confidential
definitely absolutely
""".split()
CORRECTABLE: dict[str, tuple[str, ...]] = {}
for _word in sorted(set(_NOUNS)):
    CORRECTABLE[_word[0]] = (*CORRECTABLE.get(_word[0], ()), _word)
