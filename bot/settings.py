"""What the outside says: environment variables and the file .env, read once at the start and never again.

No other module reads the environment. ``Settings(...)`` built directly reads nothing from outside, as tests
want; :func:`read_settings` is the one call that does.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.cannot_start import CannotStart

__all__ = ["CannotStart", "Settings", "read_settings"]

SLACK_API = "https://slack.com/api/"
DATABASE = "sqlite:///tune-or-prompt.db"
SANDBOX_DATABASE = "sqlite:///tune-or-prompt-sandbox.db"
OPENAI_API = "https://api.openai.com/v1"
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
LOG_FORMATS = ("text", "json")
LONGEST_SHOWN = 12
"""Characters of a value that is quoted when it is wrong: no token or key is as short."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Settings(BaseSettings):
    """Every setting. The variable is the field's name in capitals; .env.example holds a comment for each.

    With slack_client_id workspaces install the app themselves: token_keys (the newest first) encrypt their tokens, and
    public_url, without a slash at its end, is where their browsers reach us. slack_api_url ends with a slash.
    database_url names its driver (``postgresql+psycopg://``); database_owner_url is the same database for the role that
    owns the tables, as whom `db upgrade` works: without it that of database_url does. port is that of the HTTP server,
    sandbox_port that of the sandbox page. threads: requests that are worked on at once.
    unready_seconds: for how long a replica that is told to stop says at `/readyz` that it ends, and serves on.
    traces_url: the whole address of what takes traces (OTLP over HTTP); ``None``: there are none.
    llm_model: the language model that is asked about replies that were not understood; ``None``: none is.
    llm_seconds: how long it may take to answer.
    """

    model_config = SettingsConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    slack_bot_token: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    token_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    public_url: str | None = None
    slack_api_url: str = SLACK_API
    database_url: str = Field(default=DATABASE, repr=False)
    database_owner_url: str | None = Field(default=None, repr=False)
    admin_users: Annotated[tuple[str, ...], NoDecode] = ()
    log_level: str = "INFO"
    log_format: str = "text"
    port: int = 3000
    metrics_port: int | None = None
    traces_url: str | None = Field(default=None, repr=False)
    sandbox_port: int = 3900
    threads: int = 16
    unready_seconds: int = 0
    llm_model: str | None = None
    llm_base_url: str = Field(default=OPENAI_API, repr=False)
    llm_api_key: SecretStr | None = None
    llm_seconds: int = 4

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what is given to the constructor: see :func:`read_settings` for the rest."""
        return (init_settings,)

    @field_validator("slack_bot_token", mode="before")
    @classmethod
    def _bot_token(cls, value: object) -> object:
        return _token(value, "xoxb-", "copy the Bot User OAuth Token from the app's OAuth & Permissions page")

    @field_validator("slack_app_token", mode="before")
    @classmethod
    def _app_token(cls, value: object) -> object:
        return _token(value, "xapp-", "copy the App-Level Token from the app's Basic Information page")

    @field_validator("slack_signing_secret", mode="before")
    @classmethod
    def _signing_secret(cls, value: object) -> object:
        text = _secret(value)
        if text is not None and (not re.fullmatch(r"[!-~]{8,}", text) or text.startswith(("xox", "xapp-"))):
            raise ValueError(
                "does not look like a signing secret; copy it from the app's Basic Information page"
            )
        return text

    @field_validator("slack_client_id", mode="before")
    @classmethod
    def _client_id(cls, value: object) -> object:
        text = None if value is None else str(value).strip()
        if text is not None and not re.fullmatch(r"[0-9A-Za-z.-]{3,60}", text):
            raise ValueError(
                "is not a client id such as 123.456; copy it from the app's Basic Information page"
            )
        return text

    @field_validator("slack_client_secret", mode="before")
    @classmethod
    def _client_secret(cls, value: object) -> object:
        text = _secret(value)
        if text is not None and (not re.fullmatch(r"[!-~]{8,}", text) or text.startswith(("xox", "xapp-"))):
            raise ValueError(
                "does not look like a client secret; copy it from the app's Basic Information page"
            )
        return text

    @field_validator("token_keys", mode="before")
    @classmethod
    def _keys(cls, value: object) -> object:
        given = re.split(r"[\s,]+", value.strip(" ,")) if isinstance(value, str) else value
        keys = tuple(_secret(one) or "" for one in given) if isinstance(given, Iterable) else ()
        if not all(re.fullmatch(r"[A-Za-z0-9_-]{43}=", key) for key in keys):
            raise ValueError("holds something that is not a key; `tune-or-prompt tokens new-key` makes one")
        return keys

    @field_validator("public_url", mode="before")
    @classmethod
    def _public_url(cls, value: object) -> object:
        text = None if value is None else str(value).strip()
        if text is None:
            return None
        host = _host(text)
        if host is None or not re.fullmatch(r"https?://[^\s/@?#]+/?", text):
            raise ValueError("is not the address of a host such as https://advice.example.com")
        if text.startswith("http://") and host not in LOOPBACK:
            raise ValueError("would send codes that become tokens unencrypted; use https")
        return text.rstrip("/")

    @field_validator("slack_api_url", mode="before")
    @classmethod
    def _api_url(cls, value: object) -> str:
        text = str(value).strip()
        host = _host(text)
        if host is None or not text.startswith(("https://", "http://")):
            raise ValueError(f"is not a web address such as {SLACK_API}")
        if "@" in text:
            raise ValueError("holds a user or a password; the token is all that Slack needs")
        if text.startswith("http://") and host not in LOOPBACK:
            raise ValueError("would send the token unencrypted; use https")
        return text if text.endswith("/") else text + "/"

    @field_validator("database_url", mode="before")
    @classmethod
    def _database(cls, value: object) -> str:
        text = str(value).strip()
        if re.fullmatch(r"sqlite:///.+", text):
            return text
        return cls._server(text)

    @field_validator("database_owner_url", mode="before")
    @classmethod
    def _owner(cls, value: object) -> str | None:
        text = None if value is None else str(value).strip()
        if text is not None and not text.startswith(("postgres:", "postgresql:", "postgresql+psycopg:")):
            raise ValueError("must be postgresql://ROLE:PASSWORD@HOST/NAME; a file has no roles")
        return None if text is None else cls._server(text)

    @staticmethod
    def _server(text: str) -> str:
        named = re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql+psycopg://", text)
        if named.startswith("postgresql+psycopg://") and named.count("@") > 1:
            raise ValueError("holds more than one @; write one that belongs to the password as %40")
        if named.startswith("postgresql+psycopg://") and _is_url(named):
            return named
        raise ValueError(
            f"must be sqlite:///FILE (such as {DATABASE}) or postgresql://USER:PASSWORD@HOST/NAME, with / ? # and "
            "other such characters of the password written as %2F and so on"
        )

    @field_validator("admin_users", mode="before")
    @classmethod
    def _admins(cls, value: object) -> object:
        ids = tuple(re.split(r"[\s,]+", value.strip(" ,"))) if isinstance(value, str) else value
        for one in ids if isinstance(ids, Iterable) else ():
            if not re.fullmatch(r"[UW][A-Z0-9]+", str(one)):
                raise ValueError(f"holds {_shown(one)}, which is not a member id such as U012AB3CD")
        return ids

    @field_validator("log_level", mode="before")
    @classmethod
    def _level(cls, value: object) -> str:
        level = str(value).strip().upper()
        if level not in LOG_LEVELS:
            raise ValueError(f"is {_shown(value)}, which is not one of {', '.join(LOG_LEVELS)}")
        return level

    @field_validator("log_format", mode="before")
    @classmethod
    def _format(cls, value: object) -> str:
        wanted = str(value).strip().lower()
        if wanted not in LOG_FORMATS:
            raise ValueError(f"is {_shown(value)}, which is not one of {', '.join(LOG_FORMATS)}")
        return wanted

    @field_validator("port", "sandbox_port", "metrics_port", mode="before")
    @classmethod
    def _port(cls, value: object) -> int | None:
        return None if value is None else _whole(value, 0, 65_535, "a port number")

    @field_validator("unready_seconds", mode="before")
    @classmethod
    def _unready_seconds(cls, value: object) -> int:
        return _whole(value, 0, 300, "a number of seconds")

    @field_validator("traces_url", mode="before")
    @classmethod
    def _traces_url(cls, value: object) -> object:
        text = None if value is None else str(value).strip()
        if text is None:
            return None
        if (
            not text.startswith(("https://", "http://"))
            or _host(text) is None
            or not urlsplit(text).path.strip("/")
        ):
            raise ValueError(
                "is not the whole address of a collector such as http://localhost:4318/v1/traces"
            )
        if "@" in text:
            raise ValueError("holds a user or a password; those belong in OTEL_EXPORTER_OTLP_HEADERS")
        return text

    @field_validator("threads", mode="before")
    @classmethod
    def _threads(cls, value: object) -> int:
        return _whole(value, 1, 256, "a number of threads")

    @field_validator("llm_model", mode="before")
    @classmethod
    def _llm_model(cls, value: object) -> object:
        text = None if value is None else str(value).strip()
        if text is not None and not re.fullmatch(r"[!-~]{1,200}", text):
            raise ValueError("is not the name of a model, which has no spaces")
        return text

    @field_validator("llm_base_url", mode="before")
    @classmethod
    def _llm_base_url(cls, value: object) -> str:
        text = str(value).strip()
        host = _host(text)
        if host is None or not text.startswith(("https://", "http://")) or "@" in text:
            raise ValueError(f"is not a web address such as {OPENAI_API}; a key belongs in LLM_API_KEY")
        if text.startswith("http://") and not _is_near(host):
            raise ValueError("would send what people write unencrypted through the internet; use https")
        return text.rstrip("/")

    @field_validator("llm_api_key", mode="before")
    @classmethod
    def _llm_api_key(cls, value: object) -> object:
        text = _secret(value)
        if text is not None and not re.fullmatch(r"[!-~]+", text):
            raise ValueError("does not look like a key: it holds a space or a special character")
        return text

    @field_validator("llm_seconds", mode="before")
    @classmethod
    def _llm_seconds(cls, value: object) -> int:
        return _whole(value, 1, 15, "a number of seconds")

    @property
    def is_connected(self) -> bool:
        """Whether anything was set that only a real workspace needs; without it the sandbox is started."""
        given = (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret, self.slack_client_id)
        return any(given)

    @property
    def is_installable(self) -> bool:
        """Whether workspaces install the app themselves, any number of them, instead of one by a token of ours."""
        return self.slack_client_id is not None

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be logged, whatever form it comes in."""
        given = (
            self.slack_bot_token,
            self.slack_app_token,
            self.slack_signing_secret,
            self.slack_client_secret,
            self.llm_api_key,
            *self.token_keys,
        )
        return tuple(secret.get_secret_value() for secret in given if secret is not None)

    def for_socket_mode(self) -> Settings:
        """These settings, if they are enough for Socket Mode. Raises :class:`CannotStart`."""
        self.for_any()
        self._require(
            "slack_app_token",
            "the app-level token for Socket Mode, which starts with xapp- (without Socket Mode: run --http)",
        )
        return self

    def for_http(self) -> Settings:
        """These settings, if they are enough for HTTP. Raises :class:`CannotStart`."""
        self.for_any()
        self._require("slack_signing_secret", "the signing secret on the app's Basic Information page")
        return self

    def for_sandbox(
        self, *, api_url: str, bot_token: str, app_token: str, signing_secret: str, owner: str
    ) -> Settings:
        """These settings turned towards a sandbox; its log is kept apart unless a database was named.

        ``owner``: who is the admin there when nobody is named.
        """
        database = SANDBOX_DATABASE if self.database_url == DATABASE else self.database_url
        return self.model_copy(
            update={
                "slack_api_url": api_url,
                "slack_bot_token": SecretStr(bot_token),
                "slack_app_token": SecretStr(app_token),
                "slack_signing_secret": SecretStr(signing_secret),
                "database_url": database,
                "admin_users": self.admin_users or (owner,),
            }
        )

    def for_any(self) -> Settings:
        """These settings, if they are enough for the app however Slack reaches it: one installation's token, or all
        that it takes to be installed. Raises :class:`CannotStart`.
        """
        if not self.is_installable:
            self._require("slack_bot_token", "the bot token of the app, which starts with xoxb-")
            return self
        if self.slack_bot_token is not None:
            raise CannotStart(
                "SLACK_BOT_TOKEN and SLACK_CLIENT_ID are both set: leave the token out where workspaces install the "
                "app themselves, or the client id where there is one workspace."
            )
        self._require("slack_client_secret", "the client secret on the app's Basic Information page")
        self._require("public_url", "the address of this server, such as https://advice.example.com")
        if not self.token_keys:
            raise CannotStart(
                "TOKEN_KEYS is not set: it must hold a key that encrypts tokens, which "
                "`tune-or-prompt tokens new-key` makes."
            )
        return self

    def _require(self, name: str, what: str) -> None:
        if getattr(self, name) is None:
            raise CannotStart(f"{name.upper()} is not set: it must hold {what}.")


