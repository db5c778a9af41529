import CalendarCore
import Foundation
import Testing

@Suite("Merging two edits")
struct EventMergerTests {
    /// Who changed the title against the base, and what the merged title is under each policy.
    struct Case: CustomTestStringConvertible {
        let name: String
        let local: String
        let remote: String
        let remoteWins: String
        let localWins: String
        let isConflict: Bool

        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "nobody",
            local: "base",
            remote: "base",
            remoteWins: "base",
            localWins: "base",
            isConflict: false
        ),
        Case(name: "host", local: "L", remote: "base", remoteWins: "L", localWins: "L", isConflict: false),
        Case(name: "service", local: "base", remote: "R", remoteWins: "R", localWins: "R", isConflict: false),
        Case(name: "both alike", local: "X", remote: "X", remoteWins: "X", localWins: "X", isConflict: false),
        Case(name: "both differently", local: "L", remote: "R", remoteWins: "R", localWins: "L", isConflict: true),
    ]

    private static let early = Date(timeIntervalSince1970: 1000)
    private static let late = Date(timeIntervalSince1970: 2000)

    @Test("F-06 fields that one side changed are kept, and the policy decides the others", arguments: cases)
    func table(_ row: Case) {
        let expected: [(ConflictPolicy, Date?, Date?, String)] = [
            (.remoteWins, Self.late, Self.early, row.remoteWins),
            (.ask, Self.late, Self.early, row.remoteWins),
            (.localWins, Self.early, Self.late, row.localWins),
            (.newest, Self.late, Self.early, row.localWins),
            (.newest, Self.early, Self.late, row.remoteWins),
            (.newest, Self.early, Self.early, row.remoteWins),
            (.newest, Self.late, nil, row.remoteWins),
            (.newest, nil, Self.early, row.remoteWins),
        ]
        for (policy, localEditedAt, remoteEditedAt, title) in expected {
            let merge = EventMerger.merge(
                base: .sample("base"),
                local: .sample(row.local),
                remote: .sample(row.remote),
                policy: policy,
                localEditedAt: localEditedAt,
                remoteEditedAt: remoteEditedAt,
                canonical: { $0 }
            )

            #expect(merge.content.title == title, "\(policy)")
            #expect(merge.conflicts == (row.isConflict ? [.title] : []), "\(policy)")
        }
    }

    @Test("F-06 a conflict on one field leaves the edits of the others alone", arguments: ConflictPolicy.allCases)
    func otherFields(_ policy: ConflictPolicy) {
        var local = EventContent.sample("L")
        local.location = "Room 1"
        var remote = EventContent.sample("R")
        remote.body = EventBody("Agenda")

        let merge = EventMerger.merge(
            base: .sample("base"),
            local: local,
            remote: remote,
            policy: policy,
            canonical: { $0 }
        )

        #expect(merge.content.location == "Room 1")
        #expect(merge.content.body == EventBody("Agenda"))
        #expect(merge.conflicts == [.title])
        #expect(merge.kept == (policy == .localWins ? .local : .remote))
    }

    private static func meeting(_ guests: [(EventPerson, ResponseStatus)]) -> EventContent {
        var content = EventContent.sample("base")
        content.attendees = guests.map { Attendee($0.0, response: $0.1) }
        return content
    }

    @Test(
        "F-06 an answer that comes while the host invites somebody is kept under every policy",
        arguments: ConflictPolicy.allCases
    )
    func answerBesideInvitation(_ policy: ConflictPolicy) {
        let merge = EventMerger.merge(
            base: Self.meeting([("grace@example.net", .declined)]),
            local: Self.meeting([("grace@example.net", .declined), ("hedy@example.net", .needsAction)]),
            remote: Self.meeting([("grace@example.net", .tentative)]),
            policy: policy,
            canonical: { $0 }
        )

        #expect(merge.content.attendees.map(\.person.address) == ["grace@example.net", "hedy@example.net"])
        #expect(merge.content.attendees.map(\.response) == [.tentative, .needsAction])
        #expect(merge.conflicts.isEmpty)
    }

    @Test("F-06 where both invite, the policy decides on the list, and answers stay with their guests")
    func bothInvite() {
        let merge = EventMerger.merge(
            base: Self.meeting([("grace@example.net", .needsAction)]),
            local: Self.meeting([("grace@example.net", .needsAction), ("hedy@example.net", .needsAction)]),
            remote: Self.meeting([("grace@example.net", .accepted), ("mary@example.net", .needsAction)]),
            policy: .localWins,
            canonical: { $0 }
        )

        #expect(merge.content.attendees.map(\.person.address) == ["grace@example.net", "hedy@example.net"])
        #expect(merge.content.attendees.map(\.response) == [.accepted, .needsAction])
        #expect(merge.conflicts == [.attendees])
    }

    @Test("F-06 the user's own answer stays beside a guest that the service adds")
    func ownAnswerBesideInvitation() {
        let merge = EventMerger.merge(
            base: Self.meeting([("ada@example.com", .needsAction)]),
            local: Self.meeting([("ada@example.com", .accepted)]),
            remote: Self.meeting([("ada@example.com", .needsAction), ("hedy@example.net", .needsAction)]),
            canonical: { $0 }
        )

        #expect(merge.content.attendees.map(\.person.address) == ["ada@example.com", "hedy@example.net"])
        #expect(merge.content.attendees.map(\.response) == [.accepted, .needsAction])
        #expect(merge.conflicts.isEmpty)
    }

    @Test("F-06 what differs only in a form that the service does not keep is no conflict")
    func canonicalForm() {
        var local = EventContent.sample("base")
        local.categories = ["Red"]
        var remote = EventContent.sample("base")
        remote.categories = ["Blue"]

        let merge = EventMerger.merge(base: .sample("base"), local: local, remote: remote, policy: .ask) { content in
            var kept = content
            kept.categories = []
            return kept
        }

        #expect(merge.conflicts.isEmpty)
    }
}
