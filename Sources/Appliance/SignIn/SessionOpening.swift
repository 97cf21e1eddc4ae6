import HTTP
import Store

/// Opens a session for an account if the policy allows, and builds the response.
struct SessionOpening: Sendable {
  let site: Site
  let database: Database
  let sessions: Sessions

  /// An opened session, as returned to its client.
  struct Opened: Sendable {
    let account: Account
    let token: String
    let workstation: Workstation
    /// Whether `/api/user/settings` exists; the page requests it only then.
    var hasSettings = false
    var isKept = true
  }

  /// Applies the policy and opens the session in a transaction, after `admit` has accepted the account.
  /// Throws 409 when the account or the workstation is in use; the writes of `admit` are then undone.
  func open(
    for request: Request, status: Int, device: String? = nil, takeover: Bool, remember: Bool,
    admit: @escaping @Sendable (Transaction) throws -> Account
  ) async throws -> Response {
    var opened = try await sessions.order.hold {
      try await database.write { [self] tx in
        try open(try admit(tx), for: request, device: device, takeover: takeover, in: tx)
      }
    }
    opened.isKept = remember
    return answer(opened, for: request, status: status)
  }

  /// The same within a larger transaction; the caller must hold `sessions.order`.
  func open(
    _ account: Account, for request: Request, device: String? = nil, takeover: Bool, in tx: Transaction
  ) throws -> Opened {
    // It may have changed since its password was checked.
    guard let account = try Account.find(account.id, in: tx) else { throw Failure.invalidCredentials }
    try account.checkMaySignIn()
    let agent = request.headers["user-agent"] ?? ""
    let workstation = try Workstation.find(
      Workstation.mark(request, sessions: sessions), agent: agent, in: tx)
    let configuration = site.configuration
    let policy = SignInPolicy(policy: configuration.sessionPolicy, phones: configuration.sessionPhones)
    let isPhone = Phone.isOne(device: device, request)
    let decision = policy.decide(
      user: account.id, workstation: workstation.id, isPhone: isPhone, takeover: takeover,
      sessions: sessions.entries(),
      isLive: sessions.isLive)
    switch decision {
    case .alreadyLoggedIn(let entry):
      throw Failure.alreadyLoggedIn(
        workstation: try Workstation.name(entry.workstationID, in: tx), since: entry.createdAt)
    case .workstationInUse(let entry):
      throw Failure.workstationInUse(by: sessions.account(entry.userID)?.name ?? "")
    case .welcome(let ending):
      if ending.contains(where: sessions.isLive) {
        try Audit.record(.takeover, actor: account, subject: account, request: request, in: tx)
      }
      try sessions.end(ending.map(\.id), reason: .takenOver, in: tx)
      // The session whose token came with the request is replaced by the new one.
      if let old = request.signedIn, old.isInteractive, old.account.id == account.id,
        !ending.contains(where: { $0.id == old.sessionID })
      {
        try sessions.end([old.sessionID], reason: .replaced, in: tx)
      }
    }
    try workstation.becomeKnown(to: account.id, in: tx)
    let token = try sessions.open(
      for: account, workstation: workstation.id, isPhone: isPhone, address: request.peerAddress, agent: agent,
      in: tx)
    try Audit.record(
      .signIn, actor: account, subject: account, request: request, details: workstation.name, in: tx)
    return Opened(
      account: account, token: token, workstation: workstation,
      hasSettings: try SettingsFeature.exist(for: account.id, tx))
  }

  static let schema = Schema.named(
    "SignedIn",
    .members(
      ["success": .boolean, "hasSettings": .boolean],
      optional: [
        "token": .described("left out for the page, which has the cookie", .string),
        "totpSetupRequired": .boolean,
      ]) + Account.schema + Account.nestedSchema)

  /// User fields at the top level and in `user`; `token` for clients other than our own page.
  func answer(_ opened: Opened, for request: Request, status: Int) -> Response {
    let isOwnPage = request.headers["sec-fetch-site"] == "same-origin"
    var response = Response.json(status) { json in
      json.object { json in
        json.field("success", true)
        opened.account.writeFields(to: &json)
        opened.account.writeNested(to: &json)
        json.field("hasSettings", opened.hasSettings)
        if !isOwnPage { json.field("token", opened.token) }
        if sessions.mustSetUpTOTP(opened.account) { json.field("totpSetupRequired", true) }
      }
    }
    response.headers.append(
      SessionCookie.set(Token.cookie(of: opened.token) ?? "", isTLS: request.isTLS, isKept: opened.isKept))
    if let cookie = opened.workstation.cookieHeader(isTLS: request.isTLS) { response.headers.append(cookie) }
    return response
  }
}
