#if SQLite
import CalendarCore
import CalendarTesting
import Foundation
import LoopbackServer
import Synchronization

/// Both simulated services of a trial on a port of 127.0.0.1, for hosts in processes of their own.
///
/// It also ends such a process: only whoever answers knows at which request it is.
final class ServiceDoor: Sendable {
    /// When a process is killed: at a request, counted from one, or a little after it was answered.
    struct Moment: Sendable {
        /// Where in the course of the request.
        enum Place: Sendable {
            case beforeService
            case beforeReply
            case afterReply(microseconds: UInt32)
        }

        var request: Int
        let place: Place
    }

    private struct State {
        var moment: Moment?
        var killed: Set<Int32> = []
    }

    private let trial: HostTrial
    private let state = Mutex(State())
    // Held while a request is answered: the trial takes one at a time.
    private let turn = NSLock()
    private let executor = DoorExecutor()
    private let server = Mutex<LoopbackServer?>(nil)

    /// Opens the door.
    init(to trial: HostTrial) throws {
        self.trial = trial
        let opened = try LoopbackServer { [weak self] request in self?.answer(request) ?? [.close] }
        server.withLock { $0 = opened }
    }

    /// The port.
    var port: Int { server.withLock { $0?.port ?? 0 } }

    /// Has the next process that comes in killed.
    func kill(at moment: Moment) {
        state.withLock { $0.moment = moment }
    }

    private func answer(_ request: ReceivedRequest) -> [ServerStep] {
        turn.lock()
        defer { turn.unlock() }
        guard let process = request[DoorTransport.process].flatMap({ Int32($0) }),
            !state.withLock({ $0.killed.contains(process) })
        else { return [.close] }
        let place = state.withLock { state -> Moment.Place? in
            guard var moment = state.moment else { return nil }
            moment.request -= 1
            state.moment = moment.request > 0 ? moment : nil
            return moment.request > 0 ? nil : moment.place
        }
        if case .beforeService = place { return end(process) }
        let steps = serve(request)
        switch place {
        case .beforeReply: return end(process)
        case .afterReply(let microseconds):
            Thread.detachNewThread {
                usleep(microseconds)
                self.turn.withLock { _ = self.end(process) }
            }
            return steps
        default: return steps
        }
    }

    private func end(_ process: Int32) -> [ServerStep] {
        state.withLock { _ = $0.killed.insert(process) }
        Foundation.kill(process, SIGKILL)
        return [.close]
    }

    private func serve(_ request: ReceivedRequest) -> [ServerStep] {
        guard let address = request[DoorTransport.address] else {
            guard let deed = try? JSONDecoder().decode(HostDeed.self, from: Data(request.body)) else { return [.close] }
            trial.note(deed)
            return [.answer()]
        }
        guard let url = URL(string: address) else { return [.close] }
        var headers = HTTPHeaders()
        for field in request.fields {
            let parts = field.split(separator: ":", maxSplits: 1)
            if parts.count == 2 { headers[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces) }
        }
        let forwarded = HTTPRequest(
            HTTPMethod(request.method),
            url,
            operation: "trial",
            headers: headers,
            body: request.body.isEmpty ? nil : Data(request.body)
        )
        guard let response = wait(forwarded) else { return [.close] }
        let fields = response.headers.names.compactMap { name in response.headers[name].map { "\(name): \($0)" } }
        return [.answer(response.status, fields, bytes: Array(response.body))]
    }

    /// The trial's answer, on the server's thread.
    private func wait(_ request: HTTPRequest) -> HTTPResponse? {
        let (done, answer) = (DispatchSemaphore(value: 0), DoorAnswer())
        Task(executorPreference: executor) { [trial] in
            let response = try? await trial.answer(request)
            answer.value.withLock { $0 = response }
            done.signal()
        }
        done.wait()
        return answer.value.withLock(\.self)
    }
}

private final class DoorAnswer: Sendable {
    let value = Mutex<HTTPResponse?>(nil)
}

/// Answers on a thread that other tests do not keep busy.
private final class DoorExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "service-door")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}

/// Sends a host's requests through the door.
struct DoorTransport: HTTPTransport {
    static let address = "X-Address"
    static let process = "X-Process"

    private let url: URL
    private let next = URLSessionTransport()

    init(port: Int) throws {
        LoopbackEnvironment.prepare()
        guard let url = URL(string: "http://127.0.0.1:\(port)/") else {
            throw CalendarError.invalidArgument("port", "Not part of an address.")
        }
        self.url = url
    }

    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        var request = request
        request.headers[Self.address] = request.url.absoluteString
        return try await pass(request)
    }

    /// Tells the trial what the host's user does.
    func tell(_ deed: HostDeed) async throws {
        let body = try JSONEncoder().encode(deed)
        let answer = try await pass(HTTPRequest(.post, url, operation: "tell", body: body))
        guard answer.isSuccess else { throw CalendarError(.unavailable, "The trial is over.") }
    }

    private func pass(_ request: HTTPRequest) async throws -> HTTPResponse {
        var request = request
        request.url = url
        request.headers[Self.process] = "\(ProcessInfo.processInfo.processIdentifier)"
        return try await next.send(request)
    }
}
#endif
