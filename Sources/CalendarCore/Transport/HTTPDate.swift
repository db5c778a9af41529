package import Foundation

/// The date form of HTTP header fields: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 section 5.6.7).
package enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The instant, or nil when the text is not in the preferred form.
    package static func parse(_ text: String) -> Date? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT", let day = Int(parts[1]), let year = Int(parts[3]),
            let month = months.firstIndex(of: String(parts[2]))
        else { return nil }
        let clock = parts[4].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, let date = CivilDate(year: year, month: month + 1, day: day),
            let civil = CivilDateTime(date: date, hour: clock[0], minute: clock[1], second: clock[2])
        else { return nil }
        return Date(timeIntervalSince1970: Double(civil.secondsSinceEpoch))
    }

    /// The text of an instant, whose fraction of a second is cut off.
    package static func text(_ date: Date) -> String {
        func padded(_ number: Int, _ width: Int = 2) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        let civil = CivilDateTime(secondsSinceEpoch: date.secondsSinceEpoch)
        let day = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][civil.date.weekday.rawValue - 1]
        let time = [civil.hour, civil.minute, civil.second].map { padded($0) }.joined(separator: ":")
        let date = "\(padded(civil.date.day)) \(months[civil.date.month - 1]) \(padded(civil.date.year, 4))"
        return "\(day), \(date) \(time) GMT"
    }
}
