import CalendarCore
import Foundation

extension GoogleService {
    /// Answers a batch: every part is a request of its own, with faults, quota and log.
    mutating func answerBatch(_ request: HTTPRequest) -> HTTPResponse {
        guard request.method == .post else { return HTTPResponse(status: 405) }
        guard let batch = GoogleBatch(request.body ?? Data(), contentType: request.headers["Content-Type"]) else {
            return GoogleRefusal(400, "badRequest", "Failed to parse the batch request.").response
        }
        guard !batch.parts.isEmpty else {
            return GoogleRefusal(400, "badRequest", "The batch request must contain at least one part.").response
        }
        guard batch.parts.count <= batchLimit else {
            let message = "The batch request exceeds the maximum of \(batchLimit) calls."
            return GoogleRefusal(400, "badRequest", message).response
        }
        var written: Set<String> = []
        var answers: [(contentID: String?, response: HTTPResponse)] = []
        for part in batch.parts {
            answers.append((part.contentID, answer(part, of: request, written: &written)))
        }
        return GoogleBatch.response(answers, boundary: "batch_" + nextText(32))
    }

    private mutating func answer(
        _ part: GoogleBatch.Part,
        of batch: HTTPRequest,
        written: inout Set<String>
    ) -> HTTPResponse {
        let path = part.target.hasPrefix("/") ? part.target : "/" + part.target
        let address = part.target.contains("://") ? part.target : "https://www.googleapis.com" + path
        guard let url = URL(string: address), url.path(percentEncoded: true).contains("/calendar/v3/"),
            !url.path(percentEncoded: true).contains("/batch/")
        else { return GoogleRefusal.notFound.response }
        var headers = part.headers
        if headers["Authorization"] == nil { headers["Authorization"] = batch.headers["Authorization"] }
        let request = HTTPRequest(
            part.method,
            url,
            operation: batch.operation,
            headers: headers,
            body: part.body.isEmpty ? nil : part.body
        )
        if let event = writtenEvent(request), !written.insert(event).inserted {
            return GoogleRefusal(409, "conflict", "Conflict").response
        }
        // A connection cannot be cut for one part alone.
        return serve(request) ?? GoogleRefusal(503, "backendError", "Backend Error").response
    }

    /// What a part writes, the same for a series and all its occurrences; nil when it writes no event that has an id.
    private func writtenEvent(_ request: HTTPRequest) -> String? {
        guard request.method != .get, let bearer = try? authenticate(request.headers) else { return nil }
        let segments = request.url.path(percentEncoded: true).split(separator: "/")
            .map { $0.removingPercentEncoding ?? String($0) }
        guard let start = segments.firstIndex(of: "calendars"), segments.count >= start + 4,
            segments[start + 2] == "events"
        else { return nil }
        // `events/import` and `events/quickAdd` name no event.
        if request.method == .post, segments.count == start + 4 { return nil }
        let name = segments[start + 1] == "primary" ? accounts[bearer.account].address : segments[start + 1]
        guard let calendar = calendarIndex(name) else { return nil }
        let id = segments[start + 3]
        return "\(calendar)/\(calendars[calendar].find(id)?.seriesID ?? id)"
    }
}
