package gateway

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

// What an operator wants to know when the bot does not work: these make one request
// each, and change nothing.

// A Response is how the API answered a request that needs no token.
type Response struct {
	Host    string    // of the API
	Date    time.Time // by the API's clock, in whole seconds; zero where it did not say
	Issuer  string    // of its certificate; empty where the connection is not encrypted
	Gateway string    // the address of the gateway
}

// Ask asks the API for the gateway's address, without the token. Where the response is
// none of Discord's, it comes with an [Error] that has its status; where there is none,
// the error is that of the connection: [crypto/x509.UnknownAuthorityError] and the like.
func (g *Gateway) Ask(ctx context.Context) (Response, error) {
	var r Response
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, discordgo.EndpointGateway, nil)
	if err != nil {
		return r, err
	}
	req.Header.Set("User-Agent", userAgent)
	r.Host = req.URL.Host
	resp, err := g.client.Do(req)
	if err != nil {
		return r, err
	}
	defer func() { _ = resp.Body.Close() }()
	r.Date, _ = http.ParseTime(resp.Header.Get("Date"))
	if resp.TLS != nil && len(resp.TLS.PeerCertificates) > 0 {
		r.Issuer = resp.TLS.PeerCertificates[0].Issuer.String()
	}
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		return r, err
	}
	if resp.StatusCode != http.StatusOK {
		return r, responseError(opGateway, resp.StatusCode, b)
	}
	if r.Gateway = readObject(b).text("url"); r.Gateway == "" {
		return r, &Error{Op: opGateway, Reason: "the response is not what it should be"}
	}
	return r, nil
}

// Connect connects to the gateway at an address that [Gateway.Ask] returned, and hangs
// up. host is where it is.
func (g *Gateway) Connect(ctx context.Context, address string) (host string, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" {
		return "", &Error{Op: opGateway, Reason: "the address is none"}
	}
	secure := u.Scheme == "wss"
	port := u.Port()
	switch {
	case port != "":
	case secure:
		port = "443"
	default:
		port = "80"
	}
	host = net.JoinHostPort(u.Hostname(), port)
	ctx, cancel := context.WithTimeout(ctx, handshakeTimeout)
	defer cancel()
	conn, err := g.cfg.Dial(ctx, "tcp", host, secure)
	if err == nil && secure {
		conn, err = encrypt(ctx, conn, u.Hostname())
	}
	if err != nil {
		return host, err
	}
	return host, conn.Close()
}

// encrypt puts TLS on a connection to a host.
func encrypt(ctx context.Context, conn net.Conn, host string) (net.Conn, error) {
	t := tls.Client(conn, &tls.Config{ServerName: host, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}})
	if err := t.HandshakeContext(ctx); err != nil {
		_ = conn.Close()
		return nil, err
	}
	return t, nil
}

// A Guild is a server that the bot is in.
type Guild struct {
	ID          string      `json:"id"`
	Name        string      `json:"name"`
	Permissions json.Number `json:"permissions"` // a set of bits: what the bot's roles let it do, before any channel has a say
}

// guildsPage is the most servers that one request can ask for:
// https://discord.com/developers/docs/resources/user#get-current-user-guilds
const guildsPage = 200

// Guilds returns the servers that the bot is in.
func (g *Gateway) Guilds(ctx context.Context) ([]Guild, error) {
	var all []Guild
	for after := "0"; ; {
		var page []Guild
		address := discordgo.EndpointUserGuilds("@me") + "?" + url.Values{"limit": {strconv.Itoa(guildsPage)}, "after": {after}}.Encode()
		if err := g.Do(ctx, opGuilds, http.MethodGet, address, nil, &page); err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(page) < guildsPage || page[len(page)-1].ID == after {
			return all, nil
		}
		after = page[len(page)-1].ID
	}
}
