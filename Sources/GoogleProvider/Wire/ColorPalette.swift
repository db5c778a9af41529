import CalendarCore

extension GoogleCalendarProvider {
    /// The colours behind the service's numbers, as `#rrggbb` (reference "Colors").
    public struct ColorPalette: Hashable, Sendable {
        /// The background of an event by `EventContent.color`.
        public let events: [String: String]
        /// The background of a calendar by the number that its list entry names.
        public let calendars: [String: String]

        /// Reads the two palettes; an entry without a background is left out.
        init(_ document: JSONDocument) {
            events = Self.backgrounds(document.root["event"])
            calendars = Self.backgrounds(document.root["calendar"])
        }

        private static func backgrounds(_ palette: JSONValue?) -> [String: String] {
            var colors: [String: String] = [:]
            guard let palette else { return colors }
            for (number, definition) in palette.members {
                if let color = definition["background"]?.string { colors[number] = color.lowercased() }
            }
            return colors
        }
    }
}
