import CalendarCore

extension RecurrencePattern {
    /// Whether the pattern gives a day; Graph would move a start that it does not give.
    func admits(_ date: CivilDate) -> Bool {
        switch kind {
        case .daily: true
        case .weekly: days.contains(date.weekday)
        case .absoluteMonthly: isDay(date)
        case .absoluteYearly: date.month == month && isDay(date)
        case .relativeMonthly: isChosen(date)
        case .relativeYearly: date.month == month && isChosen(date)
        }
    }

    private func isDay(_ date: CivilDate) -> Bool {
        date.day == min(dayOfMonth, CivilDate.daysInMonth(year: date.year, month: date.month))
    }

    /// Whether a day is the chosen one among the month's matching days.
    private func isChosen(_ date: CivilDate) -> Bool {
        let length = CivilDate.daysInMonth(year: date.year, month: date.month)
        let first = date.adding(days: 1 - date.day)
        let matching = (1...length).filter { days.contains(first.adding(days: $0 - 1).weekday) }
        let position = index == .last ? matching.count - 1 : index.ordinal - 1
        return matching.indices.contains(position) && matching[position] == date.day
    }
}
