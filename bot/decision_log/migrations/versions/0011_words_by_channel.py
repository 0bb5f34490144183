"""In PostgreSQL's index of words, too, each begins with a mark of its channel: others' are not looked through.

What is found is put in order by an index alone. Releases before call the same function with the same words, and find
the same.
"""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

WORDS_BEGIN = """
CREATE FUNCTION words_begin(workspace text, channel text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL UNSAFE
RETURN 'm' || left(encode(sha256(convert_to(workspace || '/' || channel, 'UTF8')), 'hex'), 8)
"""
MARKED = (
    "to_tsvector('simple', replace(' ' || {0}search_text, ' ',"
    " ' ' || words_begin({0}workspace_id, {0}channel_id)))"
)
FIND = """
CREATE OR REPLACE FUNCTION decisions_with_words(in_channel text, wanted text)
RETURNS TABLE (workspace_id text, channel_id text, number integer)
LANGUAGE sql STABLE SECURITY DEFINER
BEGIN ATOMIC
    SELECT w.workspace_id, w.channel_id, w.number FROM decision_words w WHERE {}
END
"""
FOUND = """{} @@ (
        SELECT to_tsquery('simple', string_agg('(' || regexp_replace(
            wanted, '[a-z][a-z0-9]*', words_begin(n.workspace_id, n.channel_id) || '\\&', 'g') || ')', ' | '))
        FROM numbering n WHERE n.workspace_id = current_setting('app.workspace', true)
        AND (in_channel IS NULL OR n.channel_id = in_channel))
    AND w.workspace_id IS NOT DISTINCT FROM (SELECT current_setting('app.workspace', true))
    AND (in_channel IS NULL OR w.channel_id IS NOT DISTINCT FROM in_channel);""".format(MARKED.format("w."))  # noqa: S608 - of constants
FOUND_BEFORE = """to_tsvector('simple', w.search_text) @@ to_tsquery('simple', wanted)
    AND (ARRAY[w.workspace_id, w.workspace_id || '/' || w.channel_id])
        @> ARRAY[current_setting('app.workspace', true) || coalesce('/' || in_channel, '')]
    AND w.workspace_id || '' = current_setting('app.workspace', true);"""
INDEX = "CREATE INDEX decision_words_index ON decision_words USING gin ({})"
BEFORE = "to_tsvector('simple', search_text), (ARRAY[workspace_id, workspace_id || '/' || channel_id])"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(WORDS_BEGIN)
        _look_into(MARKED.format(""), FOUND)
        place = ["workspace_id", "channel_id", "number"]
        op.create_index("ix_decisions_number", "decisions", place, postgresql_include=["day"])


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_decisions_number", "decisions")
        _look_into(BEFORE, FOUND_BEFORE)
        op.execute("DROP FUNCTION words_begin")


def _look_into(what: str, found: str) -> None:
    op.execute("DROP INDEX decision_words_index")
    op.execute(INDEX.format(what))
    op.execute(FIND.format(found))
