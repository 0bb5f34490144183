from __future__ import annotations

import logging
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import Redacting, redact, set_up_logging
from bot.settings import DATABASE, SANDBOX_DATABASE, CannotStart, Settings, read_settings

BOT, APP, SECRET = "xoxb-1-abc", "xapp-1-abc", "8f742231b10e8888abcd99yyyzzz85a5"


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_anything_set_the_sandbox_is_meant() -> None:
    settings = read_settings()
    assert not settings.is_connected
    assert (settings.database_url, settings.port) == (DATABASE, 3000)
    assert settings.slack_api_url == "https://slack.com/api/"


def test_a_file_is_read_and_the_environment_outranks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text(
        f"SLACK_BOT_TOKEN={BOT}\nPORT=4000 # mine\nEDITOR=vi\nADMIN_USERS=U1, W2\nLOG_LEVEL=\n"
    )
    monkeypatch.setenv("PORT", "5000")
    settings = read_settings()
    assert settings.is_connected
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == BOT
    assert (settings.port, settings.admin_users, settings.log_level) == (5000, ("U1", "W2"), "INFO")


def test_every_secret_is_taken_out_of_what_is_logged() -> None:
    key = "k" * 43 + "="
    given: dict[str, Any] = {
        "slack_bot_token": BOT,
        "slack_app_token": APP,
        "slack_signing_secret": SECRET,
        "slack_client_secret": SECRET[::-1],
        "llm_api_key": "sk-1",
        "token_keys": (key, key.upper()),
    }
    settings = Settings(**given)
    hidden = {name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)}
    assert hidden == set(given), "each field that holds a secret"
    *singles, keys = given.values()
    assert {*singles, *keys} == set(settings.secrets)


def test_a_file_written_on_windows_is_read() -> None:
    Path(".env").write_bytes(f"\ufeffSLACK_BOT_TOKEN={BOT}\r\nPORT=4000\r\n".encode())
    assert read_settings().port == 4000
    assert read_settings().is_connected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1-abc"),
        ("SLACK_BOT_TOKEN", "xoxb-"),
        ("SLACK_BOT_TOKEN", "xoxb-1 abc"),
        ("SLACK_APP_TOKEN", BOT),
        ("SLACK_SIGNING_SECRET", BOT),
        ("SLACK_SIGNING_SECRET", "short"),
        ("SLACK_API_URL", "slack.com/api"),
        ("SLACK_API_URL", "http://proxy.example.com/api/"),
        ("SLACK_API_URL", "http://"),
        ("SLACK_API_URL", "https://host:port/"),
        ("DATABASE_URL", "mysql://u:p@h/n"),
        ("DATABASE_URL", "tune-or-prompt.db"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "postgresql://"),
        ("DATABASE_URL", "postgresql://u:p@h:no/n"),
        ("ADMIN_USERS", "ana"),
        ("LOG_LEVEL", "loud"),
        ("PORT", "http"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("SANDBOX_PORT", "3900.5"),
        ("THREADS", "0"),
        ("TRACES_URL", "localhost:4318"),
        ("TRACES_URL", "http://localhost:4318"),
        ("TRACES_URL", "https://user:key@traces.example.com/v1/traces"),
        ("LLM_MODEL", "two words"),
        ("LLM_BASE_URL", "api.openai.com/v1"),
        ("LLM_BASE_URL", "http://llm.example.com/v1"),
        ("LLM_BASE_URL", "http://8.8.8.8/v1"),
        ("LLM_BASE_URL", "https://user:key@llm.example.com/v1"),
        ("LLM_API_KEY", "a key"),
        ("LLM_SECONDS", "0"),
        ("LLM_SECONDS", "16"),
        ("LLM_SECONDS", "soon"),
    ],
)
def test_a_malformed_value_stops_the_start_with_one_sentence_that_names_it(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(CannotStart) as stopped:
        read_settings()
    sentence = str(stopped.value)
    assert sentence.startswith(f"{name} ")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    if name.startswith("SLACK_") and "URL" not in name and len(value) > 5:
        assert value not in sentence


SECRETS = ("hunter2-and-more", "sk-proj-AbCdEfGhIjKl", "xoxb-12-34-AbCdEf", "xapp-1-A0-1-ffff")


def refusal() -> str:
    """The sentence with which the settings stop the start; "" when they are taken."""
    try:
        read_settings()
    except CannotStart as stopped:
        return str(stopped)
    return ""


WRITTEN = (
    "{secret}",
    "{secret} {secret}",
    "http://{secret}",
    "https://{secret}@slack.com/api/",
    "https://ana:{secret}@slack.com/api/",
    "http://ana:{secret}@slack.com/api/",
    "ftp://ana:{secret}@slack.com/",
    "https://slack.com:port/api/?token={secret}",
    "http://llm.example.com/v1?key={secret}",
    "postgresql://ana:{secret}@db:no/log",
    "postgresql://ana:p@{secret}@db/log",
    "postgresql://ana:/{secret}@db/log",
    "postgresql://ana:p?{secret}@db/log",
    "mysql://ana:{secret}@db/log",
)
"""How a secret may stand in a setting, where it belongs and where it does not."""


@pytest.mark.parametrize("name", sorted(name.upper() for name in Settings.model_fields))
def test_no_sentence_about_a_setting_shows_a_secret_that_stands_in_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = []
    for written, secret in product(WRITTEN, SECRETS):
        monkeypatch.setenv(name, written.format(secret=secret))
        if secret in refusal():
            shown.append((written, secret))
    assert not shown


def test_a_short_wrong_value_is_shown() -> None:
    with pytest.raises(ValueError, match=r"'70000', which is not a port number"):
        Settings(port="70000")  # type: ignore[arg-type]  # as the environment has it


@pytest.mark.parametrize("url", ["https://ana:pw@slack.com/api/", "https://ana@slack.com/api/"])
def test_a_web_api_url_with_a_user_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="holds a user or a password"):
        Settings(slack_api_url=url)


