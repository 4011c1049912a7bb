package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

type healthCmd struct{}

// healthTimeout is less than a container engine waits (bot/Dockerfile).
const healthTimeout = 4 * time.Second

// Run asks the bot that runs on this machine whether it is ready. An image without
// anything but the program has no other means to.
func (healthCmd) Run(p *program) error {
	if p.settingsErr != nil {
		return p.settingsErr
	}
	at := p.settings.metricsAddr
	if at == "" {
		return errors.New("METRICS_ADDR is not set, so no bot can be asked\nhint: set it to the same as for the bot, for example 127.0.0.1:9464")
	}
	ctx, cancel := context.WithTimeout(p.ctx, healthTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+at+"/readyz", nil)
	if err != nil {
		return err
	}
	client := http.Client{Transport: &http.Transport{}} // never by a proxy
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("no bot answers at %s: %w\nhint: start it with the same METRICS_ADDR", at, err)
	}
	defer resp.Body.Close()
	said, err := io.ReadAll(io.LimitReader(resp.Body, 1000))
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("the bot is not ready: %s: %s", resp.Status, strings.TrimSpace(string(said)))
	}
	_, err = fmt.Fprintln(p.stdout, "ready")
	return err
}
