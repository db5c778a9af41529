import CalendarCore
import CalendarTesting
import Testing

extension BrokenProvider {
    /// One broken promise, and how the check begins that has to notice; a fault stands once for each such check.
    enum Fault: CaseIterable {
        case primaryAlias, forgetsNewCalendars, hidesCapability
        case forgetsKeys, findsNothing, hidesUnknownOutcome, ignoresEtags, failsOnGone, replacesWhole, keepsEmptied
        case inclusiveDays, timesInUTC, losesMarks, restlessForm
        case onePageOnly, hidesRemovals, otherEtagInFeed, removesOutsideWindow, swallowsExpiry, swallowsExpiryInRound
        case failsOnBadEvent
        case mastersAreSingle, descendingOccurrences, occurrencesByElapsedTime, occurrencesThatStartInside, emptySeries
        case occurrenceAnywhere, keyIsNewStart, hidesCancellations
        case mailAlways, mailNever, losesParts, losesAnswers, answersForOthers, answersUninvited, copiesInstead
        case otherSecret, dropsSecret, renewsNothing, leavesChannelsOpen, readsAnything
        case unknownIsFree, unsortedBusyTime

        /// The beginnings of the sentences of the checks that fail.
        var noticedBy: [String] {
            switch self {
            case .primaryAlias: ["one calendar is the primary one"]
            case .forgetsNewCalendars: ["a calendar that is new"]
            case .hidesCapability: ["what the descriptor does not offer"]
            case .forgetsKeys:
                ["creating again with the same key", "creating twice at once", "a created event is found"]
            case .findsNothing: ["a created event is found", "a create without reply"]
            case .hidesUnknownOutcome: ["a create without reply"]
            case .ignoresEtags:
                ["an update or deletion on an older etag", "a move on an older etag", "who is not invited is rejected"]
            case .failsOnGone: ["deleting what is gone succeeds"]
            case .replacesWhole: ["an update leaves alone what it does not change", "guests' answers survive"]
            case .keepsEmptied: ["an update takes away what it empties"]
            case .inclusiveDays: ["all-day events keep their days", "an all-day event becomes one with times"]
            case .timesInUTC: ["times keep the clock", "an event over midnight"]
            case .losesMarks: ["the host's marks stay", "an event with the host's marks reads"]
            case .restlessForm: ["a text has a canonical form", "a weekly series has a canonical form"]
            case .onePageOnly: ["a full round lists every event", "what changes during a round"]
            case .hidesRemovals: ["a later round tells", "deleting a master", "an event moves into another calendar"]
            case .otherEtagInFeed: ["the feed tells an event as its write answered it"]
            case .removesOutsideWindow: ["an event that leaves the window"]
            case .swallowsExpiry: ["a void position", "a void cursor of the list"]
            case .swallowsExpiryInRound: ["a position that becomes void in the middle"]
            case .failsOnBadEvent: ["an event that cannot be read"]
            case .mastersAreSingle: ["a series is a master", "a single event becomes a series"]
            case .descendingOccurrences, .occurrencesByElapsedTime: ["occurrences keep the clock"]
            case .occurrencesThatStartInside: ["the occurrences of a window"]
            case .emptySeries: ["the occurrences of what is no series"]
            case .occurrenceAnywhere: ["an occurrence is found by its original start"]
            case .keyIsNewStart: ["a change of one occurrence"]
            case .hidesCancellations: ["deleting an occurrence by its id", "a changed occurrence that is deleted"]
            case .mailAlways:
                ["no mail is sent without", "a silent change or deletion", "a silent answer sends no mail"]
            case .mailNever: ["guests are told"]
            case .losesParts: ["guests keep their part"]
            case .losesAnswers: ["guests' answers survive"]
            case .answersForOthers: ["an answer to an invitation is the account's own"]
            case .answersUninvited: ["who is not invited is rejected"]
            case .copiesInstead: ["an event moves into another calendar"]
            case .otherSecret: ["a channel has its calendar"]
            case .dropsSecret: ["a change is reported on the channel"]
            case .renewsNothing: ["a renewed channel"]
            case .leavesChannelsOpen: ["a closed channel"]
            case .readsAnything: ["a request that is none of the service's"]
            case .unknownIsFree: ["a busy event is busy time"]
            case .unsortedBusyTime: ["each occurrence of a series is busy time"]
            }
        }
    }
}

@Suite("CalendarProvider promises can be seen broken")
struct ConformanceMutationTests {
    @Test(
        "the right checks fail on a provider that breaks one promise (F-03)",
        arguments: BrokenProvider.Fault.allCases
    )
    func noticed(_ fault: BrokenProvider.Fault) async throws {
        for beginning in fault.noticedBy {
            let check = try #require(
                CalendarProviderConformance.all.first { $0.promise.hasPrefix(beginning) },
                "no check begins with “\(beginning)”"
            )
            var failure: (any Error)?
            do {
                try await check.run { ProviderSubjects.inMemory { BrokenProvider($0, fault) } }
            } catch {
                failure = error
            }
            #expect(failure is PromiseBroken || failure is CalendarError, "\(beginning): \(fault) passes")
        }
    }

    @Test("the wrapper itself breaks nothing", arguments: CalendarProviderConformance.all)
    func wrapper(_ check: CalendarProviderConformance.Check) async throws {
        let fault: BrokenProvider.Fault = check.promise.contains("mail") ? .readsAnything : .mailNever
        let noticed = fault.noticedBy.contains { check.promise.hasPrefix($0) }
        guard !noticed else { return }
        #expect(try await check.run { ProviderSubjects.inMemory { BrokenProvider($0, fault) } } == .passed)
    }
}
