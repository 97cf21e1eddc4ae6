import Glibc
import Testing

@testable import Appliance

@Suite struct VaultTests {
  private let folder = TemporaryFolder()

  @Test func `a key file readable by others is refused`() {
    folder.write("key", repeatElement(7, count: 32), mode: 0o640)
    let error = VaultError.open(folder["key"], mode: 0o640)
    #expect(throws: error) { try Vault(keyFile: folder["key"]) }
    #expect(error.description.contains("mode 640"))
  }

  @Test(arguments: [0, 31, 33]) func `a key file of the wrong size is refused`(size: Int) {
    folder.write("key", repeatElement(7, count: size))
    #expect(throws: VaultError.wrongSize(folder["key"], bytes: size)) { try Vault(keyFile: folder["key"]) }
  }

  @Test func `a path that is not a file is refused`() {
    mkfifo(folder["pipe"], 0o600)
    #expect(throws: VaultError.notAFile(folder["pipe"])) { try Vault(keyFile: folder["pipe"]) }
    folder.write("key", repeatElement(7, count: 32))
    symlink(folder["key"], folder["link"])
    #expect(throws: VaultError.unreadable(folder["link"], code: ELOOP)) { try Vault(keyFile: folder["link"]) }
    #expect(throws: VaultError.unwritable(folder["none/key"], code: ENOENT)) {
      try Vault(keyFile: folder["none/key"])
    }
  }

  @Test func `a new key file is readable by its owner only and reused`() throws {
    let sealed = try Vault(keyFile: folder["key"]).seal([1, 2, 3], purpose: "a")
    var about = stat()
    #expect(stat(folder["key"], &about) == 0)
    #expect(about.st_mode & 0o777 == 0o600)
    #expect(about.st_nlink == 1)
    #expect(try Vault(keyFile: folder["key"]).open(sealed, purpose: "a") == [1, 2, 3])
  }

  @Test func `a secret can be decrypted only for its purpose and with its key`() throws {
    let vault = try Vault(keyFile: folder["key"])
    let sealed = vault.seal([1, 2, 3], purpose: "machine key 7")
    #expect(throws: VaultError.notAuthentic) { try vault.open(sealed, purpose: "machine key 8") }
    #expect(throws: VaultError.notAuthentic) {
      try Vault(keyFile: folder["other"]).open(sealed, purpose: "machine key 7")
    }
  }

  @Test func `any modified or missing byte is detected`() throws {
    let vault = try Vault(keyFile: folder["key"])
    let sealed = vault.seal([1, 2, 3], purpose: "a")
    for index in sealed.indices {
      var changed = sealed
      changed[index] ^= 1
      #expect(throws: VaultError.notAuthentic) { try vault.open(changed, purpose: "a") }
      #expect(throws: VaultError.notAuthentic) { try vault.open(Array(sealed[..<index]), purpose: "a") }
    }
  }

  @Test func `encrypting the same secret twice differs, and an empty secret is allowed`() throws {
    let vault = try Vault(keyFile: folder["key"])
    #expect(vault.seal([1], purpose: "") != vault.seal([1], purpose: ""))
    #expect(try vault.open(vault.seal([], purpose: ""), purpose: "") == [])
  }
}
