"""The labelled replies: the figures that the reader must hold."""

from __future__ import annotations

import collections
import importlib.util
import json
from pathlib import Path

from core.reading import read

VECTORS = Path(__file__).parents[2] / "vectors"


def _scorer():
    spec = importlib.util.spec_from_file_location("score_reading", VECTORS / "score_reading.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_labelled_replies_are_read_right_and_hardly_ever_wrong():
    scorer = _scorer()
    rows = [json.loads(line) for line in (VECTORS / "utterances_dev.jsonl").open(encoding="utf-8")]
    verdicts = collections.Counter(
        scorer.judge(row, json.loads(json.dumps(read(scorer.expand(row["text"]), row["question"]).to_json())))
        for row in rows
    )
    right = (verdicts["right"] + verdicts["needless"]) / len(rows)
    assert right >= 0.97
    assert verdicts["wrong"] / len(rows) <= 0.01
    assert verdicts["needless"] / len(rows) <= 0.08
