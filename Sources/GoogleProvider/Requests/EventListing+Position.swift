import CalendarCore
import Foundation

extension EventListing {
    /// The version of the texts below; a text of another version is a position nobody can continue from.
    private static let version = 1

    /// The listing that a position stands for.
    ///
    /// - Throws: `CalendarError.cursorExpired` for a text that this version did not write.
    init(_ position: ChangePosition) throws {
        switch position {
        case .beginning(let window): self = .full(FullListing(timeMin: window.start.rfc3339Text))
        case .page(let point): try self.init(text: point.rawValue, needsPage: true)
        case .cursor(let cursor): try self.init(text: cursor.rawValue, needsPage: false)
        }
    }

    /// The position of this page inside its round.
    var resumePoint: ResumePoint { ResumePoint(text) }

    /// The position after a round that ended with a sync token.
    static func cursor(_ syncToken: String) -> SyncCursor {
        SyncCursor(EventListing.increment(IncrementalListing(syncToken: syncToken)).text)
    }

    private var text: String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("version", Self.version)
            switch self {
            case .full(let listing): writer.field("timeMin", listing.timeMin)
            case .increment(let listing): writer.field("syncToken", listing.syncToken)
            }
            writer.field("pageToken", ifPresent: pageToken)
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private init(text: String, needsPage: Bool) throws {
        let root = (try? JSONDocument(Array(text.utf8)))?.root
        let pageToken = root?["pageToken"]?.string
        let isComplete = root?["version"]?.int == Self.version && needsPage == (pageToken != nil)
        if isComplete, let syncToken = root?["syncToken"]?.string {
            self = .increment(IncrementalListing(syncToken: syncToken, pageToken: pageToken))
        } else if isComplete, let timeMin = root?["timeMin"]?.string, needsPage {
            self = .full(FullListing(timeMin: timeMin, pageToken: pageToken))
        } else {
            throw CalendarError(
                .cursorExpired,
                "The position in the change feed was not written by this version.",
                provider: .google,
                operation: "events.list"
            )
        }
    }
}
