package gateway

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Events are read here and not by discordgo, which gives up on an event where it
// does not know one kind of component, or one member has another shape than it had
// when discordgo was released. What the bot needs is a few members of each; they
// are put into discordgo's types, and whatever else there is stays empty.

// Events take what Discord tells, each in a goroutine of its own and in any order.
type Events struct {
	Interaction func(*discordgo.Interaction)
	Message     func(*discordgo.Message)
	Edit        func(*discordgo.Message)
	Delete      func(channel string, ids ...string)
}

// take hands an event on, and says whether it could be read.
func (g *Gateway) take(on Events, name string, data json.RawMessage) (ok bool) {
	o := readObject(data)
	switch name {
	case "READY":
		if id := o.object("user").id("id"); id != "" {
			g.selfID.Store(&id)
		}
	case "INTERACTION_CREATE":
		i, ok := readInteraction(o)
		if !ok {
			return false
		}
		go on.Interaction(i)
	case "MESSAGE_CREATE":
		m := readMessage(o, 0)
		if m.ID == "" || m.ChannelID == "" || m.Author == nil && m.WebhookID == "" {
			return false
		}
		go on.Message(m)
	case "MESSAGE_UPDATE":
		m := readMessage(o, 0)
		if m.ID == "" || m.ChannelID == "" {
			return false
		}
		if at := o.text("edited_timestamp"); at != "" && m.EditedTimestamp == nil {
			now := g.Now() // it was edited; when cannot be read
			m.EditedTimestamp = &now
		}
		go on.Edit(m)
	case "MESSAGE_DELETE":
		id, channel := o.id("id"), o.id("channel_id")
		if id == "" || channel == "" {
			return false
		}
		go on.Delete(channel, id)
	case "MESSAGE_DELETE_BULK":
		ids, channel := o.ids("ids"), o.id("channel_id")
		if len(ids) == 0 || channel == "" {
			return false
		}
		go on.Delete(channel, ids...)
	}
	return true
}

// readMessage reads a message. Those that it replies to are at depth 1.
func readMessage(o object, depth int) *discordgo.Message {
	m := &discordgo.Message{
		ID: o.id("id"), ChannelID: o.id("channel_id"), GuildID: o.id("guild_id"), WebhookID: o.id("webhook_id"),
		Content: o.text("content"), Type: discordgo.MessageType(o.number("type")), Flags: discordgo.MessageFlags(o.number("flags")),
		Author: readUser(o.object("author")), MentionRoles: o.ids("mention_roles"), MentionEveryone: o.yes("mention_everyone"),
	}
	m.Timestamp, _ = o.moment("timestamp")
	if at, ok := o.moment("edited_timestamp"); ok {
		m.EditedTimestamp = &at
	}
	for _, u := range o.objects("mentions") {
		if u := readUser(u); u != nil {
			m.Mentions = append(m.Mentions, u)
		}
	}
	for _, a := range o.objects("attachments") {
		m.Attachments = append(m.Attachments, &discordgo.MessageAttachment{ID: a.id("id"), Filename: a.text("filename"), ContentType: a.text("content_type")})
	}
	for _, s := range o.objects("sticker_items") {
		m.StickerItems = append(m.StickerItems, &discordgo.StickerItem{ID: s.id("id"), Name: s.text("name")})
	}
	for _, e := range o.objects("embeds") {
		m.Embeds = append(m.Embeds, &discordgo.MessageEmbed{Title: e.text("title"), Description: e.text("description"), URL: e.text("url")})
	}
	var texts []string
	m.Components, texts = readComponents(o.objects("components"), 0)
	if r := o.object("message_reference"); r != nil {
		m.MessageReference = &discordgo.MessageReference{
			Type: discordgo.MessageReferenceType(r.number("type")), MessageID: r.id("message_id"), ChannelID: r.id("channel_id"), GuildID: r.id("guild_id"),
		}
	}
	if depth > 0 {
		if m.Content == "" {
			m.Content = strings.Join(texts, "\n") // its text is in components
		}
		return m
	}
	if r := o.object("referenced_message"); r != nil {
		m.ReferencedMessage = readMessage(r, depth+1)
	}
	for _, s := range o.objects("message_snapshots") {
		if f := s.object("message"); f != nil {
			m.MessageSnapshots = append(m.MessageSnapshots, discordgo.MessageSnapshot{Message: readMessage(f, depth+1)})
		}
	}
	return m
}

func readUser(o object) *discordgo.User {
	id := o.id("id")
	if id == "" {
		return nil
	}
	return &discordgo.User{ID: id, Username: o.text("username"), Bot: o.yes("bot"), System: o.yes("system")}
}

// Kinds of components: https://discord.com/developers/docs/components/reference
const (
	componentRow    = 1
	componentButton = 2
	componentText   = 10
)

