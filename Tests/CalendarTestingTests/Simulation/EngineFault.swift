/// A mistake that a sync engine or a store could make; the simulation has to notice every one.
enum EngineFault: String, CaseIterable, Sendable {
    /// The cursor of a page is stored and its changes are not.
    case cursorBeforePage
    /// A create whose reply was lost is sent again under another key.
    case blindRetry
    /// A full round sweeps nothing.
    case noSweep
    /// What the feed says was deleted is passed over.
    case deafToDeletions
    /// Deleted occurrences are passed over.
    case deafToOccurrences
    /// An expired feed is taken for an empty one.
    case expiryIsEmpty
    /// Every fourth page is lost.
    case skippedPage
    /// What the service answered to a write is not kept as base.
    case forgottenBase
    /// A write that was sent stays in the outbox.
    case unsettledWrites
    /// Some edits of the host are stored without the intent to send them.
    case unjournalledEdits
    /// Guests get mail about writes that were meant to be silent.
    case chattyWrites
    /// Guests are not told although a call asked for it.
    case mutedInvitations
    /// Copies carry the guests of their event.
    case crowdedCopies
    /// Copies are not told of edits.
    case uninformedCopies
    /// Copies stay when their event goes.
    case orphanedCopies
    /// An operation is overwritten without a look at its revision.
    case blindOverwrite
}
