import Glibc
import Testing

@testable import Appliance

@Suite struct SiteOptionsTests {
  private let folder = TemporaryFolder()

  private func site(_ words: String...) throws -> Site {
    try SiteOptions.site(try Arguments(words, for: ServeCommand.syntax))
  }

  @Test func `the error names an unreadable configuration file`() {
    let error = #expect(throws: CommandFailure.self) {
      try site("--data", folder["data"], "--config", folder["missing"])
    }
    #expect(error?.status == 2)
    #expect(error?.message == "--config \(folder["missing"]): No such file or directory")
  }

  @Test func `the error names the setting of an invalid value`() {
    folder.write("obox.conf", "PORT=many\n".utf8)
    let error = #expect(throws: CommandFailure.self) {
      try site("--data", folder["data"], "--config", folder["obox.conf"])
    }
    #expect(error?.status == 2)
    #expect(error?.message.contains("PORT") == true)
  }

  @Test func `the error names a data folder that is a file or cannot be created`() {
    folder.write("file", [1])
    for path in [folder["file"], folder["no/such/parent"]] {
      let error = #expect(throws: CommandFailure.self) { try site("--data", path) }
      #expect(error?.message.hasPrefix("--data \(path): ") == true)
    }
  }

  @Test func `a new data folder is its owner's only, and the options are in the site`() throws {
    folder.write("obox.conf", "PORT=4321\n".utf8)
    let words = ["--data", folder["data"], "--config", folder["obox.conf"], "--demo", "--assets", "/pages"]
    let site = try SiteOptions.site(
      try Arguments(words, for: ServeCommand.syntax), overrides: [.libvirtURI: "test:///default"])
    var about = stat()
    #expect(stat(folder["data"], &about) == 0)
    #expect(about.st_mode & 0o777 == 0o700)
    #expect(site.dataFolder == folder["data"])
    #expect(site.configuration.port == 4321)
    #expect(site.libvirtURI == "test:///default")
    #expect(site.isDemo && site.assetsFolder == "/pages")
  }
}
