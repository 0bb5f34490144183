"""``python -m bot.sandbox``: the sandbox alone, without the app."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bot.sandbox.server import Sandbox
from bot.sandbox.tokens import DEFAULT_PORT


def main() -> None:
    """Serve until interrupted, and say the address on standard output once it answers."""
    parser = argparse.ArgumentParser(
        prog="python -m bot.sandbox", description="A small Slack on this machine."
    )
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (127.0.0.1)")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=f"0 takes a free one ({DEFAULT_PORT})")
    parser.add_argument(
        "--state", type=Path, default=None, metavar="FILE", help="keep the history in this file"
    )
    parser.add_argument("--no-page", action="store_true", help="only the protocol")
    parser.add_argument(
        "--request-url", default=None, metavar="URL", help="deliver over signed HTTP to this URL"
    )
    parser.add_argument("--shared", action="store_true", help="share channels with another company")
    parser.add_argument("--org", action="store_true", help="be one of the workspaces of an organisation")
    parser.add_argument("--workspaces", type=int, default=1, metavar="N", help="so many workspaces (1)")
    parser.add_argument("--rotate-tokens", action="store_true", help="give tokens that expire after 12 hours")
    args = parser.parse_args()
    try:
        Sandbox(
            host=args.host,
            port=args.port,
            state_file=args.state,
            page=not args.no_page,
            request_url=args.request_url,
            shared=args.shared,
            org=args.org,
            workspaces=args.workspaces,
            rotates=args.rotate_tokens,
        ).run(lambda address: print(address, flush=True))
    except OSError as error:
        sys.exit(f"The sandbox could not start: {error}")


if __name__ == "__main__":
    main()
