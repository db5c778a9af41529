import ArgumentParser

/// The example host: everything the SDK does, from a terminal.
@main
struct CalendarTool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar",
        abstract: "Connects calendars, mirrors them and schedules meetings across them.",
        subcommands: [
            DemoCommand.self, AgendaCommand.self, ConnectCommand.self, ExpandCommand.self, ZonesCommand.self,
            ConvertCommand.self, SimulateCommand.self,
        ]
    )
}
