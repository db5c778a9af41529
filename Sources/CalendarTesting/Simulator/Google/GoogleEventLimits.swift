import CalendarCore

/// The limits of an event's parts: what is cut in silence, and what is refused.
enum GoogleEventLimits {
    private static let mostReminders = 5
    private static let longestReminder = 40_320
    private static let mostAttachments = 25
    private static let longestKey = 44
    private static let longestValue = 1024
    private static let mostProperties = 300
    private static let mostPropertyBytes = 32_768

    /// Checks what has a limit, and cuts what the service cuts.
    static func apply(to fields: inout JSONObject) throws(GoogleRefusal) {
        if let reminders = fields["reminders"] { fields["reminders"] = try self.reminders(reminders) }
        if let color = fields["colorId"]?.string {
            guard let number = Int(color), (1...11).contains(number) else { throw .invalid("Invalid color id.") }
        }
        if let source = fields["source"] {
            let address = source["url"]?.string?.lowercased() ?? ""
            guard address.hasPrefix("http://") || address.hasPrefix("https://") else {
                throw .invalid("Invalid source URL.")
            }
        }
        if let attachments = fields["attachments"]?.elements {
            guard attachments.count <= mostAttachments else { throw .invalid("Too many attachments.") }
            guard attachments.allSatisfy({ $0["fileUrl"]?.string != nil }) else {
                throw .required("Missing attachment file URL.")
            }
        }
        if let properties = fields["extendedProperties"] {
            fields["extendedProperties"] = try extendedProperties(properties)
        }
    }

    private static func reminders(_ reminders: JSONNode) throws(GoogleRefusal) -> JSONNode {
        let overrides = reminders["overrides"]?.elements ?? []
        guard overrides.count <= mostReminders else { throw .invalid("Too many reminders.") }
        for entry in overrides {
            guard ["email", "popup"].contains(entry["method"]?.string ?? ""),
                (0...longestReminder).contains(entry["minutes"]?.int ?? -1)
            else { throw .invalid("Invalid reminder.") }
        }
        var result = JSONObject()
        result["useDefault"] = .bool(reminders["useDefault"]?.bool ?? false)
        if !overrides.isEmpty { result["overrides"] = .array(overrides) }
        return .object(result)
    }

    /// Drops keys that are too long, cuts values that are, and refuses what is too much altogether
    /// (guide "Extended properties").
    private static func extendedProperties(_ properties: JSONNode) throws(GoogleRefusal) -> JSONNode? {
        var result = JSONObject()
        var count = 0
        var bytes = 0
        for kind in ["private", "shared"] {
            var kept = JSONObject()
            for member in properties[kind]?.object?.members ?? [] {
                guard let value = member.value.string, member.key.count <= longestKey else { continue }
                kept[member.key] = .string(String(value.prefix(longestValue)))
                count += 1
                bytes += member.key.utf8.count + min(value.utf8.count, longestValue)
            }
            if !kept.members.isEmpty { result[kind] = .object(kept) }
        }
        guard count <= mostProperties, bytes <= mostPropertyBytes else {
            throw .invalid("The extended properties exceed the limit of an event.")
        }
        return result.members.isEmpty ? nil : .object(result)
    }
}
