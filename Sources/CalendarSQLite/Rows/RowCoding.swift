#if SQLite
import CalendarCore
package import Foundation

/// How a whole value is kept in one column: as the JSON of its `Codable` form, whose dates and numbers come back as they
/// were.
package enum RowCoding {
    private static let encoder = JSONEncoder()
    private static let decoder = JSONDecoder()

    /// Writes a value through `Codable`, or at once where it is a plain one.
    package static func encode(_ value: some Encodable) throws -> Data {
        guard let row = value as? any PlainRow else { return try encoder.encode(value) }
        return Data(try bytes(row))
    }

    /// Writes a plain value at once, and any other one through `Codable`.
    static func bytes(_ row: some PlainRow) throws -> [UInt8] {
        guard row.isPlain else { return [UInt8](try encoder.encode(row)) }
        var writer = JSONWriter(capacity: 2_048)
        writer.object { row.write(&$0) }
        return writer.bytes
    }

    /// Reads a value.
    package static func decode<Value: Decodable>(_ type: Value.Type, _ data: Data) throws -> Value {
        if let type = type as? any PlainRow.Type, let value = type.read(data) as? Value { return value }
        return try decoder.decode(type, from: data)
    }
}

/// A value that is stored and read many times, and therefore not through `Codable` where that can be helped.
///
/// What is written is the same JSON, but for parts that are as usual and left out; `Codable` reads it as well. A part that
/// is not known here makes a value not plain, so it goes the long way and is never lost.
protocol PlainRow: Codable, Equatable {
    /// Whether ``write(_:)`` writes all that the value says.
    var isPlain: Bool { get }

    /// Writes the value's fields.
    func write(_ writer: inout JSONWriter)

    /// Reads what ``write(_:)`` wrote; nil for anything else.
    init?(_ json: JSONValue)
}

extension PlainRow {
    /// Reads a plain value; nil when it is none.
    fileprivate static func read(_ data: Data) -> Self? {
        (try? JSONDocument(data)).flatMap { Self($0.root) }
    }
}

extension JSONWriter {
    /// Writes a part.
    mutating func field(_ key: StaticString, _ part: some PlainRow) {
        object(key) { part.write(&$0) }
    }

    /// Writes a part, or no field for nil.
    mutating func field(_ key: StaticString, ifPresent part: (some PlainRow)?) {
        if let part { field(key, part) }
    }

    /// Writes a list of parts, or no field for an empty one.
    mutating func field(_ key: StaticString, unlessEmpty parts: [some PlainRow]) {
        guard !parts.isEmpty else { return }
        array(key) { writer in
            for part in parts { writer.object { part.write(&$0) } }
        }
    }

    /// Writes a list of texts.
    mutating func field(_ key: StaticString, _ texts: [String]) {
        array(key) { writer in
            for text in texts { writer.element(text) }
        }
    }

    /// Writes an instant as `Codable` does.
    mutating func field(_ key: StaticString, _ date: Date) {
        field(key, date.timeIntervalSinceReferenceDate)
    }

    /// Writes a word, or no field for the usual one.
    mutating func field<Word: RawRepresentable<String> & Equatable>(
        _ key: StaticString,
        _ word: Word,
        unless usual: Word
    ) {
        if word != usual { field(key, word.rawValue) }
    }
}

extension JSONValue {
    /// The instant.
    var date: Date? { double.map { Date(timeIntervalSinceReferenceDate: $0) } }

    /// The parts of a list; nil unless all of them are plain.
    func parts<Part: PlainRow>(_ type: Part.Type) -> [Part]? {
        guard kind == .array else { return nil }
        var parts: [Part] = []
        for element in elements {
            guard let part = Part(element) else { return nil }
            parts.append(part)
        }
        return parts
    }

    /// The texts of a list; nil unless all of them are texts.
    var texts: [String]? {
        guard kind == .array else { return nil }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string else { return nil }
            texts.append(text)
        }
        return texts
    }

    /// Hands each member of an object to a function, until one is refused.
    ///
    /// - Returns: Whether this is an object and no member was refused.
    func allMembers(satisfy read: (String, JSONValue) -> Bool) -> Bool {
        guard kind == .object else { return false }
        for (key, value) in members {
            guard read(key, value) else { return false }
        }
        return true
    }
}

/// Puts a value in its place.
///
/// - Returns: Whether there is one.
func put<Value>(_ value: Value?, _ place: inout Value) -> Bool {
    guard let value else { return false }
    place = value
    return true
}

/// Puts a value in its optional place.
///
/// - Returns: Whether there is one.
func put<Value>(_ value: Value?, _ place: inout Value?) -> Bool {
    place = value
    return value != nil
}
#endif
