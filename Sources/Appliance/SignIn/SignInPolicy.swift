/// Decides whether an account may sign in at a workstation, as a pure function of the live sessions.
struct SignInPolicy: Sendable {
  enum Decision: Equatable, Sendable {
    /// The account is live on another workstation.
    case alreadyLoggedIn(SessionEntry)
    /// Another account is live on this workstation.
    case workstationInUse(SessionEntry)
    /// Allowed, after these sessions have been ended.
    case welcome(ending: [SessionEntry])
  }

  let policy: Configuration.SessionPolicy
  /// Number of phones that may be live beside the workstation; with 0 a phone counts as a workstation.
  var phones = 1

  /// Decides for an account at a workstation or on a phone.
  ///
  /// A workstation holds one account, and an account is live on one workstation. Sessions that are not live
  /// are ended without asking; live ones only if the person or the policy says so. A takeover is not offered
  /// when another account would still block the sign-in. Phones conflict only with other phones, beyond the
  /// allowed number; the newest stay.
  func decide(
    user: Int64, workstation: Int64, isPhone: Bool = false, takeover: Bool,
    sessions: some Sequence<SessionEntry>, isLive: (SessionEntry) -> Bool
  ) -> Decision {
    if policy == .unlimited { return .welcome(ending: []) }
    let isCompanion = isPhone && phones > 0
    var places: [Int64] = []
    for session in sessions.sorted(by: { $0.id > $1.id })
    where session.userID == user && session.workstationID != workstation && session.isPhone
      && !places.contains(session.workstationID)
    {
      places.append(session.workstationID)
    }
    let besides = Set(places.prefix(isCompanion ? phones - 1 : phones))
    let mayTake = takeover || policy == .takeover
    var ending: [SessionEntry] = []
    var elsewhere: SessionEntry?
    for session in sessions.sorted(by: { $0.id < $1.id }) {
      let isMine = session.userID == user
      let isHere = session.workstationID == workstation
      guard isMine || isHere else { continue }
      let isLive = isLive(session)
      // Another program of the same person at the same workstation may still use it.
      if isMine && isHere && isLive { continue }
      // A phone and a workstation do not conflict.
      if isMine && !isHere && phones > 0 {
        if session.isPhone ? besides.contains(session.workstationID) : isCompanion { continue }
      }
      if isLive && !isMine && policy != .takeover { return .workstationInUse(session) }
      if isLive && isMine && !mayTake { elsewhere = elsewhere ?? session }
      ending.append(session)
    }
    return elsewhere.map { .alreadyLoggedIn($0) } ?? .welcome(ending: ending)
  }
}
