extension CalendarStorage {
    /// Stores an export of a tenant, which must be empty here (requirement M-53).
    ///
    /// Nothing is stored when the header is refused or the tenant has data. What is stored before a later failure is erased
    /// again; after a crash the tenant is marked, and the next import erases it and begins anew. Until then an export of it
    /// is refused. One import of a tenant at a time, and nobody else writes to it meanwhile: connections, which make a
    /// tenant be synced, come last.
    ///
    /// Revisions and the numbers of the change feed begin anew, so a host that remembers a number of the feed forgets it.
    /// The connections have no tokens: their users connect again, unless the token store knows them.
    ///
    /// - Parameters:
    ///   - tenant: The tenant, as the export names it.
    ///   - lines: The lines of a ``DataExport``, without their ends.
    /// - Throws: A ``CalendarError`` whose `reason` is one of ``ImportFailure`` and whose `field` names the line, the store's
    ///   failure, or what the lines throw.
    public func importTenant<Lines: AsyncSequence>(
        _ tenant: TenantID,
        from lines: Lines
    ) async throws where Lines.Element == String {
        var run = TenantImport(storage: self, tenant: tenant)
        var iterator = lines.makeAsyncIterator()
        try await run.begin(try await iterator.next(isolation: #isolation))
        do {
            while let line = try await iterator.next(isolation: #isolation) { try await run.take(line) }
            try await run.finish()
        } catch {
            // The failure is what to tell; where this fails as well, the mark stays for the next import.
            try? await run.undo()
            throw error
        }
    }
}
