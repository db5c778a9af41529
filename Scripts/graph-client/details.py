"""What hangs on an event: properties of one's own, extensions, files, online meetings, reminders."""

from msgraph.generated.models.event import Event
from msgraph.generated.models.file_attachment import FileAttachment
from msgraph.generated.models.online_meeting_provider_type import OnlineMeetingProviderType
from msgraph.generated.models.open_type_extension import OpenTypeExtension
from msgraph.generated.models.single_value_legacy_extended_property import SingleValueLegacyExtendedProperty
from msgraph.generated.users.item.events.item.snooze_reminder.snooze_reminder_post_request_body import (
    SnoozeReminderPostRequestBody,
)

from session import at, meeting, text, titles

KEY = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name SyncKey"


async def properties(stage):
    """properties of one's own"""
    report = stage.report
    ada = stage.person()
    mark = SingleValueLegacyExtendedProperty(id=KEY, value="42")
    made = await ada.insert(meeting("Marked", single_value_extended_properties=[mark]))
    await ada.insert(meeting("Plain"))
    expand = [f"singleValueExtendedProperties($filter=id eq '{KEY}')"]
    read = await ada.read(made.id, expand=expand)
    report.equal("an own property is expanded", [row.value for row in read.single_value_extended_properties], ["42"])
    report.equal(
        "and not sent without being asked for", (await ada.read(made.id)).single_value_extended_properties, None
    )
    condition = f"singleValueExtendedProperties/any(ep: ep/id eq '{KEY}' and ep/value eq '42')"
    report.equal("it finds its event", titles(await ada.rows(ada.me.events, filter=condition)), ["Marked"])
    mark.value = "43"
    await ada.me.events.by_event_id(made.id).patch(Event(single_value_extended_properties=[mark]))
    read = await ada.read(made.id, expand=expand)
    report.equal("it is changed", [row.value for row in read.single_value_extended_properties], ["43"])


async def extensions(stage):
    """open extensions"""
    report = stage.report
    ada = stage.person()
    made = await ada.insert(meeting("Extended"))
    extensions = ada.me.events.by_event_id(made.id).extensions
    added = await extensions.post(
        OpenTypeExtension(extension_name="com.example.sync", additional_data={"colour": "green", "rank": 3})
    )
    report.check("an extension's id ends with its name", added.id.endswith("com.example.sync"), added.id)
    expand = ["extensions($filter=id eq 'com.example.sync')"]
    read = await ada.read(made.id, expand=expand)
    report.equal("it is expanded", [row.additional_data["colour"] for row in read.extensions], ["green"])
    one = extensions.by_extension_id("com.example.sync")
    report.equal("it is read by name", (await ada.get(one)).additional_data["rank"], 3)
    await one.delete()
    report.equal("it is deleted", (await ada.read(made.id, expand=["extensions"])).extensions or [], [])


async def files(stage):
    """files"""
    report = stage.report
    ada = stage.person()
    made = await ada.insert(meeting("With a file"))
    attachments = ada.me.events.by_event_id(made.id).attachments
    file = await attachments.post(
        FileAttachment(name="agenda.txt", content_type="text/plain", content_bytes=b"One. Two.")
    )
    report.equal("a file keeps its content", (file.name, file.size >= 9), ("agenda.txt", True))
    report.equal("the event says that it has one", (await ada.read(made.id)).has_attachments, True)
    read = await ada.get(attachments.by_attachment_id(file.id))
    report.equal("it is read", (type(read).__name__, read.content_bytes), ("FileAttachment", b"One. Two."))
    await attachments.by_attachment_id(file.id).delete()
    report.equal("it is deleted", await ada.rows(attachments), [])


async def online(stage):
    """an online meeting"""
    report = stage.report
    ada = stage.person()
    made = await ada.insert(
        meeting(
            "Call",
            body=text("Agenda"),
            is_online_meeting=True,
            online_meeting_provider=OnlineMeetingProviderType.TeamsForBusiness,
        )
    )
    # The link may be missing in the first answer.
    read = await ada.read(made.id)
    report.check(
        "an online meeting has a link", read.online_meeting.join_url.startswith("https://"), read.online_meeting
    )
    report.check("which stands in the body", read.online_meeting.join_url in read.body.content)
    renamed = await ada.me.events.by_event_id(made.id).patch(Event(subject="Conference"))
    report.equal("the link outlives a new title", renamed.online_meeting.join_url, read.online_meeting.join_url)
    emptied = await ada.me.events.by_event_id(made.id).patch(Event(body=text("Nothing")))
    report.equal(
        "a body without the block ends the online meeting",
        (emptied.is_online_meeting, emptied.online_meeting),
        (False, None),
    )


async def reminders(stage):
    """reminders"""
    report = stage.report
    ada = stage.person()
    made = await ada.insert(meeting("Remember", is_reminder_on=True, reminder_minutes_before_start=15))
    view = ada.me.reminder_view_with_start_date_time_with_end_date_time("2027-01-13T00:00:00", "2027-01-12T00:00:00")
    found = (await ada.get(view)).value
    report.equal("a reminder is due before its event", [row.event_subject for row in found], ["Remember"])
    one = ada.me.events.by_event_id(made.id)
    await one.snooze_reminder.post(SnoozeReminderPostRequestBody(new_reminder_time=at("2027-01-12", "09:55")))
    await one.dismiss_reminder.post()
    report.equal("a dismissed reminder does not come back", [row.event_id for row in (await ada.get(view)).value], [])


SCENARIOS = [properties, extensions, files, online, reminders]
