import CalendarCore
import Foundation

/// A token store that breaks nearly every promise.
struct ForgetfulTokenStore: TokenStore {
    func credential(for key: ConnectionKey) async throws -> StoredCredential? { nil }

    func save(
        _ credential: Credential,
        for key: ConnectionKey,
        expecting version: Int?,
        lease: RefreshLease?
    ) async throws -> Int { 1 }

    func acquireLease(for key: ConnectionKey, now: Date, lasting seconds: Double) async throws -> RefreshLease? {
        RefreshLease(fencingNumber: 1, expiresAt: now)
    }

    func release(_ lease: RefreshLease, for key: ConnectionKey) async throws {}

    func deleteCredential(for key: ConnectionKey) async throws {}
}
