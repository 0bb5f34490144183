"""Two files of results on the same cases, read beside each other."""

from __future__ import annotations

from core.evidence.found import Evidence, Use
from core.evidence.reader import read_evidence
from core.paired import Paired, paired


def beside(before: bytes, use_before: Use, after: bytes, use_after: Use) -> Paired | None:
    """What two files say of the cases that are in both; ``None`` where one of them does not tell its cases.

    Cases are the same if they have the same id, or else the same input. Those of files without either are the same by
    their place, which is believed only of two files with as many cases.
    """
    one, other = read_evidence(before, use_before), read_evidence(after, use_after)
    if not isinstance(one, Evidence) or not isinstance(other, Evidence):
        return None
    if one.verdicts is None or other.verdicts is None:
        return None
    found = paired(one.verdicts, other.verdicts)
    is_by_place = hash((hash(("row", 0)), 1)) in one.verdicts
    if is_by_place and one.verdicts.keys() != other.verdicts.keys():
        return Paired(0, 0, 0, 0)
    return found
