extension MailTemplate.MachineAccess {
  /// The guide's headings and texts in English.
  func englishGuide() -> [(String, String)] {
    [
      ("Connection details", englishSummary),
      ("macOS and Linux", "\(englishStart("a terminal"))\n\n\(unixSetup)"),
      (
        "Windows (PowerShell)",
        """
        \(englishStart("PowerShell"))

        \(windowsSetup)

        If the "ssh" command is not found, install it: Settings > System > Optional features > OpenSSH Client.
        """
      ),
      (
        "First connection",
        "\(englishTrust)\nOnce connected, run \"sudo -i\" to become root. No password is needed."
      ),
      (
        "Shortcut: ~/.ssh/config",
        """
        Add these lines to the "config" file in your .ssh folder (create it if needed):

        \(configuration)

        You can then connect with "ssh \(machine)". scp, rsync and VS Code use this shortcut too.
        """
      ),
      (
        "Copy files",
        "To the machine, then from the machine:\n\n\(copyCommands.there)\n\(copyCommands.back)"
      ),
      ("Troubleshooting", englishRemedies),
    ]
  }

  private var englishTrust: String {
    guard let fingerprint else {
      return
        "On the first connection, SSH asks you to confirm the identity of the machine (\"authenticity of host\"). Answer "
        + "\"yes\"."
    }
    return """
      With the known_hosts line above, SSH already knows the machine. If you did not add it, answer "yes" only if
      SSH shows this fingerprint:

          \(fingerprint)

      """
  }

  private var englishSummary: String {
    let key = keyFileName.map { "\($0) (attached to the email; do not share it)" } ?? "the one you provided"
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
      ? "Open \(terminal) and run:"
      : "Open \(terminal) in the folder where you saved the key, then run:"
  }

  private var englishRemedies: String {
    let permissions =
      keyFileName.map { name in
        """

        "UNPROTECTED PRIVATE KEY FILE" or "bad permissions"
            Protect the key file: run "chmod 600 ~/.ssh/\(name)" again
            ("icacls" on Windows).

        """
      } ?? ""
    let key =
      keyFileName == nil
      ? "Wrong key. Use \"-i\" with the private key that matches your public key."
      : "Wrong key or user name. Check \"-i\" and \"\(user)\"."
    return """
      "Connection refused" or "timed out"
          The machine is stopped or still starting. Check its status on its page and try again.
          Your network may be blocking port \(port). Try from another network.
      \(permissions)
      "Permission denied (publickey)"
          \(key)

      "REMOTE HOST IDENTIFICATION HAS CHANGED"
          Another machine used this address before. Remove its old key, then try again:

      \(forgetCommand)
      """
  }
}
