/// What becomes of a deletion in the host whose event has a newer version in the service: the organizer's deletion wins,
/// else the edit wins; pure.
enum DeletionVerdict: Hashable, Sendable {
    /// Nobody changed what the event says: only its version moved, guests answered, or the host's own last edit arrived.
    case unchanged
    /// Somebody changed it, and the host's account called the meeting, or there is nobody else: it is deleted.
    case deletionStands
    /// Somebody changed it, and the host's account is only a guest: it comes back.
    case editStands

    /// Decides.
    ///
    /// - Parameters:
    ///   - operation: The deletion, with what the host's event said last.
    ///   - link: The tie to the event, with what both sides last agreed on.
    ///   - event: What the service has now.
    ///   - canonical: The form in which contents are compared.
    init(
        _ operation: OutboxOperation,
        _ link: EventLink,
        _ event: RemoteEvent,
        canonical: (EventContent) -> EventContent
    ) {
        let now = canonical(event.content).withoutAnswers
        let own = canonical(operation.content).withoutAnswers
        let changed = link.base.map { now.changedFields(from: $0.withoutAnswers) } ?? []
        if changed.isDisjoint(with: now.changedFields(from: own)) {
            self = .unchanged
        } else {
            self = event.isOrganizer || event.content.attendees.isEmpty ? .deletionStands : .editStands
        }
    }
}

extension EventContent {
    /// The content as if no guest had answered.
    var withoutAnswers: EventContent {
        var content = self
        for index in content.attendees.indices {
            content.attendees[index].response = .needsAction
            content.attendees[index].comment = nil
            content.attendees[index].additionalGuests = 0
        }
        return content
    }
}
