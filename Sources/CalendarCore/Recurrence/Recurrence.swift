/// What makes an event recur, as received.
public struct Recurrence: Hashable, Sendable, Codable {
    /// The RRULE, RDATE and EXDATE lines as received.
    public let lines: [String]

    /// Keeps the lines as they are.
    public init(lines: [String]) {
        self.lines = lines
    }
}
