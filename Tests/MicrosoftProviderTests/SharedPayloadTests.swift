import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Microsoft: the shared payloads")
struct SharedPayloadTests {
    @Test(
        "every shared event or page of events decodes, or yields a typed issue for the one bad event",
        .enabled(if: SharedPayloads.isPresent, "no shared data")
    )
    func all() async throws {
        var (files, events, issues) = (0, 0, 0)
        for name in SharedPayloads.names {
            guard let items = try items(in: JSONNode(Array(SharedPayloads.data(name)))) else { continue }
            let graph = ScriptedGraph(
                .expect(operation: "events.delta", .json(ScriptedGraph.page(items.map(ScriptedGraph.text))))
            )

            let page = try await graph.changes(.beginning(try ScriptedGraph.window))

            var told = 0
            for change in page.changes {
                switch change {
                case .upserted, .removed: (events, told) = (events + 1, told + 1)
                case .unreadable(let issue):
                    (issues, told) = (issues + 1, told + 1)
                    #expect(issue.code == .unreadableField && issue.field != nil, "\(name)")
                default: break
                }
            }
            let sparse = items.count { $0["type"]?.string == "occurrence" && $0["seriesMasterId"] != nil }
            #expect(told + sparse == items.count, "\(name)")
            files += 1
        }
        print("\(files) Microsoft payload files read, \(events) events, \(issues) issues")
        #expect(files >= 30)
        #expect(events > 2 * issues)
    }

    /// The events a document holds; nil when it is about something else.
    private func items(in node: JSONNode) -> [JSONNode]? {
        let isEvent = { (item: JSONNode) in
            item["@removed"] != nil || (item["start"]?.object != nil && item["end"]?.object != nil)
        }
        if isEvent(node) { return [node] }
        guard let list = node["value"], case .array(let items) = list else { return nil }
        return items.contains(where: isEvent) ? items : nil
    }

    @Test(
        "sparse occurrences of a shared page become one set with the exception's original start",
        .enabled(if: SharedPayloads.isPresent, "no shared data")
    )
    func sparse() async throws {
        let text = String(decoding: try SharedPayloads.data("delta-series-sparse-occurrences.json"), as: UTF8.self)
        let graph = ScriptedGraph(.expect(operation: "events.delta", .json(text)))

        let page = try await graph.changes(.beginning(try ScriptedGraph.window))

        let sets = page.changes.compactMap { if case .occurrences(let set) = $0 { set } else { nil } }
        let starts = [
            "2026-03-03T09:00:00Z", "2026-03-10T09:00:00Z", "2026-03-17T08:00:00Z", "2026-03-24T09:00:00Z",
            "2026-03-31T08:00:00Z",
        ]
        #expect(sets.count == 1)
        #expect(sets.first?.originalStarts == starts.compactMap { Date(rfc3339: $0) })
    }

    @Test(
        "shared recurrence requests are written again as they are, with the day of the last occurrence as the end",
        .enabled(if: SharedPayloads.isPresent, "no shared data"),
        arguments: [
            ("recurrence-daily-request.json", "FREQ=DAILY;INTERVAL=3;COUNT=10"),
            ("recurrence-relative-yearly-request.json", "FREQ=YEARLY;COUNT=5;BYMONTH=11;BYDAY=4TH"),
            (
                "recurrence-weekly-multi-request.json",
                "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260630T215959Z;BYDAY=MO,WE,FR"
            ),
            ("recurrence-absolute-monthly-request.json", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ]
    )
    func recurrence(file: String, rule: String) async throws {
        var request = try JSONNode(Array(SharedPayloads.data(file)))
        request["id"] = "e1"
        request["type"] = "seriesMaster"
        let answer = ScriptedTransport.Step.expect(operation: "events.get", .json(ScriptedGraph.text(request)))
        let graph = ScriptedGraph(answer, .expect(operation: "events.create", .json(ScriptedGraph.event())))

        let event = try await graph.event()
        _ = try await graph.create(event.content)

        #expect(event.content.recurrence?.lines == ["RRULE:" + rule])
        let written = try graph.body(1)["recurrence"]
        if rule != "FREQ=MONTHLY;BYMONTHDAY=-1" {
            let pattern = request["recurrence"]?["pattern"]?.object?.members ?? []
            for member in pattern { #expect(written?["pattern"]?[member.key] == member.value, "\(member.key)") }
        }
        for member in request["recurrence"]?["range"]?.object?.members ?? [] {
            // The last occurrence in the weeks of the series is on a Friday.
            let value: JSONNode = member.key == "endDate" ? "2026-06-26" : member.value
            #expect(written?["range"]?[member.key] == value, "\(member.key)")
        }
    }
}
