#if SQLite
import CalendarCore
import CalendarSQLite
import Foundation
import Testing

extension RepositoryCommit {
    /// A commit with one event whose title has a marker and some length.
    static func marked(_ number: Int, titleLength: Int = 10) -> RepositoryCommit {
        let start = EventTime.day(CivilDate(daysSinceEpoch: 20_514))
        let content = EventContent(
            title: "marker" + String(repeating: "x", count: titleLength),
            start: start,
            end: start.advanced(bySeconds: 86_400)
        )
        var commit = RepositoryCommit(tenant: "acme")
        commit.records = [
            .init(
                EventRecord(
                    id: RecordID("r\(number)"),
                    tenant: "acme",
                    role: .single,
                    content: content,
                    direction: .inbound,
                    updatedAt: Date(timeIntervalSince1970: 0)
                ),
                expecting: nil
            )
        ]
        return commit
    }
}

/// Expects a failure of the store that tells its kind, and neither a path nor anything that is stored.
func expectFailure(
    _ failure: SQLiteFailure,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ work: () async throws -> Void
) async {
    let error = await #expect(throws: CalendarError.self, sourceLocation: sourceLocation) { try await work() }
    #expect(error?.code == .storage, sourceLocation: sourceLocation)
    #expect(error?.reason == failure.rawValue, sourceLocation: sourceLocation)
    let text = error?.description ?? ""
    #expect(!text.contains("calendar-sqlite-") && !text.contains("marker"), sourceLocation: sourceLocation)
}
#endif
