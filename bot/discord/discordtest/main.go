package discordtest

import (
	"flag"
	"runtime"
	"strconv"
	"testing"

	"go.uber.org/goleak"
)

// Main is the TestMain of packages that test a bot: no goroutine of theirs may stay
// behind.
func Main(m *testing.M) {
	flag.Parse()
	// Most tests wait for discordgo, which sleeps a second whenever it closes.
	if p := flag.Lookup("test.parallel"); flag.Lookup("test.fuzz").Value.String() == "" && p.Value.String() == strconv.Itoa(runtime.GOMAXPROCS(0)) {
		_ = p.Value.Set("8")
	}
	goleak.VerifyTestMain(m,
		goleak.IgnoreCurrent(), // what other packages start when they are loaded
		// httptest leaves its connections to the runtime for a moment.
		goleak.IgnoreTopFunction("internal/poll.runtime_pollWait"),
		// discordgo sleeps for a second after its goodbye, under a lock that its other
		// goroutines then wait for. Nobody waits for them.
		goleak.IgnoreAnyFunction("github.com/bwmarrin/discordgo.(*Session).CloseWithCode"),
		goleak.IgnoreAnyFunction("github.com/bwmarrin/discordgo.(*Session).listen"),
		goleak.IgnoreAnyFunction("github.com/bwmarrin/discordgo.(*Session).heartbeat"))
}
