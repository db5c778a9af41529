import ArgumentParser
import CalendarCore
import CalendarCrypto
import CalendarTesting
import Foundation
import GoogleProvider
import MicrosoftProvider

/// Runs the code of the demo against the real services, with OAuth clients from the environment.
///
/// Nothing is kept: tokens live in memory and end with the process.
struct ConnectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "connect",
        abstract: "Connects a real account in the browser and prints its next week."
    )

    enum Service: String, ExpressibleByArgument, CaseIterable {
        case google
        case microsoft
    }

    @Argument(help: "google or microsoft")
    var service: Service

    @Option(help: "The local port that receives the browser's return.")
    var port: UInt16 = 8765

    func run() async throws {
        let variables = ProcessInfo.processInfo.environment
        let prefix = service == .google ? "GOOGLE_CALENDAR" : "MICROSOFT_CALENDAR"
        let redirect = "http://127.0.0.1:\(port)/callback"
        let client = OAuthClientSource.environment(
            variables.merging(["\(prefix)_REDIRECT_URI": redirect]) { own, _ in own }
        )
        let calendars = CalendarService(
            providers: [service == .google ? .google(client: client) : .microsoft(client: client)],
            storage: .inMemory(),
            crypto: SwiftCryptoSuite()
        )
        let user = calendars.acting(as: Principal(tenant: "local", user: "me", permissions: .all))
        do {
            try await connect(user)
        } catch let error as CalendarError {
            print("Failed: \(error)")
            throw ExitCode.failure
        }
    }

    private func connect(_ user: ActingCalendars) async throws {
        let start = try await user.connect(ProviderID(service.rawValue))
        print("Open this address in your browser:\n\n\(start.url.absoluteString)\n")
        let callback = try await LoopbackRedirect(port: port).wait()
        let connection = try await user.complete(callback: callback, of: start.cookie)
        print("Connected. Granted: \(connection.capabilities.sorted().map(\.description).joined(separator: ", "))")
        for calendar in try await user.calendars(of: connection.key.connection) {
            print("  \(calendar.title) (\(calendar.access.rawValue))")
        }
        for try await progress in try await user.sync(connection.key.connection) { print(progress) }
        let zone = EventZone(TimeZone.current.identifier)
        let now = SystemClock().now
        for entry in try await user.agenda(from: now, to: now.addingTimeInterval(7 * 86_400), in: zone) {
            print("  \(zone.civil(at: entry.start))  \(entry.content.title ?? "")")
        }
    }
}
