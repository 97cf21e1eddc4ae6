import Testing

@testable import Mailer

@Suite(.enabled(if: TestServer.isAvailable, reasonToSkip), .serialized, .timeLimit(.minutes(30)))
struct ProtectionTests {
  @Test func `a server without STARTTLS gets nothing when it is required`() async throws {
    let server = try TestServer("--replies", "{}")
    let error = try await failure(of: .loopback(server.port, .startTLS(required: true)), .sample())
    #expect(error?.kind == .configuration)
    #expect(try server.verb() == "EHLO")
    #expect(try server.verb() == "end")
  }

  @Test func `a login is never sent in clear text to a server without STARTTLS`() async throws {
    let server = try TestServer("--replies", #"{"EHLO":"250-test\r\n250 AUTH PLAIN LOGIN"}"#)
    let login = SMTPServer.loopback(server.port, .startTLS(required: false)) {
      $0.user = "ada"
      $0.password = "s3cr3t"
    }
    #expect(try await failure(of: login, .sample())?.kind == .configuration)
    #expect(try server.verb() == "EHLO")
    #expect(try server.verb() == "end")
  }

  @Test(arguments: [("tls", SMTPServer.Security.tls), ("starttls", .startTLS(required: true))])
  func `an unknown certificate is refused`(mode: String, security: SMTPServer.Security) async throws {
    let server = try TestServer("--security", mode)
    let error = try await failure(of: .loopback(server.port, security), .sample())
    #expect(error?.kind == .configuration)
    #expect(error?.code == 0)
  }

  @Test(arguments: [("tls", SMTPServer.Security.tls), ("starttls", .startTLS(required: true))])
  func `a certificate for another name is refused`(mode: String, security: SMTPServer.Security) async throws {
    let server = try TestServer("--security", mode, "--certified", "IP:127.0.0.2")
    let trusting = SMTPServer.loopback(server.port, security) { $0.caFile = server.authority }
    let error = try await failure(of: trusting, .sample())
    #expect(error?.kind == .configuration)
    #expect(error?.message.contains("127.0.0.1") == true)
  }

  @Test(arguments: [
    ("tls", SMTPServer.Security.tls), ("starttls", .startTLS(required: true)),
    ("starttls", .startTLS(required: false)),
  ])
  func `a trusted certificate protects the mail`(mode: String, security: SMTPServer.Security) async throws {
    let server = try TestServer("--security", mode)
    let client = SMTPClient(server: .loopback(server.port, security) { $0.caFile = server.authority })
    _ = try await client.send(.sample())
    #expect(try server.mail().encrypted)
  }

  @Test func `preferred STARTTLS encrypts without verification, or is omitted`() async throws {
    let encrypting = try TestServer("--security", "starttls")
    _ = try await SMTPClient(server: .loopback(encrypting.port, .startTLS(required: false))).send(.sample())
    #expect(try encrypting.mail().encrypted)

    let plain = try TestServer()
    _ = try await SMTPClient(server: .loopback(plain.port, .startTLS(required: false))).send(.sample())
    #expect(try !plain.mail().encrypted)
  }

  @Test(arguments: ["none", "starttls", "tls"])
  func `the right login sends, and a wrong one is reported`(mode: String) async throws {
    let server = try TestServer("--security", mode, "--login", "ada@example.org", "pâsswörd \"1\"")
    let security: SMTPServer.Security =
      mode == "tls" ? .tls : mode == "starttls" ? .startTLS(required: false) : .none
    var settings = SMTPServer.loopback(server.port, security) {
      $0.caFile = server.authority
      $0.user = "ada@example.org"
      $0.password = "wrong"
      $0.clientName = "box.example.org"
    }
    let error = try await failure(of: settings, .sample())
    #expect(error?.kind == .configuration)
    #expect(error?.code == 535)

    settings.password = "pâsswörd \"1\""
    _ = try await SMTPClient(server: settings).send(.sample())
    let mail = try server.mail()
    #expect(mail.login == "ada@example.org")
    #expect(mail.encrypted == (mode != "none"))
    #expect(mail.hello == "box.example.org")

    settings.user = nil
    #expect(try await failure(of: settings, .sample())?.kind == .configuration)
  }
}
