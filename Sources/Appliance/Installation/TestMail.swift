import HTTP
import Mailer

/// A mail sent at once, so that an administrator sees whether the mail server takes it.
struct TestMail: Sendable {
  let site: Site
  let clock: Clock

  /// Returns the address it was sent to and the server's reply. Throws 409 without a server or an address, 502 when the
  /// server does not take it.
  func send(to account: Account) async throws -> (to: String, answer: String) {
    guard let settings = site.live.mail else { throw Self.noServer }
    guard let address = account.email else { throw Self.noAddress }
    let client = SMTPClient(server: SMTPServer(settings), capacity: 1)
    defer { client.stop() }
    do {
      let answer = try await client.send(message(to: address, account, from: Address(settings.from)))
      return (address, answer)
    } catch let error as MailerError {
      throw Self.refusal(error)
    }
  }

  private func message(to address: String, _ account: Account, from: Address) throws -> Message {
    let mail = MailTemplate.test(name: account.name).text(in: account.language, appliance: "OBox")
    let domain = from.email.split(byte: "@").last.map { String($0) } ?? "obox"
    return Message(
      from: from, to: try Address(email: address, name: nil), subject: mail.subject, text: mail.text,
      html: mail.html, messageID: "\(RandomID.uuid())@\(domain)", date: clock.now())
  }

  /// The library's text is in English and contains no secret.
  private static func refusal(_ error: MailerError) -> Failure {
    let reason = error.code == 0 ? error.message : "\(error.code) \(error.message)"
    return Failure(
      502, "MAIL_NOT_SENT",
      Sentence(
        fr:
          "L’e-mail de test n’a pas été envoyé : \(reason). Vérifiez le serveur, le port, le chiffrement et l’identifiant.",
        en: "The test email was not sent: \(reason). Check the server, port, encryption and user name."))
  }

  private static let noServer = Failure(
    409, "NO_MAIL_SERVER",
    Sentence(fr: "Indiquez d’abord un serveur de messagerie.", en: "Set a mail server first."))
  private static let noAddress = Failure(
    409, "NO_EMAIL",
    Sentence(
      fr: "Votre compte n’a pas d’adresse e-mail. Ajoutez-la dans votre profil.",
      en: "Your account has no email address. Add one in your profile."))
}
