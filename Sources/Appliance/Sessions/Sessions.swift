import HTTP
import Store
import Synchronization
import Threads

/// Every session, API token and account, in memory: the truth's copy.
///
/// This process is the only writer of the database, so what is ended here is ended at once.
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
  }

  /// How long a session lives after sign-in: 30 days, in milliseconds.
  static let lifetime: Int64 = 30 * 24 * 3600 * 1000
  /// What the wire form of an API token begins with.
  static let tokenPrefix = "obox_"

  let state = Mutex(State())
  let clock: Clock
  let hub: Hub
  /// Sign-ins decide and write one after the other, so that two at once cannot both be the first.
  let order = AsyncLock()

  /// Called with the id of somebody whose account is gone.
  private let accountRemoved = Mutex<(@Sendable (Int64) -> Void)?>(nil)

  /// Whether admins can do nothing before they have set up the second step of sign-in.
  let requireAdminTOTP: Bool

  init(clock: Clock, hub: Hub, requireAdminTOTP: Bool = false) {
    self.clock = clock
    self.requireAdminTOTP = requireAdminTOTP
    self.hub = hub
    hub.whenSessionCloses { [weak self] session in self?.release(session) }
  }

  /// Calls `body` with the id of each account that is gone, after the commit.
  func whenAccountIsRemoved(_ body: @escaping @Sendable (Int64) -> Void) {
    accountRemoved.withLock { $0 = body }
  }

  var onAccountRemoved: (@Sendable (Int64) -> Void)? { accountRemoved.withLock { $0 } }

  /// Loads what is in the database; called once at start. Nobody is live until they ask for something.
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
    state.withLock { state in
      for (hash, entry) in rows {
        state.byHash[hash] = entry
        state.hashes[entry.id] = hash
      }
      for account in accounts { state.accounts[account.id] = account }
      for (hash, token) in tokens { state.tokens[hash] = token }
    }
  }

  /// Who the cookie of a browser speaks for.
  func find(cookie: String, isUse: Bool = true) -> SignedIn? {
    Token.hash(cookie, for: .session).flatMap { find(hash: $0, isUse: isUse) }
  }

  /// The stored form of a session's token.
  static func hash(bearer: String) -> [UInt8]? {
    Token.cookie(of: bearer).flatMap { Token.hash($0, for: .session) }
  }

  /// Who a token speaks for, or nil where there is none, it ended, or its person was deactivated. Asking is a use
  /// of the session, which makes it live, unless said otherwise.
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

  /// Whether a person has to set up the second step of sign-in before anything else.
  func mustSetUpTOTP(_ account: Account) -> Bool {
    requireAdminTOTP && account.role == .admin && !account.hasTOTP
  }

  func account(_ id: Int64) -> Account? {
    state.withLock { $0.accounts[id] }
  }

  /// Whether a session or an API token is still there.
  func isValid(_ credential: Credential) -> Bool {
    switch credential {
    case .session(let id): entry(id) != nil
    case .apiToken(let id): state.withLock { $0.tokens.values.contains { $0.id == id } }
    }
  }

  func entry(_ id: Int64) -> SessionEntry? {
    state.withLock { state in state.hashes[id].flatMap { state.byHash[$0] } }
  }

  /// The sessions of one person, or of all.
  func entries(ofUser user: Int64? = nil) -> [SessionEntry] {
    let now = clock.now()
    return state.withLock { state in
      state.byHash.values.filter { $0.expiresAt > now && (user == nil || $0.userID == user) }
    }
  }

  /// The sessions of the same person at the same workstation, this one among them: who signs out there has
  /// left, however often they signed in.
  func together(with id: Int64) -> [Int64] {
    guard let own = entry(id), own.workstationID != 0 else { return [id] }
    return entries(ofUser: own.userID).filter { $0.workstationID == own.workstationID }.map(\.id)
  }

  /// When a session ends by itself.
  func expiry(ofSession id: Int64) -> Int64? { entry(id)?.expiresAt }

  /// Live means an open socket, or a request in the last 60 seconds; never a flag that has to be reset.
  ///
  /// The lease is read as it is now and after the sockets: closing the last one ends both in one step, and a copy made
  /// before would still show the lease.
  func isLive(_ entry: SessionEntry) -> Bool {
    if hub.isConnected(session: entry.id) { return true }
    guard let leasedAt = self.entry(entry.id)?.leasedAt else { return false }
    // Both ways: a clock that was set back must not leave leases that last for hours.
    return abs(clock.now() - leasedAt) < SessionEntry.lease
  }

  /// Its last page was closed: the lease ends now. The session stays, and its next request revives it.
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
