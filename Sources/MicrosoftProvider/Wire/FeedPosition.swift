import CalendarCore
import Foundation

/// A place in a delta chain: the link and the window that is frozen in it.
struct FeedPosition {
    let link: String
    let window: SyncWindow

    /// The opaque text kept by the host, one JSON object.
    var text: String {
        let object: JSONNode = [
            "link": .string(link),
            "start": .int(Int(window.start.millisecondsSinceEpoch)),
            "end": .int(Int((window.end ?? window.start).millisecondsSinceEpoch)),
        ]
        return String(decoding: object.bytes, as: UTF8.self)
    }

    init(link: String, window: SyncWindow) {
        self.link = link
        self.window = window
    }

    /// Reads the text.
    ///
    /// - Throws: `CalendarError.cursorExpired` when it is not one of ours: only a full round helps then.
    init(_ text: String) throws {
        guard let root = try? JSONDocument(Array(text.utf8)).root, let link = root["link"]?.string,
            let start = root["start"]?.int, let end = root["end"]?.int,
            let window = try? SyncWindow(
                start: Date(millisecondsSinceEpoch: Int64(start)),
                end: Date(millisecondsSinceEpoch: Int64(end))
            )
        else {
            throw CalendarError(.cursorExpired, "The position in the change feed cannot be read.", provider: .microsoft)
        }
        self.init(link: link, window: window)
    }
}

extension SyncWindow {
    /// The window as Graph can list it: an open end becomes a year.
    ///
    /// - Throws: `CalendarError.invalidArgument` from 1,825 days on, which Graph refuses.
    func boundedForGraph() throws -> SyncWindow {
        let bounded = try SyncWindow(start: start, end: end ?? start.addingTimeInterval(365 * 86_400))
        guard let end = bounded.end, end.timeIntervalSince(start) < 1825 * 86_400 else {
            throw CalendarError.invalidArgument("window", "The window must be shorter than 1,825 days.")
        }
        return bounded
    }
}
