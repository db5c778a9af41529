"""What goes wrong: busy services, lost replies, and mistakes in the control API itself."""

import json

import httpx

from session import meeting, new_id, titles, unrepeated


async def busy_service(stage):
    """a service that is busy"""
    report = stage.report
    ada = stage.person()
    await ada.insert(meeting("Here"))
    for fault, count in (("status:503", 2), ("status:504", 1), ("status:429:retryAfter=1", 1)):
        stage.control.fault(fault, times=count, method="GET", pathContains="/events")
        before = len(stage.control.requests("GET", "/events"))
        rows = await ada.rows(ada.me.events)
        seen = [entry["status"] for entry in stage.control.requests("GET", "/events")[before:]]
        status = int(fault.split(":")[1])
        report.equal(
            f"the client tries again after {status}", (titles(rows), seen), (["Here"], [status] * count + [200])
        )
    stage.control.fault("status:429:retryAfter=7", method="GET", pathContains="/events")
    try:
        await ada.me.events.get(request_configuration=unrepeated())
        found = None
    except Exception as error:
        found = error.response_status_code, error.response_headers["Retry-After"], error.error.code
    report.equal("without retries it passes the refusal on", found, (429, "7", "TooManyRequests"))
    stage.control.fault("status:500", method="GET", pathContains="/events")
    await ada.refused("a failure of the service is no reason to try again", ada.get(ada.me.events), 500)


async def lost_replies(stage):
    """a reply that is lost"""
    report = stage.report
    ada = stage.person()
    body = meeting("Once", transaction_id=new_id())
    stage.control.fault("dropReply", method="POST", pathContains="/events")
    before = len(stage.control.requests("POST", "/events"))
    try:
        await ada.insert(body)
        outcome = "answered"
    except httpx.TransportError as error:
        outcome = type(error).__name__
    report.equal("a lost reply is an error of the connection", outcome, "RemoteProtocolError")
    seen = [entry.get("status") for entry in stage.control.requests("POST", "/events")[before:]]
    report.equal("the service saw the request and lost its reply", seen, [None])
    rows = await ada.rows(ada.me.events)
    report.equal("it had taken effect", titles(rows), ["Once"])
    again = await ada.insert(body)
    report.equal("the same transaction leads to the same event", again.id, rows[0].id)
    report.equal("and there is still one", len(await ada.rows(ada.me.events)), 1)
    other = meeting("Twice", transaction_id=new_id())
    stage.control.fault("loseRequest", method="POST", pathContains="/events")
    try:
        await ada.insert(other)
        outcome = "answered"
    except httpx.TransportError as error:
        outcome = type(error).__name__
    report.equal("a lost request looks the same", outcome, "RemoteProtocolError")
    report.equal("but it had no effect", titles(await ada.rows(ada.me.events)), ["Once"])


async def odd_answers(stage):
    """answers of another time"""
    report = stage.report
    ada = stage.person()
    made = await ada.insert(meeting("Odd"))
    stage.control.fault("unknownValue:showAs", method="GET", pathContains="/events")
    read = json.loads(await raw(ada, ada.me.events.by_event_id(made.id)))
    report.equal("a value may be one of tomorrow", read["showAs"], "addedLater")
    stage.control.fault("malformedBody", method="GET", pathContains="/events")
    try:
        json.loads(await raw(ada, ada.me.events.by_event_id(made.id)))
        outcome = "read"
    except ValueError:
        outcome = "unreadable"
    report.equal("a body may be cut", outcome, "unreadable")


async def raw(person, builder):
    """The bytes of an answer, which no model need fit."""
    return await person.adapter.send_primitive_async(builder.to_get_request_information(), "bytes", {})


async def control_requests(stage):
    """mistakes in control requests"""
    report = stage.report
    for path, body, field in (
        ("accounts", {"provider": "microsoft", "timeZone": "UTC"}, "email"),
        ("accounts", {"provider": "microsoft", "email": "x@example.com", "timeZone": "Mars/Base"}, "timeZone"),
        ("expireSyncTokens", {"provider": "apple"}, "provider"),
        ("faults", {"provider": "microsoft", "fault": "explode"}, "fault"),
    ):
        status, answer = stage.control.refusal(path, json.dumps(body).encode())
        report.equal(
            f"/_control/{path} names {field} in {json.dumps(body)}",
            (status, answer and answer.get("field")),
            (400, field),
        )


SCENARIOS = [busy_service, lost_replies, odd_answers, control_requests]
