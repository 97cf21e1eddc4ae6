import CLibevent
import Glibc

/// A server's certificate that it has signed itself, with its private key (ECDSA, P-256).
public enum SelfSignedCertificate {
  /// The most letters of a common name (RFC 5280, appendix A.1).
  private static let longestName = 64

  /// Makes a certificate for host names and IP addresses, valid between two times in milliseconds since 1970. Returns
  /// it and its key in PEM, as one file. The first name becomes its common name.
  public static func make(
    names: [String], from start: Int64, until end: Int64
  ) throws(ServerError) -> [UInt8] {
    guard let key = makeKey() else { throw TLSContext.error("cannot make a key") }
    defer { EVP_PKEY_free(key) }
    guard let certificate = X509_new() else { throw TLSContext.error("cannot make a certificate") }
    defer { X509_free(certificate) }
    guard fill(certificate, key, names.first ?? "localhost", start, end),
      extend(certificate, names),
      X509_sign(certificate, key, EVP_sha256()) > 0,
      let pem = pem(certificate, key)
    else { throw TLSContext.error("cannot make a certificate") }
    return pem
  }

  private static func makeKey() -> OpaquePointer? {
    guard let context = EVP_PKEY_CTX_new_id(NID_X9_62_id_ecPublicKey, nil) else { return nil }
    defer { EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    guard EVP_PKEY_keygen_init(context) == 1,
      EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1,
      EVP_PKEY_keygen(context, &key) == 1
    else { return nil }
    return key
  }

  private static func fill(
    _ certificate: OpaquePointer, _ key: OpaquePointer, _ name: String, _ start: Int64, _ end: Int64
  ) -> Bool {
    let serial = UInt64.random(in: 1...UInt64(Int64.max))
    let subject = X509_get_subject_name(certificate)
    let common = Array(name.utf8.prefix(longestName))
    return X509_set_version(certificate, 2) == 1
      && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial) == 1
      && ASN1_TIME_set(X509_getm_notBefore(certificate), time_t(start / 1000)) != nil
      && ASN1_TIME_set(X509_getm_notAfter(certificate), time_t(end / 1000)) != nil
      && X509_set_pubkey(certificate, key) == 1
      && X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_UTF8, Array("OBox".utf8), 4, -1, 0) == 1
      && X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, common, Int32(common.count), -1, 0) == 1
      && X509_set_issuer_name(certificate, subject) == 1
  }

  /// It may prove who the server is and nothing else, so that whoever trusts it trusts no other certificate.
  private static func extend(_ certificate: OpaquePointer, _ names: [String]) -> Bool {
    let alternatives = names.map { Address.normalized($0) == nil ? "DNS:\($0)" : "IP:\($0)" }
    return add(NID_basic_constraints, "critical,CA:FALSE", to: certificate)
      && add(NID_key_usage, "critical,digitalSignature", to: certificate)
      && add(NID_ext_key_usage, "serverAuth", to: certificate)
      && add(NID_subject_alt_name, alternatives.joined(separator: ","), to: certificate)
  }

  private static func add(_ kind: Int32, _ value: String, to certificate: OpaquePointer) -> Bool {
    var context = X509V3_CTX()
    X509V3_set_ctx(&context, certificate, certificate, nil, nil, 0)
    guard let made = X509V3_EXT_conf_nid(nil, &context, kind, value) else { return false }
    defer { X509_EXTENSION_free(made) }
    return X509_add_ext(certificate, made, -1) == 1
  }

  private static func pem(_ certificate: OpaquePointer, _ key: OpaquePointer) -> [UInt8]? {
    guard let output = BIO_new(BIO_s_mem()) else { return nil }
    defer { BIO_free(output) }
    guard PEM_write_bio_X509(output, certificate) == 1,
      PEM_write_bio_PrivateKey(output, key, nil, nil, 0, nil, nil) == 1
    else { return nil }
    var all: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = BIO_read(output, &piece, Int32(piece.count))
      guard count > 0 else { return all }
      all += piece.prefix(Int(count))
    }
  }
}
