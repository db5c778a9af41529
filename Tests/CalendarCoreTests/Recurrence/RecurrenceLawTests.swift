import CalendarCore
import Foundation
import Testing

@Suite("Recurrence laws on random rules")
struct RecurrenceLawTests {
    /// Twenty seeds by default; `CALENDAR_TEST_SEED` names another one.
    static let seeds: [UInt64] =
        ProcessInfo.processInfo.environment["CALENDAR_TEST_SEED"].flatMap(UInt64.init).map { [$0] }
        ?? Array(1...20)

    private func series(_ example: RandomRecurrence, _ rule: RecurrenceRule, in zone: EventZone) -> RecurrenceSet {
        let start: EventTime = example.isAllDay ? .day(example.start.date) : .zoned(example.start, zone)
        return RecurrenceSet(Recurrence(rule), start: start)
    }

    @Test("F-10: a rule gives what walking every day or second gives, and its text is the rule", arguments: seeds)
    func oracle(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            let example = RandomRecurrence(using: &generator)
            let rule = example.rule
            let end = example.start.adding(seconds: example.span)
            let expected = RecurrenceOracle(rule: rule, start: example.start, isAllDay: example.isAllDay)
                .readings(before: end)

            let found = series(example, rule, in: .utc).occurrences().lazy.map(\.civil).prefix { $0 < end }

            #expect(Array(found) == expected, "seed \(seed), \(rule), start \(example.start)")
            #expect(try RecurrenceRule(parsing: rule.description) == rule, "seed \(seed)")
        }
    }

    @Test("a window shows a part of the whole, with COUNT and without, and neighbours agree", arguments: seeds)
    func windows(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 1000)
        for _ in 0..<60 {
            let example = RandomRecurrence(using: &generator)
            let zone = EventZone(Bool.random(using: &generator) ? "Europe/Berlin" : "Australia/Lord_Howe")
            let set = series(example, example.rule, in: zone)
            let note: Comment = "seed \(seed), \(example.rule), start \(example.start), \(zone)"
            let first = EventZone.utc.date(of: example.start)
            let whole = set.occurrences().lazy.map { $0.date(floatingIn: .utc) }
                .prefix { $0 < first.addingTimeInterval(Double(example.span)) }
            let all = Array(whole)
            #expect(zip(all, all.dropFirst()).allSatisfy { $0 < $1 }, note)

            let lower = first.addingTimeInterval(Double(Int64.random(in: 0..<example.span, using: &generator)))
            let upper = lower.addingTimeInterval(Double(example.span) / 10)
            let inWindow = all.filter { $0 >= lower && $0 < upper }
            let window = set.occurrences(in: lower..<upper, floatingIn: .utc).map { $0.date(floatingIn: .utc) }
            guard upper <= first.addingTimeInterval(Double(example.span)) else { continue }

            #expect(window == inWindow, note)
            let previous = set.previous(before: lower)?.date(floatingIn: .utc)
            #expect(previous == all.last { $0 < lower }, note)
            guard let next = inWindow.first(where: { $0 > lower }) else { continue }
            #expect(set.next(after: lower)?.date(floatingIn: .utc) == next, note)
        }
    }

    @Test("a series started at any of its occurrences has the same tail", arguments: seeds)
    func tails(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 2000)
        for _ in 0..<60 {
            let example = RandomRecurrence(using: &generator)
            var rule = example.rule
            rule.count = nil
            let all = Array(series(example, rule, in: .utc).occurrences().prefix(40))
            guard !all.isEmpty else { continue }
            let index = Int.random(in: 0..<all.count, using: &generator)

            let tail = RecurrenceSet(Recurrence(rule), start: all[index]).occurrences().prefix(all.count - index)

            #expect(Array(tail) == Array(all[index...]), "seed \(seed), \(rule), start \(example.start)")
        }
    }

    @Test("the count of a series is the number of its occurrences, in a zone with gaps and without", arguments: seeds)
    func counts(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed &+ 3000)
        for _ in 0..<60 {
            let example = RandomRecurrence(using: &generator)
            let zone = Bool.random(using: &generator) ? EventZone.utc : EventZone("America/New_York")
            let set = series(example, example.rule, in: zone)
            guard set.isFinite else {
                #expect(set.count() == nil)
                continue
            }
            #expect(set.count() == Array(set.occurrences()).count, "seed \(seed), \(example.rule), \(example.start)")
        }
    }
}
