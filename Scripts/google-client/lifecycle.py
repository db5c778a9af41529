"""Drives Google's own client through the whole life of a calendar, against the simulator at the given address."""

import sys

import calendars
import events
import failures
import guests
import push
import series
import signin
import simulator
import syncing
from session import Stage


def main():
    stage = Stage(sys.argv[1].rstrip("/"))
    schemas = stage.schemas
    simulator.play(
        stage,
        (signin, calendars, events, series, syncing, guests, push, failures),
        lambda: (
            f"all {schemas.compared} answers fit the schemas of the discovery document",
            schemas.compared > 0 and not schemas.mismatches,
            sorted(set(schemas.mismatches)),
        ),
    )


if __name__ == "__main__":
    main()
