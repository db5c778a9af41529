import CalendarCore
import Foundation
import Testing

@Suite("Slot check and reasons")
struct SlotCheckTests {
    private let interval = SlotSamples.busy("2026-03-02 10:00-11:00")

    @Test("F-12 a rejected candidate says who is busy and when, with a name and without an address")
    func description() throws {
        let request = try SlotSamples.morning([SlotSamples.person("Grace", [interval])])
        let search = try SlotFinder.find(request, now: SlotSamples.longAgo)
        let rejected = try #require(search.rejected.first { $0.start == SlotSamples.date("2026-03-02T10:15") })

        #expect(rejected.description(in: .utc) == "Mon 2 Mar 10:15: Grace is busy 10:00 to 11:00")
        #expect(
            rejected.description(in: EventZone("Asia/Tokyo")) == "Mon 2 Mar 19:15: Grace is busy 19:00 to 20:00"
        )
    }

    @Test("no printed form of a participant, slot or reason shows an address, even one given as the name")
    func canary() throws {
        let canary = "canary@example.com"
        let hours = try WorkingHours.weekdays(from: "10:00", to: "12:00", in: .utc)
        let busy = Participant(id: canary, name: canary, busy: .known([interval]), workingHours: hours)
        var unread = Participant(id: "2" + canary, busy: .unknown(reason: "unavailable"))
        unread.isRequired = false
        var request = try SlotSamples.morning([busy, unread])
        request.quorum = 1
        request.bufferBefore = 900
        let search = try SlotFinder.find(request, now: SlotSamples.longAgo)
        var printed = "\(busy) \(request) \(busy.label) \(String(reflecting: busy.label)) "
        printed += search.rejected.map { "\($0) \(String(reflecting: $0.reasons))" }.joined()
        dump(search.rejected.map(\.reasons), to: &printed)

        #expect(printed.contains("a participant is busy 10:00 to 11:00"))
        #expect(printed.contains("could not be read"))
        #expect(!printed.contains("@"))
    }

    @Test("F-12 all reasons against one time are told, not only the first")
    func several() throws {
        let hours = try WorkingHours.weekdays(from: "13:00", to: "14:00", in: .utc)
        let ada = SlotSamples.person("Ada", hours: hours)
        let grace = SlotSamples.person("Grace", [interval])
        var request = try SlotSamples.morning([ada, grace])
        request.minimumNotice = 86_400

        let search = try SlotFinder.find(request, now: SlotSamples.date("2026-03-02T00:00"))

        #expect(
            search.reasons(at: SlotSamples.date("2026-03-02T10:15")) == [
                .tooSoon, .outsideWorkingHours(ada.label), .busy(grace.label, interval),
            ]
        )
    }

    @Test("R-37 a time is refused at commit when somebody became busy or unreadable after it was offered")
    func commit() throws {
        var request = try SlotSamples.morning([SlotSamples.person("Grace")])
        let slot = try #require(try SlotFinder.find(request, now: SlotSamples.longAgo).slots.last)
        let verdict = {
            try SlotFinder.check(start: slot.start, end: slot.end, request: $0, now: SlotSamples.longAgo)
                .requireAvailable()
        }

        #expect(try verdict(request) == slot)
        request.participants[0].calendars = [.known([SlotSamples.busy("2026-03-02 11:59-12:00")])]
        #expect(throws: CalendarError(.slotTaken, "The time is not free by the rules of the request.")) {
            try verdict(request)
        }
        request.participants[0].calendars = [.unknown(reason: "unavailable")]
        #expect(
            throws: CalendarError(.busyUnknown, "A calendar needed for the decision could not be read.")
        ) { try verdict(request) }
    }

    @Test("R-37 a time outside the window is refused, because nothing is known of it")
    func outside() throws {
        let request = try SlotSamples.morning([SlotSamples.person("Grace")])

        let check = try SlotFinder.check(
            start: SlotSamples.date("2026-03-02T11:45"),
            end: SlotSamples.date("2026-03-02T12:15"),
            request: request,
            now: SlotSamples.longAgo
        )

        #expect(check.rejections == [.outsideWindow])
    }

    @Test("a check of a reversed time is refused by name")
    func reversed() throws {
        let request = try SlotSamples.morning([SlotSamples.person("Grace")])
        let error = #expect(throws: CalendarError.self) {
            try SlotFinder.check(start: request.end, end: request.start, request: request, now: SlotSamples.longAgo)
        }

        #expect(error?.field == "end")
    }

    @Test("the window to ask busy time for is widened by the longest buffers on either side")
    func busyWindow() throws {
        var people = [SlotSamples.person("Ada"), SlotSamples.person("Grace")]
        people[0].bufferBefore = 600
        people[1].bufferAfter = 1200
        var request = try SlotSamples.morning(people)
        request.bufferBefore = 60
        request.bufferAfter = 120

        #expect(request.busyWindow.start == request.start.addingTimeInterval(-660))
        #expect(request.busyWindow.end == request.end.addingTimeInterval(1320))
    }
}
