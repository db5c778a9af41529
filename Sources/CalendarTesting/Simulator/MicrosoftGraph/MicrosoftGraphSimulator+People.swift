public import CalendarCore

/// What people do in the service's own application; a meeting of somebody with guests sends mail as ever.
///
/// Naming an account, calendar or event that does not exist, or content the service would refuse, is a fault of the
/// test and ends the process.
extension MicrosoftGraphSimulator {
    /// Makes an account with its default calendar; one of a personal domain such as `outlook.com` is a personal one.
    ///
    /// An account that exists stays as it is.
    ///
    /// - Parameters:
    ///   - address: Its mail address.
    ///   - name: The name shown.
    ///   - zone: The zone of the mailbox, which all-day events are made in.
    public func addAccount(_ address: String, name: String, zone: EventZone) {
        withState { state in
            guard state.index(of: address) == nil else { return }
            state.makeAccount(address, name: name, zone: zone)
        }
    }

    /// Makes a calendar.
    ///
    /// - Parameters:
    ///   - title: The name shown.
    ///   - address: Whose it is.
    ///   - zone: Ignored: this service's calendars have no zone.
    ///   - access: What the account may do; anything below `owner` makes it somebody else's shared calendar.
    /// - Returns: Its id.
    @discardableResult
    public func addCalendar(
        _ title: String,
        to address: String,
        zone: EventZone,
        access: RemoteCalendar.Access = .owner
    ) -> CalendarID {
        withState { state in
            let account = state.required(address)
            let groups = state.accounts[account].groups
            let kind = access == .owner ? GraphCalendarGroup.ownClass : GraphCalendarGroup.otherClass
            let group = groups.first { $0.classID == kind }?.id ?? ""
            var calendar = state.newCalendar(title, access, account: account, group: group)
            if access != .owner {
                calendar.stranger = EventPerson("somebody.else@example.net", name: "Somebody Else")
            }
            state.accounts[account].calendars.append(calendar)
            return CalendarID(calendar.id)
        }
    }

    /// Makes an event, and invites its guests.
    ///
    /// Recurrence lines may be an RRULE that a pattern of this service can say, and EXDATE lines.
    ///
    /// - Parameters:
    ///   - content: What it says.
    ///   - address: Who makes it, and organizes it.
    ///   - calendar: Where; nil for the default calendar.
    /// - Returns: Its immutable id.
    @discardableResult
    public func add(_ content: EventContent, to address: String, calendar: CalendarID? = nil) -> RemoteEventID {
        withState { state in
            let account = state.required(address)
            let zone = state.accounts[account].zone
            let recurrence = content.graphRecurrence(zone)
            precondition(content.recurrence == nil || recurrence != nil, "no pattern can say this recurrence")
            do throws(GraphFailure) {
                let input = try GraphEventInput(content.graphBody(Set(EventField.allCases), zone: zone))
                let home = calendar?.rawValue ?? state.accounts[account].primary
                var item = try state.create(input, in: home, of: account)
                let excluded = content.excludedDates(zone)
                if !excluded.isEmpty || content.status == .cancelled {
                    item.cancelledDates = excluded.sorted()
                    item.isCancelled = content.status == .cancelled
                    state.store(&item, account)
                }
                return item.id(nil).remoteID
            } catch {
                preconditionFailure("the service would refuse this event: \(error.code)")
            }
        }
    }

    /// Changes an event or one of its occurrences.
    ///
    /// - Parameters:
    ///   - id: The event; the id of an occurrence changes that one only.
    ///   - address: Whose calendar it is in.
    ///   - calendar: Ignored: ids are unique in a mailbox.
    ///   - edit: Changes what the event says.
    public func change(
        _ id: RemoteEventID,
        of address: String,
        calendar: CalendarID? = nil,
        _ edit: (inout EventContent) -> Void
    ) {
        withState { state in
            let account = state.required(address)
            let (item, slot) = state.required(id, account)
            let before = item.content(slot)
            var after = before
            edit(&after)
            do throws(GraphFailure) {
                let body = after.graphBody(after.changedFields(from: before), zone: state.accounts[account].zone)
                try state.update(item, slot, with: try GraphEventInput(body), of: account)
            } catch {
                preconditionFailure("the service would refuse this change: \(error.code)")
            }
        }
    }

