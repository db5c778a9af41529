import CalendarCore

extension MicrosoftCalendarProvider {
    /// Reads a list page by page until it ends or the body has enough.
    ///
    /// - Parameters:
    ///   - first: The request for the first page.
    ///   - call: The call that the requests belong to.
    ///   - body: Takes a page, and says whether the next one is needed.
    /// - Throws: `CalendarError.invalidResponse` when the links of the pages run in a circle, and what the body throws.
    func eachPage(from first: HTTPRequest, _ call: GraphCall, _ body: (GraphPage) throws -> Bool) async throws {
        var request = first
        var seen: Set<String> = []
        while true {
            let response = try await call.send(request)
            let page = try call.reading(request.operation) { try GraphPage(response.body) }
            guard try call.reading(request.operation, { try body(page) }), let link = page.nextLink else { return }
            guard seen.insert(link).inserted else {
                throw CalendarError(
                    .invalidResponse,
                    "The pages of the list run in a circle.",
                    provider: .microsoft,
                    operation: request.operation,
                    identifier: call.identifier
                )
            }
            request = requests.page(try checked(link, call, request.operation), operation: request.operation)
        }
    }
}
