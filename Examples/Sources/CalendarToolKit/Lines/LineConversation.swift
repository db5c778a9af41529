import Foundation

/// Answers a stream of JSON lines with a line each, in their order; a bad line costs that line only.
///
/// Blank lines get no answer. A file that is one array with an element a line is read as well: a line of one bracket
/// gets no answer, and a comma at the end of a line is ignored.
package struct LineConversation {
    /// The longest line that is read, in bytes.
    package static let longestLine = 1 << 20

    /// The answer to one line, which is JSON or is meant to be.
    package typealias Answer = (Data) -> String

    private let answer: Answer

    package init(answer: @escaping Answer) { self.answer = answer }

    /// Reads until the source is at its end.
    ///
    /// - Parameters:
    ///   - read: Gives the next bytes, nil or none at the end.
    ///   - write: Takes one answer, without a line feed.
    package func run(read: () throws -> Data?, write: (String) throws -> Void) rethrows {
        var splitter = LineSplitter(limit: Self.longestLine)
        while let bytes = try read(), !bytes.isEmpty {
            for line in splitter.add(bytes) { try reply(to: line, write) }
        }
        if let line = splitter.finish() { try reply(to: line, write) }
    }

    private func reply(to line: LineSplitter.Line, _ write: (String) throws -> Void) rethrows {
        switch line {
        case .tooLong:
            try write(LineFault("the line is longer than \(Self.longestLine) bytes").json(id: nil))
        case .text(let bytes):
            let text = Self.trimmed(bytes[...])
            guard !text.isEmpty, text != [UInt8(ascii: "[")], text != [UInt8(ascii: "]")] else { return }
            try write(answer(Data(text)))
        }
    }

    /// The bytes without blanks at both ends and without one comma after them.
    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        var text = bytes.drop(while: isBlank)
        while let last = text.last, isBlank(last) { text = text.dropLast() }
        return text.last == UInt8(ascii: ",") ? text.dropLast() : text
    }
}
