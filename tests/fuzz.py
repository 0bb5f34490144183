"""The long run: python -m tests.fuzz [requests] [seed]. Ends with 1 where something broke."""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path

from tests.support.mangled.mangling import mangle
from tests.support.office import Ear, office_with
from tests.support.sandboxed import running_sandbox

REQUESTS = 20_000


def main() -> int:
    said = [int(word) for word in sys.argv[1:]]
    requests, seed = [*said, *(REQUESTS, 1)[len(said) :]]
    ear = Ear()
    threading.Thread(target=ear.server.serve_forever, daemon=True).start()
    with running_sandbox() as sandbox, tempfile.TemporaryDirectory() as folder:
        office = office_with(sandbox, ear, f"sqlite:///{Path(folder) / 'log.db'}")
        office.application.outbox.start()
        began = time.monotonic()
        found = mangle(office, requests, seed)
        office.application.close()
    print(f"{found.statuses.total():,} requests in {time.monotonic() - began:.0f} s: {dict(found.statuses)}")
    print("\n".join(found.broken) or "nothing broke")
    return 1 if found.broken else 0


if __name__ == "__main__":
    sys.exit(main())
