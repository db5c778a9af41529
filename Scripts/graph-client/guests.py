"""Meetings with guests: invitations, answers, cancellations, and the mail that goes with them."""

from msgraph.generated.models.attendee import Attendee
from msgraph.generated.models.attendee_type import AttendeeType
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.event import Event
from msgraph.generated.models.free_busy_status import FreeBusyStatus
from msgraph.generated.models.response_type import ResponseType
from msgraph.generated.models.time_slot import TimeSlot
from msgraph.generated.users.item.events.item.accept.accept_post_request_body import AcceptPostRequestBody
from msgraph.generated.users.item.events.item.cancel.cancel_post_request_body import CancelPostRequestBody
from msgraph.generated.users.item.events.item.decline.decline_post_request_body import DeclinePostRequestBody
from msgraph.generated.users.item.events.item.forward.forward_post_request_body import ForwardPostRequestBody
from msgraph.generated.users.item.events.item.tentatively_accept.tentatively_accept_post_request_body import (
    TentativelyAcceptPostRequestBody,
)

from series import WINDOW, daily
from session import at, meeting, recipient, titles


def guest(email, kind=AttendeeType.Required):
    return Attendee(type=kind, email_address=EmailAddress(address=email, name=email.split("@")[0]))


async def copy_of(person, event):
    """The copy of a meeting in somebody's mailbox, which shares nothing but the UID."""
    rows = await person.rows(person.me.events, filter=f"iCalUId eq '{event.i_cal_u_id}'")
    return rows[0] if rows else None


async def answers(person, event):
    """How the guests of an event have answered, by address."""
    read = await person.read(event.id)
    return {row.email_address.address: row.status.response for row in read.attendees}


def kinds(stage, email):
    return [mail["kind"] for mail in stage.control.mail(email)]


async def invitations(stage):
    """a meeting with guests"""
    report = stage.report
    ada, grace = stage.person(), stage.person("America/New_York")
    outside = f"outside-{ada.email}"
    made = await ada.insert(meeting("Kick-off", attendees=[guest(grace.email), guest(outside, AttendeeType.Optional)]))
    report.equal(
        "guests have not answered yet",
        await answers(ada, made),
        {grace.email: ResponseType.None_, outside: ResponseType.None_},
    )
    report.equal("a guest outside gets an invitation", kinds(stage, outside), ["invitation"])
    copy = await copy_of(grace, made)
    report.equal(
        "a guest has a copy of her own",
        (copy.id != made.id, copy.is_organizer, copy.organizer.email_address.address, copy.response_status.response),
        (True, False, ada.email, ResponseType.NotResponded),
    )
    report.equal("it is tentative", copy.show_as, FreeBusyStatus.Tentative)
    await grace.refused("the organizer's id means nothing to her", grace.read(made.id), 404, "ErrorItemNotFound")
    theirs = grace.me.events.by_event_id(copy.id)
    await theirs.accept.post(AcceptPostRequestBody(comment="Gladly", send_response=True))
    report.equal("the organizer sees the answer", (await answers(ada, made))[grace.email], ResponseType.Accepted)
    report.equal("which was mailed", kinds(stage, ada.email), ["response"])
    report.equal("the copy says so", (await grace.read(copy.id)).response_status.response, ResponseType.Accepted)
    await ada.me.events.by_event_id(made.id).patch(Event(subject="Kick-off of all"))
    report.equal("a change is mailed", kinds(stage, outside), ["invitation", "update"])
    report.equal("and seen in the copy", (await grace.read(copy.id)).subject, "Kick-off of all")
    await grace.refused(
        "a guest cancels nothing", theirs.cancel.post(CancelPostRequestBody(comment="No")), 400, "ErrorInvalidRequest"
    )
    await ada.refused(
        "an organizer accepts nothing",
        ada.me.events.by_event_id(made.id).accept.post(AcceptPostRequestBody(send_response=True)),
        400,
    )
    await ada.me.events.by_event_id(made.id).cancel.post(CancelPostRequestBody(comment="Called off"))
    report.equal("a called-off meeting is mailed", kinds(stage, outside)[-1], "cancellation")
    report.equal("the guest's copy is cancelled", (await grace.read(copy.id)).is_cancelled, True)
    await ada.refused("the organizer's is gone", ada.read(made.id), 404)


