import FoundationEssentials
import Testing

@testable import Mailer

let reasonToSkip: Comment = "needs Debian's python3-aiosmtpd as the other side"

@Suite(.enabled(if: TestServer.isAvailable, reasonToSkip), .serialized, .timeLimit(.minutes(30)))
struct SendTests {
  @Test func `a mail arrives with its parts, names and files unchanged`() async throws {
    let server = try TestServer()
    let key: [UInt8] = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let message = try Message.sample {
      $0.to = try Address(email: "ada@example.org", name: "Élodie \"Léa\" Grünwald-Nuñez")
      $0.subject = "Votre machine « forêt-01 » est prête 🚀 et cette phrase dépasse une seule ligne d’en-tête"
      $0.text = "Bonjour Élodie,\n\n.un point\n..deux\n.\nfin = là\n" + String(repeating: "x", count: 2000)
      $0.html = "<p>Bonjour <b>Élodie</b></p>\r\n<p>.</p>"
      $0.attachments = [
        Attachment(name: "forêt-01.pem", contentType: "application/x-pem-file", bytes: key),
        Attachment(name: "a/b\"c\r\nX-Evil: 1.txt", contentType: "text/plain; charset=utf-8", bytes: []),
      ]
    }

    let answer = try await SMTPClient(server: .loopback(server.port)).send(message)

    let mail = try server.mail()
    #expect(answer == "250 2.0.0 Queued as ada@example.org")
    #expect(mail.envelopeFrom == "obox@example.org")
    #expect(mail.envelopeTo == ["ada@example.org"])
    #expect(mail.from == [["OBox", "obox@example.org"]])
    #expect(mail.to == [[message.to.name ?? "", "ada@example.org"]])
    #expect(mail.subject == message.subject)
    #expect(mail.messageID == "<m1@example.org>")
    #expect(mail.date == "Fri, 20 Nov 2026 09:54:12 +0000")
    #expect(
      mail.tree
        == "multipart/mixed(multipart/alternative(text/plain,text/html),application/x-pem-file,text/plain)")
    #expect(
      mail.parts.map(\.type).prefix(2) == ["text/plain; charset=\"utf-8\"", "text/html; charset=\"utf-8\""])
    #expect(mail.parts[0].text == message.text.replacing("\n", with: "\r\n"))
    #expect(mail.parts[1].text == message.html)
    #expect(mail.parts[2].fileName == "forêt-01.pem")
    #expect(Array(mail.parts[2].bytes) == key)
    #expect(mail.parts[3].fileName == "a_b_c  X-Evil: 1.txt")
    #expect(mail.parts[3].bytes.isEmpty)
    #expect(mail.defects.isEmpty)
    #expect(mail.isASCII)
    #expect(mail.longestLine <= 998)
  }

  @Test func `a line break in a subject does not inject a header`() async throws {
    let server = try TestServer()
    let message = try Message.sample {
      $0.subject = "Hello\r\nBcc: eve@example.org\r\n\r\nbody\u{0}\u{2028}x"
    }
    _ = try await SMTPClient(server: .loopback(server.port)).send(message)
    let mail = try server.mail()
    #expect(mail.subject == "Hello  Bcc: eve@example.org    body  x")
    #expect(!mail.headerNames.contains { $0.lowercased() == "bcc" })
    #expect(mail.envelopeTo == ["ada@example.org"])
  }

  @Test func `a retry has the same message id and date`() async throws {
    let server = try TestServer()
    let client = SMTPClient(server: .loopback(server.port))
    let message = try Message.sample()
    _ = try await client.send(message)
    _ = try await client.send(message)
    let (first, second) = (try server.mail(), try server.mail())
    #expect(first.messageID == second.messageID)
    #expect(first.date == second.date)
  }

  @Test func `concurrent mails all arrive, each once`() async throws {
    let server = try TestServer()
    let client = SMTPClient(server: .loopback(server.port))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        let message = try Message.sample { $0.messageID = "m\(number)@example.org" }
        group.addTask { _ = try await client.send(message) }
      }
      try await group.waitForAll()
    }
    let identifiers = try (0..<20).map { _ in try server.mail().messageID }
    #expect(Set(identifiers) == Set((0..<20).map { "<m\($0)@example.org>" }))
  }
}

extension Message {
  /// A small valid mail with the test's changes.
  static func sample(_ change: (inout Message) throws -> Void = { _ in }) throws -> Message {
    var message = Message(
      from: try Address("OBox <obox@example.org>"), to: try Address("ada@example.org"), subject: "Hello",
      text: "Hello Ada\n", messageID: "m1@example.org", date: 1_795_168_452_345)
    try change(&message)
    return message
  }
}

extension SMTPServer {
  static func loopback(
    _ port: Int, _ security: Security = .none, change: (inout SMTPServer) -> Void = { _ in }
  ) -> SMTPServer {
    var server = SMTPServer(host: "127.0.0.1", port: port, security: security, totalLimit: .seconds(30))
    change(&server)
    return server
  }
}

/// The error thrown by `send`.
func failure(of client: SMTPClient, _ message: Message) async -> MailerError? {
  do {
    _ = try await client.send(message)
    return nil
  } catch {
    return error
  }
}

func failure(of server: SMTPServer, _ message: Message) async -> MailerError? {
  await failure(of: SMTPClient(server: server), message)
}
