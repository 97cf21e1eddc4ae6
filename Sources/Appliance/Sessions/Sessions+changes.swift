import HTTP
import Store

extension Sessions {
  /// Makes a session's row; the session opens when the transaction is on disk. Answers its token.
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

  /// Ends sessions, and tells their pages why, once that is on disk.
  func end(_ ids: [Int64], reason: SessionEnd, in tx: Transaction) throws {
    guard !ids.isEmpty else { return }
    for id in ids { try tx.execute("DELETE FROM sessions WHERE id = ?", id) }
    tx.afterCommit { [self] in
      state.withLock { state in
        for id in ids {
          guard let hash = state.hashes.removeValue(forKey: id) else { continue }
          state.byHash[hash] = nil
          state.seen.remove(hash)
        }
      }
      for id in ids { hub.end(.session(id), reason: reason.rawValue) }
    }
  }

  /// Ends the sessions of a person, but for one that may stay.
  func end(ofUser user: Int64, except kept: Int64? = nil, reason: SessionEnd, in tx: Transaction) throws {
    let ids = try tx.query("SELECT id FROM sessions WHERE user_id = ?", user, map: { $0.int64(0) })
    try end(ids.filter { $0 != kept }, reason: reason, in: tx)
  }

  /// Puts an account's new fields and rights where requests and open sockets read them, once they are on
  /// disk. Who is not active any more loses every session; who is gone, everything.
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
      // Its sessions are gone; what still listens came with an API token.
      hub.end(ofAccount: id, reason: reason.rawValue)
    }
  }

  /// The rows of somebody's sessions went together with the person's.
  private static func forget(user: Int64, _ state: inout State) {
    state.tokens = state.tokens.filter { $0.value.userID != user }
    for (hash, entry) in state.byHash where entry.userID == user {
      state.byHash[hash] = nil
      state.hashes[entry.id] = nil
      state.seen.remove(hash)
    }
  }

  /// Opens an API token, once its row is on disk.
  func add(_ token: APIToken, hash: [UInt8], in tx: Transaction) {
    tx.afterCommit { [self] in state.withLock { $0.tokens[hash] = token } }
  }

  /// Closes an API token, once its row is gone from the disk.
  func removeToken(_ id: Int64, in tx: Transaction) {
    tx.afterCommit { [self] in
      state.withLock { state in state.tokens = state.tokens.filter { $0.value.id != id } }
      hub.end(.apiToken(id), reason: SessionEnd.endedByOwner.rawValue)
    }
  }

  /// Ends every API token of a person, whose password is another now.
  func endTokens(ofUser user: Int64, in tx: Transaction) throws {
    for id in try tx.query("SELECT id FROM api_tokens WHERE user_id = ?", user, map: { $0.int64(0) }) {
      try tx.execute("DELETE FROM api_tokens WHERE id = ?", id)
      removeToken(id, in: tx)
    }
  }

  /// Writes down when sessions were last seen, and drops what ended.
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
        // Not before: the closure may be undone, or run again.
        for (hash, at) in seen where state.byHash[hash]?.seenAt == at { state.seen.remove(hash) }
        for (hash, entry) in state.byHash where entry.expiresAt <= now {
          state.byHash[hash] = nil
          state.hashes[entry.id] = nil
          state.seen.remove(hash)
          ended.append(.session(entry.id))
        }
        return ended
      }
      for credential in ended { hub.end(credential, reason: SessionEnd.expired.rawValue) }
    }
  }
}
