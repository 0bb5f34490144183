"""What the columns of a table are for, told by their names and by what stands in them."""
# ruff: noqa: SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.evidence.verdicts import LONGEST_WORD, Mark, mark_of, number_of

SURVEYED = 5_000
"""Rows that are looked at to tell what the columns are for; all are counted."""
MOST_SURVEYED = 300_000
"""Cells that are looked at, where the rows are wide."""
MOST_COLUMNS = 200
FEW = 12
"""Values at most of a column that says what was compared."""

VERDICTS = frozenset(
    """correct correctness
    iscorrect wascorrect right isright wasright pass passed ispass didpass haspassed passfail success
    successful issuccess succeeded verdict match matched exactmatch ismatch accurate isaccurate hit korrekt richtig
    bestanden correcto acertou corretto juste réussi 正确 正解""".split()
)
WEAKER = frozenset(
    "ok result outcome status judgement judgment evaluation evalresult label annotation ergebnis".split()
)
"""Names of columns that may hold a verdict: only if what stands in them says yes and no."""
COMPARISONS = frozenset("exactmatch match matched ismatch em".split())
"""Of these those that compare texts: an answer in other words may be right all the same."""
GRADES = frozenset(
    """score grade rating accuracy acc points mark f1 similarity bewertung punkte puntuación faithfulness groundedness
    answerrelevancy answercorrectness answerrelevance contextprecision contextrecall contextrelevance
    factualcorrectness semanticsimilarity relevance helpfulness""".split()
)
GRADED = ("scores.", "score.", "feedback.", "metrics.", "grades.", "score_")
"""How columns of scores begin that have names of their own: "scores.Factuality"."""
MEASURES = frozenset(
    """fleschkincaidgradelevel arigradelevel readability latency duration time cost confidence probability prob toxicity
    token tokens tokencount threshold perplexity loss nll bits logprob logprobs loglikelihood price usd seconds secs
    milliseconds ttft length chars latencyms""".split()
)
"""What is measured of an answer and says nothing of whether it is right, whatever the name goes on with."""
RUN_STATES = frozenset(
    """success successful succeeded completed complete done finished ok error errored failed failure cancelled canceled
    timeout running pending queued started""".split()
)
"""What a status says of a run, which is no verdict on its answer."""
LABELS = (
    "label truelabel goldlabel gold truth groundtruth ytrue expected expectedoutput expectedanswer target reference "
    "ideal"
).split()
PREDICTIONS = (
    "prediction predicted predictedlabel pred ypred output modeloutput response modelresponse completion generated "
    "actual actualoutput got answer modelanswer"
).split()
PLAIN_LABELS = frozenset("label truelabel goldlabel gold truth groundtruth ytrue".split())
PLAIN_PREDICTIONS = frozenset("prediction predicted predictedlabel pred ypred".split())
KEYS = (
    """id caseid taskid docid testid testcaseid sampleid itemid exampleid questionid ticketid rowid uuid input question
    query ticket"""
).split()
GROUPS = """provider providerid model modelname modelid promptid promptidx promptversion variant experiment filter
    metric metricname scorename evaluator evaluatorname""".split()
METRICS = "metric metrics metricname measure".split()
SUITES = "suite testsuite dataset benchmark subject subset category task topic domain split section".split()
"""What a row of a summary may be of, besides a metric or a model."""
MODELS = "model modelname modelid provider providerid".split()
PROMPT_TOKENS = (
    "prompttokens inputtokens promptntokens nprompttokens tokensin tokensprompt tokensinput tokenusageprompt"
).split()
OUTPUT_TOKENS = (
    "completiontokens outputtokens completionntokens ncompletiontokens tokensout tokenscompletion tokensoutput "
    "tokenusagecompletion"
).split()
ERRORS = "error exception errormessage".split()
KNOWN = frozenset(
    itertools.chain(
        VERDICTS, WEAKER, GRADES, LABELS, PREDICTIONS, KEYS, GROUPS, PROMPT_TOKENS, OUTPUT_TOKENS, ERRORS,
        "prompt text expected score comment category tokens latency latencyms cost status".split(),
    )
)  # fmt: skip
OF_ITS_PART = frozenset("avg mean value score result".split())
"""Last parts of a name that say no more than the part before: "correctness.avg", "exact_match/score"."""
NAMES_OF_SCORES = ("name", "metricName", "metric_name", "metric", "key", "scorer", "evaluator")
VALUES_OF_SCORES = ("result", "score", "value", "passed", "success", "pass")
"""How a list of scores names each, and says it: {"metricName": "Accuracy", "result": 1}."""


_WORD = re.compile(r"[A-Z]?[^\W_A-Z]+|[A-Z]+")


