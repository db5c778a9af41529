import CalendarCore

/// The query of a write.
///
/// Whether mail is sent is always said. Conference data is ignored without its version (guide "Create events"), and
/// attachments are refused without the flag, so both go with every body.
struct WriteQuery {
    let invitations: InvitationPolicy

    /// The query of a write without a body.
    var fields: FormFields {
        FormFields([("sendUpdates", invitations == .notifyGuests ? "all" : "none")])
    }

    /// The query of a write with a body.
    var fieldsWithBody: FormFields {
        var fields = fields
        fields.add("conferenceDataVersion", "1")
        fields.add("supportsAttachments", "true")
        return fields
    }
}
