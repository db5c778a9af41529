import CalendarCore
import Foundation

/// Sends requests of one provider call and turns refusals into errors with their context.
struct GraphCall {
    let session: ProviderSession
    /// The event or calendar the call is about.
    let identifier: String?

    func send(_ request: HTTPRequest, _ subject: GraphFailure.Subject = .read) async throws -> HTTPResponse {
        let response = try await answer(to: request)
        try check(response, to: request, subject)
        return response
    }

    /// The answer to a request, whatever its status.
    func answer(to request: HTTPRequest) async throws -> HTTPResponse {
        do {
            return try await session.http.send(request)
        } catch let error as CalendarError {
            throw error.adding(provider: .microsoft, operation: request.operation, identifier: identifier)
        }
    }

    /// Turns a refusal into its error.
    func check(_ response: HTTPResponse, to request: HTTPRequest, _ subject: GraphFailure.Subject) throws {
        guard !response.isSuccess else { return }
        throw GraphFailure.error(for: response, of: subject)
            .adding(provider: .microsoft, operation: request.operation, identifier: identifier)
    }

    /// Runs what reads an answer, adding the context to its errors.
    func reading<Value>(_ operation: String, _ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch let fault as UnreadableField {
            throw fault.error.adding(operation: operation, identifier: identifier)
        } catch let error as CalendarError {
            throw error.adding(provider: .microsoft, operation: operation, identifier: identifier)
        }
    }
}
