"""Words that mean about the same, as one concept, so that the classifier need not have seen each of them.

A concept is written in capitals; words that are in no line stand for themselves.
"""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

_LINES = """
NO: no not never none nothing nobody neither nor nope nah nowhere without hardly barely scarcely rarely seldom nein non
YES: yes yeah yep yup sure absolutely definitely certainly indeed course ja si oui totally exactly affirmative
ONLY: only just solely merely purely nothing-but exclusively alone
BUT: but yet however though although whereas except still nevertheless anyway
SAME: same identical equal equally alike unchanged uniform constant fixed frozen static hardcoded stable standard single universal
DIFFER: different differ differs differing varies vary varying individual custom tailored personalised bespoke specific separate dynamic configurable customised variable
CHANGE: change changes changed changing move moves moved shift shifts update updates updated updating revise revised revises revising revision amend amended adapt adapts rotate evolve evolves adjusted adjust rewritten rewrite tweak tweaks edit edits
EACH: each every per any everyone everybody
ALL: all everything whole entire every
OWN: our own ours inhouse in-house homegrown homemade proprietary internal internally house custom peculiar special
LABEL: label labels category categories class classes tag tags code codes taxonomy taxonomies bucket buckets classification scheme heading headings drawer severity grade grades priority type types naming name names abbreviation abbreviations shorthand jargon terminology vocabulary term terms acronym acronyms wording lingo slang
FORMAT: format formats schema json xml layout template templates structure structured field fields markup dsl notation csv hl7 edi parse parseable parsed import imports record form column columns table syntax
VOICE: voice tone style brand branding wording personality persona sound sounds warm warmer friendly friendlier human stiff formal wooden robot robotic character
INVENT: invent invents invented inventing fabricate fabricates fabricated hallucinate hallucinates hallucinated hallucination hallucinations makes-up made-up fiction imaginary nonexistent guess guesses guessing guessed improvises improvise bluffs confabulates
LACK: lack lacks lacked lacking missing absent unavailable outdated stale unaware unknown blind unseen
KNOW: know knows knew known aware understand understands recognise recognises recognizes familiar heard learned learnt
SEE: see sees saw seen access look looks looked find finds reach connected connection available visible
GIVEN: given give gave told tell fed feed shown show provided supplied handed passed pasted paste
FACT: fact facts information info knowledge data context background details detail figures prices price specs history
IGNORE: ignore ignores ignored ignoring skip skips skipped overlook overlooks overlooked forget forgets forgot forgotten omit omits drop drops dropped leaves disregard disregards neglects
THERE: there present included contained right-there page written stated stands contains
CONFUSE: confuse confuses confused confusing mix mixes mixed swap swaps swapped muddle muddles misread misreads misreading misunderstands
RULE: rule rules instruction instructions prompt told guideline guidelines policy policies checklist rubric criteria script brief briefing style-guide guidance
DISAGREE: disagree disagrees disagreement disagreements dispute disputed contested debate debated debatable argue argues arguing quarrel quarrelling split divided contradict contradicts differ conflicting subjective ambiguous opinion opinions taste judgement judgment grey gray controversial
AGREE: agree agrees agreed agreement consensus unanimous
PEOPLE: people annotators annotator experts expert reviewers reviewer colleagues colleague raters rater graders grader teachers teacher doctors doctor nurses nurse lawyers lawyer radiologists editors editor underwriters brokers adjusters adjuster clerks clerk staff team teams humans human managers manager boss judges judge pharmacists pharmacist auditors auditor inspectors inspector analysts analyst agents agent specialists specialist seniors partners partner translators translator readers committee department departments shift shifts physicians physician clinicians clinician librarians curators recruiters
TWO: two three both half second another other couple
WRONG: wrong wrongly incorrect incorrectly badly bad error errors mistake mistakes mess false faulty misses
RIGHT: right correct correctly accurate properly well
TOO: too overly excessively far
LONG: long wordy verbose chatty lengthy
FAST: fast faster quick quicker quickly speed speedy instant instantly snappy snappier rapid realtime
SLOW: slow slower slowly lag laggy latency delay delays wait waits waiting ttft takes sluggish hang
COST: cost costs cheap cheaper price prices pricing bill bills invoice invoices money expensive spend spending spends budget expense economics margin margins pay pays profit financial financially dollars fee fees dear pricey savings save saving fortune roi cfo finance
QUALITY: quality accuracy accurate precision reliable reliability correctness better best improve improved precise dependable
FEWER: fewer less reduce reduces reducing lower cut cutting shorter down
ENOUGH: comfortable reasonable workable feasible pleased impressed solid flawless negligible plenty ample enough sufficient suffices suffice adequate fine ok okay acceptable good great alright satisfactory
REACH: reach reaches reached hit hits pass passes passed meet meets met match matches matched clear clears cleared makes made manages copes cope handles gets
WORSE: disappointing disappointed disappoint mess messy nosedived plummeted tanked shaky unreliable awful lousy sloppy dismal botched garbled worse worst drop dropped falls fall fell short below under suffers struggle struggles fails failed fail weak weaker degraded degrades loses lost miss missed inferior garbage useless rubbish hopeless terrible poor
BIG: big bigger large larger expensive top full biggest frontier opus flagship strongest best pro
SMALL: small smaller mini nano haiku flash lite little cheap cheaper smallest light lighter tiny
ALLOW: allow allows allowed permit permits permitted approve approved approves approval clear cleared consent consented ok okayed green blessing agreed authorised authorized permission sanctioned greenlit go-ahead signed sign licence may
FORBID: forbid forbids forbidden prohibit prohibits prohibited ban bans banned veto vetoed vetoes blocked block blocks refuse refused refuses objected reject rejected rejects illegal unlawful against breach rule-out denied denies disallow disallows
LEGAL: legal lawyers lawyer dpo compliance security ciso privacy council union regulator counsel ethics board ministry attorney authority gdpr hipaa contract contracts nda baa dpa policy
OUT: out outside external externally leave leaves leaving send sent sending share shared third party parties vendor vendors provider providers openai api apis cloud azure aws google microsoft bedrock hosted
STAY: stay stays remain remains keep kept inside in-house onprem premises basement locally local walls here servers machines network
SECRET: confidential secret secrets sensitive private personal privileged classified patient patients medical health names diagnoses salary payroll secrecy confidentiality sealed children minors
PUBLIC: public publicly published open website synthetic anonymised anonymized anonymous pseudonymised dummy fake harmless
TRAIN: train trains training trained learn learning finetuning tuning
TIME: week weeks month months fortnight quarter quarters quarterly semester
SHORTTIME: day days daily hour hours hourly minute minutes today tomorrow tonight overnight immediately asap weekly same-day morning afternoon once instantly
YEARLY: year years yearly annual annually decade decades january summer season seasons term
URGENT: urgent urgently hurry rush deadline pressing emergency time-critical
OFTEN: often constantly frequently always continuously regularly keeps
EXAMPLE: example examples shot shots sample samples demonstration demonstrations cases
THOROUGH: thorough thoroughly elaborate polished iterated detailed extensive careful carefully seriously serious proper properly
BASIC: basic simple short quick rough minimal bare naive sentence one-liner liner lines paragraph first draft default
TRY: try tried tried test tested tests testing trial trialled compared compare experiment experimented measured evaluated benchmark
INPUT: input inputs text texts letter letters document documents content file files question email emails
CLIENT: client clients customer customers tenant tenants user users account accounts patient hospital hospitals school schools clinic clinics branch branches
REQUEST: request requests call calls time order orders job jobs case
ASK: ask asked asking check checking clarify clarified pending review decide decides decided waiting discuss discussed
SATISFIED: happy glad content pleased
"""

CONCEPTS: dict[str, str] = {}
"""The concept of each word that has one; a word that stands in several lines has the first."""
for _line in _LINES.strip().split("\n"):
    _name, _words = _line.split(": ")
    for _word in _words.split():
        CONCEPTS.setdefault(_word, _name)
