"""The role as which the app connects to PostgreSQL: it owns nothing, and may do what the app does and no more.

Two addresses name two roles: the owner of the tables, as whom they are brought up to date, and the app's. Where there
is one address the app is the owner; it works all the same, and :func:`what_is_not_bound` says what does not hold then.
"""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Connection, Engine, make_url, text

from bot.decision_log.engine import for_writing, open_engine
from bot.decision_log.failures import CannotOpen, CouldNotRead, CouldNotSave, instead_of_database_errors
from bot.decision_log.guards import GUARDED, grants

SUPERUSER = "row-level security does not bind the database's role, which is a superuser or has BYPASSRLS"
NO_LOGIN = "password authentication failed"
INSUFFICIENT_PRIVILEGE = "42501"
OWNER = "the database's role could lift row-level security, since it owns the tables"


Done = Literal["made", "given its password", "there"]


def let_in(owner_url: str, app_url: str) -> Done:
    """Make the role of ``app_url`` if it is not there, or give it the password of ``app_url`` if it has another, and
    grant it what the app needs; what of it had to be done.

    As the owner, who has to be allowed to make roles if this one is not there. Its password is sent sealed, so that it
    stands in no log of the server. Raises :class:`CannotOpen` where the role cannot be made or would be bound by
    nothing, and :class:`CouldNotSave`.
    """
    wanted = make_url(app_url)
    if not wanted.username:
        raise CannotOpen("DATABASE_URL names no role: write it as postgresql://ROLE:PASSWORD@HOST/NAME")
    engine = open_engine(owner_url, connections=1)
    try:
        with instead_of_database_errors(CouldNotSave), for_writing(engine).begin() as connection:
            is_new = not _knows(connection, wanted.username)
            if is_new:
                _make(connection, wanted.username, str(wanted.password) if wanted.password else None)
            wrong = _not_bound(connection, wanted.username)
            if wrong is not None:
                raise CannotOpen(
                    f"DATABASE_URL has to name a role for the app alone, and not {wanted.username}: {wrong}"
                )
            _grant(connection, wanted.username)
            is_let_in = is_new or not wanted.password or _logs_in(app_url)
            if not is_let_in:
                _give_password(connection, wanted.username, str(wanted.password))
    finally:
        engine.dispose()
    return "made" if is_new else "there" if is_let_in else "given its password"


def _logs_in(app_url: str) -> bool:
    """``False``: the server refuses the password; what else keeps the role out is not looked at here."""
    engine = open_engine(app_url, connections=1)
    try:
        with instead_of_database_errors(CouldNotRead), engine.connect():
            return True
    except CouldNotRead as why:
        return NO_LOGIN not in str(why)
    finally:
        engine.dispose()


def what_is_not_bound(engine: Engine) -> str | None:
    """Why row-level security does not hold, or could be lifted, as the role that connects; ``None``: it holds.

    Also ``None`` on SQLite, which has no roles. Raises :class:`CouldNotRead`.
    """
    if engine.dialect.name != "postgresql":
        return None
    with instead_of_database_errors(CouldNotRead), engine.connect() as connection:
        role = connection.execute(text("SELECT current_user")).scalar_one()
        return _not_bound(connection, role)


def not_bound_at(url: str) -> str | None:
    """The same for an address. Raises :class:`CannotOpen` too."""
    engine = open_engine(url, connections=1)
    try:
        return what_is_not_bound(engine)
    finally:
        engine.dispose()


def _knows(connection: Connection, role: str) -> bool:
    found = connection.execute(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role})
    return found.first() is not None


def _make(connection: Connection, role: str, password: str | None) -> None:
    may = "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    if not connection.execute(text(may)).scalar():
        raise CannotOpen(
            f"there is no role {role}, and the owner may not make one. As one who may:"
            f" CREATE ROLE {_quoted(connection, role)} LOGIN PASSWORD '...'"
        )
    made = f"CREATE ROLE {_quoted(connection, role)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
    if password is not None:
        made += f" PASSWORD '{_sealed(connection, role, password)}'"
    _execute(connection, made)


def _give_password(connection: Connection, role: str, password: str) -> None:
    changed = f"ALTER ROLE {_quoted(connection, role)} PASSWORD '{_sealed(connection, role, password)}'"
    try:
        _execute(connection, changed)
    except Exception as refused:
        if getattr(refused, "sqlstate", "") != INSUFFICIENT_PRIVILEGE:
            raise
        raise CannotOpen(
            f"the role {role} has another password than DATABASE_URL says, and the owner may not change it. As one "
            f"who may: ALTER ROLE {_quoted(connection, role)} PASSWORD '...'"
        ) from None


def _sealed(connection: Connection, role: str, password: str) -> str:
    driver: Any = connection.connection.driver_connection
    sealed = driver.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    return str(sealed.decode())


def _execute(connection: Connection, statement: str) -> None:
    """Not through SQLAlchemy, whose log would hold it."""
    driver: Any = connection.connection.driver_connection
    driver.execute(statement)


def _not_bound(connection: Connection, role: str) -> str | None:
    passes = text(
        "SELECT bool_or(rolsuper OR rolbypassrls) FROM pg_roles WHERE pg_has_role(:role, oid, 'MEMBER')"
    )
    if connection.execute(passes, {"role": role}).scalar():
        return SUPERUSER
    owns = text(
        "SELECT 1 FROM pg_class WHERE relname = ANY(:tables) AND relnamespace = to_regnamespace(current_schema())::oid"
        " AND pg_has_role(:role, relowner, 'MEMBER')"
    )
    tables = [table.name for table in GUARDED]
    return OWNER if connection.execute(owns, {"tables": tables, "role": role}).first() else None


def _grant(connection: Connection, role: str) -> None:
    quoted = _quoted(connection, role)
    schema = connection.execute(text("SELECT quote_ident(current_schema())")).scalar_one()
    statements = [
        f"GRANT USAGE ON SCHEMA {schema} TO {quoted}",
        f"GRANT SELECT ON alembic_version TO {quoted}",
        f"GRANT EXECUTE ON FUNCTION decisions_with_words TO {quoted}",
        *(grants(table, quoted) for table in GUARDED),
    ]
    for statement in statements:
        connection.exec_driver_sql(statement.replace("%", "%%"))


def _quoted(connection: Connection, name: str) -> str:
    return str(connection.dialect.identifier_preparer.quote_identifier(name))
