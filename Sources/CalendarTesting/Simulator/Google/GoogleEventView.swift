import CalendarCore

/// How a request wants events printed, and how much of them its caller may see.
struct GoogleEventView {
    /// The zone whose offset times are printed with; nil for the calendar's.
    var zone: EventZone?
    /// With more guests than this only the caller's own entry is printed.
    var maxAttendees: Int?
    /// What the caller may do with the calendar.
    var access = RemoteCalendar.Access.owner

    init(_ query: FormFields, access: RemoteCalendar.Access) throws(GoogleRefusal) {
        self.access = access
        if let name = query["timeZone"] {
            let zone = EventZone(name)
            guard zone.isKnown, zone.windowsName == nil else { throw .invalidParameter("timeZone") }
            self.zone = zone
        }
        if let text = query["maxAttendees"] {
            guard let number = Int(text), number >= 1 else { throw .invalidParameter("maxAttendees") }
            maxAttendees = number
        }
    }

    /// Whether details of a row are kept from the caller: all of them with free/busy rights, those of private events
    /// for somebody who only reads.
    func hidesDetails(of row: GoogleEventRow) -> Bool {
        switch access {
        case .freeBusy: true
        case .read: ["private", "confidential"].contains(row.fields["visibility"]?.string ?? "default")
        default: false
        }
    }
}

extension GoogleCalendarStore {
    /// A row as a caller sees it.
    func node(_ row: GoogleEventRow, _ view: GoogleEventView) -> JSONNode {
        view.hidesDetails(of: effective(row))
            ? masked(row, zone: view.zone) : render(row, zone: view.zone, maxAttendees: view.maxAttendees)
    }

    /// A row of a list as a caller sees it: cancelled ones are stubs.
    func listed(_ row: GoogleEventRow, _ view: GoogleEventView) -> JSONNode {
        row.isCancelled ? stub(row, zone: view.zone) : node(row, view)
    }
}

extension GoogleService {
    /// The calendar whose events a request reads, with what its token and its account may see.
    ///
    /// A token for free/busy alone sees no details, whatever its account may do.
    func readableCalendar(
        _ call: GoogleCall,
        for method: String
    ) throws(GoogleRefusal) -> (index: Int, access: RemoteCalendar.Access) {
        try call.require(GoogleScopes.readEvents, for: method)
        let found = try calendar(call, call.path[1], needing: .freeBusy)
        let opened = call.scopes.intersection(GoogleScopes.readEvents)
        let isFreeBusyOnly = opened == [GoogleScopes.prefix + "calendar.events.freebusy"]
        if isFreeBusyOnly { return (found.index, .freeBusy) }
        // Who writes without private access reads like a reader.
        let role = role(of: accounts[call.account], in: calendars[found.index])
        return (found.index, role == .writerWithoutPrivateAccess ? .read : found.access)
    }

    /// A calendar as listings show it, which may lag behind.
    func listedCalendar(_ index: Int) -> GoogleCalendarStore {
        heldListings?[calendars[index].id] ?? calendars[index]
    }
}
