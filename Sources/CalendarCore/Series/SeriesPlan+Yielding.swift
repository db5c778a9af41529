extension SeriesPlan {
    /// The plan after somebody else changed the series: where both changed a field, the service's value stands.
    ///
    /// What the plan has done already stays done, so it may be carried out again from its start.
    ///
    /// - Parameters:
    ///   - master: The series as the service has it now.
    ///   - occurrence: The edited occurrence as the service has it now; nil where the edit reaches further.
    ///   - canonical: The form in which contents are compared.
    /// - Returns: The plan and the fields that gave way.
    /// - Throws: `CalendarError` when the rule that somebody else wrote cannot be cut where the plan divides.
    func yielding(
        to master: EventContent,
        occurrence: EventContent?,
        canonical: (EventContent) -> EventContent
    ) throws -> (plan: SeriesPlan, conflicts: Set<EventField>) {
        var conflicts: Set<EventField> = []
        var steps: [SeriesStep] = []
        for step in self.steps {
            switch step.action {
            case .changeOccurrence(let start, let from, let to):
                let change = Yield(from: from, to: to, current: occurrence ?? from, canonical: canonical)
                conflicts.formUnion(change.fields)
                steps.append(step.replacing(.changeOccurrence(start, from: change.from, to: change.to)))
            case .changeSeries(let from, let to):
                var change = Yield(from: from, to: to, current: master, canonical: canonical)
                if let cut, change.fields.remove(.recurrence) != nil {
                    change.to.recurrence = try PlannedSeries(master).truncated(before: cut)
                }
                conflicts.formUnion(change.fields)
                steps.append(step.replacing(.changeSeries(from: change.from, to: change.to)))
            default: steps.append(step)
            }
        }
        // The places that the plan gave to what differs are not those of a rule or time of somebody else's.
        if !conflicts.isDisjoint(with: [.time, .recurrence]) { steps.removeAll { $0.isCarrying(.original) } }
        return (replacing(steps), conflicts)
    }

    /// The plan without the following series, which somebody has deleted since it was made.
    func withoutFollowing() -> SeriesPlan {
        replacing(
            steps.filter { step in
                if case .createFollowing = step.action { return false }
                return !step.isCarrying(.following)
            }
        )
    }

    private func replacing(_ steps: [SeriesStep]) -> SeriesPlan {
        SeriesPlan(series: series, key: key, invitations: invitations, cut: cut, steps: steps, dropped: dropped)
    }
}

extension SeriesStep {
    fileprivate func replacing(_ action: Action) -> SeriesStep {
        SeriesStep(action: action, reason: reason, guestsTold: guestsTold)
    }

    fileprivate func isCarrying(_ part: Part) -> Bool {
        switch action {
        case .restoreOccurrence(_, part, _, _), .cancelOccurrence(_, part): true
        default: false
        }
    }
}

/// A change of one event, without the fields that somebody else has changed differently.
private struct Yield {
    var from: EventContent
    var to: EventContent
    /// The fields that gave way.
    var fields: Set<EventField>

    init(
        from: EventContent,
        to: EventContent,
        current: EventContent,
        canonical: (EventContent) -> EventContent
    ) {
        let (base, wanted, now) = (canonical(from), canonical(to), canonical(current))
        fields = wanted.changedFields(from: base)
            .intersection(now.changedFields(from: base))
            .intersection(wanted.changedFields(from: now))
        (self.from, self.to) = (from, to)
        for field in fields.sorted() {
            self.from.take(field, from: current)
            self.to.take(field, from: current)
        }
    }
}
