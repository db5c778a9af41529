import CalendarCore

/// A short text read as an event: "Lunch tomorrow at 12:30", "Review on June 3rd 10am-10:25am", "Holiday tomorrow".
///
/// The service understands far more; what is not understood stays in the title. Without a time it lasts the whole day
/// that was named, or an hour from now.
struct GoogleQuickNote {
    let title: String
    private let day: CivilDate
    private let reading: CivilDateTime?
    private let minutes: Int64

    init(_ text: String, now: CivilDateTime) {
        var words = text.split(separator: " ").map(String.init)
        let named = Self.takeDay(from: &words, today: now.date)
        let times = Self.takeTimes(from: &words)
        let day = named ?? now.date
        title = words.joined(separator: " ")
        self.day = day
        reading =
            times.map { CivilDateTime(startOf: day).adding(seconds: $0.start * 60) } ?? (named == nil ? now : nil)
        minutes = times.flatMap { span in span.end.map { $0 - span.start } } ?? 60
    }

    func start(_ zone: EventZone) -> EventTime { reading.map { .zoned($0, zone) } ?? .day(day) }

    func end(_ zone: EventZone) -> EventTime {
        reading.map { .zoned($0.adding(seconds: minutes * 60), zone) } ?? .day(day.adding(days: 1))
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// Takes out `today`, `tomorrow` or `on June 3rd`, which is the next such day.
    private static func takeDay(from words: inout [String], today: CivilDate) -> CivilDate? {
        if let position = words.firstIndex(where: { ["today", "tomorrow"].contains($0.lowercased()) }) {
            return today.adding(days: words.remove(at: position).lowercased() == "tomorrow" ? 1 : 0)
        }
        for (position, pair) in zip(words, words.dropFirst()).enumerated() {
            let number = pair.1.prefix { $0.isNumber }
            guard let month = months.firstIndex(of: pair.0.lowercased()), let day = Int(number),
                ["", "st", "nd", "rd", "th"].contains(pair.1.dropFirst(number.count).lowercased())
            else { continue }
            let days = [today.year, today.year + 1].compactMap { CivilDate(year: $0, month: month + 1, day: day) }
            guard let next = days.first(where: { $0 >= today }) else { continue }
            words.removeSubrange(position...(position + 1))
            drop(["on"], before: position, from: &words)
            return next
        }
        return nil
    }

    /// Takes out `3pm`, `at 15:30` or `10am-10:25am`, in minutes since midnight.
    private static func takeTimes(from words: inout [String]) -> (start: Int64, end: Int64?)? {
        for (position, word) in words.enumerated().reversed() {
            let times = word.split(separator: "-", omittingEmptySubsequences: false).map { time(String($0)) }
            guard times.count <= 2, let first = times.first, let start = first else { continue }
            guard times.count == 1 || (times[1] ?? 0) > start else { continue }
            words.remove(at: position)
            drop(["at", "from"], before: position, from: &words)
            return (start, times.count == 2 ? times[1] : nil)
        }
        return nil
    }

    /// Removes the preposition in front of what was taken out.
    private static func drop(_ prepositions: [String], before position: Int, from words: inout [String]) {
        guard position > 0, prepositions.contains(words[position - 1].lowercased()) else { return }
        words.remove(at: position - 1)
    }

    /// The minutes since midnight of `3pm`, `3:30pm` or `15:30`.
    private static func time(_ text: String) -> Int64? {
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
