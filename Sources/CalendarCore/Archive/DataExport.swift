/// What a store holds of a tenant or a person, as lines of JSON (requirement M-53).
///
/// Each element is one line without its end: first a header, then connections, records, calendars with their issues,
/// links, operations and conflicts, then changes; a last line counts them. There are no tokens and no attempts among them,
/// no leases, and no revisions, for those count one store's own versions. What the events say is there in clear.
///
/// Lines are read page by page while they are taken, so memory does not grow with the data. They are of one moment only
/// if nobody writes meanwhile: pause syncing, or export from a backup. Two exports of the same contents are equal byte for
/// byte, whatever stores they come from.
public struct DataExport: AsyncSequence, Sendable {
    let storage: CalendarStorage
    let scope: DataScope

    /// Starts at the header.
    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(reader: ArchiveReader(storage: storage, scope: scope))
    }

    /// Reads one page after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var reader: ArchiveReader
        private var place: ArchiveReader.Place? = .connections
        private var page: ArraySlice<ArchiveLine> = []
        private var count = 0

        init(reader: ArchiveReader) {
            self.reader = reader
        }

        /// The next line; nil after the last one.
        ///
        /// - Throws: The store's failure; `conflict` for a tenant with an unfinished import.
        public mutating func next() async throws -> String? {
            while page.isEmpty {
                guard let current = place else { return nil }
                place = nil
                let read = try await reader.page(at: current)
                page = read.lines[...]
                place = read.next
                if read.next == nil { page.append(.end(lines: count + page.count)) }
            }
            count += 1
            return try page.popFirst()?.text()
        }
    }
}

extension CalendarStorage {
    /// Everything that is stored of a tenant or a person, but for tokens, as lines of JSON.
    ///
    /// A person's export holds the connections that the person owns, their calendars, and the events in these or made by
    /// the person; it is for the person to keep, and not imported.
    ///
    /// - Parameter scope: Whose data.
    /// - Returns: The lines, read while they are taken; each iteration reads anew.
    public func export(_ scope: DataScope) -> DataExport {
        DataExport(storage: self, scope: scope)
    }
}
