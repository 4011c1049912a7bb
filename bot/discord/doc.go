// Package discord lets people ask on Discord. It knows Discord and discordgo;
// what an answer is it takes from package index, and nothing else of the program
// knows about Discord.
//
// A question comes in as a slash command, a click, a mention or a direct
// message, is put to the [Asker], rendered and sent. Bottom up:
//
//   - escape.go and emphasis.go make text safe to show: what people see equals
//     the source. clean.go shortens what people typed.
//   - render.go, nothing.go, cite.go, around.go and pages.go turn answers into messages,
//     without any input or output; texts.go holds what the bot says, in seven
//     languages. readback.go reads from a message what the bot does not keep.
//   - customid.go packs what a button does into its id, so that buttons work
//     after a restart and nothing about them is kept.
//   - commands.go describes the commands and writes them to Discord when they
//     differ from what is registered, trial.go takes them away where they would be there
//     twice; selfcheck.go says whether all is well.
//   - messages.go, slash.go, complete.go and buttons.go are the handlers: unpack,
//     ask, render, send. hear.go finds out what a message asks, tracker.go knows
//     its answer. answer.go asks, turn.go says when; bot.go starts and ends everything.
//   - limits.go keeps one person from taking all the room, intake.go lets answers
//     in flight finish, handle.go lets a panic end no more than one of them.
//     readers.go remembers the language of people and servers, whose messages do not say;
//     ids.go reads what ids say, conversation.go knows which questions belong together.
//
// The rest keeps discordgo v0.29.0 safe, without a fork:
//
//   - link.go opens, resumes and replaces sessions in place of discordgo's own
//     reconnecting, and stops for good where Discord says so.
//   - wire.go watches the bytes of the gateway connection, frames.go takes them
//     apart, dial.go makes it.
//   - logins.go keeps the logins (IDENTIFY) within a safe rate and a daily
//     budget, across restarts.
//   - transport.go carries REST requests with retries, ratelimit.go within
//     Discord's limits and with a stop when it keeps refusing; clock.go learns its
//     time from them. client.go makes the requests; every message goes through
//     payload.go, which lets it ping nobody.
//   - errors.go keeps tokens, ids and what people wrote out of errors and logs,
//     permissions.go says what a moderator has to allow.
//   - endpoints.go points discordgo at another server.
//
// What never happens: a message pings somebody, a sentence is cut, a text or id
// of a person is logged or stored, an answer is given twice, a privileged intent
// is asked for.
package discord
