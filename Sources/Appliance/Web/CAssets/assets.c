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
#embed "../Assets/elements/copy-field.js"
};
static const unsigned char a32[] = {
#embed "../Assets/elements/course-card.js"
};
static const unsigned char a33[] = {
#embed "../Assets/elements/course-import.js"
};
static const unsigned char a34[] = {
#embed "../Assets/elements/create-dialog.js"
};
static const unsigned char a35[] = {
#embed "../Assets/elements/dialog-parts.js"
};
static const unsigned char a36[] = {
#embed "../Assets/elements/document-marks.js"
};
static const unsigned char a37[] = {
#embed "../Assets/elements/document-preview.js"
};
static const unsigned char a38[] = {
#embed "../Assets/elements/document-versions.js"
};
static const unsigned char a39[] = {
#embed "../Assets/elements/emoji-picker.js"
};
static const unsigned char a40[] = {
#embed "../Assets/elements/empty-state.js"
};
static const unsigned char a41[] = {
#embed "../Assets/elements/event-dialog.js"
};
static const unsigned char a42[] = {
#embed "../Assets/elements/event-fields.js"
};
static const unsigned char a43[] = {
#embed "../Assets/elements/event-form.js"
};
static const unsigned char a44[] = {
#embed "../Assets/elements/feed-dialog.js"
};
static const unsigned char a45[] = {
#embed "../Assets/elements/file-clips.js"
};
static const unsigned char a46[] = {
#embed "../Assets/elements/file-field.js"
};
static const unsigned char a47[] = {
#embed "../Assets/elements/file-list.js"
};
static const unsigned char a48[] = {
#embed "../Assets/elements/files-field.js"
};
static const unsigned char a49[] = {
#embed "../Assets/elements/first-steps.js"
};
static const unsigned char a50[] = {
#embed "../Assets/elements/form-field.js"
};
static const unsigned char a51[] = {
#embed "../Assets/elements/forum-composer.js"
};
static const unsigned char a52[] = {
#embed "../Assets/elements/forum-editor.js"
};
static const unsigned char a53[] = {
#embed "../Assets/elements/forum-history.js"
};
static const unsigned char a54[] = {
#embed "../Assets/elements/forum-mails.js"
};
static const unsigned char a55[] = {
#embed "../Assets/elements/forum-merge-dialog.js"
};
static const unsigned char a56[] = {
#embed "../Assets/elements/forum-post.js"
};
static const unsigned char a57[] = {
#embed "../Assets/elements/forum-signs.js"
};
static const unsigned char a58[] = {
#embed "../Assets/elements/forum-similar.js"
};
static const unsigned char a59[] = {
#embed "../Assets/elements/forum-split-dialog.js"
};
static const unsigned char a60[] = {
#embed "../Assets/elements/forum-topic-actions.js"
};
static const unsigned char a61[] = {
#embed "../Assets/elements/forum-topic-dialog.js"
};
static const unsigned char a62[] = {
#embed "../Assets/elements/forum-topics.js"
};
static const unsigned char a63[] = {
#embed "../Assets/elements/found-head.js"
};
static const unsigned char a64[] = {
#embed "../Assets/elements/import-dialog.js"
};
static const unsigned char a65[] = {
#embed "../Assets/elements/job-progress.js"
};
static const unsigned char a66[] = {
#embed "../Assets/elements/key-sheet.js"
};
static const unsigned char a67[] = {
#embed "../Assets/elements/learner-row.js"
};
static const unsigned char a68[] = {
#embed "../Assets/elements/lesson-list.js"
};
static const unsigned char a69[] = {
#embed "../Assets/elements/lesson-text.js"
};
static const unsigned char a70[] = {
#embed "../Assets/elements/link-dialog.js"
};
static const unsigned char a71[] = {
#embed "../Assets/elements/live-region.js"
};
static const unsigned char a72[] = {
#embed "../Assets/elements/load-gauge.js"
};
static const unsigned char a73[] = {
#embed "../Assets/elements/load-graph.js"
};
static const unsigned char a74[] = {
#embed "../Assets/elements/loadable.js"
};
static const unsigned char a75[] = {
#embed "../Assets/elements/machine-load.js"
};
static const unsigned char a76[] = {
#embed "../Assets/elements/machine-row.js"
};
static const unsigned char a77[] = {
#embed "../Assets/elements/markdown-field.js"
};
static const unsigned char a78[] = {
#embed "../Assets/elements/message-actions.js"
};
static const unsigned char a79[] = {
#embed "../Assets/elements/message-composer.js"
};
static const unsigned char a80[] = {
#embed "../Assets/elements/message-files.js"
};
static const unsigned char a81[] = {
#embed "../Assets/elements/message-list.js"
};
static const unsigned char a82[] = {
#embed "../Assets/elements/message-view.js"
};
static const unsigned char a83[] = {
#embed "../Assets/elements/notices.js"
};
static const unsigned char a84[] = {
#embed "../Assets/elements/notification-bell.js"
};
static const unsigned char a85[] = {
#embed "../Assets/elements/notification-preferences.js"
};
static const unsigned char a86[] = {
#embed "../Assets/elements/notification-rows.js"
};
static const unsigned char a87[] = {
#embed "../Assets/elements/open-course.js"
};
static const unsigned char a88[] = {
#embed "../Assets/elements/password-card.js"
};
static const unsigned char a89[] = {
#embed "../Assets/elements/pending-version.js"
};
static const unsigned char a90[] = {
#embed "../Assets/elements/people-picker.js"
};
static const unsigned char a91[] = {
#embed "../Assets/elements/person-card.js"
};
static const unsigned char a92[] = {
#embed "../Assets/elements/person-dialog.js"
};
static const unsigned char a93[] = {
#embed "../Assets/elements/person-form.js"
};
static const unsigned char a94[] = {
#embed "../Assets/elements/picture-viewer.js"
};
static const unsigned char a95[] = {
#embed "../Assets/elements/plan-picture.js"
};
static const unsigned char a96[] = {
#embed "../Assets/elements/preference-switch.js"
};
static const unsigned char a97[] = {
#embed "../Assets/elements/presence-list.js"
};
static const unsigned char a98[] = {
#embed "../Assets/elements/profile-form.js"
};
static const unsigned char a99[] = {
#embed "../Assets/elements/profile-picture.js"
};
static const unsigned char a100[] = {
#embed "../Assets/elements/quick-switcher.js"
};
static const unsigned char a101[] = {
#embed "../Assets/elements/quiz-files.js"
};
static const unsigned char a102[] = {
#embed "../Assets/elements/quiz-import.js"
};
static const unsigned char a103[] = {
#embed "../Assets/elements/quiz-list.js"
};
static const unsigned char a104[] = {
#embed "../Assets/elements/quiz-question-form.js"
};
static const unsigned char a105[] = {
#embed "../Assets/elements/quiz-question.js"
};
static const unsigned char a106[] = {
#embed "../Assets/elements/quiz-settings.js"
};
static const unsigned char a107[] = {
#embed "../Assets/elements/quiz-sitting.js"
};
static const unsigned char a108[] = {
#embed "../Assets/elements/quota-card.js"
};
static const unsigned char a109[] = {
#embed "../Assets/elements/quota-form.js"
};
static const unsigned char a110[] = {
#embed "../Assets/elements/read-confirm.js"
};
static const unsigned char a111[] = {
#embed "../Assets/elements/read-report.js"
};
static const unsigned char a112[] = {
#embed "../Assets/elements/reason-dialog.js"
};
static const unsigned char a113[] = {
#embed "../Assets/elements/recovery-codes.js"
};
static const unsigned char a114[] = {
#embed "../Assets/elements/request-board.js"
};
static const unsigned char a115[] = {
#embed "../Assets/elements/request-comments.js"
};
static const unsigned char a116[] = {
#embed "../Assets/elements/request-dialog.js"
};
static const unsigned char a117[] = {
#embed "../Assets/elements/request-signs.js"
};
static const unsigned char a118[] = {
#embed "../Assets/elements/rich-text.js"
};
static const unsigned char a119[] = {
#embed "../Assets/elements/rights-card.js"
};
static const unsigned char a120[] = {
#embed "../Assets/elements/row-comments.js"
};
static const unsigned char a121[] = {
#embed "../Assets/elements/section-tabs.js"
};
static const unsigned char a122[] = {
#embed "../Assets/elements/sessions-card.js"
};
static const unsigned char a123[] = {
#embed "../Assets/elements/side-bar.js"
};
static const unsigned char a124[] = {
#embed "../Assets/elements/status-badge.js"
};
static const unsigned char a125[] = {
#embed "../Assets/elements/table-dialog.js"
};
static const unsigned char a126[] = {
#embed "../Assets/elements/takeover-dialog.js"
};
static const unsigned char a127[] = {
#embed "../Assets/elements/text-tabs.js"
};
static const unsigned char a128[] = {
#embed "../Assets/elements/time-ago.js"
};
static const unsigned char a129[] = {
#embed "../Assets/elements/toast-list.js"
};
static const unsigned char a130[] = {
#embed "../Assets/elements/tokens-card.js"
};
static const unsigned char a131[] = {
#embed "../Assets/elements/topic-picker.js"
};
static const unsigned char a132[] = {
#embed "../Assets/elements/training-part.js"
};
static const unsigned char a133[] = {
#embed "../Assets/elements/training-people.js"
};
static const unsigned char a134[] = {
#embed "../Assets/elements/training-report.js"
};
static const unsigned char a135[] = {
#embed "../Assets/elements/training-row.js"
};
static const unsigned char a136[] = {
#embed "../Assets/elements/two-step-card.js"
};
static const unsigned char a137[] = {
#embed "../Assets/elements/typing-line.js"
};
static const unsigned char a138[] = {
#embed "../Assets/elements/version-dialog.js"
};
static const unsigned char a139[] = {
#embed "../Assets/fields/audience.js"
};
static const unsigned char a140[] = {
#embed "../Assets/fields/choice.js"
};
static const unsigned char a141[] = {
#embed "../Assets/fields/choices.js"
};
static const unsigned char a142[] = {
#embed "../Assets/fields/color.js"
};
static const unsigned char a143[] = {
#embed "../Assets/fields/file.js"
};
static const unsigned char a144[] = {
#embed "../Assets/fields/files.js"
};
static const unsigned char a145[] = {
#embed "../Assets/fields/flag.js"
};
static const unsigned char a146[] = {
#embed "../Assets/fields/kinds.js"
};
static const unsigned char a147[] = {
#embed "../Assets/fields/lines.js"
};
static const unsigned char a148[] = {
#embed "../Assets/fields/markdown.js"
};
static const unsigned char a149[] = {
#embed "../Assets/fields/number.js"
};
static const unsigned char a150[] = {
#embed "../Assets/fields/object.js"
};
static const unsigned char a151[] = {
#embed "../Assets/fields/reference.js"
};
static const unsigned char a152[] = {
#embed "../Assets/fields/references.js"
};
static const unsigned char a153[] = {
#embed "../Assets/fields/tags.js"
};
static const unsigned char a154[] = {
#embed "../Assets/fields/text.js"
};
static const unsigned char a155[] = {
#embed "../Assets/fields/time.js"
};
static const unsigned char a156[] = {
#embed "../Assets/index.html"
};
static const unsigned char a157[] = {
#embed "../Assets/lib/announcements.js"
};
static const unsigned char a158[] = {
#embed "../Assets/lib/announcer.js"
};
static const unsigned char a159[] = {
#embed "../Assets/lib/api.js"
};
static const unsigned char a160[] = {
#embed "../Assets/lib/audit-notes.js"
};
static const unsigned char a161[] = {
#embed "../Assets/lib/autocomplete-menu.js"
};
static const unsigned char a162[] = {
#embed "../Assets/lib/autocomplete.js"
};
static const unsigned char a163[] = {
#embed "../Assets/lib/calendar.js"
};
static const unsigned char a164[] = {
#embed "../Assets/lib/certificates.js"
};
static const unsigned char a165[] = {
#embed "../Assets/lib/channel-actions.js"
};
static const unsigned char a166[] = {
#embed "../Assets/lib/channel-rights.js"
};
static const unsigned char a167[] = {
#embed "../Assets/lib/chat-panel.js"
};
static const unsigned char a168[] = {
#embed "../Assets/lib/chat-people.js"
};
static const unsigned char a169[] = {
#embed "../Assets/lib/chat/actions.js"
};
static const unsigned char a170[] = {
#embed "../Assets/lib/chat/arrivals.js"
};
static const unsigned char a171[] = {
#embed "../Assets/lib/chat/channels.js"
};
static const unsigned char a172[] = {
#embed "../Assets/lib/chat/composer-state.js"
};
static const unsigned char a173[] = {
#embed "../Assets/lib/chat/frames.js"
};
static const unsigned char a174[] = {
#embed "../Assets/lib/chat/history.js"
};
static const unsigned char a175[] = {
#embed "../Assets/lib/chat/ids.js"
};
static const unsigned char a176[] = {
#embed "../Assets/lib/chat/incoming.js"
};
static const unsigned char a177[] = {
#embed "../Assets/lib/chat/inline.js"
};
static const unsigned char a178[] = {
#embed "../Assets/lib/chat/keyboard.js"
};
static const unsigned char a179[] = {
#embed "../Assets/lib/chat/local-storage.js"
};
static const unsigned char a180[] = {
#embed "../Assets/lib/chat/markdown.js"
};
static const unsigned char a181[] = {
#embed "../Assets/lib/chat/markup.js"
};
static const unsigned char a182[] = {
#embed "../Assets/lib/chat/mentions.js"
};
static const unsigned char a183[] = {
#embed "../Assets/lib/chat/message-actions.js"
};
static const unsigned char a184[] = {
#embed "../Assets/lib/chat/message-keys.js"
};
static const unsigned char a185[] = {
#embed "../Assets/lib/chat/message-menu.js"
};
static const unsigned char a186[] = {
#embed "../Assets/lib/chat/message-window.js"
};
static const unsigned char a187[] = {
#embed "../Assets/lib/chat/names.js"
};
static const unsigned char a188[] = {
#embed "../Assets/lib/chat/opening.js"
};
static const unsigned char a189[] = {
#embed "../Assets/lib/chat/outbox.js"
};
static const unsigned char a190[] = {
#embed "../Assets/lib/chat/outgoing.js"
};
static const unsigned char a191[] = {
#embed "../Assets/lib/chat/row-nodes.js"
};
static const unsigned char a192[] = {
#embed "../Assets/lib/chat/rows.js"
};
static const unsigned char a193[] = {
#embed "../Assets/lib/chat/scrolling.js"
};
static const unsigned char a194[] = {
#embed "../Assets/lib/chat/sending.js"
};
static const unsigned char a195[] = {
#embed "../Assets/lib/chat/store.js"
};
static const unsigned char a196[] = {
#embed "../Assets/lib/chat/threads.js"
};
static const unsigned char a197[] = {
#embed "../Assets/lib/chat/times.js"
};
static const unsigned char a198[] = {
#embed "../Assets/lib/composer.js"
};
static const unsigned char a199[] = {
#embed "../Assets/lib/course-renewal.js"
};
static const unsigned char a200[] = {
#embed "../Assets/lib/courses.js"
};
static const unsigned char a201[] = {
#embed "../Assets/lib/dialogs.js"
};
static const unsigned char a202[] = {
#embed "../Assets/lib/documents.js"
};
static const unsigned char a203[] = {
#embed "../Assets/lib/download.js"
};
static const unsigned char a204[] = {
#embed "../Assets/lib/drafts.js"
};
static const unsigned char a205[] = {
#embed "../Assets/lib/drop-zone.js"
};
static const unsigned char a206[] = {
#embed "../Assets/lib/edit-drafts.js"
};
static const unsigned char a207[] = {
#embed "../Assets/lib/element.js"
};
static const unsigned char a208[] = {
#embed "../Assets/lib/emoji-list.js"
};
static const unsigned char a209[] = {
#embed "../Assets/lib/emoji.js"
};
static const unsigned char a210[] = {
#embed "../Assets/lib/form.js"
};
static const unsigned char a211[] = {
#embed "../Assets/lib/format.js"
};
static const unsigned char a212[] = {
#embed "../Assets/lib/forum.js"
};
static const unsigned char a213[] = {
#embed "../Assets/lib/graph.js"
};
static const unsigned char a214[] = {
#embed "../Assets/lib/host.js"
};
static const unsigned char a215[] = {
#embed "../Assets/lib/html.js"
};
static const unsigned char a216[] = {
#embed "../Assets/lib/i18n.js"
};
static const unsigned char a217[] = {
#embed "../Assets/lib/icons.js"
};
static const unsigned char a218[] = {
#embed "../Assets/lib/invisible.js"
};
static const unsigned char a219[] = {
#embed "../Assets/lib/kept-edit.js"
};
static const unsigned char a220[] = {
#embed "../Assets/lib/learning.js"
};
static const unsigned char a221[] = {
#embed "../Assets/lib/lesson-visit.js"
};
static const unsigned char a222[] = {
#embed "../Assets/lib/live.js"
};
static const unsigned char a223[] = {
#embed "../Assets/lib/loader.js"
};
static const unsigned char a224[] = {
#embed "../Assets/lib/machine-actions.js"
};
static const unsigned char a225[] = {
#embed "../Assets/lib/machines.js"
};
static const unsigned char a226[] = {
#embed "../Assets/lib/marked.js"
};
static const unsigned char a227[] = {
#embed "../Assets/lib/mentions.js"
};
static const unsigned char a228[] = {
#embed "../Assets/lib/menu.js"
};
static const unsigned char a229[] = {
#embed "../Assets/lib/message-seeds.js"
};
static const unsigned char a230[] = {
#embed "../Assets/lib/morph.js"
};
static const unsigned char a231[] = {
#embed "../Assets/lib/navigation.js"
};
static const unsigned char a232[] = {
#embed "../Assets/lib/notification-signs.js"
};
static const unsigned char a233[] = {
#embed "../Assets/lib/notifications.js"
};
static const unsigned char a234[] = {
#embed "../Assets/lib/paged.js"
};
static const unsigned char a235[] = {
#embed "../Assets/lib/panel-element.js"
};
static const unsigned char a236[] = {
#embed "../Assets/lib/people.js"
};
static const unsigned char a237[] = {
#embed "../Assets/lib/pictures.js"
};
static const unsigned char a238[] = {
#embed "../Assets/lib/presence.js"
};
static const unsigned char a239[] = {
#embed "../Assets/lib/quiz-drafts.js"
};
static const unsigned char a240[] = {
#embed "../Assets/lib/quiz-saving.js"
};
static const unsigned char a241[] = {
#embed "../Assets/lib/quiz.js"
};
static const unsigned char a242[] = {
#embed "../Assets/lib/quota.js"
};
static const unsigned char a243[] = {
#embed "../Assets/lib/requests.js"
};
static const unsigned char a244[] = {
#embed "../Assets/lib/rich-text.js"
};
static const unsigned char a245[] = {
#embed "../Assets/lib/router.js"
};
static const unsigned char a246[] = {
#embed "../Assets/lib/session.js"
};
static const unsigned char a247[] = {
#embed "../Assets/lib/shortcuts.js"
};
static const unsigned char a248[] = {
#embed "../Assets/lib/singleton.js"
};
static const unsigned char a249[] = {
#embed "../Assets/lib/socket.js"
};
static const unsigned char a250[] = {
#embed "../Assets/lib/steps.js"
};
static const unsigned char a251[] = {
#embed "../Assets/lib/store.js"
};
static const unsigned char a252[] = {
#embed "../Assets/lib/tables.js"
};
static const unsigned char a253[] = {
#embed "../Assets/lib/tabs/board.js"
};
static const unsigned char a254[] = {
#embed "../Assets/lib/tabs/broadcast.js"
};
static const unsigned char a255[] = {
#embed "../Assets/lib/tabs/by-leader.js"
};
static const unsigned char a256[] = {
#embed "../Assets/lib/tabs/by-worker.js"
};
static const unsigned char a257[] = {
#embed "../Assets/lib/tabs/carriers.js"
};
static const unsigned char a258[] = {
#embed "../Assets/lib/tabs/channel-joins.js"
};
static const unsigned char a259[] = {
#embed "../Assets/lib/tabs/line.js"
};
static const unsigned char a260[] = {
#embed "../Assets/lib/tabs/switchboard.js"
};
static const unsigned char a261[] = {
#embed "../Assets/lib/tabs/tab-locks.js"
};
static const unsigned char a262[] = {
#embed "../Assets/lib/tabs/watch.js"
};
static const unsigned char a263[] = {
#embed "../Assets/lib/text-box.js"
};
static const unsigned char a264[] = {
#embed "../Assets/lib/toast.js"
};
static const unsigned char a265[] = {
#embed "../Assets/lib/training-rights.js"
};
static const unsigned char a266[] = {
#embed "../Assets/lib/trainings.js"
};
static const unsigned char a267[] = {
#embed "../Assets/lib/uploads.js"
};
static const unsigned char a268[] = {
#embed "../Assets/lib/validation.js"
};
static const unsigned char a269[] = {
#embed "../Assets/live-worker.js"
};
static const unsigned char a270[] = {
#embed "../Assets/logo-unread.svg"
};
static const unsigned char a271[] = {
#embed "../Assets/logo.svg"
};
static const unsigned char a272[] = {
#embed "../Assets/pages/announcement.js"
};
static const unsigned char a273[] = {
#embed "../Assets/pages/announcements.js"
};
static const unsigned char a274[] = {
#embed "../Assets/pages/audit.js"
};
static const unsigned char a275[] = {
#embed "../Assets/pages/calendar.js"
};
static const unsigned char a276[] = {
#embed "../Assets/pages/categories.js"
};
static const unsigned char a277[] = {
#embed "../Assets/pages/certificates.js"
};
static const unsigned char a278[] = {
#embed "../Assets/pages/chat.js"
};
static const unsigned char a279[] = {
#embed "../Assets/pages/client-errors.js"
};
static const unsigned char a280[] = {
#embed "../Assets/pages/course-learners.js"
};
static const unsigned char a281[] = {
#embed "../Assets/pages/course.js"
};
static const unsigned char a282[] = {
#embed "../Assets/pages/courses.js"
};
static const unsigned char a283[] = {
#embed "../Assets/pages/directory.js"
};
static const unsigned char a284[] = {
#embed "../Assets/pages/document.js"
};
static const unsigned char a285[] = {
#embed "../Assets/pages/documents.js"
};
static const unsigned char a286[] = {
#embed "../Assets/pages/forgotten-password.js"
};
static const unsigned char a287[] = {
#embed "../Assets/pages/forum-category.js"
};
static const unsigned char a288[] = {
#embed "../Assets/pages/forum-moderation.js"
};
static const unsigned char a289[] = {
#embed "../Assets/pages/forum-post.js"
};
static const unsigned char a290[] = {
#embed "../Assets/pages/forum-topic.js"
};
static const unsigned char a291[] = {
#embed "../Assets/pages/forum.js"
};
static const unsigned char a292[] = {
#embed "../Assets/pages/gate.js"
};
static const unsigned char a293[] = {
#embed "../Assets/pages/home.js"
};
static const unsigned char a294[] = {
#embed "../Assets/pages/host.js"
};
static const unsigned char a295[] = {
#embed "../Assets/pages/learn-analytics.js"
};
static const unsigned char a296[] = {
#embed "../Assets/pages/learn.js"
};
static const unsigned char a297[] = {
#embed "../Assets/pages/lesson.js"
};
static const unsigned char a298[] = {
#embed "../Assets/pages/links.js"
};
static const unsigned char a299[] = {
#embed "../Assets/pages/machine.js"
};
static const unsigned char a300[] = {
#embed "../Assets/pages/machines.js"
};
static const unsigned char a301[] = {
#embed "../Assets/pages/mailbox.js"
};
static const unsigned char a302[] = {
#embed "../Assets/pages/media.js"
};
static const unsigned char a303[] = {
#embed "../Assets/pages/messages.js"
};
static const unsigned char a304[] = {
#embed "../Assets/pages/not-found.js"
};
static const unsigned char a305[] = {
#embed "../Assets/pages/notifications.js"
};
static const unsigned char a306[] = {
#embed "../Assets/pages/people.js"
};
static const unsigned char a307[] = {
#embed "../Assets/pages/person.js"
};
static const unsigned char a308[] = {
#embed "../Assets/pages/profile.js"
};
static const unsigned char a309[] = {
#embed "../Assets/pages/public.js"
};
static const unsigned char a310[] = {
#embed "../Assets/pages/quiz-attempt.js"
};
static const unsigned char a311[] = {
#embed "../Assets/pages/quiz-editor.js"
};
static const unsigned char a312[] = {
#embed "../Assets/pages/quiz-results.js"
};
static const unsigned char a313[] = {
#embed "../Assets/pages/quiz.js"
};
static const unsigned char a314[] = {
#embed "../Assets/pages/quotas.js"
};
static const unsigned char a315[] = {
#embed "../Assets/pages/register.js"
};
static const unsigned char a316[] = {
#embed "../Assets/pages/request.js"
};
static const unsigned char a317[] = {
#embed "../Assets/pages/requests.js"
};
static const unsigned char a318[] = {
#embed "../Assets/pages/reset-password.js"
};
static const unsigned char a319[] = {
#embed "../Assets/pages/security.js"
};
static const unsigned char a320[] = {
#embed "../Assets/pages/set-up.js"
};
static const unsigned char a321[] = {
#embed "../Assets/pages/settings.js"
};
static const unsigned char a322[] = {
#embed "../Assets/pages/sign-in.js"
};
static const unsigned char a323[] = {
#embed "../Assets/pages/table.js"
};
static const unsigned char a324[] = {
#embed "../Assets/pages/teach.js"
};
static const unsigned char a325[] = {
#embed "../Assets/pages/track-request.js"
};
static const unsigned char a326[] = {
#embed "../Assets/pages/training.js"
};
static const unsigned char a327[] = {
#embed "../Assets/pages/trainings.js"
};
static const unsigned char a328[] = {
#embed "../Assets/pages/verify-certificate.js"
};
static const unsigned char a329[] = {
#embed "../Assets/pages/verify-email.js"
};
static const unsigned char a330[] = {
#embed "../Assets/start.js"
};
static const unsigned char a331[] = {
#embed "../Assets/styles/accounts.css"
};
static const unsigned char a332[] = {
#embed "../Assets/styles/announcements.css"
};
static const unsigned char a333[] = {
#embed "../Assets/styles/base.css"
};
static const unsigned char a334[] = {
#embed "../Assets/styles/calendar.css"
};
static const unsigned char a335[] = {
#embed "../Assets/styles/cards.css"
};
static const unsigned char a336[] = {
#embed "../Assets/styles/certificates.css"
};
static const unsigned char a337[] = {
#embed "../Assets/styles/channels.css"
};
static const unsigned char a338[] = {
#embed "../Assets/styles/chat-message.css"
};
static const unsigned char a339[] = {
#embed "../Assets/styles/chat.css"
};
static const unsigned char a340[] = {
#embed "../Assets/styles/compose.css"
};
static const unsigned char a341[] = {
#embed "../Assets/styles/controls.css"
};
static const unsigned char a342[] = {
#embed "../Assets/styles/courses.css"
};
static const unsigned char a343[] = {
#embed "../Assets/styles/create.css"
};
static const unsigned char a344[] = {
#embed "../Assets/styles/dialogs.css"
};
static const unsigned char a345[] = {
#embed "../Assets/styles/documents.css"
};
static const unsigned char a346[] = {
#embed "../Assets/styles/fields.css"
};
static const unsigned char a347[] = {
#embed "../Assets/styles/forum.css"
};
static const unsigned char a348[] = {
#embed "../Assets/styles/gate.css"
};
static const unsigned char a349[] = {
#embed "../Assets/styles/home.css"
};
static const unsigned char a350[] = {
#embed "../Assets/styles/host.css"
};
static const unsigned char a351[] = {
#embed "../Assets/styles/layers.css"
};
static const unsigned char a352[] = {
#embed "../Assets/styles/learn.css"
};
static const unsigned char a353[] = {
#embed "../Assets/styles/load.css"
};
static const unsigned char a354[] = {
#embed "../Assets/styles/machine.css"
};
static const unsigned char a355[] = {
#embed "../Assets/styles/machines.css"
};
static const unsigned char a356[] = {
#embed "../Assets/styles/mailbox.css"
};
static const unsigned char a357[] = {
#embed "../Assets/styles/messages.css"
};
static const unsigned char a358[] = {
#embed "../Assets/styles/notifications.css"
};
static const unsigned char a359[] = {
#embed "../Assets/styles/panels.css"
};
static const unsigned char a360[] = {
#embed "../Assets/styles/people.css"
};
static const unsigned char a361[] = {
#embed "../Assets/styles/pickers.css"
};
static const unsigned char a362[] = {
#embed "../Assets/styles/presence.css"
};
static const unsigned char a363[] = {
#embed "../Assets/styles/progress.css"
};
static const unsigned char a364[] = {
#embed "../Assets/styles/quizzes.css"
};
static const unsigned char a365[] = {
#embed "../Assets/styles/quotas.css"
};
static const unsigned char a366[] = {
#embed "../Assets/styles/requests.css"
};
static const unsigned char a367[] = {
#embed "../Assets/styles/shell.css"
};
static const unsigned char a368[] = {
#embed "../Assets/styles/status.css"
};
static const unsigned char a369[] = {
#embed "../Assets/styles/tokens.css"
};
static const unsigned char a370[] = {
#embed "../Assets/words/access.js"
};
static const unsigned char a371[] = {
#embed "../Assets/words/accounts.js"
};
static const unsigned char a372[] = {
#embed "../Assets/words/announcements.js"
};
static const unsigned char a373[] = {
#embed "../Assets/words/audit.js"
};
static const unsigned char a374[] = {
#embed "../Assets/words/calendar.js"
};
static const unsigned char a375[] = {
#embed "../Assets/words/certificates.js"
};
static const unsigned char a376[] = {
#embed "../Assets/words/channels.js"
};
static const unsigned char a377[] = {
#embed "../Assets/words/chat.js"
};
static const unsigned char a378[] = {
#embed "../Assets/words/client-errors.js"
};
static const unsigned char a379[] = {
#embed "../Assets/words/compose.js"
};
static const unsigned char a380[] = {
#embed "../Assets/words/courses.js"
};
static const unsigned char a381[] = {
#embed "../Assets/words/documents.js"
};
static const unsigned char a382[] = {
#embed "../Assets/words/fields.js"
};
static const unsigned char a383[] = {
#embed "../Assets/words/forum.js"
};
static const unsigned char a384[] = {
#embed "../Assets/words/home.js"
};
static const unsigned char a385[] = {
#embed "../Assets/words/host.js"
};
static const unsigned char a386[] = {
#embed "../Assets/words/jobs.js"
};
static const unsigned char a387[] = {
#embed "../Assets/words/learning.js"
};
static const unsigned char a388[] = {
#embed "../Assets/words/load.js"
};
static const unsigned char a389[] = {
#embed "../Assets/words/machines.js"
};
static const unsigned char a390[] = {
#embed "../Assets/words/messages.js"
};
static const unsigned char a391[] = {
#embed "../Assets/words/notifications.js"
};
static const unsigned char a392[] = {
#embed "../Assets/words/people.js"
};
static const unsigned char a393[] = {
#embed "../Assets/words/quizzes.js"
};
static const unsigned char a394[] = {
#embed "../Assets/words/quotas.js"
};
static const unsigned char a395[] = {
#embed "../Assets/words/requests.js"
};
static const unsigned char a396[] = {
#embed "../Assets/words/security.js"
};
static const unsigned char a397[] = {
#embed "../Assets/words/shell.js"
};
static const unsigned char a398[] = {
#embed "../Assets/words/tables.js"
};
static const unsigned char a399[] = {
#embed "../Assets/words/trainings.js"
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
  {"elements/copy-field.js", a31, sizeof a31},
  {"elements/course-card.js", a32, sizeof a32},
  {"elements/course-import.js", a33, sizeof a33},
  {"elements/create-dialog.js", a34, sizeof a34},
  {"elements/dialog-parts.js", a35, sizeof a35},
  {"elements/document-marks.js", a36, sizeof a36},
  {"elements/document-preview.js", a37, sizeof a37},
  {"elements/document-versions.js", a38, sizeof a38},
  {"elements/emoji-picker.js", a39, sizeof a39},
  {"elements/empty-state.js", a40, sizeof a40},
  {"elements/event-dialog.js", a41, sizeof a41},
  {"elements/event-fields.js", a42, sizeof a42},
  {"elements/event-form.js", a43, sizeof a43},
  {"elements/feed-dialog.js", a44, sizeof a44},
  {"elements/file-clips.js", a45, sizeof a45},
  {"elements/file-field.js", a46, sizeof a46},
  {"elements/file-list.js", a47, sizeof a47},
  {"elements/files-field.js", a48, sizeof a48},
  {"elements/first-steps.js", a49, sizeof a49},
  {"elements/form-field.js", a50, sizeof a50},
  {"elements/forum-composer.js", a51, sizeof a51},
  {"elements/forum-editor.js", a52, sizeof a52},
  {"elements/forum-history.js", a53, sizeof a53},
  {"elements/forum-mails.js", a54, sizeof a54},
  {"elements/forum-merge-dialog.js", a55, sizeof a55},
  {"elements/forum-post.js", a56, sizeof a56},
  {"elements/forum-signs.js", a57, sizeof a57},
  {"elements/forum-similar.js", a58, sizeof a58},
  {"elements/forum-split-dialog.js", a59, sizeof a59},
  {"elements/forum-topic-actions.js", a60, sizeof a60},
  {"elements/forum-topic-dialog.js", a61, sizeof a61},
  {"elements/forum-topics.js", a62, sizeof a62},
  {"elements/found-head.js", a63, sizeof a63},
  {"elements/import-dialog.js", a64, sizeof a64},
  {"elements/job-progress.js", a65, sizeof a65},
  {"elements/key-sheet.js", a66, sizeof a66},
  {"elements/learner-row.js", a67, sizeof a67},
  {"elements/lesson-list.js", a68, sizeof a68},
  {"elements/lesson-text.js", a69, sizeof a69},
  {"elements/link-dialog.js", a70, sizeof a70},
  {"elements/live-region.js", a71, sizeof a71},
  {"elements/load-gauge.js", a72, sizeof a72},
  {"elements/load-graph.js", a73, sizeof a73},
  {"elements/loadable.js", a74, sizeof a74},
  {"elements/machine-load.js", a75, sizeof a75},
  {"elements/machine-row.js", a76, sizeof a76},
  {"elements/markdown-field.js", a77, sizeof a77},
  {"elements/message-actions.js", a78, sizeof a78},
  {"elements/message-composer.js", a79, sizeof a79},
  {"elements/message-files.js", a80, sizeof a80},
  {"elements/message-list.js", a81, sizeof a81},
  {"elements/message-view.js", a82, sizeof a82},
  {"elements/notices.js", a83, sizeof a83},
  {"elements/notification-bell.js", a84, sizeof a84},
  {"elements/notification-preferences.js", a85, sizeof a85},
  {"elements/notification-rows.js", a86, sizeof a86},
  {"elements/open-course.js", a87, sizeof a87},
  {"elements/password-card.js", a88, sizeof a88},
  {"elements/pending-version.js", a89, sizeof a89},
  {"elements/people-picker.js", a90, sizeof a90},
  {"elements/person-card.js", a91, sizeof a91},
  {"elements/person-dialog.js", a92, sizeof a92},
  {"elements/person-form.js", a93, sizeof a93},
  {"elements/picture-viewer.js", a94, sizeof a94},
  {"elements/plan-picture.js", a95, sizeof a95},
  {"elements/preference-switch.js", a96, sizeof a96},
  {"elements/presence-list.js", a97, sizeof a97},
  {"elements/profile-form.js", a98, sizeof a98},
  {"elements/profile-picture.js", a99, sizeof a99},
  {"elements/quick-switcher.js", a100, sizeof a100},
  {"elements/quiz-files.js", a101, sizeof a101},
  {"elements/quiz-import.js", a102, sizeof a102},
  {"elements/quiz-list.js", a103, sizeof a103},
  {"elements/quiz-question-form.js", a104, sizeof a104},
  {"elements/quiz-question.js", a105, sizeof a105},
  {"elements/quiz-settings.js", a106, sizeof a106},
  {"elements/quiz-sitting.js", a107, sizeof a107},
  {"elements/quota-card.js", a108, sizeof a108},
  {"elements/quota-form.js", a109, sizeof a109},
  {"elements/read-confirm.js", a110, sizeof a110},
  {"elements/read-report.js", a111, sizeof a111},
  {"elements/reason-dialog.js", a112, sizeof a112},
  {"elements/recovery-codes.js", a113, sizeof a113},
  {"elements/request-board.js", a114, sizeof a114},
  {"elements/request-comments.js", a115, sizeof a115},
  {"elements/request-dialog.js", a116, sizeof a116},
  {"elements/request-signs.js", a117, sizeof a117},
  {"elements/rich-text.js", a118, sizeof a118},
  {"elements/rights-card.js", a119, sizeof a119},
  {"elements/row-comments.js", a120, sizeof a120},
  {"elements/section-tabs.js", a121, sizeof a121},
  {"elements/sessions-card.js", a122, sizeof a122},
  {"elements/side-bar.js", a123, sizeof a123},
  {"elements/status-badge.js", a124, sizeof a124},
  {"elements/table-dialog.js", a125, sizeof a125},
  {"elements/takeover-dialog.js", a126, sizeof a126},
  {"elements/text-tabs.js", a127, sizeof a127},
  {"elements/time-ago.js", a128, sizeof a128},
  {"elements/toast-list.js", a129, sizeof a129},
  {"elements/tokens-card.js", a130, sizeof a130},
  {"elements/topic-picker.js", a131, sizeof a131},
  {"elements/training-part.js", a132, sizeof a132},
  {"elements/training-people.js", a133, sizeof a133},
  {"elements/training-report.js", a134, sizeof a134},
  {"elements/training-row.js", a135, sizeof a135},
  {"elements/two-step-card.js", a136, sizeof a136},
  {"elements/typing-line.js", a137, sizeof a137},
  {"elements/version-dialog.js", a138, sizeof a138},
  {"fields/audience.js", a139, sizeof a139},
  {"fields/choice.js", a140, sizeof a140},
  {"fields/choices.js", a141, sizeof a141},
  {"fields/color.js", a142, sizeof a142},
  {"fields/file.js", a143, sizeof a143},
  {"fields/files.js", a144, sizeof a144},
  {"fields/flag.js", a145, sizeof a145},
  {"fields/kinds.js", a146, sizeof a146},
  {"fields/lines.js", a147, sizeof a147},
  {"fields/markdown.js", a148, sizeof a148},
  {"fields/number.js", a149, sizeof a149},
  {"fields/object.js", a150, sizeof a150},
  {"fields/reference.js", a151, sizeof a151},
  {"fields/references.js", a152, sizeof a152},
  {"fields/tags.js", a153, sizeof a153},
  {"fields/text.js", a154, sizeof a154},
  {"fields/time.js", a155, sizeof a155},
  {"index.html", a156, sizeof a156},
  {"lib/announcements.js", a157, sizeof a157},
  {"lib/announcer.js", a158, sizeof a158},
  {"lib/api.js", a159, sizeof a159},
  {"lib/audit-notes.js", a160, sizeof a160},
  {"lib/autocomplete-menu.js", a161, sizeof a161},
  {"lib/autocomplete.js", a162, sizeof a162},
  {"lib/calendar.js", a163, sizeof a163},
  {"lib/certificates.js", a164, sizeof a164},
  {"lib/channel-actions.js", a165, sizeof a165},
  {"lib/channel-rights.js", a166, sizeof a166},
  {"lib/chat-panel.js", a167, sizeof a167},
  {"lib/chat-people.js", a168, sizeof a168},
  {"lib/chat/actions.js", a169, sizeof a169},
  {"lib/chat/arrivals.js", a170, sizeof a170},
  {"lib/chat/channels.js", a171, sizeof a171},
  {"lib/chat/composer-state.js", a172, sizeof a172},
  {"lib/chat/frames.js", a173, sizeof a173},
  {"lib/chat/history.js", a174, sizeof a174},
  {"lib/chat/ids.js", a175, sizeof a175},
  {"lib/chat/incoming.js", a176, sizeof a176},
  {"lib/chat/inline.js", a177, sizeof a177},
  {"lib/chat/keyboard.js", a178, sizeof a178},
  {"lib/chat/local-storage.js", a179, sizeof a179},
  {"lib/chat/markdown.js", a180, sizeof a180},
  {"lib/chat/markup.js", a181, sizeof a181},
  {"lib/chat/mentions.js", a182, sizeof a182},
  {"lib/chat/message-actions.js", a183, sizeof a183},
  {"lib/chat/message-keys.js", a184, sizeof a184},
  {"lib/chat/message-menu.js", a185, sizeof a185},
  {"lib/chat/message-window.js", a186, sizeof a186},
  {"lib/chat/names.js", a187, sizeof a187},
  {"lib/chat/opening.js", a188, sizeof a188},
  {"lib/chat/outbox.js", a189, sizeof a189},
  {"lib/chat/outgoing.js", a190, sizeof a190},
  {"lib/chat/row-nodes.js", a191, sizeof a191},
  {"lib/chat/rows.js", a192, sizeof a192},
  {"lib/chat/scrolling.js", a193, sizeof a193},
  {"lib/chat/sending.js", a194, sizeof a194},
  {"lib/chat/store.js", a195, sizeof a195},
  {"lib/chat/threads.js", a196, sizeof a196},
  {"lib/chat/times.js", a197, sizeof a197},
  {"lib/composer.js", a198, sizeof a198},
  {"lib/course-renewal.js", a199, sizeof a199},
  {"lib/courses.js", a200, sizeof a200},
  {"lib/dialogs.js", a201, sizeof a201},
  {"lib/documents.js", a202, sizeof a202},
  {"lib/download.js", a203, sizeof a203},
  {"lib/drafts.js", a204, sizeof a204},
  {"lib/drop-zone.js", a205, sizeof a205},
  {"lib/edit-drafts.js", a206, sizeof a206},
  {"lib/element.js", a207, sizeof a207},
  {"lib/emoji-list.js", a208, sizeof a208},
  {"lib/emoji.js", a209, sizeof a209},
  {"lib/form.js", a210, sizeof a210},
  {"lib/format.js", a211, sizeof a211},
  {"lib/forum.js", a212, sizeof a212},
  {"lib/graph.js", a213, sizeof a213},
  {"lib/host.js", a214, sizeof a214},
  {"lib/html.js", a215, sizeof a215},
  {"lib/i18n.js", a216, sizeof a216},
  {"lib/icons.js", a217, sizeof a217},
  {"lib/invisible.js", a218, sizeof a218},
  {"lib/kept-edit.js", a219, sizeof a219},
  {"lib/learning.js", a220, sizeof a220},
  {"lib/lesson-visit.js", a221, sizeof a221},
  {"lib/live.js", a222, sizeof a222},
  {"lib/loader.js", a223, sizeof a223},
  {"lib/machine-actions.js", a224, sizeof a224},
  {"lib/machines.js", a225, sizeof a225},
  {"lib/marked.js", a226, sizeof a226},
  {"lib/mentions.js", a227, sizeof a227},
  {"lib/menu.js", a228, sizeof a228},
  {"lib/message-seeds.js", a229, sizeof a229},
  {"lib/morph.js", a230, sizeof a230},
  {"lib/navigation.js", a231, sizeof a231},
  {"lib/notification-signs.js", a232, sizeof a232},
  {"lib/notifications.js", a233, sizeof a233},
  {"lib/paged.js", a234, sizeof a234},
  {"lib/panel-element.js", a235, sizeof a235},
  {"lib/people.js", a236, sizeof a236},
  {"lib/pictures.js", a237, sizeof a237},
  {"lib/presence.js", a238, sizeof a238},
  {"lib/quiz-drafts.js", a239, sizeof a239},
  {"lib/quiz-saving.js", a240, sizeof a240},
  {"lib/quiz.js", a241, sizeof a241},
  {"lib/quota.js", a242, sizeof a242},
  {"lib/requests.js", a243, sizeof a243},
  {"lib/rich-text.js", a244, sizeof a244},
  {"lib/router.js", a245, sizeof a245},
  {"lib/session.js", a246, sizeof a246},
  {"lib/shortcuts.js", a247, sizeof a247},
  {"lib/singleton.js", a248, sizeof a248},
  {"lib/socket.js", a249, sizeof a249},
  {"lib/steps.js", a250, sizeof a250},
  {"lib/store.js", a251, sizeof a251},
  {"lib/tables.js", a252, sizeof a252},
  {"lib/tabs/board.js", a253, sizeof a253},
  {"lib/tabs/broadcast.js", a254, sizeof a254},
  {"lib/tabs/by-leader.js", a255, sizeof a255},
  {"lib/tabs/by-worker.js", a256, sizeof a256},
  {"lib/tabs/carriers.js", a257, sizeof a257},
  {"lib/tabs/channel-joins.js", a258, sizeof a258},
  {"lib/tabs/line.js", a259, sizeof a259},
  {"lib/tabs/switchboard.js", a260, sizeof a260},
  {"lib/tabs/tab-locks.js", a261, sizeof a261},
  {"lib/tabs/watch.js", a262, sizeof a262},
  {"lib/text-box.js", a263, sizeof a263},
  {"lib/toast.js", a264, sizeof a264},
  {"lib/training-rights.js", a265, sizeof a265},
  {"lib/trainings.js", a266, sizeof a266},
  {"lib/uploads.js", a267, sizeof a267},
  {"lib/validation.js", a268, sizeof a268},
  {"live-worker.js", a269, sizeof a269},
  {"logo-unread.svg", a270, sizeof a270},
  {"logo.svg", a271, sizeof a271},
  {"pages/announcement.js", a272, sizeof a272},
  {"pages/announcements.js", a273, sizeof a273},
  {"pages/audit.js", a274, sizeof a274},
  {"pages/calendar.js", a275, sizeof a275},
  {"pages/categories.js", a276, sizeof a276},
  {"pages/certificates.js", a277, sizeof a277},
  {"pages/chat.js", a278, sizeof a278},
  {"pages/client-errors.js", a279, sizeof a279},
  {"pages/course-learners.js", a280, sizeof a280},
  {"pages/course.js", a281, sizeof a281},
  {"pages/courses.js", a282, sizeof a282},
  {"pages/directory.js", a283, sizeof a283},
  {"pages/document.js", a284, sizeof a284},
  {"pages/documents.js", a285, sizeof a285},
  {"pages/forgotten-password.js", a286, sizeof a286},
  {"pages/forum-category.js", a287, sizeof a287},
  {"pages/forum-moderation.js", a288, sizeof a288},
  {"pages/forum-post.js", a289, sizeof a289},
  {"pages/forum-topic.js", a290, sizeof a290},
  {"pages/forum.js", a291, sizeof a291},
  {"pages/gate.js", a292, sizeof a292},
  {"pages/home.js", a293, sizeof a293},
  {"pages/host.js", a294, sizeof a294},
  {"pages/learn-analytics.js", a295, sizeof a295},
  {"pages/learn.js", a296, sizeof a296},
  {"pages/lesson.js", a297, sizeof a297},
  {"pages/links.js", a298, sizeof a298},
  {"pages/machine.js", a299, sizeof a299},
  {"pages/machines.js", a300, sizeof a300},
  {"pages/mailbox.js", a301, sizeof a301},
  {"pages/media.js", a302, sizeof a302},
  {"pages/messages.js", a303, sizeof a303},
  {"pages/not-found.js", a304, sizeof a304},
  {"pages/notifications.js", a305, sizeof a305},
  {"pages/people.js", a306, sizeof a306},
  {"pages/person.js", a307, sizeof a307},
  {"pages/profile.js", a308, sizeof a308},
  {"pages/public.js", a309, sizeof a309},
  {"pages/quiz-attempt.js", a310, sizeof a310},
  {"pages/quiz-editor.js", a311, sizeof a311},
  {"pages/quiz-results.js", a312, sizeof a312},
  {"pages/quiz.js", a313, sizeof a313},
  {"pages/quotas.js", a314, sizeof a314},
  {"pages/register.js", a315, sizeof a315},
  {"pages/request.js", a316, sizeof a316},
  {"pages/requests.js", a317, sizeof a317},
  {"pages/reset-password.js", a318, sizeof a318},
  {"pages/security.js", a319, sizeof a319},
  {"pages/set-up.js", a320, sizeof a320},
  {"pages/settings.js", a321, sizeof a321},
  {"pages/sign-in.js", a322, sizeof a322},
  {"pages/table.js", a323, sizeof a323},
  {"pages/teach.js", a324, sizeof a324},
  {"pages/track-request.js", a325, sizeof a325},
  {"pages/training.js", a326, sizeof a326},
  {"pages/trainings.js", a327, sizeof a327},
  {"pages/verify-certificate.js", a328, sizeof a328},
  {"pages/verify-email.js", a329, sizeof a329},
  {"start.js", a330, sizeof a330},
  {"styles/accounts.css", a331, sizeof a331},
  {"styles/announcements.css", a332, sizeof a332},
  {"styles/base.css", a333, sizeof a333},
  {"styles/calendar.css", a334, sizeof a334},
  {"styles/cards.css", a335, sizeof a335},
  {"styles/certificates.css", a336, sizeof a336},
  {"styles/channels.css", a337, sizeof a337},
  {"styles/chat-message.css", a338, sizeof a338},
  {"styles/chat.css", a339, sizeof a339},
  {"styles/compose.css", a340, sizeof a340},
  {"styles/controls.css", a341, sizeof a341},
  {"styles/courses.css", a342, sizeof a342},
  {"styles/create.css", a343, sizeof a343},
  {"styles/dialogs.css", a344, sizeof a344},
  {"styles/documents.css", a345, sizeof a345},
  {"styles/fields.css", a346, sizeof a346},
  {"styles/forum.css", a347, sizeof a347},
  {"styles/gate.css", a348, sizeof a348},
  {"styles/home.css", a349, sizeof a349},
  {"styles/host.css", a350, sizeof a350},
  {"styles/layers.css", a351, sizeof a351},
  {"styles/learn.css", a352, sizeof a352},
  {"styles/load.css", a353, sizeof a353},
  {"styles/machine.css", a354, sizeof a354},
  {"styles/machines.css", a355, sizeof a355},
  {"styles/mailbox.css", a356, sizeof a356},
  {"styles/messages.css", a357, sizeof a357},
  {"styles/notifications.css", a358, sizeof a358},
  {"styles/panels.css", a359, sizeof a359},
  {"styles/people.css", a360, sizeof a360},
  {"styles/pickers.css", a361, sizeof a361},
  {"styles/presence.css", a362, sizeof a362},
  {"styles/progress.css", a363, sizeof a363},
  {"styles/quizzes.css", a364, sizeof a364},
  {"styles/quotas.css", a365, sizeof a365},
  {"styles/requests.css", a366, sizeof a366},
  {"styles/shell.css", a367, sizeof a367},
  {"styles/status.css", a368, sizeof a368},
  {"styles/tokens.css", a369, sizeof a369},
  {"words/access.js", a370, sizeof a370},
  {"words/accounts.js", a371, sizeof a371},
  {"words/announcements.js", a372, sizeof a372},
  {"words/audit.js", a373, sizeof a373},
  {"words/calendar.js", a374, sizeof a374},
  {"words/certificates.js", a375, sizeof a375},
  {"words/channels.js", a376, sizeof a376},
  {"words/chat.js", a377, sizeof a377},
  {"words/client-errors.js", a378, sizeof a378},
  {"words/compose.js", a379, sizeof a379},
  {"words/courses.js", a380, sizeof a380},
  {"words/documents.js", a381, sizeof a381},
  {"words/fields.js", a382, sizeof a382},
  {"words/forum.js", a383, sizeof a383},
  {"words/home.js", a384, sizeof a384},
  {"words/host.js", a385, sizeof a385},
  {"words/jobs.js", a386, sizeof a386},
  {"words/learning.js", a387, sizeof a387},
  {"words/load.js", a388, sizeof a388},
  {"words/machines.js", a389, sizeof a389},
  {"words/messages.js", a390, sizeof a390},
  {"words/notifications.js", a391, sizeof a391},
  {"words/people.js", a392, sizeof a392},
  {"words/quizzes.js", a393, sizeof a393},
  {"words/quotas.js", a394, sizeof a394},
  {"words/requests.js", a395, sizeof a395},
  {"words/security.js", a396, sizeof a396},
  {"words/shell.js", a397, sizeof a397},
  {"words/tables.js", a398, sizeof a398},
  {"words/trainings.js", a399, sizeof a399},
};

const int obox_asset_count = sizeof obox_assets / sizeof obox_assets[0];

const obox_asset *obox_asset_at(int index) {
  return index >= 0 && index < obox_asset_count ? &obox_assets[index] : 0;
}
