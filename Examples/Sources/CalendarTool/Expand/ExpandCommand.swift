import ArgumentParser
import CalendarToolKit

/// Expands recurrence rules: many as JSON lines, or one as a readable list.
struct ExpandCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expand",
        abstract: "Expands recurrence rules, from JSON lines or from the options.",
        discussion: """
            Without options it reads JSON lines from standard input: id, dtstart (local, 20260301T090000), tzid (null \
            for floating, UTC, DATE for days, or a zone), rrule, exdate, rdate, limit. Each gets one line, \
            {"id":…,"occurrences":[…]} or {"id":…,"error":"…"}. The occurrences are the rule's own: a start that does \
            not match its rule is not among them.
            """
    )

    @Option(help: "A rule, such as \"FREQ=WEEKLY;BYDAY=MO\".")
    var rrule: String?

    @Option(help: "The start of the series in local time, such as 2026-03-01T09:00, or a day.")
    var start: String?

    @Option(help: "The zone of the start, an IANA or a Windows name; none for a floating series.")
    var zone: String?

    @Option(help: "How many occurrences are listed at most.")
    var limit: Int = 20

    func validate() throws {
        guard (rrule == nil) == (start == nil) else { throw ValidationError("--rrule and --start go together.") }
        guard rrule != nil || zone == nil else { throw ValidationError("--zone goes with --rrule and --start.") }
        guard limit >= 1 else { throw ValidationError("--limit is 1 or more.") }
    }

    func run() async throws {
        let expander = Expander.live
        guard let rrule, let start else {
            return try LineConversation { ExpandLine.answer(to: $0, by: expander) }.runOnStandardStreams()
        }
        let request = try ExpandRequest(rule: rrule, start: start, zoneName: zone, limit: limit)
        for line in try OccurrenceList(request, by: expander).lines { print(line) }
    }
}
