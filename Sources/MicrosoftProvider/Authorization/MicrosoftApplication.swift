public import CalendarCore
import Foundation

/// An application registered in one Microsoft directory, with application permissions an administrator consented to.
public struct MicrosoftApplication: Sendable {
    /// By what the application proves who it is.
    public enum Credential: Sendable {
        /// A client secret: its value, not its id.
        case secret(Secret)
        /// A certificate.
        case certificate(ClientCertificate)
    }

    /// The directory, by GUID or domain.
    public let directory: String
    /// The application's (client) id.
    public let clientID: String
    /// By what it proves who it is.
    public let credential: Credential

    /// Creates an application.
    ///
    /// - Parameters:
    ///   - directory: The directory, by GUID or domain; `common` and its like name none.
    ///   - clientID: The application's (client) id.
    ///   - credential: By what it proves who it is.
    /// - Throws: `CalendarError.configuration` for a directory that is neither a GUID nor a domain.
    public init(directory: String, clientID: String, credential: Credential) throws {
        guard MicrosoftTenant.isDirectoryName(directory) else {
            throw CalendarError(
                .configuration,
                "Application permissions belong to one directory, named by its GUID or a domain.",
                field: "directory",
                provider: .microsoft
            )
        }
        self.directory = directory
        self.clientID = clientID
        self.credential = credential
    }
}

/// The token requests of an application (client credentials, RFC 6749 section 4.4,
/// https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
struct ClientCredentials {
    /// How long an assertion is good for, in seconds.
    private static let lifetime: Double = 600

    let application: MicrosoftApplication
    let login: URL

    /// The directory's own endpoint: `common` takes no client credentials.
    var endpoint: URL {
        login.appending(path: application.directory).appending(path: "oauth2/v2.0/token")
    }

    /// The request; an assertion is made anew for each.
    func request(_ query: ApplicationTokenQuery) async throws -> ApplicationTokenRequest {
        var fields = [
            (name: "grant_type", value: Secret("client_credentials")),
            (name: "client_id", value: Secret(application.clientID)),
            (name: "scope", value: Secret(query.scopes.joined(separator: " "))),
        ]
        switch application.credential {
        case .secret(let secret):
            fields.append((name: "client_secret", value: secret))
        case .certificate(let certificate):
            fields.append(
                (
                    name: "client_assertion_type",
                    value: Secret("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                )
            )
            fields.append((name: "client_assertion", value: try await assertion(certificate, query)))
        }
        return ApplicationTokenRequest(endpoint: endpoint, fields: fields)
    }

    private func assertion(_ certificate: ClientCertificate, _ query: ApplicationTokenQuery) async throws -> Secret {
        let now = Int(query.now.timeIntervalSince1970)
        return try await certificate.signer.token(
            header: ["x5t#S256": .string(certificate.thumbprint)],
            claims: [
                "aud": .string(endpoint.absoluteString),
                "iss": .string(application.clientID),
                "sub": .string(application.clientID),
                "jti": .string(query.identifier),
                "nbf": .int(now),
                "iat": .int(now),
                "exp": .int(now + Int(Self.lifetime)),
            ],
            algorithm: certificate.algorithm
        )
    }
}