// readComponents finds the rows of buttons, and the texts, however deep they are.
func readComponents(list []object, depth int) (rows []discordgo.MessageComponent, texts []string) {
	if depth > 3 {
		return nil, nil // deeper than Discord lets them be
	}
	for _, c := range list {
		switch kind, _ := c.whole("type"); kind {
		case componentRow:
			row := &discordgo.ActionsRow{}
			for _, b := range c.objects("components") {
				if kind, _ := b.whole("type"); kind == componentButton {
					row.Components = append(row.Components, &discordgo.Button{
						Label: b.text("label"), Style: discordgo.ButtonStyle(b.number("style")), CustomID: b.text("custom_id"),
						URL: b.text("url"), Disabled: b.yes("disabled"),
					})
				}
			}
			rows = append(rows, row)
		case componentText:
			texts = append(texts, c.text("content"))
		default:
			r, t := readComponents(c.objects("components"), depth+1)
			rows, texts = append(rows, r...), append(texts, t...)
		}
	}
	return rows, texts
}

// readInteraction reads a command, a click or a look at suggestions. Others are of
// no use to the bot, but no fault.
func readInteraction(o object) (i *discordgo.Interaction, ok bool) {
	i = &discordgo.Interaction{
		ID: o.id("id"), AppID: o.id("application_id"), Token: o.text("token"), Type: discordgo.InteractionType(o.number("type")),
		GuildID: o.id("guild_id"), ChannelID: o.id("channel_id"), Locale: discordgo.Locale(o.text("locale")),
		User: readUser(o.object("user")),
	}
	if u := readUser(o.object("member").object("user")); u != nil {
		i.Member = &discordgo.Member{User: u}
	}
	if i.ChannelID == "" {
		i.ChannelID = o.object("channel").id("id")
	}
	if l := o.text("guild_locale"); l != "" {
		locale := discordgo.Locale(l)
		i.GuildLocale = &locale
	}
	if m := o.object("message"); m != nil {
		i.Message = readMessage(m, 1)
	}
	data := o.object("data")
	switch i.Type {
	case discordgo.InteractionApplicationCommand, discordgo.InteractionApplicationCommandAutocomplete:
		if data.text("name") == "" {
			return nil, false
		}
		i.Data = discordgo.ApplicationCommandInteractionData{
			ID: data.id("id"), Name: data.text("name"), CommandType: discordgo.ApplicationCommandType(data.number("type")),
			TargetID: data.id("target_id"), Options: readOptions(data),
		}
	case discordgo.InteractionMessageComponent:
		if data.text("custom_id") == "" {
			return nil, false
		}
		i.Data = discordgo.MessageComponentInteractionData{CustomID: data.text("custom_id")}
	}
	return i, i.ID != "" && i.Token != "" && (i.Member != nil || i.User != nil)
}

func readOptions(data object) []*discordgo.ApplicationCommandInteractionDataOption {
	var options []*discordgo.ApplicationCommandInteractionDataOption
	for _, o := range data.objects("options") {
		opt := &discordgo.ApplicationCommandInteractionDataOption{
			Name: o.text("name"), Type: discordgo.ApplicationCommandOptionType(o.number("type")), Focused: o.yes("focused"),
		}
		_ = json.Unmarshal(o["value"], &opt.Value) // without a value it is nil
		options = append(options, opt)
	}
	return options
}

// unreadable counts what could not be read, and warns of it once a minute.
type unreadable struct {
	log *slog.Logger

	mu     sync.Mutex
	counts map[string]int // by the event's name
	timer  *time.Timer    // runs for a minute after each warning
}

const warnEvery = time.Minute

var eventName = regexp.MustCompile(`^[A-Z_]{1,40}$`)

func (u *unreadable) note(what string) {
	if !eventName.MatchString(what) && what != "payload" {
		what = "other"
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.counts == nil {
		u.counts = map[string]int{}
	}
	u.counts[what]++
	if u.timer == nil {
		u.warn()
	}
}

// warn tells of what has been counted, if anything has. u.mu is held.
func (u *unreadable) warn() {
	u.timer = nil
	if len(u.counts) == 0 {
		return
	}
	var list []string
	for _, k := range slices.Sorted(maps.Keys(u.counts)) {
		list = append(list, fmt.Sprintf("%s %d", k, u.counts[k]))
	}
	clear(u.counts)
	u.log.Warn("what Discord sent cannot be read", "events", strings.Join(list, ", "),
		"hint", "questions among it have no answer; is there a newer version of the bot?")
	u.timer = time.AfterFunc(warnEvery, func() {
		u.mu.Lock()
		defer u.mu.Unlock()
		u.warn()
	})
}

// stop ends the warnings.
func (u *unreadable) stop() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.timer != nil {
		u.timer.Stop()
	}
}
