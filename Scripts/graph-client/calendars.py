"""Calendars, their groups, and who may do what with them."""

from msgraph.generated.models.calendar import Calendar
from msgraph.generated.models.calendar_color import CalendarColor
from msgraph.generated.models.calendar_group import CalendarGroup
from msgraph.generated.models.calendar_permission import CalendarPermission
from msgraph.generated.models.calendar_role_type import CalendarRoleType
from msgraph.generated.models.email_address import EmailAddress

from session import meeting, titles


async def calendar_life(stage):
    """calendars"""
    report = stage.report
    ada = stage.person()
    calendars = ada.me.calendars
    default = await ada.get(ada.me.calendar)
    report.equal(
        "a new account has a default calendar of its own",
        (default.is_default_calendar, default.can_edit, default.is_removable, default.owner.address),
        (True, True, False, ada.email),
    )
    team = await calendars.post(Calendar(name="Team", color=CalendarColor.LightGreen))
    report.equal(
        "a new calendar has a name and a colour",
        (team.name, team.color, team.is_default_calendar),
        ("Team", CalendarColor.LightGreen, False),
    )
    names = {row.name for row in await ada.rows(calendars)}
    report.check("it is listed beside the default calendar", {"Team", default.name} <= names, names)
    one = calendars.by_calendar_id(team.id)
    renamed = await one.patch(Calendar(name="Crew"))
    report.equal("it is renamed", (renamed.name, (await ada.get(one)).name), ("Crew", "Crew"))
    report.check("with another change key", renamed.change_key != team.change_key)
    await ada.refused("a name is used once", calendars.post(Calendar(name="Crew")), 409, "ErrorFolderExists")
    made = await one.events.post(meeting("Here"))
    report.equal("an event is in its calendar", titles(await ada.rows(one.events)), ["Here"])
    report.equal("and not in the default one", titles(await ada.rows(ada.me.events)), [])
    home = await ada.get(ada.me.events.by_event_id(made.id).calendar)
    report.equal("the event leads to its calendar", home.id, team.id)
    await one.delete()
    await ada.refused("a deleted calendar is gone", ada.get(one), 404, "ErrorItemNotFound")
    await ada.refused("with its events", ada.read(made.id), 404, "ErrorItemNotFound")
    await ada.refused("the default calendar stays", calendars.by_calendar_id(default.id).delete(), 400)
    for number in range(11):
        await calendars.post(Calendar(name=f"Project {number:02}"))
    pages = await ada.pages(calendars)
    report.equal("a page has ten calendars", len(pages[0].value), 10)
    report.equal("pages give every calendar once", len({row.id for page in pages for row in page.value}), 12)
    first = (await ada.get(calendars, top=3, skip=1, select=["name"])).value
    report.equal("listings take $top, $skip and $select", (len(first), first[0].color), (3, None))


async def groups(stage):
    """groups of calendars"""
    report = stage.report
    ada = stage.person()
    groups = ada.me.calendar_groups
    listed = await ada.rows(groups)
    report.check("a new account has a group for its own calendars", listed and listed[0].class_id is not None, listed)
    made = await groups.post(CalendarGroup(name="Clients"))
    one = groups.by_calendar_group_id(made.id)
    renamed = await one.patch(CalendarGroup(name="Customers"))
    report.equal("a group is renamed", renamed.name, "Customers")
    calendar = await one.calendars.post(Calendar(name="Acme"))
    report.equal("a calendar is made in a group", [row.id for row in await ada.rows(one.calendars)], [calendar.id])
    report.check("and listed with all", calendar.id in [row.id for row in await ada.rows(ada.me.calendars)])
    await ada.refused("a group that is not empty stays", one.delete(), 400)
    await ada.me.calendars.by_calendar_id(calendar.id).delete()
    await one.delete()
    report.equal("an empty one goes", [row.id for row in await ada.rows(groups)], [row.id for row in listed])


async def sharing(stage):
    """shared calendars"""
    report = stage.report
    ada, grace = stage.person(), stage.person("America/New_York")
    team = await ada.me.calendars.post(Calendar(name="Team"))
    permissions = ada.me.calendars.by_calendar_id(team.id).calendar_permissions
    report.check("nobody else has the calendar", "Team" not in [row.name for row in await calendars_of(grace)])
    granted = await permissions.post(
        CalendarPermission(email_address=EmailAddress(address=grace.email, name="Grace"), role=CalendarRoleType.Write)
    )
    report.equal(
        "a permission names the person and the role",
        (granted.email_address.address, granted.role),
        (grace.email, CalendarRoleType.Write),
    )
    report.check("it is listed", granted.id in [row.id for row in await ada.rows(permissions)])
    shared = next(row for row in await calendars_of(grace) if row.owner.address == ada.email)
    report.equal("the calendar is among the other's", (shared.can_edit, shared.is_default_calendar), (True, False))
    report.check("under an id of its own", shared.id != team.id)
    theirs = grace.me.calendars.by_calendar_id(shared.id)
    made = await theirs.events.post(meeting("From Grace"))
    report.equal(
        "the other writes on behalf of the owner",
        (made.is_organizer, made.organizer.email_address.address),
        (True, ada.email),
    )
    seen = await ada.rows(ada.me.calendars.by_calendar_id(team.id).events)
    report.equal("the owner sees it", titles(seen), ["From Grace"])
    one = permissions.by_calendar_permission_id(granted.id)
    changed = await one.patch(CalendarPermission(role=CalendarRoleType.Read))
    report.equal("a role is changed", changed.role, CalendarRoleType.Read)
    report.equal("a reader reads", titles(await grace.rows(theirs.events)), ["From Grace"])
    await grace.refused("a reader writes nothing", theirs.events.post(meeting("No")), 403, "ErrorAccessDenied")
    await one.delete()
    report.check(
        "without the permission the calendar is gone", "Team" not in [row.name for row in await calendars_of(grace)]
    )
    await grace.refused("and its events", grace.get(theirs.events), 404)


async def calendars_of(person):
    return await person.rows(person.me.calendars)


SCENARIOS = [calendar_life, groups, sharing]
