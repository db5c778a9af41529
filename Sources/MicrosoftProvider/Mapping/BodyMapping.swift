import CalendarCore

/// The text against `body`, which Exchange stores as HTML of its own making.
///
/// It wraps text, adds a head and rewrites attributes, so comparison is between what ``HTMLText`` keeps.
enum BodyMapping {
    static func read(_ event: JSONValue) -> EventBody? {
        guard let content = event["body"]?["content"]?.string, !content.isEmpty else { return nil }
        let isHTML = event["body"]?["contentType"]?.string?.lowercased() != "text"
        // An event without text comes back as an empty page.
        let body = EventBody(content, isHTML: isHTML)
        return canonical(body) == nil ? nil : body
    }

    static func write(_ content: EventContent, into body: inout JSONObject) {
        body["body"] = [
            "contentType": content.body?.isHTML == true ? "html" : "text",
            "content": .string(content.body?.text ?? ""),
        ]
    }

    /// What of a text people wrote; the block that leads into an online meeting is the service's.
    static func canonical(_ body: EventBody?, meeting: EventConference? = nil) -> EventBody? {
        guard let body else { return nil }
        let block = meeting?.joinURL.flatMap { body.isHTML ? JoinBlock(in: body.text, joinURL: $0) : nil }
        let text = body.isHTML ? HTMLText(block?.rest ?? body.text) : HTMLText(plain: body.text)
        return text.markup.isEmpty ? nil : EventBody(text.markup, isHTML: text.hasFormatting)
    }
}
