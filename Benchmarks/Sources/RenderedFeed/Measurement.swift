import Foundation

/// How much of the processor some work takes, and how much memory the process uses.
package enum Measurement {
    /// Seconds of processor time that one run of the work takes, which other programs on the machine do not lengthen.
    package static func seconds<Answer>(
        _ work: () async throws -> Answer
    ) async rethrows -> (seconds: Double, answer: Answer) {
        let begin = processorTime
        let answer = try await work()
        return (processorTime - begin, answer)
    }

    private static var processorTime: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The median seconds of several runs.
    package static func median(of runs: Int, _ work: () async throws -> Void) async rethrows -> Double {
        var all: [Double] = []
        for _ in 0..<runs { all.append(try await seconds(work).seconds) }
        return all.sorted()[runs / 2]
    }

    /// Begins to look for the peak of memory anew, where the system lets it (`proc(5)`, `clear_refs`).
    package static func forgetPeak() {
        guard let handle = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
        try? handle.write(contentsOf: Data("5".utf8))
        try? handle.close()
    }

    /// Resident memory in MB: now (`VmRSS`) or at its peak (`VmHWM`); nil where the system does not say.
    package static func memory(_ name: String) -> Double? {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + ":") }
        return line?.split(whereSeparator: { !$0.isNumber }).first.flatMap { Double($0) }.map { $0 / 1024 }
    }

    /// Prints one measurement.
    package static func report(_ name: String, _ value: Double, _ unit: String) {
        print("\(name)\t\(String(format: value < 10 ? "%.2f" : "%.1f", value))\t\(unit)")
    }
}
