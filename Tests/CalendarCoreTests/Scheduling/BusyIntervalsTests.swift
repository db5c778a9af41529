import CalendarCore
import Foundation
import Testing

@Suite("Busy intervals of several calendars")
struct BusyIntervalsTests {
    private let first = SlotSamples.busy("2026-03-02 09:00-10:00")
    private let second = SlotSamples.busy("2026-03-02 09:30-11:00")
    private let third = SlotSamples.busy("2026-03-02 11:00-12:00")

    @Test("overlapping intervals of two calendars become one, touching ones stay apart")
    func union() {
        let merged = BusyIntervals(merging: [.known([second, third]), .known([first])])

        #expect(merged.busyTime == .known([SlotSamples.busy("2026-03-02 09:00-11:00"), third]))
    }

    @Test("the order of the answers does not matter, and merging again changes nothing")
    func order() {
        let answers: [BusyTime] = [
            .known([first, third]), .unknown(reason: "timedOut"), .known([second, first]),
            .unknown(reason: "forbidden"),
        ]
        let merged = BusyIntervals(merging: answers)

        #expect(BusyIntervals(merging: answers.reversed()) == merged)
        #expect(BusyIntervals(merging: [.known(merged.known)]).known == merged.known)
        #expect(merged.unknownReasons == ["forbidden", "timedOut"])
    }

    @Test("R-37 the merged time is unknown when any calendar is, and what is known is kept beside it")
    func unknown() {
        let merged = BusyIntervals(merging: [.known([first]), .unknown(reason: "forbidden")], stored: [third])

        #expect(merged.busyTime == .unknown(reason: "forbidden"))
        #expect(merged.known == [first, third])
    }

    @Test("tentative and certain time stay apart, free time is left out")
    func kinds() {
        let tentative = SlotSamples.busy("2026-03-02 09:00-12:00", .tentative)
        let free = SlotSamples.busy("2026-03-02 08:00-12:00", .free)
        let merged = BusyIntervals(merging: [.known([tentative, free]), .known([first, second])])

        #expect(merged.known == [SlotSamples.busy("2026-03-02 09:00-11:00"), tentative])
    }

    @Test("an event takes its owner's time unless it is cancelled, free or declined")
    func events() throws {
        let zone = EventZone("Europe/Vienna")
        let day = try #require(CivilDate("2026-03-29"))
        var event = EventContent(title: nil, start: .day(day), end: .day(day.adding(days: 1)))
        let interval = try #require(BusyInterval(event, floatingIn: zone))
        var cancelled = event
        cancelled.status = .cancelled
        var free = event
        free.availability = .free
        var declined = event
        declined.attendees = [Attendee("ada@example.com", response: .declined, isSelf: true)]
        event.status = .tentative

        #expect(interval.end.timeIntervalSince(interval.start) == 23 * 3600)
        #expect(BusyInterval(cancelled, floatingIn: zone) == nil)
        #expect(BusyInterval(free, floatingIn: zone) == nil)
        #expect(BusyInterval(declined, floatingIn: zone) == nil)
        #expect(BusyInterval(event, floatingIn: zone)?.availability == .tentative)
    }
}
