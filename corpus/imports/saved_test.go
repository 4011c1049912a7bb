package imports

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestImportSaved: a saved page without a title has the name of its file; a page
// with a menu alone is no article.
func TestImportSaved(t *testing.T) {
	dir := t.TempDir()
	var got []string
	im := newImporter(t, filepath.Join(dir, "articles"), nil, &got)
	for name, page := range map[string]string{
		"gate_report.html": "<p>The northern gate stood open for two hours, and nobody had an explanation for it.</p>",
		"home.html":        `<body><nav>Home</nav></body>`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("<html>"+page), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	home := filepath.Join(dir, "home.html")
	for _, source := range []string{filepath.Join(dir, "gate_report.html"), home} {
		if err := im.Import(t.Context(), source); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff([]string{"gate-report.md|gate report||||", home + ": " + errNoArticle.Error()}, got); diff != "" {
		t.Errorf("Import (-want +got):\n%s", diff)
	}
}
