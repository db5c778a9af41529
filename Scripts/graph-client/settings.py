"""The settings of a mailbox, zones, categories, ids."""

from msgraph.generated.models.category_color import CategoryColor
from msgraph.generated.models.exchange_id_format import ExchangeIdFormat
from msgraph.generated.models.mailbox_settings import MailboxSettings
from msgraph.generated.models.outlook_category import OutlookCategory
from msgraph.generated.users.item.translate_exchange_ids.translate_exchange_ids_post_request_body import (
    TranslateExchangeIdsPostRequestBody,
)

from session import IMMUTABLE, meeting


async def the_mailbox(stage):
    """the settings of a mailbox"""
    report = stage.report
    ada = stage.person()
    settings = await ada.get(ada.me.mailbox_settings)
    report.equal("the zone has its Windows name", settings.time_zone, "W. Europe Standard Time")
    days = [day.value for day in settings.working_hours.days_of_week]
    report.equal("people work on weekdays", days, ["monday", "tuesday", "wednesday", "thursday", "friday"])
    await ada.me.mailbox_settings.patch(MailboxSettings(time_zone="Pacific Standard Time"))
    report.equal("the zone can be changed", (await ada.get(ada.me.mailbox_settings)).time_zone, "Pacific Standard Time")
    await ada.refused(
        "an unknown zone is refused", ada.me.mailbox_settings.patch(MailboxSettings(time_zone="Mars Time")), 400
    )


async def zones(stage):
    """the zones"""
    report = stage.report
    ada = stage.person()
    windows = await ada.get(ada.me.outlook.supported_time_zones)
    names = [zone.alias for zone in windows.value]
    report.check("there are more than 100 zones of Windows", len(names) > 100, len(names))
    report.check("Berlin's is among them", "W. Europe Standard Time" in names)
    standard = f"{stage.control.root}/v1.0/me/outlook/supportedTimeZones(TimeZoneStandard="
    iana = await ada.get(
        ada.me.outlook.supported_time_zones.with_url(f"{standard}microsoft.graph.timeZoneStandard'Iana')")
    )
    report.check("Berlin is among those of IANA", "Europe/Berlin" in [zone.alias for zone in iana.value])
    await ada.refused(
        "a bare word is no standard", ada.get(ada.me.outlook.supported_time_zones.with_url(f"{standard}Iana)")), 400
    )


async def categories(stage):
    """categories"""
    report = stage.report
    ada = stage.person()
    master = ada.me.outlook.master_categories
    made = await master.post(OutlookCategory(display_name="Travel", color=CategoryColor.Preset3))
    report.equal("a category has a colour", (made.display_name, made.color), ("Travel", CategoryColor.Preset3))
    report.check("it is listed", "Travel" in [row.display_name for row in await ada.rows(master)])
    await master.by_outlook_category_id(made.id).delete()
    report.check("and not after its deletion", "Travel" not in [row.display_name for row in await ada.rows(master)])


async def ids(stage):
    """ids of two kinds"""
    report = stage.report
    ada = stage.person()
    made = await ada.insert(meeting("Two ids"))
    fixed = await ada.read(made.id, IMMUTABLE)
    report.check("an event has an immutable id beside its own", fixed.id != made.id, fixed.id)
    report.equal("which leads to it as well", (await ada.read(fixed.id, IMMUTABLE)).subject, "Two ids")
    answer = await ada.me.translate_exchange_ids.post(
        TranslateExchangeIdsPostRequestBody(
            input_ids=[made.id],
            source_id_type=ExchangeIdFormat.RestId,
            target_id_type=ExchangeIdFormat.RestImmutableEntryId,
        )
    )
    report.equal(
        "one is translated into the other",
        [(row.source_id, row.target_id) for row in answer.value],
        [(made.id, fixed.id)],
    )


SCENARIOS = [the_mailbox, zones, categories, ids]
