/// Cuts a stream of bytes into lines, holding no more than one line of a bounded length in memory.
package struct LineSplitter {
    package enum Line: Equatable {
        case text([UInt8])
        /// A line above the limit; its bytes are gone.
        case tooLong
    }

    private let limit: Int
    private var pending: [UInt8] = []
    private var isTooLong = false

    /// Creates a splitter for lines of so many bytes at most, the line feed not counted.
    package init(limit: Int) { self.limit = limit }

    /// Takes the next bytes of the stream and returns the lines that end within them.
    package mutating func add(_ bytes: some Sequence<UInt8>) -> [Line] {
        var lines: [Line] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                lines.append(take())
            } else if pending.count < limit, !isTooLong {
                pending.append(byte)
            } else {
                isTooLong = true
                pending = []
            }
        }
        return lines
    }

    /// The last line, when the stream does not end with a line feed.
    package mutating func finish() -> Line? {
        pending.isEmpty && !isTooLong ? nil : take()
    }

    private mutating func take() -> Line {
        defer {
            pending = []
            isTooLong = false
        }
        return isTooLong ? .tooLong : .text(pending)
    }
}
