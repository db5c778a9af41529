extension SyncConflict {
    /// What happened, in lines for a person who has to decide: each field with what it was, what both sides said, and
    /// which value stands.
    ///
    /// It holds the event's text and its guests' addresses, because somebody asked for them: it is for a screen, not for
    /// a log. Times are on the clock of the event's zone.
    public var explanation: String {
        var lines = [summary]
        for field in explainedFields {
            let sides = [("the host said", local), ("the service said", remote)].compactMap { words, content in
                content.map { "\(words) \($0.text(of: field))" }
            }
            let was = base.map { "was \($0.text(of: field))" }
            lines.append("- \(field.rawValue): " + ([was].compactMap(\.self) + sides).joined(separator: "; "))
        }
        lines.append(verdict)
        if isOpen { lines.append("Nobody has said yet which side shall stand.") }
        return lines.joined(separator: "\n")
    }

    private var summary: String {
        let event = (base ?? remote ?? local)?.text(of: .title) ?? "an event"
        switch kind {
        case .edits: return "The host and the service both changed \(event)."
        case .deletedRemotely: return "The service deleted \(event), which the host had changed."
        case .deletedLocally: return "The host deleted \(event), which had been changed in the service."
        case .copyEdited: return "Somebody changed the copy of \(event), which follows its meeting."
        }
    }

    private var verdict: String {
        switch (kind, kept) {
        case (.edits, .local), (.copyEdited, .local): "What the host said stands."
        case (.edits, .remote), (.copyEdited, .remote): "What the service said stands."
        case (.deletedRemotely, .remote), (.deletedLocally, .local): "The deletion stands."
        case (.deletedRemotely, .local), (.deletedLocally, .remote): "The change stands, and the event with it."
        }
    }

    /// The fields in conflict; where one side deleted the event, those that the other one had changed.
    private var explainedFields: [EventField] {
        guard fields.isEmpty, let base, let changed = local ?? remote else { return fields }
        return changed.changedFields(from: base).sorted()
    }
}

extension SyncConflict: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The kind, the fields, the side that stands and the ids, without what the event says.
    public var description: String {
        let names = fields.isEmpty ? "" : " of \(fields.map(\.rawValue).joined(separator: ", "))"
        let state = isOpen ? ", open" : ""
        return "conflict \(id): \(kind.rawValue)\(names), kept \(kept.rawValue)\(state), record \(record)"
    }

    /// The same as the description.
    public var debugDescription: String { description }

    /// A mirror of the description alone.
    public var customMirror: Mirror { Mirror(self, children: ["conflict": description]) }
}
