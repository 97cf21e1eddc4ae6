import Foundation
import Synchronization
import Testing

@testable import Store

/// Checks the query plan of every statement that the product prepares in the tests of this process: it must not read the
/// whole of a table that can grow, nor sort rows to return a page of them.
enum QueryPlans {
  /// Checks the statements prepared since the last call, by whichever test, on the schema of `database`; once it is
  /// closed they are left to the next call.
  static func check(on database: Database) async {
    let plans = try? await database.read { connection in
      PreparedStatements.takeNew().compactMap { sql in
        (try? connection.queryPlan(of: sql)).map { (sql, $0) }
      }
    }
    for (sql, plan) in plans ?? [] {
      let problems = problems(of: sql, plan: plan)
      if problems.isEmpty || isOfTests(sql) { continue }
      Issue.record("\(problems.joined(separator: ", ")) in: \(sql)\nplan: \(plan)")
    }
  }

  static func problems(of sql: String, plan: [String]) -> [String] {
    let sql = collapsed(sql)
    if exceptions.contains(where: { $0.covers(sql) }) { return [] }
    return plan.compactMap { step in
      if step == "USE TEMP B-TREE FOR ORDER BY", sql.hasSuffix("LIMIT ?") {
        return "a page is cut from sorted rows"
      }
      guard let scan = step.prefixMatch(of: /SCAN (\w+)(.*)/) else { return nil }
      let table = table(String(scan.1), in: sql)
      if boundedSteps.contains(where: { step.contains($0) }) || boundedTables[table] != nil { return nil }
      return "the whole of \(table) is read"
    }
  }

  /// The table that a step of a plan calls by its alias.
  private static func table(_ alias: String, in sql: String) -> String {
    let named = sql.matches(of: #/(?:FROM|JOIN|UPDATE|INTO|,) (\w+) (?:AS )?(\w+)/#)
    return named.first { $0.2 == alias }.map { String($0.1) } ?? alias
  }

  /// With single spaces in place of line breaks and indentation.
  static func collapsed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// Whether only tests have the statement, which may read anything: it is a literal of theirs, or begins with a comment.
  private static func isOfTests(_ sql: String) -> Bool {
    let sql = collapsed(sql)
    return sql.hasPrefix("/* test */")
      || literalsOfTests.contains(sql) && !literalsOfSources.contains { $0.sql == sql }
  }

  /// The statements of the product that stand in its source text as a whole, with the names of their files.
  static let literalsOfSources = literals(in: "Sources/Appliance").filter { !filesOfParts.contains($0.file) }
  private static let literalsOfTests = Set(literals(in: "Tests/ApplianceTests").map(\.sql))

  /// The string literals in the Swift files of a folder that are SQL without interpolations.
  private static func literals(in folder: String) -> [(file: String, sql: String)] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent(folder)
    let files = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return files.filter { $0.hasSuffix(".swift") }.flatMap { file in
      let text = (try? String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)) ?? ""
      return literals(of: text).map { (file, $0) }
    }
  }

  private static func literals(of text: String) -> [String] {
    let parts = text.components(separatedBy: "\"\"\"")
    let long = every(second: parts)
    let short = parts.flatMap { $0.components(separatedBy: "\n") }
      .flatMap { every(second: $0.components(separatedBy: "\"")) }
    return (long + short).map(collapsed).filter { literal in
      ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "].contains { literal.hasPrefix($0) }
        && !literal.contains("\\(")
    }
  }

  private static func every(second parts: [String]) -> [String] {
    parts.enumerated().compactMap { $0.offset % 2 == 1 ? $0.element : nil }
  }
}
