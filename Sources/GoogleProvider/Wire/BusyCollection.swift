import CalendarCore
import Foundation

/// What several answers say about the same subjects, put together.
struct BusyCollection {
    private let start: Date
    private let end: Date
    private var answers: [String: BusyTime] = [:]

    init(start: Date, end: Date) {
        self.start = start
        self.end = end
    }

    /// Adds an answer; once unknown, a subject stays unknown.
    mutating func add(_ answer: BusyTime, for subject: String) {
        switch (answers[subject], answer) {
        case (.unknown?, _): break
        case (.known(let earlier)?, .known(let further)): answers[subject] = .known(earlier + further)
        default: answers[subject] = answer
        }
    }

    /// The answers, with intervals cut to the asked time, ascending and merged where they touch.
    var bySubject: [String: BusyTime] {
        answers.mapValues { answer in
            guard case .known(let intervals) = answer else { return answer }
            return .known(merged(intervals))
        }
    }

    private func merged(_ intervals: [BusyInterval]) -> [BusyInterval] {
        var result: [BusyInterval] = []
        for interval in intervals.sorted() {
            let cut = BusyInterval(start: max(interval.start, start), end: min(interval.end, end))
            guard cut.start < cut.end else { continue }
            if let last = result.last, cut.start <= last.end {
                result[result.count - 1] = BusyInterval(start: last.start, end: max(last.end, cut.end))
            } else {
                result.append(cut)
            }
        }
        return result
    }
}
