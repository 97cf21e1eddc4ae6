import HTTP
import Testing

@testable import Appliance

@Suite struct PortHoldsTests {
  private static let range = 61_200...61_400

  /// Two installations on one host never get the same port.
  @Test func `two installations with one range get different ports`() throws {
    let (one, other) = (PortHolds(), PortHolds())
    defer {
      one.releaseAll()
      other.releaseAll()
    }
    let first = try #require(Self.range.first { one.claim($0) })
    #expect(one.claim(first))
    #expect(!other.claim(first))
    let second = try #require(Self.range.first { other.claim($0) })
    #expect(second != first)
    #expect(!one.claim(second))
    one.release(first)
    #expect(other.claim(first))
  }

  @Test func `ports redirected by other rules are not taken, and held ones are kept`() throws {
    let holds = PortHolds()
    defer { holds.releaseAll() }
    let mine = try #require(Self.range.first { holds.claim($0) })
    let next = try #require(PortRanges(value: ["range": [.integer(Int64(mine)), 61_999]]))
    holds.avoid(next)
    #expect(holds.claim(mine))
    #expect(!Self.range.contains { $0 != mine && holds.claim($0) && $0 > mine })
  }
}
