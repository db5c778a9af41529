public import Foundation

/// What kind of work a job is; hosts and later parts of the SDK bring their own.
public struct JobKind: Hashable, Comparable, Codable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The kind as text, stable across versions because it is stored.
    public let rawValue: String

    /// Wraps a kind.
    public init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    /// Wraps a literal kind.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// Reads the kind from a single string.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes the kind as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// The kind as text.
    public var description: String { rawValue }

    /// Orders kinds by their text, for deterministic output.
    public static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A piece of work for one tenant; a store holds at most one job of each.
public struct Job: Hashable, Comparable, Codable, Sendable {
    /// The organisation.
    public let tenant: TenantID
    /// What kind of work it is.
    public let kind: JobKind
    /// What it is about, such as a connection id; unique within the tenant and kind, and free of secrets.
    public let key: String

    /// Names a piece of work.
    public init(tenant: TenantID, kind: JobKind, key: String) {
        self.tenant = tenant
        self.kind = kind
        self.key = key
    }

    /// Orders by tenant, kind, then key.
    public static func < (left: Self, right: Self) -> Bool {
        (left.tenant, left.kind, left.key) < (right.tenant, right.kind, right.key)
    }
}

/// A job that one worker holds for a while.
public struct ClaimedJob: Hashable, Sendable {
    /// The work.
    public let job: Job
    /// When it was due.
    public let dueAt: Date
    /// Which run this is since the job was first scheduled or last completed, from 1; dead workers' runs count as well.
    public let attempt: Int
    /// Larger than that of every earlier claim of the job, so that a late worker is recognised.
    public let fencingNumber: Int
    /// When the claim ends by itself.
    public let expiresAt: Date

    /// Creates a claim.
    public init(job: Job, dueAt: Date, attempt: Int, fencingNumber: Int, expiresAt: Date) {
        self.job = job
        self.dueAt = dueAt
        self.attempt = attempt
        self.fencingNumber = fencingNumber
        self.expiresAt = expiresAt
    }
}
