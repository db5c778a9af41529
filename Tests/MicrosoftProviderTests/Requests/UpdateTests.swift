import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: updates")
struct UpdateTests {
    private static let refusal =
        #"{"error":{"code":"preconditionFailed","innerError":{"code":"entityTagDoesNotMatch"}}}"#

    private func update(_ graph: ScriptedGraph, _ base: EventContent, _ content: EventContent) async throws
        -> RemoteEvent
    {
        let update = EventUpdate(id: "e1", etag: "W/\"v1\"", base: base, content: content, invitations: .notifyGuests)
        return try await graph.provider.update(update, in: ScriptedGraph.calendar, session: graph.session)
    }

    @Test("a refused version whose event says what was wanted is an earlier attempt that landed (R-34)")
    func landed() async throws {
        let base = try Sample.content()
        var content = base
        content.title = "Other"
        let refused = ScriptedTransport.Step.expect(operation: "events.update", .json(Self.refusal, status: 412))
        let landed = ScriptedGraph(
            refused,
            .expect(
                operation: "events.get",
                .json(ScriptedGraph.event(["subject": "Other", "@odata.etag": "W/\"v2\""]))
            )
        )
        let changed = ScriptedGraph(
            refused,
            .expect(operation: "events.get", .json(ScriptedGraph.event(["subject": "Theirs"])))
        )
        let gone = ScriptedGraph(refused, .expect(operation: "events.get", .json("{}", status: 404)))

        let event = try await update(landed, base, content)
        let conflict = await #expect(throws: CalendarError.self) { try await update(changed, base, content) }
        let missing = await #expect(throws: CalendarError.self) { try await update(gone, base, content) }

        #expect(event.etag == "W/\"v2\"")
        #expect(conflict?.code == .conflict)
        #expect(missing?.code == .notFound)
    }

    @Test(
        "a changed occurrence is read again, and a change that was confirmed and not kept is told",
        arguments: [true, false]
    )
    func occurrence(_ isKept: Bool) async throws {
        let base = try Sample.content()
        var content = base
        content.title = "Other"
        let row: JSONNode = ["type": "exception", "seriesMasterId": "s1", "originalStart": "2026-03-03T09:00:00Z"]
        let answer = ScriptedGraph.event(row.merging(["subject": "Other"]))
        let read = ScriptedGraph.event(row.merging(["subject": .string(isKept ? "Other" : "Review")]))
        let graph = ScriptedGraph(
            .expect(operation: "events.update", .json(answer)),
            .expect(operation: "events.get", .json(read))
        )

        if isKept {
            #expect(try await update(graph, base, content).content.title == "Other")
        } else {
            let error = await #expect(throws: CalendarError.self) { try await update(graph, base, content) }
            #expect(error?.code == .unavailable && error?.isOutcomeUnknown == true)
        }
        #expect(graph.transport.remaining == 0)
    }

    @Test(
        "a guest changes what is their own and nothing of the organizer's, which is told before any call",
        arguments: [
            ("title", false), ("time", false), ("location", false), ("attendees", false), ("availability", true),
            ("reminders", true), ("categories", true),
        ]
    )
    func guest(_ field: String, _ isOwn: Bool) async throws {
        var base = try Sample.content()
        base.organizer = EventPerson("grace@example.com")
        base.attendees = [Attendee("ada@example.com", isSelf: true)]
        var content = base
        switch field {
        case "title": content.title = "Mine"
        case "time": content.end = try Sample.time("2026-03-03T12:00:00")
        case "location": content.location = "Room 5"
        case "attendees": content.attendees.append(Attendee("alan@example.com"))
        case "availability": content.availability = .free
        case "reminders": content.reminders = EventReminders(usesDefault: false, overrides: [.init(minutesBefore: 30)])
        default: content.categories = ["Mine"]
        }
        let graph = ScriptedGraph(.expect(operation: "events.update", .json(ScriptedGraph.event())))

        if isOwn {
            _ = try await update(graph, base, content)
            #expect(graph.operations == ["events.update"])
        } else {
            let error = await #expect(throws: CalendarError.self) { try await update(graph, base, content) }
            #expect(error?.code == .rejected && error?.field == field)
            #expect(graph.operations.isEmpty)
        }
    }
}
