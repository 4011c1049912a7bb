package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"

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
	cause  error  // for errors.Is only: a context's error or errRefusing
}

func (e *Error) Error() string {
	switch {
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
	CodeNoHistory           = 160002 // a reply needs to see what it replies to
)

// asAPIError turns any error of a request into an [Error].
func asAPIError(op string, err error) error {
	if err == nil {
		return nil
	}
	var (
		own  *Error
		rest *discordgo.RESTError
	)
	e := &Error{Op: op, Reason: Scrub(err)}
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &rest):
		if rest.Response != nil {
			e.Status = rest.Response.StatusCode
		}
		if rest.Message != nil {
			e.Code = rest.Message.Code
		}
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
