import CLibevent
import Glibc

/// What a server's certificate says.
public struct ServerCertificate: Sendable, Equatable {
  /// In milliseconds since 1970.
  public let expiresAt: Int64
  /// The SHA-256 digest of the certificate as browsers show it: `AB:CD:…`.
  public let fingerprint: String
  /// Those of the names asked for that it is not valid for.
  public let missing: [String]
  /// The certificate alone, in PEM.
  public let pem: [UInt8]

  /// Reads the first certificate of a PEM file; nil when there is none. `names` are host names and IP addresses.
  public init?(pem: [UInt8], names: [String] = []) {
    let read = pem.withUnsafeBytes { bytes -> OpaquePointer? in
      guard let input = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count)) else { return nil }
      defer { BIO_free(input) }
      return PEM_read_bio_X509(input, nil, nil, nil)
    }
    guard let certificate = read else {
      ERR_clear_error()
      return nil
    }
    defer { X509_free(certificate) }
    var end = tm()
    guard ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) == 1,
      let fingerprint = Self.fingerprint(certificate), let own = Self.text(of: certificate)
    else { return nil }
    expiresAt = Int64(timegm(&end)) * 1000
    self.fingerprint = fingerprint
    self.pem = own
    missing = names.filter { !Self.covers(certificate, $0) }
  }

  private static func covers(_ certificate: OpaquePointer, _ name: String) -> Bool {
    if Address.normalized(name) != nil { return X509_check_ip_asc(certificate, name, 0) == 1 }
    return X509_check_host(certificate, name, name.utf8.count, 0, nil) == 1
  }

  private static func fingerprint(_ certificate: OpaquePointer) -> String? {
    var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    guard X509_digest(certificate, EVP_sha256(), &digest, &length) == 1 else { return nil }
    return digest.prefix(Int(length)).map { byte in
      let text = String(byte, radix: 16, uppercase: true)
      return text.utf8.count == 1 ? "0" + text : text
    }.joined(separator: ":")
  }

  private static func text(of certificate: OpaquePointer) -> [UInt8]? {
    guard let output = BIO_new(BIO_s_mem()) else { return nil }
    defer { BIO_free(output) }
    guard PEM_write_bio_X509(output, certificate) == 1 else { return nil }
    var text = [UInt8](repeating: 0, count: 64 << 10)
    let count = BIO_read(output, &text, Int32(text.count))
    return count > 0 ? Array(text.prefix(Int(count))) : nil
  }
}
