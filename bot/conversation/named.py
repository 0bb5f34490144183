"""What a question about an advice names: an answer of the tree, options to compare, or something that costs money. Pure."""

# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.conversation.supposing import in_digits

CHECKED = (
    r"(?:checked|reviewed|corrected|labell?ed|annotated|tagged|graded|verified|approved|signed(?: off)?|rated|coded|curated|proof ?-?read|"
    r"hand ?-?(?:labelled|checked|made)|gold(?:en)?|examples?|samples?|training (?:data|cases|set))"
)
"""How people call what can be trained on."""
_LABELLING = r"(?:label(?:s|led|ing|ling)?|check(?:s|ed|ing)?|review(?:s|ed|ing)?|correct(?:s|ed|ing)?|annotat\w+|tagg?(?:ed|ing)?)"

_TOPICS: tuple[tuple[str, str], ...] = (
    ("prompt_examples", r"\bexamples? (?:are |is |were |we (?:have|had|put) )?in (?:the|our|my|its) prompt\b|\b(?:few ?-?shot|thorough prompt|fair (?:try|chance)|prompt (?:was |is )?(?:tried|thorough))\b"),
    ("misses:disagreement", r"\b(?:dis)?agree\w*\b|\b(?:differ(?:s|ed|ently|ent)?|argue|opinions?|quarrel\w*|dispute\w*|inconsisten\w+)\b.*\b(?:rate|grade|label|judge|mark|code|people|two|both|colleagues?|staff|us)\w*|\b(?:rate|grade|label|judge|mark|code|see|score)s?\b(?: \w+){0,3} (?:differently|not the same|otherwise)|\b(?:two|both)\b(?: \w+){0,3} (?:say|give|choose|pick) (?:different|other)"),
    ("cheaper_model_enough", r"\b(?:cheap(?:er)?|small(?:er)?|mini|little|light(?:er)?)(?: \w+)? (?:model|one|version|brother)s?\b|\bmini\b"),
    ("per_request_instructions", r"\binstructions?\b|\b(?:each|every) (?:client|customer|request|shop|tenant|site|hospital|school|team)s?\b.*\b(?:own|different|other)\b|\bper request\b|\bfrom (?:request|client|customer) to (?:request|client|customer)\b"),
    ("misses:facts", r"\b(?:facts?|retrieval|rag|knowledge)\b|\b(?:can ?not|cant|doesnt|does not|didnt|not|never|without|unable to|isnt able to)(?: \w+){0,2} (?:see|know|knowing|have|having|find|finding|read|access|reach|look|given|contain)\w*\b(?! our (?:labels?|codes?|format))|\b(?:lack|miss)\w*\b(?! example)"),
    ("misses:labels", r"\b(?:our|own|the|my|house) (?:\w+ ){0,2}(?:labels?|taxonomy|codes?|categories|abbreviations?|format|schema|jargon|terms?)\b|\bformat\b|\bschema\b"),
    ("data_may_leave", r"\b(?:data|legal|lawyers?|privacy|gdpr|compliance|cloud|confidential\w*|regulators?|dpo)\b|\b(?:leave|leaves|stays?) (?:the|our|in) (?:house|building|country|premises|network|hospital|bank|company)\b|\b(?:house|building|premises)\b"),
    ("can_wait", r"\b(?:wait|waits|waiting|waited|weeks?|cycles?|same day|within (?:a|one) (?:day|week)|immediately|overnight|iterations?|patien\w+)\b|\bchang\w+ (?:each|every|all the|so often|weekly|monthly|daily)\b"),
    ("labelled_examples", rf"\b{CHECKED}\b|\b(?:enough|more|many|few) (?:data|material)\b"),
    ("latency_ms", r"\b(?:latency|seconds?|milliseconds?|speed|slow|fast(?:er)?|quick(?:er)?|response time)\b"),
    ("quality", r"\b(?:quality|accura\w+|target|goal|score|per ?cent|percentage|error rate|hit rate|correctness|test set|right answers)\b|\d ?%"),
    ("calls_per_month", r"\b(?:calls?|volume|traffic|requests?|load|throughput|messages?|mails?|emails?|tickets?|letters?|orders?|documents?|pages?|queries|claims?)\b|\bhow (?:many|much) (?:we|there|come)\b|\b(?:per|a|each|every) (?:day|week|month|year|hour)\b|\b(?:daily|weekly|monthly|holidays?|season\w*|august|december|summer|weekends?)\b"),
    ("reasons", r"\b(?:reasons?|purpose|what (?:it is|we want it) for|goal of|cost|money|voice|tone|style)\b"),
)  # fmt: skip
"""The question of the tree that words are about; of misses also which kind. The narrower stand before the wider."""

