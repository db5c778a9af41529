public import CalendarCore

/// What people do to whole series in the service's own app, where one action rewrites several events.
extension GoogleCalendarSimulator {
    /// Changes an occurrence and all that follow it, as a person does: the series is cut in two.
    ///
    /// The old master gets an UNTIL at the end of the day before. When the times stay as they are the later half is a
    /// master named `<id>_R<stamp>` with a UID to match; with other times it is an event with a fresh id. Both come
    /// with one version. Exceptions behind the cut are lost and come back as stubs that name no series. At the first
    /// occurrence the series is changed as a whole.
    ///
    /// - Parameters:
    ///   - id: The master of the series.
    ///   - originalStart: The start that the rule gave the first occurrence to change.
    ///   - address: The account.
    ///   - calendar: The calendar; nil for the primary one.
    ///   - edit: Changes the content of the later half.
    /// - Returns: The id of the later half's master.
    @discardableResult
    public func changeFollowing(
        of id: RemoteEventID,
        startingAt originalStart: EventTime,
        of address: String,
        calendar: CalendarID? = nil,
        _ edit: (inout EventContent) -> Void
    ) -> RemoteEventID {
        let later = access { service -> RemoteEventID? in
            let index = service.requiredCalendar(of: address, calendar)
            let master = service.requiredRow(id, in: index)
            return service.split(master, at: originalStart, calendar: index, edit).map { RemoteEventID($0) }
        }
        if let later { return later }
        change(id, of: address, calendar: calendar, edit)
        return id
    }

    /// Deletes an occurrence and all that follow it, as a person does: the series ends the day before.
    ///
    /// - Parameters:
    ///   - id: The master of the series.
    ///   - originalStart: The start that the rule gave the first occurrence to delete; the first one deletes the series.
    ///   - address: The account.
    ///   - calendar: The calendar; nil for the primary one.
    public func removeFollowing(
        of id: RemoteEventID,
        startingAt originalStart: EventTime,
        of address: String,
        calendar: CalendarID? = nil
    ) {
        access { service in
            let index = service.requiredCalendar(of: address, calendar)
            let master = service.requiredRow(id, in: index)
            let version = service.nextVersion()
            guard service.end(master, before: originalStart, calendar: index, version: version) != nil else {
                return service.remove(master, calendar: index, .all)
            }
        }
    }

    /// Changes what all occurrences of a series say, as a person does; when they take place stays.
    ///
    /// It reaches the parts that the series was cut into by `changeFollowing`, and what an exception says differently
    /// in the same field is overwritten. All rows come with one version.
    ///
    /// - Parameters:
    ///   - id: A master of the series.
    ///   - address: The account.
    ///   - calendar: The calendar; nil for the primary one.
    ///   - edit: Changes the content; changed times and rules are not taken.
    public func changeSeries(
        _ id: RemoteEventID,
        of address: String,
        calendar: CalendarID? = nil,
        _ edit: (inout EventContent) -> Void
    ) {
        access { service in
            let index = service.requiredCalendar(of: address, calendar)
            service.changeFamily(of: service.requiredRow(id, in: index).id, calendar: index, edit)
        }
    }

    /// Answers an invitation as a guest does in their own primary calendar; the organizer hears of it.
    ///
    /// - Parameters:
    ///   - id: The event, or one occurrence by its id.
    ///   - address: The guest, who must be invited.
    ///   - response: The answer.
    ///   - comment: What the guest says with it.
    public func answer(
        _ id: RemoteEventID,
        as address: String,
        with response: ResponseStatus,
        comment: String? = nil
    ) {
        access { service in
            let index = service.requiredCalendar(of: address, nil)
            let row = service.requiredRow(id, in: index)
            var answer: JSONNode = ["responseStatus": .string(response.rawValue)]
            if let comment { answer["comment"] = .string(comment) }
            let whole = service.calendars[index].effective(row)
            precondition(whole.attendee(address) != nil, "Nobody invited this account.")
            var resource = service.calendars[index].render(row)
            resource["attendees"] = .array(whole.attendees.map { $0.isGuest(address) ? $0.answering(answer) : $0 })
            service.require { service throws(GoogleRefusal) in
                try service.update(row, to: resource, calendar: index, query: FormFields(), .all)
            }
        }
    }
}
