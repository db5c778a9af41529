import CalendarCore
import Foundation
import Testing

/// Many requests of which two thirds are cancelled at a random moment; the moments come from a seed.
struct CancelStorm: Sendable {
    /// What became of the requests.
    struct Tally: Sendable, Equatable {
        var answered = 0
        var cancelled = 0
        /// Failures nobody asked for, among them a request that was cancelled although nobody did.
        var unexpected = 0

        var total: Int { answered + cancelled + unexpected }

        static func + (left: Tally, right: Tally) -> Tally {
            Tally(
                answered: left.answered + right.answered,
                cancelled: left.cancelled + right.cancelled,
                unexpected: left.unexpected + right.unexpected
            )
        }
    }

    let requests: Int
    let inFlight: Int
    let seed: UInt64

    func run(over transport: URLSessionTransport, to url: URL) async -> Tally {
        await withTaskGroup(of: Tally.self) { group in
            for worker in 0..<inFlight {
                group.addTask { await work(worker, transport, url) }
            }
            return await group.reduce(Tally(), +)
        }
    }

    private func work(_ worker: Int, _ transport: URLSessionTransport, _ url: URL) async -> Tally {
        var random = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(worker))
        var tally = Tally()
        let share = requests / inFlight + (worker < requests % inFlight ? 1 : 0)
        for _ in 0..<share {
            // Never, at once or within the first steps, or about when the answer comes.
            let moments: [Int?] = [nil, .random(in: 0..<8, using: &random), .random(in: 0..<200, using: &random)]
            let patience = moments[Int.random(in: 0..<3, using: &random)]
            let attempt = Task { try await transport.send(.probe(url)) }
            if let patience {
                for _ in 0..<patience { await Task.yield() }
                attempt.cancel()
            }
            switch await attempt.result {
            case .success(let answer) where answer.status == 200: tally.answered += 1
            case .failure(is CancellationError) where patience != nil: tally.cancelled += 1
            default: tally.unexpected += 1
            }
        }
        return tally
    }
}
