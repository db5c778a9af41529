import CalendarCore
import Foundation

/// One person's year in a store: 990 single events and ten weekly series, each with its link.
struct StoredPerson {
    static let tenant: TenantID = "acme"
    static let events = 1_000
    static let start = Date(timeIntervalSince1970: 1_767_571_200)

    private static let zone = EventZone("Europe/Vienna")
    private static let everySeries = events / 10

    let number: Int

    var calendar: CalendarKey {
        CalendarKey(tenant: Self.tenant, connection: ConnectionID("person-\(number)"), calendar: "primary")
    }

    func store(in store: any EventRepository) async throws {
        var commit = RepositoryCommit(tenant: Self.tenant)
        commit.state = CalendarSyncState(calendar: calendar)
        for event in 0..<Self.events {
            let record = record(of: event)
            commit.records.append(.init(record, expecting: nil))
            commit.links.append(
                EventLink(
                    calendar: calendar,
                    event: RemoteEventID("event-\(event)"),
                    record: record.id,
                    role: record.role == .series ? .master : .single,
                    etag: "1",
                    base: record.content,
                    syncedRevision: 0,
                    isPrimary: true,
                    isOrganizer: true,
                    epoch: 1,
                    syncedAt: Self.start
                )
            )
        }
        try await store.commit(commit)
    }

    private func record(of event: Int) -> EventRecord {
        let day = Double((event * 7 + number) % 364)
        let start = Self.start.addingTimeInterval(day * 86_400 + Double(8 + event % 9) * 3_600)
        let isSeries = event % Self.everySeries == 0
        var content = EventContent(
            title: "Review \(event) of \(number)",
            start: .zoned(ZonedDateTime(start, in: Self.zone)),
            end: .zoned(ZonedDateTime(start.addingTimeInterval(3_600), in: Self.zone))
        )
        content.body = EventBody("The plan of the week and what is left of it. Bring your notes.", isHTML: false)
        content.location = "Room \(event % 40)"
        if isSeries { content.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY;COUNT=40"]) }
        return EventRecord(
            id: RecordID("record-\(number)-\(event)"),
            tenant: Self.tenant,
            role: isSeries ? .series : .single,
            content: content,
            direction: .inbound,
            iCalUID: "\(number)-\(event)@example.com",
            updatedAt: Self.start
        )
    }
}
