"""What goes wrong: expired tokens, busy services, lost replies, and mistakes in the control API itself."""

import json

import google.auth.exceptions

from session import meeting, new_id


def access_tokens(stage):
    """an access token that has expired"""
    report = stage.report
    ada = stage.person()
    before = ada.credentials.token
    stage.control.post("expireAccessTokens")
    report.equal(
        "the client refreshes by itself", ada.run(ada.api.calendarList().get(calendarId="primary"))["id"], ada.email
    )
    report.check("the client has another token", ada.credentials.token != before)
    renewed = ada.credentials.token
    stage.control.fault("expireAccessToken", pathContains="/calendarList")
    ada.run(ada.api.calendarList().list())
    report.check("a token may expire just before a request", ada.credentials.token != renewed)
    now = stage.control.get("clock")["now"]
    later = stage.control.post("clock", advanceSeconds=7200)["now"]
    report.check("the clock moves on", later > now, (now, later))
    renewed = ada.credentials.token
    ada.run(ada.api.calendarList().list())
    report.check("two hours later a token has expired", ada.credentials.token != renewed)


def busy_service(stage):
    """a service that is busy"""
    report = stage.report
    ada = stage.person()
    events = ada.api.events()
    for fault, count in (("status:503", 2), ("status:429:retryAfter=1", 1)):
        stage.control.fault(fault, times=count, method="GET", pathContains="/events")
        before = len(stage.control.requests("GET", "/events"))
        answer = ada.run(events.list(calendarId="primary"), retries=4)
        seen = [entry["status"] for entry in stage.control.requests("GET", "/events")[before:]]
        status = int(fault.split(":")[1])
        report.equal(
            f"the client tries again after {status}",
            (answer["kind"], seen),
            ("calendar#events", [status] * count + [200]),
        )
    stage.control.fault("status:503", method="GET", pathContains="/events")
    ada.refused("without retries the client passes 503 on", events.list(calendarId="primary"), 503)
    _, token = ada.items(events.list, calendarId="primary")
    stage.control.fault("expireSyncTokens", pathContains="/events")
    ada.refused("sync tokens may expire just before a request", events.list(calendarId="primary", syncToken=token), 410)


def lost_replies(stage):
    """a reply that is lost"""
    report = stage.report
    ada = stage.person()
    events = ada.api.events()
    chosen = new_id()
    # The client repeats a request on a connection that was closed, whatever the request does; twice is too much for it.
    stage.control.fault("dropReply", times=2, method="POST", pathContains="/events")
    before = len(stage.control.requests("POST", "/events"))
    try:
        ada.insert(meeting("Once", id=chosen))
        outcome = "answered"
    except (OSError, google.auth.exceptions.TransportError) as error:
        outcome = type(error).__name__
    report.equal("a lost reply is an error of the connection", outcome, "RemoteDisconnected")
    seen = [entry.get("status") for entry in stage.control.requests("POST", "/events")[before:]]
    report.check("the service saw the request and lost its reply", seen and not any(seen), seen)
    report.equal("it had taken effect", ada.get(chosen)["summary"], "Once")
    rows, _ = ada.items(events.list, calendarId="primary")
    report.equal("and once only", [row["id"] for row in rows], [chosen])


def control_requests(stage):
    """mistakes in control requests"""
    report = stage.report
    control = stage.control
    for path, body, field in (
        ("accounts", {"timeZone": "UTC"}, "email"),
        ("accounts", {"email": "no address", "timeZone": "UTC"}, "email"),
        ("accounts", {"email": "x@example.com", "timeZone": "Mars/Olympus_Mons"}, "timeZone"),
        ("accounts", {"email": "x@example.com", "provider": "apple"}, "provider"),
        ("clock", {}, "advanceSeconds"),
        ("clock", {"advanceSeconds": "60"}, "advanceSeconds"),
        ("faults", {"times": 2}, "fault"),
        ("faults", {"fault": "explode"}, "fault"),
        ("faults", {"fault": "status:503", "times": 0}, "times"),
        ("faults", {"fault": "status:503", "match": {"method": 7}}, "match.method"),
    ):
        status, answer = control.refusal(path, json.dumps(body).encode())
        report.equal(
            f"/_control/{path} names {field} in {json.dumps(body)}",
            (status, answer and answer.get("field")),
            (400, field),
        )
    report.equal("a body that is no JSON is refused", control.refusal("accounts", b"{")[0], 400)
    report.equal("there is no other control request", control.refusal("nonsense", b"")[0], 404)


SCENARIOS = [access_tokens, busy_service, lost_replies, control_requests]
