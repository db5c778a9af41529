public import CalendarCore

/// Push notifications: what waits to be sent, and what goes wrong with it.
extension GoogleCalendarSimulator {
    /// Takes the notifications that are due out of the queue, in order.
    ///
    /// Send them, or look at them as values; say with ``settle(_:status:)`` how the receiver answered where a retry
    /// matters.
    ///
    /// - Returns: The notifications; none while they are held.
    public func takeDeliveries() -> [WebhookDelivery] {
        access { service in service.takeDeliveries() }
    }

    /// Says how the receiver of a notification answered.
    ///
    /// After 500, 502, 503, 504 or no answer it is due again later, by the simulator's clock and each time after a longer
    /// wait; any other status ends the matter.
    ///
    /// - Parameters:
    ///   - delivery: A notification that was taken.
    ///   - status: The status answered; nil when there was no answer.
    public func settle(_ delivery: WebhookDelivery, status: Int?) {
        access { service in service.settle(delivery, status: status) }
    }

    /// Sends the notifications that are due, one after the other, and regards the answers.
    ///
    /// - Parameter transport: Takes them to their addresses.
    /// - Returns: How many were sent.
    /// - Throws: `CancellationError`; a receiver that cannot be reached is tried again later.
    @discardableResult
    public func deliver(through transport: any HTTPTransport) async throws -> Int {
        try await takeDeliveries().send(through: transport) { settle($0, status: $1) }
    }

    /// How many notifications wait, those that are held or not yet due included.
    public var pendingDeliveryCount: Int { access { service in service.push.pending.count } }

    /// Loses every n-th notification; nil for none.
    public var loseDeliveryEvery: Int? {
        get { access { service in service.push.loseEvery } }
        set { access { service in service.push.loseEvery = newValue } }
    }

    /// Sends every n-th notification twice; nil for none.
    public var doubleDeliveryEvery: Int? {
        get { access { service in service.push.doubleEvery } }
        set { access { service in service.push.doubleEvery = newValue } }
    }

    /// Holds all notifications back until it is false again.
    public var holdsDeliveries: Bool {
        get { access { service in service.push.isHeld } }
        set { access { service in service.push.isHeld = newValue } }
    }

    /// Lets the first notification of a channel arrive before the answer to the request that opened it.
    ///
    /// It needs the transport that was given at creation, and is off by default.
    public var sendsSyncEarly: Bool {
        get { access { service in service.push.sendsSyncEarly } }
        set { access { service in service.push.sendsSyncEarly = newValue } }
    }

    /// Makes a calendar one that cannot be watched, as holidays and birthdays are.
    public func refuseChannels(for calendar: CalendarID) {
        access { service in
            let index = service.calendarIndex(calendar.rawValue)
            service.push.refused.insert(index.map { service.calendars[$0].id } ?? calendar.rawValue)
        }
    }
}
