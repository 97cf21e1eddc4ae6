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
  /// gives way without a question; what is live gives way when the person says so, or the policy.
  func decide(
    user: Int64, workstation: Int64, takeover: Bool, sessions: some Sequence<SessionEntry>,
    isLive: (SessionEntry) -> Bool
  ) -> Decision {
    if policy == .unlimited { return .welcome(ending: []) }
    let mayTake = takeover || policy == .takeover
    var ending: [SessionEntry] = []
    for session in sessions {
      let isElsewhere = session.userID == user && session.workstationID != workstation
      let isForeign = session.userID != user && session.workstationID == workstation
      guard isElsewhere || isForeign else { continue }
      if isLive(session) {
        if isElsewhere && !mayTake { return .alreadyLoggedIn(session) }
        if isForeign && policy != .takeover { return .workstationInUse(session) }
      }
      ending.append(session)
    }
    return .welcome(ending: ending)
  }
}
