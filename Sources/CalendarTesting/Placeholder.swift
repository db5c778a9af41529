// CalendarTesting
