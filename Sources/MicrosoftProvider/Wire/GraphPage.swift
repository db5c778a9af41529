import CalendarCore
import Foundation

/// A page of a Graph collection with the link to what follows.
struct GraphPage {
    let items: JSONElements
    let nextLink: String?
    let deltaLink: String?

    /// Reads an answer's body.
    ///
    /// - Throws: `CalendarError.invalidResponse` when it is no JSON object with a `value` array.
    init(_ body: Data) throws {
        let root = try Self.root(body)
        guard let value = root["value"], value.kind == .array else {
            throw CalendarError(.invalidResponse, "The page holds no list.", field: "value", provider: .microsoft)
        }
        items = value.elements
        nextLink = root["@odata.nextLink"]?.string
        deltaLink = root["@odata.deltaLink"]?.string
    }

    /// The object an answer's body holds.
    ///
    /// - Throws: `CalendarError.invalidResponse` when it is no JSON object.
    static func root(_ body: Data) throws -> JSONValue {
        guard let document = try? JSONDocument(body), document.root.kind == .object else {
            throw CalendarError(.invalidResponse, "The answer is not a JSON object.", provider: .microsoft)
        }
        return document.root
    }
}
