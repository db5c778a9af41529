#if SQLite
import CalendarCore
import Foundation

extension EventTime: PlainRow {
    var isPlain: Bool { true }

    func write(_ writer: inout JSONWriter) {
        switch self {
        case .day(let day):
            writer.object("day") { $0.field("_0", day.description) }
        case .zoned(let time):
            writer.object("zoned") { writer in
                writer.object("_0") { writer in
                    writer.field("civil", time.civil.description)
                    writer.object("zone") { writer in
                        writer.field("identifier", time.zone.identifier)
                        writer.field("windowsName", ifPresent: time.zone.windowsName)
                    }
                    writer.field("isLaterInOverlap", time.isLaterInOverlap)
                }
            }
        }
    }

    init?(_ json: JSONValue) {
        if let day = json["day"]?["_0"]?.stringBytes.flatMap({ CivilDate(utf8: $0) }) {
            self = .day(day)
            return
        }
        guard
            let time = json["zoned"]?["_0"],
            let civil = time["civil"]?.stringBytes.flatMap({ CivilDateTime(utf8: $0) }),
            let zone = time["zone"]?["identifier"]?.string,
            let isLaterInOverlap = time["isLaterInOverlap"]?.bool
        else { return nil }
        self = .zoned(
            ZonedDateTime(
                civil: civil,
                zone: EventZone(identifier: zone, windowsName: time["zone"]?["windowsName"]?.string),
                isLaterInOverlap: isLaterInOverlap
            )
        )
    }
}
#endif
