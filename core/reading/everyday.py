"""Everyday words: those that may stand beside any answer without changing what it says.

Left out on purpose are words that take back, date, bound, scale or condition what is said (after, until, once, next,
expected, planned, peak, limit, except, half, last, other, grow): with one of them a reading is shown to be confirmed.
"""
# ruff: noqa: E501, SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

EVERYDAY = frozenset(
    """
    sir madam mate buddy dude man guys everybody colleague colleagues coworker boss manager managers ceo cto cfo vp lead leads leadership management
    counsel lawyer lawyers dpo ops devs dev developer developers engineering engineer engineers analyst analysts pm pms owner stakeholder stakeholders
    someone somebody anyone anybody myself yourself ourselves themselves himself herself his her him
    company org organisation organization business department group office firm startup enterprise corp
    day days date period reporting recent recently lately these nowadays meanwhile morning evening
    service services system systems server servers app application applications tool tools platform product products site website websites sites portal bot bots
    dashboard dashboards grafana datadog kibana log logs logging metrics metric stats statistics report reports spreadsheet sheet chart graph invoice invoices
    billing console admin analytics finance accounting record records notes wiki page doc docs
    gave give gives given giving took take takes taken taking put puts putting tell tells told show shows showed shown showing
    look looks looked looking check checks checking count counts counted counting process processes processed processing serve serves served
    serving handle handles handled handling receive receives received receiving send sends sending sent return returns returned build builds built building
    create creates created write writes wrote written writing read reads reading include includes included including contain contains contained containing
    keep keeps kept keeping hold holds held holding work works worked working come comes came coming ask asks asked asking answered answering
    start started starts begin began help helps helped helping let lets call called calls calling provide provides provided providing
    bring brings brought share shared talk talked talking discuss discussed agree agreed decide decided believe seem seems seemed appear appears
    find finds found mean means meant want wants feel feels felt hear heard understand understood remember mention mentioned
    append appended draft drafted add attached fix fixes fixed fixing land lands landed attach validate validates validated validating collect collected collecting gather gathered
    generate generates generated produce produces produced producing turn turned deliver delivers delivered support supports supported
    scrape scraped crawl crawled download downloaded pull pulled pulls query queried store stored export exported import imported
    pick picked picky choose chose chosen select selected care cares cared bother bothered worry worries worried
    stay stays stayed remain remains remained hover hovers hovering varies vary ranging range ranges fluctuates swings float floats
    deal deals dealing face faces faced facing spend spends spent spending pay pays paid paying cost costs own owns owned
    measure measures measured measuring evaluate evaluates evaluated evaluating test tests tested testing try tries tried trying
    good great nice fine decent solid proper thorough serious seriously real really true truly actual simple easy quick quickly short long big bigger small
    smaller large larger huge tiny full fully whole entire complete completely whatever whatsoever anyway anyways anyhow though
    super very totally definitely absolutely certainly clearly obviously surely hopefully apparently supposedly presumably evidently strictly exactly precisely
    pretty fairly mainly mostly largely primarily essentially basically especially particularly specifically particular specific certain
    many much several various different multiple numerous plenty lots loads tons couple
    go goes went gone shot effort attempt attempts round rounds iteration iterations pass passes version versions
    thing things stuff kind sort type types way ways part parts piece point bits area areas field fields case cases
    people person user users customer customers client clients agent agents human humans team teams folks crew staff student students
    english german french spanish italian dutch portuguese japanese chinese korean arabic hindi multilingual language languages
    mainframe legacy legal medical financial insurance banking retail support sales marketing hr healthcare
    internal external public online offline batch async asynchronous realtime live interactive backend frontend pipeline pipelines workflow workflows
    sentence sentences word words text texts paragraph paragraphs message messages msg msgs chat chats email emails ticket tickets
    prompt prompts prompting engineering instruction instructions example examples schema output outputs input inputs model models llm llms ai gpt api apis
    via through across within into onto upon among toward towards against along off onto
    here there where everywhere elsewhere both either all every each any some most
    like such same similar alike likewise also too plus even still just only simply merely quite rather
    please thanks thank thx cheers hi hey hello ok okay alright cool fine sorry
    one ones self hosted hosting selfhosted openrouter litellm portkey groq together fireworks replicate ollama vllm bedrock vertex azure openai anthropic google aws
    val validation macro micro weighted held heldout holdout dev set sets suite benchmark internal
    us we our ours they them their theirs he she it its you your yours i me my mine who whom whose which what when why how
    because since so therefore thus hence as if-any fyi aka ie eg etc etcetera namely incl
    today now currently presently tonight daytime right away
    story news question questions topic topics context background idea ideas opinion view sense fact facts knowledge reference info information
    first firstly secondly thirdly finally lastly number
    sums sum figure figures total totals overall altogether combined
    cycle cycles roadmap schedule calendar plan sprint sprints release releases train trains
    policy policies rule rules regulation regulations regulator regulators law laws contract contracts clause clauses
    rbi fca sec fda bafin hipaa gdpr sox iso soc
    catalogue catalog price prices item items order orders building premises datacenter datacentre centre center infra infrastructure hardware machine machines
    signed dpa baa nda msa dpia
    hot kept hand handpicked hand-picked checked worked few-shot counts asap though tho
    """.split()
) - frozenset(
    "was were if when only half last next other plan add either second rather fine sent hopefully "
    "turn turned most much many kept sorry "
    "tonight cool ok okay right facts".split()
)
"""``either`` and ``when`` are left to the phrases in :mod:`core.reading.asides`."""
