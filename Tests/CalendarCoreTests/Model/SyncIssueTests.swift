import CalendarCore
import Foundation
import Testing

@Suite("Recorded issues")
struct SyncIssueTests {
    @Test("M-49 an issue stored before it could be ignored is read and shown")
    func stored() throws {
        let text = #"{"event":"e1","etag":"1","code":{"rawValue":"unknownZone"},"field":"start","message":"Unknown."}"#

        let issue = try JSONDecoder().decode(SyncIssue.self, from: Data(text.utf8))

        #expect(issue.event == "e1")
        #expect(issue.code == .unknownZone)
        #expect(issue.isIgnored == false)
    }

    @Test("M-49 an ignored issue is read back as one")
    func ignored() throws {
        var issue = SyncIssue(event: nil, code: .duplicates, message: "Two.")
        issue.isIgnored = true

        #expect(try JSONDecoder().decode(SyncIssue.self, from: JSONEncoder().encode(issue)) == issue)
    }
}
