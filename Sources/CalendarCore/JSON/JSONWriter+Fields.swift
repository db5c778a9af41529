/// The fields of an object, each a key that the format knows, with its value.
extension JSONWriter {
    /// Writes a string.
    package mutating func field(_ key: StaticString, _ value: String) {
        self.key(key)
        element(value)
    }

    /// Writes an integer.
    package mutating func field(_ key: StaticString, _ value: Int) {
        self.key(key)
        element(value)
    }

    /// Writes a Boolean.
    package mutating func field(_ key: StaticString, _ value: Bool) {
        self.key(key)
        element(value)
    }

    /// Writes a number; `null` for NaN and the infinities.
    package mutating func field(_ key: StaticString, _ value: Double) {
        self.key(key)
        element(value)
    }

    /// Writes a string, or no field for nil.
    package mutating func field(_ key: StaticString, ifPresent value: String?) {
        if let value { field(key, value) }
    }

    /// Writes an integer, or no field for nil.
    package mutating func field(_ key: StaticString, ifPresent value: Int?) {
        if let value { field(key, value) }
    }

    /// Writes a Boolean, or no field for nil.
    package mutating func field(_ key: StaticString, ifPresent value: Bool?) {
        if let value { field(key, value) }
    }

    /// Writes `null`.
    package mutating func null(_ key: StaticString) {
        self.key(key)
        nullElement()
    }

    /// Writes a value that is JSON already, without validating it.
    package mutating func raw(_ key: StaticString, _ json: some Collection<UInt8>) {
        self.key(key)
        rawElement(json)
    }

    /// Writes an object with the fields that the function writes.
    package mutating func object<Failure: Error>(
        _ key: StaticString,
        _ body: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        self.key(key)
        try object(body)
    }

    /// Writes an array with the elements that the function writes.
    package mutating func array<Failure: Error>(
        _ key: StaticString,
        _ body: (inout JSONWriter) throws(Failure) -> Void
    ) throws(Failure) {
        self.key(key)
        try array(body)
    }
}
