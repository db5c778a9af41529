import ArgumentParser
import CalendarCore
import CalendarToolKit
import Foundation

/// Shows what an adapter makes of its service's JSON, without an account.
struct ConvertCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Converts a service's events into the neutral model, as JSON lines.",
        discussion: """
            Reads one event, a page {"items":[…]} or an array from standard input. Each row gets one line: \
            {"event":…}, {"removed":…}, {"cancelledOccurrence":…}, or {"issue":…} for one that cannot be read. With \
            --roundtrip each event line has a "patch" as well: what the unchanged event would send back, {} if nothing \
            is lost. Input that is not JSON ends with status 1.
            """
    )

    @Option(help: "Whose events are read: \(EventFormat.byName.keys.sorted().joined(separator: ", ")).")
    var from: String

    @Flag(help: "Also show what each event would send back unchanged.")
    var roundtrip = false

    func validate() throws {
        guard EventFormat.byName[from] != nil else { throw ValidationError("--from does not know \(from).") }
    }

    func run() async throws {
        guard let format = EventFormat.byName[from] else { return }
        let input = try FileHandle.standardInput.readToEnd() ?? Data()
        let lines: [String]
        do {
            lines = try EventConverter(format, isRoundtrip: roundtrip).lines(of: input)
        } catch let error as CalendarError {
            try FileHandle.standardError.write(contentsOf: Data("Nothing was converted: \(error.message)\n".utf8))
            throw ExitCode.failure
        }
        try FileHandle.standardOutput.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
    }
}
