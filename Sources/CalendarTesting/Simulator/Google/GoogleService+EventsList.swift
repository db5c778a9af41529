import CalendarCore
import Foundation

extension GoogleService {
    /// `events.list`: full listings, windows and increments, page by page.
    func listEvents(_ call: GoogleCall) throws(GoogleRefusal) -> HTTPResponse {
        let found = try readableCalendar(call, for: "Events.List")
        let store = listedCalendar(found.index)
        let query = try GoogleListQuery(call.query, calendar: store.id, epoch: syncEpoch)
        if let least = query.updatedAfter, let reach = updatedMinReach,
            now.timeIntervalSince(least) > Double(reach) * 86_400
        {
            throw .updatedMinTooLongAgo
        }
        let view = try GoogleEventView(call.query, access: found.access)

        let isExpanded = query.expandsSeries || found.access == .freeBusy
        let rows = ordered(
            isExpanded ? expandedRows(of: store, query) : storedRows(of: store, query),
            query.order,
            zone: store.zone
        )
        let isStored = !isExpanded && query.order == .stored
        let page = try cut(rows, call, size: query.size, anchor: store.changes, isStored: isStored)
        let items = page.rows.filter { query.isShown($0) }.map { store.listed($0, view) }

        var answer = envelope(of: store, call, view)
        if let next = page.next {
            answer["nextPageToken"] = .string(next)
        } else if query.isSyncable {
            let token = GoogleSyncToken(epoch: syncEpoch, change: page.anchor)
            answer["nextSyncToken"] = .string(token.text(calendar: store.id))
        }
        answer["items"] = .array(items)
        return .google(answer)
    }

    private func storedRows(of store: GoogleCalendarStore, _ query: GoogleListQuery) -> [GoogleEventRow] {
        store.rows.filter { row in
            guard row.isRemembered else { return false }
            if let token = query.syncToken, row.change <= token.change { return false }
            if let least = query.updatedAfter, row.updated < least { return false }
            let whole = store.effective(row)
            guard query.filter.matches(whole) else { return false }
            guard query.after != nil || query.before != nil else { return true }
            if whole.isMaster, row.life == .live {
                return !store.occurrences(of: row, after: query.after, before: query.before).isEmpty
            }
            return whole.overlaps(after: query.after, before: query.before, zone: store.zone)
        }
    }

    private func expandedRows(of store: GoogleCalendarStore, _ query: GoogleListQuery) -> [GoogleEventRow] {
        var rows: [GoogleEventRow] = []
        for row in store.rows where row.isRemembered {
            if let token = query.syncToken, row.change <= token.change { continue }
            if let least = query.updatedAfter, row.updated < least { continue }
            if row.isMaster {
                rows += occurrences(of: row, in: store, query)
            } else if row.seriesID.flatMap({ store[$0] })?.life != .live {
                let whole = store.effective(row)
                if whole.overlaps(after: query.after, before: query.before, zone: store.zone) { rows.append(whole) }
            }
        }
        return rows.filter(query.filter.matches)
    }

    /// The occurrences of a series in a listing.
    ///
    /// A deleted master is never listed; an increment tells of its end by the cancelled occurrences, a full listing by
    /// their absence.
    private func occurrences(
        of master: GoogleEventRow,
        in store: GoogleCalendarStore,
        _ query: GoogleListQuery
    ) -> [GoogleEventRow] {
        guard master.life == .live || query.syncToken != nil else { return [] }
        return store.occurrences(of: master, after: query.after, before: query.before)
    }

    private func ordered(_ rows: [GoogleEventRow], _ order: GoogleListQuery.Order, zone: EventZone) -> [GoogleEventRow]
    {
        let key: (GoogleEventRow) -> Date
        switch order {
        case .stored: return rows
        case .start: key = { $0.start.date(floatingIn: zone) }
        case .updated: key = { $0.updated }
        }
        return rows.sorted { left, right in
            let first = key(left)
            let second = key(right)
            return first == second ? left.id < right.id : first < second
        }
    }

    /// One page of the rows.
    ///
    /// Page sizes count rows before deleted ones are left out, so a page can be short or empty.
    func cut(
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

    /// What stands around the rows of a list, part of which is the account's own.
    func envelope(of store: GoogleCalendarStore, _ call: GoogleCall, _ view: GoogleEventView) -> JSONNode {
        let account = accounts[call.account]
        let role = view.access == .freeBusy ? .freeBusyReader : role(of: account, in: store)
        let state = [Int64(store.changes), store.version, Int64(account.listChanges)]
        return [
            "kind": "calendar#events",
            "etag": .string("\"p3\(state.map { String($0, radix: 32) }.joined(separator: "o"))\""),
            "summary": .string(store.title),
            "description": store.properties["description"] ?? "",
            "updated": .string(GoogleEventTimes.stamp(store.updated)),
            "timeZone": .string((view.zone ?? store.zone).identifier),
            "accessRole": .string(role.rawValue),
            "defaultReminders": defaultReminders(of: call.account, in: store.id),
        ]
    }
}

extension GoogleListQuery {
    /// Whether a row is listed.
    ///
    /// Deleted ones only when asked for, or when they changed since a given time; cancelled occurrences of live series
    /// with masters always.
    func isShown(_ row: GoogleEventRow) -> Bool {
        guard row.isCancelled, !showsDeleted, updatedAfter == nil else { return true }
        return row.life == .live && row.seriesID != nil && !expandsSeries
    }
}
