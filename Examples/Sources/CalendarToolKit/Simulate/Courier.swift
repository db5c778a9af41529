import CalendarCore
import Foundation

/// Takes the services' notifications to the addresses of their channels, beside the requests.
package struct Courier: Sendable {
    private let services: SimulatedServices
    private let transport: any HTTPTransport
    private let clock: any WallClock

    /// Creates a courier.
    ///
    /// - Parameters:
    ///   - services: Whose notifications it takes.
    ///   - transport: Sends them.
    ///   - clock: Tells when to look for those that are tried again; the real time, however the simulated one goes.
    package init(of services: SimulatedServices, transport: any HTTPTransport, clock: any WallClock) {
        self.services = services
        self.transport = transport
        self.clock = clock
    }

    /// Works until the task is cancelled: after each request, and once a second for what is tried again.
    ///
    /// One delivery follows the other, so that none overtakes another of its channel.
    package func run() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in services.calls { try await services.deliver(through: transport) }
            }
            group.addTask {
                while true {
                    try await clock.sleep(until: clock.now.addingTimeInterval(1))
                    services.wakeCourier()
                }
            }
            for try await _ in group {}
        }
    }
}
