import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("CalendarProvider promises")
struct CalendarProviderConformanceTests {
    typealias Check = CalendarProviderConformance.Check

    @Test("the in-memory provider keeps every promise (C-02, F-03)", arguments: CalendarProviderConformance.all)
    func inMemory(_ check: Check) async throws {
        #expect(try await check.run { ProviderSubjects.inMemory() } == .passed)
    }

    @Test("the Google adapter keeps every promise of what it can do (F-03)", arguments: CalendarProviderConformance.all)
    func google(_ check: Check) async throws {
        let outcome = try await check.run { try await ProviderSubjects.google() }
        #expect(Self.isAnswer(outcome), "\(outcome)")
    }

    @Test(
        "the Microsoft adapter keeps every promise of what it can do (F-03)",
        arguments: CalendarProviderConformance.all
    )
    func microsoft(_ check: Check) async throws {
        let outcome = try await check.run { try await ProviderSubjects.microsoft() }
        #expect(Self.isAnswer(outcome), "\(outcome)")
    }

    @Test(
        "R-38 days stay days in calendars from the westernmost zone to the easternmost",
        arguments: ["Pacific/Pago_Pago", "America/St_Johns", "UTC", "Asia/Kathmandu", "Pacific/Kiritimati"],
        CalendarProviderConformance.all.filter { $0.promise.contains("(R-38)") }
    )
    func zones(name: String, check: Check) async throws {
        let zone = EventZone(name)
        let outcomes = [
            try await check.run { try await ProviderSubjects.google(zone: zone) },
            try await check.run { try await ProviderSubjects.microsoft(zone: zone) },
        ]
        #expect(outcomes.allSatisfy(Self.isAnswer), "\(outcomes)")
    }

    /// Only what a provider lacks, or what a simulator cannot show, may be skipped.
    private static func isAnswer(_ outcome: Check.Outcome) -> Bool {
        switch outcome {
        case .passed: true
        case .skipped(let reason): reason.hasPrefix("the provider") || reason == "notifications cannot be seen"
        }
    }
}
