package imports

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

// A words is a line on a page of a PDF, in points from its lower left corner.
type words struct {
	x, y, size float64
	bold       bool
	text       string
}

// column sets lines below each other. A line that starts with a tab is indented, an empty
// one leaves a gap.
func column(x, y, size float64, lines ...string) (out []words) {
	for _, l := range lines {
		if l != "" {
			indented := strings.TrimPrefix(l, "\t")
			dx := 0.0
			if indented != l {
				dx = 2 * size
			}
			out = append(out, words{x + dx, y, size, false, indented})
		}
		y -= 1.2 * size
	}
	return out
}

// makePDF writes a PDF. Its trailer can have more than usual.
func makePDF(t *testing.T, info, trailer string, pages ...[]words) []byte {
	t.Helper()
	var b bytes.Buffer
	var at []int
	object := func(format string, args ...any) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), fmt.Sprintf(format, args...))
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids []string
	for i := range pages {
		kids = append(kids, fmt.Sprintf("%d 0 R", 6+2*i))
	}
	object("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>")
	object("<< %s >>", info)
	for i, p := range pages {
		var s strings.Builder
		s.WriteString("1 0 0 1 0 0 cm 50 50 100 100 re S\n")
		for _, w := range p {
			text, err := charmap.Windows1252.NewEncoder().String(w.text)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&s, "BT /%s %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", map[bool]string{false: "F1", true: "F2"}[w.bold], w.size, w.x, w.y,
				strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(text))
		}
		object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>", 7+2*i)
		object("<< /Length %d >>\nstream\n%s\nendstream", s.Len(), s.String())
	}
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, trailer, xref)
	return b.Bytes()
}

// running puts a head and a foot on a page.
func running(page, pages int, body ...[]words) []words {
	out := []words{{72, 800, 9, false, "Harbour Office"}, {420, 800, 9, false, "Report on the northern gate"}}
	for _, b := range body {
		out = append(out, b...)
	}
	return append(out, words{280, 30, 9, false, fmt.Sprintf("Page %d of %d", page, pages)})
}

func report(t *testing.T) []byte {
	return makePDF(t, "/Title (Microsoft Word - gate_v3_FINAL.doc) /Author (Maren Oduya) /CreationDate (D:20210310120000Z)", "",
		running(1, 3,
			[]words{{72, 740, 20, true, "The gate that did not close"}, {72, 715, 11, false, "Harbour Office, 4 March 2021"}},
			[]words{{72, 680, 13, true, "What happened"}},
			column(72, 660, 11,
				"The gate of the northern quay did not close on the evening of the fourth of March, although",
				"the control room had given the order three times. Investigators later found that a counter-",
				"feit controller had been built in during a repair, and that its well-",
				"known fault had never been reported to anybody in the harbour office or to the ministry.",
				"\tNobody was hurt. The harbour master, who has looked after the gate since it was built, has",
				"asked for all fourteen controllers to be looked at again, which will take until the end of",
				"September at the earliest, since the well-known maker of the controllers has closed its only")),
		running(2, 3,
			column(72, 760, 11,
				"workshop and sold its papers.",
				"",
				"Three things are to be done at once:",
				"• All gates are closed by hand until the end of April, and",
				"two people stand at each of them.",
				"• Spare parts are bought from one maker only.",
				"• The order to close is given by telephone as well.")),
		running(3, 3, []words{{72, 740, 13, true, "What it cost"}}, column(72, 720, 11, "The repair cost € 44,000 (without the ship’s own damage).")))
}

func twoColumns(t *testing.T) []byte {
	return makePDF(t, "/Title (Night on the quay)", "", append(
		[]words{{72, 760, 18, true, "Night on the quay"}},
		append(column(72, 720, 10,
			"The guard walks his round at eleven,",
			"at one and at four. On Thursday he",
			"found the gate open at four and saw"),
			column(320, 720, 10,
				"that no lamp was lit. He rang the bell",
				"and woke the harbour master.",
				"\tThe two of them closed the gate by",
				"hand, which took them an hour.")...)...))
}

