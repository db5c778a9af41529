/// What to do about a failure: one table per provider maps every documented error to one of these.
public enum FailureClass: Hashable, Sendable {
    /// Try again, not before so many seconds when the service said so.
    case retry(after: Double?)
    /// Stop writing for this account for so many seconds; reading goes on (requirement R-41).
    case pauseWrites(after: Double?)
    /// The user has to connect again.
    case reconnect(reason: String?)
    /// The OAuth client or deployment is set up wrongly; connections stay healthy.
    case configuration(reason: String?)
    /// This one event or request is at fault; everything else goes on.
    case poison
    /// The cursor is void: a full round is needed.
    case resync
    /// Trying again cannot help.
    case fatal
}

extension CalendarError {
    /// What to do about this failure.
    public var failureClass: FailureClass {
        switch code {
        case .rateLimited, .unavailable, .timedOut, .connectionFailed, .revisionConflict, .leaseLost, .storage:
            .retry(after: retryAfter)
        case .writesPaused: .pauseWrites(after: retryAfter)
        case .reconnectRequired, .scopeMissing, .unauthenticated: .reconnect(reason: reason)
        case .configuration, .sealBroken: .configuration(reason: reason)
        case .cursorExpired: .resync
        case .rejected, .invalidResponse: .poison
        default: .fatal
        }
    }

    /// Whether trying the same thing again can help.
    public var isRetryable: Bool {
        if case .retry = failureClass { return true }
        return false
    }

    /// A sentence a host may show to its user.
    public var userMessage: String {
        switch failureClass {
        case .retry where code == .storage: "The change could not be stored at the moment. We will try again."
        case .retry: "The calendar service is not reachable at the moment. We will try again."
        case .pauseWrites: "The calendar service limits changes of this account for a while. They will be sent later."
        case .reconnect: "Please connect your calendar again."
        case .configuration: "The calendar connection is set up wrongly. Please tell your administrator."
        case .poison, .resync, .fatal: "The calendar service refused this. \(message)"
        }
    }
}
