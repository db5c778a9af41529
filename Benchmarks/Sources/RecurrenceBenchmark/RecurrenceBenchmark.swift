import CalendarCore
import Foundation

/// Expands each rule of `rules.txt` over ten years again and again, and prints nanoseconds for each occurrence.
///
/// A line is `name<TAB>occurrences<TAB>nanoseconds`, as the peers print it. The rules whose names begin with `far-` are
/// asked for one year a long way from their start instead.
@main
struct RecurrenceBenchmark {
    static func main() throws {
        let path = CommandLine.arguments.dropFirst().first ?? "rules.txt"
        let berlin = EventZone("Europe/Berlin")
        guard let first = CivilDateTime("2026-01-05T09:00:00"), let last = CivilDateTime("2036-01-05T09:00:00")
        else { return }
        let start = EventTime.zoned(first, berlin)
        let begin = start.date(floatingIn: .utc)
        let year = 365.2425 * 86_400
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let set = RecurrenceSet(Recurrence(lines: ["RRULE:" + parts[1]]), start: start)
            measure(String(parts[0]), set, begin..<berlin.date(of: last))
            let far = begin.addingTimeInterval(1000 * year)
            measure("far-" + parts[0], set, far..<far.addingTimeInterval(year))
        }
        measureZone(berlin, begin)
    }

    static func measure(_ name: String, _ set: RecurrenceSet, _ window: Range<Date>) {
        report(name) {
            var count = 0
            for _ in set.occurrences(in: window, floatingIn: .utc) { count += 1 }
            return count
        }
    }

    /// A conversion from an instant to local time and back, on a warm table.
    static func measureZone(_ zone: EventZone, _ begin: Date) {
        report("zone-conversion") {
            var sum = 0.0
            for hour in 0..<1000 {
                let civil = zone.civil(at: begin.addingTimeInterval(Double(hour) * 3600))
                sum += zone.date(of: civil).timeIntervalSince1970
            }
            return sum > 0 ? 2000 : 0
        }
    }

    /// Repeats a piece of work for at least 0.3 seconds.
    static func report(_ name: String, _ work: () -> Int) {
        let clock = ContinuousClock()
        let each = work()
        var done = 0
        let begin = clock.now
        while clock.now - begin < .milliseconds(300) { done += work() }
        let spent = clock.now - begin
        let seconds = Double(spent.components.seconds) + Double(spent.components.attoseconds) / 1e18
        let nanoseconds = done == 0 ? 0 : seconds * 1e9 / Double(done)
        print("\(name)\t\(each)\t\(String(format: "%.1f", nanoseconds))")
    }
}
