"""Single events: writing, reading, finding."""

from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.event import Event
from msgraph.generated.models.event_type import EventType
from msgraph.generated.models.free_busy_status import FreeBusyStatus
from msgraph.generated.models.importance import Importance
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.location import Location
from msgraph.generated.models.sensitivity import Sensitivity
from msgraph_core import PageIterator

from session import at, meeting, new_id, sending, starts, titles, zoned


async def writing(stage):
    """one event"""
    report = stage.report
    ada = stage.person()
    body = meeting(
        "Review",
        body=ItemBody(content_type=BodyType.Html, content="<p>Second <b>draft</b></p>"),
        location=Location(display_name="Room 3"),
        importance=Importance.High,
        sensitivity=Sensitivity.Private,
        show_as=FreeBusyStatus.Tentative,
        categories=["Work"],
        reminder_minutes_before_start=30,
        transaction_id=new_id(),
    )
    made = await ada.insert(body)
    one = ada.me.events.by_event_id(made.id)
    report.equal(
        "times come back in UTC", (made.start.date_time, made.start.time_zone), ("2027-01-12T09:00:00.0000000", "UTC")
    )
    report.equal(
        "the zone of the request is kept",
        made.original_start_time_zone in ("Europe/Berlin", "W. Europe Standard Time"),
        True,
    )
    report.equal(
        "properties are as they were sent",
        (made.importance, made.sensitivity, made.show_as, made.categories, made.reminder_minutes_before_start),
        (Importance.High, Sensitivity.Private, FreeBusyStatus.Tentative, ["Work"], 30),
    )
    report.equal("the account organizes", (made.is_organizer, made.organizer.email_address.address), (True, ada.email))
    report.equal("the place is the first of the places", [row.display_name for row in made.locations], ["Room 3"])
    report.check("the body is HTML", made.body.content_type == BodyType.Html and "<b>draft</b>" in made.body.content)
    plain = await ada.read(made.id, 'outlook.body-content-type="text"')
    report.equal(
        "or text on request", (plain.body.content_type, plain.body.content.strip()), (BodyType.Text, "Second draft")
    )
    again = await ada.insert(body)
    report.equal("a transaction id makes one event only", again.id, made.id)
    report.equal("and not two", len(await ada.rows(ada.me.events)), 1)

    local = await ada.read(made.id, zoned("America/New_York"))
    report.equal(
        "times come in the preferred zone",
        (local.start.date_time, local.start.time_zone),
        ("2027-01-12T04:00:00.0000000", "America/New_York"),
    )
    patched = await one.patch(Event(subject="Final review"))
    report.equal(
        "a patch keeps what it does not name",
        (patched.subject, patched.location.display_name),
        ("Final review", "Room 3"),
    )
    stale, fresh = etag(made), etag(patched)
    report.check("every change has another etag", stale != fresh, (stale, fresh))
    await ada.refused(
        "a stale etag is refused",
        one.patch(Event(subject="Lost"), request_configuration=sending(headers={"If-Match": stale})),
        412,
        "ErrorIrresolvableConflict",
    )
    await ada.refused(
        "and does not delete", one.delete(request_configuration=sending(headers={"If-Match": stale})), 412
    )
    moved = await one.patch(
        Event(start=at("2027-01-12", "15:00"), end=at("2027-01-12", "16:00")),
        request_configuration=sending(zoned("Europe/Berlin"), {"If-Match": fresh}),
    )
    report.equal("the current etag is accepted", moved.start.date_time, "2027-01-12T15:00:00.0000000")
    await one.delete()
    await ada.refused("a deleted event is gone", ada.read(made.id), 404, "ErrorItemNotFound")
    await ada.refused("and not deleted twice", one.delete(), 404, "ErrorItemNotFound")


async def mistakes(stage):
    """what the service refuses"""
    ada = stage.person()
    await ada.refused("an id that is none is refused", ada.read("nonsense"), 400, "ErrorInvalidIdMalformed")
    await ada.refused("an event needs an end", ada.insert(Event(subject="x", start=at("2027-01-12", "10:00"))), 400)
    await ada.refused("an end before the start is refused", ada.insert(meeting("x", begin="11:00", end="10:00")), 400)
    await ada.refused(
        "an unknown zone is refused", ada.insert(meeting("x", zone="Mars/Base")), 400, "TimeZoneNotSupportedException"
    )
    await ada.refused(
        "a day begins at midnight",
        ada.insert(meeting("x", is_all_day=True, begin="10:00", end="10:00")),
        400,
    )
    unknown = Event(subject="x", additional_data={"colour": "red"})
    await ada.refused("an unknown property is refused", ada.insert(unknown), 400)


