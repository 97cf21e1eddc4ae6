import HTTP

extension MailTemplate.MachineAccess {
  /// The guide's file name, such as `connexion-web-01.txt`.
  func guideName(in language: Language) -> String {
    language == .fr ? "connexion-\(machine).txt" : "connection-\(machine).txt"
  }

  /// How to connect from each operating system, and troubleshooting; plain text in UTF-8.
  func guide(in language: Language) -> String {
    let sections = language == .fr ? frenchGuide() : englishGuide()
    let title = language == .fr ? "Se connecter à \(machine)" : "Connect to \(machine)"
    let body = sections.map { heading, text in
      "\(heading)\n\(String(repeating: "-", count: heading.count))\n\(text)"
    }
    return "\(title)\n\(String(repeating: "=", count: title.count))\n\n" + body.joined(separator: "\n\n")
      + "\n"
  }

  /// An entry for `~/.ssh/config`, with which `ssh <machine>` suffices.
  var configuration: String {
    var lines = ["Host \(machine)", "HostName \(host)", "Port \(port)", "User \(user)"]
    if let keyFileName {
      lines += ["IdentityFile ~/.ssh/\(keyFileName)", "IdentitiesOnly yes"]
    }
    return lines.enumerated().map { ($0.offset == 0 ? "    " : "        ") + $0.element }
      .joined(separator: "\n")
  }

  var unixSetup: String {
    var lines: [String] = []
    if keyFileName != nil || knownHosts != nil { lines.append("mkdir -p ~/.ssh && chmod 700 ~/.ssh") }
    if let keyFileName {
      lines += ["mv ./\(keyFileName) ~/.ssh/", "chmod 600 ~/.ssh/\(keyFileName)"]
    }
    if let knownHosts { lines.append("echo '\(knownHosts)' >> ~/.ssh/known_hosts") }
    return (lines + [command]).map { "    " + $0 }.joined(separator: "\n")
  }

  var windowsSetup: String {
    var lines: [String] = []
    if keyFileName != nil || knownHosts != nil {
      lines.append("New-Item -ItemType Directory -Force \"$HOME\\.ssh\" | Out-Null")
    }
    if let knownHosts {
      lines.append("Add-Content -Encoding Ascii \"$HOME\\.ssh\\known_hosts\" '\(knownHosts)'")
    }
    if let keyFileName {
      let path = "\"$HOME\\.ssh\\\(keyFileName)\""
      lines += [
        "Move-Item \".\\\(keyFileName)\" \(path)",
        "icacls \(path) /inheritance:r /grant:r \"${env:USERNAME}:R\"",
        "ssh -i \(path) \(portOption)\(user)@\(host)",
      ]
    } else {
      lines.append(command)
    }
    return lines.map { "    " + $0 }.joined(separator: "\n")
  }

  var copyCommands: (there: String, back: String) {
    let port = port == 22 ? "" : "-P \(port) "
    // In brackets, because scp takes the first colon of an IPv6 address as the end of the host.
    let place = "\(user)@\(host.contains(":") ? "[\(host)]" : host)"
    return (
      "    scp \(keyOption)\(port)notes.txt \(place):", "    scp \(keyOption)\(port)\(place):notes.txt ."
    )
  }

  /// Removes the host key of an earlier machine at this address and port.
  var forgetCommand: String {
    port == 22 ? "    ssh-keygen -R \"\(host)\"" : "    ssh-keygen -R \"[\(host)]:\(port)\""
  }
}
