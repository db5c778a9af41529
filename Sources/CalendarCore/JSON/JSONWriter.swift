package import Foundation

/// A JSON document being written, without white space and in the order of the calls.
///
/// ```swift
/// var writer = JSONWriter()
/// writer.object { writer in
///     writer.field("summary", "Kick-off")
///     writer.array("attendees") { writer in
///         writer.object { writer in writer.field("email", "grace@example.com") }
///     }
/// }
/// ```
/// The writer places commas and colons; that an object gets fields and an array elements is the caller's part.
package struct JSONWriter: Sendable {
    /// What has been written.
    package private(set) var bytes: [UInt8] = []

    private var needsComma = false

    /// Creates an empty document.
    package init() {}

    /// Creates an empty document with room for so many bytes; it grows where they are not enough.
    package init(capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    /// What has been written, as `Data`.
    package var data: Data { Data(bytes) }

    /// Writes an object as the document or as an element, with the fields that the function writes.
    package mutating func object<Failure: Error>(
        _ body: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        begin(UInt8(ascii: "{"))
        try body(&self)
        end(UInt8(ascii: "}"))
    }

    /// Writes an array as the document or as an element, with the elements that the function writes.
    package mutating func array<Failure: Error>(
        _ body: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        begin(UInt8(ascii: "["))
        try body(&self)
        end(UInt8(ascii: "]"))
    }

    /// Writes a string as the document or as an element.
    package mutating func element(_ value: String) {
        separate()
        JSONEscape.append(value, to: &bytes)
        needsComma = true
    }

    /// Writes an integer as the document or as an element.
    package mutating func element(_ value: Int) { append(value.description.utf8) }

    /// Writes a Boolean as the document or as an element.
    package mutating func element(_ value: Bool) { append((value ? "true" : "false").utf8) }

    /// Writes a number as the document or as an element, with the fewest digits that read back equal; `null` for what
    /// JSON cannot say (NaN and the infinities).
    package mutating func element(_ value: Double) {
        // Dates are whole most of the time, and whole numbers have their digits at once.
        if let whole = Int(exactly: value), whole.magnitude < 1 << 53, whole != 0 {
            append(whole.description.utf8)
            bytes.append(contentsOf: ".0".utf8)
        } else {
            append((value.isFinite ? value.description : "null").utf8)
        }
    }

    /// Writes `null` as the document or as an element.
    package mutating func nullElement() { append("null".utf8) }

    /// Writes one value that is JSON already, as the document or as an element.
    ///
    /// The bytes are not validated: they come from a ``JSONValue`` or another writer.
    package mutating func rawElement(_ json: some Collection<UInt8>) { append(json) }

    /// Writes the text of a date or time as an element.
    package mutating func element(_ text: ASCIIWriter) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: text.bytes)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// Writes a piece of a document as it stands, brackets, commas and colons included; what follows a value or a closing
    /// bracket gets a comma.
    package mutating func piece(_ piece: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: piece.utf8Start, count: piece.utf8CodeUnitCount))
        needsComma = bytes.last.map { !"{[,:".utf8.contains($0) } ?? false
    }

    /// Writes any key; the next call writes its value, as an element.
    package mutating func key(_ key: String) {
        separate()
        JSONEscape.append(key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a key of the format's own, which needs no escapes; the next call writes its value.
    mutating func key(_ key: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(contentsOf: UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount))
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func append(_ value: some Collection<UInt8>) {
        separate()
        bytes.append(contentsOf: value)
        needsComma = true
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }
}