async def refusals(stage):
    """guests who do not come"""
    report = stage.report
    ada, grace = stage.person(), stage.person()
    made = await ada.insert(meeting("Late", attendees=[guest(grace.email)]))
    copy = await copy_of(grace, made)
    slot = TimeSlot(start=at("2027-01-12", "14:00"), end=at("2027-01-12", "15:00"))
    theirs = grace.me.events.by_event_id(copy.id)
    await grace.refused(
        "a new time is not proposed in silence",
        theirs.tentatively_accept.post(TentativelyAcceptPostRequestBody(proposed_new_time=slot, send_response=False)),
        400,
    )
    await theirs.tentatively_accept.post(TentativelyAcceptPostRequestBody(proposed_new_time=slot, send_response=True))
    seen = (await ada.read(made.id)).attendees[0]
    report.equal("a guest may come", seen.status.response, ResponseType.TentativelyAccepted)
    report.equal("at a time of her own", seen.proposed_new_time.start.date_time, "2027-01-12T13:00:00.0000000")
    before = len(kinds(stage, ada.email))
    await theirs.decline.post(DeclinePostRequestBody(comment="Sorry", send_response=True))
    report.equal("a refusal is mailed", kinds(stage, ada.email)[before:], ["response"])
    report.equal("the organizer sees it", await answers(ada, made), {grace.email: ResponseType.Declined})
    report.equal("the copy is off the calendar", await copy_of(grace, made), None)
    quiet = await ada.insert(meeting("Quiet", attendees=[guest(grace.email)]))
    copy = await copy_of(grace, quiet)
    before = len(kinds(stage, ada.email))
    await grace.me.events.by_event_id(copy.id).accept.post(AcceptPostRequestBody(send_response=False))
    report.equal("an answer may stay a secret", len(kinds(stage, ada.email)) - before, 0)
    report.equal("from the organizer as well", await answers(ada, quiet), {grace.email: ResponseType.None_})


async def lists(stage):
    """who is invited"""
    report = stage.report
    ada, grace, alan = stage.person(), stage.person(), stage.person()
    made = await ada.insert(meeting("Choir", attendees=[guest(grace.email)]))
    one = ada.me.events.by_event_id(made.id)
    await one.patch(Event(attendees=[guest(alan.email)]))
    report.equal("who is left out is told", kinds(stage, grace.email), ["invitation", "cancellation"])
    report.equal("who is new is invited", kinds(stage, alan.email), ["invitation"])
    copy = await copy_of(alan, made)
    await alan.me.events.by_event_id(copy.id).forward.post(
        ForwardPostRequestBody(comment="You too?", to_recipients=[recipient(grace.email)])
    )
    report.equal("an invitation is passed on", kinds(stage, grace.email)[-1], "invitation")
    report.check("the organizer knows", grace.email in await answers(ada, made))
    series = await ada.insert(daily("Course", attendees=[guest(grace.email)]))
    rows = await ada.rows(ada.me.events.by_event_id(series.id).instances, **WINDOW)
    await ada.me.events.by_event_id(rows[1].id).cancel.post(CancelPostRequestBody(comment="Holiday"))
    report.equal("one occurrence is called off", kinds(stage, grace.email)[-1], "cancellation")
    found = await grace.rows(grace.me.calendar_view, **WINDOW)
    report.equal("and the guest has the others", titles(row for row in found if not row.is_cancelled), titles(rows[:4]))


SCENARIOS = [invitations, refusals, lists]