def test_a_database_url_whose_password_was_not_written_for_a_url_says_how() -> None:
    with pytest.raises(ValueError, match="as %40"):
        Settings(database_url="postgresql://ana:p@ss@db/log")
    with pytest.raises(ValueError, match="as %2F"):
        Settings(database_url="postgresql://ana:pa/ss@db/log")
    assert Settings(database_url="postgresql://ana:p%40%2Fss@db/log").database_url.endswith(
        "p%40%2Fss@db/log"
    )


def test_an_unreadable_file_is_named() -> None:
    Path(".env").write_bytes(b"PORT=\xff\xfe\n")
    with pytest.raises(CannotStart, match=r"\.env cannot be read"):
        read_settings()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("postgres://u:p@h/n", "postgresql+psycopg://u:p@h/n"),
        ("postgresql://u:p@h:5432/n?sslmode=require", "postgresql+psycopg://u:p@h:5432/n?sslmode=require"),
        ("postgresql+psycopg://h/n", "postgresql+psycopg://h/n"),
        ("postgresql:///n?host=/run/postgresql", "postgresql+psycopg:///n?host=/run/postgresql"),
        ("sqlite:////var/lib/log.db", "sqlite:////var/lib/log.db"),
    ],
)
def test_a_database_url_names_its_driver(given: str, kept: str) -> None:
    assert Settings(database_url=given).database_url == kept


def test_the_web_api_url_ends_with_a_slash() -> None:
    assert Settings(slack_api_url="http://127.0.0.1:3900/api").slack_api_url == "http://127.0.0.1:3900/api/"


@pytest.mark.parametrize(
    "address",
    [
        "https://api.openai.com/v1",
        "http://localhost:11434/v1",
        "http://[::1]:8000/v1/",
        "http://192.168.1.7:8000/v1",
        "http://ollama:11434/v1",
        "http://gpu.internal/v1",
    ],
)
def test_a_model_may_be_asked_unencrypted_on_this_machine_or_in_its_network(address: str) -> None:
    assert Settings(llm_base_url=address).llm_base_url == address.rstrip("/")


