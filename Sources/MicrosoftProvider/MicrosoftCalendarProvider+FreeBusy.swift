public import CalendarCore
import Foundation

extension MicrosoftCalendarProvider {
    /// When people or calendars are busy; a subject is a mail address or the id of one of the account's calendars.
    ///
    /// Addresses cost one request for each 20 of them and 31 days, and are answered for default calendars of work
    /// accounts only. Calendars are read from their own view, one request a page, and so is the owner of a personal
    /// account, which cannot ask for anybody else. Whatever is not answered is `unknown`.
    public func freeBusy(_ query: FreeBusyQuery, session: ProviderSession) async throws -> [String: BusyTime] {
        var answers = ScheduleAnswers(query)
        var addresses = answers.addresses
        var views = answers.calendars.map { (subject: $0, calendar: CalendarID?.some(CalendarID($0))) }
        // Personal accounts have no getSchedule (https://learn.microsoft.com/graph/api/calendar-getschedule).
        if MicrosoftAuthorization.isPersonal(session.accountKey) {
            let owner = EventPerson(session.accountAddress)
            let own = addresses.filter { EventPerson($0).isSamePerson(as: owner) }
            answers.fail(addresses.filter { !own.contains($0) }, "Personal accounts cannot ask for others' times.")
            views += own.map { (subject: $0, calendar: nil) }
            addresses = []
        }
        try await ask(for: addresses, query, &answers, session: session)
        for (subject, calendar) in views {
            try await read(calendar, as: subject, query, &answers, session: session)
        }
        return answers.result
    }

    private func ask(
        for addresses: [String],
        _ query: FreeBusyQuery,
        _ answers: inout ScheduleAnswers,
        session: ProviderSession
    ) async throws {
        let call = GraphCall(session: session, identifier: nil)
        for first in stride(from: 0, to: addresses.count, by: 20) {
            let chunk = Array(addresses[first..<min(first + 20, addresses.count)])
            for (start, end) in query.parts(days: 31) {
                let request = try requests.schedule(chunk, from: start, to: end.roundedUpToSecond)
                do {
                    let response = try await call.send(request)
                    let page = try call.reading(request.operation) { try GraphPage(response.body) }
                    answers.add(page, asked: chunk, from: start)
                } catch let error as CalendarError where Self.isAnswer(error) {
                    answers.fail(chunk, "The service refused the question (\(error.reason ?? error.code.rawValue)).")
                }
            }
        }
    }

    /// Reads what a calendar holds; nil is the default one.
    private func read(
        _ calendar: CalendarID?,
        as subject: String,
        _ query: FreeBusyQuery,
        _ answers: inout ScheduleAnswers,
        session: ProviderSession
    ) async throws {
        let call = GraphCall(session: session, identifier: calendar?.rawValue)
        answers.begin(subject)
        do {
            for (start, end) in query.parts(days: 1800) {
                // All-day events lie where they were made, so those of a neighbouring day may reach into the window.
                let day: Double = 86_400
                let window = try SyncWindow(start: start.addingTimeInterval(-day), end: end.addingTimeInterval(day))
                try await eachPage(from: try requests.busyView(of: calendar, during: window), call) { page in
                    for item in page.items {
                        answers.add(try BusyRow.interval(item, allDayZone: configuration.allDayZone), for: subject)
                    }
                    return true
                }
            }
        } catch let error as CalendarError where Self.isAnswer(error) || error.code == .invalidResponse {
            answers.fail([subject], "The calendar cannot be read (\(error.reason ?? error.code.rawValue)).")
        }
    }

    /// Whether a failure says that the service will not tell, rather than that it cannot be reached.
    private static func isAnswer(_ error: CalendarError) -> Bool {
        [.forbidden, .rejected, .notFound, .unsupported].contains(error.code)
    }
}

extension FreeBusyQuery {
    /// The window in parts of so many days.
    fileprivate func parts(days: Int) -> [(start: Date, end: Date)] {
        let length = Double(days) * 86_400
        return stride(from: start, to: end, by: length).map { ($0, min(end, $0.addingTimeInterval(length))) }
    }
}

extension Date {
    /// The instant, or the next whole second: Graph's times are sent in whole seconds.
    fileprivate var roundedUpToSecond: Date {
        let seconds = Date(secondsSinceEpoch: secondsSinceEpoch)
        return seconds == self ? seconds : seconds.addingTimeInterval(1)
    }
}
