import CalendarCore
import Foundation
import Testing

@Suite("Slot requests: bad input")
struct SlotInputTests {
    @Test("a duration that is not positive is refused by name", arguments: [0, -1, Int.min])
    func duration(_ seconds: Int) {
        #expect(refused { $0.duration = seconds } == "duration")
        #expect(throws: CalendarError.self) {
            try SlotRequest(
                duration: seconds,
                from: SlotSamples.date("2026-03-02T09:00"),
                until: SlotSamples.date("2026-03-02T12:00"),
                in: .utc,
                participants: [SlotSamples.person("Ada")]
            )
        }
    }

    @Test("a window that is empty, reversed, not a number or far too long is refused")
    func window() {
        #expect(refused { $0.end = $0.start } == "end")
        #expect(refused { $0.end = $0.start.addingTimeInterval(-1) } == "end")
        #expect(refused { $0.end = Date(timeIntervalSince1970: .nan) } == "end")
        #expect(refused { $0.end = .distantFuture } == "end")
        #expect(refused { $0.end = Date(timeIntervalSince1970: .infinity) } == "end")
    }

    @Test("rules out of range are refused by name")
    func rules() {
        #expect(refused { $0.step = 0 } == "step")
        #expect(refused { $0.step = 86_401 } == "step")
        #expect(refused { $0.minimumNotice = -1 } == "minimumNotice")
        #expect(refused { $0.horizon = -1 } == "horizon")
        #expect(refused { $0.bufferBefore = -1 } == "bufferBefore")
        #expect(refused { $0.bufferAfter = -1 } == "bufferAfter")
        #expect(refused { $0.limit = 0 } == "limit")
        #expect(refused { $0.quorum = 1 } == "quorum")
        #expect(refused { $0.quorum = -1 } == "quorum")
    }

    @Test("participants are needed, told apart by id, and have buffers that are not negative")
    func participants() {
        #expect(refused { $0.participants = [] } == "participants")
        #expect(refused { $0.participants += $0.participants } == "participants[1]")
        #expect(refused { $0.participants[0].bufferAfter = -1 } == "participants[0].bufferAfter")
    }

    @Test("the largest numbers give an answer instead of an overflow")
    func extremes() throws {
        var request = try SlotSamples.morning([
            SlotSamples.person("Ada", [BusyInterval(start: .distantPast, end: .distantFuture)])
        ])
        request.bufferBefore = .max
        request.bufferAfter = .max
        request.participants[0].bufferBefore = .max
        request.minimumNotice = .max
        request.horizon = .max

        let search = try SlotFinder.find(request, now: SlotSamples.longAgo)
        request.duration = .max
        let long = try SlotFinder.find(request, now: SlotSamples.longAgo)

        #expect(search.slots.isEmpty)
        #expect(search.rejected.count == 11)
        #expect(long.examined == 0)
    }

    /// The field named by the error of a search after a change to a good request; nil when it is accepted.
    private func refused(_ change: (inout SlotRequest) -> Void) -> String? {
        do {
            var request = try SlotSamples.morning([SlotSamples.person("Ada")])
            change(&request)
            _ = try SlotFinder.find(request, now: SlotSamples.longAgo)
            return nil
        } catch {
            let error = error as? CalendarError
            return error?.code == .invalidArgument ? error?.field : nil
        }
    }
}
