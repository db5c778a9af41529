public import Foundation

/// A time zone as an event carries it: the IANA name to compute with and, when it came from Microsoft, the Windows name.
///
/// An unknown name is not a failure. `isKnown` is then false, the name is kept, and times are computed as UTC; the caller
/// reports it. Two zones are equal when names and all are: `Asia/Calcutta` is not rewritten to `Asia/Kolkata`.
public struct EventZone: Sendable {
    /// The IANA name used for computing, or the raw name when it is unknown.
    public let identifier: String

    /// The Windows name it came with, if it came with one.
    public let windowsName: String?

    /// Whether offsets are those of the named zone; false means they are those of UTC.
    public let isKnown: Bool

    /// The zone's offsets.
    package let table: ZoneTable

    /// Coordinated Universal Time.
    public static let utc = EventZone("UTC")

    /// Creates a zone from any name a service may send.
    ///
    /// Accepted are IANA names and their aliases, Windows names, `UTC`, `Z`, fixed offsets such as `GMT+05:30`, and
    /// `tzone://Microsoft/Utc`. The first use of a zone in a process reads its transitions, which takes milliseconds.
    public init(_ name: String) {
        let resolved = ZoneName.resolved(name)
        identifier = resolved.identifier
        windowsName = resolved.windowsName
        isKnown = resolved.table != nil
        table = resolved.table ?? .utc
    }

    /// The offset from UTC at an instant, in seconds, positive to the east.
    ///
    /// Takes a binary search over some hundred transitions.
    public func offset(at date: Date) -> Int {
        table.offset(at: date.secondsSinceEpoch)
    }

    /// The instant of a wall-clock reading, after RFC 5545 section 3.3.5.
    ///
    /// A reading that clocks skip is taken with the offset before the change, so it moves forward by the gap. A reading
    /// that occurs twice means the first instant.
    ///
    /// - Parameters:
    ///   - civil: The reading.
    ///   - laterInOverlap: Whether the second instant of a reading that occurs twice is meant.
    /// - Returns: The instant, in whole seconds.
    public func date(of civil: CivilDateTime, laterInOverlap: Bool = false) -> Date {
        Date(secondsSinceEpoch: table.seconds(of: civil, laterInOverlap: laterInOverlap))
    }

    /// The wall-clock reading at an instant; fractions of a second are dropped.
    public func civil(at date: Date) -> CivilDateTime {
        table.civil(at: date.secondsSinceEpoch)
    }
}

extension EventZone: Hashable {
    /// Compares the names, not the offsets.
    public static func == (left: EventZone, right: EventZone) -> Bool {
        left.identifier == right.identifier && left.windowsName == right.windowsName
    }

    /// Hashes the names.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(identifier)
        hasher.combine(windowsName)
    }
}

extension EventZone: CustomStringConvertible {
    /// The IANA name, or the raw name when it is unknown.
    public var description: String { identifier }
}

extension EventZone: Codable {
    private enum CodingKeys: String, CodingKey {
        case identifier
        case windowsName
    }

    /// Decodes a zone from its names; offsets are those of the machine that decodes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let identifier = try container.decode(String.self, forKey: .identifier)
        let windowsName = try container.decodeIfPresent(String.self, forKey: .windowsName)
        self.init(identifier: identifier, windowsName: windowsName)
    }

    /// Encodes the names.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(identifier, forKey: .identifier)
        try container.encodeIfPresent(windowsName, forKey: .windowsName)
    }

    /// Creates a zone whose IANA name is kept from an earlier round while the Windows name is what the service says.
    ///
    /// The Windows names are coarser: `Europe/Vienna` returns as `W. Europe Standard Time`, whose own zone is Berlin.
    ///
    /// - Parameters:
    ///   - identifier: The name to compute with.
    ///   - windowsName: The Windows name to carry along.
    public init(identifier: String, windowsName: String?) {
        let resolved = ZoneName.resolved(identifier)
        self.identifier = resolved.identifier
        self.windowsName = windowsName ?? resolved.windowsName
        isKnown = resolved.table != nil
        table = resolved.table ?? .utc
    }
}
