// GoogleProvider
