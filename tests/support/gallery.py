"""A workspace that shows every block the page can draw; `python -m tests.support.gallery` serves it on port 3999."""

from __future__ import annotations

import struct
import sys
import zlib
from typing import Any

from bot.sandbox import tokens
from bot.sandbox.people import People
from bot.sandbox.workspace import Message, Scheduled, StoredFile, View, Workspace, with_ids

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str, description: str | None = None) -> Json:
    more = {"description": plain(description)} if description else {}
    return {"text": plain(text), "value": value, **more}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, "value": action_id, **more}


def text_cell(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def number_cell(value: float, text: str) -> Json:
    return {"type": "raw_number", "value": value, "text": text}


OPTIONS = [
    option("Extraction", "extract", "Fields out of text"),
    option("Tickets & triage", "triage"),
    option("Chat", "chat"),
]
CONFIRM = {
    "title": plain("Withdraw this decision?"),
    "text": mrkdwn("It stays in the log, marked as withdrawn."),
    "confirm": plain("Withdraw"),
    "deny": plain("Keep it"),
    "style": "danger",
}

ADVICE: list[Json] = [
    {"type": "header", "text": plain("Keep prompting")},
    {
        "type": "section",
        "text": mrkdwn(
            "*classify support tickets*\nAt *250,000 calls/month* prompting costs *$118*; a "
            "fine-tuned gpt-4.1-mini would cost *$342*. The lines cross at *1.46M calls/month*."
        ),
    },
    {
        "type": "table",
        "column_settings": [{}, {"align": "right"}, {"align": "right"}, {"align": "right"}],
        "rows": [
            [text_cell("Option"), text_cell("Monthly"), text_cell("Up front"), text_cell("Per 1k calls")],
            [
                text_cell("Prompt (gpt-4.1-mini)"),
                number_cell(118, "$118"),
                number_cell(0, "$0"),
                number_cell(0.47, "$0.47"),
            ],
            [
                text_cell("Fine-tune, hosted"),
                number_cell(342, "$342"),
                number_cell(6410, "$6,410"),
                number_cell(0.31, "$0.31"),
            ],
        ],
    },
    {"type": "context", "elements": [mrkdwn("Prices of November 20 · asked by <@UANA> · 6 answers")]},
    {
        "type": "actions",
        "elements": [
            button("Accept", "accept", style="primary"),
            button("We decided otherwise…", "override"),
            button("What if…", "what_if"),
            {
                "type": "overflow",
                "action_id": "more",
                "options": [option("Explain the cost", "cost"), option("Start over", "again")],
            },
        ],
    },
]

CHARTS: list[Json] = [
    {
        "type": "data_visualization",
        "title": "Cost over 12 months (USD)",
        "chart": {
            "type": "bar",
            "series": [
                {"name": "Prompting", "data": [{"label": f"M{m}", "value": 118.0 * m} for m in range(1, 13)]},
                {
                    "name": "Fine-tuned",
                    "data": [{"label": f"M{m}", "value": 640 + 61.5 * m} for m in range(1, 13)],
                },
            ],
            "axis_config": {
                "categories": [f"M{m}" for m in range(1, 13)],
                "x_label": "Month",
                "y_label": "USD",
            },
        },
    },
    {
        "type": "data_visualization",
        "title": "Calls a month",
        "chart": {
            "type": "area",
            "series": [
                {
                    "name": "Calls",
                    "data": [{"label": str(i), "value": v} for i, v in enumerate([12, 30, 28, 55, 81])],
                }
            ],
            "axis_config": {"categories": ["May", "Jun", "Jul", "Aug", "Sep"]},
        },
    },
    {
        "type": "data_visualization",
        "title": "Where the money goes",
        "chart": {
            "type": "pie",
            "segments": [
                {"label": "Input", "value": 61},
                {"label": "Output", "value": 30},
                {"label": "Labor", "value": 9},
            ],
        },
    },
]

TABLES: list[Json] = [
    {
        "type": "data_table",
        "caption": "Decisions in this channel",
        "page_size": 4,
        "rows": [
            [text_cell("Task"), text_cell("Decision"), text_cell("Calls a month")],
            *[
                [
                    text_cell(f"#{n} tickets, part {n}"),
                    text_cell("keep prompting" if n % 3 else "fine-tune"),
                    number_cell(n * 1700, f"{n * 1700:,}"),
                ]
                for n in range(1, 12)
            ],
        ],
    },
    {
        "type": "table",
        "column_settings": [{"is_wrapped": True}, {"align": "center"}],
        "rows": [
            [text_cell("Rich"), text_cell("Side")],
            [
                {
                    "type": "rich_text",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [
                                {"type": "text", "text": "bold", "style": {"bold": True}},
                                {"type": "text", "text": " and "},
                                {"type": "link", "url": "https://example.com", "text": "a link"},
                            ],
                        }
                    ],
                },
                text_cell("centre"),
            ],
        ],
    },
]

