// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]
let package = Package(
    name: "swift-calendar-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-calendar", path: "..", traits: ["SQLite"]),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .executableTarget(
            name: "RecurrenceBenchmark",
            dependencies: [.product(name: "CalendarCore", package: "swift-calendar")],
            swiftSettings: settings
        ),
        .target(
            name: "RenderedFeed",
            dependencies: [
                .product(name: "CalendarCore", package: "swift-calendar"),
                .product(name: "CalendarTesting", package: "swift-calendar"),
                .product(name: "GoogleProvider", package: "swift-calendar"),
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "SyncBenchmark",
            dependencies: ["RenderedFeed", .product(name: "CalendarCore", package: "swift-calendar")],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "StoreBenchmark",
            dependencies: [
                "RenderedFeed",
                .product(name: "CalendarCore", package: "swift-calendar"),
                .product(name: "CalendarSQLite", package: "swift-calendar"),
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings
        ),
    ]
)
