import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Graph simulator: suggestions for meetings")
struct GraphMeetingTimesTests {
    /// Asks about Tuesday, 3 March 2026, from eight to noon in Berlin, for Omar and others.
    private static func question(_ changes: JSONNode = [:], guests: [String] = [GraphDesk.omar]) -> JSONNode {
        var body: JSONNode = [
            "attendees": .array(guests.map { ["type": "required", "emailAddress": ["address": .string($0)]] }),
            "timeConstraint": [
                "activityDomain": "work",
                "timeSlots": [
                    [
                        "start": ["dateTime": "2026-03-03T08:00:00", "timeZone": "W. Europe Standard Time"],
                        "end": ["dateTime": "2026-03-03T12:00:00", "timeZone": "W. Europe Standard Time"],
                    ]
                ],
            ],
            "meetingDuration": "PT1H", "maxCandidates": 3, "isOrganizerOptional": "false",
            "returnSuggestionReasons": "true", "minimumAttendeePercentage": "100",
        ]
        for member in changes.object?.members ?? [] { body[member.key] = member.value }
        return body
    }

    private static func desk() throws -> GraphDesk {
        let clock = ManualClock(now: Date(timeIntervalSince1970: 1_772_400_000))
        return try GraphDesk(GraphDesk.service(clock), clock)
    }

    private static func busy(_ desk: GraphDesk, _ address: String, from start: String, hours: Int64) throws {
        let zone = EventZone("Europe/Berlin")
        let civil = try #require(CivilDateTime("2026-03-03T" + start))
        let end = civil.adding(seconds: hours * 3600)
        desk.graph.add(EventContent(title: "Busy", start: .zoned(civil, zone), end: .zoned(end, zone)), to: address)
    }

    private func starts(_ reply: GraphReply) -> [String?] {
        (reply.json["meetingTimeSuggestions"]?.elements ?? []).map {
            $0["meetingTimeSlot"]?["start"]?["dateTime"]?.string
        }
    }

    @Test("F-02: the earliest times at which everybody is free come first, in the preferred zone")
    func earliest() async throws {
        let desk = try Self.desk()
        try Self.busy(desk, GraphDesk.omar, from: "08:00:00", hours: 2)

        let reply = try await desk.call(
            .post,
            "/me/findMeetingTimes",
            Self.question(),
            prefer: #"outlook.timezone="W. Europe Standard Time""#
        )

        #expect(
            starts(reply) == [
                "2026-03-03T10:00:00.0000000", "2026-03-03T10:30:00.0000000", "2026-03-03T11:00:00.0000000",
            ]
        )
        let first = try #require(reply.json["meetingTimeSuggestions"]?.elements.first)
        #expect(first["confidence"]?.double == 100 && first["order"]?.int == 1)
        #expect(first["organizerAvailability"]?.string == "free")
        #expect(first["suggestionReason"]?.string?.isEmpty == false)
        #expect(
            first["attendeeAvailability"]?.elements.first?["attendee"]?["emailAddress"]?["address"]?.string
                == GraphDesk.omar
        )
        #expect(reply.json["emptySuggestionsReason"]?.string == "")
        let types = try GraphServiceMetadata.isPresent ? GraphServiceMetadata() : nil
        #expect(types?.faults(in: reply.json, of: "graph.meetingTimeSuggestionsResult") ?? [] == [])
    }

    @Test("F-02: a stranger counts 49 of 100, and times with higher confidence come before earlier ones")
    func confidence() async throws {
        let desk = try Self.desk()
        try Self.busy(desk, GraphDesk.omar, from: "08:00:00", hours: 1)
        let body = Self.question(
            ["minimumAttendeePercentage": 20, "maxCandidates": 20],
            guests: [GraphDesk.omar, "x@elsewhere.example"]
        )

        let reply = try await desk.call(.post, "/me/findMeetingTimes", body)

        let confidences = (reply.json["meetingTimeSuggestions"]?.elements ?? []).map { $0["confidence"]?.double }
        #expect(confidences == [74.5, 74.5, 74.5, 74.5, 74.5, 24.5, 24.5])
        #expect(starts(reply).first == "2026-03-03T08:00:00.0000000")
    }

    @Test("F-02: an answer without suggestions says whose time is missing")
    func emptyReasons() async throws {
        let desk = try Self.desk()
        let strangers = try await desk.call(
            .post,
            "/me/findMeetingTimes",
            Self.question(guests: ["x@elsewhere.example"])
        )
        try Self.busy(desk, GraphDesk.omar, from: "08:00:00", hours: 4)
        let guests = try await desk.call(.post, "/me/findMeetingTimes", Self.question())
        try Self.busy(desk, GraphDesk.nora, from: "08:00:00", hours: 4)
        let organizer = try await desk.call(.post, "/me/findMeetingTimes", Self.question())
        let optional = try await desk.call(
            .post,
            "/me/findMeetingTimes",
            Self.question(["isOrganizerOptional": true, "minimumAttendeePercentage": 0, "maxCandidates": 1])
        )

        #expect(strangers.json["emptySuggestionsReason"]?.string == "attendeesUnavailableOrUnknown")
        #expect(guests.json["emptySuggestionsReason"]?.string == "attendeesUnavailable")
        #expect(organizer.json["emptySuggestionsReason"]?.string == "organizerUnavailable")
        #expect(starts(optional).count == 1)
    }

    @Test("F-02: work hours limit the times unless they are unrestricted")
    func hours() async throws {
        let desk = try Self.desk()
        let night: JSONNode = [
            [
                "start": ["dateTime": "2026-03-03T20:00:00", "timeZone": "W. Europe Standard Time"],
                "end": ["dateTime": "2026-03-03T22:00:00", "timeZone": "W. Europe Standard Time"],
            ]
        ]
        let work: JSONNode = ["timeConstraint": ["activityDomain": "work", "timeslots": night]]
        let free: JSONNode = ["timeConstraint": ["activityDomain": "unrestricted", "timeslots": night]]

        let none = try await desk.call(.post, "/me/findMeetingTimes", Self.question(work))
        let some = try await desk.call(.post, "/me/findMeetingTimes", Self.question(free))

        #expect(starts(none).isEmpty)
        #expect(starts(some).first == "2026-03-03T19:00:00.0000000")
    }

    @Test("F-02: only a Shared permission opens it, and only for people")
    func permissions() async throws {
        let desk = try GraphDesk.open(scopes: ["Calendars.ReadWrite"])

        #expect(try await desk.call(.post, "/me/findMeetingTimes", Self.question()).status == 403)
    }
}
