import CalendarCore
import Synchronization

/// Events by id behind a lock.
final class EventShelf: Sendable {
    private let values = Mutex<[String: JSONNode]>([:])

    subscript(id: String) -> JSONNode? {
        get { values.withLock { $0[id] } }
        set { values.withLock { $0[id] = newValue } }
    }
}