func skipUnderRace(t *testing.T) {
	t.Helper()
	if underRace {
		t.Skip("the race detector makes PDFium, which is code of one goroutine, a hundred times slower")
	}
}

// readTestPDF reads one as an importer does, but for the speed.
func readTestPDF(t *testing.T, name string, src []byte) (Article, error) {
	t.Helper()
	skipUnderRace(t)
	r := pdfReader{interpreted: true}
	return r.read(t.Context(), document{body: src, name: name}, nil)
}

func TestPDF(t *testing.T) {
	for _, tt := range []struct {
		name string
		src  []byte
		want Article
	}{
		{"gate.pdf", report(t), Article{Title: "The gate that did not close", Date: "2021-03-04", Author: "Maren Oduya", Body: `## What happened

The gate of the northern quay did not close on the evening of the fourth of March, although the control room had given the order three times. Investigators later found that a counterfeit controller had been built in during a repair, and that its well-known fault had never been reported to anybody in the harbour office or to the ministry.

Nobody was hurt. The harbour master, who has looked after the gate since it was built, has asked for all fourteen controllers to be looked at again, which will take until the end of September at the earliest, since the well-known maker of the controllers has closed its only workshop and sold its papers.

Three things are to be done at once:

- All gates are closed by hand until the end of April, and two people stand at each of them.

- Spare parts are bought from one maker only.

- The order to close is given by telephone as well.

## What it cost

The repair cost € 44,000 (without the ship’s own damage).

`}},
		{"2020-02-03_night.pdf", twoColumns(t), Article{Title: "Night on the quay", Date: "2020-02-03", Body: `The guard walks his round at eleven, at one and at four. On Thursday he found the gate open at four and saw that no lamp was lit. He rang the bell and woke the harbour master.

The two of them closed the gate by hand, which took them an hour.

`}},
	} {
		got, err := readTestPDF(t, tt.name, tt.src)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
		reread(t, got)
	}
}

func TestPDFRefused(t *testing.T) {
	locked := "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + strings.Repeat("41", 32) + "> /U <" + strings.Repeat("42", 32) + "> >> /ID [<00> <00>]"
	for _, tt := range []struct {
		name string
		src  []byte
		want string
	}{
		{"scanned", makePDF(t, "", "", nil, nil), "has no text, only pictures of it; have its text recognised (OCR), for example with ocrmypdf, and import that"},
		{"locked", makePDF(t, "", locked, column(72, 700, 11, "Nobody may read this.")), "is locked with a password; save a copy without one and import that"},
		{"rubbish", []byte("%PDF-1.7\nthis is none"), "is damaged, or no PDF; open it in a viewer, save it anew and import that"},
		{"no pages", makePDF(t, "", ""), "is a PDF without pages"},
	} {
		if _, err := readTestPDF(t, tt.name+".pdf", tt.src); errText(err) != tt.want {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		}
	}
}

// TestImportPDF goes the whole way, with PDFium as it is used.
func TestImportPDF(t *testing.T) {
	skipUnderRace(t)
	dir := t.TempDir()
	file := filepath.Join(dir, "gate.pdf")
	if err := os.WriteFile(file, report(t), 0o644); err != nil {
		t.Fatal(err)
	}
	var got, steps []string
	im := newImporter(t, dir, nil, &got)
	im.CacheDir = filepath.Join(dir, "cache")
	im.Begin = func(_, how string) { steps = append(steps, how) }
	for range 2 {
		if err := im.Import(t.Context(), file); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		"2021-03-04-the-gate-that-did-not-close.md|The gate that did not close|2021-03-04||Maren Oduya|",
		file + ": is there already, with the same text: The gate that did not close",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Import (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"", "page 1 of 3", "page 2 of 3", "page 3 of 3"}, steps[:4]); diff != "" {
		t.Errorf("progress (-want +got):\n%s", diff)
	}
}
