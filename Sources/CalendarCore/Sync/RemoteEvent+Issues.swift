extension RemoteEvent {
    /// What is wrong with an event that could be read: it is mirrored as it came, and the fault is on record.
    var issues: [SyncIssue] {
        var issues: [SyncIssue] = []
        if let problem = content.recurrence?.problem {
            issues.append(
                SyncIssue(
                    event: id,
                    etag: etag,
                    code: .unsupportedRecurrence,
                    field: "recurrence",
                    message: "\(problem)"
                )
            )
        }
        if let zone = content.start.zone, !zone.isKnown {
            issues.append(
                SyncIssue(
                    event: id,
                    etag: etag,
                    code: .unknownZone,
                    field: "start",
                    message: "The zone is unknown; times are computed as UTC."
                )
            )
        }
        return issues
    }
}
