package discord

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"dossier/bot/discord/gateway"
	"dossier/bot/discord/message"
)

// A sender sends what the bot has to say.
type sender struct {
	gateway  *gateway.Gateway
	patience time.Duration // that Discord has with an interaction
	metrics  Metrics
}

// sent notes how long it took to send what was begun at start.
func (s *sender) sent(start time.Time) { s.metrics.Took(stageSending, time.Since(start)) }

// What is tried, for errors and logs.
const (
	opCommands = "read commands"
	opRegister = "write commands"
	opRespond  = "answer interaction"
	opSend     = "send message"
	opEdit     = "edit message"
	opDelete   = "delete message"
	opReact    = "react to message"
	opRoles    = "read roles"
)

// Types of responses to an interaction:
// https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
const (
	respondMessage = 4
	respondLater   = 6 // an update of the message, or nothing
	respondUpdate  = 7
	respondChoices = 8
)

type response struct {
	Type int `json:"type"`
	Data any `json:"data,omitempty"`
}

// respond answers an interaction, as long as Discord waits but for half a second.
// That somebody has answered it already is not an error: it is our own first try
// whose response got lost.
func (s *sender) respond(ctx context.Context, i *discordgo.Interaction, r response) error {
	if r.Type == respondMessage || r.Type == respondUpdate {
		defer s.sent(time.Now())
	}
	ctx, cancel := context.WithTimeout(ctx, s.patience-500*time.Millisecond)
	defer cancel()
	err := s.gateway.Do(ctx, opRespond, http.MethodPost, discordgo.EndpointInteractionResponse(i.ID, i.Token), r, nil)
	if gateway.IsCode(err, gateway.CodeAlreadyAcknowledged) {
		return nil
	}
	return err
}

// removeOriginal deletes the message that an interaction belongs to.
func (s *sender) removeOriginal(ctx context.Context, i *discordgo.Interaction) error {
	return s.gateway.Do(ctx, opDelete, http.MethodDelete, discordgo.EndpointWebhookMessage(i.AppID, i.Token, "@original"), nil, nil)
}

// A sentMessage is a message as Discord returns it.
type sentMessage struct {
	ID         string `json:"id"`
	Content    string `json:"content"`
	Components []struct {
		Components []struct {
			CustomID string `json:"custom_id"`
		} `json:"components"`
	} `json:"components"`
}

// shows says whether a message that came back is the one that was sent: the same text,
// of which Discord trims blanks, and under it the same state.
func (p sentMessage) shows(m message.Message) bool {
	var got, want []string
	for _, row := range p.Components {
		for _, b := range row.Components {
			got = append(got, b.CustomID)
		}
	}
	for _, b := range slices.Concat(m.Rows...) {
		want = append(want, b.ID)
	}
	return strings.TrimSpace(p.Content) == strings.TrimSpace(m.Content) && slices.Equal(got, want)
}

// reply posts m as a reply that pings nobody. The id of the question and how
// many answers it had before make a nonce, so that a second try makes no second
// message: Discord returns the one that it made then, whatever it says.
func (s *sender) reply(ctx context.Context, channel, question string, before int, m message.Message) (sentMessage, error) {
	nonce := question
	if before > 0 {
		nonce += "." + strconv.Itoa(before%1000)
	}
	defer s.sent(time.Now())
	var made sentMessage
	err := s.gateway.Do(ctx, opSend, http.MethodPost, discordgo.EndpointChannelMessages(channel), m.Reply(channel, question, nonce), &made)
	if questionGone(err) {
		err = errQuestionGone
	}
	return made, err
}

// errQuestionGone says that a question was deleted before its answer was there,
// which is nobody's fault.
var errQuestionGone = errors.New("the question is gone")

