import CCurl

/// libcurl, loaded and initialised once, by the first mail.
enum Curl {
  /// Its functions, or nil when this system has no usable `libcurl.so.4`.
  // Only function addresses, written before the first read (a static is initialised once) and never
  // again; libcurl allows these functions from any thread, each handle in one thread at a time.
  nonisolated(unsafe) static let calls: UnsafePointer<curl_calls>? = {
    let calls = UnsafeMutablePointer<curl_calls>.allocate(capacity: 1)
    calls.initialize(to: curl_calls())
    return curl_calls_load(calls) == 0 ? UnsafePointer(calls) : nil
  }()
}

/// A list of lines that libcurl reads during a transfer; freed with its owner.
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

  /// Hands the list over to a part that frees it.
  consuming func release() -> UnsafeMutablePointer<curl_slist>? {
    let released = first
    first = nil
    return released
  }

  deinit { calls.pointee.slist_free_all(first) }
}
