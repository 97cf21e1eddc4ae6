import HTTP
import Store
import Synchronization
import Threads

/// All sessions, API tokens and accounts in memory. A valid copy of the database, since this process is the
/// only writer: a session ended here is invalid at once.
final class Sessions: Sendable {
  struct APIToken: Sendable {
    let id: Int64
    let userID: Int64
    let rights: Set<String>
    let expiresAt: Int64
  }

  struct State {
    var byHash: [[UInt8]: SessionEntry] = [:]
    var hashes: [Int64: [UInt8]] = [:]
    var accounts: [Int64: Account] = [:]
    var tokens: [[UInt8]: APIToken] = [:]
    var seen: Set<[UInt8]> = []
    var seenTokens: [Int64: Int64] = [:]
    /// When people were last seen in sessions that have ended, by account.
    var past: [Int64: Int64] = [:]

    /// Removes a session from memory.
    mutating func forget(_ hash: [UInt8]) {
      seen.remove(hash)
      guard let entry = byHash.removeValue(forKey: hash) else { return }
      hashes[entry.id] = nil
      past[entry.userID] = max(past[entry.userID] ?? 0, entry.seenAt)
    }
  }

  /// Lifetime of a session after sign-in: 30 days, in milliseconds.
  static let lifetime: Int64 = 30 * 24 * 3600 * 1000
  /// Prefix of API tokens.
  static let tokenPrefix = "obox_"

  let state = Mutex(State())
  let clock: Clock
  let hub: Hub
  /// Held by a sign-in while it decides and writes, so that of two concurrent ones one is first.
  let order = AsyncLock()

  /// Called with the id of a deleted account.
  private let accountRemoved = Mutex<(@Sendable (Int64) -> Void)?>(nil)

  /// Whether admins must set up two-step sign-in before they can do anything else.
  let requireAdminTOTP: Bool

  init(clock: Clock, hub: Hub, requireAdminTOTP: Bool = false) {
    self.clock = clock
    self.requireAdminTOTP = requireAdminTOTP
    self.hub = hub
    hub.whenSessionCloses { [weak self] session in self?.release(session) }
  }

  /// Calls `body` with the id of each deleted account, after the commit.
  func whenAccountIsRemoved(_ body: @escaping @Sendable (Int64) -> Void) {
    accountRemoved.withLock { $0 = body }
  }

  var onAccountRemoved: (@Sendable (Int64) -> Void)? { accountRemoved.withLock { $0 } }

  /// Loads everything from the database; called once at start. No session is live until its next request.
  func load(from connection: Connection) throws {
    let now = clock.now()
    let rows = try connection.query(
      """
      SELECT token_hash, id, user_id, workstation_id, address, created_at, expires_at, seen_at, is_phone
      FROM sessions WHERE expires_at > ?
      """, now
    ) { row in
      (
        row.blob("token_hash"),
        SessionEntry(
          id: row.int64("id"), userID: row.int64("user_id"), workstationID: row.int64("workstation_id"),
          isPhone: row.bool("is_phone"),
          address: row.text("address"),
          createdAt: row.int64("created_at"), expiresAt: row.int64("expires_at"),
          seenAt: row.int64("seen_at"), leasedAt: 0)
      )
    }
    let accounts = try Account.all(in: connection)
    let tokens = try connection.query(
      "SELECT hash, id, user_id, rights, expires_at FROM api_tokens WHERE expires_at > ?", now
    ) { row in
      (
        row.blob("hash"),
        APIToken(
          id: row.int64("id"), userID: row.int64("user_id"), rights: Permission.words(row.text("rights")),
          expiresAt: row.int64("expires_at"))
      )
    }
    let past = try connection.query("SELECT id, last_seen_at FROM users WHERE last_seen_at IS NOT NULL") {
      ($0.int64(0), $0.int64(1))
    }
    state.withLock { state in
      state.past = Dictionary(past, uniquingKeysWith: max)
      for (hash, entry) in rows {
        state.byHash[hash] = entry
        state.hashes[entry.id] = hash
      }
      for account in accounts { state.accounts[account.id] = account }
      for (hash, token) in tokens { state.tokens[hash] = token }
    }
  }

  /// The identity of a browser's session cookie.
  func find(cookie: String, isUse: Bool = true) -> SignedIn? {
    Token.hash(cookie, for: .session).flatMap { find(hash: $0, isUse: isUse) }
  }

