"""Slips of the finger: one letter missing, added, changed, or two swapped.

Written out, because it is all that is needed here, and a library's import would take longer than reading the reply may.
"""

from __future__ import annotations


def one_slip(typed: str, meant: str) -> bool:
    """Whether ``typed`` is ``meant`` with exactly one slip."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    rest, wanted = typed[start:], meant[start:]
    if len(rest) < len(wanted):
        return rest == wanted[1:]
    if len(rest) > len(wanted):
        return rest[1:] == wanted
    return rest[1:] == wanted[1:] or (rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:])
