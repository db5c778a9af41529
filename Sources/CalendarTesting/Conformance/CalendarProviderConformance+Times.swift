import CalendarCore
import Foundation

extension CalendarProviderConformance {
    static let times: [Check] = [
        Check("all-day events keep their days, over clock changes and the ends of months and years (R-38)") {
            subject,
            promise in
            let change = subject.clockChange()
            let year = EventZone.utc.civil(at: subject.instant(hour: 0)).date.year
            let newYear = CivilDate(year: year + 1, month: 1, day: 1) ?? change
            let spans: [(start: CivilDate, days: Int)] = [
                (change.adding(days: -10), 1), (change, 1), (change.adding(days: -1), 3),
                (newYear.adding(days: -1), 2), (newYear.adding(days: 58), 4),
            ]
            for (number, span) in spans.enumerated() {
                var content = subject.content("All day", hour: 26)
                (content.start, content.end) = (.day(span.start), .day(span.start.adding(days: span.days)))
                let created = try await subject.create(content, key: number + 1)
                let read = try await subject.read(created.id)
                try promise.equal(created.content.start, content.start, "the first day that creating answers")
                try promise.equal(read.content.start, content.start, "the first day")
                try promise.equal(read.content.end, content.end, "the day after the last")
            }
        },
        Check("an all-day event becomes one with times, and back (R-38)") { subject, promise in
            let day = subject.clockChange().adding(days: -3)
            let timed = subject.content("Turning", on: day)
            let created = try await subject.create(timed, key: 1)
            let allDay = try await subject.update(created, etag: created.etag) { content in
                (content.start, content.end) = (.day(day), .day(day.adding(days: 1)))
            }
            try promise.equal(allDay.content.start, .day(day), "the first day")
            try promise.equal(allDay.content.end, .day(day.adding(days: 1)), "the day after the last")
            let back = try await subject.update(allDay, etag: allDay.etag) { content in
                (content.start, content.end) = (timed.start, timed.end)
            }
            try promise.equal(subject.canonical(back).start, subject.provider.canonical(timed).start, "the start")
            try promise.equal(subject.canonical(back).end, subject.provider.canonical(timed).end, "the end")
        },
        Check("times keep the clock and the zone they were written in, on both sides of a clock change (R-38)") {
            subject,
            promise in
            let zones = [
                "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Pago_Pago",
                "Pacific/Kiritimati", "UTC",
            ]
            for (number, name) in zones.enumerated() {
                let zone = EventZone(name)
                let change = subject.clockChange(in: zone)
                for (side, day) in [change.adding(days: -1), change.adding(days: 1)].enumerated() {
                    let content = subject.content(name, on: day, in: zone)
                    let created = try await subject.create(content, key: 2 * number + side + 1)
                    let read = try await subject.read(created.id)
                    try promise.equal(
                        read.content.start.civil,
                        content.start.civil,
                        "the clock at the start in \(name)"
                    )
                    try promise.equal(read.content.end.civil, content.end.civil, "the clock at the end in \(name)")
                    let instant = content.start.date(floatingIn: .utc)
                    try promise.equal(read.content.start.date(floatingIn: .utc), instant, "the instant in \(name)")
                    try promise.equal(read.content.start.zone?.identifier, name, "the zone")
                }
            }
        },
        Check("an event over midnight and one of several days keep start and end") { subject, promise in
            for (number, hours) in [4, 50].enumerated() {
                let start = CivilDateTime(startOf: subject.clockChange().adding(days: -1)).adding(seconds: 82_800)
                var content = subject.content("Long", hour: 26)
                content.start = .zoned(start, ProviderUnderTest.berlin)
                content.end = .zoned(start.adding(seconds: Int64(hours) * 3600), ProviderUnderTest.berlin)
                let created = try await subject.create(content, key: number + 1)
                let read = try await subject.read(created.id)
                try promise.equal(read.content.start.civil, content.start.civil, "the start")
                try promise.equal(read.content.end.civil, content.end.civil, "the end after \(hours) hours")
            }
        },
        Check("a move in time changes the time and nothing else") { subject, promise in
            var content = subject.content("Moving", hour: 26)
            content.location = "Room 5"
            let created = try await subject.create(content, key: 1)
            let later = subject.content("Moving", hour: 29)
            let moved = try await subject.update(created, etag: created.etag) { content in
                (content.start, content.end) = (later.start, later.end)
            }
            try promise.equal(moved.content.start.date(floatingIn: .utc), subject.instant(hour: 29), "the start")
            try promise.equal(moved.content.end.date(floatingIn: .utc), subject.instant(hour: 30), "the end")
            try promise.equal(moved.content.location, "Room 5", "the location")
        },
    ]
}
