import CalendarCore
import Foundation

/// A calendar of the simulated service with all rows it ever had.
struct GoogleCalendarStore: Sendable {
    let id: String
    var title: String
    var zone: EventZone
    let isPrimary: Bool
    /// Whose calendar it is; nil for one of somebody outside.
    let dataOwner: String?
    /// What the Calendar resource says besides title and zone.
    var properties: JSONObject
    var isDeleted = false
    /// The access control list, deleted rules included, in the order they were made.
    var rules: [GoogleAccessRule] = []
    /// Grows with every change of a rule.
    var ruleChanges = 0
    /// The change of the events that the oldest valid sync token names.
    var firstTokenChange = 0
    /// The root of links to events.
    var linkRoot = GoogleService.webRoot
    /// Grows with every change; a sync token names one of its values.
    var changes = 0
    var version: Int64
    var updated: Date
    /// The rows in the order they were made; none is ever removed, so that deleted ids stay taken.
    private(set) var rows: [GoogleEventRow] = []
    private var positions: [String: Int] = [:]
    /// The positions of rows that were ever exceptions of a series.
    private var exceptionPositions: [String: [Int]] = [:]
    /// The ids of masters that the app split off, by the id of the first one.
    private var splitMasters: [String: [String]] = [:]

    init(
        id: String,
        title: String,
        zone: EventZone,
        isPrimary: Bool,
        dataOwner: String?,
        version: Int64,
        updated: Date
    ) {
        self.id = id
        self.dataOwner = dataOwner
        properties = JSONObject()
        properties["conferenceProperties"] = ["allowedConferenceSolutionTypes": ["hangoutsMeet"]]
        self.title = title
        self.zone = zone
        self.isPrimary = isPrimary
        self.version = version
        self.updated = updated
    }

    /// The etag of the Calendar resource, which is not that of anybody's list entry.
    var etag: String { "\"\(version)\"" }

    /// The Calendar resource.
    var resource: JSONNode {
        var node: JSONNode = [
            "kind": "calendar#calendar",
            "etag": .string(etag),
            "id": .string(id),
            "summary": .string(title),
        ]
        for key in ["description", "location"] {
            if let value = properties[key] { node[key] = value }
        }
        node["timeZone"] = .string(zone.identifier)
        for key in ["conferenceProperties", "autoAcceptInvitations", "labelProperties", "workingHours"] {
            if let value = properties[key] { node[key] = value }
        }
        if let dataOwner, !isPrimary { node["dataOwner"] = .string(dataOwner) }
        return node
    }

    /// The row with an id, deleted or not; setting one adds or replaces it, and rows never go away.
    subscript(id: String) -> GoogleEventRow? {
        get { positions[id].map { rows[$0] } }
        set {
            guard var row = newValue else { return }
            let position = positions[id] ?? rows.count
            row.ordinal = position
            if let series = row.seriesID, !exceptionPositions[series, default: []].contains(position) {
                exceptionPositions[series, default: []].append(position)
            }
            if position < rows.count {
                rows[position] = row
            } else {
                positions[id] = position
                let base = Self.base(of: id)
                if base != id { splitMasters[base, default: []].append(id) }
                rows.append(row)
            }
        }
    }

    /// The first master's id, for one that the app split off as `<id>_R<stamp>`; occurrences of all go by it.
    static func base(of id: String) -> String {
        id.range(of: "_R").map { String(id[..<$0.lowerBound]) } ?? id
    }

    /// The masters that a series consists of since the app split it, in their order.
    func family(of id: String) -> [GoogleEventRow] {
        let base = Self.base(of: id)
        return ([base] + (splitMasters[base] ?? [])).compactMap { self[$0] }.filter { $0.isMaster && $0.life == .live }
    }

    /// The exceptions of a series, cancelled ones included.
    func exceptions(of series: String) -> [GoogleEventRow] {
        (exceptionPositions[series] ?? []).map { rows[$0] }.filter { $0.seriesID == series && $0.life == .live }
    }

    /// Gives a row and, in a series, the master and all exceptions one new version.
    ///
    /// - Parameters:
    ///   - id: A row of the series.
    ///   - version: The transaction's version.
    ///   - now: The time of the change; nil leaves `updated` alone, as a change of reminders does.
    mutating func touch(_ id: String, version: Int64, now: Date?) {
        changes += 1
        mark(id, version: version, now: now)
    }

    /// Gives several rows, each with the whole of its series, one version and one place in the feed.
    mutating func touch(all ids: [String], version: Int64, now: Date) {
        changes += 1
        for id in ids { mark(id, version: version, now: now) }
    }

    private mutating func mark(_ id: String, version: Int64, now: Date?) {
        let root = self[id]?.seriesID ?? id
        let single = [positions[id], root == id ? nil : positions[root]].compactMap(\.self)
        let others = (exceptionPositions[root] ?? []).filter {
            rows[$0].life == .live && rows[$0].seriesID == root && !single.contains($0)
        }
        for position in single + others {
            rows[position].version = version
            rows[position].change = changes
            if let now { rows[position].updated = now }
        }
        if let now { updated = now }
    }

    /// What a row says, with an exception completed from its series.
    func effective(_ row: GoogleEventRow) -> GoogleEventRow {
        var result = row
        if let series = row.seriesID, let master = self[series], master.life == .live {
            result.fields = master.fields
            result.fields["recurrence"] = nil
            for member in row.fields.members { result.fields[member.key] = member.value }
            if let original = row.originalStart, !row.hasOwnTimes {
                result.start = original
                result.end = original.adding(seconds: master.seconds)
            }
        }
        for member in result.fields.members where member.value.isNull { result.fields[member.key] = nil }
        return result
    }
}
