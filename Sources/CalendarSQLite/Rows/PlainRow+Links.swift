#if SQLite
import CalendarCore
import Foundation

extension EventLink: PlainRow {
    /// What ``write(_:)`` writes.
    private static let writtenParts: Set<String> = [
        "calendar", "event", "record", "role", "etag", "base", "syncedRevision", "isPrimary", "isCopy", "isOrganizer",
        "epoch", "occurrencesRound", "webLink", "providerFields", "syncedAt",
    ]
    private static let writesEveryPart =
        EventLink(
            calendar: CalendarKey(tenant: "", connection: "", calendar: ""),
            event: "",
            record: "",
            role: .single,
            etag: nil,
            base: nil,
            syncedRevision: 0,
            isPrimary: true,
            isOrganizer: true,
            epoch: 0,
            syncedAt: .distantPast
        )
        .partNames == writtenParts

    var isPlain: Bool { Self.writesEveryPart && base?.isPlain != false && syncedAt.isFinite }

    func write(_ writer: inout JSONWriter) {
        writer.field("calendar", calendar)
        writer.field("event", event.rawValue)
        writer.field("record", record.rawValue)
        writer.object("role") { writer in
            switch role {
            case .single: writer.object("single") { _ in }
            case .master: writer.object("master") { _ in }
            case .exception(let key):
                writer.object("exception") { writer in
                    writer.object("_0") { writer in
                        writer.field("series", key.series.rawValue)
                        writer.field("originalStart", key.originalStart)
                    }
                }
            }
        }
        writer.field("etag", ifPresent: etag)
        writer.field("base", ifPresent: base)
        writer.field("syncedRevision", syncedRevision)
        writer.field("isPrimary", isPrimary)
        writer.field("isCopy", isCopy)
        writer.field("isOrganizer", isOrganizer)
        writer.field("epoch", epoch)
        writer.field("occurrencesRound", occurrencesRound)
        writer.field("webLink", ifPresent: webLink)
        writer.field("providerFields", providerFields.base64EncodedString())
        writer.field("syncedAt", syncedAt)
    }

    init?(_ json: JSONValue) {
        guard
            let calendar = json["calendar"].flatMap({ CalendarKey($0) }),
            let event = json["event"]?.string,
            let record = json["record"]?.string,
            let role = json["role"].flatMap({ RemoteEvent.Role(plain: $0) }),
            let syncedRevision = json["syncedRevision"]?.int,
            let isPrimary = json["isPrimary"]?.bool,
            let isCopy = json["isCopy"]?.bool,
            let isOrganizer = json["isOrganizer"]?.bool,
            let epoch = json["epoch"]?.int,
            let round = json["occurrencesRound"]?.int,
            let fields = json["providerFields"]?.string.flatMap({ Data(base64Encoded: $0) }),
            let syncedAt = json["syncedAt"]?.date
        else { return nil }
        var base: EventContent?
        if let stored = json["base"], !put(EventContent(stored), &base) { return nil }
        self.init(
            calendar: calendar,
            event: RemoteEventID(event),
            record: RecordID(record),
            role: role,
            etag: json["etag"]?.string,
            base: base,
            syncedRevision: syncedRevision,
            isPrimary: isPrimary,
            isCopy: isCopy,
            isOrganizer: isOrganizer,
            epoch: epoch,
            webLink: json["webLink"]?.string,
            providerFields: fields,
            syncedAt: syncedAt
        )
        occurrencesRound = round
    }
}

extension RemoteEvent.Role {
    fileprivate init?(plain json: JSONValue) {
        if json["single"] != nil {
            self = .single
        } else if json["master"] != nil {
            self = .master
        } else if let key = json["exception"]?["_0"], let series = key["series"]?.string,
            let start = key["originalStart"].flatMap({ EventTime($0) })
        {
            self = .exception(OccurrenceKey(series: RemoteEventID(series), originalStart: start))
        } else {
            return nil
        }
    }
}
#endif
