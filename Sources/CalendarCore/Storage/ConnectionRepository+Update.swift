extension ConnectionRepository {
    /// Changes a connection, reading it again when somebody else changed it in between.
    ///
    /// - Parameters:
    ///   - key: The connection.
    ///   - change: The change; made again on the newer value after each conflict.
    /// - Returns: The stored connection.
    /// - Throws: `notFound`, or `revisionConflict` when others keep changing it.
    @discardableResult
    package func update(_ key: ConnectionKey, _ change: (inout Connection) -> Void) async throws -> Connection {
        var attempts = 0
        while true {
            guard var connection = try await connection(key) else {
                throw CalendarError(.notFound, "There is no such connection.", identifier: key.connection.rawValue)
            }
            let revision = connection.revision
            change(&connection)
            do {
                return try await save(connection, expecting: revision)
            } catch let error as CalendarError where error.code == .revisionConflict && attempts < 8 {
                attempts += 1
            }
        }
    }
}
