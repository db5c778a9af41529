import Foundation

/// What of an HTML text a reader sees: its words, line breaks, links and emphasis.
///
/// Two texts that differ only in head, attributes, wrapping elements or white space become equal. Bounded by one pass
/// over the text.
struct HTMLText {
    /// The text; HTML when something is formatted, else plain with line breaks.
    private(set) var markup = ""
    /// Whether something is emphasised, listed or linked.
    private(set) var hasFormatting = false

    private enum Token {
        case text(String)
        case lineBreak
        case tag(String)
    }

    /// Reads plain text.
    init(plain: String) {
        var tokens: [Token] = []
        for line in plain.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            tokens.append(.text(String(line)))
            tokens.append(.lineBreak)
        }
        render(tokens)
    }

    /// Reads HTML.
    init(_ html: String) {
        var tokens: [Token] = []
        var rest = Substring(html)
        while let open = rest.firstIndex(of: "<") {
            if open > rest.startIndex { tokens.append(.text(HTMLEntities.decoded(rest[..<open]))) }
            rest = rest[open...]
            if rest.hasPrefix("<!--") {
                rest = Self.skip(rest, past: "-->")
                continue
            }
            guard let close = rest.firstIndex(of: ">") else {
                tokens.append(.text(HTMLEntities.decoded(rest)))
                rest = ""
                break
            }
            let tag = rest[rest.index(after: open)..<close]
            rest = rest[rest.index(after: close)...]
            let name = Self.name(of: tag)
            if Self.hidden.contains(name) {
                rest = Self.skip(rest, past: "</\(name)>")
            } else if Self.blocks.contains(name.hasPrefix("/") ? String(name.dropFirst()) : name) {
                tokens.append(.lineBreak)
            } else if let kept = Self.kept(name, tag) {
                tokens.append(.tag(kept))
            }
        }
        if !rest.isEmpty { tokens.append(.text(HTMLEntities.decoded(rest))) }
        render(tokens)
    }

    private mutating func render(_ tokens: [Token]) {
        hasFormatting = tokens.contains { if case .tag = $0 { true } else { false } }
        var needsBreak = false
        var needsBlank = false
        for token in tokens {
            switch token {
            case .lineBreak:
                (needsBreak, needsBlank) = (true, false)
            case .tag(let tag):
                flush(&needsBreak, &needsBlank)
                markup += tag
            case .text(let text):
                for character in text {
                    if character.isWhitespace {
                        needsBlank = !needsBreak
                    } else {
                        flush(&needsBreak, &needsBlank)
                        markup += hasFormatting ? HTMLEntities.encoded(character) : String(character)
                    }
                }
            }
        }
    }

    private mutating func flush(_ needsBreak: inout Bool, _ needsBlank: inout Bool) {
        if !markup.isEmpty {
            if needsBreak { markup += hasFormatting ? "<br>" : "\n" } else if needsBlank { markup += " " }
        }
        (needsBreak, needsBlank) = (false, false)
    }

    private static let hidden: Set<String> = ["head", "style", "script", "title"]
    private static let blocks: Set<String> = [
        "p", "br", "div", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "hr", "pre",
    ]
    private static let emphasis = [
        "b": "b", "strong": "b", "i": "i", "em": "i", "u": "u", "ul": "ul", "ol": "ol", "li": "li",
    ]

    /// The tag as it is compared, without attributes; a link keeps its target.
    private static func kept(_ name: String, _ tag: Substring) -> String? {
        if name == "a" { return "<a href=\"\(target(of: tag))\">" }
        if name == "/a" { return "</a>" }
        if name.hasPrefix("/") { return emphasis[String(name.dropFirst())].map { "</\($0)>" } }
        return emphasis[name].map { "<\($0)>" }
    }

    private static func target(of tag: Substring) -> String {
        guard let start = tag.range(of: "href=") else { return "" }
        let rest = tag[start.upperBound...]
        guard let quote = rest.first, quote == "\"" || quote == "'" else {
            return String(rest.prefix { !$0.isWhitespace })
        }
        return String(rest.dropFirst().prefix { $0 != quote })
    }

    private static func name(of tag: Substring) -> String {
        let name = tag.prefix { !$0.isWhitespace }.lowercased()
        return name.count > 1 && name.hasSuffix("/") ? String(name.dropLast()) : name
    }

    private static func skip(_ text: Substring, past end: String) -> Substring {
        var rest = text
        while let index = rest.firstIndex(of: end.first ?? "<") {
            rest = rest[index...]
            if rest.prefix(end.count).lowercased() == end { return rest.dropFirst(end.count) }
            rest = rest.dropFirst()
        }
        return ""
    }
}
