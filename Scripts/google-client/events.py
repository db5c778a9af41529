"""Single events: writing, reading, finding, moving."""

import concurrent.futures
import urllib.parse

import googleapiclient.errors

from session import at, error_reason, meeting, new_id


def writing(stage):
    """one event"""
    report = stage.report
    ada = stage.person()
    events = ada.api.events()
    chosen = new_id()
    body = meeting("Review", id=chosen, description="Second draft", location="Room 3")
    made = ada.insert(body)
    report.equal("a client chooses the id", (made["id"], made["iCalUID"]), (chosen, f"{chosen}@google.com"))
    report.equal("times come back with the zone's offset", made["start"]["dateTime"], "2027-01-12T10:00:00+01:00")
    report.equal(
        "the account creates and organizes", (made["creator"]["email"], made["organizer"]["self"]), (ada.email, True)
    )
    report.equal("what was written is read", ada.get(chosen), made)
    ada.refused("the same id again is a duplicate", events.insert(calendarId="primary", body=body), 409, "duplicate")
    ada.refused(
        "an id outside its alphabet is refused",
        events.insert(calendarId="primary", body={**body, "id": "wxyz-1"}),
        400,
        "invalid",
    )
    ada.refused(
        "an event needs an end", events.insert(calendarId="primary", body={"start": at("2027-01-12", "10:00")}), 400
    )
    backwards = meeting("Backwards", begin="11:00", end="10:00")
    ada.refused(
        "an end before the start is refused", events.insert(calendarId="primary", body=backwards), 400, "timeRangeEmpty"
    )
    patched = ada.run(events.patch(calendarId="primary", eventId=chosen, body={"summary": "Final review"}))
    report.equal(
        "a patch keeps what it does not name",
        (patched["summary"], patched["description"], patched["etag"] != made["etag"]),
        ("Final review", "Second draft", True),
    )
    stale = events.patch(calendarId="primary", eventId=chosen, body={"summary": "Lost"})
    stale.headers["If-Match"] = made["etag"]
    ada.refused("a stale etag is refused", stale, 412, "conditionNotMet")
    fresh = events.patch(calendarId="primary", eventId=chosen, body={"location": None})
    fresh.headers["If-Match"] = patched["etag"]
    report.equal("the current etag is accepted, and null clears", ada.run(fresh).get("location"), None)
    unchanged = events.get(calendarId="primary", eventId=chosen)
    unchanged.headers["If-None-Match"] = ada.get(chosen)["etag"]
    ada.refused("an unchanged event answers 304 to its etag", unchanged, 304)
    replaced = ada.run(
        events.update(calendarId="primary", eventId=chosen, body=meeting("Replaced", begin="12:00", end="13:00"))
    )
    report.equal(
        "an update clears what it leaves out and raises the sequence",
        (replaced["summary"], replaced.get("description"), replaced["sequence"] > made["sequence"]),
        ("Replaced", None, True),
    )
    day = ada.insert({"summary": "Holiday", "start": {"date": "2027-01-13"}, "end": {"date": "2027-01-14"}})
    report.equal("an event of a day has a date only", day["start"], {"date": "2027-01-13"})
    ada.run(events.delete(calendarId="primary", eventId=chosen))
    report.equal("a deleted event is read as cancelled", ada.get(chosen)["status"], "cancelled")
    ada.refused("a second deletion is refused", events.delete(calendarId="primary", eventId=chosen), 410, "deleted")
    ada.refused(
        "the id of a deleted event stays taken", events.insert(calendarId="primary", body=body), 409, "duplicate"
    )
    ada.refused(
        "an id that never was is not found", events.get(calendarId="primary", eventId=new_id()), 404, "notFound"
    )


