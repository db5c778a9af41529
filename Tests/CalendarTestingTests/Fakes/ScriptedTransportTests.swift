import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Scripted transport")
struct ScriptedTransportTests {
    private func request(_ path: String, operation: String = "events.list") throws -> HTTPRequest {
        HTTPRequest(.get, try #require(URL(string: "https://api.example.com\(path)")), operation: operation)
    }

    @Test("planned requests are answered in order and recorded")
    func planned() async throws {
        let transport = ScriptedTransport([
            .expect(.get, path: "/a%2Fb", .json("{}", status: 201)),
            .expect(operation: "events.list", .failure(CalendarError(.timedOut, "late"))),
        ])

        #expect(try await transport.send(request("/a%2Fb?q=1")).status == 201)
        await #expect(throws: CalendarError(.timedOut, "late")) { try await transport.send(request("/other")) }
        #expect(transport.requests.map { $0.url.path(percentEncoded: true) } == ["/a%2Fb", "/other"])
        #expect(transport.remaining == 0)
    }

    @Test("an unplanned request is refused, recorded and uses up no step")
    func unplanned() async throws {
        let transport = ScriptedTransport([.expect(.post, path: "/a", .json("{}"))])

        let error = await #expect(throws: CalendarError.self) { try await transport.send(request("/a")) }

        #expect(error?.code == .unsupported)
        #expect(error?.isRetryable == false)
        #expect(transport.requests.count == 1)
        #expect(transport.remaining == 1)
    }
}
