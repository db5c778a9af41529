import CalendarCore
import Foundation
internal import Synchronization

/// The connection between a process and a service, with the plan's faults and a crash point on both sides of a call.
final class SimulatedWire: HTTPTransport {
    private let service: any HTTPTransport
    private let name: String
    private let steps: SimulationSteps
    private let weather: SimulatedWeather
    private let meanwhile: @Sendable (Int) -> Void

    /// Connects a process with a service.
    ///
    /// `meanwhile` is called with the number of each request before the service sees it, while there can be faults.
    init(
        _ service: any HTTPTransport,
        name: String,
        steps: SimulationSteps,
        weather: SimulatedWeather,
        meanwhile: @escaping @Sendable (Int) -> Void
    ) {
        self.service = service
        self.name = name
        self.steps = steps
        self.weather = weather
        self.meanwhile = meanwhile
    }

    /// Sends a request as far as the weather lets it.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        await steps.pass("before a request")
        let number = weather.nextNumber()
        if let number { meanwhile(number) }
        let fault = number.flatMap(weather.fault)
        var line = "\(name) \(request.method.rawValue) \(request.url.path)"
        if let fault { line += " [\(fault)]" }
        let response: HTTPResponse
        switch fault {
        case nil: response = try await service.send(request)
        case .loseRequest:
            steps.note(line)
            throw Self.lost
        case .loseReply:
            let unseen = try? await service.send(request)
            steps.note("\(line) \(unseen?.status ?? 0)")
            await steps.pass("after a request")
            throw Self.lost
        case .repeatRequest:
            _ = try await service.send(request)
            response = try await service.send(request)
        case .status(let status):
            steps.note(line)
            return HTTPResponse(status: status, headers: status == 429 ? ["Retry-After": "2"] : [:])
        }
        steps.note("\(line) \(response.status)")
        await steps.pass("after a request")
        return response
    }

    private static var lost: CalendarError {
        CalendarError(.connectionFailed, "The connection was lost.", isOutcomeUnknown: true)
    }
}

/// Which of a run's requests meet a fault.
final class SimulatedWeather: Sendable {
    private struct State {
        var count = 0
        var isFair = true
    }

    private let plan: [Int: SimulationFault]
    private let state = Mutex(State())

    /// Creates the weather of a plan: the fault of each request's number, counted from one over all services.
    init(_ plan: [Int: SimulationFault]) {
        self.plan = plan
    }

    /// How many requests were sent while there could be faults.
    var count: Int { state.withLock(\.count) }

    /// Begins the faults.
    func begin() {
        state.withLock { $0.isFair = false }
    }

    /// Ends the faults.
    func clear() {
        state.withLock { $0.isFair = true }
    }

    /// The number of the next request; nil while there are no faults.
    func nextNumber() -> Int? {
        state.withLock { state in
            guard !state.isFair else { return nil }
            state.count += 1
            return state.count
        }
    }

    /// What happens to the request of a number.
    func fault(of number: Int) -> SimulationFault? { plan[number] }
}
