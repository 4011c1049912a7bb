package corpus

import (
	"regexp"
	"strings"
)

// maxBoilerplate is the longest line that can be one of a site and not of an
// article, in bytes.
const maxBoilerplate = 160

// boilerplate are sentences that sites put around their articles. Each must
// match the whole sentence, or begin it where only a site says so.
var boilerplate = regexp.MustCompile(`^(?i)(?:` + strings.Join([]string{
	`(?:(?:copyright|©|\(c\))[\s©\d,–-]+[^.]*\.? ?)?all rights reserved\W*.*`,
	`(?:copyright|©|\(c\))[\s©]*\d{4}.*`,
	`.{0,40}all rights reserved\W*`,
	`(?:alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|無断転載.*|版权所有.*)\W*`,
	`(?:.{0,60} (?:may|must|can)(?: ?not)? be |do not )(?:reproduced?|published?|republish(?:ed)?|cop(?:y|ied)|(?:re)?distributed?|duplicated?|repost(?:ed)?)\b.{0,60}\b(?:permission|consent)\W*`,
	`(?:reproduction|republication|copying|redistribution|unauthori[sz]ed (?:use|reproduction|copying))\b.{0,60}\b(?:prohibited|forbidden|permission|consent)\W*`,
	`join (?:the|our) (?:discussion|conversation|community|newsletter|mailing list|slack|discord)\b.{0,60}`,
	`(?:share|tweet|like|pin|email|print|bookmark)(?: (?:this|it|on|via|with|the|article|post|story|page|us|friends|facebook|twitter|x|linkedin|reddit|whatsapp|email|mastodon|bluesky|and|or|to)\b\W*)*\W*`,
	`(?:follow|find|like) us on\b.{0,80}`,
	`(?:subscribe|sign up|sign in|log in|register)(?: now| here| today| free| for free)?(?: (?:to|for) (?:our|the newsletter|the mailing|receive|get|comment|reply|read|continue|leave|post|updates|alerts)\b.{0,80})?\W*`,
	`(?:read|see|show|learn|load|view) (?:more|all|comments?|next|also)(?::.{0,80})?\W*`,
	`(?:continue|keep) reading\b.{0,60}`,
	`(?:back|return|skip|jump) to (?:the )?(?:top|home|main|content|main content|index|blog)\W*`,
	`(?:edit|improve) this page(?: on github)?\W*`,
	`(?:advertisement|sponsored(?: content)?|related (?:articles|posts|stories)|leave a (?:comment|reply)|comments are closed|no comments(?: yet)?|click here(?: to .{0,60})?|loading)\W*`,
	`(?:previous|next|older|newer|prev)(?: (?:post|posts|page|article|story))?(?: ?[|/·] ?(?:next|newer|older)(?: (?:post|page|article))?)?\W*`,
	`(?:this (?:site|website|page) uses|we use) cookies\b.{0,120}`,
	`(?:\d+|one|two|three|five) min(?:ute)?s? read\W*`,
	`this (?:page|article|post) (?:was )?(?:last )?(?:edited|modified|updated) on\b.{0,80}`,
	`(?:table of contents|toc)\W*`,
	`(?:slide|page|folie|seite)?\W*\d{1,4}\s*(?:(?:/|of|von)\s*\d{1,4})?\W*`,
}, "|") + `)$`)

// isBoilerplate reports whether a sentence is one of a site, or the number of a
// page, and says nothing.
func isBoilerplate(s string) bool {
	lines := 0
	for line := range strings.Lines(s) {
		if lines++; len(line) > maxBoilerplate || lines > 8 || !boilerplate.MatchString(strings.TrimSpace(line)) {
			return false
		}
	}
	return lines > 0
}
