"""Subscriptions: the service tells a web server that something changed."""

import asyncio
import datetime
import json

from msgraph.generated.models.calendar import Calendar
from msgraph.generated.models.event import Event
from msgraph.generated.models.subscription import Subscription

from session import IMMUTABLE, meeting, sending
from simulator import Receiver


def wanted(stage, receiver, state="secret", resource="me/events", days=2, **fields):
    now = datetime.datetime.fromisoformat(stage.control.get("clock")["now"].replace("Z", "+00:00"))
    return Subscription(
        change_type="created,updated,deleted",
        notification_url=receiver.address,
        resource=resource,
        expiration_date_time=now + datetime.timedelta(days=days),
        client_state=state,
        **fields,
    )


async def told(receiver, subscription, kind):
    """The first notification of a kind about a subscription, when it is there in time."""

    def found(headers, body):
        return [
            item for item in items(body) if (item["subscriptionId"], item.get("changeType")) == (subscription, kind)
        ]

    delivery = await asyncio.to_thread(receiver.wait, found)
    return delivery and found(*delivery)[0]


def items(body):
    return json.loads(body)["value"] if body else []


async def subscriptions(stage):
    """a subscription to events"""
    report = stage.report
    ada = stage.person()
    with Receiver() as receiver:
        made = await ada.api.subscriptions.post(wanted(stage, receiver), request_configuration=sending(IMMUTABLE))
        report.equal(
            "a subscription is as it was asked for",
            (made.resource, made.change_type, made.notification_url),
            ("me/events", "created,updated,deleted", receiver.address),
        )
        headers, body = receiver.received[0]
        report.equal("the address was asked first", (len(receiver.received), body), (1, b""))
        report.check("in plain text", headers["content-type"].startswith("text/plain"), headers)
        event = await ada.insert(meeting("News"), IMMUTABLE)
        item = await told(receiver, made.id, "created")
        report.equal("a change is told", item and item["resourceData"]["id"], event.id)
        report.equal("with the state of the client", item and item["clientState"], "secret")
        report.check(
            "and where to read it", item and item["resource"].lower().endswith(f"/events/{event.id}".lower()), item
        )
        await ada.me.events.by_event_id(event.id).patch(
            Event(subject="Other news"), request_configuration=sending(IMMUTABLE)
        )
        report.check("an update is told", await told(receiver, made.id, "updated") is not None)
        await ada.me.events.by_event_id(event.id).delete()
        report.check("a deletion is told", await told(receiver, made.id, "deleted") is not None)
        one = ada.api.subscriptions.by_subscription_id(made.id)
        later = made.expiration_date_time + datetime.timedelta(hours=1)
        renewed = await one.patch(Subscription(expiration_date_time=later))
        report.equal("a subscription is renewed", renewed.expiration_date_time, later)
        report.equal("it is listed", [row.id for row in await ada.rows(ada.api.subscriptions)], [made.id])
        report.equal("it is read", (await ada.get(one)).expiration_date_time, later)
        await one.reauthorize.post()
        await one.delete()
        await ada.refused("a deleted one is gone", ada.get(one), 404)

        # Another subscription proves that the silence of a deleted one is not just slowness.
        count = len(receiver.received)
        second = await ada.api.subscriptions.post(wanted(stage, receiver, "second"))
        await ada.insert(meeting("More news"))
        report.check("another one goes on", await told(receiver, second.id, "created") is not None)
        report.equal("a deleted one is silent", states(receiver, count), {"second"})
        stage.control.post("clock", advanceSeconds=3 * 86400)
        ada.tokens.renew()
        await ada.refused(
            "a subscription ends by the clock", ada.get(ada.api.subscriptions.by_subscription_id(second.id)), 404
        )


async def scopes(stage):
    """a subscription to one calendar"""
    report = stage.report
    ada = stage.person()
    team = await ada.me.calendars.post(Calendar(name="Team"))
    with Receiver() as receiver:
        all_of_them = await ada.api.subscriptions.post(wanted(stage, receiver, "default"))
        resource = f"me/calendars/{team.id}/events"
        made = await ada.api.subscriptions.post(wanted(stage, receiver, "team", resource))
        await ada.me.calendars.by_calendar_id(team.id).events.post(meeting("Of the team"))
        report.check("a calendar tells of its events", await told(receiver, made.id, "created") is not None)
        await ada.insert(meeting("Of the default calendar"))
        report.check("and the default one of its", await told(receiver, all_of_them.id, "created") is not None)
        both = [
            item["clientState"]
            for _, body in receiver.received
            for item in items(body)
            if item["changeType"] == "created"
        ]
        report.equal("each of its own only", sorted(both), ["default", "team"])


async def mistakes(stage):
    """subscriptions that are refused"""
    ada = stage.person()
    with Receiver() as receiver:
        post = ada.api.subscriptions.post
        await ada.refused("nobody is told for ever", post(wanted(stage, receiver, days=8)), 400, "ExtensionError")
        event = await ada.insert(meeting("One"))
        await ada.refused(
            "there is none to a single event", post(wanted(stage, receiver, resource=f"me/events/{event.id}")), 400
        )
        plain = wanted(stage, receiver)
        plain.notification_url = "http://example.com/hook"
        await ada.refused("an address elsewhere needs https", post(plain), 400)
        deaf = wanted(stage, receiver)
        deaf.notification_url = "http://127.0.0.1:9/hook"
        await ada.refused("an address where nobody answers is refused", post(deaf), 400)
    one = ada.api.subscriptions.by_subscription_id("00000000-0000-0000-0000-000000000000")
    await ada.refused("what does not exist is not renewed", one.patch(plain), 404)


def states(receiver, first):
    """The states of the subscriptions that were told something since then."""
    return {item["clientState"] for _, body in receiver.received[first:] for item in items(body)}


SCENARIOS = [subscriptions, scopes, mistakes]
