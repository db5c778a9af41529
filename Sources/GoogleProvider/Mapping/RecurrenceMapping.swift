import CalendarCore

/// `recurrence`: RRULE, RDATE, EXDATE and EXRULE lines, kept as text (RFC 5545 section 3.8.5).
enum RecurrenceMapping: FieldMapping {
    static let field = EventField.recurrence

    static func read(_ row: JSONRow, into content: inout EventContent) {
        let lines = row["recurrence"]?.elements.compactMap(\.string) ?? []
        content.recurrence = lines.isEmpty ? nil : Recurrence(lines: lines)
    }

    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        let lines = writable(content.recurrence)
        switch purpose {
        case .insert where lines.isEmpty: break
        case .patch where lines.isEmpty: body.null("recurrence")
        default:
            body.array("recurrence") { writer in
                for line in lines { writer.element(line) }
            }
        }
    }

    /// The order of the lines carries no meaning.
    static func canonicalize(_ content: inout EventContent) {
        guard let recurrence = content.recurrence else { return }
        let lines = writable(recurrence).sorted()
        guard lines != recurrence.lines || lines.isEmpty else { return }
        content.recurrence = lines.isEmpty ? nil : Recurrence(lines: lines)
    }

    /// The lines the service accepts: start and end have fields of their own.
    private static func writable(_ recurrence: Recurrence?) -> [String] {
        (recurrence?.lines ?? []).filter { line in
            let name = line.prefix { $0 != ":" && $0 != ";" }.uppercased()
            return name != "DTSTART" && name != "DTEND" && !name.isEmpty
        }
    }
}
