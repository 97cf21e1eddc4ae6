/// The memory for the bodies that are being received or handled, counted as their bytes arrive: what is only
/// announced takes nothing.
///
/// Small bodies have a reserve of their own, so that signing in works while others send large ones. One address
/// gets half of the room for large bodies and a quarter of the reserve: a class behind one address uploads
/// together, and nobody alone takes the room of everybody else.
struct BodyBudget {
  /// Up to this a body of known length takes its room from the reserve; a form of sign-in is far below.
  static let small = 64 << 10

  private var large: Budget
  private var reserve: Budget

  var used: Int { large.used + reserve.used }

  init(total: Int) {
    let kept = total / 16
    large = Budget(total: total - kept, each: (total - kept) / 2)
    reserve = Budget(total: kept, each: kept / 4)
  }

  /// Takes room for bytes that have arrived; false where there is none.
  mutating func take(_ bytes: Int, for share: inout BodyShare) -> Bool {
    let hasRoom =
      share.isSmall
      ? reserve.hasRoom(for: bytes, of: share.holder) : large.hasRoom(for: bytes, of: share.holder)
    guard hasRoom else { return false }
    if share.isSmall {
      reserve.take(bytes, for: share.holder)
    } else {
      large.take(bytes, for: share.holder)
    }
    share.bytes += bytes
    return true
  }

  mutating func giveBack(_ share: BodyShare) {
    if share.isSmall {
      reserve.giveBack(share.bytes, of: share.holder)
    } else {
      large.giveBack(share.bytes, of: share.holder)
    }
  }
}

/// What one body has taken so far.
struct BodyShare {
  let holder: String
  let isSmall: Bool
  fileprivate(set) var bytes = 0

  init(holder: String, length: Int?) {
    self.holder = holder
    isSmall = length.map { $0 <= BodyBudget.small } ?? false
  }
}
