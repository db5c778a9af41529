import CalendarCore
import Foundation

extension CalendarProviderConformance {
    static let meetings: [Check] = [
        Check(
            skippable:
                "no mail is sent without being asked for: guests are written silently, or the call is refused (R-08)"
        ) {
            subject,
            promise in
            guard subject.keepsGuests else { return .skipped("the provider keeps no guests") }
            var content = subject.content("Silent", hour: 26)
            content.attendees = [Attendee("guest@example.com")]
            let before = try await subject.mailCount?()
            switch subject.provider.descriptor.mailControl {
            case .perWrite:
                let created = try await subject.create(content, key: 1)
                try promise.equal(created.content.attendees.count, 1, "the number of guests")
                let updated = try await subject.update(created, etag: created.etag) { $0.title = "Still silent" }
                try await subject.delete(updated, etag: updated.etag)
            case .always:
                try await promise.fails(with: .unsupported, "a silent create with guests") {
                    try await subject.create(content, key: 1)
                }
                try promise.equal(try await subject.fullRound().changes.count, 0, "the number of changes")
            }
            try promise.equal(try await subject.mailCount?(), before, "the number of mails")
            return .passed
        },
        Check(skippable: "a silent change or deletion of a meeting is silent, or refused (R-08)") { subject, promise in
            guard subject.keepsGuests else { return .skipped("the provider keeps no guests") }
            var content = subject.content("Silent", hour: 26)
            content.attendees = [Attendee("guest@example.com")]
            let created = try await subject.create(content, key: 1, .notifyGuests)
            let before = try await subject.mailCount?()
            if subject.provider.descriptor.mailControl == .always {
                try await promise.fails(with: .unsupported, "a silent change") {
                    try await subject.update(created, etag: created.etag) { $0.title = "Changed" }
                }
                try await promise.fails(with: .unsupported, "a silent deletion") {
                    try await subject.delete(created, etag: created.etag)
                }
                try promise.equal(try await subject.read(created.id).content.title, "Silent", "the title")
            } else {
                let updated = try await subject.update(created, etag: created.etag) { $0.title = "Changed" }
                try await subject.delete(updated, etag: updated.etag)
            }
            try promise.equal(try await subject.mailCount?(), before, "the number of mails")
            return .passed
        },
        Check(skippable: "guests are told when a write says so (R-08)") { subject, promise in
            guard subject.keepsGuests else { return .skipped("the provider keeps no guests") }
            guard let mailCount = subject.mailCount else { return .skipped("mail cannot be counted") }
            var content = subject.content("Loud", hour: 26)
            content.attendees = [Attendee("guest@example.com"), Attendee("other@example.com")]
            let before = try await mailCount()
            let created = try await subject.create(content, key: 1, .notifyGuests)
            try promise.equal(try await mailCount(), before + 2, "the number of mails after inviting two guests")
            try await subject.delete(created, etag: created.etag, .notifyGuests)
            try promise.equal(try await mailCount(), before + 4, "the number of mails after cancelling")
            return .passed
        },
        Check(skippable: "guests keep their part and their names") { subject, promise in
            guard subject.keepsGuests else { return .skipped("the provider keeps no guests") }
            var content = subject.content("Parts", hour: 26)
            content.attendees = [
                Attendee(EventPerson("must@example.com", name: "Must")),
                Attendee(EventPerson("may@example.com", name: "May"), role: .optional),
            ]
            let created = try await subject.create(content, key: 1, subject.mail)
            let guests = try await subject.read(created.id).content.attendees.filter { !$0.isSelf }
            let found = guests.map { [$0.person.address, $0.role.rawValue] }
            let expected = [["must@example.com", "required"], ["may@example.com", "optional"]]
            try promise.equal(Set(found), Set(expected), "the guests and their parts")
            return .passed
        },
        Check(skippable: "guests' answers survive a change of something else, and a guest more (R-02, R-29)") {
            subject,
            promise in
            guard subject.keepsGuests else { return .skipped("the provider keeps no guests") }
            guard let guest = subject.guest else { return .skipped("nobody can be invited") }
            var content = subject.content("Meeting", hour: 26)
            content.attendees = [Attendee(EventPerson(guest.address))]
            let created = try await subject.create(content, key: 1, .notifyGuests)
            try await guest.accept(created)
            let answered = try await subject.read(created.id)
            try promise.equal(subject.answer(of: guest, to: answered), .accepted, "the answer")
            let renamed = try await subject.update(created, etag: nil, .notifyGuests) { $0.title = "Renamed" }
            try promise.equal(subject.answer(of: guest, to: renamed), .accepted, "the answer after another title")
            let larger = try await subject.update(renamed, etag: renamed.etag, .notifyGuests) { content in
                content.attendees.append(Attendee("second@example.com"))
            }
            try promise.equal(subject.answer(of: guest, to: larger), .accepted, "the answer after one more guest")
            try promise.equal(larger.content.attendees.filter { !$0.isSelf }.count, 2, "the number of guests")
            return .passed
        },
    ]