// questionGone says whether a reply failed because there is nothing to reply to:
// the message, or the channel it was in.
func questionGone(err error) bool {
	var e *gateway.Error
	if !errors.As(err, &e) {
		return false
	}
	return gateway.IsGone(err) || e.Code == gateway.CodeUnknownMessage || e.Status == http.StatusBadRequest &&
		slices.ContainsFunc(e.Fields, func(f gateway.Field) bool { return strings.HasPrefix(f.Path, "message_reference") })
}

func (s *sender) edit(ctx context.Context, channel, id string, m message.Message) error {
	defer s.sent(time.Now())
	return s.gateway.Do(ctx, opEdit, http.MethodPatch, discordgo.EndpointChannelMessage(channel, id), m.Payload(), nil)
}

// remove deletes a message. One that is gone already is fine.
func (s *sender) remove(ctx context.Context, channel, id string) error {
	err := s.gateway.Do(ctx, opDelete, http.MethodDelete, discordgo.EndpointChannelMessage(channel, id), nil, nil)
	if gateway.IsGone(err) {
		return nil
	}
	return err
}

// put sends a message as the answer to m, or edits the one that is there. e is
// locked.
func (s *sender) put(ctx context.Context, m *discordgo.Message, e *exchange, out message.Message) error {
	if e.gone.Load() {
		return nil
	}
	for range maxPuts {
		if e.answer == "" {
			made, err := s.reply(ctx, m.ChannelID, m.ID, e.before, out)
			if err != nil {
				return err
			}
			e.answer = made.ID
			if made.shows(out) {
				return nil
			}
			// The nonce was known: this is an answer of before a restart, or one
			// that Discord made without saying so. It becomes the new one.
		}
		err := s.edit(ctx, m.ChannelID, e.answer, out)
		if !gateway.IsGone(err) {
			return err
		}
		e.forgetAnswer() // somebody has removed it
	}
	return &gateway.Error{Op: opSend, Reason: "the answer is removed again and again"}
}

// maxPuts is more than the answers that one question can have had and lost in
// the few minutes that Discord remembers a nonce.
const maxPuts = 5

// takeBack removes the answer, if there is one. e is locked.
func (s *sender) takeBack(ctx context.Context, channel string, e *exchange) error {
	if e.answer == "" {
		return nil
	}
	if err := s.remove(ctx, channel, e.answer); err != nil {
		return err
	}
	e.forgetAnswer()
	return nil
}

// say answers an interaction with a message of its own.
func (s *sender) say(ctx context.Context, i *discordgo.Interaction, m message.Message) error {
	return s.respond(ctx, i, response{Type: respondMessage, Data: m.Payload()})
}

// sayPrivately answers an interaction for one person only.
func (s *sender) sayPrivately(ctx context.Context, i *discordgo.Interaction, m message.Message) error {
	m.Private = true
	return s.say(ctx, i, m)
}

// change answers a click by changing the message that was clicked.
func (s *sender) change(ctx context.Context, i *discordgo.Interaction, m message.Message) error {
	m.Private = false // whoever sees the message now will see it then
	return s.respond(ctx, i, response{Type: respondUpdate, Data: m.Payload()})
}

// eyes are what the bot reacts with to a message that it has seen.
const eyes = "%F0%9F%91%80" // 👀

// react shows that a message was seen.
func (s *sender) react(ctx context.Context, channel, id string) error {
	return s.gateway.Do(ctx, opReact, http.MethodPut, discordgo.EndpointMessageReaction(channel, id, eyes, "@me"), nil, nil)
}

// ownRole returns the role that Discord made for the bot in a server, or "".
func (s *sender) ownRole(ctx context.Context, guild, self string) (string, error) {
	var roles []struct {
		ID   string `json:"id"`
		Tags struct {
			Bot string `json:"bot_id"`
		} `json:"tags"`
	}
	err := s.gateway.Do(ctx, opRoles, http.MethodGet, discordgo.EndpointGuildRoles(guild), nil, &roles)
	for _, r := range roles {
		if r.Tags.Bot == self && self != "" {
			return r.ID, nil
		}
	}
	return "", err
}
