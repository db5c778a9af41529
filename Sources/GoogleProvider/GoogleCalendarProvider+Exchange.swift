import CalendarCore
import Foundation

extension GoogleCalendarProvider {
    /// Sends a request; an answer other than success becomes an error that says what to do.
    func answer(
        to request: HTTPRequest,
        session: ProviderSession,
        event: RemoteEventID? = nil,
        isContinued: Bool = false
    ) async throws -> HTTPResponse {
        let response: HTTPResponse
        do {
            response = try await session.http.send(request)
        } catch let error as CalendarError {
            throw error.adding(provider: .google, operation: request.operation, identifier: event?.rawValue)
        }
        guard !response.isSuccess else { return response }
        throw GoogleFailure(response).error(
            isContinued: isContinued,
            isRepeatable: request.repeatSafety == .safe
        ).adding(provider: .google, operation: request.operation, identifier: event?.rawValue)
    }

    /// Sends a request and reads the JSON object it is answered with.
    func document(
        answering request: HTTPRequest,
        session: ProviderSession,
        event: RemoteEventID? = nil,
        isContinued: Bool = false
    ) async throws -> JSONDocument {
        let response = try await answer(to: request, session: session, event: event, isContinued: isContinued)
        let mayHaveWritten = request.repeatSafety == .onlyIfUnprocessed
        guard let document = try? JSONDocument(response.body), document.root.kind == .object else {
            var error = invalidResponse("The answer is not a JSON object.", operation: request.operation)
            error.isOutcomeUnknown = mayHaveWritten
            error.identifier = event?.rawValue
            throw error
        }
        return document
    }

    /// Reads one event that the service answered a request with.
    func read(_ document: JSONDocument, answering request: HTTPRequest, event: RemoteEventID) throws -> RemoteEvent {
        do throws(UnreadableField) {
            return try EventReader(markers: configuration.markers).event(document.root)
        } catch {
            throw CalendarError(
                .invalidResponse,
                error.message,
                field: error.field,
                provider: .google,
                operation: request.operation,
                identifier: event.rawValue,
                isOutcomeUnknown: request.repeatSafety == .onlyIfUnprocessed
            )
        }
    }

    /// An error about an answer that is not what the service documents.
    func invalidResponse(_ message: String, operation: String) -> CalendarError {
        CalendarError(.invalidResponse, message, provider: .google, operation: operation)
    }
}