  /// The stored hash for a session token.
  static func hash(bearer: String) -> [UInt8]? {
    Token.cookie(of: bearer).flatMap { Token.hash($0, for: .session) }
  }

  /// The identity of a token; nil when it is unknown, expired, or its account inactive. With `isUse`, the
  /// session's lease is renewed, which makes it live.
  func find(token: String, isUse: Bool = true) -> SignedIn? {
    if token.hasPrefix(Self.tokenPrefix) { return find(apiToken: token) }
    return Self.hash(bearer: token).flatMap { find(hash: $0, isUse: isUse) }
  }

  private func find(hash: [UInt8], isUse: Bool) -> SignedIn? {
    let now = clock.now()
    return state.withLock { state in
      guard let index = state.byHash.index(forKey: hash) else { return nil }
      let entry = state.byHash.values[index]
      guard entry.expiresAt > now, let account = state.accounts[entry.userID], account.isActive else {
        return nil
      }
      guard isUse else { return SignedIn(account: account, sessionID: entry.id) }
      state.byHash.values[index].leasedAt = now
      if now - entry.seenAt > 10_000 || entry.leasedAt == 0 {
        state.byHash.values[index].seenAt = now
        state.seen.insert(hash)
      }
      return SignedIn(account: account, sessionID: entry.id)
    }
  }

  /// Whether the person must set up two-step sign-in first.
  func mustSetUpTOTP(_ account: Account) -> Bool {
    requireAdminTOTP && account.role == .admin && !account.hasTOTP
  }

  func account(_ id: Int64) -> Account? {
    state.withLock { $0.accounts[id] }
  }

  /// Whether a session or an API token is still valid.
  func isValid(_ credential: Credential) -> Bool {
    switch credential {
    case .session(let id): entry(id) != nil
    case .apiToken(let id): state.withLock { $0.tokens.values.contains { $0.id == id } }
    }
  }

  func entry(_ id: Int64) -> SessionEntry? {
    state.withLock { state in state.hashes[id].flatMap { state.byHash[$0] } }
  }

  /// The sessions of one person, or all.
  /// When people were last seen in sessions that have ended, in milliseconds since 1970, by account.
  var past: [Int64: Int64] { state.withLock(\.past) }

  func entries(ofUser user: Int64? = nil) -> [SessionEntry] {
    let now = clock.now()
    return state.withLock { state in
      state.byHash.values.filter { $0.expiresAt > now && (user == nil || $0.userID == user) }
    }
  }

  /// The sessions of the same person at the same workstation, including this one: signing out ends them all.
  func together(with id: Int64) -> [Int64] {
    guard let own = entry(id), own.workstationID != 0 else { return [id] }
    return entries(ofUser: own.userID).filter { $0.workstationID == own.workstationID }.map(\.id)
  }

  /// When a session expires.
  func expiry(ofSession id: Int64) -> Int64? { entry(id)?.expiresAt }

  /// A session is live while it has an open socket or made a request within the last 60 seconds; computed,
  /// not stored.
  ///
  /// The current lease is read after the sockets: closing the last socket ends both at once, and the copy in
  /// `entry` may still contain the lease.
  func isLive(_ entry: SessionEntry) -> Bool {
    if hub.isConnected(session: entry.id) { return true }
    guard let leasedAt = self.entry(entry.id)?.leasedAt else { return false }
    // Absolute, because after the clock was set back a lease would otherwise last for hours.
    return abs(clock.now() - leasedAt) < SessionEntry.lease
  }

  /// Ends the lease when the last page was closed. The session stays valid, and its next request renews the
  /// lease.
  func release(_ id: Int64) {
    state.withLock { state in
      guard let hash = state.hashes[id] else { return }
      state.byHash[hash]?.leasedAt = 0
    }
  }

  private func find(apiToken text: String) -> SignedIn? {
    guard let hash = Token.hash(String(text.dropFirst(Self.tokenPrefix.count)), for: .api) else { return nil }
    let now = clock.now()
    return state.withLock { state in
      guard let token = state.tokens[hash], token.expiresAt > now, let account = state.accounts[token.userID],
        account.isActive
      else { return nil }
      state.seenTokens[token.id] = now
      let isAdmin = token.rights.contains("admin")
      return SignedIn(
        account: isAdmin ? account : account.limited, sessionID: 0, kind: .apiToken(rights: token.rights),
        tokenID: token.id)
    }
  }
}
