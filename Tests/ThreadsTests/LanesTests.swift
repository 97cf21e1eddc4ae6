import Testing

@testable import Threads

@Suite struct LanesTests {
  @Test func `empty lanes have nothing to take`() {
    var lanes = Lanes<Int>()
    #expect(lanes.popFirst() == nil)
    #expect(lanes.popLongest(for: "a") == nil)
    #expect(lanes.removeAll() == [])
  }

  @Test func `lanes are served in turn, each in its own order`() {
    var lanes = Lanes<String>()
    for (lane, element) in [("a", "a1"), ("a", "a2"), ("a", "a3"), ("b", "b1"), ("c", "c1"), ("b", "b2")] {
      lanes.append(element, to: lane)
    }
    #expect(lanes.popFirst() == "a1")
    lanes.append("d1", to: "d")
    let order = (0..<6).map { _ in lanes.popFirst() }
    #expect(order == ["b1", "c1", "a2", "d1", "b2", "a3"])
    #expect(lanes.popFirst() == nil)
    #expect(lanes.count == 0)
  }

  @Test func `the longest lane loses an element to a shorter one only`() {
    var lanes = Lanes<Int>()
    for number in 1...3 { lanes.append(number, to: "a") }
    lanes.append(9, to: "b")
    #expect(lanes.popLongest(for: "a") == nil)
    #expect(lanes.popLongest(for: "b") == 3)
    #expect(lanes.popLongest(for: "b") == nil)
    #expect(lanes.popLongest(for: "c") == 2)
    #expect(lanes.popLongest(for: "c") == nil)
    #expect(lanes.count == 2)
    #expect(lanes.removeAll() == [1, 9])
    #expect(lanes.count == 0)
  }
}
