"""Every block is drawn, from sound and from unsound JSON, and never lets text become markup."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.page.blocks import DRAW, block, blocks
from bot.sandbox.page.charts import scale, short
from bot.sandbox.page.elements import DRAW as DRAW_ELEMENT
from bot.sandbox.page.html import safe_url
from bot.sandbox.page.scene import Scene
from tests.support.gallery import ADVICE, CHARTS, INPUTS, TABLES, TEXTS

SCENE = Scene(
    now=datetime(2026, 11, 23, 9, 41, tzinfo=UTC), users={"UANA": "Ana"}, channels={"CGENERAL": "general"}
)
GALLERY = [*ADVICE, *CHARTS, *TABLES, *TEXTS, *INPUTS]
SPITE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&lt;svg onload=1&gt;"
HARMFUL = {"script", "iframe", "object", "embed", "style", "link", "meta", "base", "form", "use"}
STRUCTURE = {"type", "action_id", "block_id", "style", "align", "width", "level"}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.elements


def assert_harmless(html: str) -> None:
    for name, attributes in elements(html):
        assert name not in HARMFUL
        assert not [key for key in attributes if key.startswith("on")]
        for key in ("href", "src", "data-url"):
            address = attributes.get(key)
            assert address is None or address.startswith("/") or safe_url(address)


def spoiled(value: Any, key: str = "") -> Any:
    """The same JSON with spite in place of every text."""
    if isinstance(value, dict):
        return {name: spoiled(inside, name) for name, inside in value.items()}
    if isinstance(value, list):
        return [spoiled(inside, key) for inside in value]
    return SPITE if isinstance(value, str) and key not in STRUCTURE else value


@pytest.mark.parametrize("one", GALLERY, ids=lambda one: str(one["type"]))
def test_a_block_full_of_markup_shows_it_as_text(one: dict[str, Any]) -> None:
    html = block(spoiled(one), SCENE)
    assert_harmless(html)
    assert "<script" not in html


@pytest.mark.parametrize(
    "one", [one for one in GALLERY if one["type"] in DRAW and one.get("rows") != "broken"]
)
def test_a_sound_block_is_drawn(one: dict[str, Any]) -> None:
    assert "unknown-block" not in block(one, SCENE)


@pytest.mark.parametrize(
    "one", [{"type": "hologram"}, {}, None, "text", 3, {"type": "section", "text": "words"}]
)
def test_what_cannot_be_drawn_is_shown_as_such(one: Any) -> None:
    assert "Unknown block" in block(one, SCENE)


@pytest.mark.parametrize("kind", ["external_select", "file_input", "hologram"])
def test_an_element_that_cannot_be_drawn_is_shown_as_such(kind: str) -> None:
    one = {"type": "actions", "elements": [{"type": kind, "action_id": "a"}]}
    assert f"an element of type “{kind}”" in block(one, SCENE)


KEYS = st.sampled_from(
    ["type", "text", "elements", "element", "rows", "chart", "series", "data", "value", "label", "title", "options",
     "option_groups", "image_url", "alt_text", "url", "fields", "accessory", "level", "child_blocks", "confirm",
     "placeholder", "initial_option", "slack_file", "segments", "axis_config", "categories", "column_settings"],
)  # fmt: skip
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9**20)
    | st.floats()
    | st.sampled_from([SPITE, "mrkdwn", "plain_text"]),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(KEYS, inside, max_size=5),
    max_leaves=12,
)


@given(kind=st.sampled_from(sorted(DRAW)), inside=st.dictionaries(KEYS, JSON, max_size=6))
def test_no_block_however_broken_stops_the_page(kind: str, inside: dict[str, Any]) -> None:
    assert_harmless(blocks([{**inside, "type": kind}], SCENE))


@given(kind=st.sampled_from(sorted(DRAW_ELEMENT)), inside=st.dictionaries(KEYS, JSON, max_size=6))
def test_no_element_however_broken_stops_the_page(kind: str, inside: dict[str, Any]) -> None:
    assert_harmless(block({"type": "actions", "elements": [{**inside, "type": kind}]}, SCENE))


def test_an_error_stands_under_its_input() -> None:
    html = blocks(INPUTS, SCENE, {"calls": "Not <that> number"})
    assert html.count("field-error") == 2
    assert "Not &lt;that&gt; number" in html


def test_a_button_says_what_it_is_to_those_who_cannot_see_it() -> None:
    [(_, found)] = [one for one in elements(blocks(TEXTS, SCENE)) if one[1].get("data-action-id") == "change"]
    assert found["aria-label"] == "Change the volume"


@given(
    st.lists(
        st.floats(-1e9, 1e9).filter(lambda value: value == 0 or abs(value) > 1e-6), min_size=1, max_size=9
    )
)
def test_an_axis_holds_every_value_and_zero(values: list[float]) -> None:
    ruler = scale(values)
    slack = 1e-6 * (ruler.high - ruler.low)
    assert ruler.low - slack <= min(0, *values)
    assert max(0, *values) <= ruler.high + slack
    assert (ruler.high - ruler.low) / ruler.step <= 12


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (950, "950"), (1500, "1.5k"), (2_000_000, "2M"), (-1200, "-1.2k"), (0.25, "0.25")],
)
def test_numbers_on_an_axis_are_short(value: float, words: str) -> None:
    assert short(value) == words
