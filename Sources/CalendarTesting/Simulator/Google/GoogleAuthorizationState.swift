import CalendarCore
import Foundation

/// The codes and tokens that the simulated service gave out.
struct GoogleAuthorizationState: Sendable {
    /// A code on its way from the callback to the token endpoint.
    struct Code: Sendable {
        let address: String
        let scopes: [String]
        let challenge: String
        let nonce: String?
        let isOffline: Bool
        let expiresAt: Date
    }

    /// What a refresh token stands for.
    struct Grant: Sendable {
        let address: String
        let scopes: [String]
    }

    /// What an access token opens.
    struct Access: Sendable {
        let address: String
        let scopes: Set<String>
        let expiresAt: Date
    }

    var codes: [String: Code] = [:]
    var refreshTokens: [String: Grant] = [:]
    var accessTokens: [String: Access] = [:]
    /// The addresses that went through the consent page; they are not asked again unless the request says so.
    var consented: Set<String> = []

    /// Ends everything that an account granted, for all clients of the project.
    mutating func revoke(_ address: String) {
        refreshTokens = refreshTokens.filter { $0.value.address != address }
        accessTokens = accessTokens.filter { $0.value.address != address }
        codes = codes.filter { $0.value.address != address }
        consented.remove(address)
    }
}

extension GoogleService {
    /// The account and scopes of a bearer token (RFC 6750).
    func authenticate(_ headers: HTTPHeaders) throws(GoogleRefusal) -> (account: Int, scopes: Set<String>) {
        guard let header = headers["Authorization"] else { throw .loginRequired }
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer",
            let access = authorization.accessTokens[String(parts[1])], access.expiresAt > now,
            let account = accountIndex(access.address)
        else { throw .invalidCredentials }
        return (account, access.scopes)
    }
}
