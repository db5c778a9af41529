"""Series over a change of the clocks: Europe/Berlin goes from +01:00 to +02:00 on Sunday, 28 March 2027."""

import datetime

from msgraph.generated.models.day_of_week import DayOfWeek
from msgraph.generated.models.event import Event
from msgraph.generated.models.event_type import EventType
from msgraph.generated.models.patterned_recurrence import PatternedRecurrence
from msgraph.generated.models.recurrence_pattern import RecurrencePattern
from msgraph.generated.models.recurrence_pattern_type import RecurrencePatternType
from msgraph.generated.models.recurrence_range import RecurrenceRange
from msgraph.generated.models.recurrence_range_type import RecurrenceRangeType
from msgraph.generated.models.week_index import WeekIndex

from session import at, meeting, starts, titles, utc, zoned

WINDOW = {"start_date_time": "2027-03-01T00:00:00Z", "end_date_time": "2027-05-01T00:00:00Z"}
WEEK = [
    f"2027-03-{day}T{hour}:00:00.0000000" for day, hour in ((26, "08"), (27, "08"), (28, "07"), (29, "07"), (30, "07"))
]
LOCAL = [f"2027-03-{day}T09:00:00.0000000" for day in range(26, 31)]


def every(kind, first, count=None, until=None, **fields):
    """A recurrence from a day on, so many times or until another day, or for ever."""
    day = datetime.date.fromisoformat(first)
    if count:
        extent = RecurrenceRange(type=RecurrenceRangeType.Numbered, start_date=day, number_of_occurrences=count)
    elif until:
        last = datetime.date.fromisoformat(until)
        extent = RecurrenceRange(type=RecurrenceRangeType.EndDate, start_date=day, end_date=last)
    else:
        extent = RecurrenceRange(type=RecurrenceRangeType.NoEnd, start_date=day)
    return PatternedRecurrence(pattern=RecurrencePattern(type=kind, interval=1, **fields), range=extent)


def daily(title="Stand-up", **fields):
    recurrence = every(RecurrencePatternType.Daily, "2027-03-26", count=5)
    return meeting(title, day="2027-03-26", begin="09:00", end="09:15", recurrence=recurrence, **fields)


async def instances(stage):
    """the occurrences of a series"""
    report = stage.report
    ada = stage.person()
    master = await ada.insert(daily())
    report.equal("a series has a master", master.type, EventType.SeriesMaster)
    builder = ada.me.events.by_event_id(master.id).instances
    rows = await ada.rows(builder, **WINDOW)
    report.equal("occurrences move in UTC", starts(rows), WEEK)
    report.equal(
        "because they keep their wall clock", starts(await ada.rows(builder, zoned("Europe/Berlin"), **WINDOW)), LOCAL
    )
    report.equal(
        "an occurrence names its series and its slot",
        (rows[2].type, rows[2].series_master_id, rows[2].original_start),
        (EventType.Occurrence, master.id, utc(2027, 3, 28, 7)),
    )
    pages = await ada.pages(builder, top=2, **WINDOW)
    report.equal("occurrences come in pages", [len(page.value) for page in pages], [2, 2, 1])
    report.equal("a listing has the series once", [row.id for row in await ada.rows(ada.me.events)], [master.id])
    view = await ada.rows(ada.me.calendar_view, **WINDOW)
    report.equal("a view has the occurrences", starts(view), WEEK)
    few = {"start_date_time": "2027-03-28T00:00:00+01:00", "end_date_time": "2027-03-30T00:00:00+02:00"}
    report.equal("of its window only", starts(await ada.rows(builder, **few)), WEEK[2:4])
    await ada.refused(
        "a single event has no occurrences",
        ada.rows(ada.me.events.by_event_id((await ada.insert(meeting("One"))).id).instances, **WINDOW),
        400,
    )


