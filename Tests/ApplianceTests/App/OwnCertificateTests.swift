import Glibc
import HTTP
import Synchronization
import TestSupport
import Testing

@testable import Appliance

/// `TLS=auto`: the certificate that OBox makes for itself.
@Suite(.timeLimit(.minutes(30))) final class OwnCertificateTests {
  private let folder = TemporaryFolder()
  private let time = ManualTime(Clock.system.now())
  private let names = Mutex(HostNames(lasting: ["lab.example", "192.0.2.1"], passing: ["2001:db8::1"]))

  private func certificate(in place: String? = nil) throws -> OwnCertificate {
    let configuration = try Configuration.load(file: "TLS=auto", environment: [:])
    let site = Site(configuration: configuration, dataFolder: place ?? folder.path)
    let names = names.withLock { $0 }
    return OwnCertificate(site, clock: .manual(time)) { names }
  }

  @Test func `where no file can be written the start is refused with the reason`() throws {
    let own = try certificate(in: folder["none"])
    let problem = #expect(throws: PrivateFile.Problem.self) { try own.ensure() }
    #expect(problem?.description.contains("No such file or directory") == true)
  }

  @Test func `it is made once, for its owner only, and has every name`() throws {
    let (made, isNew) = try certificate().ensure()
    #expect(isNew)
    var about = stat()
    #expect(stat(folder["obox.pem"], &about) == 0 && about.st_mode & 0o777 == 0o600)
    let text = try #require(SystemFile.text(folder["obox.pem"]))
    let read = ServerCertificate(
      pem: Array(text.utf8), names: ["lab.example", "192.0.2.1", "2001:db8::1", "other.example"])
    #expect(read?.missing == ["other.example"])
    #expect(made.expiresAt - time.now < 825 * 24 * 3600 * 1000)
    let (again, isNewAgain) = try certificate().ensure()
    #expect(again.fingerprint == made.fingerprint && !isNewAgain)
  }

  @Test func `it is made again 30 days before its end, and not earlier`() throws {
    let first = try certificate().ensure().certificate
    time.advance(by: .seconds(24 * 3600 * (824 - 31)))
    #expect(try certificate().ensure().certificate.fingerprint == first.fingerprint)
    time.advance(by: .seconds(24 * 3600))
    let second = try certificate().ensure()
    #expect(second.isNew && second.certificate.fingerprint != first.fingerprint)
    #expect(second.certificate.expiresAt > first.expiresAt)
  }

  @Test func `another name or IPv4 address makes another one, another IPv6 address does not`() throws {
    let first = try certificate().ensure().certificate
    names.withLock { $0.passing = ["2001:db8::2"] }
    #expect(try !certificate().ensure().isNew)
    names.withLock { _ = $0.lasting.removeLast() }
    #expect(try !certificate().ensure().isNew)
    names.withLock { $0.lasting.append("192.0.2.2") }
    let second = try certificate().ensure()
    #expect(second.isNew && second.certificate.fingerprint != first.fingerprint)
  }

  @Test(arguments: ["", "nonsense", "half", "without-key"])
  func `a damaged file is replaced`(damage: String) throws {
    _ = try certificate().ensure()
    let text = try #require(SystemFile.text(folder["obox.pem"]))
    let parts = try #require(text.firstRange(of: "-----END CERTIFICATE-----\n"))
    switch damage {
    case "half": folder.write("obox.pem", text.utf8.prefix(text.utf8.count / 4))
    case "without-key": folder.write("obox.pem", text[..<parts.upperBound].utf8)
    default: folder.write("obox.pem", damage.utf8)
    }
    #expect(try certificate().ensure().isNew)
    #expect(try !certificate().ensure().isNew)
  }

  @Test func `the host's full name is found in the hosts file, and what is no name is left out`() {
    let found = HostNames(
      host: "lab",
      hosts: "127.0.0.1 localhost\n# 127.0.1.1 no.example lab.no\n127.0.1.1\tlab.example.org lab\n",
      given: ["192.0.2.1", "not a name", "lab"],
      addresses: HostAddresses(v4: ["192.0.2.1", "198.51.100.2"], v6: ["2001:db8::1"]))
    #expect(
      found.lasting == ["lab.example.org", "lab", "192.0.2.1", "localhost", "127.0.0.1", "198.51.100.2"])
    #expect(found.passing == ["::1", "2001:db8::1"])
    let nameless = HostNames(host: nil, hosts: "", given: [], addresses: HostAddresses())
    #expect(nameless.lasting == ["localhost", "127.0.0.1"])
  }

  @Test func `many addresses make no endless certificate`() throws {
    let many = HostAddresses(v4: (1...200).map { "192.0.2.\($0)" })
    let found = HostNames(host: "lab", hosts: "", given: [], addresses: many)
    #expect(found.lasting.count == 50)
  }

  @Test(.enabled(if: OpenSSL.isThere))
  func `a running server renews it when its time comes, and goes on serving`() async throws {
    try await TestAppliance.run(settings: ["TLS": "auto"], clock: .manual(time)) { test in
      let first = try #require(test.appliance.certificates.certificate).fingerprint
      #expect(try await OpenSSL.fingerprint(of: test.port) == first)
      try await test.appliance.certificates.check()
      #expect(try await OpenSSL.fingerprint(of: test.port) == first)
      time.advance(by: .seconds(24 * 3600 * 800))
      try await test.appliance.certificates.check()
      let second = try #require(test.appliance.certificates.certificate).fingerprint
      #expect(second != first)
      #expect(try await OpenSSL.fingerprint(of: test.port) == second)
    }
  }

  @Test(.enabled(if: OpenSSL.isThere))
  func `files that another program has renewed are taken, and half of them are not`() async throws {
    let make = {
      try SelfSignedCertificate.make(
        names: ["lab.example"], from: Clock.system.now(), until: Clock.system.now() + 86_400_000)
    }
    let (old, new) = (try make(), try make())
    folder.write("cert.pem", old)
    folder.write("key.pem", old)
    let settings = ["TLS_CERT": folder["cert.pem"], "TLS_KEY": folder["key.pem"]]
    try await TestAppliance.run(settings: settings) { test in
      let first = try await OpenSSL.fingerprint(of: test.port)
      #expect(first == ServerCertificate(pem: old)?.fingerprint)
      folder.write("cert.pem", new)
      await #expect(throws: ServerError.self) { try await test.appliance.certificates.check() }
      #expect(try await OpenSSL.fingerprint(of: test.port) == first)
      folder.write("key.pem", new)
      try await test.appliance.certificates.check()
      #expect(try await OpenSSL.fingerprint(of: test.port) == ServerCertificate(pem: new)?.fingerprint)
    }
  }
}
