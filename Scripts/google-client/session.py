"""What the scenarios share: the control API of the simulator, Google's client, checks of its answers."""

import contextlib
import http.server
import json
import threading
import time
import urllib.error
import urllib.request
import uuid

import google.oauth2.credentials
import googleapiclient.discovery
import googleapiclient.errors
import googleapiclient.http
from googleapiclient.discovery_cache import get_static_doc

from schema import Schemas


class Control:
    """The control API of the simulator."""

    def __init__(self, root):
        self.root = root
        # A proxy of the environment has no business on the loopback interface.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def get(self, path):
        return self._call("GET", path, None)

    def post(self, path, **fields):
        return self._call("POST", path, json.dumps(fields).encode() if fields else b"")

    def fault(self, fault, times=1, **match):
        self.post("faults", fault=fault, times=times, match=match)

    def refusal(self, path, body):
        """The status and the body of a request that must be refused."""
        try:
            self._call("POST", path, body)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        return None, None

    def mail(self, to=None):
        return [mail for mail in self.get("mail")["mail"] if to in (None, mail["to"])]

    def requests(self, method=None, ending=""):
        return [
            entry
            for entry in self.get("requests")["requests"]
            if method in (None, entry["method"]) and entry["path"].endswith(ending)
        ]

    def _call(self, method, path, body):
        url = f"{self.root}/_control/{path}"
        with self._opener.open(urllib.request.Request(url, data=body, method=method), timeout=30) as answer:
            return json.load(answer)


class Report:
    """Prints a line for every check and remembers what failed."""

    def __init__(self):
        self.passed = 0
        self.failed = []

    def check(self, sentence, holds, detail=None):
        if holds:
            self.passed += 1
            print(f"ok      {sentence}", flush=True)
        else:
            self.failed.append(sentence)
            print(f"FAILED  {sentence}" + (f": {detail!r:.600}" if detail is not None else ""), flush=True)

    def equal(self, sentence, actual, expected):
        self.check(sentence, actual == expected, {"actual": actual, "expected": expected})


class Person:
    """An account of the simulator with Google's client signed in to it."""

    def __init__(self, control, report, schemas, email, zone="Europe/Berlin"):
        self.email = email
        self.root = control.root
        self._control = control
        self._zone = zone
        self._schemas = schemas
        self._report = report
        keys = self.keys = control.post("accounts", email=email, timeZone=zone)
        self.credentials = google.oauth2.credentials.Credentials(
            token=keys["accessToken"],
            refresh_token=keys["refreshToken"],
            token_uri=keys["tokenUri"],
            client_id=keys["clientId"],
            client_secret=keys["clientSecret"],
        )
        self.api = googleapiclient.discovery.build(
            "calendar",
            "v3",
            credentials=self.credentials,
            static_discovery=True,
            client_options={"api_endpoint": f"{self.root}/calendar/v3/"},
        )

    def again(self):
        """The same account in another client, because one client is for one thread."""
        return Person(self._control, self._report, self._schemas, self.email, self._zone)

    def run(self, request, retries=0):
        """Executes a request and compares its answer with the discovery document."""
        answer = request.execute(num_retries=retries)
        self._schemas.check_answer(request.methodId, answer)
        return answer

    def refused(self, sentence, request, status, reason=None):
        """Checks that a request is answered with an error."""
        try:
            answer = self.run(request)
        except googleapiclient.errors.HttpError as error:
            found = (error.status_code, error_reason(error) if reason else None)
            self._report.equal(sentence, found, (status, reason))
        else:
            self._report.check(sentence, False, answer)

    def pages(self, method, **query):
        """All pages of a listing."""
        pages = [self.run(method(**query))]
        while "nextPageToken" in pages[-1]:
            pages.append(self.run(method(**query, pageToken=pages[-1]["nextPageToken"])))
            assert len(pages) < 200, "the listing has no end"
        return pages

    def items(self, method, **query):
        """All rows of a listing, and the sync token of its last page."""
        pages = self.pages(method, **query)
        return [item for page in pages for item in page.get("items", [])], pages[-1].get("nextSyncToken")

    def changes(self, token, calendar="primary"):
        """The rows of an increment by id, and the next token."""
        rows, following = self.items(self.api.events().list, calendarId=calendar, syncToken=token)
        return {row["id"]: row for row in rows}, following

    def insert(self, body, calendar="primary", **query):
        return self.run(self.api.events().insert(calendarId=calendar, body=body, **query))

    def get(self, event, calendar="primary"):
        return self.run(self.api.events().get(calendarId=calendar, eventId=event))

    def batch(self, callback):
        # The client takes this address from its discovery document, which names the real host.
        return googleapiclient.http.BatchHttpRequest(callback=callback, batch_uri=f"{self.root}/batch/calendar/v3")


class Stage:
    """The simulator, the report and the people of a run."""

    def __init__(self, root):
        self.control = Control(root)
        self.report = Report()
        self.document = json.loads(get_static_doc("calendar", "v3"))
        self.schemas = Schemas(self.document)
        self._people = 0

    def person(self, zone="Europe/Berlin"):
        """A new account."""
        self._people += 1
        return Person(self.control, self.report, self.schemas, f"person{self._people}@example.com", zone)


class Receiver(contextlib.AbstractContextManager):
    """A web server of a few lines that keeps the headers of what it is sent."""

    def __init__(self):
        received = self.received = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                length = int(self.headers.get("Content-Length") or 0)
                received.append(
                    ({name.lower(): value for name, value in self.headers.items()}, self.rfile.read(length))
                )
                self.send_response(204)
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/notifications"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def wait(self, token, state, seconds=10):
        """The first delivery of a channel with a state, when it is there in time; the channel is known by its token."""
        deadline = time.monotonic() + seconds
        while True:
            for headers, body in list(self.received):
                if (headers.get("x-goog-channel-token"), headers.get("x-goog-resource-state")) == (token, state):
                    return headers, body
            if time.monotonic() > deadline:
                return None
            time.sleep(0.02)

    def __exit__(self, *details):
        self._server.shutdown()
        self._server.server_close()


def error_reason(error):
    """The reason of the first error in the body."""
    details = json.loads(error.content)["error"]
    return details["errors"][0]["reason"] if isinstance(details, dict) else details


def new_id():
    """An event id of a client: 32 digits are letters of base32hex as well."""
    return uuid.uuid4().hex


def at(day, time, zone="Europe/Berlin"):
    """A time of an event as the API writes it."""
    return {"dateTime": f"{day}T{time}:00", "timeZone": zone}


def meeting(title, day="2027-01-12", begin="10:00", end="11:00", **fields):
    """The body of an event of an hour."""
    return {"summary": title, "start": at(day, begin), "end": at(day, end), **fields}
