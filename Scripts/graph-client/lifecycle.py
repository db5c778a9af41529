"""Drives Microsoft's own client through the whole life of a calendar, against the simulator at the given address."""

import sys

import availability
import batches
import calendars
import details
import events
import failures
import guests
import push
import series
import settings
import signin
import simulator
import syncing
from session import Stage


def main():
    stage = Stage(sys.argv[1].rstrip("/"))
    models = stage.models
    simulator.play(
        stage,
        (
            signin,
            settings,
            calendars,
            events,
            details,
            series,
            syncing,
            guests,
            availability,
            push,
            batches,
            failures,
        ),
        lambda: (
            f"the client's models lose nothing of {models.compared} answers",
            models.compared > 0 and not models.mismatches,
            sorted(set(models.mismatches)),
        ),
    )


if __name__ == "__main__":
    main()
