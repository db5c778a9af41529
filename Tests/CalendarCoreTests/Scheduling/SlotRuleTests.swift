import CalendarCore
import Foundation
import Testing

@Suite("Slot rules")
struct SlotRuleTests {
    @Test("M-36 minimum notice admits a start exactly at its edge and none before")
    func noticeEdge() throws {
        var request = try SlotSamples.morning([SlotSamples.person("Ada")])
        request.minimumNotice = 3600
        let edge = SlotSamples.date("2026-03-02T09:00")

        let onEdge = try SlotFinder.find(request, now: edge)
        let later = try SlotFinder.find(request, now: edge.addingTimeInterval(0.001))

        #expect(SlotSamples.starts(onEdge).first == "10:00")
        #expect(SlotSamples.starts(later).first == "10:15")
        #expect(onEdge.rejected.map(\.reasons) == Array(repeating: [.tooSoon], count: 4))
    }

    @Test("M-36 a time that is past is too soon without any notice asked for")
    func past() throws {
        let request = try SlotSamples.morning([SlotSamples.person("Ada")])

        let search = try SlotFinder.find(request, now: SlotSamples.date("2026-03-03T00:00"))

        #expect(search.slots.isEmpty)
        #expect(search.rejected.allSatisfy { $0.reasons == [.tooSoon] })
    }

    @Test("M-36 the horizon admits a start exactly at its edge and none behind")
    func horizon() throws {
        var request = try SlotSamples.morning([SlotSamples.person("Ada")])
        request.horizon = 3600

        let search = try SlotFinder.find(request, now: SlotSamples.date("2026-03-02T09:00"))

        #expect(SlotSamples.starts(search) == ["09:00", "09:15", "09:30", "09:45", "10:00"])
        #expect(search.rejected.allSatisfy { $0.reasons == [.beyondHorizon] })
        #expect(search.rejected.count == 6)
    }

    @Test("M-36 the buffers of request and participant add up")
    func bufferStack() throws {
        let interval = SlotSamples.busy("2026-03-02 10:00-10:15")
        var ada = SlotSamples.person("Ada", [interval])
        ada.bufferBefore = 600
        ada.bufferAfter = 300
        var request = try SlotSamples.morning([ada], minutes: 15)
        request.bufferBefore = 1200
        request.bufferAfter = 600

        let search = try SlotFinder.find(request, now: SlotSamples.longAgo)

        // Half an hour is kept free before a meeting and a quarter after it: 09:30 just fits, and so does 10:45.
        #expect(
            SlotSamples.starts(search) == ["09:00", "09:15", "09:30", "10:45", "11:00", "11:15", "11:30", "11:45"]
        )
        #expect(search.reasons(at: SlotSamples.date("2026-03-02T09:45")) == [.buffer(ada.label, interval)])
        #expect(search.reasons(at: SlotSamples.date("2026-03-02T10:00")) == [.busy(ada.label, interval)])
        #expect(search.reasons(at: SlotSamples.date("2026-03-02T10:30")) == [.buffer(ada.label, interval)])
    }

    @Test("M-36 a buffer may lie outside working hours, a meeting may not")
    func bufferOutsideHours() throws {
        let hours = try WorkingHours.weekdays(from: "10:00", to: "11:00", in: .utc)
        var request = try SlotSamples.morning([SlotSamples.person("Ada", hours: hours)])
        request.bufferBefore = 7200
        request.bufferAfter = 7200

        #expect(
            SlotSamples.starts(try SlotFinder.find(request, now: SlotSamples.longAgo)) == ["10:00", "10:15", "10:30"]
        )
    }

    @Test(
        "M-36 tentative time blocks only where the request says so",
        arguments: [(true, 1), (false, 2)]
    )
    func tentative(_ blocks: Bool, _ count: Int) throws {
        let busy = [SlotSamples.busy("2026-03-02 09:00-10:00", .tentative)]
        var request = try SlotSamples.morning([SlotSamples.person("Ada", busy)], minutes: 60)
        request.step = 3600
        request.end = SlotSamples.date("2026-03-02T11:00")
        request.tentativeBlocks = blocks

        #expect(try SlotFinder.find(request, now: SlotSamples.longAgo).slots.count == count)
    }

    @Test(
        "free time and work elsewhere do not block; out of office and unknown words do",
        arguments: [
            (Availability.free, true), (.workingElsewhere, true), (.outOfOffice, false), (.busy, false),
            (Availability(rawValue: "sabbatical"), false),
        ]
    )
    func kinds(_ availability: Availability, _ isFree: Bool) throws {
        let request = try SlotSamples.morning(
            [SlotSamples.person("Ada", [SlotSamples.busy("2026-03-02 09:00-12:00", availability)])],
            minutes: 180
        )

        #expect(try SlotFinder.find(request, now: SlotSamples.longAgo).slots.isEmpty != isFree)
    }

    @Test("M-36 any two of three optional participants make a slot, and a rejection counts and names them")
    func quorum() throws {
        let busy = SlotSamples.busy("2026-03-02 09:00-10:00")
        let late = SlotSamples.busy("2026-03-02 09:30-10:30")
        var people = [
            SlotSamples.person("Ada"), SlotSamples.person("Grace", [busy]), SlotSamples.person("Edsger", [late]),
            SlotSamples.person("Barbara"),
        ]
        for index in 1...3 { people[index].isRequired = false }
        var request = try SlotSamples.morning(people)
        request.quorum = 2

        let search = try SlotFinder.find(request, now: SlotSamples.longAgo)

        #expect(
            SlotSamples.starts(search) == ["09:00", "10:00", "10:15", "10:30", "10:45", "11:00", "11:15", "11:30"]
        )
        #expect(
            search.reasons(at: SlotSamples.date("2026-03-02T09:30")) == [
                .quorum(available: 1, of: 3, needed: 2), .busy(people[1].label, busy), .busy(people[2].label, late),
            ]
        )
        #expect(search.absences(from: try #require(search.slots.first)) == [.busy(people[1].label, busy)])
    }

    @Test("M-36 without a quorum optional participants stop nothing")
    func noQuorum() throws {
        var grace = SlotSamples.person("Grace", [SlotSamples.busy("2026-03-02 09:00-12:00")])
        grace.isRequired = false
        let request = try SlotSamples.morning([SlotSamples.person("Ada"), grace])

        #expect(try SlotFinder.find(request, now: SlotSamples.longAgo).slots.count == 11)
    }
}
