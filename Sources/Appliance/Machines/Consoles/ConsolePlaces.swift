import HTTP
import Synchronization

/// Counts the open consoles, of each person and in all.
final class ConsolePlaces: Sendable {
  static let mostOfAccount = 8
  static let most = 64

  private let open = Mutex<[Int64: Int]>([:])

  /// Throws 429 when a further console of the account would be refused.
  func check(_ account: Int64) throws(Failure) {
    guard open.withLock({ Self.hasRoom(account, $0) }) else { throw .tooManyConsoles }
  }

  /// Throws 429 when there is no place; otherwise `leave` must follow.
  func take(_ account: Int64) throws(Failure) {
    let isTaken = open.withLock { open in
      guard Self.hasRoom(account, open) else { return false }
      open[account, default: 0] += 1
      return true
    }
    guard isTaken else { throw .tooManyConsoles }
  }

  func leave(_ account: Int64) {
    open.withLock { open in
      let left = (open[account] ?? 0) - 1
      open[account] = left > 0 ? left : nil
    }
  }

  private static func hasRoom(_ account: Int64, _ open: [Int64: Int]) -> Bool {
    open[account] ?? 0 < mostOfAccount && open.values.reduce(0, +) < most
  }
}
