package discord

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"dossier/bot/discord/gateway"
)

// A Finding is what [Examine] says of one thing that the bot needs.
type Finding struct {
	What  string // it is about
	State State
	Said  string // what was found
	Next  string // what to do about it; empty where there is nothing to do
	Final bool   // of Failed: it will not pass by itself, so that a restart is of no use
}

// A State is how good a [Finding] is.
type State string

// The states.
const (
	OK      State = "ok"
	Warning State = "warning" // the bot works, but not as well as it could
	Failed  State = "failed"  // it does not work
	Skipped State = "skipped" // not looked at; Said says why
)

// examineTimeout is how long Discord may take for each answer.
const examineTimeout = 15 * time.Second

// An examination finds out why the bot does not work.
type examination struct {
	cfg     Config
	token   string // never shown
	gateway *gateway.Gateway
	report  func(Finding)
}

// Examine looks at all on the way to Discord that may keep the bot from working, and
// at how it is set up there. It changes nothing. Each finding is reported as soon as it
// is made. Without a token, what needs one is skipped.
func Examine(ctx context.Context, cfg Config, report func(Finding)) {
	e := &examination{cfg: cfg, report: report}
	if cfg.GuildID != "" && !isID(cfg.GuildID) {
		report(Finding{What: "settings", State: Failed, Said: errGuildID.Error(), Final: true})
		e.cfg.GuildID = ""
	}
	token, noToken := readToken(cfg.Token)
	e.token = token
	var err error
	e.gateway, err = gateway.New(gateway.Config{Token: "Bot " + e.token, APIURL: cfg.APIURL, Transport: cfg.Transport, Dial: cfg.Dial}, slog.New(slog.DiscardHandler))
	if err != nil {
		report(Finding{What: "network", State: Failed, Said: err.Error(), Final: true})
		return
	}
	defer e.gateway.Close()
	if !e.reach(ctx) {
		e.skip("Discord is not reached", "gateway", "token", "intents", "setup", "permissions")
		return
	}
	switch {
	case cfg.Token == "":
		e.skip("there is no DISCORD_TOKEN", "token", "intents", "setup", "permissions")
		return
	case noToken != nil:
		report(Finding{What: "token", State: Failed, Said: noToken.Error(), Final: true})
		e.skip("the token does not work", "intents", "setup", "permissions")
		return
	}
	app, ok := e.application(ctx)
	if !ok {
		e.skip("the token does not work", "intents", "setup", "permissions")
		return
	}
	e.intents(app)
	wrong := setupFindings(app)
	for _, f := range wrong {
		report(f)
	}
	if len(wrong) == 0 {
		report(Finding{What: "setup", State: OK, Said: "servers and people can add the bot, and commands come to it"})
	}
	e.permissions(ctx, app)
}

func (e *examination) skip(why string, what ...string) {
	for _, w := range what {
		e.report(Finding{What: w, State: Skipped, Said: why})
	}
}

// reach looks at the way to Discord: the network, the certificate, the clock and the
// gateway. It returns whether the API answers.
func (e *examination) reach(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, examineTimeout)
	defer cancel()
	r, err := e.gateway.Ask(ctx)
	now := time.Now()
	var answer *gateway.Error
	switch {
	case isCertificate(err):
		e.report(Finding{What: "network", State: OK, Said: r.Host + " is there"})
		e.report(Finding{
			What: "certificates", State: Failed, Said: r.Host + " cannot prove that it is itself: " + gateway.Scrub(err),
			Next: "set this machine's clock, install its certificates (the package ca-certificates), and look for a proxy that reads along",
		})
		e.skip("Discord is not reached", "clock")
		return false
	case err != nil && !errors.As(err, &answer):
		e.report(Finding{What: "network", State: Failed, Said: r.Host + " does not answer: " + gateway.Scrub(err), Next: lookAt(e.gateway.Where())})
		e.skip("Discord is not reached", "certificates", "clock")
		return false
	case err != nil:
		e.report(Finding{What: "network", State: Failed, Said: r.Host + " answers, but not as Discord does: " + saidText(err), Next: reachHint(err, e.gateway.Where())})
	default:
		e.report(Finding{What: "network", State: OK, Said: r.Host + " answers"})
	}
	if r.Issuer != "" {
		e.report(Finding{What: "certificates", State: OK, Said: "that of " + r.Host + " is good, by " + shownName(r.Issuer, e.token)})
	} else {
		e.skip("the connection to "+r.Host+" is not encrypted", "certificates")
	}
	e.report(clockFinding(now, r.Date))
	if err == nil {
		e.connect(ctx, r.Gateway)
	}
	return err == nil
}

