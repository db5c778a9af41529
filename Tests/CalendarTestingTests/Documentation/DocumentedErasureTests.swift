import CalendarCore
import CalendarTesting
import Testing

@Suite("Examples of the documentation: export and erasure")
struct DocumentedErasureTests {
    @Test("M-53 the article's example keeps a person's data, moves a tenant and erases the person")
    func article() async throws {
        let storage = CalendarStorage.inMemory()
        let newStorage = CalendarStorage.inMemory()
        try await CalendarStorageConformance.fill(storage)
        var kept: [String] = []
        // snippet: export-and-erase
        for try await line in storage.export(.person("ada", of: "acme")) { kept.append(line) }
        try await newStorage.importTenant("acme", from: storage.export(.tenant("acme")))
        try await newStorage.erase(.person("ada", of: "acme"))
        // snippet end
        #expect(kept.count == 2)
        #expect(try await newStorage.events.record("grace-1", tenant: "acme") != nil)
    }
}
