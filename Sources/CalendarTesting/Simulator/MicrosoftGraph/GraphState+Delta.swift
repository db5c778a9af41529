import CalendarCore
import Foundation

/// A position in a change feed; window and calendar are frozen in it, headers are not.
struct GraphCursor: Sendable {
    let account: String
    let calendar: String
    let window: Range<Date>
    let generation: Int
    /// Changes after this position belong to the round that starts here; nil before the first round.
    var since: Int?
    /// What is left of a round under way; nil between rounds.
    var remaining: [GraphChange]?
    var followsEmptyPage = false
}

/// An item that changed, or one to report as removed.
enum GraphChange: Sendable {
    case item(String)
    case removed(GraphEventID)
}

/// The change feed of a view (https://learn.microsoft.com/graph/api/event-delta).
extension GraphState {
    /// Answers one page.
    mutating func delta(_ call: GraphCall, in calendar: String) throws(GraphFailure) -> GraphAnswer {
        for name in ["select", "filter", "expand", "orderby", "search"] where call.option(name) != nil {
            throw .query("The query option '$\(name)' is not supported with change tracking.")
        }
        var cursor: GraphCursor
        let token = [call.option("skiptoken"), call.option("deltatoken")].compactMap { $0 }.first { !$0.isEmpty }
        if let token {
            guard let known = cursors[token], known.calendar == calendar,
                known.account == accounts[call.account].address
            else { throw .syncStateNotFound }
            guard known.generation == generation else { throw dead(known, call) }
            cursor = known
        } else {
            let window = try call.window()
            let days = window.upperBound.timeIntervalSince(window.lowerBound) / 86_400
            if let longest = settings.longestWindow, days > longest { throw .timeout }
            cursor = GraphCursor(
                account: accounts[call.account].address,
                calendar: calendar,
                window: window,
                generation: generation
            )
        }
        if cursor.remaining == nil {
            let limit = visibleVersion(call.account, calendar)
            cursor.remaining = changes(since: cursor.since, through: limit, in: cursor, call.account)
            cursor.since = max(limit, cursor.since ?? 0)
        }
        return page(&cursor, call)
    }

    /// What a link from before the last loss of positions gets.
    private func dead(_ cursor: GraphCursor, _ call: GraphCall) -> GraphFailure {
        guard settings.sendsResyncLocation else { return .syncStateNotFound }
        let query = FormFields([
            ("startDateTime", GraphTimestamp.plain(cursor.window.lowerBound)),
            ("endDateTime", GraphTimestamp.plain(cursor.window.upperBound)),
        ])
        return GraphFailure(
            status: 410,
            code: "resyncRequired",
            message: "Resync required. Start again without the token.",
            location: call.link + "?" + query.encoded + "&$deltatoken="
        )
    }

    /// The position of the latest change that may show already.
    private func visibleVersion(_ account: Int, _ calendar: String) -> Int {
        guard settings.feedDelay > 0 else { return version }
        let limit = now.addingTimeInterval(-settings.feedDelay)
        let items = accounts[account].items(in: calendar).filter { $0.modified > limit }.map(\.version)
        let stones = accounts[account].tombstones.filter { $0.date > limit && $0.calendar == calendar }.map(\.version)
        return (items + stones).min().map { $0 - 1 } ?? version
    }

    /// What changed between two positions, oldest first; in a first round, what lies in the window.
    private func changes(
        since: Int?,
        through limit: Int,
        in cursor: GraphCursor,
        _ account: Int
    ) -> [GraphChange] {
        var found: [(version: Int, change: GraphChange)] = []
        let items = accounts[account].items(in: cursor.calendar)
        for item in items where item.version > since ?? 0 && item.version <= limit {
            if item.isInside(cursor.window) {
                found.append((item.version, .item(item.key)))
            } else if since != nil {
                // Whatever happens outside the window is told as a removal, even of an event nobody was told of.
                found.append((item.version, .removed(item.id(nil))))
            }
        }
        if let since {
            let stones = accounts[account].tombstones.filter { $0.calendar == cursor.calendar }
            found += stones.filter { $0.version > since && $0.version <= limit }.map { ($0.version, .removed($0.id)) }
        }
        let changes = found.sorted { $0.version < $1.version }.map(\.change)
        return settings.repeatsChanges ? changes + changes : changes
    }

    private mutating func page(_ cursor: inout GraphCursor, _ call: GraphCall) -> GraphAnswer {
        deltaPages += 1
        var remaining = (cursor.remaining ?? [])[...]
        var value: [JSONNode] = []
        let isEmpty = emptyPageEvery.map { $0 > 0 && deltaPages % $0 == 0 } ?? false
        if isEmpty && !cursor.followsEmptyPage {
            cursor.followsEmptyPage = true
        } else {
            cursor.followsEmptyPage = false
            let size = max(pageSize ?? call.preferences.pageSize ?? 10, 1)
            while value.count < size, let change = remaining.popFirst() {
                // A series is never split, so a page may be larger than asked for.
                value += nodes(change, cursor.window, call)
            }
        }
        let isLast = remaining.isEmpty && !cursor.followsEmptyPage
        cursor.remaining = isLast ? nil : Array(remaining)
        let token = identifiers.text(43)
        cursors[token] = cursor
        let link = call.link + "?" + (isLast ? "$deltatoken=" : "$skiptoken=") + token
        return GraphAnswer(
            body: [
                "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#Collection(event)",
                isLast ? "@odata.deltaLink" : "@odata.nextLink": .string(link),
                "value": .array(value),
            ],
            applied: ["odata.track-changes"]
        )
    }

    private func nodes(_ change: GraphChange, _ window: Range<Date>, _ call: GraphCall) -> [JSONNode] {
        let preferences = call.preferences
        switch change {
        case .removed(let id):
            return [
                [
                    "@odata.type": "#microsoft.graph.event",
                    "id": .string(id.text(isImmutable: preferences.isImmutable)),
                    "@removed": ["reason": "deleted"],
                ]
            ]
        case .item(let key):
            guard let item = accounts[call.account].items[key].map({ seen($0, in: call) }) else { return [] }
            let master = Self.typed(item.json(nil, preferences))
            guard item.recurrence != nil else { return [master] }
            return (settings.omitsMasters ? [] : [master])
                + item.slots(in: window).map {
                    $0.exception == nil ? item.sparse($0, preferences) : Self.typed(item.json($0, preferences))
                }
        }
    }

    private static func typed(_ node: JSONNode) -> JSONNode {
        var members: [(key: String, value: JSONNode)] = [("@odata.type", "#microsoft.graph.event")]
        members += node.object?.members.map { (key: $0.key, value: $0.value) } ?? []
        return .object(JSONObject(members))
    }
}
