/// Memory limit for request bodies being received or handled, counted as bytes arrive: a `Content-Length`
/// alone reserves nothing.
///
/// Small bodies have a separate reserve, so that sign-in works while large uploads run. One address may use
/// half of the memory for large bodies and a quarter of the reserve: a class behind one address can upload
/// together, but cannot take everything.
struct BodyBudget {
  /// A body of known length up to this size (in bytes) counts against the reserve; a sign-in form is far
  /// smaller.
  static let small = 64 << 10

  private var large: Budget
  private var reserve: Budget

  var used: Int { large.used + reserve.used }

  init(total: Int) {
    let kept = total / 16
    large = Budget(total: total - kept, each: (total - kept) / 2)
    reserve = Budget(total: kept, each: kept / 4)
  }

  /// Counts bytes that have arrived; false, counting nothing, when they exceed a limit.
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

/// The bytes counted for one body.
struct BodyShare {
  let holder: String
  let isSmall: Bool
  fileprivate(set) var bytes = 0

  init(holder: String, length: Int?) {
    self.holder = holder
    isSmall = length.map { $0 <= BodyBudget.small } ?? false
  }
}
