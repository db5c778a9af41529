public import CalendarCore
import Foundation

extension MicrosoftCalendarProvider {
    /// When people are busy, by mail address; one request for each 20 addresses and 31 days.
    ///
    /// Graph answers for default calendars of work accounts only; whoever it does not answer for is `unknown`.
    public func freeBusy(_ query: FreeBusyQuery, session: ProviderSession) async throws -> [String: BusyTime] {
        var answers = ScheduleAnswers(query)
        let addresses = answers.addresses
        // Personal accounts have no getSchedule (https://learn.microsoft.com/graph/api/calendar-getschedule).
        guard !MicrosoftAuthorization.isPersonal(session.accountKey) else {
            answers.fail(addresses, "Personal accounts cannot ask for free/busy times.")
            return answers.result
        }
        let call = GraphCall(session: session, identifier: nil)
        for first in stride(from: 0, to: addresses.count, by: 20) {
            let chunk = Array(addresses[first..<min(first + 20, addresses.count)])
            var start = query.start
            while start < query.end {
                let end = min(query.end, start.addingTimeInterval(31 * 86_400))
                let request = try requests.schedule(chunk, from: start, to: end.roundedUpToSecond)
                do {
                    let response = try await call.send(request)
                    let page = try call.reading(request.operation) { try GraphPage(response.body) }
                    answers.add(page, asked: chunk, from: start)
                } catch let error as CalendarError where Self.isAnswer(error) {
                    answers.fail(chunk, "The service refused the question (\(error.reason ?? error.code.rawValue)).")
                }
                start = end
            }
        }
        return answers.result
    }

    /// Whether a failure says that the service will not tell, rather than that it cannot be reached.
    private static func isAnswer(_ error: CalendarError) -> Bool {
        [.forbidden, .rejected, .notFound, .unsupported].contains(error.code)
    }
}

extension Date {
    /// The instant, or the next whole second: Graph's times are sent in whole seconds.
    fileprivate var roundedUpToSecond: Date {
        let seconds = Date(secondsSinceEpoch: secondsSinceEpoch)
        return seconds == self ? seconds : seconds.addingTimeInterval(1)
    }
}
