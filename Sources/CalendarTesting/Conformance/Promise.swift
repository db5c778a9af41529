package import CalendarCore

/// The promise a check is about, for comparing what is found with what is expected.
package struct Promise: Sendable {
    private let text: String

    /// Creates a promise from its sentence.
    package init(_ text: String) {
        self.text = text
    }

    /// Requires two values to be equal.
    package func equal<Value: Equatable>(_ found: Value, _ expected: Value, _ what: String) throws {
        guard found == expected else { throw broken("\(what): \(expected)", "\(found)") }
    }

    /// Requires a condition.
    package func holds(_ condition: Bool, _ what: String) throws {
        guard condition else { throw broken(what, "the opposite") }
    }

    /// Requires a value to be there.
    package func some<Value>(_ found: Value?, _ what: String) throws -> Value {
        guard let found else { throw broken(what, "nothing") }
        return found
    }

    /// Requires a call to fail with a code.
    package func fails<Value>(
        with code: CalendarError.Code,
        _ what: String,
        _ call: () async throws -> Value
    ) async throws {
        do {
            _ = try await call()
        } catch let error as CalendarError where error.code == code {
            return
        } catch {
            throw broken("\(what) fails with \(code)", "\(error)")
        }
        throw broken("\(what) fails with \(code)", "success")
    }

    private func broken(_ expected: String, _ found: String) -> PromiseBroken {
        PromiseBroken(promise: text, expected: expected, found: found)
    }
}
