#if SQLite
import CalendarCore
import Foundation

/// A credential as it is kept.
struct CredentialRow: Codable {
    private let accessToken: String
    private let refreshToken: String?
    private let expiresAt: Date
    private let scopes: [String]

    init(_ credential: Credential) {
        accessToken = credential.accessToken.reveal()
        refreshToken = credential.refreshToken?.reveal()
        expiresAt = credential.expiresAt
        scopes = credential.scopes
    }

    var credential: Credential {
        Credential(
            accessToken: Secret(accessToken),
            refreshToken: refreshToken.map { Secret($0) },
            expiresAt: expiresAt,
            scopes: scopes
        )
    }
}
#endif
