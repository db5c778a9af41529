"""Signing in, the rotation of tokens, and what they allow."""

import base64
import json

from browser import answer, sign_in, token
from session import meeting

SCOPES = "openid offline_access User.Read Calendars.ReadWrite"


async def the_code_flow(stage):
    """the code flow"""
    report = stage.report
    ada = stage.person()
    tokens = sign_in(stage, ada, SCOPES)
    report.check("a token lives 60 to 90 minutes", 3600 <= tokens["expires_in"] <= 5400, tokens["expires_in"])
    report.check("offline_access is not echoed", "offline_access" not in tokens["scope"].split(), tokens["scope"])
    claims = json.loads(base64.urlsafe_b64decode(tokens["id_token"].split(".")[1] + "=="))
    report.equal("the id token names the person", claims["preferred_username"], ada.email)
    ada.tokens.access, ada.tokens.refresh = tokens["access_token"], tokens["refresh_token"]
    me = await ada.get(ada.me, select=["id", "mail", "userPrincipalName"])
    report.equal("the client reads who it is", (me.mail, me.user_principal_name), (ada.email, ada.email))
    by_name = await ada.get(ada.api.users.by_user_id(ada.email), select=["id"])
    report.equal("the address leads to the same person", by_name.id, me.id)

    old = ada.tokens.refresh
    status, renewed = ada.tokens.renew()
    report.equal("a refresh token is redeemed", (status, renewed["token_type"]), (200, "Bearer"))
    report.check(
        "both tokens are new",
        renewed["access_token"] != tokens["access_token"] and renewed["refresh_token"] != old,
    )
    status, _ = token(ada.keys, grant_type="refresh_token", refresh_token=old)
    report.equal("the former refresh token is still good", status, 200)
    status, refusal = token(ada.keys, grant_type="refresh_token", refresh_token="nonsense")
    report.equal("an unknown refresh token is refused", (status, refusal["error"]), (400, "invalid_grant"))
    report.check(
        "the refusal has a code",
        refusal["error_description"].startswith(f"AADSTS{refusal['error_codes'][0]}:"),
        refusal,
    )
    status, refusal = token(ada.keys, grant_type="refresh_token", refresh_token=old, client_secret="wrong")
    report.equal(
        "a wrong secret is refused",
        (status, refusal["error"], refusal["error_codes"]),
        (401, "invalid_client", [7000215]),
    )


async def access(stage):
    """what a token allows"""
    report = stage.report
    ada, reader = stage.person(), stage.person(scopes=["offline_access", "User.Read", "Calendars.Read"])
    report.equal("a reader reads", (await reader.get(reader.me.calendar)).name, "Calendar")
    await reader.refused("a reader writes nothing", reader.insert(meeting("No")), 403, "ErrorAccessDenied")
    await reader.refused(
        "nobody reads what belongs to others",
        reader.get(reader.api.users.by_user_id(ada.email).events),
        403,
        "ErrorAccessDenied",
    )
    google = stage.control.post("accounts", email="google@example.com", provider="google")
    ada.tokens.access = google["accessToken"]
    await ada.refused("a token of Google is refused", ada.get(ada.me), 401, "InvalidAuthenticationToken")
    ada.tokens.renew()
    stage.control.post("expireAccessTokens", provider="microsoft")
    await ada.refused("an expired token is refused", ada.get(ada.me), 401, "InvalidAuthenticationToken")
    ada.tokens.renew()
    report.equal("a refresh helps", (await ada.get(ada.me)).mail, ada.email)
    stage.control.post("clock", advanceSeconds=7200)
    await ada.refused("two hours later a token has expired", ada.get(ada.me), 401, "InvalidAuthenticationToken")
    status, _, body = answer(f"{stage.control.root}/v1.0/me")
    report.equal("without a token there is no answer", (status, "error" in json.loads(body)), (401, True))


SCENARIOS = [the_code_flow, access]
