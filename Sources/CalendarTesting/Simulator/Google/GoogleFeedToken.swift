import CalendarCore

/// The position of a calendar list, an access control list or the settings in a sync token of twenty digits.
struct GoogleFeedToken {
    private static let changesPerEpoch = 1_000_000_000

    let epoch: Int
    let change: Int

    init(epoch: Int, change: Int) {
        self.epoch = epoch
        self.change = change
    }

    /// Reads a token; anything but twenty digits gives nil.
    init?(_ text: String) {
        guard text.utf8.count == 20, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text) else {
            return nil
        }
        self.init(epoch: number / Self.changesPerEpoch, change: number % Self.changesPerEpoch)
    }

    /// The token as text.
    var text: String { Self.digits(Int64(epoch * Self.changesPerEpoch + change)) }

    /// A number in twenty digits.
    static func digits(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 20 - digits.count)) + digits
    }
}
