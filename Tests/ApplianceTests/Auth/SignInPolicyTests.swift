import Testing

@testable import Appliance

@Suite struct SignInPolicyTests {
  private static let lea: Int64 = 1
  private static let noa: Int64 = 2
  private static let desk: Int64 = 10
  private static let home: Int64 = 11

  /// A session in the row of a table: its id, whose it is, where, and whether it is live.
  private typealias Held = (id: Int64, user: Int64, place: Int64, isLive: Bool)

  private enum Outcome: Equatable { case elsewhere(Int64), inUse(Int64), welcome([Int64]) }

  private static let leaAtDesk: Held = (1, lea, desk, true)
  private static let leaWasAtDesk: Held = (2, lea, desk, false)
  private static let leaAtHome: Held = (3, lea, home, true)
  private static let leaWasAtHome: Held = (4, lea, home, false)
  private static let noaAtDesk: Held = (5, noa, desk, true)
  private static let noaWasAtDesk: Held = (6, noa, desk, false)
  private static let noaAtHome: Held = (7, noa, home, true)

  /// Lea comes to the desk. What is held, whether she takes over, and what follows under each policy.
  private static let table: [([Held], Bool, one: Outcome, takeover: Outcome)] = [
    // What is live elsewhere, or here in another name, refuses.
    ([leaAtHome], false, one: .elsewhere(3), takeover: .welcome([3])),
    ([noaAtDesk], false, one: .inUse(5), takeover: .welcome([5])),
    ([noaAtDesk], true, one: .inUse(5), takeover: .welcome([5])),
    ([leaAtHome, noaAtDesk], false, one: .inUse(5), takeover: .welcome([3, 5])),
    ([noaAtDesk, leaAtHome], true, one: .inUse(5), takeover: .welcome([3, 5])),
    // Taking over ends what is elsewhere.
    ([leaAtHome], true, one: .welcome([3]), takeover: .welcome([3])),
    // What is not live gives way.
    ([leaWasAtHome], false, one: .welcome([4]), takeover: .welcome([4])),
    ([noaWasAtDesk], false, one: .welcome([6]), takeover: .welcome([6])),
    ([leaWasAtDesk], false, one: .welcome([2]), takeover: .welcome([2])),
    ([leaWasAtHome, noaWasAtDesk], false, one: .welcome([4, 6]), takeover: .welcome([4, 6])),
    ([leaWasAtHome, leaAtHome], false, one: .elsewhere(3), takeover: .welcome([3, 4])),
    // The same person at the same place is never in their own way.
    ([], false, one: .welcome([]), takeover: .welcome([])),
    ([leaAtDesk], false, one: .welcome([]), takeover: .welcome([])),
    ([leaAtDesk, leaWasAtDesk], true, one: .welcome([2]), takeover: .welcome([2])),
    // Somebody else somewhere else is nobody's business.
    ([noaAtHome], false, one: .welcome([]), takeover: .welcome([])),
    ([noaAtHome, leaWasAtHome], true, one: .welcome([4]), takeover: .welcome([4])),
  ]

  private func decide(
    _ policy: Configuration.SessionPolicy, _ held: [Held], takeover: Bool
  ) -> Outcome {
    let entries = held.map { held in
      SessionEntry(
        id: held.id, userID: held.user, workstationID: held.place, address: "", createdAt: 0, expiresAt: 1,
        seenAt: 0, leasedAt: 0)
    }
    let decision = SignInPolicy(policy: policy).decide(
      user: Self.lea, workstation: Self.desk, takeover: takeover, sessions: entries,
      isLive: { entry in held.contains { $0.id == entry.id && $0.isLive } })
    switch decision {
    case .alreadyLoggedIn(let entry): return .elsewhere(entry.id)
    case .workstationInUse(let entry): return .inUse(entry.id)
    case .welcome(let ending): return .welcome(ending.map(\.id).sorted())
    }
  }

  @Test func `an account is live on one workstation, and a workstation holds one account`() {
    for (held, takeover, one, _) in Self.table {
      #expect(decide(.oneWorkstation, held, takeover: takeover) == one, "\(held) takeover: \(takeover)")
    }
  }

  @Test func `under takeover the newest always wins`() {
    for (held, takeover, _, outcome) in Self.table {
      #expect(decide(.takeover, held, takeover: takeover) == outcome, "\(held) takeover: \(takeover)")
    }
  }

  @Test func `under unlimited nothing refuses and nothing ends`() {
    for (held, takeover, _, _) in Self.table {
      #expect(decide(.unlimited, held, takeover: takeover) == .welcome([]), "\(held)")
    }
  }

  @Test func `the decision does not hang on the order in which sessions are found`() {
    for (held, takeover, one, _) in Self.table {
      #expect(decide(.oneWorkstation, held.reversed(), takeover: takeover) == one, "\(held)")
    }
  }
}
