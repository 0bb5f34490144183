"""Whether a document holds one page of a run, in the many ways in which interfaces say that there is more."""
# ruff: noqa: SIM905  lists of words are read, and mended, more easily on one line

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.evidence.columns import plain

ONE_PAGE = "This is one page of the run, not the whole run."
MORE = frozenset(
    "hasmore hasnext hasnextpage hasprevious hasprev hasprevpage haspreviouspage truncated".split()
)
"""True where there is more."""
NEXT = frozenset(
    """next nextpage nextpagetoken nexttoken nextcursor nexturl nextlink nextpageurl odatanextlink cursor endcursor
    continuation continuationtoken previous prev prevpage previouspage startingafter""".split()
)
"""Something where there is more."""
PAGE = frozenset("page pagenumber currentpage pageindex".split())
PAGES = frozenset("totalpages pages pagecount numpages lastpage pagestotal".split())
OFFSETS = frozenset("offset skip".split())
TOTALS = frozenset(
    "total totalcount totalitems totalrows totalresults totalrecords totalsize totalelements count numtotal".split()
)
ABOUT = frozenset(
    "pagination paging pageinfo meta metadata links page cursor cursors responsemetadata".split()
)
"""Under which names a document tells about its pages."""


def page_told(document: Mapping[str, Any], rows: int) -> str:
    """What has to be known of a document with so many ``rows``: that it is one page; "" where nothing says so."""
    told = [(plain(str(key)), value) for about in _abouts(document) for key, value in about.items()]
    total = max((n for key, n in told if key in TOTALS and _is_number(n)), default=0)
    if total > rows:
        return f"{rows:,} of {total:,} rows are in it. {ONE_PAGE}"
    return ONE_PAGE if any(_is_more(key, value) for key, value in told) else ""


def _abouts(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    inner = [value for key, value in document.items() if plain(str(key)) in ABOUT]
    return [document, *(value for value in inner if isinstance(value, Mapping))]


def _is_more(key: str, value: Any) -> bool:
    if key in MORE:
        return value is True
    if key in NEXT:
        return isinstance(value, str | int) and not isinstance(value, bool) and value not in ("", 0)
    if key in PAGES:
        return _is_number(value) and value > 1
    # A page is the first at least by its number; where they are counted from 0 the first is not told apart.
    if key in PAGE:
        return _is_number(value) and value > 1
    return key in OFFSETS and _is_number(value) and value > 0


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
