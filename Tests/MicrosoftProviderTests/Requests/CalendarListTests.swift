import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: the list of calendars")
struct CalendarListTests {
    @Test("all pages are read and the default calendar comes first")
    func pages() async throws {
        let next = "https://graph.microsoft.com/v1.0/me/calendars?$skip=10"
        let one = """
            {"@odata.nextLink":"\(next)","value":[
              {"id":"b","name":"Team","canEdit":false,"isDefaultCalendar":false,"hexColor":""},
              {"name":"without id"}]}
            """
        let two = """
            {"value":[
              {"id":"a","name":"Calendar","canEdit":true,"canShare":true,"isDefaultCalendar":true,"hexColor":"#CF2B36"},
              {"id":"c","name":"Shared","canEdit":true,"canShare":false,"isDefaultCalendar":true}]}
            """
        let graph = ScriptedGraph(
            .expect(.get, path: "/v1.0/me/calendars", .json(one)),
            .expect(operation: "calendars.list", .json(two))
        )

        let calendars = try await graph.provider.calendars(session: graph.session)

        #expect(calendars.map(\.id) == ["a", "b", "c"])
        #expect(calendars.map(\.isPrimary) == [true, false, false])
        #expect(calendars.map(\.access) == [.owner, .read, .write])
        #expect(calendars.map(\.color) == ["#cf2b36", nil, nil])
        #expect(graph.transport.requests[1].url.absoluteString == next)
        #expect(graph.transport.requests.allSatisfy { $0.headers["Prefer"]?.contains("ImmutableId") == true })
    }

    @Test("pages that run in a circle end with an error")
    func circle() async throws {
        let page = "{\"@odata.nextLink\":\"https://graph.microsoft.com/v1.0/me/calendars?$skip=1\",\"value\":[]}"
        let step = ScriptedTransport.Step.expect(operation: "calendars.list", .json(page))
        let graph = ScriptedGraph(step, step)

        await #expect { try await graph.provider.calendars(session: graph.session) } throws: {
            ($0 as? CalendarError)?.code == .invalidResponse
        }
    }
}
