import CalendarCore
import Foundation

/// `colors.get`.
struct ColorsRequest {
    func request(root: URL) throws -> HTTPRequest {
        HTTPRequest(.get, try Endpoint(root, "colors").url, operation: "colors.get")
    }
}
