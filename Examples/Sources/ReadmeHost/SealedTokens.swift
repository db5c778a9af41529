import CalendarCore

/// Tokens of a host's own store, sealed with a key of today and one from before.
func sealedTokens(
    in tokensOfMyOwn: any TokenStore,
    keyOfToday: Secret,
    keyBefore: Secret,
    crypto: any CryptoSuite
) throws -> any TokenStore {
    // snippet: seal
    let keys = [try SealingKey(id: "2026-11", base64: keyOfToday), try SealingKey(id: "2025-11", base64: keyBefore)]
    let tokens = SealedTokenStore(tokensOfMyOwn, sealing: try SecretSealing(crypto, keys: keys))
    // snippet end
    return tokens
}
