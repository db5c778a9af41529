import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Events that a round tells more than once")
struct RepeatedChangeTests {
    private func event(_ title: String, etag: String) -> RemoteEvent {
        var event = RemoteEvent.sample("e1", title)
        event.etag = etag
        return event
    }

    @Test("the last mention wins, on one page and over pages", arguments: [true, false])
    func lastWins(isOnePage: Bool) async throws {
        let harness = SyncHarness()
        let first = RemoteChange.upserted(event("Old", etag: "1"))
        let last = RemoteChange.upserted(event("New", etag: "2"))

        if isOnePage {
            try await harness.apply([first, last], harness.planner())
        } else {
            try await harness.apply([first], harness.planner(), isLast: false, round: 1)
            try await harness.apply([last], harness.planner(), round: 1)
        }

        #expect(try await harness.records().map(\.content.title) == ["New"])
        #expect(try await harness.link(to: "e1")?.etag == "2")
    }

    @Test("removed and then told again is there, told and then removed is gone", arguments: [true, false])
    func removal(isRemovedLast: Bool) async throws {
        let harness = SyncHarness()
        let changes: [RemoteChange] = [.removed("e1", isCertain: true), .upserted(event("Review", etag: "1"))]

        try await harness.apply(isRemovedLast ? changes.reversed() : changes, harness.planner())

        #expect(try await harness.records().count == (isRemovedLast ? 0 : 1))
    }
}
