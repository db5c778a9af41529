public import CalendarCore
import Foundation

/// What people do in the service's own app. Guests get mail about all of it.
extension GoogleCalendarSimulator {
    /// Makes an account with its primary calendar, whose id is the address.
    ///
    /// An address that exists already is left alone.
    public func addAccount(_ address: String, name: String, zone: EventZone) {
        access { service in service.addAccount(address, name: name, zone: zone) }
    }

    /// Makes a calendar and puts it into an account's list.
    ///
    /// - Parameters:
    ///   - title: The title shown.
    ///   - address: The account.
    ///   - zone: The calendar's zone.
    ///   - level: What the account may do; anything but `owner` means that somebody else shared it.
    /// - Returns: The new calendar's id.
    @discardableResult
    public func addCalendar(
        _ title: String,
        to address: String,
        zone: EventZone,
        access level: RemoteCalendar.Access = .owner
    ) -> CalendarID {
        access { service in service.addCalendar(title, to: address, zone: zone, access: level) }
    }

    /// Makes an event as a person does; its guests are invited.
    ///
    /// The account and the calendar must exist, and the event must be one that the service accepts (it ends after it
    /// starts, and its rules are well formed); anything else is a mistake in the test and stops the program.
    ///
    /// - Parameters:
    ///   - content: The event; what the service does not know is left out.
    ///   - address: The account.
    ///   - calendar: The calendar; nil for the primary one.
    /// - Returns: The new event's id.
    @discardableResult
    public func add(_ content: EventContent, to address: String, calendar: CalendarID? = nil) -> RemoteEventID {
        access { service in
            let index = service.requiredCalendar(of: address, calendar)
            let resource = GoogleContent.resource(content, zone: service.calendars[index].zone)
            do throws(GoogleRefusal) {
                let row = try service.insert(resource, by: address, calendar: index, query: FormFields())
                service.notifyChange(from: nil, to: row, .all)
                return RemoteEventID(row.id)
            } catch {
                preconditionFailure("The service would refuse this event: \(error.reason)")
            }
        }
    }

    /// Changes an event, or one occurrence by its id, as a person does.
    ///
    /// The event must be there, and the service must accept the change; anything else stops the program.
    ///
    /// - Parameters:
    ///   - id: The event.
    ///   - address: The account.
    ///   - calendar: The calendar; nil for the primary one.
    ///   - edit: Changes the content.
    public func change(
        _ id: RemoteEventID,
        of address: String,
        calendar: CalendarID? = nil,
        _ edit: (inout EventContent) -> Void
    ) {
        access { service in
            let index = service.requiredCalendar(of: address, calendar)
            let row = service.requiredRow(id, in: index)
            let resource = service.edited(row, calendar: index, edit)
            service.require { service throws(GoogleRefusal) in
                try service.update(row, to: resource, calendar: index, query: FormFields(), .all)
            }
        }
    }

    /// Changes one occurrence of a series as a person does.
    ///
    /// - Parameters:
    ///   - id: The master of the series.
    ///   - originalStart: The start that the rule gave the occurrence.
    ///   - address: The account.
    ///   - calendar: The calendar; nil for the primary one.
    ///   - edit: Changes the content.
    public func changeOccurrence(
        of id: RemoteEventID,
        startingAt originalStart: EventTime,
        of address: String,
        calendar: CalendarID? = nil,
        _ edit: (inout EventContent) -> Void
    ) {
        change(Self.occurrence(of: id, at: originalStart), of: address, calendar: calendar, edit)
    }

    /// Deletes an event, or one occurrence by its id, as a person does; it must be there.
    public func remove(_ id: RemoteEventID, of address: String, calendar: CalendarID? = nil) {
        access { service in
            let index = service.requiredCalendar(of: address, calendar)
            service.remove(service.requiredRow(id, in: index), calendar: index, .all)
        }
    }

