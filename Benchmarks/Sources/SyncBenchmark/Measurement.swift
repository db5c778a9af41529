import Foundation

/// How long some work takes, and how much memory the process uses.
enum Measurement {
    /// Seconds that one run of the work takes.
    static func seconds<Answer>(_ work: () async throws -> Answer) async rethrows -> (seconds: Double, answer: Answer) {
        let clock = ContinuousClock()
        let begin = clock.now
        let answer = try await work()
        let spent = (clock.now - begin).components
        return (Double(spent.seconds) + Double(spent.attoseconds) / 1e18, answer)
    }

    /// The median seconds of several runs.
    static func median(of runs: Int, _ work: () async throws -> Void) async rethrows -> Double {
        var all: [Double] = []
        for _ in 0..<runs { all.append(try await seconds(work).seconds) }
        return all.sorted()[runs / 2]
    }

    /// Resident memory in MB: now (`VmRSS`) or at its peak (`VmHWM`); nil where the system does not say.
    static func memory(_ name: String) -> Double? {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Double($0) }.map { $0 / 1024 }
    }
}
