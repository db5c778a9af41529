import CalendarCore
import Foundation
import Testing

@Suite("Slot finder")
struct SlotFinderTests {
    @Test("M-19 slots start at quarter hours whatever the window's odd start")
    func alignment() throws {
        var request = try SlotSamples.morning([SlotSamples.person("Ada")])
        request.start = SlotSamples.date("2026-03-02T09:00").addingTimeInterval(61.5)
        request.end = SlotSamples.date("2026-03-02T10:20")

        let search = try SlotFinder.find(request, now: SlotSamples.longAgo)

        #expect(SlotSamples.starts(search) == ["09:15", "09:30", "09:45"])
    }

    @Test("M-19 quarter hours are those of the request's zone, also at odd offsets")
    func zoneAlignment() throws {
        var request = try SlotSamples.morning([SlotSamples.person("Ada")])
        request.zone = EventZone("Asia/Kathmandu")
        request.step = 3600

        let search = try SlotFinder.find(request, now: SlotSamples.longAgo)

        #expect(SlotSamples.starts(search, "Asia/Kathmandu") == ["15:00", "16:00", "17:00"])
    }

    @Test("M-19 any positive duration is accepted", arguments: [1, 59, 60, 2_700, 10_800])
    func durations(_ seconds: Int) throws {
        var request = try SlotSamples.morning([SlotSamples.person("Ada")])
        request.duration = seconds

        let slots = try SlotFinder.find(request, now: SlotSamples.longAgo).slots

        #expect(slots.count == (10_800 - seconds) / 900 + 1)
        #expect(slots.allSatisfy { $0.end.timeIntervalSince($0.start) == Double(seconds) })
    }

    @Test("M-19 a meeting fits between people of several zones only where all their hours meet")
    func severalZones() throws {
        let london = try WorkingHours.weekdays(from: "09:00", to: "17:00", in: EventZone("Europe/London"))
        let york = try WorkingHours.weekdays(from: "09:00", to: "17:00", in: EventZone("America/New_York"))
        // From 8 March 2026 New York is on summer time, London is not until 29 March: the overlap is an hour longer.
        var request = try SlotSamples.morning([
            SlotSamples.person("Ada", hours: london), SlotSamples.person("Grace", hours: york),
        ])
        request.start = SlotSamples.date("2026-03-06T00:00")
        request.end = SlotSamples.date("2026-03-10T00:00")
        request.step = 3600
        request.duration = 3600

        let slots = try SlotFinder.find(request, now: SlotSamples.longAgo).slots

        #expect(
            slots.map { $0.description(in: .utc) } == [
                "Fri 6 Mar 14:00 to 15:00", "Fri 6 Mar 15:00 to 16:00", "Fri 6 Mar 16:00 to 17:00",
                "Mon 9 Mar 13:00 to 14:00", "Mon 9 Mar 14:00 to 15:00", "Mon 9 Mar 15:00 to 16:00",
                "Mon 9 Mar 16:00 to 17:00",
            ]
        )
    }

    @Test("the limit ends the search, and candidates behind it are not counted as rejected")
    func limit() throws {
        var request = try SlotSamples.morning([SlotSamples.person("Ada", [SlotSamples.busy("2026-03-02 09:00-09:30")])])
        request.limit = 2

        let search = try SlotFinder.find(request, now: SlotSamples.longAgo)

        #expect(SlotSamples.starts(search) == ["09:30", "09:45"])
        #expect(search.rejected.count == 2)
        #expect(!search.isComplete)
    }

    @Test("a busy interval that ends where a meeting starts is not in its way")
    func touching() throws {
        let busy = [SlotSamples.busy("2026-03-02 09:00-10:00"), SlotSamples.busy("2026-03-02 10:30-12:00")]
        let request = try SlotSamples.morning([SlotSamples.person("Ada", busy)])

        #expect(SlotSamples.starts(try SlotFinder.find(request, now: SlotSamples.longAgo)) == ["10:00"])
    }

    @Test("intervals out of order, empty or reversed give the same slots as those in order")
    func disorder() throws {
        let first = SlotSamples.busy("2026-03-02 09:00-10:00")
        let last = SlotSamples.busy("2026-03-02 10:30-12:00")
        let empty = SlotSamples.busy("2026-03-02 10:15-10:15")
        let reversed = BusyInterval(start: last.end, end: first.start)
        let request = try SlotSamples.morning([SlotSamples.person("Ada", [last, empty, reversed, first])])

        #expect(SlotSamples.starts(try SlotFinder.find(request, now: SlotSamples.longAgo)) == ["10:00"])
    }

    @Test("a step that does not divide the day starts again at midnight")
    func oddStep() throws {
        var request = try SlotSamples.morning([SlotSamples.person("Ada")])
        request.start = SlotSamples.date("2026-03-02T14:00")
        request.end = SlotSamples.date("2026-03-03T08:00")
        request.step = 7 * 3600

        #expect(
            SlotSamples.starts(try SlotFinder.find(request, now: SlotSamples.longAgo)) == [
                "14:00", "21:00", "00:00", "07:00",
            ]
        )
    }
}
