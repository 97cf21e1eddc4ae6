/// One numbered schema change. Once released it is never edited, renumbered or renamed.
public struct Migration: Sendable {
  public let number: Int
  public let name: String
  let run: @Sendable (Transaction) throws -> Void

  /// Several statements, run in one transaction.
  public init(_ number: Int, _ name: String, sql: String) {
    self.init(number, name) { try $0.executeScript(sql) }
  }

  public init(_ number: Int, _ name: String, run: @escaping @Sendable (Transaction) throws -> Void) {
    self.number = number
    self.name = name
    self.run = run
  }
}
