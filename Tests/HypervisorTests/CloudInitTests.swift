import Testing

@testable import Hypervisor

@Suite struct CloudInitTests {
  private let seed = CloudInit(
    instanceID: "machine-7", hostname: "web", user: "zoe", authorizedKeys: ["ssh-ed25519 AAAA zoe@home"])

  @Test func `nothing in a value can end its quotes`() {
    let hostile = "a\"\nroot: \\ \u{85}\u{2028}\t\u{7F}é€😀"
    #expect(CloudInit.quoted(hostile) == #""a\"\u000aroot: \\ \u0085\u2028\u0009\u007fé€😀""#)
    var other = seed
    other.hostname = hostile
    #expect(other.userData().split(separator: "\n").count == seed.userData().split(separator: "\n").count)
    #expect(other.metaData().split(separator: "\n").count == 2)
  }

  @Test func `no password opens the machine`() {
    let text = seed.userData()
    #expect(text.contains("\nssh_pwauth: false\n"))
    #expect(text.split(separator: "lock_passwd: true").count == 3)
    #expect(!text.contains("passwd:  ") && !text.contains("chpasswd"))
  }

  @Test func `both root and the user get the keys`() {
    #expect(seed.userData().hasPrefix("#cloud-config\n"))
    #expect(seed.userData().split(separator: "[\"ssh-ed25519 AAAA zoe@home\"]").count == 3)
  }

  @Test func `a user called root is named once`() {
    var root = seed
    root.user = "root"
    #expect(root.userData().split(separator: "- name:").count == 2)
  }

  @Test func `the network is configured only when the card is known`() {
    #expect(seed.networkConfig() == nil)
    #expect(seed.files().map(\.name) == ["user-data", "meta-data"])
    var other = seed
    other.mac = "52:54:00:AB:00:01"
    #expect(other.networkConfig()?.contains("macaddress: \"52:54:00:ab:00:01\"") == true)
    #expect(other.files().map(\.name) == ["user-data", "meta-data", "network-config"])
  }
}
