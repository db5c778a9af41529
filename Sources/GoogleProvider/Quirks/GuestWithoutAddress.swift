import CalendarCore

/// A guest that has only an `id` or a name: the service lists it and accepts no such entry in return.
enum GuestWithoutAddress {
    /// Whether a row of guests can be written back.
    static func isPresent(in rows: JSONElements) -> Bool {
        rows.contains { ($0["email"]?.string ?? "").isEmpty }
    }
}
