"""The drawn chart: nothing overlaps, nothing is cut off, and it can be read when it is small."""

from __future__ import annotations

import io
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import pictures
from bot.views.pictures import draw
from bot.views.placing import Box, pushed_apart
from bot.views.sheet import HEIGHT, WIDTH, Drawing
from tests.support.charted import SCENARIOS, curves_of
from tests.support.examples import examples

THREAD_PIXELS = 480
"""How wide a thread shows a picture."""
LEAST_READABLE = 9.5
"""Pixels of a letter's height in print that can still be read on a screen."""


@pytest.fixture(scope="module")
def drawings() -> dict[str, Drawing]:
    return {name: draw(curves_of(name)) for name in SCENARIOS}


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_two_texts_overlap(drawings: dict[str, Drawing], name: str) -> None:
    words = drawings[name].words
    met = [(one.text, two.text) for one, two in combinations(words, 2) if one.box.meets(two.box)]
    assert met == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_text_leaves_the_card(drawings: dict[str, Drawing], name: str) -> None:
    card = Box(8, 8, WIDTH - 8, HEIGHT - 8)
    assert [one.text for one in drawings[name].words if not one.box.is_inside(card)] == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_text_can_be_read_in_a_thread(drawings: dict[str, Drawing], name: str) -> None:
    smallest = min(one.pixels for one in drawings[name].words)
    assert smallest * THREAD_PIXELS / WIDTH >= LEAST_READABLE


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_line_has_its_name_and_every_crossover_its_calls(
    drawings: dict[str, Drawing], name: str
) -> None:
    found, texts = curves_of(name), [one.text for one in drawings[name].words]
    assert all(line.label in texts for line in found.series)
    assert " ".join(found.title.split()) in " ".join(texts)
    crossovers = [one for one in found.crossings if one.kind != "pays back"]
    labels = [text for text in texts if text.startswith(("same cost", "cheaper\nfrom"))]
    assert len(labels) == len(crossovers)
    assert any(text.startswith("your volume") for text in texts) == (found.own is not None)


@pytest.mark.parametrize("name", ["two crossovers", "never"])
def test_it_is_a_png_of_1200_by_720_on_white(drawings: dict[str, Drawing], name: str) -> None:
    from PIL import Image

    picture = Image.open(io.BytesIO(drawings[name].png)).convert("RGBA")
    assert picture.format is None or picture.format == "PNG"
    assert picture.size == (1200, 720)
    assert all(picture.getpixel(corner) == (255, 255, 255, 255) for corner in ((6, 6), (1193, 713)))


def test_the_same_figures_give_the_same_picture() -> None:
    assert draw(curves_of("near")).png == draw(curves_of("near")).png


def test_lines_differ_by_more_than_their_colour() -> None:
    together = ("prompt", "cheaper_model", "hosted", "self_hosted")
    assert len({pictures.STYLES[option].dashes for option in together}) == len(together)


@given(
    st.lists(st.tuples(st.floats(0, 500), st.floats(20, 80)), min_size=1, max_size=5).map(sorted),
)
@examples(100, 500)
def test_labels_that_are_pushed_apart_keep_their_order_and_their_room(
    boxes: list[tuple[float, float]],
) -> None:
    wanted, heights = [want for want, _ in boxes], [height for _, height in boxes]
    middles = pushed_apart(wanted, heights, 0, 500, apart=10)
    edges = [(m - h / 2, m + h / 2) for m, h in zip(middles, heights, strict=True)]
    assert all(above[0] - below[1] > 10 - 1e-6 for below, above in pairwise(edges))
    assert edges[0][0] > -1e-6
    assert edges[-1][1] < max(500, sum(heights) + 10 * (len(heights) - 1)) + 1e-6