def finding(stage):
    """listings"""
    report = stage.report
    ada = stage.person()
    events = ada.api.events()
    titles = ["Alpha", "Beta", "Gamma", "Delta", "Omega"]
    for number, title in enumerate(titles):
        ada.insert(meeting(title, day=f"2027-02-0{number + 1}"))
    pages = ada.pages(events.list, calendarId="primary", maxResults=2)
    rows = [row["summary"] for page in pages for row in page["items"]]
    report.equal("pages give every event once", sorted(rows), sorted(titles))
    report.check("a page holds no more than asked", max(len(page["items"]) for page in pages) <= 2 and len(pages) >= 3)
    report.equal(
        "only the last page has a sync token",
        ["nextSyncToken" in page for page in pages],
        [False] * (len(pages) - 1) + [True],
    )
    request, walked = events.list(calendarId="primary", maxResults=2), []
    while request is not None:
        answer = ada.run(request)
        walked += [row["summary"] for row in answer["items"]]
        request = events.list_next(request, answer)
    report.equal("the client's own way through the pages leads to the same", sorted(walked), sorted(titles))
    window = {"timeMin": "2027-02-02T11:00:00+01:00", "timeMax": "2027-02-04T10:00:00+01:00"}
    rows, _ = ada.items(events.list, calendarId="primary", singleEvents=True, orderBy="startTime", **window)
    report.equal("both bounds of a window are exclusive", [row["summary"] for row in rows], ["Gamma"])
    rows, _ = ada.items(events.list, calendarId="primary", q="omeg")
    report.equal("a search finds words in titles", [row["summary"] for row in rows], ["Omega"])
    ada.refused("an order by start needs single events", events.list(calendarId="primary", orderBy="startTime"), 400)
    answer = ada.run(events.list(calendarId="primary", fields="items(id,summary),nextSyncToken", q="beta"))
    report.equal("a mask leaves the named fields", [sorted(row) for row in answer["items"]], [["id", "summary"]])
    ada.refused(
        "a mask with unknown fields is refused", events.list(calendarId="primary", fields="items(nonsense"), 400
    )
    rows, _ = ada.items(events.list, calendarId="primary", timeZone="Asia/Tokyo", q="alpha")
    report.equal("a zone of one's own renders the times", rows[0]["start"]["dateTime"], "2027-02-01T18:00:00+09:00")
    marked = ada.insert(meeting("Marked", extendedProperties={"private": {"origin": "crm"}, "shared": {"deal": "17"}}))
    rows, _ = ada.items(events.list, calendarId="primary", privateExtendedProperty="origin=crm")
    report.equal("a private property finds its event", [row["id"] for row in rows], [marked["id"]])
    rows, _ = ada.items(events.list, calendarId="primary", sharedExtendedProperty="deal=18")
    report.equal("another value of a shared property finds none", rows, [])
    patched = ada.run(
        events.patch(
            calendarId="primary", eventId=marked["id"], body={"extendedProperties": {"private": {"step": "2"}}}
        )
    )
    report.equal(
        "a patch merges properties",
        patched["extendedProperties"],
        {"private": {"origin": "crm", "step": "2"}, "shared": {"deal": "17"}},
    )


def other_ways_in(stage):
    """events that come in other ways, and move"""
    report = stage.report
    ada = stage.person()
    events = ada.api.events()
    quick = ada.run(events.quickAdd(calendarId="primary", text="Coffee with Grace"))
    report.check("a quick event has the text as its title", "Coffee" in quick["summary"], quick)
    body = meeting("Imported", iCalUID="4711@mail.example.org", organizer={"email": "boss@example.org"})
    body["attendees"] = [{"email": ada.email}]
    imported = ada.run(events.import_(calendarId="primary", body=body))
    report.equal("an import keeps the UID", imported["iCalUID"], "4711@mail.example.org")
    again = ada.run(events.import_(calendarId="primary", body={**body, "summary": "Imported twice"}))
    report.equal("a second import updates", (again["id"], again["summary"]), (imported["id"], "Imported twice"))
    rows, _ = ada.items(events.list, calendarId="primary", iCalUID="4711@mail.example.org")
    report.equal("a UID finds its event", [row["id"] for row in rows], [imported["id"]])
    ada.refused("an import needs a UID", events.import_(calendarId="primary", body=meeting("No UID")), 400, "required")
    archive = ada.run(ada.api.calendars().insert(body={"summary": "Archive"}))["id"]
    made = ada.insert(meeting("Old"))
    ada.run(events.move(calendarId="primary", eventId=made["id"], destination=archive))
    report.equal("a moved event is in its new calendar", ada.get(made["id"], calendar=archive)["status"], "confirmed")
    rows, _ = ada.items(events.list, calendarId="primary")
    report.equal("a moved event is no longer in its old one", made["id"] in [row["id"] for row in rows], False)