// isCertificate says whether an error is that a server's certificate is not good.
func isCertificate(err error) bool {
	return errors.As(err, new(*tls.CertificateVerificationError)) || errors.As(err, new(x509.UnknownAuthorityError)) ||
		errors.As(err, new(x509.HostnameError)) || errors.As(err, new(x509.CertificateInvalidError))
}

// clockSlack is how wrong the clock may be: Discord says its time in whole seconds,
// and some of it passes on the way. The bot finds out the difference itself and works
// with a clock that is wrong; the log and the count of logins do not.
const clockSlack = 5 * time.Second

// clockFinding compares this machine's clock with the Date of a response.
func clockFinding(now, date time.Time) Finding {
	f := Finding{What: "clock", State: OK}
	ahead := now.Sub(date).Round(time.Second)
	switch {
	case date.IsZero():
		f.State, f.Said = Skipped, "the response has no date"
	case ahead > clockSlack, ahead < -clockSlack:
		f.State, f.Said = Warning, fmt.Sprintf("this machine is %s ahead of Discord", ahead)
		if ahead < 0 {
			f.Said = fmt.Sprintf("this machine is %s behind Discord", -ahead)
		}
		f.Next = "let the network set its clock (timedatectl set-ntp true)"
	default:
		f.Said = "as Discord's, to a few seconds"
	}
	return f
}

// connect looks whether the gateway can be reached, which has an address of its own.
func (e *examination) connect(ctx context.Context, address string) {
	host, err := e.gateway.Connect(ctx, address)
	if err != nil {
		e.report(Finding{
			What: "gateway", State: Failed, Said: cmp.Or(host, "its address") + " cannot be connected to: " + gateway.Scrub(err),
			Next: "let this machine out to that address, also through a firewall or proxy",
		})
		return
	}
	e.report(Finding{What: "gateway", State: OK, Said: host + " can be connected to"})
}

// application asks Discord who the token belongs to.
func (e *examination) application(ctx context.Context) (app gateway.Application, ok bool) {
	ctx, cancel := context.WithTimeout(ctx, examineTimeout)
	defer cancel()
	app, err := e.gateway.Application(ctx)
	switch {
	case err == nil:
		e.report(Finding{What: "token", State: OK, Said: "accepted, the bot is " + shownName(app.Name, e.token)})
		return app, true
	case gateway.IsBadToken(err):
		e.report(Finding{
			What: "token", State: Failed, Said: "Discord does not take it: " + saidText(err), Final: true,
			Next: "copy the current one from the Developer Portal (your application, Bot, Reset Token) into DISCORD_TOKEN",
		})
	default:
		e.report(Finding{What: "token", State: Failed, Said: "Discord does not say whether it takes it: " + saidText(err), Next: reachHint(err, e.gateway.Where())})
	}
	return app, false
}

// saidText is why a request failed, and what Discord said.
func saidText(err error) string {
	text := gateway.Scrub(err)
	if e := (*gateway.Error)(nil); errors.As(err, &e) && e.Text != "" {
		text += fmt.Sprintf(" (%q)", e.Text)
	}
	return text
}

// privileged are the flags of an application that has ticked an intent, for many
// servers and for few:
// https://discord.com/developers/docs/resources/application#application-object-application-flags
var privileged = []struct {
	name string
	bits int64
}{{"Presence", 1<<12 | 1<<13}, {"Server Members", 1<<14 | 1<<15}, {"Message Content", 1<<18 | 1<<19}}

