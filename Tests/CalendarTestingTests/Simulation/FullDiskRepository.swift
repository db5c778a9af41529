import CalendarCore
import CalendarTesting

/// An event repository whose disk is full at some of its first commits.
struct FullDiskRepository: ForwardingEventRepository {
    private static let rhythm = 4
    private static let last = 14

    let next: any EventRepository
    private let phase: Int
    private let commits = CallCount()

    /// The seed says which of every four commits fail.
    init(_ next: any EventRepository, seed: UInt64) {
        self.next = next
        phase = Int(seed % UInt64(Self.rhythm))
    }

    func commit(_ commit: RepositoryCommit) async throws {
        let number = commits.next()
        guard number >= Self.last || number % Self.rhythm != phase else {
            throw CalendarError(.storage, "The disk is full.", reason: "diskFull")
        }
        try await next.commit(commit)
    }
}
