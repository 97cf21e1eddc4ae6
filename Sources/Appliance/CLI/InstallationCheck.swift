import HTTP
import Store

/// Looks for damage in the database, and for what it and the hypervisor do not know of each other.
struct InstallationCheck: Sendable {
  /// Findings of one kind that are printed.
  private static let most = 20

  let database: Database
  /// Nil without the running daemon, which has the connection to the hypervisor.
  let orphans: HostOrphans?

  static let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY rootpage"
  static let integrity = "SELECT integrity_check FROM pragma_integrity_check(?)"
  static let references = """
    SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY "table", parent
    """

  /// `repair` in the question allows it to delete what has no machine. The status is 2 when the database is damaged.
  func answer(_ question: JSONValue) async throws -> CommandAnswer {
    let damage = try await damage()
    let loose = try await database.read { connection in
      try connection.query(Self.references) {
        "\($0.int(2)) rows of \($0.text(0)) refer to no row of \($0.text(1))"
      }
    }
    var lines = Self.lines("database integrity", damage) + Self.lines("references between tables", loose)
    let found = try await orphans?.find()
    let mends = question["repair"] == true
    lines += Self.lines(found)
    if let orphans, let found, found.isRepairable, mends {
      try await orphans.repair(found)
      lines.append("repaired")
    }
    let isLeft = found.map { mends ? !$0.withoutDisk.isEmpty : !$0.isEmpty } ?? false
    return Self.answer(lines, damage: !damage.isEmpty, isLeft: isLeft || !loose.isEmpty, found, mends)
  }

  private static func answer(
    _ lines: [String], damage: Bool, isLeft: Bool, _ found: HostOrphans.Found?, _ mends: Bool
  ) -> CommandAnswer {
    var answer =
      damage
      ? CommandAnswer(
        lines, status: 2, message: "the database is damaged. Stop OBox and restore the latest backup")
      : CommandAnswer(lines, status: isLeft ? 1 : 0, message: "something was found")
    answer.more["repairable"] = .bool(!mends && found?.isRepairable == true)
    return answer
  }

  /// Each table in a read of its own, so that the write-ahead log can be reset in between.
  private func damage() async throws -> [String] {
    let tables = try await database.read { try $0.query(Self.tables) { $0.text(0) } }
    var findings: [String] = []
    for table in tables where findings.count < Self.most {
      let found = try await database.read { connection -> [String] in
        do {
          return try connection.query(Self.integrity, table) { $0.text(0) }.filter { $0 != "ok" }
        } catch let error as StoreError where error.code == .corrupt {
          return ["\(table): \(error.message)"]
        }
      }
      findings += found
    }
    return findings
  }

  private static func lines(_ title: String, _ findings: [String]) -> [String] {
    findings.isEmpty
      ? ["[ok] \(title)"]
      : ["[broken] \(title): \(findings.count)"] + findings.prefix(most).map { "    " + $0 }
  }

  private static func lines(_ found: HostOrphans.Found?) -> [String] {
    guard let found else { return ["[skipped] machines: the hypervisor is compared while OBox runs"] }
    let kinds = [
      ("domains without a machine", found.domains.map(\.name)), ("disks without a machine", found.volumes),
      ("machines without a domain", found.withoutDomain.map { "machine \($0)" }),
      ("machines without a disk", found.withoutDisk.map { "machine \($0)" }),
    ].filter { !$0.1.isEmpty }
    guard !kinds.isEmpty else { return ["[ok] machines and hypervisor agree"] }
    return kinds.flatMap { title, names in
      ["[attention] \(title): \(names.count)"] + names.prefix(most).map { "    " + $0 }
    }
  }
}
