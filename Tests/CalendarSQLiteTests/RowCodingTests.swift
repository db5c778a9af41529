#if SQLite
import CalendarCore
import CalendarSQLite
import Foundation
import Testing

@Suite("Coding of rows")
struct RowCodingTests {
    private static let date = Date(timeIntervalSince1970: 1_772_442_000.123)
    private static let berlin = EventTime.zoned(
        ZonedDateTime(Date(timeIntervalSince1970: 1_792_890_000), in: EventZone("W. Europe Standard Time"))
    )

    private static var plain: EventContent {
        EventContent(title: nil, start: berlin, end: berlin.advanced(bySeconds: 3_600))
    }

    /// A change of one part; together they name all parts of a content.
    struct Variation: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout EventContent) -> Void

        init(_ name: String, _ change: @escaping @Sendable (inout EventContent) -> Void) {
            testDescription = name
            self.change = change
        }
    }

    static let variations: [Variation] = [
        Variation("nothing") { _ in },
        Variation("title") { $0.title = "Ünï \"quoted\" \\ \u{0} \u{1F382}\n\u{2028} e\u{301}" },
        Variation("empty title") { $0.title = "" },
        Variation("body") { $0.body = EventBody("<p>\t</p>", isHTML: true) },
        Variation("days") {
            $0.start = .day(CivilDate(daysSinceEpoch: 20_514))
            $0.end = .day(CivilDate(daysSinceEpoch: 20_515))
        },
        Variation("later in overlap") { content in
            guard case .zoned(var time) = content.start else { return }
            time.isLaterInOverlap = true
            content.start = .zoned(time)
        },
        Variation("unknown zone") {
            $0.start = .zoned(ZonedDateTime(civil: Self.berlin.civil, zone: EventZone("Nowhere/Land")))
        },
        Variation("recurrence") { $0.recurrence = Recurrence(lines: ["RRULE:FREQ=WEEKLY", "X-UNKNOWN:1"]) },
        Variation("words") {
            $0.status = .tentative
            $0.availability = Availability(rawValue: "sleeping")
            $0.visibility = EventVisibility(rawValue: "private")
            $0.kind = EventKind(rawValue: "other")
            $0.writability = .personal
            $0.importance = EventImportance(rawValue: "high")
        },
        Variation("kind's details") {
            $0.kindDetails = .birthday(EventKindDetails.Birthday(kind: "birthday"))
        },
        Variation("place, colour, categories") {
            $0.location = "Room 1"
            $0.color = "7"
            $0.categories = ["Blue", ""]
        },
        Variation("people") {
            $0.organizer = EventPerson("ada@example.com", name: "Ada")
            $0.attendees = [
                Attendee("grace@example.com"),
                Attendee(
                    EventPerson("room@example.com", name: "Room"),
                    role: .resource,
                    response: ResponseStatus(rawValue: "maybe"),
                    comment: "Late",
                    additionalGuests: 2,
                    isSelf: true
                ),
            ]
            $0.attendeesAreIncomplete = true
        },
        Variation("guests' rights") { $0.guestRights = GuestRights(mayModify: true, maySeeOtherGuests: false) },
        Variation("reminders") {
            $0.reminders = EventReminders(usesDefault: false, overrides: [.init(method: "email", minutesBefore: 10)])
        },
        Variation("usual reminders") { $0.reminders = EventReminders(usesDefault: true) },
        Variation("conference") {
            $0.conference = EventConference(
                solution: "hangoutsMeet",
                joinURL: nil,
                state: .ready,
                entryPoints: [.init(kind: "phone", url: "tel:1", label: "1", code: "2", region: "DE")]
            )
        },
        Variation("empty conference") {
            $0.conference = EventConference(solution: nil, joinURL: "https://example.com", state: .pending)
        },
        Variation("attachments") { $0.attachments = [EventAttachment(url: "https://example.com/a", title: "A")] },
        Variation("source") { $0.source = EventSource(url: "https://example.com/s", title: "S") },
        Variation("tags") { $0.hostTags = ["b": "1", "a": "", "": "x"] },
    ]

    private static func record(_ content: EventContent) -> EventRecord {
        EventRecord(
            id: "r\u{e9}",
            tenant: "acme",
            role: .single,
            content: content,
            direction: .inbound,
            updatedAt: date
        )
    }

    private static func link(_ base: EventContent?) -> EventLink {
        EventLink(
            calendar: CalendarKey(tenant: "acme", connection: "c1", calendar: "ada@example.com"),
            event: "e/1",
            record: "r1",
            role: .single,
            etag: "\"7\"",
            base: base,
            syncedRevision: 3,
            isPrimary: true,
            isOrganizer: false,
            epoch: 2,
            providerFields: Data(#"{"x":[1]}"#.utf8),
            syncedAt: date
        )
    }

    /// What is written is read back here, and by `Codable`; and what `Codable` writes is read here.
    private func check<Value: Codable & Equatable>(_ value: Value) throws {
        let written = try RowCoding.encode(value)
        #expect(try RowCoding.decode(Value.self, written) == value)
        #expect(try JSONDecoder().decode(Value.self, from: written) == value)
        #expect(try RowCoding.decode(Value.self, JSONEncoder().encode(value)) == value)
    }

    @Test("a content comes back in every part, and is the JSON that Codable reads and writes", arguments: variations)
    func contents(_ variation: Variation) throws {
        var content = Self.plain
        variation.change(&content)
        try check(content)
        try check(Self.record(content))
        try check(Self.link(content))
    }

    @Test("the variations name every part of a content")
    func completeness() {
        var all = Self.plain
        for variation in Self.variations { variation.change(&all) }
        #expect(all.changedFields(from: Self.plain).sorted() == EventField.allCases.sorted())
    }

    @Test("records come back in every role, with every owner and with what few have")
    func records() throws {
        var record = Self.record(Self.plain)
        for role in [.single, .series, .exception(series: "s", originalStart: Self.berlin)] as [EventRecord.Role] {
            record.role = role
            try check(record)
        }
        for owner in [.user("ada"), .organization] as [Connection.Owner] {
            record.owner = owner
            try check(record)
        }
        record.direction = .outbound
        record.activity = "deal"
        record.iCalUID = "uid"
        record.localRevision = 4
        record.revision = .max
        record.editedAt = Date(timeIntervalSinceReferenceDate: -0.001)
        try check(record)
        record.listedOccurrences = SeriesOccurrences(
            series: "s",
            window: try SyncWindow(start: Self.date, end: nil),
            originalStarts: [Self.date]
        )
        try check(record)
    }

    @Test("links come back in every role, with a base and without")
    func links() throws {
        var link = Self.link(nil)
        let exception = OccurrenceKey(series: "s", originalStart: Self.berlin)
        for role in [.single, .master, .exception(exception)] as [RemoteEvent.Role] {
            link.role = role
            try check(link)
        }
        link.etag = nil
        link.isCopy = true
        link.webLink = "https://example.com"
        link.providerFields = Data()
        link.occurrencesRound = 5
        try check(link)
    }

    @Test("changes come back with a calendar and without")
    func changes() throws {
        let calendar = CalendarKey(tenant: "acme", connection: "c1", calendar: "main")
        for (calendar, activity) in [(calendar, nil), (nil, "deal")] as [(CalendarKey?, ActivityID?)] {
            try check(
                RecordChange(
                    record: "r1",
                    kind: .updated,
                    reason: .merge,
                    fields: EventField.allCases,
                    calendar: calendar,
                    activity: activity,
                    at: Self.date
                )
            )
        }
    }

    @Test("every instant in whole milliseconds comes back as it was")
    func instants() throws {
        var record = Self.record(Self.plain)
        for milliseconds in stride(from: 1_772_442_000_000, through: 1_772_442_002_000, by: 7) {
            record.updatedAt = Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
            #expect(try RowCoding.decode(EventRecord.self, RowCoding.encode(record)) == record)
        }
    }

    @Test("M-49 rows as the first version wrote them are read")
    func firstVersion() throws {
        let content = """
            {"title":"T","start":{"zoned":{"_0":{"civil":"2026-10-25T02:30:00","zone":{"identifier":"Europe/Berlin",\
            "windowsName":"W. Europe Standard Time"},"isLaterInOverlap":true}}},"end":{"zoned":{"_0":\
            {"civil":"2026-10-25T03:30:00","zone":{"identifier":"Europe/Berlin"},"isLaterInOverlap":false}}},\
            "status":"tentative","attendees":[{"person":{"address":"ada@example.com"},"role":"optional",\
            "response":"accepted","additionalGuests":0,"isSelf":false}]}
            """
        let record = """
            {"id":"r1","tenant":"acme","role":{"exception":{"series":"s","originalStart":{"day":{"_0":"2026-03-02"}}}},\
            "content":\(content),"direction":"outbound","owner":{"user":{"_0":"ada"}},"localRevision":2,\
            "updatedAt":794134800.5,"revision":3}
            """
        let link = """
            {"calendar":{"tenant":"acme","connection":"c1","calendar":"main"},"event":"e1","record":"r1",\
            "role":{"master":{}},"base":\(content),"syncedRevision":2,"isPrimary":true,"isCopy":false,\
            "isOrganizer":true,"epoch":4,"occurrencesRound":1,"providerFields":"e30=","syncedAt":0}
            """
        let read = try RowCoding.decode(EventRecord.self, Data(record.utf8))
        #expect(read.role == .exception(series: "s", originalStart: .day(CivilDate(daysSinceEpoch: 20_514))))
        #expect(read.content.title == "T" && read.content.status == .tentative)
        #expect(read.content.attendees == [Attendee("ada@example.com", role: .optional, response: .accepted)])
        // Half past two comes twice that night; the later one is at 01:30 UTC.
        #expect(read.content.start.date(floatingIn: .utc) == Date(timeIntervalSince1970: 1_792_891_800))
        #expect(read.content.start.zone?.windowsName == "W. Europe Standard Time")
        #expect(read.owner == .user("ada") && read.direction == .outbound)
        #expect(read.localRevision == 2 && read.revision == 3)
        #expect(read.updatedAt == Date(timeIntervalSinceReferenceDate: 794_134_800.5))
        let readLink = try RowCoding.decode(EventLink.self, Data(link.utf8))
        #expect(readLink.base == read.content && readLink.role == .master)
        #expect(readLink.providerFields == Data("{}".utf8) && readLink.etag == nil)
        #expect(readLink.epoch == 4 && readLink.occurrencesRound == 1 && readLink.isOrganizer)
    }

    @Test("what is no row is an error", arguments: ["", "{}", "[]", #"{"title":"x"}"#, #"{"start":1,"end":2}"#])
    func damage(_ json: String) {
        #expect(throws: DecodingError.self) { try RowCoding.decode(EventContent.self, Data(json.utf8)) }
        #expect(throws: DecodingError.self) { try RowCoding.decode(EventRecord.self, Data(json.utf8)) }
    }
}
#endif
