"""Words that mean much the same in a question about an advice, so that what was learned of one holds for the others."""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Mapping

_WORDS: Mapping[str, str] = {
    "MONEY": "money cash dollars dollar pounds pound euros euro eur usd bucks sum bill spend spending paying pay paid cost costs price prices priced figure expensive dear budget",
    "SAVES": "save saves saved saving savings cheaper less difference gain reduction lower",
    "MONTH": "month monthly months mo",
    "RETURN": "payback roi recoup recouped amortise amortised amortize amortized breakeven worth pays earn earned investment",
    "SURE": "sure certain confident confidence certainty certainly reliable robust solid rely trust bet guess guessing hunch shaky convinced positive bulletproof doubt wrong mistaken",
    "PICTURE": "picture chart graph plot diagram curve curves visual visualise visualize image drawn draw graphic lines drawing illustration",
    "EARLIER": "before already spring summer autumn winter earlier previously previous past january february march april may june july august september october november december easter christmas ago",
    "OTHERS": "team teams department departments colleagues squad group marketing sales billing claims logistics legal fraud support neighbours branch office site unit division",
    "BOSS": "boss director manager board ceo cto cfo management partners chief head trustees committee executive executives exec stakeholders matron layman lay laypeople vp chair supervisor",
    "BRIEF": "short shorter brief briefly simple simpler simply plain plainly sentence sentences lines line gist nutshell summary summarise summarize summed tldr jargon english words condensed",
    "MATTERED": "mattered matter matters decisive decided decide deciding weighed weigh heaviest tipped drove killed influence influenced important importance dealbreaker crucial biggest pivotal critical swung weight",
    "REPLY": "answer answers answered inputs input reply replies said told question questions responses",
    "NOW": "now next first start begin monday tuesday tomorrow morning week step steps plan proceed todo",
    "PARTS": "made included include includes breakdown break consist consists calculate calculated composed components calculation item items detail itemised itemized comprise inside",
    "SOURCE": "source sources list rate rates date dates current old outdated quote quoted recent",
    "TOKENS": "token tokens million per",
    "UPKEEP": "upkeep maintenance maintain maintaining maintained retrain retraining retrained anew redo redone again update updates updated keep refresh babysit running ongoing lifetime",
    "CHANGED": "change changes changed changing codes rules categories catalogue law tariff labels forms new quarter yearly",
    "TRAIN": "train training trained tune tuning tuned finetune finetuning finetuned",
    "ADVICE": "advice advise advised verdict recommend recommended recommendation recommending suggest suggestion suggested proposal propose conclusion result decision say says saying",
    "FACTS": "facts fact knowledge handbook wiki database documents rag retrieval lookup look looked looking search tables table vector manual knows hours",
    "DISAGREE": "disagree disagreement disagrees agree agreed agrees differ differently annotators raters reviewers auditors judges opinions opinion argue arguing inconsistent labellers graders rate average dispute",
    "EXAMPLES": "examples example samples labelled labeled annotated reviewed data dataset checked corrected rows records letters mails tickets reports",
    "LEAVE": "leave allowed confidential gdpr privacy compliance lawyers house inside tenant azure cloud forbid forbidden send sent contract patient dpo lawyer regulator hipaa",
    "SUPPOSE": "suppose supposing assume assuming imagine hypothetically pretend if say case were",
    "GROWS": "double doubles doubled doubling triple triples twice tenfold grows growing grow tripling halves rise rises times jump jumps explode explodes",
    "VOLUME": "volume traffic calls requests messages tickets load",
    "CORRECT": "correct correction corrected mistake mistyped wrong recounted recount count off typo actually rather misread new updated",
    "AGAINST": "against objections objection critic critics counterargument counterarguments argument sceptics sceptic devils cons drawbacks downsides downside weak weakness catch attack opponent steelman defend opposite disadvantages",
    "UNSURE": "unsure unknown skipped blank missing gaps open know dont",
    "SMALL": "small smaller mini little cheap lighter budget light nano",
    "HOST": "host hosted hosting self gpu gpus servers server hardware premise prem rack llama local locally open-source opensource onprem datacentre weights machines box",
    "RISK": "risk risks risky flop flops fails fail failure blow locked stake reversible worst back undo",
    "FLIPS": "different opposite flip flips tip tipping turn tips otherwise instead circumstances conditions true",
    "ANY": "we our us",
    "YOU": "you your yours yourself",
}  # fmt: skip

CONCEPT_OF: Mapping[str, tuple[str, ...]] = {
    word: tuple(name for name, words in _WORDS.items() if word in words.split())
    for words in _WORDS.values()
    for word in words.split()
}
"""The concepts of each word that has one."""
