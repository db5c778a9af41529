import CalendarCore
import Foundation

/// A line of `calendar zones`: a local reading in a zone, whose instants are asked for.
package struct ZoneLine: Decodable {
    private let zone: String
    private let local: String

    /// The answer to a line: `{"fold0":"…Z","fold1":"…Z"}` or `{"error":"…"}`.
    ///
    /// Where clocks go back, `fold0` is the earlier and `fold1` the later instant. Where they skip the reading, `fold0`
    /// uses the offset before the change and `fold1` the one after it. Else both are equal.
    package static func answer(to line: Data) -> String {
        do {
            let (first, second) = try JSONDecoder().decode(ZoneLine.self, from: line).instants()
            return "{\"fold0\":\"\(first)\",\"fold1\":\"\(second)\"}"
        } catch {
            return LineFault(error).json(id: nil)
        }
    }

    private func instants() throws(LineFault) -> (String, String) {
        let zone = EventZone(self.zone)
        guard zone.isKnown else { throw LineFault("no zone is called \(self.zone.prefix(64))") }
        guard let local = CivilDateTime(self.local) else {
            throw LineFault("local is no local time such as 2026-03-29T02:30:00")
        }
        switch zone.reading(of: local) {
        case .once(let date):
            let text = try Self.text(date)
            return (text, text)
        case .skipped(let before, let after): return (try Self.text(before), try Self.text(after))
        case .twice(let first, let second): return (try Self.text(first), try Self.text(second))
        }
    }

    private static func text(_ date: Date) throws(LineFault) -> String {
        let reading = EventZone.utc.civil(at: date)
        guard EventZone.utc.date(of: reading) == date else { throw LineFault("the instant is beyond years 1 to 9999") }
        return "\(reading)Z"
    }
}
