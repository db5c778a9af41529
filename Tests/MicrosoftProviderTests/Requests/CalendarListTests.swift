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

    @Test("a calendar says whose it is, which meetings it makes, and its colour once somebody chose one")
    func details() async throws {
        let answer = """
            {"value":[
              {"id":"own","name":"Calendar","canEdit":true,"canShare":true,"isDefaultCalendar":true,"color":"auto",
               "hexColor":"#0F6CBD","allowedOnlineMeetingProviders":["teamsForBusiness","unknown"],
               "owner":{"name":"Ada","address":"ada@example.com"},"canViewPrivateItems":true,"isRemovable":false},
              {"id":"shared","name":"Grace","canEdit":true,"canShare":false,"color":"lightBlue","hexColor":"blue",
               "allowedOnlineMeetingProviders":[],"owner":{"name":"Grace","address":"grace@example.com"}},
              {"id":"read","name":"Holidays","canEdit":false,"canShare":false,"hexColor":"#12345","owner":null}]}
            """
        let graph = ScriptedGraph(.expect(operation: "calendars.list", .json(answer)))

        let calendars = try await graph.provider.calendars(session: graph.session)

        #expect(calendars.map(\.access) == [.owner, .write, .read])
        #expect(calendars.map(\.owner?.address) == ["ada@example.com", "grace@example.com", nil])
        #expect(calendars.map(\.owner?.name) == ["Ada", "Grace", nil])
        #expect(calendars.map(\.conferenceSolutions) == [["teamsForBusiness"], [], []])
        #expect(calendars.map(\.color) == ["#0f6cbd", nil, nil])
    }

    @Test("groups name their calendars, whatever the number of pages")
    func groups() async throws {
        let root = "https://graph.microsoft.com/v1.0/me/calendarGroups"
        let graph = ScriptedGraph(
            .expect(
                .get,
                path: "/v1.0/me/calendarGroups",
                .json(#"{"@odata.nextLink":"\#(root)?$skip=1","value":[{"id":"g/1","name":"My Calendars"}]}"#)
            ),
            .expect(operation: "calendarGroups.list", .json(#"{"value":[{"id":"g2","name":"Others"},{"name":"x"}]}"#)),
            .expect(
                .get,
                path: "/v1.0/me/calendarGroups/g%2F1/calendars",
                .json(#"{"@odata.nextLink":"\#(root)/g1/calendars?$skip=1","value":[{"id":"a"}]}"#)
            ),
            .expect(operation: "calendarGroups.calendars", .json(#"{"value":[{"id":"b"}]}"#)),
            .expect(.get, path: "/v1.0/me/calendarGroups/g2/calendars", .json(#"{"value":[]}"#))
        )

        let groups = try await graph.provider.calendarGroups(session: graph.session)

        #expect(groups.map(\.id) == ["g/1", "g2"])
        #expect(groups.map(\.title) == ["My Calendars", "Others"])
        #expect(groups.map(\.calendars) == [["a", "b"], []])
        #expect(graph.transport.remaining == 0)
    }
}
