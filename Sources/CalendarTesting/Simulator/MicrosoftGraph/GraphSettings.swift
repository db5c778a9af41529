/// How the service behaves where its real counterpart is said to behave in several ways.
struct GraphSettings: Sendable {
    /// Whether a repeated transaction id answers 409 instead of the first event.
    var refusesRepeatedTransactions = false
    /// Whether the next update brings an online meeting back, under a new address, that a new body took away.
    var restoresOnlineMeetings = true
    /// Whether a change feed tells every change twice.
    var repeatsChanges = false
    /// How many seconds pass before a change shows in change feeds.
    var feedDelay: Double = 0
    /// Whether dead links answer `resyncRequired` with a location to start again at.
    var sendsResyncLocation = false
    /// The longest window in days that a change feed begins in time; nil for no limit.
    var longestWindow: Double?
    /// Whether change feeds list occurrences without their master.
    var omitsMasters = false
}