def test_no_model_is_set_by_itself() -> None:
    assert Settings().llm_model is None
    assert Settings().llm_seconds < 10


def test_socket_mode_needs_both_tokens_and_http_a_token_and_the_secret() -> None:
    with pytest.raises(CannotStart, match="SLACK_BOT_TOKEN is not set"):
        Settings().for_socket_mode()
    with pytest.raises(CannotStart, match="SLACK_APP_TOKEN is not set"):
        Settings(slack_bot_token=BOT).for_socket_mode()
    with pytest.raises(CannotStart, match="SLACK_SIGNING_SECRET is not set"):
        Settings(slack_bot_token=BOT).for_http()
    Settings(slack_bot_token=BOT, slack_app_token=APP).for_socket_mode()
    Settings(slack_bot_token=BOT, slack_signing_secret=SECRET).for_http()


def test_the_sandbox_keeps_a_log_of_its_own_unless_one_is_named() -> None:
    tokens = {"bot_token": BOT, "app_token": APP, "signing_secret": SECRET}
    sandbox = {"api_url": "http://127.0.0.1:3900/api/", "owner": "UANA", **tokens}
    assert Settings().for_sandbox(**sandbox).database_url == SANDBOX_DATABASE
    assert (
        Settings(database_url="sqlite:///mine.db").for_sandbox(**sandbox).database_url == "sqlite:///mine.db"
    )
    Settings().for_sandbox(**sandbox).for_socket_mode()


def test_the_owner_of_the_sandbox_is_its_admin_unless_one_is_named() -> None:
    tokens = {"bot_token": BOT, "app_token": APP, "signing_secret": SECRET}
    sandbox = {"api_url": "http://127.0.0.1:3900/api/", "owner": "UANA", **tokens}
    assert Settings().for_sandbox(**sandbox).admin_users == ("UANA",)
    assert Settings(admin_users=("UBEN",)).for_sandbox(**sandbox).admin_users == ("UBEN",)


def test_printing_the_settings_shows_no_secret() -> None:
    settings = Settings(
        slack_bot_token=BOT,
        slack_app_token=APP,
        slack_signing_secret=SECRET,
        database_url="postgresql://u:pw@h/n",
    )
    assert not any(secret in repr(settings) + str(settings) for secret in (BOT, APP, SECRET, "pw"))


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("token is xoxb-12-34-AbC", "xoxb-12-34-AbC"),
        ("xoxe.xoxp-1-Mi0yLTEy", "Mi0yLTEy"),
        ("'xapp-1-A0-1-ff'", "xapp-1-A0-1-ff"),
        ('{"response_url": "http://127.0.0.1:3900/response/r1", "a": 1}', "response/r1"),
        ("https://hooks.slack.com/actions/T1/2/abc said no", "actions/T1"),
        ("trigger 13345224609.738474920.8088930838d88f008e0000000000000f", "8088930838d88f008e"),
        ("{'trigger_id': 'T1', 'token': 'gIkuvaNzQIHg97ATvDxqgjtO'}", "gIkuvaNzQIHg97ATvDxqgjtO"),
        ("token=gIkuvaNzQIHg97ATvDxqgjtO&team_id=T1", "gIkuvaNzQIHg97ATvDxqgjtO"),
        ("wss://wss-primary.slack.com/link/?ticket=1234-5678&app_id=a", "1234-5678"),
        ("postgresql+psycopg://ana:pass@db/log", "ana:pass"),
        ("postgresql://ana:p@ssword@db/log", "ssword"),
        ("postgresql://ana:pa/ssword@db/log", "ssword"),
        ("could not reach postgresql://ana:two words@db/log", "words"),
        ("postgres://:password1@/log?host=/run", "password1"),
        ("https://ana:p@ss/word@llm.example.com/v1: 401", "ss/word"),
        ("amqps://ana:password1@queue", "password1"),
        ("git+ssh://key0123@git.example.com/x", "key0123"),
        ("PGPASSWORD=hunter2 psql", "hunter2"),
        ("https://hooks.slack-gov.com/actions/T1/2/abc said no", "actions/T1"),
        ("(https://hooks.slack-gov.com/services/T1/B2/abc)", "services/T1"),
        ("HTTPS://HOOKS.SLACK-GOV.COM/commands/T1/2/abc", "commands/T1"),
        ("https://hooks.slack-mil.example:443/workflows/T1/abc", "workflows/T1"),
        ("Authorization: Bearer abcdef", "abcdef"),
        (f"the secret is {SECRET}", SECRET),
    ],
)
def test_logs_hide(text: str, secret: str) -> None:
    assert secret not in redact(text, [SECRET])
    assert "[redacted]" in redact(text, [SECRET])


PASSWORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=6, max_size=40)


@given(
    scheme=st.sampled_from(["postgres", "postgresql", "postgresql+psycopg", "POSTGRESQL"]),
    user=st.from_regex(r"[a-z]{0,8}", fullmatch=True),
    password=PASSWORDS,
    around=st.sampled_from(["{}", "cannot open '{}': no", '{{"url": "{}"}}', "at {}, twice", "({})"]),
)
def test_a_password_in_a_database_url_never_survives(
    scheme: str, user: str, password: str, around: str
) -> None:
    url = f"{scheme}://{user}:{password}@db.example.com:5432/log"
    hidden = redact(around.format(url))
    assert password not in hidden
    assert not any(password[at : at + 6] in hidden for at in range(len(password) - 5))
    assert "@db.example.com:5432/log" in hidden


@given(
    scheme=st.sampled_from(["http", "https", "amqp", "redis", "git+ssh"]),
    password=PASSWORDS.map(lambda text: "".join(text.split())).filter(lambda text: len(text) >= 6),
)
def test_a_password_in_any_url_never_survives(scheme: str, password: str) -> None:
    assert password not in redact(f"refused by {scheme}://ana:{password}@host.example.com/path, as ever")


@pytest.mark.parametrize(
    "text",
    [
        "UANA answered calls_per_month: 250000 tokens, 2026-11-23 12:00:00.123 in C012 (1699999999.123456)",
        "Slack cannot be reached at https://slack.com/api/chat.postMessage: 503",
        "the sandbox is at http://127.0.0.1:3900/api/ and said <@UANA>",
        "see https://hooks.example.com/slack and https://api.slack.com/docs",
    ],
)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert redact(text) == text


def test_a_traceback_is_redacted_too() -> None:
    try:
        raise ValueError(f"no access with {BOT}")
    except ValueError as error:
        raised = (type(error), error, error.__traceback__)
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "failed", (), raised)
    assert BOT not in Redacting().format(record)


def test_the_example_file_names_every_variable_and_can_be_used_as_it_is() -> None:
    example = Path(__file__).parents[2] / ".env.example"
    named = {line.split("=")[0] for line in example.read_text().splitlines() if line and line[0] != "#"}
    assert named == {name.upper() for name in Settings.model_fields}
    assert read_settings(example) == Settings()


def test_at_debug_the_libraries_own_lines_which_hold_texts_stay_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logging("DEBUG")
    bolts = logging.getLogger("slack_bolt.IgnoringSelfEvents")
    bolts.setLevel(logging.DEBUG)  # as Bolt does with each of its own
    try:
        bolts.debug("Skipped self event: Task: something private")
        logging.getLogger("matplotlib.font_manager").debug("findfont: something private")
        logging.getLogger("bot.app").debug("something of ours")
    finally:
        bolts.setLevel(logging.NOTSET)
    assert "private" not in (said := capsys.readouterr().err)
    assert "something of ours" in said


def test_a_call_that_fails_is_said_once_by_us_and_not_by_the_library_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    set_up_logging("INFO")
    logging.getLogger("slack_sdk.web.base_client").error("Failed to send a request to Slack API server")
    logging.getLogger("slack_sdk.webhook.client").error("Failed to send a request to Slack API server")
    logging.getLogger("slack_sdk.socket_mode").error("a connection of Socket Mode")
    said = capsys.readouterr().err
    assert "Failed to send" not in said
    assert "a connection of Socket Mode" in said
