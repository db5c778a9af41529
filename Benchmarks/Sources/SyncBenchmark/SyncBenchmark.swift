import RenderedFeed

/// The cost of a sync with Google's adapter, the engine and the store in memory; the network is bytes in memory.
///
/// A line is `name<TAB>value<TAB>unit`; times are processor time. The budget is 100,000 events a second on one core.
@main
struct SyncBenchmark {
    static let incrementalRuns = 101
    static let quietRuns = 201

    static func main() async throws {
        try await measureMemory(events: 100_000)
        try await measureInitialPull(events: 100_000)
        var medians: [(events: Int, incremental: Double, quiet: Double)] = []
        for events in [1_000, 10_000, 100_000] {
            let mirror = try await Mirror(of: RenderedCalendar(events: events, increments: incrementalRuns))
            guard try await mirror.sync().created == events else { throw Unexpected.count }
            let incremental = try await Measurement.median(of: incrementalRuns) {
                guard try await mirror.sync().updated == RenderedCalendar.changesOfRound else { throw Unexpected.count }
            }
            let quiet = try await Measurement.median(of: quietRuns) {
                guard try await mirror.sync().seen == 0 else { throw Unexpected.count }
            }
            medians.append((events, incremental, quiet))
        }
        for median in medians {
            Measurement.report("incremental-10-of-\(median.events)", median.incremental * 1e6, "microseconds")
            Measurement.report("incremental-ratio-to-1000", median.incremental / medians[0].incremental, "times")
            Measurement.report("no-change-at-\(median.events)", median.quiet * 1e6, "microseconds")
        }
    }

    /// The memory of a pull beyond what the store keeps: a page's worth, however many pages there are.
    static func measureMemory(events: Int) async throws {
        for pages in [2, events / RenderedCalendar.pageSize] {
            let calendar = RenderedCalendar(events: pages * RenderedCalendar.pageSize, increments: 0)
            let mirror = try await Mirror(of: calendar, in: ForgettingRepository())
            Measurement.forgetPeak()
            guard let before = Measurement.memory("VmRSS") else { return }
            let pulled = try await Measurement.seconds { try await mirror.sync() }
            guard pulled.answer.created == calendar.events, let peak = Measurement.memory("VmHWM") else {
                throw Unexpected.count
            }
            Measurement.report("pull-memory-of-\(pages)-pages", peak - before, "MB at the peak, nothing stored")
            Measurement.report(
                "pull-without-store-of-\(pages)-pages",
                Double(calendar.events) / pulled.seconds,
                "events/s"
            )
        }
    }

    /// The best of three runs each, of decoding alone and of the whole pull.
    static func measureInitialPull(events: Int) async throws {
        let calendar = RenderedCalendar(events: events, increments: 0)
        Measurement.report(
            "bytes-of-an-event",
            Double(calendar.pages.map(\.count).reduce(0, +)) / Double(events),
            "bytes"
        )
        var decoding = Double.infinity
        var pulling = Double.infinity
        for run in 0..<3 {
            let mirror = try await Mirror(of: calendar)
            let decoded = try await Measurement.seconds { try await mirror.decode() }
            Measurement.forgetPeak()
            let before = Measurement.memory("VmRSS")
            let pulled = try await Measurement.seconds { try await mirror.sync() }
            guard decoded.answer == events, pulled.answer.created == events else { throw Unexpected.count }
            (decoding, pulling) = (min(decoding, decoded.seconds), min(pulling, pulled.seconds))
            if run == 0, let before, let peak = Measurement.memory("VmHWM") {
                Measurement.report("initial-pull-memory", peak - before, "MB at the peak, beyond what was there before")
            }
        }
        Measurement.report("decode-and-map", Double(events) / decoding, "events/s")
        Measurement.report("initial-pull", Double(events) / pulling, "events/s")
        Measurement.report("initial-pull-ratio-to-decoding", pulling / decoding, "times")
    }

    enum Unexpected: Error {
        /// A run did not do what is measured.
        case count
    }
}