_OPTIONS: tuple[tuple[str, str], ...] = (
    ("self_hosted", r"\b(?:self ?-?host\w*|host\w* (?:it |one |them |that )?(?:our|your)sel(?:f|ves)|(?:our|your|own|my|a) (?:own )?(?:servers?|machines?|gpus?|box|hardware|rack|computers?|cluster|data ?cent(?:er|re))|in ?-?house|on ?-?prem\w*|open (?:source |weights? )?model|locally|at home|under our (?:desk|roof))\b"),
    ("hosted", r"\b(?:fine ?-?tun\w*|tun(?:e|ed|ing)|train(?:ed|ing)?)\b"),
    ("cheaper", r"\b(?:cheap(?:er)?|small(?:er)?|mini|little|light(?:er)?)(?: \w+)? (?:model|one|version)s?\b|\bmini\b"),
    ("prompt_cached", r"\bcach(?:e|ed|ing)\b(?: prompt\w*)?|\bprompt\w* cach\w+"),
    ("prompt", r"\b(?:prompt\w*|as we (?:are|do)|what we (?:have|do|run|use)(?: now| today)?|today|the (?:present|current) (?:one|model|way|setup)|stay\w*|status quo|no training|carry on|the way we do it now)\b"),
)  # fmt: skip
_TUNED_SMALL = re.compile(
    r"\b(?:tuned|trained|fine ?-?tuned)(?: \w+)? (?:small|cheap|little|mini)\w*(?: \w+)?\b|\b(?:small|cheap|little)\w* (?:tuned|trained|fine ?-?tuned)\b"
)
_SAME_PROMPT = re.compile(r"\bwith (?:the|our|my|your|this|that)?(?: same| own| present| current)? ?prompt\b")
_BESIDE = re.compile(
    r"\b(?:compar\w*|versus|vs|against|side by side|beside|next to|difference|between|rather than|wins?|or|differs?|and .* (?:differ|compare)|which (?:is|one|of|would)|who is|beats?|add up|pick one)\b"
)
"""That options are held against each other."""

