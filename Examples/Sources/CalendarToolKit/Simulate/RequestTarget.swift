import Foundation

/// The target of a request as it stands in the request line.
enum RequestTarget {
    /// The address of a target below a root; nil when there is none.
    ///
    /// Many clients send braces and the like as they are. `URL` would encode these and, with them, the percent signs of
    /// what was encoded before, so only they are encoded first (RFC 3986 section 2).
    static func address(of target: String, below root: String) -> URL? {
        var text = root
        let bytes = Array(target.utf8)
        for (position, byte) in bytes.enumerated() {
            if allowed.contains(byte) || startsEscape(bytes[position...]) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                text += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return URL(string: text)
    }

    private static let allowed = Set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/?#@!$&'()*+,;=".utf8
    )

    private static func startsEscape(_ bytes: ArraySlice<UInt8>) -> Bool {
        let sign = bytes.prefix(3)
        return sign.count == 3 && sign.first == UInt8(ascii: "%")
            && sign.dropFirst().allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }
}
