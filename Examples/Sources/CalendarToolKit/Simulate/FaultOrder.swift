import CalendarCore
import CalendarTesting
import Foundation

/// Something to go wrong with the next requests that match.
package struct FaultOrder: Decodable, Equatable, Sendable {
    package let provider: SimulatedService
    /// What goes wrong, such as `dropReply` or `status:429:retryAfter=2`.
    package let fault: String
    package let method: String?
    package let pathContains: String?
    package let times: Int

    private enum CodingKeys: CodingKey { case provider, fault, match, times }
    private enum MatchKeys: CodingKey { case method, pathContains }

    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        provider = try fields.decodeIfPresent(SimulatedService.self, forKey: .provider) ?? .google
        fault = try fields.decode(String.self, forKey: .fault)
        times = try fields.decodeIfPresent(Int.self, forKey: .times) ?? 1
        guard (1...1_000_000).contains(times) else { throw ControlRefusal("times", "is not between 1 and a million") }
        let isMatching = fields.contains(.match) ? try !fields.decodeNil(forKey: .match) : false
        let match = isMatching ? try fields.nestedContainer(keyedBy: MatchKeys.self, forKey: .match) : nil
        method = try match?.decodeIfPresent(String.self, forKey: .method)
        pathContains = try match?.decodeIfPresent(String.self, forKey: .pathContains)
        _ = try simulated
    }

    /// The fault as the simulators take it.
    package var simulated: SimulatedFault {
        get throws(CalendarError) {
            try SimulatedFault(
                parsing: fault,
                method: method.map { HTTPMethod($0) },
                pathContains: pathContains,
                times: times
            )
        }
    }
}
