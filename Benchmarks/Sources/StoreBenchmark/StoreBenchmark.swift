import CalendarCore
import CalendarSQLite
import Foundation
import RenderedFeed

/// The cost of the SQLite store: a pull against bare inserts of the same rows, and reads as the store grows.
///
///     StoreBenchmark [PEOPLE]     1,000 events for each of so many people; 1,000 unless said
///
/// A line is `name<TAB>value<TAB>unit`; times are processor time.
@main
struct StoreBenchmark {
    static func main() async throws {
        let people = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 1_000
        let folder = URL.temporaryDirectory.appending(
            path: "store-benchmark-\(ProcessInfo.processInfo.processIdentifier)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await measurePull(events: 50_000, in: folder)
        try await measureGrowth(people: people, in: folder)
    }

    /// The best of three pulls, and the best of three times inserting the rows that one of them left.
    static func measurePull(events: Int, in folder: URL) async throws {
        let calendar = RenderedCalendar(events: events, increments: 0)
        var (memory, pulling, inserting) = (Double.infinity, Double.infinity, Double.infinity)
        for run in 0..<3 {
            let inMemory = try await Mirror(of: calendar)
            memory = min(memory, try await Measurement.seconds { try await inMemory.sync() }.seconds)
            let path = folder.appending(path: "pull-\(run).sqlite").path
            let store = try SQLiteStore(unsealedAt: path)
            let mirror = try await Mirror(of: calendar, in: store)
            let pulled = try await Measurement.seconds { try await mirror.sync() }
            guard pulled.answer.created == events else { throw Unexpected.count }
            try await store.close()
            pulling = min(pulling, pulled.seconds)
            let rows = try BareRows(readFrom: path)
            let copy = folder.appending(path: "bare-\(run).sqlite").path
            inserting = min(inserting, try await Measurement.seconds { try rows.insert(into: copy) }.seconds)
        }
        Measurement.report("sqlite-initial-pull", Double(events) / pulling, "events/s")
        Measurement.report("sqlite-bare-inserts", Double(events) / inserting, "events/s")
        Measurement.report("sqlite-pull-to-bare-inserts", inserting / pulling, "times as fast")
        Measurement.report("sqlite-pull-to-memory", memory / pulling, "times as fast")
    }

    /// An incremental pull in a store of one calendar and in a large one, and a week of one person in the large one.
    static func measureGrowth(people: Int, in folder: URL) async throws {
        var incremental: [Double] = []
        for others in [0, people] {
            let store = try SQLiteStore(unsealedAt: folder.appending(path: "growth-\(others).sqlite").path)
            for person in 0..<others { try await StoredPerson(number: person).store(in: store) }
            if others > 0 { try await measureWeek(people: people, in: store) }
            let runs = 101
            let mirror = try await Mirror(of: RenderedCalendar(events: 1_000, increments: runs), in: store)
            guard try await mirror.sync().created == 1_000 else { throw Unexpected.count }
            incremental.append(
                try await Measurement.median(of: runs) {
                    guard try await mirror.sync().updated == RenderedCalendar.changesOfRound else {
                        throw Unexpected.count
                    }
                }
            )
            Measurement.report(
                "sqlite-incremental-10-beside-\(others * StoredPerson.events)",
                incremental[incremental.count - 1] * 1e6,
                "microseconds"
            )
            try await store.close()
        }
        Measurement.report("sqlite-incremental-growth", incremental[1] / incremental[0], "times")
    }

    static func measureWeek(people: Int, in store: SQLiteStore) async throws {
        let zone = EventZone("Europe/Vienna")
        var entries = 0
        var number = 0
        let median = try await Measurement.median(of: 101) {
            number = (number + 37) % people
            let start = StoredPerson.start.addingTimeInterval(Double(number % 50) * 7 * 86_400)
            let end = start.addingTimeInterval(7 * 86_400)
            let query = try RecordQuery(
                tenant: StoredPerson.tenant,
                calendars: [StoredPerson(number: number).calendar],
                owners: [.user(UserID("user-\(number)"))],
                start: start,
                end: end
            )
            entries = Agenda.entries(of: try await store.records(query), from: start, to: end, in: zone).count
        }
        Measurement.report("sqlite-week-of-\(people * StoredPerson.events)", median * 1e3, "milliseconds")
        Measurement.report("entries-of-the-last-week", Double(entries), "entries")
    }

    enum Unexpected: Error {
        /// A run did not do what is measured.
        case count
    }
}
