package main

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"bot": main})
}

// TestScripts runs the command line as people do; see testdata/script. What a script has
// in its folder web is served at $WEB.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"cmpbut": compareBut},
		Setup: func(env *testscript.Env) error {
			web := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(env.WorkDir, "web"))))
			env.Defer(web.Close)
			env.Setenv("WEB", web.URL)
			return nil
		},
	})
}

// compareBut compares the file args[1], without the lines that args[0] matches, with
// the file args[2].
func compareBut(ts *testscript.TestScript, _ bool, args []string) {
	but := regexp.MustCompile("(?m)" + args[0] + "\n")
	text := ts.ReadFile(args[1])
	if !but.MatchString(text) {
		ts.Fatalf("%q is not in\n%s", args[0], text)
	}
	if got, want := but.ReplaceAllString(text, ""), ts.ReadFile(args[2]); got != want {
		ts.Fatalf("got\n%swant\n%s", got, want)
	}
}
