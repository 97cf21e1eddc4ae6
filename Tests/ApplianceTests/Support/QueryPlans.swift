import Foundation
import Synchronization
import Testing

@testable import Store

/// Looks at the query plan of every statement that the product prepares in any test of this process.
///
/// One that reads the whole of a table which can grow is an issue at once, whoever wrote it and wherever it stands.
/// All texts are kept in `.build/statements`, from which scripts/statements.py tells what no test runs.
enum QueryPlans {
  /// Begins to look, before a database is opened. Further calls do nothing.
  static func watch() { _ = isWatching }

  private static let isWatching: Bool = {
    let file = Record()
    let seen = Mutex<Set<String>>([])
    PreparedStatements.observer.withLock { observer in
      observer = { sql, plan in
        guard seen.withLock({ $0.insert(sql).inserted }) else { return }
        file.add(sql)
        for table in scanned(by: sql, plan: plan()) where !isOfTests(sql) {
          Issue.record("a query reads the whole of \(table): \(sql)\n\(plan())")
        }
      }
    }
    return true
  }()

  /// The tables that can grow and of which a plan reads all rows, or all entries of an index.
  static func scanned(by sql: String, plan: [String]) -> [String] {
    if allowed.contains(where: { collapsed(sql).hasSuffix($0.ending) }) { return [] }
    return plan.compactMap { step in
      guard let scan = step.prefixMatch(of: /SCAN (\w+)(.*)/) else { return nil }
      let table = table(String(scan.1), in: sql)
      if boundedSteps.contains(where: { step.contains($0) }) || boundedTables[table] != nil { return nil }
      return table
    }
  }

  /// What a step of a plan calls by the name that the statement gave it.
  private static func table(_ alias: String, in sql: String) -> String {
    let named = collapsed(sql).matches(of: #/(?:FROM|JOIN|UPDATE|INTO|,) (\w+) (?:AS )?(\w+)/#)
    return named.first { $0.2 == alias }.map { String($0.1) } ?? alias
  }

  static func collapsed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether only tests say so: what they ask by themselves may read anything.
  private static func isOfTests(_ sql: String) -> Bool {
    let sql = collapsed(sql)
    if sources.contains(where: { $0.contains(sql) }) { return false }
    if tests.contains(where: { $0.contains(sql) }) { return true }
    // The text up to where something was put in.
    var words = sql.split(separator: " ")[...]
    while words.count > 3 {
      words.removeLast()
      let beginning = words.joined(separator: " ") + " \\("
      if sources.contains(where: { $0.contains(beginning) }) { return false }
      if tests.contains(where: { $0.contains(beginning) }) { return true }
    }
    return false
  }

  private static let tests = texts(of: "Tests/ApplianceTests")
  private static let sources = texts(of: "Sources/Appliance")

  private static func texts(of folder: String) -> [String] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(folder)
    let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".swift") }.compactMap { path in
      (try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)).map(collapsed)
    }
  }

  /// The texts, each behind a zero byte.
  private struct Record {
    private let file: Int32

    init() {
      mkdir(".build", 0o755)
      file = open(".build/statements", O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0o644)
    }

    func add(_ sql: String) {
      let bytes = [0] + Array(sql.utf8)
      _ = write(file, bytes, bytes.count)
    }
  }
}
