"""Slack's limits, in one table: what the app keeps to, and what the sandbox refuses.

From docs.slack.dev and what others found live; where two sources differ, the stricter. Lengths are in characters, which
the app counts as UTF-16 units. Limits of blocks that the app does not draw stand where the sandbox checks them.
"""

from __future__ import annotations

MESSAGE_TEXT = 40_000
"""A message's text; Slack cuts what is longer."""
EDITED_TEXT = 4_000
"""The same when it is edited."""
ALL_BLOCK_TEXT = 13_200
"""All texts in the blocks of a message together; more is ``msg_blocks_too_long``."""
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
"""Those inside containers and cards included."""

HEADER = 150
SECTION = 3_000
FIELDS, FIELD = 10, 2_000
CONTEXT_ELEMENTS, CONTEXT = 10, 2_000
ACTION_ELEMENTS = 25
ALT_TEXT = 2_000
LABEL = 2_000
"""Of an input, and its hint."""
MARKDOWN = 12_000

BUTTON_TEXT, BUTTON_VALUE = 75, 2_000
OPTION_TEXT, OPTION_VALUE = 75, 150
CHOICES, SELECT_OPTIONS = 10, 100
PLACEHOLDER = 150
INPUT_LENGTH = 3_000

TABLES, TABLE_ROWS, TABLE_CELLS, TABLE_TEXT = 1, 100, 20, 10_000
CHARTS, CHART_TITLE, CHART_AXIS, CHART_NAME, CHART_LINES, CHART_POINTS = 2, 50, 50, 20, 6, 20

VIEW_TITLE = 24
"""Of a form, and of its two buttons."""
METADATA = 3_000
VIEW_BYTES = 250_000

ID = 255
URL = 3_000
