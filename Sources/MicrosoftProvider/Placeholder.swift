// MicrosoftProvider
