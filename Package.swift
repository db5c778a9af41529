// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "swift-calendar",
    platforms: [.macOS(.v15), .iOS(.v18)],
    products: [
        .library(name: "CalendarCore", targets: ["CalendarCore"]),
        .library(name: "GoogleProvider", targets: ["GoogleProvider"]),
        .library(name: "MicrosoftProvider", targets: ["MicrosoftProvider"]),
        .library(name: "CalendarTesting", targets: ["CalendarTesting"]),
        .library(name: "CalendarCrypto", targets: ["CalendarCrypto"]),
        .library(name: "CalendarSQLite", targets: ["CalendarSQLite"]),
    ],
    traits: [
        .trait(name: "Crypto", description: "Builds CalendarCrypto, a CryptoSuite on swift-crypto."),
        .trait(name: "SQLite", description: "Builds CalendarSQLite, the stores in one SQLite file, on GRDB."),
        .default(enabledTraits: []),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .target(name: "CalendarCore"),
        .target(name: "GoogleProvider", dependencies: ["CalendarCore"]),
        .target(name: "MicrosoftProvider", dependencies: ["CalendarCore"]),
        .target(name: "CalendarTesting", dependencies: ["CalendarCore"]),
        .target(
            name: "CalendarCrypto",
            dependencies: [
                "CalendarCore",
                .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: ["Crypto"])),
                .product(name: "CryptoExtras", package: "swift-crypto", condition: .when(traits: ["Crypto"])),
            ]
        ),
        .target(
            name: "CalendarSQLite",
            dependencies: [
                "CalendarCore",
                .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
                .product(name: "GRDBSQLite", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
            ]
        ),
        .target(name: "LoopbackServer", path: "Tests/LoopbackServer"),
        .target(name: "TrafficSchemas", dependencies: ["CalendarCore"], path: "Tests/TrafficSchemas"),
        .testTarget(name: "CalendarCoreTests", dependencies: ["CalendarCore", "CalendarTesting", "LoopbackServer"]),
        .testTarget(
            name: "GoogleProviderTests",
            dependencies: ["CalendarCore", "GoogleProvider", "CalendarTesting", "TrafficSchemas"]
        ),
        .testTarget(
            name: "MicrosoftProviderTests",
            dependencies: ["CalendarCore", "MicrosoftProvider", "CalendarTesting", "TrafficSchemas"]
        ),
        .testTarget(
            name: "CalendarTestingTests",
            dependencies: [
                "CalendarCore", "CalendarTesting", "GoogleProvider", "MicrosoftProvider", "LoopbackServer",
                "TrafficSchemas",
            ]
        ),
        .testTarget(
            name: "CalendarCryptoTests",
            dependencies: ["CalendarCore", "CalendarCrypto", "CalendarTesting"]
        ),
        .testTarget(
            name: "CalendarSQLiteTests",
            dependencies: [
                "CalendarCore", "CalendarSQLite", "CalendarTesting", "GoogleProvider", "MicrosoftProvider",
                "LoopbackServer",
                .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["SQLite"])),
            ]
        ),
    ]
)

let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
    .enableUpcomingFeature("InferIsolatedConformances"),  // SE-0470
    .enableUpcomingFeature("ImmutableWeakCaptures"),  // SE-0481
]
for target in package.targets {
    target.swiftSettings = (target.swiftSettings ?? []) + settings
}
