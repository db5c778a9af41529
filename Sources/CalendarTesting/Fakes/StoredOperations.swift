import CalendarCore

/// The outbox of one tenant, by calendar and by record.
struct StoredOperations {
    private var operations: [OperationID: OutboxOperation] = [:]
    private var operationsOfCalendar = GroupedIDs<CalendarKey, OperationID>()
    private var operationsOfRecord = GroupedIDs<RecordID, OperationID>()

    subscript(id: OperationID) -> OutboxOperation? { operations[id] }

    /// The calendars that operations are for.
    var calendars: Set<CalendarKey> { Set(operations.values.map(\.calendar)) }

    /// The operations of a record, in no order.
    func operations(of record: RecordID) -> [OutboxOperation] {
        operationsOfRecord[record].compactMap { operations[$0] }
    }

    /// The operations of a calendar, oldest first, then by id.
    func operations(in calendar: CalendarKey) -> [OutboxOperation] {
        operationsOfCalendar[calendar].compactMap { operations[$0] }
            .oldestFirst()
    }

    mutating func store(_ operation: OutboxOperation) {
        remove(operation.id)
        operations[operation.id] = operation
        operationsOfCalendar.insert(operation.id, under: operation.calendar)
        operationsOfRecord.insert(operation.id, under: operation.record)
    }

    mutating func remove(_ id: OperationID) {
        guard let earlier = operations.removeValue(forKey: id) else { return }
        operationsOfCalendar.remove(id, under: earlier.calendar)
        operationsOfRecord.remove(id, under: earlier.record)
    }
}
