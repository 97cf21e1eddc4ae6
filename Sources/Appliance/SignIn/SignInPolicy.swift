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
  /// So many phones may be live beside the workstation; with 0 a phone is a workstation like any other.
  var phones = 1

  /// Decides for an account at a workstation, or on a phone.
  ///
  /// One workstation holds one account, and an account is live on one workstation. What is not live any more
  /// gives way without a question; what is live gives way when the person says so, or the policy. Nobody is
  /// offered to take over where another account would still be in the way. A phone stands in the way of phones only,
  /// beyond as many as there may be; the newest stay.
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
      // The same person at the same place: another program of theirs may still use it.
      if isMine && isHere && isLive { continue }
      // A phone and a workstation are beside each other.
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
