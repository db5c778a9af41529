import CalendarCore
import Foundation

/// What goes back over the wire.
package enum SimulatedAnswer: Sendable {
    case reply(HTTPResponse)
    /// Nothing: the connection is closed.
    case silence

    /// A reply in JSON, with its keys in alphabetical order.
    static func json(_ value: some Encodable, status: Int = 200) throws -> SimulatedAnswer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let headers: HTTPHeaders = ["Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"]
        return .reply(HTTPResponse(status: status, headers: headers, body: try encoder.encode(value)))
    }
}
