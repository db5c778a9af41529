import CalendarCore

/// A short text read as an event: "Lunch tomorrow at 12:30", "Stand-up at 9am", "Holiday tomorrow".
///
/// The service understands far more; what is not understood stays in the title. Without a time it lasts the whole day
/// that was named, or an hour from now.
struct GoogleQuickNote {
    let title: String
    private let day: CivilDate
    private let reading: CivilDateTime?

    init(_ text: String, now: CivilDateTime) {
        var words = text.split(separator: " ").map(String.init)
        var day = now.date
        var isDayNamed = false
        if let position = words.firstIndex(where: { ["today", "tomorrow"].contains($0.lowercased()) }) {
            if words[position].lowercased() == "tomorrow" { day = day.adding(days: 1) }
            isDayNamed = true
            words.remove(at: position)
        }
        var reading: CivilDateTime?
        if let position = words.lastIndex(where: { $0.lowercased() == "at" }), position + 1 < words.count,
            let minutes = Self.minutes(words[position + 1])
        {
            reading = CivilDateTime(startOf: day).adding(seconds: minutes * 60)
            words.removeSubrange(position...(position + 1))
        }
        title = words.joined(separator: " ")
        self.day = day
        self.reading = reading ?? (isDayNamed ? nil : now)
    }

    func start(_ zone: EventZone) -> EventTime { reading.map { .zoned($0, zone) } ?? .day(day) }

    func end(_ zone: EventZone) -> EventTime {
        reading.map { .zoned($0.adding(seconds: 3600), zone) } ?? .day(day.adding(days: 1))
    }

    /// The minutes since midnight of `3pm`, `3:30pm` or `15:30`.
    private static func minutes(_ text: String) -> Int64? {
        var digits = text.lowercased()
        var half: Int64?
        for (suffix, hours) in [("am", Int64(0)), ("pm", Int64(12))] where digits.hasSuffix(suffix) {
            digits = String(digits.dropLast(2))
            half = hours
        }
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
        guard let first = parts.first, let hour = first, parts.count <= 2, half != nil || parts.count == 2 else {
            return nil
        }
        let minute = parts.count == 2 ? parts[1] : 0
        guard let minute, (0..<60).contains(minute) else { return nil }
        guard let half else { return (0..<24).contains(hour) ? hour * 60 + minute : nil }
        return (1...12).contains(hour) ? (hour % 12 + half) * 60 + minute : nil
    }
}
