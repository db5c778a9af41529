import CalendarCore
import Testing

@Suite("JSON: numbers")
struct JSONNumberTests {
    private func value(_ text: String) throws -> JSONValue {
        try JSONDocument(Array(text.utf8)).root
    }

    @Test(
        "an integral number is an integer however it is written",
        arguments: [
            ("0", 0), ("-0", 0), ("0.0", 0), ("0e999999999999999999999", 0), ("-0.000e-5", 0), ("7", 7), ("1.0", 1),
            ("1e2", 100), ("1E+2", 100), ("100e-2", 1), ("1000.00e-3", 1), ("12.50e1", 125), ("-1.5e1", -15),
            ("0.00012e5", 12), ("10.0", 10), ("1e18", 1_000_000_000_000_000_000),
            ("-9e+18", -9_000_000_000_000_000_000), ("102000e-3", 102),
            ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
            ("9223372036854775807.000", Int.max), ("-9.223372036854775808e18", Int.min),
            ("922337203685477580.7e1", Int.max), ("9007199254740993.0", 9_007_199_254_740_993),
        ]
    )
    func integers(_ text: String, _ expected: Int) throws {
        #expect(try value(text).int == expected)
        #expect(try value(text).lenientInt == expected)
    }

    @Test(
        "a number that is not integral or does not fit is no integer",
        arguments: [
            "0.5", "1.5", "1e-1", "-12.34e1", "9223372036854775808", "-9223372036854775809", "1e19", "1e999999",
            "1e99999999999999999999", "1e-99999999999999999999", "9223372036854775807.5", "9223372036854775808.0",
            "123456789012345678901234567890", "1000000000000000000000e-1",
        ]
    )
    func notIntegers(_ text: String) throws {
        #expect(try value(text).int == nil)
    }

    @Test(
        "a number has its nearest double",
        arguments: [
            ("0", 0), ("1.5", 1.5), ("-2.25e3", -2250), ("1e-2", 0.01), ("0.1", 0.1), ("1e308", 1e308),
            ("1.7976931348623157e308", .greatestFiniteMagnitude), ("5e-324", .leastNonzeroMagnitude),
            ("2.2250738585072014e-308", .leastNormalMagnitude), ("1e-400", 0),
            ("9007199254740993", 9_007_199_254_740_992), ("9223372036854775808", 9_223_372_036_854_775_808),
        ] as [(String, Double)]
    )
    func doubles(_ text: String, _ expected: Double) throws {
        #expect(try value(text).double == expected)
    }

    @Test("the sign of zero is kept by the double")
    func negativeZero() throws {
        #expect(try value("-0.0").double?.sign == .minus)
        #expect(try value("-0").double?.sign == .minus)
    }

    @Test("a number beyond every double has no value but keeps its bytes", arguments: ["1e309", "-1e400", "1e99999"])
    func overflow(_ text: String) throws {
        #expect(try value(text).double == nil)
        #expect(try Array(value(text).bytes) == Array(text.utf8))
    }

    @Test(
        "an integer sent as a string is read on demand",
        arguments: [
            (#""42""#, 42), (#""-7""#, -7), (#""9223372036854775807""#, Int.max), (#""\u0034""#, 4), (#""""#, nil),
            (#""-""#, nil), (#"" 1""#, nil), (#""1.0""#, nil), (#""+1""#, nil), (#""9223372036854775808""#, nil),
            ("true", nil), ("null", nil),
        ] as [(String, Int?)]
    )
    func lenient(_ text: String, _ expected: Int?) throws {
        #expect(try value(text).lenientInt == expected)
        #expect(try value(text).int == nil)
    }
}
