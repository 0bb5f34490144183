"""On how many days of a week, and for how many hours of a day, there is work: "Monday to Saturday", "closed on Mondays".

The cleaner puts one of three words where such a phrase stood, so that its numbers count nothing.
"""
# ruff: noqa: E501  lists of words are read, and mended, more easily on one line

from __future__ import annotations

import re

from core.reading.rule import Rule

FIVE_DAYS, SIX_DAYS, ALL_DAYS = "weekdays", "sixdays", "alldays"
FEW_DAYS = {"twodays": 2, "threedays": 3, "fourdays": 4}
_OF_DAYS = {
    **{number: f" {word} " for word, number in FEW_DAYS.items()},
    5: f" {FIVE_DAYS} ",
    6: f" {SIX_DAYS} ",
    7: f" {ALL_DAYS} ",
}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?"
_SPAN = Rule(
    rf"\b(?:from )?({_DAY})\.? ?(?:-|to|through|thru|till|until|up to)(?: and including)? ?({_DAY})\b\.?"
)
_SHORT_SPAN = Rule(r"\bm(?:o|on)? ?[-–/] ?(?P<last>f|fr|fri|sa|sat|su|sun)\b\.?")
_LAST_DAYS = {"f": 5, "fr": 5, "sa": 6, "su": 7}
_A_WEEK = Rule(
    r"\b(two|three|four|five|six|seven|[2-7]) (?:days?|mornings?|afternoons?|evenings?|nights?) ?(?:a|per|/|in the|each|every|of the|out of the) ?(?:week|wk)\b"
    r"|\b(five|six|5|6) (?=days|\w+ (?:of )?(?:seven|7) days)(?:days )?(?:on|out of|of|in) (?:seven|7)\b"
)
_SHUT = r"(?:closed|shut|not open|off|except|excluding|but not|apart from|never|nothing|none)"
_CLOSED = Rule(
    rf"\b(?:but (?=closed|shut|not open|off))?{_SHUT}(?: on| every| for| at| over)*(?: the)? ({_DAY}|weekends?)(?: (?:and|&|or) ({_DAY}))?\b"
    rf"|\bon (?:the )?({_DAY}|weekends?)(?: (?:and|&) ({_DAY}))?(?: we| the \w+| they| it)?(?: are| is| have| stay| stays)? {_SHUT}\b"
    rf"|\b(?:nobody|no one|nothing|none)(?: \w+){{1,4}} (?:on|at|over)(?: the)? ({_DAY}|weekends?)(?: (?:and|&|or) ({_DAY}))?\b"
)
_OPEN = Rule(
    r"\b(?:open|work|working|staffed)(?: on| for| all)? (five|six|seven|[567]) days\b(?! ?(?:a|per|/|in|on|each|every|of|out)\b)"
)
_WHOLE_WEEK = Rule(
    r"\b(?:(?:weekends?|(?:bank |public )?holidays?) (?:included|too|as well|also|and all)|(?:including|incl|also on|also at) (?:the )?(?:weekends?|sundays?)(?: and (?:bank |public )?holidays?)?|every day of the week"
    r"|(?:on )?sundays? (?:also|too|as well|included)|(?:, )(?:seven|7) days(?! (?:a|per|in|out|of|on|later|ago|each|every)\b)(?=,|\.|$)|we never (?:close|shut)|no rest for the wicked"
    r"|saturdays? and sundays? (?:too|as well|included|also)|even (?:on )?sundays?|365 days(?: a year)?|24 ?hours? (?:all|every) days?|all week(?: long)?)\b"
)
_AT_WORK = Rule(
    r"\b(?:on|only|all)(?: on)?(?: the)? (?:working|work|business|school|office|banking|bank|trading) ?days\b"
)
_FREE = Rule(
    rf"\b(?:but |only |and )?({_DAY})(?: (?:and|&) ({_DAY}))? ?,?(?: we)?(?: is| are| have| there is)? (?:closed|shut|off|free|nothing|none)\b"
)
_NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "2": 2,
    "3": 3,
    "4": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "5": 5,
    "6": 6,
    "7": 7,
}


def with_days_counted(text: str) -> str:
    """The text with one word in place of each phrase that says on how many days of a week there is work."""
    text = _SPAN.sub(_span, text.replace("week day", "weekday"))
    text = _SHORT_SPAN.sub(lambda found: _OF_DAYS[_LAST_DAYS[found["last"][:2]]], text)
    text = _AT_WORK.sub(_OF_DAYS[5], text)
    text = _OPEN.sub(lambda found: _OF_DAYS[_NUMBERS[found[1]]], text)
    text = _A_WEEK.sub(lambda found: _OF_DAYS[_NUMBERS[found[1] or found[2]]], text)
    return _WHOLE_WEEK.sub(_OF_DAYS[7], _FREE.sub(_closed, _CLOSED.sub(_closed, text)))


def _span(found: re.Match[str]) -> str:
    first, last = (_DAYS.index(found[at][:3]) for at in (1, 2))
    return _OF_DAYS.get((last - first) % 7 + 1, found[0])


def _closed(found: re.Match[str]) -> str:
    days = [day for day in found.groups() if day]
    shut = 2 if days[0].startswith("weekend") else len(days)
    return _OF_DAYS.get(7 - shut, found[0])
