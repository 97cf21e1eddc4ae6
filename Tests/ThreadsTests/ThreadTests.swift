import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Threads

@Suite(.timeLimit(.minutes(10))) struct ThreadTests {
  @Test func `creating a thread fails when the system has none`() {
    #expect(Thread("test", stackSize: 1 << 56) { Issue.record("it ran") } == nil)
  }

  @Test func `joining waits until the body has returned`() async {
    let isDone = Atomic(false)
    let gate = CountingSemaphore()
    let joined = await onThread {
      let thread = Thread("test") {
        gate.wait()
        isDone.store(true, ordering: .releasing)
      }
      gate.signal()
      thread?.join()
      thread?.join()
      return isDone.load(ordering: .acquiring)
    }
    #expect(joined)
  }

  @Test func `a released thread continues to the end of its body`() async {
    let gate = CountingSemaphore()
    let isDone = Flag()
    #expect(
      Thread("test") {
        gate.wait()
        isDone.raise()
      } != nil)
    gate.signal()
    #expect(await isDone.raised())
  }

  @Test func `the name is truncated to 15 bytes`() async {
    #expect(await name(inThread: "short") == "short")
    #expect(await name(inThread: "as long as it likes") == "as long as it l")
  }

  @Test func `only the body runs on the thread`() async {
    let own = Mutex<Thread?>(nil)
    let gate = CountingSemaphore()
    let inside = Mutex<Bool?>(nil)
    let thread = Thread("test") {
      gate.wait()
      inside.withLock { $0 = own.withLock { $0 }?.isCurrent }
    }
    own.withLock { $0 = thread }
    #expect(thread?.isCurrent == false)
    gate.signal()
    await onThread { thread?.join() }
    #expect(inside.withLock { $0 } == true)
    #expect(thread?.isCurrent == false)
  }

  @Test func `a thread blocks all signals but those of faults, and its creator's mask is kept`() async {
    let before = mask()
    let blocked = await onThread { mask() }
    #expect(blocked.isSuperset(of: [SIGTERM, SIGINT, SIGHUP, SIGCHLD, SIGPIPE, SIGUSR1]))
    #expect(blocked.isDisjoint(with: [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT]))
    #expect(mask() == before)
  }

  private func name(inThread name: String) async -> String {
    let found = Mutex("")
    let thread = Thread(name) {
      var bytes = [UInt8](repeating: 0, count: 64)
      let file = open("/proc/thread-self/comm", O_RDONLY)
      let count = read(file, &bytes, bytes.count)
      close(file)
      found.withLock { $0 = String(decoding: bytes.prefix(max(0, count - 1)), as: UTF8.self) }
    }
    await onThread { thread?.join() }
    return found.withLock { $0 }
  }
}

/// The signals blocked in the calling thread.
private func mask() -> Set<Int32> {
  var blocked = sigset_t()
  pthread_sigmask(SIG_BLOCK, nil, &blocked)
  return Set((1..<32).filter { sigismember(&blocked, $0) == 1 })
}
