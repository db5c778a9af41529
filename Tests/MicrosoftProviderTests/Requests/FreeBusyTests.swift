import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: free/busy")
struct FreeBusyTests {
    private let start = Date(timeIntervalSince1970: 1_772_668_800)  // 2026-03-05T00:00:00Z

    private func item(_ status: String, _ from: String, _ to: String) -> String {
        """
        {"status":"\(status)","start":{"dateTime":"2026-03-05T\(from):00.0000000","timeZone":"UTC"},
         "end":{"dateTime":"2026-03-05T\(to):00.0000000","timeZone":"UTC"}}
        """
    }

    @Test("busy times come ascending, free ones do not count, and who cannot be read is unknown (R-37)")
    func answers() async throws {
        let items = [
            item("Busy", "12:00", "13:00"), item("oof", "09:00", "10:00"), item("free", "10:00", "11:00"),
            item("workingElsewhere", "11:00", "12:00"), item("tentative", "14:00", "15:00"),
        ]
        let answer = """
            {"value":[
              {"scheduleId":"ADA@example.com","scheduleItems":[\(items.joined(separator: ","))]},
              {"scheduleId":"no@example.com",
               "error":{"message":"no@example.com?","responseCode":"ErrorMailRecipientNotFound"}}]}
            """
        let graph = ScriptedGraph(.expect(.post, path: "/v1.0/me/calendar/getSchedule", .json(answer)))
        let query = try FreeBusyQuery(
            subjects: ["ada@example.com", "no@example.com", "gone@example.com"],
            start: start,
            end: start.addingTimeInterval(86_400)
        )

        let result = try await graph.provider.freeBusy(query, session: graph.session)

        guard case .known(let busy) = result["ada@example.com"] else { throw CalendarError(.busyUnknown, "ada") }
        #expect(busy.map(\.availability) == [.outOfOffice, .busy, .tentative])
        #expect(busy.map { $0.start.timeIntervalSince(start) / 3600 } == [9, 12, 14])
        #expect(
            result["no@example.com"]
                == .unknown(reason: "The calendar cannot be read (ErrorMailRecipientNotFound).")
        )
        guard case .unknown = result["gone@example.com"] else { throw CalendarError(.busyUnknown, "must be unknown") }
    }

    @Test("21 people over 40 days cost four questions")
    func chunks() async throws {
        let step = ScriptedTransport.Step.expect(operation: "freeBusy.query", .json("{\"value\":[]}"))
        let graph = ScriptedGraph(step, step, step, step)
        let people = (1...21).map { "p\($0)@example.com" }
        let query = try FreeBusyQuery(subjects: people, start: start, end: start.addingTimeInterval(40 * 86_400))

        let result = try await graph.provider.freeBusy(query, session: graph.session)

        #expect(graph.transport.remaining == 0)
        #expect(result.count == 21)
        let sizes = try (0..<4).map { try graph.body($0)["schedules"]?.elements.count }
        #expect(sizes == [20, 20, 1, 1])
    }

    @Test("without single items the view of half hours is read")
    func view() async throws {
        let answer = "{\"value\":[{\"scheduleId\":\"a@example.com\",\"availabilityView\":\"0221340\"}]}"
        let graph = ScriptedGraph(.expect(operation: "freeBusy.query", .json(answer)))
        let query = try FreeBusyQuery(subjects: ["a@example.com"], start: start, end: start.addingTimeInterval(86_400))

        let result = try await graph.provider.freeBusy(query, session: graph.session)

        guard case .known(let busy) = result["a@example.com"] else { throw CalendarError(.busyUnknown, "a") }
        #expect(busy.map(\.availability) == [.busy, .tentative, .outOfOffice])
        #expect(busy.map { $0.end.timeIntervalSince($0.start) } == [3600, 1800, 1800])
    }
}
