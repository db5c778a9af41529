import CalendarCore
import CalendarTesting
import Foundation
import Testing

@Suite("Google simulator: batches")
struct GoogleBatchSimulationTests {
    private struct Part {
        let id: String?
        let status: String
        let headers: String
        let body: String
    }

    private static func call(
        _ line: String,
        id: String,
        body: JSONNode? = nil,
        headers: String = "",
        newline: String = "\r\n"
    ) -> String {
        let text = body.map { String(decoding: $0.data, as: UTF8.self) } ?? ""
        let type = body == nil ? "" : "Content-Type: application/json\r\n"
        let part =
            "Content-Type: application/http\r\nContent-ID: \(id)\r\n\r\n\(line)\r\n\(type)\(headers)\r\n\(text)"
        return part.replacingOccurrences(of: "\r\n", with: newline)
    }

    private static func send(
        _ desk: GoogleDesk,
        _ parts: [String],
        newline: String = "\r\n",
        boundary: String = "b1",
        token: String? = nil
    ) async throws -> HTTPResponse {
        let sections = parts.map { "--b1\(newline)\($0)\(newline)" }
        let body = "preamble\(newline)" + sections.joined() + "--b1--\(newline)"
        let url = try #require(URL(string: "https://www.googleapis.com/batch/calendar/v3"))
        let headers: HTTPHeaders = [
            "Authorization": "Bearer \(token ?? desk.token)",
            "Content-Type": "multipart/mixed; boundary=\"\(boundary)\"",
        ]
        return try await desk.google.send(
            HTTPRequest(.post, url, operation: "batch", headers: headers, body: Data(body.utf8))
        )
    }

    /// Takes an answer apart by hand, strictly with CRLF.
    private static func parts(_ response: HTTPResponse) throws -> [Part] {
        let type = try #require(response.headers["Content-Type"])
        let boundary = try #require(type.components(separatedBy: "boundary=").last)
        var sections = String(decoding: response.body, as: UTF8.self).components(separatedBy: "--\(boundary)")
        #expect(sections.removeLast() == "--\r\n")
        #expect(sections.removeFirst().isEmpty)
        return try sections.map { section in
            let blocks = section.components(separatedBy: "\r\n\r\n")
            try #require(blocks.count == 3)
            let id = blocks[0].components(separatedBy: "\r\n").first { $0.hasPrefix("Content-ID: ") }
            let lines = blocks[1].components(separatedBy: "\r\n")
            return Part(
                id: id.map { String($0.dropFirst(12)) },
                status: lines[0],
                headers: lines.dropFirst().joined(separator: "\n"),
                body: blocks[2].trimmingCharacters(in: .whitespacesAndNewlines)
            )
        }
    }

    @Test("each part is answered in order, under its id with the prefix response-", arguments: ["\r\n", "\n"])
    func answers(newline: String) async throws {
        let desk = try await GoogleDesk()
        let response = try await Self.send(
            desk,
            [
                Self.call(
                    "POST /calendar/v3/calendars/primary/events?alt=json HTTP/1.1",
                    id: "<uuid + 1>",
                    body: GoogleDesk.meeting("In a batch"),
                    newline: newline
                ),
                Self.call("GET /calendar/v3/calendars/primary/events/none HTTP/1.1", id: "<2>", newline: newline),
                Self.call("GET /calendar/v3/users/me/calendarList HTTP/1.1", id: "three", newline: newline),
            ],
            newline: newline
        )

        let parts = try Self.parts(response)

        #expect(response.status == 200)
        #expect(response.headers["Content-Type"]?.hasPrefix("multipart/mixed; boundary=") == true)
        let ids: [String?] = parts.map(\.id)
        #expect(ids == ["<response-uuid + 1>", "<response-2>", "response-three"])
        #expect(parts.map(\.status) == ["HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found", "HTTP/1.1 200 OK"])
        #expect(parts.first?.headers.contains("ETag: ") == true)
        #expect(parts.first?.body.contains("\"In a batch\"") == true)
        #expect(desk.google.events(of: "ada@example.com").map(\.title) == ["In a batch"])
    }

    @Test("a deletion is answered with 204 and no body")
    func deletion() async throws {
        let desk = try await GoogleDesk()
        let id = try #require(try await desk.insert(GoogleDesk.meeting("Goes")).body["id"]?.string)

        let response = try await Self.send(
            desk,
            [Self.call("DELETE /calendar/v3/calendars/primary/events/\(id) HTTP/1.1", id: "<1>")]
        )

        let part = try #require(try Self.parts(response).first)
        #expect(part.status == "HTTP/1.1 204 No Content")
        #expect(part.body.isEmpty)
        #expect(desk.google.events(of: "ada@example.com").isEmpty)
    }

