import HTTP
import Store

extension Sessions {
  /// Inserts a session, which becomes valid after the commit. Returns its token.
  func open(
    for account: Account, workstation: Int64, isPhone: Bool = false, address: String, agent: String,
    in tx: Transaction
  ) throws -> String {
    let token = Token(for: .session)
    guard let hash = Self.hash(bearer: token.text) else { throw Failure.notFound }
    let expiresAt = tx.now + Self.lifetime
    try tx.execute(
      """
      INSERT INTO sessions (token_hash, user_id, workstation_id, is_phone, address, agent, created_at, seen_at,
        expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, hash, account.id, workstation, isPhone, address, agent.clipped(to: 200), tx.now, tx.now,
      expiresAt)
    let entry = SessionEntry(
      id: tx.lastInsertedID, userID: account.id, workstationID: workstation, isPhone: isPhone,
      address: address,
      createdAt: tx.now, expiresAt: expiresAt, seenAt: tx.now, leasedAt: tx.now)
    tx.afterCommit { [self] in
      state.withLock { state in
        state.byHash[hash] = entry
        state.hashes[entry.id] = hash
        state.accounts[account.id] = account
      }
    }
    return token.text
  }

  /// Ends sessions, and tells their pages the reason after the commit.
  func end(_ ids: [Int64], reason: SessionEnd, in tx: Transaction) throws {
    guard !ids.isEmpty else { return }
    for id in ids { try tx.execute("DELETE FROM sessions WHERE id = ?", id) }
    tx.afterCommit { [self] in
      state.withLock { state in
        for id in ids {
          if let hash = state.hashes[id] { state.forget(hash) }
        }
      }
      for id in ids { hub.end(.session(id), reason: reason.rawValue) }
    }
  }

  /// Ends the sessions of a person except `kept`.
  func end(ofUser user: Int64, except kept: Int64? = nil, reason: SessionEnd, in tx: Transaction) throws {
    let ids = try tx.query("SELECT id FROM sessions WHERE user_id = ?", user, map: { $0.int64(0) })
    try end(ids.filter { $0 != kept }, reason: reason, in: tx)
  }

  /// Publishes an account's changes to requests and open sockets after the commit. Ends all sessions of an
  /// inactive account, and removes a deleted one.
  func refresh(_ id: Int64, in tx: Transaction) throws {
    let account = try Account.find(id, in: tx)
    let reason = account == nil ? SessionEnd.deleted : .deactivated
    if account?.isActive != true { try end(ofUser: id, reason: reason, in: tx) }
    tx.afterCommit { [self] in
      state.withLock { state in
        state.accounts[id] = account
        if account == nil { Self.forget(user: id, &state) }
      }
      if account == nil { onAccountRemoved?(id) }
      if let account, account.isActive { return hub.refresh(account) }
      // Its sessions have ended; the remaining sockets use API tokens.
      hub.end(ofAccount: id, reason: reason.rawValue)
    }
  }

  /// Removes the sessions of a deleted person from memory; their rows were deleted with the account.
  private static func forget(user: Int64, _ state: inout State) {
    state.tokens = state.tokens.filter { $0.value.userID != user }
    for (hash, entry) in state.byHash where entry.userID == user { state.forget(hash) }
    state.past[user] = nil
  }

  /// Makes an API token valid after the commit.
  func add(_ token: APIToken, hash: [UInt8], in tx: Transaction) {
    tx.afterCommit { [self] in state.withLock { $0.tokens[hash] = token } }
  }

  /// Makes an API token invalid after the commit.
  func removeToken(_ id: Int64, in tx: Transaction) {
    tx.afterCommit { [self] in
      state.withLock { state in state.tokens = state.tokens.filter { $0.value.id != id } }
      hub.end(.apiToken(id), reason: SessionEnd.endedByOwner.rawValue)
    }
  }

  /// Ends all API tokens of a person whose password has changed, and the secret address of their calendar.
  func endTokens(ofUser user: Int64, in tx: Transaction) throws {
    try tx.execute("DELETE FROM calendar_feeds WHERE user_id = ?", user)
    for id in try tx.query("SELECT id FROM api_tokens WHERE user_id = ?", user, map: { $0.int64(0) }) {
      try tx.execute("DELETE FROM api_tokens WHERE id = ?", id)
      removeToken(id, in: tx)
    }
  }

  /// Stores when sessions were last seen, and deletes expired ones.
  func flush(in tx: Transaction) throws {
    let seen = state.withLock { state in
      state.seen.compactMap { hash in state.byHash[hash].map { (hash, $0.seenAt) } }
    }
    let seenTokens = state.withLock { state in
      defer { state.seenTokens.removeAll() }
      return state.seenTokens
    }
    for (id, at) in seenTokens {
      try tx.execute("UPDATE api_tokens SET seen_at = ? WHERE id = ?", at, id)
    }
    for (hash, at) in seen {
      try tx.execute("UPDATE sessions SET seen_at = ? WHERE token_hash = ?", at, hash)
    }
    let now = tx.now
    let old = now - Self.lifetime
    try tx.execute("DELETE FROM sessions WHERE expires_at <= ?", now)
    try tx.execute("DELETE FROM tokens WHERE expires_at <= ?", old)
    try tx.execute("DELETE FROM api_tokens WHERE expires_at <= ?", old)
    try tx.execute(
      "DELETE FROM workstations WHERE seen_at < ? AND id NOT IN (SELECT workstation_id FROM sessions)",
      now - 2 * Int64(Workstation.cookieSeconds) * 1000)
    tx.afterCommit { [self] in
      let ended = state.withLock { state in
        var ended = state.tokens.values.filter { $0.expiresAt <= now }.map { Credential.apiToken($0.id) }
        state.tokens = state.tokens.filter { $0.value.expiresAt > now }
        // Only after the commit: the transaction may be undone or repeated.
        for (hash, at) in seen where state.byHash[hash]?.seenAt == at { state.seen.remove(hash) }
        for (hash, entry) in state.byHash where entry.expiresAt <= now {
          state.forget(hash)
          ended.append(.session(entry.id))
        }
        return ended
      }
      for credential in ended { hub.end(credential, reason: SessionEnd.expired.rawValue) }
    }
  }
}
