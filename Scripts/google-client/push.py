"""Channels: the service tells a web server that something changed."""

import email.utils
import uuid

from session import meeting
from simulator import Receiver


def channels(stage):
    """a channel on events"""
    report = stage.report
    ada = stage.person()
    events = ada.api.events()
    with Receiver() as receiver:
        wanted = {"id": str(uuid.uuid4()), "type": "web_hook", "address": receiver.address, "token": "a=1&b=2"}
        channel = ada.run(events.watch(calendarId="primary", body=wanted))
        report.equal("a channel keeps its id and token", (channel["id"], channel["token"]), (wanted["id"], "a=1&b=2"))
        report.check(
            "a channel ends at a time in milliseconds",
            channel["expiration"].isdigit() and len(channel["expiration"]) == 13,
        )
        first, body = receiver.wait(told("a=1&b=2", "sync"))
        report.equal(
            "the first message says sync",
            {
                name: first.get(f"x-goog-{name}")
                for name in ("channel-id", "channel-token", "resource-id", "resource-state", "message-number")
            },
            {
                "channel-id": wanted["id"],
                "channel-token": "a=1&b=2",
                "resource-id": channel["resourceId"],
                "resource-state": "sync",
                "message-number": "1",
            },
        )
        report.equal("a message has no body", body, b"")
        report.equal("the resource is named", first.get("x-goog-resource-uri"), channel["resourceUri"])
        ends = email.utils.parsedate_to_datetime(first["x-goog-channel-expiration"]).timestamp()
        report.equal("the end is told as a date", int(ends), int(channel["expiration"]) // 1000)
        ada.insert(meeting("News"))
        second = receiver.wait(told("a=1&b=2", "exists"))
        report.check("a change is told", second is not None)
        second = second[0]
        report.check("messages are numbered", int(second["x-goog-message-number"]) > 1, second)
        report.check("the sender is named", second["user-agent"].startswith("APIs-Google"), second["user-agent"])
        ada.refused(
            "a channel's id is used once", events.watch(calendarId="primary", body=wanted), 400, "channelIdNotUnique"
        )
        plain = {**wanted, "id": str(uuid.uuid4()), "address": "http://example.com/hook"}
        ada.refused(
            "an address elsewhere needs https",
            events.watch(calendarId="primary", body=plain),
            400,
            "push.webhookUrlNotHttps",
        )
        stop = {"id": channel["id"], "resourceId": channel["resourceId"]}
        ada.run(ada.api.channels().stop(body=stop))
        ada.refused("a stopped channel is not found", ada.api.channels().stop(body=stop), 404)

        # Another channel proves that the silence of a stopped one is not just slowness.
        count = len(receiver.received)
        ada.run(events.watch(calendarId="primary", body={**wanted, "id": str(uuid.uuid4()), "token": "second"}))
        ada.insert(meeting("More news"))
        report.check("another channel goes on", receiver.wait(told("second", "exists")) is not None)
        report.equal("a stopped channel is silent", tokens(receiver, count), {"second"})

        stage.control.post("clock", advanceSeconds=8 * 86400)
        count = len(receiver.received)
        ada.run(events.watch(calendarId="primary", body={**wanted, "id": str(uuid.uuid4()), "token": "third"}))
        ada.insert(meeting("News of next week"))
        report.check("a new channel is told after a week", receiver.wait(told("third", "exists")) is not None)
        report.equal("a channel ends by the clock", tokens(receiver, count), {"third"})


def the_list(stage):
    """a channel on the list of calendars"""
    report = stage.report
    ada = stage.person()
    with Receiver() as receiver:
        wanted = {"id": str(uuid.uuid4()), "type": "web_hook", "address": receiver.address, "token": "list"}
        channel = ada.run(ada.api.calendarList().watch(body=wanted))
        ada.run(ada.api.calendars().insert(body={"summary": "Team"}))
        found = receiver.wait(told("list", "exists"))
        report.equal("a new calendar is told", found and found[0]["x-goog-resource-uri"], channel["resourceUri"])


def told(token, state):
    """What a delivery of a channel with a state looks like; the channel is known by its token."""
    return lambda headers, body: (headers.get("x-goog-channel-token"), headers.get("x-goog-resource-state")) == (
        token,
        state,
    )


def tokens(receiver, first):
    """The tokens of the channels that were told something since then."""
    return {headers["x-goog-channel-token"] for headers, _ in receiver.received[first:]}


SCENARIOS = [channels, the_list]
