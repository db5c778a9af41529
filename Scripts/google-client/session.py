"""What the scenarios share: the people of a run with Google's client, and checks of its answers."""

import json
import uuid

import google.oauth2.credentials
import googleapiclient.discovery
import googleapiclient.errors
import googleapiclient.http
from googleapiclient.discovery_cache import get_static_doc

from schema import Schemas
from simulator import Control, Report


class Person:
    """An account of the simulator with Google's client signed in to it."""

    def __init__(self, control, report, schemas, email, zone="Europe/Berlin"):
        self.email = email
        self.root = control.root
        self._control = control
        self._zone = zone
        self._schemas = schemas
        self._report = report
        keys = self.keys = control.account(email, timeZone=zone)
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
        self.control = Control(root, "google")
        self.report = Report()
        self.document = json.loads(get_static_doc("calendar", "v3"))
        self.schemas = Schemas(self.document)
        self._people = 0

    def person(self, zone="Europe/Berlin"):
        """A new account."""
        self._people += 1
        return Person(self.control, self.report, self.schemas, f"person{self._people}@example.com", zone)


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