    /// Deletes one occurrence of a series as a person does: a cancelled exception, not an EXDATE.
    ///
    /// - Parameters:
    ///   - id: The master of the series.
    ///   - originalStart: The start that the rule gave the occurrence.
    ///   - address: The account.
    ///   - calendar: The calendar; nil for the primary one.
    public func cancelOccurrence(
        of id: RemoteEventID,
        startingAt originalStart: EventTime,
        of address: String,
        calendar: CalendarID? = nil
    ) {
        remove(Self.occurrence(of: id, at: originalStart), of: address, calendar: calendar)
    }

    private static func occurrence(of series: RemoteEventID, at originalStart: EventTime) -> RemoteEventID {
        let base = GoogleCalendarStore.base(of: series.rawValue)
        return RemoteEventID("\(base)_\(GoogleEventTimes.occurrenceStamp(originalStart))")
    }

    /// What a calendar holds: single events, masters and exceptions, without what was deleted.
    ///
    /// - Parameters:
    ///   - address: The account.
    ///   - calendar: The calendar; nil for the primary one.
    /// - Returns: The events in the order they were made.
    public func events(of address: String, calendar: CalendarID? = nil) -> [SimulatedEvent] {
        access { service in
            let store = service.calendars[service.requiredCalendar(of: address, calendar)]
            return store.rows.filter { $0.life == .live }.map { SimulatedEvent(store.effective($0)) }
        }
    }
}

extension SimulatedEvent {
    fileprivate init(_ row: GoogleEventRow) {
        self.init(
            id: RemoteEventID(row.id),
            iCalUID: row.iCalUID,
            etag: row.etag,
            title: row.fields["summary"]?.string,
            start: row.start,
            end: row.end,
            attendees: GoogleService.guests(row),
            isSeries: row.isMaster,
            isException: row.seriesID != nil,
            isCancelled: row.isCancelled
        )
    }
}

extension GoogleService {
    /// The position of a calendar that a test named.
    func requiredCalendar(of address: String, _ calendar: CalendarID?) -> Int {
        guard let account = accountIndex(address),
            let index = calendarIndex(calendar?.rawValue ?? accounts[account].address)
        else { preconditionFailure("There is no such account or calendar.") }
        return index
    }

    /// The row that a test named.
    func requiredRow(_ id: RemoteEventID, in calendar: Int) -> GoogleEventRow {
        guard let row = calendars[calendar].find(id.rawValue), !row.isCancelled else {
            preconditionFailure("There is no such event.")
        }
        return row
    }

    fileprivate mutating func addAccount(_ address: String, name: String, zone: EventZone) {
        guard accountIndex(address) == nil else { return }
        let subject = "1" + nextText(20, alphabet: "0123456789")
        accounts.append(GoogleAccount(address: address, name: name, subject: subject, zone: zone))
        let index = makeCalendar(address, title: address, zone: zone, isPrimary: true, dataOwner: address)
        setRole(.owner, of: .user, address, calendar: index)
        // Calendars that were shared with the address before there was an account.
        let account = accounts.count - 1
        for shared in calendars.indices where shared != index && !calendars[shared].isDeleted {
            let rule = calendars[shared].rules.first {
                $0.scope == .user && $0.covers(accounts[account], groups: groups)
            }
            if let rule, rule.role != .none { subscribe(account, to: shared, isSelected: true) }
        }
    }

    fileprivate mutating func addCalendar(
        _ title: String,
        to address: String,
        zone: EventZone,
        access: RemoteCalendar.Access
    ) -> CalendarID {
        let id = nextText(26) + "@group.calendar.google.com"
        let owner = access == .owner ? accountIndex(address).map { accounts[$0].address } : nil
        let index = makeCalendar(id, title: title, zone: zone, isPrimary: false, dataOwner: owner)
        setRole(GoogleRole(access), of: .user, address, calendar: index)
        return CalendarID(id)
    }
}
