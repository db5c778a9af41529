import CalendarCore
import CalendarTesting
import Testing

@Suite("Duplicates in one calendar")
struct DuplicatesTests {
    private func issues(_ harness: SyncHarness) async throws -> [SyncIssue] {
        try await harness.repository.issues(in: harness.calendar)
    }

    @Test("R-09 k events with one UID and content are one record and one issue, on however many pages they come")
    func oneIssue() async throws {
        for pageSize in [100, 1] {
            let harness = SyncHarness(pageSize: pageSize)
            for id in ["e1", "e2", "e3"] as [RemoteEventID] { harness.provider.put(.sample(id, "Same", uid: "u1")) }
            harness.provider.put(.sample("e4", "Other"))

            try await harness.sync()
            try await harness.sync()

            let found = try await issues(harness)
            #expect(found.map(\.code) == [.duplicates], "\(pageSize)")
            #expect(found.map(\.event) == ["e1"], "\(pageSize)")
            #expect(found.first?.message.hasPrefix("3 events") == true, "\(pageSize)")
            #expect(try await harness.records().compactMap(\.content.title).sorted() == ["Other", "Same"])
            #expect(harness.provider.events().count == 4)
            #expect(harness.writes == 0)
        }
    }

    @Test("R-09 the issue counts what is left, and goes with the last duplicate", arguments: ["e1", "e2", "e3"])
    func goes(first: String) async throws {
        let harness = SyncHarness()
        let ids: [RemoteEventID] = ["e1", "e2", "e3"]
        for id in ids { harness.provider.put(.sample(id, "Same", uid: "u1")) }
        try await harness.sync()
        let left = ids.filter { $0.rawValue != first }

        harness.provider.remove(RemoteEventID(first))
        try await harness.sync()
        let two = try await issues(harness)
        harness.provider.remove(left[0])
        try await harness.sync()

        #expect(two.map(\.event) == [left[0]])
        #expect(two.first?.message.hasPrefix("2 events") == true)
        #expect(try await issues(harness).isEmpty)
        #expect(try await harness.records().map(\.content.title) == ["Same"])
        #expect(try await harness.link(to: left[1])?.isPrimary == true)
    }

    @Test("R-09 a duplicate that comes to say something else is none any more")
    func changed() async throws {
        let harness = SyncHarness()
        for id in ["e1", "e2"] as [RemoteEventID] { harness.provider.put(.sample(id, "Same", uid: "u1")) }
        try await harness.sync()

        harness.provider.put(.sample("e2", "Another", uid: "u1"))
        try await harness.sync()

        #expect(try await issues(harness).isEmpty)
    }

    @Test("R-09 a full round that lacks the first duplicate leaves the record with the second")
    func swept() async throws {
        let harness = SyncHarness()
        for id in ["e1", "e2"] as [RemoteEventID] { harness.provider.put(.sample(id, "Same", uid: "u1")) }
        try await harness.sync()
        harness.provider.remove("e1")
        harness.provider.expireCursors()

        try await harness.sync()

        #expect(try await issues(harness).isEmpty)
        #expect(try await harness.records().map(\.content.title) == ["Same"])
        #expect(try await harness.link(to: "e2")?.isPrimary == true)
    }

    @Test("R-09 other faults of the first duplicate stay on record when the duplicates go")
    func otherFaults() async throws {
        let harness = SyncHarness()
        for id in ["e1", "e2"] as [RemoteEventID] {
            var event = RemoteEvent.sample(id, "Same", uid: "u1")
            event.content.start = .zoned(event.content.start.civil, EventZone("Nowhere/Land"))
            event.content.end = .zoned(event.content.end.civil, EventZone("Nowhere/Land"))
            harness.provider.put(event)
        }
        try await harness.sync()
        #expect(try await issues(harness).map(\.code) == [.duplicates, .unknownZone, .unknownZone])

        harness.provider.remove("e2")
        try await harness.sync()

        #expect(try await issues(harness).map(\.code) == [.unknownZone])
        #expect(try await issues(harness).map(\.event) == ["e1"])
    }
}
