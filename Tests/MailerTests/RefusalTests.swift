import Testing

@testable import Mailer

@Suite(.enabled(if: TestServer.isAvailable, reasonToSkip), .serialized, .timeLimit(.minutes(30)))
struct RefusalTests {
  @Test(arguments: [
    ("unknown", MailerError.Kind.permanent, 550), ("greylisted", .temporary, 450), ("full", .temporary, 452),
    ("spam", .configuration, 554),
  ])
  func `the server's refusal determines whether to retry`(
    recipient: String, kind: MailerError.Kind, code: Int
  ) async throws {
    let server = try TestServer()
    let message = try Message.sample { $0.to = try Address("\(recipient)@example.org") }
    let error = await failure(of: .loopback(server.port), message)
    #expect(error?.kind == kind)
    #expect(error?.code == code)
    #expect(error?.message.contains("\(code)") == true)
  }

  @Test func `the mail after a refused one is sent`() async throws {
    let server = try TestServer()
    let client = SMTPClient(server: .loopback(server.port))
    let refused = try Message.sample { $0.to = try Address("unknown@example.org") }
    await #expect(throws: MailerError.self) { try await client.send(refused) }
    _ = try await client.send(try Message.sample())
    #expect(try server.mail().envelopeTo == ["ada@example.org"])
  }

  @Test(arguments: [
    (#"{"greeting":"421 Closing down"}"#, MailerError.Kind.temporary, 421),
    (#"{"greeting":"554 5.7.1 no service from your address"}"#, .configuration, 554),
    (#"{"MAIL":"553 5.7.1 sender address not owned by user"}"#, .configuration, 553),
    (#"{"RCPT":"550 5.7.1 relaying denied"}"#, .configuration, 550),
    (#"{"RCPT":"554 <ada@example.org>: Relay access denied"}"#, .configuration, 554),
    (#"{"RCPT":"550 5.1.1 no such user"}"#, .permanent, 550),
    (#"{"RCPT":"550 no such user"}"#, .permanent, 550),
    (#"{"DATA":"554 5.7.1 not from you"}"#, .configuration, 554),
    (#"{"MAIL":"530 Log in first"}"#, .configuration, 530),
    (#"{"MAIL":"421 Too busy"}"#, .temporary, 421),
    (#"{"RCPT":"close"}"#, .temporary, 0),
    (#"{"DATA":"close"}"#, .temporary, 0),
    (#"{".":"close"}"#, .temporary, 0),
    (#"{"EHLO":"502 What?","HELO":"close"}"#, .temporary, 0),
    (#"{"greeting":"close"}"#, .temporary, 0),
  ])
  func `a broken session is classified by its cause`(
    replies: String, kind: MailerError.Kind, code: Int
  ) async throws {
    let server = try TestServer("--replies", replies)
    let error = try await failure(of: .loopback(server.port), .sample())
    #expect(error?.kind == kind)
    #expect(error?.code == code)
  }

  @Test func `a server that never answers QUIT does not delay the mail`() async throws {
    let server = try TestServer("--replies", #"{"QUIT":"",".":"250 Taken"}"#)
    let client = SMTPClient(server: .loopback(server.port) { $0.totalLimit = .seconds(600) })
    async let answer = client.send(.sample())
    var verbs: [String] = []
    while verbs.last != "end" { verbs.append(try server.verb()) }
    #expect(verbs == ["EHLO", "MAIL", "RCPT", "DATA", "QUIT", "end"])
    #expect(try await answer == "250 Taken")
  }

  @Test func `errors never contain the password, even if the server repeats it`() async throws {
    let replies = #"{"EHLO":"250-test\r\n250 AUTH PLAIN","AUTH":"535 AGFkYQBzM2NyM3Q= s3cr3t is wrong"}"#
    let server = try TestServer("--replies", replies)
    let login = SMTPServer.loopback(server.port) {
      $0.user = "ada"
      $0.password = "s3cr3t"
    }
    let error = try #require(try await failure(of: login, .sample()))
    #expect(error.kind == .configuration)
    #expect(error.code == 535)
    for secret in ["s3cr3t", "AGFkYQBzM2NyM3Q="] {
      #expect(!error.description.contains(secret))
      #expect(!"\(login)".contains(secret))
    }
  }
}

@Suite(.timeLimit(.minutes(30))) struct CheckTests {
  @Test(arguments: [
    "no-at-sign", "a@b\r\nBcc: eve@example.org", "a b@example.org", "<a@example.org>", "",
  ])
  func `an invalid message id is refused before anything is sent`(messageID: String) async throws {
    let message = try Message.sample { $0.messageID = messageID }
    #expect(await failure(of: .loopback(1), message)?.kind == .permanent)
  }

  @Test(arguments: ["", "text", "text/plain\r\nX-Evil: 1", "/plain", "text/", "tex t/plain", "text/\u{0}"])
  func `an invalid content type is refused before anything is sent`(contentType: String) async throws {
    let message = try Message.sample {
      $0.attachments = [Attachment(name: "a", contentType: contentType, bytes: [1])]
    }
    #expect(await failure(of: .loopback(1), message)?.kind == .permanent)
  }

  @Test(arguments: ["", "mail server", "host/path", "user@host", "host\r\nQUIT", "-host", "[::1]", "a:b@c"])
  func `an invalid host is a configuration error`(host: String) async throws {
    let server = SMTPServer(host: host, port: 25, security: .none)
    #expect(try await failure(of: server, .sample())?.kind == .configuration)
  }

  @Test func `an invalid port or EHLO name is a configuration error`() async throws {
    for port in [0, -1, 65_536] {
      let server = SMTPServer(host: "localhost", port: port, security: .none)
      #expect(try await failure(of: server, .sample())?.kind == .configuration)
    }
    let server = SMTPServer.loopback(1) { $0.clientName = "a\r\nMAIL FROM:<eve@example.org>" }
    #expect(try await failure(of: server, .sample())?.kind == .configuration)
  }
}
