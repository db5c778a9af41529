import CalendarCore

/// Writes the fields of a CalendarListEntry that its account decides on.
enum GoogleListEntryFields {
    /// Applies a body to the fields of an entry.
    ///
    /// - Parameters:
    ///   - body: The body; unknown and read-only fields are ignored.
    ///   - fields: The fields so far.
    ///   - replacing: Whether fields that the body does not name go away, as `update` does; colours stay.
    ///   - takesColors: Whether `colorRgbFormat=true` was given, without which colours of one's own are ignored.
    /// - Returns: The fields afterwards.
    /// - Throws: The answer to a value that is none.
    static func apply(
        _ body: GoogleBody,
        to fields: JSONObject,
        replacing: Bool,
        takesColors: Bool
    ) throws(GoogleRefusal) -> JSONObject {
        var result = fields
        if replacing || body.has("summaryOverride") {
            let text = try body.text("summaryOverride") ?? ""
            result["summaryOverride"] = nil
            if !text.isEmpty { result["summaryOverride"] = .string(text) }
        }
        for key in ["hidden", "selected"] where replacing || body.has(key) {
            result[key] = nil
            if try body.flag(key) == true { result[key] = true }
        }
        if replacing || body.has("defaultReminders") {
            result["defaultReminders"] = .array(try reminders(body.list("defaultReminders") ?? []))
        }
        if replacing || body.has("notificationSettings") {
            let list = try body.object("notificationSettings")?.list("notifications") ?? []
            result["notificationSettings"] = nil
            if !list.isEmpty { result["notificationSettings"] = ["notifications": .array(try notifications(list))] }
        }
        try color(body, &result)
        if takesColors { try ownColors(body, &result) }
        return result
    }

    private static func color(_ body: GoogleBody, _ fields: inout JSONObject) throws(GoogleRefusal) {
        guard let id = try body.text("colorId"), fields["colorId"] != .string(id) else { return }
        guard let number = Int(id), GooglePalette.calendar.indices.contains(number - 1) else {
            throw .invalid("Invalid color ID.")
        }
        fields["colorId"] = .string(id)
        fields["backgroundColor"] = .string(GooglePalette.calendar[number - 1])
        fields["foregroundColor"] = .string(GooglePalette.entryText)
    }

    private static func ownColors(_ body: GoogleBody, _ fields: inout JSONObject) throws(GoogleRefusal) {
        for key in ["backgroundColor", "foregroundColor"] {
            guard let text = try body.text(key)?.lowercased() else { continue }
            guard text.count == 7, text.first == "#", text.dropFirst().allSatisfy(\.isHexDigit) else {
                throw .invalid("Invalid color value.")
            }
            let isNew = fields[key] != .string(text)
            fields[key] = .string(text)
            // The index follows the colour, so that readers of either see about the same.
            if isNew, key == "backgroundColor" { fields["colorId"] = .string(String(GooglePalette.nearest(to: text))) }
        }
    }

    /// At most five reminders, up to four weeks before (reference: EventReminder).
    private static func reminders(_ list: [GoogleBody]) throws(GoogleRefusal) -> [JSONNode] {
        guard list.count <= 5 else { throw .invalid("Too many default reminders.") }
        var result: [JSONNode] = []
        for entry in list {
            guard let method = try entry.word("method", in: ["email", "popup"]) else {
                throw .required("Missing reminder method.")
            }
            guard let minutes = try entry.number("minutes") else { throw .required("Missing reminder minutes.") }
            guard (0...40_320).contains(minutes) else { throw .invalid("Invalid reminder minutes.") }
            result.append(["method": .string(method), "minutes": .int(minutes)])
        }
        return result
    }

    private static func notifications(_ list: [GoogleBody]) throws(GoogleRefusal) -> [JSONNode] {
        let types = ["eventCreation", "eventChange", "eventCancellation", "eventResponse", "agenda"]
        var result: [JSONNode] = []
        for entry in list {
            guard let type = try entry.word("type", in: types) else { throw .required("Missing notification type.") }
            guard let method = try entry.word("method", in: ["email"]) else {
                throw .required("Missing notification method.")
            }
            result.append(["type": .string(type), "method": .string(method)])
        }
        return result
    }
}
