import Foundation

/// What a sync would write to the services, before anything is sent (requirements F-08 and F-09).
///
/// A plan is a value: a host can show it, count its mail and refuse it. It holds for the moment at which it was made.
public struct SyncPlan: Hashable, Sendable, CustomStringConvertible {
    /// One write.
    public struct Step: Hashable, Sendable, CustomStringConvertible {
        /// Why the write is there, and what holds it up.
        public enum Reason: String, Hashable, Sendable {
            /// The host changed the event, and the service does not have it yet.
            case localEdit
            /// The event changed in another place, and its copy here follows.
            case copy
            /// It was sent before and no answer came: the service is asked first whether it has it.
            case unknownOutcome
            /// An earlier try failed, and its time has not come.
            case waiting
            /// The service takes no writes of the account for now.
            case writesPaused
            /// The calendar's listing has to be confirmed first.
            case quarantine
        }

        /// The calendar that is written to.
        public let calendar: CalendarID
        /// The host's event.
        public let record: RecordID
        /// What is done.
        public let action: OutboxOperation.Action
        /// The fields that are sent; empty for a delete.
        public let fields: [EventField]
        /// How many people get mail because of it, at most: some services tell only those whom a change concerns.
        public let invitations: Int
        /// Why it is there.
        public let reason: Reason
        /// Whether the next sync sends it; the others wait for what ``reason`` says.
        public var isDue: Bool { reason == .localEdit || reason == .copy || reason == .unknownOutcome }

        /// A line such as `update of title, location: 3 mails (localEdit)`.
        public var description: String {
            let names = fields.map(\.rawValue).joined(separator: ", ")
            let what = names.isEmpty || action == .create ? action.rawValue : "\(action.rawValue) of \(names)"
            return "\(what): \(invitations) mails (\(reason.rawValue))"
        }
    }

    /// The writes, per calendar in the order in which they are sent.
    public let steps: [Step]

    /// Creates a plan.
    public init(steps: [Step]) {
        self.steps = steps
    }

    /// How many events are created by the next sync.
    public var creates: Int { count(.create) }
    /// How many events are changed by the next sync; an edit of a series or an occurrence counts as one.
    public var updates: Int { count(.update) + count(.series) }
    /// How many events are deleted by the next sync.
    public var deletes: Int { count(.delete) }
    /// How many people get mail because of the next sync, at most.
    public var invitations: Int { steps.filter(\.isDue).reduce(0) { $0 + $1.invitations } }

    private func count(_ action: OutboxOperation.Action) -> Int {
        steps.count { $0.action == action && $0.isDue }
    }

    /// What it does in one line, then a line per step, without titles or addresses.
    public var description: String {
        let held = steps.count { !$0.isDue }
        let summary =
            "creates \(creates), changes \(updates), deletes \(deletes), sends \(invitations) mails"
            + (held == 0 ? "" : ", \(held) held up")
        return ([summary] + steps.map { "- \($0)" }).joined(separator: "\n")
    }
}

/// Decides what a plan says about the outbox of one calendar; pure.
struct SyncPlanReader {
    let mailControl: ProviderDescriptor.MailControl
    let canonical: (EventContent) -> EventContent
    let now: Date
    let writesPausedUntil: Date?
    let isInQuarantine: Bool

    /// The step that an operation is.
    func step(_ operation: OutboxOperation, link: EventLink?, series: StoredSeries? = nil) -> SyncPlan.Step {
        var fields: [EventField] = []
        switch operation.action {
        case .create: fields = changed(operation.content, from: nil)
        case .update: fields = changed(operation.content, from: link?.base)
        case .delete: break
        case .series: fields = operation.series?.fields ?? []
        }
        return SyncPlan.Step(
            calendar: operation.calendar.calendar,
            record: operation.record,
            action: operation.action,
            fields: fields,
            invitations: mails(of: operation, series) ?? mails(of: operation, base: link?.base),
            reason: reason(of: operation)
        )
    }

    private func changed(_ content: EventContent, from base: EventContent?) -> [EventField] {
        let blank = EventContent(title: nil, start: content.start, end: content.end)
        return canonical(content).changedFields(from: base ?? canonical(blank)).sorted()
    }

    /// What the steps of an edit of a series cause; nil for other writes, and where they cannot be known yet.
    private func mails(of operation: OutboxOperation, _ series: StoredSeries?) -> Int? {
        guard let intent = operation.series, let state = series?.agreedState(for: intent) else { return nil }
        let told = operation.invitations == .notifyGuests || mailControl == .always
        let edit = SeriesEdit(
            OccurrenceKey(series: state.master.id, originalStart: intent.originalStart),
            scope: intent.scope,
            intent.change,
            key: operation.id,
            invitations: told ? .notifyGuests : .silent
        )
        return (try? edit.plan(for: state))?.guestsTold
    }

    /// Guests before and after: one who is taken off the list is told too.
    private func mails(of operation: OutboxOperation, base: EventContent?) -> Int {
        guard !operation.isCopy, operation.invitations == .notifyGuests || mailControl == .always else { return 0 }
        let people = operation.content.attendees + (base?.attendees ?? [])
        return Set(people.filter { !$0.isSelf }.map { $0.person.address.lowercased() }).count
    }

    private func reason(of operation: OutboxOperation) -> SyncPlan.Step.Reason {
        if isInQuarantine { return .quarantine }
        if let until = writesPausedUntil, until > now { return .writesPaused }
        if operation.notBefore > now { return .waiting }
        guard operation.state == .queued else { return .unknownOutcome }
        return operation.isCopy ? .copy : .localEdit
    }
}

extension SeriesIntent {
    /// The fields that the edit changes; none where it cancels.
    fileprivate var fields: [EventField] {
        guard case .update(let from, let to) = change else { return [] }
        return to.changedFields(from: from).sorted()
    }
}