    /// Deletes an event; the id of an occurrence cancels that one only.
    ///
    /// - Parameters:
    ///   - id: The event.
    ///   - address: Whose calendar it is in.
    ///   - calendar: Ignored: ids are unique in a mailbox.
    public func remove(_ id: RemoteEventID, of address: String, calendar: CalendarID? = nil) {
        withState { state in
            let account = state.required(address)
            let (item, slot) = state.required(id, account)
            state.delete(item, slot, of: account)
        }
    }

    /// Cancels one occurrence of a series.
    ///
    /// - Parameters:
    ///   - id: The series.
    ///   - originalStart: When the occurrence starts by the rule of the series.
    ///   - address: Whose calendar it is in.
    ///   - calendar: Ignored: ids are unique in a mailbox.
    public func cancelOccurrence(
        of id: RemoteEventID,
        startingAt originalStart: EventTime,
        of address: String,
        calendar: CalendarID? = nil
    ) {
        withState { state in
            let account = state.required(address)
            let (item, slot) = state.required(id, account, startingAt: originalStart)
            state.delete(item, slot, of: account)
        }
    }

    /// Changes one occurrence of a series.
    ///
    /// - Parameters:
    ///   - id: The series.
    ///   - originalStart: When the occurrence starts by the rule of the series.
    ///   - address: Whose calendar it is in.
    ///   - calendar: Ignored: ids are unique in a mailbox.
    ///   - edit: Changes what the occurrence says.
    public func changeOccurrence(
        of id: RemoteEventID,
        startingAt originalStart: EventTime,
        of address: String,
        calendar: CalendarID? = nil,
        _ edit: (inout EventContent) -> Void
    ) {
        let occurrence = withState { state in
            let (item, slot) = state.required(id, state.required(address), startingAt: originalStart)
            return item.id(slot).remoteID
        }
        change(occurrence, of: address, edit)
    }

    /// What a calendar holds: masters unexpanded, each followed by its exceptions, in the order of creation.
    ///
    /// - Parameters:
    ///   - address: Whose calendar it is.
    ///   - calendar: Which one; nil for the default calendar.
    /// - Returns: The events, without deleted ones.
    public func events(of address: String, calendar: CalendarID? = nil) -> [SimulatedEvent] {
        withState { state in
            let account = state.accounts[state.required(address)]
            return account.items(in: calendar?.rawValue ?? account.primary).flatMap { item in
                [item.simulated(nil)] + item.exceptions.compactMap { item.slot(on: $0.date).map(item.simulated) }
            }
        }
    }
}

extension GraphState {
    /// Makes an account with its groups and its default calendar.
    mutating func makeAccount(_ address: String, name: String, zone: EventZone) {
        accounts.append(GraphAccount(id: identifiers.guid(), address: address, name: name, zone: zone))
        let account = accounts.count - 1
        let own = newGroup("My Calendars", GraphCalendarGroup.ownClass)
        accounts[account].groups = [own, newGroup("Other Calendars", GraphCalendarGroup.otherClass)]
        accounts[account].calendars = [newCalendar("Calendar", .owner, account: account, group: own.id)]
    }

    /// The position of an account that a test named.
    func required(_ address: String) -> Int {
        guard let index = index(of: address) else { preconditionFailure("there is no such account") }
        return index
    }

    /// The item that a test named.
    func required(_ id: RemoteEventID, _ account: Int) -> (item: GraphItem, slot: GraphSlot?) {
        do throws(GraphFailure) {
            return try find(id.rawValue, account, in: nil)
        } catch {
            preconditionFailure("there is no such event")
        }
    }

    /// The occurrence that a test named by its original start.
    func required(
        _ id: RemoteEventID,
        _ account: Int,
        startingAt start: EventTime
    ) -> (item: GraphItem, slot: GraphSlot) {
        let item = required(id, account).item
        let zone = EventZone(item.recurrence?.zoneName ?? "UTC")
        let date = start.isAllDay ? start.civilDate : zone.civil(at: start.date(floatingIn: zone)).date
        guard let slot = item.slot(on: date) else { preconditionFailure("the series has no such occurrence") }
        return (item, slot)
    }
}

extension GraphItem {
    /// The item, or one of its exceptions, as the control surface shows it.
    fileprivate func simulated(_ slot: GraphSlot?) -> SimulatedEvent {
        let content = content(slot)
        return SimulatedEvent(
            id: id(slot).remoteID,
            iCalUID: iCalUID,
            etag: etag(slot),
            title: content.title,
            start: content.start,
            end: content.end,
            attendees: content.attendees.map(\.person.address),
            isSeries: slot == nil && recurrence != nil,
            isException: slot != nil,
            isCancelled: content.status == .cancelled
        )
    }
}
