import CalendarCore
import Foundation

/// A row of a listing with the change that last touched it.
struct GoogleFeedRow {
    let change: Int
    /// Whether the query wants it.
    let isShown: Bool
    /// The row as it is printed.
    let node: JSONNode
}

extension GoogleService {
    /// Answers a listing that is no listing of events: pages, and increments from a sync token.
    ///
    /// - Parameters:
    ///   - call: The request.
    ///   - kind: The kind of the collection.
    ///   - changes: The collection's change counter.
    ///   - rows: All rows ever, each at its place for ever, so that changes between two pages hide no row.
    /// - Returns: The page.
    /// - Throws: 410 for an expired token, 400 for one that is none.
    func feed(
        _ call: GoogleCall,
        kind: String,
        changes: Int,
        rows: [GoogleFeedRow]
    ) throws(GoogleRefusal) -> HTTPResponse {
        let since = try call.feedToken(epoch: syncEpoch)
        let size = min(try call.count("maxResults", or: 100, most: 250), max(1, pageSize ?? 250))
        let print = GooglePageToken.fingerprint(call.query, path: call.path, account: accounts[call.account].address)
        var token = GooglePageToken(position: 0, page: 1, anchor: changes)
        if let text = call.query["pageToken"] {
            guard let read = GooglePageToken(text, query: print) else {
                throw .invalid("Invalid page token value.", parameter: "pageToken")
            }
            token = read
        }
        var items: [JSONNode] = []
        var next: Int?
        for (position, row) in rows.enumerated() where position >= token.position {
            if let since, row.change <= since { continue }
            guard row.isShown else { continue }
            guard items.count < size else {
                next = position
                break
            }
            items.append(row.node)
        }
        var answer: JSONNode = ["kind": .string(kind), "etag": .string(Self.collectionTag(items, changes))]
        if let next {
            token.position = next
            token.page += 1
            answer["nextPageToken"] = .string(token.text(query: print))
        } else {
            answer["nextSyncToken"] = .string(GoogleFeedToken(epoch: syncEpoch, change: token.anchor).text)
        }
        answer["items"] = .array(items)
        return .google(answer)
    }

    /// An etag that differs whenever the rows do.
    private static func collectionTag(_ items: [JSONNode], _ changes: Int) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in JSONNode.array(items).bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return "\"p3\(changes)\(String(hash, radix: 32))\""
    }
}

extension GoogleCall {
    /// The change that a sync token names; nil for a full listing.
    ///
    /// - Parameter epoch: Tokens of an earlier epoch have expired.
    /// - Returns: The change.
    /// - Throws: 410 for an expired token, 400 for one that is none.
    func feedToken(epoch: Int) throws(GoogleRefusal) -> Int? {
        guard let text = query["syncToken"] else { return nil }
        guard let token = GoogleFeedToken(text) else { throw .invalid("Invalid Value", parameter: "syncToken") }
        guard token.epoch == epoch else { throw .fullSyncRequired }
        return token.change
    }

    /// A number in the query that is at least 1; a larger one than is allowed counts as that.
    func count(_ name: String, or standard: Int, most: Int) throws(GoogleRefusal) -> Int {
        guard let text = query[name] else { return standard }
        guard let number = Int(text), number >= 1 else { throw .invalidParameter(name) }
        return min(number, most)
    }

    /// A truth value in the query; false when absent.
    func flag(_ name: String) throws(GoogleRefusal) -> Bool {
        switch query[name]?.lowercased() {
        case nil, "false": false
        case "true": true
        default: throw .invalidParameter(name)
        }
    }
}
