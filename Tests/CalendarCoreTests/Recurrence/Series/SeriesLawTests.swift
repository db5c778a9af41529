import CalendarCore
import Foundation
import Testing

@Suite("Series laws on random rules")
struct SeriesLawTests {
    /// Twenty seeds by default; `CALENDAR_TEST_SEED` names another one.
    static let seeds: [UInt64] =
        ProcessInfo.processInfo.environment["CALENDAR_TEST_SEED"].flatMap(UInt64.init).map { [$0] }
        ?? Array(1...20)

    @Test("both halves of a split joined have the occurrences of the whole", arguments: seeds)
    func split(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var divided = 0
        for _ in 0..<200 {
            let example = RandomSeries(using: &generator)
            let whole = instants(of: example.series, upTo: 90)
            guard whole.count > 1 else { continue }
            let place = Int.random(in: 1..<min(whole.count, 60), using: &generator)
            let original = Array(example.series.set.occurrences().prefix(place + 1))[place]
            let comment: Comment = "seed \(seed), \(example.series), at \(original)"
            switch division(of: example.series, at: original) {
            case .success(let halves):
                #expect(instants(of: halves.before, upTo: 90) == Array(whole.prefix(place)), comment)
                #expect(instants(of: halves.after, upTo: 90 - place) == Array(whole.dropFirst(place)), comment)
                #expect(halves.before.set.isFinite, comment)
                #expect(try example.series.truncated(before: original) == halves.before, comment)
                divided += 1
            case .failure(let error):
                #expect(example.mayRefuse && error.isRefusalToRestart, comment)
            }
        }
        #expect(divided > 100, "seed \(seed): only \(divided) series were divided")
    }

    @Test("the end of a split series is the end of the whole", arguments: seeds)
    func ends(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            let example = RandomSeries(using: &generator)
            guard example.series.set.isFinite else { continue }
            let whole = instants(of: example.series, upTo: 5000)
            guard whole.count > 1 else { continue }
            let place = Int.random(in: 1..<whole.count, using: &generator)
            let original = Array(example.series.set.occurrences().prefix(place + 1))[place]
            switch division(of: example.series, at: original) {
            case .success(let halves):
                let joined = instants(of: halves.before, upTo: 5000) + instants(of: halves.after, upTo: 5000)
                #expect(joined == whole, "seed \(seed), \(example.series), at \(original)")
            case .failure(let error):
                #expect(
                    example.mayRefuse && error.isRefusalToRestart,
                    "seed \(seed), \(example.series), at \(original)"
                )
            }
        }
    }

    @Test("R-32 every occurrence belongs to the series, a second later nothing does", arguments: seeds)
    func membership(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let series = RandomSeries(using: &generator).series
            for original in series.set.occurrences().prefix(30) {
                #expect(series.contains(originalStart: original), "seed \(seed), \(series), \(original)")
                guard !original.isAllDay else { continue }
                let date = original.date(floatingIn: .utc)
                let elsewhere = ZonedDateTime(date, in: EventZone("Asia/Kolkata"))
                #expect(series.contains(originalStart: .zoned(elsewhere)), "seed \(seed), \(series), \(original)")
                let later = ZonedDateTime(date.addingTimeInterval(1), in: .utc)
                #expect(!series.contains(originalStart: .zoned(later)), "seed \(seed), \(series), \(original)")
            }
        }
    }

    @Test("a shifted series has every occurrence moved by the difference", arguments: seeds)
    func shift(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var moved = 0
        for _ in 0..<200 {
            var series = RandomSeries(using: &generator).series
            // Without gaps and overlaps the difference of clocks is the difference of instants.
            if !series.start.isAllDay {
                let lines = series.recurrence.lines.filter { !$0.contains("TZID") }
                series = RecurringSeries(Recurrence(lines: lines), start: .zoned(series.start.civil, .utc))
            }
            let days = Int.random(in: -20...20, using: &generator)
            let hours = series.start.isAllDay ? 0 : Int.random(in: 0...5, using: &generator)
            let seconds = days * 86_400 + hours * 3600
            let comment: Comment = "seed \(seed), \(series), by \(days) days \(hours) hours"
            let outcome = Result { () throws(SeriesError) in try series.shifted(by: .seconds(seconds)) }
            switch outcome {
            case .success(let shifted):
                let expected = instants(of: series, upTo: 60).map { $0.addingTimeInterval(TimeInterval(seconds)) }
                #expect(instants(of: shifted, upTo: 60) == expected, comment)
                moved += 1
            case .failure(let error):
                // Refused only for a part the rule has and that pins a day or a time.
                let pinning = ["BYMONTH", "BYMONTHDAY", "BYDAY", "BYHOUR", "FREQ=MONTHLY", "FREQ=YEARLY"]
                let parts = pinning.filter { error == .cannotMove($0) }
                #expect(parts.contains { series.recurrence.lines.joined().contains($0) }, comment)
            }
        }
        #expect(moved > 60, "seed \(seed): only \(moved) series were moved")
    }

    private func division(of series: RecurringSeries, at time: EventTime) -> Result<SeriesSplit, SeriesError> {
        Result { () throws(SeriesError) in try series.split(at: time) }
    }

    private func instants(of series: RecurringSeries, upTo count: Int) -> [Date] {
        series.set.occurrences().prefix(count).map { $0.date(floatingIn: .utc) }
    }
}

extension SeriesError {
    fileprivate var isRefusalToRestart: Bool {
        if case .cannotRestart = self { true } else { false }
    }
}
