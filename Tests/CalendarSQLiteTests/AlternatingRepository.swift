#if SQLite
import CalendarCore
import CalendarTesting
import Synchronization

/// Sends each call to another one of several repositories, in turn.
final class AlternatingRepository: ForwardingEventRepository {
    private let repositories: [any EventRepository]
    private let calls = Mutex(0)

    init(_ repositories: [any EventRepository]) {
        self.repositories = repositories
    }

    var next: any EventRepository {
        calls.withLock { calls in
            calls += 1
            return repositories[calls % repositories.count]
        }
    }
}
#endif
