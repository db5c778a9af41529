/// The two tokens of a credential, each sealed by itself.
extension SecretSealing {
    fileprivate enum Field: String {
        case accessToken, refreshToken
    }

    /// A credential with its tokens sealed.
    package func sealed(_ credential: Credential, of key: ConnectionKey) throws -> Credential {
        try credential.mappingTokens { Secret(try seal($0, as: $1.rawValue, of: key)) }
    }

    /// A sealed credential with its tokens opened.
    package func opened(_ credential: Credential, of key: ConnectionKey) throws -> Credential {
        try credential.mappingTokens { try open($0.reveal(), as: $1.rawValue, of: key) }
    }

    /// Whether the key that seals now has sealed all tokens of a credential.
    package func isCurrent(_ credential: Credential) -> Bool {
        [credential.accessToken, credential.refreshToken].allSatisfy { $0.map { isCurrent($0.reveal()) } ?? true }
    }
}

extension Credential {
    fileprivate func mappingTokens(_ change: (Secret, SecretSealing.Field) throws -> Secret) rethrows -> Credential {
        var credential = self
        credential.accessToken = try change(accessToken, .accessToken)
        credential.refreshToken = try refreshToken.map { try change($0, .refreshToken) }
        return credential
    }
}
