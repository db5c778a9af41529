import CalendarCore
import Foundation

/// The position of a change feed in a sync token: opaque text with a padding character that has to be encoded.
struct GoogleSyncToken {
    let epoch: Int
    let change: Int

    init(epoch: Int, change: Int) {
        self.epoch = epoch
        self.change = change
    }

    /// Reads a token of one calendar; anything that is none of its tokens gives nil.
    init?(_ text: String, calendar: String) {
        guard text.hasSuffix("="), let data = Base64URL.decode(String(text.dropLast())) else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: "|", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "sync", parts[3] == calendar, let epoch = Int(parts[1]),
            let change = Int(parts[2])
        else { return nil }
        self.init(epoch: epoch, change: change)
    }

    /// The token as text.
    func text(calendar: String) -> String {
        Base64URL.encode(Data("sync|\(epoch)|\(change)|\(calendar)".utf8)) + "="
    }
}

/// The position within a listing in a page token, bound to the query it belongs to.
struct GooglePageToken {
    /// Where the next page begins.
    var position: Int
    /// The number of the next page, from 1.
    var page: Int
    /// The change counter when the listing began: what happens meanwhile comes with the next increment.
    var anchor: Int

    init(position: Int, page: Int, anchor: Int) {
        self.position = position
        self.page = page
        self.anchor = anchor
    }

    /// Reads a token; one that belongs to another query gives nil.
    init?(_ text: String, query: String) {
        guard let data = Base64URL.decode(text) else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: "|", maxSplits: 4).map(String.init)
        guard parts.count == 5, parts[0] == "page", parts[4] == query, let position = Int(parts[1]),
            let page = Int(parts[2]), let anchor = Int(parts[3]), position >= 0
        else { return nil }
        self.init(position: position, page: page, anchor: anchor)
    }

    /// The token as text.
    func text(query: String) -> String {
        Base64URL.encode(Data("page|\(position)|\(page)|\(anchor)|\(query)".utf8))
    }

    /// A query in one order, without what may differ between the pages of a listing.
    static func fingerprint(_ query: FormFields, path: [String], account: String) -> String {
        let ignored = ["pageToken", "maxResults", "fields", "prettyPrint", "quotaUser", "key", "alt"]
        let pairs = query.pairs.filter { !ignored.contains($0.name) }.map { "\($0.name)=\($0.value)" }.sorted()
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in ([account] + path + pairs).joined(separator: "\n").utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return String(hash, radix: 16)
    }
}
