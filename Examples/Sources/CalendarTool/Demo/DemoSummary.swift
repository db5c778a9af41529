import Foundation

/// What the demo found at its end; every number is read from the state, none is written into the program.
struct DemoSummary: Encodable {
    struct Account: Encodable {
        var provider: String
        var email: String
        var calendars: Int
        var events: Int
    }

    struct Meeting: Encodable {
        struct Copy: Encodable {
            var provider: String
            var id: String
            var attendees: Int
        }

        var start: String
        var end: String
        var copies: [Copy]
    }

    struct Resync: Encodable {
        var requests: Int
        var writes: Int
    }

    /// The title at the service after an edit in the host met one in the app, and after a person had answered.
    struct Conflict: Encodable {
        var afterSync: String?
        var afterAnswer: String?
    }

    /// The occurrences of a series in the same user's calendars at both services, step by step.
    struct Series: Encodable {
        struct Sides: Encodable {
            var microsoft: [String] = []
            var google: [String] = []
        }

        var copied = Sides()
        var changedAtGoogle = Sides()
        var changedInHost = Sides()
        var lastWrites = 0
    }

    struct LostReply: Encodable {
        var remoteEvents: Int
    }

    struct FullResync: Encodable {
        var missing: Int
        var extra: Int
    }

    var accounts: [Account] = []
    var slots = 0
    var rejected = 0
    var meeting = Meeting(start: "", end: "", copies: [])
    var invitations = 0
    var resync = Resync(requests: 0, writes: 0)
    var conflict = Conflict()
    var series = Series()
    var lostReply = LostReply(remoteEvents: 0)
    var tokenRefreshes = 0
    var fullResync = FullResync(missing: 0, extra: 0)

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
