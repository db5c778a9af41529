import Foundation

/// The seeds that a test run tries: a few by default, a range from `SIMULATION_SEEDS` such as `1-2000` on request.
enum SeedRange {
    /// The range.
    static let all: ClosedRange<UInt64> = {
        let text = ProcessInfo.processInfo.environment["SIMULATION_SEEDS"] ?? ""
        let ends = text.split(separator: "-").compactMap { UInt64($0) }
        guard ends.count == 2, ends[0] <= ends[1] else { return 1...60 }
        return ends[0]...ends[1]
    }()

    /// The range in parts that can be run side by side.
    static var parts: [ClosedRange<UInt64>] {
        stride(from: all.lowerBound, through: all.upperBound, by: 50).map { $0...min($0 + 49, all.upperBound) }
    }
}
