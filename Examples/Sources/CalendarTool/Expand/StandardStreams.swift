import CalendarToolKit
import Foundation

extension LineConversation {
    /// Answers standard input on standard output; each answer is there as soon as its line is.
    func runOnStandardStreams() throws {
        let output = FileHandle.standardOutput
        try run(read: standardInputBytes) { line in
            try output.write(contentsOf: Data((line + "\n").utf8))
        }
    }
}

/// The next bytes of standard input, none at its end.
///
/// `FileHandle.read(upToCount:)` would wait on Linux until the whole count is there, however slowly lines come.
private func standardInputBytes() throws -> Data {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = read(FileHandle.standardInput.fileDescriptor, &bytes, bytes.count)
        if count >= 0 { return Data(bytes.prefix(count)) }
        guard errno == EINTR else { throw LineFault("standard input cannot be read") }
    }
}
