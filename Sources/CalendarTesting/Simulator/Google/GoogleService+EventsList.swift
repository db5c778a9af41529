import CalendarCore
import Foundation

extension GoogleService {
    /// `events.list`: full listings, windows and increments, page by page.
    func listEvents(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.readEvents, for: "Events.List")
        let found = try calendar(call, call.path[1], needing: .freeBusy)
        let store = calendars[found.index]
        let query = try GoogleListQuery(call.query, calendar: store.id, epoch: syncEpoch)
        let isMasked = found.access == .freeBusy

        let isStored = !query.expandsSeries && !isMasked
        let rows = isStored ? storedRows(of: store, query) : expandedRows(of: store, query)
        let page = try cut(rows, call, size: query.size, anchor: store.changes, isStored: isStored)
        let items = page.rows.filter { query.isShown($0) }
            .map { isMasked ? store.masked($0, zone: query.zone) : store.listed($0, zone: query.zone) }

        var answer = envelope(of: store, access: found.access, zone: query.zone)
        if let next = page.next {
            answer["nextPageToken"] = .string(next)
        } else {
            let token = GoogleSyncToken(epoch: syncEpoch, change: page.anchor)
            answer["nextSyncToken"] = .string(token.text(calendar: store.id))
        }
        answer["items"] = .array(items)
        return .google(answer)
    }

    /// `events.instances`: its lower bound is inclusive.
    func listInstances(_ call: GoogleCall, id: String) throws(GoogleRefusal) -> HTTPResponse {
        try call.require(GoogleScopes.readEvents, for: "Events.Instances")
        let found = try calendar(call, call.path[1], needing: .read)
        let store = calendars[found.index]
        guard let row = store.find(id), row.life != .gone else { throw .notFound }
        let zone = call.query["timeZone"].map { EventZone($0) }
        let after = try GoogleEventTimes.bound(call.query, "timeMin")?.addingTimeInterval(-1)
        let before = try GoogleEventTimes.bound(call.query, "timeMax")
        var rows = row.isMaster && row.life == .live ? store.occurrences(of: row, after: after, before: before) : [row]
        if call.query["showDeleted"] != "true" { rows.removeAll(where: \.isCancelled) }
        if let text = call.query["originalStart"] {
            rows.removeAll { row in !Self.isOriginalStart(text, of: row) }
        }
        let size = min(max(1, call.query["maxResults"].flatMap { Int($0) } ?? 250), 2500)
        let page = try cut(rows, call, size: size, anchor: store.changes, isStored: false)
        var answer = envelope(of: store, access: found.access, zone: zone)
        if let next = page.next { answer["nextPageToken"] = .string(next) }
        answer["items"] = .array(page.rows.map { store.listed($0, zone: zone) })
        return .google(answer)
    }

    private static func isOriginalStart(_ text: String, of row: GoogleEventRow) -> Bool {
        switch row.originalStart {
        case .day(let day): CivilDate(text) == day
        case .zoned(let time): Date(rfc3339: text) == time.date
        case nil: false
        }
    }

    private func storedRows(of store: GoogleCalendarStore, _ query: GoogleListQuery) -> [GoogleEventRow] {
        store.rows.filter { row in
            if row.life == .gone { return false }
            if let token = query.syncToken { return row.change > token.change }
            if let least = query.updatedAfter, row.updated < least { return false }
            if let uid = query.iCalUID, row.iCalUID != uid { return false }
            guard query.after != nil || query.before != nil else { return true }
            let whole = store.effective(row)
            if whole.isMaster, row.life == .live {
                return !store.occurrences(of: row, after: query.after, before: query.before).isEmpty
            }
            return whole.overlaps(after: query.after, before: query.before, zone: store.zone)
        }
    }

    private func expandedRows(of store: GoogleCalendarStore, _ query: GoogleListQuery) -> [GoogleEventRow] {
        var rows: [GoogleEventRow] = []
        for row in store.rows where row.life != .gone {
            if let token = query.syncToken, row.change <= token.change { continue }
            if let uid = query.iCalUID, row.iCalUID != uid { continue }
            if row.isMaster {
                // A deleted master is never listed here; its occurrences are simply not there any more.
                guard row.life == .live else { continue }
                rows += store.occurrences(of: row, after: query.after, before: query.before)
            } else if row.seriesID.flatMap({ store[$0] })?.life != .live {
                let whole = store.effective(row)
                if whole.overlaps(after: query.after, before: query.before, zone: store.zone) { rows.append(whole) }
            }
        }
        if query.ordersByStart {
            rows.sort { left, right in
                let first = left.start.date(floatingIn: store.zone)
                let second = right.start.date(floatingIn: store.zone)
                return first == second ? left.id < right.id : first < second
            }
        }
        return rows
    }

    /// One page of the rows.
    ///
    /// Page sizes count rows before deleted ones are left out, so a page can be short or empty.
    private func cut(
        _ rows: [GoogleEventRow],
        _ call: GoogleCall,
        size: Int,
        anchor: Int,
        isStored: Bool
    ) throws(GoogleRefusal) -> (rows: [GoogleEventRow], next: String?, anchor: Int) {
        let print = GooglePageToken.fingerprint(
            call.query,
            path: call.path,
            account: accounts[call.account].address
        )
        var token = GooglePageToken(position: 0, page: 1, anchor: anchor)
        if let text = call.query["pageToken"] {
            guard let read = GooglePageToken(text, query: print) else {
                throw .invalid("Invalid page token value.", parameter: "pageToken")
            }
            token = read
        }
        let size = min(size, max(1, pageSize ?? size))
        var next = GooglePageToken(position: token.position, page: token.page + 1, anchor: token.anchor)
        if let every = emptyPageEvery, every > 1 || token.page == 1, token.page % max(1, every) == 0 {
            return ([], next.text(query: print), token.anchor)
        }
        // Stored rows continue behind the last one sent, so that rows which come and go meanwhile hide no other row.
        let rest = isStored ? rows[...].drop { $0.ordinal < token.position } : rows.dropFirst(token.position)
        let sent = rest.prefix(size)
        next.position = isStored ? (sent.last?.ordinal ?? 0) + 1 : token.position + sent.count
        return (Array(sent), sent.count < rest.count ? next.text(query: print) : nil, token.anchor)
    }

    private func envelope(
        of store: GoogleCalendarStore,
        access: RemoteCalendar.Access,
        zone: EventZone?
    ) -> JSONNode {
        [
            "kind": "calendar#events",
            "etag": .string("\"p32\(String(store.changes, radix: 32))o0o\""),
            "summary": .string(store.title),
            "description": store.properties["description"] ?? "",
            "updated": .string(GoogleEventTimes.stamp(store.updated)),
            "timeZone": .string((zone ?? store.zone).identifier),
            "accessRole": .string(Self.role(access)),
            "defaultReminders": .array(store.isPrimary ? [["method": "popup", "minutes": 30]] : []),
        ]
    }
}

extension GoogleListQuery {
    /// Whether a row is listed: deleted ones only when asked for, cancelled occurrences of live series with masters always.
    func isShown(_ row: GoogleEventRow) -> Bool {
        guard row.isCancelled, !showsDeleted else { return true }
        return row.life == .live && row.seriesID != nil && !expandsSeries
    }
}
