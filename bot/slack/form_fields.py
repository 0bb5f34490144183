"""The fields of a form in the body of a request: a click is one long field in which nearly half is percent signs."""

from __future__ import annotations

from binascii import a2b_qp
from urllib.parse import unquote


def form_fields(body: str, most: int) -> dict[str, str]:
    """As :func:`urllib.parse.parse_qsl` reads them, empty ones too. Raises ``ValueError`` for more than ``most``."""
    pairs = body.split("&")
    if len(pairs) > most:
        raise ValueError(f"more than {most} fields")
    split = (pair.partition("=") for pair in pairs if pair)
    return {unquoted(name): unquoted(value) for name, _, value in split}


def unquoted(text: str) -> str:
    """As :func:`urllib.parse.unquote_plus`, which takes a step of Python's for each percent sign.

    Quoted-printable is the same but for its sign, and is read by C. What only resembles it is left to Python.
    """
    spaced = text.replace("+", " ")
    if not spaced.isascii() or "\n" in spaced or "\r" in spaced:
        return unquote(spaced)
    quoted = spaced.replace("=", "%3D").replace("%", "=")
    read = a2b_qp(quoted)
    is_whole = len(read) == len(quoted) - 2 * quoted.count("=")
    return read.decode("utf-8", "replace") if is_whole else unquote(spaced)
