import HTTP

/// The sentences of notifications about certificates.
extension NoticeWords.Facts {
  var certificateTitle: Sentence {
    switch details["task"] {
    case "expiring":
      Sentence(fr: "Certificat à renouveler\u{a0}: \(name)", en: "Certificate to renew: \(name)")
    case "revoked": Sentence(fr: "Certificat révoqué\u{a0}: \(name)", en: "Certificate revoked: \(name)")
    default:
      Sentence(fr: "Votre certificat est prêt\u{a0}: \(name)", en: "Your certificate is ready: \(name)")
    }
  }

  var certificateMessage: Sentence {
    switch details["task"] {
    case "expiring": byDay(fr: "Il est valable jusqu’au", en: "It is valid until")
    case "revoked":
      Sentence(fr: "Le motif est dans Mes certificats.", en: "See My certificates for the reason.")
    default: Sentence(fr: "Téléchargez-le dans Mes certificats.", en: "Download it from My certificates.")
    }
  }
}
