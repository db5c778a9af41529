import CalendarCore
import Foundation
import Testing

@Suite("What a conflict explains")
struct ConflictExplanationTests {
    private func conflict(
        _ kind: SyncConflict.Kind,
        fields: [EventField] = [],
        local: EventContent?,
        remote: EventContent?,
        kept: SyncConflict.Side
    ) -> SyncConflict {
        SyncConflict(
            id: "c1",
            calendar: CalendarKey(tenant: "acme", connection: "c", calendar: "ada@example.com"),
            event: "e1",
            record: "r1",
            kind: kind,
            fields: fields,
            base: .sample("Review"),
            local: local,
            remote: remote,
            kept: kept,
            isOpen: false,
            at: Date(timeIntervalSince1970: 0)
        )
    }

    private func lines(_ conflict: SyncConflict) -> [String] {
        conflict.explanation.split(separator: "\n").map(String.init)
    }

    @Test("F-06 each field is told in words: guests with their answers, days, zones, rules and reminders")
    func fields() throws {
        var local = EventContent.sample("Review")
        local.attendees = [Attendee(EventPerson("bob@example.com", name: "Bob"), response: .accepted)]
        local.start = .day(try #require(CivilDate("2026-03-03")))
        local.end = .day(try #require(CivilDate("2026-03-05")))
        local.recurrence = Recurrence(lines: ["RRULE:FREQ=DAILY"])
        var remote = EventContent.sample("Review")
        remote.end = .zoned(try #require(CivilDateTime("2026-03-03T09:30:00")), EventZone("Europe/London"))
        remote.reminders = EventReminders(usesDefault: false, overrides: [.init(minutesBefore: 10)])
        remote.categories = ["Red", "Blue"]

        let told = lines(
            conflict(
                .edits,
                fields: [.attendees, .categories, .recurrence, .reminders, .time],
                local: local,
                remote: remote,
                kept: .local
            )
        )

        #expect(
            told == [
                "The host and the service both changed “Review”.",
                "- attendees: was nothing; the host said Bob <bob@example.com> (accepted); the service said nothing",
                "- categories: was nothing; the host said nothing; the service said Red, Blue",
                "- recurrence: was nothing; the host said RRULE:FREQ=DAILY; the service said nothing",
                "- reminders: was nothing; the host said nothing; the service said popup 10 minutes before",
                "- time: was 2026-03-03 09:00 to 10:00 (Europe/Berlin); the host said 2026-03-03 to 2026-03-04, all day; "
                    + "the service said 2026-03-03 09:00 (Europe/Berlin) to 2026-03-03 09:30 (Europe/London)",
                "What the host said stands.",
            ]
        )
    }

    @Test("F-06 of a deletion it tells what the other side had changed, and what stands")
    func deletions() {
        let changed = EventContent.sample("Review, moved")
        let title = "“Review”; the %@ said “Review, moved”"

        let byService = lines(conflict(.deletedRemotely, local: changed, remote: nil, kept: .remote))
        let byHost = lines(conflict(.deletedLocally, local: nil, remote: changed, kept: .remote))

        #expect(
            byService == [
                "The service deleted “Review”, which the host had changed.",
                "- title: was " + title.replacingOccurrences(of: "%@", with: "host"),
                "The deletion stands.",
            ]
        )
        #expect(
            byHost == [
                "The host deleted “Review”, which had been changed in the service.",
                "- title: was " + title.replacingOccurrences(of: "%@", with: "service"),
                "The change stands, and the event with it.",
            ]
        )
    }
}
