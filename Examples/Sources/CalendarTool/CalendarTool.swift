import ArgumentParser

/// The example host: everything the SDK does, from a terminal.
@main
struct CalendarTool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Connects calendars, mirrors them and schedules meetings across them.",
        subcommands: [
            DemoCommand.self, ConnectCommand.self, ExpandCommand.self, ZonesCommand.self, ConvertCommand.self,
            SimulateCommand.self,
        ]
    )
}

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Shows the whole path on simulated services: no account, no network."
    )

    @Flag(help: "Print one JSON object instead of the story.")
    var json = false

    func run() async throws {
        let narrator = Narrator(isSilent: json)
        let summary = try await Demo(narrator: narrator).run()
        if json { print(try summary.json()) }
    }
}
