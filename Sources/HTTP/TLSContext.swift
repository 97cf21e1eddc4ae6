import CLibevent
import Glibc

/// The certificate and settings of all TLS connections.
///
/// `@unchecked Sendable`: the context is changed in `init` only, and OpenSSL lets any thread use it after that.
final class TLSContext: @unchecked Sendable {
  private let context: OpaquePointer

  init(_ files: TLSFiles) throws(ServerError) {
    guard let context = SSL_CTX_new(TLS_server_method()) else {
      throw Self.error("cannot initialize TLS")
    }
    self.context = context
    SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
    // Frees the buffers of a silent connection: 30 KiB each.
    SSL_CTX_ctrl(context, SSL_CTRL_MODE, Int(SSL_MODE_RELEASE_BUFFERS), nil)
    SSL_CTX_set_options(context, obox_ssl_op_no_renegotiation)
    SSL_CTX_set_alpn_select_cb(context, chooseProtocol, nil)
    guard SSL_CTX_use_certificate_chain_file(context, files.certificate) == 1 else {
      throw Self.error("cannot read the certificate \(files.certificate)")
    }
    guard SSL_CTX_use_PrivateKey_file(context, files.key, SSL_FILETYPE_PEM) == 1 else {
      throw Self.error("cannot read the key \(files.key), or it does not match the certificate")
    }
    guard SSL_CTX_check_private_key(context) == 1 else {
      throw Self.error("the key \(files.key) does not match the certificate \(files.certificate)")
    }
  }

  deinit { SSL_CTX_free(context) }

  /// When the certificate ends, in seconds since 1970.
  func expiry() throws(ServerError) -> Int64 {
    var end = tm()
    guard let certificate = SSL_CTX_get0_certificate(context),
      ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &end) == 1
    else { throw Self.error("cannot read the end of the certificate") }
    return Int64(timegm(&end))
  }

  /// Creates the server's side of one TLS connection.
  func makeBufferevent(_ base: OpaquePointer) -> OpaquePointer? {
    guard let ssl = SSL_new(context) else { return nil }
    let made = bufferevent_openssl_socket_new(
      base, -1, ssl, BUFFEREVENT_SSL_ACCEPTING, Int32(BEV_OPT_CLOSE_ON_FREE.rawValue))
    guard let made else {
      SSL_free(ssl)
      return nil
    }
    bufferevent_openssl_set_allow_dirty_shutdown(made, 1)
    return made
  }

  /// An error with OpenSSL's reason; empties OpenSSL's error queue.
  static func error(_ sentence: String) -> ServerError {
    var reason = ""
    if let text = ERR_reason_error_string(ERR_get_error()) { reason = ": \(String(cString: text))" }
    ERR_clear_error()
    return ServerError(code: .certificate, message: "TLS: \(sentence)\(reason)")
  }
}

/// ALPN: of the protocols that a client offers we support HTTP/1.1 only.
private func chooseProtocol(
  _ ssl: OpaquePointer?, _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
  _ chosenLength: UnsafeMutablePointer<UInt8>?, _ offered: UnsafePointer<UInt8>?, _ offeredLength: UInt32,
  _ argument: UnsafeMutableRawPointer?
) -> Int32 {
  let wanted = Array("http/1.1".utf8)
  let list = UnsafeBufferPointer(start: offered, count: Int(offeredLength))
  var index = 0
  while index < list.count {
    let length = Int(list[index])
    guard index + 1 + length <= list.count else { break }
    if list[(index + 1)..<(index + 1 + length)].elementsEqual(wanted) {
      chosen?.pointee = list.baseAddress.map { $0 + index + 1 }
      chosenLength?.pointee = UInt8(length)
      return SSL_TLSEXT_ERR_OK
    }
    index += 1 + length
  }
  return SSL_TLSEXT_ERR_NOACK
}

extension TLSFiles {
  /// Throws when a server could not start with this certificate and key.
  public func check() throws(ServerError) {
    _ = try TLSContext(self)
  }

  /// When the certificate ends, in seconds since 1970. Throws when it cannot be used.
  public func expiry() throws(ServerError) -> Int64 {
    try TLSContext(self).expiry()
  }
}
