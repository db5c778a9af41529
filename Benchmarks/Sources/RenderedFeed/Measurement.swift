import Foundation

/// How much of the processor some work takes, and how much memory the process uses.
enum Measurement {
    /// Seconds of processor time that one run of the work takes, which other programs on the machine do not lengthen.
    static func seconds<Answer>(_ work: () async throws -> Answer) async rethrows -> (seconds: Double, answer: Answer) {
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
