"""What changed since: the change feed of a window."""

from msgraph.generated.models.calendar import Calendar
from msgraph.generated.models.event import Event
from msgraph.generated.models.event_type import EventType

from series import WEEK, daily
from session import IMMUTABLE, at, meeting, starts, titles

WINDOW = {"start_date_time": "2027-01-01T00:00:00Z", "end_date_time": "2027-02-01T00:00:00Z"}
SPRING = {"start_date_time": "2027-03-01T00:00:00Z", "end_date_time": "2027-05-01T00:00:00Z"}


async def increments(stage):
    """what changed since"""
    report = stage.report
    ada = stage.person()
    kept = await ada.insert(meeting("Kept"))
    edited = await ada.insert(meeting("Edited", day="2027-01-13"))
    dropped = await ada.insert(meeting("Dropped", day="2027-01-14"))
    delta = ada.me.calendar_view.delta
    pages = await ada.pages(delta, "odata.maxpagesize=2", **WINDOW)
    rows = [row for page in pages for row in page.value]
    report.equal("a round comes in pages", [len(page.value) for page in pages], [2, 1])
    report.equal("the first round has everything", {row.id for row in rows}, {kept.id, edited.id, dropped.id})
    report.equal(
        "only the last page has a link to the next round",
        [(page.odata_next_link is None, page.odata_delta_link is None) for page in pages],
        [(False, True), (True, False)],
    )
    link = pages[-1].odata_delta_link
    report.check("links lead back to the simulator", link.startswith(f"{ada.root}/v1.0/"), link)
    rows, following = await ada.changes(delta.with_url(link))
    report.equal("nothing changed, so nothing comes", rows, [])
    await ada.me.events.by_event_id(edited.id).patch(Event(subject="Edited twice"))
    await ada.me.events.by_event_id(dropped.id).delete()
    added = await ada.insert(meeting("Added", day="2027-01-15"))
    await ada.insert(meeting("Elsewhen", day="2027-02-15"))
    rows, following = await ada.changes(following)
    changes = {row.id: row for row in rows}
    report.check("what changed comes", {edited.id, dropped.id, added.id} <= set(changes), titles(rows))
    report.equal("as it is now", changes[edited.id].subject, "Edited twice")
    report.equal("a deleted event is marked", removed(changes[dropped.id]), "deleted")
    strangers = set(changes) - {edited.id, dropped.id, added.id}
    report.equal("events outside the window come as removed", {removed(changes[id]) for id in strangers}, {"deleted"})
    moved = Event(start=at("2027-02-12", "10:00"), end=at("2027-02-12", "11:00"))
    await ada.me.events.by_event_id(kept.id).patch(moved)
    rows, following = await ada.changes(following)
    report.equal(
        "an event that leaves the window is removed", [(row.id, removed(row)) for row in rows], [(kept.id, "deleted")]
    )
    report.equal("though it still exists", (await ada.read(kept.id)).subject, "Kept")
    fixed = await ada.insert(meeting("Fixed"), IMMUTABLE)
    rows, _ = await ada.changes(following, IMMUTABLE)
    report.equal("ids are of the preferred kind", [row.id for row in rows], [fixed.id])
    await ada.refused("a feed takes no choice of properties", ada.get(delta, select=["subject"], **WINDOW), 400)
    bare = delta.with_url(f"{ada.root}/v1.0/me/calendarView/delta")
    await ada.refused("a feed needs a window", ada.get(bare), 400)


async def series(stage):
    """series in a feed"""
    report = stage.report
    ada = stage.person()
    master = await ada.insert(daily())
    rows, following = await ada.changes(ada.me.calendar_view.delta, "odata.maxpagesize=2", **SPRING)
    occurrences = [row for row in rows if row.type == EventType.Occurrence]
    report.equal(
        "a series comes with its master", [row.id for row in rows if row.type == EventType.SeriesMaster], [master.id]
    )
    report.equal("and its occurrences", starts(occurrences), WEEK)
    report.equal("which are sparse", {row.subject for row in occurrences}, {None})
    await ada.me.events.by_event_id(occurrences[3].id).delete()
    rows, following = await ada.changes(following)
    report.equal("a deleted occurrence is not marked", [row.id for row in rows if removed(row)], [])
    report.equal(
        "but the series is told again without it",
        starts(row for row in rows if row.type == EventType.Occurrence),
        WEEK[:3] + WEEK[4:],
    )
    await ada.me.events.by_event_id(occurrences[1].id).patch(Event(subject="Another"))
    rows, following = await ada.changes(following)
    report.equal(
        "an exception comes with what it says",
        titles(row for row in rows if row.type == EventType.Exception),
        ["Another"],
    )
    await ada.me.events.by_event_id(master.id).delete()
    rows, _ = await ada.changes(following)
    report.check("a deleted series is marked", (master.id, "deleted") in [(row.id, removed(row)) for row in rows])


async def scopes(stage):
    """one feed for each calendar"""
    report = stage.report
    ada = stage.person()
    team = await ada.me.calendars.post(Calendar(name="Team"))
    builder = ada.me.calendars.by_calendar_id(team.id)
    await builder.events.post(meeting("Of the team"))
    rows, following = await ada.changes(builder.calendar_view.delta, **WINDOW)
    report.equal("a calendar has a feed of its own", titles(rows), ["Of the team"])
    await ada.insert(meeting("Private"))
    report.equal("which is silent about others", (await ada.changes(following))[0], [])
    report.equal("as theirs is", titles((await ada.changes(ada.me.calendar_view.delta, **WINDOW))[0]), ["Private"])


async def expiry(stage):
    """a link that is too old"""
    report = stage.report
    ada = stage.person()
    await ada.insert(meeting("Before"))
    delta = ada.me.calendar_view.delta
    _, following = await ada.changes(delta, **WINDOW)
    stage.control.post("expireSyncTokens", provider="microsoft")
    await ada.refused("an expired link is gone", ada.get(following), 410, "SyncStateNotFound")
    rows, following = await ada.changes(delta, **WINDOW)
    report.equal("a new round helps", titles(rows), ["Before"])
    report.equal("its link is good again", (await ada.changes(following))[0], [])
    stage.control.fault("expireSyncTokens", pathContains="/calendarView")
    await ada.refused("links may expire just before a request", ada.get(following), 410, "SyncStateNotFound")


def removed(row):
    """Why a row is removed, when it is."""
    mark = row.additional_data.get("@removed")
    return mark and mark["reason"]


SCENARIOS = [increments, series, scopes, expiry]
