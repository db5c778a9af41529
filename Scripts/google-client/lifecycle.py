"""Drives Google's own client through the whole life of a calendar, against the simulator at the given address.

Each scenario works with accounts of its own. Every check prints a line; the exit code is 1 if any fails.
"""

import sys
import time
import traceback

import calendars
import events
import failures
import graph
import guests
import push
import series
import signin
import syncing
from session import Stage


def main():
    stage = Stage(sys.argv[1].rstrip("/"))
    begin = time.monotonic()
    stage.control.post("reset")
    for module in (signin, calendars, events, series, syncing, guests, push, failures, graph):
        for scenario in module.SCENARIOS:
            name = f"{module.__name__}: {scenario.__doc__}"
            try:
                scenario(stage)
            except Exception:  # One scenario that cannot go on is no reason to skip the others.
                traceback.print_exc(limit=2, file=sys.stdout)
                stage.report.check(f"{name} is played to its end", False)
    stage.report.check(
        f"all {stage.schemas.compared} answers fit the schemas of the discovery document",
        stage.schemas.compared > 0 and not stage.schemas.mismatches,
        sorted(set(stage.schemas.mismatches)),
    )
    report = stage.report
    for sentence in report.failed:
        print(f"failed: {sentence}")
    print(f"{report.passed} checks passed, {len(report.failed)} failed, {time.monotonic() - begin:.1f} s")
    return 1 if report.failed else 0


if __name__ == "__main__":
    sys.exit(main())
