import Testing

@testable import Mailer

@Suite struct MailerTests {}
