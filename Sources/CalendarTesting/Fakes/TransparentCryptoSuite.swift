public import CalendarCore
public import Foundation

/// An INSECURE, deterministic stand-in for cryptography, for tests and examples only.
///
/// It protects nothing.
///
/// It keeps the shapes and the promises of `CryptoSuite` (lengths, round trips, tampering is noticed, another key or
/// context does not open) without any of the strength: anybody can undo it. Random bytes come from the seed, so that a
/// run can be repeated. Key pairs come from ``privateKeyPEM(named:)`` and ``publicKeyPEM(named:)``.
public struct TransparentCryptoSuite: CryptoSuite {
    private let random: RandomSource

    /// Creates a suite; equal seeds give equal random bytes, and copies share one sequence.
    public init(seed: UInt64 = 1) {
        random = .seeded(seed)
    }

    /// 32 bytes that depend on every byte given; not SHA-256.
    public func sha256(_ data: Data) -> Data {
        Self.mixture([data])
    }

    /// 32 bytes that depend on the key and the bytes; not HMAC.
    public func hmacSHA256(_ data: Data, key: Data) -> Data {
        Self.mixture([Data("mac".utf8), key, data])
    }

    /// Scrambles bytes reversibly and appends 16 bytes that change with anything given.
    public func seal(_ plaintext: Data, key: Data, nonce: Data, authenticating context: Data) throws -> Data {
        try Self.check(key: key, nonce: nonce)
        let scrambled = Self.scrambled(plaintext, key: key, nonce: nonce)
        return scrambled + Self.tag(of: scrambled, key: key, nonce: nonce, context: context)
    }

    /// Undoes ``seal(_:key:nonce:authenticating:)``.
    ///
    /// - Throws: `CalendarError.invalidArgument` when anything differs from what was sealed.
    public func open(_ sealed: Data, key: Data, nonce: Data, authenticating context: Data) throws -> Data {
        try Self.check(key: key, nonce: nonce)
        let scrambled = Data(sealed.dropLast(16))
        let tag = Self.tag(of: scrambled, key: key, nonce: nonce, context: context)
        guard sealed.count >= 16, Data(sealed.suffix(16)) == tag else {
            throw CalendarError.invalidArgument("sealed", "The sealed bytes do not fit the key, nonce or context.")
        }
        return Self.scrambled(scrambled, key: key, nonce: nonce)
    }

    /// 256 bytes that anybody with the public key could make.
    public func sign(_ data: Data, using algorithm: RSASignatureAlgorithm, privateKeyPEM: Secret) throws -> Data {
        let name = try Self.keyName(in: privateKeyPEM.reveal(), label: "PRIVATE KEY")
        return Self.signature(of: data, algorithm: algorithm, name: name)
    }

    /// Whether ``sign(_:using:privateKeyPEM:)`` gives this signature for the key of the same name.
    public func isValid(
        _ signature: Data,
        for data: Data,
        using algorithm: RSASignatureAlgorithm,
        publicKeyPEM: String
    ) throws -> Bool {
        let name = try Self.keyName(in: publicKeyPEM, label: "PUBLIC KEY")
        return signature == Self.signature(of: data, algorithm: algorithm, name: name)
    }

    /// So many bytes of the seeded sequence.
    public func randomBytes(_ count: Int) -> Data {
        var bytes = Data(capacity: count)
        while bytes.count < count {
            let word = random.next()
            for shift in stride(from: 0, to: 64, by: 8) where bytes.count < count {
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
            }
        }
        return bytes
    }

    /// A text that ``sign(_:using:privateKeyPEM:)`` takes as a private key.
    public static func privateKeyPEM(named name: String) -> Secret {
        Secret(pem(Data(name.utf8).base64EncodedString(), label: "PRIVATE KEY"))
    }

    /// The public key that belongs to the private key of the same name.
    public static func publicKeyPEM(named name: String) -> String {
        pem(Data(name.utf8).base64EncodedString(), label: "PUBLIC KEY")
    }
}

extension TransparentCryptoSuite {
    private static func pem(_ body: String, label: String) -> String {
        "-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n"
    }

    private static func keyName(in text: String, label: String) throws -> Data {
        let lines = text.split(separator: "\n").map(String.init)
        guard lines.count >= 3, lines.first == "-----BEGIN \(label)-----", lines.last == "-----END \(label)-----",
            let name = Data(base64Encoded: lines[1..<lines.count - 1].joined())
        else {
            throw CalendarError(.configuration, "The key is not a \(label) in PEM form.", field: "key")
        }
        return name
    }

    private static func signature(of data: Data, algorithm: RSASignatureAlgorithm, name: Data) -> Data {
        (0..<8).reduce(into: Data()) { signature, block in
            signature += mixture([Data("signature\(block)".utf8), Data(algorithm.rawValue.utf8), name, data])
        }
    }

    private static func check(key: Data, nonce: Data) throws {
        guard key.count == 32 else { throw CalendarError.invalidArgument("key", "The key must have 32 bytes.") }
        guard nonce.count == 12 else { throw CalendarError.invalidArgument("nonce", "The nonce must have 12 bytes.") }
    }

    private static func tag(of scrambled: Data, key: Data, nonce: Data, context: Data) -> Data {
        mixture([Data("tag".utf8), key, nonce, context, scrambled]).prefix(16)
    }

    private static func scrambled(_ data: Data, key: Data, nonce: Data) -> Data {
        var result = Data(capacity: data.count)
        var stream = Data()
        for (offset, byte) in data.enumerated() {
            if offset % 32 == 0 { stream = mixture([Data("stream\(offset)".utf8), key, nonce]) }
            result.append(byte ^ stream[offset % 32])
        }
        return result
    }

    /// 32 bytes out of several parts; where one part ends and the next begins counts.
    private static func mixture(_ parts: [Data]) -> Data {
        var lanes: [UInt64] = [
            0x6A09_E667_F3BC_C908, 0xBB67_AE85_84CA_A73B, 0x3C6E_F372_FE94_F82B, 0xA54F_F53A_5F1D_36F1,
        ]
        for part in parts {
            for byte in part { absorb(UInt64(byte), into: &lanes) }
            absorb(UInt64(part.count) << 8 | 0xFF, into: &lanes)
        }
        for round in 0..<4 { absorb(UInt64(round), into: &lanes) }
        return lanes.reduce(into: Data(capacity: 32)) { digest, lane in
            for shift in stride(from: 0, to: 64, by: 8) {
                digest.append(UInt8(truncatingIfNeeded: lane >> UInt64(shift)))
            }
        }
    }

    private static func absorb(_ word: UInt64, into lanes: inout [UInt64]) {
        var carry = word
        for index in lanes.indices {
            lanes[index] = SeededRandom.mix(lanes[index] ^ carry &+ UInt64(index))
            carry = carry &+ lanes[index]
        }
    }
}
