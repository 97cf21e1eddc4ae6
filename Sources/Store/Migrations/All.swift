extension Migration {
  /// Every migration of the product, in order. Numbers are never reused; released migrations are never
  /// edited.
  public static let all: [Migration] = [
    .users, .sessions, .machines, .jobs, .outbox, .workstations, .rights, .apiTokens, .twoStep, .audit,
    .knownWorkstations, .chat, .uploads, .notifications, .loadHistory, .emailClaims, .resetLinks, .phones,
    .quotas, .auditRepeats, .nameKeys, .hostKeys, .pauses, .hostBoots,
    .clientErrors, .searchWords, .guestAddresses, .namelessKeys, .calls, .categories,
    .search, .intranet, .media, .announcements, .documents, .events, .personalRecords, .messages, .complaints,
    .commentBytes, .pictures, .countIndexes, .searchVocabulary, .searchWordList, .requestNotices, .lastSeen,
    .trainings, .forum, .movedDates, .courses, .quizzes, .certificates, .learning, .forumMerges,
    .learningCounts,
    .backups,
  ]
}
