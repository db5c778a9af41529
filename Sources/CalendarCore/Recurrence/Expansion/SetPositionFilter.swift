/// Chooses among the candidates of one period by their place, after BYSETPOS; all when the part is absent.
struct SetPositionFilter: Sendable {
    private let positions: [Int]

    init(_ positions: [Int]) {
        self.positions = positions
    }

    var admitsAll: Bool { positions.isEmpty }

    /// Keeps the chosen ones of an ascending list, in ascending order and each once.
    func apply(to candidates: inout [Int64]) {
        guard !positions.isEmpty else { return }
        let count = candidates.count
        if positions.count == 1 {
            let index = positions[0] > 0 ? positions[0] - 1 : count + positions[0]
            let chosen = candidates.indices.contains(index) ? candidates[index] : nil
            candidates.removeAll(keepingCapacity: true)
            if let chosen { candidates.append(chosen) }
            return
        }
        let chosen = Set(positions.map { $0 > 0 ? $0 - 1 : count + $0 }).sorted()
        candidates = chosen.filter(candidates.indices.contains).map { candidates[$0] }
    }
}
