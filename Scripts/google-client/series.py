"""Series over a change of the clocks: Europe/Berlin goes from +01:00 to +02:00 on Sunday, 28 March 2027."""

from session import at, meeting

WEEK = [
    "2027-03-26T09:00:00+01:00",
    "2027-03-27T09:00:00+01:00",
    "2027-03-28T09:00:00+02:00",
    "2027-03-29T09:00:00+02:00",
    "2027-03-30T09:00:00+02:00",
]


def daily(person, title="Stand-up"):
    body = meeting(title, day="2027-03-26", begin="09:00", end="09:15", recurrence=["RRULE:FREQ=DAILY;COUNT=5"])
    return person.insert(body)


def starts(rows):
    return [row["start"]["dateTime"] for row in rows]


def instances(stage):
    """the occurrences of a series"""
    report = stage.report
    ada = stage.person()
    events = ada.api.events()
    master = daily(ada)
    rows, _ = ada.items(events.instances, calendarId="primary", eventId=master["id"])
    report.equal("occurrences keep their wall clock", starts(rows), WEEK)
    report.equal("an occurrence is named by its start in UTC", rows[2]["id"], f"{master['id']}_20270328T070000Z")
    report.equal(
        "an occurrence names its series and its slot",
        (rows[2]["recurringEventId"], rows[2]["originalStartTime"]["dateTime"]),
        (master["id"], WEEK[2]),
    )
    rows, _ = ada.items(events.instances, calendarId="primary", eventId=master["id"], maxResults=2)
    report.equal("occurrences come in pages", starts(rows), WEEK)
    listed, _ = ada.items(events.list, calendarId="primary")
    report.equal("a listing has the series once", [row["id"] for row in listed], [master["id"]])
    listed, _ = ada.items(events.list, calendarId="primary", singleEvents=True, orderBy="startTime")
    report.equal("a listing of single events has the occurrences", starts(listed), WEEK)
    days = ada.insert(
        {
            "summary": "Days",
            "start": {"date": "2027-03-27"},
            "end": {"date": "2027-03-28"},
            "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"],
        }
    )
    rows, _ = ada.items(events.instances, calendarId="primary", eventId=days["id"])
    report.equal(
        "a series of days has days", [row["start"]["date"] for row in rows], ["2027-03-27", "2027-03-28", "2027-03-29"]
    )
    rules = ["RRULE:FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4", "EXDATE;TZID=Europe/Berlin:20270324T100000"]
    weekly = ada.insert(meeting("Weekly", day="2027-03-22", recurrence=rules))
    rows, _ = ada.items(events.instances, calendarId="primary", eventId=weekly["id"])
    report.equal(
        "an excluded date is left out",
        starts(rows),
        ["2027-03-22T10:00:00+01:00", "2027-03-29T10:00:00+02:00", "2027-03-31T10:00:00+02:00"],
    )
    naked = {
        "summary": "x",
        "start": {"dateTime": "2027-03-26T09:00:00+01:00"},
        "end": {"dateTime": "2027-03-26T09:15:00+01:00"},
    }
    ada.refused(
        "a series needs a zone",
        events.insert(calendarId="primary", body={**naked, "recurrence": ["RRULE:FREQ=DAILY"]}),
        400,
    )


def exceptions(stage):
    """occurrences of their own"""
    report = stage.report
    ada = stage.person()
    events = ada.api.events()
    master = daily(ada)
    _, token = ada.items(events.list, calendarId="primary")
    rows, _ = ada.items(events.instances, calendarId="primary", eventId=master["id"])
    moved = {"start": at("2027-03-28", "15:00"), "end": at("2027-03-28", "15:30"), "summary": "Late stand-up"}
    changed = ada.run(events.patch(calendarId="primary", eventId=rows[2]["id"], body=moved))
    report.equal(
        "a moved occurrence remembers its slot",
        (changed["start"]["dateTime"], changed["originalStartTime"]["dateTime"]),
        ("2027-03-28T15:00:00+02:00", WEEK[2]),
    )
    ada.run(events.delete(calendarId="primary", eventId=rows[3]["id"]))
    left, _ = ada.items(events.instances, calendarId="primary", eventId=master["id"])
    report.equal(
        "the others stay where they were",
        sorted(starts(left)),
        [WEEK[0], WEEK[1], "2027-03-28T15:00:00+02:00", WEEK[4]],
    )
    found, _ = ada.items(events.instances, calendarId="primary", eventId=master["id"], originalStart=WEEK[2])
    report.equal("a slot leads to its occurrence", [row["id"] for row in found], [rows[2]["id"]])
    changes, _ = ada.changes(token)
    report.equal(
        "an increment has the series and both exceptions", set(changes), {master["id"], rows[2]["id"], rows[3]["id"]}
    )
    report.equal("the cancelled occurrence says so", changes[rows[3]["id"]]["status"], "cancelled")
    report.equal("all rows of a series share one version", len({row["etag"] for row in changes.values()}), 1)
    ada.run(events.delete(calendarId="primary", eventId=master["id"]))
    report.equal(
        "with the series its occurrences are gone",
        ada.items(events.list, calendarId="primary", singleEvents=True)[0],
        [],
    )


def split(stage):
    """this and following"""
    report = stage.report
    ada = stage.person()
    events = ada.api.events()
    master = daily(ada)
    ada.run(
        events.patch(
            calendarId="primary", eventId=master["id"], body={"recurrence": ["RRULE:FREQ=DAILY;UNTIL=20270328T065959Z"]}
        )
    )
    body = meeting("Stand-up", day="2027-03-28", begin="10:00", end="10:15", recurrence=["RRULE:FREQ=DAILY;COUNT=3"])
    second = ada.insert(body)
    rows, _ = ada.items(events.list, calendarId="primary", singleEvents=True, orderBy="startTime")
    expected = WEEK[:2] + [text.replace("T09", "T10") for text in WEEK[2:]]
    report.equal("the old series ends where the new one begins", starts(rows), expected)
    report.check("the two are different events", second["iCalUID"] != master["iCalUID"])


SCENARIOS = [instances, exceptions, split]
