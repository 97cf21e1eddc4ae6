import Testing

@testable import HTTP

@Suite struct CertificateTests {
  private static let now = Clock.wallSeconds * 1000

  @Test func `what is no certificate is not read`() {
    for text in ["", "a", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
      #expect(ServerCertificate(pem: Array(text.utf8)) == nil)
    }
  }

  @Test func `a certificate covers the names and addresses it was made for, and no others`() throws {
    let made = try SelfSignedCertificate.make(
      names: ["lab.example", "lab", "192.0.2.1", "2001:db8::1"], from: Self.now, until: Self.now + 86_400_000)
    let asked = [
      "lab.example", "LAB.example", "lab", "192.0.2.1", "2001:db8::1", "a.lab.example", "192.0.2.2",
      "2001:db8::2",
    ]
    let found = try #require(ServerCertificate(pem: made, names: asked))
    #expect(found.missing == ["a.lab.example", "192.0.2.2", "2001:db8::2"])
    #expect(found.expiresAt == (Self.now + 86_400_000) / 1000 * 1000)
    #expect(found.fingerprint.utf8.count == 95)
    let text = String(decoding: found.pem, as: UTF8.self)
    #expect(text.hasPrefix("-----BEGIN CERTIFICATE-----") && !text.contains("PRIVATE KEY"))
  }

  @Test func `a name longer than a common name may be is kept`() throws {
    let name = String(repeating: "a", count: 60) + ".example.org"
    let made = try SelfSignedCertificate.make(names: [name], from: Self.now, until: Self.now + 86_400_000)
    #expect(ServerCertificate(pem: made, names: [name])?.missing == [])
  }

  @Test func `a name that cannot stand in a certificate is refused`() {
    #expect(throws: ServerError.self) {
      try SelfSignedCertificate.make(names: [], from: Self.now, until: Self.now + 1000)
    }
  }

  @Test(arguments: [("/", "/"), ("/a b/é?#%", "/a%20b/%C3%A9%3F%23%25"), ("/a:b@c;d=e", "/a:b@c;d=e")])
  func `a path is encoded as a URL has it`(path: String, encoded: String) {
    #expect(PercentCoding.encode(path: path) == encoded)
    #expect(PercentCoding.decode(encoded.utf8) == path)
  }
}
