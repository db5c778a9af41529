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
            // Two of every content: what is always the same is written as one piece.
            var civil = ASCIIWriter()
            civil.append(time.civil)
            writer.piece(#""zoned":{"_0":{"civil":"#)
            writer.element(civil)
            writer.piece(#","zone":{"identifier":"#)
            writer.element(time.zone.identifier)
            writer.field("windowsName", ifPresent: time.zone.windowsName)
            writer.piece(#"},"isLaterInOverlap":"#)
            writer.element(time.isLaterInOverlap)
            writer.piece("}}")
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
