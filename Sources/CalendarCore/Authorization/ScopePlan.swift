/// Which scopes are asked for and what the granted ones allow; pure.
package struct ScopePlan: Sendable {
    private let server: AuthorizationServer

    /// Creates the plan of a server.
    package init(_ server: AuthorizationServer) {
        self.server = server
    }

    /// The scopes to ask for: identity, silent ones by name, then the first of each capability, each once.
    ///
    /// - Throws: `CalendarError.unsupported` when no scope opens a capability.
    package func scopes(for capabilities: Set<ProviderCapability>) throws(CalendarError) -> [String] {
        var scopes = server.identityScopes + server.silentScopes.sorted()
        for capability in capabilities.sorted() {
            guard let scope = server.scopes[capability]?.first else {
                throw CalendarError(
                    .unsupported,
                    "No scope of the service opens the capability \(capability).",
                    field: "capabilities"
                )
            }
            scopes.append(scope)
        }
        return scopes.withoutRepeats
    }

    /// What granted scopes allow.
    package func capabilities(of granted: [String]) -> Set<ProviderCapability> {
        Set(server.scopes.keys.filter { isOpen($0, granted) })
    }

    /// The capabilities that were asked for and not granted, by name (requirement R-18).
    package func missing(requested: [String], granted: [String]) -> [ProviderCapability] {
        server.scopes.keys.sorted().filter { capability in
            guard let first = server.scopes[capability]?.first else { return false }
            return requested.contains(first) && !isOpen(capability, granted)
        }
    }

    /// The error that names what was not granted and is required; nil when nothing is missing.
    ///
    /// Without a set of required capabilities everything that was asked for is required.
    package func refusal(
        requested: [String],
        granted: [String],
        required: Set<ProviderCapability>?
    ) -> CalendarError? {
        let missing = missing(requested: requested, granted: granted).filter { required?.contains($0) ?? true }
        guard !missing.isEmpty else { return nil }
        let scopes = missing.compactMap { server.scopes[$0]?.first }.withoutRepeats.joined(separator: " ")
        let names = missing.map(\.rawValue).joined(separator: ", ")
        return CalendarError(.scopeMissing, "The user did not grant: \(names) (\(scopes)).", field: "scope")
    }

    private func isOpen(_ capability: ProviderCapability, _ granted: [String]) -> Bool {
        server.scopes[capability]?.contains { granted.contains($0) } ?? false
    }
}
