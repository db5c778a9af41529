import CalendarCore
import Foundation

extension GoogleService {
    /// What an account may do with a calendar: the most that any rule gives it.
    func role(of account: GoogleAccount, in store: GoogleCalendarStore) -> GoogleRole {
        store.rules.filter { $0.covers(account, groups: groups) }.map(\.role).max() ?? .none
    }

    /// The calendar that a request names, when the account may do with it what the request needs.
    ///
    /// A calendar without access answers 404, like one that does not exist.
    func calendar(
        _ call: GoogleCall,
        _ id: String,
        needing needed: RemoteCalendar.Access
    ) throws(GoogleRefusal) -> (index: Int, access: RemoteCalendar.Access) {
        let account = accounts[call.account]
        guard let index = calendarIndex(id == "primary" ? account.address : id) else { throw .notFound }
        guard let access = role(of: account, in: calendars[index]).access else { throw .notFound }
        guard access >= needed else {
            switch needed {
            case .owner: throw .ownerRequired
            case .write: throw .writerRequired
            default: throw .forbidden
            }
        }
        return (index, access)
    }

    /// Checks that access to a calendar has not changed since a sync token of its events was given out.
    ///
    /// See https://developers.google.com/workspace/calendar/api/guides/sync#full_sync_required_by_server
    ///
    /// - Parameter call: A request for a calendar's events.
    /// - Throws: 410.
    func checkTokenAge(_ call: GoogleCall) throws(GoogleRefusal) {
        guard let text = call.query["syncToken"] else { return }
        let store = calendars[try calendar(call, call.path[1], needing: .freeBusy).index]
        guard let token = GoogleSyncToken(text, calendar: store.id) else { return }
        guard token.change >= store.firstTokenChange else { throw .fullSyncRequired }
    }

    /// Makes a calendar that nobody has access to yet, and says where it is.
    mutating func makeCalendar(
        _ id: String,
        title: String,
        zone: EventZone,
        isPrimary: Bool,
        dataOwner: String?
    ) -> Int {
        var store = GoogleCalendarStore(
            id: id,
            title: title,
            zone: zone,
            isPrimary: isPrimary,
            dataOwner: dataOwner,
            version: nextVersion(),
            updated: now
        )
        store.linkRoot = publicRoot ?? Self.webRoot
        calendars.append(store)
        return calendars.count - 1
    }

    /// Gives a role to an address, a domain or everybody, and lets calendar lists follow.
    ///
    /// Who gains access by name finds the calendar in the list; who loses all access loses the entry.
    ///
    /// - Parameters:
    ///   - role: The role; `none` deletes the rule.
    ///   - scope: The kind of the scope.
    ///   - value: The address or domain.
    ///   - index: The calendar's position.
    mutating func setRole(
        _ role: GoogleRole,
        of scope: GoogleAccessRule.Scope,
        _ value: String,
        calendar index: Int
    ) {
        let before = accounts.map { self.role(of: $0, in: calendars[index]) }
        let rule = GoogleAccessRule(scope: scope, value: value, role: role, version: nextVersion(), change: 0)
        calendars[index].put(rule)
        for account in accounts.indices {
            let after = self.role(of: accounts[account], in: calendars[index])
            if before[account] == .none, after != .none, scope == .user || scope == .group {
                subscribe(account, to: index, isSelected: true)
            } else if before[account] != .none, after == .none {
                unsubscribe(account, from: calendars[index].id)
            }
        }
    }

    /// Puts a calendar into an account's list as if it had never been there; an entry that is there stays as it is.
    mutating func subscribe(_ account: Int, to index: Int, isSelected: Bool) {
        let store = calendars[index]
        let position = accounts[account].entries.firstIndex { $0.calendar == store.id }
        if let position, !accounts[account].entries[position].isDeleted { return }
        let place = position ?? accounts[account].entries.count
        let isOwn = store.isPrimary && store.id.lowercased() == accounts[account].address.lowercased()
        // The first calendar of an account has the colour 14, as recorded accounts do.
        let color = (13 + place) % GooglePalette.calendar.count + 1
        let fields = GoogleListEntry.fields(color: color, isPrimary: isOwn, isSelected: isSelected)
        put(GoogleListEntry(calendar: store.id, fields: fields, version: 0, change: 0), account: account)
    }

    /// Takes a calendar out of an account's list; increments tell so.
    mutating func unsubscribe(_ account: Int, from id: String) {
        guard var entry = accounts[account].entries.first(where: { $0.calendar == id && !$0.isDeleted }) else { return }
        entry.isDeleted = true
        put(entry, account: account)
    }

    /// Stores an entry as a change of the account's list.
    mutating func put(_ entry: GoogleListEntry, account: Int) {
        var entry = entry
        entry.version = nextVersion()
        accounts[account].listChanges += 1
        entry.change = accounts[account].listChanges
        if let position = accounts[account].entries.firstIndex(where: { $0.calendar == entry.calendar }) {
            accounts[account].entries[position] = entry
        } else {
            accounts[account].entries.append(entry)
        }
    }
}

extension GoogleCalendarStore {
    /// Stores a rule in the place of one for the same scope, as a change of the list.
    ///
    /// Sync tokens of the calendar's events that were given out before are void.
    mutating func put(_ rule: GoogleAccessRule) {
        var rule = rule
        ruleChanges += 1
        changes += 1
        firstTokenChange = changes
        rule.change = ruleChanges
        if let position = rules.firstIndex(where: { $0.id.lowercased() == rule.id.lowercased() }) {
            rules[position] = rule
        } else {
            rules.append(rule)
        }
    }
}
