"""How many examples a property is tried with: few in the ordinary run, many in the long one."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

QUICK, LONG = "quick", "long"
EXAMPLES = {QUICK: 50, LONG: 250}
"""For properties that do not say how many."""


def choose_profile(*, long: bool) -> None:
    """Before tests are collected. The examples are others each time; one that fails is printed, to be kept.

    With CI=true they are the same each time: what is checked there is the change, and not the luck of the draw.
    """
    is_fixed = os.environ.get("CI") == "true"
    for name, number in EXAMPLES.items():
        settings.register_profile(
            name, max_examples=number, deadline=None, derandomize=is_fixed, print_blob=not is_fixed
        )
    settings.load_profile(LONG if long else QUICK)


def examples(quick: int, long: int, **more: Any) -> settings:
    """So many examples; ``more`` as in ``hypothesis.settings``."""
    is_long = settings.get_current_profile_name() == LONG
    return settings(max_examples=long if is_long else quick, **more)
