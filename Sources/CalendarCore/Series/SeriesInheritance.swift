import Foundation

/// What occurrences that differ take over when their series changes: all that they had in common with it; pure.
///
/// An occurrence that differs is stored with its whole content, but only the difference is its own. A service treats its
/// exceptions the same way and tells of them; so this is for those that it does not hold yet, for what waits to be sent of
/// them, and for what the host shows until the service has told.
struct SeriesInheritance {
    private let before: EventContent
    private let after: EventContent
    private let fields: Set<EventField>

    /// Looks at a change of a series; when it takes place is nothing that its occurrences have in common.
    ///
    /// - Parameters:
    ///   - before: What the series said.
    ///   - after: What it says now.
    init(from before: EventContent, to after: EventContent) {
        (self.before, self.after) = (before, after)
        fields = after.changedFields(from: before).subtracting([.time, .recurrence])
    }

    /// The content of an occurrence after the change.
    ///
    /// - Parameters:
    ///   - content: The content before it.
    ///   - own: Fields that were changed on purpose, though they may say the same.
    /// - Returns: The content with what it had in common with the series.
    func applied(to content: EventContent, besides own: Set<EventField> = []) -> EventContent {
        guard content.status != .cancelled else { return content }
        let kept = content.changedFields(from: before).union(own)
        var inheriting = content
        for field in fields.subtracting(kept).sorted() { inheriting.take(field, from: after) }
        return inheriting
    }

    /// An unsent edit of an occurrence after the change: it still changes what it changed, and nothing else.
    func applied(to operation: OutboxOperation) -> OutboxOperation {
        guard operation.action == .series || operation.action == .update, !operation.isCopy else { return operation }
        var inheriting = operation
        inheriting.content = applied(to: operation.content, besides: operation.ownFields)
        if case .update(let from, let to) = operation.series?.change {
            inheriting.series?.change = .update(
                from: applied(to: from),
                to: applied(to: to, besides: operation.ownFields)
            )
        }
        return inheriting
    }

    /// Exceptions of the series after the change, and the unsent edits of them; only those that it changes.
    ///
    /// - Parameters:
    ///   - exceptions: Records of occurrences that differ.
    ///   - operations: What waits to be sent, of them and of others.
    ///   - now: The instant of the change.
    /// - Returns: What is to be stored.
    func applied(
        to exceptions: [EventRecord],
        _ operations: some Collection<OutboxOperation>,
        at now: Date
    ) -> (records: [EventRecord], operations: [OutboxOperation]) {
        guard !fields.isEmpty else { return ([], []) }
        var records: [EventRecord] = []
        var edits: [OutboxOperation] = []
        for exception in exceptions {
            let pending = operations.filter { $0.record == exception.id && $0.isPending }.oldestFirst()
            let own = pending.reduce(into: Set<EventField>()) { $0.formUnion($1.ownFields) }
            var inheriting = exception
            inheriting.content = applied(to: exception.content, besides: own)
            if inheriting != exception {
                inheriting.updatedAt = now
                records.append(inheriting)
            }
            edits += pending.map { applied(to: $0) }.filter { edit in !pending.contains(edit) }
        }
        return (records, edits)
    }
}

extension EventContent {
    /// An exception of a service with what it will take over from its series.
    ///
    /// - Parameters:
    ///   - series: What the series will say.
    ///   - base: What it says in the service, in canonical form.
    ///   - canonical: The form in which contents are compared.
    /// - Returns: The content.
    func anticipating(
        _ series: EventContent,
        insteadOf base: EventContent,
        canonical: (EventContent) -> EventContent
    ) -> EventContent {
        let own = canonical(self).changedFields(from: base)
        var anticipating = self
        for field in canonical(series).changedFields(from: base).subtracting(own).sorted()
        where field != .time && field != .recurrence {
            anticipating.take(field, from: series)
        }
        return anticipating
    }

    /// An edit of an exception without what it only takes over from its series.
    ///
    /// - Parameters:
    ///   - anticipated: The exception with what it will take over.
    ///   - base: What it says in the service.
    ///   - canonical: The form in which contents are compared.
    /// - Returns: The content.
    func leavingOut(
        inherited anticipated: EventContent,
        insteadOf base: EventContent,
        canonical: (EventContent) -> EventContent
    ) -> EventContent {
        let inherited = canonical(anticipated).changedFields(from: canonical(base))
        let own = canonical(self).changedFields(from: canonical(anticipated))
        var edit = self
        for field in inherited.subtracting(own).sorted() { edit.take(field, from: base) }
        return edit
    }
}

extension OutboxOperation {
    /// The fields that an edit of an occurrence changes on purpose; none of other writes, which do not say.
    fileprivate var ownFields: Set<EventField> {
        guard let series, series.scope == .this, case .update(let from, let to) = series.change else { return [] }
        return to.changedFields(from: from)
    }

    /// Whether the operation changes what a record says.
    func changes(_ id: RecordID) -> Bool {
        guard let series, series.series == id, record != id else { return record == id }
        return series.scope != .this
    }
}