TEXTS: list[Json] = [
    {"type": "header", "text": plain("Text of every kind :balance_scale:")},
    {
        "type": "section",
        "text": mrkdwn(
            "*bold* _italic_ ~gone~ `code` <https://example.com|a link> <@UANA> <@UBEN> <#CMLPLAT> <!here> :tada:\n"
            "&gt; quoted &amp; escaped &lt;b&gt;\n• one item that is long enough to wrap around the end of the line, "
            "so that one sees where its second line begins\n• two\n1. first\n```\nif x &lt; 3:\n    prompt()\n```\n"
            "<!date^1795426860^{date_pretty} at {time}|soon> <script>alert(1)</script> <javascript:alert(1)|press>"
        ),
    },
    {
        "type": "section",
        "fields": [
            mrkdwn("*Volume*\n7.6M calls a month"),
            mrkdwn("*Quality*\n43 of 50 → 86%"),
            mrkdwn("*Target*\n95%"),
            mrkdwn("*Data*\nmay leave"),
        ],
        "accessory": button("Change", "change", accessibility_label="Change the volume"),
    },
    {"type": "divider"},
    {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Rich ", "style": {"italic": True}},
                    {"type": "emoji", "name": "wave"},
                    {"type": "user", "user_id": "UCHEN"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]},
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "two"}]},
                ],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "a quote"}]},
            {
                "type": "rich_text_preformatted",
                "elements": [{"type": "text", "text": "pre  formatted\n  <b>"}],
            },
        ],
    },
    {
        "type": "markdown",
        "text": "### Markdown\n**bold**, *italic*, [link](https://example.com), [bad](javascript:alert(1))\n\n"
        "- a\n- b\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n<b>not html</b>",
    },
    {
        "type": "container",
        "title": plain("What would change this"),
        "subtitle": plain("3 flips"),
        "is_collapsible": True,
        "child_blocks": [{"type": "section", "text": mrkdwn("• 1.74M calls a month\n• labor under $136")}],
    },
    {
        "type": "container",
        "title": plain("The case against"),
        "is_collapsible": True,
        "default_collapsed": True,
        "child_blocks": [{"type": "section", "text": mrkdwn("A tuned model is faster.")}],
    },
    {
        "type": "image",
        "slack_file": {"id": "FCHART"},
        "alt_text": "Two lines that cross",
        "title": plain("Crossover"),
    },
    {
        "type": "video",
        "title": plain("A talk about tuning"),
        "video_url": "https://example.com/v",
        "alt_text": "talk",
        "thumbnail_url": "https://example.com/t",
        "author_name": "Somebody",
    },
    {"type": "hologram", "text": "nobody knows this block"},
    {"type": "table", "rows": "broken"},
]

INPUTS: list[Json] = [
    {"type": "alert", "level": "warning", "text": mrkdwn("Prices are *12 days* old.")},
    {"type": "section", "text": mrkdwn("All questions at once. Leave out what you do not know.")},
    {
        "type": "input",
        "block_id": "task",
        "label": plain("Task"),
        "element": {
            "type": "plain_text_input",
            "action_id": "v",
            "placeholder": plain("What should the model do?"),
            "focus_on_load": True,
        },
    },
    {
        "type": "input",
        "block_id": "calls",
        "label": plain("Calls a month"),
        "hint": plain("A rough number is fine."),
        "optional": True,
        "element": {"type": "number_input", "action_id": "v", "is_decimal_allowed": False, "min_value": "1"},
    },
    {
        "type": "input",
        "block_id": "kind",
        "label": plain("Kind"),
        "optional": True,
        "element": {
            "type": "static_select",
            "action_id": "v",
            "options": OPTIONS,
            "placeholder": plain("Choose one"),
        },
    },
    {
        "type": "input",
        "block_id": "tags",
        "label": plain("Tags"),
        "optional": True,
        "element": {
            "type": "multi_static_select",
            "action_id": "v",
            "options": OPTIONS,
            "initial_options": OPTIONS[:1],
        },
    },
    {
        "type": "input",
        "block_id": "leave",
        "label": plain("May data leave?"),
        "optional": True,
        "element": {
            "type": "radio_buttons",
            "action_id": "v",
            "options": OPTIONS[:2],
            "initial_option": OPTIONS[0],
        },
    },
    {
        "type": "input",
        "block_id": "have",
        "label": plain("You have"),
        "optional": True,
        "element": {"type": "checkboxes", "action_id": "v", "options": OPTIONS},
    },
    {
        "type": "input",
        "block_id": "where",
        "label": plain("Channel"),
        "optional": True,
        "element": {"type": "conversations_select", "action_id": "v", "initial_conversation": "CMLPLAT"},
    },
    {
        "type": "input",
        "block_id": "who",
        "label": plain("Owner"),
        "optional": True,
        "element": {"type": "users_select", "action_id": "v"},
    },
    {
        "type": "input",
        "block_id": "when",
        "label": plain("Review on"),
        "optional": True,
        "element": {"type": "datepicker", "action_id": "v", "initial_date": "2027-01-15"},
    },
    {
        "type": "input",
        "block_id": "note",
        "label": plain("Note"),
        "optional": True,
        "element": {"type": "plain_text_input", "action_id": "v", "multiline": True, "max_length": 300},
    },
]


