/// Where the service is said to behave in several ways, the way to behave.
extension MicrosoftGraphSimulator {
    /// Whether a repeated `transactionId` answers 409; by default it answers the first event once more.
    public var refusesRepeatedTransactions: Bool {
        get { withState { $0.settings.refusesRepeatedTransactions } }
        set { withState { $0.settings.refusesRepeatedTransactions = newValue } }
    }

    /// Whether the update after one that lost an online meeting brings it back under a new address, as it does by
    /// default.
    public var restoresOnlineMeetings: Bool {
        get { withState { $0.settings.restoresOnlineMeetings } }
        set { withState { $0.settings.restoresOnlineMeetings = newValue } }
    }

    /// Whether every round of a change feed tells each of its changes twice.
    public var repeatsChanges: Bool {
        get { withState { $0.settings.repeatsChanges } }
        set { withState { $0.settings.repeatsChanges = newValue } }
    }

    /// How many seconds pass before a change shows in change feeds; reads show it at once.
    public var feedDelay: Double {
        get { withState { $0.settings.feedDelay } }
        set { withState { $0.settings.feedDelay = newValue } }
    }

    /// Whether dead links of a change feed answer `resyncRequired` with a `Location` to start again at; by default
    /// they answer `SyncStateNotFound` without one.
    public var sendsResyncLocation: Bool {
        get { withState { $0.settings.sendsResyncLocation } }
        set { withState { $0.settings.sendsResyncLocation = newValue } }
    }

    /// The longest window in days that a change feed begins in time; nil for no limit.
    ///
    /// Every longer one answers 504, as windows with many endless series do.
    public var longestWindow: Double? {
        get { withState { $0.settings.longestWindow } }
        set { withState { $0.settings.longestWindow = newValue } }
    }

    /// Whether change feeds leave out the masters of the series whose occurrences they list.
    public var omitsMasters: Bool {
        get { withState { $0.settings.omitsMasters } }
        set { withState { $0.settings.omitsMasters = newValue } }
    }
}
