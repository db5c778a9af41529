extension EventContent {
    /// Takes over what a service made different between what it was sent and what it has now.
    ///
    /// Fields that were edited here since the sending stay, and so does what the service cannot hold: only differences
    /// between canonical forms count.
    ///
    /// - Parameters:
    ///   - sent: What the service was sent.
    ///   - answer: What it has now.
    ///   - canonical: The form in which contents are compared.
    mutating func rebase(
        from sent: EventContent,
        onto answer: EventContent,
        canonical: (EventContent) -> EventContent
    ) {
        let base = canonical(sent)
        let edited = self == sent ? [] : canonical(self).changedFields(from: base)
        for field in canonical(answer).changedFields(from: base).sorted() {
            if !edited.contains(field) {
                take(field, from: answer)
            } else if field == .attendees {
                let guests = GuestMerge(base: base, local: self, remote: answer, keeping: .local, canonical: canonical)
                (attendees, attendeesAreIncomplete) = (guests.attendees, guests.areIncomplete)
            }
        }
    }

    /// Takes over what another content says differently, except for some fields.
    mutating func take(from other: EventContent, besides kept: Set<EventField>) {
        for field in other.changedFields(from: self).subtracting(kept).sorted() { take(field, from: other) }
    }
}
