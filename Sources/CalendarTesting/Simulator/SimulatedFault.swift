public import CalendarCore
import Foundation

/// Something that goes wrong on purpose with one of the next requests to a simulator.
public struct SimulatedFault: Sendable {
    /// What goes wrong.
    public enum Effect: Sendable {
        /// The request takes effect and its reply is lost.
        case loseReply
        /// The request is lost before it takes effect; the caller cannot tell the difference.
        case loseRequest
        /// The service answers this and does nothing else.
        case answer(HTTPResponse)
        /// The service refuses in its own words and does nothing else.
        ///
        /// `reason` is the service's code, `retryAfter` a number of seconds; where they are nil there is a usual reason and
        /// no such header. 502, 503 and 504 have an HTML body at Google, as its front ends answer them, and are an
        /// `UnknownError` without a message at Microsoft.
        case status(Int, reason: String? = nil, retryAfter: Int? = nil)
        /// The request takes effect and the service answers with an error of the server all the same.
        case statusAfterEffect(Int)
        /// All sync tokens end just before the request is answered.
        case expireSyncTokens
        /// All access tokens end just before the request is answered.
        case expireAccessTokens
        /// The request takes effect and the body of the answer breaks off.
        case malformedBody
        /// The request takes effect and the answer and its items have a member that nobody knows yet.
        case unknownField
        /// The request takes effect and the text under a key, in the answer and its items, is one nobody knows yet.
        case unknownValue(key: String)
    }

    /// What goes wrong.
    public var effect: Effect
    /// Only requests with this method; nil for any.
    public var method: HTTPMethod?
    /// Only requests whose decoded path contains this text; nil for any.
    public var pathContains: String?
    /// How many matching requests pass untouched before it strikes.
    public var skipping: Int
    /// How many matching requests it strikes.
    public var times: Int

    /// Creates a fault.
    public init(
        _ effect: Effect,
        method: HTTPMethod? = nil,
        pathContains: String? = nil,
        skipping: Int = 0,
        times: Int = 1
    ) {
        self.effect = effect
        self.method = method
        self.pathContains = pathContains
        self.skipping = skipping
        self.times = times
    }
}

/// The faults still to strike, in the order they were added.
package struct PendingFaults: Sendable {
    private var faults: [SimulatedFault] = []

    /// Creates an empty list.
    package init() {}

    /// Adds a fault behind the others.
    package mutating func add(_ fault: SimulatedFault) {
        faults.append(fault)
    }

    /// The effect that strikes this request, if one does.
    package mutating func strike(_ request: HTTPRequest) -> SimulatedFault.Effect? {
        for index in faults.indices where matches(faults[index], request) {
            if faults[index].skipping > 0 {
                faults[index].skipping -= 1
                continue
            }
            let effect = faults[index].effect
            faults[index].times -= 1
            if faults[index].times <= 0 { faults.remove(at: index) }
            return effect
        }
        return nil
    }

    private func matches(_ fault: SimulatedFault, _ request: HTTPRequest) -> Bool {
        if let method = fault.method, method != request.method { return false }
        if let text = fault.pathContains, !request.url.path(percentEncoded: false).contains(text) { return false }
        return true
    }
}