async def days(stage):
    """events of days"""
    report = stage.report
    ada = stage.person()
    begin, end = at("2027-01-13", "00:00"), at("2027-01-15", "00:00")
    made = await ada.insert(Event(subject="Fair", is_all_day=True, start=begin, end=end))
    report.equal(
        "days are midnights in any zone",
        [
            (row.start.date_time, row.end.date_time, row.is_all_day)
            for row in (made, await ada.read(made.id, zoned("Asia/Tokyo")))
        ],
        [("2027-01-13T00:00:00.0000000", "2027-01-15T00:00:00.0000000", True)] * 2,
    )
    timed = await ada.me.events.by_event_id(made.id).patch(
        Event(is_all_day=False, start=at("2027-01-13", "08:00"), end=at("2027-01-13", "09:00"))
    )
    report.equal("days become hours", (timed.is_all_day, timed.start.date_time), (False, "2027-01-13T07:00:00.0000000"))


async def finding(stage):
    """listings"""
    report = stage.report
    ada = stage.person()
    words = ["Alpha", "Beta", "Gamma", "Delta", "Omega"]
    for number, title in enumerate(words):
        await ada.insert(meeting(title, day=f"2027-02-0{number + 1}"))
    pages = await ada.pages(ada.me.events, top=2)
    report.equal("a page holds no more than asked", [len(page.value) for page in pages], [2, 2, 1])
    report.equal(
        "pages give every event once", sorted(titles(row for page in pages for row in page.value)), sorted(words)
    )
    first = await ada.get(ada.me.events, top=2, select=["subject"])
    walked = []
    await PageIterator(first, ada.adapter).iterate(lambda row: walked.append(row.subject) or True)
    report.equal("the client's own way through the pages leads to the same", sorted(walked), sorted(words))
    report.equal("only what is selected comes", (first.value[0].start, first.value[0].body), (None, None))
    ordered = await ada.rows(ada.me.events, orderby=["start/dateTime desc"])
    report.equal("an order is kept", titles(ordered), words[::-1])
    counted = await ada.get(ada.me.events, count=True, top=1)
    report.equal("all are counted", (counted.odata_count, await ada.get(ada.me.events.count)), (5, 5))
    for expression, expected in (
        ("subject eq 'Beta'", ["Beta"]),
        ("startswith(subject,'O')", ["Omega"]),
        ("start/dateTime ge '2027-02-03T00:00' and start/dateTime lt '2027-02-05T00:00'", ["Gamma", "Delta"]),
        ("type eq 'singleInstance' and isAllDay eq true", []),
    ):
        found = await ada.rows(ada.me.events, filter=expression)
        report.equal(f"$filter={expression}", sorted(titles(found)), sorted(expected))
    await ada.refused("there is no filter by transaction", ada.rows(ada.me.events, filter="transactionId eq 'x'"), 400)
    await ada.refused("there is no search", ada.rows(ada.me.events, search="Alpha"), 400)
    await ada.refused("nothing is sorted by what does not exist", ada.rows(ada.me.events, orderby=["colour"]), 400)


async def views(stage):
    """views of a window"""
    report = stage.report
    ada = stage.person()
    for number in range(12):
        await ada.insert(meeting(f"Day {number + 1:02}", day=f"2027-02-{number + 1:02}"))
    window = {"start_date_time": "2027-02-02T11:00:00+01:00", "end_date_time": "2027-02-04T10:00:00+01:00"}
    for builder in (ada.me.calendar_view, ada.me.calendar.calendar_view):
        rows = await ada.rows(builder, **window)
        report.equal("both bounds of a window are exclusive", titles(rows), ["Day 03"])
    month = {"start_date_time": "2027-02-01T00:00:00Z", "end_date_time": "2027-03-01T00:00:00Z"}
    pages = await ada.pages(ada.me.calendar_view, zoned("Europe/Berlin"), **month)
    report.equal("a page has ten events", [len(page.value) for page in pages], [10, 2])
    rows = [row for page in pages for row in page.value]
    report.equal(
        "the preferred zone is asked for with each page",
        set(start[11:] for start in starts(rows)),
        {"10:00:00.0000000"},
    )
    report.equal("a view has single events", {row.type for row in rows}, {EventType.SingleInstance})
    sizes = [len(page.value) for page in await ada.pages(ada.me.calendar_view, "odata.maxpagesize=5", **month)]
    report.equal("a page is as large as preferred", sizes, [5, 5, 2])
    wide = {"start_date_time": "2022-01-01T00:00:00Z", "end_date_time": "2027-01-02T00:00:00Z"}
    await ada.refused(
        "a window of more than 1825 days is refused", ada.get(ada.me.calendar_view, **wide), 400, "ErrorInvalidRequest"
    )
    bare = ada.me.calendar_view.with_url(f"{ada.root}/v1.0/me/calendarView")
    await ada.refused("a view needs a window", ada.get(bare), 400)


def etag(event):
    return event.additional_data["@odata.etag"]


SCENARIOS = [writing, mistakes, days, finding, views]
