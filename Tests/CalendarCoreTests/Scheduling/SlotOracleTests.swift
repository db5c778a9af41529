import CalendarCore
import Foundation
import Testing

@Suite("Slot finder against brute force")
struct SlotOracleTests {
    @Test("random requests have the slots and the rejected candidates of brute force", arguments: UInt64(1)...40)
    func agreement(_ seed: UInt64) throws {
        var generator = SlotRequestGenerator(seed: seed)
        for _ in 0..<8 {
            let (request, now) = try generator.request()
            let expected = SlotOracle(request, now: now).verdicts()
            let free = expected.filter(\.isFree).map(\.start)
            let examined = expected.prefix { verdict in
                request.limit.map { free.prefix($0).count < $0 || verdict.start <= free[$0 - 1] } ?? true
            }

            let search = try SlotFinder.find(request, now: now)

            #expect(search.slots.map { minute($0.start) } == examined.filter(\.isFree).map(\.start))
            #expect(search.rejected.map { minute($0.start) } == examined.filter { !$0.isFree }.map(\.start))
            #expect(search.rejected.allSatisfy { !$0.reasons.isEmpty })
            #expect(search.isComplete == (examined.count == expected.count))
        }
    }

    @Test("F-12 reasons exist exactly for the candidates brute force rejects", arguments: UInt64(41)...60)
    func reasons(_ seed: UInt64) throws {
        var generator = SlotRequestGenerator(seed: seed)
        for _ in 0..<8 {
            let (request, now) = try generator.request()
            let search = try SlotFinder.find(request, now: now)
            for (start, isFree) in SlotOracle(request, now: now).verdicts() {
                #expect(search.reasons(at: date(start)).isEmpty == isFree)
            }
        }
    }

    @Test("R-37 the check at commit agrees with the search on every candidate", arguments: UInt64(61)...80)
    func check(_ seed: UInt64) throws {
        var generator = SlotRequestGenerator(seed: seed)
        for _ in 0..<8 {
            let (request, now) = try generator.request()
            let search = try SlotFinder.find(request, now: now)
            for slot in search.slots {
                let check = try SlotFinder.check(start: slot.start, end: slot.end, request: request, now: now)
                #expect(check.isAvailable)
                #expect(check.slot == slot)
                #expect(check.absences == search.absences(from: slot))
            }
            for rejected in search.rejected {
                let end = rejected.start.addingTimeInterval(Double(request.duration))
                let check = try SlotFinder.check(start: rejected.start, end: end, request: request, now: now)
                #expect(check.rejections == rejected.reasons)
            }
        }
    }

    @Test("the random requests hold enough slots and enough rejected candidates to tell anything")
    func coverage() throws {
        var slots = 0
        var kinds: Set<String> = []
        for seed in UInt64(1)...40 {
            var generator = SlotRequestGenerator(seed: seed)
            for _ in 0..<8 {
                let (request, now) = try generator.request()
                let search = try SlotFinder.find(request, now: now)
                slots += search.slots.count
                for reason in search.rejected.flatMap(\.reasons) {
                    kinds.insert(String("\(reason)".split(separator: " ")[0]))
                    if case .buffer = reason { kinds.insert("buffer") }
                    if case .quorum = reason { kinds.insert("quorum") }
                    if case .outsideWorkingHours = reason { kinds.insert("hours") }
                    if case .unknown = reason { kinds.insert("unknown") }
                }
            }
        }

        #expect(slots > 1_000)
        #expect(kinds.isSuperset(of: ["buffer", "quorum", "hours", "unknown", "Person", "too"]))
    }

    private func minute(_ date: Date) -> Int { Int(date.timeIntervalSince1970) / 60 }

    private func date(_ minute: Int) -> Date { Date(timeIntervalSince1970: Double(minute * 60)) }
}
