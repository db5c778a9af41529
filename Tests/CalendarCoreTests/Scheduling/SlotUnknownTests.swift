import CalendarCore
import Foundation
import Testing

@Suite("Slots and unknown time")
struct SlotUnknownTests {
    @Test("R-37 nothing is offered while the time of a required participant is unknown")
    func block() throws {
        let grace = SlotSamples.unknown("Grace")
        let request = try SlotSamples.morning([SlotSamples.person("Ada"), grace])

        let search = try SlotFinder.find(request, now: SlotSamples.longAgo)

        #expect(search.slots.isEmpty)
        #expect(search.rejected.count == 11)
        #expect(search.rejected.allSatisfy { $0.reasons == [.unknown(grace.label)] })
    }

    @Test("R-37 under the warning policy every slot names the participant whose time is unknown")
    func warn() throws {
        let grace = SlotSamples.unknown("Grace")
        var request = try SlotSamples.morning([SlotSamples.person("Ada"), grace])
        request.unknownPolicy = .warn

        let search = try SlotFinder.find(request, now: SlotSamples.longAgo)

        #expect(search.slots.count == 11)
        #expect(search.slots.allSatisfy { $0.warnings == [grace.label] })
    }

    @Test("R-37 one unreadable calendar of several makes the time unknown, and the readable ones still block")
    func partlyUnknown() throws {
        let grace = Participant(
            id: "grace",
            name: "Grace",
            calendars: [.known([SlotSamples.busy("2026-03-02 09:00-11:30")]), .unknown(reason: "unavailable")]
        )
        var request = try SlotSamples.morning([grace])

        let blocked = try SlotFinder.find(request, now: SlotSamples.longAgo)
        request.unknownPolicy = .warn
        let warned = try SlotFinder.find(request, now: SlotSamples.longAgo)

        #expect(blocked.slots.isEmpty)
        #expect(SlotSamples.starts(warned) == ["11:30"])
        #expect(warned.slots.first?.warnings == [grace.label])
    }

    @Test("R-37 a participant of whom no calendar was asked is unknown, not free")
    func noCalendar() throws {
        let request = try SlotSamples.morning([Participant(id: "grace", name: "Grace", calendars: [])])

        #expect(try SlotFinder.find(request, now: SlotSamples.longAgo).slots.isEmpty)
    }

    @Test("R-37 unknown time does not count towards a quorum under the blocking policy, and a slot still warns")
    func quorum() throws {
        var grace = SlotSamples.unknown("Grace")
        grace.isRequired = false
        var request = try SlotSamples.morning([SlotSamples.person("Ada"), grace])

        #expect(try SlotFinder.find(request, now: SlotSamples.longAgo).slots.first?.warnings == [grace.label])
        request.quorum = 1
        #expect(try SlotFinder.find(request, now: SlotSamples.longAgo).slots.isEmpty)
    }
}
