import Foundation

/// One line of an export: an object with one member, whose key says what it is.
///
/// Values are in their `Codable` form, as a store keeps them.
enum ArchiveLine: Sendable {
    case header(ArchiveHeader)
    case connection(ConnectionRow)
    case record(EventRecord)
    case calendar(ArchivedCalendar)
    case link(EventLink)
    case operation(OutboxOperation)
    case conflict(SyncConflict)
    case change(RecordChange)
    /// The last line, with the number of lines before it, so that a file that was cut off is recognised.
    case end(lines: Int)
}

/// The first line of an export.
struct ArchiveHeader: Codable, Sendable {
    /// Marks an export of this library.
    static let format = "swift-calendar.export"
    /// The version that this library writes, and the newest it reads.
    static let version = 1

    let format: String
    let version: Int
    let tenant: TenantID
    let user: UserID?
}

/// A calendar with what is read and written with its state.
struct ArchivedCalendar: Codable, Sendable {
    let state: CalendarSyncState
    let issues: [SyncIssue]
}

extension ArchiveLine {
    /// The organisation that the line is about; nil where it names none.
    var tenant: TenantID? {
        switch self {
        case .header(let header): header.tenant
        case .connection(let row): row.connection.key.tenant
        case .record(let record): record.tenant
        case .calendar(let calendar): calendar.state.calendar.tenant
        case .link(let link): link.calendar.tenant
        case .operation(let operation): operation.calendar.tenant
        case .conflict(let conflict): conflict.calendar.tenant
        case .change(let change): change.calendar?.tenant
        case .end: nil
        }
    }

    private static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        // Equal contents are equal bytes.
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }()

    /// What JSON allows in a string and `AsyncLineSequence` takes for the end of a line.
    private static let lineEnds: Set<Unicode.Scalar> = ["\u{85}", "\u{2028}", "\u{2029}"]

    /// The line as JSON, without the line's end.
    func text() throws -> String {
        let json = String(decoding: try Self.encoder.encode(self), as: UTF8.self)
        guard json.unicodeScalars.contains(where: Self.lineEnds.contains) else { return json }
        var text = String.UnicodeScalarView()
        for scalar in json.unicodeScalars {
            if Self.lineEnds.contains(scalar) {
                let digits = String(scalar.value, radix: 16)
                text += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }

    /// Reads a line.
    ///
    /// - Throws: `DecodingError`.
    init(_ text: String) throws {
        self = try JSONDecoder().decode(ArchiveLine.self, from: Data(text.utf8))
    }
}

extension ArchiveLine: Codable {
    /// What a line can be, as its key says.
    enum Kind: String, CodingKey {
        case header = "export"
        case connection, record, calendar, link, operation, conflict, change, end
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Kind.self)
        guard container.allKeys.count == 1, let kind = container.allKeys.first else {
            let context = DecodingError.Context(codingPath: [], debugDescription: "A line has one known member.")
            throw DecodingError.dataCorrupted(context)
        }
        self =
            switch kind {
            case .header: .header(try container.decode(ArchiveHeader.self, forKey: kind))
            case .connection: .connection(try container.decode(ConnectionRow.self, forKey: kind))
            case .record: .record(try container.decode(EventRecord.self, forKey: kind))
            case .calendar: .calendar(try container.decode(ArchivedCalendar.self, forKey: kind))
            case .link: .link(try container.decode(EventLink.self, forKey: kind))
            case .operation: .operation(try container.decode(OutboxOperation.self, forKey: kind))
            case .conflict: .conflict(try container.decode(SyncConflict.self, forKey: kind))
            case .change: .change(try container.decode(RecordChange.self, forKey: kind))
            case .end: .end(lines: try container.decode(Int.self, forKey: kind))
            }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Kind.self)
        switch self {
        case .header(let header): try container.encode(header, forKey: .header)
        case .connection(let row): try container.encode(row, forKey: .connection)
        case .record(let record): try container.encode(record, forKey: .record)
        case .calendar(let calendar): try container.encode(calendar, forKey: .calendar)
        case .link(let link): try container.encode(link, forKey: .link)
        case .operation(let operation): try container.encode(operation, forKey: .operation)
        case .conflict(let conflict): try container.encode(conflict, forKey: .conflict)
        case .change(let change): try container.encode(change, forKey: .change)
        case .end(let lines): try container.encode(lines, forKey: .end)
        }
    }
}
