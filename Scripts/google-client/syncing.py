"""Incremental listings of events."""

from session import meeting


def increments(stage):
    """what changed since"""
    report = stage.report
    ada = stage.person()
    events = ada.api.events()
    kept = ada.insert(meeting("Kept"))
    edited = ada.insert(meeting("Edited"))
    dropped = ada.insert(meeting("Dropped"))
    rows, token = ada.items(events.list, calendarId="primary", maxResults=2)
    report.equal(
        "the first listing has everything", {row["id"] for row in rows}, {kept["id"], edited["id"], dropped["id"]}
    )
    changes, token = ada.changes(token)
    report.equal("nothing changed, so nothing comes", changes, {})
    ada.run(events.patch(calendarId="primary", eventId=edited["id"], body={"summary": "Edited twice"}))
    ada.run(events.delete(calendarId="primary", eventId=dropped["id"]))
    added = ada.insert(meeting("Added"))
    changes, token = ada.changes(token)
    report.equal("an increment has what changed", set(changes), {edited["id"], dropped["id"], added["id"]})
    report.equal("a deleted event comes as cancelled", changes[dropped["id"]]["status"], "cancelled")
    report.equal("an edited event comes as it is now", changes[edited["id"]]["summary"], "Edited twice")
    for number in range(5):
        ada.insert(meeting(f"Many {number}"))
    pages = ada.pages(events.list, calendarId="primary", syncToken=token, maxResults=2)
    report.equal("an increment comes in pages", sum(len(page["items"]) for page in pages), 5)
    ada.refused("a sync token goes with no search", events.list(calendarId="primary", syncToken=token, q="x"), 400)
    ada.refused(
        "a malformed sync token is refused", events.list(calendarId="primary", syncToken="nonsense"), 400, "invalid"
    )


def expiry(stage):
    """a token that is too old"""
    ada = stage.person()
    events = ada.api.events()
    ada.insert(meeting("Before"))
    _, token = ada.items(events.list, calendarId="primary")
    stage.control.post("expireSyncTokens")
    ada.refused(
        "an expired sync token is gone", events.list(calendarId="primary", syncToken=token), 410, "fullSyncRequired"
    )
    rows, token = ada.items(events.list, calendarId="primary")
    stage.report.equal("a full listing helps", [row["summary"] for row in rows], ["Before"])
    stage.report.equal("its token is good again", ada.changes(token)[0], {})


SCENARIOS = [increments, expiry]
