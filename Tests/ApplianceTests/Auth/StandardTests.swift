import Foundation
import Testing

@Suite struct StandardTests {
  @Test func `every test that the table of the standard names is there`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let tests = try #require(FileManager.default.enumerator(atPath: root.path + "/Tests"))
    let known = tests.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") || $0.hasSuffix(".py") }
      .compactMap { try? String(contentsOfFile: "\(root.path)/Tests/\($0)", encoding: .utf8) }
      .flatMap { $0.split(separator: "\n") }
      .filter { $0.contains("func `") || $0.contains("def test_") }
      .joined(separator: "\n")
    let table = try String(contentsOfFile: root.path + "/docs/asvs.md", encoding: .utf8)
    let named = table.matches(of: /`([^`]+)`/).map { String($0.1) }.filter { $0.count >= 25 }
    #expect(named.count > 60)
    for name in Set(named) {
      #expect(known.contains("`\(name)`") || known.contains("def \(name)("), "no test is called: \(name)")
    }
  }
}
