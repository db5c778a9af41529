import CalendarCore
import Foundation

/// A request to the API, taken apart.
struct GraphCall: Sendable {
    let method: HTTPMethod
    /// The decoded path below `/me`.
    var segments: [String]
    let query: FormFields
    let preferences: GraphPreferences
    let ifMatch: String?
    let body: Data?
    /// The address without its query, which links start with.
    let link: String
    /// The position of the account whose mailbox it is about.
    var account: Int
    /// The position of the account that signed in; nil for an application in its own name.
    var viewer: Int?
    /// What the caller may do in somebody else's calendar; nil in a mailbox that is open to it as a whole.
    var role: GraphRole?

    /// Whether only the number of rows is asked for, by `/$count` behind a collection.
    var isCount = false

    /// Whether the mailbox is not that of the person who signed in.
    var isElsewhere: Bool { viewer.map { $0 != account } ?? false }

    /// A query option by its name in any case, with or without `$`.
    func option(_ name: String) -> String? {
        query.pairs.first {
            let key = $0.name.lowercased()
            return key == name.lowercased() || key == "$" + name.lowercased()
        }?.value
    }

    /// The body as JSON.
    func json() throws(GraphFailure) -> JSONNode {
        do {
            return try JSONNode([UInt8](body ?? Data()))
        } catch {
            throw .body("The body is not valid JSON.")
        }
    }

    /// The window of a view; at most 1825 days.
    func window() throws(GraphFailure) -> Range<Date> {
        guard let start = option("startDateTime").flatMap({ GraphTimestamp.read($0) }) else {
            throw .parameter("StartDateTime")
        }
        guard let end = option("endDateTime").flatMap({ GraphTimestamp.read($0) }) else {
            throw .parameter("EndDateTime")
        }
        guard start <= end else { throw .invalidRequest("The end lies before the start.") }
        guard end.timeIntervalSince(start) <= 1825 * 86_400 else {
            throw .invalidRequest("The range between the dates is greater than allowed. Maximum number of days: 1825")
        }
        return start..<end
    }

    /// The decoded path segments of an address; a slash inside a segment is encoded and stays.
    ///
    /// A key in parentheses is a segment of its own: `events('1')` is `events/1` (OData 4.01 part 2, section 4.3.1).
    static func segments(of url: URL) -> [String] {
        url.path(percentEncoded: true).split(separator: "/").flatMap { segment in
            let text = PercentEncoding.decodeForm(
                segment.split(separator: "+", omittingEmptySubsequences: false).joined(separator: "%2B")
            )
            guard let open = text.firstRange(of: "('"), text.hasSuffix("')"), open.upperBound < text.endIndex else {
                return [text]
            }
            let key = text[open.upperBound...].dropLast(2).replacing("''", with: "'")
            return [String(text[..<open.lowerBound]), String(key)]
        }
    }
}

/// An answer of the API before it becomes bytes.
struct GraphAnswer: Sendable {
    var status = 200
    var body: JSONNode?
    /// What is answered instead of JSON.
    var raw: (type: String, data: Data)?
    /// Preferences that were applied besides those of the request.
    var applied: [String] = []
}
