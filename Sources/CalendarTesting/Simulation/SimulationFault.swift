/// What goes wrong with one request.
///
/// A fault that a service has for some requests only, such as a refused version, leaves every other request alone.
public enum SimulationFault: Hashable, Sendable, CustomStringConvertible {
    /// It never reaches the service.
    case loseRequest
    /// The service does it, and the answer is lost.
    case loseReply
    /// The service gets it twice and the second answer arrives.
    case repeatRequest
    /// The service refuses it in its own words without doing it.
    ///
    /// 401 refuses a token once, 409 is another change under way at Google, 410 voids a position in a change feed, 412 says
    /// that the version is not the last one.
    case status(Int)
    /// The service asks to slow down in the words it has for that: 403 at Google, 429 at Microsoft.
    case throttle
    /// The service takes no changes of the account for hours; only Google has this.
    case pauseWrites
    /// It reaches the service after so many seconds; after the sender gave up, it does so all the same.
    case slowRequest(Int)
    /// The service does it at once and its answer takes so many seconds; answers to later requests may come before it.
    case slowReply(Int)
    /// The page of a change feed has its items in the opposite order.
    case reversePage
    /// The page of a change feed tells the items of the one before it again, its own twice where it is the first.
    case repeatPage

    /// The fault as it is written in a plan.
    public var description: String {
        switch self {
        case .loseRequest: "loseRequest"
        case .loseReply: "loseReply"
        case .repeatRequest: "repeatRequest"
        case .status(let status): "status(\(status))"
        case .throttle: "throttle"
        case .pauseWrites: "pauseWrites"
        case .slowRequest(let seconds): "slowRequest(\(seconds))"
        case .slowReply(let seconds): "slowReply(\(seconds))"
        case .reversePage: "reversePage"
        case .repeatPage: "repeatPage"
        }
    }
}
