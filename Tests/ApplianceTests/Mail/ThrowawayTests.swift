import Testing
import Glibc
@testable import Appliance
import HTTP

@Suite struct ThrowawayTests {
  @Test func `render`() {
    let access = MailTemplate.MachineAccess(machine: "web-01", host: "lab.example.org", port: 10007, user: "ada", keyFileName: "web-01.pem", knownHosts: "[lab.example.org]:10007 ssh-ed25519 AAAA", fingerprint: "SHA256:abc")
    var own = access
    own.keyFileName = nil
    own.fingerprint = nil
    own.knownHosts = nil
    let size = MailTemplate.MachineSize(vcpu: 2, memoryMB: 1536, diskGB: 40)
    let all: [MailTemplate] = [
      .verifyEmail(name: "Ada", link: "https://x/verify", hours: 24), .machineReady(name: "Ada", access: access, osName: "Debian 12", size: size, pageLink: "https://x/machines/1"),
      .machineReady(name: "Ada", access: own, osName: "Debian 12", size: size, pageLink: "https://x/machines/1"),
      .machineUpdated(name: "Ada", machine: "web-01", size: size), .machineDeleted(name: "Ada", machine: "web-01"),
      .machineFailed(name: "Ada", machine: "web-01", sentence: "SENTENCE.", pageLink: "https://x/machines/1"), .accountExists(name: "Ada", link: "https://x/"),
      .passwordReset(name: "Ada", link: "https://x/r", minutes: 60), .passwordChanged(name: "Ada"), .addressChanging(name: "Ada", address: "new@example.org"),
      .invitation(name: "Ada", username: "ada", link: "https://x/r", days: 7, by: "Noa"), .invitation(name: "Ada", username: "ada", link: "https://x/r", days: 1, by: ""), .accountApproved(name: "Ada", link: "https://x/"),
      .accountDeleted(name: "Ada", username: "ada"), .passwordResetByAdmin(name: "Ada", link: "https://x/r", hours: 24, by: "Noa"),
      .digest(name: "Ada", .init(counted: [Sentence(fr: "3 mentions", en: "3 mentions")], items: [.init(title: NoticeWords(.channelInvitation, actor: "Sam", details: ["channel": "lab"]).title, link: "https://x/1")], more: 4, pageLink: "https://x/n", preferencesLink: "https://x/p")),
    ]
    var out = ""
    for language in [Language.fr, .en] {
      for t in all {
        let m = t.text(in: language, appliance: "OBox")
        out += "##### \(m.subject)\n\(m.text)\n"
        let html = m.html
        let file = open("/tmp/words/html-\(language.rawValue).html", O_WRONLY | O_CREAT | O_APPEND, 0o644)
        _ = Array(html.utf8).withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        close(file)
      }
      out += "##### guide\n" + access.guide(in: language) + "\n#### own\n" + own.guide(in: language)
    }
    let file = open("/tmp/words/mails.txt", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    _ = Array(out.utf8).withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    close(file)
  }
}
