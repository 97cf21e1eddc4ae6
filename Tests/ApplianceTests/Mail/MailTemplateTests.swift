import HTTP
import Testing

@testable import Appliance

private let size = MailTemplate.MachineSize(vcpu: 2, memoryMB: 1536, diskGB: 40)

private func access(
  machine: String = "web-01", host: String = "lab.example.org", port: Int = 10007, key: String? = "web-01.pem"
) -> MailTemplate.MachineAccess {
  MailTemplate.MachineAccess(machine: machine, host: host, port: port, user: "ada", keyFileName: key)
}

/// Every mail, with `words` in place of all text written by people or programs.
private func everyTemplate(with words: String) -> [MailTemplate] {
  [
    .verifyEmail(name: words, link: words, hours: 24),
    .machineReady(
      name: words,
      access: MailTemplate.MachineAccess(
        machine: words, host: words, port: 22, user: words, keyFileName: words),
      osName: words, size: size, pageLink: words),
    .machineUpdated(name: words, machine: words, size: size), .machineDeleted(name: words, machine: words),
    .machineFailed(name: words, machine: words, sentence: words, pageLink: words),
    .accountExists(name: words, link: words), .passwordReset(name: words, link: words, minutes: 60),
    .invitation(name: words, username: words, link: words, days: 7, by: words),
    .accountApproved(name: words, link: words), .accountDeleted(name: words, username: words),
    .passwordResetByAdmin(name: words, link: words, hours: 24, by: words),
    .digest(
      name: words,
      .init(
        counted: [Sentence(fr: "2 réponses", en: "2 replies")],
        items: [.init(title: Sentence(fr: words, en: words), link: words)], more: 3, pageLink: words,
        preferencesLink: words)),
  ]
}

@Suite struct MailTemplateTests {
  @Test(arguments: Language.allCases)
  func `text written by people is never interpreted as markup`(language: Language) {
    let hostile = "\"><script>alert('x')</script>&amp;\u{1b}[31m\u{202e}"
    for template in everyTemplate(with: hostile) {
      let html = template.text(in: language, appliance: hostile).html
      #expect(!html.contains("<script"))
      #expect(!html.contains("alert('"))
      #expect(html.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;"))
      #expect(!html.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
    }
  }

  @Test(arguments: [
    "", "  ", "Win at https://evil.example", "see evil.example", "a@evil.example", "<b>Ada</b>",
    String(repeating: "x", count: 61),
  ])
  func `a name that looks like an advertisement is not used as a greeting`(name: String) {
    let mail = MailTemplate.verifyEmail(name: name, link: "https://box/v", hours: 1)
    #expect(mail.text(in: .fr, appliance: "OBox").text.hasPrefix("Bonjour,\n"))
    #expect(mail.text(in: .en, appliance: "OBox").text.hasPrefix("Hello,\n"))
  }

  @Test(arguments: [
    ("Élodie Grünwald", "Élodie Grünwald"), ("J. Doe Jr.", "J. Doe Jr."), (" Ada \n L ", "Ada L"),
  ])
  func `a person is greeted by name`(name: String, shown: String) {
    let mail = MailTemplate.machineDeleted(name: name, machine: "web-01").text(in: .en, appliance: "OBox")
    #expect(mail.text.hasPrefix("Hello \(shown),\n"))
  }

  @Test(arguments: Language.allCases)
  func `plain text and HTML contain the same complete link`(language: Language) {
    let link = "https://box.example/verify-email?token=a_b-c&next=%2F"
    for template in everyTemplate(with: link) {
      let mail = template.text(in: language, appliance: "OBox")
      #expect(mail.text.contains(link))
      #expect(mail.html.contains("https://box.example/verify-email?token=a_b-c&amp;next=%2F"))
    }
    let button = MailTemplate.verifyEmail(name: "", link: link, hours: 24).text(
      in: language, appliance: "OBox")
    #expect(button.html.contains("href=\"https://box.example/verify-email?token=a_b-c&amp;next=%2F\""))
    #expect(button.html.contains("<html lang=\"\(language.rawValue)\">"))
  }

  @Test func `each mail is in its reader's language`() {
    for template in everyTemplate(with: "web-01") {
      let (french, english) = (
        template.text(in: .fr, appliance: "OBox"), template.text(in: .en, appliance: "OBox")
      )
      #expect(french.subject != english.subject)
      #expect(french.text.hasPrefix("Bonjour web-01,") && french.text.contains("automatique envoyé par OBox"))
      #expect(english.text.hasPrefix("Hello web-01,") && english.text.contains("automated message from OBox"))
    }
  }

