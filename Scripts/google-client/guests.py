"""Meetings with guests, free time and conferences."""

import time

from session import meeting


def invitations(stage):
    """a meeting with guests"""
    report = stage.report
    ada, grace = stage.person(), stage.person("America/New_York")
    events = ada.api.events()
    outside = f"outside-{ada.email}"
    people = [{"email": grace.email}, {"email": outside, "optional": True}]
    made = ada.insert(meeting("Kick-off", attendees=people), sendUpdates="all")
    report.equal(
        "guests have not answered yet",
        {guest["email"]: guest["responseStatus"] for guest in made["attendees"]},
        {grace.email: "needsAction", outside: "needsAction"},
    )
    report.equal(
        "a guest outside gets an invitation", [mail["kind"] for mail in stage.control.mail(outside)], ["invitation"]
    )
    copy = grace.get(made["id"])
    report.equal(
        "a guest has a copy of her own", (copy["iCalUID"], copy["organizer"]["email"]), (made["iCalUID"], ada.email)
    )
    report.equal("the copy has the guest's zone", copy["start"]["dateTime"], "2027-01-12T04:00:00-05:00")
    rename = grace.api.events().patch(calendarId="primary", eventId=made["id"], body={"summary": "Mine"})
    grace.refused("a guest does not rename", rename, 403, "forbiddenForNonOrganizer")
    answer = {"attendeesOmitted": True, "attendees": [{"email": grace.email, "responseStatus": "accepted"}]}
    grace.run(grace.api.events().patch(calendarId="primary", eventId=made["id"], body=answer, sendUpdates="all"))
    seen = {guest["email"]: guest["responseStatus"] for guest in ada.get(made["id"])["attendees"]}
    report.equal("the organizer sees the answer", seen, {grace.email: "accepted", outside: "needsAction"})
    quiet = ada.insert(meeting("Quiet", attendees=[{"email": f"quiet-{outside}"}]), sendUpdates="none")
    report.equal("without updates nobody gets mail", stage.control.mail(f"quiet-{outside}"), [])
    ada.run(events.delete(calendarId="primary", eventId=quiet["id"], sendUpdates="none"))
    ada.run(events.delete(calendarId="primary", eventId=made["id"], sendUpdates="all"))
    kinds = [mail["kind"] for mail in stage.control.mail(outside)]
    report.equal("a called-off meeting is mailed", kinds[-1], "cancellation")
    report.equal("the guest's copy is cancelled", grace.get(made["id"])["status"], "cancelled")


def free_time(stage):
    """free and busy"""
    report = stage.report
    ada, grace = stage.person(), stage.person()
    ada.insert(meeting("Busy"))
    ada.insert(meeting("Not really", begin="14:00", end="15:00", transparency="transparent"))
    ada.insert(meeting("Touching", begin="11:00", end="12:00"))
    body = {
        "timeMin": "2027-01-12T00:00:00Z",
        "timeMax": "2027-01-13T00:00:00Z",
        "items": [{"id": "primary"}, {"id": grace.email}, {"id": "nobody@example.net"}],
    }
    answer = ada.run(ada.api.freebusy().query(body=body))["calendars"]
    report.equal(
        "calendars are named as they were asked for", set(answer), {"primary", grace.email, "nobody@example.net"}
    )
    ends = (answer["primary"]["busy"][0]["start"], answer["primary"]["busy"][-1]["end"])
    report.equal("opaque events are busy", ends, ("2027-01-12T09:00:00Z", "2027-01-12T11:00:00Z"))
    errors = [error["reason"] for error in answer["nobody@example.net"]["errors"]]
    report.equal("an unknown calendar fails on its own", errors, ["notFound"])
    del body["timeMin"]
    ada.refused("a question needs a beginning", ada.api.freebusy().query(body=body), 400, "required")


def conferences(stage):
    """a conference"""
    report = stage.report
    ada = stage.person()
    request = {"requestId": "first", "conferenceSolutionKey": {"type": "hangoutsMeet"}}
    body = meeting("Call", conferenceData={"createRequest": request})
    ignored = ada.insert(body)
    report.equal("without the version nothing is made", ignored.get("conferenceData"), None)
    made = ada.insert(body, conferenceDataVersion=1)
    deadline = time.monotonic() + 5
    while status(made) == "pending" and time.monotonic() < deadline:
        made = ada.get(made["id"])
    report.equal("a conference is made", status(made), "success")
    points = [point["uri"] for point in made["conferenceData"]["entryPoints"] if point["entryPointType"] == "video"]
    report.equal("the link is told twice", points, [made["hangoutLink"]])
    bad = meeting(
        "Call", conferenceData={"createRequest": {"requestId": "x", "conferenceSolutionKey": {"type": "telegraph"}}}
    )
    ada.refused(
        "an unknown kind of conference is refused",
        ada.api.events().insert(calendarId="primary", body=bad, conferenceDataVersion=1),
        400,
        "invalid",
    )


def status(event):
    return event["conferenceData"]["createRequest"]["status"]["statusCode"]


SCENARIOS = [invitations, free_time, conferences]
