public import CalendarCore

/// Subscriptions: what the service allows, and what happens to them.
///
/// Opening one asks its addresses first, through the transport that was given at creation.
extension MicrosoftGraphSimulator {
    /// Lets something happen to a subscription.
    ///
    /// - Parameters:
    ///   - event: What happens.
    ///   - channel: The subscription; nil for all.
    ///   - isAnnounced: Whether its address for lifecycle events, if it has one, is told; subscriptions can also vanish
    ///     without a word.
    public func apply(_ event: GraphLifecycleEvent, to channel: ChannelID? = nil, isAnnounced: Bool = true) {
        withState { $0.apply(event, to: channel?.rawValue, isAnnounced: isAnnounced) }
    }

    /// The longest life of a subscription in minutes, 4230 at first; newer pages say 10,080.
    ///
    /// More is refused with `ExtensionError` and the number.
    public var longestSubscription: Int {
        get { withState { $0.push.rules.longestLife } }
        set { withState { $0.push.rules.longestLife = newValue } }
    }

    /// The most subscriptions of one mailbox, 1000 at first.
    public var subscriptionLimit: Int {
        get { withState { $0.push.rules.limit } }
        set { withState { $0.push.rules.limit = newValue } }
    }

    /// Whether a second subscription to the same changes of the same resource answers 409, as it does by default.
    public var refusesRepeatedSubscriptions: Bool {
        get { withState { $0.push.rules.refusesRepetitions } }
        set { withState { $0.push.rules.refusesRepetitions = newValue } }
    }

    /// Whether the events of one calendar can be watched, as they can by default; otherwise only `me/events` can.
    public var watchesSingleCalendars: Bool {
        get { withState { $0.push.rules.watchesSingleCalendars } }
        set { withState { $0.push.rules.watchesSingleCalendars = newValue } }
    }

    /// Whether `me/events` reports changes of all calendars, as is documented; by default it reports those of the
    /// default calendar only, as is observed.
    public var reportsAllCalendars: Bool {
        get { withState { $0.push.rules.reportsAllCalendars } }
        set { withState { $0.push.rules.reportsAllCalendars = newValue } }
    }

    /// Whether a renewal asks the addresses once more; by default only an opening and a new address do.
    public var asksOnRenewal: Bool {
        get { withState { $0.push.rules.asksOnRenewal } }
        set { withState { $0.push.rules.asksOnRenewal = newValue } }
    }

    /// How many of the next requests never send their questions to the addresses, so that they fail as if nobody had
    /// answered; it counts down.
    public var unsentQuestions: Int {
        get { withState { $0.push.rules.unsentQuestions } }
        set { withState { $0.push.rules.unsentQuestions = newValue } }
    }
}
