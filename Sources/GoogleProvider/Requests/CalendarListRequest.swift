import CalendarCore
import Foundation

/// `calendarList.list`: one page of the account's calendars, or of what changed in the list.
///
/// With a sync token the service names hidden and deleted entries by itself and refuses to be told not to; without one
/// it leaves both out. So neither `showHidden` nor `showDeleted` is ever sent, and no filter can meet a token.
struct CalendarListRequest {
    /// The version of the cursor's text; a text of another version is a position nobody can continue from.
    private static let version = 1

    let syncToken: String?
    private(set) var pageToken: String?

    /// The whole list, or what changed since a cursor.
    ///
    /// - Throws: `CalendarError.cursorExpired` for a text that this version did not write.
    init(since cursor: SyncCursor?) throws {
        guard let cursor else {
            syncToken = nil
            return
        }
        let root = (try? JSONDocument(Array(cursor.rawValue.utf8)))?.root
        guard root?["version"]?.int == Self.version, let token = root?["calendarListToken"]?.string else {
            throw CalendarError(
                .cursorExpired,
                "The position in the list of calendars was not written by this version.",
                provider: .google,
                operation: "calendarList.list"
            )
        }
        syncToken = token
    }

    /// The position after a look that ended with a sync token.
    static func cursor(_ syncToken: String) -> SyncCursor {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("version", version)
            writer.field("calendarListToken", syncToken)
        }
        return SyncCursor(String(decoding: writer.bytes, as: UTF8.self))
    }

    /// The same look at another page.
    func page(_ token: String?) -> CalendarListRequest {
        var request = self
        request.pageToken = token
        return request
    }

    func request(root: URL) throws -> HTTPRequest {
        var query = FormFields([("maxResults", "250")])
        query.add("syncToken", syncToken)
        query.add("pageToken", pageToken)
        let endpoint = Endpoint(root, "users", "me", "calendarList", query: query)
        return HTTPRequest(.get, try endpoint.url, operation: "calendarList.list")
    }
}
