import CalendarCore
import Foundation
import Synchronization

/// A token endpoint and a calendar service in one, as far as these tests need them.
///
/// Codes and refresh tokens are accepted as planned; every request is recorded. A gate holds token requests back.
final class FakeTokenService: HTTPTransport {
    struct Call: Sendable, Equatable {
        let operation: String
        let form: [String: String]
        let bearer: String?
    }

    enum TokenAnswer: Sendable {
        case body(String, status: Int = 200)
        case failure(any Error)
        /// An access token `access-<n>`, n counting the answers, with these fields on top.
        case tokens(refresh: String?, scope: String?, idToken: String?)
    }

    private struct State {
        var calls: [Call] = []
        var answers: [TokenAnswer] = []
        var fallback = TokenAnswer.tokens(refresh: nil, scope: nil, idToken: nil)
        var issued = 0
        var refusedBearers: Set<String> = []
        var challenge: String?
        var gate: Gate?
    }

    private let state = Mutex(State())

    var calls: [Call] { state.withLock(\.calls) }
    var tokenCalls: [Call] { calls.filter { $0.operation.hasPrefix("oauth.") } }

    /// Plans the answer of the next token request that has none.
    func plan(_ answer: TokenAnswer) { state.withLock { $0.answers.append(answer) } }

    /// Plans the answer of every token request after the planned ones.
    func planAlways(_ answer: TokenAnswer) { state.withLock { $0.fallback = answer } }

    /// Holds token requests back until the gate opens.
    func close(_ gate: Gate) { state.withLock { $0.gate = gate } }

    /// Answers 401 to service requests with this token.
    func refuse(bearer: String, challenge: String? = nil) {
        state.withLock { state in
            state.refusedBearers.insert(bearer)
            state.challenge = challenge
        }
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let form = FormFields(parsing: String(decoding: request.body ?? Data(), as: UTF8.self))
        let bearer = request.headers["Authorization"].map { String($0.dropFirst("Bearer ".count)) }
        let call = Call(
            operation: request.operation,
            form: Dictionary(form.pairs.map { ($0.name, $0.value) }) { first, _ in first },
            bearer: bearer
        )
        let (isRefused, challenge, gate) = state.withLock { state in
            state.calls.append(call)
            return (bearer.map(state.refusedBearers.contains) ?? false, state.challenge, state.gate)
        }
        guard request.operation.hasPrefix("oauth.") else {
            var response = HTTPResponse(status: isRefused ? 401 : 200)
            if isRefused { response.headers["WWW-Authenticate"] = challenge }
            return response
        }
        await gate?.pass()
        return try answer()
    }

    private func answer() throws -> HTTPResponse {
        try state.withLock { state in
            let answer = state.answers.isEmpty ? state.fallback : state.answers.removeFirst()
            switch answer {
            case .failure(let error): throw error
            case .body(let text, let status): return HTTPResponse(status: status, body: Data(text.utf8))
            case .tokens(let refresh, let scope, let idToken):
                state.issued += 1
                var fields = [#""access_token":"access-\#(state.issued)","token_type":"Bearer","expires_in":3600"#]
                if let refresh { fields.append(#""refresh_token":"\#(refresh)""#) }
                if let scope { fields.append(#""scope":"\#(scope)""#) }
                if let idToken { fields.append(#""id_token":"\#(idToken)""#) }
                return HTTPResponse(status: 200, body: Data("{\(fields.joined(separator: ","))}".utf8))
            }
        }
    }
}