    @Test("a part's own authorization takes the place of the outer one, and its headers count")
    func innerHeaders() async throws {
        let desk = try await GoogleDesk()
        let event = try await desk.insert(GoogleDesk.meeting("Mine"))
        let id = try #require(event.body["id"]?.string)
        let grace = try await desk.bearer(for: "grace@example.com")

        let response = try await Self.send(
            desk,
            [
                Self.call(
                    "GET /calendar/v3/calendars/primary HTTP/1.1",
                    id: "<1>",
                    headers: "Authorization: Bearer \(grace)\r\n"
                ),
                Self.call(
                    "PATCH /calendar/v3/calendars/primary/events/\(id) HTTP/1.1",
                    id: "<2>",
                    body: ["summary": "Late"],
                    headers: "If-Match: \"1\"\r\n"
                ),
            ]
        )

        let parts = try Self.parts(response)
        #expect(parts.first?.body.contains("grace@example.com") == true)
        #expect(parts.last?.status == "HTTP/1.1 412 Precondition Failed")
    }

    @Test("two parts that write one event, or a series and its occurrence, collide: the second answers conflict")
    func conflict() async throws {
        let desk = try await GoogleDesk()
        let series = try await desk.insert(GoogleDesk.meeting("Daily", GoogleDesk.daily))
        let id = try #require(series.body["id"]?.string)
        let path = "/calendar/v3/calendars"

        let response = try await Self.send(
            desk,
            [
                Self.call(
                    "PATCH \(path)/primary/events/\(id)_20260108T090000Z HTTP/1.1",
                    id: "<1>",
                    body: ["summary": "One day"]
                ),
                Self.call(
                    "PATCH \(path)/ada%40example.com/events/\(id) HTTP/1.1",
                    id: "<2>",
                    body: ["summary": "All"]
                ),
                Self.call("GET \(path)/primary/events/\(id) HTTP/1.1", id: "<3>"),
            ]
        )

        let parts = try Self.parts(response)
        #expect(
            parts.map(\.status) == ["HTTP/1.1 200 OK", "HTTP/1.1 409 Conflict", "HTTP/1.1 200 OK"]
        )
        #expect(parts.dropFirst().first?.body.contains("\"conflict\"") == true)
        #expect(parts.last?.body.contains("\"Daily\"") == true)
    }

    @Test("a batch over the limit, an empty one and one that is no multipart are refused as a whole")
    func refused() async throws {
        let desk = try await GoogleDesk()
        let part = Self.call("GET /calendar/v3/users/me/calendarList HTTP/1.1", id: "<1>")

        let tooMany = try await Self.send(desk, Array(repeating: part, count: 1001))
        let empty = try await Self.send(desk, [])
        let noBoundary = try await Self.send(desk, [part], boundary: "")
        desk.google.batchLimit = 1
        let overOwnLimit = try await Self.send(desk, [part, part])

        let statuses: [Int] = [tooMany.status, empty.status, noBoundary.status, overOwnLimit.status]
        let expected: [Int] = [400, 400, 400, 400]
        #expect(statuses == expected)
    }

    @Test("a part costs the quota of a request, and a refusal of one leaves the others alone")
    func quota() async throws {
        let desk = try await GoogleDesk()
        desk.google.quota = SimulatedQuota(perUser: 2)
        let part = Self.call("GET /calendar/v3/users/me/calendarList HTTP/1.1", id: "<1>")

        let response = try await Self.send(desk, [part, part, part])

        #expect(
            try Self.parts(response).map(\.status)
                == ["HTTP/1.1 200 OK", "HTTP/1.1 200 OK", "HTTP/1.1 403 Forbidden"]
        )
    }

    @Test("a fault can strike one part, and the log has the parts and the batch, which is no write itself")
    func faultsAndLog() async throws {
        let desk = try await GoogleDesk()
        desk.google.clearRequests()
        desk.google.add(try SimulatedFault(parsing: "status:503", pathContains: "/events"))

        let response = try await Self.send(
            desk,
            [
                Self.call("GET /calendar/v3/calendars/primary/events HTTP/1.1", id: "<1>"),
                Self.call(
                    "POST /calendar/v3/calendars/primary/events HTTP/1.1",
                    id: "<2>",
                    body: GoogleDesk.meeting("Made")
                ),
            ]
        )

        #expect(
            try Self.parts(response).map(\.status) == ["HTTP/1.1 503 Service Unavailable", "HTTP/1.1 200 OK"]
        )
        let paths: [String] = desk.google.requests.map(\.path)
        let expected: [String] = [
            "/calendar/v3/calendars/primary/events", "/calendar/v3/calendars/primary/events", "/batch/calendar/v3",
        ]
        #expect(paths == expected)
        #expect(desk.google.requests.filter(\.isWrite).count == 1)
    }
}
