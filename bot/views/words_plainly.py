"""Words of an advice that mean the same in every thread: what each means, and what follows from it."""
# ruff: noqa: E501  a sentence that is shown is read, and mended, more easily whole

from __future__ import annotations

from collections.abc import Mapping

PLAIN: Mapping[str, tuple[str, str]] = {
    "away": (
        "Away from the value at which the advice would be another.",
        "“1.5 times away” means that a number would have to be 1.5 times as large, or as small, before anything changes. So a figure that is a little wrong does no harm.",
    ),
    "ask": (
        "The advice is not known for that value: one more question would be asked first.",
        "Nothing more is asked as long as your answer stays as it is. If you change it, the question comes by itself.",
    ),
    "picked": (
        "By chance from what really comes in, in the same way as the first cases were.",
        "Cases that are easier or harder than the usual ones would make the score look better or worse than it is.",
    ),
    "stronger": (
        "A larger model of the same or another provider, with the prompt as it is.",
        "It costs more a call, and shows within a day whether the prompt or the model is the limit.",
    ),
    "largest": (
        "The wrong answers sorted by why they are wrong; the kind with the most of them is the largest class.",
        "Look through 50 wrong ones, note the reason for each, and begin with the most common.",
    ),
    "steps": (
        "In place of one long prompt several short ones, one after the other, each with one thing to do.",
        "After each the result is checked, so that a mistake is found where it is made.",
    ),
    "log": (
        "Keep each case that comes in with what the model answered, and have somebody who knows say what is right.",
        "Each such case is a reviewed example; a first run takes {least}.",
    ),
    "corrected": (
        "A case that the model got wrong, with the right answer beside it.",
        "It shows the model what it does not do yet; one that it gets right anyway teaches it little.",
    ),
    "capacity": (
        "Whether the machines keep up when the most calls come at once.",
        "The price is for the average; if your busiest hour is far above it, another machine is needed.",
    ),
    "check": (
        "A test by a program of every answer before it is used: are all fields there, is the value one that is allowed.",
        "What does not pass is asked again, or goes to a person.",
    ),
    "current": (
        "When something changes, the document is replaced by the new one, and the next question is answered from that.",
        "Nobody has to do it every day, only when a document changes; nothing is trained.",
    ),
    "searchable": (
        "The documents go into a search that finds the passages on a question, by their words or by their meaning.",
        "It takes the documents as text in one place, an engineer for the search, and somebody who replaces a document when it changes.",
    ),
    "horizon": (
        "In time is within {months}: what is spent up front has to have come back by then.",
        "That is half of what the model can still be used for where this is shorter, since what is trained on it is lost with it.",
    ),
}
"""What is the same in every thread: what it means, and what follows."""