async def patterns(stage):
    """patterns"""
    report = stage.report
    ada = stage.person()
    for sentence, recurrence, expected in (
        (
            "Monday and Wednesday",
            every(
                RecurrencePatternType.Weekly,
                "2027-03-22",
                count=4,
                days_of_week=[DayOfWeek.Monday, DayOfWeek.Wednesday],
                first_day_of_week=DayOfWeek.Monday,
            ),
            ["03-22", "03-24", "03-29", "03-31"],
        ),
        (
            "until a day, which is included",
            every(RecurrencePatternType.Daily, "2027-03-22", until="2027-03-24"),
            ["03-22", "03-23", "03-24"],
        ),
        (
            "the last Friday of a month, the first of them later than the start",
            every(
                RecurrencePatternType.RelativeMonthly,
                "2027-03-22",
                count=2,
                days_of_week=[DayOfWeek.Friday],
                index=WeekIndex.Last,
            ),
            ["03-26", "04-30"],
        ),
        (
            "the 31st, or the last day of a shorter month",
            every(RecurrencePatternType.AbsoluteMonthly, "2027-03-31", count=2, day_of_month=31),
            ["03-31", "04-30"],
        ),
    ):
        day = recurrence.range.start_date.isoformat()
        master = await ada.insert(meeting(sentence, day=day, recurrence=recurrence))
        rows = await ada.rows(ada.me.events.by_event_id(master.id).instances, zoned("Europe/Berlin"), **WINDOW)
        report.equal(f"every {sentence}", [start[5:10] for start in starts(rows)], expected)
        report.equal(
            "the pattern is read as it was sent",
            (master.recurrence.pattern.type, master.recurrence.range.type),
            (recurrence.pattern.type, recurrence.range.type),
        )
    endless = await ada.insert(meeting("Endless", recurrence=every(RecurrencePatternType.Daily, "2027-01-12")))
    report.equal("a series without an end says so", endless.recurrence.range.end_date, datetime.date(1, 1, 1))
    days = await ada.insert(
        Event(
            subject="Days",
            is_all_day=True,
            start=at("2027-03-27", "00:00"),
            end=at("2027-03-28", "00:00"),
            recurrence=every(RecurrencePatternType.Daily, "2027-03-27", count=3),
        )
    )
    rows = await ada.rows(ada.me.events.by_event_id(days.id).instances, **WINDOW)
    report.equal("a series of days has days", starts(rows), [f"2027-03-{day}T00:00:00.0000000" for day in (27, 28, 29)])


async def exceptions(stage):
    """occurrences of their own"""
    report = stage.report
    ada = stage.person()
    master = await ada.insert(daily())
    one = ada.me.events.by_event_id(master.id)
    rows = await ada.rows(one.instances, **WINDOW)
    third = ada.me.events.by_event_id(rows[2].id)
    changed = await third.patch(
        Event(subject="Late stand-up", start=at("2027-03-28", "15:00"), end=at("2027-03-28", "15:30"))
    )
    report.equal(
        "a moved occurrence remembers its slot",
        (changed.type, changed.start.date_time, changed.original_start, changed.id),
        (EventType.Exception, "2027-03-28T13:00:00.0000000", utc(2027, 3, 28, 7), rows[2].id),
    )
    await ada.me.events.by_event_id(rows[3].id).delete()
    left = await ada.rows(one.instances, **WINDOW)
    report.equal("the others stay where they were", starts(left), [WEEK[0], WEEK[1], changed.start.date_time, WEEK[4]])
    await ada.refused("a cancelled occurrence is gone", ada.read(rows[3].id), 404)
    read = await ada.read(master.id, select=["subject", "cancelledOccurrences"], expand=["exceptionOccurrences"])
    report.equal("the master knows what is cancelled", read.cancelled_occurrences, [f"OID.{master.id}.2027-03-29"])
    report.equal("and what is an exception", [row.id for row in read.exception_occurrences], [rows[2].id])
    await ada.refused(
        "an occurrence does not pass its neighbour",
        ada.me.events.by_event_id(rows[0].id).patch(
            Event(start=at("2027-03-27", "12:00"), end=at("2027-03-27", "12:15"))
        ),
        400,
        "ErrorOccurrenceCrossingBoundary",
    )
    await one.patch(Event(subject="Daily stand-up"))
    view = await ada.rows(ada.me.calendar_view, **WINDOW)
    report.equal(
        "an exception keeps what is its own", titles(view), ["Daily stand-up"] * 2 + ["Late stand-up", "Daily stand-up"]
    )
    await one.delete()
    report.equal("with the series its occurrences are gone", await ada.rows(ada.me.calendar_view, **WINDOW), [])


async def split(stage):
    """this and following"""
    report = stage.report
    ada = stage.person()
    master = await ada.insert(daily())
    shorter = every(RecurrencePatternType.Daily, "2027-03-26", until="2027-03-27")
    await ada.me.events.by_event_id(master.id).patch(Event(recurrence=shorter))
    rest = every(RecurrencePatternType.Daily, "2027-03-28", count=3)
    second = await ada.insert(meeting("Stand-up", day="2027-03-28", begin="10:00", end="10:15", recurrence=rest))
    rows = await ada.rows(ada.me.calendar_view, zoned("Europe/Berlin"), **WINDOW)
    expected = LOCAL[:2] + [text.replace("T09", "T10") for text in LOCAL[2:]]
    report.equal("the old series ends where the new one begins", starts(rows), expected)
    report.check("the two are different events", second.i_cal_u_id != master.i_cal_u_id)


SCENARIOS = [instances, patterns, exceptions, split]
