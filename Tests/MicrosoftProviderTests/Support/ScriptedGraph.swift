import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider

/// A provider whose service is a script.
struct ScriptedGraph {
    let provider = MicrosoftCalendarProvider()
    let transport: ScriptedTransport
    let clock = ManualClock()
    let session: ProviderSession

    static let calendar: CalendarID = "AAMk/cal+1=="

    init(_ steps: ScriptedTransport.Step..., accountKey: String = "tenant:object") {
        transport = ScriptedTransport(steps)
        session = ProviderSession(
            connection: ConnectionKey(tenant: "acme", connection: "c1"),
            accountAddress: "ada@example.com",
            accountKey: accountKey,
            http: transport,
            clock: clock
        )
    }

    /// What the requests asked for, in order.
    var operations: [String] { transport.requests.map(\.operation) }

    func changes(_ position: ChangePosition) async throws -> ChangePage {
        try await provider.changes(in: Self.calendar, from: position, session: session)
    }

    func event(_ id: RemoteEventID = "e1") async throws -> RemoteEvent {
        try await provider.event(id, in: Self.calendar, session: session)
    }

    func create(_ content: EventContent, _ invitations: InvitationPolicy = .silent) async throws -> RemoteEvent {
        let creation = EventCreation(key: Self.key, content: content, invitations: invitations)
        return try await provider.create(creation, in: Self.calendar, session: session)
    }

    /// The JSON body of a request.
    func body(_ index: Int = 0) throws -> JSONNode {
        try JSONNode(Array(transport.requests[index].body ?? Data()))
    }

    static let key: OperationID = "0123456789abcdef0123456789abcdef"

    static var window: SyncWindow {
        get throws {
            try SyncWindow(start: Date(timeIntervalSince1970: 1_772_323_200), end: nil)
        }
    }

    /// An event as Graph would answer it, with parts replaced; null removes one.
    static func event(_ changes: JSONNode = [:]) -> String {
        let plain: JSONNode = [
            "@odata.etag": "W/\"v1\"", "id": "e1", "subject": "Review", "isAllDay": false, "type": "singleInstance",
            "start": ["dateTime": "2026-03-03T09:00:00.0000000", "timeZone": "UTC"],
            "end": ["dateTime": "2026-03-03T10:00:00.0000000", "timeZone": "UTC"],
            "originalStartTimeZone": "W. Europe Standard Time", "originalEndTimeZone": "W. Europe Standard Time",
            "showAs": "busy", "isOrganizer": true,
        ]
        return text(plain.merging(changes))
    }

    /// A last page of the feed.
    static func page(_ items: [String], next: String? = nil) -> String {
        let link = next.map { "\"@odata.nextLink\":\"\($0)\"" } ?? "\"@odata.deltaLink\":\"\(delta)\""
        return "{\(link),\"value\":[\(items.joined(separator: ","))]}"
    }

    static let delta = "https://graph.microsoft.com/v1.0/me/calendars/c/calendarView/delta?$deltatoken=d1"

    static func text(_ node: JSONNode) -> String { String(decoding: node.bytes, as: UTF8.self) }
}

/// Short ways to times.
enum Sample {
    static func day(_ text: String) throws -> CivilDate {
        guard let date = CivilDate(text) else { throw CalendarError.invalidArgument("date", "not a date: \(text)") }
        return date
    }

    static func time(_ text: String, _ zone: String = "Europe/Berlin") throws -> EventTime {
        guard let civil = CivilDateTime(text) else { throw CalendarError.invalidArgument("time", "not a time") }
        return .zoned(civil, EventZone(zone))
    }

    /// A meeting of one hour.
    static func content(_ start: String = "2026-03-03T10:00:00", _ zone: String = "Europe/Berlin") throws
        -> EventContent
    {
        let start = try time(start, zone)
        return EventContent(title: "Review", start: start, end: start.advanced(bySeconds: 3600))
    }

    /// A channel to open, as a host stores it before the call.
    static func opening(_ id: ChannelID = "c1", lifetime: Duration? = nil) throws -> ChannelOpening {
        guard let address = URL(string: "https://host.example/hook?endpoint=1") else {
            throw CalendarError.invalidArgument("address", "not an address")
        }
        return try ChannelOpening(
            id: id,
            calendar: ScriptedGraph.calendar,
            address: address,
            secret: Secret("s3cret"),
            lifetime: lifetime
        )
    }

    static func allDay(_ start: String, _ end: String) throws -> EventContent {
        EventContent(title: "Offsite", start: .day(try day(start)), end: .day(try day(end)))
    }

    static func series(_ rule: String, start: String, zone: String = "Europe/Berlin") throws -> EventContent {
        var content = try content(start, zone)
        content.recurrence = Recurrence(lines: ["RRULE:" + rule])
        return content
    }
}
