/// Tells the story on the terminal, or keeps silent.
struct Narrator {
    let isSilent: Bool

    func heading(_ text: String) {
        guard !isSilent else { return }
        print("\n── \(text) " + String(repeating: "─", count: max(0, 74 - text.count)))
    }

    func say(_ text: String) {
        guard !isSilent else { return }
        print("   " + text)
    }

    /// A bar such as `█████░░░░░ 12 of 25 events`.
    func progress(_ done: Int, of total: Int, _ what: String) {
        guard !isSilent else { return }
        let width = 24
        let filled = total == 0 ? width : min(width, done * width / total)
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
        print("   \(bar) \(done) of \(total) \(what)")
    }

    /// Two columns side by side.
    func columns(_ left: [String], _ right: [String], width: Int = 44) {
        guard !isSilent else { return }
        for index in 0..<max(left.count, right.count) {
            let first = index < left.count ? left[index] : ""
            let padding = String(repeating: " ", count: max(1, width - first.count))
            let second = index < right.count ? padding + right[index] : ""
            print("   " + first.prefix(width - 1) + second)
        }
    }
}
