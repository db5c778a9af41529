#if SQLite
public import CalendarCore
package import GRDB

/// Keeps events, connections and tokens in one SQLite file.
///
/// Any number of stores, in any number of processes, may share a file: a write waits for its turn, and a reader is not
/// held up by a writer. What a call stored when it returned outlives the process and the machine's power.
///
/// All work is done on the store's executor, one call after the other, and blocks it while SQLite works; so it has a
/// queue of its own by default. In a simulation it works in place, see ``InPlaceExecutor``.
///
/// Failures of the file are thrown as `CalendarError` with the code `storage`; its `reason` is one of
/// ``SQLiteFailure``'s.
public actor SQLiteStore {
    private nonisolated let executor: any SerialExecutor
    private let database: DatabaseQueue
    /// What seals tokens and code verifiers; nil where the host wants them stored as they are.
    nonisolated let sealing: SecretSealing?

    /// Opens a file, or creates it, readable by its owner alone; tokens are sealed before they are stored.
    ///
    /// An older file is brought to this version. A file of a newer version, or of another program, is left alone.
    ///
    /// - Parameters:
    ///   - path: The file; `:memory:` for one that ends with the store.
    ///   - sealing: What seals tokens and the code verifiers of attempts (requirement M-05).
    ///   - busyTimeout: How many seconds a call waits while another process writes.
    ///   - executor: Where the store works.
    /// - Throws: `CalendarError` with the code `storage`.
    public init(
        at path: String,
        sealing: SecretSealing,
        busyTimeout: Double = 10,
        executor: any SerialExecutor = QueueExecutor()
    ) throws {
        self.executor = executor
        self.sealing = sealing
        database = try StoreFile(path: path, busyTimeout: busyTimeout).open()
    }

    /// Opens a file as the other initializer does, and stores tokens in it as they are.
    ///
    /// For tests, and for hosts whose disk is sealed as a whole. A file is opened in one of the two ways all its life.
    ///
    /// - Parameters:
    ///   - path: The file; `:memory:` for one that ends with the store.
    ///   - busyTimeout: How many seconds a call waits while another process writes.
    ///   - executor: Where the store works.
    /// - Throws: `CalendarError` with the code `storage`.
    public init(
        unsealedAt path: String,
        busyTimeout: Double = 10,
        executor: any SerialExecutor = QueueExecutor()
    ) throws {
        self.executor = executor
        sealing = nil
        database = try StoreFile(path: path, busyTimeout: busyTimeout).open()
    }

    /// Opens a file unsealed and tells before and after every statement of the store, those of the opening included.
    ///
    /// For tests of what a process leaves that dies there: the files are then as the observer finds them.
    package init(
        unsealedAt path: String,
        executor: any SerialExecutor,
        observingStatements observer: @escaping @Sendable () -> Void
    ) throws {
        self.executor = executor
        sealing = nil
        database = try StoreFile(path: path, busyTimeout: 10, observer: observer).open()
    }

    /// The executor that was given.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Closes the file; every later call fails.
    public func close() throws {
        try SQLiteFailure.translated { try database.close() }
    }
}

extension SQLiteStore {
    /// Reads at one moment.
    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try transaction(.deferred, body)
    }

    /// Changes the file as a whole or, when the body throws, not at all.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try transaction(.immediate, body)
    }

    /// Works on the file outside a transaction.
    package func withDatabase<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try SQLiteFailure.translated { try database.writeWithoutTransaction(body) }
    }

    private func transaction<Value>(
        _ kind: Database.TransactionKind,
        _ body: (Database) throws -> Value
    ) throws -> Value {
        try withDatabase { try $0.transaction(kind, body) }
    }
}

extension SQLiteStore: CustomStringConvertible, CustomReflectable {
    /// Says that it is a store, not of what.
    public nonisolated var description: String { "SQLite store" }

    /// A mirror of the description alone.
    public nonisolated var customMirror: Mirror { Mirror(self, children: ["store": description]) }
}
#endif
