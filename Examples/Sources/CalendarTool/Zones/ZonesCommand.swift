import ArgumentParser
import CalendarToolKit
import Foundation

/// Tells the instants of local readings as JSON lines, or what is known of a zone.
struct ZonesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zones",
        abstract: "Converts local times to UTC, from JSON lines, or describes a zone.",
        discussion: """
            Without an option it reads lines {"zone":…,"local":"1992-05-01T01:13:40"} from standard input. Each gets \
            one line, {"fold0":"…Z","fold1":"…Z"} or {"error":"…"}. Where clocks go back, fold0 is the earlier and \
            fold1 the later instant; where they skip the time, fold0 uses the offset before and fold1 the one after.
            """
    )

    @Option(help: "An IANA or a Windows name, such as \"Pacific Standard Time\".")
    var zone: String?

    func run() async throws {
        guard let zone else { return try LineConversation(answer: ZoneLine.answer(to:)).runOnStandardStreams() }
        for line in try ZonePortrait(zone, at: Date()).lines { print(line) }
    }
}