_THINGS: tuple[tuple[str, str], ...] = (
    ("spare", r"\b(?:second|spare|backup|reserve|replacement|redundan\w*|extra)\b(?: \w+)? ?(?:machine|server|gpu|box|one)?\b.*\b(?:break\w*|fail\w*|outages?|server|machine|gpu)\b|\bfail ?-?over\b|\bredundan\w+"),
    ("oncall", r"\b(?:night|nights|weekends?|on ?-?call|stand ?-?by|gets? up|pager)\b"),
    ("checking", r"\b(?:checks?|checking|reviews?|controls?|verif\w+|looks? over|reads? over|proofreads?)\b(?: \w+){0,4} (?:outputs?|by hand|afterwards|results?|each answer|every (?:\w+ )?(?:code|answer|output|letter|text|one))\b|\bhuman (?:check|review)\w*"),
    ("input", r"\b(?:scan(?:s|ned|ning)?|ocr|hand ?-?writ\w+|handwriting|dictat\w+|transcri\w+|translat\w+|turkish|polish|german|french|spanish|arabic|(?:other|many|several|different|foreign) languages?|pdfs?|photos?|audio)\b"),
    ("electricity", r"\b(?:electric\w*|power(?: bill)?|energy|cooling|air ?-?condition\w*|watts?|kilowatt\w*|kwh)\b"),
    ("changes", r"\b(?:chang\w+|amend\w*|new (?:codes?|rules?|labels?|forms?|products?|prices?|versions?)|revis\w+|renew\w*|differ\w* (?:each|every))\b.*\b(?:each|every|all|often|weekly|monthly|quarter\w*|year\w*|month|week|monday|season)\b|\b(?:each|every) (?:month|week|quarter|year|season|monday)\b.*\b(?:chang\w+|new|amend\w*|differ\w*|revis\w+)\b"),
    ("upkeep", r"\b(?:maint\w+|upkeep|keeping it (?:up|alive|running)|retrain\w*|train\w* (?:it )?(?:again|anew)|afterwards|updates?|refresh\w*|look(?:s|ing)? after)\b"),
    ("labelling", rf"\b(?:who|people|person|work|time|hours|salary|staff|students?|interns?|nurses?|clerks?|agency|cost)\b.*\b{_LABELLING}\b|\b{_LABELLING}\b.*\b(?:work|time|hours|people|paid|cost)\b|\blabell?ing\b|\bannotators?\b"),
    ("people", r"\b(?:my|our|own|his|her|their|the|staff|working) (?:\w+ )?(?:time|hours|work|salar\w+|wages?)\b|\b(?:people|staff|salar\w+|wages?|developers?|engineers?|engineering|man ?-?(?:hours|days)|colleagues?|admins?|on ?-?call|somebody|team|labou?r|consultants?|freelancers?)\b"),
    ("hardware", r"\b(?:gpus?|graphics? cards?|servers?|hardware|machines?|computers?|rack|cluster|host(?:ing|ed)?|data ?cent(?:er|re)|depreciation)\b"),
    ("cache", r"\b(?:cach\w+|discounts?|batch\w*|rebate\w*)\b"),
    ("retries", r"\b(?:retr(?:y|ies)|repeats?|repeated|failed calls?|twice|again)\b"),
    ("tokens", r"\b(?:tokens?|prompt length|api|calls?|inference)\b"),
    ("training", r"\b(?:training|train (?:it|one|a model)|tuning|fine ?-?tun\w*|runs?|experiments?|set ?-?up|first build|one ?-?off|up ?-?front)\b"),
    ("storage", r"\b(?:storage|storing|disk|backups?)\b"),
    ("tax", r"\b(?:vat|tax(?:es)?|customs|duty|gst)\b"),
    ("exchange", r"\b(?:exchange rates?|currency|euros?|pounds|francs)\b"),
    ("errors", r"\b(?:errors?|mistakes?|wrong answers?|complaints?|fines?|damage|lost customers?)\b"),
    ("licences", r"\b(?:licen[cs]es?|seats?|subscriptions?|contracts?|support plan)\b"),
    ("evaluation", r"\b(?:evaluat\w+|measur\w+|test(?:s|ing)?|quality (?:control|check)\w*|monitor\w*)\b"),
    ("security", r"\b(?:security|audits?|certif\w+|pen ?-?test\w*|privacy)\b"),
)  # fmt: skip
"""What somebody may want to know counted."""

WORD_OF: Mapping[str, str] = {
    "spare": "a second machine", "oncall": "whoever is on call", "checking": "people who check the outputs afterwards",
    "input": "reading or translating what comes in", "electricity": "electricity", "changes": "how often things change", "upkeep": "upkeep and training anew",
    "labelling": "the people who check examples", "people": "people's time", "hardware": "GPUs and servers",
    "cache": "the cache and batch discounts", "retries": "repeated calls", "tokens": "tokens", "training": "training",
    "storage": "storage", "tax": "taxes", "exchange": "exchange rates", "errors": "the harm of wrong answers",
    "licences": "licences and contracts", "evaluation": "measuring and testing", "security": "security and audits",
}  # fmt: skip


