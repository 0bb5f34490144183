"""The command line. What is heavy is imported where it is used, so that ``advise`` does not wait for Slack."""

from __future__ import annotations

import argparse
import datetime
import os
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from bot.cannot_start import CannotStart
from bot.command_line.care import add_care
from bot.command_line.database import add_database
from bot.command_line.log import add_log
from bot.command_line.terminal import visible
from bot.command_line.tokens import add_tokens

if TYPE_CHECKING:
    from bot.settings import Settings
    from core.answers import Answers
    from core.costs.curves import Curves
    from core.evidence.found import Doubt, Evidence

LOCAL = "127.0.0.1"
SANDBOX_STATE = Path("sandbox.json")
"""What the sandbox's workspace holds, so that it survives a restart; beside the sandbox's own log."""

DESCRIPTION = """\
Should we fine-tune a model for this, or write a good prompt?

Without a command: with no tokens set, a sandbox with a workspace in the browser and the bot in it;
with tokens set (see .env.example), the bot in your Slack workspace over Socket Mode.
"""


Command = Callable[[argparse.Namespace], int]


@dataclass(frozen=True)
class WholeApp:
    """What takes the whole app: it is handed in, since it stands above the command line."""

    start: Command
    """Without a command: the bot in Slack where tokens are set, else in a sandbox."""
    run: Command
    sandbox: Command


