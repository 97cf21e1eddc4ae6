import Foundation
import Testing

@testable import Appliance

/// What the Debian package's files use.
@Suite struct PackageTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardized

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }

  @Test func `the unit starts only programs that every Debian system has`() throws {
    let lines = try Self.text("packaging/obox.service").split(separator: "\n")
    let programs = lines.filter { $0.hasPrefix("Exec") }.compactMap { line in
      line.split(separator: "=", maxSplits: 1).last?.split(separator: " ").first.map(String.init)
    }
    #expect(programs == ["/usr/bin/obox", "/bin/sh"])
    // setpriv, which starts the readers of uploaded files, gives capabilities up by it.
    #expect(
      lines.contains("SystemCallFilter=capset") || !ConfinedProgram.wrapper.contains("/usr/bin/setpriv"))
  }

  @Test func `the package's configuration is valid, and has TLS`() throws {
    let read = try Configuration.load(file: try Self.text("packaging/obox.conf"), environment: [:])
    #expect(read.hasOwnCertificate && !read.allowsPlainClients && read.warnings == [])
  }

  @Test func `every program that the daemon starts comes with a package that ours depends on`() throws {
    // Of essential packages: util-linux.
    var known: Set = ["/usr/bin/prlimit", "/usr/bin/setpriv"]
    let depends = try #require(
      try Self.text("packaging/build-deb.sh").split(separator: "\n").first { $0.hasPrefix("Depends:") })
    for (package, programs) in [
      "nftables": ["/usr/sbin/nft"], "libarchive-tools": ["/usr/bin/bsdtar"],
      "poppler-utils": ["/usr/bin/pdftotext", "/usr/bin/pdftoppm"],
    ] where depends.contains(" \(package),") {
      known.formUnion(programs)
    }
    // Only read where it exists.
    known.insert("/usr/sbin/iptables-legacy-save")
    let sources = Self.root.appendingPathComponent("Sources/Appliance").path
    let files = FileManager.default.enumerator(atPath: sources)?.compactMap { $0 as? String } ?? []
    for file in files where file.hasSuffix(".swift") {
      for match in try Self.text("Sources/Appliance/" + file).matches(of: #/"(\/usr)?\/s?bin\/[a-z-]+"/#) {
        #expect(known.contains(match.output.0.filter { $0 != "\"" }), "\(file)")
      }
    }
    #expect(files.count > 300)
  }
}
