#if SQLite
import CalendarCore
import CalendarSQLite
import CalendarTesting
import Foundation
import Testing

/// Kills a process that syncs and edits, at any moment, and looks at what it leaves.
///
/// The one place, with ``SQLiteTwoProcessesTests``, where tests meet real time and real processes: what the operating
/// system leaves of a killed one cannot be simulated. Nothing is asserted about time. `KILLS` says how many.
@Suite("A killed process on a SQLite file", .serialized)
struct SQLiteKillTests {
    private static let killsOfTrial = 5
    private static let trials: Range<Int> = {
        let kills = ProcessInfo.processInfo.environment["KILLS"].flatMap { Int($0) } ?? 20
        return 0..<max(1, kills / killsOfTrial)
    }()
    private static let remote: [SimulationAction.Kind] = [
        .remoteCreate, .remoteEdit, .remoteEdit, .remoteEdit, .remoteDelete, .remoteGuestAnswer,
        .remoteMoveOccurrence, .remoteCancelOccurrence, .expireFeeds, .expireTokens,
    ]

    @Test("F-01 after kill -9 at any moment the file is whole and every promise holds", arguments: trials)
    func kills(_ number: Int) async throws {
        let folder = try TemporaryFolder()
        let path = folder.path()
        let trial = HostTrial(seed: UInt64(number), host: .onFile(path), remote: Self.remote)
        try trial.begin()
        let door = try ServiceDoor(to: trial)
        let random = RandomSource.seeded(UInt64(number))
        for kill in 0..<Self.killsOfTrial {
            trial.advance()
            door.kill(at: Self.moment(random))
            let host = HostProcess(path: path, port: door.port, now: trial.now, life: 1 + kill)
            await #expect(processExitsWith: .signal(SIGKILL)) { [host = host as HostProcess] in
                try await host.run()
            }

            #expect(try await SQLiteStore(unsealedAt: path).integrityCheck() == [])
            #expect(trial.duplicates == [])
            // Now and then the next process dies before it has made good what this one left.
            if kill % 3 == 1 { continue }
            #expect(try await trial.verdict() == [], "kill \(kill) of trial \(number)")
        }
        #expect(trial.promises > 0)
    }

    @Test("F-01 a host that forgets what it has to send is noticed")
    func mistake() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path()
        let trial = HostTrial(seed: 1, host: .onFile(path), remote: [])
        try trial.begin()
        trial.advance()
        let door = try ServiceDoor(to: trial)
        door.kill(at: .init(request: 100, place: .beforeReply))
        var host = HostProcess(path: path, port: door.port, now: trial.now, life: 1)
        host.isForgetful = true
        await #expect(processExitsWith: .signal(SIGKILL)) { [host = host as HostProcess] in
            try await host.run()
        }
        #expect(try await !trial.verdict().isEmpty)
    }

    private static func moment(_ random: RandomSource) -> ServiceDoor.Moment {
        func draw(_ bound: UInt64) -> UInt64 { random.next() % bound }
        let request = 2 + Int(draw(90))
        switch draw(6) {
        case 0: return .init(request: request, place: .beforeService)
        case 1: return .init(request: request, place: .beforeReply)
        default: return .init(request: request, place: .afterReply(microseconds: UInt32(draw(8_000))))
        }
    }
}
#endif
