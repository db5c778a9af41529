import CalendarCore
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: the shared recurrences")
struct RecurrenceSharedTests {
    @Test(
        "F-11: every shared recurrence goes both ways or declares its loss",
        .enabled(if: SharedPayloads.isPresent, "the shared test data is absent; set CALENDAR_SHARED_DATA to its folder")
    )
    func all() async throws {
        var (mapped, lost) = (0, 0)
        for name in SharedPayloads.names {
            for item in Self.series(in: try JSONNode(Array(SharedPayloads.data(name)))) {
                let recurrence = try #require(item["recurrence"])
                let event = item.merging(["id": "e1", "type": "seriesMaster"])
                var read = try await GraphSeries.event(ScriptedGraph.text(event)).content
                // Guests would have to be told; that is another matter.
                read.attendees = []
                let start = read.start.civilDate
                let days = PatternWalk(recurrence, start: start).days(3000)
                let rule = try #require(read.recurrence?.rules.first)
                #expect(RuleWalk(rule: rule, start: read.start).days(3000) == days, "\(name)")

                guard MicrosoftCalendarProvider().losses(writing: read).allSatisfy({ $0.field != .recurrence }) else {
                    lost += 1
                    continue
                }
                let written = try await GraphSeries.written(read)

                #expect(PatternWalk(written, start: start).days(3000) == days, "\(name)")
                mapped += 1
            }
        }
        print("\(mapped) shared Microsoft recurrences go both ways, \(lost) declare a loss")
        #expect(mapped >= 8)
        #expect(mapped > lost)
    }

    /// Every object that carries a recurrence, wherever it is.
    private static func series(in node: JSONNode) -> [JSONNode] {
        switch node {
        case .object(let object):
            let nested = object.members.flatMap { series(in: $0.value) }
            return node["recurrence"]?.object == nil ? nested : [node] + nested
        case .array(let elements): return elements.flatMap(series)
        default: return []
        }
    }
}