def main(app: WholeApp, argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code. 0: done, 1: failed, 2: called in a way that cannot work."""
    given = sys.argv[1:] if argv is None else argv
    arguments = _parser(app, *given[:2]).parse_args(given)
    command: Command = arguments.command
    try:
        return command(arguments)
    except CannotStart as reason:
        return refuse(*map(str, reason.args))
    except BrokenPipeError:
        # Whoever read us has seen enough. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


class _Parser(argparse.ArgumentParser):
    """Quotes what it was called with so that a terminal can show it."""

    def error(self, message: str) -> NoReturn:
        super().error(visible(message))


def _parser(app: WholeApp, named: str = "", part: str = "") -> argparse.ArgumentParser:
    """What reads the command line. Of the commands only the one that is ``named``, if it is one: all take longer.

    ``part``: what comes after it, which may be one of its own.
    """
    parser = _Parser(
        prog="tune-or-prompt", description=DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.set_defaults(command=app.start)
    _add_sandbox_flags(parser, SANDBOX_STATE)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    each = _commands(app, part)
    for add in [each[names] for names in each if named in names] or each.values():
        add(commands)
    return parser


def _commands(app: WholeApp, part: str) -> Mapping[tuple[str, ...], Callable[[Any], None]]:
    """What adds the commands of these names."""
    return {
        ("run",): lambda commands: _add_run(commands, app.run),
        ("advise", "estimate"): _add_advise,
        ("read",): _add_read,
        ("log",): lambda commands: add_log(commands, settings_from_outside, _now, part),
        ("review", "forget", "workspace"): lambda commands: add_care(commands, settings_from_outside, _now),
        ("sandbox",): lambda commands: _add_sandbox(commands, app.sandbox),
        ("db",): lambda commands: add_database(commands, settings_from_outside),
        ("tokens",): lambda commands: add_tokens(commands, settings_from_outside),
        ("manifest",): _add_manifest,
    }


def _add_sandbox_flags(parser: argparse.ArgumentParser, state: Path | None) -> None:
    parser.add_argument("--host", default=LOCAL, help=f"where the sandbox listens (default {LOCAL})")
    parser.add_argument(
        "--port", type=_port, help="the sandbox's port (default SANDBOX_PORT, 3900; 0: a free one)"
    )
    kept = f"where the sandbox keeps its workspace (default {state or 'nowhere'})"
    parser.add_argument("--state", type=Path, default=state, metavar="FILE", help=kept)
    parser.add_argument(
        "--shared", action="store_true", help="the sandbox shares channels with another company"
    )
    parser.add_argument(
        "--org", action="store_true", help="the sandbox is one of an organisation's workspaces"
    )
    several = "so many workspaces, the second at /of/2; the app is installed in each by itself (1)"
    parser.add_argument("--workspaces", type=_few, default=1, metavar="N", help=several)


def _add_run(commands: Any, command: Command) -> None:
    run = commands.add_parser("run", help="run the bot in a Slack workspace")
    run.set_defaults(command=command)
    run.add_argument("--http", action="store_true", help="take Slack's requests over HTTP, not Socket Mode")
    run.add_argument("--host", help=f"with --http: where to listen (default {LOCAL})")
    run.add_argument("--port", type=_port, help="with --http: the port (default PORT, 3000)")


def _add_sandbox(commands: Any, command: Command) -> None:
    sandbox = commands.add_parser("sandbox", help="the sandbox alone, for a bot that is started apart")
    sandbox.set_defaults(command=command)
    _add_sandbox_flags(sandbox, None)
    sandbox.add_argument("--request-url", metavar="URL", help="deliver over signed HTTP to this address")


def _add_manifest(commands: Any) -> None:
    manifest = commands.add_parser("manifest", help="print manifest.yml, from which Slack makes the app")
    manifest.set_defaults(command=_manifest)


def _add_advise(commands: Any) -> None:
    from bot.command_line.case_flags import add_case_flags, add_evals_flags

    for name, command, help_text in (
        ("advise", _advise, "the advice on a case"),
        ("estimate", _estimate, "what each option of a case costs"),
    ):
        parser = commands.add_parser(
            name,
            help=help_text,
            description=f"{help_text.capitalize()}: from flags, or a JSON file, or both.",
        )
        parser.set_defaults(command=command)
        parser.add_argument("file", nargs="?", metavar="FILE", help="a case as JSON; - for standard input")
        parser.add_argument("--jsonl", action="store_true", help="a case a line in, an object a line out")
        parser.add_argument("--json", action="store_true", help="print JSON, not a text for people")
        parser.add_argument(
            "--on", type=_day, metavar="DATE", help="use the policy and the prices of this day (2026-08-31)"
        )
        add_case_flags(parser)
        if name == "estimate":
            parser.add_argument(
                "--chart", metavar="FILE.png", help="draw the months of all options to this file"
            )
        add_evals_flags(parser)


def _add_read(commands: Any) -> None:
    read = commands.add_parser("read", help="what a typed reply is read as")
    read.set_defaults(command=_read)
    read.add_argument("text", nargs="?", help="the reply")
    read.add_argument("--question", help="the question it replies to, such as calls_per_month")
    read.add_argument(
        "--jsonl", action="store_true", help='{"text", "question"} a line in, an object a line out'
    )


def _manifest(_: argparse.Namespace) -> int:
    cloned = Path(__file__).parents[2] / "manifest.yml"
    installed = Path(sys.prefix, "share", "tune-or-prompt", "manifest.yml")
    print((cloned if cloned.exists() else installed).read_text(encoding="utf-8"), end="")
    return 0


def _advise(arguments: argparse.Namespace) -> int:
    from core.advice import advise
    from core.told import told

    on = arguments.on or _today()

    def show(answers: Answers) -> None:
        from bot.command_line.printed import print_document
        from bot.views.case import advice

        print_document(advice(told(advise(answers, on=on)), on, answers))

    return _work_out(arguments, lambda answers: told(advise(answers, on=on)).to_json(), show)


def _estimate(arguments: argparse.Namespace) -> int:
    from core.costs.curves import curves
    from core.costs.estimate import estimate
    from core.policy import policy_on
    from core.told import told_ledger

    on = arguments.on or _today()
    policy = policy_on(on)
    if arguments.chart is not None and (arguments.jsonl or arguments.json):
        return refuse("--chart draws one case and says so in words; leave --json and --jsonl out.")
    if arguments.chart is not None and Path(arguments.chart).suffix.lower() != ".png":
        return refuse(f"--chart writes a PNG: {arguments.chart} must end in .png.")

    def show(answers: Answers) -> None:
        from bot.command_line.printed import print_document
        from bot.views import case

        found = estimate(answers, on=on, policy=policy)
        print_document(case.estimate(told_ledger(found), on, answers))
        if arguments.chart is not None:
            _write_chart(Path(arguments.chart), curves(found))

    def answer(answers: Answers) -> dict[str, Any]:
        return told_ledger(estimate(answers, on=on, policy=policy)).to_json()

    return _work_out(arguments, answer, show)


def _write_chart(file: Path, found: Curves | None) -> None:
    if found is None:
        raise CannotStart("With 0 calls a month there is nothing to draw.")
    from bot.views.pictures import draw

    try:
        file.write_bytes(draw(found).png)
    except OSError as error:
        raise CannotStart(f"{file} cannot be written: {error.strerror}.") from None
    print(visible(f"The chart is in {file}: {found.title}."))


def _work_out(
    arguments: argparse.Namespace,
    answer: Callable[[Answers], dict[str, Any]],
    show: Callable[[Answers], None],
) -> int:
    from bot.command_line.case_flags import case_from_flags
    from bot.command_line.json_lines import BadInput, answer_lines, printed, read_object
    from core.answers import CaseError
    from core.case import read_case

    flags = case_from_flags(arguments)
    if arguments.jsonl:
        if flags:
            return refuse("--jsonl takes its cases from the lines; leave the flags for answers out.")
        if arguments.evals:
            return refuse("--jsonl takes its cases from the lines; --evals goes with a single case.")
        with _opened(arguments.file or "-") as lines:
            answer_lines(lines, sys.stdout, lambda case: answer(read_case(case)), CaseError)
        return 0
    try:
        evidence = _evidence(arguments, flags)
        is_piped = not flags and evidence is None
        case = {**_case_from_file(arguments.file, is_piped, read_object), **flags}
        answers = read_case(case if evidence is None else _with_evidence(case, evidence))
        if arguments.json:
            print(printed(answer(answers)))
        else:
            show(answers)
    except (BadInput, CaseError) as refused:
        return refuse(str(refused))
    return 0


def _evidence(arguments: argparse.Namespace, flags: dict[str, Any]) -> Evidence | None:
    """What the file of results says, after telling what was read. Raises :class:`CannotStart` where it cannot be."""
    from bot.command_line.case_flags import use_from_flags
    from core.evidence.found import MOST_BYTES, Doubt, Unreadable, Use
    from core.evidence.reader import read_evidence
    from core.evidence.wording import in_words

    use = use_from_flags(arguments)
    if arguments.evals is None:
        if use != Use():
            raise CannotStart("The flags --evals-… say how to read a file: name it with --evals FILE.")
        return None
    said = [
        f"--{key.replace('_', '-')}" for key in ("eval_correct", "eval_total", "quality_now") if key in flags
    ]
    if said:
        raise CannotStart(f"--evals says how good it is now; leave {' and '.join(said)} out.")
    with _opened(arguments.evals) as file:
        found = read_evidence(file.read(MOST_BYTES + 1), use)
    if isinstance(found, Unreadable):
        raise CannotStart(f"{arguments.evals}: {found.because}")
    if isinstance(found, Doubt):
        first, *ways = _doubt(found)
        raise CannotStart(f"{arguments.evals}: {first}", *ways)
    print(visible(f"{arguments.evals}: {in_words(found)}. {found.read}"), file=sys.stderr)
    return found


def _doubt(doubt: Doubt) -> list[str]:
    """The question that a file leaves open, with the flags that answer it, in lines."""
    flag = f"--evals-{doubt.about.replace('_', '-')}"
    ways = [f"  {flag} {shlex.quote(choice.use.to_json()[doubt.about])}" for choice in doubt.choices]
    return [f"{doubt.asks} Say which:", *ways]


def _with_evidence(case: dict[str, Any], evidence: Evidence) -> dict[str, Any]:
    """The case with what the file says. Tokens that the case states itself stay as they are."""
    tokens = {"prompt_tokens": evidence.prompt_tokens, "output_tokens": evidence.output_tokens}
    found = {key: number for key, number in tokens.items() if number is not None}
    stated = case.get("assumptions")
    case = case | {"eval_correct": evidence.correct, "eval_total": evidence.total}
    if stated is None or isinstance(stated, dict):  # what is neither is refused with the case
        case["assumptions"] = found | (stated or {})
    return case


def _case_from_file(
    name: str | None, is_piped: bool, read: Callable[[bytes], dict[str, Any]]
) -> dict[str, Any]:
    """The case in the file; without one, what was piped in; nothing at all is the case of which nothing is known."""
    if name is None and (not is_piped or sys.stdin is None or sys.stdin.isatty()):
        return {}
    with _opened(name or "-") as file:
        text = file.read()
    return read(text) if text.strip() or name else {}


def _read(arguments: argparse.Namespace) -> int:
    from bot.command_line.json_lines import LONGEST_REPLY_LINE, BadInput, answer_lines
    from core.reading.reader import read

    def answer(line: dict[str, Any]) -> dict[str, Any]:
        text, question, task = line.get("text"), line.get("question"), line.get("task", "")
        unknown = line.keys() - {"text", "question", "task"}
        if unknown:
            raise BadInput(f"{sorted(unknown)[0]} is not a key; the keys are text, question and task")
        if not isinstance(text, str):
            raise BadInput("text must be there, and be a string")
        if question is not None and not isinstance(question, str):
            raise BadInput("question must be the name of a question, or null")
        if not isinstance(task, str):
            raise BadInput("task must be a string, what the consultation is about")
        return read(text, question, task).to_json()

    if arguments.jsonl:
        if arguments.question:
            return refuse("--jsonl takes each question from its line; leave --question out.")
        with _opened(arguments.text or "-") as lines:
            answer_lines(lines, sys.stdout, answer, BadInput, LONGEST_REPLY_LINE)
        return 0
    if arguments.text is None:
        return refuse("Say which reply to read: tune-or-prompt read '80k a month' --question calls_per_month")
    from bot.command_line.printed import print_document
    from bot.views.case import reading

    print_document(reading(read(arguments.text, arguments.question).to_json()))
    return 0


def _opened(name: str) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    try:
        return Path(name).open("rb")
    except OSError as error:
        raise CannotStart(f"{name} cannot be read: {error.strerror}.") from None


def settings_from_outside() -> Settings:
    """The settings, with logging set up by them."""
    from bot.logs import set_up_logging
    from bot.settings import read_settings

    settings = read_settings()
    set_up_logging(settings.log_level, settings.secrets, as_json=settings.log_format == "json")
    return settings


def refuse(*lines: str) -> int:
    """Say why it cannot be done; the exit code. The lines may quote what came from outside."""
    for line in lines:
        print(visible(line), file=sys.stderr)
    return 2


def _today() -> datetime.date:
    return _now().astimezone().date()


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-08-31") from None


def _few(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 9):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of workspaces from 1 to 9")
    return int(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 65_535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port number from 0 to 65535")
    return int(text)