_MONTHS: tuple[tuple[str, int], ...] = (
    (r"\b(?:half a year|half ?-?year|6 months)\b", 6),
    (r"\b(?:(?:a|one|next|this|the) quarter|3 months)\b", 3),
    (r"\b(?:two years|2 years)\b", 24),
    (r"\b(?:a year|one year|1 year|next year|twelve months|12 months)\b", 12),
)
_MONTH_OF = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
    "dec": 12, "new": 1, "spr": 4, "sum": 7, "aut": 10, "fal": 10, "win": 12, "eas": 4, "chr": 12,
}  # fmt: skip
_UNTIL = re.compile(
    r"\b(?:until|till|til|before|by|in) (?:the |next |after )?(january|february|march|april|may|june|july|august|september|october|november|december|new year|spring|summer|autumn|fall|winter|easter|christmas)\b"
)


_OF_DATA_PEOPLE = re.compile(r"\bdata (?:science|scientists?|engineers?|team|department|people|chief|lead)\b")
"""People, of whom nobody asks whether they may leave."""


def topic_in(plain: str) -> str:
    """The question of the tree that a text is about, "misses:facts" for one kind of misses; "" where there is none."""
    plain = _OF_DATA_PEOPLE.sub("", plain)
    return next((name for name, words in _TOPICS if re.search(words, plain)), "")


_ROW = re.compile(r"\b(?:row|line) (?:no |number )?(\d)\b|\b(first|top|second|third|fourth) (?:row|line)\b")
_PLACES = {"first": "1", "top": "1", "second": "2", "third": "3", "fourth": "4"}


def options_in(plain: str) -> tuple[str, ...]:
    """The options that are named, each once, in the order of the text: "hosted", "cheaper", "self_hosted", "prompt".

    Alone where a row of the table is: "row1"."""
    if (row := _ROW.search(plain)) is not None:
        return (f"row{_PLACES.get(row[1] or row[2], row[1] or row[2])}",)
    found: dict[str, int] = {}
    tuned = _TUNED_SMALL.search(plain)
    if tuned:
        found["hosted"] = tuned.start()
        plain = plain.replace(tuned[0], "x " * 3, 1)
    plain = _SAME_PROMPT.sub("", plain)
    for name, words in _OPTIONS:
        met = re.search(words, plain)
        if met and name not in found:
            found[name] = met.start()
            plain = plain[: met.start()] + "x" * len(met[0]) + plain[met.end() :]
    return tuple(sorted(found, key=lambda name: found[name]))


def compared(plain: str) -> tuple[str, ...]:
    """Options that are held against each other; none where fewer than two are."""
    rows = tuple(f"row{number}" for number in re.findall(r"\brows? (\d)\b", plain))
    if re.search(r"\b(?:first|top) (?:two|2) rows\b", plain):
        rows = ("row1", "row2")
    if len(rows) > 1:
        return rows
    named = options_in(plain)
    return named if len(named) > 1 and _BESIDE.search(plain) else ()


def thing_in(plain: str) -> str:
    """What costs money and is named; "" for nothing that is known."""
    return next((name for name, words in _THINGS if re.search(words, plain)), "")


def months_in(plain: str) -> str:
    """For how many months something is put off: digits, "until 1" until January, "" where nobody says."""
    said = in_digits(re.sub(r"\bsix\b", "6", re.sub(r"\bthree\b", "3", plain)))
    until = _UNTIL.search(said)
    if until is not None:
        return f"until {_MONTH_OF[until[1][:3]]}"
    known = next((months for words, months in _MONTHS if re.search(words, said)), None)
    if known is not None:
        return str(known)
    number = re.search(r"\b(\d{1,2}) months?\b", said)
    return number[1] if number and int(number[1]) > 0 else ""
