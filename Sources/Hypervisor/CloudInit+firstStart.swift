extension CloudInit {
  /// What the SSH server adds to its banner in a machine that only root can enter.
  public static let rootOnly = "OBox-root-only"

  /// Only the key that we made: what a machine makes at its first start may come up empty after a power cut.
  func hostKeyLines() -> [String] {
    guard let hostKey else { return [] }
    return [
      "ssh_deletekeys: true",
      "ssh_keys:",
      "  ed25519_private: \(Self.quoted(hostKey.privateFile))",
      "  ed25519_public: \(Self.quoted(hostKey.publicLine))",
    ]
  }

  /// Before the SSH server answers for the first time, it is seen that the accounts can be entered, and what was
  /// written is put on the disk. Where nothing listens to the drop-in, the same is done at the end of the start.
  func firstStartLines() -> [String] {
    var lines = ["write_files:"]
    func file(_ path: String, mode: String, _ text: String) {
      lines += [
        "  - path: \(path)", "    permissions: \"\(mode)\"", "    content: \(Self.quoted(text))",
      ]
    }
    // Without its seed, which is taken away later, cloud-init would take the machine for a new one.
    file("/etc/cloud/cloud.cfg.d/95-obox.cfg", mode: "0644", "manual_cache_clean: true\n")
    if hostKey != nil {
      file("/etc/ssh/sshd_config.d/05-obox.conf", mode: "0644", "HostKey /etc/ssh/ssh_host_ed25519_key\n")
    }
    file(Self.scriptPath, mode: "0700", script())
    return lines + [
      "bootcmd:", "  - [sh, -c, \(Self.quoted(Self.holdBack))]",
      "runcmd:", "  - [sh, \(Self.scriptPath)]",
    ]
  }

  private static let scriptPath = "/etc/cloud/obox-first-start.sh"
  private static let doneMark = "/var/lib/cloud/obox-first-start.done"

  /// Lets the SSH server, by either of its names, wait for the configuration and for the script; until the next
  /// start only.
  static let holdBack = """
    [ ! -e \(doneMark) ] && command -v systemctl >/dev/null || exit 0
    for unit in ssh sshd; do
      mkdir -p "/run/systemd/system/$unit.service.d"
      cat >"/run/systemd/system/$unit.service.d/obox.conf" <<'END'
    [Unit]
    After=cloud-config.service
    [Service]
    TimeoutStartSec=600
    ExecStartPre=-/bin/sh \(scriptPath)
    END
    done
    systemctl daemon-reload

    """

  /// A user that the image's own accounts stand in the way of is made as well as can be; where that fails, the
  /// banner says so to whoever waits for it.
  func script() -> String {
    """
    #!/bin/sh
    # Run once, before the SSH server first answers.
    [ -e \(Self.doneMark) ] && exit 0
    user=\(Self.shellQuoted(user))
    keys=\(Self.shellQuoted(authorizedKeys.joined(separator: "\n")))
    field() { getent passwd "$1" | cut -d: -f"$2"; }
    can_enter() {
      case $(field "$1" 7) in ''|*/nologin|*/false|*/sync) return 1 ;; esac
      [ -x "$(field "$1" 7)" ] && grep -qF "$keys" "$(field "$1" 6)/.ssh/authorized_keys" 2>/dev/null
    }
    give_keys() {
      folder=$(field "$1" 6)/.ssh
      mkdir -p "$folder" && printf '%s\\n' "$keys" >>"$folder/authorized_keys" || return
      chmod 700 "$folder"; chmod 600 "$folder/authorized_keys"
      chown -R "$(field "$1" 3):$(field "$1" 4)" "$folder"
    }
    can_enter root || give_keys root
    if ! can_enter "$user"; then
      if ! getent passwd "$user" >/dev/null && useradd -N -m -s /bin/bash "$user"; then
        give_keys "$user"
        printf '%s ALL=(ALL) NOPASSWD:ALL\\n' "$user" >/etc/sudoers.d/90-obox
        chmod 440 /etc/sudoers.d/90-obox
      fi
      can_enter "$user" || echo 'VersionAddendum \(Self.rootOnly)' >/etc/ssh/sshd_config.d/06-obox.conf
    fi
    sync
    : >\(Self.doneMark)
    sync

    """
  }

  /// One word of a shell, whatever is in it.
  private static func shellQuoted(_ text: String) -> String {
    "'" + text.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }
}
