import CalendarCore

/// The rewriting of event bodies: whatever comes in is stored as a whole HTML document.
enum GraphBody {
    private static let head = #"<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">"#

    /// The body as it is stored and answered; storing what was answered changes nothing.
    static func stored(_ node: JSONNode) -> JSONNode {
        let content = node["content"]?.string ?? ""
        let isText = node["contentType"]?.string?.lowercased() != "html"
        let html: String
        if content.hasPrefix(head) {
            html = content
        } else if isText && !content.isEmpty {
            html = head + #"</head><body><div class="PlainText">"# + escaped(content) + "</div></body></html>"
        } else {
            html = head + "</head><body>" + inner(content) + "</body></html>"
        }
        return ["contentType": "html", "content": .string(html)]
    }

    /// The body in the form that was asked for.
    static func answer(_ stored: JSONNode?, asText: Bool) -> JSONNode {
        let body = stored ?? self.stored(.null)
        guard asText else { return body }
        return ["contentType": "text", "content": .string(plain(body["content"]?.string ?? ""))]
    }

    /// The first 255 characters without markup.
    static func preview(_ html: String) -> String {
        String(plain(html).prefix(255))
    }

    /// The text without markup.
    static func plain(_ html: String) -> String {
        var text = ""
        var isInTag = false
        for character in html.split(separator: "<br>", omittingEmptySubsequences: false).joined(separator: "\n") {
            switch character {
            case "<": isInTag = true
            case ">": isInTag = false
            default: if !isInTag { text.append(character) }
            }
        }
        for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")] {
            text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
        }
        return text
    }

    private static func escaped(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\n", "\r\n": result += "<br>"
            default: result.append(character)
            }
        }
        return result
    }

    /// What stands in the body element, or all of a fragment, without scripts.
    private static func inner(_ html: String) -> String {
        var rest = Substring(html)
        if let open = rest.firstRange(of: "<body"), let end = rest[open.upperBound...].firstIndex(of: ">") {
            rest = rest[rest.index(after: end)...]
            if let close = rest.firstRange(of: "</body>") { rest = rest[..<close.lowerBound] }
        }
        var result = ""
        while let open = rest.firstRange(of: "<script") {
            result += rest[..<open.lowerBound]
            guard let close = rest[open.upperBound...].firstRange(of: "</script>") else { return result }
            rest = rest[close.upperBound...]
        }
        return result + rest
    }
}
