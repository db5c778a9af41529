extension SimulationHarness {
    /// The smallest plan found that still breaks a promise.
    ///
    /// Parts of the plan are left out, first halves of the actions and then single ones, as long as something stays
    /// broken; crash points and faults are counted in steps and requests, so leaving out an action moves them.
    ///
    /// - Parameters:
    ///   - plan: A plan that breaks a promise; one that does not comes back as it is.
    ///   - limit: How many runs may be spent.
    /// - Returns: A plan whose run breaks a promise, though not always the same one.
    public func shrink(_ plan: SimulationPlan, limit: Int = 400) async -> SimulationPlan {
        var runs = 0
        func fails(_ candidate: SimulationPlan) async -> Bool {
            runs += 1
            return await !run(candidate).violations.isEmpty
        }
        guard await fails(plan) else { return plan }
        var smallest = plan
        var wasReduced = true
        while wasReduced, runs < limit {
            wasReduced = false
            for candidate in smallest.reductions where runs < limit {
                guard await fails(candidate) else { continue }
                smallest = candidate
                wasReduced = true
                break
            }
        }
        return smallest
    }
}

extension SimulationPlan {
    /// The same plan with one part left out, the greatest parts first.
    var reductions: [SimulationPlan] {
        var plans: [SimulationPlan] = []
        var size = actions.count / 2
        while size > 0 {
            for start in stride(from: 0, to: actions.count, by: size) {
                var plan = self
                plan.actions.removeSubrange(start..<min(start + size, actions.count))
                plans.append(plan)
            }
            size /= 2
        }
        for number in faults.keys.sorted() {
            var plan = self
            plan.faults[number] = nil
            plans.append(plan)
        }
        for number in meanwhile.keys.sorted() {
            var plan = self
            plan.meanwhile[number] = nil
            plans.append(plan)
        }
        for number in crashes.sorted() {
            var plan = self
            plan.crashes.remove(number)
            plans.append(plan)
        }
        return plans
    }
}

extension SimulationPlan: CustomStringConvertible {
    /// The plan as an expression that can be pasted into a test.
    public var description: String {
        let happening = meanwhile.keys.sorted().compactMap { key in meanwhile[key].map { "\(key): \($0)" } }
        let going = faults.keys.sorted().compactMap { key in faults[key].map { "\(key): .\($0)" } }
        return """
            SimulationPlan(
                seed: \(seed),
                actions: [\(actions.map(\.description).joined(separator: ", "))],
                meanwhile: [\(happening.isEmpty ? ":" : happening.joined(separator: ", "))],
                faults: [\(going.isEmpty ? ":" : going.joined(separator: ", "))],
                crashes: \(crashes.sorted()),
                conflicts: .\(conflicts)
            )
            """
    }
}
