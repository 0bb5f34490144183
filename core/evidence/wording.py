"""Evidence in words, the same in Slack and on the command line."""

from __future__ import annotations

from core.evidence.found import Evidence
from core.wording import counted, interval


def in_words(evidence: Evidence) -> str:
    """43 of 50 right, 86% [74%, 93%]; about 1,900 prompt and 140 output tokens a call"""
    right = f"{evidence.correct:,} of {evidence.total:,} right, {interval(evidence.interval)}"
    tokens = " and ".join(
        f"{_three_digits(number):,} {name}"
        for number, name in ((evidence.prompt_tokens, "prompt"), (evidence.output_tokens, "output"))
        if number is not None
    )
    return f"{right}; about {counted(tokens, 'tokens a call')}" if tokens else right


def _three_digits(number: int) -> int:
    return round(number, 3 - len(str(number))) if number > 1_000 else number
