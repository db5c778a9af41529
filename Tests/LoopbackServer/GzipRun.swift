/// Gzip data of one byte repeated, so that a few hundred kilobytes become a flood when they are unpacked.
///
/// One deflate block with fixed codes (RFC 1951 section 3.2.6): the byte itself, then copies of 258 bytes from one
/// byte back, each 13 bits long.
public enum GzipRun {
    /// Packs zero bytes; the number is rounded to 1 plus a multiple of 258.
    ///
    /// - Parameters:
    ///   - count: About how many zero bytes the data unpacks to.
    ///   - hasChecksum: False leaves out the trailer, which makes the data damaged at its very end.
    /// - Returns: The gzip data and the exact number of bytes it unpacks to.
    public static func zeroes(_ count: Int, hasChecksum: Bool = true) -> (data: [UInt8], count: Int) {
        let copies = count / 258
        let total = 1 + copies * 258
        var bits = BitWriter(bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF])
        bits.write([true, true, false])  // the last block, fixed codes
        bits.write(code: 0x30, 8)  // the byte 0
        for _ in 0..<copies {
            bits.write(code: 0b1100_0101, 8)  // length 258
            bits.write(code: 0, 5)  // one byte back
        }
        bits.write(code: 0, 7)  // the end of the block
        bits.finish()
        guard hasChecksum else { return (bits.bytes, total) }
        let trailer = littleEndian(checksum(zeroes: total)) + littleEndian(UInt32(truncatingIfNeeded: total))
        return (bits.bytes + trailer, total)
    }

    private static func littleEndian(_ word: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * UInt32($0))) }
    }

    /// CRC-32 as in RFC 1952 section 8, bit by bit.
    private static func checksum(zeroes count: Int) -> UInt32 {
        var register: UInt32 = 0xFFFF_FFFF
        for _ in 0..<(count * 8) {
            register = register & 1 == 1 ? register >> 1 ^ 0xEDB8_8320 : register >> 1
        }
        return ~register
    }

    private struct BitWriter {
        var bytes: [UInt8]
        private var current: UInt8 = 0
        private var used = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        mutating func write(_ bits: [Bool]) {
            for bit in bits { write(bit) }
        }

        /// Huffman codes go in with their highest bit first (RFC 1951 section 3.1.1).
        mutating func write(code: Int, _ length: Int) {
            for position in (0..<length).reversed() { write(code >> position & 1 == 1) }
        }

        mutating func finish() {
            while used != 0 { write(false) }
        }

        private mutating func write(_ bit: Bool) {
            if bit { current |= 1 << UInt8(used) }
            used += 1
            guard used == 8 else { return }
            bytes.append(current)
            (current, used) = (0, 0)
        }
    }
}
