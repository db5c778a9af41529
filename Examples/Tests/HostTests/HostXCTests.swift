import CalendarCore
import CalendarTesting
import GoogleProvider
import HostParts
import XCTest

/// The same parts under XCTest, for hosts that use it (requirement C-06).
final class HostXCTests: XCTestCase {
    /// C-06: the host's store keeps every promise of a token store.
    func testTheHostsStoreKeepsEveryPromiseOfATokenStore() async throws {
        for check in TokenStoreConformance.all {
            let outcome = try await check.run { HostStore() }
            XCTAssertEqual(outcome, .passed, check.promise)
        }
    }

    /// M-29: a callback leads to a connection whose events are mirrored.
    func testACallbackLeadsToAConnectionWhoseEventsAreMirrored() async throws {
        let world = HostWorld(.google)
        _ = world.simulator.add(.sample("Review"), to: "ada@example.com", calendar: nil)

        _ = try await world.connectAndSync()

        let titles = try await world.titles()
        XCTAssertEqual(titles, ["Review"])
    }
}
