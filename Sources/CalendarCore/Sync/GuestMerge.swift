/// Two edits of an event's guests, merged: who is invited is one question, what each of them answered another; pure.
///
/// An answer is its guest's own. So a list that the host changed does not take back what guests said to the service
/// meanwhile, and an answer that came meanwhile is no conflict with an invitation.
struct GuestMerge {
    /// The guests with their answers.
    private(set) var attendees: [Attendee]
    /// Whether the service left guests out of the list that stands.
    let areIncomplete: Bool
    /// Whether both sides invited differently, or answered differently for the same guest.
    private(set) var isConflict: Bool

    /// Merges.
    ///
    /// - Parameters:
    ///   - base: What both sides last agreed on, in canonical form.
    ///   - local: The host's content.
    ///   - remote: The service's content.
    ///   - kept: The side that stands in a conflict.
    ///   - canonical: The form in which contents are compared.
    init(
        base: EventContent,
        local: EventContent,
        remote: EventContent,
        keeping kept: SyncConflict.Side,
        canonical: (EventContent) -> EventContent
    ) {
        let (agreed, own, other) = (
            base.withoutAnswers, canonical(local).withoutAnswers, canonical(remote).withoutAnswers
        )
        let hasOwnList = own.changedFields(from: agreed).contains(.attendees)
        let hasOtherList = other.changedFields(from: agreed).contains(.attendees)
        isConflict = hasOwnList && hasOtherList && own.changedFields(from: other).contains(.attendees)
        let isOwnList = hasOwnList && (!hasOtherList || kept == .local)
        let list = isOwnList ? local : remote
        (attendees, areIncomplete) = (list.attendees, list.attendeesAreIncomplete)
        for index in attendees.indices {
            let person = attendees[index].person
            let before = base.attendee(person)?.answer ?? Attendee(person).answer
            guard let mine = local.attendee(person)?.answer, let theirs = remote.attendee(person)?.answer,
                mine != theirs
            else { continue }
            let isContested = mine != before && theirs != before
            if isContested { isConflict = true }
            let isOwn = isContested ? kept == .local : mine != before
            attendees[index].answer = isOwn ? mine : theirs
        }
    }
}

extension EventContent {
    fileprivate func attendee(_ person: EventPerson) -> Attendee? {
        attendees.first { $0.person.isSamePerson(as: person) }
    }
}

extension Attendee {
    fileprivate struct Answer: Hashable {
        let response: ResponseStatus
        let comment: String?
        let additionalGuests: Int
    }

    fileprivate var answer: Answer {
        get { Answer(response: response, comment: comment, additionalGuests: additionalGuests) }
        set { (response, comment, additionalGuests) = (newValue.response, newValue.comment, newValue.additionalGuests) }
    }
}
