import Foundation

/// Adds white space to documents, as the service does for people who read answers.
enum GooglePrettyPrint {
    /// A document with a line for each value, one blank deep for each level.
    static func apply(to body: Data) -> Data {
        var result: [UInt8] = []
        var depth = 0
        var isText = false
        var isEscaped = false
        var last: UInt8 = 0
        func line(_ depth: Int) -> [UInt8] { [UInt8(ascii: "\n")] + Array(repeating: UInt8(ascii: " "), count: depth) }
        for byte in body {
            if isText {
                result.append(byte)
                if byte == UInt8(ascii: "\""), !isEscaped { isText = false }
                isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
            } else {
                let isOpening = last == UInt8(ascii: "{") || last == UInt8(ascii: "[")
                switch byte {
                case UInt8(ascii: "}"), UInt8(ascii: "]"):
                    depth -= 1
                    if !isOpening { result += line(depth) }
                default:
                    if isOpening { result += line(depth) }
                }
                result.append(byte)
                switch byte {
                case UInt8(ascii: "\""): isText = true
                case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
                case UInt8(ascii: ","): result += line(depth)
                case UInt8(ascii: ":"): result.append(UInt8(ascii: " "))
                default: break
                }
            }
            last = isText && byte != UInt8(ascii: "\"") ? 0 : byte
        }
        return Data(result)
    }
}
