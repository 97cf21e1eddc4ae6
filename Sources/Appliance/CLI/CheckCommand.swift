import Glibc
import HTTP

/// `obox check`: looks for damage; with `--yes`, or after a question, deletes what has no machine.
enum CheckCommand {
  static let syntax = CommandSyntax(
    name: "check", summary: "Check the database, and compare it with the hypervisor.",
    options: [
      SiteOptions.data, SiteOptions.config,
      .flag("yes", "Delete domains and disks without a machine without asking."),
    ])

  static func question(repairs: Bool) -> JSONValue {
    ["command": .string(syntax.name), "repair": .bool(repairs)]
  }

  /// Runs the check, and once more with the permission to repair when there is something to repair and a person at the
  /// terminal agrees. `ask` runs the command.
  static func run(
    _ arguments: Arguments, confirm: () -> Bool = CheckCommand.confirm,
    ask: (JSONValue) async throws(CommandFailure) -> CommandAnswer
  ) async throws(CommandFailure) {
    let answer = try await ask(question(repairs: arguments.has("yes")))
    guard answer.more["repairable"] == true else { return try answer.show() }
    for line in answer.lines { Terminal.write(line + "\n") }
    guard confirm() else {
      throw CommandFailure("\(answer.message); add --yes to repair it", status: answer.status)
    }
    try await ask(question(repairs: true)).show()
  }

  /// Whether somebody at a terminal answers yes.
  static func confirm() -> Bool {
    guard isatty(STDIN_FILENO) == 1 else { return false }
    Terminal.write("Delete the domains and disks listed above? This cannot be undone. Type yes to go on: ")
    return readLine(strippingNewline: true)?.trimmed().lowercased() == "yes"
  }
}
