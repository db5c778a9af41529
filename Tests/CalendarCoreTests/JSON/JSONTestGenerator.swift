/// A seeded source of numbers, bytes and JSON texts (SplitMix64).
struct JSONTestGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x2545_F491_4F6C_DD1D &+ 1
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func int(_ range: Range<Int>) -> Int { Int.random(in: range, using: &self) }

    mutating func one(of choices: [String]) -> String { choices[int(0..<choices.count)] }

    /// A well-formed document, written without the writer under test.
    mutating func document(depth: Int = 5) -> String {
        let space = space()
        switch int(0..<(depth == 0 ? 5 : 8)) {
        case 0: return space + one(of: ["null", "true", "false"])
        case 1, 2: return space + number() + self.space()
        case 3, 4: return space + string() + self.space()
        case 5:
            return space + "[" + (0..<int(0..<5)).map { _ in document(depth: depth - 1) }.joined(separator: ",")
                + self.space() + "]"
        default:
            let members = (0..<int(0..<6)).map { number in
                self.space() + "\"\(number)" + string().dropFirst() + self.space() + ":" + document(depth: depth - 1)
            }
            return space + "{" + members.joined(separator: ",") + self.space() + "}" + self.space()
        }
    }

    /// A copy of some bytes with a few small accidents.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        let telling =
            Array("{}[]:,\"\\/ue0129.-+EtfnDd8".utf8) + [0x00, 0x09, 0x0A, 0x1F, 0x7F, 0x80, 0xC2, 0xED, 0xF4]
        var bytes = bytes
        for _ in 0..<int(1..<4) where !bytes.isEmpty {
            let position = int(0..<bytes.count)
            switch int(0..<6) {
            case 0: bytes[position] = UInt8(truncatingIfNeeded: next())
            case 1: bytes[position] = telling[int(0..<telling.count)]
            case 2: bytes.insert(telling[int(0..<telling.count)], at: position)
            case 3: bytes.remove(at: position)
            case 4: bytes.removeSubrange(position..<min(bytes.count, position + int(1..<6)))
            default: bytes.insert(contentsOf: bytes[position..<min(bytes.count, position + int(1..<9))], at: position)
            }
        }
        return bytes
    }

    private mutating func space() -> String { one(of: ["", "", "", " ", "\n", "\t ", "\r\n"]) }

    private mutating func number() -> String {
        let sign = one(of: ["", "-"])
        let whole = one(of: [
            "0", "7", "42", "1609459200000", "9007199254740993", "9223372036854775807", "\(int(1..<999))",
        ])
        let fraction = one(of: ["", "", ".0", ".5", ".1250", ".\(int(0..<99_999))"])
        let exponent = one(of: ["", "", "e2", "E+03", "e-7", "e0"])
        return sign + whole + fraction + exponent
    }

    private mutating func string() -> String {
        let pieces = [
            "a", "Z", "0", " ", "/", "meeting", "2024-01-01T10:00:00+01:00", "é", "日本", "😀", "\u{2028}", "\u{7F}",
            #"\""#, #"\\"#, #"\/"#, #"\b"#, #"\f"#, #"\n"#, #"\r"#, #"\t"#, #"\u0041"#, #"\u00e9"#, #"\uD83D\uDE00"#,
            #"\u0001"#, #"\uFFFF"#,
        ]
        return "\"" + (0..<int(0..<9)).map { _ in one(of: pieces) }.joined() + "\""
    }
}
