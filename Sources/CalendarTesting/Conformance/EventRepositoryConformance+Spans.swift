import CalendarCore
import Foundation

extension EventRepositoryConformance {
    static let spans: [Check] = [
        Check("an all-day event is answered wherever on earth its day touches the span") { repository, promise in
            // 2 March 2026 begins at 10:00 UTC of the day before on the Line Islands (UTC+14), and ends at 12:00 UTC of
            // the day after on Baker Island (UTC-12).
            let midnight = Date(timeIntervalSince1970: 1_772_409_600)
            var day = record("day")
            let first = midnight.addingTimeInterval(3600)
            day.content.start = .day(ZonedDateTime(first, in: .utc).civil.date)
            day.content.end = .day(ZonedDateTime(first.addingTimeInterval(86_400), in: .utc).civil.date)
            var commit = RepositoryCommit(tenant: "acme")
            commit.records = [.init(day, expecting: nil)]
            try await repository.commit(commit)
            for (hour, expected) in [(-14.0, ["day"]), (0, ["day"]), (35, ["day"]), (-49, []), (72, [RecordID]())] {
                let begin = midnight.addingTimeInterval(hour * 3600)
                let query = try RecordQuery(tenant: "acme", start: begin, end: begin.addingTimeInterval(3600))
                try promise.equal(
                    try await repository.records(query).map(\.id),
                    expected,
                    "the records at hour \(hour)"
                )
            }
        },
        Check("an event that lasts for months is answered in the middle of it") { repository, promise in
            var long = record("long")
            long.content.end = content("", hours: 24 * 200).end
            var commit = RepositoryCommit(tenant: "acme")
            commit.records = [.init(long, expecting: nil), .init(record("short"), expecting: nil)]
            try await repository.commit(commit)
            let begin = start.addingTimeInterval(100 * 86_400)
            let query = try RecordQuery(tenant: "acme", start: begin, end: begin.addingTimeInterval(3600))
            try promise.equal(try await repository.records(query).map(\.id), ["long"], "the records")
        },
        Check("an event that only borders on the span is left out, and so is a series that begins after it") {
            repository,
            promise in
            var later = record("series", hours: 1)
            later.role = .series
            var commit = RepositoryCommit(tenant: "acme")
            commit.records = [
                .init(record("before", hours: -1), expecting: nil), .init(record("in"), expecting: nil),
                .init(record("after", hours: 1), expecting: nil), .init(later, expecting: nil),
            ]
            try await repository.commit(commit)
            let query = try RecordQuery(tenant: "acme", start: start, end: start.addingTimeInterval(3600))
            try promise.equal(try await repository.records(query).map(\.id), ["in"], "the records")
        },
        Check("a series brings all its exceptions, moved far away, cancelled or linked to nothing") {
            repository,
            promise in
            var series = record("series")
            series.role = .series
            var moved = record("moved", hours: 5_000)
            moved.role = .exception(series: "series", originalStart: series.content.start)
            var cancelled = record("cancelled")
            cancelled.role = moved.role
            cancelled.content.status = .cancelled
            var whole = commit("e1", record: "series")
            whole.records = [series, moved, cancelled].map { .init($0, expecting: nil) }
            try await repository.commit(whole)
            let query = try RecordQuery(
                tenant: "acme",
                calendars: [calendar],
                start: start.addingTimeInterval(7 * 86_400),
                end: start.addingTimeInterval(8 * 86_400)
            )
            try promise.equal(
                try await repository.records(query).map(\.id),
                ["cancelled", "moved", "series"],
                "the records"
            )
        },
        Check("an exception whose series is not answered is answered by its own time") { repository, promise in
            var near = record("near")
            near.role = .exception(series: "unknown", originalStart: content("", hours: 900).start)
            var far = record("far", hours: 900)
            far.role = .exception(series: "unknown", originalStart: near.content.start)
            var commit = RepositoryCommit(tenant: "acme")
            commit.records = [near, far].map { .init($0, expecting: nil) }
            try await repository.commit(commit)
            let query = try RecordQuery(tenant: "acme", start: start, end: start.addingTimeInterval(3600))
            try promise.equal(try await repository.records(query).map(\.id), ["near"], "the records")
        },
        Check("a query for calendars counts rejected operations, and finds nothing for no calendar") {
            repository,
            promise in
            var rejected = operation("o1", record: "r1")
            rejected.state = .rejected(.rejected)
            var commit = RepositoryCommit(tenant: "acme")
            commit.records = [.init(record("r1"), expecting: nil)]
            commit.operations = [rejected]
            try await repository.commit(commit)
            let end = start.addingTimeInterval(3600)
            let own = try RecordQuery(tenant: "acme", calendars: [calendar], start: start, end: end)
            try promise.equal(try await repository.records(own).map(\.id), ["r1"], "the calendar's records")
            let none = try RecordQuery(tenant: "acme", calendars: [], start: start, end: end)
            try promise.equal(try await repository.records(none), [], "the records of no calendar")
        },
        Check("a span without bounds finds every record") { repository, promise in
            var commit = RepositoryCommit(tenant: "acme")
            commit.records = [-90_000.0, 0, 90_000].map { .init(record(RecordID("r\($0)"), hours: $0), expecting: nil) }
            try await repository.commit(commit)
            let query = try RecordQuery(tenant: "acme", start: .distantPast, end: .distantFuture)
            try promise.equal(try await repository.records(query).count, 3, "the number of records")
        },
    ]
}
