"""Make the tables of a new database at once: the very ones that the migrations lead to, without loading Alembic.

For the first start. A test holds both ways against each other.
"""

from __future__ import annotations

from sqlalchemy import Column, Engine, MetaData, PrimaryKeyConstraint, String, Table, insert, inspect

from bot.decision_log.engine import for_writing
from bot.decision_log.guards import put_on
from bot.decision_log.tables import SCHEMA, metadata

_VERSIONS = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def create(engine: Engine) -> bool:
    """Make the tables, all or none; ``False`` when the database holds any already, which is then left alone."""
    with for_writing(engine).begin() as connection:
        if inspect(connection).get_table_names():
            return False
        metadata.create_all(connection)
        put_on(connection)
        _VERSIONS.create(connection)
        connection.execute(insert(_VERSIONS).values(version_num=SCHEMA))
        return True