def read_settings(env_file: Path | None = Path(".env")) -> Settings:
    """The settings of this process: the environment first, then ``env_file``; an empty variable is not set.

    Raises :class:`CannotStart` with one sentence that names the variable at fault and shows no secret.
    """
    try:
        environment = EnvSettingsSource(Settings, env_ignore_empty=True)
        return Settings(**{**_from_file(env_file), **environment()})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = str(first["loc"][0]).upper()
        raise CannotStart(f"{name} {_without_prefix(first['msg'])}.") from None


def _from_file(env_file: Path | None) -> dict[str, Any]:
    if env_file is None or not env_file.exists():
        return {}
    try:
        source = DotEnvSettingsSource(Settings, env_file, "utf-8-sig", env_ignore_empty=True)
        found = source()
    except (OSError, UnicodeError) as error:
        raise CannotStart(f"The file {env_file} cannot be read ({type(error).__name__}).") from None
    return {name: value for name, value in found.items() if name in Settings.model_fields}


def _without_prefix(message: str) -> str:
    return message.removeprefix("Value error, ")


def _secret(value: object) -> str | None:
    if value is None:
        return None
    return (value.get_secret_value() if isinstance(value, SecretStr) else str(value)).strip()


def _token(value: object, prefix: str, where: str) -> str | None:
    text = _secret(value)
    if text is not None and not re.fullmatch(re.escape(prefix) + r"[A-Za-z0-9-]+", text):
        raise ValueError(f"must be a token that starts with {prefix}; {where}")
    return text


def _whole(value: object, low: int, high: int, what: str) -> int:
    text = str(value).strip()
    if not re.fullmatch(r"[0-9]{1,6}", text) or not low <= int(text) <= high:
        raise ValueError(f"is {_shown(text)}, which is not {what} from {low} to {high}")
    return int(text)


def _shown(value: object) -> str:
    """A value for the sentence about it; what is long may be a secret that was set in the wrong place."""
    text = str(value)
    return repr(text) if len(text) <= LONGEST_SHOWN else f"a text of {len(text)} characters"


def _host(url: str) -> str | None:
    """The host of a URL; ``None`` when it has none, or a port that is no number."""
    try:
        parts = urlsplit(url)
        return parts.hostname if parts.port is None or parts.port else None
    except ValueError:
        return None


def _is_near(host: str) -> bool:
    """Whether a host is on this machine or in its own network: a private address, or a name without a dot."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".internal", ".localhost"))


def _is_url(url: str) -> bool:
    """Whether a database URL has a shape that can be used; one over a Unix socket has no host."""
    try:
        parts = urlsplit(url)
        return (parts.port is None or parts.port > 0) and bool(parts.hostname or parts.query)
    except ValueError:
        return False
