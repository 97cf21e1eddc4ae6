import Testing

@testable import Appliance

@Suite struct ConfigurationTests {
  @Test(arguments: [
    ("PORT=abc", "PORT"), ("PORT=0", "PORT"), ("PORT=65536", "PORT"), ("PORT=+80", "PORT"),
    ("PORT=15000", "PORT"), ("PORT=99999999999999999999", "PORT"),
    ("PORT_RANGE_START=80", "PORT_RANGE_START"), ("PORT_RANGE_START=20001", "PORT_RANGE_END"),
    ("LISTEN=4000", "LISTEN"), ("LISTEN=example.org:80", "LISTEN"), ("LISTEN=1.2.3.4:0", "LISTEN"),
    ("PUBLIC_IP=1.2.3.4/8", "PUBLIC_IP"), ("PUBLIC_URL=obox.example.org", "PUBLIC_URL"),
    ("PUBLIC_URL=https://obox.example.org/path", "PUBLIC_URL"),
    ("PUBLIC_URL=javascript://x", "PUBLIC_URL"), ("CORS_ORIGIN=https://a.example,b", "CORS_ORIGIN"),
    ("TRUSTED_PROXIES=10.0.0.0/33", "TRUSTED_PROXIES"), ("TRUSTED_PROXIES=proxy", "TRUSTED_PROXIES"),
    ("TLS=maybe", "TLS"), ("TLS=off\nTLS_CERT=/a\nTLS_KEY=/b", "TLS"),
    ("PLAIN_CLIENTS=true", "PLAIN_CLIENTS"),
    ("TLS_CERT=/a", "TLS_KEY"), ("TLS_KEY=/a", "TLS_CERT"), ("LIBVIRT_URI=qemu", "LIBVIRT_URI"),
    ("POOL_DIR=pool", "POOL_DIR"), ("NETWORK_NAME=a/b", "NETWORK_NAME"),
    ("NETWORK_NAME=fifteen-letters", "NETWORK_NAME"), ("NETWORK_BRIDGE=sixteen--letters", "NETWORK_BRIDGE"),
    ("NETWORK_ADDRESS=10.77.0.0/24", "NETWORK_ADDRESS"),
    ("NETWORK_ADDRESS=10.77.0.255/24", "NETWORK_ADDRESS"),
    ("NETWORK_ADDRESS=10.77.0.1", "NETWORK_ADDRESS"), ("NETWORK_ADDRESS=10.77.0.01/24", "NETWORK_ADDRESS"),
    ("MACHINES_PER_PERSON=-1", "MACHINES_PER_PERSON"), ("EMAIL_HOST=a b", "EMAIL_HOST"),
    ("ADMIN_MACHINES=yes", "ADMIN_MACHINES"), ("CPU_OVERCOMMIT=0", "CPU_OVERCOMMIT"),
    ("HOST_SHARE=1001", "HOST_SHARE"),
    ("GUEST_ISOLATION=maybe", "GUEST_ISOLATION"), ("UPLOAD_MB=0", "UPLOAD_MB"),
    ("UPLOAD_MB=101", "UPLOAD_MB"),
    ("EMAIL_HOST=mail.example.org", "EMAIL_FROM"), ("EMAIL_PORT=smtp", "EMAIL_PORT"),
    ("EMAIL_SECURE=maybe", "EMAIL_SECURE"),
    ("EMAIL_HOST=mail.example.org\nEMAIL_USER=u@example.org", "EMAIL_PASS"),
    ("EMAIL_HOST=mail.example.org\nEMAIL_FROM=OBox <nobody>", "EMAIL_FROM"),
    ("EMAIL_HOST=mail.example.org\nEMAIL_FROM=\"OBox\" \"x\" <o@example.org>", "EMAIL_FROM"),
    ("EMAIL_HOST=mail.example.org\nEMAIL_FROM=o..x@example.org", "EMAIL_FROM"),
    ("DEFAULT_ADMIN_EMAIL=root@example.org", "DEFAULT_ADMIN_PASS"),
    ("DEFAULT_ADMIN_EMAIL=a@example.org\nDEFAULT_ADMIN_PASS=password123", "DEFAULT_ADMIN_PASS"),
    ("DEFAULT_ADMIN_EMAIL=root\nDEFAULT_ADMIN_PASS=long enough", "DEFAULT_ADMIN_EMAIL"),
    ("DEFAULT_ADMIN_EMAIL=a@example.org\nDEFAULT_ADMIN_PASS=short", "DEFAULT_ADMIN_PASS"),
    ("ENABLE_REGISTRATION=perhaps", "ENABLE_REGISTRATION"), ("SESSION_POLICY=x", "SESSION_POLICY"),
    ("CONNECTIONS_PER_ADDRESS=9", "CONNECTIONS_PER_ADDRESS"), ("SOCKET_FRAMES=0", "SOCKET_FRAMES"),
    ("SOCKET_FRAMES=many", "SOCKET_FRAMES"),
    ("LOG_LEVEL=loud", "LOG_LEVEL"), ("PUBLIC_IP=\"1.2.3.4", "PUBLIC_IP"),
    ("PUBLIC_IP='1.2.3.4' x", "PUBLIC_IP"),
    ("just words", "“just words”"), ("A-B=1", "“A-B”"),
  ]) func `an invalid value ends the start with one line that names it`(file: String, name: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration.load(file: file, environment: [:])
    }
    #expect(error?.name == name)
    #expect(error?.description.contains(where: \.isNewline) == false)
  }

  @Test func `an invalid secret is not shown`() {
    let file = "DEFAULT_ADMIN_EMAIL=a@example.org\nDEFAULT_ADMIN_PASS=hunter2"
    let error = #expect(throws: ConfigurationError.self) {
      try Configuration.load(file: file, environment: [:])
    }
    #expect(error?.description.contains("hunter2") == false)
    #expect(error?.origin == .file(line: 2))
  }

  @Test func `the environment overrides the file, and the command line overrides both`() throws {
    let file = "PORT=1\nMACHINES_PER_PERSON=1\nLOG_LEVEL=error\n"
    let read = try Configuration.load(
      file: file, environment: ["PORT": "2", "MACHINES_PER_PERSON": "2", "HOME": "/root"],
      options: [.machinesPerPerson: "3"])
    #expect(read.port == 2)
    #expect(read.machinesPerPerson == 3)
    #expect(read.logLevel == .error)
  }

  @Test func `TLS is off unless the file says auto, and files of a certificate win over our own`() throws {
    for (file, hasOwn, hasFiles) in [
      ("", false, false), ("TLS=off", false, false), ("TLS=auto", true, false),
      ("TLS=auto\nTLS_CERT=/a\nTLS_KEY=/b", false, true), ("TLS_CERT=/a\nTLS_KEY=/b", false, true),
    ] {
      let read = try Configuration.load(file: file, environment: [:])
      #expect(read.hasOwnCertificate == hasOwn && (read.tls != nil) == hasFiles, "\(file)")
      #expect(read.hasTLS == (hasOwn || hasFiles))
    }
  }

  @Test func `an empty value in the environment unsets the file's value`() throws {
    let file = "EMAIL_HOST=mail.example.org\nEMAIL_FROM=obox@example.org"
    #expect(try Configuration.load(file: file, environment: [:]).mail != nil)
    #expect(try Configuration.load(file: file, environment: ["EMAIL_HOST": ""]).mail == nil)
  }

  @Test func `without settings the defaults apply`() throws {
    let read = try Configuration.load(file: nil, environment: [:])
    #expect(read.port == 4000)
    #expect(read.publicPorts == 10_000...20_000)
    #expect(read.network.description == "10.77.0.1/24")
    #expect(read.bridgeInterface == "obox0")
    #expect(read.registration == .open)
    #expect(read.mail == nil && read.firstAdmin == nil && read.tls == nil && read.warnings.isEmpty)
  }

  @Test func `comments, quotes and exports are parsed as in a shell`() throws {
    let file = """
      \u{FEFF}# a comment
      PUBLIC_IP = 192.0.2.7   # behind white space
      export PUBLIC_URL='https://obox.example.org/'
      EMAIL_HOST="mail.example.org"\r
      EMAIL_USER=robot@example.org
      EMAIL_PASS="a\\"b#c 'd'" # why
      """
    let read = try Configuration.load(file: file, environment: [:])
    #expect(read.publicIP == "192.0.2.7")
    #expect(read.publicURL == "https://obox.example.org")
    #expect(read.mail?.host == "mail.example.org")
    #expect(read.mail?.login?.password == "a\"b#c 'd'")
    #expect(read.mail?.from == "robot@example.org")
    #expect(read.warnings.isEmpty)
  }

  @Test func `the warning about an unknown name suggests the nearest known one`() throws {
    let read = try Configuration.load(file: "PUBLIC_PI=1.2.3.4\nXYZZY=1\nPORT=1\nPORT=2", environment: [:])
    #expect(read.warnings.count == 3)
    #expect(read.warnings.first?.contains("PUBLIC_IP?") == true)
    #expect(read.warnings.dropFirst().first?.contains("did you mean") == false)
    #expect(read.port == 2)
  }

  @Test(arguments: [
    ("", "", 587, Configuration.MailSettings.Security.startTLSIfOffered), ("465", "", 465, .tls),
    ("", "true", 465, .tls), ("2525", "false", 2525, .startTLSIfOffered), ("25", "none", 25, .none),
    ("", "STARTTLS", 587, .startTLS),
  ]) func `the defaults of mail's port and security depend on each other`(
    port: String, secure: String, expectedPort: Int, security: Configuration.MailSettings.Security
  ) throws {
    let mail = try Configuration.load(
      file: nil,
      environment: [
        "EMAIL_HOST": "mail.example.org", "EMAIL_FROM": "OBox <obox@example.org>", "EMAIL_PORT": port,
        "EMAIL_SECURE": secure,
      ]
    ).mail
    #expect(mail?.port == expectedPort)
    #expect(mail?.security == security)
    #expect(mail?.from == "OBox <obox@example.org>")
  }

  @Test(arguments: [
    ("127.0.0.1:80", "127.0.0.1", 80), (":8080", "0.0.0.0", 8080), ("[::1]:81", "::1", 81),
    ("::", "::", 4000), ("localhost:82", "127.0.0.1", 82),
  ]) func `a listening address may contain a port`(text: String, address: String, port: Int) throws {
    let read = try Configuration.load(file: nil, environment: [:], options: [.listen: text])
    #expect(read.listenAddress == address)
    #expect(read.port == port)
  }

  @Test func `of PORT and LISTEN the one with higher priority applies`() throws {
    let stronger = try Configuration.load(file: nil, environment: ["LISTEN": ":81"], options: [.port: "82"])
    #expect(stronger.port == 82)
    let weaker = try Configuration.load(file: "PORT=82", environment: ["LISTEN": ":81"])
    #expect(weaker.port == 81)
  }

  @Test func `lists, keywords and former names are accepted`() throws {
    let read = try Configuration.load(
      file: """
        CORS_ORIGIN=https://a.example, http://[::1]:5173/ null file://
        TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8 fd00::/8
        ENABLE_REGISTRATION=false
        SESSION_POLICY=takeover
        NETWORK_BRIDGE=vmbr0
        """, environment: [:])
    #expect(read.corsOrigins == ["https://a.example", "http://[::1]:5173", "null", "file://"])
    #expect(read.trustedProxies == ["127.0.0.1", "10.0.0.0/8", "fd00::/8"])
    #expect(read.registration == .closed)
    #expect(read.sessionPolicy == .takeover)
    #expect(read.bridgeInterface == "vmbr0")
  }
}
