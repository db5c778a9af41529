package import Foundation

/// A valid JSON document (RFC 8259), read once into a flat list of positions.
///
/// Values are views of the document's bytes: nothing is decoded before it is asked for, and what nobody asks for can
/// be kept as it was sent. Any value keeps its whole document alive.
package final class JSONDocument: Sendable {
    /// The number of arrays and objects that may be inside each other.
    package static let depthLimit = 512

    /// The bytes as given, with the byte order mark if there was one.
    package let bytes: [UInt8]

    let tape: [JSONTapeNode]

    /// Reads and validates a document.
    ///
    /// Linear in its length; allocates for the whole, not for each value.
    package init(_ bytes: [UInt8]) throws(JSONError) {
        self.tape = try bytes.withUnsafeBufferPointer { (input) throws(JSONError) in
            try JSONTapeBuilder.tape(of: input)
        }
        self.bytes = bytes
    }

    /// Reads and validates a document, copying its bytes.
    package convenience init(_ data: Data) throws(JSONError) {
        try self.init([UInt8](data))
    }

    /// The document's one value.
    package var root: JSONValue { JSONValue(document: self, index: 0) }
}
