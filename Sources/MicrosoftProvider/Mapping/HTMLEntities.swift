/// The character references of HTML that calendars use: the five of XML, the hard blank and numbers.
enum HTMLEntities {
    private static let names: [String: Character] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    ]

    /// The text with references resolved; unknown ones stay as they are.
    static func decoded(_ text: Substring) -> String {
        var result = ""
        var rest = text
        while let ampersand = rest.firstIndex(of: "&") {
            result += rest[..<ampersand]
            rest = rest[rest.index(after: ampersand)...]
            if let end = rest.prefix(10).firstIndex(of: ";"), let character = character(rest[..<end]) {
                result.append(character)
                rest = rest[rest.index(after: end)...]
            } else {
                result += "&"
            }
        }
        return result + rest
    }

    /// A character as it stands in HTML text.
    static func encoded(_ character: Character) -> String {
        switch character {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: String(character)
        }
    }

    /// Plain text as HTML, with a break at the end of each line.
    static func encoded(lines text: String) -> String {
        text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .map { $0.map(encoded).joined() }.joined(separator: "<br>")
    }

    private static func character(_ name: Substring) -> Character? {
        guard name.hasPrefix("#") else { return names[String(name)] }
        let digits = name.dropFirst()
        let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
        return UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10)
            .flatMap(Unicode.Scalar.init).map(Character.init)
    }
}
