import CalendarCore

extension GraphState {
    /// Answers a batch: every step is a request of its own, with faults, limits and log; answers come in any order.
    mutating func answerBatch(_ request: HTTPRequest) throws(GraphFailure) -> HTTPResponse {
        _ = try bearer(request)
        guard request.method == .post else { throw .notAllowed }
        let batch = try GraphBatch(request)
        var statuses: [String: Int] = [:]
        var entries: [JSONNode] = []
        for level in 0...(batch.steps.map(\.level).max() ?? 0) {
            // Steps that do not wait for each other run at the same time.
            var parallel: [Int: Int] = [:]
            for step in batch.steps where step.level == level {
                let hasFailed = step.dependency.map { statuses[$0, default: 424] >= 400 } ?? false
                let answer = hasFailed ? response(to: .failedDependency) : self.answer(step, beside: &parallel)
                statuses[step.id] = answer.status
                entries.append(GraphBatch.entry(step.id, answer))
            }
        }
        for index in entries.indices {
            entries.swapAt(index, index + Int(identifiers.next() % UInt64(entries.count - index)))
        }
        let body: JSONNode = ["responses": .array(entries)]
        let headers: HTTPHeaders = ["Content-Type": "application/json", "request-id": identifiers.guid()]
        return HTTPResponse(status: 200, headers: headers, body: body.data)
    }

    /// Answers one step beside those that run at the same time, counted by mailbox.
    private mutating func answer(_ step: GraphBatch.Step, beside parallel: inout [Int: Int]) -> HTTPResponse {
        guard let request = step.request else {
            return response(to: .badRequest("The url of a request in a batch is no address, or one of batches."))
        }
        var visit = strike(request)
        if !visit.isOver, let mailbox = mailbox(of: request) {
            if hasPlace(in: mailbox, besides: parallel[mailbox, default: 0]) {
                parallel[mailbox, default: 0] += 1
            } else {
                visit.response = response(to: crowded(mailbox))
                visit.isOver = true
            }
        }
        finish(&visit)
        // A connection cannot be cut for one step alone.
        return visit.response ?? response(to: GraphFailure(status: 504, code: "UnknownError", message: ""))
    }
}
