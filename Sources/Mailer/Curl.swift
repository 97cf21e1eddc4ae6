import CCurl

/// libcurl, loaded and initialized at the first mail.
enum Curl {
  /// Its functions; nil when the system has no usable `libcurl.so.4`.
  // Only function addresses, set once by the static's initializer. libcurl allows calling them from any
  // thread, as long as each handle is used by one thread at a time.
  nonisolated(unsafe) static let calls: UnsafePointer<curl_calls>? = {
    let calls = UnsafeMutablePointer<curl_calls>.allocate(capacity: 1)
    calls.initialize(to: curl_calls())
    return curl_calls_load(calls) == 0 ? UnsafePointer(calls) : nil
  }()
}

/// A linked list of lines that libcurl reads during a transfer; freed with its owner.
struct CurlLines: ~Copyable {
  private(set) var first: UnsafeMutablePointer<curl_slist>?
  private let calls: UnsafePointer<curl_calls>

  init(_ lines: [String], calls: UnsafePointer<curl_calls>) throws(MailerError) {
    self.calls = calls
    for line in lines {
      guard let longer = calls.pointee.slist_append(first, line) else { throw .noMemory }
      first = longer
    }
  }

  /// Passes ownership of the list to a part, which frees it.
  consuming func release() -> UnsafeMutablePointer<curl_slist>? {
    let released = first
    first = nil
    return released
  }

  deinit { calls.pointee.slist_free_all(first) }
}
