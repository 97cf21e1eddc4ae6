/// A queue of several lanes served in turn (round robin); within a lane, first in is first out.
struct Lanes<Element> {
  private var lanes: [String: [Element]] = [:]
  private var turns: [String] = []
  private(set) var count = 0

  mutating func append(_ element: Element, to lane: String) {
    if lanes[lane] == nil { turns.append(lane) }
    lanes[lane, default: []].append(element)
    count += 1
  }

  /// Takes the first element of the lane whose turn it is and moves that lane to the end of the turns.
  mutating func popFirst() -> Element? {
    guard !turns.isEmpty else { return nil }
    let lane = turns.removeFirst()
    guard let first = lanes[lane]?.removeFirst() else { return nil }
    if lanes[lane]?.isEmpty == true { lanes[lane] = nil } else { turns.append(lane) }
    count -= 1
    return first
  }

  /// Takes the last element of the longest lane, if that lane would still be longer than `lane` after one is
  /// added there; else nil.
  mutating func popLongest(for lane: String) -> Element? {
    guard let (longest, elements) = lanes.max(by: { $0.value.count < $1.value.count }),
      elements.count > (lanes[lane]?.count ?? 0) + 1
    else { return nil }
    count -= 1
    return lanes[longest]?.removeLast()
  }

  mutating func removeAll() -> [Element] {
    defer { self = Lanes() }
    return turns.flatMap { lanes[$0] ?? [] }
  }
}
