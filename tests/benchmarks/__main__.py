"""All benchmarks in one run: ``uv run python -m tests.benchmarks``. Prints tables; the ratios are what to compare."""

from __future__ import annotations

import argparse

from tests.benchmarks import (
    acks,
    advising,
    answering,
    drawing,
    isolation,
    reading,
    starting,
    states,
    what_ifs,
)
from tests.benchmarks.table import machine


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the work, to see that it runs")
    scale = 10 if parser.parse_args().quick else 1
    print(machine())
    acks.run(clicks=2_000 // scale)
    acks.run_slowly(clicks=2_000 // scale)
    advising.run(seconds=5 / scale)
    states.run(states=1_500 // scale)
    answering.run(times=20 // scale)
    reading.run(times=20 if scale == 1 else 2)
    drawing.run(times=40 // scale)
    isolation.run(times=10 if scale == 1 else 2)
    starting.run(times=5 if scale == 1 else 1)
    what_ifs.run(times=40 // scale)


if __name__ == "__main__":
    main()
