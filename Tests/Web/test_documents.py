import secrets
import tempfile
import unittest

from accounts import AccountTest, fresh
from browser import admin


class Documents(AccountTest):
    """Documents by roles, and the journey from a new version to its approval."""

    def document(self, **fields):
        body = {"title": f"Document {secrets.token_hex(3)}", "fileUrl": "https://example.org/a.pdf"}
        row = admin().call("POST", "/api/documents", body | fields)
        self.addCleanup(lambda: admin().call("DELETE", f"/api/documents/{row['id']}"))
        return row

    def file(self, text):
        file = tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False)
        file.write(text)
        file.close()
        return file.name

    def test_a_member_finds_reads_and_confirms_and_manages_nothing(self):
        row = self.document(requiresConfirmation=True, category="procedure")
        hidden = self.document(isPublic=False)
        self.sign_in(fresh(), "/documents")
        self.see_none("documents-page [data-click=create]")
        self.click("documents-page [data-category=procedure]")
        self.click(".document-row h2 a", row["title"])
        self.see_none("document-page [data-click=edit], document-page [data-click=addVersion], read-report")
        self.see("document-versions .version[data-current] h3", "version 1.0")
        self.click("read-confirm .button-primary")
        self.see("read-confirm .confirm-bar[data-done]")
        self.shoot("document-member")
        self.open(f"/documents/{hidden['id']}")
        self.see(".empty-state h1", "n’existe plus")

    def test_a_manager_adds_a_document_and_a_version_of_it(self):
        title = f"Guide {secrets.token_hex(3)}"
        self.enter(admin(), "/documents?new")
        self.see("table-dialog dialog[open]")
        self.fill("title", title)
        self.see("table-dialog form")
        self.driver.find_element("css selector", "table-dialog [type=file]").send_keys(self.file("Première version"))
        self.see("table-dialog .file-chosen")
        self.shoot("document-dialog")
        self.click("table-dialog form .button-primary")
        self.shoot("documents")
        self.click(".document-row h2 a", title)
        self.see("document-preview pre", "Première version")
        self.click("document-page [data-click=addVersion]")
        self.click("version-dialog form .button-primary")
        self.see("version-dialog .field-error", "obligatoire")
        self.driver.find_element("css selector", "version-dialog [type=file]").send_keys(self.file("Deuxième version"))
        self.see("version-dialog .file-chosen")
        self.fill("note", "Corrections")
        self.click("version-dialog form .button-primary")
        self.see("document-preview pre", "Deuxième version")
        self.see("toast-list", "Version publiée.")
        self.see(".version[data-current] h3", "version 1.1")
        self.shoot("document-manager")
        self.click(".version [data-click=restore]")
        self.click("confirm-dialog .button-primary")
        self.see(".version[data-current] h3", "version 1.2")
        self.see("document-preview pre", "Première version")
        self.resize(360, 740)
        self.shoot("document-narrow")
        row = next(one for one in admin().call("GET", "/api/documents") if one["title"] == title)
        admin().call("DELETE", f"/api/documents/{row['id']}")

    def test_a_deleted_document_comes_back_from_the_bin_with_its_versions(self):
        row = self.document()
        admin().call("POST", f"/api/documents/{row['id']}/versions", {"fileUrl": "https://example.org/b.pdf", "note": "Corrections"})
        self.enter(admin(), f"/documents/{row['id']}")
        self.see(".version[data-current] h3", "version 1.1")
        self.click("document-page [data-click=delete]")
        self.click("confirm-dialog .button-danger")
        self.at("/documents")
        self.see_none(f"[data-key=document-{row['id']}]")
        self.click("documents-page [data-click=bin]")
        self.click(f"bin-dialog [data-click=restore][data-id='{row['id']}']")
        self.see("toast-list", "restauré")
        self.click("bin-dialog [data-click=shut]")
        self.click(f"[data-key=document-{row['id']}] h2 a")
        self.see(".version[data-current] h3", "version 1.1")
        self.see(".version h3", "version 1.0")

    def test_an_approver_decides_and_only_then_others_see_it(self):
        approver = fresh("Alice Visa")
        row = self.document(approverId=str(approver.id))
        self.sign_in(approver, f"/documents/{row['id']}")
        self.shoot("document-approver")
        self.see("document-page .document-main > :first-child h2", "Approuver la version 1.0")
        self.click(".pending-version [data-click=approve]")
        self.see(".version[data-current]")
        self.see_none(".pending-version")
        self.see(".version", "Approuvée par Alice Visa")
        self.assertEqual(admin().call("GET", f"/api/documents/{row['id']}")["approval"], "published")

    def test_a_version_that_awaits_approval_is_sent_replaced_and_shown_with_its_file(self):
        approver = fresh("Anne Visa")
        row = self.document(approverId=str(approver.id))
        self.enter(admin(), f"/documents/{row['id']}")
        self.see_none(".pending-version")
        for text, waiting, proposed in (("Deuxième", "1.0", "1.1"), ("Troisième", "1.1", "1.2")):
            self.click("document-page [data-click=addVersion]")
            self.see("version-dialog .alert-calm", f"La version {waiting}")
            self.see("#field-version-hint", proposed)
            self.driver.find_element("css selector", "version-dialog [type=file]").send_keys(self.file(text))
            self.see("version-dialog .file-chosen")
            self.click("version-dialog form .button-primary")
            self.see("toast-list", "Version envoyée pour approbation.")
            self.see_none("version-dialog dialog[open]")
            self.see(".version h3", f"version {proposed}")
        other = self.another()
        other.sign_in(approver, f"/documents/{row['id']}")
        other.see(".pending-version h2", "Approuver la version 1.2")
        other.see(".pending-version pre", "Troisième")
        other.click(".pending-version [data-click=reject]")
        other.see_none(".pending-version")
        other.see(".version", "Refusée par Anne Visa")


if __name__ == "__main__":
    unittest.main()