  @Test func `the subject of a digest names three kinds, and a further line stands below its title`() {
    func digest(_ kinds: [Notice.Kind]) -> MailTemplate {
      .digest(
        name: "",
        .init(
          counted: kinds.map { $0.counted(2) },
          items: [
            .init(
              title: Sentence(fr: "Rappel", en: "Reminder"),
              note: Sentence(fr: "À <neuf> heures.", en: "At <nine>."), link: "https://box/calendar/1"),
            .init(title: Sentence(fr: "Mention", en: "Mention"), link: "https://box/chat/1"),
          ], more: 0, pageLink: "https://box/n", preferencesLink: "https://box/p"))
    }
    let few = digest([.mention, .reply, .comment]).text(in: .fr, appliance: "OBox")
    #expect(few.subject == "2 mentions, 2 réponses, 2 commentaires")
    let many = digest(Notice.Kind.allCases).text(in: .en, appliance: "OBox")
    #expect(many.subject == "2 mentions, 2 replies, 2 direct messages…")
    #expect(
      many.text.contains(
        "- Reminder\n  At <nine>.\n  https://box/calendar/1\n- Mention\n  https://box/chat/1\n"))
    #expect(many.html.contains("At &lt;nine&gt;."))
  }

  @Test func `sizes and times are formatted for the language`() {
    func changed(_ size: MailTemplate.MachineSize, _ language: Language) -> String {
      MailTemplate.machineUpdated(name: "", machine: "web-01", size: size).text(
        in: language, appliance: "OBox"
      ).text
    }
    #expect(changed(size, .fr).contains("1,5\u{a0}Go"))
    #expect(changed(size, .en).contains("1.5\u{a0}GB"))
    #expect(changed(size, .en).contains("2\u{a0}vCPUs"))
    let tiny = MailTemplate.MachineSize(vcpu: 1, memoryMB: 512, diskGB: 10)
    #expect(changed(tiny, .fr).contains("512\u{a0}Mo"))
    #expect(changed(tiny, .en).contains("1\u{a0}vCPU\n"))
    let huge = MailTemplate.MachineSize(vcpu: .max, memoryMB: .max, diskGB: .max)
    #expect(changed(huge, .fr).contains("vCPU"))

    func reset(_ minutes: Int, _ language: Language) -> String {
      MailTemplate.passwordReset(name: "", link: "x", minutes: minutes).text(in: language, appliance: "OBox")
        .text
    }
    #expect(reset(60, .fr).contains("une heure"))
    #expect(reset(120, .en).contains("2\u{a0}hours"))
    #expect(reset(45, .en).contains("45\u{a0}minutes"))
  }
}

@Suite struct ConnectionGuideTests {
  @Test func `with a person's own key no file and no permissions are explained`() {
    for language in Language.allCases {
      let guide = access(key: nil).guide(in: language)
      #expect(guide.contains("ssh -p 10007 ada@lab.example.org"))
      for word in ["chmod", "icacls", "-i ~", "IdentityFile", ".pem"] { #expect(!guide.contains(word)) }
    }
  }

  @Test(arguments: Language.allCases)
  func `adding the known_hosts line avoids trusting an unknown key`(language: Language) {
    for key in ["web-01.pem", nil] {
      var access = access(key: key)
      #expect(!access.guide(in: language).contains("known_hosts"))
      access.knownHosts = "[lab.example.org]:10007 ssh-ed25519 AAAA"
      access.fingerprint = "SHA256:abc"
      let guide = access.guide(in: language)
      #expect(guide.contains("echo '[lab.example.org]:10007 ssh-ed25519 AAAA' >> ~/.ssh/known_hosts"))
      #expect(guide.contains("\\.ssh\\known_hosts\" '[lab.example.org]:10007 ssh-ed25519 AAAA'"))
      #expect(guide.contains("SHA256:abc"))
    }
  }

  @Test(arguments: Language.allCases)
  func `the guide covers each system and each error`(language: Language) {
    let guide = access().guide(in: language)
    for line in [
      "ssh -i ~/.ssh/web-01.pem -p 10007 ada@lab.example.org", "chmod 600 ~/.ssh/web-01.pem",
      #"icacls "$HOME\.ssh\web-01.pem" /inheritance:r /grant:r "${env:USERNAME}:R""#,
      #"ssh -i "$HOME\.ssh\web-01.pem" -p 10007 ada@lab.example.org"#,
      "    Host web-01\n        HostName lab.example.org\n        Port 10007\n        User ada\n"
        + "        IdentityFile ~/.ssh/web-01.pem\n        IdentitiesOnly yes",
      "scp -i ~/.ssh/web-01.pem -P 10007 notes.txt ada@lab.example.org:", "Permission denied (publickey)",
      "Connection refused", "UNPROTECTED PRIVATE KEY FILE", #"ssh-keygen -R "[lab.example.org]:10007""#,
    ] { #expect(guide.contains(line)) }
  }

  @Test func `IPv6 addresses and the default port are written for ssh and scp`() {
    let machine = access(host: "2001:db8::7", port: 22)
    #expect(machine.command == "ssh -i ~/.ssh/web-01.pem ada@2001:db8::7")
    #expect(machine.guide(in: .en).contains("notes.txt ada@[2001:db8::7]:"))
    #expect(machine.guide(in: .en).contains(#"ssh-keygen -R "2001:db8::7""#))
  }

  @Test func `the file name is in the reader's language`() {
    #expect(access().guideName(in: .fr) == "connexion-web-01.txt")
    #expect(access().guideName(in: .en) == "connection-web-01.txt")
  }
}
