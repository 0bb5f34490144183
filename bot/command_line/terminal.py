"""Text from outside as a terminal may get it: what would act on it, or reorder what stands there, is written out."""

from __future__ import annotations

import unicodedata

_ACTING = frozenset(("Cc", "Cs", "Zl", "Zp"))
"""Control characters, halves of characters, and separators of lines."""
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(line: str) -> str:
    r"""One line with ``\x1b`` in place of an escape character, and so on; a line's end within it is written out too."""
    if line.isprintable():
        return line
    return "".join(_written_out(char) if _acts(char) else char for char in line)


def _acts(char: str) -> bool:
    return unicodedata.category(char) in _ACTING or char in _REORDERING


def _written_out(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
