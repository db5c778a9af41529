import CalendarCore
import Foundation
import Testing

@Suite("Recurrence against the shared cases", .enabled(if: SharedData.isPresent, "\(SharedData.absence)"))
struct RecurrenceCaseTests {
    struct Case: Decodable {
        let id: String
        let dtstart: String
        let tzid: String?
        let rrule: String
        let exdate: [String]
        let rdate: [String]
        let limit: Int
        let expected: [String]

        var recurrence: Recurrence {
            let suffix = tzid == "UTC" ? "Z" : ""
            return Recurrence(
                lines: ["RRULE:\(rrule)"] + rdate.map { "RDATE:\($0)\(suffix)" }
                    + exdate.map { "EXDATE:\($0)\(suffix)" }
            )
        }

        func start() throws -> EventTime {
            let civil = try CivilDateTime(dtstart).present(dtstart)
            return tzid == "DATE" ? .day(civil.date) : .zoned(civil, EventZone(tzid ?? "UTC"))
        }
    }

    struct Invalid: Decodable {
        let rrule: String
    }

    static func basic(_ time: EventTime) -> String { time.civil.basicText }

    @Test("F-10: every case gives the expected occurrences")
    func cases() throws {
        let cases = try SharedData.decode([Case].self, from: "recurrence/cases.json")
        #expect(cases.count == 803)
        var failures: [String] = []
        for example in cases {
            let set = RecurrenceSet(example.recurrence, start: try example.start())
            let found = set.occurrences().prefix(example.limit).map(Self.basic)
            if found != example.expected || example.recurrence.problem != nil {
                failures.append("\(example.id) \(example.rrule): \(found.prefix(5)), not \(example.expected.prefix(5))")
            }
        }
        #expect(failures.isEmpty)
        print("recurrence cases: \(cases.count - failures.count) of \(cases.count)")
    }

    @Test("a window shows the same occurrences as the walk from the start")
    func windows() throws {
        let cases = try SharedData.decode([Case].self, from: "recurrence/cases.json")
        var failures: [String] = []
        for example in cases {
            let set = RecurrenceSet(example.recurrence, start: try example.start())
            let all = Array(set.occurrences().prefix(example.limit))
            guard all.count > 2 else { continue }
            let lower = all[all.count / 2].date(floatingIn: .utc)
            let upper = all[all.count - 1].date(floatingIn: .utc)
            let expected = all.filter { (lower..<upper).contains($0.date(floatingIn: .utc)) }
            if Array(set.occurrences(in: lower..<upper, floatingIn: .utc)) != expected { failures.append(example.id) }
        }
        #expect(failures.isEmpty)
    }

    @Test("every rule of a case prints back to itself")
    func printing() throws {
        let cases = try SharedData.decode([Case].self, from: "recurrence/cases.json")
        let failures = try cases.filter { example in
            let rule = try RecurrenceRule(parsing: example.rrule)
            let again = try RecurrenceRule(parsing: rule.description)
            return again != rule || again.description != rule.description
        }
        #expect(failures.map(\.rrule) == [])
    }

    @Test("every invalid rule is refused and kept verbatim")
    func invalid() throws {
        let rules = try SharedData.decode([Invalid].self, from: "recurrence/invalid.json").map(\.rrule)
        #expect(rules.count == 46)
        let accepted = rules.filter { Recurrence(lines: ["RRULE:\($0)"]).problem == nil }
        let refused = rules.filter { rule in
            do throws(RecurrenceError) {
                _ = try RecurrenceRule(parsing: rule)
                return false
            } catch {
                return true
            }
        }
        #expect(accepted == [])
        #expect(refused == rules)
    }
}
