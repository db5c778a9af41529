import CalendarCore
import CalendarTesting
import Foundation
import MicrosoftProvider
import Testing

@Suite("Microsoft: errors")
struct ErrorTableTests {
    @Test("each documented refusal has its code and class, whatever its case", arguments: ErrorRow.all)
    func table(row: ErrorRow) async throws {
        for code in [row.code, row.code.lowercased(), row.code.uppercased()] {
            let reason = code.isEmpty ? "HTTP \(row.status)" : code
            for inner in ["innerError", "innererror"] {
                let body = "{\"error\":{\"code\":\"\(code)\",\"message\":\"m\",\"\(inner)\":{\"date\":\"d\"}}}"

                let error = try #require(await refusal(body, status: row.status, of: row.call))

                #expect(error.code == row.expected)
                #expect(error.failureClass == row.kind.failureClass(reason: reason))
                #expect(error.field == row.field?.rawValue)
                #expect(error.reason == reason)
                #expect(error.provider == .microsoft && error.operation == row.call.operation)
                #expect(error.identifier == row.call.identifier)
                #expect(error.retryAfter == 2.128)
                #expect(error.isOutcomeUnknown == (row.call == .create && row.status >= 500 && row.kind == .retry))
            }
        }
    }

    @Test(
        "codes of nested inner objects count, in both spellings",
        arguments: [
            (404, "notFound", "MailboxNotEnabledForRESTAPI", CalendarError.Code.reconnectRequired),
            (400, "ExtensionError", "MailboxNotHostedInExchangeOnline", .reconnectRequired),
            (412, "preconditionFailed", "entityTagDoesNotMatch", .conflict),
            (403, "accessDenied", "ErrorQuotaExceeded", .rejected), (400, "BadRequest", "ErrorInvalidId", .notFound),
        ]
    )
    func inner(status: Int, outer: String, code: String, expected: CalendarError.Code) async throws {
        for name in ["innerError", "innererror"] {
            let deep =
                "{\"error\":{\"code\":\"\(outer)\",\"message\":\"m\",\"\(name)\":{\"request-id\":\"1\","
                + "\"\(name)\":{\"code\":\"\(code)\"}}}}"

            #expect(try await refusal(deep, status: status, of: .event)?.code == expected)
        }
    }

    @Test(
        "an answer that is a page, nothing or no error at all is told by its status",
        arguments: ["<html><body>ada@example.com</body></html>", "", "[]", "{}", #"{"error":"text"}"#]
    )
    func otherBodies(body: String) async throws {
        for (status, code) in [
            (400, CalendarError.Code.rejected), (404, .notFound), (429, .rateLimited), (502, .unavailable),
        ] {
            let error = try #require(await refusal(body, status: status, of: .event))

            #expect(error.code == code)
            #expect(error.reason == "HTTP \(status)")
            #expect(!"\(error)".contains("@"))
        }
    }

    @Test("an error carries no message of the service, which may hold an address")
    func privacy() async throws {
        let body = "{\"error\":{\"code\":\"x grace@example.com\",\"message\":\"grace@example.com\"}}"

        let error = try #require(await refusal(body, status: 403, of: .event))

        #expect(!error.description.contains("grace") && !"\(error)".contains("@"))
    }

    /// The error of a call whose one request is refused; nil when the call succeeds.
    private func refusal(_ body: String, status: Int, of call: ErrorRow.Call) async throws -> CalendarError? {
        let reply = ScriptedTransport.Reply.json(body, status: status, headers: ["Retry-After": "2.128"])
        let graph = ScriptedGraph(.expect(operation: call.operation, reply))
        if call == .channel, status == 409 {
            // Nothing stands in the way that could be taken over.
            graph.transport.append(.expect(operation: "subscriptions.list", .json(#"{"value":[]}"#)))
        }
        do {
            switch call {
            case .event: _ = try await graph.event()
            case .feed: _ = try await graph.changes(.beginning(ScriptedGraph.window))
            case .create: _ = try await graph.create(Sample.content())
            case .channel: _ = try await graph.provider.openChannel(Sample.opening(), session: graph.session)
            }
            return nil
        } catch let error as CalendarError {
            return error
        }
    }
}
