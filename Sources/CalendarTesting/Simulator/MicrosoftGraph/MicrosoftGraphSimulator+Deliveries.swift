public import CalendarCore

/// Notifications: what waits to be sent, and what goes wrong with it.
extension MicrosoftGraphSimulator {
    /// Takes the deliveries that are due out of the queue, in order.
    ///
    /// Notifications to one address that wait at the same time travel in one delivery, those of several subscriptions
    /// together. Send the deliveries, or look at them as values; say with ``settle(_:status:)`` how the receiver
    /// answered where a retry matters.
    ///
    /// - Returns: The deliveries; none while they are held.
    public func takeDeliveries() -> [WebhookDelivery] {
        withState { $0.takeDeliveries() }
    }

    /// Says how the receiver of a delivery answered.
    ///
    /// Without an answer of 2xx it is due again later, by the simulator's clock and each time after a longer wait, for
    /// four hours in all.
    ///
    /// - Parameters:
    ///   - delivery: A delivery that was taken.
    ///   - status: The status answered; nil when there was no answer.
    public func settle(_ delivery: WebhookDelivery, status: Int?) {
        withState { $0.settle(delivery, status: status) }
    }

    /// Sends the deliveries that are due, one after the other, and regards the answers.
    ///
    /// - Parameter transport: Takes them to their addresses.
    /// - Returns: How many were sent.
    /// - Throws: `CancellationError`; a receiver that cannot be reached is tried again later.
    @discardableResult
    public func deliver(through transport: any HTTPTransport) async throws -> Int {
        try await takeDeliveries().send(through: transport) { settle($0, status: $1) }
    }

    /// How many notifications and failed deliveries wait, those that are held or not yet due included.
    public var pendingDeliveryCount: Int { withState { $0.push.notices.count + $0.push.retries.count } }

    /// Loses every n-th delivery with all its notifications; nil for none.
    public var loseDeliveryEvery: Int? {
        get { withState { $0.push.rules.loseEvery } }
        set { withState { $0.push.rules.loseEvery = newValue } }
    }

    /// Sends every n-th delivery twice; nil for none.
    public var doubleDeliveryEvery: Int? {
        get { withState { $0.push.rules.doubleEvery } }
        set { withState { $0.push.rules.doubleEvery = newValue } }
    }

    /// Holds all deliveries back until it is false again.
    public var holdsDeliveries: Bool {
        get { withState { $0.push.rules.isHeld } }
        set { withState { $0.push.rules.isHeld = newValue } }
    }

    /// How many seconds pass before a notification is due; none at first.
    public var deliveryDelay: Double {
        get { withState { $0.push.rules.delay } }
        set { withState { $0.push.rules.delay = newValue } }
    }

    /// The most notifications in one delivery, 20 at first.
    public var deliverySize: Int {
        get { withState { $0.push.rules.deliverySize } }
        set { withState { $0.push.rules.deliverySize = newValue } }
    }

    /// How many notifications a creation or an edit causes, one at first; those after the first say `updated`.
    public var notificationBurst: Int {
        get { withState { $0.push.rules.burst } }
        set { withState { $0.push.rules.burst = newValue } }
    }
}
