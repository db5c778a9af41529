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
            Reads one event, a page {"items":[…]} or {"value":[…]}, or an array from standard input. Each row gets one \
            line: {"event":…}, {"removed":…}, {"cancelledOccurrence":…}, or {"issue":…} for one that cannot be read. \
            Microsoft's sparse occurrences get one {"occurrences":…} a series. With --to, an event becomes \
            {"conversion":…} with the "payload" that creates it there, or the "refusal", and the "losses". With \
            --roundtrip each event line has a "patch" as well: what the unchanged event would send back, {} if nothing \
            is lost. Input that is not JSON ends with status 1.
            """
    )

    @Option(help: "Whose events are read: \(EventFormat.byName.keys.sorted().joined(separator: ", ")).")
    var from: String

    @Option(help: "Which other service would be told: \(EventFormat.byName.keys.sorted().joined(separator: ", ")).")
    var to: String?

    @Flag(help: "Also show what each event would send back unchanged.")
    var roundtrip = false

    func validate() throws {
        guard EventFormat.byName[from] != nil else { throw ValidationError("--from does not know \(from).") }
        guard let to else { return }
        guard EventFormat.byName[to] != nil else { throw ValidationError("--to does not know \(to).") }
        guard !roundtrip else { throw ValidationError("--to and --roundtrip do not go together.") }
    }

    func run() async throws {
        guard let format = EventFormat.byName[from] else { return }
        let input = try FileHandle.standardInput.readToEnd() ?? Data()
        let lines: [String]
        do {
            let target = to.flatMap { EventFormat.byName[$0] }
            lines = try EventConverter(format, to: target, isRoundtrip: roundtrip).lines(of: input)
        } catch let error as CalendarError {
            try FileHandle.standardError.write(contentsOf: Data("Nothing was converted: \(error.message)\n".utf8))
            throw ExitCode.failure
        }
        try FileHandle.standardOutput.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
    }
}
