"""Several requests in one."""

import json

from msgraph.generated.models.event import Event
from msgraph_core.requests.batch_request_content import BatchRequestContent
from msgraph_core.requests.batch_request_item import BatchRequestItem

from session import LAST_ANSWER, meeting, titles


class Item(BatchRequestItem):
    """A request of a batch as the service takes it.

    The client keeps the whole address where the service wants what follows the version
    (https://github.com/microsoftgraph/msgraph-sdk-python-core/issues/1116), and misspells the requests it waits for.
    """

    def __init__(self, person, request, id, after=()):
        super().__init__(request, id, list(after))
        self.url = self.url.removeprefix(f"{person.root}/v1.0")

    def serialize(self, writer):
        super().serialize(writer)
        if self.depends_on:
            writer.write_collection_of_primitive_values("dependsOn", self.depends_on)


async def run(person, *batch):
    """The statuses of the answers to a batch, and their bodies, by id.

    The client drops bodies that are JSON (https://github.com/microsoft/kiota-python/issues/737).
    """
    answer = await person.api.batch.post(BatchRequestContent({item.id: item for item in batch}))
    bodies = {row["id"]: row.get("body") for row in json.loads(LAST_ANSWER.get())["responses"]}
    return answer.get_response_status_codes(), bodies


async def several(stage):
    """several requests in one"""
    report = stage.report
    ada = stage.person()
    events = ada.me.events
    statuses, bodies = await run(
        ada,
        Item(ada, ada.me.to_get_request_information(), "who"),
        Item(ada, events.to_post_request_information(meeting("In a batch")), "make"),
        Item(ada, events.by_event_id("nonsense").to_get_request_information(), "lost"),
    )
    report.equal("each has a status of its own", statuses, {"who": 200, "make": 201, "lost": 400})
    report.equal("an answer is found by its id", bodies["who"]["mail"], ada.email)
    made = bodies["make"]["id"]
    report.equal("a batch makes an event", (await ada.read(made)).subject, "In a batch")

    one = events.by_event_id(made)
    statuses, bodies = await run(
        ada,
        Item(ada, one.to_patch_request_information(Event(subject="Renamed")), "1"),
        Item(ada, events.to_get_request_information(), "2", after=["1"]),
        Item(ada, one.to_delete_request_information(), "3", after=["2"]),
    )
    report.equal("one follows the other", statuses, {"1": 200, "2": 200, "3": 204})
    report.equal("and sees what it did", [row["subject"] for row in bodies["2"]["value"]], ["Renamed"])
    statuses, _ = await run(
        ada,
        Item(ada, one.to_get_request_information(), "1"),
        Item(ada, events.to_post_request_information(meeting("Never")), "2", after=["1"]),
    )
    report.equal("without the first there is no second", statuses, {"1": 404, "2": 424})
    report.equal("nor what it would have made", titles(await ada.rows(events)), [])

    await events.post(meeting("Last"))
    stage.control.fault("status:429:retryAfter=1", pathContains="/events")
    statuses, _ = await run(ada, Item(ada, events.to_get_request_information(), "busy"))
    report.equal("a busy service says so for each", statuses, {"busy": 429})


SCENARIOS = [several]
