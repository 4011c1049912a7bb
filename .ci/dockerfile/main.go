// Command dockerfile checks bot/Dockerfile and bot/compose.yaml as far as a machine
// without a container engine can: both are read with the engines' own libraries, what
// they copy must be there, and what the README promises of the container must be in
// them. Its argument is the root of the tree.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

func main() {
	if err := check(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// check returns all that is wrong.
func check(root string) error {
	img, err := readImage(root)
	if err != nil {
		return err
	}
	return errors.Join(img.wrong(), wrongInCompose(root, img))
}

// An image is what the last stage of the Dockerfile says.
type image struct {
	base, user  string
	entrypoint  []string
	health      []string
	env         map[string]string
	copied      []string // where to
	volumes     []string
	diagnostics []error
}

// readImage reads the Dockerfile, and whether what it copies is there.
func readImage(root string) (*image, error) {
	f, err := os.Open(filepath.Join(root, "bot/Dockerfile"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	img := &image{env: make(map[string]string)}
	tree, err := parser.Parse(f)
	if err != nil {
		return nil, err
	}
	lint := linter.New(&linter.Config{Warn: func(rule, description, _, message string, at []parser.Range) {
		img.diagnostics = append(img.diagnostics, fmt.Errorf("bot/Dockerfile: %v: %s: %s (%s)", at, rule, message, description))
	}})
	stages, _, err := instructions.Parse(tree.AST, lint)
	if err != nil {
		return nil, err
	}
	var names []string
	for i, stage := range stages {
		for _, c := range stage.Commands {
			if c, ok := c.(*instructions.CopyCommand); ok {
				img.checkCopy(root, c, names)
			}
			if i == len(stages)-1 {
				img.take(c)
			}
		}
		names = append(names, stage.Name)
		img.base = stage.BaseName
	}
	return img, nil
}

// checkCopy holds that a COPY has something to copy.
func (img *image) checkCopy(root string, c *instructions.CopyCommand, stages []string) {
	if c.From != "" {
		if !slices.Contains(stages, c.From) {
			img.diagnostics = append(img.diagnostics, fmt.Errorf("bot/Dockerfile: COPY --from=%s: there is no such stage before it", c.From))
		}
		return
	}
	for _, source := range c.SourcePaths {
		if found, err := filepath.Glob(filepath.Join(root, source)); err != nil || len(found) == 0 {
			img.diagnostics = append(img.diagnostics, fmt.Errorf("bot/Dockerfile: COPY %s: there is no such file", source))
		}
	}
}

// take notes what a command says of the image.
func (img *image) take(c instructions.Command) {
	switch c := c.(type) {
	case *instructions.CopyCommand:
		img.copied = append(img.copied, c.DestPath)
	case *instructions.UserCommand:
		img.user = c.User
	case *instructions.VolumeCommand:
		img.volumes = append(img.volumes, c.Volumes...)
	case *instructions.EntrypointCommand:
		img.entrypoint = c.CmdLine
	case *instructions.HealthCheckCommand:
		img.health = c.Health.Test
	case *instructions.EnvCommand:
		for _, kv := range c.Env {
			img.env[kv.Key] = kv.Value
		}
	}
}

// wrong returns where the image is not as it has to be: a static program and nothing
// else, that runs as nobody.
func (img *image) wrong() error {
	errs := img.diagnostics
	want := func(ok bool, what string) {
		if !ok {
			errs = append(errs, errors.New("bot/Dockerfile: "+what))
		}
	}
	want(img.base == "scratch", "the image is not made from scratch")
	user, _, _ := strings.Cut(img.user, ":")
	want(strings.Trim(user, "0123456789") == "" && strings.TrimLeft(user, "0") != "", "USER is not the number of a user other than root")
	want(len(img.entrypoint) == 1 && slices.Contains(img.copied, img.entrypoint[0]), "ENTRYPOINT is no file that was copied")
	want(len(img.health) == 3 && img.health[0] == "CMD" && img.health[1] == img.entrypoint[0], "HEALTHCHECK does not ask the program itself")
	want(slices.Contains(img.copied, "/etc/ssl/certs/"), "there are no certificates in it")
	for _, v := range img.volumes {
		want(slices.Contains(img.copied, v), "VOLUME "+v+" is no directory of the user's")
	}
	return errors.Join(errs...)
}

// wrongInCompose returns what is wrong with compose.yaml.
func wrongInCompose(root string, img *image) error {
	name := filepath.Join(root, "bot/compose.yaml")
	project, err := loader.LoadWithContext(context.Background(), types.ConfigDetails{
		WorkingDir:  filepath.Dir(name),
		ConfigFiles: []types.ConfigFile{{Filename: name}},
	}, func(o *loader.Options) {
		o.SetProjectName("dossier", true)
		o.SkipResolveEnvironment = true // .env is the operator's
	})
	if err != nil {
		return err
	}
	s, ok := project.Services["dossier"]
	if !ok {
		return errors.New("bot/compose.yaml: no service is called dossier")
	}
	var errs []error
	want := func(ok bool, what string) {
		if !ok {
			errs = append(errs, errors.New("bot/compose.yaml: "+what))
		}
	}
	want(s.ReadOnly, "its files can be written")
	want(slices.Contains(s.CapDrop, "ALL"), "it keeps capabilities")
	want(slices.Contains(s.SecurityOpt, "no-new-privileges:true"), "it may get privileges")
	want(len(s.Ports) == 0, "it opens a port")
	want(s.User == "", "it runs as another user than the image's")
	if s.Build == nil {
		return errors.Join(append(errs, errors.New("bot/compose.yaml: it builds nothing"))...)
	}
	_, err = os.Stat(filepath.Join(s.Build.Context, s.Build.Dockerfile))
	want(err == nil, fmt.Sprintf("%s is not in %s", s.Build.Dockerfile, s.Build.Context))
	for _, v := range img.volumes {
		want(slices.ContainsFunc(s.Volumes, func(c types.ServiceVolumeConfig) bool { return c.Target == v && c.Type == "volume" }), v+" is not kept")
	}
	// A line "INDEX_DIR=" in .env would undo what the image sets.
	for k, v := range img.env {
		have := s.Environment[k]
		want(k == "HOME" || have != nil && *have == v, fmt.Sprintf("%s is not %s as in the image", k, v))
	}
	return errors.Join(errs...)
}
