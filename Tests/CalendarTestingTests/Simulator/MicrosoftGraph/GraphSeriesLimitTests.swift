import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: what events and series must not be")
struct GraphSeriesLimitTests {
    static func daily(_ pattern: JSONNode = [:], _ range: JSONNode = [:]) -> JSONNode {
        var recurrence: JSONNode = [
            "pattern": ["type": "daily", "interval": 1],
            "range": ["type": "numbered", "startDate": "2026-03-03", "numberOfOccurrences": 3],
        ]
        for member in pattern.object?.members ?? [] { recurrence["pattern"]?[member.key] = member.value }
        for member in range.object?.members ?? [] { recurrence["range"]?[member.key] = member.value }
        return recurrence
    }

    @Test(
        "a pattern or range beyond what the service keeps is refused, also in parts that the pattern ignores",
        arguments: [
            (["interval": 1000], [:]), (["type": "weekly", "daysOfWeek": ["tuesday"], "interval": 100], [:]),
            (["dayOfMonth": 32], [:]), (["month": 13], [:]), (["index": "fifth"], [:]),
            ([:], ["numberOfOccurrences": 1000]), ([:], ["numberOfOccurrences": 0]), ([:], ["type": "forever"]),
            ([:], ["startDate": "2026-03-04"]),
        ] as [(JSONNode, JSONNode)]
    )
    func limits(_ pattern: JSONNode, _ range: JSONNode) async throws {
        let desk = try await GraphDesk()

        let whole = try await desk.create(["recurrence": Self.daily()])
        let reply = try await desk.create(["recurrence": Self.daily(pattern, range)])

        #expect(whole.status == 201)
        #expect(reply.status == 400)
        #expect(reply.code == "ErrorCalendarInvalidRecurrence")
    }

    @Test(
        "an occurrence may last until the next one begins, and not longer",
        arguments: [("2026-03-04T09:00:00", 201), ("2026-03-04T09:30:00", 400)]
    )
    func length(_ end: String, _ status: Int) async throws {
        let desk = try await GraphDesk()

        let reply = try await desk.create([
            "recurrence": Self.daily(), "end": ["dateTime": .string(end), "timeZone": "W. Europe Standard Time"],
        ])

        #expect(reply.status == status)
        #expect(reply.code == (status == 400 ? "ErrorOccurrenceTimeSpanTooBig" : nil))
    }

    @Test("a series that ends earlier forgets its exceptions after that, and keeps those before")
    func truncation() async throws {
        let desk = try await GraphDesk()
        let series = try await desk.create(["recurrence": GraphDesk.weekly(count: 4)])
        let ids = try await desk.call(.get, desk.view()).values.compactMap { $0["id"]?.string }
        for id in [ids[1], ids[3]] { _ = try await desk.call(.patch, desk.path(id), ["subject": "Moved"]) }
        var rule = GraphDesk.weekly(count: 2)
        rule["range"] = ["type": "endDate", "startDate": "2026-03-03", "endDate": "2026-03-16"]

        _ = try await desk.call(.patch, desk.path(series.id), ["recurrence": rule])

        let reply = try await desk.call(.get, desk.path(series.id) + "?$expand=exceptionOccurrences")
        #expect(reply.json["exceptionOccurrences"]?.elements.map { $0["id"]?.string } == [ids[1]])
        #expect(try await desk.call(.get, desk.view()).values.count == 2)
    }

    @Test("a time with an offset is put on the clock of its zone")
    func offset() async throws {
        let desk = try await GraphDesk()

        let reply = try await desk.create([
            "start": ["dateTime": "2026-03-03T08:00:00Z", "timeZone": "W. Europe Standard Time"],
            "end": ["dateTime": "2026-03-03T10:00:00.0000000+01:00", "timeZone": "W. Europe Standard Time"],
        ])

        #expect(reply.json["start"]?["dateTime"]?.string == "2026-03-03T08:00:00.0000000")
        #expect(reply.json["end"]?["dateTime"]?.string == "2026-03-03T09:00:00.0000000")
    }

    @Test(
        "a value of another type is refused",
        arguments: [
            ["body": "text"], ["body": ["contentType": "rtf", "content": "x"]], ["categories": "red"],
            ["categories": [1]], ["attendees": [:]], ["location": "Room 1"], ["locations": [:]], ["subject": 1],
            ["isReminderOn": "true"], ["showAs": "away"],
            ["singleValueExtendedProperties": [["id": "Key", "value": "1"]]],
        ] as [JSONNode]
    )
    func types(_ change: JSONNode) async throws {
        let desk = try await GraphDesk()

        let reply = try await desk.create(change)

        #expect(reply.status == 400)
        #expect(desk.graph.events(of: GraphDesk.nora).isEmpty)
    }

    @Test("an occurrence stays in the meeting of its series, until its own body loses it")
    func meetingOfOccurrence() async throws {
        let desk = try await GraphDesk()
        let series = try await desk.create(["recurrence": GraphDesk.weekly(count: 3), "isOnlineMeeting": true])
        let ids = try await desk.call(.get, desk.view()).values.compactMap { $0["id"]?.string }

        let kept = try await desk.call(.patch, desk.path(ids[0]), ["subject": "New", "isOnlineMeeting": false])
        let lost = try await desk.call(
            .patch,
            desk.path(ids[1]),
            ["body": ["contentType": "text", "content": "By phone"]]
        )
        let master = try await desk.call(.get, desk.path(series.id))

        #expect(kept.json["onlineMeeting"] == series.json["onlineMeeting"])
        #expect(kept.json["isOnlineMeeting"] == true)
        #expect(lost.json["isOnlineMeeting"] == false)
        #expect(lost.json["onlineMeeting"] == .null)
        #expect(master.json["onlineMeeting"] == series.json["onlineMeeting"])
    }
}
