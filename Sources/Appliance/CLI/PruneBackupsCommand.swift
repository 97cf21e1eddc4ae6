/// `obox backup prune`: deletes the backups that are none of the newest of the last days, weeks and months.
struct PruneBackupsCommand {
  static let syntax = CommandSyntax(
    name: "backup prune", summary: "Delete backups that need not be kept.",
    options: [
      BackupOptions.from,
      .value("days", "N", "Keep the newest backup of each of the last N days (default: 7)."),
      .value("weeks", "N", "The same for weeks (default: 5)."),
      .value("months", "N", "The same for months (default: 6)."),
    ])

  let arguments: Arguments

  init(_ arguments: Arguments) {
    self.arguments = arguments
  }

  func run() async throws(CommandFailure) {
    var kept = Configuration.Backups.Kept()
    kept.days = try number("days", from: 1) ?? kept.days
    kept.weeks = try number("weeks", from: 0) ?? kept.weeks
    kept.months = try number("months", from: 0) ?? kept.months
    let folder = BackupFolder(path: arguments["from"] ?? "")
    let deleted = try await BackupOptions.run { [kept] in try folder.prune(kept) }
    for name in deleted { Terminal.write("deleted \(name)\n") }
    if deleted.isEmpty { Terminal.write("nothing to delete\n") }
  }

  private func number(_ option: String, from least: Int) throws(CommandFailure) -> Int? {
    guard let text = arguments[option] else { return nil }
    guard text.utf8.count <= 4, let number = Int(text), number >= least else {
      throw CommandFailure("--\(option) \(text): use a number from \(least) to 9999", status: 2)
    }
    return number
  }
}
