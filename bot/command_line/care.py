"""What whoever runs the app does about its records: look at decisions again, forget a person, delete a workspace."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.cannot_start import CannotStart
from bot.command_line.log import opened
from bot.command_line.terminal import visible
from core.nouns import with_nouns

if TYPE_CHECKING:
    from bot.decision_log import Log
    from bot.settings import Settings

Arguments = argparse.Namespace
ReadSettings = Callable[[], "Settings"]
STILL_READ = (
    "It is out of the log, but somebody reads the file of the database just now, so that it is not out of that yet."
    " Stop the app, and run this once more."
)


def add_care(commands: Any, settings: ReadSettings, now: Callable[[], datetime.datetime]) -> None:
    """Add the commands to those of the command line; ``settings`` and ``now`` are called when one is run."""
    review = commands.add_parser(
        "review", help="work standing decisions out again, and tell in their threads which have moved"
    )
    review.set_defaults(command=lambda arguments: _review(arguments, settings(), now()))
    review.add_argument("--workspace", metavar="W", help="of this workspace alone")
    review.add_argument("--dry-run", action="store_true", help="say which have moved, and tell nobody")
    forget = commands.add_parser("forget", help="take a person's name and words out of a workspace's records")
    forget.set_defaults(command=lambda arguments: _forget(arguments, settings()))
    forget.add_argument("person", metavar="USER", help="Slack's id of the person")
    forget.add_argument("--workspace", required=True, metavar="W", help="Slack's id of the workspace")
    workspace = commands.add_parser("workspace", help="look after a workspace's records")
    parts = workspace.add_subparsers(metavar="COMMAND", required=True)
    gone = parts.add_parser("delete", help="delete all records of a workspace, for good")
    gone.set_defaults(command=lambda arguments: _delete(arguments, settings()))
    gone.add_argument("workspace", metavar="W", help="Slack's id of the workspace")
    gone.add_argument("--yes", action="store_true", help="yes, delete them")


def _review(arguments: Arguments, settings: Settings, now: datetime.datetime) -> int:
    from bot.conversation.conversation import Conversation
    from bot.conversation.review import review
    from bot.views.phrases import headline

    with opened(settings) as log:
        conversation = Conversation(log)
        workspaces = [arguments.workspace] if arguments.workspace else log.workspaces()
        looked_at = moved = 0
        for workspace in workspaces:
            for one in review(conversation, workspace, now, dry_run=arguments.dry_run):
                looked_at += 1
                if one is None:
                    continue
                moved += 1
                was, verdict = headline(one.review.was), headline(one.review.verdict)
                print(visible(f"{workspace} {one.decision.place}: {was} → {verdict}"))
                for reason in one.review.because:
                    print(visible(f"  {reason}"))
            if not arguments.dry_run:
                _note_reviewed(log, workspace, now)
    told = "Nobody was told: this was a dry run." if arguments.dry_run else "Their threads are told."
    print(f"{with_nouns(str(looked_at), 'decisions')} looked at, {moved} moved.{f' {told}' if moved else ''}")
    return 0


def _note_reviewed(log: Log, workspace: str, now: datetime.datetime) -> None:
    """Else the app would do the same once more."""
    from core.in_force import in_force

    with log.writing(workspace) as tx:
        tx.note_reviewed(workspace, in_force(now.date()), now)


def _forget(arguments: Arguments, settings: Settings) -> int:
    from bot.decision_log.forgetting import forget_person

    with opened(settings) as log:
        with log.writing(arguments.workspace) as tx:
            there = forget_person(tx, arguments.workspace, arguments.person)
        is_clean = log.leave_no_trace()
    if not is_clean:
        raise CannotStart(STILL_READ)
    if not there:
        print(visible(f"{arguments.person} is nowhere in the records of {arguments.workspace}."))
        return 0
    where = with_nouns(str(there), "consultations")
    print(visible(f"{arguments.person} is forgotten, in {where} of {arguments.workspace}. The records stay."))
    print("What Slack shows of them stays in Slack until it is deleted there.")
    return 0


def _delete(arguments: Arguments, settings: Settings) -> int:
    from bot.decision_log import Scope
    from bot.decision_log.forgetting import delete_workspace
    from bot.decision_log.stats import stats

    with opened(settings) as log:
        with log.reading(arguments.workspace) as tx:
            decisions = stats(tx, Scope.of_workspace(arguments.workspace)).decisions
        what = f"{with_nouns(str(decisions), 'decisions')} of {arguments.workspace}"
        if not arguments.yes:
            raise CannotStart(
                f"This deletes {what} and all that belongs to them, for good. Say --yes if that is meant."
            )
        with log.writing(arguments.workspace) as tx:
            rows = delete_workspace(tx, arguments.workspace)
        is_clean = log.leave_no_trace()
    if not is_clean:
        raise CannotStart(STILL_READ)
    print(visible(f"Deleted: {what}, {with_nouns(str(rows), 'rows')} in all."))
    return 0
