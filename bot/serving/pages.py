"""The few pages that people see in a browser: a heading, a sentence, and where to go on."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from markupsafe import Markup
from slack_bolt import BoltResponse

_WHOLE = Markup("""\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
  body {{ font: 1.1rem/1.5 system-ui, sans-serif; color: #1d1c1d; background: #f8f8f8; margin: 0 }}
  main {{ max-width: 34rem; margin: 15vh auto; padding: 2rem; background: #fff; border-radius: 0.75rem }}
  h1 {{ font-size: 1.5rem; margin-top: 0 }}
  a {{ display: inline-block; padding: 0.5rem 1rem; border-radius: 0.4rem; background: #1f3a4d; color: #fff;
       text-decoration: none }}
  a:focus-visible {{ outline: 3px solid #e8912d }}
</style>
<main>
<h1>{title}</h1>
<p>{said}</p>
<p><a href="{address}">{onwards}</a></p>
</main>
</html>
""")

_HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
}
"""No page keeps a code in a cache, passes it on in a Referer, or stands in another's frame."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says. ``onwards``: the words of its one link."""

    title: str
    said: str
    onwards: str


def page(told: Page, address: str) -> BoltResponse:
    """The page, with its link to an address. What others wrote is escaped."""
    body = _WHOLE.format(title=told.title, said=told.said, onwards=told.onwards, address=address)
    return BoltResponse(status=HTTPStatus.OK, body=str(body), headers={**_HEADERS})
