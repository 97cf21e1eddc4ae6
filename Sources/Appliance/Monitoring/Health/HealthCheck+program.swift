import Glibc
import HTTP

extension HealthCheck {
  /// The running version, and whether a newer one is installed.
  static func version() -> HealthCheck {
    HealthCheck("version", Sentence(fr: "Version", en: "Version")) {
      isReplaced ? restart : .ok(Sentence(fr: "OBox \(Version.text).", en: "OBox \(Version.text)."))
    }
  }

  private static let restart = HealthFinding.attention(
    Sentence(
      fr: "OBox \(Version.text) fonctionne encore, mais une autre version est installée.",
      en: "OBox \(Version.text) is still running, but another version is installed."),
    advice: Sentence(fr: "Redémarrez OBox.", en: "Restart OBox."), command: "systemctl restart obox")

  /// Whether the file of the running program was replaced; Linux then adds this to its name.
  private static var isReplaced: Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    return count > 0 && String(decoding: buffer.prefix(count), as: UTF8.self).hasSuffix(" (deleted)")
  }

  /// The certificate of the page: that of the running server, and the one in the file.
  static func certificate(_ site: Site, clock: Clock) -> HealthCheck {
    let files = site.server.tls
    let served = files.flatMap { try? $0.expiry() }
    return HealthCheck(
      "certificate", Sentence(fr: "Certificat", en: "Certificate"),
      figures: [
        Figure(name: "obox_certificate_expiry_seconds", help: "End of the certificate, in seconds since 1970")
      ]
    ) {
      guard let files else { return site.sharesCookiesWithMachines ? exposed : noCertificate }
      let stored = try files.expiry()
      let ends = served ?? stored
      return certificate(ends: ends, stored: stored, now: clock.now())
        .with("obox_certificate_expiry_seconds", Double(ends))
    }
  }

  /// The last second of the year 9999.
  private static let latest: Int64 = 253_402_300_799

  /// Times in seconds since 1970; `now` in milliseconds.
  static func certificate(ends: Int64, stored: Int64, now: Int64) -> HealthFinding {
    let days = (ends - now / 1000) / 86_400
    let date = DayWords.sentence(RFC3339.text(min(max(0, ends), latest) * 1000))
    let until = Sentence(
      fr: "Valable jusqu’au \(date?.fr ?? "?").", en: "Valid until \(date?.en ?? "?").")
    let state: State = ends <= now / 1000 ? .broken : days < 14 ? .attention : .ok
    if state == .ok { return .ok(until) }
    let sentence = state == .broken ? Sentence(fr: "Expiré.", en: "Expired.") : until
    if stored > ends {
      return HealthFinding(state, sentence, advice: reload, command: "systemctl reload obox")
    }
    return HealthFinding(state, sentence, advice: renew)
  }

  private static let reload = Sentence(
    fr: "Le fichier a été renouvelé : rechargez OBox.", en: "The file was renewed: reload OBox.")

  private static let renew = Sentence(
    fr: "Renouvelez TLS_CERT et TLS_KEY, puis rechargez OBox (systemctl reload obox).",
    en: "Renew TLS_CERT and TLS_KEY, then reload OBox (systemctl reload obox).")

  private static let noCertificate = HealthFinding.ok(
    Sentence(
      fr: "Aucun : OBox répond en HTTP, ou derrière un proxy.",
      en: "None: OBox serves plain HTTP, or is behind a proxy."))

  private static let exposed = HealthFinding.attention(
    Sentence(
      fr: "Sans TLS, un serveur web dans une machine peut recevoir le cookie de session de ses visiteurs.",
      en: "Without TLS, a web server in a machine can receive the session cookies of its visitors."),
    advice: Sentence(
      fr: "Définissez TLS_CERT et TLS_KEY, ou un nom d’hôte dans PUBLIC_URL différent de PUBLIC_IP.",
      en: "Set TLS_CERT and TLS_KEY, or a host name in PUBLIC_URL different from PUBLIC_IP."))
}
