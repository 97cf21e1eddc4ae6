import Glibc
import Store
import Testing

@testable import Appliance

@Suite(.timeLimit(.minutes(30))) struct SSHHostKeyTests {
  @Test func `an invalid key has no fingerprint`() {
    for line in ["", "ssh-ed25519", "ssh-ed25519 !!!"] { #expect(SSHHostKey.fingerprint(of: line) == nil) }
  }

  @Test(.enabled(if: access("/usr/bin/ssh-keygen", X_OK) == 0, "ssh-keygen is not installed"))
  func `the fingerprint is the one shown by OpenSSH`() async throws {
    let folder = TemporaryFolder()
    let line = SSHKeyPair.generate(comment: "").publicLine
    folder.write("key.pub", Array("\(line)\n".utf8))
    let shown = try await ChildProcess.run(
      "/usr/bin/ssh-keygen", ["-l", "-f", folder["key.pub"]], timeLimit: .seconds(20))
    #expect(
      String(decoding: shown.stdout, as: UTF8.self).split(separator: " ").dropFirst().first.map(String.init)
        == SSHHostKey.fingerprint(of: line))
  }

  @Test func `the known_hosts line names address and port`() {
    let key = "ssh-ed25519 AAAA"
    #expect(SSHHostKey.knownHosts(host: "10.0.0.7", port: 22, key: key) == "10.0.0.7 ssh-ed25519 AAAA")
    #expect(SSHHostKey.knownHosts(host: "lab", port: 10_007, key: key) == "[lab]:10007 ssh-ed25519 AAAA")
  }

  @Test func `page, mail and guide show the host key, whose private part is deleted after use`()
    async throws
  {
    try await TestAppliance.run { test in
      let lea = try await test.person("lea")
      let id = try await test.machine(of: lea)
      let vm = try #require(try await lea.get("/api/vms/\(id)").json["vm"])
      let fingerprint = try #require(vm["hostKey"]?["fingerprint"]?.string)
      let line = try #require(vm["hostKey"]?["knownHosts"]?.string)
      #expect(vm["hostKey"]?["type"]?.string == "ssh-ed25519")
      #expect(fingerprint.hasPrefix("SHA256:") && line.contains(" ssh-ed25519 AAAA"))
      let letter = try #require(try await lea.get("/api/mailbox").json.array?.first?["id"]?.string)
      #expect(try await lea.get("/api/mailbox/\(letter)").text.contains(fingerprint))
      let row = try await test.appliance.database.read { connection in
        try connection.first("SELECT sealed_host_key IS NULL, host_key FROM machines WHERE id = ?", id) {
          ($0.bool(0), $0.text(1))
        }
      }
      #expect(row?.0 == true)
      #expect(line.hasSuffix(row?.1 ?? "?"))
    }
  }
}
