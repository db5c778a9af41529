import CalendarCore
import Foundation
internal import Synchronization

/// One run in progress: two services, the host's storage, the process of the moment and the ledger.
final class SimulatedWorld: Sendable {
    static let tenant: TenantID = "acme"
    static let epoch = Date(timeIntervalSince1970: 1_773_651_600)

    let plan: SimulationPlan
    let host: SimulatedHost
    let clock: ManualClock
    let steps: SimulationSteps
    let sides: [ProviderID: any SimulatedSide]
    let crypto = TransparentCryptoSuite(seed: 7)
    let ledger = Mutex(SimulationLedger())
    let weather: SimulatedWeather

    init(_ plan: SimulationPlan, host: SimulatedHost) {
        self.plan = plan
        self.host = host
        clock = ManualClock(now: Self.epoch)
        steps = SimulationSteps(crashes: plan.crashes)
        weather = SimulatedWeather(plan.faults)
        let google = GoogleCalendarSimulator(clock: clock, crypto: crypto, seed: plan.seed)
        let microsoft = MicrosoftGraphSimulator(clock: clock, crypto: crypto, seed: plan.seed)
        google.addAccount(Self.address, name: "Ada", zone: SimulatedShape.zone)
        microsoft.addAccount(Self.address, name: "Ada", zone: SimulatedShape.zone)
        // Short and empty pages are as usual as long ones.
        google.pageSize = [nil, 2, 3][Int(plan.seed % 3)]
        microsoft.pageSize = [3, nil, 2][Int(plan.seed / 3 % 3)]
        google.emptyPageEvery = plan.seed % 4 == 1 ? 3 : nil
        microsoft.emptyPageEvery = plan.seed % 4 == 2 ? 3 : nil
        sides = ["google": google, "microsoft": microsoft]
    }

    static let address = "ada@example.com"
    static let principal = Principal(tenant: tenant, user: "ada", permissions: .all)

    /// The services in the order of their ids.
    var services: [ProviderID] { sides.keys.sorted() }

    func side(_ service: ProviderID) -> any SimulatedSide {
        sides[service] ?? GoogleCalendarSimulator(clock: clock, crypto: crypto)
    }

    /// Starts a process on stored data, which is the host's unless other is given.
    ///
    /// `life` counts the processes; each has a schedule and random numbers of its own.
    func startProcess(life: Int, storage: CalendarStorage? = nil) throws -> SimulatedProcess {
        let seed = plan.seed &* 1000 &+ UInt64(life)
        let executor = SeededExecutor(seed: seed)
        let isHost = storage == nil
        let opened = try storage ?? host.openStorage()
        var registrations: [ProviderRegistration] = []
        for service in services {
            let side = side(service)
            let wire = SimulatedWire(side, name: service.rawValue, steps: steps, weather: weather) { number in
                self.performMeanwhile(number)
            }
            let endpoint = SimulatedHost.Endpoint(
                provider: service,
                client: side.client,
                transport: isHost ? wire : side
            )
            registrations.append(try host.register(endpoint))
        }
        let service = CalendarService(
            providers: registrations,
            storage: isHost ? CalendarStorage(SimulatedDisk(storage: opened, steps: steps)) : opened,
            crypto: crypto,
            conflicts: plan.conflicts,
            clock: clock,
            random: .seeded(seed),
            tasks: TaskOwner(executor: executor)
        )
        return SimulatedProcess(executor: executor, clock: clock, service: service)
    }
}

extension SimulatedWorld {
    /// Carries out what a person does just before the request of a number.
    private func performMeanwhile(_ number: Int) {
        guard let action = plan.meanwhile[number] else { return }
        steps.note("meanwhile \(action)")
        performRemotely(action)
    }

    /// Carries out what a person does in a service's app; an action whose object is not there does nothing.
    func performRemotely(_ action: SimulationAction) {
        let side = side(action.service)
        let earlier = side.mail.count
        defer {
            let caused = side.mail.count - earlier
            ledger.withLock { $0.mail[action.service, default: 0] += caused }
        }
        switch action.kind {
        case .remoteCreate: createRemotely(action, side)
        case .remoteEdit, .remoteDelete: changeRemotely(action, side)
        case .remoteCancelOccurrence, .remoteMoveOccurrence: changeOccurrence(action, side)
        case .expireFeeds: side.expireSyncTokens()
        case .expireTokens: side.expireAccessTokens()
        default: break
        }
    }

    private func createRemotely(_ action: SimulationAction, _ side: any SimulatedSide) {
        let marker = ledger.withLock { "m\($0.next())" }
        guard let shape = SimulatedShape.event(marker, variant: action.variant) else { return }
        var entry = SimulationLedger.Entry(
            service: action.service,
            isSeries: shape.isSeries,
            start: shape.start,
            existence: .certain
        )
        entry.isConfirmed = true
        entry.remote[.title] = shape.content.title
        entry.remote[.time] = SimulatedShape.text(shape.content.start)
        ledger.withLock { $0.add(marker, entry) }
        _ = side.add(shape.content, to: Self.address, calendar: nil)
    }

    /// The events that a person can see and that a run knows, in the order they were made.
    func visible(on side: any SimulatedSide) -> [(marker: String, event: SimulatedEvent)] {
        side.events(of: Self.address, calendar: nil).compactMap { event in
            guard !event.isException, !event.isCancelled, let marker = SimulationLedger.marker(in: event.title)
            else { return nil }
            return (marker, event)
        }
    }

    private func changeRemotely(_ action: SimulationAction, _ side: any SimulatedSide) {
        let visible = visible(on: side)
        guard !visible.isEmpty else { return }
        let (marker, event) = visible[action.pick % visible.count]
        guard let entry = ledger.withLock({ $0.entries[marker] }) else { return }
        if action.kind == .remoteDelete {
            side.remove(event.id, of: Self.address, calendar: nil)
            // Graph forgets the key of a deleted event: a creation whose answer was lost is then made once more.
            let isForgotten = action.service == "microsoft" && !entry.isConfirmed
            ledger.withLock { $0.update(marker) { $0.existence = isForgotten ? .possible : .deleted } }
            return
        }
        let number = ledger.withLock { $0.next() }
        let edit = SimulatedShape.edit(marker, number: number, variant: action.variant, of: entry)
        side.change(event.id, of: Self.address, calendar: nil, edit.change)
        ledger.withLock { $0.update(marker) { $0.remote[edit.field] = edit.value } }
    }

    private func changeOccurrence(_ action: SimulationAction, _ side: any SimulatedSide) {
        let series = visible(on: side).filter(\.event.isSeries)
        guard !series.isEmpty else { return }
        let (marker, event) = series[action.pick % series.count]
        guard let entry = ledger.withLock({ $0.entries[marker] }) else { return }
        let index = action.variant % SimulatedShape.occurrences
        guard !entry.cancelled.contains(index), entry.mayLose([index]) else { return }
        let original = EventTime.zoned(entry.start.adding(days: index), SimulatedShape.zone)
        if action.kind == .remoteCancelOccurrence {
            side.cancelOccurrence(of: event.id, startingAt: original, of: Self.address, calendar: nil)
            ledger.withLock { $0.update(marker) { $0.cancelled.insert(index) } }
        } else {
            let shift = Double(1 + action.variant / 5 % 8) * 900
            side.changeOccurrence(of: event.id, startingAt: original, of: Self.address, calendar: nil) {
                $0.start = original.advanced(bySeconds: shift)
                $0.end = original.advanced(bySeconds: shift + 1800)
            }
        }
    }
}
