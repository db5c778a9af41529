"""When people are free."""

from msgraph.generated.models.attendee_base import AttendeeBase
from msgraph.generated.models.email_address import EmailAddress
from msgraph.generated.models.free_busy_status import FreeBusyStatus
from msgraph.generated.models.time_constraint import TimeConstraint
from msgraph.generated.models.time_slot import TimeSlot
from msgraph.generated.users.item.calendar.get_schedule.get_schedule_post_request_body import GetSchedulePostRequestBody
from msgraph.generated.users.item.find_meeting_times.find_meeting_times_post_request_body import (
    FindMeetingTimesPostRequestBody,
)

from session import at, meeting, sending, starts, zoned


def asked(*schedules, day="2027-01-12", until="2027-01-12", minutes=60):
    return GetSchedulePostRequestBody(
        schedules=list(schedules),
        start_time=at(day, "08:00"),
        end_time=at(until, "18:00"),
        availability_view_interval=minutes,
    )


async def schedules(stage):
    """free and busy"""
    report = stage.report
    ada, grace = stage.person(), stage.person()
    await grace.insert(meeting("Busy"))
    await grace.insert(meeting("Perhaps", begin="10:30", end="12:00", show_as=FreeBusyStatus.Tentative))
    await grace.insert(meeting("Away", begin="14:00", end="15:30", show_as=FreeBusyStatus.Oof))
    await grace.insert(meeting("Free", begin="16:00", end="17:00", show_as=FreeBusyStatus.Free))
    schedule = ada.me.calendar.get_schedule
    answer = (await schedule.post(asked(grace.email, "nobody@example.net"))).value
    report.equal(
        "each slot has its strongest status",
        (answer[0].schedule_id, answer[0].availability_view),
        (grace.email, "0021003300"),
    )
    report.check("an unknown mailbox fails on its own", answer[1].error.response_code, answer[1].error)
    items = [row for row in answer[0].schedule_items if row.status != FreeBusyStatus.Free]
    report.equal(
        "spans are in UTC",
        starts(items),
        ["2027-01-12T09:00:00.0000000", "2027-01-12T09:30:00.0000000", "2027-01-12T13:00:00.0000000"],
    )
    local = (await schedule.post(asked(grace.email), request_configuration=sending(zoned("Europe/Berlin")))).value
    report.equal("or in the preferred zone", local[0].schedule_items[0].start.date_time, "2027-01-12T10:00:00.0000000")
    report.equal("working hours are told", local[0].working_hours.time_zone.name, "W. Europe Standard Time")
    many = [f"person{number}@example.net" for number in range(21)]
    await ada.refused("at most twenty are asked for", schedule.post(asked(*many)), 400)
    await ada.refused("and at most 62 days", schedule.post(asked(grace.email, until="2027-04-12")), 400)
    await ada.refused("in slots of five minutes at least", schedule.post(asked(grace.email, minutes=4)), 400)


async def suggestions(stage):
    """times to meet"""
    report = stage.report
    ada, grace = stage.person(), stage.person()
    await grace.insert(meeting("Busy"))
    slot = TimeSlot(start=at("2027-01-12", "10:00"), end=at("2027-01-12", "12:00"))
    body = FindMeetingTimesPostRequestBody(
        attendees=[AttendeeBase(email_address=EmailAddress(address=grace.email))],
        # The client would write a timedelta as Python does, which is no duration of ISO 8601.
        meeting_duration="PT1H",
        time_constraint=TimeConstraint(time_slots=[slot]),
        minimum_attendee_percentage=100.0,
    )
    answer = await ada.me.find_meeting_times.post(body, request_configuration=sending(zoned("Europe/Berlin")))
    found = [row.meeting_time_slot.start.date_time for row in answer.meeting_time_suggestions]
    report.equal("the free hour is found", found, ["2027-01-12T11:00:00.0000000"])
    report.equal("everybody can come", answer.meeting_time_suggestions[0].confidence, 100.0)
    body.time_constraint.time_slots[0].end = at("2027-01-12", "11:00")
    none = await ada.me.find_meeting_times.post(body)
    report.equal(
        "where there is none the reason is told",
        (none.meeting_time_suggestions, none.empty_suggestions_reason.lower()),
        ([], "attendeesunavailable"),
    )


SCENARIOS = [schedules, suggestions]
