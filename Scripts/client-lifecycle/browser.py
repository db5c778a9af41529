"""Signing in without a browser: the consent page, the exchange of the code."""

import base64
import hashlib
import json
import urllib.error
import urllib.parse
import urllib.request

VERIFIER = "a-verifier-of-a-client-that-is-long-enough-for-all"


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


def authorization(keys, scope, **more):
    """The address of the consent page (RFC 6749 section 4.1.1, RFC 7636 section 4.3)."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    fields = {
        "client_id": keys["clientId"],
        "redirect_uri": keys["redirectUri"],
        "response_type": "code",
        "scope": scope,
        "state": "s 1/+",
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **more,
    }
    return f"{keys['authUri']}?{urllib.parse.urlencode(fields)}"


def token(keys, **form):
    """The status and the body of an answer of the token endpoint."""
    form = {"client_id": keys["clientId"], "client_secret": keys["clientSecret"], **form}
    status, _, body = answer(keys["tokenUri"], form)
    return status, json.loads(body)


def sign_in(stage, person, scope, **more):
    """Goes through the code flow, checks each step of it, and returns the tokens."""
    report = stage.report
    keys = person.keys
    page = authorization(keys, scope, **more)
    status, headers, _ = answer(f"{page}&{urllib.parse.urlencode({'login_hint': person.email})}")
    callback = headers["Location"] or ""
    report.equal("the hinted account agrees at once", (status, query(callback).get("state")), (302, "s 1/+"))
    report.check("the browser goes back to the client", callback.startswith(keys["redirectUri"] + "?"), callback)
    form = {
        "grant_type": "authorization_code",
        "code": query(callback).get("code"),
        "redirect_uri": keys["redirectUri"],
        "code_verifier": VERIFIER,
    }
    status, tokens = token(keys, **form)
    report.equal(
        "the code becomes tokens",
        (status, tokens.get("token_type"), "refresh_token" in tokens),
        (200, "Bearer", True),
    )
    status, refusal = token(keys, **form)
    report.equal("a code is good once", (status, refusal.get("error")), (400, "invalid_grant"))
    played = stage.control.post("consent", url=page, email=person.email)["redirect"]
    report.check("the control API plays the browser as well", "code" in query(played), played)
    nobody = authorization({**keys, "clientId": "nobody"}, scope, **more)
    status, refusal = stage.control.refusal("consent", json.dumps({"url": nobody, "email": person.email}).encode())
    report.equal("the page refuses an unknown client", (status, refusal["field"]), (400, "client_id"))
    return tokens
