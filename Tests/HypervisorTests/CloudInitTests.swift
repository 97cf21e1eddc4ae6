import Testing

@testable import Hypervisor

@Suite struct CloudInitTests {
  private let seed = CloudInit(
    instanceID: "machine-7", hostname: "web", user: "zoe", authorizedKeys: ["ssh-ed25519 AAAA zoe@home"])

  @Test func `no value can end its quotes`() {
    let hostile = "a\"\nroot: \\ \u{85}\u{2028}\t\u{7F}é€😀"
    #expect(CloudInit.quoted(hostile) == #""a\"\u000aroot: \\ \u0085\u2028\u0009\u007fé€😀""#)
    var other = seed
    other.hostname = hostile
    #expect(other.userData().split(separator: "\n").count == seed.userData().split(separator: "\n").count)
    #expect(other.metaData().split(separator: "\n").count == 2)
  }

  @Test func `password sign-in is disabled`() {
    let text = seed.userData()
    #expect(text.contains("\nssh_pwauth: false\n"))
    #expect(text.split(separator: "lock_passwd: true").count == 3)
    #expect(!text.contains("passwd:  ") && !text.contains("chpasswd"))
  }

  @Test func `root and the user get the keys`() {
    #expect(seed.userData().hasPrefix("#cloud-config\n"))
    #expect(seed.userData().split(separator: "[\"ssh-ed25519 AAAA zoe@home\"]").count == 4)
  }

  @Test func `root's keys do not depend on the user, whose group may exist already`() throws {
    let text = seed.userData()
    #expect(text.contains("\nssh_authorized_keys: [\"ssh-ed25519 AAAA zoe@home\"]\nusers:\n  - name: root\n"))
    #expect(text.contains("  - name: \"zoe\"\n    primary_group: \"zoe\"\n    groups: [\"zoe\"]\n"))
  }

  @Test func `the host key is the generated one, and the only one`() {
    #expect(!seed.userData().contains("ssh_keys"))
    var other = seed
    other.hostKey = HostKey(privateFile: "-----BEGIN\nx\n", publicLine: "ssh-ed25519 BBBB")
    let text = other.userData()
    #expect(text.contains("  ed25519_private: \"-----BEGIN\\u000ax\\u000a\"\n"))
    #expect(text.contains("  ed25519_public: \"ssh-ed25519 BBBB\"\n"))
    #expect(text.contains("HostKey /etc/ssh/ssh_host_ed25519_key"))
  }

  @Test func `the SSH server waits for a valid shell script, whatever the user's name`() throws {
    var other = seed
    other.user = "it's; \"$(reboot)\""
    // To a shell, a quote followed by a combining mark is a quote.
    other.user = "a'\u{301}; reboot"
    #expect(other.script().contains("user='a'\\''\u{301}; reboot'\n"))
    other.user = "it's; \"$(reboot)\""
    let script = other.script()
    #expect(script.contains("user='it'\\''s; \"$(reboot)\"'\n"))
    // The script marks itself as done only after a sync.
    #expect(script.hasSuffix("\nsync\n: >/var/lib/cloud/obox-first-start.done\nsync\n"))
    #expect(other.userData().contains("ExecStartPre=-/bin/sh /etc/cloud/obox-first-start.sh"))
    let folder = try temporaryFolder()
    for text in [script, CloudInit.holdBack] {
      try writeFile("\(folder)/script", Array(text.utf8))
      try Child.run(["/bin/sh", "-n", "\(folder)/script"])
    }
    try Child.run(["/bin/rm", "-r", folder])
  }

  @Test func `a user called root is listed once`() {
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
