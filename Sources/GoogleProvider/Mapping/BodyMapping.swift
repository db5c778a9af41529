import CalendarCore
import Foundation

/// `description`: one text that may hold HTML; nothing beside it says whether it does.
enum BodyMapping: FieldMapping {
    static let field = EventField.body

    /// About what the service keeps, in characters.
    private static let limit = 8192

    static func read(_ row: JSONRow, into content: inout EventContent) {
        content.body = row.string("description").map { EventBody($0, isHTML: holdsMarkup($0)) }
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        body.field("description", content.body?.text, for: purpose)
    }

    /// Line ends are one character, blanks at the end do not count, and the text itself says whether it is HTML.
    static func canonicalize(_ content: inout EventContent) {
        guard let body = content.body, !isPlain(body) else { return }
        var text = body.text
        if text.utf8.contains(UInt8(ascii: "\r")) { text = text.replacingOccurrences(of: "\r\n", with: "\n") }
        // Most texts end with a letter or a mark of ASCII, which is told without a look at whole characters.
        while !(0x21...0x7E).contains(text.utf8.last ?? 0x21), text.last?.isWhitespace == true { text.removeLast() }
        content.body = text.isEmpty ? nil : EventBody(text, isHTML: holdsMarkup(text))
    }

    static func losses(_ content: EventContent) -> [String] {
        guard let body = content.body else { return [] }
        var losses: [String] = []
        if !body.isHTML, holdsMarkup(body.text) { losses.append("Plain text that looks like HTML is shown as HTML.") }
        if body.isHTML, !holdsMarkup(body.text) { losses.append("HTML without tags is read back as plain text.") }
        if body.text.count > limit { losses.append("The text is longer than the service keeps.") }
        return losses
    }

    /// Whether a body surely is as the service would return it, as most are: no line ends of two characters, nothing that
    /// may be a tag, and a letter or a mark of ASCII at its end.
    private static func isPlain(_ body: EventBody) -> Bool {
        guard !body.isHTML else { return false }
        var text = body.text
        return text.withUTF8 { bytes in
            guard let last = bytes.last, (0x21...0x7E).contains(last) else { return false }
            return !bytes.contains { $0 == UInt8(ascii: "\r") || $0 == UInt8(ascii: "<") }
        }
    }

    /// Whether a text has a `<` followed by a letter or `/`, and a `>` after it.
    private static func holdsMarkup(_ text: String) -> Bool {
        var text = text
        guard text.withUTF8({ $0.contains(UInt8(ascii: "<")) }) else { return false }
        var opened = false
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if opened, byte == UInt8(ascii: ">") { return true }
            let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            if previous == UInt8(ascii: "<"), isLetter || byte == UInt8(ascii: "/") { opened = true }
            previous = byte
        }
        return false
    }
}
