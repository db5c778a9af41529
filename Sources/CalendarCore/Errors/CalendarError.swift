/// What went wrong, told so that the caller can act on it.
///
/// The value says what happened, to which provider, operation and id, whether trying again can help and when, and what
/// the host should tell its user. It never carries a header, a body, a token or a mail address, and neither does any of
/// its printed forms. `CancellationError` is never wrapped in it.
public struct CalendarError: Error, Hashable, Sendable {
    /// The situation, as a code that may grow.
    public var code: Code
    /// One sentence for a developer, written by this SDK and free of personal data.
    public var message: String
    /// The argument or field at fault, for errors about input.
    public var field: String?
    /// The service involved, if any.
    public var provider: ProviderID?
    /// The operation that failed, such as `events.insert`.
    public var operation: String?
    /// The identifier the operation was about: an event, calendar or connection id.
    public var identifier: String?
    /// The service's own short error code, such as `invalid_grant` or `quotaExceeded`.
    public var reason: String?
    /// How long to wait before trying again, in seconds, when the service said so.
    public var retryAfter: Double?
    /// Whether a write may have taken effect although no answer arrived.
    public var isOutcomeUnknown: Bool

    /// Creates an error; see the properties for what each part means.
    public init(
        _ code: Code,
        _ message: String,
        field: String? = nil,
        provider: ProviderID? = nil,
        operation: String? = nil,
        identifier: String? = nil,
        reason: String? = nil,
        retryAfter: Double? = nil,
        isOutcomeUnknown: Bool = false
    ) {
        self.code = code
        self.message = message
        self.field = field
        self.provider = provider
        self.operation = operation
        self.identifier = identifier
        self.reason = reason
        self.retryAfter = retryAfter
        self.isOutcomeUnknown = isOutcomeUnknown
    }
}

extension CalendarError {
    /// An error about an argument the caller passed; nothing was changed.
    public static func invalidArgument(_ field: String, _ message: String) -> CalendarError {
        CalendarError(.invalidArgument, message, field: field)
    }

    /// The same error with context filled in where it was missing.
    ///
    /// Context travels up: the innermost place that knows a part sets it, and outer places never overwrite it.
    public func adding(
        provider: ProviderID? = nil,
        operation: String? = nil,
        identifier: String? = nil
    ) -> CalendarError {
        var copy = self
        copy.provider = self.provider ?? provider
        copy.operation = self.operation ?? operation
        copy.identifier = self.identifier ?? identifier
        return copy
    }
}

extension CalendarError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The code, the message and the context, without secrets or addresses.
    public var description: String {
        var parts = ["\(code.rawValue): \(message)"]
        if let field { parts.append("field: \(field)") }
        if let provider { parts.append("provider: \(provider)") }
        if let operation { parts.append("operation: \(operation)") }
        if let reason { parts.append("reason: \(reason)") }
        if let retryAfter { parts.append("retry after: \(retryAfter) s") }
        if isOutcomeUnknown { parts.append("outcome unknown") }
        return parts.joined(separator: ", ")
    }

    /// The same as the description: an identifier may be a mail address, so no printed form shows it.
    public var debugDescription: String { description }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["error": description]) }
}
