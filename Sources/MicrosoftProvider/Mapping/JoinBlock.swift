import CalendarCore
import Foundation

/// The part of an online meeting's text that the service wrote and that leads into the meeting.
///
/// A text without it takes the meeting away, and the next change brings another one
/// (https://learn.microsoft.com/graph/api/event-update), so a new text gets the block of the old one. It is known by the
/// address to join, between two rulers of underscores where the service drew them.
struct JoinBlock {
    /// The HTML of the block.
    let html: Substring
    /// The HTML around it.
    let rest: String

    /// Finds the block; nil when the text does not lead into the meeting.
    init?(in text: String, joinURL: String) {
        guard let link = Self.range(of: joinURL, in: text) else { return nil }
        let range = Self.betweenRulers(around: link, in: text) ?? Self.anchor(around: link, in: text) ?? link
        html = text[range]
        rest = text.replacingCharacters(in: range, with: "")
    }

    /// Whether a text leads into a meeting, so that the service keeps it.
    static func leads(_ text: String, to joinURL: String) -> Bool {
        range(of: joinURL, in: text) != nil
    }

    /// A text of the user's with the block after it.
    func carried(by body: EventBody?) -> EventBody {
        let text = body.map { $0.isHTML ? $0.text : HTMLEntities.encoded(lines: $0.text) } ?? ""
        let end = text.range(of: "</body>", options: [.caseInsensitive, .backwards])?.lowerBound ?? text.endIndex
        return EventBody("\(text[..<end])<br>\(html)\(text[end...])", isHTML: true)
    }

    /// The address as it stands in the text, where `&` may be a character reference.
    private static func range(of joinURL: String, in text: String) -> Range<String.Index>? {
        guard !joinURL.isEmpty else { return nil }
        return text.range(of: joinURL) ?? text.range(of: joinURL.replacing("&", with: "&amp;"))
    }

    private static let ruler = String(repeating: "_", count: 20)

    /// From the ruler before the link to the one after it, each with the elements that hold nothing else.
    private static func betweenRulers(around link: Range<String.Index>, in text: String) -> Range<String.Index>? {
        guard let upper = text[..<link.lowerBound].range(of: ruler, options: .backwards),
            let lower = text[link.upperBound...].range(of: ruler)
        else { return nil }
        let first = text[..<upper.lowerBound].lastIndex { $0 != "_" }.map { text.index(after: $0) } ?? text.startIndex
        let firstEnd = text[upper.upperBound...].firstIndex { $0 != "_" } ?? text.endIndex
        let lastEnd = text[lower.upperBound...].firstIndex { $0 != "_" } ?? text.endIndex
        var start = first
        for _ in 0..<closingTags(after: firstEnd, in: text).count {
            guard let tag = openingTag(before: start, in: text) else { break }
            start = tag
        }
        // As many elements end after the last ruler as begin right before it.
        var opened = 0
        var begin = lower.lowerBound
        while let tag = openingTag(before: begin, in: text) { (begin, opened) = (tag, opened + 1) }
        let closings = closingTags(after: lastEnd, in: text)
        let end = opened == 0 || closings.isEmpty ? lastEnd : closings[min(opened, closings.count) - 1]
        return start..<end
    }

    /// The link's own element.
    private static func anchor(around link: Range<String.Index>, in text: String) -> Range<String.Index>? {
        guard let open = text[..<link.lowerBound].range(of: "<a ", options: [.caseInsensitive, .backwards]),
            !text[open.lowerBound..<link.lowerBound].contains(">"),
            let close = text[link.upperBound...].range(of: "</a>", options: .caseInsensitive)
        else { return nil }
        return open.lowerBound..<close.upperBound
    }

    /// Where an opening tag begins that stands right before a place, apart from white space.
    private static func openingTag(before place: String.Index, in text: String) -> String.Index? {
        guard let end = text[..<place].lastIndex(where: { !$0.isWhitespace }), text[end] == ">",
            let start = text[..<end].lastIndex(of: "<")
        else { return nil }
        let tag = text[text.index(after: start)..<end].lowercased()
        return ["div", "span", "p"].contains { tag == $0 || tag.hasPrefix($0 + " ") } ? start : nil
    }

    /// Where the closing tags end that follow a place, apart from white space.
    private static func closingTags(after place: String.Index, in text: String) -> [String.Index] {
        var ends: [String.Index] = []
        var rest = text[place...]
        while let start = rest.firstIndex(where: { !$0.isWhitespace }), rest[start...].hasPrefix("</"),
            let end = rest[start...].firstIndex(of: ">")
        {
            let name = rest[start..<end].dropFirst(2).lowercased()
            guard ["div", "span", "p"].contains(name) else { break }
            let next = text.index(after: end)
            ends.append(next)
            rest = text[next...]
        }
        return ends
    }
}
