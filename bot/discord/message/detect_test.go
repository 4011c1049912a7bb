package message

import "testing"

// TestLanguageRead names a language only where its script or its words tell.
func TestLanguageRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"wer hat sony gehackt": "Deutsch", "qui a piraté sony ?": "français", "quién hackeó a sony": "español",
		"quem hackeou a sony": "português", "chi ha hackerato sony": "italiano", "wie zit er achter de sony hack": "Nederlands",
		"映画はなぜ中止になったの": "日本語", "소니 해킹 누가 했어": "한국어", "谁黑了索尼": "中文",
		"кто взломал sony": "", "vem hackade sony": "", "sony": "", "": "",
	} {
		if got := LanguageRead(text); got != want {
			t.Errorf("LanguageRead(%q) got %q want %q", text, got, want)
		}
	}
}
