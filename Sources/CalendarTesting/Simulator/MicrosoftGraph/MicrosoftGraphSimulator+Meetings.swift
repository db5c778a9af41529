public import CalendarCore

/// More of what people do in the service's own application: answering, cancelling, tidying up.
///
/// Naming an account, calendar or event that does not exist, or an action the service would refuse, is a fault of the
/// test and ends the process.
extension MicrosoftGraphSimulator {
    /// Puts an event into another calendar of the same mailbox.
    ///
    /// The event gets a new default id and keeps its immutable one; the feed of the old calendar reports it as removed.
    ///
    /// - Parameters:
    ///   - id: The event.
    ///   - address: Whose calendars they are.
    ///   - calendar: Where it goes.
    public func move(_ id: RemoteEventID, of address: String, to calendar: CalendarID) {
        withState { state in
            let account = state.required(address)
            let isThere = state.accounts[account].calendars.contains { $0.id == calendar.rawValue }
            precondition(isThere, "there is no such calendar")
            state.move(state.required(id, account).item, to: calendar.rawValue, of: account)
        }
    }

    /// Answers an invitation as a guest; a declined one leaves the guest's calendar.
    ///
    /// - Parameters:
    ///   - id: The guest's copy; the id of an occurrence answers for that one only.
    ///   - address: The guest.
    ///   - response: `accepted`, `tentative` or `declined`.
    ///   - comment: What the guest adds.
    ///   - isSent: Whether the organizer is told.
    public func answer(
        _ id: RemoteEventID,
        of address: String,
        with response: ResponseStatus,
        comment: String? = nil,
        isSent: Bool = true
    ) {
        withState { state in
            let account = state.required(address)
            let (item, slot) = state.required(id, account)
            do throws(GraphFailure) {
                try state.respond(item, slot, with: response, comment: comment, isSent: isSent, of: account)
            } catch {
                preconditionFailure("the service would refuse this answer: \(error.code)")
            }
        }
    }

    /// Cancels a meeting as its organizer: it leaves the organizer's calendar, and every guest is told.
    ///
    /// - Parameters:
    ///   - id: The meeting; the id of an occurrence cancels that one only.
    ///   - address: The organizer.
    ///   - comment: What the organizer adds.
    public func cancel(_ id: RemoteEventID, of address: String, comment: String? = nil) {
        withState { state in
            let account = state.required(address)
            let (item, slot) = state.required(id, account)
            precondition(item.isOrganizer, "only the organizer can cancel a meeting")
            state.delete(item, slot, of: account, comment: comment)
        }
    }

    /// Cancels every occurrence of a series but leaves the series itself.
    ///
    /// - Parameters:
    ///   - id: The series, which must have an end.
    ///   - address: Whose calendar it is in.
    public func cancelAllOccurrences(of id: RemoteEventID, of address: String) {
        withState { state in
            let account = state.required(address)
            guard let rule = state.required(id, account).item.recurrence, rule.range != .noEnd else {
                preconditionFailure("the event is no series with an end")
            }
            for date in rule.dates(through: .latest) {
                let item = state.required(id, account).item
                if let slot = item.slot(on: date) { state.delete(item, slot, of: account) }
            }
        }
    }

    /// Makes every answer show an event with some members that a test chose, readable or not.
    ///
    /// What cannot be read by a client must not keep it from reading the rest of a page.
    ///
    /// - Parameters:
    ///   - id: The event.
    ///   - address: Whose calendar it is in.
    ///   - json: An object; its members replace those of the event where it is answered in full. An empty one shows
    ///     the event as it is again.
    public func damage(_ id: RemoteEventID, of address: String, with json: String) {
        guard let members = (try? JSONNode(Array(json.utf8)))?.object else {
            preconditionFailure("the text is no JSON object")
        }
        withState { state in
            let account = state.required(address)
            var item = state.required(id, account).item
            item.damage = members
            state.store(&item, account)
        }
    }
}
