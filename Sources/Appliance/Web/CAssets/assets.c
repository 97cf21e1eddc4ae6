// Written by generate.sh: do not edit.
#include "CAssets.h"

static const unsigned char a0[] = {
#embed "../Assets/app.js"
};
static const unsigned char a1[] = {
#embed "../Assets/elements/app-shell.js"
};
static const unsigned char a2[] = {
#embed "../Assets/elements/category-dialog.js"
};
static const unsigned char a3[] = {
#embed "../Assets/elements/confirm-dialog.js"
};
static const unsigned char a4[] = {
#embed "../Assets/elements/connect-card.js"
};
static const unsigned char a5[] = {
#embed "../Assets/elements/connection-note.js"
};
static const unsigned char a6[] = {
#embed "../Assets/elements/copy-field.js"
};
static const unsigned char a7[] = {
#embed "../Assets/elements/create-dialog.js"
};
static const unsigned char a8[] = {
#embed "../Assets/elements/elsewhere-view.js"
};
static const unsigned char a9[] = {
#embed "../Assets/elements/empty-state.js"
};
static const unsigned char a10[] = {
#embed "../Assets/elements/form-field.js"
};
static const unsigned char a11[] = {
#embed "../Assets/elements/job-progress.js"
};
static const unsigned char a12[] = {
#embed "../Assets/elements/key-sheet.js"
};
static const unsigned char a13[] = {
#embed "../Assets/elements/live-region.js"
};
static const unsigned char a14[] = {
#embed "../Assets/elements/load-gauge.js"
};
static const unsigned char a15[] = {
#embed "../Assets/elements/machine-load.js"
};
static const unsigned char a16[] = {
#embed "../Assets/elements/machine-row.js"
};
static const unsigned char a17[] = {
#embed "../Assets/elements/notification-bell.js"
};
static const unsigned char a18[] = {
#embed "../Assets/elements/notification-preferences.js"
};
static const unsigned char a19[] = {
#embed "../Assets/elements/notification-rows.js"
};
static const unsigned char a20[] = {
#embed "../Assets/elements/password-card.js"
};
static const unsigned char a21[] = {
#embed "../Assets/elements/person-dialog.js"
};
static const unsigned char a22[] = {
#embed "../Assets/elements/person-form.js"
};
static const unsigned char a23[] = {
#embed "../Assets/elements/plan-picture.js"
};
static const unsigned char a24[] = {
#embed "../Assets/elements/preference-switch.js"
};
static const unsigned char a25[] = {
#embed "../Assets/elements/presence-list.js"
};
static const unsigned char a26[] = {
#embed "../Assets/elements/profile-form.js"
};
static const unsigned char a27[] = {
#embed "../Assets/elements/recovery-codes.js"
};
static const unsigned char a28[] = {
#embed "../Assets/elements/rights-card.js"
};
static const unsigned char a29[] = {
#embed "../Assets/elements/section-tabs.js"
};
static const unsigned char a30[] = {
#embed "../Assets/elements/sessions-card.js"
};
static const unsigned char a31[] = {
#embed "../Assets/elements/side-bar.js"
};
static const unsigned char a32[] = {
#embed "../Assets/elements/status-badge.js"
};
static const unsigned char a33[] = {
#embed "../Assets/elements/takeover-dialog.js"
};
static const unsigned char a34[] = {
#embed "../Assets/elements/time-ago.js"
};
static const unsigned char a35[] = {
#embed "../Assets/elements/toast-list.js"
};
static const unsigned char a36[] = {
#embed "../Assets/elements/tokens-card.js"
};
static const unsigned char a37[] = {
#embed "../Assets/elements/two-step-card.js"
};
static const unsigned char a38[] = {
#embed "../Assets/index.html"
};
static const unsigned char a39[] = {
#embed "../Assets/lib/api.js"
};
static const unsigned char a40[] = {
#embed "../Assets/lib/dialogs.js"
};
static const unsigned char a41[] = {
#embed "../Assets/lib/drafts.js"
};
static const unsigned char a42[] = {
#embed "../Assets/lib/element.js"
};
static const unsigned char a43[] = {
#embed "../Assets/lib/form.js"
};
static const unsigned char a44[] = {
#embed "../Assets/lib/format.js"
};
static const unsigned char a45[] = {
#embed "../Assets/lib/html.js"
};
static const unsigned char a46[] = {
#embed "../Assets/lib/i18n.js"
};
static const unsigned char a47[] = {
#embed "../Assets/lib/icons.js"
};
static const unsigned char a48[] = {
#embed "../Assets/lib/live.js"
};
static const unsigned char a49[] = {
#embed "../Assets/lib/machine-actions.js"
};
static const unsigned char a50[] = {
#embed "../Assets/lib/machines.js"
};
static const unsigned char a51[] = {
#embed "../Assets/lib/morph.js"
};
static const unsigned char a52[] = {
#embed "../Assets/lib/notification-signs.js"
};
static const unsigned char a53[] = {
#embed "../Assets/lib/notifications.js"
};
static const unsigned char a54[] = {
#embed "../Assets/lib/one-client.js"
};
static const unsigned char a55[] = {
#embed "../Assets/lib/paged.js"
};
static const unsigned char a56[] = {
#embed "../Assets/lib/people.js"
};
static const unsigned char a57[] = {
#embed "../Assets/lib/presence.js"
};
static const unsigned char a58[] = {
#embed "../Assets/lib/router.js"
};
static const unsigned char a59[] = {
#embed "../Assets/lib/session.js"
};
static const unsigned char a60[] = {
#embed "../Assets/lib/shortcuts.js"
};
static const unsigned char a61[] = {
#embed "../Assets/lib/socket.js"
};
static const unsigned char a62[] = {
#embed "../Assets/lib/steps.js"
};
static const unsigned char a63[] = {
#embed "../Assets/lib/store.js"
};
static const unsigned char a64[] = {
#embed "../Assets/lib/validation.js"
};
static const unsigned char a65[] = {
#embed "../Assets/logo-unread.svg"
};
static const unsigned char a66[] = {
#embed "../Assets/logo.svg"
};
static const unsigned char a67[] = {
#embed "../Assets/pages/audit.js"
};
static const unsigned char a68[] = {
#embed "../Assets/pages/categories.js"
};
static const unsigned char a69[] = {
#embed "../Assets/pages/forgotten-password.js"
};
static const unsigned char a70[] = {
#embed "../Assets/pages/gate.js"
};
static const unsigned char a71[] = {
#embed "../Assets/pages/host.js"
};
static const unsigned char a72[] = {
#embed "../Assets/pages/machine.js"
};
static const unsigned char a73[] = {
#embed "../Assets/pages/machines.js"
};
static const unsigned char a74[] = {
#embed "../Assets/pages/mailbox.js"
};
static const unsigned char a75[] = {
#embed "../Assets/pages/not-found.js"
};
static const unsigned char a76[] = {
#embed "../Assets/pages/notifications.js"
};
static const unsigned char a77[] = {
#embed "../Assets/pages/people.js"
};
static const unsigned char a78[] = {
#embed "../Assets/pages/person.js"
};
static const unsigned char a79[] = {
#embed "../Assets/pages/profile.js"
};
static const unsigned char a80[] = {
#embed "../Assets/pages/register.js"
};
static const unsigned char a81[] = {
#embed "../Assets/pages/reset-password.js"
};
static const unsigned char a82[] = {
#embed "../Assets/pages/screens.js"
};
static const unsigned char a83[] = {
#embed "../Assets/pages/security.js"
};
static const unsigned char a84[] = {
#embed "../Assets/pages/set-up.js"
};
static const unsigned char a85[] = {
#embed "../Assets/pages/sign-in.js"
};
static const unsigned char a86[] = {
#embed "../Assets/pages/verify-email.js"
};
static const unsigned char a87[] = {
#embed "../Assets/start.js"
};
static const unsigned char a88[] = {
#embed "../Assets/styles/accounts.css"
};
static const unsigned char a89[] = {
#embed "../Assets/styles/base.css"
};
static const unsigned char a90[] = {
#embed "../Assets/styles/controls.css"
};
static const unsigned char a91[] = {
#embed "../Assets/styles/create.css"
};
static const unsigned char a92[] = {
#embed "../Assets/styles/dialogs.css"
};
static const unsigned char a93[] = {
#embed "../Assets/styles/fields.css"
};
static const unsigned char a94[] = {
#embed "../Assets/styles/gate.css"
};
static const unsigned char a95[] = {
#embed "../Assets/styles/host.css"
};
static const unsigned char a96[] = {
#embed "../Assets/styles/layers.css"
};
static const unsigned char a97[] = {
#embed "../Assets/styles/machine.css"
};
static const unsigned char a98[] = {
#embed "../Assets/styles/machines.css"
};
static const unsigned char a99[] = {
#embed "../Assets/styles/mailbox.css"
};
static const unsigned char a100[] = {
#embed "../Assets/styles/notifications.css"
};
static const unsigned char a101[] = {
#embed "../Assets/styles/people.css"
};
static const unsigned char a102[] = {
#embed "../Assets/styles/presence.css"
};
static const unsigned char a103[] = {
#embed "../Assets/styles/progress.css"
};
static const unsigned char a104[] = {
#embed "../Assets/styles/shell.css"
};
static const unsigned char a105[] = {
#embed "../Assets/styles/status.css"
};
static const unsigned char a106[] = {
#embed "../Assets/styles/tokens.css"
};
static const unsigned char a107[] = {
#embed "../Assets/words/access.js"
};
static const unsigned char a108[] = {
#embed "../Assets/words/accounts.js"
};
static const unsigned char a109[] = {
#embed "../Assets/words/audit.js"
};
static const unsigned char a110[] = {
#embed "../Assets/words/chat.js"
};
static const unsigned char a111[] = {
#embed "../Assets/words/compose.js"
};
static const unsigned char a112[] = {
#embed "../Assets/words/host.js"
};
static const unsigned char a113[] = {
#embed "../Assets/words/jobs.js"
};
static const unsigned char a114[] = {
#embed "../Assets/words/load.js"
};
static const unsigned char a115[] = {
#embed "../Assets/words/machines.js"
};
static const unsigned char a116[] = {
#embed "../Assets/words/notifications.js"
};
static const unsigned char a117[] = {
#embed "../Assets/words/people.js"
};
static const unsigned char a118[] = {
#embed "../Assets/words/security.js"
};
static const unsigned char a119[] = {
#embed "../Assets/words/shell.js"
};

