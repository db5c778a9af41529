public import CalendarCore

/// Rows that no client makes: they come from contacts, from mail, from the app, or are broken.
extension GoogleCalendarSimulator {
    /// A contact's birthday appears: a yearly series of the type `birthday`.
    ///
    /// - Parameters:
    ///   - name: The contact's name.
    ///   - day: The day of birth, where the series starts.
    ///   - address: The account; the row goes into its primary calendar.
    /// - Returns: The new event's id.
    @discardableResult
    public func addBirthday(of name: String, on day: CivilDate, to address: String) -> RemoteEventID {
        add(
            [
                "summary": .string("\(name)’s birthday"), "start": ["date": .string(day.description)],
                "end": ["date": .string(day.adding(days: 1).description)], "recurrence": ["RRULE:FREQ=YEARLY"],
                "transparency": "transparent", "visibility": "private", "eventType": "birthday",
                "birthdayProperties": ["type": "birthday"], "reminders": ["useDefault": false],
            ],
            to: address
        )
    }

    /// A person says where they work on a day.
    ///
    /// - Parameters:
    ///   - office: The office's name; nil for home.
    ///   - day: The day.
    ///   - address: The account; the row goes into its primary calendar.
    /// - Returns: The new event's id.
    @discardableResult
    public func addWorkingLocation(_ office: String?, on day: CivilDate, to address: String) -> RemoteEventID {
        let place: JSONNode =
            office.map { ["type": "officeLocation", "officeLocation": ["label": .string($0)]] }
            ?? ["type": "homeOffice", "homeOffice": .object(JSONObject())]
        return add(
            [
                "summary": .string(office ?? "Home"), "start": ["date": .string(day.description)],
                "end": ["date": .string(day.adding(days: 1).description)], "transparency": "transparent",
                "visibility": "public", "eventType": "workingLocation", "workingLocationProperties": place,
                "reminders": ["useDefault": false],
            ],
            to: address
        )
    }

    /// A booking that arrived by mail becomes a locked event of the type `fromGmail` with an unknown organizer.
    ///
    /// - Parameters:
    ///   - title: The title.
    ///   - start: The start.
    ///   - end: The end.
    ///   - address: The account; the row goes into its primary calendar.
    /// - Returns: The new event's id.
    @discardableResult
    public func addGmailEvent(
        _ title: String,
        from start: EventTime,
        to end: EventTime,
        for address: String
    ) -> RemoteEventID {
        let zone = start.zone ?? .utc
        let id = add(
            [
                "summary": .string(title), "start": GoogleEventTimes.node(start, zone: zone),
                "end": GoogleEventTimes.node(end, zone: zone), "transparency": "transparent",
                "visibility": "private", "eventType": "fromGmail", "privateCopy": true,
                "guestsCanInviteOthers": false, "reminders": ["useDefault": false],
                "attendees": [["email": .string(address), "responseStatus": "accepted"]],
                "source": ["url": "https://mail.google.com/mail?extsrc=cal", "title": ""],
            ],
            to: address
        )
        access { service in
            let index = service.requiredCalendar(of: address, nil)
            service.calendars[index][id.rawValue]?.organizer = "unknownorganizer@calendar.google.com"
            service.calendars[index][id.rawValue]?.organizerName = "Unknown Organizer"
            service.calendars[index][id.rawValue]?.fields["locked"] = true
        }
        return id
    }

    /// Puts a row into a calendar that is printed exactly as given, whatever is wrong with it, such as a date in the
    /// year 0000.
    ///
    /// Only its etag is the service's own. It takes nobody's time, and lists have it whatever their window.
    ///
    /// - Parameters:
    ///   - json: A JSON object with an `id` that is still free; anything else stops the program.
    ///   - address: The account.
    ///   - calendar: The calendar; nil for the primary one.
    /// - Returns: The row's id.
    @discardableResult
    public func addRow(_ json: String, to address: String, calendar: CalendarID? = nil) -> RemoteEventID {
        guard let node = try? JSONNode(Array(json.utf8)), let id = node["id"]?.string else {
            preconditionFailure("This is no JSON object with an id.")
        }
        return access { service in
            let index = service.requiredCalendar(of: address, calendar)
            precondition(service.calendars[index][id] == nil, "The id is taken.")
            let time = EventTime.zoned(ZonedDateTime(service.now, in: .utc))
            var row = GoogleEventRow(
                id: id,
                iCalUID: node["iCalUID"]?.string ?? "\(id)@google.com",
                start: time,
                end: time,
                creator: address,
                organizer: service.calendars[index].id,
                now: service.now
            )
            row.raw = node
            row.fields["transparency"] = "transparent"
            service.calendars[index][id] = row
            service.calendars[index].touch(id, version: service.nextVersion(), now: service.now)
            return RemoteEventID(id)
        }
    }

    private func add(_ resource: JSONNode, to address: String) -> RemoteEventID {
        access { service in
            let index = service.requiredCalendar(of: address, nil)
            do throws(GoogleRefusal) {
                let row = try service.insert(resource, by: address, calendar: index, query: FormFields())
                return RemoteEventID(row.id)
            } catch {
                preconditionFailure("The service would refuse this event: \(error.reason)")
            }
        }
    }
}
