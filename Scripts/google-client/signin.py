"""Signing in without a browser: the consent page, the exchange of the code, revocation."""

import base64
import hashlib
import json
import urllib.error
import urllib.parse
import urllib.request

import google.auth.exceptions

SCOPES = "openid email https://www.googleapis.com/auth/calendar.readonly"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect to the caller, because nobody listens where it leads."""

    def redirect_request(self, *arguments):
        return None


OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect)


def answer(url, form=None, token=None):
    """The status, the headers and the body of an answer, whatever they say."""
    data = urllib.parse.urlencode(form).encode() if form is not None else None
    request = urllib.request.Request(url, data=data, headers={"Authorization": f"Bearer {token}"} if token else {})
    try:
        with OPENER.open(request, timeout=30) as found:
            return found.status, found.headers, found.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def query(url):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))


def authorization(keys, verifier, **more):
    """The address of the consent page (RFC 6749 section 4.1.1, RFC 7636 section 4.3)."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    fields = {
        "client_id": keys["clientId"],
        "redirect_uri": keys["redirectUri"],
        "response_type": "code",
        "scope": SCOPES,
        "state": "s 1/+",
        "access_type": "offline",
        "prompt": "consent",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **more,
    }
    return f"{keys['authUri']}?{urllib.parse.urlencode(fields)}"


def the_code_flow(stage):
    """the code flow"""
    report = stage.report
    ada = stage.person()
    keys = ada.keys
    verifier = "a-verifier-of-a-client-that-is-long-enough-for-all"
    status, headers, _ = answer(authorization(keys, verifier, login_hint=ada.email))
    callback = headers["Location"] or ""
    report.equal("the hinted account agrees at once", (status, query(callback).get("state")), (302, "s 1/+"))
    report.check("the browser goes back to the client", callback.startswith(keys["redirectUri"] + "?"), callback)
    form = {
        "grant_type": "authorization_code",
        "code": query(callback).get("code"),
        "redirect_uri": keys["redirectUri"],
        "code_verifier": verifier,
        "client_id": keys["clientId"],
        "client_secret": keys["clientSecret"],
    }
    status, _, body = answer(keys["tokenUri"], form)
    tokens = json.loads(body)
    report.equal(
        "the code becomes tokens", (status, tokens["token_type"], "refresh_token" in tokens), (200, "Bearer", True)
    )
    status, _, body = answer(keys["tokenUri"], form)
    report.equal("a code is good once", (status, json.loads(body)["error"]), (400, "invalid_grant"))
    events = f"{stage.control.root}/calendar/v3/calendars/primary/events"
    report.equal("the token reads", answer(events, token=tokens["access_token"])[0], 200)
    report.equal("the token does not write", answer(f"{events}/quickAdd?text=x", {}, tokens["access_token"])[0], 403)
    status, _, body = answer(f"{stage.control.root}/oauth2/v3/userinfo", token=tokens["access_token"])
    report.equal("the token tells whose it is", (status, status == 200 and json.loads(body)["email"]), (200, ada.email))
    played = stage.control.post("consent", url=authorization(keys, verifier), email=ada.email)["redirect"]
    report.check("the control API plays the browser as well", "code" in query(played), played)
    refused, answered = stage.control.refusal(
        "consent", json.dumps({"url": authorization(keys, verifier, client_id="nobody"), "email": ada.email}).encode()
    )
    report.equal("the page refuses an unknown client", (refused, answered["field"]), (400, "client_id"))


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
