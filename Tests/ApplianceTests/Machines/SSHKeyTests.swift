import Encoding
import Glibc
import Testing

@testable import Appliance

private let keygen = "/usr/bin/ssh-keygen"

@Suite struct SSHPublicKeyTests {
  private static let refused: [(String, SSHPublicKey.Problem)] = [
    ("", .empty), (" \n", .empty), ("ssh-ed25519", .unknownForm),
    (ed25519 + "\n" + ed25519, .severalLines), (ed25519 + "\rcommand", .severalLines),
    (String(repeating: "x", count: 20_000), .tooLong), ("command=\"reboot\" " + ed25519, .unknownForm),
    ("no-pty " + ed25519, .unknownForm), ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n", .unknownForm),
    ("ssh-dss AAAAB3NzaC1kc3M=", .unsupportedType), ("ssh-ed25519 AAAA", .damaged),
    ("ssh-ed25519 !!!!", .damaged), (ed25519.replacingType("ssh-rsa"), .damaged),
    (ed25519.replacingType("ssh-ed25519-cert-v01@openssh.com"), .unsupportedType),
    (key("ssh-ed25519", [ones(31)]), .damaged),
    (key("ssh-ed25519", [ones(32), []]), .damaged),
    (key("ssh-rsa", [[1, 0, 1], [0, 0x80] + ones(127)]), .tooWeak),
    (key("ssh-rsa", [[1, 0, 1], [0x7F] + ones(255)]), .tooWeak),
    (key("ssh-rsa", [[1], [0, 0x80] + ones(255)]), .damaged),
    (key("ssh-rsa", [[1, 0, 1], [0, 0x80] + twos]), .damaged),
    (key("ssh-rsa", [[1, 0, 1], [0x80] + ones(255)]), .damaged),
    (key("ecdsa-sha2-nistp256", [Array("nistp384".utf8), [4] + ones(96)]), .damaged),
    (key("ecdsa-sha2-nistp256", [Array("nistp256".utf8), [2] + ones(64)]), .damaged),
    (key("sk-ssh-ed25519@openssh.com", [ones(32)]), .damaged),
  ]

  private static let ed25519 = SSHKeyPair.generate(comment: "marie").publicLine

  @Test(arguments: refused) func `what is not one plain strong key is refused`(
    text: String, problem: SSHPublicKey.Problem
  ) {
    #expect(throws: problem) { try SSHPublicKey(text) }
  }

  @Test func `no shortened key passes`() {
    let blob = Base64.decode(Self.ed25519.split(separator: " ")[1]) ?? []
    #expect(blob.count == 51)
    for count in 0..<blob.count {
      #expect(throws: SSHPublicKey.Problem.self) {
        try SSHPublicKey("ssh-ed25519 " + Base64.encode(Array(blob.prefix(count))))
      }
    }
  }

  @Test func `the comment cannot smuggle anything`() throws {
    let read = try SSHPublicKey(Self.ed25519 + " $(reboot) \"'\\ \u{1B}[31m é marie@host\n")
    #expect(
      read.line == Self.ed25519.split(separator: " ").prefix(2).joined(separator: " ")
        + " marie reboot  31m  marie@host")
  }

  @Test(arguments: [
    key("sk-ssh-ed25519@openssh.com", [ones(32), Array("ssh:".utf8)]),
    key(
      "sk-ecdsa-sha2-nistp256@openssh.com",
      [Array("nistp256".utf8), [4] + ones(64), Array("ssh:".utf8)]),
  ]) func `keys on a token are accepted`(text: String) throws {
    #expect(try SSHPublicKey(text).line == text)
  }

  @Test(
    .enabled(if: access(keygen, X_OK) == 0),
    arguments: [
      ("ed25519", "256", nil), ("ecdsa", "256", nil), ("ecdsa", "384", nil), ("ecdsa", "521", nil),
      ("rsa", "2048", nil), ("rsa", "3072", nil), ("rsa", "1024", SSHPublicKey.Problem.tooWeak),
    ] as [(String, String, SSHPublicKey.Problem?)]
  ) func `ssh-keygen's own keys are judged rightly`(
    type: String, bits: String, problem: SSHPublicKey.Problem?
  ) async throws {
    let folder = TemporaryFolder()
    let arguments = ["-q", "-t", type, "-b", bits, "-N", "", "-C", "marie@host", "-f", folder["key"]]
    let made = try await ChildProcess.run(keygen, arguments, timeLimit: .seconds(60))
    #expect(made.status == .exited(0))
    let text = try #require(readText(folder["key.pub"]))
    if let problem {
      #expect(throws: problem) { try SSHPublicKey(text) }
    } else {
      #expect(try SSHPublicKey(text).line + "\n" == text)
    }
  }

  private static let twos = [UInt8](repeating: 2, count: 255)

  private static func ones(_ count: Int) -> [UInt8] { [UInt8](repeating: 1, count: count) }

  private static func key(_ type: String, _ parts: [[UInt8]]) -> String {
    var wire = SSHWire()
    wire.string(type)
    for part in parts { wire.string(part) }
    return "\(type) \(Base64.encode(wire.bytes))"
  }
}

@Suite struct SSHKeyPairTests {
  @Test(.enabled(if: access(keygen, X_OK) == 0), arguments: ["marie@obox", "", "a b", "comment of 8 bytes"])
  func `OpenSSH reads the private key and finds the public one in it`(comment: String) async throws {
    let folder = TemporaryFolder()
    let pair = SSHKeyPair.generate(comment: comment)
    folder.write("key", pair.privateFile.utf8)
    let found = try await ChildProcess.run(keygen, ["-y", "-f", folder["key"]], timeLimit: .seconds(20))
    #expect(found.status == .exited(0))
    #expect(String(decoding: found.stdout, as: UTF8.self) == pair.publicLine + "\n")

    folder.write("key.pub", pair.publicLine.utf8)
    let shown = try await ChildProcess.run(keygen, ["-l", "-f", folder["key.pub"]], timeLimit: .seconds(20))
    #expect(String(decoding: shown.stdout, as: UTF8.self).hasSuffix("(ED25519)\n"))
  }

  @Test func `no two pairs are the same and the public line is accepted as a person's own`() throws {
    let pair = SSHKeyPair.generate(comment: "x\nssh-rsa AAAA")
    #expect(try SSHPublicKey(pair.publicLine).line == pair.publicLine)
    #expect(SSHKeyPair.generate(comment: "").publicLine != SSHKeyPair.generate(comment: "").publicLine)
  }
}

extension String {
  fileprivate func replacingType(_ type: String) -> String {
    type + drop { $0 != " " }
  }
}
