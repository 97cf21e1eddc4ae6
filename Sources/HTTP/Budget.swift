/// A shared resource with a limit in total and a limit per holder.
struct Budget {
  let total: Int
  let each: Int
  private(set) var used = 0
  private var held: [String: Int] = [:]

  init(total: Int, each: Int) {
    self.total = total
    self.each = each
  }

  func held(by holder: String) -> Int { held[holder] ?? 0 }

  func hasRoom(for amount: Int, of holder: String) -> Bool {
    used + amount <= total && held(by: holder) + amount <= each
  }

  /// Takes the amount without checking the limits.
  mutating func take(_ amount: Int, for holder: String) {
    guard amount > 0 else { return }
    used += amount
    held[holder, default: 0] += amount
  }

  mutating func giveBack(_ amount: Int, of holder: String) {
    guard amount > 0, let before = held[holder] else { return }
    used -= amount
    held[holder] = before > amount ? before - amount : nil
  }
}

/// An amount taken from a budget by one request, to be given back once.
struct Share {
  var holder = ""
  var amount = 0
}
