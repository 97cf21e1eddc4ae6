// Written by generate.sh: do not edit.
#include "CAssets.h"

static const unsigned char a0[] = {
#embed "../Assets/app.js"
};
static const unsigned char a1[] = {
#embed "../Assets/elements/agenda-dialog.js"
};
static const unsigned char a2[] = {
#embed "../Assets/elements/announcement-card.js"
};
static const unsigned char a3[] = {
#embed "../Assets/elements/app-shell.js"
};
static const unsigned char a4[] = {
#embed "../Assets/elements/audience-field.js"
};
static const unsigned char a5[] = {
#embed "../Assets/elements/bin-dialog.js"
};
static const unsigned char a6[] = {
#embed "../Assets/elements/box-letter.js"
};
static const unsigned char a7[] = {
#embed "../Assets/elements/calendar-views.js"
};
static const unsigned char a8[] = {
#embed "../Assets/elements/category-dialog.js"
};
static const unsigned char a9[] = {
#embed "../Assets/elements/certificate-parts.js"
};
static const unsigned char a10[] = {
#embed "../Assets/elements/channel-browse.js"
};
static const unsigned char a11[] = {
#embed "../Assets/elements/channel-delete.js"
};
static const unsigned char a12[] = {
#embed "../Assets/elements/channel-dialog.js"
};
static const unsigned char a13[] = {
#embed "../Assets/elements/channel-head.js"
};
static const unsigned char a14[] = {
#embed "../Assets/elements/channel-list.js"
};
static const unsigned char a15[] = {
#embed "../Assets/elements/channel-people.js"
};
static const unsigned char a16[] = {
#embed "../Assets/elements/channel-pins.js"
};
static const unsigned char a17[] = {
#embed "../Assets/elements/channel-sign.js"
};
static const unsigned char a18[] = {
#embed "../Assets/elements/chat-composer.js"
};
static const unsigned char a19[] = {
#embed "../Assets/elements/chat-message.js"
};
static const unsigned char a20[] = {
#embed "../Assets/elements/chat-search.js"
};
static const unsigned char a21[] = {
#embed "../Assets/elements/chat-thread.js"
};
static const unsigned char a22[] = {
#embed "../Assets/elements/combobox.js"
};
static const unsigned char a23[] = {
#embed "../Assets/elements/composer-choices.js"
};
static const unsigned char a24[] = {
#embed "../Assets/elements/composer-closed.js"
};
static const unsigned char a25[] = {
#embed "../Assets/elements/composer-files.js"
};
static const unsigned char a26[] = {
#embed "../Assets/elements/composer-notes.js"
};
static const unsigned char a27[] = {
#embed "../Assets/elements/composer-view.js"
};
static const unsigned char a28[] = {
#embed "../Assets/elements/confirm-dialog.js"
};
static const unsigned char a29[] = {
#embed "../Assets/elements/connect-card.js"
};
static const unsigned char a30[] = {
#embed "../Assets/elements/connection-note.js"
};
static const unsigned char a31[] = {
#embed "../Assets/elements/console-view.js"
};
static const unsigned char a32[] = {
#embed "../Assets/elements/copy-field.js"
};
static const unsigned char a33[] = {
#embed "../Assets/elements/course-card.js"
};
static const unsigned char a34[] = {
#embed "../Assets/elements/course-import.js"
};
static const unsigned char a35[] = {
#embed "../Assets/elements/create-dialog.js"
};
static const unsigned char a36[] = {
#embed "../Assets/elements/dialog-parts.js"
};
static const unsigned char a37[] = {
#embed "../Assets/elements/document-marks.js"
};
static const unsigned char a38[] = {
#embed "../Assets/elements/document-preview.js"
};
static const unsigned char a39[] = {
#embed "../Assets/elements/document-versions.js"
};
static const unsigned char a40[] = {
#embed "../Assets/elements/emoji-picker.js"
};
static const unsigned char a41[] = {
#embed "../Assets/elements/empty-state.js"
};
static const unsigned char a42[] = {
#embed "../Assets/elements/event-dialog.js"
};
static const unsigned char a43[] = {
#embed "../Assets/elements/event-fields.js"
};
static const unsigned char a44[] = {
#embed "../Assets/elements/event-form.js"
};
static const unsigned char a45[] = {
#embed "../Assets/elements/feed-dialog.js"
};
static const unsigned char a46[] = {
#embed "../Assets/elements/file-clips.js"
};
static const unsigned char a47[] = {
#embed "../Assets/elements/file-field.js"
};
static const unsigned char a48[] = {
#embed "../Assets/elements/file-list.js"
};
static const unsigned char a49[] = {
#embed "../Assets/elements/files-field.js"
};
static const unsigned char a50[] = {
#embed "../Assets/elements/first-steps.js"
};
static const unsigned char a51[] = {
#embed "../Assets/elements/form-field.js"
};
static const unsigned char a52[] = {
#embed "../Assets/elements/forum-composer.js"
};
static const unsigned char a53[] = {
#embed "../Assets/elements/forum-editor.js"
};
static const unsigned char a54[] = {
#embed "../Assets/elements/forum-history.js"
};
static const unsigned char a55[] = {
#embed "../Assets/elements/forum-mails.js"
};
static const unsigned char a56[] = {
#embed "../Assets/elements/forum-merge-dialog.js"
};
static const unsigned char a57[] = {
#embed "../Assets/elements/forum-post.js"
};
static const unsigned char a58[] = {
#embed "../Assets/elements/forum-signs.js"
};
static const unsigned char a59[] = {
#embed "../Assets/elements/forum-similar.js"
};
static const unsigned char a60[] = {
#embed "../Assets/elements/forum-split-dialog.js"
};
static const unsigned char a61[] = {
#embed "../Assets/elements/forum-topic-actions.js"
};
static const unsigned char a62[] = {
#embed "../Assets/elements/forum-topic-dialog.js"
};
static const unsigned char a63[] = {
#embed "../Assets/elements/forum-topics.js"
};
static const unsigned char a64[] = {
#embed "../Assets/elements/found-head.js"
};
static const unsigned char a65[] = {
#embed "../Assets/elements/import-dialog.js"
};
static const unsigned char a66[] = {
#embed "../Assets/elements/job-progress.js"
};
static const unsigned char a67[] = {
#embed "../Assets/elements/key-sheet.js"
};
static const unsigned char a68[] = {
#embed "../Assets/elements/learner-row.js"
};
static const unsigned char a69[] = {
#embed "../Assets/elements/lesson-list.js"
};
static const unsigned char a70[] = {
#embed "../Assets/elements/lesson-text.js"
};
static const unsigned char a71[] = {
#embed "../Assets/elements/link-dialog.js"
};
static const unsigned char a72[] = {
#embed "../Assets/elements/live-region.js"
};
static const unsigned char a73[] = {
#embed "../Assets/elements/load-gauge.js"
};
static const unsigned char a74[] = {
#embed "../Assets/elements/load-graph.js"
};
static const unsigned char a75[] = {
#embed "../Assets/elements/loadable.js"
};
static const unsigned char a76[] = {
#embed "../Assets/elements/machine-line.js"
};
static const unsigned char a77[] = {
#embed "../Assets/elements/machine-load.js"
};
static const unsigned char a78[] = {
#embed "../Assets/elements/machine-row.js"
};
static const unsigned char a79[] = {
#embed "../Assets/elements/machine-screen.js"
};
static const unsigned char a80[] = {
#embed "../Assets/elements/markdown-field.js"
};
static const unsigned char a81[] = {
#embed "../Assets/elements/message-actions.js"
};
static const unsigned char a82[] = {
#embed "../Assets/elements/message-composer.js"
};
static const unsigned char a83[] = {
#embed "../Assets/elements/message-files.js"
};
static const unsigned char a84[] = {
#embed "../Assets/elements/message-list.js"
};
static const unsigned char a85[] = {
#embed "../Assets/elements/message-view.js"
};
static const unsigned char a86[] = {
#embed "../Assets/elements/notices.js"
};
static const unsigned char a87[] = {
#embed "../Assets/elements/notification-bell.js"
};
static const unsigned char a88[] = {
#embed "../Assets/elements/notification-preferences.js"
};
static const unsigned char a89[] = {
#embed "../Assets/elements/notification-rows.js"
};
static const unsigned char a90[] = {
#embed "../Assets/elements/open-course.js"
};
static const unsigned char a91[] = {
#embed "../Assets/elements/password-card.js"
};
static const unsigned char a92[] = {
#embed "../Assets/elements/pending-version.js"
};
static const unsigned char a93[] = {
#embed "../Assets/elements/people-picker.js"
};
static const unsigned char a94[] = {
#embed "../Assets/elements/person-card.js"
};
static const unsigned char a95[] = {
#embed "../Assets/elements/person-dialog.js"
};
static const unsigned char a96[] = {
#embed "../Assets/elements/person-form.js"
};
static const unsigned char a97[] = {
#embed "../Assets/elements/picture-viewer.js"
};
static const unsigned char a98[] = {
#embed "../Assets/elements/plan-picture.js"
};
static const unsigned char a99[] = {
#embed "../Assets/elements/preference-switch.js"
};
static const unsigned char a100[] = {
#embed "../Assets/elements/presence-list.js"
};
static const unsigned char a101[] = {
#embed "../Assets/elements/profile-form.js"
};
static const unsigned char a102[] = {
#embed "../Assets/elements/profile-picture.js"
};
static const unsigned char a103[] = {
#embed "../Assets/elements/quick-switcher.js"
};
static const unsigned char a104[] = {
#embed "../Assets/elements/quiz-files.js"
};
static const unsigned char a105[] = {
#embed "../Assets/elements/quiz-import.js"
};
static const unsigned char a106[] = {
#embed "../Assets/elements/quiz-list.js"
};
static const unsigned char a107[] = {
#embed "../Assets/elements/quiz-question-form.js"
};
static const unsigned char a108[] = {
#embed "../Assets/elements/quiz-question.js"
};
static const unsigned char a109[] = {
#embed "../Assets/elements/quiz-settings.js"
};
static const unsigned char a110[] = {
#embed "../Assets/elements/quiz-sitting.js"
};
static const unsigned char a111[] = {
#embed "../Assets/elements/quota-card.js"
};
static const unsigned char a112[] = {
#embed "../Assets/elements/quota-form.js"
};
static const unsigned char a113[] = {
#embed "../Assets/elements/read-confirm.js"
};
static const unsigned char a114[] = {
#embed "../Assets/elements/read-report.js"
};
static const unsigned char a115[] = {
#embed "../Assets/elements/reason-dialog.js"
};
static const unsigned char a116[] = {
#embed "../Assets/elements/recovery-codes.js"
};
static const unsigned char a117[] = {
#embed "../Assets/elements/request-board.js"
};
static const unsigned char a118[] = {
#embed "../Assets/elements/request-comments.js"
};
static const unsigned char a119[] = {
#embed "../Assets/elements/request-dialog.js"
};
static const unsigned char a120[] = {
#embed "../Assets/elements/request-signs.js"
};
static const unsigned char a121[] = {
#embed "../Assets/elements/rich-text.js"
};
static const unsigned char a122[] = {
#embed "../Assets/elements/rights-card.js"
};
static const unsigned char a123[] = {
#embed "../Assets/elements/row-comments.js"
};
static const unsigned char a124[] = {
#embed "../Assets/elements/section-tabs.js"
};
static const unsigned char a125[] = {
#embed "../Assets/elements/sessions-card.js"
};
static const unsigned char a126[] = {
#embed "../Assets/elements/side-bar.js"
};
static const unsigned char a127[] = {
#embed "../Assets/elements/status-badge.js"
};
static const unsigned char a128[] = {
#embed "../Assets/elements/table-dialog.js"
};
static const unsigned char a129[] = {
#embed "../Assets/elements/takeover-dialog.js"
};
static const unsigned char a130[] = {
#embed "../Assets/elements/text-tabs.js"
};
static const unsigned char a131[] = {
#embed "../Assets/elements/time-ago.js"
};
static const unsigned char a132[] = {
#embed "../Assets/elements/toast-list.js"
};
static const unsigned char a133[] = {
#embed "../Assets/elements/tokens-card.js"
};
static const unsigned char a134[] = {
#embed "../Assets/elements/topic-picker.js"
};
static const unsigned char a135[] = {
#embed "../Assets/elements/training-part.js"
};
static const unsigned char a136[] = {
#embed "../Assets/elements/training-people.js"
};
static const unsigned char a137[] = {
#embed "../Assets/elements/training-report.js"
};
static const unsigned char a138[] = {
#embed "../Assets/elements/training-row.js"
};
static const unsigned char a139[] = {
#embed "../Assets/elements/two-step-card.js"
};
static const unsigned char a140[] = {
#embed "../Assets/elements/typing-line.js"
};
static const unsigned char a141[] = {
#embed "../Assets/elements/version-dialog.js"
};
static const unsigned char a142[] = {
#embed "../Assets/fields/audience.js"
};
static const unsigned char a143[] = {
#embed "../Assets/fields/choice.js"
};
static const unsigned char a144[] = {
#embed "../Assets/fields/choices.js"
};
static const unsigned char a145[] = {
#embed "../Assets/fields/color.js"
};
static const unsigned char a146[] = {
#embed "../Assets/fields/file.js"
};
static const unsigned char a147[] = {
#embed "../Assets/fields/files.js"
};
static const unsigned char a148[] = {
#embed "../Assets/fields/flag.js"
};
static const unsigned char a149[] = {
#embed "../Assets/fields/kinds.js"
};
static const unsigned char a150[] = {
#embed "../Assets/fields/lines.js"
};
static const unsigned char a151[] = {
#embed "../Assets/fields/markdown.js"
};
static const unsigned char a152[] = {
#embed "../Assets/fields/number.js"
};
static const unsigned char a153[] = {
#embed "../Assets/fields/object.js"
};
static const unsigned char a154[] = {
#embed "../Assets/fields/reference.js"
};
static const unsigned char a155[] = {
#embed "../Assets/fields/references.js"
};
static const unsigned char a156[] = {
#embed "../Assets/fields/tags.js"
};
static const unsigned char a157[] = {
#embed "../Assets/fields/text.js"
};
static const unsigned char a158[] = {
#embed "../Assets/fields/time.js"
};
static const unsigned char a159[] = {
#embed "../Assets/index.html"
};
static const unsigned char a160[] = {
#embed "../Assets/lib/announcements.js"
};
static const unsigned char a161[] = {
#embed "../Assets/lib/announcer.js"
};
static const unsigned char a162[] = {
#embed "../Assets/lib/api.js"
};
static const unsigned char a163[] = {
#embed "../Assets/lib/audit-notes.js"
};
static const unsigned char a164[] = {
#embed "../Assets/lib/autocomplete-menu.js"
};
static const unsigned char a165[] = {
#embed "../Assets/lib/autocomplete.js"
};
static const unsigned char a166[] = {
#embed "../Assets/lib/calendar.js"
};
static const unsigned char a167[] = {
#embed "../Assets/lib/certificates.js"
};
static const unsigned char a168[] = {
#embed "../Assets/lib/channel-actions.js"
};
static const unsigned char a169[] = {
#embed "../Assets/lib/channel-rights.js"
};
static const unsigned char a170[] = {
#embed "../Assets/lib/chat-panel.js"
};
static const unsigned char a171[] = {
#embed "../Assets/lib/chat-people.js"
};
static const unsigned char a172[] = {
#embed "../Assets/lib/chat/actions.js"
};
static const unsigned char a173[] = {
#embed "../Assets/lib/chat/arrivals.js"
};
static const unsigned char a174[] = {
#embed "../Assets/lib/chat/channels.js"
};
static const unsigned char a175[] = {
#embed "../Assets/lib/chat/composer-state.js"
};
static const unsigned char a176[] = {
#embed "../Assets/lib/chat/frames.js"
};
static const unsigned char a177[] = {
#embed "../Assets/lib/chat/history.js"
};
static const unsigned char a178[] = {
#embed "../Assets/lib/chat/ids.js"
};
static const unsigned char a179[] = {
#embed "../Assets/lib/chat/incoming.js"
};
static const unsigned char a180[] = {
#embed "../Assets/lib/chat/inline.js"
};
static const unsigned char a181[] = {
#embed "../Assets/lib/chat/keyboard.js"
};
static const unsigned char a182[] = {
#embed "../Assets/lib/chat/local-storage.js"
};
static const unsigned char a183[] = {
#embed "../Assets/lib/chat/markdown.js"
};
static const unsigned char a184[] = {
#embed "../Assets/lib/chat/markup.js"
};
static const unsigned char a185[] = {
#embed "../Assets/lib/chat/mentions.js"
};
static const unsigned char a186[] = {
#embed "../Assets/lib/chat/message-actions.js"
};
static const unsigned char a187[] = {
#embed "../Assets/lib/chat/message-keys.js"
};
static const unsigned char a188[] = {
#embed "../Assets/lib/chat/message-menu.js"
};
static const unsigned char a189[] = {
#embed "../Assets/lib/chat/message-window.js"
};
static const unsigned char a190[] = {
#embed "../Assets/lib/chat/names.js"
};
static const unsigned char a191[] = {
#embed "../Assets/lib/chat/opening.js"
};
static const unsigned char a192[] = {
#embed "../Assets/lib/chat/outbox.js"
};
static const unsigned char a193[] = {
#embed "../Assets/lib/chat/outgoing.js"
};
static const unsigned char a194[] = {
#embed "../Assets/lib/chat/row-nodes.js"
};
static const unsigned char a195[] = {
#embed "../Assets/lib/chat/rows.js"
};
static const unsigned char a196[] = {
#embed "../Assets/lib/chat/scrolling.js"
};
static const unsigned char a197[] = {
#embed "../Assets/lib/chat/sending.js"
};
static const unsigned char a198[] = {
#embed "../Assets/lib/chat/store.js"
};
static const unsigned char a199[] = {
#embed "../Assets/lib/chat/threads.js"
};
static const unsigned char a200[] = {
#embed "../Assets/lib/chat/times.js"
};
static const unsigned char a201[] = {
#embed "../Assets/lib/composer.js"
};
static const unsigned char a202[] = {
#embed "../Assets/lib/console.js"
};
static const unsigned char a203[] = {
#embed "../Assets/lib/course-renewal.js"
};
static const unsigned char a204[] = {
#embed "../Assets/lib/courses.js"
};
static const unsigned char a205[] = {
#embed "../Assets/lib/dialogs.js"
};
static const unsigned char a206[] = {
#embed "../Assets/lib/documents.js"
};
static const unsigned char a207[] = {
#embed "../Assets/lib/download.js"
};
static const unsigned char a208[] = {
#embed "../Assets/lib/drafts.js"
};
static const unsigned char a209[] = {
#embed "../Assets/lib/drop-zone.js"
};
static const unsigned char a210[] = {
#embed "../Assets/lib/edit-drafts.js"
};
static const unsigned char a211[] = {
#embed "../Assets/lib/element.js"
};
static const unsigned char a212[] = {
#embed "../Assets/lib/emoji-list.js"
};
static const unsigned char a213[] = {
#embed "../Assets/lib/emoji.js"
};
static const unsigned char a214[] = {
#embed "../Assets/lib/form.js"
};
static const unsigned char a215[] = {
#embed "../Assets/lib/format.js"
};
static const unsigned char a216[] = {
#embed "../Assets/lib/forum.js"
};
static const unsigned char a217[] = {
#embed "../Assets/lib/graph.js"
};
static const unsigned char a218[] = {
#embed "../Assets/lib/host.js"
};
static const unsigned char a219[] = {
#embed "../Assets/lib/html.js"
};
static const unsigned char a220[] = {
#embed "../Assets/lib/i18n.js"
};
static const unsigned char a221[] = {
#embed "../Assets/lib/icons.js"
};
static const unsigned char a222[] = {
#embed "../Assets/lib/invisible.js"
};
static const unsigned char a223[] = {
#embed "../Assets/lib/kept-edit.js"
};
static const unsigned char a224[] = {
#embed "../Assets/lib/learning.js"
};
static const unsigned char a225[] = {
#embed "../Assets/lib/lesson-visit.js"
};
static const unsigned char a226[] = {
#embed "../Assets/lib/live.js"
};
static const unsigned char a227[] = {
#embed "../Assets/lib/loader.js"
};
static const unsigned char a228[] = {
#embed "../Assets/lib/machine-actions.js"
};
static const unsigned char a229[] = {
#embed "../Assets/lib/machines.js"
};
static const unsigned char a230[] = {
#embed "../Assets/lib/marked.js"
};
static const unsigned char a231[] = {
#embed "../Assets/lib/mentions.js"
};
static const unsigned char a232[] = {
#embed "../Assets/lib/menu.js"
};
static const unsigned char a233[] = {
#embed "../Assets/lib/message-seeds.js"
};
static const unsigned char a234[] = {
#embed "../Assets/lib/morph.js"
};
static const unsigned char a235[] = {
#embed "../Assets/lib/navigation.js"
};
static const unsigned char a236[] = {
#embed "../Assets/lib/notification-signs.js"
};
static const unsigned char a237[] = {
#embed "../Assets/lib/notifications.js"
};
static const unsigned char a238[] = {
#embed "../Assets/lib/paged.js"
};
static const unsigned char a239[] = {
#embed "../Assets/lib/panel-element.js"
};
static const unsigned char a240[] = {
#embed "../Assets/lib/people.js"
};
static const unsigned char a241[] = {
#embed "../Assets/lib/pictures.js"
};
static const unsigned char a242[] = {
#embed "../Assets/lib/presence.js"
};
static const unsigned char a243[] = {
#embed "../Assets/lib/quiz-drafts.js"
};
static const unsigned char a244[] = {
#embed "../Assets/lib/quiz-saving.js"
};
static const unsigned char a245[] = {
#embed "../Assets/lib/quiz.js"
};
static const unsigned char a246[] = {
#embed "../Assets/lib/quota.js"
};
static const unsigned char a247[] = {
#embed "../Assets/lib/requests.js"
};
static const unsigned char a248[] = {
#embed "../Assets/lib/rich-text.js"
};
static const unsigned char a249[] = {
#embed "../Assets/lib/router.js"
};
static const unsigned char a250[] = {
#embed "../Assets/lib/scripts.js"
};
static const unsigned char a251[] = {
#embed "../Assets/lib/session.js"
};
static const unsigned char a252[] = {
#embed "../Assets/lib/shortcuts.js"
};
static const unsigned char a253[] = {
#embed "../Assets/lib/singleton.js"
};
static const unsigned char a254[] = {
#embed "../Assets/lib/socket.js"
};
static const unsigned char a255[] = {
#embed "../Assets/lib/steps.js"
};
static const unsigned char a256[] = {
#embed "../Assets/lib/store.js"
};
static const unsigned char a257[] = {
#embed "../Assets/lib/tables.js"
};
static const unsigned char a258[] = {
#embed "../Assets/lib/tabs/board.js"
};
static const unsigned char a259[] = {
#embed "../Assets/lib/tabs/broadcast.js"
};
static const unsigned char a260[] = {
#embed "../Assets/lib/tabs/by-leader.js"
};
static const unsigned char a261[] = {
#embed "../Assets/lib/tabs/by-worker.js"
};
static const unsigned char a262[] = {
#embed "../Assets/lib/tabs/carriers.js"
};
static const unsigned char a263[] = {
#embed "../Assets/lib/tabs/channel-joins.js"
};
static const unsigned char a264[] = {
#embed "../Assets/lib/tabs/line.js"
};
static const unsigned char a265[] = {
#embed "../Assets/lib/tabs/switchboard.js"
};
static const unsigned char a266[] = {
#embed "../Assets/lib/tabs/tab-locks.js"
};
static const unsigned char a267[] = {
#embed "../Assets/lib/tabs/watch.js"
};
static const unsigned char a268[] = {
#embed "../Assets/lib/text-box.js"
};
static const unsigned char a269[] = {
#embed "../Assets/lib/toast.js"
};
static const unsigned char a270[] = {
#embed "../Assets/lib/training-rights.js"
};
static const unsigned char a271[] = {
#embed "../Assets/lib/trainings.js"
};
static const unsigned char a272[] = {
#embed "../Assets/lib/uploads.js"
};
static const unsigned char a273[] = {
#embed "../Assets/lib/validation.js"
};
static const unsigned char a274[] = {
#embed "../Assets/live-worker.js"
};
static const unsigned char a275[] = {
#embed "../Assets/logo-unread.svg"
};
static const unsigned char a276[] = {
#embed "../Assets/logo.svg"
};
static const unsigned char a277[] = {
#embed "../Assets/pages/announcement.js"
};
static const unsigned char a278[] = {
#embed "../Assets/pages/announcements.js"
};
static const unsigned char a279[] = {
#embed "../Assets/pages/audit.js"
};
static const unsigned char a280[] = {
#embed "../Assets/pages/calendar.js"
};
static const unsigned char a281[] = {
#embed "../Assets/pages/categories.js"
};
static const unsigned char a282[] = {
#embed "../Assets/pages/certificates.js"
};
static const unsigned char a283[] = {
#embed "../Assets/pages/chat.js"
};
static const unsigned char a284[] = {
#embed "../Assets/pages/client-errors.js"
};
static const unsigned char a285[] = {
#embed "../Assets/pages/console.js"
};
static const unsigned char a286[] = {
#embed "../Assets/pages/course-learners.js"
};
static const unsigned char a287[] = {
#embed "../Assets/pages/course.js"
};
static const unsigned char a288[] = {
#embed "../Assets/pages/courses.js"
};
static const unsigned char a289[] = {
#embed "../Assets/pages/directory.js"
};
static const unsigned char a290[] = {
#embed "../Assets/pages/document.js"
};
static const unsigned char a291[] = {
#embed "../Assets/pages/documents.js"
};
static const unsigned char a292[] = {
#embed "../Assets/pages/forgotten-password.js"
};
static const unsigned char a293[] = {
#embed "../Assets/pages/forum-category.js"
};
static const unsigned char a294[] = {
#embed "../Assets/pages/forum-moderation.js"
};
static const unsigned char a295[] = {
#embed "../Assets/pages/forum-post.js"
};
static const unsigned char a296[] = {
#embed "../Assets/pages/forum-topic.js"
};
static const unsigned char a297[] = {
#embed "../Assets/pages/forum.js"
};
static const unsigned char a298[] = {
#embed "../Assets/pages/gate.js"
};
static const unsigned char a299[] = {
#embed "../Assets/pages/home.js"
};
static const unsigned char a300[] = {
#embed "../Assets/pages/host.js"
};
static const unsigned char a301[] = {
#embed "../Assets/pages/learn-analytics.js"
};
static const unsigned char a302[] = {
#embed "../Assets/pages/learn.js"
};
static const unsigned char a303[] = {
#embed "../Assets/pages/lesson.js"
};
static const unsigned char a304[] = {
#embed "../Assets/pages/links.js"
};
static const unsigned char a305[] = {
#embed "../Assets/pages/machine.js"
};
static const unsigned char a306[] = {
#embed "../Assets/pages/machines.js"
};
static const unsigned char a307[] = {
#embed "../Assets/pages/mailbox.js"
};
static const unsigned char a308[] = {
#embed "../Assets/pages/media.js"
};
static const unsigned char a309[] = {
#embed "../Assets/pages/messages.js"
};
static const unsigned char a310[] = {
#embed "../Assets/pages/not-found.js"
};
static const unsigned char a311[] = {
#embed "../Assets/pages/notifications.js"
};
static const unsigned char a312[] = {
#embed "../Assets/pages/people.js"
};
static const unsigned char a313[] = {
#embed "../Assets/pages/person.js"
};
static const unsigned char a314[] = {
#embed "../Assets/pages/profile.js"
};
static const unsigned char a315[] = {
#embed "../Assets/pages/public.js"
};
static const unsigned char a316[] = {
#embed "../Assets/pages/quiz-attempt.js"
};
static const unsigned char a317[] = {
#embed "../Assets/pages/quiz-editor.js"
};
static const unsigned char a318[] = {
#embed "../Assets/pages/quiz-results.js"
};
static const unsigned char a319[] = {
#embed "../Assets/pages/quiz.js"
};
static const unsigned char a320[] = {
#embed "../Assets/pages/quotas.js"
};
static const unsigned char a321[] = {
#embed "../Assets/pages/register.js"
};
static const unsigned char a322[] = {
#embed "../Assets/pages/request.js"
};
static const unsigned char a323[] = {
#embed "../Assets/pages/requests.js"
};
static const unsigned char a324[] = {
#embed "../Assets/pages/reset-password.js"
};
static const unsigned char a325[] = {
#embed "../Assets/pages/security.js"
};
static const unsigned char a326[] = {
#embed "../Assets/pages/set-up.js"
};
static const unsigned char a327[] = {
#embed "../Assets/pages/settings.js"
};
static const unsigned char a328[] = {
#embed "../Assets/pages/sign-in.js"
};
static const unsigned char a329[] = {
#embed "../Assets/pages/table.js"
};
static const unsigned char a330[] = {
#embed "../Assets/pages/teach.js"
};
static const unsigned char a331[] = {
#embed "../Assets/pages/track-request.js"
};
static const unsigned char a332[] = {
#embed "../Assets/pages/training.js"
};
static const unsigned char a333[] = {
#embed "../Assets/pages/trainings.js"
};
static const unsigned char a334[] = {
#embed "../Assets/pages/verify-certificate.js"
};
static const unsigned char a335[] = {
#embed "../Assets/pages/verify-email.js"
};
static const unsigned char a336[] = {
#embed "../Assets/start.js"
};
static const unsigned char a337[] = {
#embed "../Assets/styles/accounts.css"
};
static const unsigned char a338[] = {
#embed "../Assets/styles/announcements.css"
};
static const unsigned char a339[] = {
#embed "../Assets/styles/base.css"
};
static const unsigned char a340[] = {
#embed "../Assets/styles/calendar.css"
};
static const unsigned char a341[] = {
#embed "../Assets/styles/cards.css"
};
static const unsigned char a342[] = {
#embed "../Assets/styles/certificates.css"
};
static const unsigned char a343[] = {
#embed "../Assets/styles/channels.css"
};
static const unsigned char a344[] = {
#embed "../Assets/styles/chat-message.css"
};
static const unsigned char a345[] = {
#embed "../Assets/styles/chat.css"
};
static const unsigned char a346[] = {
#embed "../Assets/styles/compose.css"
};
static const unsigned char a347[] = {
#embed "../Assets/styles/console.css"
};
static const unsigned char a348[] = {
#embed "../Assets/styles/controls.css"
};
static const unsigned char a349[] = {
#embed "../Assets/styles/courses.css"
};
static const unsigned char a350[] = {
#embed "../Assets/styles/create.css"
};
static const unsigned char a351[] = {
#embed "../Assets/styles/dialogs.css"
};
static const unsigned char a352[] = {
#embed "../Assets/styles/documents.css"
};
static const unsigned char a353[] = {
#embed "../Assets/styles/fields.css"
};
static const unsigned char a354[] = {
#embed "../Assets/styles/forum.css"
};
static const unsigned char a355[] = {
#embed "../Assets/styles/gate.css"
};
static const unsigned char a356[] = {
#embed "../Assets/styles/home.css"
};
static const unsigned char a357[] = {
#embed "../Assets/styles/host.css"
};
static const unsigned char a358[] = {
#embed "../Assets/styles/layers.css"
};
static const unsigned char a359[] = {
#embed "../Assets/styles/learn.css"
};
static const unsigned char a360[] = {
#embed "../Assets/styles/load.css"
};
static const unsigned char a361[] = {
#embed "../Assets/styles/machine.css"
};
static const unsigned char a362[] = {
#embed "../Assets/styles/machines.css"
};
static const unsigned char a363[] = {
#embed "../Assets/styles/mailbox.css"
};
static const unsigned char a364[] = {
#embed "../Assets/styles/messages.css"
};
static const unsigned char a365[] = {
#embed "../Assets/styles/notifications.css"
};
static const unsigned char a366[] = {
#embed "../Assets/styles/panels.css"
};
static const unsigned char a367[] = {
#embed "../Assets/styles/people.css"
};
static const unsigned char a368[] = {
#embed "../Assets/styles/pickers.css"
};
static const unsigned char a369[] = {
#embed "../Assets/styles/presence.css"
};
static const unsigned char a370[] = {
#embed "../Assets/styles/progress.css"
};
static const unsigned char a371[] = {
#embed "../Assets/styles/quizzes.css"
};
static const unsigned char a372[] = {
#embed "../Assets/styles/quotas.css"
};
static const unsigned char a373[] = {
#embed "../Assets/styles/requests.css"
};
static const unsigned char a374[] = {
#embed "../Assets/styles/shell.css"
};
static const unsigned char a375[] = {
#embed "../Assets/styles/status.css"
};
static const unsigned char a376[] = {
#embed "../Assets/styles/tokens.css"
};
static const unsigned char a377[] = {
#embed "../Vendor/novnc.js"
};
static const unsigned char a378[] = {
#embed "/usr/share/novnc/core/base64.js"
};
static const unsigned char a379[] = {
#embed "/usr/share/novnc/core/decoders/copyrect.js"
};
static const unsigned char a380[] = {
#embed "/usr/share/novnc/core/decoders/hextile.js"
};
static const unsigned char a381[] = {
#embed "/usr/share/novnc/core/decoders/raw.js"
};
static const unsigned char a382[] = {
#embed "/usr/share/novnc/core/decoders/rre.js"
};
static const unsigned char a383[] = {
#embed "/usr/share/novnc/core/decoders/tight.js"
};
static const unsigned char a384[] = {
#embed "/usr/share/novnc/core/decoders/tightpng.js"
};
static const unsigned char a385[] = {
#embed "/usr/share/novnc/core/deflator.js"
};
static const unsigned char a386[] = {
#embed "/usr/share/novnc/core/des.js"
};
static const unsigned char a387[] = {
#embed "/usr/share/novnc/core/display.js"
};
static const unsigned char a388[] = {
#embed "/usr/share/novnc/core/encodings.js"
};
static const unsigned char a389[] = {
#embed "/usr/share/novnc/core/inflator.js"
};
static const unsigned char a390[] = {
#embed "/usr/share/novnc/core/input/domkeytable.js"
};
static const unsigned char a391[] = {
#embed "/usr/share/novnc/core/input/fixedkeys.js"
};
static const unsigned char a392[] = {
#embed "/usr/share/novnc/core/input/gesturehandler.js"
};
static const unsigned char a393[] = {
#embed "/usr/share/novnc/core/input/keyboard.js"
};
static const unsigned char a394[] = {
#embed "/usr/share/novnc/core/input/keysym.js"
};
static const unsigned char a395[] = {
#embed "/usr/share/novnc/core/input/keysymdef.js"
};
static const unsigned char a396[] = {
#embed "/usr/share/novnc/core/input/util.js"
};
static const unsigned char a397[] = {
#embed "/usr/share/novnc/core/input/vkeys.js"
};
static const unsigned char a398[] = {
#embed "/usr/share/novnc/core/input/xtscancodes.js"
};
static const unsigned char a399[] = {
#embed "/usr/share/novnc/core/rfb.js"
};
static const unsigned char a400[] = {
#embed "/usr/share/novnc/core/util/browser.js"
};
static const unsigned char a401[] = {
#embed "/usr/share/novnc/core/util/cursor.js"
};
static const unsigned char a402[] = {
#embed "/usr/share/novnc/core/util/element.js"
};
static const unsigned char a403[] = {
#embed "/usr/share/novnc/core/util/events.js"
};
static const unsigned char a404[] = {
#embed "/usr/share/novnc/core/util/eventtarget.js"
};
static const unsigned char a405[] = {
#embed "/usr/share/novnc/core/util/int.js"
};
static const unsigned char a406[] = {
#embed "/usr/share/novnc/core/util/logging.js"
};
static const unsigned char a407[] = {
#embed "/usr/share/novnc/core/util/strings.js"
};
static const unsigned char a408[] = {
#embed "/usr/share/novnc/core/websock.js"
};
static const unsigned char a409[] = {
#embed "/usr/share/novnc/vendor/pako/lib/utils/common.js"
};
static const unsigned char a410[] = {
#embed "/usr/share/novnc/vendor/pako/lib/zlib/adler32.js"
};
static const unsigned char a411[] = {
#embed "/usr/share/novnc/vendor/pako/lib/zlib/constants.js"
};
static const unsigned char a412[] = {
#embed "/usr/share/novnc/vendor/pako/lib/zlib/crc32.js"
};
static const unsigned char a413[] = {
#embed "/usr/share/novnc/vendor/pako/lib/zlib/deflate.js"
};
static const unsigned char a414[] = {
#embed "/usr/share/novnc/vendor/pako/lib/zlib/gzheader.js"
};
static const unsigned char a415[] = {
#embed "/usr/share/novnc/vendor/pako/lib/zlib/inffast.js"
};
static const unsigned char a416[] = {
#embed "/usr/share/novnc/vendor/pako/lib/zlib/inflate.js"
};
static const unsigned char a417[] = {
#embed "/usr/share/novnc/vendor/pako/lib/zlib/inftrees.js"
};
static const unsigned char a418[] = {
#embed "/usr/share/novnc/vendor/pako/lib/zlib/messages.js"
};
static const unsigned char a419[] = {
#embed "/usr/share/novnc/vendor/pako/lib/zlib/trees.js"
};
static const unsigned char a420[] = {
#embed "/usr/share/novnc/vendor/pako/lib/zlib/zstream.js"
};
static const unsigned char a421[] = {
#embed "/usr/share/javascript/xterm/xterm.css"
};
static const unsigned char a422[] = {
#embed "../Assets/words/access.js"
};
static const unsigned char a423[] = {
#embed "../Assets/words/accounts.js"
};
static const unsigned char a424[] = {
#embed "../Assets/words/announcements.js"
};
static const unsigned char a425[] = {
#embed "../Assets/words/audit.js"
};
static const unsigned char a426[] = {
#embed "../Assets/words/calendar.js"
};
static const unsigned char a427[] = {
#embed "../Assets/words/certificates.js"
};
static const unsigned char a428[] = {
#embed "../Assets/words/channels.js"
};
static const unsigned char a429[] = {
#embed "../Assets/words/chat.js"
};
static const unsigned char a430[] = {
#embed "../Assets/words/client-errors.js"
};
static const unsigned char a431[] = {
#embed "../Assets/words/compose.js"
};
static const unsigned char a432[] = {
#embed "../Assets/words/console.js"
};
static const unsigned char a433[] = {
#embed "../Assets/words/courses.js"
};
static const unsigned char a434[] = {
#embed "../Assets/words/documents.js"
};
static const unsigned char a435[] = {
#embed "../Assets/words/fields.js"
};
static const unsigned char a436[] = {
#embed "../Assets/words/forum.js"
};
static const unsigned char a437[] = {
#embed "../Assets/words/home.js"
};
static const unsigned char a438[] = {
#embed "../Assets/words/host.js"
};
static const unsigned char a439[] = {
#embed "../Assets/words/jobs.js"
};
static const unsigned char a440[] = {
#embed "../Assets/words/learning.js"
};
static const unsigned char a441[] = {
#embed "../Assets/words/load.js"
};
static const unsigned char a442[] = {
#embed "../Assets/words/machines.js"
};
static const unsigned char a443[] = {
#embed "../Assets/words/messages.js"
};
static const unsigned char a444[] = {
#embed "../Assets/words/notifications.js"
};
static const unsigned char a445[] = {
#embed "../Assets/words/people.js"
};
static const unsigned char a446[] = {
#embed "../Assets/words/quizzes.js"
};
static const unsigned char a447[] = {
#embed "../Assets/words/quotas.js"
};
static const unsigned char a448[] = {
#embed "../Assets/words/requests.js"
};
static const unsigned char a449[] = {
#embed "../Assets/words/security.js"
};
static const unsigned char a450[] = {
#embed "../Assets/words/shell.js"
};
static const unsigned char a451[] = {
#embed "../Assets/words/tables.js"
};
static const unsigned char a452[] = {
#embed "../Assets/words/trainings.js"
};
static const unsigned char terminal[] = {
40,40,41,32,61,62,32,123,32,39,117,115,101,32,115,116,114,105,99,116,39,59,32,99,111,110,115,116,32,115,111,117,114,99,101,115,32,61,32,123,10,
39,65,99,99,101,115,115,105,98,105,108,105,116,121,77,97,110,97,103,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/AccessibilityManager.js"
,
10,125,44,10,
39,66,117,102,102,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/Buffer.js"
,
10,125,44,10,
39,66,117,102,102,101,114,76,105,110,101,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/BufferLine.js"
,
10,125,44,10,
39,66,117,102,102,101,114,83,101,116,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/BufferSet.js"
,
10,125,44,10,
39,67,104,97,114,87,105,100,116,104,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/CharWidth.js"
,
10,125,44,10,
39,67,111,109,112,111,115,105,116,105,111,110,72,101,108,112,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/CompositionHelper.js"
,
10,125,44,10,
39,69,115,99,97,112,101,83,101,113,117,101,110,99,101,80,97,114,115,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/EscapeSequenceParser.js"
,
10,125,44,10,
39,73,110,112,117,116,72,97,110,100,108,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/InputHandler.js"
,
10,125,44,10,
39,76,105,110,107,105,102,105,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/Linkifier.js"
,
10,125,44,10,
39,83,101,108,101,99,116,105,111,110,77,97,110,97,103,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/SelectionManager.js"
,
10,125,44,10,
39,83,101,108,101,99,116,105,111,110,77,111,100,101,108,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/SelectionModel.js"
,
10,125,44,10,
39,83,111,117,110,100,77,97,110,97,103,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/SoundManager.js"
,
10,125,44,10,
39,83,116,114,105,110,103,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/Strings.js"
,
10,125,44,10,
39,84,101,114,109,105,110,97,108,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/Terminal.js"
,
10,125,44,10,
39,84,121,112,101,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/Types.js"
,
10,125,44,10,
39,86,105,101,119,112,111,114,116,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/Viewport.js"
,
10,125,44,10,
39,99,111,109,109,111,110,47,67,105,114,99,117,108,97,114,76,105,115,116,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/common/CircularList.js"
,
10,125,44,10,
39,99,111,109,109,111,110,47,69,118,101,110,116,69,109,105,116,116,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/common/EventEmitter.js"
,
10,125,44,10,
39,99,111,109,109,111,110,47,76,105,102,101,99,121,99,108,101,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/common/Lifecycle.js"
,
10,125,44,10,
39,99,111,109,109,111,110,47,84,121,112,101,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/common/Types.js"
,
10,125,44,10,
39,99,111,109,109,111,110,47,100,97,116,97,47,69,115,99,97,112,101,83,101,113,117,101,110,99,101,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/common/data/EscapeSequences.js"
,
10,125,44,10,
39,99,111,114,101,47,84,121,112,101,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/core/Types.js"
,
10,125,44,10,
39,99,111,114,101,47,100,97,116,97,47,67,104,97,114,115,101,116,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/core/data/Charsets.js"
,
10,125,44,10,
39,99,111,114,101,47,105,110,112,117,116,47,75,101,121,98,111,97,114,100,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/core/input/Keyboard.js"
,
10,125,44,10,
39,104,97,110,100,108,101,114,115,47,65,108,116,67,108,105,99,107,72,97,110,100,108,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/handlers/AltClickHandler.js"
,
10,125,44,10,
39,104,97,110,100,108,101,114,115,47,67,108,105,112,98,111,97,114,100,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/handlers/Clipboard.js"
,
10,125,44,10,
39,112,117,98,108,105,99,47,84,101,114,109,105,110,97,108,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/public/Terminal.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,66,97,115,101,82,101,110,100,101,114,76,97,121,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/BaseRenderLayer.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,67,104,97,114,97,99,116,101,114,74,111,105,110,101,114,82,101,103,105,115,116,114,121,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/CharacterJoinerRegistry.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,67,111,108,111,114,77,97,110,97,103,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/ColorManager.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,67,117,114,115,111,114,82,101,110,100,101,114,76,97,121,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/CursorRenderLayer.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,71,114,105,100,67,97,99,104,101,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/GridCache.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,76,105,110,107,82,101,110,100,101,114,76,97,121,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/LinkRenderLayer.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,82,101,110,100,101,114,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/Renderer.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,83,101,108,101,99,116,105,111,110,82,101,110,100,101,114,76,97,121,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/SelectionRenderLayer.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,84,101,120,116,82,101,110,100,101,114,76,97,121,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/TextRenderLayer.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,84,121,112,101,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/Types.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,97,116,108,97,115,47,66,97,115,101,67,104,97,114,65,116,108,97,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/atlas/BaseCharAtlas.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,97,116,108,97,115,47,67,104,97,114,65,116,108,97,115,67,97,99,104,101,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/atlas/CharAtlasCache.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,97,116,108,97,115,47,67,104,97,114,65,116,108,97,115,85,116,105,108,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/atlas/CharAtlasUtils.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,97,116,108,97,115,47,68,121,110,97,109,105,99,67,104,97,114,65,116,108,97,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/atlas/DynamicCharAtlas.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,97,116,108,97,115,47,76,82,85,77,97,112,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/atlas/LRUMap.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,97,116,108,97,115,47,78,111,110,101,67,104,97,114,65,116,108,97,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/atlas/NoneCharAtlas.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,97,116,108,97,115,47,83,116,97,116,105,99,67,104,97,114,65,116,108,97,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/atlas/StaticCharAtlas.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,97,116,108,97,115,47,84,121,112,101,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/atlas/Types.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,100,111,109,47,68,111,109,82,101,110,100,101,114,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/dom/DomRenderer.js"
,
10,125,44,10,
39,114,101,110,100,101,114,101,114,47,100,111,109,47,68,111,109,82,101,110,100,101,114,101,114,82,111,119,70,97,99,116,111,114,121,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/renderer/dom/DomRendererRowFactory.js"
,
10,125,44,10,
39,115,104,97,114,101,100,47,84,121,112,101,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/shared/Types.js"
,
10,125,44,10,
39,115,104,97,114,101,100,47,97,116,108,97,115,47,67,104,97,114,65,116,108,97,115,71,101,110,101,114,97,116,111,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/shared/atlas/CharAtlasGenerator.js"
,
10,125,44,10,
39,115,104,97,114,101,100,47,97,116,108,97,115,47,84,121,112,101,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/shared/atlas/Types.js"
,
10,125,44,10,
39,115,104,97,114,101,100,47,117,116,105,108,115,47,66,114,111,119,115,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/shared/utils/Browser.js"
,
10,125,44,10,
39,117,105,47,67,104,97,114,77,101,97,115,117,114,101,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/ui/CharMeasure.js"
,
10,125,44,10,
39,117,105,47,76,105,102,101,99,121,99,108,101,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/ui/Lifecycle.js"
,
10,125,44,10,
39,117,105,47,77,111,117,115,101,90,111,110,101,77,97,110,97,103,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/ui/MouseZoneManager.js"
,
10,125,44,10,
39,117,105,47,82,101,110,100,101,114,68,101,98,111,117,110,99,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/ui/RenderDebouncer.js"
,
10,125,44,10,
39,117,105,47,83,99,114,101,101,110,68,112,114,77,111,110,105,116,111,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/ui/ScreenDprMonitor.js"
,
10,125,44,10,
39,117,105,47,84,121,112,101,115,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/ui/Types.js"
,
10,125,44,10,
39,117,116,105,108,115,47,67,108,111,110,101,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/utils/Clone.js"
,
10,125,44,10,
39,117,116,105,108,115,47,77,111,117,115,101,72,101,108,112,101,114,39,58,32,102,117,110,99,116,105,111,110,32,40,114,101,113,117,105,114,101,44,32,109,111,100,117,108,101,44,32,101,120,112,111,114,116,115,41,32,123,10,
#embed "/usr/share/nodejs/xterm/lib/utils/MouseHelper.js"
,
10,125,44,10,
125,59,10,
#embed "../Vendor/modules.js"
};

