/// What the service leaves open about events, for trying both.
extension GoogleCalendarSimulator {
    /// What becomes of the conferences that clients ask for from now on.
    public var conferenceOutcome: GoogleConferenceOutcome {
        get { access { service in service.conferenceOutcome } }
        set { access { service in service.conferenceOutcome = newValue } }
    }

    /// Ends the making of all conferences that are pending; their events change.
    public func settleConferences(as outcome: GoogleConferenceOutcome) {
        access { service in service.settleConferences(as: outcome) }
    }

    /// Whether PATCH and PUT bring deleted events back, which has been seen to work and to be refused; refused at first.
    public var revivesDeletedEvents: Bool {
        get { access { service in service.revivesDeletedEvents } }
        set { access { service in service.revivesDeletedEvents = newValue } }
    }

    /// The most days back that `updatedMin` is answered; more gives 410, and nil answers any.
    public var updatedMinReach: Int? {
        get { access { service in service.updatedMinReach } }
        set { access { service in service.updatedMinReach = newValue } }
    }

    /// Forgets all that was deleted so far, as the service does after some weeks: reading it answers 404.
    ///
    /// Listings have no stubs of it any more, and its ids stay taken.
    public func forgetDeletedEvents() {
        access { service in
            for index in service.calendars.indices {
                for row in service.calendars[index].rows where row.life != .live {
                    service.calendars[index][row.id]?.life = .forgotten
                }
            }
        }
    }

    /// Whether listings lag behind: while this is set they show every calendar as it was when it was set.
    ///
    /// A single event is always read as it is.
    public var listingsLag: Bool {
        get { access { service in service.heldListings != nil } }
        set {
            access { service in
                let pairs = service.calendars.map { ($0.id, $0) }
                service.heldListings = newValue ? Dictionary(pairs, uniquingKeysWith: { first, _ in first }) : nil
            }
        }
    }
}
