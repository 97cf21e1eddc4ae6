import Testing

@testable import HTTP

/// A delimiter followed by a combining mark is another Character, but the same byte to every other program.
@Suite struct DelimiterTests {
  private static let mark = "\u{301}"

  @Test func `a path below /api is never served as the page, whatever follows the slash`() async throws {
    try await TestServer.run(
      [.get("/api/items/:id", .everyone, "item") { .text($0.parameter("id")) }],
      fallback: { _ in .text("page") }
    ) { server in
      let client = try server.client()
      #expect(try await client.get("/api/%CC%81nothing").status == 404)
      #expect(try await client.get("/api/items/%CC%81").text == Self.mark)
      #expect(try await client.get("/%CC%81").text == "page")
    }
  }

  @Test func `a name is split at quotes and escapes`() {
    #expect(HeaderParameters("x; filename*=UTF-8''\(Self.mark)a").fileName == "\(Self.mark)a")
    #expect(HeaderParameters("x; filename=\"a%22\(Self.mark)b%2\"").fileName == "a\"\(Self.mark)b%2")
    #expect(HeaderParameters("x; filename=\"%0D%0A%%22\"").fileName == "\r\n%\"")
  }

  @Test func `an entry of a list ends at its comma`() {
    let list = "192.0.2.9,\(Self.mark)x, 192.0.2.7"
    let proxies = TrustedProxies(["10.0.0.1", "192.0.2.7"])
    #expect(Address.client(forwardedFor: list, peer: "10.0.0.1", trusted: proxies) == "192.0.2.7")
    let type = "multipart/form-data;\(Self.mark)x; boundary=b"
    #expect(Multipart.isMeant(by: type))
  }

  @Test func `splitting, prefixes and suffixes compare bytes`() {
    #expect("a/\(Self.mark)b".split(byte: "/") == ["a", "\(Self.mark)b"])
    #expect("//".split(byte: "/", omittingEmptySubsequences: false).count == 3)
    // Equal for ==, but different folders for the system.
    #expect("/caf\u{e9}/x".hasPrefix("/cafe\(Self.mark)/"))
    #expect(!"/caf\u{e9}/x".hasBytes(prefix: "/cafe\(Self.mark)/"))
    #expect("a.b\(Self.mark)".hasBytes(suffix: "b\(Self.mark)") && !"a".hasBytes(suffix: "ba"))
    #expect(" \(Self.mark)a ".without(byte: " ") == "\(Self.mark)a")
  }
}
