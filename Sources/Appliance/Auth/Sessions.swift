import Store
import Synchronization

/// Every live session and account, in memory: the truth's copy.
///
/// This process is the only writer of the database, so what is ended here is ended at once.
final class Sessions: Sendable {
  struct Entry: Sendable {
    let id: Int64
    let userID: Int64
    let expiresAt: Int64
    var seenAt: Int64
  }

  private struct State {
    var byHash: [[UInt8]: Entry] = [:]
    var accounts: [Int64: Account] = [:]
    var seen: Set<[UInt8]> = []
  }

  /// How long a session lives after sign-in: 30 days, in milliseconds.
  static let lifetime: Int64 = 30 * 24 * 3600 * 1000

  private let state = Mutex(State())
  private let clock: Clock

  init(clock: Clock) {
    self.clock = clock
  }

  /// Loads what is in the database; called once at start.
  func load(from connection: Connection) throws {
    let now = clock.now()
    let rows = try connection.query(
      "SELECT token_hash, id, user_id, expires_at, seen_at FROM sessions WHERE expires_at > ?", now
    ) { row in
      (
        row.blob(0),
        Entry(id: row.int64(1), userID: row.int64(2), expiresAt: row.int64(3), seenAt: row.int64(4))
      )
    }
    let accounts = try connection.query("SELECT \(Account.columns) FROM users", map: Account.init)
    state.withLock { state in
      for (hash, entry) in rows { state.byHash[hash] = entry }
      for account in accounts { state.accounts[account.id] = account }
    }
  }

  /// The session that a token opens, or nil where there is none, it ended, or its person was deactivated.
  func find(token: String) -> SignedIn? {
    guard let hash = Token.hash(token, for: .session) else { return nil }
    let now = clock.now()
    return state.withLock { state in
      guard let entry = state.byHash[hash], entry.expiresAt > now,
        let account = state.accounts[entry.userID], account.isActive
      else { return nil }
      if now - entry.seenAt > 60_000 {
        state.byHash[hash]?.seenAt = now
        state.seen.insert(hash)
      }
      return SignedIn(account: account, sessionID: entry.id)
    }
  }

  func account(_ id: Int64) -> Account? {
    state.withLock { $0.accounts[id] }
  }

  /// When a session ends by itself.
  func expiry(ofSession id: Int64) -> Int64? {
    state.withLock { $0.byHash.values.first { $0.id == id }?.expiresAt }
  }

  /// Makes a session's row; the session opens when the transaction is on disk.
  func open(for account: Account, address: String, agent: String, in tx: Transaction) throws -> String {
    let token = Token(for: .session)
    let hash = token.hash
    let expiresAt = tx.now + Self.lifetime
    try tx.execute(
      """
      INSERT INTO sessions (token_hash, user_id, address, agent, created_at, seen_at, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """, hash, account.id, address, String(agent.prefix(200)), tx.now, tx.now, expiresAt)
    let entry = Entry(id: tx.lastInsertedID, userID: account.id, expiresAt: expiresAt, seenAt: tx.now)
    tx.afterCommit { [self] in
      state.withLock { state in
        state.byHash[hash] = entry
        state.accounts[account.id] = account
      }
    }
    return token.text
  }

  /// Ends one session. Ended in memory when the transaction is on disk.
  func end(_ id: Int64, in tx: Transaction) throws {
    try tx.execute("DELETE FROM sessions WHERE id = ?", id)
    tx.afterCommit { [self] in
      state.withLock { state in
        guard let hash = state.byHash.first(where: { $0.value.id == id })?.key else { return }
        state.byHash[hash] = nil
        state.seen.remove(hash)
      }
    }
  }

  /// Puts an account's new fields where requests read them, once they are on disk.
  func refresh(_ id: Int64, in tx: Transaction) throws {
    let account = try Account.find(id, in: tx)
    tx.afterCommit { [self] in state.withLock { $0.accounts[id] = account } }
  }

  /// Writes down when sessions were last seen, and drops those that ended.
  func flush(in tx: Transaction) throws {
    let seen = state.withLock { state in
      defer { state.seen.removeAll() }
      return state.seen.compactMap { hash in state.byHash[hash].map { (hash, $0.seenAt) } }
    }
    for (hash, at) in seen {
      try tx.execute("UPDATE sessions SET seen_at = ? WHERE token_hash = ?", at, hash)
    }
    let now = tx.now
    try tx.execute("DELETE FROM sessions WHERE expires_at <= ?", now)
    try tx.execute("DELETE FROM tokens WHERE expires_at <= ?", now - Self.lifetime)
    tx.afterCommit { [self] in
      state.withLock { state in state.byHash = state.byHash.filter { $0.value.expiresAt > now } }
    }
  }
}
