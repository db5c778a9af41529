import ArgumentParser
import CalendarCore
import CalendarCrypto
import CalendarToolKit
import Foundation

/// Prints a week of what is stored; no service is asked.
struct AgendaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agenda",
        abstract: "Prints a week of what is stored in a SQLite file, such as that of calendar demo."
    )

    @Option(help: ArgumentHelp("The file; its key is beside it, in FILE.key.", valueName: "file"))
    var store: String

    @Option(help: "The week, such as 2026-W12; otherwise the one that it is now.")
    var week: String?

    @Option(help: "On whose clocks it is read: an IANA or a Windows name; otherwise the machine's.")
    var zone: String?

    @Option(help: "Whose data it is.")
    var tenant = "acme"

    @Flag(help: "Print one JSON object instead of the table.")
    var json = false

    func run() async throws {
        let zone = EventZone(self.zone ?? TimeZone.current.identifier)
        guard zone.isKnown else { throw ValidationError("--zone is no known zone.") }
        let agenda = try await read(try chosenWeek(in: zone), in: zone)
        if json { return print(try agenda.json()) }
        let isTerminal = isatty(STDOUT_FILENO) != 0
        let isColoured = TerminalColour.isWanted(isTerminal: isTerminal, ProcessInfo.processInfo.environment)
        for line in agenda.table(isColoured: isColoured) { print(line) }
    }

    private func chosenWeek(in zone: EventZone) throws -> CalendarWeek {
        guard let text = week else { return CalendarWeek(containing: zone.civil(at: SystemClock().now).date) }
        guard let week = CalendarWeek(text) else { throw ValidationError("--week is no week such as 2026-W12.") }
        return week
    }

    private func read(_ week: CalendarWeek, in zone: EventZone) async throws -> WeekAgenda {
        let storage = try StoreFile(path: store).open(.existing)
        let calendars = CalendarService(providers: [], storage: storage, crypto: SwiftCryptoSuite())
        var agendas: [(owner: String, entries: [AgendaEntry])] = []
        for connection in try await storage.connections.connections(of: TenantID(tenant)) {
            let owner = connection.owner.name
            let person = Principal(tenant: TenantID(tenant), user: UserID(owner), permissions: .all)
            let entries = try await calendars.acting(as: person).agenda(
                from: EventTime.day(week.monday).date(floatingIn: zone),
                to: EventTime.day(week.end).date(floatingIn: zone),
                in: zone,
                of: connection.key.connection
            )
            agendas.append((owner, entries))
        }
        return WeekAgenda(week, in: zone, of: agendas)
    }
}

extension Connection.Owner {
    fileprivate var name: String {
        switch self {
        case .user(let user): user.rawValue
        case .organization: "organization"
        }
    }
}
