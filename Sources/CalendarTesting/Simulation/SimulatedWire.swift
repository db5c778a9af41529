import CalendarCore
import Foundation

/// The connection between a process and a service, with the plan's faults and a crash point on both sides of a call.
final class SimulatedWire: HTTPTransport {
    private let side: any SimulatedSide
    private let service: ProviderID
    private let steps: SimulationSteps
    private let weather: SimulatedWeather
    private let clock: ManualClock
    private let pages: SimulatedPages
    private let meanwhile: @Sendable (Int) -> Void

    /// Connects a process with a service.
    ///
    /// `meanwhile` is called with the number of each request before the service sees it, while there can be faults.
    init(
        _ side: any SimulatedSide,
        of service: ProviderID,
        steps: SimulationSteps,
        weather: SimulatedWeather,
        clock: ManualClock,
        meanwhile: @escaping @Sendable (Int) -> Void
    ) {
        self.side = side
        self.service = service
        self.steps = steps
        self.weather = weather
        self.clock = clock
        self.meanwhile = meanwhile
        pages = SimulatedPages(of: service)
    }

    /// Sends a request as far as the weather lets it.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        await steps.pass("before a request")
        for late in weather.takeLate() { _ = try? await late.side.send(late.request) }
        let number = weather.nextNumber()
        if let number { meanwhile(number) }
        let fault = number.flatMap(weather.fault)
        var line = "\(service) \(request.method.rawValue) \(request.url.path)"
        if let fault { line += " [\(fault)]" }
        let answer: HTTPResponse
        do {
            answer = try await carry(request, under: fault)
        } catch {
            steps.note("\(line) -")
            await steps.pass("after a request")
            throw error
        }
        let response = pages.told(answer, to: request, under: fault)
        steps.note("\(line) \(response.status)")
        await steps.pass("after a request")
        return response
    }

    private func carry(_ request: HTTPRequest, under fault: SimulationFault?) async throws -> HTTPResponse {
        switch fault {
        case .loseRequest: throw Self.lost
        case .loseReply:
            _ = try? await side.send(request)
            throw Self.lost
        case .repeatRequest:
            _ = try await side.send(request)
            return try await side.send(request)
        case .slowRequest(let seconds):
            do {
                try await pass(seconds, of: request)
            } catch let error as CalendarError {
                weather.deliverLate(request, to: side)
                throw error
            }
            return try await side.send(request)
        case .slowReply(let seconds):
            let response = try await side.send(request)
            try await pass(seconds, of: request)
            return response
        default:
            if let effect = fault.flatMap({ SimulatedRefusal.effect(of: $0, on: request, of: service) }) {
                side.add(SimulatedFault(effect))
            }
            return try await side.send(request)
        }
    }

    /// Lets so many seconds of a request pass; whoever sent it waits no longer than it said.
    private func pass(_ seconds: Int, of request: HTTPRequest) async throws {
        let limit = request.timeout / .seconds(1)
        try await clock.sleep(until: clock.now.addingTimeInterval(min(Double(seconds), limit)))
        guard Double(seconds) > limit else { return }
        throw CalendarError(.timedOut, "The answer took too long.", isOutcomeUnknown: true)
    }

    private static var lost: CalendarError {
        CalendarError(.connectionFailed, "The connection was lost.", isOutcomeUnknown: true)
    }
}
