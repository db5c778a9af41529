// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "swift-calendar-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-calendar", path: "..")],
    targets: [
        .executableTarget(
            name: "RecurrenceBenchmark",
            dependencies: [.product(name: "CalendarCore", package: "swift-calendar")],
            swiftSettings: [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]
        ),
        .executableTarget(
            name: "SyncBenchmark",
            dependencies: [
                .product(name: "CalendarCore", package: "swift-calendar"),
                .product(name: "CalendarTesting", package: "swift-calendar"),
                .product(name: "GoogleProvider", package: "swift-calendar"),
            ],
            swiftSettings: [
                .treatAllWarnings(as: .error),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            ]
        ),
    ]
)
