// CalendarCore
