import CalendarCore

extension FolderCalendarProvider {
    // snippet: provider-create
    /// Creates an event whose id is the key, or finds the one an earlier call created.
    public func create(
        _ creation: EventCreation,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        try creation.content.validate()
        let key = creation.key.rawValue
        let row = try await folder.change(calendar.rawValue) { file in
            if let earlier = file.rows.first(where: { $0.key == key && !$0.isDeleted }) { return earlier }
            return file.put(FolderRow(creation.content, id: key, key: key))
        }
        return try Self.read(row)
    }

    /// The event that was created under a key.
    public func createdEvent(
        for key: OperationID,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent? {
        let file = try await folder.read(calendar.rawValue)
        return try file.rows.first { $0.key == key.rawValue && !$0.isDeleted }.map(Self.read)
    }
    // snippet end

    // snippet: provider-update
    /// Writes the fields that differ, if the row is still the expected one.
    public func update(
        _ update: EventUpdate,
        in calendar: CalendarID,
        session: ProviderSession
    ) async throws -> RemoteEvent {
        let changed = canonical(update.content).changedFields(from: canonical(update.base))
        let row = try await folder.change(calendar.rawValue) { file in
            var row = file.rows[try file.index(of: update.id)]
            try Self.check(update.etag, row)
            guard !changed.isEmpty else { return row }
            row.take(changed.sorted(), from: update.content)
            return file.put(row)
        }
        return try Self.read(row)
    }

    /// Deletes an event, if the row is still the expected one; succeeds when it is gone.
    public func delete(_ deletion: EventDeletion, in calendar: CalendarID, session: ProviderSession) async throws {
        try await folder.change(calendar.rawValue) { file in
            guard let index = try? file.index(of: deletion.id) else { return }
            var row = file.rows[index]
            try Self.check(deletion.etag, row)
            row.isDeleted = true
            _ = file.put(row)
        }
    }

    private static func check(_ etag: String?, _ row: FolderRow) throws {
        guard etag == nil || etag == "\(row.revision)" else {
            throw CalendarError(.conflict, "The event has changed.", identifier: row.id)
        }
    }
    // snippet end

    // snippet: provider-canonical
    /// What is left of a content after writing and reading it.
    public func canonical(_ content: EventContent) -> EventContent {
        FolderRow(content, id: "").content ?? content
    }

    /// Whatever the canonical form lacks.
    public func losses(writing content: EventContent) -> [FidelityLoss] {
        content.changedFields(from: canonical(content)).sorted().map { field in
            FidelityLoss(field, "A folder does not keep it.")
        }
    }
    // snippet end
}
