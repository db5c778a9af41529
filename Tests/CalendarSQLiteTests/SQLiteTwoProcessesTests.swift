#if SQLite
import CalendarCore
import CalendarSQLite
import CalendarTesting
import Foundation
import Testing

/// Two processes sync and edit on one file, for as many seconds as `TWO_PROCESSES_SECONDS` says.
///
/// Real time and real processes, as in ``SQLiteKillTests``.
@Suite("Two processes on a SQLite file")
struct SQLiteTwoProcessesTests {
    private static let seconds =
        ProcessInfo.processInfo.environment["TWO_PROCESSES_SECONDS"].flatMap { Double($0) } ?? 5

    @Test("F-01 none is told that the file is locked, and every promise holds")
    func twoProcesses() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path()
        // What one process deletes in a service's app could be an event whose making the other has not told yet.
        let trial = HostTrial(seed: 1, host: .onFile(path), remote: [.remoteCreate, .remoteEdit, .remoteGuestAnswer])
        try trial.begin()
        trial.advance()
        let door = try ServiceDoor(to: trial)
        let (port, now, seconds) = (door.port, trial.now, Self.seconds)
        let first = HostProcess(path: path, port: port, now: now, name: "first", life: 1, seconds: seconds)
        let second = HostProcess(path: path, port: port, now: now, name: "second", life: 2, seconds: seconds)
        async let one: Void = Self.live(first)
        async let other: Void = Self.live(second)
        _ = await (one, other)

        #expect(try await SQLiteStore(unsealedAt: path).integrityCheck() == [])
        #expect(trial.duplicates == [])
        #expect(try await trial.verdict() == [])
        #expect(trial.promises > 0)
    }

    /// A failure of the storage is thrown by the host, which ends the process with another status.
    private static func live(_ host: HostProcess) async {
        await #expect(processExitsWith: .success) { [host = host as HostProcess] in
            try await host.run()
        }
    }
}
#endif
