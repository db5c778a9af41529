"""Signing in, and the end of a grant."""

import json

import google.auth.exceptions

from browser import answer, sign_in

SCOPES = "openid email https://www.googleapis.com/auth/calendar.readonly"


def the_code_flow(stage):
    """the code flow"""
    report = stage.report
    ada = stage.person()
    token = sign_in(stage, ada, SCOPES, access_type="offline", prompt="consent")["access_token"]
    events = f"{stage.control.root}/calendar/v3/calendars/primary/events"
    report.equal("the token reads", answer(events, token=token)[0], 200)
    report.equal("the token does not write", answer(f"{events}/quickAdd?text=x", {}, token)[0], 403)
    status, _, body = answer(f"{stage.control.root}/oauth2/v3/userinfo", token=token)
    report.equal("the token tells whose it is", (status, status == 200 and json.loads(body)["email"]), (200, ada.email))


def revocation(stage):
    """a grant that is withdrawn"""
    report = stage.report
    ada = stage.person()
    status, _, _ = answer(f"{stage.control.root}/revoke", {"token": ada.credentials.refresh_token})
    report.equal("a token is revoked", status, 200)
    try:
        ada.run(ada.api.calendarList().list())
        outcome = "answered"
    except google.auth.exceptions.RefreshError as error:
        outcome = error.args[1]["error"]
    report.equal("then the client cannot refresh", outcome, "invalid_grant")


SCENARIOS = [the_code_flow, revocation]
