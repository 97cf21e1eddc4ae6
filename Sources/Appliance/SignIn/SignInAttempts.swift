import HTTP

/// What one attempt at an account's secrets is held against: the account from this address, the address, and
/// the account from anywhere.
///
/// A workstation where the person has signed in before has a budget of its own in place of all of these, so that
/// a stranger who keeps failing, elsewhere or behind the same address, cannot keep the person out.
struct SignInAttempts: Sendable {
  private let limiter: AttemptLimiter
  private let personal: [AttemptLimiter.Key]
  private let others: [AttemptLimiter.Key]

  /// How many failures of an account from one place cost nothing, and how many from everywhere. A burst is
  /// held to the same number: what is under way may be about to fail.
  static let freeHere = 5
  static let freeEverywhere = 20

  /// `login` is what was typed; `user` the account that has this name, if one does.
  ///
  /// A `scope` of its own keeps the attempts at one secret from those at another. `known` names the workstation
  /// where the account has signed in before.
  init(
    _ limiter: AttemptLimiter, scope: String = "login", login: String, user: Int64?, address: String,
    known: String? = nil
  ) {
    if let user, let known {
      self.limiter = limiter
      personal = [
        .init(text: "\(scope):#\(user)@\(known)", free: Self.freeHere, atOnce: Self.freeHere + 1)
      ]
      others = []
      return
    }
    let network = Request.place(of: address)
    // Both the name and the account, so that the second name of an account gives no further attempts.
    let names = [login.composed.trimmed().lowercased()] + (user.map { ["#\($0)"] } ?? [])
    self.limiter = limiter
    personal = names.map {
      .init(text: "\(scope):\($0):\(network)", free: Self.freeHere, atOnce: Self.freeHere + 1)
    }
    let everywhere = names.map {
      AttemptLimiter.Key(text: "\(scope):\($0)", free: Self.freeEverywhere, atOnce: Self.freeEverywhere + 1)
    }
    others = everywhere + [.init(text: "\(scope)-from:\(network)", free: 50, atOnce: 512)]
  }

  /// Runs an attempt; what it throws counts as a failure where `isFailure` says so. Throws 429 instead where
  /// too many were made.
  nonisolated(nonsending) func hold<T: Sendable>(
    failingOn isFailure: (Failure) -> Bool, _ body: nonisolated(nonsending) () async throws -> T
  ) async throws -> T {
    try limiter.begin(personal + others)
    do {
      let result = try await body()
      limiter.end(personal + others, failed: false)
      for key in personal { limiter.succeed(key.text) }
      return result
    } catch {
      let failed = (error as? Failure).map(isFailure) ?? false
      limiter.end(personal + others, failed: failed)
      throw error
    }
  }

  /// Forgets what was held against an account: its person proved who they are by another way.
  static func forgive(
    _ limiter: AttemptLimiter, logins: [String], user: Int64, address: String, workstation: Int64
  ) {
    let network = Request.place(of: address)
    for name in logins.map({ $0.composed.trimmed().lowercased() }) + ["#\(user)"] {
      limiter.succeed("login:\(name)")
      limiter.succeed("login:\(name):\(network)")
    }
    limiter.succeed("login:#\(user)@\(workstation)")
  }
}