def picture() -> bytes:
    """A small PNG with two crossing lines."""
    width, height = 360, 140
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            near = abs(y - (120 - x // 4)) < 2 or abs(y - (80 - x // 16)) < 2
            rows += b"\x12\x64\xa3" if near else b"\xff\xff\xff"
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(bytes(rows))),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def filled() -> Workspace:
    """A workspace with one of everything."""
    workspace = Workspace()
    workspace.app_is_connected = True
    workspace.files["FCHART"] = StoredFile(
        "FCHART", "chart.png", "Crossover", "Two lines", "image/png", 9, picture()
    )
    workspace.files["FLOG"] = StoredFile(
        "FLOG", "decisions.csv", "decisions.csv", "", "text/csv", 2048, b"a,b"
    )

    def post(
        channel: str, user: str, text: str = "", blocks: list[Json] | None = None, **more: Any
    ) -> Message:
        bot_id = tokens.BOT_ID if user == tokens.BOT_USER else None
        return workspace.add(
            Message(channel, workspace.next_ts(), user, text, with_ids(blocks or []), bot_id=bot_id, **more)
        )

    def app(channel: str, text: str = "", blocks: list[Json] | None = None, **more: Any) -> Message:
        return post(channel, tokens.BOT_USER, text, blocks, **more)

    post("CMLPLAT", "UBEN", "Third time this month somebody asks for a tuned classifier. Can we settle it?")
    post("CMLPLAT", "UBEN", "It is about 250k tickets a month.")
    root = app("CMLPLAT", "Keep prompting", ADVICE)
    app(
        "CMLPLAT",
        blocks=[
            {
                "type": "section",
                "text": mrkdwn("*Have you measured the prompt?*\nA measurement can settle this."),
            },
            {
                "type": "actions",
                "elements": [
                    button("Yes", "yes"),
                    button("Not yet", "no"),
                    button("Not sure", "unsure"),
                    button("Withdraw", "withdraw", style="danger", confirm=CONFIRM),
                ],
            },
        ],
        thread_ts=root.ts,
    )
    post("CMLPLAT", "UCHEN", "43 of 50, we need 95%", thread_ts=root.ts)
    app("CMLPLAT", "Read as *86% [74%, 93%]*, from <@UCHEN>.", thread_ts=root.ts, edited_ts="1.0")
    app("CMLPLAT", "Usage: `/tune-or-prompt <task>`", ephemeral_to="UANA")
    post("CMLPLAT", "UCHEN", "Thanks <@UANA>, that helps.", edited_ts="1.0")
    post("CSUPPORT", "UANA", "Every block, below.")
    for blocks in (TEXTS, TABLES, CHARTS):
        app("CSUPPORT", blocks=blocks)
    app("CSUPPORT", "The log as a file", files=["FLOG", "FCHART"])
    workspace.homes["UANA"] = View(
        "VHOME", "1", "home", "UANA", with_ids([*ADVICE, {"type": "divider"}, *CHARTS[:1]])
    )
    modal = View(
        "VFORM", "1", "modal", "UBEN", with_ids(INPUTS), "form", title=plain("Start a model decision")
    )
    modal.submit, modal.close = plain("Start"), plain("Cancel")
    workspace.open_views["UBEN"] = [modal]
    now = int(workspace.clock())
    workspace.scheduled["Q1"] = Scheduled("Q1", "CMLPLAT", now + 86400, now + 86400.0, now, "How did it go?")
    return workspace


def main(port: int) -> None:
    import uvicorn
    from fastapi import FastAPI

    from bot.sandbox.page.serving import install

    app = FastAPI()
    workspace = filled()
    install(app, {"/": People(workspace, None)})
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3999)
