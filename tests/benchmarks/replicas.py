"""Acknowledgements a second of one replica and of two on one PostgreSQL: ``python -m tests.benchmarks.replicas``.

Clicks arrive over HTTP at waitress, and each is committed, with fsync, before its ack; the app connects as a role that
owns nothing. All in one run and by turns: replicas, the database, the load generator and a Slack share this machine, so
that two replicas that may use all of it are soon held up by its cores: each table says who used how many of them. What
two replicas are worth is seen where each has the same small share of a core, as containers with a limit have, and the
rest of the machine is for the others.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import psutil

from tests.benchmarks.acks import SERVERS, clicked, consultations
from tests.benchmarks.processes import free_ports, running, wait_for
from tests.benchmarks.table import machine, milliseconds, percentile, show
from tests.support.postgres import Postgres

AT_ONCE = 16
"""Clicks that wait for their ack at any time, at all replicas together."""
SHARE = 0.15
"""Of a core that each replica has where it is limited."""
SLICE_SECONDS = 0.02
LIMITS = " The load generator also holds the replicas to their share."
PARTIES = ("replicas", "PostgreSQL", "load generator")


@dataclass(frozen=True)
class Measured:
    """One measurement: clicks a second, the median of their times, and CPU seconds for each click by who used it.

    ``seconds``: how long it took for each click.
    """

    rate: float
    p50: float
    used: dict[str, float]
    seconds: float

    def cores(self, party: str) -> float:
        """How many cores somebody used meanwhile."""
        return self.used[party] / self.seconds


@contextlib.contextmanager
def limited(processes: Sequence[psutil.Process], share: float | None) -> Iterator[None]:
    """Let each process use this share of a core and no more: it is stopped whenever it has used more so far."""
    if share is None:
        yield
        return
    done = threading.Event()

    def keep(process: psutil.Process) -> None:
        began, used = time.monotonic(), _cpu(process)
        while not done.wait(SLICE_SECONDS):
            ahead = (_cpu(process) - used) - share * (time.monotonic() - began)
            if ahead > 0:
                process.send_signal(signal.SIGSTOP)
                done.wait(ahead / share)
                process.send_signal(signal.SIGCONT)

    keepers = [threading.Thread(target=keep, args=(process,)) for process in processes]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        done.set()
        for keeper in keepers:
            keeper.join()


def _cpu(process: psutil.Process) -> float:
    """CPU seconds of a process and its children, as far as they live."""
    times = process.cpu_times()
    return float(times.user + times.system) + sum(map(_cpu, process.children()))


def measure(
    ports: Sequence[int],
    replicas: Sequence[psutil.Process],
    server: Postgres,
    waiting: Iterator[tuple[str, str]],
    clicks: int,
    share: float | None,
) -> Measured:
    """Click at these replicas."""
    before, began = _used(replicas, server), time.monotonic()
    with limited(replicas, share):
        took, rate = clicked(ports, waiting, clicks, AT_ONCE)
    seconds, after = time.monotonic() - began, _used(replicas, server)
    used = {party: (after[party] - before[party]) / clicks for party in PARTIES}
    return Measured(rate, percentile(took, 0.5), used, seconds / clicks)


def _used(replicas: Sequence[psutil.Process], server: Postgres) -> dict[str, float]:
    """The CPU seconds that everybody has used so far. The load generator is this process without its children."""
    load = psutil.Process().cpu_times()
    return {
        "replicas": sum(map(_cpu, replicas)),
        "PostgreSQL": _cpu(psutil.Process(server.pid)),
        "load generator": float(load.user + load.system),
    }


def run(clicks: int, rounds: int) -> None:
    """``clicks`` in each of the measurements, which take turns for so many rounds."""
    server = Postgres.made()
    try:
        server.start("fsync=on", "full_page_writes=on")
        database = server.with_tables("replicas")
        waiting = iter(consultations(database, 4 * clicks * rounds + 400))
        slack_port, *ports = free_ports(3)
        slack_url = f"http://127.0.0.1:{slack_port}/api/"
        with contextlib.ExitStack() as stack:
            stack.enter_context(running("-m", SERVERS, "slack", str(slack_port)))
            wait_for(slack_port)
            replicas = [
                stack.enter_context(running("-m", SERVERS, "ours", str(port), slack_url, database))
                for port in ports
            ]
            for port in ports:
                wait_for(port)
                clicked([port], waiting, 200, AT_ONCE)
            found: dict[tuple[float | None, int], list[Measured]] = {}
            for _, share, many in itertools.product(range(rounds), (SHARE, None), (1, 2)):
                one = measure(ports[:many], replicas[:many], server, waiting, clicks, share)
                found.setdefault((share, many), []).append(one)
            _print(found)
    finally:
        server.remove()


def _print(found: dict[tuple[float | None, int], list[Measured]]) -> None:
    for share in (SHARE, None):
        rows = []
        for many in (1, 2):
            each = found[share, many]
            rows.append(
                [
                    f"{many} replica{'s' if many > 1 else ''}",
                    f"{median(one.rate for one in each):.0f}",
                    milliseconds(median(one.p50 for one in each)),
                    *(_told(each, party) for party in PARTIES),
                ]
            )
        ratios = [two.rate / one.rate for one, two in zip(found[share, 1], found[share, 2], strict=True)]
        rows.append(["2 : 1, of each round", ", ".join(f"{ratio:.2f}" for ratio in ratios), *[""] * 4])
        show(
            f"Each replica with {share:.0%} of a core" if share else "Each replica with all that it can get",
            ["", "acks/s", "p50", *PARTIES],
            rows,
            f"{AT_ONCE} clicks at once; medians of {len(ratios)} rounds; CPU for each click, and cores in use meanwhile"
            f" of {psutil.cpu_count()}.{LIMITS if share else ''}",
        )


def _told(each: Sequence[Measured], party: str) -> str:
    return f"{milliseconds(median(one.used[party] for one in each))}, {median(one.cores(party) for one in each):.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.replicas", description=__doc__)
    parser.add_argument("--clicks", type=int, default=200, help="in each measurement (200)")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    print(machine())
    run(arguments.clicks, arguments.rounds)


if __name__ == "__main__":
    main()
