"""Reading one file in a process of its own, which may be slow, run out of memory, or die of it.

In: a line of JSON with how to read it and the bytes that may be taken, then the file; of two that are compared both,
and how long the first is. Out: what was found, as JSON.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import traceback
from collections.abc import Mapping
from dataclasses import astuple
from typing import Any

from core.evidence.beside import beside
from core.evidence.found import Unreadable, use_from_json
from core.evidence.reader import read_evidence
from core.evidence.told import found_to_json

TOO_MUCH = Unreadable(
    "It takes more time or memory than I give a file. A random sample of a few thousand rows says as much."
)
MOST_WORK = 15
"""Seconds of work: on a busy machine they take longer by the clock."""
BEHIND_OTHERS = 2
"""How much others come before it (nice): whoever clicks does not wait for a file."""


def main() -> None:
    """Read the file on the standard input."""
    told = json.loads(sys.stdin.buffer.readline())
    _keep_within(told["bytes"])
    gc.disable()  # it ends soon, and has no circles worth the time
    try:
        answer = _compared(told) if "beside" in told else _read(told)
    except MemoryError:
        answer = found_to_json(TOO_MUCH)
    except Exception as bug:
        # Not with its message, which may quote the file.
        where = traceback.extract_tb(bug.__traceback__)[-1]
        answer = {"is": "broken", "because": f"{type(bug).__name__} at {where.filename}:{where.lineno}"}
    sys.stdout.write(json.dumps(answer))


def _read(told: Mapping[str, Any]) -> dict[str, Any]:
    return found_to_json(read_evidence(sys.stdin.buffer.read(), use_from_json(told["use"])))


def _compared(told: Mapping[str, Any]) -> dict[str, Any]:
    """Two files, the earlier one first: what they say of the same cases."""
    before, after = sys.stdin.buffer.read(told["beside"]), sys.stdin.buffer.read()
    found = beside(before, use_from_json(told["use_beside"]), after, use_from_json(told["use"]))
    cells = None if found is None else astuple(found)
    return {"is": "compared", "cells": cells}


def _keep_within(most: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_WORK, MOST_WORK))
    os.nice(BEHIND_OTHERS)
