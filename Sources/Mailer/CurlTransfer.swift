import CCurl
import Glibc

/// One libcurl handle for one mail, used on one thread.
///
/// Each mail opens a fresh connection, because libcurl may repeat a request by itself on a reused one.
final class CurlTransfer {
  let calls: UnsafePointer<curl_calls>
  let easy: UnsafeMutableRawPointer
  private let replies = ReplyLog()
  private var stage = Conversation.greeting
  private let errorText: UnsafeMutablePointer<CChar>
  private let isCancelled: () -> Bool

  init(isCancelled: @escaping () -> Bool) throws(MailerError) {
    guard let calls = Curl.calls else {
      throw MailerError(kind: .configuration, message: "libcurl.so.4 is missing (package libcurl4)")
    }
    guard let easy = calls.pointee.easy_init() else { throw .noMemory }
    self.calls = calls
    self.easy = easy
    self.isCancelled = isCancelled
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    // easy_cleanup sends QUIT and would wait up to two minutes for the reply, which is not needed.
    let socket = curl_socket(calls, easy)
    if socket >= 0 { shutdown(socket, Int32(SHUT_RD)) }
    calls.pointee.easy_cleanup(easy)
    errorText.deallocate()
  }

  func set(_ option: CURLoption, _ value: Int) throws(MailerError) {
    try check(curl_set_number(calls, easy, option, value))
  }

  func set(_ option: CURLoption, _ value: String?) throws(MailerError) {
    guard let value else { return try check(curl_set_text(calls, easy, option, nil)) }
    guard !value.utf8.contains(0) else {
      throw MailerError(kind: .configuration, message: "NUL in a mail setting")
    }
    try check(curl_set_text(calls, easy, option, value))
  }

  /// The caller must keep the pointer's target until the transfer has ended.
  func set(_ option: CURLoption, _ value: UnsafeMutableRawPointer?) throws(MailerError) {
    try check(curl_set_pointer(calls, easy, option, value))
  }

  /// Blocks until the server accepted the mail or the attempt failed; returns the server's last line.
  func perform() throws(MailerError) -> String {
    // Both callbacks run inside easy_perform, while this object is alive.
    let me = Unmanaged.passUnretained(self).toOpaque()
    try set(CURLOPT_HEADERDATA, me)
    try set(CURLOPT_XFERINFODATA, me)
    try set(CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorText))
    try check(curl_set_reply_callback(calls, easy, receiveReply))
    try check(curl_set_progress_callback(calls, easy, reportProgress))
    try set(CURLOPT_NOPROGRESS, 0)
    // The sent data is only used to track the stage of the session; none of it is kept.
    try set(CURLOPT_DEBUGDATA, me)
    try check(curl_set_debug_callback(calls, easy, noteCommand))
    try set(CURLOPT_VERBOSE, 1)

    let result = calls.pointee.easy_perform(easy)
    guard result == CURLE_OK else {
      throw MailerError(
        result, reply: Int(curl_reply_code(calls, easy)), detail: detail(of: result),
        answer: replies.lastRefusal, stage: stage)
    }
    return replies.last
  }

  private func detail(of result: CURLcode) -> String {
    if errorText.pointee != 0 { return String(cString: errorText) }
    guard let text = calls.pointee.easy_strerror(result) else { return "libcurl error \(result.rawValue)" }
    return String(cString: text)
  }

  private func check(_ result: CURLcode) throws(MailerError) {
    guard result == CURLE_OK else {
      throw MailerError(kind: .configuration, message: "libcurl refused a setting: \(detail(of: result))")
    }
  }

  fileprivate func sent(_ command: UnsafeRawBufferPointer) {
    if let next = Conversation.after(command) { stage = next }
  }
  fileprivate func received(_ line: UnsafeRawBufferPointer) { replies.append(line) }
  fileprivate var shouldEnd: Bool { isCancelled() }
}

private func receiveReply(
  _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ context: UnsafeMutableRawPointer?
) -> Int {
  let length = size * count
  guard let bytes, let context else { return length }
  Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    .received(UnsafeRawBufferPointer(start: bytes, count: length))
  return length
}

private func reportProgress(
  _ context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, _: curl_off_t
) -> Int32 {
  guard let context else { return 0 }
  return Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().shouldEnd ? 1 : 0
}

private func noteCommand(
  _: UnsafeMutableRawPointer?, _ kind: curl_infotype, _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int,
  _ context: UnsafeMutableRawPointer?
) -> Int32 {
  guard kind == CURLINFO_HEADER_OUT, let bytes, let context else { return 0 }
  Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    .sent(UnsafeRawBufferPointer(start: bytes, count: count))
  return 0
}
