"""A pane of keyed rows; see rows.js for what it promises."""

from __future__ import annotations

from collections.abc import Sequence

from nicegui.element import Element

from bot.sandbox.page.messages import Row


class Rows(Element, component="rows.js"):
    """Rows of HTML made by `html.tag`. With `stick` it stays at its end when it was there."""

    def __init__(self, *, stick: bool = False) -> None:
        super().__init__()
        self._props["rows"] = []
        self._props["stick"] = stick

    def show(self, rows: Sequence[Row], *, stick: bool | None = None) -> None:
        """Draw these rows. Nothing is sent when nothing changed."""
        plain = [[key, str(html)] for key, html in rows]
        sticks = self._props["stick"] if stick is None else stick
        if plain == self._props["rows"] and sticks == self._props["stick"]:
            return
        self._props["rows"] = plain
        self._props["stick"] = sticks
        self.update()
