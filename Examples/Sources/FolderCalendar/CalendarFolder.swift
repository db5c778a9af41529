import CalendarCore
import Foundation

/// The service: a folder with one JSON file for each calendar, whose changes are numbered.
public actor CalendarFolder {
    /// A calendar's file.
    struct File: Codable {
        var revision = 0
        /// Rises when old deletions are forgotten; positions from before are void then.
        var epoch = 1
        var rows: [FolderRow] = []
    }

    private let folder: URL

    /// Opens a folder, which has a calendar called `main` from then on.
    public init(_ folder: URL) throws {
        self.folder = folder
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        guard !FileManager.default.fileExists(atPath: Self.file("main", in: folder).path) else { return }
        try JSONEncoder().encode(File()).write(to: Self.file("main", in: folder), options: .atomic)
    }

    /// Adds a calendar.
    public func add(_ name: String) throws {
        try JSONEncoder().encode(File()).write(to: Self.file(name, in: folder), options: .atomic)
    }

    /// Forgets what was deleted, which makes every position handed out so far void.
    public func compact(_ name: String) throws {
        try change(name) { file in
            file.rows.removeAll(where: \.isDeleted)
            file.epoch += 1
        }
    }

    /// Damages the start of an event, as a broken program would.
    public func damage(_ id: String, in name: String) throws {
        try change(name) { file in
            guard let index = file.rows.firstIndex(where: { $0.id == id }) else { return }
            file.rows[index].start = "noon"
        }
    }

    /// The names of the calendars, in order.
    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
    }

    /// What a calendar holds.
    ///
    /// - Throws: `CalendarError.notFound` when there is no such calendar.
    func read(_ name: String) throws -> File {
        guard try names().contains(name) else { throw CalendarError(.notFound, "There is no such calendar.") }
        return try JSONDecoder().decode(File.self, from: Data(contentsOf: Self.file(name, in: folder)))
    }

    /// Changes a calendar as one step, and writes nothing when the change fails.
    func change<Answer: Sendable>(_ name: String, _ edit: @Sendable (inout File) throws -> Answer) throws -> Answer {
        var file = try read(name)
        let answer = try edit(&file)
        try JSONEncoder().encode(file).write(to: Self.file(name, in: folder), options: .atomic)
        return answer
    }

    private static func file(_ name: String, in folder: URL) -> URL {
        folder.appendingPathComponent("\(name).json")
    }
}

extension CalendarFolder.File {
    /// The position of a live row.
    ///
    /// - Throws: `CalendarError.notFound` when it is gone.
    func index(of id: RemoteEventID) throws -> Int {
        guard let index = rows.firstIndex(where: { $0.id == id.rawValue && !$0.isDeleted }) else {
            throw CalendarError(.notFound, "There is no such event.", identifier: id.rawValue)
        }
        return index
    }

    /// Puts a row behind all others, under the number of this change.
    mutating func put(_ row: FolderRow) -> FolderRow {
        var row = row
        revision += 1
        row.revision = revision
        rows.removeAll { $0.id == row.id }
        rows.append(row)
        return row
    }
}