def plain(name: str) -> str:
    """A name without case, blanks and signs: "Is correct?" is iscorrect."""
    return "".join(c for c in name.casefold() if c.isalnum())


def names_of(name: str) -> tuple[str, ...]:
    """A column's plain names: its own, and those of its last two parts: "usage.prompt_tokens" is prompttokens too.

    What stands in brackets after a name is no part of it: "Status (openai:gpt-5)", "Correct (y/n)".
    """
    name = name.partition(" (")[0]
    parts = re.split(r"[./]", name)
    names = [plain(name), plain(parts[-1]), plain("".join(parts[-2:]))]
    if len(parts) > 1 and names[1] in OF_ITS_PART:
        names.append(plain(parts[-2]))
    return tuple(dict.fromkeys(names))


def is_one_of(name: str, names: Iterable[str]) -> bool:
    """Whether a column's name is one of the plain ``names``."""
    wanted = names if isinstance(names, frozenset) else frozenset(names)
    return not wanted.isdisjoint(names_of(name))


def last_words(name: str) -> tuple[str, ...]:
    """The last word of a name, and the last two as one: "llm_score" is score, "catResult" result."""
    words = [plain(word) for word in _WORD.findall(name.partition(" (")[0])]
    return tuple(dict.fromkeys(("".join(words[-1:]), "".join(words[-2:]))))


def denies(name: str) -> bool:
    """Whether a name says the opposite of its last word: "not_correct"."""
    return not {"not", "non", "un", "no", "without", "zero"}.isdisjoint(
        plain(word) for word in _WORD.findall(name)
    )


def measures(name: str) -> bool:
    """Whether a column measures something that is neither right nor wrong."""
    parts = re.split(r"[./]", name)
    return not MEASURES.isdisjoint(
        {plain(part) for part in parts} | {plain(w) for w in _WORD.findall(parts[-1])}
    )


@dataclass(slots=True)
class Column:
    """What was seen of one column. Only of columns with few short values are any kept, and only while reading."""

    name: str
    filled: int = 0
    right: int = 0
    wrong: int = 0
    numbers: int = 0
    highest: float = 0.0
    marked: bool = False
    repeats: bool = False
    values: set[str] = field(default_factory=set)

    def see(self, cell: Any) -> None:
        mark = mark_of(cell)
        if mark is Mark.BLANK:
            return
        self.filled += 1
        self.right += mark is Mark.RIGHT
        self.wrong += mark is Mark.WRONG
        number = number_of(cell)
        if number is not None:
            self.numbers += 1
            self.highest = max(self.highest, float(number))
        elif isinstance(cell, str):
            self.marked = self.marked or (
                len(cell) > LONGEST_WORD / 4 and cell.startswith(("[PASS]", "[FAIL]"))
            )
        if isinstance(cell, bool):
            return
        value = str(cell)[:200]
        self.repeats = self.repeats or value in self.values
        if len(self.values) <= FEW:
            self.values.add(value)

    @property
    def says_yes_and_no(self) -> bool:
        return 2 * (self.right + self.wrong) >= self.filled > 0

    @property
    def is_score(self) -> bool:
        """Numbers that are not all 0 and 1."""
        return 2 * self.numbers >= self.filled > 0 and self.right + self.wrong < self.filled

    @property
    def is_distinct(self) -> bool:
        """Whether no value comes again, as far as they were kept."""
        return bool(self.values) and not self.repeats

    @property
    def is_many(self) -> bool:
        """Whether it has more than a few values."""
        return len(self.values) > FEW

    @property
    def is_state(self) -> bool:
        """Whether it says how a run ended."""
        is_status = not {"status", "state", "runstatus"}.isdisjoint(names_of(self.name))
        return is_status and RUN_STATES.issuperset(value.strip().casefold() for value in self.values)

    def is_named(self, names: Iterable[str]) -> bool:
        return is_one_of(self.name, names)


def survey(rows: Iterable[Mapping[str, Any]]) -> dict[str, Column]:
    """The columns of the first rows, in their order."""
    columns: dict[str, Column] = {}
    cells = 0
    for row in itertools.islice(rows, SURVEYED):
        cells += len(row)
        if cells > MOST_SURVEYED:
            break
        for name, cell in row.items():
            column = columns.get(name)
            if column is None and len(columns) < MOST_COLUMNS:
                column = columns[name] = Column(name)
            if column is not None:
                column.see(cell)
    return columns


def first_named(columns: Iterable[Column], names: Iterable[str]) -> str | None:
    """The column with the name that comes first in ``names``."""
    known = list(columns)
    for wanted in names:
        for column in known:
            if wanted in names_of(column.name):
                return column.name
    return None
