#if Crypto
import Foundation

extension Data {
    /// Bytes from hexadecimal digits, as standards print them; blanks are left out.
    init(hex text: String) {
        let digits = text.compactMap(\.hexDigitValue)
        self.init(stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) })
    }
}
#endif
