import Testing

@testable import Appliance

@Suite struct TokenTests {
  @Test(arguments: ["", "short", String(repeating: "A", count: 44), String(repeating: "é", count: 43), "A B"])
  func `text that cannot be a token has no hash`(text: String) {
    #expect(Token.hash(text, for: .session) == nil)
  }

  @Test func `a token is not valid for another purpose`() {
    let token = Token(for: .verifyEmail)
    #expect(Token.hash(token.text, for: .verifyEmail) == token.hash)
    let hashes = Token.Purpose.allCases.map { Token.hash(token.text, for: $0) }
    #expect(Set(hashes).count == Token.Purpose.allCases.count)
  }

  @Test func `tokens are 43 URL-safe characters and differ`() {
    let tokens = (0..<1000).map { _ in Token(for: .session).text }
    #expect(Set(tokens).count == 1000)
    #expect(tokens.allSatisfy { Token.hash($0, for: .session)?.count == 32 })
    #expect(Set(tokens.joined()).count == 64)
  }

  @Test func `hashes are equal only if all bytes are`() {
    #expect(Token.areEqual([1, 2], [1, 2]))
    #expect(!Token.areEqual([1, 2], [1, 3]))
    #expect(!Token.areEqual([1, 2], [1, 2, 3]))
  }
}
