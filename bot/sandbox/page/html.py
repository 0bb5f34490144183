"""HTML that is safe by construction.

Everything the page shows is built from `tag` and `join`. A child that is a plain `str` is text and is escaped;
only a `Markup` (made here, from escaped parts) passes as it is. So text from a message cannot become an element,
an attribute or a script, whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from markupsafe import Markup, escape

Html = Markup
Child = str | Markup | None
Attribute = str | int | float | bool | None

NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
VOID = frozenset({"br", "hr", "img", "input"})
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def join(parts: Iterable[Child], between: str = "") -> Html:
    """The parts one after the other; `None` and empty parts are left out, plain strings are escaped."""
    return escape(between).join(part for part in parts if part)


def tag(name: str, /, *children: Child, **attributes: Attribute) -> Html:
    """One element. `class_` is class, `data_x` is data-x; `True` is a bare attribute, `None` and `False` none."""
    start = f"<{_name(name)}{''.join([_attribute(key, value) for key, value in attributes.items()])}>"
    if name in VOID:
        return Markup(start)  # noqa: S704  made of checked names and escaped values
    inside = "".join([escape(child) for child in children if child])
    return Markup(f"{start}{inside}</{name}>")  # noqa: S704  as above; children are escaped


def span(class_: str, /, *children: Child, **attributes: Attribute) -> Html:
    """A `<span>` with a class."""
    return tag("span", *children, class_=class_, **attributes)


def div(class_: str, /, *children: Child, **attributes: Attribute) -> Html:
    """A `<div>` with a class."""
    return tag("div", *children, class_=class_, **attributes)


def safe_url(url: object) -> str | None:
    """The address if it may be a link (http, https, mailto, tel), else `None`; never javascript: or data:."""
    if not isinstance(url, str):
        return None
    address = url.strip()
    if any(ord(letter) <= 32 for letter in address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme.lower() in SAFE_SCHEMES else None


def link(url: object, label: Child, **attributes: Attribute) -> Html:
    """A link that opens in a new tab; an address that may not be a link stays text, with the label alone."""
    address = safe_url(url)
    if address is None:
        return span("not-a-link", label)
    return tag("a", label, href=address, target="_blank", rel="noopener noreferrer", **attributes)


@cache
def _name(name: str) -> str:
    """The name of an element or attribute. Names are written in this package and never come from outside."""
    written = name.rstrip("_").replace("_", "-")
    if not NAME.fullmatch(written):
        raise ValueError(f"not the name of an element or attribute: {name!r}")
    return written


def _attribute(name: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    return f" {_name(name)}" if value is True else f' {_name(name)}="{escape(str(value))}"'
