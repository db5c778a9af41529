import CalendarCore

/// `attachments`: links to files, at most 25 (reference "Events", `attachments`).
enum AttachmentMapping: FieldMapping {
    static let field = EventField.attachments

    private static let most = 25

    static func read(_ row: JSONRow, into content: inout EventContent) {
        content.attachments =
            row["attachments"]?.elements.compactMap { entry in
                entry["fileUrl"]?.string.map {
                    EventAttachment(url: $0, title: entry["title"]?.string, mediaType: entry["mimeType"]?.string)
                }
            } ?? []
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        let attachments = writable(content.attachments)
        if case .insert = purpose, attachments.isEmpty { return }
        body.array("attachments") { writer in
            for attachment in attachments {
                writer.object { writer in
                    writer.field("fileUrl", attachment.url)
                    writer.field("title", ifPresent: attachment.title)
                    writer.field("mimeType", ifPresent: attachment.mediaType)
                }
            }
        }
    }

    static func canonicalize(_ content: inout EventContent) {
        content.attachments = writable(content.attachments)
    }

    static func losses(_ content: EventContent) -> [String] {
        writable(content.attachments).count < content.attachments.count
            ? ["Only 25 attachments, and only links to files on the web, are kept."] : []
    }

    private static func writable(_ attachments: [EventAttachment]) -> [EventAttachment] {
        Array(attachments.filter { $0.url.hasPrefix("https://") || $0.url.hasPrefix("http://") }.prefix(most))
    }
}
