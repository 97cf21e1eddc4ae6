import CCurl
import Glibc

/// The name of a mail domain as it is written on the wire.
enum DomainName {
  /// `bücher.example` becomes `xn--bcher-kva.example` (IDNA 2008, by libidn2); ASCII stays as it is. Nil for what is no
  /// domain name, and where libidn2 is missing.
  static func ascii(_ name: String) -> String? {
    guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return name }
    guard name.utf8.count <= 253, !name.utf8.contains(0) else { return nil }
    var converted: UnsafeMutablePointer<CChar>?
    guard idn_to_ascii(name, &converted) == 0, let converted else { return nil }
    // What libidn2 allocates comes from malloc(3).
    defer { free(converted) }
    return String(cString: converted)
  }
}
