// CalendarCrypto
