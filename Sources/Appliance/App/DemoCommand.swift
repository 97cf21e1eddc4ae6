import HTTP
import Store

/// `obox demo remove`: removes the demo data, with or without a running daemon.
struct RemoveDemoCommand {
  static let syntax = CommandSyntax(
    name: "demo remove", summary: "Remove the demo accounts and content.",
    options: [
      SiteOptions.data, SiteOptions.config, .flag("yes", "Confirm the removal, which cannot be undone."),
    ])

  let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  func run() async throws(CommandFailure) {
    guard arguments.has("yes") else {
      throw CommandFailure(
        "this removes the demo accounts (except administrators and owners of machines) and all that they wrote. "
          + "Add --yes to confirm", status: 2)
    }
    let site = try SiteOptions.site(arguments)
    try await ControlSocket.ask(["command": .string(Self.syntax.name)], of: site) {
      let appliance = try Appliance(site: site, log: Log(level: .error))
      do {
        for line in try await Self.lines(appliance) { Terminal.write(line + "\n") }
        await appliance.database.close()
      } catch {
        await appliance.database.close()
        throw error
      }
    }
  }

  /// Removes the demo data; returns the lines to print.
  static func lines(_ appliance: Appliance) async throws -> [String] {
    let data = DemoData(appliance: appliance)
    guard try await data.isThere() else { return ["no demo data"] }
    let count = try await data.remove()
    return ["demo data removed (\(count) rows)"]
  }
}
