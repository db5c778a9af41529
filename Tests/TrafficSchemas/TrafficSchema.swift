package import CalendarCore

/// A service's own description of its messages, against which the traffic of tests is held.
package protocol TrafficSchema: Sendable {
    /// What the description knows of a request; nil when it is none of its methods' addresses.
    func operation(of request: HTTPRequest) -> (any TrafficOperation)?

    /// Whether an address belongs to the described service, so that it should have an operation.
    func covers(_ request: HTTPRequest) -> Bool
}

/// One method of a service, as its description has it.
package protocol TrafficOperation {
    /// The method's name, for reports.
    var name: String { get }

    /// What is wrong with the query and the body of a request.
    func violations(in request: HTTPRequest) -> [String]

    /// What is wrong with the body of a successful answer.
    func violations(in response: HTTPResponse) -> [String]
}
