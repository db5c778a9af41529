public import Foundation

/// A time at which a meeting can take place.
public struct MeetingSlot: Hashable, Sendable {
    /// The start, inclusive.
    public let start: Date
    /// The end, exclusive.
    public let end: Date
    /// The participants whose time could not be read, so that nobody takes it for free (requirement R-37).
    public let warnings: [ParticipantLabel]

    /// Creates a slot.
    public init(start: Date, end: Date, warnings: [ParticipantLabel] = []) {
        self.start = start
        self.end = end
        self.warnings = warnings
    }

    init(_ span: TimeSpan, warnings: [ParticipantLabel]) {
        self.init(
            start: Date(millisecondsSinceEpoch: span.start),
            end: Date(millisecondsSinceEpoch: span.end),
            warnings: warnings
        )
    }
}

extension MeetingSlot: CustomStringConvertible {
    /// Both ends in UTC, and who could not be asked.
    public var description: String { description(in: .utc) + " UTC" + warningText }

    /// Both ends on the clock of a zone, such as `Tue 3 Mar 10:15 to 10:45`.
    public func description(in zone: EventZone) -> String {
        let first = zone.civil(at: start)
        let last = zone.civil(at: end)
        let end = first.date == last.date ? SlotText.clock(last) : SlotText.dayAndClock(last)
        return "\(SlotText.dayAndClock(first)) to \(end)"
    }

    private var warningText: String {
        warnings.isEmpty ? "" : ", unknown: \(warnings.map(\.description).joined(separator: ", "))"
    }
}

/// The verdict on one time.
public struct SlotCheck: Hashable, Sendable {
    /// The time that was checked, with a warning for everybody whose time could not be read.
    public let slot: MeetingSlot
    /// Every reason against it; empty exactly when the meeting can take place.
    public let rejections: [SlotRejection]
    /// What keeps participants who are not required from coming.
    public let absences: [SlotRejection]

    /// Whether the meeting can take place.
    public var isAvailable: Bool { rejections.isEmpty }

    /// The slot, when the meeting can take place.
    ///
    /// - Throws: `CalendarError` with code `busyUnknown` when a needed calendar could not be read, else `slotTaken`.
    public func requireAvailable() throws(CalendarError) -> MeetingSlot {
        guard !isAvailable else { return slot }
        let isUnknown = rejections.contains { if case .unknown = $0 { true } else { false } }
        throw isUnknown
            ? CalendarError(.busyUnknown, "A calendar needed for the decision could not be read.")
            : CalendarError(.slotTaken, "The time is not free by the rules of the request.")
    }
}
