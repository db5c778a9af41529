// swift-tools-version: 6.2
import PackageDescription

let calendarCore = Target.Dependency.product(name: "CalendarCore", package: "swift-calendar")
let calendarCrypto = Target.Dependency.product(name: "CalendarCrypto", package: "swift-calendar")
let calendarSQLite = Target.Dependency.product(name: "CalendarSQLite", package: "swift-calendar")
let calendarTesting = Target.Dependency.product(name: "CalendarTesting", package: "swift-calendar")
let google = Target.Dependency.product(name: "GoogleProvider", package: "swift-calendar")
let microsoft = Target.Dependency.product(name: "MicrosoftProvider", package: "swift-calendar")

let package = Package(
    name: "swift-calendar-examples",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "calendar", targets: ["CalendarTool"]),
        .executable(name: "ScheduleMeeting", targets: ["ScheduleMeeting"]),
        .executable(name: "CustomProvider", targets: ["CustomProvider"]),
    ],
    dependencies: [
        .package(name: "swift-calendar", path: "..", traits: ["Crypto", "SQLite"]),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        // The larger example: `calendar demo`, `agenda`, `connect`, `expand`, `zones`, `convert` and `simulate`.
        .executableTarget(
            name: "CalendarTool",
            dependencies: [
                "CalendarToolKit", calendarCore, calendarCrypto, calendarSQLite, calendarTesting, google, microsoft,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "FlyingFox", package: "FlyingFox"),
                .product(name: "FlyingSocks", package: "FlyingFox"),
            ]
        ),
        // What `calendar agenda`, `expand`, `zones`, `convert` and `simulate` do between input and output.
        .target(name: "CalendarToolKit", dependencies: [calendarCore, calendarTesting, google, microsoft]),
        .testTarget(name: "ToolTests", dependencies: [calendarCore, calendarTesting, "CalendarToolKit"]),
        // The shortest whole story, without third-party packages.
        .executableTarget(
            name: "ScheduleMeeting",
            dependencies: [calendarCore, calendarTesting, google, microsoft]
        ),
        // A provider as a third party writes one, a small sync with it, and the kit that checks its promises.
        .target(name: "FolderCalendar", dependencies: [calendarCore]),
        .executableTarget(name: "CustomProvider", dependencies: [calendarCore, "FolderCalendar"]),
        .testTarget(name: "CustomProviderTests", dependencies: [calendarCore, calendarTesting, "FolderCalendar"]),
        // The lines of the README, so that they are compiled.
        .target(name: "ReadmeHost", dependencies: [calendarCore, calendarCrypto, google, microsoft]),
        // A host with its own store and its own HTTP client.
        .target(name: "HostParts", dependencies: [calendarCore]),
        // A host's own tests of its OAuth callback and its sync pipeline.
        .testTarget(
            name: "HostTests",
            dependencies: [calendarCore, calendarTesting, google, microsoft, "HostParts"]
        ),
    ]
)

for target in package.targets {
    target.swiftSettings = [.treatAllWarnings(as: .error), .enableUpcomingFeature("ExistentialAny")]
}
