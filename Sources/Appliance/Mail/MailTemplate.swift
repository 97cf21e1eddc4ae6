import HTTP

struct MailText {
  let subject: String; let text: String; let html: String; var attachments: [Outbox.Content.Attachment] = []
}
enum MailTemplate: Sendable {
  case verifyEmail(name: String, link: String, hours: Int)
  case machineReady(name: String, machine: String)
  case machineDeleted(name: String, machine: String)
  case machineUpdated(name: String, machine: String, vcpu: Int, memoryMB: Int, diskGB: Int)
  case machineFailed(name: String, machine: String, sentence: String, pageLink: String)
  func text(in: Language, appliance: String) -> MailText { MailText(subject: "", text: "", html: "") }
}
