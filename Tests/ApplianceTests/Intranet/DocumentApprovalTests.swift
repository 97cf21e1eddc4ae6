import HTTP
import Testing

@testable import Appliance

/// Versions that wait for a named approver, and reviews.
@Suite(.timeLimit(.minutes(30))) struct DocumentApprovalTests {
  @Test func `readers see a pending document only after its approver has approved it`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let url = try await test.upload(FileSamples.pdf, as: boss)
      let approver = JSONValue.string(String(try await test.id("lea")))
      let (one, made) = try await DocumentsTests.document(
        boss, ["approverId": approver, "fileUrl": .string(url), "requiresConfirmation": true])
      #expect(made["approval"] == "pending")
      #expect(made["versionNumber"] == .null)
      #expect(try await sam.get(one).status == 404)
      #expect(try await sam.get(url).status == 404)
      #expect(try await sam.notices() == [])
      #expect(try await lea.get(one).status == 200)
      #expect(try await lea.get(url).status == 200)
      #expect(try await lea.notices() == ["document_approval 1 “Rules” is waiting for your approval"])
      #expect(try await boss.post(one + "/versions/1/approve").status == 403)
      #expect(try await lea.post(one + "/confirm").code == "NOT_ASKED")
      #expect(try await lea.post(one + "/versions/1/approve", ["note": "Good"]).status == 200)
      #expect(try await lea.post(one + "/versions/1/reject").code == "ALREADY_DECIDED")
      #expect(try await sam.get(one).json["approval"] == "published")
      #expect(try await sam.notices() == ["confirmation_wanted 1 Read and confirm: Rules"])
      #expect(try await boss.notices().contains("document_approval 1 Lea approved “Rules”"))
      let version = try await sam.get(one + "/versions").json.array?.first
      #expect(version?["decidedBy"] == "Lea")
      #expect(version?["decision"] == "Good")
    }
  }

  @Test func `a new file is pending beside the published one, and a rejected one is hidden`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let sam = try await test.person("sam")
      let first = try await test.upload(FileSamples.pdf, as: boss)
      let second = try await test.upload(FileSamples.pdf + [10], as: boss)
      let third = try await test.upload(FileSamples.pdf + [10, 10], as: boss)
      let (one, _) = try await DocumentsTests.document(boss, ["fileUrl": .string(first)])
      let approver = JSONValue.string(String(try await test.id("lea")))
      _ = try await boss.send("PATCH", one, ["approverId": approver])
      // By a change of the row, as an older client does it.
      let changed = try await boss.put(one, ["fileUrl": .string(second), "version": "2.0", "title": "New"])
      #expect(changed.status == 200)
      #expect(changed.json["fileUrl"]?.string == first)
      #expect(changed.json["version"] == "1.0")
      #expect(changed.json["title"] == "New")
      #expect(try await DocumentsTests.versions(sam, one) == ["1 1.0 published"])
      #expect(try await sam.get(second).status == 404)
      #expect(try await lea.get(second).status == 200)
      #expect(try await sam.get(one + "/versions/2/download").status == 404)
      #expect(try await lea.post(one + "/versions/2/reject", ["note": "No"]).status == 200)
      #expect(try await sam.get(one).json["fileUrl"]?.string == first)
      _ = try await boss.post(one + "/versions", ["fileUrl": .string(second)])
      _ = try await boss.post(one + "/versions", ["fileUrl": .string(third)])
      #expect(
        try await DocumentsTests.versions(boss, one)
          == ["4 1.1 pending", "3 1.1 withdrawn", "2 2.0 rejected", "1 1.0 published"])
      #expect(try await lea.post(one + "/versions/4/approve").status == 200)
      #expect(try await sam.get(one).json["fileUrl"]?.string == third)
      #expect(try await sam.get(third).status == 200)
      #expect(try await DocumentsTests.versions(sam, one) == ["4 1.1 published", "1 1.0 published"])
    }
  }

  @Test func `who needs an approval neither becomes nor removes the approver, nor renames what is published`()
    async throws
  {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let (lea, sam) = (try await test.person("lea"), try await test.person("sam"))
      try await test.delegate(.manageDocuments, to: "sam")
      let (one, _) = try await DocumentsTests.document(boss, ["fileUrl": "https://example.org/1.pdf"])
      let ids = try await [test.id("lea"), test.id("sam")].map { JSONValue.string(String($0)) }
      #expect(try await boss.send("PATCH", one, ["approverId": ids[0]]).status == 200)
      for approver in [ids[1], .null] {
        let taken = try await sam.send(
          "PATCH", one, ["approverId": approver, "fileUrl": "https://example.org/2.pdf"])
        #expect(taken.status == 403 && taken.code == "NOT_THE_APPROVER")
      }
      let renamed = try await sam.send("PATCH", one, ["version": "9.9", "fileName": "other.pdf"])
      #expect(renamed.status == 200 && renamed.json["version"] == "1.0")
      #expect(try await sam.get(one).json["approval"] == "pending")
      #expect(try await boss.get(one).json["approval"] == "pending")
      // Readers do not learn that there is another version.
      let max = try await test.person("max")
      #expect(try await max.get(one).json["approval"] == "published")
      #expect(try await lea.post(one + "/versions/2/approve").status == 200)
      #expect(try await max.get(one).json["version"] == "9.9")
    }
  }

  @Test func `the owner is reminded of a review once for each date`() async throws {
    try await TestAppliance.run { test in
      let boss = try await test.person("boss", role: .admin)
      let lea = try await test.person("lea")
      let owner = JSONValue.string(String(try await test.id("lea")))
      let (one, _) = try await DocumentsTests.document(
        boss, ["ownerId": owner, "reviewAt": "2026-01-01T00:00:00Z"])
      _ = try await DocumentsTests.document(boss, ["ownerId": owner, "reviewAt": "2099-01-01T00:00:00Z"])
      func review() async throws {
        let job = try await test.appliance.database.write { tx in
          try test.appliance.jobs.enqueue(DocumentReviews.name, in: tx)
        }
        _ = try await test.changes.wait {
          try await test.appliance.database.read { try Job.find(job.id, in: $0)?.isFinished ?? true }
        }
      }
      try await review()
      try await review()
      #expect(try await lea.notices() == ["document_review 1 “Rules” is due for review"])
      _ = try await boss.send("PATCH", one, ["reviewAt": "2026-02-01T00:00:00Z"])
      try await review()
      #expect(try await lea.notices() == ["document_review 2 “Rules” is due for review"])
    }
  }
}
