import Testing

@testable import Appliance

@Suite struct SignInPolicyTests {
  private static let lea: Int64 = 1
  private static let noa: Int64 = 2
  private static let desk: Int64 = 10
  private static let home: Int64 = 11

  /// A session in the table: id, person, workstation, and whether it is live.
  private typealias Held = (id: Int64, user: Int64, place: Int64, isLive: Bool)
  private static let phone: Int64 = 20
  private static let otherPhone: Int64 = 21
  /// The workstations that are phones.
  private static let phonePlaces: Set<Int64> = [phone, otherPhone]

  private enum Outcome: Equatable { case elsewhere(Int64), inUse(Int64), welcome([Int64]) }

  private static let leaAtDesk: Held = (1, lea, desk, true)
  private static let leaWasAtDesk: Held = (2, lea, desk, false)
  private static let leaAtHome: Held = (3, lea, home, true)
  private static let leaWasAtHome: Held = (4, lea, home, false)
  private static let noaAtDesk: Held = (5, noa, desk, true)
  private static let noaWasAtDesk: Held = (6, noa, desk, false)
  private static let noaAtHome: Held = (7, noa, home, true)

  /// Lea signs in at the desk. Existing sessions, takeover, and the expected result under each policy.
  private static let table: [([Held], Bool, one: Outcome, takeover: Outcome)] = [
    // Live elsewhere, or another account live here: refused.
    ([leaAtHome], false, one: .elsewhere(3), takeover: .welcome([3])),
    ([noaAtDesk], false, one: .inUse(5), takeover: .welcome([5])),
    ([noaAtDesk], true, one: .inUse(5), takeover: .welcome([5])),
    ([leaAtHome, noaAtDesk], false, one: .inUse(5), takeover: .welcome([3, 5])),
    ([noaAtDesk, leaAtHome], true, one: .inUse(5), takeover: .welcome([3, 5])),
    // A takeover ends sessions elsewhere.
    ([leaAtHome], true, one: .welcome([3]), takeover: .welcome([3])),
    // Sessions that are not live are ended.
    ([leaWasAtHome], false, one: .welcome([4]), takeover: .welcome([4])),
    ([noaWasAtDesk], false, one: .welcome([6]), takeover: .welcome([6])),
    ([leaWasAtDesk], false, one: .welcome([2]), takeover: .welcome([2])),
    ([leaWasAtHome, noaWasAtDesk], false, one: .welcome([4, 6]), takeover: .welcome([4, 6])),
    ([leaWasAtHome, leaAtHome], false, one: .elsewhere(3), takeover: .welcome([3, 4])),
    // The same person at the same workstation never conflicts.
    ([], false, one: .welcome([]), takeover: .welcome([])),
    ([leaAtDesk], false, one: .welcome([]), takeover: .welcome([])),
    ([leaAtDesk, leaWasAtDesk], true, one: .welcome([2]), takeover: .welcome([2])),
    // Another person elsewhere does not matter.
    ([noaAtHome], false, one: .welcome([]), takeover: .welcome([])),
    ([noaAtHome, leaWasAtHome], true, one: .welcome([4]), takeover: .welcome([4])),
  ]

  private func decide(
    _ policy: Configuration.SessionPolicy, _ held: [Held], takeover: Bool, at place: Int64 = desk,
    phones: Int = 1
  ) -> Outcome {
    let entries = held.map { held in
      SessionEntry(
        id: held.id, userID: held.user, workstationID: held.place,
        isPhone: Self.phonePlaces.contains(held.place), address: "", createdAt: 0, expiresAt: 1,
        seenAt: 0, leasedAt: 0)
    }
    let decision = SignInPolicy(policy: policy, phones: phones).decide(
      user: Self.lea, workstation: place, isPhone: Self.phonePlaces.contains(place), takeover: takeover,
      sessions: entries,
      isLive: { entry in held.contains { $0.id == entry.id && $0.isLive } })
    switch decision {
    case .alreadyLoggedIn(let entry): return .elsewhere(entry.id)
    case .workstationInUse(let entry): return .inUse(entry.id)
    case .welcome(let ending): return .welcome(ending.map(\.id).sorted())
    }
  }

  @Test func `an account is live on one workstation, and a workstation has one account`() {
    for (held, takeover, one, _) in Self.table {
      #expect(decide(.oneWorkstation, held, takeover: takeover) == one, "\(held) takeover: \(takeover)")
    }
  }

  @Test func `with the policy takeover the newest session wins`() {
    for (held, takeover, _, outcome) in Self.table {
      #expect(decide(.takeover, held, takeover: takeover) == outcome, "\(held) takeover: \(takeover)")
    }
  }

  @Test func `with the policy unlimited nothing is refused or ended`() {
    for (held, takeover, _, _) in Self.table {
      #expect(decide(.unlimited, held, takeover: takeover) == .welcome([]), "\(held)")
    }
  }

  @Test func `the decision does not depend on the order of sessions`() {
    for (held, takeover, one, _) in Self.table {
      #expect(decide(.oneWorkstation, held.reversed(), takeover: takeover) == one, "\(held)")
    }
  }

  @Test func `one phone may be used beside the workstation, and conflicts with phones only`() {
    let onPhone: Held = (8, Self.lea, Self.phone, true)
    let wasOnPhone: Held = (9, Self.lea, Self.phone, false)
    let noaOnPhone: Held = (12, Self.noa, Self.phone, true)
    let table: [(place: Int64, [Held], Bool, phones: Int, Outcome)] = [
      (Self.otherPhone, [onPhone], false, 1, .elsewhere(8)),
      (Self.otherPhone, [onPhone, Self.leaAtHome], true, 1, .welcome([8])),
      (Self.phone, [noaOnPhone], true, 1, .inUse(12)),
      (Self.phone, [Self.leaAtHome], false, 0, .elsewhere(3)),
      (Self.desk, [onPhone], false, 0, .elsewhere(8)),
      (Self.desk, [onPhone, Self.leaAtHome], false, 1, .elsewhere(3)),
      (Self.desk, [onPhone, Self.leaAtHome], true, 1, .welcome([3])),
      (Self.phone, [Self.leaAtHome], false, 1, .welcome([])),
      (Self.phone, [Self.leaWasAtHome], false, 1, .welcome([])),
      (Self.phone, [Self.leaAtHome, onPhone], false, 1, .welcome([])),
      (Self.desk, [onPhone], false, 1, .welcome([])),
      (Self.desk, [wasOnPhone], false, 1, .welcome([])),
      (Self.otherPhone, [wasOnPhone], false, 1, .welcome([9])),
      (Self.otherPhone, [onPhone], false, 2, .welcome([])),
    ]
    for (place, held, takeover, phones, outcome) in table {
      let found = decide(.oneWorkstation, held, takeover: takeover, at: place, phones: phones)
      #expect(found == outcome, "\(held) at \(place) takeover: \(takeover) phones: \(phones)")
    }
  }
}
