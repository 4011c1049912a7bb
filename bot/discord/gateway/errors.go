package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// An Error is what is left of a failed request when everything that must not
// be logged is gone: addresses hold interaction tokens and ids of people,
// discordgo's errors hold the bot's token, bodies hold what people wrote.
type Error struct {
	Op     string // what was tried, a constant of this package
	Status int    // of HTTP; 0 where there was no response
	Code   int    // Discord's own, 0 where unknown
	Reason string // where there was no response: why, scrubbed
	Own    bool   // the response is Discord's, and not that of something before it

	// Text and Fields are what Discord said, scrubbed. Error leaves them out: they
	// may have words of a person in them, where the request had.
	Text   string
	Fields []Field

	// Wait is how long Discord takes no such request; 0 where that is not why.
	Wait time.Duration

	cause error // for errors.Is only: a context's error or ErrPaused
}

// A Field is a member of a request that Discord does not take.
type Field struct{ Path, Code, Text string }

func (e *Error) Error() string {
	switch {
	case e.Wait > 0:
		return fmt.Sprintf("%s: Discord's rate limit, for another %s", e.Op, e.Wait.Round(time.Second))
	case e.Status == 0:
		return fmt.Sprintf("%s: %s", e.Op, e.Reason)
	case e.Code == 0:
		return fmt.Sprintf("%s: HTTP %d", e.Op, e.Status)
	}
	return fmt.Sprintf("%s: HTTP %d, code %d", e.Op, e.Status, e.Code)
}

func (e *Error) Unwrap() error { return e.cause }

// Discord's codes that the bot knows what to do about:
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
const (
	CodeUnknownMessage      = 10008
	CodeUnknownInteraction  = 10062
	CodeMissingAccess       = 50001
	CodeMissingPermissions  = 50013
	CodeAlreadyAcknowledged = 40060
	CodeCannotDM            = 50007
	CodeBlocked             = 40333  // Discord's edge refuses, for a while, whatever is asked
	CodeNoHistory           = 160002 // a reply needs to see what it replies to
)

// asAPIError turns any error of a request into an [Error].
func asAPIError(op string, err error) error {
	if err == nil {
		return nil
	}
	var (
		own     *Error
		rest    *discordgo.RESTError
		limited *limitedError
	)
	e := &Error{Op: op, Reason: Scrub(err)}
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &rest):
		if rest.Response != nil {
			return responseError(op, rest.Response.StatusCode, rest.ResponseBody)
		}
	case errors.As(err, &limited):
		e.Status, e.Wait = 429, limited.wait
	case isRateLimit(err):
		e.Status = 429
	}
	for _, c := range []error{context.Canceled, context.DeadlineExceeded, ErrPaused} {
		if errors.Is(err, c) {
			e.cause = c
		}
	}
	return e
}

// responseError is what a response says that is no success.
func responseError(op string, status int, body []byte) *Error {
	o := readObject(body)
	code, hasCode := o.whole("code")
	text := o.text("message")
	e := &Error{
		Op: op, Status: status, Code: int(code), Text: clip(Redact(text)),
		Own: text != "" && (hasCode || strings.HasPrefix(text, fmt.Sprintf("%d:", status))),
	}
	e.addFields(o.object("errors"), nil)
	return e
}

// maxFields is how many members are named where Discord does not take a request.
const maxFields = 4

// addFields reads which members Discord names, and why:
// https://discord.com/developers/docs/reference#error-messages
func (e *Error) addFields(o object, path []string) {
	for _, why := range o.objects("_errors") {
		if len(e.Fields) < maxFields {
			e.Fields = append(e.Fields, Field{strings.Join(path, "."), known(errorCode, why.text("code")), clip(Redact(why.text("message")))})
		}
	}
	for _, k := range slices.Sorted(maps.Keys(o)) {
		if k != "_errors" && len(path) < 8 {
			e.addFields(o.object(k), append(path[:len(path):len(path)], known(memberName, k)))
		}
	}
}

var (
	errorCode  = regexp.MustCompile(`^[A-Z_]{1,60}$`)
	memberName = regexp.MustCompile(`^([a-z_]{1,40}|[0-9]{1,3}|[a-z]{2}-[A-Z0-9]{2,3})$`)
)

// known returns a name that looks as it should, and else nothing of it.
func known(like *regexp.Regexp, name string) string {
	if like.MatchString(name) {
		return name
	}
	return "?"
}

// clip makes a line of a text that somebody else wrote, and not a long one.
func clip(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 120 {
		s = string(r[:120]) + "…"
	}
	return s
}

// A limitedError says that Discord takes no such request for a while.
type limitedError struct{ wait time.Duration }

func (e *limitedError) Error() string { return "rate limited" }
func (e *limitedError) Unwrap() error { return context.DeadlineExceeded }

func isRateLimit(err error) bool {
	var (
		limit  *discordgo.RateLimitError
		syntax *json.SyntaxError // a page of HTML where JSON was expected
	)
	return errors.As(err, &limit) || errors.As(err, &syntax)
}

// IsCode says whether err is Discord's error with that code.
func IsCode(err error, code int) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == code
}

// IsStatus says whether err is a response of HTTP with that status.
func IsStatus(err error, status int) bool {
	var e *Error
	return errors.As(err, &e) && e.Status == status
}

// IsGone says whether err means that the message is not there any more. Which code
// says so differs between servers.
func IsGone(err error) bool { return IsStatus(err, 404) }

// IsLimited says for how long Discord takes no such request, where err means that.
func IsLimited(err error) (wait time.Duration, ok bool) {
	var e *Error
	if errors.As(err, &e) && e.Status == 429 {
		return e.Wait, true
	}
	return 0, false
}

// IsBadToken says whether err is Discord's own word that it does not take the token.
func IsBadToken(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Status == 401 && e.Own
}

// ErrRefused is what an error is where Discord refuses the bot as it is set up, so
// that starting it again is of no use.
var ErrRefused = errors.New("refused by Discord")

// Refuse makes an [errRefused] of an error, in words of its own.
func Refuse(err error) error { return refusal{err} }

type refusal struct{ error }

func (refusal) Is(target error) bool { return target == ErrRefused }
func (r refusal) Unwrap() error      { return r.error }

// Scrub returns an error's text without what must not be logged.
func Scrub(err error) string {
	var (
		own    *Error
		rest   *discordgo.RESTError
		limit  *discordgo.RateLimitError
		closed *websocket.CloseError
		u      *url.Error
	)
	switch {
	case err == nil:
		return ""
	case errors.As(err, &own):
		return own.Error()
	case errors.As(err, &rest):
		if rest.Response != nil {
			return fmt.Sprintf("HTTP %d", rest.Response.StatusCode)
		}
		return "no response"
	case errors.As(err, &limit):
		return "rate limited"
	case errors.As(err, &closed):
		return fmt.Sprintf("close code %d", closed.Code)
	case errors.As(err, &u):
		return Redact(u.Err.Error()) // without the address
	}
	return Redact(err.Error())
}

var (
	secrets = regexp.MustCompile(`(?i)\b(bot|bearer) \S+|[A-Za-z0-9_-]{18,}(\.[A-Za-z0-9_-]+)*`)
	ids     = regexp.MustCompile(`\d{15,}`)
	paths   = regexp.MustCompile(`(https?|wss?)://\S+`)
)

// Redact removes whatever looks like a token, an id or an address.
func Redact(s string) string {
	s = paths.ReplaceAllString(s, "[address]")
	s = secrets.ReplaceAllString(s, "[redacted]")
	return ids.ReplaceAllString(s, "[id]")
}
