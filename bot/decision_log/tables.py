"""The tables. Every primary key begins with ``workspace_id``, so that the log can be spread over workspaces.

A change here needs a new migration beside it, and :data:`SCHEMA` moved to it; tests hold all three together.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    ColumnElement,
    Computed,
    Double,
    ForeignKeyConstraint,
    FromClause,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    event,
    func,
    literal_column,
)

from bot.decision_log.columns import Day, Json, UtcTime, Words, day_of
from bot.decision_log.records import REACHED

SCHEMA = "0011"
"""The newest migration: what the program expects to find in ``alembic_version``."""

OLDEST_SCHEMA = "0010"
"""The oldest with which this program works too, on a server, while an update rolls."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)


def _of_a_consultation() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["workspace_id", "consultation_id"], ["consultations.workspace_id", "consultations.id"]
    )


consultations = Table(
    "consultations",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("id", Words, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("root_ts", Words),
    Column("in_thread", Boolean, nullable=False),
    Column("task", Words, nullable=False),
    Column("asker_id", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("touched_at", UtcTime, nullable=False),
    Column("nudged", Boolean, nullable=False),
    Column("prefilled", Boolean, nullable=False),
    Column("reopened_from", Integer),
    # How many of each there are: adding one raises the count and takes the next number in a single statement,
    # which also holds the consultation for this transaction, so that two writers never take the same one.
    Column("answers_given", Integer, nullable=False),
    Column("posts_wanted", Integer, nullable=False),
    Column("advice_given", Integer, nullable=False),
    PrimaryKeyConstraint("workspace_id", "id"),
)
Index(
    "ix_consultations_thread",
    consultations.c.workspace_id,
    consultations.c.channel_id,
    consultations.c.root_ts,
)
Index("ix_consultations_asker", consultations.c.workspace_id, consultations.c.asker_id, consultations.c.id)
answers = Table(
    "answers",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("consultation_id", Words, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("key", Words, nullable=False),
    Column("value", Json, nullable=False),
    Column("author_id", Words, nullable=False),
    Column("how", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "consultation_id", "seq"),
    _of_a_consultation(),
)
Index("ix_answers_author", answers.c.workspace_id, answers.c.author_id, answers.c.consultation_id)

posts = Table(
    "posts",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("consultation_id", Words, nullable=False),
    Column("id", Integer, nullable=False),
    Column("what", Words, nullable=False),
    Column("about", Json, nullable=False),
    Column("ts", Words),
    Column("shown", Words),
    Column("nonce", Words, nullable=False),
    Column("tried", Boolean, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("refused", Words),
    PrimaryKeyConstraint("workspace_id", "consultation_id", "id"),
    _of_a_consultation(),
)

advice = Table(
    "advice",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("consultation_id", Words, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("advice", Json, nullable=False),
    Column("policy_version", Words, nullable=False),
    Column("prices_version", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "consultation_id", "seq"),
    _of_a_consultation(),
)

decisions = Table(
    "decisions",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("number", Integer, nullable=False),
    Column("consultation_id", Words, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("root_ts", Words),
    Column("task", Words, nullable=False),
    Column("recommended", Words, nullable=False),
    Column("chosen", Words, nullable=False),
    # Derived, like those below.
    Column("status", Words, nullable=False),
    Column("by_id", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("why", Words),
    Column("supersedes", Integer),
    # Derived from the record when something is added to it, to be filtered and sorted by: see derived.py.
    Column("superseded_by", Integer),
    Column("withdrawn_by_id", Words),
    Column("withdrawn_at", UtcTime),
    Column("withdrawn_why", Words),
    Column("outcome", Words),
    Column("due_at", UtcTime),
    Column("cost", Double),
    # Recorded: accepted, or overridden; of an import that tells no more also withdrawn or superseded.
    Column("decided", Words),
    # What decisions are sorted by, and the outcome as it is asked for: what was reached and is not said to be in use is
    # missed. Columns, since under a policy PostgreSQL looks up no rows by what a function makes of one.
    Column("day", Day, Computed(day_of(literal_column("at")), persisted=True)),
    Column("asked", Words, Computed(f"replace(outcome, '{REACHED}', 'missed')", persisted=True)),
    PrimaryKeyConstraint("workspace_id", "channel_id", "number"),
    UniqueConstraint("workspace_id", "consultation_id"),
    _of_a_consultation(),
)
Index("ix_decisions_at", decisions.c.workspace_id, decisions.c.at, decisions.c.channel_id, decisions.c.number)
Index(  # all that is counted, so that counting reads nothing else
    "ix_decisions_kinds",
    decisions.c.workspace_id,
    decisions.c.channel_id,
    decisions.c.recommended,
    decisions.c.chosen,
    decisions.c.status,
    decisions.c.outcome,
    decisions.c.due_at,
    decisions.c.at,
)
Index("ix_decisions_by", decisions.c.workspace_id, decisions.c.by_id, decisions.c.consultation_id)


def cost_of(table: FromClause) -> ColumnElement[float]:
    """What decisions are sorted by when it is by cost: what nobody knows comes last."""
    return func.coalesce(table.c.cost, literal_column("-1.0"))


_its = decisions.c
_channels = (_its.workspace_id, _its.channel_id)
# The same as the kinds for all channels of a workspace together.
_counted = (_its.workspace_id, _its.recommended, _its.chosen, _its.status, _its.outcome, _its.due_at)
Index("ix_decisions_counted", *_counted)
# A channel's decisions, those of some days, and those of one kind: the newest day first, and of a day the last.
_in_order = (_its.day, _its.number)
Index("ix_decisions_day", *_channels, *_in_order)
# For PostgreSQL, which puts what has some words in order by this alone; SQLite's index of words is in that order.
Index("ix_decisions_number", *_channels, decisions.c.number, postgresql_include=["day"]).ddl_if(
    dialect="postgresql"
)
for _column in (_its.by_id, _its.chosen, _its.status, _its.asked):
    Index(f"ix_decisions_channel_{_column.name}", *_channels, _column, *_in_order)
Index("ix_decisions_cost", *_channels, cost_of(decisions), _its.at, _its.number)
Index("ix_decisions_supersedes", decisions.c.workspace_id, decisions.c.channel_id, decisions.c.supersedes)


def _of_a_decision() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["workspace_id", "channel_id", "number"],
        ["decisions.workspace_id", "decisions.channel_id", "decisions.number"],
        onupdate="CASCADE",  # a channel may get another id
    )


# How a decision turned out, as often as somebody says so: only ever added to, the newest counts.
outcomes = Table(
    "outcomes",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("number", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("by_id", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("shipped", Boolean),
    Column("eval_correct", Integer),
    Column("eval_total", Integer),
    Column("bill_per_month", Double),
    Column("hours", Double),
    Column("again", Boolean),
    Column("cannot_tell", Boolean),
    Column("taken_back", Boolean),
    PrimaryKeyConstraint("workspace_id", "channel_id", "number", "seq"),
    _of_a_decision(),
)

# What came of a decision, elsewhere: only ever added to.
links = Table(
    "links",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("number", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("url", Words, nullable=False),
    Column("note", Words),
    Column("by_id", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "channel_id", "number", "seq"),
    _of_a_decision(),
)

# That a decision was taken back: only ever added to.
withdrawals = Table(
    "withdrawals",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("number", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("by_id", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("why", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id", "channel_id", "number", "seq"),
    _of_a_decision(),
)

# When a team wants to be asked how a decision turned out, in place of the usual day: only ever added to, the newest
# counts. Without a day it is not asked.
check_in_dates = Table(
    "check_in_dates",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("number", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("ask_at", UtcTime),
    Column("by_id", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "channel_id", "number", "seq"),
    _of_a_decision(),
)

# That today's policy and prices would advise something else than what was told before: only ever added to.
reviews = Table(
    "reviews",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("number", Integer, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("was", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("because", Json, nullable=False),
    PrimaryKeyConstraint("workspace_id", "channel_id", "number", "seq"),
    _of_a_decision(),
)

# The words by which a decision is found, and what it is compared by, beside it and not in it: see search.py, alike.py.
decision_words = Table(
    "decision_words",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("number", Integer, nullable=False),
    Column("search_text", Words, nullable=False),
    Column("traits", Json, nullable=False),
    Column("forecast", Json, nullable=False),
    PrimaryKeyConstraint("workspace_id", "channel_id", "number"),
    _of_a_decision(),
)
WORDS_INDEX = "decision_words_index"
"""What full-text search looks into: a virtual table of SQLite, an index of PostgreSQL."""
WORDS_BEGIN = """
CREATE FUNCTION words_begin(workspace text, channel text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL UNSAFE
RETURN 'm' || left(encode(sha256(convert_to(workspace || '/' || channel, 'UTF8')), 'hex'), 8)
"""
"""The mark with which a channel's words begin in PostgreSQL's index: see search.py.

It is the same for ever, whatever PostgreSQL has to assume of ``convert_to``. Unsafe, so that no second process is
started to look for words: that takes longer than to find them.
"""
MARKED = (
    "to_tsvector('simple', replace(' ' || {0}search_text, ' ',"
    " ' ' || words_begin({0}workspace_id, {0}channel_id)))"
)
"""What PostgreSQL's index has of a row. ``{0}``: what its columns' names begin with."""
SEARCHED = (
    (
        "sqlite",
        f"CREATE VIRTUAL TABLE {WORDS_INDEX} USING fts5(search_text, workspace_id UNINDEXED,"
        " channel_id UNINDEXED, number UNINDEXED, columnsize = 0, tokenize = 'unicode61 remove_diacritics 0')",
    ),
    ("postgresql", WORDS_BEGIN),
    ("postgresql", f"CREATE INDEX {WORDS_INDEX} ON decision_words USING gin ({MARKED.format('')})"),
)
for _dialect, _makes in SEARCHED:
    event.listen(decision_words, "after_create", DDL(_makes).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]

# The last number given out in each channel. A count of its own rather than the highest number there is: a
# deleted decision's number never comes back.
numbering = Table(
    "numbering",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("channel_id", Words, nullable=False),
    Column("last", Integer, nullable=False),
    PrimaryKeyConstraint("workspace_id", "channel_id"),
)

# What a workspace set in place of our defaults. Only ever added to: the newest of a key counts, and what was advised
# earlier can be worked out again with the settings of its day.
settings = Table(
    "settings",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("key", Words, nullable=False),
    Column("value", Json, nullable=False),
    Column("by_id", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "seq"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("consultation_id", Words, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", UtcTime),
    Column("generation", Integer, nullable=False),
    # One sender at a time serves a channel, which takes one message a second.
    Column("channel_id", Words, nullable=False),
    Column("because", Words),
    PrimaryKeyConstraint("workspace_id", "consultation_id"),
    _of_a_consultation(),
)
Index("ix_outbox_due", outbox.c.due_at)

# Whom to ask how a decision turned out, and when; gone once that was asked, or need not be. Like the outbox it holds
# ids only, and whoever takes a row looks at the record before asking.
check_ins = Table(
    "check_ins",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("consultation_id", Words, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "consultation_id"),
    _of_a_consultation(),
)
Index("ix_check_ins_due", check_ins.c.due_at)

# Which consultation may be silent, and since when: see silence.py.
nudges = Table(
    "nudges",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("consultation_id", Words, nullable=False),
    Column("since", UtcTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "consultation_id"),
    _of_a_consultation(),
)
Index("ix_nudges_since", nudges.c.since)

# The workspaces with decisions, and with which policy and prices those were last looked at again ("": not yet).
reviewed = Table(
    "reviewed",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("versions", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("workspace_id"),
)

# Since when the app is not installed in a workspace any more: its records are kept for a while.
departures = Table(
    "departures",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("workspace_id"),
)

seen = Table(
    "seen",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("key", Words, nullable=False),
    Column("at", UtcTime, nullable=False),
    PrimaryKeyConstraint("workspace_id", "key"),
)
Index("ix_seen_at", seen.c.at)

# Where the app is installed: a workspace ("T...") or an organisation ("E..."), under whose id everything of it is kept.
# ``sealed``: its tokens, encrypted with the key ``key_id`` names; none once the app was taken away. ``version`` rises
# with every change of them, and whoever holds the lease is about to change them.
installations = Table(
    "installations",
    metadata,
    Column("workspace_id", Words, nullable=False),
    Column("enterprise_id", Words, nullable=False),
    Column("app_id", Words, nullable=False),
    Column("bot_id", Words, nullable=False),
    Column("bot_user_id", Words, nullable=False),
    Column("scopes", Words, nullable=False),
    Column("installer_id", Words, nullable=False),
    Column("installed_at", UtcTime, nullable=False),
    Column("sealed", Words),
    Column("key_id", Words, nullable=False),
    Column("expires_at", UtcTime),
    Column("renew_at", UtcTime),
    Column("version", Integer, nullable=False),
    Column("lease_until", UtcTime),
    Column("trouble", Words, nullable=False),
    PrimaryKeyConstraint("workspace_id"),
)
Index("ix_installations_bot", installations.c.bot_id)
Index("ix_installations_bot_user", installations.c.bot_user_id)
