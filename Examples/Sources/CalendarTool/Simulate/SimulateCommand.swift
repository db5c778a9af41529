import ArgumentParser
import CalendarCore
import CalendarCrypto
import CalendarToolKit
import Foundation

/// Serves the simulated services on the loopback interface, for clients in any language.
struct SimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Serves simulated Google and Microsoft calendars on 127.0.0.1.",
        discussion: """
            Google's API is below /calendar/v3/, its batches at /batch/calendar/v3, its sign-in at /o/oauth2/v2/auth, \
            /token and /revoke. Microsoft Graph is below /v1.0/, its sign-in below /{tenant}/oauth2/v2.0/. Everything \
            is kept in memory. The control API below /_control/ makes accounts, moves the clock and makes things fail.
            """
    )

    @Option(help: "The port; 0 for a free one, which the first line of the output names.")
    var port: UInt16 = 8080

    @Option(help: "The simulated time at the start, such as 2026-03-23T08:00:00Z; otherwise the real time.")
    var start: String?

    @Flag(help: "Let time pass only where the control API says so.")
    var frozen = false

    func run() async throws {
        let clock = SimulationClock(following: SystemClock(), start: try beginning(), isFrozen: frozen)
        let server = LoopbackService(port: port) { root in
            SimulatedServices(
                root: root,
                clock: clock,
                crypto: SwiftCryptoSuite(),
                receivers: URLSessionTransport()
            )
        }
        try await server.run { root in
            try FileHandle.standardOutput.write(contentsOf: Data("listening on \(root)\n".utf8))
        }
    }

    private func beginning() throws -> Date? {
        guard let start else { return nil }
        guard let date = try? Date(start, strategy: .iso8601) else {
            throw ValidationError("--start is no instant such as 2026-03-23T08:00:00Z.")
        }
        return date
    }
}
