extension EventRepository {
    /// Reads, decides and commits, once more while somebody else changes what the decision was made on.
    ///
    /// - Parameter decide: Reads and decides; called again after each conflict.
    /// - Throws: `revisionConflict` when others keep changing it, and what the decision throws.
    package func commit(deciding decide: () async throws -> RepositoryCommit) async throws {
        var conflicts = 0
        while true {
            let decided = try await decide()
            do {
                return try await commit(decided)
            } catch let error as CalendarError where error.code == .revisionConflict && conflicts < 8 {
                conflicts += 1
            }
        }
    }
}