static const obox_asset obox_assets[] = {
  {"app.js", a0, sizeof a0},
  {"elements/app-shell.js", a1, sizeof a1},
  {"elements/category-dialog.js", a2, sizeof a2},
  {"elements/confirm-dialog.js", a3, sizeof a3},
  {"elements/connect-card.js", a4, sizeof a4},
  {"elements/connection-note.js", a5, sizeof a5},
  {"elements/copy-field.js", a6, sizeof a6},
  {"elements/create-dialog.js", a7, sizeof a7},
  {"elements/elsewhere-view.js", a8, sizeof a8},
  {"elements/empty-state.js", a9, sizeof a9},
  {"elements/form-field.js", a10, sizeof a10},
  {"elements/job-progress.js", a11, sizeof a11},
  {"elements/key-sheet.js", a12, sizeof a12},
  {"elements/live-region.js", a13, sizeof a13},
  {"elements/load-gauge.js", a14, sizeof a14},
  {"elements/machine-load.js", a15, sizeof a15},
  {"elements/machine-row.js", a16, sizeof a16},
  {"elements/notification-bell.js", a17, sizeof a17},
  {"elements/notification-preferences.js", a18, sizeof a18},
  {"elements/notification-rows.js", a19, sizeof a19},
  {"elements/password-card.js", a20, sizeof a20},
  {"elements/person-dialog.js", a21, sizeof a21},
  {"elements/person-form.js", a22, sizeof a22},
  {"elements/plan-picture.js", a23, sizeof a23},
  {"elements/preference-switch.js", a24, sizeof a24},
  {"elements/presence-list.js", a25, sizeof a25},
  {"elements/profile-form.js", a26, sizeof a26},
  {"elements/recovery-codes.js", a27, sizeof a27},
  {"elements/rights-card.js", a28, sizeof a28},
  {"elements/section-tabs.js", a29, sizeof a29},
  {"elements/sessions-card.js", a30, sizeof a30},
  {"elements/side-bar.js", a31, sizeof a31},
  {"elements/status-badge.js", a32, sizeof a32},
  {"elements/takeover-dialog.js", a33, sizeof a33},
  {"elements/time-ago.js", a34, sizeof a34},
  {"elements/toast-list.js", a35, sizeof a35},
  {"elements/tokens-card.js", a36, sizeof a36},
  {"elements/two-step-card.js", a37, sizeof a37},
  {"index.html", a38, sizeof a38},
  {"lib/api.js", a39, sizeof a39},
  {"lib/dialogs.js", a40, sizeof a40},
  {"lib/drafts.js", a41, sizeof a41},
  {"lib/element.js", a42, sizeof a42},
  {"lib/form.js", a43, sizeof a43},
  {"lib/format.js", a44, sizeof a44},
  {"lib/html.js", a45, sizeof a45},
  {"lib/i18n.js", a46, sizeof a46},
  {"lib/icons.js", a47, sizeof a47},
  {"lib/live.js", a48, sizeof a48},
  {"lib/machine-actions.js", a49, sizeof a49},
  {"lib/machines.js", a50, sizeof a50},
  {"lib/morph.js", a51, sizeof a51},
  {"lib/notification-signs.js", a52, sizeof a52},
  {"lib/notifications.js", a53, sizeof a53},
  {"lib/one-client.js", a54, sizeof a54},
  {"lib/paged.js", a55, sizeof a55},
  {"lib/people.js", a56, sizeof a56},
  {"lib/presence.js", a57, sizeof a57},
  {"lib/router.js", a58, sizeof a58},
  {"lib/session.js", a59, sizeof a59},
  {"lib/shortcuts.js", a60, sizeof a60},
  {"lib/socket.js", a61, sizeof a61},
  {"lib/steps.js", a62, sizeof a62},
  {"lib/store.js", a63, sizeof a63},
  {"lib/validation.js", a64, sizeof a64},
  {"logo-unread.svg", a65, sizeof a65},
  {"logo.svg", a66, sizeof a66},
  {"pages/audit.js", a67, sizeof a67},
  {"pages/categories.js", a68, sizeof a68},
  {"pages/forgotten-password.js", a69, sizeof a69},
  {"pages/gate.js", a70, sizeof a70},
  {"pages/host.js", a71, sizeof a71},
  {"pages/machine.js", a72, sizeof a72},
  {"pages/machines.js", a73, sizeof a73},
  {"pages/mailbox.js", a74, sizeof a74},
  {"pages/not-found.js", a75, sizeof a75},
  {"pages/notifications.js", a76, sizeof a76},
  {"pages/people.js", a77, sizeof a77},
  {"pages/person.js", a78, sizeof a78},
  {"pages/profile.js", a79, sizeof a79},
  {"pages/register.js", a80, sizeof a80},
  {"pages/reset-password.js", a81, sizeof a81},
  {"pages/screens.js", a82, sizeof a82},
  {"pages/security.js", a83, sizeof a83},
  {"pages/set-up.js", a84, sizeof a84},
  {"pages/sign-in.js", a85, sizeof a85},
  {"pages/verify-email.js", a86, sizeof a86},
  {"start.js", a87, sizeof a87},
  {"styles/accounts.css", a88, sizeof a88},
  {"styles/base.css", a89, sizeof a89},
  {"styles/controls.css", a90, sizeof a90},
  {"styles/create.css", a91, sizeof a91},
  {"styles/dialogs.css", a92, sizeof a92},
  {"styles/fields.css", a93, sizeof a93},
  {"styles/gate.css", a94, sizeof a94},
  {"styles/host.css", a95, sizeof a95},
  {"styles/layers.css", a96, sizeof a96},
  {"styles/machine.css", a97, sizeof a97},
  {"styles/machines.css", a98, sizeof a98},
  {"styles/mailbox.css", a99, sizeof a99},
  {"styles/notifications.css", a100, sizeof a100},
  {"styles/people.css", a101, sizeof a101},
  {"styles/presence.css", a102, sizeof a102},
  {"styles/progress.css", a103, sizeof a103},
  {"styles/shell.css", a104, sizeof a104},
  {"styles/status.css", a105, sizeof a105},
  {"styles/tokens.css", a106, sizeof a106},
  {"words/access.js", a107, sizeof a107},
  {"words/accounts.js", a108, sizeof a108},
  {"words/audit.js", a109, sizeof a109},
  {"words/chat.js", a110, sizeof a110},
  {"words/compose.js", a111, sizeof a111},
  {"words/host.js", a112, sizeof a112},
  {"words/jobs.js", a113, sizeof a113},
  {"words/load.js", a114, sizeof a114},
  {"words/machines.js", a115, sizeof a115},
  {"words/notifications.js", a116, sizeof a116},
  {"words/people.js", a117, sizeof a117},
  {"words/security.js", a118, sizeof a118},
  {"words/shell.js", a119, sizeof a119},
};

const int obox_asset_count = sizeof obox_assets / sizeof obox_assets[0];

const obox_asset *obox_asset_at(int index) {
  return index >= 0 && index < obox_asset_count ? &obox_assets[index] : 0;
}
