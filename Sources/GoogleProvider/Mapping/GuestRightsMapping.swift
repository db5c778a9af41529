import CalendarCore

/// `guestsCanModify`, `guestsCanInviteOthers` and `guestsCanSeeOtherGuests`; absent means false, true and true.
enum GuestRightsMapping: FieldMapping {
    static let field = EventField.guestRights

    static func read(_ row: JSONRow, into content: inout EventContent) {
        let usual = GuestRights()
        content.guestRights = GuestRights(
            mayModify: row["guestsCanModify"]?.bool ?? usual.mayModify,
            mayInviteOthers: row["guestsCanInviteOthers"]?.bool ?? usual.mayInviteOthers,
            maySeeOtherGuests: row["guestsCanSeeOtherGuests"]?.bool ?? usual.maySeeOtherGuests
        )
    }

    /// Only those that differ: a guest's copy refuses the others even if they say what is there already.
    static func write(_ content: EventContent, for purpose: WritePurpose, to body: inout JSONWriter) {
        let known =
            switch purpose {
            case .insert: GuestRights()
            case .patch(let update): update.base.guestRights
            }
        let rights = content.guestRights
        if rights.mayModify != known.mayModify { body.field("guestsCanModify", rights.mayModify) }
        if rights.mayInviteOthers != known.mayInviteOthers {
            body.field("guestsCanInviteOthers", rights.mayInviteOthers)
        }
        if rights.maySeeOtherGuests != known.maySeeOtherGuests {
            body.field("guestsCanSeeOtherGuests", rights.maySeeOtherGuests)
        }
    }

    static func canonicalize(_ content: inout EventContent) {}
}
