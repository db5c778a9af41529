#if SQLite
import CalendarCore
import Foundation

extension RecordChange: PlainRow {
    var isPlain: Bool {
        let usual = RecordChange(
            record: record,
            kind: kind,
            reason: reason,
            fields: fields,
            calendar: calendar,
            activity: activity,
            at: at
        )
        return self == usual && at.isFinite
    }

    func write(_ writer: inout JSONWriter) {
        writer.field("record", record.rawValue)
        writer.field("kind", kind.rawValue)
        writer.field("reason", reason.rawValue)
        writer.field("fields", fields.map(\.rawValue))
        writer.field("calendar", ifPresent: calendar)
        writer.field("activity", ifPresent: activity?.rawValue)
        writer.field("at", at)
    }

    init?(_ json: JSONValue) {
        guard
            let record = json["record"]?.string,
            let kind = json["kind"]?.string.flatMap({ Kind(rawValue: $0) }),
            let reason = json["reason"]?.string.flatMap({ Reason(rawValue: $0) }),
            let names = json["fields"]?.texts,
            let at = json["at"]?.date
        else { return nil }
        let fields = names.compactMap { EventField(rawValue: $0) }
        guard fields.count == names.count else { return nil }
        var calendar: CalendarKey?
        if let stored = json["calendar"], !put(CalendarKey(stored), &calendar) { return nil }
        self.init(
            record: RecordID(record),
            kind: kind,
            reason: reason,
            fields: fields,
            calendar: calendar,
            activity: json["activity"]?.string.map { ActivityID($0) },
            at: at
        )
    }
}

extension CalendarKey: PlainRow {
    var isPlain: Bool { true }

    func write(_ writer: inout JSONWriter) {
        writer.field("tenant", tenant.rawValue)
        writer.field("connection", connection.rawValue)
        writer.field("calendar", calendar.rawValue)
    }

    init?(_ json: JSONValue) {
        guard
            let tenant = json["tenant"]?.string,
            let connection = json["connection"]?.string,
            let calendar = json["calendar"]?.string
        else { return nil }
        self.init(tenant: TenantID(tenant), connection: ConnectionID(connection), calendar: CalendarID(calendar))
    }
}
#endif
