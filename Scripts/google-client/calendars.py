"""Calendars, the list of them, their access, settings and colours."""

from session import meeting


def the_list(stage):
    """the list of calendars"""
    report = stage.report
    ada = stage.person()
    listed = ada.run(ada.api.calendarList().list())
    primary = listed["items"][0]
    report.equal("a new account lists its primary calendar", [row["id"] for row in listed["items"]], [ada.email])
    report.equal(
        "the primary calendar says so and is owned", (primary["primary"], primary["accessRole"]), (True, "owner")
    )
    report.equal("the primary calendar has the account's zone", primary["timeZone"], "Europe/Berlin")
    found = ada.run(ada.api.calendarList().get(calendarId="primary"))
    report.equal("the alias primary leads to the address", found["id"], ada.email)
    token = listed["nextSyncToken"]
    unchanged = ada.run(ada.api.calendarList().list(syncToken=token))
    report.equal("an increment of the list without a change is empty", unchanged.get("items", []), [])

    made = ada.run(ada.api.calendars().insert(body={"summary": "Team", "timeZone": "Europe/London"}))
    changed = ada.run(ada.api.calendarList().list(syncToken=token))
    report.equal("an increment of the list has the new calendar", [row["id"] for row in changed["items"]], [made["id"]])
    coloured = ada.run(
        ada.api.calendarList().patch(
            calendarId=made["id"],
            colorRgbFormat=True,
            body={"summaryOverride": "My team", "backgroundColor": "#0088aa", "foregroundColor": "#ffffff"},
        )
    )
    report.equal(
        "an entry takes a name and colours of one's own",
        (coloured["summary"], coloured["summaryOverride"], coloured["backgroundColor"]),
        ("Team", "My team", "#0088aa"),
    )
    ada.run(ada.api.calendarList().patch(calendarId=made["id"], body={"hidden": True}))
    shown = [row["id"] for row in ada.run(ada.api.calendarList().list())["items"]]
    hidden = [row["id"] for row in ada.run(ada.api.calendarList().list(showHidden=True))["items"]]
    report.equal("a hidden calendar is listed on request", (made["id"] in shown, made["id"] in hidden), (False, True))
    token = changed["nextSyncToken"]
    ada.run(ada.api.calendars().delete(calendarId=made["id"]))
    gone = ada.run(ada.api.calendarList().list(syncToken=token))["items"]
    report.equal("a deleted calendar is marked in the next increment", [row.get("deleted") for row in gone], [True])
    ada.refused(
        "a malformed sync token of the list is refused",
        ada.api.calendarList().list(syncToken="nonsense"),
        400,
        "invalid",
    )


def calendar_life(stage):
    """a calendar of one's own"""
    report = stage.report
    ada = stage.person()
    calendars = ada.api.calendars()
    made = ada.run(calendars.insert(body={"summary": "Rooms", "timeZone": "America/New_York"}))
    report.equal("a new calendar keeps its zone", made["timeZone"], "America/New_York")
    patched = ada.run(calendars.patch(calendarId=made["id"], body={"description": "Third floor", "location": "Bonn"}))
    report.equal("a patch adds fields", (patched["summary"], patched["description"]), ("Rooms", "Third floor"))
    again = ada.run(calendars.patch(calendarId=made["id"], body={"description": "Third floor"}))
    report.equal("a patch that changes nothing keeps the etag", again["etag"], patched["etag"])
    stale = calendars.patch(calendarId=made["id"], body={"summary": "Halls"})
    stale.headers["If-Match"] = made["etag"]
    ada.refused("a calendar's stale etag is refused", stale, 412, "conditionNotMet")
    replaced = ada.run(calendars.update(calendarId=made["id"], body={"summary": "Halls"}))
    report.equal(
        "an update clears what it leaves out", (replaced["summary"], replaced.get("location")), ("Halls", None)
    )
    ada.refused("a calendar needs a summary", calendars.insert(body={"description": "x"}), 400, "required")
    ada.refused(
        "the primary calendar stays", calendars.delete(calendarId="primary"), 403, "cannotDeletePrimaryCalendar"
    )
    event = ada.insert(meeting("Viewing"), calendar=made["id"])
    ada.run(calendars.delete(calendarId=made["id"]))
    ada.refused(
        "with a calendar its events are gone",
        ada.api.events().get(calendarId=made["id"], eventId=event["id"]),
        404,
        "notFound",
    )
    ada.insert(meeting("Soon cleared"))
    ada.run(calendars.clear(calendarId="primary"))
    report.equal("clearing empties the primary calendar", ada.items(ada.api.events().list, calendarId="primary")[0], [])


def access(stage):
    """shared calendars"""
    report = stage.report
    ada, grace = stage.person(), stage.person("America/New_York")
    team = ada.run(ada.api.calendars().insert(body={"summary": "Team"}))["id"]
    acl = ada.api.acl()
    rules = ada.run(acl.list(calendarId=team))
    report.equal("the owner's rule is there", [rule["role"] for rule in rules["items"]], ["owner"])
    ada.refused("nobody else sees the calendar", ada.api.acl().get(calendarId=team, ruleId=f"user:{grace.email}"), 404)
    reads = grace.api.events().list(calendarId=team)
    grace.refused("without a rule a calendar does not exist", reads, 404, "notFound")
    scope = {"type": "user", "value": grace.email}
    rule = ada.run(acl.insert(calendarId=team, body={"role": "reader", "scope": scope}))
    report.equal("a rule's id is its scope", rule["id"], f"user:{grace.email}")
    report.equal("a reader reads", grace.run(reads)["accessRole"], "reader")
    writes = grace.api.events().insert(calendarId=team, body=meeting("Mine"))
    grace.refused("a reader writes nothing", writes, 403, "requiredAccessLevel")
    ada.run(acl.patch(calendarId=team, ruleId=rule["id"], body={"role": "writer"}))
    report.equal("a writer writes", grace.run(writes)["creator"]["email"], grace.email)
    entry = grace.run(grace.api.calendarList().get(calendarId=team))
    report.equal("a shared calendar is in the list", entry["accessRole"], "writer")
    grace.run(grace.api.calendarList().delete(calendarId=team))
    left = grace.run(grace.api.calendarList().list())["items"]
    report.equal("a shared calendar can be taken off the list", [row["id"] for row in left], [grace.email])
    grace.run(grace.api.calendarList().insert(body={"id": team}))
    report.equal("and put back", len(grace.run(grace.api.calendarList().list())["items"]), 2)
    changed = ada.run(acl.list(calendarId=team, syncToken=rules["nextSyncToken"]))
    report.equal(
        "an increment of the rules has the new one",
        [(row["id"], row["role"]) for row in changed["items"]],
        [(rule["id"], "writer")],
    )
    ada.run(acl.delete(calendarId=team, ruleId=rule["id"]))
    grace.refused("without the rule the calendar is gone again", reads, 404, "notFound")


def settings_and_colours(stage):
    """settings and colours"""
    report = stage.report
    ada = stage.person("America/New_York")
    settings = ada.run(ada.api.settings().list())
    values = {row["id"]: row["value"] for row in settings["items"]}
    report.equal("the settings name the zone", values.get("timezone"), "America/New_York")
    one = ada.run(ada.api.settings().get(setting="timezone"))
    report.equal("one setting is read by name", one["value"], "America/New_York")
    colours = ada.run(ada.api.colors().get())
    report.equal(
        "there are 24 colours for calendars and 11 for events",
        (len(colours["calendar"]), len(colours["event"])),
        (24, 11),
    )


SCENARIOS = [the_list, calendar_life, access, settings_and_colours]
