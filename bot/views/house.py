"""What a workspace has set in place of our defaults: the list on App Home, the forms, and the reading of them."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from bot.conversation.replies import NotASetting, Refused, Reply, WorkspaceSettings
from bot.decision_log.records import Setting
from bot.views import ids
from bot.views.document import (
    Button,
    Buttons,
    Day,
    Entry,
    Field,
    Form,
    Heading,
    Part,
    Parts,
    Person,
    Said,
    Small,
    Strong,
    Text,
    Words,
    bare,
    joined,
)
from bot.views.forms import Filled, Mistakes, State, typed
from bot.views.phrases import source
from bot.views.press import Press
from core.answers import CaseError
from core.case import plain
from core.fact import NAMED
from core.house import (
    GROUP,
    GROUPS,
    KEYS,
    Described,
    Group,
    check_setting,
    described,
    exact,
    house_of,
    in_words,
    priced,
)
from core.prices.calling import with_provider
from core.reading.cleaning import clean
from core.reading.lexer import tokens_of
from core.reading.numbers import number_at

MOST = 20
"""Settings that App Home lists; more are in their forms."""

MOST_ADMINS = 10
LENGTH = 120
TITLE = "Settings for this workspace"


def settings_section(settings: WorkspaceSettings, person: str, day: datetime.date) -> Parts:
    """The section of App Home: to everybody what is set, to admins the ways to change it."""
    may_change = person in settings.admins
    hold = "They hold in every channel. What is open is worked out anew; what is decided stays."
    groups = (Button(f"{group.title}…", ids.action_id(ids.SETTINGS, group.id)) for group in GROUPS)
    shown = [setting for setting in settings.present if setting.key in KEYS]
    nothing = "Nothing is set: every threshold, price and assumption is the default."
    return (
        Heading(TITLE),
        *((Text(hold), Buttons(tuple(groups))) if may_change else ()),
        None if shown else Text(nothing),
        *(_set(setting, day, may_change=may_change) for setting in shown[:MOST]),
        Small(f"And {len(shown) - MOST} more." if len(shown) > MOST else ""),
        None if may_change else Small(_who(settings)),
    )


def _set(setting: Setting, day: datetime.date, *, may_change: bool) -> Text:
    about = described(setting.key, on=day)
    now = in_words(setting.key, check_setting(setting.key, setting.value))
    by: Words = ("set by ", Person(setting.by), ", ", Day(setting.at))
    back = Button(
        "Back to the default",
        ids.action_id(ids.SETTING_DEFAULT, setting.key),
        Press(seq=setting.seq),
        spoken=f"Back to the default: {about.name}",
    )
    default = ("\nDefault: ", Said(_default(about), 200), " · ", by)
    set_to = (Strong(f"{about.name}:"), " ", Said(now, LENGTH))
    return Text((set_to, default), button=back if may_change else None)


def _default(about: Described) -> str:
    return about.words if about.value is None else in_words(about.key, about.value)


def _who(settings: WorkspaceSettings) -> Words:
    if not settings.admins:
        return "Nobody can change these yet: whoever runs the app names the admins in ADMIN_USERS."
    return ("Who can change these: ", joined(", ", map(Person, settings.admins[:MOST_ADMINS])))


def settings_form(group: Group, settings: WorkspaceSettings, day: datetime.date) -> Form:
    """The form of one group: what is set stands in its field, the default beside it with where it comes from."""
    own = {setting.key: setting.value for setting in settings.present if setting.key in KEYS}
    every = priced(house_of(own), on=day)
    fields = (part for key in group.keys for part in _field(every[key], settings.of(key)))
    carries = json.dumps({"g": group.id, "s": settings.last})
    parts = (Small("An empty field is the default."), *fields)
    return Form(group.title, parts, ids.SETTINGS_FORM, "Save", carries)


def _field(about: Described, setting: Setting | None) -> tuple[Part, ...]:
    value = "" if setting is None else as_typed(about, check_setting(about.key, setting.value))
    start = "" if about.value is None else as_typed(about, about.value)
    shown = Field(ids.setting_block(about.key), label(about), Entry(LENGTH, value, start), _hint(about))
    own: Words = ""
    if setting is not None:
        own = ("Your team's own, set by ", Person(setting.by), ", ", Day(setting.at))
    of = ("Source: ", source(about.source)) if about.source else ""
    return (shown, Small(joined(" · ", (own, of))))


def label(about: Described) -> str:
    """The name with its unit, unless the name says it: "Hours for the prompt", "Cache's hit rate (%)"."""
    unit = "%" if about.kind == "share" else about.unit
    is_said = set(unit.lower().split()) <= set(about.name.lower().split())
    return about.name if is_said else f"{about.name} ({unit})"


def _hint(about: Described) -> str:
    estimate = "" if about.source or about.words or about.kind in NAMED else ", our estimate"
    said = f" {about.description}." if about.description else ""
    return f"Default: {_default(about)}{estimate}.{said}"


def as_typed(about: Described, value: Decimal | str) -> str:
    if isinstance(value, str):
        return value
    return f"{exact(value * 100)}%" if about.kind == "share" else exact(value)


def read_settings_form(state: State, group: Group, day: datetime.date) -> Filled | Mistakes:
    """The settings of a group: ``None`` for a field that is empty."""
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for key in group.keys:
        block = ids.setting_block(key)
        text = typed(state, block)
        try:
            values[key] = read_value(text, described(key, on=day)) if text else None
        except CaseError as wrong:
            errors[block] = f"Please enter {wrong.expected}."
        except ValueError as wrong:
            errors[block] = str(wrong)
    return Mistakes(errors) if errors else Filled(values)


def read_value(text: str, about: Described) -> Any:
    """One setting in its JSON form. Raises ``ValueError`` with a sentence, or :class:`CaseError`."""
    if about.kind == "model":
        return check_setting(about.key, with_provider(text) or text)
    if about.kind in NAMED:
        return check_setting(about.key, text)
    value, is_percent = _number(text)
    if about.kind == "share":
        if value == 1 and not is_percent:
            raise ValueError("Is that 1% or 100%? Please write it with a % sign.")
        value = value / 100 if is_percent or value > 1 else value
    elif is_percent:
        raise ValueError("Please write one number, without a % sign.")
    return plain(Decimal(check_setting(about.key, value)))


_DIGITS = re.compile(r"\d{1,15}(\.\d{1,12})?|\d{1,3}(,\d{3}){1,4}(\.\d{1,12})?")


def _number(text: str) -> tuple[Decimal, bool]:
    """A number, and whether a % sign follows it. Digits with a point are what they look like; 80k is 80,000."""
    bare = text.removeprefix("$").strip()
    is_percent = bare.endswith("%")
    bare = bare.removesuffix("%").strip()
    if _DIGITS.fullmatch(bare):
        return Decimal(bare.replace(",", "")), is_percent
    cleaned = clean(bare)
    tokens = tokens_of(cleaned.text) if cleaned else []
    found = number_at(tokens, 0) if tokens else None
    if found is None or found.vague or found.broken or found.ambiguous or found.end < len(tokens):
        raise ValueError("Please write one number, for instance 120 or 80k.")
    return found.low, is_percent


def not_saved(reply: Reply, group: Group, settings: WorkspaceSettings) -> Mapping[str, str] | None:
    """What stands beside the fields when the settings could not be kept: a sentence by block id; else ``None``."""
    told = why_not(reply, settings)
    if told is None:
        return None
    at_fault = group.keys[0]
    if isinstance(reply, NotASetting) and reply.key in group.keys:
        at_fault, told = reply.key, f"Please enter {reply.expected}."
    if isinstance(reply, Refused) and reply.because == "set_meanwhile" and reply.detail in group.keys:
        at_fault = reply.detail
    return {ids.setting_block(at_fault): bare(told)}


def why_not(reply: Reply, settings: WorkspaceSettings) -> Words | None:
    """Why the settings could not be changed, in a sentence; ``None`` when they were."""
    match reply:
        case NotASetting(key=key, expected=expected):
            name = described(key, on=datetime.date.min).name
            return f"“{name}” must then be {expected}."
        case Refused(because="not_admin"):
            return ("Only admins can change the settings. ", _who(settings))
        case Refused(because="set_meanwhile", detail=key):
            name = described(key, on=datetime.date.min).name
            return f"“{name}” was changed meanwhile. Please close this and open it again."
        case _:
            return None


def refusal(reply: Reply, settings: WorkspaceSettings) -> Form | None:
    """The same as a page, for a button on App Home, where nothing else can be said."""
    told = why_not(reply, settings)
    return None if told is None else Form("Settings", (Text(told),))


def group_named(name: str) -> Group | None:
    """A group by its id; ``None`` for one that there is not."""
    return GROUP.get(name)
