"""Microsoft Graph beside it, which shares the address and the control API."""

import json

from signin import answer, authorization, query

SCOPES = "openid offline_access User.Read Calendars.ReadWrite"


def beside_google(stage):
    """Graph at the same address"""
    report = stage.report
    control = stage.control
    email = "graph@example.org"
    keys = control.post("accounts", provider="microsoft", email=email, timeZone="Europe/Berlin", name="Grace")
    root = f"{control.root}/v1.0/me"

    def read(address, token=keys["accessToken"]):
        status, _, body = answer(address, token=token)
        return status, json.loads(body)

    report.equal("Graph knows its account", read(root)[1]["mail"], email)
    report.equal("Graph refuses a token of Google", read(root, stage.person().keys["accessToken"])[0], 401)

    first = f"{root}/calendarView/delta?startDateTime=2027-01-01T00:00:00Z&endDateTime=2027-02-01T00:00:00Z"
    page = read(first)[1]
    while "@odata.nextLink" in page:
        page = read(page["@odata.nextLink"])[1]
    link = page["@odata.deltaLink"]
    report.check("its links lead back to the simulator", link.startswith(f"{root}/calendarView/delta?"), link)
    report.equal("a delta link answers", read(link)[0], 200)
    control.post("expireSyncTokens", provider="microsoft")
    report.equal("an expired delta link is gone", read(link)[0], 410)

    control.post("faults", provider="microsoft", fault="status:429:retryAfter=3", match={"method": "GET"})
    status, headers, _ = answer(root, token=keys["accessToken"])
    report.equal("a fault of its own strikes Graph", (status, headers["Retry-After"]), (429, "3"))
    report.equal("and once only", read(root)[0], 200)

    control.post("expireAccessTokens", provider="microsoft")
    report.equal("its access tokens expire", read(root)[0], 401)


def sign_in(stage):
    """signing in at Microsoft"""
    report = stage.report
    email = "signer@example.org"
    keys = stage.control.post("accounts", provider="microsoft", email=email)
    verifier = "a-verifier-of-a-client-that-is-long-enough-for-all"
    page = authorization(keys, verifier, scope=SCOPES, login_hint=email)
    status, headers, _ = answer(page)
    callback = headers["Location"] or ""
    report.equal("the hinted account agrees at once", (status, query(callback).get("state")), (302, "s 1/+"))
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
    report.equal("the code becomes tokens", (status, "refresh_token" in tokens), (200, True))
    form = {
        "grant_type": "refresh_token",
        "refresh_token": tokens["refresh_token"],
        "client_id": keys["clientId"],
        "client_secret": keys["clientSecret"],
    }
    status, _, body = answer(keys["tokenUri"], form)
    report.check("a refresh gives another token", json.loads(body)["access_token"] != tokens["access_token"])
    played = stage.control.post("consent", url=page, email=email)["redirect"]
    report.check("the control API plays the browser as well", "code" in query(played), played)


SCENARIOS = [beside_google, sign_in]
