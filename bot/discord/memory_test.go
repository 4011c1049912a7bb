package discord

import (
	"fmt"
	"io"
	"net/http"
	"runtime"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/discordtest"
)

// TestMemory handles 100,000 interactions, each with a token of its own, and
// expects the heap to be as large afterwards as after the first half.
func TestMemory(t *testing.T) {
	if testing.Short() || slow {
		t.Skip("takes some seconds, and the race detector keeps memory of its own")
	}
	sent := 0
	b, err := New(Config{Token: "x", Limits: noLimits, Patience: discordtest.Guard, Transport: transportFunc(func(r *http.Request) (*http.Response, error) {
		_, _ = io.Copy(io.Discard, r.Body)
		sent++
		return &http.Response{StatusCode: 204, Body: http.NoBody, Header: http.Header{}}, nil
	})}, &fakeAsker{quiet: true}, discardLog)
	if err != nil {
		t.Fatal(err)
	}
	var before uint64
	const total = 100_000
	names := []string{"ask", "privacy"} // answers take a while to render: one in ten is enough
	for n := range total {
		if n == total/2 {
			before = heapNow()
		}
		now := uint64(time.Now().UnixMilli() - 1420070400000)
		b.interactions.on(&discordgo.Interaction{
			ID: fmt.Sprint(now<<22 | uint64(n)&(1<<22-1)), Token: fmt.Sprintf("aW50ZXJhY3Rpb24%0150d", n),
			Type: discordgo.InteractionApplicationCommand, ChannelID: fmt.Sprint(n), GuildID: fmt.Sprint(n),
			User: &discordgo.User{ID: fmt.Sprint(n)},
			Data: discordgo.ApplicationCommandInteractionData{Name: names[min(n%10, 1)], Options: []*discordgo.ApplicationCommandInteractionDataOption{
				{Name: "question", Type: discordgo.ApplicationCommandOptionString, Value: fmt.Sprint("question ", n)},
			}},
		})
	}
	after := heapNow()
	if sent != total {
		t.Errorf("%d of %d interactions were answered", sent, total)
	}
	grown := int64(after) - int64(before)
	t.Logf("heap %.1f MiB after %d interactions, %.1f MiB after %d", mib(before), total/2, mib(after), total)
	if grown > 1<<19 {
		t.Errorf("the heap grew by %.1f MiB", mib(uint64(grown)))
	}
	runtime.KeepAlive(b)
}

// heapNow is how much of the heap is in use.
func heapNow() uint64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

func mib(n uint64) float64 { return float64(n) / (1 << 20) }
