import Foundation
import HTTP
import Testing
import Threads

@testable import Appliance

/// The PDF of a certificate, as `pdftotext` reads it.
@Suite(.timeLimit(.minutes(30))) struct CertificatePaperTests {
  private static func text(_ pdf: [UInt8]) async throws -> String {
    let bytes = try await ConfinedProgram.run(
      "/usr/bin/pdftotext", ["-enc", "UTF-8", "-", "-"], pdf, limit: 1 << 20)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func content(_ name: String, _ title: String) -> CertificatePaper.Content {
    CertificatePaper.Content(
      language: .en, kind: .course, organisation: "Horizon", logo: nil, name: name, title: title,
      number: CertificateCode().text, completedOn: "1 March 2026", issuedOn: "2 March 2026",
      issuedAt: "2026-03-02T00:00:00Z", validUntil: nil, score: 90,
      address: "https://x.example/certificates/1")
  }

  @Test func `it has name, course and number in both languages`() async throws {
    try await School.run { school in
      let (_, _, code) = try await CertificatesTests.earned(school, ["validMonths": 12])
      let sentences = ["fr": "a terminé le cours", "en": "has completed the course"]
      for (language, sentence) in sentences {
        let file = try await school.test.client.get("/api/certificates/\(code).pdf?lang=\(language)")
        #expect(file.status == 200 && file.headers["content-type"] == "application/pdf")
        let text = try await Self.text(file.body)
        for part in ["Lea", "First aid", code, sentence] {
          #expect(text.contains(part), "\(part) in \(text)")
        }
      }
      var reader = school.test.client
      reader.headers["Accept"] = "application/pdf"
      #expect(try await reader.get("/api/certificates/\(code)").body.starts(with: Array("%PDF".utf8)))
    }
  }

  @Test func `any script and any length become a page`() async throws {
    let long = String(repeating: "W", count: 200)
    for name in ["محمد الفاسي", "山田太郎", "👩🏽‍🚒", long, "\u{202E}x\u{0301}", ""] {
      let file = try CertificatePaper(content: Self.content(name, name)).pdf()
      #expect(file.starts(with: Array("%PDF".utf8)) && file.count > 5_000)
    }
  }

  @Test func `the same certificate is the same file`() throws {
    let paper = CertificatePaper(content: Self.content("Lea", "First aid"))
    #expect(try paper.pdf() == paper.pdf())
  }

  @Test func `a paper is refused while too many wait`() async throws {
    let queue = WorkQueue("typesetting", waiting: CertificatePress.mostWaiting)
    let press = CertificatePress(log: Log(level: .error), queue: queue)
    let gate = CountingSemaphore()
    for _ in 0...CertificatePress.mostWaiting { queue.add(lane: "a") { _ in gate.wait() } }
    let refusal = await #expect(throws: Failure.self) {
      _ = try await press.pdf(Self.content("Lea", "x"), lane: "a")
    }
    #expect(refusal?.status == 503)
    for _ in 0...CertificatePress.mostWaiting { gate.signal() }
  }

  @Test func `a logo is a small PNG or JPEG of the administrator's, and is on the paper`() async throws {
    try await School.run { school in
      let (_, _, code) = try await CertificatesTests.earned(school)
      let boss = try await school.test.person("boss", role: .admin)
      let plain = try await school.test.client.get("/api/certificates/\(code).pdf").body.count
      let text = try await boss.send("POST", "/api/uploads", content: Array("x".utf8), type: "text/plain")
      for wrong in [text.json["fileUrl"] ?? "", "https://x.example/a.png", "/api/uploads/none"] {
        let answer = try await boss.send("PATCH", "/api/system-settings", ["organisationLogo": wrong])
        #expect(answer.status == 400 && answer.json["errors"]?[0]?["field"] == "organisationLogo")
      }
      let logo = try await school.test.upload(DemoPicture.plan.png, as: boss)
      let set = try await boss.send("PATCH", "/api/system-settings", ["organisationLogo": .string(logo)])
      #expect(set.status == 200, "\(set.text)")
      #expect(try await school.test.client.get(logo).status == 200)
      let file = try await school.test.client.get("/api/certificates/\(code).pdf")
      #expect(file.status == 200 && file.body.count != plain)
      let none = try await boss.send("PATCH", "/api/system-settings", ["organisationLogo": ""])
      #expect(none.json["organisationLogo"] == "")
      #expect(try await school.test.client.get("/api/certificates/\(code).pdf").body.count == plain)
    }
  }

  @Test func `a number is read in any case, without dashes, and with letters that look like digits`() {
    let code = CertificateCode()
    #expect(CertificateCode(typed: code.text) == code)
    #expect(CertificateCode(typed: " \(code.text.lowercased()) ") == code)
    #expect(CertificateCode(typed: "OIL0OIL0OIL0OIL0OIL0")?.text == "0110-0110-0110-0110-0110")
    for wrong in ["", "0", code.text + "0", "U000-0000-0000-0000-0000", "é000-0000-0000-0000-0000"] {
      #expect(CertificateCode(typed: wrong) == nil)
    }
  }
}