def at_the_same_time(stage):
    """many clients at once"""
    report = stage.report
    ada = stage.person()
    clients = [ada.again() for _ in range(8)]
    ids = [new_id() for _ in range(5)]

    def work(client):
        outcomes = []
        for chosen in ids:
            try:
                client.insert(meeting("Race", id=chosen))
                outcomes.append(200)
            except googleapiclient.errors.HttpError as error:
                outcomes.append(error.status_code)
        return outcomes

    with concurrent.futures.ThreadPoolExecutor(len(clients)) as pool:
        outcomes = [status for statuses in pool.map(work, clients) for status in statuses]
    report.equal("of eight clients with the same ids one wins each", sorted(outcomes), [200] * 5 + [409] * 35)
    rows, _ = ada.items(ada.api.events().list, calendarId="primary")
    report.equal("each event is there once", sorted(row["id"] for row in rows), sorted(ids))


def in_a_batch(stage):
    """several requests in one"""
    report = stage.report
    ada = stage.person()
    events = ada.api.events()
    taken = ada.insert(meeting("Taken"))["id"]
    answers, errors = {}, {}

    def keep(name, answer, error):
        if error:
            errors[name] = (error.status_code, error_reason(error))
        else:
            answers[name] = answer

    batch = ada.batch(keep)
    batch.add(events.insert(calendarId="primary", body=meeting("One", description="Käse, 奶酪")), request_id="one")
    batch.add(events.insert(calendarId="primary", body=meeting("Two")), request_id="two")
    batch.add(events.insert(calendarId="primary", body=meeting("Clash", id=taken)), request_id="clash")
    batch.add(events.get(calendarId="primary", eventId=taken), request_id="read")
    batch.add(events.delete(calendarId="primary", eventId=new_id()), request_id="missing")
    batch.execute()
    report.equal(
        "the good parts of a batch are carried out",
        sorted((name, answer["summary"]) for name, answer in answers.items()),
        [("one", "One"), ("read", "Taken"), ("two", "Two")],
    )
    report.equal("text in a batch stays as it was", answers["one"]["description"], "Käse, 奶酪")
    many = ada.batch(keep)
    for number in range(50):
        many.add(events.insert(calendarId="primary", body=meeting(f"Many {number}")), request_id=f"many {number}")
    many.execute()
    report.equal("fifty parts have fifty answers", sum(name.startswith("many ") for name in answers), 50)
    report.equal("the bad parts fail on their own", errors, {"clash": (409, "duplicate"), "missing": (404, "notFound")})


def difficult_ids(stage):
    """ids with signs that have a meaning in addresses"""
    report = stage.report
    ada = stage.person()
    for name in ("#contacts@group.v.calendar.google.com", "a/b@example.com", "50%@example.com"):
        before = len(stage.control.requests())
        ada.refused(f"a calendar called {name} is one segment", ada.api.events().list(calendarId=name), 404, "notFound")
        path = stage.control.requests()[before]["path"]
        report.equal(f"the service read {name} as it was meant", path, f"/calendar/v3/calendars/{name}/events")
    entry = ada.run(ada.api.calendarList().get(calendarId=urllib.parse.unquote(ada.email)))
    report.equal("an address is an id", entry["id"], ada.email)


SCENARIOS = [writing, finding, other_ways_in, at_the_same_time, in_a_batch, difficult_ids]
