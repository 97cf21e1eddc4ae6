/// Who may sign in where, judged from what is live. Pure: the truth comes in, the decision goes out.
struct SignInPolicy: Sendable {
  enum Decision: Equatable, Sendable {
    /// The account is live on another workstation.
    case alreadyLoggedIn(SessionEntry)
    /// Another account is live on this workstation.
    case workstationInUse(SessionEntry)
    /// Welcome, once these sessions have ended.
    case welcome(ending: [SessionEntry])
  }

  let policy: Configuration.SessionPolicy

  /// Decides for an account at a workstation.
  ///
  /// One workstation holds one account, and an account is live on one workstation. What is not live any more
  /// gives way without a question; what is live gives way when the person says so, or the policy. Nobody is
  /// offered to take over where another account would still be in the way.
  func decide(
    user: Int64, workstation: Int64, takeover: Bool, sessions: some Sequence<SessionEntry>,
    isLive: (SessionEntry) -> Bool
  ) -> Decision {
    if policy == .unlimited { return .welcome(ending: []) }
    let mayTake = takeover || policy == .takeover
    var ending: [SessionEntry] = []
    var elsewhere: SessionEntry?
    for session in sessions.sorted(by: { $0.id < $1.id }) {
      let isMine = session.userID == user
      let isHere = session.workstationID == workstation
      guard isMine || isHere else { continue }
      let isLive = isLive(session)
      // The same person at the same place: another program of theirs may still use it.
      if isMine && isHere && isLive { continue }
      if isLive && !isMine && policy != .takeover { return .workstationInUse(session) }
      if isLive && isMine && !mayTake { elsewhere = elsewhere ?? session }
      ending.append(session)
    }
    return elsewhere.map { .alreadyLoggedIn($0) } ?? .welcome(ending: ending)
  }
}