func (e *examination) intents(app gateway.Application) {
	var ticked []string
	for _, p := range privileged {
		if app.Flags&p.bits != 0 {
			ticked = append(ticked, p.name)
		}
	}
	if len(ticked) == 0 {
		e.report(Finding{What: "intents", State: OK, Said: "no privileged ones, and the bot needs none"})
		return
	}
	e.report(Finding{
		What: "intents", State: Warning, Said: "privileged ones that the bot does not need: " + strings.Join(ticked, ", "),
		Next: "untick them in the Developer Portal (your application, Bot)",
	})
}

// setupFindings says what is wrong with how the application is set up.
func setupFindings(app gateway.Application) []Finding {
	var all []Finding
	add := func(s State, said, next string) {
		all = append(all, Finding{What: "setup", State: s, Said: said, Next: next, Final: s == Failed})
	}
	if app.Endpoint != "" {
		add(Failed, "commands and clicks go to a web address and not to the bot", "empty Interactions Endpoint URL in the Developer Portal (your application, General Information)")
	}
	if app.CodeGrant {
		add(Warning, "servers cannot add the bot with its link", "untick Requires OAuth2 Code Grant in the Developer Portal (your application, Bot)")
	}
	if _, ok := app.Types["0"]; app.Types != nil && !ok {
		add(Warning, "servers cannot add the bot", "tick Guild Install in the Developer Portal (your application, Installation)")
	}
	if _, ok := app.Types["1"]; app.Types != nil && !ok {
		add(Warning, "people cannot install the bot for themselves", "tick User Install in the Developer Portal (your application, Installation)")
	}
	return all
}

// needed are the permissions that the bot needs, as Discord's settings call them:
// https://discord.com/developers/docs/topics/permissions
var needed = []struct {
	name string
	bit  uint64
}{
	{"View Channels", 1 << 10},
	{"Send Messages", 1 << 11},
	{"Send Messages in Threads", 1 << 38},
	{"Embed Links", 1 << 14},
	{"Attach Files", 1 << 15},
	{"Read Message History", 1 << 16},
	{"Add Reactions", 1 << 6},
}

// administrator is the permission that holds all others.
const administrator = 1 << 3

// missing names the permissions that a server does not give the bot.
func missing(g gateway.Guild) []string {
	has, err := strconv.ParseUint(g.Permissions.String(), 10, 64)
	if err != nil || has&administrator != 0 {
		return nil
	}
	var names []string
	for _, p := range needed {
		if has&p.bit == 0 {
			names = append(names, p.name)
		}
	}
	return names
}

func servers(n int) string {
	if n == 1 {
		return "1 server"
	}
	return fmt.Sprintf("%d servers", n)
}

// permissions looks at what the bot may do in its servers, as far as its roles say.
func (e *examination) permissions(ctx context.Context, app gateway.Application) {
	ctx, cancel := context.WithTimeout(ctx, examineTimeout)
	defer cancel()
	guilds, err := e.gateway.Guilds(ctx)
	f := Finding{What: "permissions", State: OK}
	lacking, member := 0, false
	for _, g := range guilds {
		member = member || g.ID == e.cfg.GuildID
		names := missing(g)
		if len(names) == 0 {
			continue
		}
		if lacking++; lacking == 1 {
			f.Said = fmt.Sprintf("%q does not give the bot %s", shownName(g.Name, e.token), strings.Join(names, ", "))
		}
	}
	invite := InviteURL(app.ID)
	switch {
	case err != nil:
		f.State, f.Said, f.Next = Failed, "Discord does not say in which servers the bot is: "+saidText(err), reachHint(err, e.gateway.Where())
	case len(guilds) == 0:
		f.State, f.Said, f.Next = Warning, "the bot is in no server yet", "open "+invite
	case lacking > 0:
		if lacking > 1 {
			f.Said += fmt.Sprintf("; some are missing in %s more, too", servers(lacking-1))
		}
		f.State, f.Next = Warning, "give them to its role there, or open "+invite
	case e.cfg.GuildID != "" && !member:
		f.State, f.Said, f.Next = Warning, "the bot is not in the server of DISCORD_GUILD_ID", "unset it, or open "+invite
	default:
		f.Said = fmt.Sprintf("all that it needs in %s, as far as roles say; a channel can still deny some", servers(len(guilds)))
	}
	e.report(f)
}
