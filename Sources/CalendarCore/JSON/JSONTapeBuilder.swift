/// The validating pass over a document (RFC 8259), which leaves one node for each key and value.
///
/// Strict: no comments, no trailing commas, no lone surrogates, no bytes that are not UTF-8. One leading UTF-8
/// byte order mark is skipped, which RFC 8259 section 8.1 allows a reader to do. Time is linear in the document.
/// Nesting needs no stack: an open container keeps the index of its parent in `next` until it is closed.
struct JSONTapeBuilder {
    let input: UnsafeBufferPointer<UInt8>
    var position = 0
    var tape: [JSONTapeNode] = []

    private static let noParent = UInt32.max

    /// Reads a document into its nodes; the first node is the root.
    static func tape(of input: UnsafeBufferPointer<UInt8>) throws(JSONError) -> [JSONTapeNode] {
        guard input.count < Int(UInt32.max) else { throw .tooLarge(offset: input.count) }
        var builder = JSONTapeBuilder(input: input)
        builder.tape.reserveCapacity(input.count / 24 + 8)
        try builder.readDocument()
        return builder.tape
    }

    private init(input: UnsafeBufferPointer<UInt8>) {
        self.input = input
    }

    private mutating func readDocument() throws(JSONError) {
        if input.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        var container = Self.noParent
        var depth = 0
        while true {
            let byte = try nextToken()
            if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") {
                guard depth < JSONDocument.depthLimit else { throw .tooDeep(offset: position) }
                depth += 1
                container = open(byte == UInt8(ascii: "{") ? .object : .array, inside: container)
                if try readsFirst(of: container) { continue }
            } else {
                try readScalar(byte)
            }
            while true {
                guard container != Self.noParent else {
                    skipWhitespace()
                    guard position == input.count else { throw .trailingContent(offset: position) }
                    return
                }
                if try readsNext(of: container) { break }
                container = close(container)
                depth -= 1
            }
        }
    }

    private mutating func open(_ kind: JSONTapeNode.Kind, inside parent: UInt32) -> UInt32 {
        let index = UInt32(truncatingIfNeeded: tape.count)
        append(kind, from: position)
        tape[Int(index)].next = parent
        position += 1
        return index
    }

    /// Ends a container before the closing bracket at the position, and returns its parent.
    private mutating func close(_ container: UInt32) -> UInt32 {
        let index = Int(container)
        let parent = tape[index].next
        position += 1
        tape[index].end = UInt32(truncatingIfNeeded: position)
        tape[index].next = UInt32(truncatingIfNeeded: tape.count)
        return parent
    }

    /// Moves to the first value of a container just opened; false, at its closing bracket, when there is none.
    private mutating func readsFirst(of container: UInt32) throws(JSONError) -> Bool {
        let byte = try nextToken()
        guard tape[Int(container)].kind == .object else { return byte != UInt8(ascii: "]") }
        guard byte != UInt8(ascii: "}") else { return false }
        try readKey(byte)
        return true
    }

    /// Moves past a comma to the next value of a container; false, at its closing bracket, when there is none.
    private mutating func readsNext(of container: UInt32) throws(JSONError) -> Bool {
        let byte = try nextToken()
        let isObject = tape[Int(container)].kind == .object
        guard byte == UInt8(ascii: ",") else {
            guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                throw .unexpectedByte(offset: position)
            }
            return false
        }
        position += 1
        if isObject { try readKey(nextToken()) }
        return true
    }

    private mutating func readKey(_ byte: UInt8) throws(JSONError) {
        guard byte == UInt8(ascii: "\"") else { throw .unexpectedByte(offset: position) }
        try readString()
        guard try nextToken() == UInt8(ascii: ":") else { throw .unexpectedByte(offset: position) }
        position += 1
    }

    private mutating func readScalar(_ byte: UInt8) throws(JSONError) {
        switch byte {
        case UInt8(ascii: "\""): try readString()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readNumber()
        case UInt8(ascii: "t"): try readWord("true", .true)
        case UInt8(ascii: "f"): try readWord("false", .false)
        case UInt8(ascii: "n"): try readWord("null", .null)
        default: throw .unexpectedByte(offset: position)
        }
    }

    private mutating func readWord(_ word: StaticString, _ kind: JSONTapeNode.Kind) throws(JSONError) {
        let start = position
        for offset in 0..<word.utf8CodeUnitCount {
            guard position < input.count else { throw .unexpectedEnd(offset: position) }
            guard input[position] == word.utf8Start[offset] else { throw .unexpectedByte(offset: position) }
            position += 1
        }
        append(kind, from: start)
    }

    /// Appends a node that ends at the position and has nothing inside.
    mutating func append(_ kind: JSONTapeNode.Kind, from start: Int) {
        tape.append(
            JSONTapeNode(
                start: UInt32(truncatingIfNeeded: start),
                end: UInt32(truncatingIfNeeded: position),
                next: UInt32(truncatingIfNeeded: tape.count + 1),
                kind: kind
            )
        )
    }

    /// Skips white space and returns the byte at the position without moving past it.
    private mutating func nextToken() throws(JSONError) -> UInt8 {
        skipWhitespace()
        guard position < input.count else { throw .unexpectedEnd(offset: position) }
        return input[position]
    }

    private mutating func skipWhitespace() {
        while position < input.count {
            switch input[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }
}
