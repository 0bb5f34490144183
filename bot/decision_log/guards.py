"""What PostgreSQL itself refuses: another workspace's rows, whatever a statement says.

Each transaction says whose it is where it begins (:mod:`bot.decision_log.engine`), and a policy on each table with
content shows and takes no other rows: none at all where nothing was said. It binds the role as which the app connects,
which owns nothing (:mod:`bot.decision_log.roles`), and an owner that is no superuser.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Literal

from sqlalchemy import Connection, Table, text

from bot.decision_log.tables import (
    MARKED,
    advice,
    answers,
    check_in_dates,
    check_ins,
    consultations,
    decision_words,
    decisions,
    departures,
    installations,
    links,
    metadata,
    nudges,
    numbering,
    outbox,
    outcomes,
    posts,
    reviewed,
    reviews,
    seen,
    settings,
    withdrawals,
)

Guard = Literal["content", "words", "ids", "open"]

GUARDED: Mapping[Table, Guard] = MappingProxyType(
    {
        consultations: "content",
        answers: "content",
        posts: "content",
        advice: "content",
        decisions: "content",
        outcomes: "content",
        links: "content",
        withdrawals: "content",
        check_in_dates: "content",
        reviews: "content",
        numbering: "content",
        settings: "content",
        # Content too. Its owner is not bound, as whom FIND looks into the index.
        decision_words: "words",
        # Ids that the app's rounds take for all workspaces at once. A row is made by its own workspace alone, and
        # stays its own, since a foreign key tells whether there is such a consultation.
        outbox: "ids",
        check_ins: "ids",
        nudges: "ids",
        # Ids, moments and sealed tokens, asked for before it is known whose a request is; they refer to nothing.
        reviewed: "open",
        departures: "open",
        seen: "open",
        installations: "open",
    }
)
"""Each table, and what is done for it. A test fails for a table about which nothing was decided."""

MINE = "workspace_id = nullif(current_setting('app.workspace', true), '')"
"""A row is the transaction's own. ``nullif``: after a transaction the setting is not gone, but empty."""

FIND = """
CREATE FUNCTION decisions_with_words(in_channel text, wanted text)
RETURNS TABLE (workspace_id text, channel_id text, number integer)
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
    SELECT w.workspace_id, w.channel_id, w.number FROM decision_words w
    WHERE {} @@ (
        SELECT to_tsquery('simple', string_agg('(' || regexp_replace(
            wanted, '[a-z][a-z0-9]*', words_begin(n.workspace_id, n.channel_id) || '\\&', 'g') || ')', ' | '))
        FROM numbering n WHERE n.workspace_id = current_setting('app.workspace', true)
        AND (in_channel IS NULL OR n.channel_id = in_channel))
    AND w.workspace_id IS NOT DISTINCT FROM (SELECT current_setting('app.workspace', true))
    AND (in_channel IS NULL OR w.channel_id IS NOT DISTINCT FROM in_channel);
END
""".format(MARKED.format("w."))  # noqa: S608 - of constants
"""Where the transaction's own workspace has these words, in one channel or (NULL) in all.

A policy has to hold before any operator looks at a row that might tell what it saw, and full-text search has such an
operator: under a policy it would read all words of a workspace and use no index. So the owner looks, who is not bound
on this table, for nobody but the workspace that is set. ``IS NOT DISTINCT FROM``: no other index is to be preferred.
"""


def policies(table: Table) -> Iterator[str]:
    """The statements that put a table under its guard."""
    name, guard = table.name, GUARDED[table]
    if guard == "open":
        return
    yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
    if guard == "ids":
        yield f"CREATE POLICY everybodys_to_read ON {name} FOR SELECT USING (true)"
        yield f"CREATE POLICY everybodys_to_change ON {name} FOR UPDATE USING (true)"
        yield f"CREATE POLICY everybodys_to_delete ON {name} FOR DELETE USING (true)"
        yield f"CREATE POLICY its_own_to_make ON {name} FOR INSERT WITH CHECK ({MINE})"
    else:
        yield f"CREATE POLICY its_own ON {name} USING ({MINE})"
    if guard != "words":
        yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"


def grants(table: Table, role: str) -> str:
    """The statement by which a role, quoted, may use a table for what the app does."""
    if GUARDED[table] != "ids":
        return f"GRANT SELECT, INSERT, UPDATE, DELETE ON {table.name} TO {role}"
    keys = set(table.primary_key.columns.keys())
    changing = ", ".join(name for name in table.columns.keys() if name not in keys)  # noqa: SIM118 - in their order
    return f"GRANT SELECT, INSERT, UPDATE ({changing}), DELETE ON {table.name} TO {role}"


def put_on(connection: Connection) -> None:
    """Guard the tables of a new database. Nothing on SQLite, which has no roles."""
    if connection.dialect.name != "postgresql":
        return
    connection.execute(text(FIND))
    connection.execute(text("REVOKE EXECUTE ON FUNCTION decisions_with_words FROM PUBLIC"))
    for table in metadata.sorted_tables:
        for statement in policies(table):
            connection.execute(text(statement))