    static let invitations: [Check] = [
        Check(skippable: "an answer to an invitation is the account's own, and reads back (M-44)") { subject, promise in
            guard subject.can(.respond) else { return .skipped("the provider takes no answers") }
            guard let invite = subject.invitation else { return .skipped("nobody invites the account") }
            let id = try await invite()
            let before = try await subject.read(id)
            for answer in [ResponseStatus.tentative, .accepted] {
                let current = try await subject.read(id)
                let answered = try await subject.respond(to: current, answer, etag: current.etag)
                try promise.equal(answered.content.attendees.first(where: \.isSelf)?.response, answer, "the answer")
            }
            let after = try await subject.read(id)
            try promise.equal(after.content.attendees.first(where: \.isSelf)?.response, .accepted, "the answer read")
            let others = { (event: RemoteEvent) in event.content.attendees.filter { !$0.isSelf } }
            try promise.equal(others(after), others(before), "the other guests")
            try promise.equal(after.content.title, before.content.title, "the title")
            // Some services take a declined event out of the calendar, so it is not read again.
            let declined = try await subject.respond(to: after, .declined, etag: after.etag)
            try promise.equal(declined.content.attendees.first(where: \.isSelf)?.response, .declined, "the last answer")
            return .passed
        },
        Check(skippable: "a silent answer sends no mail (R-08)") { subject, promise in
            guard subject.can(.respond) else { return .skipped("the provider takes no answers") }
            guard let invite = subject.invitation else { return .skipped("nobody invites the account") }
            guard let mailCount = subject.mailCount else { return .skipped("mail cannot be counted") }
            let event = try await subject.read(try await invite())
            let before = try await mailCount()
            let response = try InvitationResponse(to: event.id, .accepted, invitations: .silent)
            _ = try await subject.provider.respond(response, in: subject.calendar, session: subject.session)
            try promise.equal(try await mailCount(), before, "the number of mails")
            return .passed
        },
        Check(skippable: "who is not invited is rejected, an older etag is a conflict, and what is gone is notFound") {
            subject,
            promise in
            guard subject.can(.respond) else { return .skipped("the provider takes no answers") }
            let own = try await subject.create(subject.content("Own", hour: 26), key: 1)
            try await promise.fails(with: .rejected, "answering one's own event") {
                try await subject.respond(to: own, .accepted, etag: own.etag)
            }
            try await subject.delete(own, etag: nil)
            try await promise.fails(with: .notFound, "answering what is gone") {
                try await subject.respond(to: own, .accepted, etag: nil)
            }
            guard let invite = subject.invitation else { return .passed }
            let invited = try await subject.read(try await invite())
            _ = try await subject.respond(to: invited, .tentative, etag: invited.etag)
            try await promise.fails(with: .conflict, "answering on an older etag") {
                try await subject.respond(to: invited, .declined, etag: invited.etag)
            }
            return .passed
        },
    ]

    static let moves: [Check] = [
        Check(skippable: "an event moves into another calendar, once, and both feeds tell it") { subject, promise in
            guard subject.can(.moveEvents) else { return .skipped("the provider does not move events") }
            guard let make = subject.makeCalendar else { return .skipped("no calendar can be made") }
            let destination = try await make()
            let created = try await subject.create(subject.content("Moving", hour: 26), key: 1)
            let left = try await subject.fullRound()
            let entered = try await subject.fullRound(in: destination)
            let moved = try await subject.move(created, to: destination, etag: created.etag)
            try promise.equal(subject.canonical(moved), subject.canonical(created), "the content")
            let read = try await subject.read(moved.id, in: destination)
            try promise.equal(read.content.title, "Moving", "the title read there")
            try await promise.fails(with: .notFound, "reading it where it was") { try await subject.read(created.id) }
            let again = try await subject.move(created, to: destination, etag: nil)
            try promise.equal(again.id, moved.id, "the id after moving again")
            let gone = try await subject.round(from: .cursor(left.cursor)).changes
            try promise.equal(gone.removed, [created.id], "the events gone from one calendar")
            let told = try await subject.round(from: .cursor(entered.cursor), in: destination).changes
            try promise.equal(told.upserted.map(\.id), [moved.id], "the events new in the other")
            return .passed
        },
        Check(skippable: "a move on an older etag is a conflict, and of what is gone notFound") { subject, promise in
            guard subject.can(.moveEvents) else { return .skipped("the provider does not move events") }
            guard let make = subject.makeCalendar else { return .skipped("no calendar can be made") }
            let destination = try await make()
            let created = try await subject.create(subject.content("Staying", hour: 26), key: 1)
            _ = try await subject.update(created, etag: created.etag) { $0.title = "Changed" }
            try await promise.fails(with: .conflict, "a move on the older etag") {
                try await subject.move(created, to: destination, etag: created.etag)
            }
            try promise.equal(try await subject.read(created.id).content.title, "Changed", "the event where it was")
            try await subject.delete(created, etag: nil)
            try await promise.fails(with: .notFound, "moving what is gone") {
                try await subject.move(created, to: destination, etag: nil)
            }
            return .passed
        },
    ]
}

extension ProviderUnderTest {
    /// Whether the provider declares no loss of guests.
    fileprivate var keepsGuests: Bool {
        var content = content("Meeting", hour: 26)
        content.attendees = [Attendee("guest@example.com")]
        return !provider.losses(writing: content).contains { $0.field == .attendees }
    }

    fileprivate func answer(of guest: Guest, to event: RemoteEvent) -> ResponseStatus? {
        event.content.attendees.first { $0.person.isSamePerson(as: EventPerson(guest.address)) }?.response
    }

    fileprivate func respond(to event: RemoteEvent, _ answer: ResponseStatus, etag: String?) async throws -> RemoteEvent
    {
        let response = try InvitationResponse(to: event.id, etag: etag, answer, invitations: mail)
        return try await provider.respond(response, in: calendar, session: session)
    }

    fileprivate func move(_ event: RemoteEvent, to destination: CalendarID, etag: String?) async throws -> RemoteEvent {
        let move = EventMove(event.id, etag: etag, to: destination, invitations: mail)
        return try await provider.move(move, from: calendar, session: session)
    }
}
