"""A pattern that is compiled when it is first used, because importing the reader must stay quick."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator


class Rule:
    """One regular expression. After its first use it costs what a compiled one costs."""

    __slots__ = ("_source", "finditer", "fullmatch", "match", "search", "sub")

    finditer: Callable[..., Iterator[re.Match[str]]]
    fullmatch: Callable[..., re.Match[str] | None]
    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    sub: Callable[..., str]

    def __init__(self, source: str) -> None:
        self._source = source

    def __getattr__(self, name: str) -> object:
        """Called only while the methods are not there yet."""
        if name not in Rule.__slots__:
            raise AttributeError(name)
        compiled = re.compile(self._source)
        for method in Rule.__slots__[1:]:
            setattr(self, method, getattr(compiled, method))
        return getattr(self, name)
