import CalendarCore
import CalendarTesting

extension FaultOrder {
    /// The fault as the simulators take it.
    package var simulated: SimulatedFault {
        get throws(ControlRefusal) {
            SimulatedFault(
                try effect,
                method: method.map { HTTPMethod($0) },
                pathContains: pathContains,
                times: times
            )
        }
    }

    private var effect: SimulatedFault.Effect {
        get throws(ControlRefusal) {
            let words = fault.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            switch (words[0], words.count) {
            case ("dropReply", 1): return .loseReply
            case ("loseRequest", 1): return .loseRequest
            case ("status", 2), ("status", 3):
                guard let status = Int(words[1]), (400...599).contains(status) else { break }
                var headers: HTTPHeaders = [:]
                if words.count == 3 {
                    guard words[2].hasPrefix("retryAfter="), let wait = Int(words[2].dropFirst(11)) else { break }
                    headers["Retry-After"] = String(wait)
                }
                return .answer(HTTPResponse(status: status, headers: headers))
            default: break
            }
            throw ControlRefusal("fault", "is none that can be simulated")
        }
    }
}
