import CalendarCore

/// The fields that resources can have, by their kind, written as masks (reference: the resource pages).
enum GoogleShapes {
    /// The shape of an answer; nil for a kind that is not known.
    static func shape(of kind: String) -> GoogleFieldMask? {
        let text: String? =
            switch kind {
            case "calendar#calendar": calendar
            case "calendar#calendarListEntry": entry
            case "calendar#calendarList": collection("items(\(entry))")
            case "calendar#aclRule": rule
            case "calendar#acl": collection("items(\(rule))")
            case "calendar#setting": setting
            case "calendar#settings": collection("items(\(setting))")
            case "calendar#colors":
                "kind,updated,calendar/*(background,foreground),event/*(background,foreground)"
            case "calendar#freeBusy": freeBusy
            case "calendar#event": event
            case "calendar#events":
                collection(
                    "summary,description,updated,timeZone,accessRole,defaultReminders(method,minutes),items(\(event))"
                )
            case "api#channel": "kind,id,resourceId,resourceUri,token,expiration,type,address,payload,params/*"
            default: nil
            }
        return text.flatMap { try? GoogleFieldMask($0) }
    }

    private static func collection(_ fields: String) -> String {
        "kind,etag,nextPageToken,nextSyncToken," + fields
    }

    private static let calendar =
        "kind,etag,id,summary,description,location,timeZone,dataOwner,autoAcceptInvitations,"
        + "conferenceProperties(allowedConferenceSolutionTypes),labelProperties(eventLabels(id,name,backgroundColor)),"
        + "workingHours(workingHoursEnabled,availableTimes(dayOfWeek,periodStart,periodEnd))"

    private static let entry =
        "kind,etag,id,summary,summaryOverride,description,location,timeZone,colorId,backgroundColor,foregroundColor,"
        + "hidden,selected,accessRole,defaultReminders(method,minutes),notificationSettings(notifications(type,method)),"
        + "primary,deleted,conferenceProperties(allowedConferenceSolutionTypes),autoAcceptInvitations,dataOwner"

    private static let rule = "kind,etag,id,scope(type,value),role"

    private static let setting = "kind,etag,id,value"

    private static let freeBusy =
        "kind,timeMin,timeMax,groups/*(calendars,errors(domain,reason)),"
        + "calendars/*(busy(start,end),errors(domain,reason))"

    private static let time = "date,dateTime,timeZone"

    private static let person = "id,email,displayName,self"

    private static let event =
        "kind,etag,id,status,htmlLink,created,updated,summary,description,location,colorId,creator(\(person)),"
        + "organizer(\(person)),start(\(time)),end(\(time)),endTimeUnspecified,recurrence,recurringEventId,"
        + "originalStartTime(\(time)),transparency,visibility,iCalUID,sequence,"
        + "attendees(\(person),organizer,resource,optional,responseStatus,comment,additionalGuests,asyncOperation),attendeesOmitted,"
        + "extendedProperties(private/*,shared/*),hangoutLink,conferenceData/*,gadget/*,anyoneCanAddSelf,"
        + "guestsCanInviteOthers,guestsCanModify,guestsCanSeeOtherGuests,privateCopy,locked,"
        + "reminders(useDefault,overrides(method,minutes)),source(url,title),"
        + "attachments(fileUrl,title,mimeType,iconLink,fileId),eventType,eventLabelId,workingLocationProperties/*,"
        + "outOfOfficeProperties/*,focusTimeProperties/*,birthdayProperties/*"
}
