import CalendarCore
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: laws of recurrence")
struct RecurrenceLawTests {
    /// Three seeds by default; `CALENDAR_TEST_SEED` names another one.
    static let seeds: [UInt64] =
        ProcessInfo.processInfo.environment["CALENDAR_TEST_SEED"].flatMap(UInt64.init).map { [$0] } ?? [1, 2, 3]

    @Test("F-11: a pattern becomes a rule of the same days and the same pattern again", arguments: seeds)
    func patterns(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<40 {
            let pattern = PatternSample.pattern(using: &generator)
            let earliest = PatternSample.date(using: &generator)
            let walk = PatternWalk(GraphSeries.endless(pattern, start: earliest), start: earliest)
            let start = try #require(walk.days(2000).first)
            let recurrence = GraphSeries.endless(pattern, start: start)

            let read = try await GraphSeries.read(recurrence, start: start)
            let written = try await GraphSeries.written(read)

            let note = Comment("seed \(seed), \(read.recurrence?.lines ?? []) from \(start)")
            #expect(written["pattern"]?.memberSet == PatternSample.plain(pattern, start: start).memberSet, note)
            let days = PatternWalk(recurrence, start: start).days(1900)
            let rule = try #require(read.recurrence?.rules.first)
            #expect(RuleWalk(rule: rule, start: read.start).days(1900) == days, note)
            #expect(PatternWalk(written, start: start).days(1900) == days, note)
        }
    }

    @Test("F-11: a rule is refused by name or becomes a pattern and a rule of the same days", arguments: seeds)
    func rules(seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed &+ 1000)
        var mapped = 0
        for _ in 0..<100 {
            let rule = RuleSample.rule(using: &generator)
            let earliest = PatternSample.date(using: &generator)
            let first = RuleWalk(rule: rule, start: .day(earliest)).days(1480).first
            var content = try Sample.content("\(first ?? earliest)T10:00:00")
            content.recurrence = Recurrence(rule)
            guard MicrosoftCalendarProvider().losses(writing: content).isEmpty else { continue }
            mapped += 1
            let start = content.start.civilDate

            let written = try await GraphSeries.written(content)
            let read = try await GraphSeries.read(written, start: start)

            let note = Comment("seed \(seed), \(rule) from \(start)")
            let days = RuleWalk(rule: rule, start: content.start).days(1480)
            let back = try #require(read.recurrence?.rules.first)
            #expect(PatternWalk(written, start: start).days(1480) == days, note)
            #expect(RuleWalk(rule: back, start: read.start).days(1480) == days, note)
            #expect(MicrosoftCalendarProvider().canonical(content).recurrence == read.recurrence, note)
        }
        #expect(mapped >= 20, "seed \(seed)")
    }
}