static const obox_asset obox_assets[] = {
  {"app.js", a0, sizeof a0},
  {"elements/agenda-dialog.js", a1, sizeof a1},
  {"elements/announcement-card.js", a2, sizeof a2},
  {"elements/app-shell.js", a3, sizeof a3},
  {"elements/audience-field.js", a4, sizeof a4},
  {"elements/bin-dialog.js", a5, sizeof a5},
  {"elements/box-letter.js", a6, sizeof a6},
  {"elements/calendar-views.js", a7, sizeof a7},
  {"elements/category-dialog.js", a8, sizeof a8},
  {"elements/certificate-parts.js", a9, sizeof a9},
  {"elements/channel-browse.js", a10, sizeof a10},
  {"elements/channel-delete.js", a11, sizeof a11},
  {"elements/channel-dialog.js", a12, sizeof a12},
  {"elements/channel-head.js", a13, sizeof a13},
  {"elements/channel-list.js", a14, sizeof a14},
  {"elements/channel-people.js", a15, sizeof a15},
  {"elements/channel-pins.js", a16, sizeof a16},
  {"elements/channel-sign.js", a17, sizeof a17},
  {"elements/chat-composer.js", a18, sizeof a18},
  {"elements/chat-message.js", a19, sizeof a19},
  {"elements/chat-search.js", a20, sizeof a20},
  {"elements/chat-thread.js", a21, sizeof a21},
  {"elements/combobox.js", a22, sizeof a22},
  {"elements/composer-choices.js", a23, sizeof a23},
  {"elements/composer-closed.js", a24, sizeof a24},
  {"elements/composer-files.js", a25, sizeof a25},
  {"elements/composer-notes.js", a26, sizeof a26},
  {"elements/composer-view.js", a27, sizeof a27},
  {"elements/confirm-dialog.js", a28, sizeof a28},
  {"elements/connect-card.js", a29, sizeof a29},
  {"elements/connection-note.js", a30, sizeof a30},
  {"elements/console-view.js", a31, sizeof a31},
  {"elements/copy-field.js", a32, sizeof a32},
  {"elements/course-card.js", a33, sizeof a33},
  {"elements/course-import.js", a34, sizeof a34},
  {"elements/create-dialog.js", a35, sizeof a35},
  {"elements/dialog-parts.js", a36, sizeof a36},
  {"elements/document-marks.js", a37, sizeof a37},
  {"elements/document-preview.js", a38, sizeof a38},
  {"elements/document-versions.js", a39, sizeof a39},
  {"elements/emoji-picker.js", a40, sizeof a40},
  {"elements/empty-state.js", a41, sizeof a41},
  {"elements/event-dialog.js", a42, sizeof a42},
  {"elements/event-fields.js", a43, sizeof a43},
  {"elements/event-form.js", a44, sizeof a44},
  {"elements/feed-dialog.js", a45, sizeof a45},
  {"elements/file-clips.js", a46, sizeof a46},
  {"elements/file-field.js", a47, sizeof a47},
  {"elements/file-list.js", a48, sizeof a48},
  {"elements/files-field.js", a49, sizeof a49},
  {"elements/first-steps.js", a50, sizeof a50},
  {"elements/form-field.js", a51, sizeof a51},
  {"elements/forum-composer.js", a52, sizeof a52},
  {"elements/forum-editor.js", a53, sizeof a53},
  {"elements/forum-history.js", a54, sizeof a54},
  {"elements/forum-mails.js", a55, sizeof a55},
  {"elements/forum-merge-dialog.js", a56, sizeof a56},
  {"elements/forum-post.js", a57, sizeof a57},
  {"elements/forum-signs.js", a58, sizeof a58},
  {"elements/forum-similar.js", a59, sizeof a59},
  {"elements/forum-split-dialog.js", a60, sizeof a60},
  {"elements/forum-topic-actions.js", a61, sizeof a61},
  {"elements/forum-topic-dialog.js", a62, sizeof a62},
  {"elements/forum-topics.js", a63, sizeof a63},
  {"elements/found-head.js", a64, sizeof a64},
  {"elements/import-dialog.js", a65, sizeof a65},
  {"elements/job-progress.js", a66, sizeof a66},
  {"elements/key-sheet.js", a67, sizeof a67},
  {"elements/learner-row.js", a68, sizeof a68},
  {"elements/lesson-list.js", a69, sizeof a69},
  {"elements/lesson-text.js", a70, sizeof a70},
  {"elements/link-dialog.js", a71, sizeof a71},
  {"elements/live-region.js", a72, sizeof a72},
  {"elements/load-gauge.js", a73, sizeof a73},
  {"elements/load-graph.js", a74, sizeof a74},
  {"elements/loadable.js", a75, sizeof a75},
  {"elements/machine-line.js", a76, sizeof a76},
  {"elements/machine-load.js", a77, sizeof a77},
  {"elements/machine-row.js", a78, sizeof a78},
  {"elements/machine-screen.js", a79, sizeof a79},
  {"elements/markdown-field.js", a80, sizeof a80},
  {"elements/message-actions.js", a81, sizeof a81},
  {"elements/message-composer.js", a82, sizeof a82},
  {"elements/message-files.js", a83, sizeof a83},
  {"elements/message-list.js", a84, sizeof a84},
  {"elements/message-view.js", a85, sizeof a85},
  {"elements/notices.js", a86, sizeof a86},
  {"elements/notification-bell.js", a87, sizeof a87},
  {"elements/notification-preferences.js", a88, sizeof a88},
  {"elements/notification-rows.js", a89, sizeof a89},
  {"elements/open-course.js", a90, sizeof a90},
  {"elements/password-card.js", a91, sizeof a91},
  {"elements/pending-version.js", a92, sizeof a92},
  {"elements/people-picker.js", a93, sizeof a93},
  {"elements/person-card.js", a94, sizeof a94},
  {"elements/person-dialog.js", a95, sizeof a95},
  {"elements/person-form.js", a96, sizeof a96},
  {"elements/picture-viewer.js", a97, sizeof a97},
  {"elements/plan-picture.js", a98, sizeof a98},
  {"elements/preference-switch.js", a99, sizeof a99},
  {"elements/presence-list.js", a100, sizeof a100},
  {"elements/profile-form.js", a101, sizeof a101},
  {"elements/profile-picture.js", a102, sizeof a102},
  {"elements/quick-switcher.js", a103, sizeof a103},
  {"elements/quiz-files.js", a104, sizeof a104},
  {"elements/quiz-import.js", a105, sizeof a105},
  {"elements/quiz-list.js", a106, sizeof a106},
  {"elements/quiz-question-form.js", a107, sizeof a107},
  {"elements/quiz-question.js", a108, sizeof a108},
  {"elements/quiz-settings.js", a109, sizeof a109},
  {"elements/quiz-sitting.js", a110, sizeof a110},
  {"elements/quota-card.js", a111, sizeof a111},
  {"elements/quota-form.js", a112, sizeof a112},
  {"elements/read-confirm.js", a113, sizeof a113},
  {"elements/read-report.js", a114, sizeof a114},
  {"elements/reason-dialog.js", a115, sizeof a115},
  {"elements/recovery-codes.js", a116, sizeof a116},
  {"elements/request-board.js", a117, sizeof a117},
  {"elements/request-comments.js", a118, sizeof a118},
  {"elements/request-dialog.js", a119, sizeof a119},
  {"elements/request-signs.js", a120, sizeof a120},
  {"elements/rich-text.js", a121, sizeof a121},
  {"elements/rights-card.js", a122, sizeof a122},
  {"elements/row-comments.js", a123, sizeof a123},
  {"elements/section-tabs.js", a124, sizeof a124},
  {"elements/sessions-card.js", a125, sizeof a125},
  {"elements/side-bar.js", a126, sizeof a126},
  {"elements/status-badge.js", a127, sizeof a127},
  {"elements/table-dialog.js", a128, sizeof a128},
  {"elements/takeover-dialog.js", a129, sizeof a129},
  {"elements/text-tabs.js", a130, sizeof a130},
  {"elements/time-ago.js", a131, sizeof a131},
  {"elements/toast-list.js", a132, sizeof a132},
  {"elements/tokens-card.js", a133, sizeof a133},
  {"elements/topic-picker.js", a134, sizeof a134},
  {"elements/training-part.js", a135, sizeof a135},
  {"elements/training-people.js", a136, sizeof a136},
  {"elements/training-report.js", a137, sizeof a137},
  {"elements/training-row.js", a138, sizeof a138},
  {"elements/two-step-card.js", a139, sizeof a139},
  {"elements/typing-line.js", a140, sizeof a140},
  {"elements/version-dialog.js", a141, sizeof a141},
  {"fields/audience.js", a142, sizeof a142},
  {"fields/choice.js", a143, sizeof a143},
  {"fields/choices.js", a144, sizeof a144},
  {"fields/color.js", a145, sizeof a145},
  {"fields/file.js", a146, sizeof a146},
  {"fields/files.js", a147, sizeof a147},
  {"fields/flag.js", a148, sizeof a148},
  {"fields/kinds.js", a149, sizeof a149},
  {"fields/lines.js", a150, sizeof a150},
  {"fields/markdown.js", a151, sizeof a151},
  {"fields/number.js", a152, sizeof a152},
  {"fields/object.js", a153, sizeof a153},
  {"fields/reference.js", a154, sizeof a154},
  {"fields/references.js", a155, sizeof a155},
  {"fields/tags.js", a156, sizeof a156},
  {"fields/text.js", a157, sizeof a157},
  {"fields/time.js", a158, sizeof a158},
  {"index.html", a159, sizeof a159},
  {"lib/announcements.js", a160, sizeof a160},
  {"lib/announcer.js", a161, sizeof a161},
  {"lib/api.js", a162, sizeof a162},
  {"lib/audit-notes.js", a163, sizeof a163},
  {"lib/autocomplete-menu.js", a164, sizeof a164},
  {"lib/autocomplete.js", a165, sizeof a165},
  {"lib/calendar.js", a166, sizeof a166},
  {"lib/certificates.js", a167, sizeof a167},
  {"lib/channel-actions.js", a168, sizeof a168},
  {"lib/channel-rights.js", a169, sizeof a169},
  {"lib/chat-panel.js", a170, sizeof a170},
  {"lib/chat-people.js", a171, sizeof a171},
  {"lib/chat/actions.js", a172, sizeof a172},
  {"lib/chat/arrivals.js", a173, sizeof a173},
  {"lib/chat/channels.js", a174, sizeof a174},
  {"lib/chat/composer-state.js", a175, sizeof a175},
  {"lib/chat/frames.js", a176, sizeof a176},
  {"lib/chat/history.js", a177, sizeof a177},
  {"lib/chat/ids.js", a178, sizeof a178},
  {"lib/chat/incoming.js", a179, sizeof a179},
  {"lib/chat/inline.js", a180, sizeof a180},
  {"lib/chat/keyboard.js", a181, sizeof a181},
  {"lib/chat/local-storage.js", a182, sizeof a182},
  {"lib/chat/markdown.js", a183, sizeof a183},
  {"lib/chat/markup.js", a184, sizeof a184},
  {"lib/chat/mentions.js", a185, sizeof a185},
  {"lib/chat/message-actions.js", a186, sizeof a186},
  {"lib/chat/message-keys.js", a187, sizeof a187},
  {"lib/chat/message-menu.js", a188, sizeof a188},
  {"lib/chat/message-window.js", a189, sizeof a189},
  {"lib/chat/names.js", a190, sizeof a190},
  {"lib/chat/opening.js", a191, sizeof a191},
  {"lib/chat/outbox.js", a192, sizeof a192},
  {"lib/chat/outgoing.js", a193, sizeof a193},
  {"lib/chat/row-nodes.js", a194, sizeof a194},
  {"lib/chat/rows.js", a195, sizeof a195},
  {"lib/chat/scrolling.js", a196, sizeof a196},
  {"lib/chat/sending.js", a197, sizeof a197},
  {"lib/chat/store.js", a198, sizeof a198},
  {"lib/chat/threads.js", a199, sizeof a199},
  {"lib/chat/times.js", a200, sizeof a200},
  {"lib/composer.js", a201, sizeof a201},
  {"lib/console.js", a202, sizeof a202},
  {"lib/course-renewal.js", a203, sizeof a203},
  {"lib/courses.js", a204, sizeof a204},
  {"lib/dialogs.js", a205, sizeof a205},
  {"lib/documents.js", a206, sizeof a206},
  {"lib/download.js", a207, sizeof a207},
  {"lib/drafts.js", a208, sizeof a208},
  {"lib/drop-zone.js", a209, sizeof a209},
  {"lib/edit-drafts.js", a210, sizeof a210},
  {"lib/element.js", a211, sizeof a211},
  {"lib/emoji-list.js", a212, sizeof a212},
  {"lib/emoji.js", a213, sizeof a213},
  {"lib/form.js", a214, sizeof a214},
  {"lib/format.js", a215, sizeof a215},
  {"lib/forum.js", a216, sizeof a216},
  {"lib/graph.js", a217, sizeof a217},
  {"lib/host.js", a218, sizeof a218},
  {"lib/html.js", a219, sizeof a219},
  {"lib/i18n.js", a220, sizeof a220},
  {"lib/icons.js", a221, sizeof a221},
  {"lib/invisible.js", a222, sizeof a222},
  {"lib/kept-edit.js", a223, sizeof a223},
  {"lib/learning.js", a224, sizeof a224},
  {"lib/lesson-visit.js", a225, sizeof a225},
  {"lib/live.js", a226, sizeof a226},
  {"lib/loader.js", a227, sizeof a227},
  {"lib/machine-actions.js", a228, sizeof a228},
  {"lib/machines.js", a229, sizeof a229},
  {"lib/marked.js", a230, sizeof a230},
  {"lib/mentions.js", a231, sizeof a231},
  {"lib/menu.js", a232, sizeof a232},
  {"lib/message-seeds.js", a233, sizeof a233},
  {"lib/morph.js", a234, sizeof a234},
  {"lib/navigation.js", a235, sizeof a235},
  {"lib/notification-signs.js", a236, sizeof a236},
  {"lib/notifications.js", a237, sizeof a237},
  {"lib/paged.js", a238, sizeof a238},
  {"lib/panel-element.js", a239, sizeof a239},
  {"lib/people.js", a240, sizeof a240},
  {"lib/pictures.js", a241, sizeof a241},
  {"lib/presence.js", a242, sizeof a242},
  {"lib/quiz-drafts.js", a243, sizeof a243},
  {"lib/quiz-saving.js", a244, sizeof a244},
  {"lib/quiz.js", a245, sizeof a245},
  {"lib/quota.js", a246, sizeof a246},
  {"lib/requests.js", a247, sizeof a247},
  {"lib/rich-text.js", a248, sizeof a248},
  {"lib/router.js", a249, sizeof a249},
  {"lib/scripts.js", a250, sizeof a250},
  {"lib/session.js", a251, sizeof a251},
  {"lib/shortcuts.js", a252, sizeof a252},
  {"lib/singleton.js", a253, sizeof a253},
  {"lib/socket.js", a254, sizeof a254},
  {"lib/steps.js", a255, sizeof a255},
  {"lib/store.js", a256, sizeof a256},
  {"lib/tables.js", a257, sizeof a257},
  {"lib/tabs/board.js", a258, sizeof a258},
  {"lib/tabs/broadcast.js", a259, sizeof a259},
  {"lib/tabs/by-leader.js", a260, sizeof a260},
  {"lib/tabs/by-worker.js", a261, sizeof a261},
  {"lib/tabs/carriers.js", a262, sizeof a262},
  {"lib/tabs/channel-joins.js", a263, sizeof a263},
  {"lib/tabs/line.js", a264, sizeof a264},
  {"lib/tabs/switchboard.js", a265, sizeof a265},
  {"lib/tabs/tab-locks.js", a266, sizeof a266},
  {"lib/tabs/watch.js", a267, sizeof a267},
  {"lib/text-box.js", a268, sizeof a268},
  {"lib/toast.js", a269, sizeof a269},
  {"lib/training-rights.js", a270, sizeof a270},
  {"lib/trainings.js", a271, sizeof a271},
  {"lib/uploads.js", a272, sizeof a272},
  {"lib/validation.js", a273, sizeof a273},
  {"live-worker.js", a274, sizeof a274},
  {"logo-unread.svg", a275, sizeof a275},
  {"logo.svg", a276, sizeof a276},
  {"pages/announcement.js", a277, sizeof a277},
  {"pages/announcements.js", a278, sizeof a278},
  {"pages/audit.js", a279, sizeof a279},
  {"pages/calendar.js", a280, sizeof a280},
  {"pages/categories.js", a281, sizeof a281},
  {"pages/certificates.js", a282, sizeof a282},
  {"pages/chat.js", a283, sizeof a283},
  {"pages/client-errors.js", a284, sizeof a284},
  {"pages/console.js", a285, sizeof a285},
  {"pages/course-learners.js", a286, sizeof a286},
  {"pages/course.js", a287, sizeof a287},
  {"pages/courses.js", a288, sizeof a288},
  {"pages/directory.js", a289, sizeof a289},
  {"pages/document.js", a290, sizeof a290},
  {"pages/documents.js", a291, sizeof a291},
  {"pages/forgotten-password.js", a292, sizeof a292},
  {"pages/forum-category.js", a293, sizeof a293},
  {"pages/forum-moderation.js", a294, sizeof a294},
  {"pages/forum-post.js", a295, sizeof a295},
  {"pages/forum-topic.js", a296, sizeof a296},
  {"pages/forum.js", a297, sizeof a297},
  {"pages/gate.js", a298, sizeof a298},
  {"pages/home.js", a299, sizeof a299},
  {"pages/host.js", a300, sizeof a300},
  {"pages/learn-analytics.js", a301, sizeof a301},
  {"pages/learn.js", a302, sizeof a302},
  {"pages/lesson.js", a303, sizeof a303},
  {"pages/links.js", a304, sizeof a304},
  {"pages/machine.js", a305, sizeof a305},
  {"pages/machines.js", a306, sizeof a306},
  {"pages/mailbox.js", a307, sizeof a307},
  {"pages/media.js", a308, sizeof a308},
  {"pages/messages.js", a309, sizeof a309},
  {"pages/not-found.js", a310, sizeof a310},
  {"pages/notifications.js", a311, sizeof a311},
  {"pages/people.js", a312, sizeof a312},
  {"pages/person.js", a313, sizeof a313},
  {"pages/profile.js", a314, sizeof a314},
  {"pages/public.js", a315, sizeof a315},
  {"pages/quiz-attempt.js", a316, sizeof a316},
  {"pages/quiz-editor.js", a317, sizeof a317},
  {"pages/quiz-results.js", a318, sizeof a318},
  {"pages/quiz.js", a319, sizeof a319},
  {"pages/quotas.js", a320, sizeof a320},
  {"pages/register.js", a321, sizeof a321},
  {"pages/request.js", a322, sizeof a322},
  {"pages/requests.js", a323, sizeof a323},
  {"pages/reset-password.js", a324, sizeof a324},
  {"pages/security.js", a325, sizeof a325},
  {"pages/set-up.js", a326, sizeof a326},
  {"pages/settings.js", a327, sizeof a327},
  {"pages/sign-in.js", a328, sizeof a328},
  {"pages/table.js", a329, sizeof a329},
  {"pages/teach.js", a330, sizeof a330},
  {"pages/track-request.js", a331, sizeof a331},
  {"pages/training.js", a332, sizeof a332},
  {"pages/trainings.js", a333, sizeof a333},
  {"pages/verify-certificate.js", a334, sizeof a334},
  {"pages/verify-email.js", a335, sizeof a335},
  {"start.js", a336, sizeof a336},
  {"styles/accounts.css", a337, sizeof a337},
  {"styles/announcements.css", a338, sizeof a338},
  {"styles/base.css", a339, sizeof a339},
  {"styles/calendar.css", a340, sizeof a340},
  {"styles/cards.css", a341, sizeof a341},
  {"styles/certificates.css", a342, sizeof a342},
  {"styles/channels.css", a343, sizeof a343},
  {"styles/chat-message.css", a344, sizeof a344},
  {"styles/chat.css", a345, sizeof a345},
  {"styles/compose.css", a346, sizeof a346},
  {"styles/console.css", a347, sizeof a347},
  {"styles/controls.css", a348, sizeof a348},
  {"styles/courses.css", a349, sizeof a349},
  {"styles/create.css", a350, sizeof a350},
  {"styles/dialogs.css", a351, sizeof a351},
  {"styles/documents.css", a352, sizeof a352},
  {"styles/fields.css", a353, sizeof a353},
  {"styles/forum.css", a354, sizeof a354},
  {"styles/gate.css", a355, sizeof a355},
  {"styles/home.css", a356, sizeof a356},
  {"styles/host.css", a357, sizeof a357},
  {"styles/layers.css", a358, sizeof a358},
  {"styles/learn.css", a359, sizeof a359},
  {"styles/load.css", a360, sizeof a360},
  {"styles/machine.css", a361, sizeof a361},
  {"styles/machines.css", a362, sizeof a362},
  {"styles/mailbox.css", a363, sizeof a363},
  {"styles/messages.css", a364, sizeof a364},
  {"styles/notifications.css", a365, sizeof a365},
  {"styles/panels.css", a366, sizeof a366},
  {"styles/people.css", a367, sizeof a367},
  {"styles/pickers.css", a368, sizeof a368},
  {"styles/presence.css", a369, sizeof a369},
  {"styles/progress.css", a370, sizeof a370},
  {"styles/quizzes.css", a371, sizeof a371},
  {"styles/quotas.css", a372, sizeof a372},
  {"styles/requests.css", a373, sizeof a373},
  {"styles/shell.css", a374, sizeof a374},
  {"styles/status.css", a375, sizeof a375},
  {"styles/tokens.css", a376, sizeof a376},
  {"vendor/novnc.js", a377, sizeof a377},
  {"vendor/novnc/core/base64.js", a378, sizeof a378},
  {"vendor/novnc/core/decoders/copyrect.js", a379, sizeof a379},
  {"vendor/novnc/core/decoders/hextile.js", a380, sizeof a380},
  {"vendor/novnc/core/decoders/raw.js", a381, sizeof a381},
  {"vendor/novnc/core/decoders/rre.js", a382, sizeof a382},
  {"vendor/novnc/core/decoders/tight.js", a383, sizeof a383},
  {"vendor/novnc/core/decoders/tightpng.js", a384, sizeof a384},
  {"vendor/novnc/core/deflator.js", a385, sizeof a385},
  {"vendor/novnc/core/des.js", a386, sizeof a386},
  {"vendor/novnc/core/display.js", a387, sizeof a387},
  {"vendor/novnc/core/encodings.js", a388, sizeof a388},
  {"vendor/novnc/core/inflator.js", a389, sizeof a389},
  {"vendor/novnc/core/input/domkeytable.js", a390, sizeof a390},
  {"vendor/novnc/core/input/fixedkeys.js", a391, sizeof a391},
  {"vendor/novnc/core/input/gesturehandler.js", a392, sizeof a392},
  {"vendor/novnc/core/input/keyboard.js", a393, sizeof a393},
  {"vendor/novnc/core/input/keysym.js", a394, sizeof a394},
  {"vendor/novnc/core/input/keysymdef.js", a395, sizeof a395},
  {"vendor/novnc/core/input/util.js", a396, sizeof a396},
  {"vendor/novnc/core/input/vkeys.js", a397, sizeof a397},
  {"vendor/novnc/core/input/xtscancodes.js", a398, sizeof a398},
  {"vendor/novnc/core/rfb.js", a399, sizeof a399},
  {"vendor/novnc/core/util/browser.js", a400, sizeof a400},
  {"vendor/novnc/core/util/cursor.js", a401, sizeof a401},
  {"vendor/novnc/core/util/element.js", a402, sizeof a402},
  {"vendor/novnc/core/util/events.js", a403, sizeof a403},
  {"vendor/novnc/core/util/eventtarget.js", a404, sizeof a404},
  {"vendor/novnc/core/util/int.js", a405, sizeof a405},
  {"vendor/novnc/core/util/logging.js", a406, sizeof a406},
  {"vendor/novnc/core/util/strings.js", a407, sizeof a407},
  {"vendor/novnc/core/websock.js", a408, sizeof a408},
  {"vendor/novnc/vendor/pako/lib/utils/common.js", a409, sizeof a409},
  {"vendor/novnc/vendor/pako/lib/zlib/adler32.js", a410, sizeof a410},
  {"vendor/novnc/vendor/pako/lib/zlib/constants.js", a411, sizeof a411},
  {"vendor/novnc/vendor/pako/lib/zlib/crc32.js", a412, sizeof a412},
  {"vendor/novnc/vendor/pako/lib/zlib/deflate.js", a413, sizeof a413},
  {"vendor/novnc/vendor/pako/lib/zlib/gzheader.js", a414, sizeof a414},
  {"vendor/novnc/vendor/pako/lib/zlib/inffast.js", a415, sizeof a415},
  {"vendor/novnc/vendor/pako/lib/zlib/inflate.js", a416, sizeof a416},
  {"vendor/novnc/vendor/pako/lib/zlib/inftrees.js", a417, sizeof a417},
  {"vendor/novnc/vendor/pako/lib/zlib/messages.js", a418, sizeof a418},
  {"vendor/novnc/vendor/pako/lib/zlib/trees.js", a419, sizeof a419},
  {"vendor/novnc/vendor/pako/lib/zlib/zstream.js", a420, sizeof a420},
  {"vendor/xterm/xterm.css", a421, sizeof a421},
  {"words/access.js", a422, sizeof a422},
  {"words/accounts.js", a423, sizeof a423},
  {"words/announcements.js", a424, sizeof a424},
  {"words/audit.js", a425, sizeof a425},
  {"words/calendar.js", a426, sizeof a426},
  {"words/certificates.js", a427, sizeof a427},
  {"words/channels.js", a428, sizeof a428},
  {"words/chat.js", a429, sizeof a429},
  {"words/client-errors.js", a430, sizeof a430},
  {"words/compose.js", a431, sizeof a431},
  {"words/console.js", a432, sizeof a432},
  {"words/courses.js", a433, sizeof a433},
  {"words/documents.js", a434, sizeof a434},
  {"words/fields.js", a435, sizeof a435},
  {"words/forum.js", a436, sizeof a436},
  {"words/home.js", a437, sizeof a437},
  {"words/host.js", a438, sizeof a438},
  {"words/jobs.js", a439, sizeof a439},
  {"words/learning.js", a440, sizeof a440},
  {"words/load.js", a441, sizeof a441},
  {"words/machines.js", a442, sizeof a442},
  {"words/messages.js", a443, sizeof a443},
  {"words/notifications.js", a444, sizeof a444},
  {"words/people.js", a445, sizeof a445},
  {"words/quizzes.js", a446, sizeof a446},
  {"words/quotas.js", a447, sizeof a447},
  {"words/requests.js", a448, sizeof a448},
  {"words/security.js", a449, sizeof a449},
  {"words/shell.js", a450, sizeof a450},
  {"words/tables.js", a451, sizeof a451},
  {"words/trainings.js", a452, sizeof a452},
  {"vendor/xterm/xterm.js", terminal, sizeof terminal},
};

const int obox_asset_count = sizeof obox_assets / sizeof obox_assets[0];

const obox_asset *obox_asset_at(int index) {
  return index >= 0 && index < obox_asset_count ? &obox_assets[index] : 0;
}
