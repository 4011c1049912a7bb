package corpus

import (
	"path"
	"regexp"
	"strings"
)

// Files that stand beside articles and are none. What stands in capitals is
// left out only so: summary.md may be an article.
var (
	notArticle = regexp.MustCompile(`^(?i)(?:read[-_]?me|contributing|code[-_ ]?of[-_ ]?conduct|licen[cs]es?|copying|toc|table[-_ ]of[-_ ]contents|` +
		`(?:.*[-_ .])?templates?|(?:pull_request|issue)_template|404|robots|humans|llms|llms-full|sitemap|feeds|requirements(?:[-_].*)?)$`)
	notArticleLike = regexp.MustCompile(`^(?:(?i:(?:read[-_]?me|licen[cs]e|contributing)[-_.].*)|SUMMARY|SECURITY|SUPPORT|NOTICE|AUTHORS|GOVERNANCE|MAINTAINERS|CODEOWNERS|CHANGELOG|AGENTS|CLAUDE)$`)

	// notArticleDirs are folders of generators of sites, and of what nobody sees.
	notArticleDirs = wordSet(`node_modules archetypes layouts themes templates drafts __macosx _drafts _site _layouts _includes _sass _data
		_plugins _assets _build _static _templates _theme _themes _partials`)
)

// Names beside articles that are never read as such, whatever brings others back.
const (
	IncomingDir = "incoming"  // new articles, which somebody is to look at first
	FeedsFile   = "feeds.txt" // addresses of feeds
)

func notArticles(folder string) bool { return notArticleDirs[strings.ToLower(folder)] }

// leftOutByName says why a file of this name is no article, unless it is
// included; or nothing.
func leftOutByName(name string) string {
	base := strings.TrimSuffix(path.Base(name), path.Ext(name))
	switch {
	case strings.HasPrefix(base, "_"):
		return "by its name, which starts with _"
	case notArticle.MatchString(base), notArticleLike.MatchString(base):
		return "by its name"
	}
	return ""
}

// included reports whether a pattern names a file: its path, or its last part.
func included(patterns []string, name string) bool {
	name = strings.ToLower(name)
	for _, p := range patterns {
		p = strings.ToLower(p)
		for _, n := range []string{name, path.Base(name)} {
			if ok, _ := path.Match(p, n); ok {
				return true
			}
		}
	}
	return false
}

// includesBelow reports whether a pattern names files in a folder.
func includesBelow(patterns []string, folder string) bool {
	for _, p := range patterns {
		if strings.HasPrefix(strings.ToLower(p), strings.ToLower(folder)+"/") {
			return true
		}
	}
	return false
}
