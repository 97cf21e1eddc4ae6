extension MailTemplate.MachineAccess {
  /// Headings and texts of the guide in English.
  func englishGuide() -> [(String, String)] {
    [
      ("In short", englishSummary),
      ("macOS and Linux", "\(englishStart("a terminal"))\n\n\(unixSetup)"),
      (
        "Windows (PowerShell)",
        """
        \(englishStart("PowerShell"))

        \(windowsSetup)

        If "ssh" is not found: Settings > System > Optional features > OpenSSH Client.
        """
      ),
      (
        "The first time",
        "\(englishTrust)\nOnce inside, \"sudo -i\" makes you its administrator, without a password."
      ),
      (
        "Shorter: ~/.ssh/config",
        """
        Add these lines to the file config in the folder .ssh (create it if there is none):

        \(configuration)

        From then on "ssh \(machine)" is enough; scp, rsync, VS Code and others read it too.
        """
      ),
      (
        "Copying files",
        "To the machine, then from the machine:\n\n\(copyCommands.there)\n\(copyCommands.back)"
      ),
      ("When the connection is refused", englishRemedies),
    ]
  }

  private var englishTrust: String {
    guard let fingerprint else {
      return "SSH asks whether to trust this machine (\"authenticity of host\"). Answer \"yes\"."
    }
    return """
      With the line for known_hosts above, SSH recognises the machine and asks nothing. If you skipped it, SSH
      shows a fingerprint: answer "yes" only if it is this one.

          \(fingerprint)

      """
  }

  private var englishSummary: String {
    let key = keyFileName.map { "\($0) (attached to the e-mail; give it to nobody)" } ?? "your own"
    return """
          Address  \(host)
          Port     \(port)
          User     \(user)
          Key      \(key)

          \(command)
      """
  }

  private func englishStart(_ terminal: String) -> String {
    keyFileName == nil
      ? "Open \(terminal):"
      : "Open \(terminal) in the folder where you saved the key:"
  }

  private var englishRemedies: String {
    let permissions =
      keyFileName.map { name in
        """

        "UNPROTECTED PRIVATE KEY FILE" or "bad permissions"
            Other accounts can read the key. Repeat the step "chmod 600 ~/.ssh/\(name)",
            or "icacls" on Windows.

        """
      } ?? ""
    let key =
      keyFileName == nil
      ? "It is not the right key: name the one that belongs to your public key, with \"-i\"."
      : "The key or the user name is not the right one: check \"-i\" and \"\(user)\"."
    return """
      "Connection refused" or "timed out"
          The machine is stopped or still starting: look at its page, wait a minute.
          Or your network may block port \(port): try from another one.
      \(permissions)
      "Permission denied (publickey)"
          \(key)

      "REMOTE HOST IDENTIFICATION HAS CHANGED"
          Another machine had this address before yours. Forget it, then try again:

      \(forgetCommand)
      """
  }
}
