#if SQLite
import CalendarCore
import Foundation

extension EventRecord: PlainRow {
    /// What ``write(_:)`` writes, and what a plain record does not have.
    private static let knownParts: Set<String> = [
        "id", "tenant", "role", "content", "direction", "owner", "activity", "iCalUID", "localRevision", "editedAt",
        "updatedAt", "revision", "listedOccurrences",
    ]
    private static let knowsEveryPart =
        EventRecord(
            id: "",
            tenant: "",
            role: .single,
            content: EventContent(
                title: nil,
                start: .day(CivilDate(daysSinceEpoch: 0)),
                end: .day(CivilDate(daysSinceEpoch: 1))
            ),
            direction: .inbound,
            updatedAt: .distantPast
        )
        .partNames == knownParts

    /// Whether it has no listed occurrences, which few records have.
    var isPlain: Bool {
        Self.knowsEveryPart && listedOccurrences == nil && content.isPlain && updatedAt.isFinite
            && editedAt?.isFinite != false
    }

    func write(_ writer: inout JSONWriter) {
        writer.field("id", id.rawValue)
        writer.field("tenant", tenant.rawValue)
        writer.object("role") { writer in
            switch role {
            case .single: writer.object("single") { _ in }
            case .series: writer.object("series") { _ in }
            case .exception(let series, let start):
                writer.object("exception") { writer in
                    writer.field("series", series.rawValue)
                    writer.field("originalStart", start)
                }
            }
        }
        writer.field("content", content)
        writer.field("direction", direction.rawValue)
        switch owner {
        case .organization: writer.object("owner") { $0.object("organization") { _ in } }
        case .user(let user):
            writer.object("owner") { $0.object("user") { $0.field("_0", user.rawValue) } }
        case nil: break
        }
        writer.field("activity", ifPresent: activity?.rawValue)
        writer.field("iCalUID", ifPresent: iCalUID)
        writer.field("localRevision", localRevision)
        if let editedAt { writer.field("editedAt", editedAt) }
        writer.field("updatedAt", updatedAt)
        writer.field("revision", revision)
    }

    init?(_ json: JSONValue) {
        guard
            json["listedOccurrences"] == nil,
            let id = json["id"]?.string,
            let tenant = json["tenant"]?.string,
            let role = json["role"].flatMap({ Role(plain: $0) }),
            let content = json["content"].flatMap({ EventContent($0) }),
            let direction = json["direction"]?.string.flatMap({ Direction(rawValue: $0) }),
            let localRevision = json["localRevision"]?.int,
            let updatedAt = json["updatedAt"]?.date,
            let revision = json["revision"]?.int
        else { return nil }
        var owner: Connection.Owner?
        if let stored = json["owner"], !put(Connection.Owner(plain: stored), &owner) { return nil }
        self.init(
            id: RecordID(id),
            tenant: TenantID(tenant),
            role: role,
            content: content,
            direction: direction,
            owner: owner,
            activity: json["activity"]?.string.map { ActivityID($0) },
            iCalUID: json["iCalUID"]?.string,
            localRevision: localRevision,
            updatedAt: updatedAt,
            revision: revision
        )
        editedAt = json["editedAt"]?.date
    }
}

extension EventRecord.Role {
    fileprivate init?(plain json: JSONValue) {
        if json["single"] != nil {
            self = .single
        } else if json["series"] != nil {
            self = .series
        } else if let exception = json["exception"], let series = exception["series"]?.string,
            let start = exception["originalStart"].flatMap({ EventTime($0) })
        {
            self = .exception(series: RecordID(series), originalStart: start)
        } else {
            return nil
        }
    }
}

extension Connection.Owner {
    fileprivate init?(plain json: JSONValue) {
        if json["organization"] != nil {
            self = .organization
        } else if let user = json["user"]?["_0"]?.string {
            self = .user(UserID(user))
        } else {
            return nil
        }
    }
}

extension Date {
    /// Whether JSON can say it.
    var isFinite: Bool { timeIntervalSinceReferenceDate.isFinite }
}
#endif
