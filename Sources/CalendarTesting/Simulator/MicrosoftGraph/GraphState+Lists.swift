import CalendarCore
import Foundation

/// An event of a list, before it is written down.
struct GraphRow: Sendable {
    let item: GraphItem
    var slot: GraphSlot?

    var start: Date { slot?.start.date ?? item.start.date }

    /// The row as filters and orders see it: instants in UTC, whatever the request prefers.
    var comparable: JSONNode {
        var node = item.json(slot, .utc)
        node["start"]?["dateTime"] = .string(GraphTimestamp.precise(start))
        node["end"]?["dateTime"] = .string(GraphTimestamp.precise(slot?.end.date ?? item.end.date))
        node["singleValueExtendedProperties"] = .array(item.properties(slot).filter { !$0.isMultiple }.map(\.json))
        // Filters may name an extension with or without the prefix of its id.
        node["extensions"] = .array(item.extensions.flatMap { [$0.json, ["id": .string($0.name)]] })
        return node
    }
}

/// Collections: pages of ten, `$skip` in their links, so that concurrent changes shift them.
extension GraphState {
    /// A page of a collection.
    func page(_ all: [JSONNode], _ call: GraphCall, type: String) throws(GraphFailure) -> GraphAnswer {
        try page(all, call, type: type) { node throws(GraphFailure) in node }
    }

    /// A page of a collection whose rows are written down only where they are shown.
    ///
    /// - Parameters:
    ///   - all: The rows in order.
    ///   - call: The request with its paging options.
    ///   - type: What the context says; a whole address, or what follows its `#`.
    ///   - write: Writes a row down.
    /// - Returns: The page.
    /// - Throws: What the options or a row deserve.
    func page<Row>(
        _ all: [Row],
        _ call: GraphCall,
        type: String,
        _ write: (Row) throws(GraphFailure) -> JSONNode
    ) throws(GraphFailure) -> GraphAnswer {
        guard !call.isCount else { return GraphAnswer(raw: ("text/plain", Data(String(all.count).utf8))) }
        let skip = try Self.number("skip", in: call) ?? 0
        let asked = try Self.number("top", in: call) ?? max(call.preferences.pageSize ?? 10, 1)
        let size = asked == 0 ? 0 : pageSize ?? min(asked, 1000)
        let context = type.hasPrefix("https:") ? type : "https://graph.microsoft.com/v1.0/$metadata#\(type)"
        var body: JSONNode = ["@odata.context": .string(context)]
        if call.option("count")?.lowercased() == "true" { body["@odata.count"] = .int(all.count) }
        if size > 0, skip + size < all.count {
            var query = call.query.pairs.filter { $0.name.lowercased() != "$skip" }.map { ($0.name, $0.value) }
            query.append(("$skip", String(skip + size)))
            body["@odata.nextLink"] = .string(call.link + "?" + FormFields(query).encoded)
        }
        var value: [JSONNode] = []
        for row in all.dropFirst(skip).prefix(size) { value.append(try write(row)) }
        body["value"] = .array(value)
        return GraphAnswer(body: body)
    }

    /// The number that a paging option says; nil without the option.
    private static func number(_ name: String, in call: GraphCall) throws(GraphFailure) -> Int? {
        guard let text = call.option(name) else { return nil }
        guard let number = Int(text), number >= 0 else {
            throw .query("The value of $\(name) is not a number from 0 on.")
        }
        return number
    }

    /// The events of a calendar: single events and masters, no occurrences.
    func events(_ call: GraphCall, in calendar: String) throws(GraphFailure) -> GraphAnswer {
        let rows = accounts[call.account].items(in: calendar).map { GraphRow(item: $0) }
        return try list(rows, call, "events")
    }

    /// The single events and occurrences in a window; no masters.
    func view(_ call: GraphCall, in calendar: String) throws(GraphFailure) -> GraphAnswer {
        let rows = rows(in: calendar, of: call.account, try call.window())
        return try list(rows, call, "calendarView", hidden: ["createdDateTime", "lastModifiedDateTime"])
    }

    /// The single events and occurrences of a calendar in a window, by start.
    func rows(in calendar: String, of account: Int, _ window: Range<Date>) -> [GraphRow] {
        var rows: [GraphRow] = []
        for item in accounts[account].items(in: calendar) {
            if item.recurrence != nil {
                rows += item.slots(in: window).map { GraphRow(item: item, slot: $0) }
            } else if item.isInside(window) {
                rows.append(GraphRow(item: item))
            }
        }
        return rows.sorted { ($0.start, $0.item.serial) < ($1.start, $1.item.serial) }
    }

    /// The occurrences of one series in a window.
    func instances(_ call: GraphCall, _ id: String, in calendar: String?) throws(GraphFailure) -> GraphAnswer {
        let (item, _) = try find(id, call.account, in: calendar)
        guard item.recurrence != nil else { throw .invalidRequest("The event is not a series.") }
        let rows = item.slots(in: try call.window()).map { GraphRow(item: item, slot: $0) }
        return try list(rows, call, "events('\(PercentEncoding.encode(id))')/instances")
    }

    /// Filters, orders and pages events.
    ///
    /// - Parameters:
    ///   - rows: The events in their own order.
    ///   - call: The request.
    ///   - path: What they are below the user.
    ///   - hidden: Properties that `$select` does not bring (https://learn.microsoft.com/graph/api/calendar-list-calendarview).
    /// - Returns: The page.
    /// - Throws: What the options deserve.
    private func list(
        _ rows: [GraphRow],
        _ call: GraphCall,
        _ path: String,
        hidden: Set<String> = []
    ) throws(GraphFailure) -> GraphAnswer {
        guard call.option("search") == nil else { throw .query("The query option '$search' is not supported.") }
        var rows = rows
        if let filter = call.option("filter") {
            let filter = try GraphFilterReader.read(filter)
            rows = rows.filter { filter.holds(for: $0.comparable) }
        }
        if let order = call.option("orderby") { rows = try GraphOrder(order).sorted(rows) }
        return try page(rows, call, type: context(path, call)) { row throws(GraphFailure) in
            var node = try shaped(row.item, row.slot, call)
            if call.option("select") != nil { for name in hidden { node[name] = nil } }
            return node
        }
    }
}

/// An `$orderby` option.
struct GraphOrder: Sendable {
    private let keys: [(path: String, isDescending: Bool)]

    private static let paths = ["start/dateTime", "end/dateTime", "createdDateTime", "lastModifiedDateTime", "subject"]

    init(_ text: String) throws(GraphFailure) {
        var keys: [(path: String, isDescending: Bool)] = []
        for part in text.split(separator: ",") {
            let words = part.split(separator: " ").map { $0.lowercased() }
            guard let word = words.first, let path = Self.paths.first(where: { $0.lowercased() == word }),
                words.count == 1 || (words.count == 2 && ["asc", "desc"].contains(words[1]))
            else { throw .query("Events cannot be ordered by '\(part)'.") }
            keys.append((path, words.last == "desc"))
        }
        self.keys = keys
    }

    /// The rows in order; equal ones keep theirs.
    func sorted(_ rows: [GraphRow]) -> [GraphRow] {
        let values = rows.map { row in
            let node = row.comparable
            return keys.map { GraphFilter.value($0.path, in: node).string?.lowercased() ?? "" }
        }
        return rows.indices.sorted { left, right in
            for (position, key) in keys.enumerated() where values[left][position] != values[right][position] {
                return (values[left][position] < values[right][position]) != key.isDescending
            }
            return left < right
        }.map { rows[$0] }
    }
}
