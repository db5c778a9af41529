"""What the scenarios share: the people of a run with Microsoft's client, and what they send."""

import contextvars
import datetime
import json
import uuid

import httpx
from kiota_abstractions.authentication import (
    AccessTokenProvider,
    AllowedHostsValidator,
    BaseBearerTokenAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.headers_collection import HeadersCollection
from kiota_http.middleware.options import RetryHandlerOption
from msgraph import GraphServiceClient
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.event import Event
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.o_data_errors.o_data_error import ODataError
from msgraph.generated.models.recipient import Recipient
from msgraph.graph_request_adapter import GraphRequestAdapter, options
from msgraph_core import GraphClientFactory

from browser import token
from models import Models
from simulator import Control, Report

IMMUTABLE = 'IdType="ImmutableId"'

LAST_ANSWER = contextvars.ContextVar("the JSON of the last answer", default=None)


class Tokens(AccessTokenProvider):
    """The tokens of an account, which the client asks for with each request and never renews by itself."""

    def __init__(self, keys):
        self.keys = keys
        self.access = keys["accessToken"]
        self.refresh = keys["refreshToken"]

    async def get_authorization_token(self, uri, additional_authentication_context={}):
        return self.access

    def renew(self):
        """Redeems the refresh token; the status and the answer."""
        status, answer = token(self.keys, grant_type="refresh_token", refresh_token=self.refresh)
        if status == 200:
            self.access, self.refresh = answer["access_token"], answer["refresh_token"]
        return status, answer

    def get_allowed_hosts_validator(self):
        return AllowedHostsValidator(["127.0.0.1"])


class CheckingAdapter(GraphRequestAdapter):
    """Sends requests as Microsoft's client does and compares each answer with its model."""

    def __init__(self, tokens, root, models):
        # A proxy of the environment has no business on the loopback interface. Without a delay of its own the client
        # waits for what the service asks and a moment more.
        client = GraphClientFactory.create_with_default_middleware(
            client=httpx.AsyncClient(trust_env=False, timeout=30),
            options={**options, RetryHandlerOption.get_key(): RetryHandlerOption(delay=0)},
        )
        super().__init__(BaseBearerTokenAuthenticationProvider(tokens), client)
        self.base_url = f"{root}/v1.0"
        self._models = models

    async def get_root_parse_node(self, response, parent_span, attribute_span):
        LAST_ANSWER.set(response.content)
        return await super().get_root_parse_node(response, parent_span, attribute_span)

    async def send_async(self, request_info, parsable_factory, error_map):
        LAST_ANSWER.set(None)
        model = await super().send_async(request_info, parsable_factory, error_map)
        if LAST_ANSWER.get() and type(model).__module__.startswith("msgraph."):
            self._models.compare(json.loads(LAST_ANSWER.get()), model)
        return model


class Person:
    """An account of the simulator with Microsoft's client signed in to it."""

    def __init__(self, control, report, models, email, **fields):
        self.email = email
        self.root = control.root
        self.keys = control.account(email, **fields)
        self.tokens = Tokens(self.keys)
        self._report = report
        self.adapter = CheckingAdapter(self.tokens, control.root, models)
        self.api = GraphServiceClient(request_adapter=self.adapter)

    @property
    def me(self):
        return self.api.me

    async def get(self, builder, prefer=(), **query):
        """Reads what a request builder leads to."""
        return await builder.get(request_configuration=asking(builder, prefer, **query))

    async def pages(self, builder, prefer=(), **query):
        """All pages of a listing or of a round of changes."""
        pages = [await self.get(builder, prefer, **query)]
        while pages[-1].odata_next_link:
            pages.append(await self.get(builder.with_url(pages[-1].odata_next_link), prefer))
            assert len(pages) < 200, "the listing has no end"
        return pages

    async def rows(self, builder, prefer=(), **query):
        """All rows of a listing."""
        return [row for page in await self.pages(builder, prefer, **query) for row in page.value]

    async def changes(self, builder, prefer=(), **query):
        """All rows of a round of changes and a builder of the next round."""
        pages = await self.pages(builder, prefer, **query)
        rows = [row for page in pages for row in page.value]
        return rows, builder.with_url(pages[-1].odata_delta_link)

    async def insert(self, event, prefer=()):
        return await self.me.events.post(event, request_configuration=sending(prefer))

    async def read(self, event, prefer=(), **query):
        return await self.get(self.me.events.by_event_id(event), prefer, **query)

    async def refused(self, sentence, request, status, code=None):
        """Checks that a request is answered with an error."""
        try:
            answer = await request
        except ODataError as error:
            found = (error.response_status_code, error.error.code if code and error.error else None)
            self._report.equal(sentence, found, (status, code))
        else:
            self._report.check(sentence, False, answer)


class Stage:
    """The simulator, the report and the people of a run."""

    def __init__(self, root):
        self.control = Control(root, "microsoft")
        self.report = Report()
        self.models = Models()
        self._people = 0

    def person(self, zone="Europe/Berlin", **fields):
        """A new account."""
        self._people += 1
        email = f"person{self._people}@example.com"
        return Person(self.control, self.report, self.models, email, timeZone=zone, **fields)


def sending(prefer=(), headers=None):
    """The configuration of a request with preferences and other header fields."""
    collection = HeadersCollection()
    for value in [prefer] if isinstance(prefer, str) else prefer:
        collection.add("Prefer", value)
    for name, value in (headers or {}).items():
        collection.add(name, value)
    return RequestConfiguration(headers=collection)


def asking(builder, prefer=(), **query):
    """The configuration of a request with query options, which each kind of builder names in a class of its own."""
    configuration = sending(prefer)
    if query:
        kind = next(value for name, value in vars(type(builder)).items() if name.endswith("GetQueryParameters"))
        configuration.query_parameters = kind(**query)
    return configuration


def unrepeated():
    """The configuration of a request that the client does not repeat."""
    return RequestConfiguration(options=[RetryHandlerOption(should_retry=False)])


def zoned(zone):
    return f'outlook.timezone="{zone}"'


def new_id():
    return str(uuid.uuid4())


def at(day, time, zone="Europe/Berlin"):
    """A time of an event as the API writes it."""
    return DateTimeTimeZone(date_time=f"{day}T{time}:00", time_zone=zone)


def text(content):
    return ItemBody(content_type=BodyType.Text, content=content)


def recipient(email):
    return Recipient(email_address=EmailAddress(address=email))


def meeting(title, day="2027-01-12", begin="10:00", end="11:00", zone="Europe/Berlin", **fields):
    """An event of an hour."""
    return Event(subject=title, start=at(day, begin, zone), end=at(day, end, zone), **fields)


def titles(rows):
    return [row.subject for row in rows]


def starts(rows):
    return [row.start.date_time for row in rows]


def utc(year, month, day, hour=0):
    return datetime.datetime(year, month, day, hour, tzinfo=datetime.timezone.utc)
