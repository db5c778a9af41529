import ArgumentParser
import CalendarCore
import CalendarTesting

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Shows the whole path on simulated services: no account, no network.",
        discussion: """
            With --store the host keeps everything in a SQLite file, and each further run goes on from it. The services \
            live in memory: before a further run they are brought to where the run before left them. Tokens are sealed \
            with a key in FILE.key, which is made by the first run. A host in production keeps its key elsewhere.
            """
    )

    @Flag(help: "Print one JSON object instead of the story.")
    var json = false

    @Option(help: ArgumentHelp("Keep what the host stores in this file, and go on from it.", valueName: "file"))
    var store: String?

    func run() async throws {
        let narrator = Narrator(isSilent: json)
        let world = try DemoWorld()
        guard let store else { return try await tell(narrator, world) }
        let storage = try StoreFile(path: store).open(.createdIfMissing)
        let runs = try await DemoReturn.runs(in: storage)
        guard runs > 0 else { return try await tell(narrator, world.host(on: storage, run: 1)) }
        try await DemoReturn.replay(runs, on: world)
        let summary = try await DemoReturn(
            narrator: narrator,
            world: world.host(on: storage, run: runs + 1),
            run: runs + 1
        ).run()
        if json { print(try summary.json()) }
    }

    private func tell(_ narrator: Narrator, _ world: DemoWorld) async throws {
        let summary = try await Demo(narrator: narrator, world: world).run()
        if json { print(try summary.json()) }
        guard let store else { return }
        narrator.say("stored: run the demo again with this file, or calendar agenda --store \(store) --week 2026-W13")
    }
}
